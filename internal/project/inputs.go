package project

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"dragoman/internal/edition"
)

// Sources are the files and folders of the workspace that a build reads, whether they
// are there or not: nothing else in it, but for git's history, reaches an edition.
func (t *Tree) Sources() []string {
	return []string{ConfigName, t.Config.Content, t.Config.Locales, edition.ThemeFolder}
}

// survey looks over all that a build reads: the name, stamp and digest of each file,
// in order. A file whose stamp says that it is as a record knows it is not read.
// Folders that begin with a dot are passed over.
func (t *Tree) survey(ctx context.Context, known *record) ([]file, error) {
	files, err := t.inputs()
	if err != nil {
		return nil, err
	}
	s := stampsOf(t.root)
	defer s.close()
	before := known.input()
	err = each(ctx, t.root, len(files), func(i int, p *place) (err error) {
		f := &files[i]
		if at, ok := s.of(f.name); ok && !at.folder {
			f.stamp = at
			if was, ok := before(f.name); ok && was.stamp == at && at.before(known.began) {
				f.sum = was.sum
				return nil
			}
		}
		f.sum, err = t.digestOf(f.name, p)
		return err
	})
	return files, err
}

// input finds inputs by their names.
func (r *record) input() func(name string) (file, bool) {
	if r == nil {
		return func(string) (file, bool) { return file{}, false }
	}
	return finder(r.inputs)
}

// finder finds files by their names in a list that is in order.
func finder(files []file) func(name string) (file, bool) {
	return func(name string) (file, bool) {
		i, ok := slices.BinarySearchFunc(files, name, func(f file, name string) int { return strings.Compare(f.name, name) })
		if !ok {
			return file{}, false
		}
		return files[i], true
	}
}

// inputs are the names of the files that a build reads, in order.
func (t *Tree) inputs() (files []file, err error) {
	for _, source := range t.Sources() {
		err := fs.WalkDir(t.root.FS(), source, func(name string, e fs.DirEntry, err error) error {
			switch {
			case err != nil:
				if name == source && errors.Is(err, fs.ErrNotExist) {
					return nil
				}
				return fmt.Errorf("read %s: %w", name, cause(err))
			case e.IsDir() && name != source && strings.HasPrefix(e.Name(), "."):
				return fs.SkipDir
			case !e.IsDir():
				files = append(files, file{name: name})
			}
			return nil
		})
		if err != nil {
			return nil, err
		}
	}
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.name, b.name) })
	return slices.CompactFunc(files, func(a, b file) bool { return a.name == b.name }), nil
}

// digestOf is the digest of a file of the workspace. Of a symbolic link it is that of
// where it leads and of what stands there; of what is no file or cannot be read, that
// of saying so.
func (t *Tree) digestOf(name string, p *place) (s sum, err error) {
	info, err := t.root.Lstat(name)
	if err != nil {
		return sum{}, plainError("read", err)
	}
	h := sha256.New()
	if info.Mode().IsRegular() {
		text, err := p.read(name)
		if err != nil {
			return sum{}, plainError("read", &fs.PathError{Op: "read", Path: name, Err: cause(err)})
		}
		return sha256.Sum256(text), nil
	}
	to, _ := t.root.Readlink(name)
	fmt.Fprintln(h, info.Mode().Type(), to)
	if at, err := t.root.Stat(name); err == nil && at.Mode().IsRegular() {
		if text, err := t.root.ReadFile(name); err == nil {
			h.Write(text)
		}
	}
	return sum(h.Sum(nil)), nil
}

// same reports whether two lists hold files of the same names and bytes.
func same(a, b []file) bool {
	return slices.EqualFunc(a, b, func(a, b file) bool { return a.name == b.name && a.sum == b.sum })
}

// still reports whether nothing was written to the inputs since they were surveyed.
func (t *Tree) still(files []file) bool {
	now, err := t.inputs()
	if err != nil || len(now) != len(files) {
		return false
	}
	s := stampsOf(t.root)
	defer s.close()
	for i, f := range files {
		at, ok := s.of(f.name)
		if now[i].name != f.name || ok && at != f.stamp {
			return false
		}
	}
	return true
}

// running is the program that runs, as a record may know it already. It reports false
// where that cannot be told.
func running(known *record) (p program, ok bool) {
	p.name, _ = os.Executable()
	if p.stamp, ok = stampPath(p.name); !ok {
		return program{}, false
	}
	if known != nil && known.program.name == p.name && known.program.stamp == p.stamp && p.before(known.began) {
		return known.program, true
	}
	f, err := os.Open(p.name)
	if err != nil {
		return program{}, false
	}
	defer f.Close()
	h := sha256.New()
	if _, err := io.Copy(h, f); err != nil {
		return program{}, false
	}
	p.sum = sum(h.Sum(nil))
	return p, true
}

// folders are the folders of files that lie below one, from their names, in order.
func folders(names []string) []string {
	seen := map[string]bool{}
	for _, name := range names {
		for dir := path.Dir(name); dir != "." && !seen[dir]; dir = path.Dir(dir) {
			seen[dir] = true
		}
	}
	list := make([]string, 0, len(seen))
	for dir := range seen {
		list = append(list, dir)
	}
	slices.Sort(list)
	return list
}
