package project

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/language"

	"dragoman/internal/locale"
	"dragoman/internal/report"
	"dragoman/internal/review"
)

// counted is a workspace to count again and again.
type counted struct {
	t    *testing.T
	dir  string
	now  time.Time
	wall time.Time // what files were written at, last
}

func newCounted(t *testing.T) *counted {
	files := map[string]string{
		ConfigName: "[policy]\nthreshold = 50\n[policy.grace]\nprose = 3\n[languages.ko]\n[languages.ja]\n[languages.de]\nfrom = \"ja\"\n" +
			"[[assign]]\nlang = 'ko'\nto = 'wren'\ndue = 2026-11-28\n",
		"locales/glossary.csv": "term,ko\nroad,길\n",
	}
	for i := range 6 {
		files[fmt.Sprintf("content/part/road-%d.md", i)] = fmt.Sprintf(
			"---\npriority: %d\n---\n# The road %d\n\nThe road of %d steps is long.\n\n- One and %d\n- Two\n\nThe river is wide.\n", i%2, i, i, i)
	}
	files["content/draft.md"] = "---\ndraft: true\n---\nA draft.\n"
	c := &counted{t: t, dir: workspace(t, files), now: day}
	c.extract()
	c.age()
	return c
}

// age makes all files old enough to be known by their stamps: those that were written
// within two seconds before a run are not.
func (c *counted) age() {
	c.t.Helper()
	c.wall = time.Now().Add(-time.Hour)
	err := filepath.WalkDir(c.dir, func(name string, _ os.DirEntry, err error) error {
		if err != nil || strings.Contains(name, stateName) {
			return err
		}
		return os.Chtimes(name, c.wall, c.wall)
	})
	if err != nil {
		c.t.Fatal(err)
	}
}

func (c *counted) extract() {
	c.t.Helper()
	tree := open(c.t, c.dir)
	if _, err := tree.Extract(c.t.Context(), ExtractOptions{Now: c.now}); err != nil {
		c.t.Fatal(err)
	}
}

// status is the standing, and all its formats.
func (c *counted) status(o StatusOptions) (*Standing, []byte) {
	c.t.Helper()
	tree, err := Open(c.dir)
	if err != nil {
		c.t.Fatal(err)
	}
	defer tree.Close()
	o.Now = c.now
	st, err := tree.Status(c.t.Context(), o)
	if err != nil {
		return nil, []byte(err.Error())
	}
	page, err := tree.Page("")
	if err != nil {
		c.t.Fatal(err)
	}
	s := &report.Standing{Counts: st.Counts, Questions: st.Questions, Config: ConfigName}
	return st, bytes.Join([][]byte{
		s.JSON(), s.CSV(), s.JUnit(), s.SARIF(), []byte(s.GitHub()), s.Badge(), s.Atom(), s.HTML(page),
		[]byte(report.Table(st.Counts, report.Options{}) + report.Summary(&st.Counts) + report.Questions(st.Questions)),
		[]byte(st.Findings.Error()),
	}, []byte("\n\f\n"))
}

// read counts twice, with and without what is known, and tells how many catalogs were
// read; less than 0 if nothing could be counted.
func (c *counted) read(what string) int {
	c.t.Helper()
	_, want := c.status(StatusOptions{knowing: never})
	st, got := c.status(StatusOptions{knowing: always})
	if !bytes.Equal(got, want) {
		c.t.Fatalf("%s: with what is known\n%s\nwithout\n%s", what, got, want)
	}
	if st == nil {
		return -1
	}
	return st.read
}

// edit replaces in a file.
func (c *counted) edit(name, old, by string) {
	c.t.Helper()
	at := filepath.Join(c.dir, filepath.FromSlash(name))
	text, err := os.ReadFile(at)
	if err != nil {
		c.t.Fatal(err)
	}
	if err := os.WriteFile(at, []byte(strings.Replace(string(text), old, by, 1)), 0o666); err != nil {
		c.t.Fatal(err)
	}
}

func TestStatusReadsOnlyWhatChanged(t *testing.T) {
	c := newCounted(t)
	const catalogs = 14 // of two languages; the third is merged
	if n := c.read("at first"); n != catalogs {
		t.Errorf("at first, %d catalogs were read", n)
	}
	time.Sleep(2100 * time.Millisecond) // two seconds after the last change, stamps tell
	for _, step := range []struct {
		name string
		do   func()
		want int
	}{
		{"what was written just before is looked at again, and is the same", func() {}, 0},
		{"nothing changed", func() {}, 0},
		{"a day later, ages are others", func() { c.now = c.now.AddDate(0, 0, 1) }, 0},
		{"one catalog changed", func() {
			c.edit("locales/ko/part/road-1.po", "msgid \"Two\"\nmsgstr \"\"", "msgid \"Two\"\nmsgstr \"둘\"")
		}, 1},
		{"and another", func() {
			c.edit("locales/ja/part/road-2.po", "msgid \"Two\"\nmsgstr \"\"", "#, fuzzy\nmsgid \"Two\"\nmsgstr \"二\"")
		}, 1},
		{"a catalog of the same size within a tick", func() { c.edit("locales/ko/part/road-1.po", "둘", "셋") }, 1},
		{"a question", func() { c.edit("locales/ko/part/road-3.po", "msgid \"Two\"", "# ? which two\nmsgid \"Two\"") }, 1},
		{"files were touched", c.age, 0},
		{"the decisions of a language", func() {
			tree := open(t, c.dir)
			s, _, err := tree.shelf(t.Context(), language.Korean)
			if err != nil {
				t.Fatal(err)
			}
			for _, m := range s.catalogs[2].Messages {
				s.decisions.Append(review.Decision{Key: review.PairKey(m), Kind: review.ApprovedKind, By: "magpie", Date: c.now})
			}
			if err := tree.root.WriteFile(tree.decisionsPath(language.Korean), s.decisions.Format(), 0o666); err != nil {
				t.Fatal(err)
			}
		}, catalogs / 2},
		{"the assignments", func() { c.edit(ConfigName, "11-28", "11-18") }, catalogs},
		{"an article's priority", func() { c.edit("content/part/road-5.md", "priority: 1", "priority: 3") }, 2},
		{"a damaged ledger says nothing", func() { c.edit(ledgerPath, "The river", "The rivet") }, catalogs},
	} {
		step.do()
		if n := c.read(step.name); n != step.want {
			t.Errorf("%s: %d catalogs were read, want %d", step.name, n, step.want)
		}
	}
}

func TestALanguageIsMergedOnceADay(t *testing.T) {
	c := newCounted(t)
	c.edit("content/part/road-1.md", "long", "not long")
	c.age()
	c.read("an article that is not extracted")
	tree := open(t, c.dir)
	ledger := tree.ledger()
	p := ledger.page(language.Korean)
	if p == nil || !p.merged || p.day != "2026-11-20" || !p.lines[2].behind {
		t.Fatalf("%+v", p)
	}
	k := &counting{Tree: tree, StatusOptions: StatusOptions{Now: c.now}}
	k.files, _ = tree.inputs()
	if got, err := k.recalled(t.Context(), language.Korean, p); got == nil || err != nil {
		t.Errorf("the language is merged again: %v", err)
	}
	k.Now = c.now.AddDate(0, 0, 1)
	if got, err := k.recalled(t.Context(), language.Korean, p); got != nil || err != nil {
		t.Errorf("the next day, changes that no catalog has are dated as before: %v", err)
	}
}

func TestWhatIsKnownOfOtherLanguagesIsKept(t *testing.T) {
	c := newCounted(t)
	c.read("all")
	c.status(StatusOptions{Languages: []locale.Tag{language.Korean}, knowing: always})
	c.edit("locales/ja/part/road-1.po", "msgid \"Two\"\nmsgstr \"\"", "msgid \"Two\"\nmsgstr \"二\"")
	c.status(StatusOptions{Languages: []locale.Tag{language.Korean}, knowing: always})
	if n := c.read("all again"); n != 1 {
		t.Errorf("%d catalogs were read", n)
	}
}

func TestStatusWritesNothingWhereItMayNot(t *testing.T) {
	c := newCounted(t)
	if err := os.WriteFile(filepath.Join(c.dir, stateName), nil, 0o666); err != nil { // no folder may be there
		t.Fatal(err)
	}
	for range 2 {
		if n := c.read("no place for a ledger"); n != 14 {
			t.Errorf("%d catalogs were read", n)
		}
	}
}

// Whatever is edited, in whatever order, what is known changes no figure.
func TestWhatIsKnownChangesNoReport(t *testing.T) {
	t.Parallel()
	c := newCounted(t)
	catalog := func(r *rand.Rand) string {
		return fmt.Sprintf("locales/%s/part/road-%d.po", []string{"ko", "ja", "de"}[r.IntN(3)], r.IntN(6))
	}
	article := func(r *rand.Rand) string { return fmt.Sprintf("content/part/road-%d.md", r.IntN(6)) }
	edits := []func(r *rand.Rand){
		func(r *rand.Rand) { c.edit(catalog(r), "msgstr \"\"\n\n", "msgstr \"하나\"\n\n") },
		func(r *rand.Rand) { c.edit(catalog(r), "하나", []string{"다른", "것들"}[r.IntN(2)]) },
		func(r *rand.Rand) { c.edit(catalog(r), "msgid \"The", "#, fuzzy\nmsgid \"The") },
		func(r *rand.Rand) { c.edit(catalog(r), "#, fuzzy\n", "") },
		func(r *rand.Rand) { c.edit(catalog(r), "msgid \"Two\"", "# ? two of what\nmsgid \"Two\"") },
		func(r *rand.Rand) { c.edit(catalog(r), "msgid \"The river", "msgid \"A river") },
		func(r *rand.Rand) { c.edit(catalog(r), "Language: ", "Language: x") },
		func(r *rand.Rand) { c.edit(catalog(r), "Language: x", "Language: ") },
		func(r *rand.Rand) { c.edit(article(r), "long", "not long") },
		func(r *rand.Rand) { c.edit(article(r), "not long", "long") },
		func(r *rand.Rand) { c.edit(article(r), "priority: 1", "priority: 2\nunapproved: source") },
		func(r *rand.Rand) { c.edit(article(r), "priority: 0", "retracted: true") },
		func(*rand.Rand) { c.edit(ConfigName, "prose = 3\n", "prose = 30\n") },
		func(*rand.Rand) { c.edit(ConfigName, "prose = 30\n", "prose = 3\n") },
		func(*rand.Rand) { c.edit("locales/glossary.csv", "road", "river") },
		func(*rand.Rand) { c.now = c.now.AddDate(0, 0, 2) },
		func(r *rand.Rand) { os.Remove(filepath.Join(c.dir, catalog(r))) },
		func(*rand.Rand) { c.age() },
		func(*rand.Rand) { c.extract() },
	}
	extract := len(edits) - 1
	known := 0
	r := rand.New(rand.NewPCG(7, 1))
	for n := range 30 {
		var done []int
		for range 1 + r.IntN(2) {
			one := r.IntN(len(edits))
			if edits[one] != nil && (one != extract || c.readable()) {
				done = append(done, one)
				edits[one](r)
			}
		}
		if n%3 == 2 && c.readable() {
			done = append(done, extract)
			c.extract()
		}
		if reads := c.read(fmt.Sprintf("round %d, edits %v", n, done)); reads >= 0 && reads < 6 {
			known++
		}
		for _, name := range []string{"ko", "ja", "de"} { // a catalog that was removed is missed by the next edit
			for i := range 6 {
				at := filepath.Join(c.dir, "locales", name, "part", fmt.Sprintf("road-%d.po", i))
				if _, err := os.Stat(at); err != nil && c.readable() {
					c.extract()
				} else if err != nil {
					os.WriteFile(at, nil, 0o666)
				}
			}
		}
	}
	if known < 6 {
		t.Errorf("in %d of 30 rounds only was anything known", known)
	}
}

// readable reports whether the workspace has no error.
func (c *counted) readable() bool {
	st, _ := c.status(StatusOptions{knowing: never})
	return st != nil
}

func TestASmallWorkspaceIsCountedWithoutALedger(t *testing.T) {
	c := newCounted(t)
	c.status(StatusOptions{})
	if _, err := os.Stat(filepath.Join(c.dir, stateName)); err == nil {
		t.Error("there is a ledger of 21 catalogs")
	}
}
