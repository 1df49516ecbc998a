package coverage_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"dragoman/internal/catalog"
	"dragoman/internal/coverage"
	"dragoman/internal/locale"
)

// file makes a catalog of messages, each written "state: source"; a source that
// begins with "~ " is obsolete.
func file(lines ...string) *catalog.File {
	f := &catalog.File{}
	for _, l := range lines {
		state, source, _ := strings.Cut(l, ": ")
		m := &catalog.Message{State: states[state]}
		m.Source, m.Obsolete = strings.CutPrefix(source, "~ ")
		f.Messages = append(f.Messages, m)
	}
	return f
}

var states = map[string]catalog.State{
	"u": catalog.Untranslated, "r": catalog.NeedsRewriting, "c": catalog.NeedsChecking,
	"m": catalog.MachineDraft, "t": catalog.Translated, "a": catalog.Approved,
}

func input(article, lang string, behind bool, lines ...string) coverage.Input {
	return coverage.Input{
		Article: article, Source: language.English, Language: language.MustParse(lang), File: file(lines...), Behind: behind,
	}
}

// show is a row in short: the tallies of the states that have any, and the percentage.
func show(r coverage.Row) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s", r.Language, r.Article)
	for s, t := range r.States {
		if t.Messages > 0 {
			fmt.Fprintf(&b, " %v %d/%d", catalog.State(s), t.Messages, t.Words)
		}
	}
	fmt.Fprintf(&b, " %d%%", r.Percent())
	if r.Behind {
		b.WriteString(" behind")
	}
	return b.String()
}

func TestMeasure(t *testing.T) {
	for _, tt := range []struct {
		name string
		in   []coverage.Input
		want []string // rows, then languages, then the total
	}{
		{"nothing", nil, []string{"und  100%"}},
		{
			"a message counts by the words of its source",
			[]coverage.Input{input("a.md", "ko", false, "t: three short words", "u: one")},
			[]string{"ko a.md untranslated 1/1 translated 1/3 75%", "ko  untranslated 1/1 translated 1/3 75%", "und  untranslated 1/1 translated 1/3 75%"},
		},
		{
			"the percentage is rounded down",
			[]coverage.Input{input("a.md", "ko", false, "a: one two", "u: one")},
			[]string{"ko a.md untranslated 1/1 approved 1/2 66%", "ko  untranslated 1/1 approved 1/2 66%", "und  untranslated 1/1 approved 1/2 66%"},
		},
		{
			"only what is final counts as done",
			[]coverage.Input{input("a.md", "ko", false, "u: a", "r: b", "c: c", "m: d", "t: e", "a: f")},
			[]string{
				"ko a.md untranslated 1/1 needs-rewriting 1/1 needs-checking 1/1 machine-draft 1/1 translated 1/1 approved 1/1 33%",
				"ko  untranslated 1/1 needs-rewriting 1/1 needs-checking 1/1 machine-draft 1/1 translated 1/1 approved 1/1 33%",
				"und  untranslated 1/1 needs-rewriting 1/1 needs-checking 1/1 machine-draft 1/1 translated 1/1 approved 1/1 33%",
			},
		},
		{
			"what left the article does not count",
			[]coverage.Input{input("a.md", "ko", false, "t: one", "u: ~ two words")},
			[]string{"ko a.md translated 1/1 100%", "ko  translated 1/1 100%", "und  translated 1/1 100%"},
		},
		{
			"a number alone is nobody's work",
			[]coverage.Input{input("a.md", "ko", false, "t: one", "u: 1989")},
			[]string{"ko a.md translated 1/1 100%", "ko  translated 1/1 100%", "und  translated 1/1 100%"},
		},
		{
			"markup is no word",
			[]coverage.Input{input("a.md", "ko", false, "t: **two** [words](https://example.org/a/b)")},
			[]string{"ko a.md translated 1/2 100%", "ko  translated 1/2 100%", "und  translated 1/2 100%"},
		},
		{
			"an article without catalog has nothing to count",
			[]coverage.Input{{Article: "a.md", Source: language.English, Language: language.Korean, Behind: true}},
			[]string{"ko a.md 100% behind", "ko  100% behind", "und  100% behind"},
		},
		{
			"rows come by language and article, and add up",
			[]coverage.Input{
				input("b.md", "zh-Hant", false, "u: one"), input("b.md", "ko", true, "t: one"), input("a.md", "ko", false, "u: one two"),
			},
			[]string{
				"ko a.md untranslated 1/2 0%", "ko b.md translated 1/1 100% behind", "zh-Hant b.md untranslated 1/1 0%",
				"ko  untranslated 1/2 translated 1/1 33% behind", "zh-Hant  untranslated 1/1 0%",
				"und  untranslated 2/3 translated 1/1 25% behind",
			},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			r := coverage.Measure(tt.in, coverage.Options{})
			rows := slices.Clone(r.Rows)
			for _, l := range r.Languages {
				rows = append(rows, l.Row)
			}
			var got []string
			for _, row := range append(rows, r.Total) {
				got = append(got, show(row))
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWordsAreThoseOfTheSourceLanguage(t *testing.T) {
	in := input("a.md", "en", false, "u: 通往边境的道路十分漫长")
	in.Source = locale.Tag(language.Chinese)
	// 11 characters, at 2.8 to the word.
	if got := coverage.Measure([]coverage.Input{in}, coverage.Options{}).Total; got.Total() != (coverage.Tally{Messages: 1, Words: 4}) {
		t.Errorf("got %+v", got)
	}
}

func BenchmarkMeasure(b *testing.B) {
	for _, times := range []int{1, 2, 4, 8} {
		b.Run(fmt.Sprintf("%dx", times), func(b *testing.B) {
			var in []coverage.Input
			for _, lang := range []string{"ko", "zh-Hans", "zh-Hant", "ja"} {
				for i := range 25 * times {
					lines := make([]string, 50)
					for j := range lines {
						lines[j] = fmt.Sprintf("t: The *%d*th article says, in its %dth [paragraph](x.md#%d), what this sentence says.", i, j, j)
					}
					in = append(in, input(fmt.Sprintf("%d.md", i), lang, false, lines...))
				}
			}
			b.ReportAllocs()
			for b.Loop() {
				coverage.Measure(in, coverage.Options{})
			}
		})
	}
}
