package project

import (
	"cmp"
	"context"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"runtime"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"

	"golang.org/x/sync/errgroup"
)

// place is a folder that files are read from or written to one after another. An
// os.Root opens every folder on the way to a file, and most of what a file costs is
// that; a place keeps those on the way to the last open.
type place struct {
	root *os.Root
	way  []step
	made string // the folder of the file that was written last
}

// step is a folder that is open: its path below the root.
type step struct {
	dir string
	*os.Root
}

// in opens a folder below the root.
func (p *place) in(dir string) (*os.Root, error) { return p.walk(dir, false) }

// walk opens a folder below the root, and makes what there is not of the way to it.
func (p *place) walk(dir string, making bool) (*os.Root, error) {
	if dir == "." {
		return p.root, nil
	}
	n := 0
	for n < len(p.way) && within(dir, p.way[n].dir) {
		n++
	}
	p.back(n)
	above, at := p.root, 0
	if n > 0 {
		last := p.way[n-1]
		if last.dir == dir {
			return last.Root, nil
		}
		above, at = last.Root, len(last.dir)+1
	}
	for {
		end := len(dir)
		if i := strings.IndexByte(dir[at:], '/'); i >= 0 {
			end = at + i
		}
		sub, err := p.step(above, dir[:end], dir[at:end], making)
		if err != nil {
			return nil, err
		}
		p.way = append(p.way, step{dir[:end], sub})
		if end == len(dir) {
			return sub, nil
		}
		above, at = sub, end+1
	}
}

// step opens the folder dir, which is called name in the one above it. That may be a
// link, which leads on from there.
func (p *place) step(above *os.Root, dir, name string, making bool) (*os.Root, error) {
	sub, err := above.OpenRoot(name)
	switch {
	case err == nil:
		return sub, nil
	case making && errors.Is(err, fs.ErrNotExist):
		if err := above.Mkdir(name, 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
			return nil, err
		}
		return above.OpenRoot(name)
	}
	return p.root.OpenRoot(dir)
}

// back closes all steps but the first n.
func (p *place) back(n int) {
	for _, s := range p.way[n:] {
		s.Close()
	}
	p.way = p.way[:n]
}

// leave closes what is open.
func (p *place) leave() { p.back(0) }

// read reads a file below the root.
func (p *place) read(name string) ([]byte, error) {
	folder, err := p.in(path.Dir(name))
	if err != nil {
		return nil, err
	}
	f, err := folder.OpenFile(path.Base(name), os.O_RDONLY|atHand, 0)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	size := 0
	if info, err := f.Stat(); err == nil {
		size = int(min(info.Size(), maxGuess))
	}
	text := make([]byte, 0, size+1)
	for {
		n, err := f.Read(text[len(text):cap(text)])
		text = text[:len(text)+n]
		switch {
		case err == io.EOF:
			return text, nil
		case err != nil:
			return nil, err
		case len(text) == cap(text):
			text = slices.Grow(text, len(text))
		}
	}
}

// readLinked reads a file below the root that may be a link out of its own folder.
func (p *place) readLinked(name string) ([]byte, error) {
	text, err := p.read(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return p.root.ReadFile(name)
	}
	return text, err
}

// maxGuess is how large a file may say that it is to be believed before it is read.
const maxGuess = 64 << 20

// write writes a new file below the root, into a folder that it makes if need be. Most
// files have a folder for themselves, which is not kept open.
func (p *place) write(name string, content []byte) error {
	dir := path.Dir(name)
	above, err := p.walk(path.Dir(dir), true)
	if err != nil {
		return err
	}
	if p.made != dir && dir != "." {
		if err := above.Mkdir(path.Base(dir), 0o777); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
		p.made = dir
	}
	f, err := above.OpenFile(path.Join(path.Base(dir), path.Base(name)), os.O_WRONLY|os.O_CREATE|os.O_TRUNC|atHand, 0o666)
	if err != nil {
		return err
	}
	_, err = f.Write(content)
	if e := f.Close(); err == nil {
		err = e
	}
	return err
}

// atHand opens a file as one that never makes wait, which files on disks are: os
// would ask the system four times whether this one is.
const atHand = syscall.O_NONBLOCK

// each does work with the numbers below n on all processors. Each processor's has a
// place of its own.
func each(ctx context.Context, root *os.Root, n int, work func(i int, p *place) error) error {
	var next atomic.Int64
	g, ctx := errgroup.WithContext(ctx)
	for range min(n, runtime.GOMAXPROCS(0)) {
		g.Go(func() error {
			p := &place{root: root}
			defer p.leave()
			for {
				i := int(next.Add(1)) - 1
				if i >= n {
					return nil
				}
				if err := ctx.Err(); err != nil {
					return err
				}
				if err := work(i, p); err != nil {
					return err
				}
			}
		})
	}
	return g.Wait()
}

// readFiles reads files of the workspace, those of a folder one after another, and
// hands each to take, on all processors. Errors name the file from the workspace on.
func (t *Tree) readFiles(ctx context.Context, names []string, take func(i int, text []byte)) error {
	order := make([]int, len(names))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(path.Dir(names[a]), path.Dir(names[b])) })
	return each(ctx, t.root, len(names), func(i int, p *place) error {
		i = order[i]
		text, err := p.readLinked(names[i])
		if err != nil {
			return plainError("read", &fs.PathError{Op: "read", Path: names[i], Err: cause(err)})
		}
		take(i, text)
		return nil
	})
}
