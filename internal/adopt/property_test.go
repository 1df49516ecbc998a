package adopt

import (
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"dragoman/internal/markdown"

	"golang.org/x/text/language"
)

// passage is a block of a made-up article: what it is written with, its sentences,
// and those of its translation.
type passage struct {
	mark         string // before the text: "## ", "- "
	source       []string
	translation  []string
	code, shared bool // code; a passage that is the same on both sides
}

// writer makes up articles in which every sentence is another, and translations of
// which one knows what is whose.
type writer struct {
	*rand.Rand
	words map[string]string // of the article, with those of the translation
}

const (
	latin  = "bdfgklmnprstvz"
	vowels = "aeiou"
)

// word is a word and what it is in the translation: of Hangul, about half as long.
func (w *writer) word() (string, string) {
	var b strings.Builder
	syllables := 1 + w.IntN(4)
	for range syllables {
		b.WriteByte(latin[w.IntN(len(latin))])
		b.WriteByte(vowels[w.IntN(len(vowels))])
	}
	source := b.String()
	if w.words[source] == "" {
		var t strings.Builder
		for range max(1, syllables-w.IntN(2)) {
			t.WriteRune(rune(0xAC00 + w.IntN(11000)))
		}
		w.words[source] = t.String()
	}
	return source, w.words[source]
}

// sentence is a sentence and its translation, which says some things in more words
// and some in fewer. One in three has something that stays.
func (w *writer) sentence(least, most int) (string, string) {
	var source, target []string
	for range least + w.IntN(most-least+1) {
		s, t := w.word()
		source = append(source, s)
		for range int(math.Round(1 + 0.45*w.NormFloat64())) {
			target = append(target, t)
		}
	}
	if w.IntN(3) == 0 {
		keep := []string{
			fmt.Sprintf("`%s()`", source[0]), fmt.Sprint(w.IntN(200)), fmt.Sprintf("[%s](https://example.org/%d)", source[0], w.IntN(50)),
		}[w.IntN(3)]
		source, target = append(source, keep), slices.Insert(target, w.IntN(len(target)+1), keep)
	}
	_, end := w.word()
	return strings.Join(source, " "), strings.Join(append(target, end), " ")
}

func (w *writer) passage() passage {
	p := passage{}
	sentences, least, most := 1, 2, 5
	switch w.IntN(10) {
	case 0, 1:
		p.mark = strings.Repeat("#", 1+w.IntN(3)) + " "
	case 2, 3, 4:
		p.mark, most = "- ", 12
	case 5:
		p.code, p.shared = true, true
		s, _ := w.sentence(2, 8)
		p.source = []string{s}
		return p
	default:
		sentences, least, most = 1+w.IntN(4), 4, 16
	}
	for range sentences {
		s, t := w.sentence(least, most)
		p.source, p.translation = append(p.source, s), append(p.translation, t)
	}
	return p
}

func (p passage) write(b *strings.Builder, sentences []string) {
	if p.code {
		fmt.Fprintf(b, "```\n%s\n```\n\n", strings.Join(p.source, " "))
		return
	}
	fmt.Fprintf(b, "%s%s\n\n", p.mark, strings.Join(sentences, " "))
}

// disturb is the translation with blocks left out, added, merged and split, one in
// that many each.
func (w *writer) disturb(all []passage, rare int) (pages []passage) {
	for i := 0; i < len(all); i++ {
		p := all[i]
		edit := w.IntN(rare)
		flows := !p.code && !strings.HasPrefix(p.mark, "#")
		switch {
		case edit == 0:
			continue
		case edit == 1:
			_, note := w.sentence(4, 16)
			pages = append(pages, p, passage{translation: []string{note}})
			continue
		case edit == 2 && flows && len(p.translation) > 1:
			at := 1 + w.IntN(len(p.translation)-1)
			first, second := p, p
			first.translation, second.translation = p.translation[:at], p.translation[at:]
			pages = append(pages, first, second)
			continue
		case edit == 3 && flows && i+1 < len(all) && all[i+1].mark == p.mark && !all[i+1].code:
			p.translation = slices.Concat(p.translation, all[i+1].translation)
			i++
		}
		pages = append(pages, p)
	}
	return pages
}

// tally is how many of the sentences of the translation came to the passage that they
// translate, and how many pairs that nobody is asked to look at hold one that is not.
type tally struct{ sentences, right, sure, wrong int }

func (w *writer) try(tb testing.TB, blocks, rare int) (t tally) {
	var all []passage
	for range blocks {
		all = append(all, w.passage())
	}
	var texts [2]strings.Builder
	owner := map[string]int{} // of sentences, by passage
	var order []int           // passages that are segments
	for i, p := range all {
		p.write(&texts[0], p.source)
		if !p.code {
			order = append(order, i)
		}
		for _, s := range p.translation {
			owner[s] = i
		}
	}
	held := map[string]bool{}
	for _, p := range w.disturb(all, rare) {
		p.write(&texts[1], p.translation)
		for _, s := range p.translation {
			held[s] = true
		}
	}
	var docs [2]*markdown.Document
	for side, tag := range []language.Tag{language.English, language.Korean} {
		d, found := markdown.Parse("a.md", []byte(texts[side].String()), markdown.Dialect{})
		if d == nil {
			tb.Fatal(found)
		}
		d.Language = tag
		docs[side] = d
	}
	if len(docs[0].Segments) != len(order) {
		tb.Fatalf("%d segments of %d passages:\n%s", len(docs[0].Segments), len(order), texts[0].String())
	}
	a := Align(docs[0], docs[1])
	complete(tb, a, docs[0], docs[1])
	for s, i := range owner {
		if held[s] {
			t.sentences++
			k, ok := slices.BinarySearchFunc(a.Pairs, slices.Index(order, i), func(p Pair, at int) int { return p.Source - at })
			if ok && strings.Contains(a.Pairs[k].Text, s) {
				t.right++
			}
		}
	}
	for _, p := range a.Pairs {
		if !p.Sure {
			continue
		}
		t.sure++
		rest := p.Text
		for _, s := range all[order[p.Source]].translation {
			rest = strings.Replace(rest, s, "", 1)
		}
		if strings.TrimSpace(rest) != "" {
			t.wrong++
		}
	}
	return t
}

// complete fails unless each segment is accounted for, once.
func complete(tb testing.TB, a *Alignment, source, translation *markdown.Document) {
	tb.Helper()
	var seen [2][]int
	seen[0] = slices.Concat(a.Missing, a.Same)
	seen[1] = slices.Clone(a.Leftover)
	for _, p := range a.Pairs {
		seen[0] = append(seen[0], p.Source)
		seen[1] = append(seen[1], p.Targets...)
	}
	for side, d := range []*markdown.Document{source, translation} {
		slices.Sort(seen[side])
		for i, s := range seen[side] {
			if i > 0 && seen[side][i-1] == s {
				tb.Errorf("segment %d of side %d has two fates", s, side)
			}
		}
		if len(a.Same) == 0 && len(seen[side]) != len(d.Segments) {
			tb.Errorf("%d of %d segments of side %d have a fate", len(seen[side]), len(d.Segments), side)
		}
	}
}

func TestDisturbedTranslationsComeBackToTheirSources(t *testing.T) {
	tests := []struct {
		name          string
		rare          int     // one block in so many is left out, as many are added, split, merged
		recall, wrong float64 // least of the sentences, most of the sure pairs
	}{
		{"the same blocks", math.MaxInt32, 0.999, 0.001},
		{"one in ten blocks disturbed", 40, 0.95, 0.01},
		{"one in four blocks disturbed", 16, 0.90, 0.02},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var sum tally
			for seed := range uint64(30) {
				w := &writer{rand.New(rand.NewPCG(seed, 1)), map[string]string{}}
				one := w.try(t, 20+w.IntN(120), test.rare)
				sum = tally{sum.sentences + one.sentences, sum.right + one.right, sum.sure + one.sure, sum.wrong + one.wrong}
			}
			recall, wrong := float64(sum.right)/float64(sum.sentences), float64(sum.wrong)/float64(sum.sure)
			t.Logf("%d sentences, %.2f %% at their place; %d sure pairs, %.2f %% of them wrong", sum.sentences, 100*recall, sum.sure, 100*wrong)
			if recall < test.recall || wrong > test.wrong {
				t.Errorf("want %.2f %% at least, %.2f %% at most", 100*test.recall, 100*test.wrong)
			}
		})
	}
}
