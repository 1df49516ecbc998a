package coverage

import (
	"fmt"

	"dragoman/internal/locale"
	"dragoman/internal/review"
)

// Gates are what must hold of a language; where nothing is set, everything does. What
// is set for the zero Tag holds of the languages that have no key of their own.
type Gates struct {
	Under map[locale.Tag]int      // percent of the words that must be translated
	Days  map[locale.Tag]int      // how long a target may be stale
	On    map[locale.Tag][]string // what must not be there, of Refusals
}

// Refusals are what Gates.On may name: a class of changes stands for that class and
// those that are graver; stale is any; withheld that the edition is; overdue that an
// assignment is; error that checks found one.
var Refusals = []string{"critical", "prose", "split", "merged", "markup", "link", "stale", "withheld", "overdue", "error"}

// Failure is a gate that a language did not pass.
type Failure struct {
	Language locale.Tag
	Gate     string // fail-under, max-stale-days, fail-on
	Text     string // "ko: 50% translated, less than 90%"
}

// Failures are the gates that languages did not pass, in the report's order.
func (g *Gates) Failures(r *Report) (failures []Failure) {
	for i := range r.Languages {
		l := &r.Languages[i]
		fail := func(gate, text string, args ...any) {
			failures = append(failures, Failure{l.Language, gate, fmt.Sprintf("%s: "+text, append([]any{l.Language}, args...)...)})
		}
		if least := of(g.Under, l.Language); l.Percent() < least {
			fail("fail-under", "%d%% translated, less than %d%%", l.Percent(), least)
		}
		stale := l.Staleness()
		if most, set := limit(g.Days, l.Language); set && stale.Days > most {
			fail("max-stale-days", "stale for %d days, more than %d", stale.Days, most)
		}
		for _, what := range of(g.On, l.Language) {
			if text := refused(r, l, what); text != "" {
				fail("fail-on", "%s", text)
			}
		}
	}
	return failures
}

// of is what is set for a language.
func of[T any](set map[locale.Tag]T, tag locale.Tag) T {
	v, _ := limit(set, tag)
	return v
}

func limit[T any](set map[locale.Tag]T, tag locale.Tag) (T, bool) {
	v, ok := set[tag]
	if !ok {
		v, ok = set[locale.Tag{}]
	}
	return v, ok
}

// refused says what is there of what must not be, empty if nothing is.
func refused(r *Report, l *Language, what string) string {
	switch what {
	case "withheld":
		return l.Edition.Why()
	case "overdue":
		n := 0
		for _, row := range r.Articles(l) {
			if row.Assigned.Overdue > 0 {
				n++
			}
		}
		return some(n, "article", "overdue")
	case "error":
		return some(l.Findings.Errors, "finding", "of severity error")
	case "stale":
		return some(l.Staleness().Messages, "message", "stale")
	}
	n := 0
	for _, s := range l.Stale {
		if s.Class == what || review.Graver(what, s.Class) == s.Class {
			n += s.Messages
		}
	}
	words := "stale by a change of class " + what
	if what != review.Critical {
		words += " or graver"
	}
	return some(n, "message", words)
}

// Why says why the edition is withheld, empty if it is not.
func (e *Edition) Why() string {
	switch {
	case e.Failing.Messages > 0:
		return some(e.Failing.Messages, "passage", "that the policy does not let pass")
	case e.Short > 0:
		return some(e.Short, "word", fmt.Sprintf("short of the %d%% from which it is published", e.Least))
	}
	return ""
}

// some is a number of things, empty if there is none.
func some(n int, noun, what string) string {
	switch n {
	case 0:
		return ""
	case 1:
		return "1 " + noun + " " + what
	}
	return fmt.Sprintf("%d %ss %s", n, noun, what)
}
