package merge

import (
	"fmt"
	"slices"
	"strings"

	"dragoman/internal/catalog"
	"dragoman/internal/markdown"
)

// slot is a place for a message in a new catalog: all segments of an article
// that have the same text and kind, or the same text and author's context.
type slot struct {
	home    *article
	first   *markdown.Segment
	at      int
	authors []string // notes
	max     int      // the least that the author allows, 0: any

	key   catalog.Key
	from  *past  // the old message that fills it, nil if it is new
	moved bool   // out of the order of its article
	whole string // what was split, of which the slot is a part; empty if it was not
	share string // the slot's part of the target of what was split, if that can be told
	m     *catalog.Message
}

func (s *slot) text() string    { return s.first.Text }
func (s *slot) context() string { return s.first.Context }

// automatic is the context that tells the slot from one of another kind.
func (s *slot) automatic() string { return catalog.KindContext(s.first.Kind.String()) }

func slotsOf(d *markdown.Document) []*slot {
	type identity struct {
		text, context string
		kind          markdown.Kind
	}
	known := make(map[identity]*slot, len(d.Segments))
	slots := make([]*slot, 0, len(d.Segments))
	for i := range d.Segments {
		g := &d.Segments[i]
		id := identity{g.Text, g.Context, g.Kind}
		if g.Context != "" {
			id.kind = 0
		}
		s := known[id]
		if s == nil {
			s = &slot{first: g, at: len(slots)}
			known[id] = s
			slots = append(slots, s)
		}
		s.join(g)
	}
	return slots
}

// join adds what the author says at one segment.
func (s *slot) join(g *markdown.Segment) {
	if g.Note != "" && !slices.Contains(s.authors, g.Note) {
		s.authors = append(s.authors, g.Note)
	}
	if g.Max > 0 && (s.max == 0 || g.Max < s.max) {
		s.max = g.Max
	}
}

// notes tell the translator what the slot is, and what the author says.
func (s *slot) notes() []string {
	var notes []string
	add := func(text string) {
		for line := range strings.Lines(text) {
			if line = strings.TrimSpace(line); line != "" {
				notes = append(notes, line)
			}
		}
	}
	add(kindNote(s.first))
	trail := make([]string, len(s.first.Trail))
	for i, heading := range s.first.Trail {
		trail[i] = strings.Join(strings.Fields(heading), " ")
	}
	add(strings.Join(trail, " › "))
	for _, n := range s.authors {
		add(n)
	}
	if s.max > 0 {
		add(fmt.Sprintf("at most %d characters", s.max))
	}
	return notes
}

func kindNote(g *markdown.Segment) string {
	switch g.Kind {
	case markdown.Heading:
		return fmt.Sprintf("heading %d", g.Level)
	case markdown.FrontMatter:
		return "front matter: " + g.Name
	}
	return g.Kind.String()
}

// nameKeys gives every slot its key. A slot keeps the context that its message
// has; of the others with one text, the first goes without context and each
// later one bears its kind.
func (a *article) nameKeys() {
	plain := make(map[string]bool, len(a.slots)) // texts whose key without context is given away
	var rest []*slot
	for _, s := range a.slots {
		s.key = catalog.Key{Context: s.context(), Source: s.text()}
		if s.context() != "" {
			continue
		}
		switch had := s.had(); {
		case had == s.automatic():
			s.key.Context = had
		case had == "" && s.from != nil && s.from.source == s.text() && !plain[s.text()]:
			plain[s.text()] = true
		default:
			rest = append(rest, s)
		}
	}
	for _, s := range rest {
		if plain[s.text()] {
			s.key.Context = s.automatic()
		}
		plain[s.text()] = true
	}
}

// had is the context of the message that fills the slot.
func (s *slot) had() string {
	if s.from == nil || s.from.foreign != nil {
		return ""
	}
	return s.from.m.Context
}
