package project

import (
	"context"
	"time"

	"dragoman/internal/coverage"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/report"
)

// StatusOptions say what to count.
type StatusOptions struct {
	Now       time.Time
	Languages []locale.Tag // none: all
}

// Standing is how far the translations have come.
type Standing struct {
	Counts    coverage.Report
	Questions []report.Question // by article
	Findings  diag.List         // warnings
}

// counted is what is counted of a language: drafts and what is retracted are not.
func (s *shelf) counted(t *Tree, docs []*markdown.Document) (in []coverage.Input) {
	behind := s.behind()
	for i, d := range docs {
		if d.Meta.Draft || d.Meta.Retracted {
			continue
		}
		in = append(in, coverage.Input{
			Article: d.Path, Source: t.Config.Source, Language: s.tag,
			File: s.merged[i], Behind: behind[d.Path],
		})
	}
	return in
}

// Status counts the work that is done and the work that is left, and gathers what
// the translators ask. Articles are merged in memory first, so that one edited
// since the last extract counts as edited.
func (t *Tree) Status(ctx context.Context, o StatusOptions) (*Standing, error) {
	tags, err := t.targets(o.Languages)
	if err != nil {
		return nil, err
	}
	docs, shelves, found, err := t.load(ctx, tags, o.Now)
	if err != nil {
		return nil, err
	}
	var in []coverage.Input
	for _, s := range shelves {
		in = append(in, s.counted(t, docs)...)
	}
	stale, err := t.staleWords(tags)
	if err != nil {
		return nil, err
	}
	st := &Standing{Counts: coverage.Measure(in), Findings: append(found, stale...)}
	for i, d := range docs {
		for _, s := range shelves {
			st.Questions = append(st.Questions, s.questions(d.Path, s.merged[i])...)
		}
	}
	return st, ctx.Err()
}
