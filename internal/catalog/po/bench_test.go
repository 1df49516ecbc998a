package po_test

import (
	"bytes"
	"fmt"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/po"
)

// benchFiles are the catalogs below the folder that CORPUS names, else one that
// is built here: 4,000 entries, a third of them of several lines.
func benchFiles(b *testing.B) [][]byte {
	b.Helper()
	folder := os.Getenv("CORPUS")
	if folder == "" {
		return [][]byte{builtCatalog(4000)}
	}
	names, err := filepath.Glob(filepath.Join(folder, "*.po"))
	if err != nil || len(names) == 0 {
		b.Fatalf("no catalogs in %s: %v", folder, err)
	}
	var files [][]byte
	for _, name := range names {
		src, err := os.ReadFile(name)
		if err != nil {
			b.Fatal(err)
		}
		files = append(files, src)
	}
	return files
}

func builtCatalog(entries int) []byte {
	var b bytes.Buffer
	b.WriteString("msgid \"\"\nmsgstr \"\"\n\"Language: ko\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n")
	for i := range entries {
		fmt.Fprintf(&b, "\n#. paragraph; part %d\n#: articles/part-%d.md\n", i, i/40)
		switch i % 3 {
		case 0:
			fmt.Fprintf(&b, "msgid \"Witness %d said that the road to the border was closed.\"\nmsgstr \"증인 %d는 국경으로 가는 길이 막혔다고 말했다.\"\n", i, i)
		case 1:
			fmt.Fprintf(&b, "msgid \"\"\n\"They waited %d days.\\n\"\n\"Nobody \\\"knew\\\" why.\\n\"\nmsgstr \"\"\n\"그들은 %d일을 기다렸다.\\n\"\n\"아무도 이유를 \\\"몰랐다\\\".\\n\"\n", i, i)
		default:
			fmt.Fprintf(&b, "#, fuzzy\n#| msgid \"Old text %d.\"\nmsgid \"New text %d, with [a link](https://example.org/).\"\nmsgstr \"옛 글 %d.\"\n", i, i, i)
		}
	}
	return b.Bytes()
}

func total(files [][]byte) (n int64) {
	for _, src := range files {
		n += int64(len(src))
	}
	return n
}

// goldmarkTime is how long a bare Markdown parse of the same bytes takes, the
// best of three.
func goldmarkTime(files [][]byte) time.Duration {
	md := goldmark.New(
		goldmark.WithExtensions(extension.GFM, extension.Footnote, extension.DefinitionList, extension.CJK),
		goldmark.WithParserOptions(parser.WithAttribute()),
	)
	best := time.Hour
	for range 3 {
		start := time.Now()
		for _, src := range files {
			md.Parser().Parse(text.NewReader(src))
		}
		best = min(best, time.Since(start))
	}
	return best
}

func report(b *testing.B, floor time.Duration) {
	perRun := b.Elapsed() / time.Duration(b.N)
	b.ReportMetric(float64(floor)/float64(perRun), "×goldmark")
}

func BenchmarkParse(b *testing.B) {
	files := benchFiles(b)
	floor := goldmarkTime(files)
	b.SetBytes(total(files))
	b.ReportAllocs()
	for b.Loop() {
		for _, src := range files {
			po.Parse("ko.po", src)
		}
	}
	report(b, floor)
}

func BenchmarkFormatUnchanged(b *testing.B) {
	benchmarkFormat(b, func(f *catalog.File) *catalog.File { return f })
}

func BenchmarkFormatAnew(b *testing.B) { benchmarkFormat(b, anew) }

func benchmarkFormat(b *testing.B, change func(*catalog.File) *catalog.File) {
	files := benchFiles(b)
	floor := goldmarkTime(files)
	parsed := make([]*catalog.File, len(files))
	for i, src := range files {
		f, _ := po.Parse("ko.po", src)
		parsed[i] = change(f)
	}
	b.SetBytes(total(files))
	b.ReportAllocs()
	for b.Loop() {
		for _, f := range parsed {
			po.Format(f)
		}
	}
	report(b, floor)
}

// anew is the same file as if it had never been read.
func anew(f *catalog.File) *catalog.File {
	c := &catalog.File{Path: f.Path, Language: f.Language, Layout: catalog.Layout{CRLF: f.Layout.CRLF, BOM: f.Layout.BOM}}
	c.Header = catalog.Header{Comments: f.Header.Comments, Flags: f.Header.Flags, Fields: f.Header.Fields}
	for _, m := range f.Messages {
		c.Add(&catalog.Message{Entry: m.Entry})
	}
	return c
}
