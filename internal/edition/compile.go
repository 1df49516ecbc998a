package edition

import (
	"bytes"
	"cmp"
	"maps"
	"path"
	"slices"
	"strings"

	"dragoman/internal/catalog"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/prose"

	"golang.org/x/text/cases"
)

// Compile makes the book of one language. Chapters come in the order of the
// articles, drafts and retracted articles left out. Of articles with a Card the book
// has chapters to lead to, which have no text and no images.
//
// Findings of severity Error are passages that the policy does not let pass
// (code "policy"), answers that cannot be used, and addresses that two articles
// claim ("slug-collision") or that are none ("slug-invalid"). Warnings tell of
// images and links that lead nowhere ("image-missing", "link-dead") and of articles
// that were never complete though the policy shows them as they last were
// ("never-complete"), Info of articles that the policy withholds ("withheld") and of
// links to what is left out ("link-withheld"), which become plain text.
func Compile(articles []Article, o Options) (*Book, diag.List) {
	title := o.TitleLanguage
	if title == (locale.Tag{}) {
		title = o.Language
	}
	b := &Book{
		ID: o.ID, Title: plain(o.Title, Tongue(title, o.Language)), Author: legible(o.Author),
		BaseURL: withSlash(o.BaseURL), Contact: o.Contact, Language: o.Language, Source: o.Source, Words: o.Words, AsOf: o.AsOf, Theme: o.Theme, Fonts: o.Fonts,
		SourceImprint: o.SourceImprint, Vertical: o.Vertical, content: o.Content, pictures: map[string]string{}, byPath: map[string]*Chapter{}, byAddress: map[string]*Chapter{}, absent: map[string]string{},
	}
	c := compiler{book: b, options: o, slugs: map[string]string{"sha256sums": "SHA256SUMS"}, broken: broken(o.Findings)}
	for _, a := range articles {
		if a.Card != nil {
			c.known(a.Card)
			continue
		}
		switch meta := a.Document.Meta; {
		case meta.Retracted:
			c.leaveOut(a.Document, "is retracted")
		case meta.Draft:
			c.leaveOut(a.Document, "is a draft")
		default:
			c.article(a)
		}
	}
	for i, ch := range b.Chapters {
		if i > 0 {
			ch.Previous, b.Chapters[i-1].Next = b.Chapters[i-1], ch
		}
	}
	c.resolve()
	c.findings.Sort()
	return b, c.findings
}

func withSlash(url string) string {
	if url == "" || strings.HasSuffix(url, "/") {
		return url
	}
	return url + "/"
}

// Order sorts articles as they are read: by weight, then by path, the head of a
// folder before what is in it.
func Order(articles []Article) {
	key := func(a Article) string {
		p := strings.TrimSuffix(a.Document.Path, ".md")
		if p == "index" || strings.HasSuffix(p, "/index") {
			p = strings.TrimSuffix(p, "index")
		}
		return strings.ReplaceAll(p, "/", "\x00")
	}
	slices.SortStableFunc(articles, func(a, b Article) int {
		return cmp.Or(
			cmp.Compare(a.Document.Meta.Weight, b.Document.Meta.Weight),
			cmp.Compare(key(a), key(b)),
		)
	})
}

type compiler struct {
	book     *Book
	options  Options
	slugs    map[string]string // folded slug → path of the article that has it, or the list of an edition's files
	broken   map[place]bool
	sources  []source
	findings diag.List
}

// source is what a chapter was made from.
type source struct {
	article Article
	chapter *Chapter
	answers []answer // by segment
}

// withheldWhy is why an article is left out that the policy withholds.
const withheldWhy = "the policy withholds"

// place is a message of a catalog.
type place struct {
	path string
	key  diag.Key
}

func broken(findings diag.List) map[place]bool {
	m := map[place]bool{}
	for _, f := range findings {
		if f.Severity == diag.Error && f.Key != (diag.Key{}) {
			m[place{f.Pos.Path, f.Key}] = true
		}
	}
	return m
}

func (c *compiler) report(f diag.Finding) { c.findings = append(c.findings, f) }

// article adds the chapter of one article, unless the policy withholds it.
func (c *compiler) article(a Article) {
	doc := a.Document
	slug, ok := c.slug(doc)
	if !ok {
		c.leaveOut(doc, "has no address of its own")
		return
	}
	shown, answers, ok := c.settle(a)
	if !ok {
		c.report(diag.Finding{
			Pos: diag.Pos{Path: doc.Path}, Code: "withheld", Severity: diag.Info,
			Text: "the article is withheld from the edition in " + c.book.Language.String() + ", as the policy says",
		})
		c.leaveOut(doc, withheldWhy)
		c.book.Withheld = append(c.book.Withheld, doc.Path)
		return
	}
	ch := &Chapter{Path: doc.Path, Slug: slug, Document: shown.Document, Date: shown.Document.Meta.Date, Earlier: shown.AsOf, book: c.book, original: shown.Document}
	if a.File != nil {
		ch.Document = c.translate(shown, answers)
	}
	ch.Author = legible(ch.Document.Meta.Author)
	ch.Marks = make([]markdown.Mark, len(answers))
	seen := map[diag.Key]bool{}
	for i := range answers {
		s := &shown.Document.Segments[i]
		if prose.Wordless(s.Text) {
			continue
		}
		if a.File != nil {
			ch.Marks[i] = c.mark(answers[i])
		}
		ch.Counts.count(s, ch.Marks[i], answers[i].reason, seen, c.book.Source)
	}
	c.describe(ch)
	from := source{shown, ch, answers}
	ch.Translators = c.credit(from)
	c.add(from, doc.Meta.Aliases)
}

// leaveOut takes down why an article is not in the edition.
func (c *compiler) leaveOut(d *markdown.Document, why string) {
	c.absent(d.Path, Slug(d), d.Meta.Aliases, why)
}

func (c *compiler) add(s source, aliases []string) {
	b, ch := c.book, s.chapter
	b.byPath[ch.Path] = ch
	for _, address := range append([]string{ch.Slug}, aliases...) {
		if address = strings.Trim(address, "/"); address != "" && b.byAddress[address] == nil {
			b.byAddress[address] = ch
			if address != ch.Slug {
				ch.Aliases = append(ch.Aliases, address)
			}
		}
	}
	if ch.Made() {
		c.sources = append(c.sources, s)
	}
	if ch.Slug == "" {
		b.Home = ch
		return
	}
	b.Chapters = append(b.Chapters, ch)
}

// translate puts the answers into the article, and forgets those that cannot be
// put there. What is wrong with them is found in the catalog, not in the article.
func (c *compiler) translate(a Article, answers []answer) *markdown.Document {
	doc, findings := a.Document.Translate(c.book.Language, func(i int, _ *markdown.Segment) (string, bool) {
		if m := answers[i].message; m != nil {
			return m.Target, true
		}
		return "", false
	})
	for _, f := range findings {
		for i, s := range a.Document.Segments {
			if m := answers[i].message; m != nil && s.Text == f.Key.Source && s.Context == f.Key.Context {
				f.Pos, f.Key = position(a.File, m), m.Key
				answers[i] = answer{reason: Broken}
			}
		}
		c.report(f)
	}
	if c.ineffective(a, doc, answers) {
		c.report(diag.Finding{
			Pos: diag.Pos{Path: a.File.Path}, Code: "structure", Severity: diag.Error,
			Text: "the translations would change the structure of the article, which is shown in its source language",
			Hint: "compare their markup with the source's",
		})
		for i := range answers {
			answers[i] = answer{reason: Broken}
		}
	}
	return doc
}

// ineffective reports whether a translation has the bytes of its article
// although there was something to change.
func (c *compiler) ineffective(a Article, doc *markdown.Document, answers []answer) bool {
	if !bytes.Equal(doc.Source(), a.Document.Source()) {
		return false
	}
	for i, s := range a.Document.Segments {
		if m := answers[i].message; m != nil && prose.Normal(m.Target) != prose.Normal(s.Text) {
			return true
		}
	}
	return false
}

// position is where a message stands.
func position(f *catalog.File, m *catalog.Message) diag.Pos {
	if m.Pos.Path == "" {
		return diag.Pos{Path: f.Path}
	}
	return m.Pos
}

// describe sets the texts that stand for the chapter elsewhere.
func (c *compiler) describe(ch *Chapter) {
	doc := ch.Document
	ch.headings = doc.Headings()
	ch.Description = ch.frontMatter("description", cmp.Or(doc.Meta.Description, doc.Meta.Summary))
	if doc.Meta.Description == "" {
		ch.Description = ch.frontMatter("summary", doc.Meta.Summary)
	}
	if doc.Meta.Title != "" {
		ch.Title = ch.frontMatter("title", doc.Meta.Title)
		return
	}
	for _, h := range ch.headings {
		if h.Segment >= 0 {
			ch.Title = ch.heading(h)
			return
		}
	}
	ch.Title = plain(strings.TrimSuffix(path.Base(ch.Path), ".md"), markdown.Mark{})
}

// frontMatter is the text of a value of the front matter, marked as the
// segment that it is.
func (c *Chapter) frontMatter(name, text string) Text {
	for i, s := range c.Document.Segments {
		if s.Kind == markdown.FrontMatter && s.Name == name {
			return plain(text, c.Marks[i])
		}
	}
	return plain(text, markdown.Mark{})
}

func (c *Chapter) heading(h markdown.HeadingRef) Text {
	t := Text{HTML: purify(h.HTML), Plain: textOf(h.HTML)}
	if h.Segment >= 0 {
		t.Mark = c.Marks[h.Segment]
	}
	return t
}

// resolve finds out where the links and images of each chapter lead, now that
// all chapters are known.
func (c *compiler) resolve() {
	images := map[string]bool{}
	if slices.ContainsFunc(c.sources, func(s source) bool { return len(s.chapter.Aliases) > 0 }) {
		c.reserve()
	}
	for _, s := range c.sources {
		ch := s.chapter
		ch.findAnchors()
		ch.Aliases = slices.DeleteFunc(ch.Aliases, func(a string) bool {
			return c.slugs[cases.Fold().String(a)] != "" || !validSlug(strings.TrimSuffix(a, ".html"))
		})
	}
	for _, s := range c.sources {
		c.links(s)
		for _, t := range s.chapter.resolved {
			if t.kind == toImage {
				images[t.path] = true
				c.book.pictures[t.from] = t.path
			}
		}
	}
	c.book.Images = slices.Sorted(maps.Keys(images))
	for _, asset := range c.book.Theme.Assets() {
		if name := path.Join(ThemeFolder, asset); images[name] {
			c.report(diag.Finding{
				Pos: diag.Pos{Path: name}, Code: "slug-collision",
				Text: "an image of the articles has the same address", Hint: "rename one of them",
			})
		}
	}
}
