package memory_test

import (
	"syscall"
	"testing"
	"time"
	"unsafe"
)

// processorTime is what the thread has used, so that other programs do not count.
func processorTime(b *testing.B) time.Duration {
	const thread = 3 // CLOCK_THREAD_CPUTIME_ID of clock_gettime(2)
	var used syscall.Timespec
	if _, _, errno := syscall.Syscall(syscall.SYS_CLOCK_GETTIME, thread, uintptr(unsafe.Pointer(&used)), 0); errno != 0 {
		b.Fatal(errno)
	}
	return time.Duration(used.Nano())
}
