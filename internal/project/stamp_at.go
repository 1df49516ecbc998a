//go:build linux || darwin || freebsd || netbsd || openbsd

package project

import (
	"os"
	"strings"

	"golang.org/x/sys/unix"
)

// shortWay says that stampAt works.
const shortWay = true

// stampAt asks the system once, where an os.Root opens every folder on the way. What
// it tells of may lie behind a link to a folder; nothing is read there.
func stampAt(dir *os.File, name string) (stamp, bool) { return stampFrom(int(dir.Fd()), name) }

// stampPath is the stamp of a file by its path.
func stampPath(name string) (stamp, bool) { return stampFrom(unix.AT_FDCWD, name) }

func stampFrom(dir int, name string) (stamp, bool) {
	var st unix.Stat_t
	if err := unix.Fstatat(dir, name, &st, unix.AT_SYMLINK_NOFOLLOW); err != nil {
		return stamp{}, false
	}
	kind := uint32(st.Mode) & unix.S_IFMT
	s := stamp{size: st.Size, modified: st.Mtim.Nano(), changed: st.Ctim.Nano(), inode: st.Ino, folder: kind == unix.S_IFDIR}
	if s.folder {
		s.size = 0 // of the list of its names, which says nothing
	}
	return s, kind == unix.S_IFDIR || kind == unix.S_IFREG
}

// below reads what is in a folder and in those below it. Folders are opened one from
// the other, none through a link, so that no way is walked twice.
func (l *listing) below(folder string) error {
	dir, err := l.root.Open(folder)
	if err != nil {
		return err
	}
	defer dir.Close()
	return l.folder(int(dir.Fd()), folder)
}

// folder reads an open folder.
func (l *listing) folder(dir int, name string) error {
	names, err := namesIn(dir)
	if err != nil {
		return &os.PathError{Op: "read", Path: name, Err: err}
	}
	files := make([]file, 0, len(names))
	for _, n := range names {
		at, ok := stampFrom(dir, n)
		switch full := name + "/" + n; {
		case !at.folder:
			if !ok {
				at = stamp{}
			}
			files = append(files, file{name: full, stamp: at})
		case !strings.HasPrefix(n, "."):
			if err := l.inside(dir, n, full); err != nil {
				return err
			}
		}
	}
	l.add(files)
	return nil
}

// inside has a folder in an open one read, by another processor if one is free.
func (l *listing) inside(dir int, name, full string) error {
	fd, err := unix.Openat(dir, name, unix.O_RDONLY|unix.O_DIRECTORY|unix.O_NOFOLLOW|unix.O_CLOEXEC, 0)
	if err != nil {
		return &os.PathError{Op: "read", Path: full, Err: err}
	}
	read := func() error {
		defer unix.Close(fd)
		return l.folder(fd, full)
	}
	if l.group.TryGo(read) {
		return nil
	}
	return read()
}

// namesIn are the names in an open folder.
func namesIn(dir int) (names []string, err error) {
	space := make([]byte, 32<<10)
	for {
		n, err := unix.ReadDirent(dir, space)
		if err == unix.EINTR {
			continue
		}
		if n <= 0 || err != nil {
			return names, err
		}
		_, _, names = unix.ParseDirent(space[:n], -1, names)
	}
}

// linkAt gives a file a second name, and asks the system once; both names are from the
// folder on.
func linkAt(dir *os.File, from, to string) error {
	return unix.Linkat(int(dir.Fd()), from, int(dir.Fd()), to, 0)
}

// makeAt makes a folder, in one that is there.
func makeAt(dir *os.File, name string) error { return unix.Mkdirat(int(dir.Fd()), name, 0o777) }

// removeAt removes a file, or a folder that is empty.
func removeAt(dir *os.File, name string, folder bool) error {
	flags := 0
	if folder {
		flags = unix.AT_REMOVEDIR
	}
	return unix.Unlinkat(int(dir.Fd()), name, flags)
}
