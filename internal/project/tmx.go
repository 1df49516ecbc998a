package project

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/po"
	"dragoman/internal/catalog/tmx"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/memory"
	"dragoman/internal/merge"
)

// isMemory reports whether a file is a memory, by its name.
func isMemory(name string) bool { return strings.EqualFold(filepath.Ext(name), ".tmx") }

// importMemory puts the pairs of a memory of other tools into ours, and offers what it
// has to the messages that have no translation.
func (t *Tree) importMemory(ctx context.Context, o ImportOptions, tags []locale.Tag) (*Import, error) {
	from, warnings, err := t.foreignMemory(o.File, o.Language)
	if err != nil {
		return nil, err
	}
	docs, shelves, found, err := t.load(ctx, tags, o.Now)
	if err != nil {
		return nil, err
	}
	s := shelves[0]
	ours, before, err := t.openMemory(s.tag, o.Now)
	if err != nil {
		return nil, err
	}
	i := &Import{Findings: append(warnings, found...)}
	for _, f := range from {
		i.Outcomes = append(i.Outcomes, merge.Remember(ours, f)...)
	}
	s.index(t)
	options := s.options(t)
	options.Decisions = s.decisions
	options.Memory = func() *memory.Index { return memory.Build(append(slices.Clone(s.catalogs), ours)...) }
	s.changes = append(s.changes, merge.Fill(s.merged[:len(docs)], docs, options)...)
	writes, _, err := s.update(t, docs, nil)
	if err != nil {
		return nil, err
	}
	if text := po.Format(ours); len(ours.Messages) > 0 && !bytes.Equal(text, before) {
		writes = append(writes, change{ours.Path, before, text})
	}
	i.Written = names(writes)
	if err := ctx.Err(); err != nil || o.DryRun {
		return i, err
	}
	return i, t.save(writes)
}

// foreignMemory reads the pairs of a language. One that names no place comes from the
// file.
func (t *Tree) foreignMemory(name string, tag locale.Tag) ([]*catalog.File, diag.List, error) {
	src, err := os.ReadFile(name)
	if err != nil {
		return nil, nil, plainError("read", err)
	}
	files, found := tmx.Parse(slashed(name), src, t.Config.Source)
	if found.HasErrors() {
		return nil, nil, found
	}
	var wanted []*catalog.File
	var others []string
	for _, f := range files {
		if !legible(f.Language, tag) {
			others = append(others, f.Language.String())
			continue
		}
		wanted = append(wanted, f)
		for _, m := range f.Messages {
			if len(m.References) == 0 {
				m.References = []string{filepath.Base(name)}
			}
		}
	}
	switch {
	case wanted != nil:
		return wanted, found, nil
	case others == nil:
		return nil, nil, fmt.Errorf("%s: no text in %s has a translation", slashed(name), t.Config.Source)
	}
	return nil, nil, fmt.Errorf("%s: no text in %s has a translation into %s, only into %s", slashed(name), t.Config.Source, tag, strings.Join(others, ", "))
}
