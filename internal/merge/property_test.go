package merge_test

import (
	"bytes"
	"flag"
	"fmt"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/po"
	"dragoman/internal/markdown"
	"dragoman/internal/prose"
	"dragoman/internal/review"
)

// TestMain lets random tests try the same every time, unless a seed is given.
func TestMain(m *testing.M) {
	flag.Parse()
	if seed := flag.Lookup("rapid.seed"); seed.Value.String() == "0" {
		if err := seed.Value.Set("1"); err != nil {
			panic(err)
		}
	}
	os.Exit(m.Run())
}

// history is a random past of a workspace: an author, translators, and a merge
// after every turn.
type history struct {
	*desk
	r        *rapid.T
	articles map[string][]string // lines as article takes them, by path
	written  []string            // the source of each target
}

var vocabulary = strings.Fields("the road river border town night guide money long short crosses waits")

func (h *history) text() string {
	words := rapid.SliceOfN(rapid.SampledFrom(vocabulary), 1, 9).Draw(h.r, "words")
	kind := rapid.SampledFrom([]string{"", "", "h: ", "cell: ", "|a: "}).Draw(h.r, "kind")
	return kind + strings.Join(words, " ")
}

func (h *history) path() string {
	return rapid.SampledFrom(slices.Sorted(maps.Keys(h.articles))).Draw(h.r, "article")
}

func (h *history) documents() []*markdown.Document {
	var docs []*markdown.Document
	for _, path := range slices.Sorted(maps.Keys(h.articles)) {
		docs = append(docs, article(path, h.articles[path]...))
	}
	return docs
}

// author edits one article in one of the ways that authors do.
func (h *history) author() {
	path := h.path()
	lines := slices.Clone(h.articles[path])
	i := rapid.IntRange(0, len(lines)-1).Draw(h.r, "line")
	switch rapid.SampledFrom([]string{"insert", "delete", "move", "word", "typography", "rename", "across", "copy", "kind", "none"}).Draw(h.r, "edit") {
	case "insert":
		lines = slices.Insert(lines, i, h.text())
	case "delete":
		if len(lines) > 1 {
			lines = slices.Delete(lines, i, i+1)
		}
	case "move":
		line := lines[i]
		lines = slices.Delete(lines, i, i+1)
		lines = slices.Insert(lines, rapid.IntRange(0, len(lines)).Draw(h.r, "to"), line)
	case "word":
		words := strings.Fields(lines[i])
		words[len(words)-1] = rapid.SampledFrom(vocabulary).Draw(h.r, "word")
		lines[i] = strings.Join(words, " ")
	case "typography":
		lines[i] = strings.ReplaceAll(lines[i], " waits", "  “waits”")
	case "rename":
		delete(h.articles, path)
		path = rapid.SampledFrom([]string{"a.md", "b.md", "c.md", "d.md"}).Draw(h.r, "name")
		lines = append(lines, h.articles[path]...)
	case "across", "copy":
		other := h.path()
		if other != path {
			h.articles[other] = append(slices.Clone(h.articles[other]), lines[i])
		}
	case "kind":
		if _, text, ok := strings.Cut(lines[i], ": "); ok {
			lines[i] = text
		} else {
			lines[i] = "cell: " + lines[i]
		}
	}
	lines = h.rewrite(lines, min(i, len(lines)-1))
	h.articles[path] = lines
}

// rewrite edits a line in one of the ways that have a class of their own.
func (h *history) rewrite(lines []string, i int) []string {
	words := strings.Fields(lines[i])
	switch edit := rapid.SampledFrom([]string{"none", "split", "join", "marks", "link", "not", "number"}).Draw(h.r, "rewrite"); {
	case edit == "split" && len(words) > 5:
		n := len(words) / 2
		return slices.Replace(lines, i, i+1, strings.Join(words[:n], " "), strings.Join(words[n:], " "))
	case edit == "join" && i+1 < len(lines):
		return slices.Replace(lines, i, i+2, lines[i]+" "+lines[i+1])
	case edit == "marks":
		words[len(words)-1] = "*" + strings.Trim(words[len(words)-1], "*") + "*"
	case edit == "link" && strings.Contains(lines[i], "](to1)"):
		return slices.Replace(lines, i, i+1, strings.ReplaceAll(lines[i], "](to1)", "](to2)"))
	case edit == "link":
		words = append(words, "[here](to1)")
	case edit == "not":
		words = append(words, "not")
	case edit == "number":
		words = append(words, rapid.SampledFrom([]string{"24", "48"}).Draw(h.r, "number"))
	}
	lines[i] = strings.Join(words, " ")
	return lines
}

// translator works on one live message; no two targets are equal.
func (h *history) translator() {
	var live []*catalog.Message
	for _, f := range h.files {
		for _, m := range f.Messages {
			if !m.Obsolete {
				live = append(live, m)
			}
		}
	}
	m := rapid.SampledFrom(live).Draw(h.r, "message")
	switch rapid.SampledFrom([]string{"write", "write", "doubt", "finish", "comment"}).Draw(h.r, "work") {
	case "write":
		m.Target, m.Fuzzy = h.word(m.Source), false
	case "doubt":
		if m.HasTarget() {
			m.Fuzzy = true
		}
	case "finish":
		m.Fuzzy = false
	case "comment":
		m.Comments = append(slices.Clone(m.Comments), h.word(""))
	}
}

func (h *history) word(source string) string {
	h.written = append(h.written, source)
	word := fmt.Sprintf("word %d.", len(h.written))
	for _, link := range []string{" [there](to1)", " [there](to2)"} {
		if strings.Contains(source, link[len(" [there]"):]) {
			word += link
		}
	}
	return word
}

// wrote reports whether somebody wrote the target for the source.
func (h *history) wrote(target, source string) bool {
	var n int
	_, err := fmt.Sscanf(target, "word %d", &n)
	return err == nil && prose.Normal(h.written[n-1]) == prose.Normal(source)
}

// wordings is how many targets were written for a source.
func (h *history) wordings(source string) int {
	n := 0
	for _, w := range h.written {
		if prose.Normal(w) == prose.Normal(source) {
			n++
		}
	}
	return n
}

func (h *history) merge() {
	before := comments(h.files)
	h.extract(h.documents()...)
	after := comments(h.files)
	for c := range before {
		if !after[c] {
			h.r.Fatalf("lost the comment %q", c)
		}
	}
	for _, f := range h.files {
		keys := map[catalog.Key]bool{}
		for _, m := range f.Messages {
			if keys[m.Key] {
				h.r.Fatalf("%s has two entries for %q", f.Path, m.Key)
			}
			keys[m.Key] = true
		}
	}
	for _, d := range h.documents() {
		f := h.file(strings.TrimSuffix(d.Path, ".md") + ".po")
		for _, s := range d.Segments {
			if f.Find(s.Kind.String(), s.Context, s.Text) == nil {
				h.r.Fatalf("%s has no message for the %s %q", f.Path, s.Kind, s.Text)
			}
		}
	}
	h.unchanged(h.documents()...)
}

func comments(files []*catalog.File) map[string]bool {
	all := map[string]bool{}
	for _, f := range files {
		for _, m := range f.Messages {
			for _, c := range m.Comments {
				all[c] = true
			}
		}
	}
	return all
}

func newHistory(t *testing.T, r *rapid.T) *history {
	h := &history{desk: newDesk(t), r: r, articles: map[string][]string{}}
	h.t = fatal{t, r}
	for _, path := range []string{"a.md", "b.md"} {
		for range rapid.IntRange(1, 8).Draw(r, "lines") {
			h.articles[path] = append(h.articles[path], h.text())
		}
	}
	h.merge()
	return h
}

// fatal reports through rapid, which then looks for a shorter history.
type fatal struct {
	testing.TB
	r *rapid.T
}

func (f fatal) Helper()                           {}
func (f fatal) Fatalf(format string, args ...any) { f.r.Fatalf(format, args...) }
func (f fatal) Errorf(format string, args ...any) { f.r.Fatalf(format, args...) }

func TestNoHistoryLosesAWord(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		h := newHistory(t, r)
		for range rapid.IntRange(1, 12).Draw(r, "turns") {
			for range rapid.IntRange(0, 4).Draw(r, "translations") {
				h.translator()
			}
			for range rapid.IntRange(0, 3).Draw(r, "edits") {
				h.author()
			}
			h.merge()
		}
	})
}

func TestEveryHistoryCanBeUndone(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		h := newHistory(t, r)
		for _, f := range h.files {
			for _, m := range f.Messages {
				m.Target = h.word(m.Source)
				h.decisions.Append(review.Decision{Key: review.PairKey(m), Kind: review.ApprovedKind, By: "magpie", Date: h.now})
			}
		}
		h.merge()
		articles := maps.Clone(h.articles)
		for range rapid.IntRange(1, 6).Draw(r, "turns") {
			for range rapid.IntRange(1, 3).Draw(r, "edits") {
				h.author()
			}
			h.merge()
			for _, f := range h.files {
				for _, m := range f.Messages {
					if !m.Obsolete && !m.State.Final() && rapid.Bool().Draw(r, "translate") {
						m.Target, m.Fuzzy = h.word(m.Source), false
					}
				}
			}
			h.merge()
		}
		h.articles = articles
		h.merge()
		for _, d := range h.documents() {
			f := h.file(strings.TrimSuffix(d.Path, ".md") + ".po")
			for _, s := range d.Segments {
				m := f.Find(s.Kind.String(), s.Context, s.Text)
				// Of several translations of one text in several places, any will do.
				kept := m.State == catalog.Approved || m.State.Final() && h.wordings(s.Text) > 1
				if !kept || !h.wrote(m.Target, s.Text) {
					r.Fatalf("%s: the %s %q is %v, %q", d.Path, s.Kind, s.Text, m.State, m.Target)
				}
			}
		}
	})
}

// TestMsgfmtAcceptsEveryCatalog lets gettext read the catalogs of some histories, after
// every turn.
func TestMsgfmtAcceptsEveryCatalog(t *testing.T) {
	msgfmt, err := exec.LookPath("msgfmt")
	if err != nil {
		t.Log("left out: msgfmt (gettext)")
		return
	}
	checked := 0
	for seed := range 3 {
		rapid.Custom(func(r *rapid.T) bool {
			h := newHistory(t, r)
			for range 4 {
				for range 3 {
					h.translator()
					h.author()
				}
				h.merge()
				for _, f := range h.files {
					name := filepath.Join(t.TempDir(), "x.po")
					if err := os.WriteFile(name, po.Format(f), 0o600); err != nil {
						t.Fatal(err)
					}
					out, err := exec.Command(msgfmt, "--check", "--output-file="+os.DevNull, name).CombinedOutput()
					if err != nil {
						t.Errorf("%s: %s\n%s", err, bytes.TrimSpace(out), po.Format(f))
					}
					checked++
				}
			}
			return true
		}).Example(seed)
	}
	if checked < 24 {
		t.Errorf("only %d catalogs were checked", checked)
	}
}
