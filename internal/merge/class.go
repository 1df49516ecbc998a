package merge

import (
	"fmt"
	"strings"

	"dragoman/internal/locale"
	"dragoman/internal/prose"
	"dragoman/internal/review"
)

// Class is what happened to a message, in one word.
type Class string

// The classes. The first five are about where a message stands, the others
// about how its source differs from the one that was translated.
const (
	New   Class = "new"
	Gone  Class = "gone"  // left its article
	Back  Class = "back"  // an obsolete message whose text is in the article again
	Moved Class = "moved" // within the article, or from another one
	Same  Class = "same"

	Whitespace Class = "whitespace" // kept
	Typography Class = "typography" // kept: quotes, dashes, composed letters
	Prose      Class = "prose"      // words changed: needs rewriting

	Pivoted Class = "pivot" // the source did not change, but the pivot did: needs checking
)

// difference is two sources of one message.
type difference struct {
	old, new string
	language locale.Tag
}

// rule is one line of the table of classes.
type rule struct {
	class Class
	fits  func(d difference) bool
	// prefix begins the kind of the decision that the change makes; it is empty
	// where the translation is kept as it is.
	prefix string
	note   func(d difference) string
}

// rules are tried in this order: each asks for more of a change than those
// before it.
var rules = []rule{
	{class: Same, fits: func(d difference) bool { return d.old == d.new }},
	{class: Whitespace, fits: func(d difference) bool { return unspaced(d.old) == unspaced(d.new) && sameNormal(d) }},
	{class: Typography, fits: sameNormal},
	{class: Prose, fits: func(difference) bool { return true }, prefix: review.StalePrefix, note: changedWords},
}

func classify(d difference) *rule {
	for i := range rules {
		if rules[i].fits(d) {
			return &rules[i]
		}
	}
	panic("merge: the last rule fits everything")
}

func sameNormal(d difference) bool { return prose.Normal(d.old) == prose.Normal(d.new) }

func unspaced(s string) string { return strings.Join(strings.Fields(s), "") }

// changedWords is how many words have to be replaced, put in or taken out,
// "3 words"; characters in languages that do not part words.
func changedWords(d difference) string {
	unit, old, new := "word", strings.Fields(d.old), strings.Fields(d.new)
	if !locale.Spaced(d.language) {
		unit, old, new = "character", strings.Split(d.old, ""), strings.Split(d.new, "")
	}
	n := distance(old, new)
	if n != 1 {
		unit += "s"
	}
	return fmt.Sprintf("%d %s", n, unit)
}

// distanceLimit bounds the table of distance: beyond it, all that lies between
// the first and the last difference counts as changed.
const distanceLimit = 1 << 20

// distance is the edit distance of two sequences.
func distance(a, b []string) int {
	for len(a) > 0 && len(b) > 0 && a[0] == b[0] {
		a, b = a[1:], b[1:]
	}
	for len(a) > 0 && len(b) > 0 && a[len(a)-1] == b[len(b)-1] {
		a, b = a[:len(a)-1], b[:len(b)-1]
	}
	if len(a)*len(b) > distanceLimit || len(a) == 0 || len(b) == 0 {
		return max(len(a), len(b))
	}
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j, y := range b {
			cost := diagonal
			if x != y {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
