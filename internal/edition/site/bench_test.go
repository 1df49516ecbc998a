package site_test

import (
	"io"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"dragoman/internal/catalog"
	"dragoman/internal/diag"
	"dragoman/internal/edition"
	"dragoman/internal/edition/site"
	"dragoman/internal/markdown"
	"dragoman/internal/stopwatch"
)

// shelf is the articles of the folder that CORPUS names, else the sample's, by path.
func shelf(tb testing.TB) (fs.FS, map[string][]byte) {
	tb.Helper()
	root := os.Getenv("CORPUS")
	if root == "" {
		root = sample + "/content"
	}
	content, files := os.DirFS(root), map[string][]byte{}
	err := fs.WalkDir(content, ".", func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || path.Ext(p) != ".md" {
			return err
		}
		files[p], err = fs.ReadFile(content, p)
		return err
	})
	if err != nil || len(files) == 0 {
		tb.Fatalf("no articles below %s: %v", root, err)
	}
	return content, files
}

// BenchmarkSite compiles real articles, translated whole, and writes the pages of
// one language of two. Reported are what reading them, compiling (with translating)
// and writing take, as ratios to the processor time that a stock goldmark needs to
// parse and render the same bytes. All languages share what is read.
func BenchmarkSite(b *testing.B) {
	content, files := shelf(b)
	paths := slices.Sorted(maps.Keys(files))
	english, korean := collection(b, "https://example.org", "en")[0], collection(b, "https://example.org", "ko")[0]
	var read, compiled, written, floor stopwatch.Best
	b.ReportAllocs()
	for b.Loop() {
		var articles []edition.Article
		read.Time(func() {
			for _, p := range paths {
				if d, _ := markdown.Parse(p, files[p], markdown.Dialect{}); d != nil {
					articles = append(articles, edition.Article{Document: d})
				}
			}
		})
		edition.Order(articles)
		original, _ := edition.Compile(articles, options(english, content))
		for i := range articles {
			articles[i].File = answered(articles[i].Document)
		}
		var book *edition.Book
		compiled.Time(func() { book, _ = edition.Compile(articles, options(korean, content)) })
		written.Time(func() {
			if err := site.Pages(book, []*edition.Book{original, book}, func(string, []byte) error { return nil }); err != nil {
				b.Fatal(err)
			}
		})
		floor.Time(func() {
			for _, p := range paths {
				if err := stock.Convert(files[p], io.Discard); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
	b.ReportMetric(read.To(floor), "×read")
	b.ReportMetric(compiled.To(floor), "×compile")
	b.ReportMetric(written.To(floor), "×write")
}

func options(b *edition.Book, content fs.FS) edition.Options {
	return edition.Options{
		Title: "Notes", BaseURL: b.BaseURL, Language: b.Language, Source: b.Source, Words: b.Words, Content: content,
	}
}

// answered is a catalog in which every segment of a document is translated, into
// itself and a word more.
func answered(d *markdown.Document) *catalog.File {
	f := &catalog.File{Path: d.Path + ".po"}
	for _, s := range d.Segments {
		f.Messages = append(f.Messages, &catalog.Message{
			Entry: catalog.Entry{Key: diag.Key{Context: s.Context, Source: s.Text}, Target: s.Text + " 끝"}, State: catalog.Translated,
		})
	}
	return f
}

// BenchmarkBody writes the text alone, of one long article, beside a stock goldmark
// that parses and renders it.
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
	var own, floor stopwatch.Best
	b.SetBytes(int64(len(long)))
	b.ReportAllocs()
	for b.Loop() {
		own.Time(func() {
			c.Body(edition.Addresses{
				Chapter: func(*edition.Chapter, string) string { return "x" },
				Image:   func(string) string { return "y" },
			}, c.Notes())
		})
		floor.Time(func() {
			if err := stock.Convert(long, io.Discard); err != nil {
				b.Fatal(err)
			}
		})
	}
	b.ReportMetric(own.To(floor), "×goldmark")
}

// stock is goldmark as it comes, with the extensions that articles use.
var stock = goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList))
