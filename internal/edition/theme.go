package edition

import (
	"bytes"
	"maps"
	"path"
	"slices"
	"strings"
	"unicode/utf8"

	"dragoman/internal/diag"
	"dragoman/internal/locale"
)

// Theme is how a workspace wants its editions to look, where it does not want them
// as they are: the content of files by their names. One called like a style sheet
// or a page's template of ours takes its place; every other is an asset, which the
// pages of a site may show.
//
//	page.css            instead of the style of what is around the text
//	foot.html           instead of the end of each page
//	fonts/serif.woff2   stands in theme/fonts/ of the site in each language
//
// A theme is the publisher's, and trusted as the configuration is. The zero value
// changes nothing.
type Theme map[string][]byte

// The style sheets: of texts, on pages and in books, of what is around them on
// pages, and of the rest of books.
const (
	TextStyle = "text.css"
	PageStyle = "page.css"
	BookStyle = "book.css"
)

// ThemeFolder is where a site's pages find the assets of its theme.
const ThemeFolder = "theme"

// Sheet is the style sheet of a name: the theme's as it is written, or else ours.
// Browsers read line ends as they are here, and hash style sheets so.
func (t Theme) Sheet(name, ours string) string {
	own, ok := t[name]
	if !ok {
		return compact(ours)
	}
	return strings.TrimPrefix(strings.ReplaceAll(string(own), "\r\n", "\n"), "\ufeff") + "\n"
}

// Assets are the names of the assets, sorted.
func (t Theme) Assets() []string {
	names := slices.DeleteFunc(slices.Collect(maps.Keys(t)), func(name string) bool { return ours(name) })
	slices.Sort(names)
	return names
}

// Asset is the content of an asset; an image's as Image has it.
func (t Theme) Asset(name string) ([]byte, error) {
	if ImageType(name) == "" {
		return t[name], nil
	}
	return strip(t[name], ImageType(name))
}

// ours reports whether a file is a template or a style sheet: those at the top are.
func ours(name string) bool {
	if strings.Contains(name, "/") {
		return false
	}
	return path.Ext(name) == ".html" || path.Ext(name) == ".css"
}

// Check reports what a theme's style sheets and assets cannot be. Package site checks
// the templates.
func (t Theme) Check() (found diag.List) {
	for _, name := range slices.Sorted(maps.Keys(t)) {
		switch {
		case !ours(name):
			found = append(found, t.checkAsset(name)...)
		case path.Ext(name) == ".css":
			found = append(found, checkSheet(name, t[name])...)
		}
	}
	return found
}

// checkAsset reports an asset that would take the place of a page, and an image that
// may tell of people.
func (t Theme) checkAsset(name string) diag.List {
	f := diag.Finding{Pos: diag.Pos{Path: path.Join(ThemeFolder, name)}, Code: "theme"}
	if path.Base(name) == "index.html" {
		f.Text, f.Hint = "an article's page may have that name", "rename it; templates stand in "+ThemeFolder+" itself"
		return diag.List{f}
	}
	if _, err := t.Asset(name); err != nil {
		f.Text, f.Hint = err.Error(), "save it anew in an image editor"
		return diag.List{f}
	}
	return nil
}

// checkSheet reports a style sheet that takes the place of none of ours, or that
// cannot stand in a page or a book.
func checkSheet(name string, css []byte) diag.List {
	f := diag.Finding{Pos: diag.Pos{Path: path.Join(ThemeFolder, name)}, Code: "theme"}
	at := -1
	switch {
	case name != TextStyle && name != PageStyle && name != BookStyle:
		f.Severity = diag.Warning
		f.Text, f.Hint = "no page has a style sheet of that name", "the names are "+TextStyle+", "+PageStyle+" and "+BookStyle
		return diag.List{f}
	case !utf8.Valid(css) || bytes.IndexByte(css, 0) >= 0:
		f.Text, f.Hint = "not UTF-8", "save the file as UTF-8"
		return diag.List{f}
	case bytes.Contains(css, []byte("</style")):
		at = bytes.Index(css, []byte("</style"))
		f.Text, f.Hint = "ends the element that it stands in", "write the style sheet alone, without elements"
	case name != PageStyle:
		at = bytes.Index(css, []byte("url("))
		f.Text, f.Hint = "asks for a file, which no book holds", "say so in "+PageStyle+", which is of pages alone"
	}
	if at < 0 {
		return nil
	}
	f.Pos = diag.NewLines(f.Pos.Path, css).At(at)
	return diag.List{f}
}

// Style is the style sheet of the book's pages, with passages in other languages: what
// every edition shares, how text is set in each language, then the rules of the sheet
// of that name, which are the caller's unless the theme has it. What is not the
// theme's has no comments and few line breaks.
func (b *Book) Style(others []locale.Tag, name, rules string) string {
	return b.Theme.Sheet(TextStyle, textStyle) + settings(b.Language, families(b.Fonts), others) + b.Theme.Sheet(name, rules)
}
