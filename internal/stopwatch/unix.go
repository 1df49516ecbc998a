//go:build unix

package stopwatch

import (
	"syscall"
	"time"
)

// Spent is the processor time that the process has had, in its own code and in the
// system's.
func Spent() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		panic(err) // it can only be asked wrongly
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}
