package project

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"time"
)

// lockName is the file that a run holds locked while it writes below a folder. It
// is there only as long; one that a killed run has left holds nobody up.
const lockName = ".dragoman.lock"

// patience is how long a run waits for another to end.
const patience = 10 * time.Second

// lock keeps other runs from writing below a folder.
type lock struct {
	root *os.Root
	file *os.File
	// sure is false on a file system without locks, where another run may be at
	// work all the same, and what it has written must stay.
	sure bool
}

// seize locks a folder, waiting so long for another run to let go of it. Two holders
// in one process keep each other out as well.
func seize(root *os.Root, wait time.Duration) (*lock, error) {
	for end := time.Now().Add(wait); ; {
		l, err := try(root)
		if l != nil || err != nil {
			return l, err
		}
		if !time.Now().Before(end) {
			return nil, fmt.Errorf("another run of dragoman is writing in %s; wait until it has ended", slashed(root.Name()))
		}
		time.Sleep(20 * time.Millisecond)
	}
}

// try locks the folder, or returns nil if it is locked.
func try(root *os.Root) (*lock, error) {
	f, err := root.OpenFile(lockName, os.O_RDWR|os.O_CREATE, 0o666)
	if err != nil {
		return nil, plainError("write", err)
	}
	locked, err := lockFile(f)
	switch {
	case errors.Is(err, errors.ErrUnsupported):
		return &lock{root: root, file: f}, nil
	case err != nil:
		f.Close()
		return nil, plainError("lock", err)
	case locked && named(root, f):
		return &lock{root: root, file: f, sure: true}, nil
	}
	f.Close()
	return nil, nil
}

// named reports whether the file still has its name: the run that held it before
// removes it, and whoever comes later makes another.
func named(root *os.Root, f *os.File) bool {
	is, err := f.Stat()
	if err != nil {
		return false
	}
	there, err := root.Stat(lockName)
	return err == nil && os.SameFile(is, there)
}

// release lets others write.
func (l *lock) release() {
	l.root.Remove(lockName)
	l.file.Close()
}

// fresh makes a name that no other run uses.
func fresh(prefix string) string { return prefix + "-" + strconv.FormatUint(rand.Uint64(), 36) }
