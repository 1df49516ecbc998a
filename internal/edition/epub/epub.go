// Package epub writes a book of package edition as an EPUB 3.3 file, which is a
// zip archive of XHTML pages and of files that describe them.
//
//	mimetype                      first, stored, so that the file tells its type
//	EPUB/package.opf              metadata, list of files, reading order
//	EPUB/nav.xhtml, toc.ncx       contents, for readers of today and of old
//	EPUB/cover.svg, cover.xhtml
//	EPUB/text/a/b.xhtml           one file a chapter, in folders as its slug is
//	EPUB/colophon.xhtml           how the book came about
//	EPUB/fonts/a.otf              what the text needs of the fonts that the book is set in
//
// Law: the same book gives the same bytes. Entries are sorted by name, their
// dates and the book's are the day that the edition shows, and its identifier is
// computed from the collection's and the language.
package epub

import (
	"archive/zip"
	"bytes"
	_ "embed"
	"fmt"
	"hash/crc32"
	"html/template"
	"io"
	"maps"
	"path"
	"slices"
	"sync"
	"time"

	"dragoman/internal/edition"
	"dragoman/internal/font"
	"dragoman/internal/locale"
)

const mimetype = "application/epub+zip"

//go:embed book.css
var bookStyle string

// columns are the rules of a book that is set in columns from right to left. Code and
// tables stay in lines. Reading systems of old know the property by other names.
//
//go:embed columns.css
var columns string

//go:embed book.html
var bookSource string

var templates = sync.OnceValue(func() *template.Template { return template.Must(template.New("book").Parse(bookSource)) })

// prologue begins each XML file; the templates leave it to us, for in HTML it
// would be text.
const (
	prologue = `<?xml version="1.0" encoding="utf-8"?>` + "\n"
	doctype  = prologue + "<!DOCTYPE html>\n"
)

// Write writes the book. It fails if w does, or if an image cannot be read.
func Write(w io.Writer, b *edition.Book) error {
	v := newVolume(b)
	files := map[string][]byte{
		"META-INF/container.xml": []byte(prologue + container),
		"EPUB/cover.svg":         b.Cover(),
	}
	for _, image := range v.Images {
		content, err := b.Image(image.path)
		if err != nil {
			return err
		}
		files["EPUB/"+image.Name] = content
	}
	for _, p := range []struct{ name, head, template string }{
		{"package.opf", prologue, "package"},
		{"nav.xhtml", doctype, "nav"},
		{"toc.ncx", prologue, "ncx"},
		{"cover.xhtml", doctype, "cover"},
		{"title.xhtml", doctype, "title"},
		{"colophon.xhtml", doctype, "colophon"},
	} {
		if err := render(files, p.name, p.head, p.template, v); err != nil {
			return err
		}
	}
	// html/template writes a plus as a reference, which not every reader of packages
	// resolves in a media type: image/svg+xml.
	files["EPUB/package.opf"] = bytes.ReplaceAll(files["EPUB/package.opf"], []byte("&#43;"), []byte("+"))
	for _, c := range v.Chapters {
		c.render()
		if err := render(files, c.Name, doctype, "chapter", c); err != nil {
			return err
		}
	}
	if err := v.dress(files); err != nil {
		return err
	}
	return pack(w, files, b.AsOf)
}

// dress adds the style sheet, and the parts of fonts that show the texts.
func (v *volume) dress(files map[string][]byte) error {
	style := v.FontFaces(fontName) + v.Style([]locale.Tag{v.Source, v.Book.Words.Tag()}, edition.BookStyle, bookStyle) + setting(v.Book)
	files["EPUB/style.css"] = []byte(style)
	if len(v.Fonts) == 0 {
		return nil
	}
	var seen font.Characters
	for name, content := range files {
		if path.Ext(name) == ".xhtml" {
			seen.Add(content)
		}
	}
	parts, err := v.FontParts(&seen, style)
	if err != nil {
		return err
	}
	for i, f := range v.Fonts {
		files["EPUB/"+fontName(f)] = parts[i]
	}
	return nil
}

// fontName is the name of the part of a font, from the style sheet on.
func fontName(f *font.Font) string { return "fonts/" + f.Name + f.Ending() }

// FontName is fontName for the list of what the book holds.
func (v *volume) FontName(f *font.Font) string { return fontName(f) }

// setting is how the book is set where that is not in lines.
func setting(b *edition.Book) string {
	if !b.Vertical {
		return ""
	}
	return columns
}

func render(files map[string][]byte, name, head, tmpl string, data any) error {
	out := bytes.NewBufferString(head)
	if err := templates().ExecuteTemplate(out, tmpl, data); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	files["EPUB/"+name] = out.Bytes()
	return nil
}

const container = `<container version="1.0" xmlns="urn:oasis:names:tc:opendocument:xmlns:container">
<rootfiles><rootfile full-path="EPUB/package.opf" media-type="application/oebps-package+xml"/></rootfiles>
</container>
`

// pack writes the archive. The first entry must have no extra field and no data
// descriptor, EPUB 3.3 section 4.3.3, so that the type stands at a fixed place.
func pack(w io.Writer, files map[string][]byte, day time.Time) error {
	z := zip.NewWriter(w)
	first, err := z.CreateRaw(&zip.FileHeader{
		Name: "mimetype", Method: zip.Store,
		CRC32:            crc32.ChecksumIEEE([]byte(mimetype)),
		CompressedSize64: uint64(len(mimetype)), UncompressedSize64: uint64(len(mimetype)),
	})
	if err != nil {
		return fmt.Errorf("write mimetype: %w", err)
	}
	if _, err := io.WriteString(first, mimetype); err != nil {
		return fmt.Errorf("write mimetype: %w", err)
	}
	for _, name := range slices.Sorted(maps.Keys(files)) {
		entry, err := z.CreateHeader(&zip.FileHeader{Name: name, Method: zip.Deflate, Modified: stamp(day)})
		if err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
		if _, err := entry.Write(files[name]); err != nil {
			return fmt.Errorf("write %s: %w", name, err)
		}
	}
	if err := z.Close(); err != nil {
		return fmt.Errorf("write the book's directory: %w", err)
	}
	return nil
}

// stamp is a day as an archive can say it: from 1980 on.
func stamp(day time.Time) time.Time {
	first := time.Date(1980, 1, 1, 0, 0, 0, 0, time.UTC)
	if day.Before(first) {
		return first
	}
	y, m, d := day.UTC().Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
