// Package edition composes the book that readers of one language get: articles
// and their catalogs become chapters, and every passage is shown the way the
// publishing policy says.
//
// A chapter of a half-finished Korean edition, say, has a paragraph that nobody
// has translated yet. Compile keeps that paragraph in the original's words,
// marks it with its language and direction so that a screen reader changes its
// voice, and counts it, so that the page can tell the reader so. Packages site
// and epub write the book in their formats; what the two share is here too: the
// addresses within a book, the notices, the styles of each language and the cover.
//
// A passage is one segment of an article. A fallback is a passage shown in
// another form than a final translation: in the source language (untranslated),
// in a translation older than its original (stale), or in a machine's draft.
//
// Laws: a passage without a final translation is never shown without its mark.
// The same articles give the same book. Nothing that a translation says can run,
// or send a reader's device to another host unasked.
package edition

import (
	"cmp"
	"fmt"
	"html/template"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/diag"
	"dragoman/internal/font"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/review"
	"dragoman/internal/words"
)

// Article is an article of the collection with its catalog in the edition's
// language.
type Article struct {
	Document *markdown.Document // its Path is relative to the content, slash-separated: "a/b.md"
	File     *catalog.File      // nil: the edition is the source's own
	Policy   review.Policy
	// LastGood looks for the latest earlier state in which the article was Complete,
	// for a policy that shows that. It reports false if there is none; nil: nobody
	// knows earlier states.
	LastGood    func() (Article, bool)
	AsOf        time.Time // of an earlier state: the day that it came about
	Translators []string  // whose work it is, by pseudonym; none: nobody knows
	Card        *Card     // all that is known of it, and then nothing else is given; nil: it is to be made
}

// Imprint is what a collection is called, and by whom it is.
type Imprint struct{ Title, Author string }

// Options say what book to compile.
type Options struct {
	ID       string // the same in every language; books of different collections want different ones
	Title    string // of the collection
	Author   string // empty: nobody is named
	BaseURL  string // where the editions will stand, empty if that is not known
	Contact  string // an address of e-mail or of the web that readers report problems to, or empty
	Language locale.Tag
	Source   locale.Tag // the language that the articles are written in
	// TitleLanguage is the language that Title is in; the zero value means the
	// edition's.
	TitleLanguage locale.Tag
	SourceImprint Imprint // in the source language
	Vertical      bool    // books are set in columns from right to left
	Words         *words.Words
	Decisions     *review.Decisions
	Credits       bool      // translators may be named
	AsOf          time.Time // the day whose state the edition shows
	Content       fs.FS     // images, by paths relative to the content
	Theme         Theme
	Fonts         []*font.Font // that editions carry a part of, for text in their language; the first is preferred
	// Findings of checks on the catalogs: a message that one of severity Error
	// is about, by path and key, is broken in the sense of the policy.
	Findings diag.List
}

// Book is the collection in one language.
type Book struct {
	ID       string
	Title    Text
	Author   string
	BaseURL  string // empty, or ending in a slash
	Contact  string
	Language locale.Tag
	Source   locale.Tag
	// SourceImprint is what the collection is called in the source language.
	SourceImprint Imprint
	Vertical      bool // set in columns from right to left, where its format can be
	Words         *words.Words
	AsOf          time.Time
	Theme         Theme
	Fonts         []*font.Font
	Home          *Chapter   // what the collection's own index.md says, nil if there is none
	Chapters      []*Chapter // in reading order, Home not among them
	Images        []string   // paths of the images in use, sorted; of those that are localized, the localized ones
	Withheld      []string   // paths of the articles that the policy withholds, in reading order

	content   fs.FS
	pictures  map[string]string   // the images in use by the paths that articles give
	byPath    map[string]*Chapter // by the article's path
	byAddress map[string]*Chapter // by slug and earlier addresses
	absent    map[string]string   // why an article is left out, by path, slug and earlier addresses
}

// Chapter is one article in the book's language.
type Chapter struct {
	Path        string   // of the article, the same in every language
	Slug        string   // its address: segments of letters, digits, - and _, joined by slashes; Home's is empty
	Aliases     []string // earlier addresses, which lead to no other chapter
	Title       Text
	Description Text // empty if the article has none
	Date        time.Time
	Author      string
	Translators []string           // who are to be named, by pseudonym
	Document    *markdown.Document // translated as far as the policy allows
	Marks       []markdown.Mark    // one a segment of Document
	Counts      Counts
	Earlier     time.Time // the day of the earlier state that is shown; zero: the present one is
	Previous    *Chapter
	Next        *Chapter

	book     *Book
	original *markdown.Document    // what Document is a translation of
	headings []markdown.HeadingRef // of Document
	anchors  map[string]bool
	resolved map[string]target
	card     *Card // of one that is known by it alone
}

// Tally counts messages of an article and the words of their sources.
type Tally struct{ Messages, Words int }

func (t *Tally) add(words int) {
	t.Messages++
	t.Words += words
}

// Counts tell how much of a chapter is shown how. A text that occurs twice
// counts once, as translators count; one without a letter counts nowhere.
type Counts struct {
	All          Tally
	Untranslated Tally             // shown in the source language
	Stale        Tally             // shown in a translation older than the original
	Machine      Tally             // shown in a machine's draft
	Reasons      [Broken + 1]Tally // of Untranslated, by Reason
}

// plus is the sum of two counts.
func (c Counts) plus(o Counts) Counts {
	sum := func(a, b Tally) Tally { return Tally{a.Messages + b.Messages, a.Words + b.Words} }
	all := Counts{
		All:          sum(c.All, o.All),
		Untranslated: sum(c.Untranslated, o.Untranslated),
		Stale:        sum(c.Stale, o.Stale),
		Machine:      sum(c.Machine, o.Machine),
	}
	for r := range all.Reasons {
		all.Reasons[r] = sum(c.Reasons[r], o.Reasons[r])
	}
	return all
}

// Counts are those of all chapters together.
func (b *Book) Counts() Counts {
	var sum Counts
	for _, c := range b.All() {
		sum = sum.plus(c.Counts)
	}
	return sum
}

// All are the chapters, Home first where there is one.
func (b *Book) All() []*Chapter {
	if b.Home == nil {
		return b.Chapters
	}
	return append([]*Chapter{b.Home}, b.Chapters...)
}

// Standing is the book as it was published where only the chapters that has reports
// true for were.
func (b *Book) Standing(has func(*Chapter) bool) *Book {
	s := *b
	s.Chapters, s.byPath = nil, map[string]*Chapter{}
	for _, c := range b.Chapters {
		if has(c) {
			s.Chapters = append(s.Chapters, c)
			s.byPath[c.Path] = c
		}
	}
	if s.Home != nil {
		s.byPath[s.Home.Path] = s.Home
	}
	return &s
}

// Shed lets go of the texts and of what they are made of. What is left tells of the
// chapters and leads to them.
func (b *Book) Shed() {
	for _, c := range b.All() {
		c.Title, c.Description, c.Author = c.Title.apart(), c.Description.apart(), strings.Clone(c.Author)
		c.Document, c.Marks, c.original, c.headings, c.resolved, c.anchors = nil, nil, nil, nil, nil, nil
	}
}

// VolumeOptions say what a book of some of the chapters is.
type VolumeOptions struct {
	ID            string
	Title         string // empty: the collection's
	TitleLanguage locale.Tag
	Author        string // empty: the collection's
	SourceImprint Imprint
	Chapters      []*Chapter
}

// Volume is a book of some of the chapters, in their order. Links to the others lead to
// where they stand on the web, if that is known.
func (b *Book) Volume(o VolumeOptions) *Book {
	v := *b
	v.ID, v.Home, v.Chapters, v.byPath, v.Images = o.ID, nil, o.Chapters, map[string]*Chapter{}, nil
	v.Author = cmp.Or(legible(o.Author), b.Author)
	if o.Title != "" {
		v.Title = plain(o.Title, Tongue(o.TitleLanguage, b.Language))
		v.SourceImprint.Title = o.SourceImprint.Title
	}
	if o.Author != "" {
		v.SourceImprint.Author = o.SourceImprint.Author
	}
	for _, c := range o.Chapters {
		v.byPath[c.Path] = c
		for _, t := range c.resolved {
			if t.kind == toImage && !slices.Contains(v.Images, t.path) {
				v.Images = append(v.Images, t.path)
			}
		}
	}
	slices.Sort(v.Images)
	return &v
}

// Address is where a chapter stands on the web, empty if that is not known.
func (b *Book) Address(c *Chapter) string {
	if b.BaseURL == "" {
		return ""
	}
	at := b.BaseURL + b.Language.String() + "/"
	if c.Slug == "" {
		return at
	}
	return at + EscapePath(c.Slug) + "/"
}

// Original reports whether the book is in the language that its articles are
// written in.
func (b *Book) Original() bool { return b.Language == b.Source }

// Chapter is the chapter made from the article at path, nil if the book has none.
func (b *Book) Chapter(path string) *Chapter { return b.byPath[path] }

// Head reports whether the chapter is no article but what heads a folder of them.
func (c *Chapter) Head() bool { return path.Base(c.Path) == "index.md" }

// Articles are the chapters that are articles: what heads a folder is none.
func (b *Book) Articles() (articles []*Chapter) {
	for _, c := range b.Chapters {
		if !c.Head() {
			articles = append(articles, c)
		}
	}
	return articles
}

// Translated reports whether any of the chapter is in the book's language: if
// not, it is a copy of the original.
func (c *Chapter) Translated() bool {
	return c.book.Original() || c.Counts.All.Messages == 0 ||
		c.Counts.Untranslated.Messages < c.Counts.All.Messages
}

// OriginalAuthor is the author as the original names them.
func (c *Chapter) OriginalAuthor() string { return legible(c.original.Meta.Author) }

// Text is a short text, as a title.
type Text struct {
	HTML  template.HTML // inline, without links
	Plain string
	Mark  markdown.Mark
}

// apart is the text as a copy that keeps no article in the memory.
func (t Text) apart() Text {
	t.HTML, t.Plain = template.HTML(strings.Clone(string(t.HTML))), strings.Clone(t.Plain)
	return t
}

// Attr is the text's mark as attributes, with a leading space, or nothing.
func (t Text) Attr() template.HTMLAttr { return attributes(t.Mark) }

// plain is a text without markup.
func plain(s string, m markdown.Mark) Text {
	s = legible(s)
	return Text{HTML: template.HTML(template.HTMLEscapeString(s)), Plain: s, Mark: m}
}

// Tongue is the mark of text in the language t within text in language around:
// none if they are the same.
func Tongue(t, around locale.Tag) markdown.Mark {
	if t == around {
		return markdown.Mark{}
	}
	return markdown.Mark{Lang: t.String(), Dir: locale.Direction(t)}
}

// Attributes are lang and dir of text in the language t within text
// in the language around, with a leading space, or nothing if they are the same.
func Attributes(t, around locale.Tag) template.HTMLAttr { return attributes(Tongue(t, around)) }

func attributes(m markdown.Mark) template.HTMLAttr {
	if m.Lang == "" {
		return ""
	}
	return template.HTMLAttr(fmt.Sprintf(` lang=%q dir=%q`, m.Lang, m.Dir))
}
