package coverage_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"dragoman/internal/coverage"
)

var monday = time.Date(2026, 11, 23, 15, 0, 0, 0, time.UTC)

func stock(lines ...string) *coverage.Stock {
	return coverage.StockOf(file(lines...), language.English, coverage.Count(language.English, nil))
}

func TestChronicle(t *testing.T) {
	type catalogs = map[string]*coverage.Stock
	for _, tt := range []struct {
		name  string
		weeks []catalogs
		want  []string // done, came, left of total
	}{
		{"nothing is no history", []catalogs{nil, nil}, nil},
		{"what a language begins with is nobody's work", []catalogs{{"a": stock("t: one two", "u: three")}}, nil},
		{"so is what it begins with later", []catalogs{nil, {"a": stock("t: one two", "u: three")}}, nil},
		{
			"a translation is work done",
			[]catalogs{{"a": stock("u: one two", "u: three")}, {"a": stock("t: one two", "u: three")}},
			[]string{"2 done, 0 came, 1 left of 3"},
		},
		{
			"what nobody touched is no work",
			[]catalogs{{"a": stock("u: one")}, nil, nil},
			[]string{"0 done, 0 came, 1 left of 1", "0 done, 0 came, 1 left of 1"},
		},
		{
			"a new text comes in, and may be done at once",
			[]catalogs{{"a": stock("t: one")}, {"b": stock("u: two three", "t: four")}},
			[]string{"1 done, 3 came, 2 left of 4"},
		},
		{
			"an edit under a translation comes in",
			[]catalogs{{"a": stock("t: a long road")}, {"a": stock("r: a short road")}},
			[]string{"0 done, 3 came, 3 left of 3"},
		},
		{
			"what leaves counts against what came",
			[]catalogs{{"a": stock("u: a long road", "t: one")}, {"a": stock("t: one")}, {"a": nil}},
			[]string{"0 done, -3 came, 0 left of 1", "0 done, 0 came, 0 left of 0"},
		},
		{
			"a catalog that gets another name is no work",
			[]catalogs{{"a": stock("t: one", "u: two")}, {"a": nil, "b": stock("t: one", "u: two")}},
			[]string{"0 done, 0 came, 1 left of 2"},
		},
		{
			"typography is no work",
			[]catalogs{{"a": stock(`t: a "road"`)}, {"a": stock("t: a “road”")}},
			[]string{"0 done, 0 came, 0 left of 2"},
		},
		{
			"the same text in a second article is",
			[]catalogs{{"a": stock("t: one"), "b": stock("u: one")}, {"a": stock("t: one"), "b": stock("t: one")}},
			[]string{"1 done, 0 came, 0 left of 2"},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			var c coverage.Chronicle
			for i, changed := range tt.weeks {
				c.Week(monday.AddDate(0, 0, 7*i), changed)
			}
			var got []string
			for _, w := range c.Weeks {
				got = append(got, fmt.Sprintf("%d done, %d came, %d left of %d", w.Done, w.Came, w.Left, w.Total))
			}
			if d := cmp.Diff(tt.want, got); d != "" {
				t.Error(d)
			}
		})
	}
}

// weeks makes a trend of what was done in each, and what came in.
func weeks(came int, done ...int) *coverage.Trend {
	t := &coverage.Trend{}
	for _, n := range done {
		t.Weeks = append(t.Weeks, coverage.Week{Done: n, Came: came})
	}
	return t
}

func TestForesee(t *testing.T) {
	for _, tt := range []struct {
		name  string
		trend *coverage.Trend
		left  int
		want  string
	}{
		{"nothing is left", weeks(0, 1, 2, 3, 4), 0, "complete 2.5 0.0 - -"},
		{"nothing is left, and nothing known", weeks(0), 0, "complete 0.0 0.0 - -"},
		{"three weeks tell nothing", weeks(0, 100, 100, 100), 100, "no-history 0.0 0.0 - -"},
		{"a steady pace has one day", weeks(0, 100, 100, 100, 100), 300, "between 100.0 0.0 2026-12-14 2026-12-14"},
		{"the less steady, the wider the range", weeks(0, 50, 150, 50, 150), 300, "between 100.0 0.0 2026-12-06 2027-02-07"},
		{"the more weeks, the narrower", weeks(0, 50, 150, 50, 150, 50, 150, 50, 150), 300, "between 100.0 0.0 2026-12-07 2027-01-06"},
		{"what was done long ago tells nothing", weeks(0, append([]int{5000, 5000}, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100, 100)...), 300, "between 100.0 0.0 2026-12-14 2026-12-14"},
		{"if some weeks are idle, no last day can be told", weeks(0, 0, 0, 0, 400), 4000, "between 100.0 0.0 2027-03-07 -"},
		{"what comes in has to be done too", weeks(50, 100, 100, 100, 100), 300, "between 100.0 50.0 2027-01-04 2027-01-04"},
		{"what leaves is not counted on", weeks(-50, 100, 100, 100, 100), 300, "between 100.0 0.0 2026-12-14 2026-12-14"},
		{"if more comes in than is done it is never complete", weeks(150, 100, 100, 100, 90), 300, "not-at-this-pace 97.5 150.0 - -"},
		{"if nobody translates neither", weeks(0, 0, 0, 0, 0), 300, "not-at-this-pace 0.0 0.0 - -"},
		{"in ten years everything is different", weeks(0, 1, 1, 1, 1), 600, "not-at-this-pace 1.0 0.0 - -"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			tt.trend.Foresee(tt.left, monday)
			f := tt.trend.Forecast
			date := func(d time.Time) string {
				if d.IsZero() {
					return "-"
				}
				return d.Format(time.DateOnly)
			}
			if got := fmt.Sprintf("%s %.1f %.1f %s %s", f.Outlook, f.Pace, f.Coming, date(f.Earliest), date(f.Latest)); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

// The range holds about eight of ten outcomes, whether translators work steadily, in
// bursts, or only now and then.
func TestForecastsComeTrue(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	for name, week := range map[string]func() int{
		"steadily":     func() int { return 200 + random.IntN(200) },
		"in bursts":    func() int { return int(40 * (1 + random.ExpFloat64()*4)) },
		"now and then": func() int { return random.IntN(3) / 2 * 600 },
	} {
		t.Run(strings.ReplaceAll(name, " ", "-"), func(t *testing.T) {
			within, runs := 0, 2000
			for range runs {
				past := &coverage.Trend{}
				for range 4 + random.IntN(23) {
					past.Weeks = append(past.Weeks, coverage.Week{Done: week()})
				}
				left := 1000 + random.IntN(6000)
				past.Foresee(left, monday)
				days := 0
				for words := float64(left); words > 0 && days < 7*520; {
					done := float64(week())
					if done >= words {
						days += int(7 * words / done)
					} else {
						days += 7
					}
					words -= done
				}
				f, end := past.Forecast, monday.Truncate(24*time.Hour).AddDate(0, 0, days)
				if f.Outlook == coverage.Between && !end.Before(f.Earliest.AddDate(0, 0, -1)) && (f.Latest.IsZero() || !end.After(f.Latest)) {
					within++
				}
			}
			share := 100 * within / runs
			t.Logf("%d%% within the range", share)
			if share < 72 || share > 92 {
				t.Errorf("%d%% of the outcomes lie within the range", share)
			}
		})
	}
}
