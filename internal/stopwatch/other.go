//go:build !unix

package stopwatch

import "time"

var start = time.Now()

// Spent is the time since the process began, where the processor's is not to be had.
func Spent() time.Duration { return time.Since(start) }
