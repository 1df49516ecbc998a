package project

import (
	"bytes"
	"context"
	"maps"
	"slices"
	"sync"
	"time"

	"dragoman/internal/diag"
	"dragoman/internal/edition"
	"dragoman/internal/edition/epub"
	"dragoman/internal/font"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/review"
	"dragoman/internal/term"
	"dragoman/internal/words"
)

// compiling is a plan in the making.
type compiling struct {
	tree     *Tree
	plan     *plan
	options  BuildOptions
	words    *words.Bundle
	theme    edition.Theme
	fonts    map[locale.Tag][]*font.Font
	docs     []*markdown.Document
	glossary *term.Glossary

	lock  sync.Mutex
	found diag.List // in articles and catalogs
}

// compile makes the books of the languages that are asked for, and of those whose
// editions stand already, so that the pages can lead to them. Few languages are in the
// memory at a time with all that they are made of.
func (t *Tree) compile(ctx context.Context, tags []locale.Tag, o BuildOptions, out *output) (*plan, error) {
	bundle, warnings, err := t.words()
	if err != nil {
		return nil, err
	}
	theme, faults, err := t.theme(ctx)
	if err != nil {
		return nil, err
	}
	fonts, err := t.fonts(ctx)
	if err != nil {
		return nil, err
	}
	p := &plan{stood: t.standing(out), past: t.past(ctx)}
	p.languages = append([]locale.Tag{t.Config.Source}, t.Config.Targets()...)
	for _, tag := range p.languages {
		i := &issue{tag: tag, asked: slices.Contains(tags, tag), stands: slices.Contains(p.stood, tag)}
		if i.asked || i.stands {
			p.issues = append(p.issues, i)
		}
	}
	c := &compiling{tree: t, plan: p, options: o, words: bundle, theme: theme, fonts: fonts}
	if err := c.run(ctx); err != nil {
		return nil, err
	}
	p.found = slices.Concat(warnings, faults, c.found, t.strays(c.docs))
	for _, i := range p.issues {
		if i.asked {
			p.found = append(p.found, i.found...)
			p.found = append(p.found, t.wordless(i.tag, bundle.For(i.tag))...)
		}
	}
	p.found = unique(p.found)
	return p, addressFaults(p.found).Err()
}

// run reads the articles, then language by language what there is of each, and makes
// the books. An error in articles or catalogs is the error; all of them are told.
func (c *compiling) run(ctx context.Context) (err error) {
	if c.docs, c.found, err = c.tree.articles(ctx); err != nil {
		return err
	}
	for _, d := range c.docs {
		if d.Meta.Retracted {
			c.plan.retracted = append(c.plan.retracted, d)
		}
	}
	if c.glossary, _, err = c.tree.glossary(); err != nil {
		return err
	}
	faulty := c.found.HasErrors()
	g := group()
	for _, i := range c.plan.issues {
		g.Go(func() error { return c.language(ctx, i, faulty) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	c.found = unique(c.found)
	return c.found.Err()
}

// language makes the book of one language. If the articles are faulty, it only reads
// the catalogs, for what is wrong in them.
func (c *compiling) language(ctx context.Context, i *issue, faulty bool) error {
	var targets []locale.Tag
	if i.tag != c.tree.Config.Source {
		targets = append(targets, i.tag)
	}
	heeds := c.tree.heedsDrafts(i.tag, c.docs)
	shelves, found, err := c.tree.stock(ctx, targets, c.docs, nil, merging{now: c.options.Now, spare: !heeds})
	c.lock.Lock()
	c.found = append(c.found, found...)
	c.lock.Unlock()
	if found.HasErrors() || faulty {
		return nil
	}
	if err != nil {
		return err
	}
	s := shelfOf(shelves, i.tag)
	asOf := c.options.AsOf
	if asOf.IsZero() {
		asOf = newest(c.docs, s)
	}
	i.broken = c.tree.broken(s, c.docs, c.glossary)
	articles := c.tree.issue(i, c.docs, s, c.tree.dressed(i, s, c.words.For(i.tag), c.looks(i.tag), asOf), c.plan.past)
	if c.options.remembers() && !i.blocked() {
		i.deck = c.tree.deckOf(i, articles, s, asOf)
		i.deck.heeds = heeds
	}
	if i.asked && !i.blocked() && slices.Equal(c.options.formats(), []Format{EPUB}) {
		if err := c.tree.bind(i); err != nil {
			return err
		}
		i.book.Shed() // no page of another edition asks for its texts
	}
	return ctx.Err()
}

// looks is how editions in a language look.
type looks struct {
	theme edition.Theme
	fonts []*font.Font
}

func (c *compiling) looks(tag locale.Tag) looks { return looks{c.theme, c.fonts[tag]} }

// heedsDrafts reports whether an edition does with a machine's draft of any article what
// it does not do with what is untranslated. If not, nobody need look for drafts.
func (t *Tree) heedsDrafts(tag locale.Tag, docs []*markdown.Document) bool {
	heeds := func(p review.Policy) bool {
		p = p.Resolve()
		return p.Machine != p.Untranslated
	}
	if tag == t.Config.Source {
		return false
	}
	if _, ok := t.Config.pivotOf(tag); ok {
		return true // the draft may be in the language that it is translated from
	}
	return heeds(t.policyFor(tag)) || slices.ContainsFunc(docs, func(d *markdown.Document) bool {
		return len(d.Meta.Policy) > 0 && heeds(t.policyOf(tag, d))
	})
}

// bind makes the books of an edition.
func (t *Tree) bind(i *issue) error {
	for _, volume := range t.volumes(i.book) {
		var book bytes.Buffer
		if err := epub.Write(&book, volume); err != nil {
			return err
		}
		i.bound = append(i.bound, bound{volume.ID + ".epub", bytes.Clone(book.Bytes())})
	}
	return nil
}

// bound is a book as a file.
type bound struct {
	name    string
	content []byte
}

// dressed are the options of a book with what it is to look like, and its words.
func (t *Tree) dressed(i *issue, s *shelf, w *words.Words, looks looks, asOf time.Time) edition.Options {
	o := t.bookOptions(i.tag, s, asOf)
	o.Theme, o.Fonts, o.Findings, o.Words = looks.theme, looks.fonts, i.broken, w
	if o.Title == "" {
		o.Title, o.TitleLanguage = w.Text("articles", nil), w.Tag()
	}
	return o
}

// issue compiles the book of one language of these articles, in their order; without
// a shelf it is the source's.
func (t *Tree) issue(i *issue, docs []*markdown.Document, s *shelf, o edition.Options, past *past) []edition.Article {
	articles := t.articlesOf(i, docs, s, o.AsOf, past)
	if s != nil {
		if i.share.Least = t.least(i.tag); i.share.Least > 0 {
			i.words = t.wordings(s, docs, time.Time{})
			i.share.Percent = percent(maps.Values(i.words))
		}
	}
	edition.Order(articles)
	t.bring(i, articles, docs, o)
	i.behind = s != nil && len(s.changes) > 0
	return articles
}

// articlesOf pairs the articles with their catalogs, and with how they last were.
func (t *Tree) articlesOf(i *issue, docs []*markdown.Document, s *shelf, asOf time.Time, past *past) []edition.Article {
	articles := t.collect(docs, s)
	if s == nil {
		return articles
	}
	for n := range articles {
		now := articles[n]
		articles[n].LastGood = func() (edition.Article, bool) { return past.lastGood(now, i.tag, s.decisions, asOf) }
	}
	return articles
}

// bring compiles the book of one language.
func (t *Tree) bring(i *issue, articles []edition.Article, docs []*markdown.Document, o edition.Options) {
	i.book, i.found = edition.Compile(articles, o)
	i.found = t.placed(i.found, docs)
	i.faulty = i.found.HasErrors()
	for _, f := range i.broken {
		f.Severity = diag.Warning // the policy has dealt with it
		i.found = append(i.found, f)
	}
}
