package merge_test

import (
	"fmt"
	"math/rand/v2"
	"strings"
	"testing"

	"dragoman/internal/catalog"
	"dragoman/internal/markdown"
	"dragoman/internal/merge"
)

// paragraphs makes n texts of 20 to 60 words, the same ones every time.
func paragraphs(n int) []string {
	r := rand.New(rand.NewPCG(1, 2))
	words := make([]string, 3000)
	for i := range words {
		b := make([]byte, 2+r.IntN(9))
		for j := range b {
			b[j] = byte('a' + r.IntN(26))
		}
		words[i] = string(b)
	}
	out := make([]string, n)
	for i := range out {
		text := make([]string, 20+r.IntN(40))
		for j := range text {
			text[j] = words[r.IntN(len(words))]
		}
		out[i] = strings.Join(text, " ")
	}
	return out
}

// articles parts texts into documents of that many paragraphs.
func articles(texts []string, each int) []*markdown.Document {
	var docs []*markdown.Document
	for i := 0; i < len(texts); i += each {
		docs = append(docs, article(fmt.Sprintf("%05d.md", i), texts[i:min(i+each, len(texts))]...))
	}
	return docs
}

func change(texts []string, edit func(i int, words []string) []string) []string {
	out := make([]string, len(texts))
	for i, t := range texts {
		out[i] = strings.Join(edit(i, strings.Fields(t)), " ")
	}
	return out
}

func threeWords(_ int, words []string) []string {
	for _, i := range []int{2, 9, 15} {
		words[i] = "edited"
	}
	return words
}

func BenchmarkUpdate(b *testing.B) {
	const one = 750
	for _, bb := range []struct {
		name string
		each int // paragraphs of an article
		edit func(texts []string) []string
	}{
		{"nothing changed", 50, func(t []string) []string { return t }},
		{"one paragraph in fifty changed", 50, func(t []string) []string {
			return change(t, func(i int, w []string) []string {
				if i%50 == 7 {
					return threeWords(i, w)
				}
				return w
			})
		}},
		{"every paragraph of one article changed", 1 << 20, func(t []string) []string { return change(t, threeWords) }},
		{"one article turned around and changed", 1 << 20, func(t []string) []string {
			t = change(t, threeWords)
			for i, j := 0, len(t)-1; i < j; i, j = i+1, j-1 {
				t[i], t[j] = t[j], t[i]
			}
			return t
		}},
		{"one article replaced by another", 1 << 20, func(t []string) []string {
			return paragraphs(2 * len(t))[len(t):]
		}},
	} {
		for _, times := range []int{1, 2, 4, 8} {
			b.Run(fmt.Sprintf("%s/%dx", bb.name, times), func(b *testing.B) {
				texts := paragraphs(one * times)
				d := newDesk(b)
				files, _ := merge.Update(nil, articles(texts, bb.each), d.options())
				for _, f := range files {
					translateAll(f)
				}
				docs := articles(bb.edit(texts), bb.each)
				b.ReportAllocs()
				for b.Loop() {
					merge.Update(files, docs, d.options())
				}
				b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N*len(texts)), "ns/message")
			})
		}
	}
}

func translateAll(f *catalog.File) {
	for _, m := range f.Messages {
		m.Target = "번역 " + m.Source
	}
}
