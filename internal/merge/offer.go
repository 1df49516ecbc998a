package merge

import (
	"cmp"
	"fmt"
	"slices"

	"dragoman/internal/catalog"
	"dragoman/internal/markdown"
	"dragoman/internal/memory"
	"dragoman/internal/review"
)

// offered is the kind of decision that a target comes from the memory.
const offered = review.DraftPrefix + "memory"

// offer gives a new message the target of the text in the memory that is most like
// its own. However alike the two are, it is a draft: the same words elsewhere may
// want another translation.
func (u *update) offer(m *catalog.Message) []review.Decision {
	match, ok := u.match(m)
	if !ok {
		return nil
	}
	return []review.Decision{u.lend(m, match)}
}

func (u *update) match(m *catalog.Message) (memory.Match, bool) {
	if u.Memory == nil {
		return memory.Match{}, false
	}
	least := float64(cmp.Or(u.Threshold, 100*memory.DefaultLeast)) / 100
	found := u.memory().Find(m.Source, memory.Query{Least: least, Limit: 1})
	if len(found) == 0 {
		return memory.Match{}, false
	}
	return found[0], true
}

// lend puts a match into the message.
func (u *update) lend(m *catalog.Message, match memory.Match) review.Decision {
	m.Target, m.Fuzzy, m.State = match.Target, true, catalog.MachineDraft
	if match.Source != m.Source {
		m.Previous.Source = match.Source
	}
	return review.Decision{
		Key: review.PairKey(m), Kind: offered, By: review.Nobody, Date: day(u.Now),
		Note: fmt.Sprintf("match %d", match.Percent()),
	}
}

// memory is asked for when first needed: most runs need none.
func (u *update) memory() *memory.Index {
	if u.index == nil {
		u.index = u.Memory()
	}
	return u.index
}

// Lent reports whether a message of a language holds nothing but what the memory has
// offered for it.
func Lent(o Options) func(m *catalog.Message) bool {
	u := &update{Options: o, decisions: o.Decisions}
	return u.lent
}

// lent reports whether a message holds nothing but what the memory has offered for
// it and still has: where it leaves, no word leaves with it.
func (u *update) lent(m *catalog.Message) bool {
	if u.Memory == nil || len(m.Comments) > 0 {
		return false
	}
	draft, ok := review.Draft(m, u.decisions)
	return ok && draft.Kind == offered && u.memory().Has(cmp.Or(m.Previous.Source, m.Source), m.Target)
}

// offerNote tells the translator where a draft comes from.
func offerNote(draft review.Decision) []string {
	if draft.Kind != offered {
		return nil
	}
	return []string{"offered by the memory: " + draft.What()}
}

// Fill offers what the memory has to the messages that have no target yet, as
// Update does to those that are new; not what somebody has taken out again. files
// are as Update made them, one for each of the documents and in their order, and are
// changed. The changes are the messages that were offered something.
func Fill(files []*catalog.File, docs []*markdown.Document, o Options) []Change {
	u := &update{Options: o, decisions: o.Decisions.Fork()}
	var changes []Change
	for i, d := range docs {
		before := len(changes)
		for _, m := range files[i].Messages {
			if m.Obsolete || m.HasTarget() {
				continue
			}
			match, ok := u.match(m)
			if !ok || u.refused(m, match) {
				continue
			}
			made := u.lend(m, match)
			m.Notes = slices.Concat(m.Notes, offerNote(made))
			changes = append(changes, Change{
				Article: d.Path, Class: New, Key: m.Key, Carried: true, Decisions: []review.Decision{made},
			})
		}
		if len(changes) > before {
			u.date(&files[i].Header)
		}
	}
	return changes
}

// refused reports whether the message had this target once and has it no more.
func (u *update) refused(m *catalog.Message, match memory.Match) bool {
	_, ok := u.decisions.Holds(review.Key(m.Context, m.Source, match.Target), offered)
	return ok
}
