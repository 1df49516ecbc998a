package markdown

import (
	"testing"

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
// ratio to a stock goldmark parse of the same bytes.
func measure(b *testing.B, work func(path string, src []byte)) {
	files := corpus(b)
	size := 0
	for _, src := range files {
		size += len(src)
	}
	floor := testing.Benchmark(func(b *testing.B) {
		for b.Loop() {
			for _, src := range files {
				stock.Parse(text.NewReader(src))
			}
		}
	})
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for path, src := range files {
			work(path, src)
		}
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/float64(floor.NsPerOp()), "×goldmark")
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
