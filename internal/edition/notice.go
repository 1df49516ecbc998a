package edition

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"html/template"
	"net/url"
	"slices"
	"strings"

	"dragoman/internal/locale"
	"dragoman/internal/markdown"
)

// Notice is one thing that a chapter tells its reader about its translation.
type Notice struct {
	ID     string // of the element that holds it: marked passages refer to it
	Class  string // of the passages that it is about; empty: the whole chapter
	Text   string
	Places []Section // where in the original those passages stand, as the original calls it
}

func noticeID(class string) string { return "edition." + class }

// Notices are what the chapter has to tell, in the book's language. There are
// none in the source language and none in a finished translation.
func (c *Chapter) Notices() []Notice {
	b := c.book
	language := map[string]any{"Language": locale.Name(b.Source, b.Words.Tag())}
	if !c.Translated() {
		return []Notice{{ID: noticeID(untranslated), Text: b.Words.Text("notice-none", language)}}
	}
	var notices []Notice
	if !c.Earlier.IsZero() {
		day := map[string]any{"Date": locale.LongDate(b.Words.Tag(), c.Earlier)}
		notices = append(notices, Notice{ID: noticeID("earlier"), Text: b.Words.Text("notice-earlier", day)})
	}
	tell := func(class string, t Tally) {
		if t.Messages > 0 {
			n := Notice{ID: noticeID(class), Class: class, Text: b.Words.Count("notice-"+class, t.Messages, language)}
			if class != untranslated {
				n.Places = c.places(class)
			}
			notices = append(notices, n)
		}
	}
	tell(untranslated, c.Counts.Untranslated)
	tell(stale, c.Counts.Stale)
	tell(machine, c.Counts.Machine)
	return notices
}

// places are the sections of the original, each once, in which the passages of a
// class stand: the headings above them.
func (c *Chapter) places(class string) (places []Section) {
	headings := c.headings
	if c.original != c.Document {
		headings = c.original.Headings()
	}
	headings = slices.DeleteFunc(slices.Clone(headings), func(h markdown.HeadingRef) bool { return h.Segment < 0 })
	at, told := -1, -1
	for i, m := range c.Marks {
		for at+1 < len(headings) && headings[at+1].Segment <= i {
			at++
		}
		if m.Class != class || at < 0 || at == told {
			continue
		}
		told = at
		h := headings[at]
		places = append(places, Section{h.ID, Text{
			HTML: purify(h.HTML), Plain: textOf(h.HTML), Mark: Tongue(c.book.Source, c.book.Words.Tag()),
		}})
	}
	return places
}

// Lead is what leads a reader of the notice to the passages that it is about in the
// original, which stands at the address; it is empty if none are told.
func (c *Chapter) Lead(n Notice, original string) template.HTML {
	if original == "" || len(n.Places) == 0 {
		return ""
	}
	links := make([]string, len(n.Places))
	for i, p := range n.Places {
		links[i] = fmt.Sprintf(`<a%s href="%s#%s" hreflang="%s">%s</a>`, p.Title.Attr(),
			template.HTMLEscapeString(original), template.HTMLEscapeString(p.ID), c.book.Source, p.Title.HTML)
	}
	w := c.book.Words
	return template.HTML(template.HTMLEscapeString(w.Text("notice-places", nil)) + " " + locale.Join(w.Tag(), links))
}

// Colophon is what the small print says of the chapter: how much of it is translated,
// unless that is all, and the fingerprint of its text.
func (c *Chapter) Colophon() (lines []string) {
	w := c.book.Words
	if percent := c.Percent(); !c.book.Original() && c.Translated() && percent < 100 {
		lines = append(lines, w.Text("coverage", map[string]any{"Percent": percent}))
	}
	return append(lines, w.Text("revision", map[string]any{"Digest": c.Digest()}))
}

// Digest is a fingerprint of the texts of all chapters.
func (b *Book) Digest() string {
	sum := sha256.New()
	for _, c := range b.All() {
		sum.Write(c.Document.Source())
	}
	return hex.EncodeToString(sum.Sum(nil)[:6])
}

// Digest is a fingerprint of the chapter's text as it is shown: it changes with the
// article and its translation and with nothing else.
func (c *Chapter) Digest() string {
	sum := sha256.Sum256(c.Document.Source())
	return hex.EncodeToString(sum[:6])
}

// Percent is how much of the chapter is shown in a translation that is final, by
// words of the source.
func (c *Chapter) Percent() int {
	n := c.Counts
	if n.All.Words == 0 {
		return 100
	}
	return 100 * (n.All.Words - n.Untranslated.Words - n.Stale.Words - n.Machine.Words) / n.All.Words
}

// Report is the address at which a reader reports a problem with a page: that of an
// e-mail which names the page, or one of the web, with the page's address for {page}.
// It is empty where nobody is to be told, and for what is no translation.
func (c *Chapter) Report(page string) string {
	contact := c.book.Contact
	if contact == "" || c.book.Original() || !c.Translated() {
		return ""
	}
	if strings.Contains(contact, "://") {
		return strings.ReplaceAll(contact, "{page}", url.QueryEscape(page))
	}
	subject := c.Title.Plain + " (" + c.book.Language.String() + ", " + c.Digest() + ")"
	return "mailto:" + contact + "?subject=" + url.PathEscape(subject) + "&body=" + url.QueryEscape(page)
}

// Notes are the names that the chapter's footnotes go by.
func (c *Chapter) Notes() markdown.NoteStyle {
	w := c.book.Words
	numbered := func(id string) func(int) string {
		return func(n int) string { return w.Text(id, map[string]any{"Number": n}) }
	}
	return markdown.NoteStyle{
		Title: w.Text("notes", nil), Back: numbered("back-to-text"), Reference: numbered("note"),
	}
}

// Section is a heading within a chapter.
type Section struct {
	ID    string
	Title Text
}

// Sections are the chapter's headings of the second level, or, where it has
// several of the first, those.
func (c *Chapter) Sections() []Section {
	var first, second []Section
	for _, h := range c.headings {
		if h.Segment < 0 && h.HTML == "" {
			continue
		}
		switch h.Level {
		case 1:
			first = append(first, Section{h.ID, c.heading(h)})
		case 2:
			second = append(second, Section{h.ID, c.heading(h)})
		}
	}
	if len(first) > 1 {
		return first
	}
	return second
}
