package report_test

import (
	"encoding/json"
	"encoding/xml"
	"fmt"
	"strconv"
	"strings"
	"testing"
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/coverage"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/report"
	"dragoman/internal/review"
	"dragoman/internal/sheet"

	"golang.org/x/text/language"
)

// standings are those of the reports, and one with everything that a standing can have.
func standings() map[string]*report.Standing {
	all := map[string]*report.Standing{"everything": everything()}
	for _, tt := range reports {
		all[tt.name] = &report.Standing{Counts: coverage.Measure(tt.in, coverage.Options{})}
	}
	return all
}

const hostile = "a\x1b[31m<&\"'>]]>\u202e=1\xff"

func everything() *report.Standing {
	var d review.Decisions
	f := &catalog.File{Path: "locales/ko/" + hostile + ".po"}
	add := func(source, target string, fuzzy bool) *catalog.Message {
		m := &catalog.Message{Entry: catalog.Entry{Key: catalog.Key{Source: source}, Target: target, Fuzzy: fuzzy}}
		f.Messages = append(f.Messages, m)
		return m
	}
	day := time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)
	add("The road "+hostile, "", false)
	add("The sea", "바다", false)
	stale := add("The guide "+hostile, "길잡이 "+hostile, true)
	stale.Previous.Source = "The guides"
	d.Append(review.Decision{Key: review.SourceKey(stale), Kind: "stale:prose", By: review.Nobody, Date: day, Note: hostile})
	review.Apply(f, &d)
	in := coverage.Input{
		Article: hostile, Source: language.English, Language: language.Korean, File: f, Decisions: &d, Priority: 1, Behind: true,
		Policy:   review.Policy{Stale: review.Fail},
		Assigned: coverage.Assignment{To: hostile, Due: day},
		Findings: diag.List{{Severity: diag.Error, Code: "link-target", Text: hostile, Key: catalog.Key{Source: "The sea"}}},
	}
	s := &report.Standing{
		Counts: coverage.Measure([]coverage.Input{in}, coverage.Options{Today: day.AddDate(0, 0, 41), Least: map[locale.Tag]int{language.Korean: 90}}),
		Title:  hostile, Author: hostile, BaseURL: "https://example.org/?a=1&b=<2>", Config: "dragoman.toml", Version: "1",
	}
	gates := coverage.Gates{On: map[locale.Tag][]string{{}: {"stale"}}}
	s.Failures = gates.Failures(&s.Counts)
	return s
}

func TestEveryReportHasTheSameCounts(t *testing.T) {
	for name, s := range standings() {
		t.Run(name, func(t *testing.T) {
			want := map[string]string{}
			for _, r := range s.Counts.Rows {
				total := r.Total()
				want[r.Language.String()+" "+r.Article] = fmt.Sprintf("%d%% %d/%d", r.Percent(), total.Messages, total.Words)
			}
			var got struct {
				Languages []struct {
					Language string
					Articles []struct {
						Article                  string
						Percent, Messages, Words int
					}
				}
			}
			if err := json.Unmarshal(s.JSON(), &got); err != nil {
				t.Fatal(err)
			}
			n := 0
			for _, l := range got.Languages {
				for _, a := range l.Articles {
					n++
					// What is no UTF-8 is no JSON either.
					key := l.Language + " " + strings.ReplaceAll(a.Article, "\ufffd", "\xff")
					if have := fmt.Sprintf("%d%% %d/%d", a.Percent, a.Messages, a.Words); have != want[key] {
						t.Errorf("JSON: %s has %s, want %s", key, have, want[key])
					}
				}
			}
			rows, _ := sheet.Parse(s.CSV())
			for _, row := range rows[1:] {
				key := row[0].Text + " " + row[1].Text
				if have := fmt.Sprintf("%s%% %s/%s", row[3].Text, row[4].Text, row[5].Text); have != want[key] && !strings.Contains(key, "\ufffd") {
					t.Errorf("CSV: %q has %s, want %s", key, have, want[key])
				}
			}
			if n != len(want) || len(rows)-1 != len(want) {
				t.Errorf("%d articles in JSON, %d in CSV, want %d", n, len(rows)-1, len(want))
			}
			inTable(t, s)
		})
	}
}

// inTable compares the numbers of each line of the table with those of its row.
func inTable(t *testing.T, s *report.Standing) {
	t.Helper()
	var lines []string
	for line := range strings.Lines(report.Table(s.Counts, report.Options{})) {
		if strings.HasSuffix(line, "%\n") {
			lines = append(lines, line)
		}
	}
	for _, l := range s.Counts.Languages {
		rows := append(s.Counts.Articles(&l), l.Row)
		for _, r := range rows {
			messages, words := 0, 0
			fields := strings.Fields(lines[0])
			for i, f := range fields {
				if f == "/" {
					m, _ := strconv.Atoi(fields[i-1])
					w, _ := strconv.Atoi(fields[i+1])
					messages, words = messages+m, words+w
				}
			}
			total := r.Total()
			if messages != total.Messages || words != total.Words || fields[len(fields)-1] != strconv.Itoa(r.Percent())+"%" {
				t.Errorf("table: %s, want %d / %d", lines[0], total.Messages, total.Words)
			}
			lines = lines[1:]
		}
	}
}

func TestEveryFormatIsWellFormed(t *testing.T) {
	for name, s := range standings() {
		for format, text := range map[string][]byte{"junit": s.JUnit(), "badge": s.Badge(), "atom": s.Atom()} {
			d := xml.NewDecoder(strings.NewReader(string(text)))
			d.Strict = true
			for {
				if _, err := d.Token(); err != nil {
					if err.Error() != "EOF" {
						t.Errorf("%s as %s: %v\n%s", name, format, err, text)
					}
					break
				}
			}
		}
		for format, text := range map[string][]byte{"sarif": s.SARIF(), "json": s.JSON()} {
			if !json.Valid(text) {
				t.Errorf("%s as %s is no JSON:\n%s", name, format, text)
			}
		}
		for format, text := range map[string]string{
			"junit": string(s.JUnit()), "badge": string(s.Badge()), "atom": string(s.Atom()), "sarif": string(s.SARIF()),
			"json": string(s.JSON()), "github": s.GitHub(), "summary": report.Summary(&s.Counts),
		} {
			if i := strings.IndexFunc(text, func(r rune) bool { return r != '\n' && r != '\ufffd' && diag.Unprintable(r) }); i >= 0 {
				t.Errorf("%s as %s has %q", name, format, text[max(0, i-20):min(len(text), i+20)])
			}
		}
		for line := range strings.Lines(s.GitHub()) {
			if !strings.HasPrefix(line, "::error ") && !strings.HasPrefix(line, "::warning ") && !strings.HasPrefix(line, "::notice ") {
				t.Errorf("%s: %q is no annotation", name, line)
			}
		}
	}
}

func TestWhatMattersIsTold(t *testing.T) {
	s := everything()
	annotations := s.GitHub()
	for _, want := range []string{
		"::error file=dragoman.toml,line=1,col=1,title=gate::ko: 1 message stale; ",
		"::error file=dragoman.toml,line=1,col=1,title=withheld::the edition in ko is withheld: 1 passage that the policy does not let pass; ",
		"title=needs-rewriting::needs rewriting; ", "for 41 days; the policy builds no edition with it; ",
		"title=broken::translated; 2 words; ", "title=overdue::", "title=untranslated::1 message of ",
	} {
		if !strings.Contains(annotations, want) {
			t.Errorf("no %q in\n%s", want, annotations)
		}
	}
	var tests struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
	}
	if err := xml.Unmarshal(s.JUnit(), &tests); err != nil || tests.Tests != 3 || tests.Failures != 3 {
		t.Errorf("%+v, %v", tests, err)
	}
}

func TestAFeedNamesNobodyAndHasEntriesOfTheirDay(t *testing.T) {
	s := everything()
	s.Author = "The desk"
	s.Counts.Rows[0].Assigned.To = "magpie"
	feed := string(s.Atom())
	if strings.Contains(feed, "magpie") || !strings.Contains(feed, "overdue for 41 days") {
		t.Errorf("got\n%s", feed)
	}
	ids := func(feed string) []string {
		var parts struct {
			ID    string `xml:"id"`
			Entry struct {
				ID string `xml:"id"`
			} `xml:"entry"`
		}
		if err := xml.Unmarshal([]byte(feed), &parts); err != nil {
			t.Fatal(err)
		}
		return []string{parts.ID, parts.Entry.ID}
	}
	before := ids(feed)
	s.Counts.Today = s.Counts.Today.AddDate(0, 0, 1)
	after := ids(string(s.Atom()))
	if before[0] != after[0] || before[1] == after[1] || before[0] == before[1] {
		t.Errorf("%q, the next day %q", before, after)
	}
}

func TestABadgeIsNamedByWhatItShows(test *testing.T) {
	one := &report.Standing{Counts: coverage.Measure([]coverage.Input{in("ko", "a.md", false, t, u, u)}, coverage.Options{})}
	two := &report.Standing{Counts: coverage.Measure([]coverage.Input{in("ko", "a.md", false, t, t), in("ja", "a.md", false, t, t)}, coverage.Options{})}
	for _, tt := range []struct {
		s           *report.Standing
		name, color string
	}{
		{one, "한국어: 33%", "#b3261e"}, {two, "translated: 100%", "#1a7f37"},
	} {
		badge := string(tt.s.Badge())
		for _, want := range []string{`role="img"`, `<title id="title">` + tt.name + "</title>", tt.color} {
			if !strings.Contains(badge, want) {
				test.Errorf("no %q in\n%s", want, badge)
			}
		}
	}
}
