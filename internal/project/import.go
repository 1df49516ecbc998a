package project

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/po"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/merge"
)

// ImportOptions say what to import.
type ImportOptions struct {
	Now      time.Time
	File     string // a path as the user knows it
	Language locale.Tag
	DryRun   bool // write nothing
}

// Import is what an import did, or would do.
type Import struct {
	Outcomes []merge.Outcome // of the file's messages
	Findings diag.List       // warnings of the file, of articles and catalogs
	Written  []string        // files
}

// Count is how many messages had that outcome.
func (i *Import) Count(o merge.Outcome) int {
	n := 0
	for _, other := range i.Outcomes {
		if other == o {
			n++
		}
	}
	return n
}

// Import takes the translations of another tool's catalog over into the catalogs of
// a language, after it has brought these up to date. The error is a diag.List where
// that catalog, or the workspace, is at fault; then no file is changed.
func (t *Tree) Import(ctx context.Context, o ImportOptions) (*Import, error) {
	tags, err := t.targets([]locale.Tag{o.Language})
	if err != nil {
		return nil, err
	}
	if isMemory(o.File) {
		return t.importMemory(ctx, o, tags)
	}
	from, warnings, err := foreign(o.File, o.Language)
	if err != nil {
		return nil, err
	}
	docs, shelves, found, err := t.load(ctx, tags, o.Now)
	if err != nil {
		return nil, err
	}
	s := shelves[0]
	memory, before, err := t.openMemory(s.tag, o.Now)
	if err != nil {
		return nil, err
	}
	options := s.options(t)
	options.Decisions = s.decisions
	lent := merge.Lent(options)
	i := &Import{Outcomes: merge.Take(s.merged[:len(docs)], docs, from, memory, lent), Findings: append(warnings, found...)}
	writes, _, err := s.update(t, docs, nil)
	if err != nil {
		return nil, err
	}
	if text := po.Format(memory); len(memory.Messages) > 0 && !bytes.Equal(text, before) {
		writes = append(writes, change{memory.Path, before, text})
	}
	for _, c := range writes {
		i.Written = append(i.Written, c.name)
	}
	if err := ctx.Err(); err != nil || o.DryRun {
		return i, err
	}
	return i, t.save(writes)
}

// foreign reads another tool's catalog.
func foreign(name string, tag locale.Tag) (*catalog.File, diag.List, error) {
	src, err := os.ReadFile(name)
	if err != nil {
		return nil, nil, plainError("read", err)
	}
	f, found := po.Parse(slashed(name), src)
	if found.HasErrors() {
		return nil, nil, found
	}
	said := f.Header.Get("Language")
	if other, err := locale.FromGettext(said); err == nil && !legible(other, tag) {
		return nil, nil, fmt.Errorf("%s: the catalog's header says that its language is %s, not %s; name the language with --lang", name, said, tag)
	}
	return f, found, nil
}

// legible reports whether two tags are of one language in one script, as zh-CN and
// zh-Hans are.
func legible(a, b locale.Tag) bool {
	baseA, _ := a.Base()
	baseB, _ := b.Base()
	scriptA, _ := a.Script()
	scriptB, _ := b.Script()
	return baseA == baseB && scriptA == scriptB
}
