package merge

import (
	"cmp"
	"slices"
	"unicode/utf8"

	"dragoman/internal/prose"
)

const (
	// leastInGap is the similarity from which a text is taken for an edit of the
	// one that stood between the same neighbours. Unrelated English paragraphs
	// reach 0.3.
	leastInGap = 0.55
	// leastAlone is the same where there is no other that it could be: one text
	// went and one came between the same neighbours.
	leastAlone = 0.4
	// leastElsewhere is the same without the witness of the neighbours.
	leastElsewhere = 0.75
	// shortest is the least length, in characters, of texts that are recognised
	// by themselves: "Table 1" is no edit of "Table 2".
	shortest = 12
)

// matchSimilar fills open slots of an article with the most similar of its
// messages that have lost their place: first between two messages that did not
// move, then anywhere; last, of equal passages that are one message, those that
// were edited. It also tells which messages moved.
func (u *update) matchSimilar(a *article) {
	slotFrom, pastFrom := 0, 0
	for _, s := range append(a.anchors(), nil) {
		slotTo, pastTo := len(a.slots), len(a.live)
		if s != nil {
			slotTo, pastTo = s.at, s.from.at
		}
		slots := openSlots(a.slots[slotFrom:slotTo])
		pasts := leftPasts(a.live[pastFrom:pastTo], func(*past) bool { return true })
		u.matchParts(a, slots, pasts)
		slots, pasts = openSlots(slots), leftPasts(pasts, func(*past) bool { return true })
		least := leastInGap
		if len(slots) == 1 && len(pasts) == 1 {
			least = leastAlone
		}
		pair(slots, pasts, least)
		slotFrom, pastFrom = slotTo+1, pastTo+1
	}
	pair(longSlots(openSlots(a.slots)), leftPasts(a.live, recognisable), leastElsewhere)
	u.matchRepeated(a)
}

// matchRepeated fills slots with copies of messages that have their place still, of
// texts that nearly say the same: of two equal passages, which are one message, one was
// edited. Only final targets are copied.
func (u *update) matchRepeated(a *article) {
	for slots := longSlots(openSlots(a.slots)); len(slots) > 0; {
		var pasts []*past
		for _, s := range a.slots {
			if s.from != nil && s.from.foreign == nil && s.from.source == s.text() && recognisable(s.from) && !s.from.m.Fuzzy {
				pasts = append(pasts, copyOf(s.from))
			}
		}
		pair(slots, pasts, leastElsewhere)
		left := openSlots(slots)
		if len(left) == len(slots) {
			return
		}
		slots = left
	}
}

// matchSimilarElsewhere fills what is still open from messages that leave other
// articles in this very run.
func (u *update) matchSimilarElsewhere() {
	var slots []*slot
	for _, a := range u.articles {
		slots = append(slots, longSlots(openSlots(a.slots))...)
	}
	if len(slots) == 0 {
		return
	}
	var pasts []*past
	for _, a := range u.articles {
		for _, p := range leftPasts(a.live, recognisable) {
			if p.foreign == nil && !p.copied {
				pasts = append(pasts, copyOf(p))
			}
		}
	}
	pair(slots, pasts, leastElsewhere)
}

func openSlots(slots []*slot) []*slot {
	var open []*slot
	for _, s := range slots {
		if s.from == nil {
			open = append(open, s)
		}
	}
	return open
}

func longSlots(slots []*slot) []*slot {
	return slices.DeleteFunc(slots, func(s *slot) bool { return utf8.RuneCountInString(s.text()) < shortest })
}

func leftPasts(pasts []*past, wanted func(*past) bool) []*past {
	var left []*past
	for _, p := range pasts {
		if !p.taken && !p.joined && wanted(p) {
			left = append(left, p)
		}
	}
	return left
}

func recognisable(p *past) bool {
	return p.m.HasTarget() && utf8.RuneCountInString(p.source) >= shortest
}

// anchors are the slots whose messages kept their order, as many as possible
// (the longest increasing subsequence); the other messages of the article moved.
func (a *article) anchors() []*slot {
	var tails []*slot // tails[n]: the slot on which the lowest chain of n+1 ends
	before := make(map[*slot]*slot)
	for _, s := range a.slots {
		if !a.aligned(s) {
			continue
		}
		n, _ := slices.BinarySearchFunc(tails, s.from.at, func(t *slot, at int) int { return cmp.Compare(t.from.at, at) })
		if n > 0 {
			before[s] = tails[n-1]
		}
		if n == len(tails) {
			tails = append(tails, nil)
		}
		tails[n] = s
	}
	if len(tails) == 0 {
		return nil
	}
	chain := make([]*slot, len(tails))
	for i, s := len(tails)-1, tails[len(tails)-1]; s != nil; i, s = i-1, before[s] {
		chain[i] = s
	}
	a.tellMoved(chain)
	return chain
}

// aligned reports whether the slot has a message of the sequence that the
// article is aligned with.
func (a *article) aligned(s *slot) bool {
	return s.from != nil && s.from.at < len(a.live) && a.live[s.from.at] == s.from
}

func (a *article) tellMoved(chain []*slot) {
	for _, s := range a.slots {
		if len(chain) > 0 && chain[0] == s {
			chain = chain[1:]
			continue
		}
		if a.aligned(s) {
			s.moved = true
		}
	}
}

// couple is a slot and a message that could fill it.
type couple struct {
	slot, past int
	score      float64
	apart      float64 // the difference of their relative positions
}

// pair fills slots with similar messages, the best couples first.
func pair(slots []*slot, pasts []*past, least float64) {
	if len(slots) == 0 || len(pasts) == 0 {
		return
	}
	couples := couplesOf(slots, pasts, least)
	slices.SortFunc(couples, func(a, b couple) int {
		return cmp.Or(
			-cmp.Compare(a.score, b.score), cmp.Compare(a.apart, b.apart),
			cmp.Compare(a.slot, b.slot), cmp.Compare(a.past, b.past),
		)
	})
	for _, c := range couples {
		s, p := slots[c.slot], pasts[c.past]
		if s.from == nil && !p.taken {
			s.fill(p)
		}
	}
}

func couplesOf(slots []*slot, pasts []*past, least float64) []couple {
	var couples []couple
	near := newFinder(slots, pasts)
	var text prose.Text
	for i, s := range slots {
		text.Set(s.text())
		for _, j := range near(i) {
			score, ok := text.Similar(pasts[j].source, least)
			if !ok {
				continue
			}
			apart := float64(i)/float64(len(slots)) - float64(j)/float64(len(pasts))
			couples = append(couples, couple{i, j, score, max(apart, -apart)})
		}
	}
	return couples
}
