package project

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
)

// change is a file to be written: what it held when it was read, nil if it was not
// there, and what it is to hold.
type change struct {
	name     string
	old, new []byte
}

// save replaces the files, all of them or, if something is in the way, none: every
// new content lies on the disk before the first name changes. It refuses to
// overwrite a file that another program has changed since it was read.
func (t *Tree) save(changes []change) (err error) {
	temps := make([]string, 0, len(changes))
	defer func() {
		for _, temp := range temps {
			t.root.Remove(temp)
		}
	}()
	for _, c := range changes {
		temp, err := t.writeTemp(c)
		if temp != "" {
			temps = append(temps, temp)
		}
		if err != nil {
			return plainError("write", err)
		}
	}
	for _, c := range changes {
		if err := t.unchanged(c); err != nil {
			return err
		}
	}
	for i, c := range changes {
		if err := t.root.Rename(temps[i], c.name); err != nil {
			return plainError("write", err)
		}
	}
	temps = nil
	return t.syncFolders(changes)
}

// writeTemp writes a file's new content beside it.
func (t *Tree) writeTemp(c change) (name string, err error) {
	if err := t.root.MkdirAll(path.Dir(c.name), 0o777); err != nil {
		return "", err
	}
	name = path.Join(path.Dir(c.name), "."+path.Base(c.name)+"."+rand.Text()[:8])
	mode := fs.FileMode(0o666)
	if info, err := t.root.Stat(c.name); err == nil {
		mode = info.Mode().Perm()
		if mode&0o200 == 0 {
			return "", &fs.PathError{Op: "open", Path: c.name, Err: errors.New("the file is read-only")}
		}
	}
	f, err := t.root.OpenFile(name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, mode)
	if err != nil {
		return "", &fs.PathError{Op: "open", Path: c.name, Err: cause(err)}
	}
	if _, err = f.Write(c.new); err == nil {
		err = f.Sync()
	}
	if e := f.Close(); err == nil {
		err = e
	}
	return name, err
}

// cause is what lies under an error that names a file.
func cause(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return p.Err
	}
	return err
}

// unchanged reports whether a file still holds what was read.
func (t *Tree) unchanged(c change) error {
	now, err := t.root.ReadFile(c.name)
	switch {
	case errors.Is(err, fs.ErrNotExist) && c.old == nil:
		return nil
	case err != nil:
		return plainError("read", err)
	case c.old == nil || !bytes.Equal(now, c.old):
		return fmt.Errorf("%s: another program has changed the file in the meantime; run again", c.name)
	}
	return nil
}

// syncFolders makes the new names last.
func (t *Tree) syncFolders(changes []change) error {
	done := map[string]bool{}
	for _, c := range changes {
		dir := path.Dir(c.name)
		if done[dir] {
			continue
		}
		done[dir] = true
		f, err := t.root.Open(dir)
		if err != nil {
			return plainError("write", err)
		}
		err = f.Sync()
		f.Close()
		if err != nil {
			return plainError("write", err)
		}
	}
	return nil
}
