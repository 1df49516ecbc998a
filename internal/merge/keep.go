package merge

import (
	"slices"
	"strings"

	"dragoman/internal/catalog"
	"dragoman/internal/prose"
)

// keeper puts the messages of one new catalog in order, and sees to it that at
// most one bears a key and that no target is lost to that.
type keeper struct {
	messages []*catalog.Message
	byKey    map[catalog.Key]*catalog.Message
}

// place appends a message. If its key is taken, what it says is kept in the
// comments of the one that has the key.
func (k *keeper) place(m *catalog.Message) {
	if winner := k.byKey[m.Key]; winner != nil {
		yield(winner, m)
		return
	}
	k.byKey[m.Key] = m
	k.messages = append(k.messages, m)
}

// placeOld appends what the old catalog had and no slot has: messages that
// leave, the final pairs of those whose target was carried over, and what was
// obsolete before. A message that leaves is dropped if its target is only lent.
func (k *keeper) placeOld(pasts []*past, lent func(*catalog.Message) bool) {
	var old []*catalog.Message
	leaving := map[*catalog.Message]bool{}
	for _, p := range pasts {
		switch {
		case p.pair != nil:
			old = append(old, p.pair)
		case p.taken || p.foreign != nil:
		case p.m.Obsolete:
			old = append(old, p.m)
		case lent(p.m):
		default:
			retire(p.m)
			leaving[p.m] = true
			old = append(old, p.m)
		}
	}
	var final twins
	for _, m := range old {
		if leaving[m] && m.Fuzzy && final == nil {
			final = twinsOf(slices.Concat(k.messages, old), leaving)
		}
		if !leaving[m] || final.miss(m) {
			k.place(m)
		}
	}
}

// twins are messages that stay, by what they say.
type twins map[string]*catalog.Message

func twinsOf(messages []*catalog.Message, leaving map[*catalog.Message]bool) twins {
	t := make(twins, len(messages))
	for _, m := range messages {
		if !leaving[m] || !m.Fuzzy {
			t[pairOf(m.Source, m)] = m
		}
	}
	return t
}

func pairOf(source string, m *catalog.Message) string {
	return prose.Normal(source) + "\x00" + strings.Join(targets(m), "\x00")
}

func targets(m *catalog.Message) []string { return append([]string{m.Target}, m.Forms...) }

// miss reports whether a message that leaves its article holds a word that would
// be lost with it. One without target or comment does not, nor one that holds
// only the target that was carried over from a pair which is kept itself.
func (t twins) miss(m *catalog.Message) bool {
	if !m.HasTarget() {
		return len(m.Comments) > 0
	}
	if !m.Fuzzy || m.Previous.Source == "" {
		return true
	}
	twin := t[pairOf(m.Previous.Source, m)]
	return twin == nil || slices.ContainsFunc(m.Comments, func(c string) bool { return !slices.Contains(twin.Comments, c) })
}

// yield keeps what the loser says in comments of the winner.
func yield(winner, loser *catalog.Message) {
	addComments(winner, loser.Comments)
	keepTargets(winner, loser)
}

// keepTargets keeps the targets of the loser in comments of the winner.
func keepTargets(winner, loser *catalog.Message) {
	var kept []string
	for _, t := range targets(loser) {
		if t != "" && !slices.Contains(targets(winner), t) {
			kept = append(kept, keptComment(t))
		}
	}
	addComments(winner, kept)
}

// addComments adds the lines that the message does not have.
func addComments(m *catalog.Message, comments []string) {
	all := slices.Clone(m.Comments)
	for _, c := range comments {
		if !slices.Contains(all, c) {
			all = append(all, c)
		}
	}
	if len(all) > len(m.Comments) {
		m.Comments = all
	}
}

// keptComment holds a target that had to give way, escaped as in PO.
func keptComment(target string) string { return `kept: "` + escapes.Replace(target) + `"` }

var escapes = strings.NewReplacer(
	`\`, `\\`, `"`, `\"`, "\n", `\n`, "\t", `\t`, "\r", `\r`, "\a", `\a`, "\b", `\b`, "\v", `\v`, "\f", `\f`,
)

// Lost is the targets of the old catalogs that the new ones hold in no message,
// live or obsolete, and in no comment that keeps one, in the order of the old. It
// is empty after every Update; who writes catalogs asks, and writes none if not.
func Lost(old, updated []*catalog.File) []string {
	held := map[string]bool{"": true}
	for _, f := range updated {
		for _, m := range f.Messages {
			for _, t := range targets(m) {
				held[t] = true
			}
			for _, c := range m.Comments {
				held[strings.TrimSpace(c)] = true
			}
		}
	}
	var lost []string
	for _, f := range old {
		for _, m := range f.Messages {
			for _, t := range targets(m) {
				if !held[t] && !held[keptComment(t)] {
					lost = append(lost, t)
					held[t] = true
				}
			}
		}
	}
	return lost
}
