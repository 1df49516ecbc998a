package merge

import (
	"slices"

	"dragoman/internal/catalog"
)

// Return takes a message that was sent out, with what its target was then
// (catalog.Entry.Base), back into ours, of the same source. What only they have
// changed is taken, what only we have changed stays, and where both have, ours
// stays and theirs is kept in a comment: Conflicted.
//
// Of a message without that memory, a target of ours is never replaced.
func Return(ours, theirs *catalog.Message) Outcome {
	if !theirs.HasTarget() {
		return NoTarget
	}
	base := theirs.Base()
	same := slices.Equal(targets(ours), targets(theirs))
	switch {
	case same && (!ours.Fuzzy || theirs.Fuzzy):
		addComments(ours, theirs.Comments)
		return Held
	case same:
	case base == "" && ours.HasTarget(), base != "" && theirs.Fingerprint() != base && ours.Fingerprint() != base && ours.HasTarget():
		Keep(ours, targets(theirs)...)
		return Conflicted
	case theirs.Fingerprint() == base:
		return Held
	}
	ours.Target, ours.Forms, ours.Fuzzy = theirs.Target, theirs.Forms, theirs.Fuzzy
	addComments(ours, theirs.Comments)
	ours.SettleState()
	if ours.Fuzzy {
		return TakenFuzzy
	}
	ours.Previous = catalog.Previous{}
	return Taken
}

// Keep keeps targets that had to give way in comments of the message.
func Keep(m *catalog.Message, gone ...string) {
	keepTargets(m, &catalog.Message{Entry: catalog.Entry{Target: gone[0], Forms: gone[1:]}})
}
