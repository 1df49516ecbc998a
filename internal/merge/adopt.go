package merge

import (
	"slices"

	"dragoman/internal/catalog"
	"dragoman/internal/markdown"
	"dragoman/internal/review"
)

// Adopted is the class of a message whose translation was there before there was a
// catalog.
const Adopted Class = "adopted"

// Give gives a message a translation, if it has none. What is there stays as it is,
// fuzzy or not; another translation goes to the comments beside it.
func Give(m *catalog.Message, target string, fuzzy bool) Outcome {
	switch {
	case m.HasTarget() && alike(m.Target, target):
		return Held
	case m.HasTarget():
		comment(m, keptComment(target))
		return Conflicted
	}
	m.Target, m.Fuzzy = target, fuzzy
	m.SettleState()
	if fuzzy {
		return TakenFuzzy
	}
	return Taken
}

// Adopt puts the translations of one catalog of ours into another of the same article,
// which is changed. Both are up to date with it. What is obsolete is kept as obsolete;
// what is only lent (Lent) gives way.
// Of the reasons, which say why a translation is not final, a change has those for its
// message, if that is not final now. The result is the outcome of each message with a
// translation, and a change for each that was taken.
func Adopt(f *catalog.File, d *markdown.Document, from *catalog.File, reasons []review.Decision, lent func(*catalog.Message) bool) ([]Outcome, []Change) {
	because := map[string][]review.Decision{}
	for _, r := range reasons {
		because[r.Key] = append(because[r.Key], r)
	}
	var outcomes []Outcome
	var changes []Change
	seen := make(map[*catalog.Message]bool, len(from.Messages))
	for i := range d.Segments {
		g := &d.Segments[i]
		m, theirs := f.Find(g.Kind.String(), g.Context, g.Text), from.Find(g.Kind.String(), g.Context, g.Text)
		if m == nil || theirs == nil || seen[theirs] || !theirs.HasTarget() {
			continue
		}
		seen[theirs] = true
		if lent(m) {
			m.Target, m.Fuzzy, m.Previous = "", false, catalog.Previous{}
			m.SettleState()
		}
		outcome := adopt(m, theirs)
		outcomes = append(outcomes, outcome)
		if outcome == Taken || outcome == TakenFuzzy {
			c := Change{Article: d.Path, Class: Adopted, Key: m.Key, Carried: true, Pos: g.Pos}
			if m.Fuzzy {
				c.Decisions = because[review.SourceKey(m)]
			}
			changes = append(changes, c)
		}
	}
	for _, m := range from.Messages {
		if m.Obsolete && m.HasTarget() {
			outcomes = append(outcomes, keepObsolete(f, m))
		}
	}
	return outcomes, changes
}

// adopt gives a message what another says.
func adopt(m, theirs *catalog.Message) Outcome {
	outcome := Give(m, theirs.Target, theirs.Fuzzy)
	if outcome == Taken || outcome == TakenFuzzy {
		m.Previous = theirs.Previous
	}
	comment(m, theirs.Comments...)
	return outcome
}

// keepObsolete keeps a pair that the article holds no more.
func keepObsolete(f *catalog.File, m *catalog.Message) Outcome {
	there := f.Get(m.Key)
	switch {
	case there == nil:
		kept := &catalog.Message{Entry: m.Entry, State: m.State}
		f.Add(kept)
		return Remembered
	case slices.ContainsFunc(targets(there), func(t string) bool { return alike(t, m.Target) }):
		return Held
	}
	comment(there, keptComment(m.Target))
	return Conflicted
}
