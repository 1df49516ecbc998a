package project

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"

	"golang.org/x/sync/errgroup"
)

// change is a file to be written: what it held when it was read, nil if it was not
// there, and what it is to hold.
type change struct {
	name     string
	old, new []byte
}

// save replaces the files, all of them or, if something is in the way, none: every
// new content lies on the disk before the first name changes. It refuses to
// overwrite a file that another program has changed since it was read. A power cut
// among the renames leaves some files new and some old, each of them whole.
func (t *Tree) save(changes []change) (err error) {
	s := saving{root: t.root, changes: changes, temps: make([]string, len(changes))}
	defer func() {
		if err != nil {
			s.clear()
		}
	}()
	if err := s.makeFolders(); err != nil {
		return err
	}
	if err := s.writeTemps(); err != nil {
		return err
	}
	for _, c := range changes {
		if err := s.unchanged(c); err != nil {
			return err
		}
	}
	if err := s.replace(t.root.Rename); err != nil {
		return err
	}
	return s.syncFolders()
}

// saving is one run of save.
type saving struct {
	root    *os.Root
	changes []change
	temps   []string // one a change; empty: there is none
	folders []string // that were made
}

// clear removes what a failed run leaves.
func (s *saving) clear() {
	for _, temp := range s.temps {
		if temp != "" {
			s.root.Remove(temp)
		}
	}
	for i := len(s.folders) - 1; i >= 0; i-- {
		s.root.Remove(s.folders[i])
	}
}

// makeFolders makes the folders of the files, and remembers which it made.
func (s *saving) makeFolders() error {
	known := map[string]bool{".": true}
	for _, c := range s.changes {
		var missing []string
		for dir := path.Dir(c.name); !known[dir]; dir = path.Dir(dir) {
			known[dir] = true
			if _, err := s.root.Stat(dir); errors.Is(err, fs.ErrNotExist) {
				missing = append(missing, dir)
			}
		}
		for i := len(missing) - 1; i >= 0; i-- {
			if err := s.root.Mkdir(missing[i], 0o777); err != nil {
				return plainError("make the folder", err)
			}
			s.folders = append(s.folders, missing[i])
		}
	}
	return nil
}

// atOnce is how many files are on their way to the disk together: it is the disk
// that they wait for.
const atOnce = 32

// writeTemps writes each file's new content beside it.
func (s *saving) writeTemps() error {
	g := new(errgroup.Group)
	g.SetLimit(atOnce)
	for i, c := range s.changes {
		g.Go(func() error {
			if s.mode(c.name)&0o200 == 0 {
				return fmt.Errorf("write %s: the file is read-only", c.name)
			}
			temp, err := s.writeTemp(c.name, c.new)
			s.temps[i] = temp
			if err != nil {
				return fmt.Errorf("write %s: %w", c.name, cause(err))
			}
			return nil
		})
	}
	return g.Wait()
}

// mode is a file's, or that of a new one.
func (s *saving) mode(name string) fs.FileMode {
	if info, err := s.root.Stat(name); err == nil {
		return info.Mode().Perm()
	}
	return 0o666
}

// writeTemp writes what a file is to hold beside it. The temporary name is short,
// so that it fits wherever the file's does; it is empty if there is no such file.
func (s *saving) writeTemp(name string, content []byte) (temp string, err error) {
	temp = path.Join(path.Dir(name), ".dragoman-"+rand.Text()[:8])
	f, err := s.root.OpenFile(temp, os.O_WRONLY|os.O_CREATE|os.O_EXCL, s.mode(name))
	if err != nil {
		return "", err
	}
	if _, err = f.Write(content); err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	return temp, err
}

// cause is what lies under an error that names a file.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	var l *os.LinkError
	if errors.As(err, &l) {
		return l.Err
	}
	return err
}

// unchanged reports whether a file still holds what was read.
func (s *saving) unchanged(c change) error {
	now, err := s.root.ReadFile(c.name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && c.old == nil:
		return nil
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return fmt.Errorf("write %s: %w", c.name, cause(err))
	case err != nil || c.old == nil || !bytes.Equal(now, c.old):
		return fmt.Errorf("%s: another program has changed the file in the meantime, so nothing is written; run again", c.name)
	}
	return nil
}

// replace gives the new files their names. If one cannot have its name, those that
// have theirs already give it back.
func (s *saving) replace(rename func(from, to string) error) error {
	for i, c := range s.changes {
		if err := rename(s.temps[i], c.name); err != nil {
			return errors.Join(append([]error{fmt.Errorf("write %s: %w", c.name, cause(err))}, s.restore(s.changes[:i])...)...)
		}
		s.temps[i] = ""
	}
	return nil
}

// restore puts back what files held.
func (s *saving) restore(changes []change) (failed []error) {
	for _, c := range changes {
		var err error
		if c.old == nil {
			err = s.root.Remove(c.name)
		} else {
			var temp string
			if temp, err = s.writeTemp(c.name, c.old); err == nil {
				err = s.root.Rename(temp, c.name)
			}
		}
		if err != nil {
			failed = append(failed, fmt.Errorf("restore %s: %w", c.name, cause(err)))
		}
	}
	return failed
}

// syncFolders makes the new names last.
func (s *saving) syncFolders() error {
	dirs := map[string]bool{}
	for _, c := range s.changes {
		dirs[path.Dir(c.name)] = true
	}
	for _, made := range s.folders {
		dirs[path.Dir(made)] = true
	}
	g := new(errgroup.Group)
	g.SetLimit(atOnce)
	for dir := range dirs {
		g.Go(func() error {
			if err := s.syncFolder(dir); err != nil {
				return fmt.Errorf("write %s: %w", dir, cause(err))
			}
			return nil
		})
	}
	return g.Wait()
}

func (s *saving) syncFolder(dir string) error {
	f, err := s.root.Open(dir)
	if err != nil {
		return err
	}
	err = f.Sync()
	f.Close()
	return err
}
