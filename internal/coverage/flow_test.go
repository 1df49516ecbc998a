package coverage_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"dragoman/internal/catalog"
	"dragoman/internal/coverage"
)

func TestCompare(t *testing.T) {
	edits := map[string]coverage.Ancestor{
		"the short road": {Source: "the long road", Edited: true},
		"half a road":    {Source: "the long road", Edited: true},
		"a [link](new)":  {Source: "a [link](old)"},
	}
	for _, tt := range []struct {
		name          string
		before, after []coverage.Input
		want          []string // event, article, source (previous), words
	}{
		{"nothing", nil, nil, nil},
		{"what is as it was is nothing", one("a.md", "t: road", "u: river"), one("a.md", "t: road", "u: river"), nil},
		{"a translation is work done", one("a.md", "u: the long road"), one("a.md", "t: the long road"), []string{"done a.md the long road 3"}},
		{"so is the look that one needed", one("a.md", "c: road"), one("a.md", "a: road"), []string{"done a.md road 1"}},
		{"approval of a translation is none", one("a.md", "t: road"), one("a.md", "a: road"), nil},
		{"what is new", one("a.md"), one("a.md", "u: a road"), []string{"new a.md a road 2"}},
		{"what is new and translated", nil, one("a.md", "t: a road"), []string{"new a.md a road 2", "done a.md a road 2"}},
		{"what is gone", one("a.md", "t: a road"), one("a.md"), []string{"removed a.md a road 2"}},
		{"an article that is gone", one("a.md", "t: a road"), nil, []string{"removed a.md a road 2"}},
		{
			"an edit makes a translation stale",
			one("a.md", "t: the long road"), one("a.md", "r: the short road"),
			[]string{"stale a.md the short road (the long road) 3"},
		},
		{
			"translating it again is work done",
			one("a.md", "t: the long road"), one("a.md", "t: the short road"),
			[]string{"done a.md the short road (the long road) 3"},
		},
		{
			"an edit that the translation survived is nothing",
			one("a.md", "t: a [link](old)"), one("a.md", "t: a [link](new)"), nil,
		},
		{"an edit of what is not translated is nothing", one("a.md", "u: the long road"), one("a.md", "u: the short road"), nil},
		{"what was stale and is edited again is nothing", one("a.md", "r: the long road"), one("a.md", "r: the short road"), nil},
		{
			"one text that became two is not new",
			one("a.md", "t: the long road"), one("a.md", "c: the short road", "c: half a road"),
			[]string{"stale a.md the short road (the long road) 3", "stale a.md half a road (the long road) 3"},
		},
		{
			"a translation that was taken away",
			one("a.md", "t: the road"), one("a.md", "u: the road"),
			[]string{"stale a.md the road 2"},
		},
		{"typography and white space make no difference", one("a.md", `t: a "road"`), one("a.md", "t: a  “road”"), nil},
		{
			"a text that moved to another article is the same",
			append(one("a.md", "t: the road"), one("b.md", "u: river")...), append(one("a.md"), one("b.md", "u: river", "t: the road")...),
			nil,
		},
		{
			"the same text in two articles is two texts",
			append(one("a.md", "t: road"), one("b.md", "u: road")...), append(one("a.md"), one("b.md", "t: road")...),
			[]string{"removed a.md road 1", "done b.md road 1"},
		},
		{"a text without a letter counts nowhere", one("a.md"), one("a.md", "u: 1948"), nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			flows := coverage.Compare(tt.before, tt.after, func(article string, k catalog.Key) (coverage.Ancestor, bool) {
				a, ok := edits[k.Source]
				return a, ok && article == "a.md"
			})
			var got []string
			for _, f := range flows {
				line := fmt.Sprintf("%s %s %s", f.Event, f.Article, f.Key.Source)
				if f.Previous != "" {
					line += " (" + f.Previous + ")"
				}
				got = append(got, fmt.Sprintf("%s %d", line, f.Words))
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

func one(article string, lines ...string) []coverage.Input {
	return []coverage.Input{input(article, "ko", false, lines...)}
}

// What is left at the end is what was left, and what came in, less what was done
// and what is gone.
func TestCompareAddsUp(t *testing.T) {
	before := one("a.md", "t: one", "u: two", "r: three", "u: four", "t: five", "t: 6")
	after := one("a.md", "r: one", "t: two", "t: three", "u: seven", "t: eight", "t: five")
	m := coverage.Movement{Language: language.Korean, Flows: coverage.Compare(before, after, func(string, catalog.Key) (coverage.Ancestor, bool) {
		return coverage.Ancestor{}, false
	})}
	var got strings.Builder
	for _, e := range coverage.Events {
		fmt.Fprintf(&got, "%s %d ", e, m.Tally(e).Words)
	}
	// Left before: two, three, four; after: one, seven.
	if want := "done 3 stale 1 new 2 removed 1 "; got.String() != want {
		t.Errorf("got %s, want %s", got.String(), want)
	}
}
