//go:build !(darwin || dragonfly || freebsd || illumos || linux || netbsd || openbsd || windows)

package project

import (
	"errors"
	"os"
)

// lockFile can lock no file on this system.
func lockFile(*os.File) (bool, error) { return false, errors.ErrUnsupported }
