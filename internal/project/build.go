package project

import (
	"bytes"
	"context"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"dragoman/internal/diag"
	"dragoman/internal/edition"
	"dragoman/internal/edition/epub"
	"dragoman/internal/edition/site"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/review"
)

// Format is a form that editions are built in.
type Format string

// The formats.
const (
	HTML     Format = "html"
	EPUB     Format = "epub"
	Markdown Format = "markdown"
)

// BuildOptions say what to build.
type BuildOptions struct {
	Now       time.Time
	AsOf      time.Time    // the day whose state the editions show; zero: the newest date in articles and decisions
	Languages []locale.Tag // none: all, the source's too
	Formats   []Format     // none: HTML and EPUB
	Output    string       // a folder, relative to where the program runs; empty: the workspace's own
}

// Built is an edition.
type Built struct {
	Language locale.Tag
	Chapters int
	Counts   edition.Counts
	Files    []string // what a person opens, below Build.Output, with slashes
	Withheld bool     // the policy does not let it be published
	Behind   bool     // an article was edited since the catalogs were written
}

// Build is what a build made.
type Build struct {
	Output   string // the folder
	Editions []Built
	Findings diag.List
}

// Build makes the editions. The error is a diag.List where articles, catalogs or
// interface words are at fault; then nothing is written. An edition whose policy
// fails is withheld, and the one that was there before stays.
func (t *Tree) Build(ctx context.Context, o BuildOptions) (*Build, error) {
	tags, err := t.languages(o.Languages, true)
	if err != nil {
		return nil, err
	}
	out, err := t.openOutput(o.Output)
	if err != nil {
		return nil, err
	}
	defer out.Close()
	books, b, err := t.compile(tags, o, out)
	if err != nil {
		return nil, err
	}
	b.Output = out.name
	formats := o.Formats
	if len(formats) == 0 {
		formats = []Format{HTML, EPUB}
	}
	if err := out.begin(); err != nil {
		return nil, err
	}
	defer out.abandon()
	g := group()
	for i := range b.Editions {
		e := &b.Editions[i]
		if e.Withheld || !slices.Contains(tags, e.Language) {
			continue
		}
		g.Go(func() (err error) {
			if err := ctx.Err(); err != nil {
				return err
			}
			e.Files, err = out.edition(books[i], present(books, b.Editions), formats)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	b.Editions = slices.DeleteFunc(b.Editions, func(e Built) bool { return !slices.Contains(tags, e.Language) })
	return b, out.publish(present(books, b.Editions), formats)
}

// present are the books that are not withheld.
func present(books []*edition.Book, editions []Built) []*edition.Book {
	var shown []*edition.Book
	for _, b := range books {
		i := slices.IndexFunc(editions, func(e Built) bool { return e.Language == b.Language })
		if i >= 0 && !editions[i].Withheld {
			shown = append(shown, b)
		}
	}
	return shown
}

// compile makes the books of the languages that are asked for, and of those whose
// editions stand already, so that the pages can lead to them.
func (t *Tree) compile(tags []locale.Tag, o BuildOptions, out *output) ([]*edition.Book, *Build, error) {
	bundle, err := t.words()
	if err != nil {
		return nil, nil, err
	}
	var all []locale.Tag
	for _, tag := range append([]locale.Tag{t.Config.Source}, t.Config.Targets()...) {
		if slices.Contains(tags, tag) || out.has(tag) {
			all = append(all, tag)
		}
	}
	targets := slices.DeleteFunc(slices.Clone(all), func(tag locale.Tag) bool { return tag == t.Config.Source })
	docs, shelves, found, err := t.load(targets, o.Now)
	if err != nil {
		return nil, nil, err
	}
	asOf := o.AsOf
	if asOf.IsZero() {
		asOf = newest(docs, shelves)
	}
	b := &Build{Findings: found}
	books := make([]*edition.Book, len(all))
	b.Editions = make([]Built, len(all))
	lists := make([]diag.List, len(all))
	g := group()
	for i, tag := range all {
		g.Go(func() error {
			s := shelfOf(shelves, tag)
			options := t.bookOptions(tag, s, asOf)
			options.Words = bundle.For(tag)
			articles := t.collect(docs, s)
			edition.Order(articles)
			books[i], lists[i] = edition.Compile(articles, options)
			b.Editions[i] = Built{
				Language: tag, Chapters: len(books[i].All()), Counts: books[i].Counts(),
				Withheld: lists[i].HasErrors(), Behind: s != nil && len(s.changes) > 0,
			}
			return nil
		})
	}
	err = g.Wait()
	for i, list := range lists {
		if slices.Contains(tags, all[i]) {
			b.Findings = append(b.Findings, list...)
		}
	}
	b.Findings = unique(b.Findings)
	return books, b, err
}

// unique sorts the findings and drops those that several languages share.
func unique(found diag.List) diag.List {
	found.Sort()
	return slices.Compact(found)
}

func shelfOf(shelves []*shelf, tag locale.Tag) *shelf {
	for _, s := range shelves {
		if s.tag == tag {
			return s
		}
	}
	return nil
}

// newest is the latest date in articles and decisions, so that a build does not
// depend on the day that it is made.
func newest(docs []*markdown.Document, shelves []*shelf) time.Time {
	var day time.Time
	for _, d := range docs {
		if d.Meta.Date.After(day) {
			day = d.Meta.Date
		}
	}
	for _, s := range shelves {
		if n := s.decisions.Newest(); n.After(day) {
			day = n
		}
	}
	return day
}

// collect pairs the articles with their catalogs; without a shelf they are the
// source's own.
func (t *Tree) collect(docs []*markdown.Document, s *shelf) []edition.Article {
	articles := make([]edition.Article, len(docs))
	for i, d := range docs {
		articles[i].Document = d
		if s != nil {
			articles[i].File = s.merged[i]
			articles[i].Policy = t.policyOf(s.tag, d)
		}
	}
	return articles
}

// policyOf is the policy of an article in a language: the article's own keys, over
// the language's, over the workspace's. Keys of the article are known to be good.
func (t *Tree) policyOf(tag locale.Tag, d *markdown.Document) review.Policy {
	p := t.Config.Policy
	for _, l := range t.Config.Languages {
		if l.Tag == tag {
			p = l.Policy
		}
	}
	for key, action := range policyActions(&p) {
		if written, ok := d.Meta.Policy[key]; ok {
			*action, _ = review.ParseAction(key, written.Text)
		}
	}
	return p
}

func policyActions(p *review.Policy) map[string]*review.Action {
	return map[string]*review.Action{
		"untranslated": &p.Untranslated, "stale": &p.Stale, "unapproved": &p.Unapproved,
		"machine": &p.Machine, "broken": &p.Broken,
	}
}

// bookOptions are those of the collection in one language.
func (t *Tree) bookOptions(tag locale.Tag, s *shelf, asOf time.Time) edition.Options {
	content, err := fs.Sub(t.root.FS(), t.Config.Content)
	if err != nil {
		panic(err) // the configuration made sure of the folder's name
	}
	o := edition.Options{
		ID: t.bookID(), Title: t.Config.Title, Author: t.Config.Author, BaseURL: t.Config.BaseURL,
		Language: tag, Source: t.Config.Source, TitleLanguage: t.Config.Source, AsOf: asOf, Content: content,
	}
	for _, l := range t.Config.Languages {
		if l.Tag == tag && l.Title != "" {
			o.Title, o.TitleLanguage = l.Title, tag
		}
	}
	if s != nil {
		o.Decisions = s.decisions
	}
	return o
}

// bookID names the collection in file names and identifiers.
func (t *Tree) bookID() string {
	words := strings.FieldsFunc(strings.ToLower(t.Config.Title), func(r rune) bool {
		return (r < 'a' || r > 'z') && (r < '0' || r > '9')
	})
	if len(words) == 0 {
		return "articles"
	}
	return strings.Join(words, "-")
}

// edition writes the files of one language and names those that a person opens.
func (o *output) edition(b *edition.Book, peers []*edition.Book, formats []Format) ([]string, error) {
	folder := b.Language.String()
	put := func(name string, content []byte) error { return o.put(path.Join(folder, name), content) }
	var files []string
	for _, f := range formats {
		switch f {
		case HTML:
			if err := site.Pages(b, peers, put); err != nil {
				return nil, err
			}
			files = append(files, path.Join(folder, "index.html"))
		case EPUB:
			var book bytes.Buffer
			if err := epub.Write(&book, b); err != nil {
				return nil, err
			}
			name := b.ID + ".epub"
			if err := put(name, book.Bytes()); err != nil {
				return nil, err
			}
			files = append(files, path.Join(folder, name))
		case Markdown:
			for _, c := range b.All() {
				if err := put(path.Join("markdown", c.Path), c.Document.Source()); err != nil {
					return nil, err
				}
			}
			files = append(files, path.Join(folder, "markdown"))
		}
	}
	return files, nil
}

// policyFaults are policy keys in front matter that say nothing we know.
func policyFaults(docs []*markdown.Document) (found diag.List) {
	for _, d := range docs {
		for key, written := range d.Meta.Policy {
			if _, err := review.ParseAction(key, written.Text); err != nil {
				found = append(found, diag.Finding{Pos: written.Pos, Code: "front-matter", Text: err.Error()})
			}
		}
	}
	return found
}
