//go:build !unix

package markdown

import "time"

var start = time.Now()

// spent is the time since the process began, where the processor's is not to be had.
func spent() time.Duration { return time.Since(start) }
