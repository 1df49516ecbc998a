package memory_test

import (
	"cmp"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode"
	"unicode/utf8"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/po"
	"dragoman/internal/markdown"
	"dragoman/internal/memory"
	"dragoman/internal/prose"
)

// language is texts to measure with, and how they part into what is replaced.
type language struct {
	name  string
	texts []string
	parts func(string) []string
	join  string
}

// languages are the texts below the folder that CORPUS names: of its articles, and
// the Chinese ones of its catalogs. Without it, or without such texts, they are made
// of invented words.
func languages(tb testing.TB) []language {
	tb.Helper()
	western := language{name: "western", parts: strings.Fields, join: " "}
	chinese := language{name: "chinese", parts: func(s string) []string { return strings.Split(s, "") }}
	if corpus := os.Getenv("CORPUS"); corpus != "" {
		read(tb, os.DirFS(corpus), &western, &chinese)
	}
	r := rand.New(rand.NewPCG(1, 2))
	if len(western.texts) == 0 {
		western.texts = invented(r, 3000, 2, 9, 'a', 26, " ")
	}
	if len(chinese.texts) == 0 {
		chinese.texts = invented(r, 800, 1, 1, '一', 2500, "")
	}
	brief := western
	brief.name, brief.texts = "under 30 characters", nil
	for _, t := range western.texts {
		if n := utf8.RuneCountInString(t); n < 30 && n >= 4 {
			brief.texts = append(brief.texts, t)
		}
	}
	return []language{western, brief, chinese}
}

func read(tb testing.TB, corpus fs.FS, western, chinese *language) {
	tb.Helper()
	err := fs.WalkDir(corpus, ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		src, err := fs.ReadFile(corpus, name)
		switch path.Ext(name) {
		case ".md":
			doc, _ := markdown.Parse(name, src, markdown.Dialect{})
			for i := range doc.Segments {
				western.texts = append(western.texts, doc.Segments[i].Text)
			}
		case ".po":
			f, _ := po.Parse(name, src)
			for _, m := range f.Messages {
				if strings.ContainsFunc(m.Target, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
					chinese.texts = append(chinese.texts, m.Target)
				}
			}
		}
		return err
	})
	if err != nil {
		tb.Fatal(err)
	}
}

// invented makes texts of 1 to 40 words, the frequent ones of a few texts in each.
func invented(r *rand.Rand, words, least, most int, first rune, letters int, join string) []string {
	vocabulary := make([]string, words)
	for i := range vocabulary {
		for range least + r.IntN(most-least+1) {
			vocabulary[i] += string(first + rune(r.IntN(letters)))
		}
	}
	texts := make([]string, 2000)
	for i := range texts {
		text := make([]string, 1+r.IntN(40))
		for j := range text {
			text[j] = vocabulary[min(r.IntN(words), r.IntN(words))]
		}
		texts[i] = strings.Join(text, join)
	}
	return texts
}

// mutants makes n texts: the beginning of one and the end of another, of about the
// same length, with up to half of the words replaced.
func (l *language) mutants(n int, seed uint64) []string {
	r := rand.New(rand.NewPCG(seed, 1))
	parts := make([][]string, len(l.texts))
	for i, t := range l.texts {
		parts[i] = l.parts(t)
	}
	slices.SortStableFunc(parts, func(a, b []string) int { return cmp.Compare(len(a), len(b)) })
	pick := func() []string { return parts[r.IntN(len(parts))] }
	out := make([]string, n)
	for i := range out {
		at := r.IntN(len(parts))
		text := slices.Clone(parts[at])
		if r.IntN(2) == 0 {
			other := parts[min(max(at+r.IntN(21)-10, 0), len(parts)-1)]
			cut := r.IntN(min(len(text), len(other)) + 1)
			text = append(text[:cut], other[cut:]...)
		}
		for range r.IntN(len(text)/2 + 1) {
			if from := pick(); len(from) > 0 && len(text) > 0 {
				text[r.IntN(len(text))] = from[r.IntN(len(from))]
			}
		}
		out[i] = strings.Join(text, l.join)
	}
	return out
}

// questions makes n texts of some of these by edits of single characters and words,
// in up to a third of the text.
func (l *language) questions(texts []string, n int, seed uint64) []string {
	r := rand.New(rand.NewPCG(seed, 2))
	out := make([]string, 0, n)
	for len(out) < n {
		text := []rune(texts[r.IntN(len(texts))])
		if len(text) < 4 {
			continue
		}
		for budget := r.IntN(len(text)/3 + 1); budget > 0 && len(text) > 1; {
			at := r.IntN(len(text))
			span := min(1+r.IntN(6), budget, len(text)-at)
			other := []rune(texts[r.IntN(len(texts))])
			from := r.IntN(max(len(other)-span, 1))
			with := other[from:min(from+span, len(other))]
			switch r.IntN(3) {
			case 0:
				text = slices.Concat(text[:at], text[at+span:])
			case 1:
				text = slices.Concat(text[:at], with, text[at:])
			default:
				text = slices.Concat(text[:at], with, text[at+span:])
			}
			budget -= span
		}
		out = append(out, string(text))
	}
	return out
}

func translated(texts []string) *catalog.File {
	f := &catalog.File{Path: "ko.po"}
	messages := make([]catalog.Message, len(texts))
	for i, t := range texts {
		messages[i] = catalog.Message{Entry: catalog.Entry{Key: catalog.Key{Source: t}, Target: "번역"}, State: catalog.Translated}
		f.Messages = append(f.Messages, &messages[i])
	}
	return f
}

// nearest is the highest score that any of the texts has, 0 if it is below 0.75.
func nearest(normals []string, question string) float64 {
	normal, best := prose.Normal(question), 0.0
	for _, t := range normals {
		if score, ok := prose.Similar(normal, t, max(best, memory.DefaultLeast)); ok {
			best = max(best, score)
		}
	}
	return best
}

// recall asks the questions that have an answer by comparison with every text, and
// counts how many the index answers as well.
func recall(x *memory.Index, texts, questions []string) (answered, answerable int) {
	normals := make([]string, len(texts))
	for i, t := range texts {
		normals[i] = prose.Normal(t)
	}
	for _, q := range questions {
		best := nearest(normals, q)
		if best == 0 {
			continue
		}
		answerable++
		if found := x.Find(q, memory.Query{Limit: 1}); len(found) == 1 && found[0].Score >= best-1e-9 {
			answered++
		}
	}
	return answered, answerable
}

// segments is how many texts are measured: a million of a corpus, fewer where only
// invented ones are at hand.
func segments() int {
	if os.Getenv("CORPUS") == "" {
		return 20_000
	}
	return 1_000_000
}

// BenchmarkFind asks an index of a million texts. Of a tenth of the questions, it is
// also counted whether the answer is the one that comparing all texts gives.
func BenchmarkFind(b *testing.B) {
	for _, l := range languages(b) {
		b.Run(l.name, func(b *testing.B) {
			texts := l.mutants(segments(), 3)
			x := memory.Build(translated(texts))
			questions := l.questions(texts, 1000, 4)
			var times []time.Duration
			runtime.LockOSThread()
			defer runtime.UnlockOSThread()
			b.ReportAllocs()
			for b.Loop() {
				for _, q := range questions {
					start := processorTime(b)
					x.Find(q, memory.Query{})
					times = append(times, processorTime(b)-start)
				}
			}
			slices.Sort(times)
			at := func(percent int) float64 { return float64(times[len(times)*percent/100].Microseconds()) / 1000 }
			answered, answerable := recall(x, texts, questions[:100])
			b.ReportMetric(at(50), "p50-ms")
			b.ReportMetric(at(99), "p99-ms")
			b.ReportMetric(100*float64(answered)/float64(answerable), "recall-%")
			b.ReportMetric(float64(answerable), "answerable")
			b.ReportMetric(0, "ns/op")
		})
	}
}

func BenchmarkBuild(b *testing.B) {
	for _, l := range languages(b) {
		for _, times := range []int{1, 2, 4} {
			b.Run(fmt.Sprintf("%s/%dx", l.name, times), func(b *testing.B) {
				texts := l.mutants(segments()/4*times, 3)
				f := translated(texts)
				characters := 0
				for _, t := range texts {
					characters += utf8.RuneCountInString(t)
				}
				var before, after runtime.MemStats
				runtime.GC()
				runtime.ReadMemStats(&before)
				x := memory.Build(f)
				runtime.GC()
				runtime.ReadMemStats(&after)
				runtime.KeepAlive(x)
				runtime.LockOSThread()
				defer runtime.UnlockOSThread()
				start := processorTime(b)
				b.ReportAllocs()
				for b.Loop() {
					memory.Build(f)
				}
				used := processorTime(b) - start
				b.ReportMetric(float64(used.Nanoseconds())/float64(b.N*characters), "cpu-ns/character")
				b.ReportMetric(float64(after.HeapAlloc-before.HeapAlloc)/float64(len(texts)), "bytes/segment")
				b.ReportMetric(float64(characters)/float64(len(texts)), "characters/segment")
			})
		}
	}
}
