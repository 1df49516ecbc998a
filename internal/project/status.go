package project

import (
	"context"
	"errors"
	"runtime"
	"sync"
	"sync/atomic"
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

	knowing knowing
}

// knowing says whether what was counted is remembered, and asked for.
type knowing uint8

const (
	whereItPays knowing = iota // which it does from fewestRemembered catalogs on
	always
	never
)

// fewestRemembered is how many catalogs are counted sooner than a ledger is written.
const fewestRemembered = 500

// Standing is how far the translations have come.
type Standing struct {
	Counts    coverage.Report
	Questions []report.Question // by article
	Findings  diag.List         // warnings

	read int // how many catalogs were read for it, those that were merged aside
}

// Status counts the work that is done and the work that is left, says what becomes of
// the editions, and gathers what the translators ask. Articles are merged in memory
// first, so that one edited since the last extract counts as edited.
func (t *Tree) Status(ctx context.Context, o StatusOptions) (*Standing, error) {
	tags, err := t.targets(o.Languages)
	if err != nil {
		return nil, err
	}
	c, found, err := t.counting(ctx, o)
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
	meters := make([]*coverage.Meter, len(counts))
	for i, one := range counts {
		found = append(found, one.found...)
		meters[i] = one.meter
	}
	found = unique(found)
	if err := found.Err(); err != nil {
		return nil, err
	}
	if o.knowing == always || len(c.docs)*len(tags) >= fewestRemembered {
		c.keep()
	}
	stale, err := t.staleWords(tags)
	if err != nil {
		return nil, err
	}
	st := &Standing{
		Counts: coverage.Assemble(c.options, meters...), Findings: append(found, stale...), read: int(c.reads.Load()),
	}
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
	start    time.Time
	files    []file               // of the workspace; nil where they cannot be listed
	docs     []*markdown.Document // without their texts
	sums     map[string]sum       // of the articles' texts, by path from the workspace
	options  coverage.Options
	glossary *term.Glossary
	few      bool    // fewer languages than processors
	ledger   *ledger // nil: none is kept

	changing atomic.Bool  // an article is another than it was
	reads    atomic.Int64 // of catalogs

	lock  sync.Mutex
	pages map[string]written // that the ledger does not have

	texts func() (*texts, error)
	// again reads the articles again where a language must be merged: parsed, they take
	// more room than all that is counted.
	again func() ([]*markdown.Document, error)
}

// texts is what catalogs are compared with.
type texts struct {
	outlines []merge.Outline // of the articles
	words    *coverage.Words
}

func (t *Tree) textsOf(docs []*markdown.Document) *texts {
	x := &texts{words: coverage.Count(t.Config.Source, docs)}
	for _, d := range docs {
		x.outlines = append(x.outlines, merge.OutlineOf(d))
	}
	return x
}

// counting prepares to count. The findings are the articles' and the glossary's.
func (t *Tree) counting(ctx context.Context, o StatusOptions) (*counting, diag.List, error) {
	c := &counting{Tree: t, StatusOptions: o, start: time.Now(), sums: map[string]sum{}, pages: map[string]written{}}
	c.options = coverage.Options{Today: o.AsOf, Least: map[locale.Tag]int{}, All: o.All, Weights: t.Config.Weights}
	if o.AsOf.IsZero() {
		c.options.Today = o.Now
	}
	for _, l := range t.Config.Languages {
		c.options.Least[l.Tag] = l.Policy.Least(l.Published)
	}
	if o.knowing != never {
		c.ledger = t.ledger()
	}
	if c.ledger != nil {
		c.files, _ = t.inputs() // what cannot be listed is told of where it is read
	}
	found, err := c.readArticles(ctx)
	if err != nil {
		return nil, nil, err
	}
	glossary, list, err := t.glossary()
	if err != nil {
		return nil, nil, err
	}
	c.glossary = glossary
	c.again = sync.OnceValues(func() ([]*markdown.Document, error) {
		docs, _, err := t.articles(ctx)
		if err == nil && len(docs) != len(c.docs) {
			err = errChanging
		}
		return docs, err
	})
	return c, append(found, list...), nil
}

var errChanging = errors.New("an article changed while the articles were read; run it again")

// meter is one for the sheets of catalogs.
func (c *counting) meter() (*coverage.Meter, error) {
	x, err := c.texts()
	if err != nil {
		return nil, err
	}
	o := c.options
	o.Words = x.words
	return coverage.NewMeter(o), nil
}

// count is what was counted in one language.
type count struct {
	meter     *coverage.Meter
	questions [][]report.Question // by article
	found     diag.List
}

// language counts one language: as it was counted before, else catalog by catalog where
// all are settled, else all of it, merged.
func (c *counting) language(ctx context.Context, tag locale.Tag) (*count, error) {
	if c.Checks {
		p, err := c.merged(ctx, tag)
		if err != nil {
			return nil, err
		}
		return c.count(tag, p), nil
	}
	known := c.ledger.page(tag)
	p, err := c.recalled(ctx, tag, known)
	if err == nil && p == nil && !c.pivots(tag) {
		p, err = c.settled(ctx, tag, known)
	}
	if err == nil && p == nil {
		p, err = c.unsettled(ctx, tag, known)
	}
	if err != nil {
		return nil, err
	}
	if p != known && p.files != nil {
		w := written{text: p.encode()}
		if p.merged {
			w.files = p.files
		}
		c.learn(tag.String(), w)
	}
	return c.count(tag, p), nil
}

// count counts by what is known of a language.
func (c *counting) count(tag locale.Tag, p *page) *count {
	one := &count{meter: coverage.NewMeter(c.options), questions: make([][]report.Question, len(c.docs)), found: p.found}
	asOf := c.AsOf
	if asOf.IsZero() {
		if asOf = newest(c.docs, nil); p.newest.After(asOf) {
			asOf = p.newest
		}
	}
	for _, l := range p.lines {
		one.found = append(one.found, l.found...)
	}
	for i, d := range c.docs {
		l := p.line(c.catalogPath(tag, d.Path))
		if l == nil {
			continue // an error was found
		}
		one.questions[i] = l.questions
		if l.sheet != nil {
			in := c.input(tag, d, asOf)
			in.Behind = l.behind
			one.meter.Take(in, l.sheet)
		}
	}
	return one
}

// merged counts a language after the articles were merged into it.
func (c *counting) merged(ctx context.Context, tag locale.Tag) (*page, error) {
	docs, err := c.again()
	if err != nil {
		return nil, err
	}
	meter, err := c.meter()
	if err != nil {
		return nil, err
	}
	shelves, found, err := c.shelves(ctx, []locale.Tag{tag}, docs, merging{now: c.Now})
	p := &page{found: found}
	if err != nil || found.HasErrors() {
		return p, err
	}
	s := shelves[0]
	p.newest = s.decided.Newest()
	inputs := s.counted(c.Tree, docs, c.AsOf)
	if c.Checks {
		c.findings(s, docs, c.glossary, inputs)
	}
	for i, d := range docs {
		line := pageLine{catalog: s.merged[i].Path, questions: s.questions(d.Path, s.merged[i])}
		if len(inputs) > 0 && inputs[0].File == s.merged[i] { // in the articles' order
			line.sheet, line.behind = meter.Sheet(inputs[0]), inputs[0].Behind
			inputs = inputs[1:]
		}
		p.lines = append(p.lines, line)
	}
	p.sort()
	return p, ctx.Err()
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
		one := t.input(s.tag, d, asOf)
		one.File, one.Decisions, one.Behind = s.merged[i], s.decisions, behind[d.Path]
		in = append(in, one)
	}
	return in
}

// input is what is known of an article in a language beside its catalog and decisions.
func (t *Tree) input(tag locale.Tag, d *markdown.Document, asOf time.Time) coverage.Input {
	in := coverage.Input{
		Article: d.Path, Source: t.Config.Source, Language: tag, Priority: d.Meta.Priority,
		Policy: t.policyOf(tag, d), AsOf: asOf,
	}
	if a, ok := t.Config.AssignmentOf(tag, d.Path); ok {
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
