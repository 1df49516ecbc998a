package project

import (
	"context"
	"time"

	"dragoman/internal/check"
	"dragoman/internal/coverage"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/report"
	"dragoman/internal/term"
)

// StatusOptions say what to count.
type StatusOptions struct {
	Now time.Time
	// AsOf is the day to which ages are counted and for which it is judged what is
	// published. If it is zero, ages are counted to Now, and it is judged as a build
	// without a day judges.
	AsOf      time.Time
	Languages []locale.Tag // none: all
	Checks    bool         // also look for what is wrong with translations
	All       bool         // list every message that is left (coverage.Options)
}

// Standing is how far the translations have come.
type Standing struct {
	Counts    coverage.Report
	Questions []report.Question // by article
	Findings  diag.List         // warnings
}

// counted is what is counted of a language: drafts and what is retracted are not.
func (s *shelf) counted(t *Tree, docs []*markdown.Document, asOf time.Time) (in []coverage.Input) {
	behind := s.behind()
	if asOf.IsZero() {
		asOf = newest(docs, s)
	}
	for i, d := range docs {
		if d.Meta.Draft || d.Meta.Retracted {
			continue
		}
		in = append(in, coverage.Input{
			Article: d.Path, Source: t.Config.Source, Language: s.tag,
			File: s.merged[i], Behind: behind[d.Path], Priority: d.Meta.Priority,
			Decisions: s.decisions, Policy: t.policyOf(s.tag, d), AsOf: asOf,
		})
	}
	return in
}

// Status counts the work that is done and the work that is left, says what becomes of
// the editions, and gathers what the translators ask. Articles are merged in memory
// first, so that one edited since the last extract counts as edited.
func (t *Tree) Status(ctx context.Context, o StatusOptions) (*Standing, error) {
	tags, err := t.targets(o.Languages)
	if err != nil {
		return nil, err
	}
	docs, shelves, found, err := t.load(ctx, tags, o.Now)
	if err != nil {
		return nil, err
	}
	glossary, _, err := t.glossary()
	if err != nil {
		return nil, err
	}
	options := t.measuring(o)
	options.Words = coverage.Count(t.Config.Source, docs)
	meters := make([]*coverage.Meter, len(shelves))
	g := group()
	for i, s := range shelves {
		meters[i] = coverage.NewMeter(options)
		g.Go(func() error {
			inputs := s.counted(t, docs, o.AsOf)
			if o.Checks {
				t.findings(s, docs, glossary, inputs)
			}
			for _, in := range inputs {
				meters[i].Add(in)
			}
			return ctx.Err()
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	stale, err := t.staleWords(tags)
	if err != nil {
		return nil, err
	}
	st := &Standing{Counts: coverage.Assemble(options, meters...), Findings: append(found, stale...)}
	for i, d := range docs {
		for _, s := range shelves {
			st.Questions = append(st.Questions, s.questions(d.Path, s.merged[i])...)
		}
	}
	return st, ctx.Err()
}

// measuring is how coverage measures.
func (t *Tree) measuring(o StatusOptions) coverage.Options {
	options := coverage.Options{Today: o.AsOf, Least: map[locale.Tag]int{}, All: o.All}
	if o.AsOf.IsZero() {
		options.Today = o.Now
	}
	for _, l := range t.Config.Languages {
		options.Least[l.Tag] = l.Policy.Least(l.Published)
	}
	return options
}

// findings gives each input what checks find in its catalog.
func (t *Tree) findings(s *shelf, docs []*markdown.Document, g *term.Glossary, inputs []coverage.Input) {
	rules := check.Rules()
	t.eachInput(s, docs, g, func(n int, in check.Input) {
		if len(inputs) > 0 && inputs[0].File == s.merged[n] { // in the articles' order
			inputs[0].Findings = check.Run(in, rules)
			inputs = inputs[1:]
		}
	})
}
