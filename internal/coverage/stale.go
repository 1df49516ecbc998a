package coverage

import (
	"slices"
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/prose"
	"dragoman/internal/review"
)

// Staleness is the targets that one class of changes has made stale.
type Staleness struct {
	Class string // of merge's changes; empty: nobody knows
	Tally
	Changed int       // words of the sources that the changes touched, as far as is known
	Oldest  time.Time // the day of the oldest change; zero: none is known
	Days    int       // since then
}

// Staleness is all stale messages of the row together, of no class.
func (r *Row) Staleness() Staleness {
	var all Staleness
	for _, s := range r.Stale {
		all.add(s)
	}
	return all
}

func (s *Staleness) add(o Staleness) {
	s.Tally.add(o.Tally)
	s.Changed += o.Changed
	if s.Oldest.IsZero() || !o.Oldest.IsZero() && o.Oldest.Before(s.Oldest) {
		s.Oldest, s.Days = o.Oldest, o.Days
	}
}

// addStale adds to the class that has it, or puts it where its class belongs.
func addStale(list []Staleness, s Staleness) []Staleness {
	at := 0
	for ; at < len(list) && list[at].Class != s.Class; at++ {
		if graver(s.Class, list[at].Class) {
			return slices.Insert(list, at, s)
		}
	}
	if at == len(list) {
		return append(list, s)
	}
	list[at].add(s)
	return list
}

// graver orders classes, gravest first, those of the same gravity by name.
func graver(a, b string) bool {
	if review.Graver(a, b) != review.Graver(b, a) { // neither
		return a < b
	}
	return a != b && review.Graver(a, b) == a
}

// stale reports whether the message's target is one of an earlier source.
func stale(s catalog.State) bool { return s == catalog.NeedsRewriting || s == catalog.NeedsChecking }

// changed is how many words of a message's source changed under its target; 0 if that
// is not known.
func changed(m *catalog.Message) int {
	if m.Previous.Source == "" || !stale(m.State) {
		return 0
	}
	return prose.Changed(m.Previous.Source, m.Source)
}

// daysBetween is how many days lie between two, 0 if the first is unknown or later.
func daysBetween(since, today time.Time) int {
	if since.IsZero() {
		return 0
	}
	return max(0, int(day(today).Sub(day(since)).Hours()/24))
}

func day(t time.Time) time.Time { return t.UTC().Truncate(24 * time.Hour) }
