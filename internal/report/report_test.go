package report_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/clipperhouse/displaywidth"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"dragoman/internal/catalog"
	"dragoman/internal/coverage"
	"dragoman/internal/report"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// catalogOf has one message of four words for each state.
func catalogOf(states ...catalog.State) *catalog.File {
	f := &catalog.File{}
	for i, s := range states {
		f.Messages = append(f.Messages, &catalog.Message{
			Entry: catalog.Entry{Key: catalog.Key{Source: "four words, number " + string(rune('a'+i))}}, State: s,
		})
	}
	return f
}

func in(lang, article string, behind bool, states ...catalog.State) coverage.Input {
	return coverage.Input{
		Article: article, Source: language.English, Language: language.MustParse(lang), File: catalogOf(states...), Behind: behind,
	}
}

const (
	u = catalog.Untranslated
	r = catalog.NeedsRewriting
	c = catalog.NeedsChecking
	m = catalog.MachineDraft
	t = catalog.Translated
	a = catalog.Approved
)

var reports = []struct {
	name string
	in   []coverage.Input
}{
	{"one language", []coverage.Input{in("ko", "chinas-role", false, t, t, u), in("ko", "terms", false, t)}},
	{"two languages and a catalog that is behind", []coverage.Input{
		in("zh-Hant", "chinas-role", false, u, u, u), in("ko", "terms", false, t), in("ko", "chinas-role", true, r, c, t),
	}},
	{"every state", []coverage.Input{in("ko", "chinas-role", true, u, r, c, m, t, a)}},
	{"wide and long names", []coverage.Input{
		in("ko", "中国的角色/脱北者", false, t), in("ko", "a/rather/long/path/to/an/article/that/needs/more/than/its/share", true, t, u),
	}},
	{"names with controls", []coverage.Input{in("ko", "a\x1b[31m\u009b\u202e\n\t\xffb", false, t)}},
	{"nothing", nil},
}

func TestReports(t *testing.T) {
	for _, tt := range reports {
		t.Run(tt.name, func(t *testing.T) {
			r := coverage.Measure(tt.in, coverage.Options{})
			name := strings.ReplaceAll(tt.name, " ", "-")
			golden(t, name+".txt", report.Table(r, report.Options{}))
			s := report.Standing{Counts: r}
			golden(t, name+".json", string(s.JSON()))
		})
	}
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(string(want), got); diff != "" {
		t.Errorf("%s (-want +got):\n%s", name, diff)
	}
}

func TestATableFitsAHundredColumns(t *testing.T) {
	for _, tt := range reports {
		table := report.Table(coverage.Measure(tt.in, coverage.Options{}), report.Options{})
		for line := range strings.Lines(table) {
			if w := displaywidth.String(strings.TrimSuffix(line, "\n")); w > 100 {
				t.Errorf("%s: %d columns: %s", tt.name, w, line)
			}
		}
	}
}

func TestColorIsForPercentagesAlone(t *testing.T) {
	r := coverage.Measure(reports[1].in, coverage.Options{})
	plain, colored := report.Table(r, report.Options{}), report.Table(r, report.Options{Color: true})
	for _, want := range []string{"\x1b[31m0%\x1b[0m", "\x1b[33m50%\x1b[0m", "\x1b[32m100%\x1b[0m"} {
		if !strings.Contains(colored, want) {
			t.Errorf("no %q in\n%s", want, colored)
		}
	}
	stripped := strings.NewReplacer("\x1b[31m", "", "\x1b[32m", "", "\x1b[33m", "", "\x1b[0m", "").Replace(colored)
	if diff := cmp.Diff(plain, stripped); diff != "" {
		t.Error(diff)
	}
}

func TestNothingThatIsShownMovesTheCursor(t *testing.T) {
	var all strings.Builder
	for i := range rune(0xa0) {
		all.WriteRune(i)
	}
	all.WriteString("\u061c\u200e\u202e\u2066\u2028\u2029\xff")
	r := coverage.Measure([]coverage.Input{in("ko", all.String(), false, u)}, coverage.Options{})
	for name, out := range map[string]string{
		"table": report.Table(r, report.Options{}), "json": string((&report.Standing{Counts: r}).JSON()),
	} {
		for _, x := range out {
			if x != '\n' && (x < 0x20 || x >= 0x7f && x < 0xa0 || strings.ContainsRune("\u061c\u200e\u202e\u2066\u2028\u2029", x)) {
				t.Errorf("%s shows %U", name, x)
			}
		}
		if !utf8.ValidString(out) {
			t.Errorf("%s is not UTF-8", name)
		}
	}
}

func TestJSONNamesArticlesAsTheyAre(t *testing.T) {
	const name = "a\x1b\u009b\u202e<&>\"\\中"
	r := coverage.Measure([]coverage.Input{in("ko", name, false, u)}, coverage.Options{})
	var got struct {
		Languages []struct {
			Articles []struct{ Article string }
		}
	}
	if err := json.Unmarshal((&report.Standing{Counts: r}).JSON(), &got); err != nil {
		t.Fatal(err)
	}
	if got := got.Languages[0].Articles[0].Article; got != name {
		t.Errorf("got %q", got)
	}
}
