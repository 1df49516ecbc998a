package project

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"time"

	"dragoman/internal/check"
	"dragoman/internal/coverage"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/merge"
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

// Status counts the work that is done and the work that is left, says what becomes of
// the editions, and gathers what the translators ask. Articles are merged in memory
// first, so that one edited since the last extract counts as edited.
func (t *Tree) Status(ctx context.Context, o StatusOptions) (*Standing, error) {
	tags, err := t.targets(o.Languages)
	if err != nil {
		return nil, err
	}
	docs, found, err := t.articles(ctx)
	if err != nil {
		return nil, err
	}
	c, list, err := t.counting(ctx, docs, o)
	if err != nil {
		return nil, err
	}
	c.few = len(tags) < runtime.GOMAXPROCS(0)
	counts := make([]*count, len(tags))
	g := group()
	for i, tag := range tags {
		g.Go(func() (err error) {
			counts[i], err = c.language(ctx, tag)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	found = append(found, list...)
	meters := make([]*coverage.Meter, len(counts))
	for i, one := range counts {
		found = append(found, one.found...)
		meters[i] = one.meter
	}
	found = unique(found)
	if err := found.Err(); err != nil {
		return nil, err
	}
	stale, err := t.staleWords(tags)
	if err != nil {
		return nil, err
	}
	st := &Standing{Counts: coverage.Assemble(c.options, meters...), Findings: append(found, stale...)}
	for i := range c.docs {
		for _, one := range counts {
			st.Questions = append(st.Questions, one.questions[i]...)
		}
	}
	return st, ctx.Err()
}

// counting is what all languages are counted with.
type counting struct {
	*Tree
	StatusOptions
	docs     []*markdown.Document // without their texts
	options  coverage.Options
	glossary *term.Glossary
	outlines []merge.Outline // of the articles
	few      bool            // fewer languages than processors

	// again reads the articles again where a language must be merged: parsed, they take
	// more room than all that is counted.
	again func() ([]*markdown.Document, error)
}

// counting prepares to count.
func (t *Tree) counting(ctx context.Context, docs []*markdown.Document, o StatusOptions) (*counting, diag.List, error) {
	glossary, found, err := t.glossary()
	if err != nil {
		return nil, nil, err
	}
	c := &counting{Tree: t, StatusOptions: o, glossary: glossary}
	c.again = sync.OnceValues(func() ([]*markdown.Document, error) {
		docs, _, err := t.articles(ctx)
		if err == nil && len(docs) != len(c.docs) {
			err = errors.New("an article came or went while they were read; run it again")
		}
		return docs, err
	})
	c.options = coverage.Options{
		Today: o.AsOf, Least: map[locale.Tag]int{}, All: o.All, Weights: t.Config.Weights, Words: coverage.Count(t.Config.Source, docs),
	}
	if o.AsOf.IsZero() {
		c.options.Today = o.Now
	}
	for _, l := range t.Config.Languages {
		c.options.Least[l.Tag] = l.Policy.Least(l.Published)
	}
	for _, d := range docs {
		c.outlines = append(c.outlines, merge.OutlineOf(d))
		c.docs = append(c.docs, &markdown.Document{Path: d.Path, Meta: d.Meta})
	}
	return c, found, nil
}

// count is what was counted in one language.
type count struct {
	meter     *coverage.Meter
	questions [][]report.Question // by article
	found     diag.List
}

func (c *counting) count() *count {
	return &count{meter: coverage.NewMeter(c.options), questions: make([][]report.Question, len(c.docs))}
}

// language counts one language: catalog by catalog where all are settled, else all of
// it, merged.
func (c *counting) language(ctx context.Context, tag locale.Tag) (*count, error) {
	if !c.Checks && !c.pivots(tag) {
		if one, settled, err := c.settled(ctx, tag); settled || err != nil {
			return one, err
		}
	}
	return c.merged(ctx, tag)
}

// merged counts a language after the articles were merged into it.
func (c *counting) merged(ctx context.Context, tag locale.Tag) (*count, error) {
	docs, err := c.again()
	if err != nil {
		return nil, err
	}
	one := c.count()
	shelves, found, err := c.shelves(ctx, []locale.Tag{tag}, docs, merging{now: c.Now})
	one.found = found
	if err != nil || found.HasErrors() {
		return one, err
	}
	s := shelves[0]
	inputs := s.counted(c.Tree, docs, c.AsOf)
	if c.Checks {
		c.findings(s, docs, c.glossary, inputs)
	}
	for _, in := range inputs {
		one.meter.Add(in)
	}
	for i, d := range docs {
		one.questions[i] = s.questions(d.Path, s.merged[i])
	}
	return one, ctx.Err()
}

func (c *counting) pivots(tag locale.Tag) bool {
	_, ok := c.Config.pivotOf(tag)
	return ok
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
		one := s.input(t, d, asOf)
		one.File, one.Behind = s.merged[i], behind[d.Path]
		in = append(in, one)
	}
	return in
}

// input is what is known of an article in a language beside its catalog.
func (s *shelf) input(t *Tree, d *markdown.Document, asOf time.Time) coverage.Input {
	in := coverage.Input{
		Article: d.Path, Source: t.Config.Source, Language: s.tag, Priority: d.Meta.Priority,
		Decisions: s.decisions, Policy: t.policyOf(s.tag, d), AsOf: asOf,
	}
	if a, ok := t.Config.AssignmentOf(s.tag, d.Path); ok {
		in.Assigned = coverage.Assignment{To: a.To, Due: a.Due}
	}
	return in
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
