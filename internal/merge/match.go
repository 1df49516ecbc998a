package merge

import (
	"slices"
	"strings"

	"dragoman/internal/catalog"
	"dragoman/internal/prose"
)

// fill gives the slot its message.
func (s *slot) fill(p *past) {
	s.from, p.taken = p, true
	if p.foreign != nil {
		p.foreign.copied = true
	}
}

// copyOf is the message as one that another article may take a copy of.
func copyOf(p *past) *past {
	return &past{m: p.m, home: p.home, source: p.source, normal: p.normal, at: p.at, foreign: p}
}

func (p *past) text() string { return p.source }

func (p *past) norm() string {
	if p.normal == "" {
		p.normal = prose.Normal(p.source)
	}
	return p.normal
}

// suits reports whether the message was for what the slot is.
func (p *past) suits(s *slot) bool {
	if s.context() != "" {
		return p.m.Context == s.context()
	}
	return p.m.Context == "" || p.m.Context == s.automatic()
}

// matchSame fills the slots whose text the article's catalog has, to the letter
// or but for white space and typography. What is live goes before what is
// obsolete, unless it has no target.
func (a *article) matchSame() {
	a.matchLive()
	var translated, obsolete, blank []*past
	for _, p := range a.candidates() {
		switch {
		case p.taken:
		case p.m.Obsolete:
			obsolete = append(obsolete, p)
		case p.m.HasTarget():
			translated = append(translated, p)
		default:
			blank = append(blank, p)
		}
	}
	a.draw(translated, (*past).norm)
	a.draw(obsolete, (*past).text)
	a.draw(obsolete, (*past).norm)
	a.draw(blank, (*past).norm)
}

// candidates are the messages that the article's slots may have: of its catalog,
// or of the one that it was aligned with.
func (a *article) candidates() []*past {
	if a.past == nil {
		return a.live
	}
	return a.past
}

// matchLive fills slots with live messages of the same text: those with the
// same context, then the one without context, then any, so that a change of
// context alone loses nothing.
func (a *article) matchLive() {
	byKey := make(map[catalog.Key]*past, len(a.live))
	for _, p := range a.live {
		byKey[p.m.Key] = p
	}
	open := map[string][]*slot{} // without context, by text
	for _, s := range a.slots {
		context := s.context()
		if context == "" {
			context = s.automatic()
		}
		if p := byKey[catalog.Key{Context: context, Source: s.text()}]; p != nil && !p.taken {
			s.fill(p)
		} else if p := byKey[catalog.Key{Source: s.text()}]; s.context() == "" && p != nil {
			open[s.text()] = append(open[s.text()], s)
		}
	}
	for _, p := range a.live {
		if slots := open[p.source]; p.m.Context == "" && len(slots) > 0 && !p.taken {
			slices.MaxFunc(slots, func(x, y *slot) int {
				return a.neighbours(p, x) - a.neighbours(p, y)
			}).fill(p)
		}
	}
	a.draw(a.live, (*past).text)
	a.fillBlanks()
}

// fillBlanks lets a slot whose message has no target have one that does, and
// that no slot has: of two equal texts, the one that was translated has left.
func (a *article) fillBlanks() {
	var left pool
	for _, s := range a.slots {
		if s.from == nil || s.from.m.HasTarget() {
			continue
		}
		if left == nil {
			left = newPool(leftPasts(a.live, func(p *past) bool { return p.m.HasTarget() }), (*past).text)
		}
		if all := left[s.text()]; len(all) > 0 && authorContext(all[0].m.Context) == s.context() {
			s.from.taken = false
			s.fill(left.take(s.text(), s))
		}
	}
}

// neighbours counts the sides on which the message and the slot have the same
// neighbour. It tells which of two equal texts of different kinds was here.
func (a *article) neighbours(p *past, s *slot) int {
	n := 0
	for _, d := range []int{-1, 1} {
		i, j := p.at+d, s.at+d
		oldEdge, newEdge := i < 0 || i >= len(a.live), j < 0 || j >= len(a.slots)
		switch {
		case oldEdge != newEdge:
		case oldEdge, a.live[i].source == a.slots[j].text():
			n++
		}
	}
	return n
}

// draw fills open slots from the messages that have the same text by the
// measure, which is the text itself or its normal form.
func (a *article) draw(from []*past, measure func(*past) string) {
	if len(from) == 0 {
		return
	}
	var p pool
	for _, s := range a.slots {
		if s.from != nil {
			continue
		}
		if p == nil {
			p = newPool(from, measure)
		}
		probe := past{source: s.text()}
		if found := p.take(measure(&probe), s); found != nil {
			s.fill(found)
		}
	}
}

// pool is messages by text.
type pool map[string][]*past

func newPool(from []*past, measure func(*past) string) pool {
	p := make(pool, len(from))
	for _, m := range from {
		if !m.taken {
			p[measure(m)] = append(p[measure(m)], m)
		}
	}
	return p
}

// window is how many equal texts a choice is made among.
const window = 16

// take removes and answers a message with that text, if there is one: the first
// that was for what the slot is, else the first.
func (p pool) take(text string, s *slot) *past {
	all := p[text]
	if len(all) == 0 {
		return nil
	}
	i := slices.IndexFunc(all[:min(len(all), window)], func(m *past) bool { return m.suits(s) })
	i = max(i, 0)
	found := all[i]
	// The one in front takes the place of the one that goes.
	copy(all[1:i+1], all[:i])
	p[text] = all[1:]
	return found
}

// adoptRenamed lets an article without catalog be aligned with the catalog of an
// article that is gone and shares much of its text: it was renamed. The catalog
// stays where it is; what the slots take of it are copies.
func (u *update) adoptRenamed() {
	owners := map[string][]*article{}
	for _, a := range u.articles {
		if a.doc != nil {
			continue
		}
		for _, p := range a.live {
			if in := owners[p.norm()]; len(in) < window && (len(in) == 0 || in[len(in)-1] != a) {
				owners[p.norm()] = append(in, a)
			}
		}
	}
	if len(owners) == 0 {
		return
	}
	adopted := map[*article]bool{}
	for _, a := range u.articles {
		if a.before == nil {
			if from := a.renamedFrom(owners, adopted); from != nil {
				adopted[from] = true
				a.adopt(from)
			}
		}
	}
}

// renamedFrom is the article that is gone and has most of the text of this one,
// at least 3 of 10 messages of the shorter.
func (a *article) renamedFrom(owners map[string][]*article, adopted map[*article]bool) *article {
	votes := map[*article]int{}
	var best *article
	for _, s := range a.slots {
		for _, from := range owners[prose.Normal(s.text())] {
			votes[from]++
			if !adopted[from] && (best == nil || votes[from] > votes[best]) {
				best = from
			}
		}
	}
	if best == nil || 10*votes[best] < 3*min(len(a.slots), len(best.live)) {
		return nil
	}
	return best
}

func (a *article) adopt(from *article) {
	a.file.Header.Comments = from.file.Header.Comments
	a.file.Header.Flags = from.file.Header.Flags
	a.file.Header.Fields = slices.Clone(from.file.Header.Fields)
	for _, p := range from.live {
		a.live = append(a.live, copyOf(p))
	}
	a.matchSame()
}

// matchMoved fills slots from other articles: with the translation of the same
// text in a place that is gone. What still stands elsewhere is left to the
// memory, which offers it.
func (u *update) matchMoved() {
	var places pool
	for _, a := range u.articles {
		for _, s := range a.slots {
			if s.from != nil {
				continue
			}
			if places == nil {
				places = u.vacated()
			}
			all := places[prose.Normal(s.text())]
			i := slices.IndexFunc(all, func(p *past) bool {
				return authorContext(p.m.Context) == s.context()
			})
			if i < 0 {
				continue
			}
			s.fill(copyOf(all[i]))
		}
	}
}

// vacated are the translations whose place is gone, final ones first, then
// those that leave now.
func (u *update) vacated() pool {
	places := pool{}
	for _, wanted := range []struct{ final, leaving bool }{{true, true}, {true, false}, {false, true}, {false, false}} {
		for _, a := range u.articles {
			for _, p := range a.past {
				if p.taken || p.foreign != nil || !p.m.HasTarget() || p.m.Fuzzy == wanted.final || p.m.Obsolete == wanted.leaving {
					continue
				}
				if n := p.norm(); len(places[n]) < window {
					places[n] = append(places[n], p)
				}
			}
		}
	}
	return places
}

// authorContext is the context without what was given automatically.
func authorContext(context string) string {
	if strings.HasPrefix(context, catalog.KindContext("")) {
		return ""
	}
	return context
}
