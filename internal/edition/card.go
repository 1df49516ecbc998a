package edition

import (
	"maps"
	"slices"
	"strings"
	"time"

	"dragoman/internal/markdown"

	"golang.org/x/text/cases"
)

// Card is all that the rest of a book tells of one article. Where an article changed
// and its card is the same, no other page changes: and a book in which the others are
// known by their cards alone can make the pages of that article.
type Card struct {
	Path, Slug  string
	Aliases     []string // as the article gives them
	Weight      int
	Absent      string // why it is left out; empty: it is a chapter. Of one left out no more is known
	Title       Text
	Description Text
	Date        time.Time
	Author      string
	Translators []string
	Earlier     time.Time
	Anchors     []string
	Pictures    [][2]string // as Book.Pictures
	Counts      Counts
	Untouched   bool // nothing of it is translated
}

// Card is what the book tells of one of the articles that it was compiled of.
func (b *Book) Card(d *markdown.Document) *Card {
	k := &Card{Path: d.Path, Slug: Slug(d), Aliases: d.Meta.Aliases, Weight: d.Meta.Weight, Absent: b.absent[d.Path]}
	c := b.byPath[d.Path]
	if c == nil {
		return k
	}
	k.Title, k.Description, k.Date, k.Author, k.Translators = c.Title, c.Description, c.Date, c.Author, c.Translators
	k.Earlier, k.Counts, k.Untouched = c.Earlier, c.Counts, !c.Translated()
	for _, h := range c.headings {
		k.Anchors = append(k.Anchors, h.ID)
	}
	pictures := map[string]string{}
	for _, t := range c.resolved {
		if t.kind == toImage {
			pictures[t.from] = t.path
		}
	}
	for _, from := range slices.Sorted(maps.Keys(pictures)) {
		k.Pictures = append(k.Pictures, [2]string{from, pictures[from]})
	}
	return k
}

// Alike reports whether two cards of an article tell the same, but for how much of it
// is translated, which no other page tells.
func (k *Card) Alike(o *Card) bool {
	return k.Path == o.Path && k.Slug == o.Slug && slices.Equal(k.Aliases, o.Aliases) && k.Weight == o.Weight &&
		k.Absent == o.Absent && k.Title == o.Title && k.Description == o.Description && k.Date.Equal(o.Date) &&
		k.Author == o.Author && slices.Equal(k.Translators, o.Translators) && k.Earlier.Equal(o.Earlier) &&
		slices.Equal(k.Anchors, o.Anchors) && slices.Equal(k.Pictures, o.Pictures) && k.Untouched == o.Untouched
}

// Made reports whether the chapter was compiled of its article; if not, it is known
// by its card, and has no text.
func (c *Chapter) Made() bool { return c.card == nil }

// known adds an article of which only the card is known.
func (c *compiler) known(k *Card) {
	if k.Absent != "" {
		c.absent(k.Path, k.Slug, k.Aliases, k.Absent)
		if k.Absent == withheldWhy {
			c.book.Withheld = append(c.book.Withheld, k.Path)
		}
		return
	}
	c.add(source{chapter: &Chapter{
		Path: k.Path, Slug: k.Slug, Title: k.Title, Description: k.Description, Date: k.Date, Author: k.Author,
		Translators: k.Translators, Counts: k.Counts, Earlier: k.Earlier, book: c.book, card: k,
	}}, k.Aliases)
}

// reserve takes down the addresses of the articles that are known by their cards.
func (c *compiler) reserve() {
	for _, ch := range append(slices.Clone(c.book.Chapters), c.book.Home) {
		if ch != nil && !ch.Made() {
			c.slugs[cases.Fold().String(ch.Slug)] = ch.Path
		}
	}
}

// hasAnchor reports whether links can lead to an anchor in the chapter.
func (c *Chapter) hasAnchor(anchor string) bool {
	if c.card != nil {
		return slices.Contains(c.card.Anchors, anchor)
	}
	return c.anchors[anchor]
}

// absent takes down why an article is not in the edition, by what links call it.
func (c *compiler) absent(at, slug string, aliases []string, why string) {
	c.book.absent[at] = why
	for _, address := range append([]string{slug}, aliases...) {
		if address = strings.Trim(address, "/"); address != "" && c.book.absent[address] == "" {
			c.book.absent[address] = why
		}
	}
}
