package project

import (
	"bytes"
	"context"
	"slices"
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/po"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
)

// Scrubbed is what told of people in a catalog.
type Scrubbed struct {
	Pos   diag.Pos // of the line
	Field string   // of the header; empty for a comment
	Text  string   // what was there
}

// Scrub removes from the catalogs of these languages, of all if there are none,
// what tells of people (catalog.File.Scrub). It gives what it removed and the files
// that it wrote, or would if dry. The error is a diag.List where a catalog is at
// fault; then no file is changed.
func (t *Tree) Scrub(ctx context.Context, languages []locale.Tag, dry bool) (removed []Scrubbed, written []string, err error) {
	tags, err := t.targets(languages)
	if err != nil {
		return nil, nil, err
	}
	var writes []change
	var found diag.List
	for _, tag := range tags {
		s, list, err := t.shelf(ctx, tag)
		if err != nil {
			return nil, nil, err
		}
		found = append(found, list...)
		memory, src, err := t.openMemory(tag, time.Time{})
		if err != nil {
			return nil, nil, err
		}
		s.read[memory.Path] = src
		for _, f := range append(s.catalogs, memory) {
			old := s.read[f.Path]
			traces := f.Scrub()
			removed = append(removed, scrubbed(f.Path, old, traces)...)
			if text := po.Format(f); len(traces) > 0 && !bytes.Equal(text, old) {
				writes = append(writes, change{f.Path, old, text})
			}
		}
	}
	if err := found.Err(); err != nil {
		return nil, nil, err
	}
	written = names(writes)
	if err := ctx.Err(); err != nil || dry {
		return removed, written, err
	}
	return removed, written, t.save(writes)
}

// scrubbed are traces at the lines of the file that they were on.
func scrubbed(path string, src []byte, traces []catalog.Trace) []Scrubbed {
	lines := diag.NewLines(path, src)
	at := 0
	var list []Scrubbed
	for _, trace := range traces {
		needle := trace.Text
		if trace.Field != "" {
			needle = `"` + trace.Field + `:`
		}
		if i := bytes.Index(src[at:], []byte(needle)); i >= 0 {
			at += i + 1
		}
		list = append(list, Scrubbed{lines.At(max(at-1, 0)), trace.Field, trace.Text})
	}
	slices.SortStableFunc(list, func(a, b Scrubbed) int { return a.Pos.Line - b.Pos.Line })
	return list
}
