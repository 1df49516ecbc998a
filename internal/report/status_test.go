package report_test

import (
	"fmt"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"

	"dragoman/internal/catalog"
	"dragoman/internal/coverage"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/report"
	"dragoman/internal/review"
	"dragoman/internal/words"
	"dragoman/locales"
)

var today = time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC)

// messagesOf makes an input of messages, each written "state: source"; before a bar
// stands the source that the target is of.
func messagesOf(article string, tag locale.Tag, lines ...string) coverage.Input {
	f := &catalog.File{Path: "locales/" + tag.String() + "/" + strings.TrimSuffix(article, ".md") + ".po", Language: tag}
	for i, line := range lines {
		state, source, _ := strings.Cut(line, ": ")
		m := &catalog.Message{State: map[string]catalog.State{
			"u": catalog.Untranslated, "r": catalog.NeedsRewriting, "c": catalog.NeedsChecking, "t": catalog.Translated,
		}[state]}
		if previous, now, ok := strings.Cut(source, " | "); ok {
			m.Previous.Source, source = previous, now
		}
		m.Fuzzy = state == "r" || state == "c"
		m.Source, m.Pos = source, diag.Pos{Path: f.Path, Line: i + 1, Column: 1}
		if state != "u" {
			m.Target = "길 <b>" + fmt.Sprint(i)
		}
		f.Messages = append(f.Messages, m)
	}
	return coverage.Input{Article: article, Source: language.English, Language: tag, File: f}
}

func pageIn(t *testing.T, reader string, r coverage.Report, trends []coverage.Trend) string {
	t.Helper()
	bundle, found := words.Load(locales.UI)
	if found.HasErrors() {
		t.Fatal(found)
	}
	p := report.Page{Words: bundle.For(language.MustParse(reader)), Source: language.English, Title: "Roads"}
	s := report.Standing{Counts: r, Trends: trends}
	return string(s.HTML(p))
}

func TestStatusPage(t *testing.T) {
	ko, ja := language.Korean, language.Japanese
	measure := func(in ...coverage.Input) coverage.Report {
		return coverage.Measure(in, coverage.Options{Today: today})
	}
	edited := messagesOf("road.md", ko, "r: The road is long. | The road is short.", "t: One two three.", "u: Four five six.")
	decisions, _ := review.Parse("d", []byte(review.SourceKey(edited.File.Messages[0])+"\tstale:critical\t-\t2026-11-20\t1 word\n"))
	edited.Decisions = decisions
	stopped := messagesOf("road.md", ko, "u: One two three.")
	stopped.Policy.Untranslated = review.Fail
	due := messagesOf("road.md", ko, "u: One two three.")
	due.Assigned = coverage.Assignment{To: "magpie", Due: today.AddDate(0, 0, -3)}
	many := []string{}
	for i := range 1100 {
		many = append(many, fmt.Sprintf("c: Word %c%d.", 'a'+i%26, i))
	}
	for _, c := range []struct {
		name   string
		reader string
		report coverage.Report
		trends []coverage.Trend
		want   []string
		lacks  []string
	}{
		{
			"nothing to translate", "en", measure(), nil,
			[]string{"<title>Translation status – Roads</title>", "As of November 24, 2026"},
			[]string{"<table", "<h2"},
		},
		{
			"it is in the reader's language", "ko", measure(edited), nil,
			[]string{`<html lang="ko" dir="ltr">`, "번역 현황", "2026년 11월 24일 기준"},
			[]string{"Translat"},
		},
		{"a language that runs the other way", "ar", measure(edited), nil, []string{`<html lang="ar" dir="rtl">`}, nil},
		{
			"how far a language is", "en", measure(edited), nil,
			[]string{
				`<td>30%</td><td>7</td><td>4</td><td>4 days ago</td>`,
				`<rect class="translated" x="0.0" width="300.0" height="10"/>`,
				`<span class="key untranslated"></span>Not translated</th><td>1</td><td>3</td>`,
				`<th scope="row" class="critical">A number, a date, a name or a “not” changed</th><td>1</td><td>4</td><td>4 days ago</td>`,
			},
			[]string{"Expected completion", "Machine draft"},
		},
		{
			"what changed under a translation", "en", measure(edited), nil,
			[]string{
				"Needs rewriting · <span class=\"critical\">A number", "November 20, 2026 · 4 days ago",
				`<dd class="text" lang="en" dir="ltr">The road is <del>long</del><ins>short</ins>.</dd>`,
				`<dd class="text" lang="ko" dir="ltr">길 &lt;b&gt;0</dd>`, "locales/ko/road.po:1:1",
			},
			nil,
		},
		{
			"the map tells by numbers and a mark, not by colour alone", "en",
			measure(edited, messagesOf("road.md", ja, "t: One two three."), messagesOf("sea.md", ja), messagesOf("sea.md", ko, "u: One.")), nil,
			[]string{`<bdi>road</bdi></th><td class="h4">100</td><td class="h1">30 !</td>`, `<bdi>sea</bdi></th><td class="">–</td><td class="h0">0</td>`},
			nil,
		},
		{
			"what keeps an edition from being made", "en", measure(stopped), nil,
			[]string{`<p class="late">The edition cannot be made. Passages in the way: 1</p>`, `<p class="late">Keeps the edition from being made</p>`},
			nil,
		},
		{
			"who owes what, and since when", "en", measure(due), nil,
			[]string{`<td class="words">magpie</td><td class="words">November 21, 2026 <strong class="late">overdue</strong></td>`},
			nil,
		},
		{"without assignments there is no column of them", "en", measure(edited), nil, nil, []string{"Assigned"}},
		{
			"of much work there is what comes first, and how much more", "en", measure(messagesOf("road.md", ko, many...)), nil,
			[]string{"<summary>1,000 of 1,100 shown</summary>"},
			nil,
		},
		{
			"how fast it goes", "en", measure(edited),
			[]coverage.Trend{{Language: ko, Weeks: []coverage.Week{
				{End: today.AddDate(0, 0, -7), Done: 1200, Left: 30, Total: 1230}, {End: today, Done: 300, Came: 20, Left: 8, Total: 1250},
			}, Forecast: coverage.Forecast{Outlook: coverage.Between, Earliest: today.AddDate(0, 0, 7), Latest: today.AddDate(0, 0, 14)}}},
			[]string{
				`<td class="words">Between December 1, 2026 and December 8, 2026</td>`,
				"From November 17, 2026 to November 24, 2026. The most, 1,200, were in the week to November 17, 2026.",
				`<rect x="32.0" y="0.0" width="256.0" height="100.0"/>`, `<rect x="352.0" y="75.0" width="256.0" height="25.0"/>`,
				`<tr><th scope="row">November 24, 2026</th><td>300</td><td>20</td><td>8</td></tr>`,
			},
			nil,
		},
		{
			"without history it says so", "en", measure(edited),
			[]coverage.Trend{{Language: ko, Forecast: coverage.Forecast{Outlook: coverage.NoHistory}}},
			[]string{`<td class="words">No forecast yet: 0 of 4 weeks known</td>`},
			[]string{`class="chart"`},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			page := pageIn(t, c.reader, c.report, c.trends)
			for _, want := range c.want {
				if !strings.Contains(page, want) {
					t.Errorf("the page lacks %s", want)
				}
			}
			for _, lacks := range c.lacks {
				if strings.Contains(page, lacks) {
					t.Errorf("the page has %s", lacks)
				}
			}
			if t.Failed() {
				t.Log(page)
			}
		})
	}
}

// Everything that a page shows comes from files that others wrote.
func TestStatusPageEscapesWhatItShows(t *testing.T) {
	const hostile = `"'><script>alert(1)</script><img src=x onerror=alert(1)> {{7}} </style></svg>`
	in := messagesOf(hostile+".md", language.Korean, "r: old "+hostile+" | new "+hostile, "c: "+hostile+" now")
	in.Findings = diag.List{{Key: in.File.Messages[0].Key, Code: hostile, Text: hostile, Hint: hostile}}
	in.Assigned = coverage.Assignment{To: hostile, Due: today}
	in.File.Messages[0].Pos.Path = hostile
	in.File.Messages[0].Target = hostile
	in.Decisions, _ = review.Parse("d", []byte(review.SourceKey(in.File.Messages[1])+"\tcheck:"+hostile+"\t-\t2026-11-20\t"+hostile+"\n"))
	r := coverage.Measure([]coverage.Input{in}, coverage.Options{Today: today})
	page := pageIn(t, "en", r, nil)
	if n := strings.Count(page, "alert(1)"); n < 10 {
		t.Errorf("only %d of the hostile texts are shown", n)
	}
	for _, tag := range regexp.MustCompile(`<[^>]*`).FindAllString(page, -1) {
		if strings.HasPrefix(tag, "<script") || strings.HasPrefix(tag, "<img") || strings.Contains(tag, " onerror") && !strings.Contains(tag, "&gt;") {
			t.Errorf("the page has %s", tag)
		}
	}
	if strings.Count(page, "</style>") != 1 {
		t.Error("a text ends the style")
	}
}

// A page of 2,000 articles in 20 languages is one that a browser opens.
func TestStatusPageStaysSmall(t *testing.T) {
	var in []coverage.Input
	for l := range 20 {
		tag := language.MustParse([]string{"ko", "ja", "de", "fr", "es", "it", "pt", "ru", "uk", "pl", "cs", "tr", "ar", "fa", "hi", "th", "vi", "id", "nl", "sv"}[l])
		for a := range 2000 {
			in = append(in, messagesOf(fmt.Sprintf("guides-%d/article-%d.md", a%40, a), tag, "c: A sentence of some seven words or so."))
		}
	}
	page := pageIn(t, "en", coverage.Measure(in, coverage.Options{Today: today}), nil)
	if len(page) > 3<<20 {
		t.Errorf("the page has %d bytes", len(page))
	}
	if !strings.Contains(page, "<summary>50 of 2,000 shown</summary>") || !strings.Contains(page, "20 of 2,000 shown") {
		t.Error("the page does not say how much it leaves out")
	}
	t.Logf("%d bytes", len(page))
}
