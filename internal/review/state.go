package review

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
	"time"

	"dragoman/internal/catalog"
)

// Critical is the class of changes that are never published stale: a negation,
// a number, a date or a name.
const Critical = "critical"

// Adopted is the class of a translation that was there before there was a catalog,
// and perhaps is one of another text.
const Adopted = "adopted"

// gravity orders the classes of changes, gravest first.
var gravity = []string{Critical, "prose", Adopted, "split", "merged", "pivot", "markup", "link", "typography", "whitespace"}

// Graver is the graver of two classes of changes, the first if they are equal.
// A class that is not known is as grave as "prose", no class is graver than
// the empty one.
func Graver(a, b string) string {
	if rank(b) < rank(a) {
		return b
	}
	return a
}

func rank(class string) int {
	if class == "" {
		return len(gravity)
	}
	if i := slices.Index(gravity, class); i >= 0 {
		return i
	}
	return slices.Index(gravity, "prose")
}

// Apply sets the state of every message, by the message and the decisions on it.
func Apply(f *catalog.File, d *Decisions) {
	for _, m := range f.Messages {
		m.State = State(m, d)
	}
}

// State is how far the message has come. Fuzzy says "not final" and outranks
// everything; why it is not final, the decisions tell. A message that is not
// fuzzy is translated, and approved where that was decided on exactly this
// source and target; only after a critical change an untouched target still
// needs checking.
func State(m *catalog.Message, d *Decisions) catalog.State {
	if !m.HasTarget() {
		return catalog.Untranslated
	}
	if m.Fuzzy {
		if _, ok := Draft(m, d); ok {
			return catalog.MachineDraft
		}
		if reason, ok := Reason(m, d); ok && strings.HasPrefix(reason.Kind, StalePrefix) {
			return catalog.NeedsRewriting
		}
		return catalog.NeedsChecking
	}
	if approved(m, d) {
		return catalog.Approved
	}
	if _, ok := untouched(m, d); ok {
		return catalog.NeedsChecking
	}
	return catalog.Translated
}

// approved hashes the message only if anything was ever approved.
func approved(m *catalog.Message, d *Decisions) bool {
	if !d.any(ApprovedKind) {
		return false
	}
	_, ok := d.Holds(PairKey(m), ApprovedKind)
	return ok
}

// Draft is the decision that says that a machine or the memory offered the
// message's target for its source. It counts while the message is fuzzy.
func Draft(m *catalog.Message, d *Decisions) (Decision, bool) {
	if !m.Fuzzy || !m.HasTarget() {
		return Decision{}, false
	}
	found := d.holding(PairKey(m), DraftPrefix)
	if len(found) == 0 {
		return Decision{}, false
	}
	return found[len(found)-1], true
}

// Reason is the decision that says why, and since when, the message's target is
// stale: the gravest of those that hold. A fuzzy message without one is stale
// for a reason and since a day that nobody knows.
func Reason(m *catalog.Message, d *Decisions) (Decision, bool) {
	if !m.HasTarget() {
		return Decision{}, false
	}
	if !m.Fuzzy {
		if approved(m, d) {
			return Decision{}, false
		}
		return untouched(m, d)
	}
	found := d.holding(SourceKey(m), StalePrefix, CheckPrefix)
	if len(found) == 0 {
		return Decision{}, false
	}
	return slices.MinFunc(found, func(a, b Decision) int { return rank(a.Class()) - rank(b.Class()) }), true
}

// Minor is the decision that says that the last change of the message's source needs
// no look. It counts until somebody approves.
func Minor(m *catalog.Message, d *Decisions) (Decision, bool) {
	if !d.any(MinorKind) || m.Fuzzy || !m.HasTarget() || approved(m, d) {
		return Decision{}, false
	}
	return d.Holds(PairKey(m), MinorKind)
}

// Stale is the class of the change that made the message's target stale, and
// the day of it. It is false where the target is not stale, and where the reason
// is not known.
func Stale(m *catalog.Message, d *Decisions) (class string, since time.Time, ok bool) {
	reason, ok := Reason(m, d)
	return reason.Class(), reason.Date, ok
}

const targetMark = "target "

// CriticalNote is the note of a decision "stale:critical": what changed, and a
// hash of the target as it was, by which is seen whether it was touched since.
func CriticalNote(what string, target ...string) string {
	if what != "" {
		what += "; "
	}
	return what + targetMark + targetHash(target)
}

// What is the decision's note as people read it, without the hash of
// CriticalNote.
func (d Decision) What() string {
	i := strings.LastIndex(d.Note, targetMark)
	if d.Class() != Critical || i < 0 {
		return d.Note
	}
	return strings.TrimSuffix(d.Note[:i], "; ")
}

func targetHash(target []string) string {
	sum := sha256.Sum256([]byte(strings.Join(target, "\x00")))
	return hex.EncodeToString(sum[:8])
}

// untouched is the critical change that the message's target was not changed
// after. Equal sources of different articles share a key, and each may have had
// another target: every line counts, not only the latest.
func untouched(m *catalog.Message, d *Decisions) (Decision, bool) {
	if !d.any(StalePrefix + Critical) {
		return Decision{}, false
	}
	entries := d.criticalChanges(SourceKey(m))
	if len(entries) == 0 {
		return Decision{}, false
	}
	mark := targetMark + targetHash(append([]string{m.Target}, m.Forms...))
	for _, e := range slices.Backward(entries) {
		if strings.HasSuffix(e.Note, mark) && !d.revoked(e) {
			return e.Decision, true
		}
	}
	return Decision{}, false
}

func (d *Decisions) criticalChanges(key string) []entry {
	if d.base == nil {
		return d.critical[key]
	}
	return slices.Concat(d.base.criticalChanges(key), d.critical[key])
}
