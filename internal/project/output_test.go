package project

import (
	"context"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"dragoman/internal/locale"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"
)

// collection is a workspace with two languages and two articles.
var collection = map[string]string{
	ConfigName:          "title = \"Roads\"\n[languages.ko]\n[languages.zh-Hant]\n",
	"content/road.md":   "# The road\n\nThe road is long.\n",
	"content/a/walk.md": "# The walk\n\nThe walk was long.\n",
}

var day = time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)

func build(t *testing.T, dir string, o BuildOptions) {
	t.Helper()
	o.Now = day
	if _, err := open(t, dir).Build(t.Context(), o); err != nil {
		t.Fatal(err)
	}
}

// editions are the files of the editions.
func editions(t *testing.T, dir string) map[string]string {
	t.Helper()
	return contents(t, filepath.Join(dir, "editions"))
}

// impatient is a context that is cancelled the nth time that it is asked.
type impatient struct {
	context.Context
	left atomic.Int64
}

func (c *impatient) Err() error {
	if c.left.Add(-1) < 0 {
		return context.Canceled
	}
	return nil
}

func TestAnInterruptedBuildLeavesTheEditionsWhole(t *testing.T) {
	dir := workspace(t, collection)
	build(t, dir, BuildOptions{})
	before := editions(t, dir)
	road := filepath.Join(dir, "content/road.md")
	if err := os.WriteFile(road, []byte("# The road\n\nThe road is short.\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	interrupted := 0
	for n := range int64(100) {
		ctx := &impatient{Context: t.Context()}
		ctx.left.Store(n)
		_, err := open(t, dir).Build(ctx, BuildOptions{Now: day})
		if err == nil {
			break
		}
		interrupted++
		if d := cmp.Diff(before, editions(t, dir)); d != "" {
			t.Fatalf("interrupted at its question %d: %s", n, d)
		}
	}
	if interrupted < 5 {
		t.Errorf("the build asked only %d times whether to go on", interrupted)
	}
	after := editions(t, dir)
	if !strings.Contains(after["ko/road/index.html"], "short") {
		t.Error("the build that was not interrupted did not build")
	}
}

func TestABuildThatCannotWriteLeavesTheEditionsWhole(t *testing.T) {
	dir := workspace(t, collection)
	build(t, dir, BuildOptions{})
	// One edition of three cannot take its place.
	ko := filepath.Join(dir, "editions/ko")
	if err := os.RemoveAll(ko); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(ko, []byte("mine"), 0o666); err != nil {
		t.Fatal(err)
	}
	before := editions(t, dir)
	if err := os.WriteFile(filepath.Join(dir, "content/road.md"), []byte("# Another road\n"), 0o666); err != nil {
		t.Fatal(err)
	}
	_, err := open(t, dir).Build(t.Context(), BuildOptions{Now: day})
	if err == nil || !strings.Contains(err.Error(), "editions/ko: something stands there that is no edition") {
		t.Errorf("got %v", err)
	}
	if d := cmp.Diff(before, editions(t, dir)); d != "" {
		t.Error(d)
	}
}

func TestTheNextBuildClearsUpAfterOneThatWasKilled(t *testing.T) {
	dir := workspace(t, collection)
	build(t, dir, BuildOptions{})
	before := editions(t, dir)
	out := filepath.Join(dir, "editions")
	// Killed between the two renames of an edition, with another half built.
	for _, do := range []error{
		os.WriteFile(filepath.Join(out, lockName), nil, 0o666),
		os.MkdirAll(filepath.Join(out, stageName+"-1x", "zh-Hant/road"), 0o777),
		os.WriteFile(filepath.Join(out, stageName+"-1x", "zh-Hant/road/index.html"), []byte("half"), 0o666),
		os.MkdirAll(filepath.Join(out, stageName), 0o777),
		os.Rename(filepath.Join(out, "ko"), filepath.Join(out, stageName, oldPrefix+"ko")),
	} {
		if do != nil {
			t.Fatal(do)
		}
	}
	build(t, dir, BuildOptions{Languages: []locale.Tag{language.English}})
	if d := cmp.Diff(before, editions(t, dir)); d != "" {
		t.Error(d)
	}
}

func TestAWorkspaceThatCannotBeBuiltGetsNoFolder(t *testing.T) {
	files := maps.Clone(collection)
	files["content/bad.md"] = "---\ntitle: [\n---\n"
	dir := workspace(t, files)
	if _, err := open(t, dir).Build(t.Context(), BuildOptions{Now: day}); err == nil {
		t.Fatal("no error")
	}
	if _, ok := contents(t, dir)["editions/"]; ok {
		t.Error("there is a folder for editions")
	}
}

func TestFilesOfAnEditionBelongToFormats(t *testing.T) {
	for name, want := range map[string]Format{
		"index.html":            HTML,
		"road/index.html":       HTML,
		"images/a.svg":          HTML,
		"roads.epub":            EPUB,
		"road/roads.epub":       HTML,
		"markdown/a/b.md":       Markdown,
		"markdown/index.html":   HTML,
		"markdown/a/index.html": HTML,
		"markdown.md":           HTML,
	} {
		if got := formatOf(name); got != want {
			t.Errorf("%s is of %s, want %s", name, got, want)
		}
	}
}

func TestCollectionsHaveNamesOfTheirOwn(t *testing.T) {
	for title, want := range map[string]string{
		"":                      "articles",
		"North Korea: A Reader": "north-korea-a-reader",
		"중국의 북한 난민":             "중국의-북한-난민",
		"Cafe\u0301 / ../etc":   "caf\u00e9-etc",
		"!?":                    "articles",
	} {
		tree := &Tree{Config: Config{Title: title}}
		if got := tree.bookID(); got != want {
			t.Errorf("%q is called %q, want %q", title, got, want)
		}
	}
}
