package adopt

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"dragoman/internal/locale"
	"dragoman/internal/markdown"
)

// page is an article beside its translation, without the ids of headings, and what
// is known of it.
type page struct {
	name                string
	source, translation *markdown.Document
	ids                 [2]map[string]int // segments of headings, by their ids
}

// headingMark is the id of a heading in MDX.
var headingMark = regexp.MustCompile(`(?m)^([ \t]*#+ .*?)[ \t]*\{/\*.*?\*/\}[ \t]*$`)

// pages are the articles of CORPUS/en and their translations in CORPUS/LANG, ko if
// it is not set. Each has an id in a comment after each heading, which is taken out.
func pages(tb testing.TB) []page {
	tb.Helper()
	corpus := os.Getenv("CORPUS")
	language := os.Getenv("LANGUAGE")
	if language == "" {
		language = "ko"
	}
	if _, err := os.Stat(filepath.Join(corpus, language)); corpus == "" || err != nil {
		return nil
	}
	var all []page
	err := fs.WalkDir(os.DirFS(filepath.Join(corpus, "en")), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".md") {
			return err
		}
		p := page{name: name}
		for side, language := range []string{"en", language} {
			src, err := os.ReadFile(filepath.Join(corpus, language, name))
			if err != nil {
				return nil
			}
			p.read(tb, side, locale.Tag{}, language, src)
		}
		all = append(all, p)
		return nil
	})
	if err != nil {
		tb.Fatal(err)
	}
	return all
}

func (p *page) read(tb testing.TB, side int, tag locale.Tag, language string, src []byte) {
	dialect := markdown.Dialect{Name: "docusaurus"}
	marked, found := markdown.Parse(language+"/"+p.name, src, dialect)
	if marked == nil {
		tb.Fatal(found)
	}
	bare, _ := markdown.Parse(language+"/"+p.name, headingMark.ReplaceAll(src, []byte("$1")), dialect)
	if len(bare.Segments) != len(marked.Segments) {
		tb.Fatalf("%s: the ids of headings are segments", p.name)
	}
	bare.Language, _ = locale.Parse(language)
	p.ids[side] = map[string]int{}
	for _, h := range marked.Headings() {
		if h.Segment >= 0 {
			p.ids[side][h.ID] = h.Segment
		}
	}
	if side == 0 {
		p.source = bare
	} else {
		p.translation = bare
	}
}

// score counts what is right of what is known.
type score struct {
	headings, headingsRight int
	anchored, anchoredRight int
	pairs, sure, sureWrong  int
	segments, missing       int
	wrong                   []string
}

func (s *score) add(p *page, a *Alignment) {
	to := map[int]Pair{}
	for _, pair := range a.Pairs {
		to[pair.Source] = pair
		s.pairs++
		if pair.Sure {
			s.sure++
		}
	}
	for _, i := range a.Same {
		to[i] = Pair{Source: -1}
	}
	s.segments += len(p.source.Segments)
	s.missing += len(a.Missing)
	check := func(source, target int, all, right *int) {
		pair, ok := to[source]
		if ok && pair.Source == -1 {
			return
		}
		*all++
		for _, t := range pair.Targets {
			if t == target {
				*right++
				return
			}
		}
		if pair.Sure {
			s.sureWrong++
		}
		got := "nothing"
		if ok {
			got = fmt.Sprintf("%s (%d %%, %s)", p.translation.Segments[pair.Targets[0]].Text, pair.Confidence, pair.Why)
		}
		s.wrong = append(s.wrong, fmt.Sprintf("%s\n\t\t%.100s\n\tis\t%.100s\n\tnot\t%.100s", p.source.Segments[source].Pos,
			p.source.Segments[source].Text, p.translation.Segments[target].Text, got))
	}
	for id, source := range p.ids[0] {
		if target, ok := p.ids[1][id]; ok {
			check(source, target, &s.headings, &s.headingsRight)
		}
	}
	where := [2]map[mention][]int{hard(p.source), hard(p.translation)}
	known := map[[2]int]bool{}
	for m, sources := range where[0] {
		targets := where[1][m]
		if len(sources) == 1 && len(targets) == 1 {
			known[[2]int{sources[0], targets[0]}] = true
		}
	}
	for k := range known {
		check(k[0], k[1], &s.anchored, &s.anchoredRight)
	}
}

// hard are the addresses and the code of a document by the segments that hold them.
func hard(d *markdown.Document) map[mention][]int {
	where := map[mention][]int{}
	for i := range d.Segments {
		if d.Segments[i].Kind == markdown.FrontMatter {
			continue
		}
		seen := map[mention]bool{}
		anchors(d.Segments[i].Text, func(s sort, text string) {
			if m := (mention{s, text}); (s == code || s == address) && !seen[m] {
				seen[m] = true
				where[m] = append(where[m], i)
			}
		})
	}
	return where
}

func percentOf(n, all int) float64 { return 100 * float64(n) / float64(max(all, 1)) }

// TestCorpusIsAligned measures on the articles of CORPUS how many of the headings
// are paired right, and of the segments with an address or code that no other has.
func TestCorpusIsAligned(t *testing.T) {
	var s score
	all := pages(t)
	for i := range all {
		s.add(&all[i], Align(all[i].source, all[i].translation))
	}
	if all == nil {
		return
	}
	t.Logf("%d pages, %d segments, %d without a translation, %d pairs, %.1f %% sure", len(all), s.segments, s.missing, s.pairs, percentOf(s.sure, s.pairs))
	t.Logf("headings: %d of %d, %.2f %%", s.headingsRight, s.headings, percentOf(s.headingsRight, s.headings))
	t.Logf("segments with a unique address or code: %d of %d, %.2f %%", s.anchoredRight, s.anchored, percentOf(s.anchoredRight, s.anchored))
	if percentOf(s.headingsRight, s.headings) < 99.8 || percentOf(s.anchoredRight, s.anchored) < 99 {
		t.Error("want 99.8 % of the headings, and 99 % of those segments")
	}
	t.Logf("wrong: %d, sure and wrong: %d\n%s", len(s.wrong), s.sureWrong, strings.Join(s.wrong, "\n"))
}

func BenchmarkAlign(b *testing.B) {
	all := pages(b)
	b.ReportAllocs()
	for b.Loop() {
		for i := range all {
			Align(all[i].source, all[i].translation)
		}
	}
}
