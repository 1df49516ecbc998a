package project

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"golang.org/x/text/language"
)

// walks is a workspace of which most edits leave most pages as they are.
var walks = map[string]string{
	ConfigName: "title = \"Walks\"\nbase_url = \"https://example.org/\"\ncontact = \"desk@example.org\"\ncredits = true\n" +
		"[languages.ko]\n[languages.zh-Hant]\nthreshold = 10\n",
	"content/index.md":     "# Walks\n\nAll [walks](hill.md), and `walk --all`.\n",
	"content/hill.md":      "---\ndate: 2026-01-02\naliases: [mound]\n---\n# The hill\n\nThe hill is 300 metres high. See [the lake](sub/lake.md#shore).\n\n![Map](map.svg)\n",
	"content/sub/lake.md":  "# The lake\n\nThe lake is deep and cold all year.\n\n## Shore\n\nThe shore has `walk --round` and 3 huts.\n",
	"content/sub/index.md": "# Below\n\nWhat lies below.\n",
	"content/moor.md":      "# The moor\n\nNobody walks on the moor at night. See [nothing](gone.md).\n\nThe hill is 300 metres high.\n",
	"content/secret.md":    "---\ndraft: true\n---\n# Secret\n\nThe secret path.\n",
	"content/map.svg":      `<svg xmlns="http://www.w3.org/2000/svg"/>`,
}

// filled translates what is untranslated in the catalogs of a workspace, into its source
// and a word.
func filled(t *testing.T, dir string) {
	t.Helper()
	if _, err := open(t, dir).Extract(t.Context(), ExtractOptions{Now: day}); err != nil {
		t.Fatal(err)
	}
	catalogs, err := filepath.Glob(filepath.Join(dir, "locales/*/*.po"))
	if err != nil {
		t.Fatal(err)
	}
	more, _ := filepath.Glob(filepath.Join(dir, "locales/*/*/*.po")) // the pattern is well formed
	for _, name := range append(catalogs, more...) {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		var out strings.Builder
		source := ""
		for line := range strings.Lines(string(text)) {
			if id, ok := strings.CutPrefix(line, "msgid "); ok {
				source = id
			}
			if line == "msgstr \"\"\n" && source != "\"\"\n" && strings.HasSuffix(source, "\"\n") {
				line = "msgstr " + strings.TrimSuffix(source, "\"\n") + " 끝\"\n"
			}
			out.WriteString(line)
		}
		if err := os.WriteFile(name, []byte(out.String()), 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

func TestABuildOfWhatChangedGivesWhatACleanOneGives(t *testing.T) {
	t.Parallel()
	retouched := 0
	for seed := range uint64(2) {
		files := maps.Clone(walks)
		if seed == 1 { // drafts that the memory offers are shown
			files[ConfigName] += "[languages.de]\nmachine = \"show\"\n"
		}
		dir := workspace(t, files)
		filled(t, dir)
		random := rand.New(rand.NewPCG(seed, 7))
		again(t, dir, pages)
		for n := range 30 {
			name := randomEdit(t, dir, random, n)
			b := again(t, dir, pages)
			if b.Retouched {
				retouched++
			}
			o := pages
			o.Output, o.forget = filepath.Join(t.TempDir(), "editions"), true
			want := again(t, dir, o)
			if d := cmp.Diff(contents(t, o.Output), editions(t, dir)); d != "" {
				t.Fatalf("seed %d, step %d, %s: %s", seed, n, name, d)
			}
			if d := cmp.Diff(want, b, cmpopts.IgnoreFields(Build{}, "Output", "Changed", "Retouched"), cmp.Comparer(func(a, b language.Tag) bool { return a == b })); d != "" {
				t.Fatalf("seed %d, step %d, %s, the result: %s", seed, n, name, d)
			}
		}
	}
	if retouched < 5 {
		t.Errorf("only %d builds made no more than what changed", retouched)
	}
}

func TestWhatOtherPagesTellIsMadeAgainWithThem(t *testing.T) {
	t.Parallel()
	const lake = "content/sub/lake.md"
	tests := []struct {
		name      string
		file      string
		old, with string
		retouched bool
	}{
		{"a passage is edited", lake, "deep and cold", "deep", true},
		{"a passage is new", lake, "3 huts.\n", "3 huts.\n\nOne of them is closed.\n", true},
		{"a passage leads to another article", lake, "3 huts", "[huts](/hill.md)", true},
		{"a passage goes", lake, "\n\nThe lake is deep and cold all year.", "", true},
		{"what the collection says of itself is edited", "content/index.md", "All ", "Nearly all ", true},
		{"a link leads nowhere now", lake, "3 huts", "[huts](/huts.md)", true},
		{"a translation of a passage", "locales/ko/sub/lake.po", "year. 끝", "year. 끝끝", true},
		{"a translation goes, and with it a part of the words", "locales/zh-Hant/sub/lake.po", "The lake is deep and cold all year. 끝", "", true},
		{"a title is edited", lake, "# The lake", "# Our lake", false},
		{"a translation of a title", "locales/ko/sub/lake.po", "The lake 끝", "The lake 끝끝", false},
		{"a section is new, which pages may lead to", lake, "3 huts.\n", "3 huts.\n\n## Huts\n", false},
		{"a date is new", lake, "# The lake", "---\ndate: 2026-03-01\n---\n# The lake", false},
		{"an image is shown", lake, "3 huts", "![huts](../map.svg)", false},
		{"a text that another article has", lake, "3 huts.\n", "3 huts.\n\nNobody walks on the moor at night. See [nothing](gone.md).\n", false},
		{"an article is at fault", lake, "# The lake", "---\nuntranslated: perhaps\n---\n# The lake", false},
		{"the configuration", ConfigName, "Walks", "Our walks", false},
	}
	start := workspace(t, walks)
	filled(t, start)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			dir := t.TempDir()
			if err := os.CopyFS(dir, os.DirFS(start)); err != nil {
				t.Fatal(err)
			}
			again(t, dir, pages)
			if err := replaceIn(dir, tt.file, tt.old, tt.with); err != nil {
				t.Fatal(err)
			}
			b, err := open(t, dir).Build(t.Context(), pages)
			if err != nil {
				if tt.retouched {
					t.Fatal(err)
				}
				return
			}
			if b.Retouched != tt.retouched || len(b.Changed) == 0 {
				t.Errorf("only what changed: %v, and %d files are others", b.Retouched, len(b.Changed))
			}
			if d := cmp.Diff(clean(t, dir, pages), editions(t, dir)); d != "" {
				t.Error(d)
			}
		})
	}
}

// pages are the options of a build of pages alone.
var pages = BuildOptions{Now: day, Formats: []Format{HTML}}

// randomEdit makes an edit of a workspace of walks, and tells which.
func randomEdit(t *testing.T, dir string, random *rand.Rand, n int) string {
	pick := func(of ...string) string { return of[random.IntN(len(of))] }
	article := func() string {
		return "content/" + pick("hill.md", "sub/lake.md", "moor.md", "index.md", "sub/index.md")
	}
	catalog := func() string {
		return "locales/" + pick("ko", "zh-Hant") + "/" + pick("hill.po", "sub/lake.po", "moor.po", "index.po", "sub/index.po", "secret.po")
	}
	often := []struct {
		name string
		do   func() error
	}{
		{"a passage is edited", func() error {
			return replaceIn(dir, article(), pick(" is ", " the ", "3", "What", "on "), pick(" is really ", " these ", "30", "What all", "on, ")+pick("", "never "))
		}},
		{"a passage is new", func() error {
			return appendTo(dir, article(), fmt.Sprintf("\n%s %d.\n", pick("Passage number", "The lake is deep and cold all year", "A link to [it](/hill.md)", "See `walk --all` in"), n%3))
		}},
		{"a translation changes", func() error { return replaceIn(dir, catalog(), " 끝\"", pick(" 끝\"", " 2끝\"", "끝\"", "\"")) }},
		{"a code is changed in a translation", func() error { return replaceIn(dir, catalog(), "walk --", pick("walk --", "wolk --")) }},
		{"a list of edits at once", func() error {
			if err := appendTo(dir, article(), fmt.Sprintf("\nOne of two %d.\n", n)); err != nil {
				return err
			}
			return replaceIn(dir, catalog(), "끝", "끗")
		}},
	}
	rarely := []struct {
		name string
		do   func() error
	}{
		{"nothing", func() error { return nil }},
		{"a title changes", func() error { return replaceIn(dir, article(), "# The ", "# This ") }},
		{"a section is new", func() error { return appendTo(dir, article(), fmt.Sprintf("\n## Section %d\n", n)) }},
		{"an article has another date", func() error { return replaceIn(dir, "content/hill.md", "date: 2026-01-0", "date: 2026-02-0") }},
		{"an article is retracted", func() error {
			rewrite(t, dir, "content/sub/lake.md", "---\nretracted: true\n---\n# The lake\n")
			return nil
		}},
		{"an article comes back", func() error {
			rewrite(t, dir, "content/sub/lake.md", walks["content/sub/lake.md"])
			return nil
		}},
		{"an article is deleted", func() error { return os.Remove(filepath.Join(dir, "content/moor.md")) }},
		{"an article is new", func() error {
			rewrite(t, dir, "content/moor.md", walks["content/moor.md"])
			return nil
		}},
		{"an article is renamed", func() error {
			return os.Rename(filepath.Join(dir, "content/moor.md"), filepath.Join(dir, "content/heath.md"))
		}},
		{"an article has a policy of its own", func() error {
			return replaceIn(dir, "content/hill.md", "---\ndate", "---\n"+pick("machine: show", "untranslated: omit", "stale: source")+"\ndate")
		}},
		{"an article is a draft no more", func() error { return replaceIn(dir, "content/secret.md", "draft: true", "draft: false") }},
		{"a catalog goes", func() error { return os.Remove(filepath.Join(dir, catalog())) }},
		{"the catalogs are brought up to date", func() error {
			_, err := open(t, dir).Extract(t.Context(), ExtractOptions{Now: day})
			return err
		}},
		{"all is translated", func() error {
			filled(t, dir)
			return nil
		}},
		{"something is approved", func() error {
			open(t, dir).Decide(t.Context(), DecideOptions{ // which refuses where there is nothing to approve
				Language: language.Korean, Act: Approve, What: []string{pick("hill", "sub/lake")}, By: "magpie", Now: day,
			})
			return nil
		}},
		{"the configuration changes", func() error { return replaceIn(dir, ConfigName, "Walks", "Walks on") }},
		{"an image changes", func() error {
			rewrite(t, dir, pick("content/map.svg", "content/map.ko.svg"), fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%d"/>`, n))
			return nil
		}},
		{"an image is shown", func() error { return appendTo(dir, article(), "\n![Map](/map.svg)\n") }},
		{"the editions are meddled with", func() error {
			return appendTo(dir, "editions/"+pick("ko/index.html", "en/hill/index.html", "index.html"), "x")
		}},
		{"a strange file comes", func() error {
			rewrite(t, dir, "editions/ko/hill/strange.html", "strange")
			return nil
		}},
		{"the cards are damaged", func() error { return os.Truncate(filepath.Join(dir, ".dragoman/editions.cards"), int64(n)) }},
		{"the cards are gone", func() error { return os.Remove(filepath.Join(dir, ".dragoman/editions.cards")) }},
	}
	edit := often[random.IntN(len(often))]
	if random.IntN(3) == 0 {
		edit = rarely[random.IntN(len(rarely))]
	}
	if err := edit.do(); err != nil && !os.IsNotExist(err) {
		t.Fatalf("step %d, %s: %v", n, edit.name, err)
	}
	return edit.name
}
