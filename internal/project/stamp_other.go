//go:build !(linux || darwin || freebsd || netbsd || openbsd)

package project

import (
	"errors"
	"io/fs"
	"os"
	"strings"
)

// shortWay says that stampAt does not work.
const shortWay = false

func stampAt(*os.File, string) (stamp, bool) { return stamp{}, false }

func stampPath(string) (stamp, bool) { return stamp{}, false }

// below reads what is in a folder and in those below it.
func (l *listing) below(folder string) error {
	return fs.WalkDir(l.root.FS(), folder, func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case e.IsDir() && name != folder && strings.HasPrefix(e.Name(), "."):
			return fs.SkipDir
		case e.IsDir():
			return nil
		}
		f := file{name: name}
		if info, err := l.root.Lstat(name); err == nil && info.Mode().IsRegular() {
			f.stamp, _ = stampOf(info)
		}
		l.add([]file{f})
		return nil
	})
}

func linkAt(*os.File, string, string) error { return errors.ErrUnsupported }

func makeAt(*os.File, string) error { return errors.ErrUnsupported }

func removeAt(*os.File, string, bool) error { return errors.ErrUnsupported }
