//go:build !linux

package memory_test

import (
	"testing"
	"time"
)

// processorTime is the clock's, where a thread's is not known.
func processorTime(*testing.B) time.Duration { return time.Duration(time.Now().UnixNano()) }
