//go:build !linux

package project

import (
	"errors"
	"os"
)

// swap cannot be done in one step on this system.
func swap(*os.Root, string, string) error { return errors.ErrUnsupported }
