package site_test

import (
	"bytes"
	"fmt"
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

// BenchmarkPages writes the site of one language of five, 200 articles. The
// ratio is to what a stock goldmark takes to parse and render their bytes.
func BenchmarkPages(b *testing.B) {
	src, err := os.ReadFile(sample + "/content/tides.md")
	if err != nil {
		b.Fatal(err)
	}
	text, _, _ := strings.Cut(string(src), "There is more")
	text = strings.ReplaceAll(text, "[^", "[")
	var articles []edition.Article
	var sources [][]byte
	for i := range 200 {
		d, found := markdown.Parse(fmt.Sprintf("a%03d.md", i), []byte(text), markdown.Dialect{})
		if err := found.Err(); err != nil {
			b.Fatal(err)
		}
		articles, sources = append(articles, edition.Article{Document: d}), append(sources, []byte(text))
	}
	var books []*edition.Book
	for _, small := range collection(b, "https://example.org", everyLanguage...) {
		for i := range articles {
			articles[i].File = nil
			if !small.Original() {
				articles[i].File = translations(b, sample+"/"+small.Language.String()+"/tides.po")
			}
		}
		book, _ := edition.Compile(articles, edition.Options{
			Title: "Notes", BaseURL: small.BaseURL, Language: small.Language, Source: small.Source,
			Words: small.Words, Content: os.DirFS(sample + "/content"),
		})
		books = append(books, book)
	}
	floor := render(b, sources)
	b.SetBytes(int64(len(text) * len(sources)))
	b.ReportAllocs()
	for b.Loop() {
		if err := site.Pages(books[1], books, func(string, []byte) error { return nil }); err != nil {
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
