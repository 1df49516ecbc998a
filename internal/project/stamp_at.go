//go:build linux || darwin || freebsd || netbsd || openbsd

package project

import (
	"os"

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
