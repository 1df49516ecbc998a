package merge

import (
	"cmp"
	"slices"
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/markdown"
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
		if c.Class != Same || len(c.Decisions) > 0 {
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
	how := u.compare(s)
	c := Change{Class: how.class, Note: how.note}
	if s.from.source != s.text() {
		c.Previous = s.from.source
	}
	switch {
	case how.class.prefix() != "" || u.minor(s):
		c.Class, c.Decisions = u.revise(s, how)
	default:
		c.Decisions = u.rename(s)
	}
	switch {
	case c.Class != Same && c.Class != Whitespace && c.Class != Typography:
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

// compare is the difference between the source that a slot has and the one of its
// message.
func (u *update) compare(s *slot) finding {
	how := classify(u.difference(s, s.from.source))
	if s.whole == "" && s.from.parts == nil {
		return how
	}
	switch {
	case how.class.prefix() == review.StalePrefix:
	case s.whole != "":
		how.class = Split
	default:
		how.class = Merged
	}
	return how
}

// difference is what became of a source in the slot, and in the other half of it if
// the text was split.
func (u *update) difference(s *slot, old string) difference {
	return difference{
		old: old, new: cmp.Or(s.whole, s.text()), kind: s.first.Kind, language: u.Source, names: u.Names,
	}
}

// rename keeps the decisions on a message that keeps its state under another key: its
// text is written another way, or the author gave it a context.
func (u *update) rename(s *slot) []review.Decision {
	reasons, drafts := u.standing(s)
	was, m := review.SourceKey(s.m), catalog.Message{Entry: s.m.Entry}
	m.Key = s.key
	if len(reasons)+len(drafts) == 0 || review.SourceKey(&m) == was {
		return nil
	}
	for i := range reasons {
		reasons[i].Key = review.SourceKey(&m)
	}
	for i := range drafts {
		drafts[i].Key = review.PairKey(&m)
	}
	return append(drafts, reasons...)
}

// standing is why the message of a slot is not final: what made it stale, the gravest
// of all if it was several messages, and where it is a draft of.
func (u *update) standing(s *slot) (reasons, drafts []review.Decision) {
	messages := []*catalog.Message{s.m}
	for _, p := range s.from.parts {
		messages = append(messages, p.m)
	}
	for _, m := range messages {
		if reason, ok := review.Reason(m, u.decisions); ok {
			if len(reasons) > 0 {
				reason = graver(reasons[0], reason)
			}
			reasons = []review.Decision{reason}
		}
	}
	if draft, ok := review.Draft(s.m, u.decisions); ok {
		drafts = append(drafts, draft)
	}
	return reasons, drafts
}

// revise carries a target over to a source that it does not translate yet. It answers
// the class that the change has in the end, and what is to be remembered of it.
func (u *update) revise(s *slot, how finding) (Class, []review.Decision) {
	m := s.m
	if !m.HasTarget() {
		m.Fuzzy = false
		return how.class, nil
	}
	reasons, drafts := u.standing(s)
	if len(drafts) == 0 {
		if made, ok := u.keep(s, how, reasons); ok {
			return Minor, made
		}
		if how.class == Link && len(reasons) == 0 && u.redirect(s) {
			return Link, nil
		}
	}
	if how.class.prefix() == "" {
		return how.class, u.rename(s)
	}
	switch {
	case !m.Fuzzy:
		if s.from.parts == nil {
			s.from.pair = finalPair(m)
		}
		m.Previous = previousOf(m)
	case m.Previous.Source == "" && len(drafts) == 0:
		m.Previous = previousOf(m)
	}
	if s.share != "" && !m.Fuzzy {
		m.Target = s.share
	}
	m.Fuzzy = true
	m.Key = s.key
	return how.class, u.reasonsNow(s, how, reasons, drafts)
}

// reasonsNow are the decisions on a message whose target was carried over.
func (u *update) reasonsNow(s *slot, how finding, before, drafts []review.Decision) []review.Decision {
	m := s.m
	for i := range drafts {
		drafts[i].Key = review.PairKey(m)
	}
	if prose.Normal(m.Previous.Source) == prose.Normal(s.text()) {
		// The text is again what the target translated, which yet may have been
		// reworked for another: somebody has to look, and nothing says what at.
		m.Previous = catalog.Previous{}
		if s.from.parts == nil {
			return drafts
		}
	}
	if len(drafts) > 0 && m.Previous.Source == "" {
		return drafts
	}
	note := how.note
	if all := classify(u.difference(s, m.Previous.Source)); all.class == how.class {
		note = all.note
	}
	if how.class == Critical {
		note = review.CriticalNote(note, targets(m)...)
	}
	next := review.Decision{
		Key: review.SourceKey(m), Kind: how.class.prefix() + string(how.class), By: review.Nobody, Date: day(u.Now), Note: note,
	}
	for _, b := range before {
		next = graver(b, next)
	}
	return append(drafts, next)
}

// minor reports whether the author says that the changes of the slot's article need
// no look.
func (u *update) minor(s *slot) bool { return u.Minor[s.home.path()] }

// keep keeps the target of a change that the author calls minor, also of one that an
// earlier merge did not know to be. It reports false if the change is critical, or if
// the target is not the one that was final before it.
func (u *update) keep(s *slot, how finding, reasons []review.Decision) ([]review.Decision, bool) {
	m := s.m
	if !u.minor(s) || how.class == Critical || s.whole != "" || s.from.parts != nil || how.class.prefix() == "" && !m.Fuzzy {
		return nil, false
	}
	for _, r := range reasons {
		if r.Class() == review.Critical {
			return nil, false
		}
	}
	if m.Fuzzy {
		if how = classify(u.difference(s, m.Previous.Source)); how.class == Critical || !s.home.untouched(m) {
			return nil, false
		}
	} else {
		s.from.pair = finalPair(m)
	}
	m.Key, m.Fuzzy, m.Previous = s.key, false, catalog.Previous{}
	note := string(how.class)
	if how.note != "" {
		note += ", " + how.note
	}
	return []review.Decision{{
		Key: review.PairKey(m), Kind: review.MinorKind, By: cmp.Or(u.By, review.Nobody), Date: day(u.Now), Note: note,
	}}, true
}

// untouched reports whether the article's catalog keeps the final pair that a stale
// message's target was carried over from.
func (a *article) untouched(m *catalog.Message) bool {
	return m.Previous.Source != "" && slices.ContainsFunc(a.past, func(p *past) bool {
		return p.source == m.Previous.Source && !p.m.Fuzzy && slices.Equal(targets(p.m), targets(m))
	})
}

// redirect replaces in a final target the addresses that changed in its source, if
// each of them occurs there once. The pair as it was is kept.
func (u *update) redirect(s *slot) bool {
	if s.m.Fuzzy || len(s.m.Forms) > 0 {
		return false
	}
	kind := s.first.Kind
	was, is := markdown.PartsOf(kind, s.from.source).Links, markdown.PartsOf(kind, s.text()).Links
	target := s.m.Target
	for i := range was {
		if was[i] == is[i] {
			continue
		}
		var ok bool
		if target, ok = markdown.Redirect(kind, target, was[i], is[i]); !ok {
			return false
		}
	}
	s.from.pair = finalPair(s.m)
	s.m.Target = target
	return true
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

// staleNote tells the translator what changed under the target and when, and the
// reviewer what the author called minor.
func (u *update) staleNote(m *catalog.Message) []string {
	if draft, drafted := review.Draft(m, u.decisions); drafted {
		return offerNote(draft)
	}
	reason, ok := review.Reason(m, u.decisions)
	class := reason.Class()
	if !ok {
		reason, ok = review.Minor(m, u.decisions)
		class = string(Minor)
	}
	if !ok {
		return nil
	}
	verb := " changed "
	if class == review.Adopted {
		verb = " "
	}
	note := class + verb + reason.Date.Format(time.DateOnly)
	if what := reason.What(); what != "" {
		note += ", " + what
	}
	return []string{note}
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
	if a.before == nil || len(f.Header.Fields) == 0 || !sameMessages(a.before, f) {
		u.date(&f.Header)
	}
	review.Apply(f, u.decisions)
	return f
}

func sameMessages(a, b *catalog.File) bool {
	return slices.EqualFunc(a.Messages, b.Messages, func(x, y *catalog.Message) bool { return x.Equal(&y.Entry) })
}
