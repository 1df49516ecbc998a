package project

import (
	"crypto/sha256"
	"io/fs"
	"os"
)

// stamp is what the system tells of a file or folder without reading it. Whoever
// writes to a file changes its stamp, unless that happens within one tick of the
// file system's clock.
type stamp struct {
	size     int64
	modified int64 // nanoseconds since 1970
	changed  int64 // when it, its names or its rights changed; zero where the system does not tell
	inode    uint64
	folder   bool
}

// before reports whether the stamp is older than a moment of the same clock, so that
// a later change within the same tick cannot hide in it: git's rule for what it calls
// racy.
func (s stamp) before(moment int64) bool { return s.modified < moment && s.changed < moment }

// sum is the SHA-256 of a file.
type sum = [sha256.Size]byte

// stamps reads the stamps of what lies below a folder. It follows no link at the end
// of a name.
type stamps struct {
	root *os.Root
	dir  *os.File // nil: the system has no short way
}

func stampsOf(root *os.Root) *stamps {
	s := &stamps{root: root}
	if shortWay {
		s.dir, _ = root.Open(".") // without it, the long way is gone
	}
	return s
}

func (s *stamps) close() {
	if s.dir != nil {
		s.dir.Close()
	}
}

// of is the stamp of a regular file or a folder. It reports false for all else.
func (s *stamps) of(name string) (stamp, bool) {
	if s.dir != nil {
		return stampAt(s.dir, name)
	}
	info, err := s.root.Lstat(name)
	if err != nil {
		return stamp{}, false
	}
	return stampOf(info)
}

// stampOf is what a FileInfo tells on every system.
func stampOf(info fs.FileInfo) (stamp, bool) {
	return stamp{size: info.Size(), modified: info.ModTime().UnixNano(), folder: info.IsDir()},
		info.IsDir() || info.Mode().IsRegular()
}
