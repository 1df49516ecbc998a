package markdown

import (
	"slices"
	"testing"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"golang.org/x/text/language"
)

// stock is goldmark as it comes, the floor that the rest is measured against.
var stock = goldmark.New(
	goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList, extension.CJK),
	goldmark.WithParserOptions(parser.WithAttribute()),
).Parser()

// measure runs work over the corpus and reports its speed, and its time as a
// ratio to a stock goldmark parse of the same bytes. The two take turns and the
// ratio is the median of the rounds, so that what else the machine does hardly
// shows.
func measure(b *testing.B, work func(path string, src []byte)) {
	files := corpus(b)
	size := 0
	for _, src := range files {
		size += len(src)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	var ratios []float64
	for b.Loop() {
		b.StopTimer()
		began := time.Now()
		for _, src := range files {
			stock.Parse(text.NewReader(src))
		}
		floor, before := time.Since(began), b.Elapsed()
		b.StartTimer()
		for path, src := range files {
			work(path, src)
		}
		ratios = append(ratios, float64(b.Elapsed()-before)/float64(floor))
	}
	slices.Sort(ratios)
	b.ReportMetric(ratios[len(ratios)/2], "×goldmark")
}

func BenchmarkParse(b *testing.B) {
	measure(b, func(path string, src []byte) { Parse(path, src, Dialect{}) })
}

func BenchmarkTranslate(b *testing.B) {
	measure(b, func(path string, src []byte) {
		d, _ := Parse(path, src, Dialect{})
		d.Translate(language.Korean, same)
	})
}

func BenchmarkRender(b *testing.B) {
	measure(b, func(path string, src []byte) {
		d, _ := Parse(path, src, Dialect{})
		d.Render(Rendering{})
	})
}
