package coverage_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"dragoman/internal/catalog"
	"dragoman/internal/coverage"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/review"
)

var today = time.Date(2026, 12, 31, 15, 0, 0, 0, time.UTC)

// desk is a language's catalogs in the making.
type desk struct {
	inputs    []coverage.Input
	decisions review.Decisions
}

// add puts a message into the article's catalog, and gives it.
func (d *desk) add(article, source, target string) *catalog.Message {
	m := &catalog.Message{Entry: catalog.Entry{Key: catalog.Key{Source: source}, Target: target}}
	n := len(d.inputs)
	if n == 0 || d.inputs[n-1].Article != article {
		d.inputs = append(d.inputs, coverage.Input{
			Article: article, Source: language.English, Language: language.Korean, File: &catalog.File{Path: article + ".po"},
		})
		n++
	}
	f := d.inputs[n-1].File
	f.Messages = append(f.Messages, m)
	return m
}

// stale puts a message into the catalog that a change of that class left behind.
func (d *desk) stale(article, previous, source, kind string, days int) *catalog.Message {
	m := d.add(article, source, "옛 글")
	m.Fuzzy, m.Previous.Source = true, previous
	if kind != "" {
		d.decisions.Append(review.Decision{Key: review.SourceKey(m), Kind: kind, By: review.Nobody, Date: today.AddDate(0, 0, -days)})
	}
	return m
}

// draft puts a message into the catalog that the memory has offered something for.
func (d *desk) draft(article, source, note string) {
	m := d.add(article, source, "초안")
	m.Fuzzy = true
	d.decisions.Append(review.Decision{Key: review.PairKey(m), Kind: review.DraftPrefix + "memory", By: review.Nobody, Date: today, Note: note})
}

func (d *desk) measure(o coverage.Options) coverage.Report {
	for i := range d.inputs {
		d.inputs[i].Decisions = &d.decisions
		review.Apply(d.inputs[i].File, &d.decisions)
	}
	if o.Today.IsZero() {
		o.Today = today
	}
	return coverage.Measure(d.inputs, o)
}

func TestEveryMessageIsInOneBand(t *testing.T) {
	const long = "The road to the border is long and the night is cold in this town."
	for _, tt := range []struct {
		name   string
		make   func(d *desk)
		want   string // bands that have words, and the effort
		effort float64
	}{
		{"what is not translated is new", func(d *desk) { d.add("a.md", "The road", "") }, "new 2", 2},
		{"what is translated is there in its place", func(d *desk) { d.add("a.md", "The road", "길") }, "context 2", 0},
		{"a text that is to be translated twice is so once", func(d *desk) { d.add("a.md", "The road", ""); d.add("b.md", "The road", "") }, "new 2, repetition 2", 2},
		{"a text that is translated elsewhere is no repetition", func(d *desk) { d.add("a.md", "The road", "길"); d.add("b.md", "The road", "") }, "new 2, context 2", 2},
		{"an offer is worth what extract recorded", func(d *desk) { d.draft("a.md", "The road", "match 82") }, "75-84 2", 1.2},
		{"an offer of the same text", func(d *desk) { d.draft("a.md", "The road", "match 100") }, "100 2", .2},
		{"an offer on the border of bands", func(d *desk) { d.draft("a.md", "The road", "match 85") }, "85-94 2", .8},
		{"an offer below half", func(d *desk) { d.draft("a.md", "The road", "match 49") }, "new 2", 2},
		{"an offer of which nobody knows what it is worth", func(d *desk) { d.draft("a.md", "The road", "") }, "new 2", 2},
		{"an offer with a figure that is none", func(d *desk) { d.draft("a.md", "The road", "match 820") }, "new 2", 2},
		{"a stale text is worth what is as it was", func(d *desk) {
			d.stale("a.md", strings.Replace(long, "cold", "warm", 1), long, "stale:prose", 1)
		}, "85-94 15", 6},
		{"another text is new", func(d *desk) { d.stale("a.md", "Ask at the desk.", long, "stale:prose", 1) }, "new 15", 15},
		{"a text that is only to be read again", func(d *desk) { d.stale("a.md", "", "The road", "check:adopted", 1) }, "100 2", .2},
		{"a fuzzy text that nobody knows anything of", func(d *desk) { d.stale("a.md", "", "The road", "", 0) }, "new 2", 2},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var d desk
			tt.make(&d)
			r := d.measure(coverage.Options{})
			var got []string
			words := 0
			for b, tally := range r.Total.Bands {
				words += tally.Words
				if tally.Words > 0 {
					got = append(got, fmt.Sprintf("%s %d", coverage.Band(b), tally.Words))
				}
			}
			if got := strings.Join(got, ", "); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
			if diff := r.Total.Effort - tt.effort; diff < -1e-9 || diff > 1e-9 {
				t.Errorf("effort %v, want %v", r.Total.Effort, tt.effort)
			}
			if total := r.Total.Total(); total.Words != words {
				t.Errorf("%d words in bands, %d in all", words, total.Words)
			}
		})
	}
}

func TestWeightsAreTheWorkspaces(t *testing.T) {
	var d desk
	d.add("a.md", "The road", "")
	if r := d.measure(coverage.Options{Weights: &coverage.Weights{coverage.New: 2.5}}); r.Total.Effort != 5 || r.Weights[coverage.New] != 2.5 {
		t.Errorf("effort %v by %v", r.Total.Effort, r.Weights)
	}
}

func TestStalenessByClassAndAge(t *testing.T) {
	var d desk
	d.stale("a.md", "The road is long.", "The road is short.", "stale:prose", 3)
	d.stale("a.md", "The night is *cold*.", "The night is cold.", "check:markup", 50)
	d.stale("b.md", "Ask at the desk.", "Ask at the door.", "stale:prose", 41)
	d.stale("b.md", "It is safe.", "It is not safe.", "stale:critical", 0)
	d.stale("b.md", "", "Nobody knows.", "", 0)
	d.add("b.md", "The road", "길")
	r := d.measure(coverage.Options{})
	var got []string
	for _, s := range r.Total.Stale {
		got = append(got, fmt.Sprintf("%s %d/%d changed %d oldest %d", s.Class, s.Messages, s.Words, s.Changed, s.Days))
	}
	want := []string{"critical 1/4 changed 1 oldest 0", "prose 2/8 changed 2 oldest 41", "markup 1/4 changed 1 oldest 50", " 1/2 changed 0 oldest 0"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
	if all := r.Total.Staleness(); all.Messages != 5 || all.Days != 50 || all.Oldest != time.Date(2026, 11, 11, 0, 0, 0, 0, time.UTC) {
		t.Errorf("got %+v", all)
	}
}

func TestTargetsAreCountedInCharactersAndInKoreanEojeol(t *testing.T) {
	var d desk
	d.add("a.md", "See **the map** of [UNHCR](https://example.org/map).", "[UNHCR](https://example.org/map)의 **지도**를 보라 (1989).")
	m := d.add("a.md", "%d roads", "길 하나")
	m.Forms = []string{"길 둘"}
	d.add("a.md", "The sea", "")
	r := d.measure(coverage.Options{})
	// UNHCR의 지도를 보라 (1989). / 길 하나 / 길 둘
	if got := r.Total.States[catalog.Translated]; got.Characters != 18+3+2 || got.Eojeol != 4+2+2 {
		t.Errorf("got %+v", got)
	}
	d.inputs[0].Language = language.Japanese
	if got := d.measure(coverage.Options{}).Total.States[catalog.Translated]; got.Characters != 23 || got.Eojeol != 0 {
		t.Errorf("in Japanese %+v", got)
	}
}

func TestEditions(t *testing.T) {
	for _, tt := range []struct {
		name   string
		policy review.Policy
		least  int
		broken bool // a check found an error in the translated message
		want   string
	}{
		{"what lacks is shown in the source language", review.Policy{}, 0, false, "show 2/5, source 2/7; work: needs-rewriting critical source, needs-rewriting prose show"},
		{"a policy that fails", review.Policy{Untranslated: review.Fail}, 0, false, "show 2/5, source 1/4, fail 1/3; 1 passage that the policy does not let pass; work: untranslated  fail, needs-rewriting critical source, needs-rewriting prose show"},
		{"a policy that omits", review.Policy{Stale: review.Omit}, 0, false, "show 1/2, source 1/3, omit 2/7; omitted a.md; work: needs-rewriting critical omit, needs-rewriting prose omit"},
		{"a policy that goes back", review.Policy{Stale: review.LastGood}, 0, false, "show 1/2, source 1/3, last-good 2/7; earlier a.md; work: needs-rewriting critical last-good, needs-rewriting prose last-good"},
		{"a policy that asks for approval", review.Policy{Unapproved: review.Source}, 0, false, "show 1/3, source 3/9; work: needs-rewriting critical source, needs-rewriting prose show"},
		{"a passage with an error", review.Policy{}, 0, true, "show 1/3, source 3/9; work: needs-rewriting critical source, needs-rewriting prose show, translated  source"},
		{"too little is translated", review.Policy{}, 50, false, "show 2/5, source 2/7; 4 words short of the 50% from which it is published; work: needs-rewriting critical source, needs-rewriting prose show, untranslated  source"},
		{"enough is translated", review.Policy{}, 16, false, "show 2/5, source 2/7; work: needs-rewriting critical source, needs-rewriting prose show"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var d desk
			d.add("a.md", "The road", "길")
			d.add("a.md", "Ask the guide", "")
			d.stale("a.md", "It was safe", "It is safe", "stale:prose", 2)
			d.stale("a.md", "It is cold", "It is not cold", "stale:critical", 1)
			d.inputs[0].Policy, d.inputs[0].AsOf = tt.policy, today
			if tt.broken {
				d.inputs[0].Findings = diag.List{{Severity: diag.Error, Key: catalog.Key{Source: "The road"}}, {Severity: diag.Warning}}
			}
			r := d.measure(coverage.Options{Least: map[locale.Tag]int{language.Korean: tt.least}})
			if got := described(&r.Languages[0]); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

// described is what becomes of an edition, and the work, in short.
func described(l *coverage.Language) string {
	var actions, work []string
	for a, t := range l.Actions {
		if t.Messages > 0 {
			actions = append(actions, fmt.Sprintf("%s %d/%d", review.Action(a), t.Messages, t.Words))
		}
	}
	for _, w := range l.Work {
		work = append(work, fmt.Sprintf("%s %s %s", w.State, w.Class, w.Action))
	}
	parts := []string{strings.Join(actions, ", ")}
	if why := l.Edition.Why(); why != "" {
		parts = append(parts, why)
	}
	for _, a := range l.Edition.Omitted {
		parts = append(parts, "omitted "+a)
	}
	for _, a := range l.Edition.Earlier {
		parts = append(parts, "earlier "+a)
	}
	return strings.Join(append(parts, "work: "+strings.Join(work, ", ")), "; ")
}

func TestWorkComesInTheOrderInWhichItIsBestDone(t *testing.T) {
	var d desk
	d.add("a.md", "Not begun", "")
	d.stale("a.md", "Old", "Newer one", "stale:prose", 2)
	d.stale("b.md", "Old", "Older one", "stale:prose", 30)
	d.stale("b.md", "Old", "Critical one", "stale:critical", 1)
	d.stale("c.md", "Old", "Prior one", "check:markup", 0)
	d.inputs[2].Priority = 1
	d.stale("d.md", "Old", "Withheld one", "check:link", 0)
	d.inputs[3].Policy.Stale = review.Omit
	r := d.measure(coverage.Options{All: true})
	var got []string
	for _, w := range r.Languages[0].Work {
		got = append(got, w.Key.Source)
	}
	want := []string{"Withheld one", "Prior one", "Critical one", "Older one", "Newer one", "Not begun"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestPriorityWeighsTotals(t *testing.T) {
	for _, tt := range []struct {
		name       string
		a, b, want int // priorities of an article of 1 word that is done, and one of 1 that is not
	}{
		{"without priorities it is the percentage", 0, 0, 50},
		{"one of priority 1 weighs as much as two", 1, 0, 66},
		{"one of priority 2 as much as three", 0, 2, 25},
		{"one below 0 does not count", 0, -1, 100},
		{"one far below 0 neither", -7, 0, 0},
		{"no priority is beyond reckoning", 1 << 60, 0, 99},
		{"nothing that counts is complete", -1, -1, 100},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var d desk
			d.add("a.md", "One", "하나")
			d.add("b.md", "Two", "")
			d.inputs[0].Priority, d.inputs[1].Priority = tt.a, tt.b
			r := d.measure(coverage.Options{})
			if got := r.Total.Weighted(); got != tt.want || r.Total.Percent() != 50 {
				t.Errorf("got %d%%, want %d%%; unweighted %d%%", got, tt.want, r.Total.Percent())
			}
			if r.Prioritized() != (tt.a != 0 || tt.b != 0) {
				t.Errorf("prioritized: %v", r.Prioritized())
			}
		})
	}
}

func TestAssignmentsAreOverdueAfterTheirDay(t *testing.T) {
	for _, tt := range []struct {
		name   string
		due    time.Time
		target string
		want   int
	}{
		{"on the day itself it is not", today, "", 0},
		{"the day after it is", today.AddDate(0, 0, -1), "", 1},
		{"what is done is not", today.AddDate(0, 0, -9), "길", 0},
		{"without a day it never is", time.Time{}, "", 0},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var d desk
			d.add("a.md", "The road", tt.target)
			d.inputs[0].Assigned = coverage.Assignment{To: "wren", Due: tt.due}
			r := d.measure(coverage.Options{})
			if got := r.Rows[0].Assigned; got.Overdue != tt.want || got.To != "wren" {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestGates(t *testing.T) {
	ko, all := language.Korean, locale.Tag{}
	on := func(what ...string) coverage.Gates { return coverage.Gates{On: map[locale.Tag][]string{all: what}} }
	for _, tt := range []struct {
		name  string
		gates coverage.Gates
		want  string
	}{
		{"nothing is asked", coverage.Gates{}, ""},
		{"as much as there is", coverage.Gates{Under: map[locale.Tag]int{all: 25}}, ""},
		{"more than there is", coverage.Gates{Under: map[locale.Tag]int{all: 26}}, "ko: 25% translated, less than 26%"},
		{"what is asked of one counts before what is asked of all", coverage.Gates{Under: map[locale.Tag]int{all: 100, ko: 0}}, ""},
		{"of another language", coverage.Gates{Under: map[locale.Tag]int{language.Japanese: 100}}, ""},
		{"as old as it may be", coverage.Gates{Days: map[locale.Tag]int{all: 41}}, ""},
		{"older than it may be", coverage.Gates{Days: map[locale.Tag]int{ko: 40}}, "ko: stale for 41 days, more than 40"},
		{"no day is a limit too", coverage.Gates{Days: map[locale.Tag]int{all: 0}}, "ko: stale for 41 days, more than 0"},
		{"nothing critical", on("critical"), ""},
		{"the class itself", on("prose"), "ko: 1 message stale by a change of class prose or graver"},
		{"a class and those that are graver", on("markup"), "ko: 2 messages stale by a change of class markup or graver"},
		{"everything stale", on("stale"), "ko: 3 messages stale"},
		{"an edition that is withheld", on("withheld"), "ko: 7 words short of the 80% from which it is published"},
		{"what is overdue", on("overdue"), "ko: 1 article overdue"},
		{"an error of a check", on("error"), "ko: 1 finding of severity error"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var d desk
			d.add("a.md", "The road is", "길")
			d.stale("a.md", "The sea", "The river", "stale:prose", 41)
			d.stale("a.md", "The *guide*", "The guide", "check:markup", 2)
			d.stale("a.md", "", "The guides", "", 0)
			d.add("a.md", "Ask them now", "")
			d.inputs[0].Assigned = coverage.Assignment{To: "wren", Due: today.AddDate(0, 0, -3)}
			d.inputs[0].Findings = diag.List{{Severity: diag.Error, Key: catalog.Key{Source: "Nothing of it"}}}
			r := d.measure(coverage.Options{Least: map[locale.Tag]int{ko: 80}})
			var got []string
			for _, f := range tt.gates.Failures(&r) {
				got = append(got, f.Text)
			}
			if got := strings.Join(got, "\n"); got != tt.want {
				t.Errorf("got %q", got)
			}
		})
	}
}
