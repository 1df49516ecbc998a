package project

import (
	"context"
	"crypto/sha256"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"dragoman/internal/locale"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"
)

// roads is a workspace with all that reaches an edition.
var roads = map[string]string{
	ConfigName: "title = \"Roads\"\nbase_url = \"https://example.org/\"\ncontact = \"desk@example.org\"\n" +
		"[languages.ko]\n[languages.zh-Hant]\nfrom = \"ko\"\n[[book]]\nid = \"short\"\narticles = [\"road\"]\n",
	"content/road.md":       "---\ndate: 2026-01-02\n---\n# The road\n\nThe road is long. See [the walk](a/walk.md#stones).\n\n![Map](map.svg)\n",
	"content/a/walk.md":     "# The walk\n\nThe walk was long.\n\n## Stones\n\n- One stone\n- Two\n",
	"content/a/river.md":    "# The river\n\nThe river is wide.\n",
	"content/index.md":      "# Roads\n\nAll [roads](road.md).\n",
	"content/map.svg":       `<svg xmlns="http://www.w3.org/2000/svg"/>`,
	"locales/glossary.csv":  "term,ko\nroad,길\n",
	"locales/ui/ko.toml":    "[contents]\nother = \"차례\"\n",
	"locales/ko/road.po":    "msgid \"\"\nmsgstr \"\"\n\"Language: ko\\n\"\n\nmsgctxt \"\"\nmsgid \"The road\"\nmsgstr \"길\"\n",
	"locales/ko/a/walk.po":  "msgid \"\"\nmsgstr \"\"\n\"Language: ko\\n\"\n\nmsgid \"One stone\"\nmsgstr \"돌 하나\"\n",
	"locales/ko/a/river.po": "msgid \"\"\nmsgstr \"\"\n\"Language: ko\\n\"\n\nmsgid \"The river\"\nmsgstr \"강\"\n",
}

// everything are the options of a build of all formats.
var everything = BuildOptions{Now: day, Formats: []Format{HTML, EPUB, Markdown}}

// again builds and tells what changed.
func again(t testing.TB, dir string, o BuildOptions) *Build {
	t.Helper()
	tree, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	b, err := tree.Build(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func rewrite(t testing.TB, dir, name, text string) {
	t.Helper()
	at := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(at), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(at, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

// clean are the files of the editions as they are built where nothing was.
func clean(t *testing.T, dir string, o BuildOptions) map[string]string {
	t.Helper()
	o.Output = filepath.Join(t.TempDir(), "editions")
	o.forget = true
	again(t, dir, o)
	return contents(t, o.Output)
}

func TestABuildAfterWhichNothingChangedTouchesNothing(t *testing.T) {
	dir := workspace(t, roads)
	first := again(t, dir, everything)
	if len(first.Changed) < 20 {
		t.Fatalf("the first build changed %d files", len(first.Changed))
	}
	before := stampsBelow(t, filepath.Join(dir, "editions"))
	second := again(t, dir, everything)
	first.Changed = nil
	if d := cmp.Diff(first, second, cmp.Comparer(func(a, b language.Tag) bool { return a == b })); d != "" {
		t.Errorf("the result is another: %s", d)
	}
	if d := cmp.Diff(before, stampsBelow(t, filepath.Join(dir, "editions"))); d != "" {
		t.Error(d)
	}
}

// stampsBelow are what the system tells of all files below a folder.
func stampsBelow(t *testing.T, dir string) map[string]string {
	t.Helper()
	root, err := os.OpenRoot(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	s := stampsOf(root)
	defer s.close()
	all := map[string]string{}
	for name := range contents(t, dir) {
		at, _ := s.of(strings.TrimSuffix(name, "/"))
		all[name] = fmt.Sprint(at)
	}
	return all
}

func TestOnlyWhatChangedIsWritten(t *testing.T) {
	dir := workspace(t, roads)
	again(t, dir, everything)
	river := filepath.Join(dir, "editions/ko/a/river/index.html")
	before, err := os.Stat(river)
	if err != nil {
		t.Fatal(err)
	}
	rewrite(t, dir, "content/a/walk.md", roads["content/a/walk.md"]+"- Three\n")
	b := again(t, dir, BuildOptions{Now: day, Formats: []Format{HTML}})
	want := []string{
		"en/SHA256SUMS", "en/a/walk/index.html", "ko/SHA256SUMS", "ko/a/walk/index.html",
		"zh-Hant/SHA256SUMS", "zh-Hant/a/walk/index.html",
	}
	if d := cmp.Diff(want, b.Changed); d != "" {
		t.Error(d)
	}
	if after, err := os.Stat(river); err != nil || !os.SameFile(before, after) {
		t.Errorf("a page in which nothing changed was written anew (%v)", err)
	}
}

func TestAnIncrementalBuildGivesWhatACleanOneGives(t *testing.T) {
	t.Parallel()
	dir := workspace(t, roads)
	random := rand.New(rand.NewPCG(1, 2))
	pick := func(of ...string) string { return of[random.IntN(len(of))] }
	article := func() string { return "content/" + pick("road.md", "a/walk.md", "a/river.md", "index.md", "new.md") }
	catalog := func() string { return "locales/ko/" + pick("road.po", "a/walk.po", "a/river.po") }
	edits := []struct {
		name string
		do   func(n int) error
	}{
		{"nothing", func(int) error { return nil }},
		{"an article is edited", func(n int) error { return appendTo(dir, article(), fmt.Sprintf("\nParagraph %d.\n", n)) }},
		{"an article is made or replaced", func(n int) error {
			rewrite(t, dir, article(), fmt.Sprintf("---\nweight: %d\ndate: 2026-02-%02d\n---\n# Title %d\n\nSee [it](/road.md).\n", n%3, n%27+1, n))
			return nil
		}},
		{"an article is retracted", func(int) error {
			rewrite(t, dir, "content/new.md", "---\nretracted: true\n---\n# Gone\n")
			return nil
		}},
		{"an article is deleted", func(int) error { return os.Remove(filepath.Join(dir, "content/a/river.md")) }},
		{"an article is renamed", func(int) error {
			return os.Rename(filepath.Join(dir, "content/a/walk.md"), filepath.Join(dir, "content/stroll.md"))
		}},
		{"an image changes", func(n int) error {
			rewrite(t, dir, pick("content/map.svg", "content/map.ko.svg"), fmt.Sprintf(`<svg xmlns="http://www.w3.org/2000/svg" width="%d"/>`, n))
			return nil
		}},
		{"a catalog changes", func(n int) error {
			return replaceIn(dir, catalog(), "msgstr \"", fmt.Sprintf("msgstr \"%d", n%10))
		}},
		{"a catalog goes", func(int) error { return os.Remove(filepath.Join(dir, catalog())) }},
		{"the catalogs are brought up to date", func(int) error {
			_, err := open(t, dir).Extract(t.Context(), ExtractOptions{Now: day})
			return err
		}},
		{"the configuration changes", func(n int) error {
			return replaceIn(dir, ConfigName, "title = \"Roads", fmt.Sprintf("title = \"Roads%d", n%10))
		}},
		{"the theme changes", func(n int) error {
			rewrite(t, dir, "theme/page.css", fmt.Sprintf("main { margin: %dpx; }\n", n))
			return nil
		}},
		{"the interface words change", func(n int) error {
			rewrite(t, dir, "locales/ui/ko.toml", fmt.Sprintf("[contents]\nother = \"차례 %d\"\n", n))
			return nil
		}},
		{"the editions are meddled with", func(int) error {
			return appendTo(dir, "editions/"+pick("ko/index.html", "en/road/index.html", "index.html", "ko/short.epub"), "x")
		}},
		{"a file of the editions goes", func(int) error {
			return os.Remove(filepath.Join(dir, "editions", pick("ko/index.html", "en/road/index.html", "sitemap.xml")))
		}},
		{"a strange file comes", func(int) error {
			rewrite(t, dir, "editions/ko/a/strange.html", "strange")
			return nil
		}},
		{"the record is damaged", func(n int) error {
			return os.Truncate(filepath.Join(dir, ".dragoman/editions.record"), int64(n))
		}},
		{"the state is gone", func(int) error { return os.RemoveAll(filepath.Join(dir, stateName)) }},
		{"something else is built meanwhile", func(int) error {
			again(t, dir, BuildOptions{Now: day, Languages: []locale.Tag{language.Korean}, Formats: []Format{EPUB}})
			return nil
		}},
	}
	for n := range 60 {
		edit := edits[random.IntN(len(edits))]
		if err := edit.do(n); err != nil && !os.IsNotExist(err) {
			t.Fatalf("step %d, %s: %v", n, edit.name, err)
		}
		again(t, dir, everything)
		if d := cmp.Diff(clean(t, dir, everything), editions(t, dir)); d != "" {
			t.Fatalf("step %d, %s: %s", n, edit.name, d)
		}
	}
}

func appendTo(dir, name, text string) error {
	f, err := os.OpenFile(filepath.Join(dir, name), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	defer f.Close()
	_, err = f.WriteString(text)
	return err
}

func replaceIn(dir, name, old, with string) error {
	at := filepath.Join(dir, name)
	text, err := os.ReadFile(at)
	if err != nil {
		return err
	}
	i := strings.LastIndex(string(text), old)
	if i < 0 {
		return nil
	}
	return os.WriteFile(at, slices.Concat(text[:i], []byte(with), text[i+len(old):]), 0o666)
}

func TestABuildReadsNothingButItsSources(t *testing.T) {
	dir := workspace(t, roads)
	want := clean(t, dir, everything)
	rewrite(t, dir, "notes/road.md", "# A note\n")
	rewrite(t, dir, "content/.hidden/road.md", "# Hidden\n")
	rewrite(t, dir, "glossary.csv", "term,ko\n")
	if d := cmp.Diff(want, clean(t, dir, everything)); d != "" {
		t.Error(d)
	}
}

func TestARecordHoldsOnlyWhereItWasMade(t *testing.T) {
	dir := workspace(t, roads)
	again(t, dir, everything)
	copied := t.TempDir()
	if err := os.CopyFS(copied, os.DirFS(dir)); err != nil {
		t.Fatal(err)
	}
	if b := again(t, copied, everything); len(b.Changed) < 20 {
		t.Errorf("the copy believes the record that came with it: only %d files were written", len(b.Changed))
	}
	if b := again(t, dir, everything); len(b.Changed) > 0 {
		t.Errorf("where it was made the record does not hold: %q", b.Changed)
	}
}

func TestAnEditWithinOneTickOfTheClockIsSeen(t *testing.T) {
	dir := workspace(t, roads)
	again(t, dir, everything)
	at := filepath.Join(dir, "content/a/river.md")
	info, err := os.Stat(at)
	if err != nil {
		t.Fatal(err)
	}
	rewrite(t, dir, "content/a/river.md", "# The river\n\nThe river is deep.\n")
	if err := os.Chtimes(at, info.ModTime(), info.ModTime()); err != nil {
		t.Fatal(err)
	}
	again(t, dir, everything)
	if !strings.Contains(editions(t, dir)["en/a/river/index.html"], "is deep") {
		t.Error("an edit of the same length and time was not seen")
	}
}

func FuzzRecord(f *testing.F) {
	r := &record{
		began: 5, ended: 9, home: [2]uint64{1, 2}, asked: "all", day: "2026-11-20", stands: "en ko",
		program: program{"/bin/dragoman", stamp{1, 2, 3, 4, false}, sum{1}},
		inputs:  []file{{"content/a.md", stamp{5, 6, 7, 8, false}, sum{2}}},
		outputs: []file{{"en", stamp{0, 1, 2, 3, true}, sum{}}, {"en/index.html", stamp{9, 1, 2, 3, false}, sum{3}}},
		result:  []byte("{}"),
	}
	f.Add(r.encode())
	f.Add((&record{}).encode())
	f.Add([]byte(recordMagic))
	f.Add([]byte{})
	f.Fuzz(func(t *testing.T, text []byte) {
		for _, sealed := range [][]byte{text, seal(text)} {
			if r := decodeRecord(sealed); r != nil {
				if d := cmp.Diff(r, decodeRecord(r.encode()), cmp.AllowUnexported(record{}, program{}, file{}, stamp{})); d != "" {
					t.Error(d)
				}
			}
		}
	})
}

// seal makes any bytes a record as far as the magic and the digest go.
func seal(text []byte) []byte {
	e := encoder{out: append([]byte(recordMagic), text...)}
	e.sum(sha256.Sum256(e.out))
	return e.out
}
