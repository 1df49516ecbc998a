package merge

import (
	"slices"
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/prose"
	"dragoman/internal/review"
)

// settle makes the message of every slot and tells what changed.
func (u *update) settle(a *article) []Change {
	var changes []Change
	for _, s := range a.slots {
		c := u.settleSlot(s)
		c.Article, c.Key, c.Pos = a.path(), s.key, s.first.Pos
		c.Carried = s.m.HasTarget()
		if c.Class != Same {
			changes = append(changes, c)
			u.decisions.Append(c.Decisions...)
		}
	}
	for _, p := range a.live {
		if !p.taken && !p.copied && p.foreign == nil {
			changes = append(changes, Change{
				Article: a.path(), Class: Gone, Key: p.m.Key, Carried: p.m.HasTarget(), Pos: p.m.Pos,
			})
		}
	}
	return changes
}

func (u *update) settleSlot(s *slot) Change {
	if s.from == nil {
		s.m = &catalog.Message{Entry: catalog.Entry{Key: s.key}}
		return Change{Class: New, Decisions: u.offer(s.m)}
	}
	foreign := s.from.foreign != nil
	s.m = s.from.m
	if foreign {
		s.m = &catalog.Message{Entry: s.from.m.Entry}
	}
	how := classify(difference{old: s.from.source, new: s.text(), language: u.Source})
	c := Change{Class: how.class}
	if s.from.source != s.text() {
		c.Previous = s.from.source
	}
	switch {
	case how.prefix != "":
		c.Decisions = u.revise(s, how)
	case s.moved || foreign:
		c.Class = Moved
	case s.m.Obsolete:
		c.Class = Back
	}
	s.m.Obsolete = false
	s.m.Key = s.key
	if !s.m.Fuzzy {
		s.m.Previous = catalog.Previous{}
	}
	return c
}

// revise carries a target over to a source that it does not translate yet.
func (u *update) revise(s *slot, how *rule) []review.Decision {
	m := s.m
	if !m.HasTarget() {
		m.Fuzzy = false
		return nil
	}
	reason, stale := review.Reason(m, u.decisions)
	draft, drafted := review.Draft(m, u.decisions)
	switch {
	case !m.Fuzzy:
		s.from.pair = finalPair(m)
		m.Previous = previousOf(m)
	case m.Previous.Source == "" && !drafted:
		m.Previous = previousOf(m)
	}
	m.Fuzzy = true
	m.Key = s.key
	var made []review.Decision
	if drafted {
		draft.Key = review.PairKey(m)
		made = append(made, draft)
	}
	if prose.Normal(m.Previous.Source) == prose.Normal(s.text()) {
		// The text is again what the target translated, which yet may have been
		// reworked for another: somebody has to look, and nothing says what at.
		m.Previous = catalog.Previous{}
		return made
	}
	next := review.Decision{
		Key: review.SourceKey(m), Kind: how.prefix + string(how.class), By: review.Nobody, Date: day(u.Now),
		Note: how.note(difference{old: m.Previous.Source, new: s.text(), language: u.Source}),
	}
	if drafted && m.Previous.Source == "" {
		return made
	}
	if stale {
		next = graver(reason, next)
	}
	return append(made, next)
}

// graver is the decision on a message that was stale already and was changed
// again: it keeps the graver class and the earlier date.
func graver(before, now review.Decision) review.Decision {
	if before.Date.Before(now.Date) {
		now.Date = before.Date
	}
	if review.Graver(now.Class(), before.Class()) != now.Class() {
		now.Kind, now.Note = before.Kind, before.Note
	}
	return now
}

// finalPair is the message as it is kept, obsolete, while its target is carried
// over to another source.
func finalPair(m *catalog.Message) *catalog.Message {
	pair := &catalog.Message{Entry: m.Entry}
	retire(pair)
	return pair
}

// retire makes a message obsolete. What it says of its place no longer holds.
func retire(m *catalog.Message) {
	m.Obsolete = true
	m.Notes, m.References = nil, nil
	if !m.Fuzzy {
		m.Previous = catalog.Previous{}
	}
}

func previousOf(m *catalog.Message) catalog.Previous {
	return catalog.Previous{Context: m.Context, Source: m.Source, Plural: m.Plural}
}

func day(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }

// staleNote tells the translator what changed under the target and when.
func (u *update) staleNote(m *catalog.Message) []string {
	if draft, drafted := review.Draft(m, u.decisions); drafted {
		return offerNote(draft)
	}
	reason, ok := review.Reason(m, u.decisions)
	if !ok {
		return nil
	}
	note := "changed " + reason.Date.Format(time.DateOnly)
	if what := reason.What(); what != "" {
		note += ": " + what
	}
	return []string{note + " (" + reason.Class() + ")"}
}

// write is the new catalog of an article.
func (u *update) write(a *article) *catalog.File {
	k := &keeper{byKey: make(map[catalog.Key]*catalog.Message, len(a.slots))}
	for _, s := range a.slots {
		if notes := slices.Concat(s.notes(), u.pivotNote(s), u.staleNote(s.m)); !slices.Equal(s.m.Notes, notes) {
			s.m.Notes = notes
		}
		if references := []string{a.doc.Path}; !slices.Equal(s.m.References, references) {
			s.m.References = references
		}
		k.place(s.m)
	}
	k.placeOld(a.past, u.lent)
	for _, s := range a.slots {
		if s.from != nil && s.from.foreign != nil && s.from.pair != nil {
			k.place(s.from.pair)
		}
	}
	f := a.file
	f.Messages = k.messages
	f.Index()
	if a.before == nil || !sameMessages(a.before, f) {
		u.date(&f.Header)
	}
	review.Apply(f, u.decisions)
	return f
}

func sameMessages(a, b *catalog.File) bool {
	return slices.EqualFunc(a.Messages, b.Messages, func(x, y *catalog.Message) bool { return x.Equal(&y.Entry) })
}
