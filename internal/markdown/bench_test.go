package markdown

import (
	"maps"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"golang.org/x/text/language"

	"dragoman/internal/stopwatch"
)

// stock is goldmark as it comes, the floor that the rest is measured against.
var stock = goldmark.New(
	goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList, extension.CJK),
	goldmark.WithParserOptions(parser.WithAttribute()),
).Parser()

// measure runs work over the corpus and reports its speed, and its processor time as a
// ratio to a stock goldmark parse of the same bytes.
func measure(b *testing.B, work func(path string, src []byte)) {
	files := corpus(b)
	paths := slices.Sorted(maps.Keys(files))
	size := 0
	for _, src := range files {
		size += len(src)
	}
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		for _, path := range paths {
			work(path, files[path])
		}
	}
	var own, floor stopwatch.Best
	for some := range slices.Chunk(paths, 16) {
		o, f := least(some, func(path string) { work(path, files[path]) }, func(path string) {
			stock.Parse(text.NewReader(files[path]))
		})
		own, floor = own+o, floor+f
	}
	b.ReportMetric(own.To(floor), "×goldmark")
}

// turns is how often work is measured.
const turns = 8

// least is the least processor time that each of two works takes for some files. They
// take turns, so that what else the machine does weighs on neither.
func least(paths []string, one, other func(path string)) (a, b stopwatch.Best) {
	each := func(work func(path string)) func() {
		return func() {
			for _, path := range paths {
				work(path)
			}
		}
	}
	for range turns {
		a.Time(each(one))
		b.Time(each(other))
	}
	return a, b
}

func BenchmarkParse(b *testing.B) {
	measure(b, func(path string, src []byte) { Parse(path, src, Dialect{}) })
}

func BenchmarkParseWithComments(b *testing.B) {
	measure(b, func(path string, src []byte) { Parse(path, src, withComments) })
}

func BenchmarkTranslate(b *testing.B) {
	measure(b, func(path string, src []byte) {
		d, _ := Parse(path, src, Dialect{})
		d.Translate(language.Korean, func(_ int, s *Segment) (string, bool) { return s.Text + " 끝", true })
	})
}

func BenchmarkRender(b *testing.B) {
	measure(b, func(path string, src []byte) {
		d, _ := Parse(path, src, Dialect{})
		d.Render(Rendering{})
	})
}

// hostileArticles are what is repeated to make articles that take parsers long.
var hostileArticles = []struct{ name, unit string }{
	{"nested lists", "- a\n  - b\n    - c\n      - d\n        - e\n"},
	{"quotes", "> > > > a\n> > b\n"},
	{"brackets", "["},
	{"pairs of brackets", "[a] [b]("},
	{"emphasis", "*a **b "},
	{"closed emphasis", "*a **b** c* _d_ "},
	{"backticks", "`a``b```c "},
	{"definitions", "[a]: b 'c'\n"},
	{"definitions without an end", "[a]: b\n'c\n"},
	{"tables", "|a|b|\n|-|-|\n|c|d|\n\n"},
	{"rows", "|a|b|c|d\n|-|-|-|-\n"},
	{"notes", "[^a]: b[^a]\n\n"},
	{"tags", "<a b='c' <d> <!-- "},
	{"HTML", "<div><p>a</p>\n\n"},
	{"braces", "{a {{ {/* \" "},
	{"components", "<T a={\"b\" "},
	{"formulas", "$a $$b "},
	{"boxes", "::: a\n!!! b\n    c\n/// d\n"},
	{"shortcodes", "{{< a {{% b {% c "},
}

// BenchmarkHostile reports the milliseconds of a processor that a megabyte of each takes in the
// slowest dialect, and how many times longer it takes than half a megabyte.
func BenchmarkHostile(b *testing.B) {
	for _, c := range hostileArticles {
		b.Run(c.name, func(b *testing.B) {
			whole := strings.Repeat(c.unit, 1<<20/len(c.unit))
			var slowest stopwatch.Best
			var growth float64
			for b.Loop() {
				for _, name := range Dialects() {
					parse := func(src string) func() {
						return func() { Parse("a.md", []byte(src), Dialect{Name: name, CodeComments: true}) }
					}
					var one stopwatch.Best
					for range turns {
						one.Time(parse(whole))
					}
					if one > slowest {
						slowest, growth = one, growing(parse(whole), parse(whole[:len(whole)/2]))
					}
				}
			}
			b.ReportMetric(float64(time.Duration(slowest).Milliseconds()), "ms/MB")
			b.ReportMetric(growth, "t(2n)/t(n)")
		})
	}
}

// growing is how many times longer one work takes than another, in memory that they have
// already. To be given more by the system, which collecting garbage gives it back, costs
// more than most work, and comes in leaps.
func growing(one, other func()) float64 {
	defer debug.SetGCPercent(debug.SetGCPercent(-1))
	var a, b stopwatch.Best
	for range 2 * turns {
		runtime.GC()
		a.Time(one)
		runtime.GC()
		b.Time(other)
	}
	return a.To(b)
}
