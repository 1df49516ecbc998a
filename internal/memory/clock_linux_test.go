package memory_test

import (
	"syscall"
	"testing"
	"time"
)

// processorTime is what the thread has used, so that other programs do not count.
func processorTime(b *testing.B) time.Duration {
	const thread = 1 // RUSAGE_THREAD of getrusage(2)
	var used syscall.Rusage
	if err := syscall.Getrusage(thread, &used); err != nil {
		b.Fatal(err)
	}
	return time.Duration(used.Utime.Nano() + used.Stime.Nano())
}
