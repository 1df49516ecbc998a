package project

import (
	"context"
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/coverage"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/report"
)

// DiffOptions say what to show the changes of.
type DiffOptions struct {
	Now       time.Time
	Articles  []string     // paths or slugs; none: all
	Languages []locale.Tag // none: all
}

// Differences are the translations whose sources changed under them, by language,
// then by article, in the articles' order.
type Differences struct {
	Stale    []coverage.Item
	Page     report.Page // in the language asked for if it is one, else in the source's
	Findings diag.List   // warnings
}

// Diff tells what changed under each stale translation. Articles are merged in
// memory first, so that one edited since the last extract counts as edited.
func (t *Tree) Diff(ctx context.Context, o DiffOptions) (*Differences, error) {
	tags, err := t.targets(o.Languages)
	if err != nil {
		return nil, err
	}
	docs, shelves, found, err := t.load(ctx, tags, o.Now)
	if err != nil {
		return nil, err
	}
	chosen, err := t.chosen(docs, o.Articles)
	if err != nil {
		return nil, err
	}
	d := &Differences{Findings: found, Page: report.Page{Source: t.Config.Source, Title: t.Config.Title}}
	for _, s := range shelves {
		behind := s.behind()
		for i, doc := range docs {
			if !chosen.has(doc.Path) || chosen == nil && (doc.Meta.Draft || doc.Meta.Retracted) {
				continue
			}
			in := coverage.Input{Article: doc.Path, Language: s.tag, File: s.merged[i], Behind: behind[doc.Path], Decisions: s.decisions}
			d.Stale = append(d.Stale, stale(in, o.Now)...)
		}
	}
	reader := t.Config.Source
	if len(tags) == 1 {
		reader = tags[0]
	}
	bundle, _, err := t.words()
	if err != nil {
		return nil, err
	}
	d.Page.Words = bundle.For(reader)
	return d, ctx.Err()
}

// stale are the messages of a catalog whose targets are stale.
func stale(in coverage.Input, today time.Time) (list []coverage.Item) {
	for _, m := range in.File.Messages {
		if !m.Obsolete && (m.State == catalog.NeedsRewriting || m.State == catalog.NeedsChecking) {
			list = append(list, coverage.ItemOf(m, &in, today))
		}
	}
	return list
}
