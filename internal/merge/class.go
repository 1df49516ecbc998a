package merge

import (
	"fmt"
	"slices"
	"strings"

	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/prose"
	"dragoman/internal/review"
)

// Class is what happened to a message, in one word.
type Class string

// The classes. The first five are about where a message stands, the others
// about how its source differs from the one that was translated. Where several
// fit, the gravest counts: critical, prose, split or merged, markup, link,
// typography, whitespace.
const (
	New   Class = "new"
	Gone  Class = "gone"  // left its article
	Back  Class = "back"  // an obsolete message whose text is in the article again
	Moved Class = "moved" // within the article, or from another one
	Same  Class = "same"

	Whitespace Class = "whitespace" // kept
	Pivoted    Class = "pivot"      // the source did not change, but the pivot did: needs checking
	Typography Class = "typography" // kept: quotes, dashes, composed letters, another way to write the same
	Link       Class = "link"       // only where links lead: replaced in the target where that is safe, else needs checking
	Markup     Class = "markup"     // only emphasis, code, tags, notes, ids: needs checking
	Split      Class = "split"      // one text became two: needs checking
	Merged     Class = "merged"     // two texts became one: needs checking
	Prose      Class = "prose"      // words changed, if only their capitals: needs rewriting
	Critical   Class = "critical"   // a negation, a number, a date or a name: needs rewriting, and is never published stale
	Minor      Class = "minor"      // any but critical, of which the author says that it needs no look: kept
)

// Classes are the classes of changes, those first that ask most of a reader of a
// report.
var Classes = []Class{
	Critical, Prose, Split, Merged, Markup, Link, Pivoted, Minor, Typography, Whitespace, Moved, Back, Gone, New, Same,
}

// prefix begins the kind of the decision that a change of that class makes; it is
// empty where the translation is kept as it is.
func (c Class) prefix() string {
	switch c {
	case Critical, Prose:
		return review.StalePrefix
	case Split, Merged, Markup, Link:
		return review.CheckPrefix
	}
	return ""
}

// difference is two sources of one message.
type difference struct {
	old, new string
	kind     markdown.Kind
	language locale.Tag
	names    func(text string) []string // may be nil
}

// finding is the class of a difference, and how much it is, for people: "3 words".
type finding struct {
	class Class
	note  string
}

// classify compares two sources.
func classify(d difference) finding {
	switch {
	case d.old == d.new:
		return finding{Same, ""}
	case prose.Normal(d.old) != prose.Normal(d.new):
		return d.compare()
	case unspaced(d.old) == unspaced(d.new):
		return finding{Whitespace, ""}
	}
	return finding{Typography, ""}
}

func unspaced(s string) string { return strings.Join(strings.Fields(s), "") }

// compare tells what an edit touched: the words, the marks or the links.
func (d difference) compare() finding {
	a, b := markdown.PartsOf(d.kind, d.old), markdown.PartsOf(d.kind, d.new)
	was, is := prose.Normal(a.Words), prose.Normal(b.Words)
	switch {
	case was != is:
		size := d.changedWords(was, is)
		if what := d.critical(was, is); what != "" {
			return finding{Critical, what + ", " + size}
		}
		if strings.EqualFold(was, is) {
			size += ", capitals"
		}
		return finding{Prose, size}
	case prose.Normal(a.Shape) != prose.Normal(b.Shape):
		return finding{Markup, ""}
	case !slices.Equal(a.Links, b.Links):
		return finding{Link, ""}
	}
	return finding{Typography, ""}
}

// changedWords is how many words have to be replaced, put in or taken out,
// "3 words"; characters in languages that do not part words.
func (d difference) changedWords(was, is string) string {
	unit := "word"
	if !locale.Spaced(d.language) {
		unit = "character"
	}
	n := prose.Changed(was, is)
	if n != 1 {
		unit += "s"
	}
	return fmt.Sprintf("%d %s", n, unit)
}

// critical is what changed in the words that turns what they say around: names,
// numbers and dates, negations; it is empty if nothing did.
func (d difference) critical(was, is string) string {
	var what []string
	if d.names != nil {
		if change := exchanged(d.names(was), d.names(is)); change != "" {
			what = append(what, "name "+change)
		}
	}
	if change := d.figures(was, is); change != "" {
		what = append(what, "number "+change)
	}
	if prose.Negations(was, d.language) != prose.Negations(is, d.language) {
		what = append(what, "negation")
	}
	return strings.Join(what, ", ")
}

// figures tells which numbers changed. The same numbers in another order count as
// changed if nothing else did: 3 of 4 is not 4 of 3.
func (d difference) figures(was, is string) string {
	a, restA := prose.Figures(was, d.language)
	b, restB := prose.Figures(is, d.language)
	text := map[string]string{}
	for _, f := range slices.Concat(a, b) {
		text[f.Value] = f.Text
	}
	valuesA, valuesB := valuesOf(a), valuesOf(b)
	lost, came := without(valuesA, valuesB), without(valuesB, valuesA)
	if len(lost) == 0 && len(came) == 0 && restA == restB {
		for i := range valuesA {
			if valuesA[i] != valuesB[i] {
				lost, came = append(lost, valuesA[i]), append(came, valuesB[i])
			}
		}
	}
	for _, values := range [][]string{lost, came} {
		for i, v := range values {
			values[i] = text[v]
		}
	}
	return arrow(lost, came)
}

func valuesOf(figures []prose.Figure) []string {
	values := make([]string, len(figures))
	for i, f := range figures {
		values[i] = f.Value
	}
	return values
}

// exchanged tells which of two sets are not in the other.
func exchanged(was, is []string) string {
	in := func(set []string) func(string) bool {
		return func(s string) bool { return slices.Contains(set, s) }
	}
	return arrow(slices.DeleteFunc(slices.Clone(was), in(is)), slices.DeleteFunc(slices.Clone(is), in(was)))
}

// without is what is left of a list when each item of another is taken off once.
func without(list, other []string) []string {
	counts := make(map[string]int, len(other))
	for _, s := range other {
		counts[s]++
	}
	var left []string
	for _, s := range list {
		if counts[s]--; counts[s] < 0 {
			left = append(left, s)
		}
	}
	return left
}

// told is how many of the things that changed a note names.
const told = 3

// arrow tells what was and what is: "3 → 4".
func arrow(was, is []string) string {
	if len(was)+len(is) == 0 {
		return ""
	}
	return some(was) + " → " + some(is)
}

func some(list []string) string {
	if len(list) == 0 {
		return "none"
	}
	text := strings.Join(list[:min(told, len(list))], " ")
	if len(list) > told {
		text += " …"
	}
	return text
}
