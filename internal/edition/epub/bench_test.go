package epub_test

import (
	"bytes"
	"fmt"
	"io"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"

	"dragoman/internal/edition/epub"
)

// BenchmarkWrite writes a book of 200 chapters. The ratio is to what a stock
// goldmark takes to parse and render them, without packing them.
func BenchmarkWrite(b *testing.B) {
	src, err := os.ReadFile(sample + "/content/tides.md")
	if err != nil {
		b.Fatal(err)
	}
	text, _, _ := strings.Cut(string(src), "There is more")
	text = strings.ReplaceAll(strings.ReplaceAll(text, "[^", "["), "tide.svg", "tide.png")
	content := fstest.MapFS{"tide.png": {Data: pixel}}
	var paths []string
	for i := range 200 {
		p := fmt.Sprintf("c%03d.md", i)
		content[p] = &fstest.MapFile{Data: []byte(text)}
		paths = append(paths, p)
	}
	book := compile(b, content, "en", paths...)
	md := goldmark.New(goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList))
	floor := time.Hour
	for range 5 {
		start := time.Now()
		for range paths {
			var out bytes.Buffer
			if err := md.Convert([]byte(text), &out); err != nil {
				b.Fatal(err)
			}
		}
		floor = min(floor, time.Since(start))
	}
	b.SetBytes(int64(len(text) * len(paths)))
	b.ReportAllocs()
	for b.Loop() {
		if err := epub.Write(io.Discard, book); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.Elapsed())/float64(b.N)/float64(floor), "x-goldmark")
}
