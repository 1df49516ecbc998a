package project

import (
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"

	"golang.org/x/sync/errgroup"

	"dragoman/internal/diag"
)

// change is a file to be written: what it held when it was read, nil if it was not
// there, and what it is to hold, nil if it is to go.
type change struct {
	name     string
	old, new []byte
}

// save replaces the files, all of them or, if something is in the way, none: every
// new content lies on the disk before the first name changes. It refuses to
// overwrite a file that another program has changed since it was read, but for one
// that holds what it is to hold. A power cut among the renames leaves some files new
// and some old, each of them whole. Of two runs at once, one waits for the other.
func (t *Tree) save(changes []change) error {
	if len(changes) == 0 {
		return nil
	}
	l, err := seize(t.root, patience)
	if err != nil {
		return err
	}
	defer l.release()
	if l.sure {
		t.sweep()
	}
	s := saving{root: t.root, changes: changes, stage: path.Join(t.Config.Locales, fresh(savingName))}
	err = s.run()
	s.root.RemoveAll(s.stage)
	if err != nil {
		s.removeFolders()
	}
	return err
}

// savingName begins the names of the folders where new contents wait.
const savingName = ".saving"

// sweep clears away what runs that were killed had staged.
func (t *Tree) sweep() {
	left, err := fs.ReadDir(t.root.FS(), t.Config.Locales)
	if err != nil {
		return // there is none, or makeFolders tells
	}
	for _, e := range left {
		if strings.HasPrefix(e.Name(), savingName) {
			t.root.RemoveAll(path.Join(t.Config.Locales, e.Name()))
		}
	}
}

// saving is one run of save.
type saving struct {
	root    *os.Root
	changes []change
	stage   string       // the folder where new contents wait for their names
	folders []string     // that were made
	done    map[int]bool // changes that another run has made in the meantime
}

func (s *saving) run() error {
	if err := s.makeFolders(); err != nil {
		return err
	}
	if err := s.write(); err != nil {
		return err
	}
	if err := s.unchanged(); err != nil {
		return err
	}
	if err := s.rename(); err != nil {
		return err
	}
	return s.syncFolders()
}

// rename gives the new files their names, from the folder on that the stage is in:
// the way to a file is walked for each.
func (s *saving) rename() error {
	folder := path.Dir(s.stage)
	near, err := s.root.OpenRoot(folder)
	if err != nil {
		return plainError("open", err)
	}
	defer near.Close()
	return s.replace(func(from, to string) error {
		old, below := strings.CutPrefix(from, folder+"/")
		name, too := strings.CutPrefix(to, folder+"/")
		if !below || !too {
			return s.root.Rename(from, to)
		}
		return near.Rename(old, name)
	})
}

// removeFolders removes those that were made.
func (s *saving) removeFolders() {
	for i := len(s.folders) - 1; i >= 0; i-- {
		s.root.Remove(s.folders[i])
	}
}

// makeFolders makes the folders of the files, remembers which it made, and makes
// an empty stage.
func (s *saving) makeFolders() error {
	known := map[string]bool{".": true}
	for _, name := range append([]string{s.stage}, names(s.changes)...) {
		var missing []string
		for dir := path.Dir(name); !known[dir]; dir = path.Dir(dir) {
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
	if err := s.root.Mkdir(s.stage, 0o777); err != nil {
		return plainError("make the folder", err)
	}
	return nil
}

func names(changes []change) []string {
	list := make([]string, len(changes))
	for i, c := range changes {
		list[i] = c.name
	}
	return list
}

// atOnce is how many files are on their way to the disk together: it is the disk
// that they wait for.
const atOnce = 32

// write writes the new contents onto the stage.
func (s *saving) write() error {
	stage, err := s.root.OpenRoot(s.stage)
	if err != nil {
		return plainError("open", err)
	}
	defer stage.Close()
	g := new(errgroup.Group)
	g.SetLimit(atOnce)
	for i, c := range s.changes {
		g.Go(func() error {
			mode := s.mode(c)
			if mode&0o200 == 0 {
				return fmt.Errorf("write %s: the file is read-only", c.name)
			}
			if c.new == nil {
				return nil
			}
			if err := writeThrough(stage, strconv.Itoa(i), mode, c.new); err != nil {
				return fmt.Errorf("write %s: %w", c.name, cause(err))
			}
			return nil
		})
	}
	return g.Wait()
}

// staged is where the new content of a change waits.
func (s *saving) staged(i int) string { return path.Join(s.stage, strconv.Itoa(i)) }

// mode is a file's, or that of a new one.
func (s *saving) mode(c change) fs.FileMode {
	if c.old == nil {
		return 0o666
	}
	if info, err := s.root.Stat(c.name); err == nil {
		return info.Mode().Perm()
	}
	return 0o666
}

// writeThrough writes a new file through to the disk.
func writeThrough(root *os.Root, name string, mode fs.FileMode, content []byte) error {
	f, err := root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL|atHand, mode)
	if err != nil {
		return err
	}
	if _, err = f.Write(content); err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	return err
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

// unchanged makes sure that the files still hold what was read, but for those that
// another run has made what they are to be: these are done.
func (s *saving) unchanged() error {
	s.done = map[int]bool{}
	p := place{root: s.root}
	defer p.leave()
	var found diag.List
	for i, c := range s.changes {
		now, err := p.readLinked(c.name)
		switch {
		case errors.Is(err, fs.ErrNotExist) && c.new == nil, err == nil && c.new != nil && bytes.Equal(now, c.new):
			s.done[i] = true
		case errors.Is(err, fs.ErrNotExist) && c.old == nil:
		case err != nil && !errors.Is(err, fs.ErrNotExist):
			return fmt.Errorf("write %s: %w", c.name, cause(err))
		case err != nil || c.old == nil || !bytes.Equal(now, c.old):
			found = append(found, meanwhile(c, now)...)
		}
	}
	return found.Err()
}

// replace gives the new files their names, and moves those that are to go onto the
// stage, which goes with them. If one cannot have its name, those that have theirs
// already give it back.
func (s *saving) replace(rename func(from, to string) error) error {
	for i, c := range s.changes {
		if s.done[i] {
			continue
		}
		from, to := s.staged(i), c.name
		if c.new == nil {
			from, to = to, from
		}
		if err := rename(from, to); err != nil {
			return errors.Join(fmt.Errorf("write %s: %w", c.name, cause(err)), s.restore(i))
		}
	}
	return nil
}

// restore puts back what the first n files held.
func (s *saving) restore(n int) error {
	var failed []error
	for i, c := range s.changes[:n] {
		if s.done[i] {
			continue
		}
		var err error
		if c.old == nil {
			err = s.root.Remove(c.name)
		} else if c.new == nil {
			err = s.root.Rename(s.staged(i), c.name)
		} else if err = writeThrough(s.root, s.staged(i), s.mode(c), c.old); err == nil {
			err = s.root.Rename(s.staged(i), c.name)
		}
		if err != nil {
			failed = append(failed, fmt.Errorf("restore %s: %w", c.name, cause(err)))
		}
	}
	return errors.Join(failed...)
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
