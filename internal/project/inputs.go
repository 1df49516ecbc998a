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
	"runtime"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"

	"dragoman/internal/edition"
)

// Sources are the files and folders of the workspace that a build reads, whether they
// are there or not: nothing else in it, but for git's history, reaches an edition.
func (t *Tree) Sources() []string {
	sources := []string{ConfigName, t.Config.Content, t.Config.Locales, edition.ThemeFolder}
	for _, face := range t.Config.Typefaces {
		sources = append(sources, face.Path)
	}
	return sources
}

// survey finds the digests of the files that a build reads. A file whose stamp says
// that it is as a record knows it is not read.
func (t *Tree) survey(ctx context.Context, files []file, known *record) error {
	before := known.input()
	var unknown []int
	for i := range files {
		f := &files[i]
		if was, ok := before(f.name); ok && f.stamp != (stamp{}) && was.stamp == f.stamp && f.before(known.began) {
			f.sum = was.sum
		} else {
			unknown = append(unknown, i)
		}
	}
	return each(ctx, t.root, len(unknown), func(i int, p *place) (err error) {
		f := &files[unknown[i]]
		f.sum, err = t.digestOf(f.name, p)
		return err
	})
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

// inputs are the files that a build reads, in order, with their stamps, which are zero
// where something is no regular file. Folders that begin with a dot are passed over.
func (t *Tree) inputs() ([]file, error) {
	l := &listing{root: t.root}
	l.group.SetLimit(runtime.GOMAXPROCS(0))
	for _, source := range t.Sources() {
		info, err := t.root.Stat(source)
		switch {
		case errors.Is(err, fs.ErrNotExist):
			continue
		case err == nil && !info.IsDir():
			l.file(source)
		case err == nil:
			err = l.below(source)
		}
		if err != nil {
			l.group.Wait()
			return nil, failedRead(err)
		}
	}
	if err := l.group.Wait(); err != nil {
		return nil, failedRead(err)
	}
	files := slices.Concat(l.parts...)
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.name, b.name) })
	return slices.CompactFunc(files, func(a, b file) bool { return a.name == b.name }), nil
}

func failedRead(err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return fmt.Errorf("read %s: %w", p.Path, p.Err)
	}
	return err
}

// listing is a list of files in the making.
type listing struct {
	root  *os.Root
	group errgroup.Group

	lock  sync.Mutex
	parts [][]file
}

func (l *listing) add(files []file) {
	l.lock.Lock()
	defer l.lock.Unlock()
	l.parts = append(l.parts, files)
}

// file adds one file.
func (l *listing) file(name string) {
	f := file{name: name}
	s := stampsOf(l.root)
	defer s.close()
	if at, ok := s.of(name); ok && !at.folder {
		f.stamp = at
	}
	l.add([]file{f})
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
	return err == nil && slices.EqualFunc(now, files, func(a, b file) bool { return a.name == b.name && a.stamp == b.stamp })
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
