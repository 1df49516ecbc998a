package report_test

import (
	"strings"
	"testing"
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/coverage"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/report"
	"dragoman/internal/words"
	"dragoman/locales"
)

func day(d int) time.Time { return time.Date(2026, 11, d, 0, 0, 0, 0, time.UTC) }

var korean, _ = locale.Parse("ko")

func staleRoad() coverage.Item {
	return coverage.Item{
		Article: "road.md", Language: korean, Days: 4,
		Open: coverage.Open{
			Key: catalog.Key{Source: "The road is short."}, Previous: "The road is long.", Target: []string{"길은 멀다."},
			State: catalog.NeedsRewriting, Class: "prose", What: "1 word", Since: day(20), Pos: diag.Pos{Path: "locales/ko/road.po", Line: 12, Column: 1},
		},
	}
}

func TestDiffMarksWhatChanged(t *testing.T) {
	for _, c := range []struct {
		name   string
		change func(*coverage.Item)
		o      report.Options
		want   string
	}{
		{"by brackets", func(*coverage.Item) {}, report.Options{}, `ko  road.md
  locales/ko/road.po:12:1: needs rewriting: prose, 1 word; since 2026-11-20, 4 days
    The road is [-long-]{+short+}.
    길은 멀다.
1 translation to look at
`},
		{"by colours", func(*coverage.Item) {}, report.Options{Color: true}, `ko  road.md
  locales/ko/road.po:12:1: needs rewriting: prose, 1 word; since 2026-11-20, 4 days
    The road is ` + "\x1b[31;9mlong\x1b[0m\x1b[32;4mshort\x1b[0m" + `.
    길은 멀다.
1 translation to look at
`},
		{"nobody knows what or why", func(s *coverage.Item) {
			s.Previous, s.Class, s.What, s.Since, s.State = "", "", "", time.Time{}, catalog.NeedsChecking
		}, report.Options{}, `ko  road.md
  locales/ko/road.po:12:1: needs checking: nothing says why
    The road is short.
    길은 멀다.
1 translation to look at
`},
		{"an article that was edited since", func(s *coverage.Item) { s.Behind, s.Pos.Line = true, 0 }, report.Options{}, `ko  road.md *
  locales/ko/road.po: needs rewriting: prose, 1 word; since 2026-11-20, 4 days
    The road is [-long-]{+short+}.
    길은 멀다.
1 translation to look at
* edited since its catalog was written: run dragoman extract
`},
		{"what would change the terminal is escaped", func(s *coverage.Item) {
			s.Key.Source, s.Target = "The road is \x1b[2Jshort.", []string{"길은\x07"}
		}, report.Options{}, `ko  road.md
  locales/ko/road.po:12:1: needs rewriting: prose, 1 word; since 2026-11-20, 4 days
    The road is [-long-]{+\x1b[2Jshort+}.
    길은\x07
1 translation to look at
`},
	} {
		t.Run(c.name, func(t *testing.T) {
			s := staleRoad()
			c.change(&s)
			if got := report.Diff([]coverage.Item{s}, c.o); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestDiffPageSaysTheReasonInItsLanguage(t *testing.T) {
	bundle, found := words.Load(locales.UI)
	if found.HasErrors() {
		t.Fatal(found)
	}
	classes := []string{"prose", "critical", "markup", "link", "split", "merged", "pivot", ""}
	for _, name := range []string{"en", "ko", "zh-Hans", "zh-Hant"} {
		tag, err := locale.Parse(name)
		if err != nil {
			t.Fatal(err)
		}
		seen := map[string]string{}
		for _, class := range classes {
			s := staleRoad()
			s.Class = class
			page := string(report.DiffHTML([]coverage.Item{s}, report.Page{Words: bundle.For(tag), Source: locale.Tag{}}))
			_, rest, _ := strings.Cut(page, `<p class="reason"><span`)
			_, rest, _ = strings.Cut(rest, ">")
			reason, _, _ := strings.Cut(rest, "</span>")
			if other, twice := seen[reason]; twice || strings.HasPrefix(reason, "change-") || reason == class {
				t.Errorf("%s: the reason of %q is %q, as that of %q", name, class, reason, other)
			}
			seen[reason] = class
		}
	}
}

func TestDiffPageEscapesWhatTextsContain(t *testing.T) {
	bundle, _ := words.Load(locales.UI)
	s := staleRoad()
	s.Key.Source, s.Previous, s.Target = "<script>a</script> now", "<script>a</script>", []string{"<img src=x>"}
	s.Article, s.Class = "<b>.md", "<i>"
	page := string(report.DiffHTML([]coverage.Item{s}, report.Page{Words: bundle.For(korean), Title: "<u>"}))
	for _, hostile := range []string{"<script>a", "<img", "<b>", "<i>", "<u>"} {
		if strings.Contains(page, hostile) {
			t.Errorf("the page has %s", hostile)
		}
	}
	if want := "&lt;script&gt;a&lt;/script&gt;<ins> now</ins>"; !strings.Contains(page, want) {
		t.Errorf("the page lacks %s", want)
	}
}
