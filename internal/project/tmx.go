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
	"dragoman/internal/markdown"
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

// takePairs are the final pairs of the chosen articles. If none is chosen, they are
// those of all articles, obsolete ones, and what was imported.
func (x *Export) takePairs(t *Tree, s *shelf, docs []*markdown.Document, chosen selection) ([]*catalog.File, error) {
	catalogs := slices.Clone(s.merged)
	imported, _, err := t.memoryFile(s.tag)
	if err != nil {
		return nil, err
	}
	if imported != nil {
		catalogs = append(catalogs, imported)
	}
	var files []*catalog.File
	for i, from := range catalogs {
		if chosen != nil && (i >= len(docs) || !chosen.has(docs[i].Path)) {
			continue
		}
		f := &catalog.File{Path: from.Path, Language: from.Language}
		for _, m := range from.Messages {
			if m.State.Final() && !m.Fuzzy && (chosen == nil || !m.Obsolete) {
				f.Messages = append(f.Messages, &catalog.Message{Entry: m.Entry, State: m.State})
			}
		}
		f.Scrub()
		if x.Messages += len(f.Messages); len(f.Messages) > 0 {
			files = append(files, f)
		}
	}
	return files, nil
}
