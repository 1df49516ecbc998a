package markdown

import (
	"strings"
	"testing"
	"time"

	"dragoman/internal/diag"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"
)

// valueCases are front matters, the segment that comes of their title, and what
// stands there when it is answered with: Eine „Antwort“: so
var valueCases = []struct{ name, src, want, answered string }{
	{"plain", "title: A title\n", "1:8 A title", "title: \"Eine „Antwort“: so\"\n"},
	{"plain, with a comment", "title:   A title  # of mine\n", "1:10 A title", "title:   \"Eine „Antwort“: so\"  # of mine\n"},
	{"a number sign within a word is no comment", "title: A#title\n", "1:8 A#title", "title: \"Eine „Antwort“: so\"\n"},
	{"plain, on two lines", "title: A\n  title\nweight: 1\n", "1:8 A title", "title: \"Eine „Antwort“: so\"\nweight: 1\n"},
	{"on the line after its key", "title:\n  A title\nweight: 1\n", "2:3 A title", "title:\n  \"Eine „Antwort“: so\"\nweight: 1\n"},
	{"in double quotes", "title: \"A: title\" # c\n", "1:8 A: title", "title: \"Eine „Antwort“: so\" # c\n"},
	{"in double quotes, with escapes", `title: "A \"title\" \u2014 é"` + "\n", `1:8 A "title" — é`, "title: \"Eine „Antwort“: so\"\n"},
	{"in double quotes, on two lines", "title: \"A\n  title\"\n", "1:8 A title", "title: \"Eine „Antwort“: so\"\n"},
	{"in single quotes", "title: 'It''s a title'\n", "1:8 It's a title", "title: 'Eine „Antwort“: so'\n"},
	{"literal", "title: |\n  A title\n  in lines\nweight: 1\n", `1:8 "A title\nin lines"`, "title: |\n  Eine „Antwort“: so\nweight: 1\n"},
	{"folded, with its end stripped", "title: >-\n  A title\n  in lines\n\nweight: 1\n", "1:8 A title in lines", "title: >-\n  Eine „Antwort“: so\n\nweight: 1\n"},
	{"carriage returns", "title: A title\r\nweight: 1\r\n", "1:8 A title", "title: \"Eine „Antwort“: so\"\r\nweight: 1\r\n"},
	{"lines that a carriage return alone ends", "weight: 1\rtitle: A title\rdraft: true\n", "1:18 A title", "weight: 1\rtitle: \"Eine „Antwort“: so\"\rdraft: true\n"},
	{"a quoted key", "\"title\": A title\n", "1:10 A title", "\"title\": \"Eine „Antwort“: so\"\n"},
	{"after other keys, in any script", "author: 김\nweight: 3\ntitle: A title\n", "3:8 A title", "author: 김\nweight: 3\ntitle: \"Eine „Antwort“: so\"\n"},
}

func TestFrontMatterIsTranslatedInPlace(t *testing.T) {
	for _, c := range valueCases {
		t.Run(c.name, func(t *testing.T) {
			d := parse(t, "---\n"+c.src+"---\n\n# 1\n")
			title := find(t, d, "title")
			title.Pos.Line-- // below the first line of marks
			got := strings.TrimPrefix(shown(title), "front-matter ")
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
			back, found := d.Translate(language.German, func(_ int, s *Segment) (string, bool) {
				return "Eine „Antwort“: so", s.Name == "title"
			})
			if want := "---\n" + c.answered + "---\n\n# 1\n"; string(back.Source()) != want || len(found) > 0 {
				t.Errorf("answered:\n%s%v\nwant:\n%s", back.Source(), found, want)
			}
			if back.Meta.Title != "Eine „Antwort“: so" || back.Meta.Weight != d.Meta.Weight {
				t.Errorf("answered, it reads %+v", back.Meta)
			}
		})
	}
}

// find is a copy of the segment of a front matter key.
func find(t *testing.T, d *Document, name string) *Segment {
	t.Helper()
	for _, s := range d.Segments {
		if s.Kind == FrontMatter && s.Name == name {
			return &s
		}
	}
	t.Fatalf("no segment of %s", name)
	return nil
}

func TestAnswersOfFrontMatterReadAsWritten(t *testing.T) {
	for _, c := range []struct{ name, answer, want string }{
		{"words", "Ein Titel", "title: Ein Titel\n"},
		{"what YAML would take for another type", "no", "title: \"no\"\n"},
		{"a number", "1989", "title: \"1989\"\n"},
		{"a comment", "Titel # eins", "title: \"Titel # eins\"\n"},
		{"a mark at the beginning", "*Titel*", "title: \"*Titel*\"\n"},
		{"quotes and backslashes", `"a" \ 'b'`, `title: "\"a\" \\ 'b'"` + "\n"},
		{"lines become one", "Ein\n  Titel", "title: Ein Titel\n"},
		{"no-break and ideographic spaces stay", "Pourquoi\u00a0? 中\u3000文", "title: Pourquoi\u00a0? 中\u3000文\n"},
		{"a control character", "a\x1bb", "title: \"a\\u001Bb\"\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := parse(t, "---\ntitle: A title\n---\n")
			back, found := d.Translate(language.German, func(int, *Segment) (string, bool) { return c.answer, true })
			if want := "---\n" + c.want + "---\n"; string(back.Source()) != want || len(found) > 0 {
				t.Errorf("got %q, want %q; %v", back.Source(), want, found)
			}
		})
	}
}

func TestLiteralValuesMayKeepTheirLines(t *testing.T) {
	d := parse(t, "---\nsummary: |\n  one\n  two\n---\n")
	back, _ := d.Translate(language.German, func(int, *Segment) (string, bool) { return "eins\nzwei", true })
	if back.Meta.Summary != "eins\nzwei" || string(back.Source()) != "---\nsummary: |\n  eins\n  zwei\n---\n" {
		t.Errorf("got %q in %q", back.Meta.Summary, back.Source())
	}
}

func TestATableOfDatesSaysWhenTheArticleWasCreated(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"YAML", "---\ndate:\n  updated: 2026-11-25\n  created: 2026-11-24\n---\n", "2026-11-24"},
		{"TOML", "+++\n[date]\ncreated = 2026-11-24\n+++\n", "2026-11-24"},
		{"none of that name", "---\ndate:\n  updated: 2026-11-25\nother:\n  created: 2026-11-24\n---\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, found := Parse("a.md", []byte(c.src), Dialect{})
			switch {
			case c.want == "" && (d != nil || len(found) != 1 || found[0].Pos.Line != 3):
				t.Errorf("read, or %v", found)
			case c.want != "" && (d == nil || d.Meta.Date.Format("2006-01-02") != c.want):
				t.Errorf("%v", found)
			}
		})
	}
}

func TestWhichKeysAreTranslated(t *testing.T) {
	src := "---\ntitle: a\ndescription: b\nsummary: c\nsubtitle: d\nother: e\nlist: [f]\nempty:\nnone: ~\ntags: &x g\nalias: *x\nweight: 2\n---\n"
	for _, c := range []struct {
		name string
		keys []string
		want string
	}{
		{"the usual ones", nil, "title description summary subtitle"},
		{"those that the configuration names, if they are texts or lists of them", []string{"other", "list", "empty", "none", "alias", "title"}, "title other list"},
		{"none", []string{}, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, found := Parse("a.md", []byte(src), Dialect{FrontMatter: c.keys})
			if d == nil {
				t.Fatal(found)
			}
			var got []string
			for i := range d.Segments {
				got = append(got, d.Segments[i].Name)
			}
			if strings.Join(got, " ") != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestMeta(t *testing.T) {
	d := parse(t, "\ufeff---\ntitle: A\ndescription: B\nsummary: C\nsubtitle: D\nslug: e\naliases: [/f, g]\nweight: -4\n"+
		"date: 2026-11-24T23:30:00+02:00\nauthor: [Kim, Lee]\ndraft: true\nretracted: yes\npriority: 2\nstale: source\nunknown: {a: b}\n---\nText.\n")
	want := Meta{
		Title: "A", Description: "B", Summary: "C", Subtitle: "D", Slug: "e", SlugPos: diag.Pos{Path: "a.md", Line: 6, Column: 7}, Aliases: []string{"/f", "g"}, Weight: -4,
		Date: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC), Draft: true, Retracted: true, Priority: 2,
	}
	got := d.Meta
	if p := got.Policy["stale"]; p.Text != "source" || p.Pos.Line != 14 || p.Pos.Column != 8 {
		t.Errorf("policy: %+v", got.Policy)
	}
	if got.Author != "Kim, Lee" {
		t.Errorf("author: %q", got.Author)
	}
	got.Author, got.Policy = "", nil
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}

func TestFaultsOfFrontMatterHaveTheirPlace(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"a colon in a plain value", "---\ntitle: a: b\n---\n", "a.md:2:9: malformed"},
		{"a tab", "---\ntitle: a\nx:\n\t- b\n---\n", "a.md:4:2: malformed"},
		{"quotes that do not end", "---\n\ntitle: \"a\n---\n", "a.md:3:1: malformed"},
		{"a list", "---\n- a\n---\n", "a.md:2:1: the front matter is not a list of keys; write key: value lines"},
		{"a text for a number", "---\ntitle: a\nweight: heavy\n---\n", "a.md:3:9: front matter key \"weight\": want a whole number; write weight: 10"},
		{"a list for a text", "---\ntitle: [a]\n---\n", "a.md:2:8: front matter key \"title\": want a text; write title: \"Title\""},
		{"no date", "---\ndate: yesterday\n---\n", "a.md:2:7: front matter key \"date\": want a date; write date: 2026-11-24"},
		{"neither true nor false", "---\ndraft: perhaps\n---\n", "a.md:2:8: front matter key \"draft\": want true or false; write draft: true"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, found := Parse("a.md", []byte(c.src), Dialect{})
			if d != nil || len(found) != 1 {
				t.Fatalf("got %v", found)
			}
			if got := found[0].Error(); !strings.HasPrefix(got, c.want) {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestEveryFaultOfFrontMatterIsReported(t *testing.T) {
	_, found := Parse("a.md", []byte("---\ndraft: 1\nweight: x\ndate: y\n---\n"), Dialect{})
	if len(found) != 3 {
		t.Errorf("got %d findings: %v", len(found), found)
	}
}

func TestWhatIsNoFrontMatter(t *testing.T) {
	for _, c := range []struct {
		name, src string
		segments  int
	}{
		{"none", "Text.\n", 1},
		{"an empty one", "---\n---\nText.\n", 1},
		{"comments alone", "---\n# a\n---\nText.\n", 1},
		{"a rule that nothing closes", "---\n\nText.\n", 1},
		{"marks that end with dots", "---\ntitle: a\n...\nText.\n", 2},
		{"marks further down", "Text.\n\n---\na: b\n---\n", 2},
		{"marks with spaces after them", "---  \ntitle: a\n--- \nText.\n", 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := parse(t, c.src)
			if len(d.Segments) != c.segments {
				t.Errorf("got %d segments, want %d", len(d.Segments), c.segments)
			}
			if back, _ := d.Translate(language.German, none); string(back.Source()) != c.src {
				t.Errorf("other bytes: %q", back.Source())
			}
		})
	}
}

func TestPlainFrontMatterReadsAsYAMLDoes(t *testing.T) {
	for _, src := range []string{
		"title: A title\n", "title: 'A title'\nweight: 10\n", "title: \"A: title\"\ndraft: true\n", "date: 2026-11-24\n",
		"weight: 1\n", "slug: a-b_c/d\n", "title: Is it?\n", "author: Kim, Lee\n", "title: no\n",
		"aliases: a\n", "title: 12\n", "priority: 0x1F\n", "title: A (b) c.\n",
	} {
		t.Run(src, func(t *testing.T) {
			// A comment sends the same keys to the YAML reader.
			quick, one := Parse("a.md", []byte("---\n"+src+"---\n"), Dialect{})
			slow, other := Parse("a.md", []byte("---\n"+src+"# c\n---\n"), Dialect{})
			if diff := cmp.Diff(other, one); diff != "" {
				t.Errorf("findings differ:\n%s", diff)
			}
			if quick == nil || slow == nil {
				return
			}
			if diff := cmp.Diff(slow.Meta, quick.Meta); diff != "" {
				t.Errorf("-yaml +plain:\n%s", diff)
			}
		})
	}
}
