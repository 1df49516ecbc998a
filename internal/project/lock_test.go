package project

import (
	"bufio"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path"
	"path/filepath"
	"regexp"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"dragoman/internal/catalog/po"

	"github.com/google/go-cmp/cmp"
)

func TestOneRunWritesAtATime(t *testing.T) {
	dir := workspace(t, old)
	tree := open(t, dir)
	first, err := seize(tree.root, 0)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := seize(open(t, dir).root, 30*time.Millisecond); err == nil || !strings.Contains(err.Error(), "another run of dragoman is writing in ") {
		t.Errorf("the second got %v", err)
	}
	saved := make(chan error)
	go func() { saved <- tree.save(changes()) }()
	select {
	case err := <-saved:
		t.Errorf("a save did not wait: %v", err)
	case <-time.After(60 * time.Millisecond):
	}
	first.release()
	if err := <-saved; err != nil {
		t.Errorf("the save that waited: %v", err)
	}
	if _, left := contents(t, dir)[lockName]; left {
		t.Error("the lock is left")
	}
}

func TestASaveThatAnotherRunHasMadeIsDone(t *testing.T) {
	dir := workspace(t, old)
	tree, other := open(t, dir), open(t, dir)
	if err := other.save(changes()); err != nil {
		t.Fatal(err)
	}
	if err := tree.save(changes()); err != nil {
		t.Error(err)
	}
	changed := changes()
	changed[0].new = []byte("newer a")
	if err := tree.save(changed); err == nil || !strings.Contains(err.Error(), "ko/a.po: another program has changed the file") {
		t.Errorf("one that it has made otherwise: %v", err)
	}
}

func TestRunsAtOnceAllGetTheirTurn(t *testing.T) {
	dir := workspace(t, collection)
	formats := []Format{HTML, EPUB, Markdown}
	var wg sync.WaitGroup
	errs := make([]error, 2*len(formats))
	for i := range errs {
		tree := open(t, dir)
		wg.Go(func() {
			if i%2 == 0 {
				_, errs[i] = tree.Extract(t.Context(), ExtractOptions{Now: day})
			} else {
				_, errs[i] = tree.Build(t.Context(), BuildOptions{Now: day, Formats: formats[i/2 : i/2+1]})
			}
		})
	}
	wg.Wait()
	for i, err := range errs {
		if err != nil {
			t.Errorf("run %d: %v", i, err)
		}
	}
	files := contents(t, dir)
	for _, name := range []string{
		"locales/ko/road.po", "editions/ko/road/index.html", "editions/ko/roads.epub", "editions/ko/markdown/road.md",
	} {
		if files[name] == "" {
			t.Errorf("there is no %s", name)
		}
	}
	for name := range files {
		if path.Base(name) == lockName || strings.Contains(name, ".record-") || strings.Contains(name, savingName) || strings.Contains(name, stageName) {
			t.Errorf("%s is left", name)
		}
	}
}

// edition n of the article that the killed runs write: every passage names it.
func numbered(n int) []byte {
	var b strings.Builder
	fmt.Fprintf(&b, "# Road %d\n\nThis stays.\n", n)
	for i := range 20 {
		fmt.Fprintf(&b, "\nStone %d of road %d.\n", i, n)
	}
	return []byte(b.String())
}

// victim names, in the environment, the workspace in which TestVictim works.
const victim = "DRAGOMAN_TEST_VICTIM"

// TestVictim is no test by itself: the runs that TestAKilledRunLeavesFilesWhole
// kills are its processes. They edit an article, extract, acknowledge that by the
// number of the edit, and build, again and again.
func TestVictim(t *testing.T) {
	dir := os.Getenv(victim)
	if dir == "" {
		return
	}
	tree := open(t, dir)
	fmt.Println("ready")
	for n := os.Getpid() * 1000; ; n++ {
		if err := os.WriteFile(filepath.Join(dir, "content/new"), numbered(n), 0o666); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(filepath.Join(dir, "content/new"), filepath.Join(dir, "content/road.md")); err != nil {
			t.Fatal(err)
		}
		if _, err := tree.Extract(t.Context(), ExtractOptions{Now: day}); err != nil {
			t.Fatal(err)
		}
		fmt.Println(n)
		if _, err := tree.Build(t.Context(), BuildOptions{Now: day, Formats: []Format{HTML}}); err != nil {
			t.Fatal(err)
		}
	}
}

var numberOf = regexp.MustCompile(`(?m)[Rr]oad (\d+)`)

// numbers are the different numbers that a text names.
func numbers(text string) map[string]bool {
	set := map[string]bool{}
	for _, m := range numberOf.FindAllStringSubmatch(text, -1) {
		set[m[1]] = true
	}
	return set
}

func TestAKilledRunLeavesFilesWhole(t *testing.T) {
	random := rand.New(rand.NewPCG(1, 2))
	dir := workspace(t, map[string]string{
		ConfigName:        "title = \"Roads\"\n[languages.ko]\n[languages.ar]\n",
		"content/road.md": string(numbered(0)),
	})
	if _, err := open(t, dir).Extract(t.Context(), ExtractOptions{Now: day}); err != nil {
		t.Fatal(err)
	}
	build(t, dir, BuildOptions{Formats: []Format{HTML}})
	catalog := filepath.Join(dir, "locales/ko/road.po")
	text, err := os.ReadFile(catalog)
	if err != nil {
		t.Fatal(err)
	}
	translated := strings.Replace(string(text), "msgid \"This stays.\"\nmsgstr \"\"", "msgid \"This stays.\"\nmsgstr \"남는다.\"", 1)
	if err := os.WriteFile(catalog, []byte(translated), 0o666); err != nil {
		t.Fatal(err)
	}
	for range 40 {
		whole(t, dir, killed(t, dir, time.Duration(random.IntN(80_000))*time.Microsecond))
	}
	if err := os.WriteFile(filepath.Join(dir, "content/road.md"), numbered(1), 0o666); err != nil {
		t.Fatal(err)
	}
	if _, err := open(t, dir).Extract(t.Context(), ExtractOptions{Now: day}); err != nil {
		t.Fatal(err)
	}
	build(t, dir, BuildOptions{Formats: []Format{HTML}})
	for name := range contents(t, dir) {
		if path.Base(name) == lockName || strings.Contains(name, ".record-") || strings.Contains(name, savingName) || strings.Contains(name, stageName) {
			t.Errorf("%s is left", name)
		}
	}
	if d := cmp.Diff(clean(t, dir, BuildOptions{Now: day, Formats: []Format{HTML}}), editions(t, dir)); d != "" {
		t.Errorf("the last build gave something else than a clean one: %s", d)
	}
	if page := contents(t, dir)["editions/ko/road/index.html"]; !strings.Contains(page, "남는다.") {
		t.Error("the translation is gone from the edition")
	}
}

// listed reads a list of digests as sha256sum does.
func listed(t *testing.T, list string) map[string]sum {
	t.Helper()
	digests := map[string]sum{}
	for line := range strings.Lines(list) {
		digest, name, ok := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		bytes, err := hex.DecodeString(digest)
		if !ok || err != nil || len(bytes) != sha256.Size {
			t.Fatalf("%q is no line of a list", line)
		}
		digests[name] = sum(bytes)
	}
	if len(digests) < 3 {
		t.Errorf("the list names %d files", len(digests))
	}
	return digests
}

// killed lets a victim work so long, and gives the last number that it acknowledged,
// 0 if none.
func killed(t *testing.T, dir string, after time.Duration) (saved int) {
	t.Helper()
	c := exec.Command(os.Args[0], "-test.run=^TestVictim$")
	c.Env = append(os.Environ(), victim+"="+dir)
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	lines := bufio.NewScanner(out)
	if !lines.Scan() || lines.Text() != "ready" {
		t.Errorf("the run said %q", lines.Text())
	}
	time.Sleep(after)
	if err := c.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	for lines.Scan() {
		if n, err := strconv.Atoi(lines.Text()); err == nil {
			saved = n
		}
	}
	c.Wait()
	return saved
}

// whole checks that each catalog and each edition is of one number throughout, each
// catalog of the one that was saved last or of the next.
func whole(t *testing.T, dir string, saved int) {
	t.Helper()
	files := contents(t, dir)
	for _, lang := range []string{"ko", "ar"} {
		name := "locales/" + lang + "/road.po"
		f, found := po.Parse(name, []byte(files[name]))
		if found.HasErrors() {
			t.Fatal(found)
		}
		live, sources := 0, ""
		for _, m := range f.Messages {
			if !m.Obsolete {
				live++
				sources += m.Source + "\n"
			}
		}
		if live != 22 || len(numbers(sources)) != 1 {
			t.Errorf("%s has %d messages of the numbers %v", name, live, numbers(sources))
		}
		if is := numbers(sources); saved > 0 && !is[strconv.Itoa(saved)] && !is[strconv.Itoa(saved+1)] {
			t.Errorf("%s is of the numbers %v, and %d was saved", name, is, saved)
		}
		if lang == "ko" && !strings.Contains(files[name], "msgstr \"남는다.\"") {
			t.Errorf("%s has lost its translation", name)
		}
		page := files["editions/"+lang+"/road/index.html"]
		if page == "" && runtime.GOOS != "linux" {
			continue // the next build puts back what was out of the way for a moment
		}
		if len(numbers(page)) != 1 || !strings.HasSuffix(page, "</html>\n") {
			t.Errorf("the page in %s is of the numbers %v", lang, numbers(page))
		}
		for name, digest := range listed(t, files["editions/"+lang+"/"+SumsName]) {
			if text, ok := files["editions/"+lang+"/"+name]; !ok || sha256.Sum256([]byte(text)) != digest {
				t.Errorf("%s in %s is not the file that the list tells of", name, lang)
			}
		}
		if index := files["editions/"+lang+"/index.html"]; len(numbers(index+page)) != 1 {
			t.Errorf("the edition in %s is of the numbers %v", lang, numbers(index+page))
		}
	}
}
