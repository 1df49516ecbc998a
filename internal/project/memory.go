package project

import (
	"cmp"
	"context"
	"errors"
	"io/fs"
	"path"
	"slices"
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/po"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/memory"
	"dragoman/internal/merge"
	"dragoman/internal/review"
)

// memoryName is the catalog, in a language's folder, of pairs that no article
// holds. No article can have it, since names that begin with a dot are passed over.
const memoryName = ".memory.po"

// MemoryQuery says what to look for.
type MemoryQuery struct {
	Text     string
	Language locale.Tag
	Least    int // percent
	Limit    int
}

// MemoryQuery looks for earlier translations of a text: in the language's catalogs
// as they are on the disk, and among the pairs that were imported. The matches are
// the best ones, best first; the findings are warnings of the catalogs.
func (t *Tree) MemoryQuery(ctx context.Context, q MemoryQuery) ([]memory.Match, diag.List, error) {
	tags, err := t.targets([]locale.Tag{q.Language})
	if err != nil {
		return nil, nil, err
	}
	s, found, err := t.shelf(ctx, tags[0])
	if err != nil {
		return nil, nil, err
	}
	if err := found.Err(); err != nil {
		return nil, nil, err
	}
	index := s.index(t)
	if s.memory.err != nil {
		return nil, nil, s.memory.err
	}
	least := float64(cmp.Or(q.Least, t.Config.Threshold)) / 100
	return index.Find(q.Text, memory.Query{Least: least, Limit: q.Limit}), found, nil
}

// remembered is what a language's memory holds, once it was asked for.
type remembered struct {
	imported *catalog.File // nil: there are no such pairs
	index    *memory.Index
	err      error
}

// index is the language's memory: of its catalogs as they were read, and of what was
// imported. Most runs do not ask for it, and do not wait for it.
func (s *shelf) index(t *Tree) *memory.Index {
	if s.memory != nil {
		return s.memory.index
	}
	s.memory = &remembered{}
	if s.partial {
		s.memory.err = errDoubt
		return nil
	}
	f, src, err := t.memoryFile(s.tag)
	if err != nil {
		s.memory.err = err
		return nil
	}
	files := slices.Clone(s.catalogs)
	for _, f := range files {
		review.Apply(f, s.decided)
	}
	if src != nil {
		s.memory.imported = f
		files = append(files, f)
	}
	s.memory.index = memory.Build(files...)
	return s.memory.index
}

// memoryErr is what was in the way of the memory, if it was asked for.
func (s *shelf) memoryErr() error {
	if s.memory == nil {
		return nil
	}
	return s.memory.err
}

// held are files and, where it was asked for, the memory: where a translation that
// leaves an article must still be found.
func (s *shelf) held(files []*catalog.File) []*catalog.File {
	if s.memory == nil || s.memory.imported == nil {
		return files
	}
	return append(slices.Clone(files), s.memory.imported)
}

// memoryFile reads the pairs of a language that no article holds. There may be no
// such file, which then has no bytes.
func (t *Tree) memoryFile(tag locale.Tag) (*catalog.File, []byte, error) {
	name := path.Join(t.folderOf(tag), memoryName)
	src, err := t.readFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil
	}
	if err != nil {
		return nil, nil, plainError("read", err)
	}
	f, found := po.Parse(name, src)
	f.Language = tag
	return f, src, found.Err()
}

// openMemory is the memory of a language, a new one if there is none, and the bytes
// that it was read from.
func (t *Tree) openMemory(tag locale.Tag, now time.Time) (*catalog.File, []byte, error) {
	f, src, err := t.memoryFile(tag)
	if f == nil && err == nil {
		f = merge.NewMemory(path.Join(t.folderOf(tag), memoryName), merge.Options{
			Now: now, Language: tag, Project: cmp.Or(t.Config.Title, "Dragoman"),
		})
	}
	return f, src, err
}
