package edition

import (
	"slices"

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
	headings := slices.DeleteFunc(slices.Clone(c.original.Headings()), func(h markdown.HeadingRef) bool { return h.Segment < 0 })
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
	for _, h := range c.Document.Headings() {
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
