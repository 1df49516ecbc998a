package site_test

import (
	"bytes"
	"io/fs"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"dragoman/internal/edition"
	"dragoman/internal/edition/site"
	"dragoman/internal/markdown"
)

// BenchmarkPages writes the site of one language: from a compiled book, each
// article with its frame. The ratio is to what a stock goldmark takes to parse
// and render the same bytes.
func BenchmarkPages(b *testing.B) {
	books := collection(b, "https://example.org", everyLanguage...)
	korean := books[1]
	var sources [][]byte
	size := 0
	for _, c := range korean.Chapters {
		sources = append(sources, c.Document.Source())
		size += len(c.Document.Source())
	}
	floor := render(b, sources)
	b.SetBytes(int64(size))
	b.ReportAllocs()
	for b.Loop() {
		if err := site.Pages(korean, books, func(string, []byte) error { return nil }); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(floor), "x-goldmark")
}

// BenchmarkBody writes the text alone, of one long article.
func BenchmarkBody(b *testing.B) {
	src, err := fs.ReadFile(os.DirFS(sample), "content/tides.md")
	if err != nil {
		b.Fatal(err)
	}
	_, text, _ := strings.Cut(strings.TrimPrefix(string(src), "---\n"), "---\n")
	text, _, _ = strings.Cut(text, "There is more")
	long := []byte(strings.ReplaceAll(strings.Repeat(text, 100), "[^", "["))
	d, found := markdown.Parse("tides.md", long, markdown.Dialect{})
	if err := found.Err(); err != nil {
		b.Fatal(err)
	}
	book := collection(b, "", "en")[0]
	compiled, _ := edition.Compile([]edition.Article{{Document: d}}, edition.Options{
		Language: book.Language, Source: book.Source, Words: book.Words, Content: os.DirFS(sample + "/content"),
	})
	c := compiled.Chapters[0]
	floor := render(b, [][]byte{long})
	b.SetBytes(int64(len(long)))
	b.ReportAllocs()
	for b.Loop() {
		c.Body(edition.Addresses{
			Chapter: func(*edition.Chapter, string) string { return "x" },
			Image:   func(string) string { return "y" },
		}, c.Notes())
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(floor), "x-goldmark")
}

// render is the time that goldmark takes for the sources, with the extensions
// that articles use: the best of a few runs.
func render(tb testing.TB, sources [][]byte) time.Duration {
	tb.Helper()
	md := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList))
	best := time.Hour
	for range 20 {
		start := time.Now()
		for _, s := range sources {
			var out bytes.Buffer
			if err := md.Convert(s, &out); err != nil {
				tb.Fatal(err)
			}
		}
		best = min(best, time.Since(start))
	}
	return best
}
