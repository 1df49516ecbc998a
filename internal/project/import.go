package project

import (
	"bytes"
	"context"
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/po"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/merge"
)

// ImportOptions say what to import.
type ImportOptions struct {
	Now      time.Time
	File     string // a path as the user knows it; a folder: the catalogs in it
	Language locale.Tag
	DryRun   bool // write nothing
}

// Import is what an import did, or would do.
type Import struct {
	Outcomes  []merge.Outcome // of the messages that came in
	Conflicts []Conflict
	Findings  diag.List // of the file: warnings, and errors on messages that are not taken; warnings of articles and catalogs
	Written   []string  // files
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

// Import takes the translations of other tools' catalogs over into the catalogs of a
// language, after it has brought these up to date. What Export has sent out is taken
// back three-way (merge.Return), what comes from elsewhere by merge.Take. The error
// is a diag.List where a catalog, or the workspace, is at fault; then no file is
// changed.
func (t *Tree) Import(ctx context.Context, o ImportOptions) (*Import, error) {
	tags, err := t.targets([]locale.Tag{o.Language})
	if err != nil {
		return nil, err
	}
	if isMemory(o.File) {
		return t.importMemory(ctx, o, tags)
	}
	in, err := arrivals(o.File, o.Language)
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
	i := &Import{}
	i.settle(s, docs, in, memory, merge.Lent(options))
	i.Findings = append(in.found, found...)
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

// settle takes what has come in over.
func (i *Import) settle(s *shelf, docs []*markdown.Document, in *arrival, memory *catalog.File, lent func(*catalog.Message) bool) {
	r, outcomes, left := s.receive(docs, in)
	if len(left) > 0 {
		in.files = append(in.files, &catalog.File{Language: s.tag, Messages: left})
	}
	for _, f := range in.files {
		for n, outcome := range merge.Take(s.merged[:len(docs)], docs, f, memory, lent) {
			outcomes = append(outcomes, in.outcome(f.Messages[n], outcome))
		}
	}
	r.keep(s)
	i.Outcomes, i.Conflicts = outcomes, r.conflicts
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
