package project

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"
	"time"
)

func TestTheLastCommitOfAWeekIsLookedAt(t *testing.T) {
	now := time.Unix(7*86400*100, 0).UTC()
	log := func(weeksAgo ...float64) string {
		var b strings.Builder
		for i, w := range weeksAgo {
			fmt.Fprintf(&b, "\x01c%d %d\n", i, now.Add(-time.Duration(w*7*24*float64(time.Hour))).Unix())
		}
		return b.String()
	}
	for _, c := range []struct {
		name, out string
		want      []string
	}{
		{"nothing", "", nil},
		{"what is of this week is on disk", log(0.5), nil},
		{"of two in a week the later", log(0.5, 1.2, 1.4), []string{"c1"}},
		{"a week without a commit ends as it began", log(1.5, 3.5), []string{"c1", "c1", "c0"}},
		{"more than half a year", log(slices.Repeat([]float64{30}, 1)...), slices.Repeat([]string{"c0"}, weeksBack)},
		{"what is no line of it", "what?\n" + log(1), []string{"c0"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := lastOfWeeks(c.out, now)
			if !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestChangedCatalogsAreReadByTheirPlaces(t *testing.T) {
	tree := &Tree{Config: Config{Content: "content", Locales: "locales"}}
	for _, c := range []struct {
		name, out string
		want      map[string]string
	}{
		{"nothing", "", nil},
		{"an edit", ":100644 100644 b1 b2 M\x00locales/ko/a.po\x00", map[string]string{"locales/ko/a.po": "b2"}},
		{"what was deleted is gone", ":100644 000000 b1 0000 D\x00locales/ko/a.po\x00", map[string]string{"locales/ko/a.po": ""}},
		{"what became a link is gone", ":100644 120000 b1 b2 T\x00locales/ko/a.po\x00", map[string]string{"locales/ko/a.po": ""}},
		{"what is no catalog", ":100644 100644 b1 b2 M\x00locales/ko/decisions.tsv\x00", nil},
		{"what is cut short", ":100644 1", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := tree.changedOf([]byte(c.out)); !maps.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func FuzzChangedCatalogs(f *testing.F) {
	tree := &Tree{Config: Config{Content: "content", Locales: "locales"}}
	f.Add(":100644 100644 b1 b2 M\x00locales/ko/a.po\x00")
	f.Add(":100644 000000 b1 0000 D\x00locales/ko/a.po")
	f.Fuzz(func(t *testing.T, out string) {
		for name := range tree.changedOf([]byte(out)) {
			if !strings.Contains(out, "\x00"+name) {
				t.Errorf("%q is not in %q", name, out)
			}
		}
	})
}
