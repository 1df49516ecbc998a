package project

import (
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

// shelfOfArticles is a workspace with the articles of the folder CORPUS, or, if it
// is not set, with many that differ a little, and two languages.
func shelfOfArticles(b *testing.B) *Tree {
	b.Helper()
	dir := b.TempDir()
	content := filepath.Join(dir, "content")
	if corpus := os.Getenv("CORPUS"); corpus != "" {
		if err := os.CopyFS(content, os.DirFS(corpus)); err != nil {
			b.Fatal(err)
		}
	} else {
		for i := range 200 {
			text := fmt.Sprintf("---\ntitle: Road %d\n---\n\n## The road\n\nThe road %d is long.\n\n- One stone of road %d\n- Another\n", i, i, i)
			at := filepath.Join(content, fmt.Sprint("part", i%10), fmt.Sprintf("road-%d.md", i))
			if err := os.MkdirAll(filepath.Dir(at), 0o777); err != nil {
				b.Fatal(err)
			}
			if err := os.WriteFile(at, []byte(text), 0o666); err != nil {
				b.Fatal(err)
			}
		}
	}
	config := "title = \"Roads\"\n[languages.ko]\n[languages.zh-Hant]\n"
	if err := os.WriteFile(filepath.Join(dir, ConfigName), []byte(config), 0o666); err != nil {
		b.Fatal(err)
	}
	tree, err := Open(dir)
	if err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { tree.Close() })
	if _, err := tree.Extract(b.Context(), ExtractOptions{Now: day}); err != nil {
		b.Fatal(err)
	}
	return tree
}

// BenchmarkExtract looks whether anything changed, which is what a writer waits for
// most often.
func BenchmarkExtract(b *testing.B) {
	tree := shelfOfArticles(b)
	b.ReportAllocs()
	for b.Loop() {
		x, err := tree.Extract(b.Context(), ExtractOptions{Now: day})
		if err != nil || len(x.Written) > 0 {
			b.Fatal(x, err)
		}
	}
}

func BenchmarkStatus(b *testing.B) {
	tree := shelfOfArticles(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := tree.Status(b.Context(), StatusOptions{Now: day}); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBuild(b *testing.B) {
	tree := shelfOfArticles(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := tree.Build(b.Context(), BuildOptions{Now: day, Formats: []Format{HTML, EPUB, Markdown}}); err != nil {
			b.Fatal(err)
		}
	}
}
