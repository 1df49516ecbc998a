package edition

import (
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
)

// Notice is one thing that a chapter tells its reader about its translation.
type Notice struct {
	ID    string // of the element that holds it: marked passages refer to it
	Class string // of the passages that it is about; empty: the whole chapter
	Text  string
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
	tell := func(class string, t Tally) {
		if t.Messages > 0 {
			notices = append(notices, Notice{noticeID(class), class, b.Words.Count("notice-"+class, t.Messages, language)})
		}
	}
	tell(untranslated, c.Counts.Untranslated)
	tell(stale, c.Counts.Stale)
	tell(machine, c.Counts.Machine)
	return notices
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
