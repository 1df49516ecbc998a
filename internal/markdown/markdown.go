// Package markdown takes an article apart into segments and puts it back
// together, and renders it.
//
// A segment is the inline Markdown of one block, as a translator sees it:
// container prefixes are gone and soft line breaks are joined.
//
//	> - A *short*          one segment of kind Item:
//	>   text.              A *short* text.
//
// Three laws hold. Identity: Translate without answers returns the source byte
// for byte, and with every answer equal to its question it renders to the same
// HTML. Locality: an answer changes no byte outside its segment's span.
// Structure: no answer changes the article's blocks; what would is escaped, so
// that it reads as written.
//
// The package alone knows goldmark.
package markdown

import (
	"time"

	"dragoman/internal/diag"
	"dragoman/internal/locale"

	"github.com/yuin/goldmark/ast"
)

// Kind is what sort of block a segment is the text of.
type Kind uint8

// The kinds of segments.
const (
	Paragraph Kind = iota
	Heading
	Item        // a paragraph of a list item
	Quote       // a paragraph of a block quote
	Cell        // of a table
	Term        // of a definition list
	Definition  // a paragraph of a definition
	Footnote    // a paragraph of a footnote
	Alt         // the alternative text of an image that stands alone
	Title       // of an image that stands alone, or of a link reference definition
	FrontMatter // the value of a front matter key
	HTML        // a text within an HTML block; it is HTML, not Markdown
	Comment     // a line of a comment in a fenced code block; it is plain text
)

// String is the kind's name in contexts ("kind:cell") and notes.
func (k Kind) String() string {
	return [...]string{
		"paragraph", "heading", "item", "quote", "cell", "term", "definition",
		"footnote", "alt", "title", "front-matter", "html", "comment",
	}[k]
}

// Segment is one block's inline Markdown, the unit of translation.
type Segment struct {
	Kind    Kind
	Level   int      // of a heading: 1 to 6
	Name    string   // of a front matter value: its key, with those above it, joined by dots
	Text    string   // the inline Markdown, soft line breaks joined; a hard one is `\` and a newline
	Context string   // forced by the author; empty for most
	Note    string   // from the author to the translator
	Max     int      // the longest translation the author allows, in characters; 0: any
	Trail   []string // the headings above it, outermost first; shared, not to be changed
	Pos     diag.Pos

	span
	block int // its index in Document.blocks; in front matter, see entry
	image int // of an alternative text: which image of the block
}

// Meta is what Dragoman understands of an article's front matter. Values that
// are translated are segments of kind FrontMatter as well.
type Meta struct {
	Title       string
	Description string
	Summary     string
	Subtitle    string
	Slug        string
	SlugPos     diag.Pos // where it stands; its line is 0 if there is none
	Aliases     []string
	Weight      int
	Date        time.Time // a day, UTC; zero if none
	Author      string
	Draft       bool
	Retracted   bool
	Priority    int
	Policy      map[string]Setting // by key: untranslated, stale, unapproved, machine, broken
}

// Setting is a value of the front matter as written, and where it stands.
type Setting struct {
	Text string
	Pos  diag.Pos
}

// Document is a parsed article. Nothing changes it after Parse or Translate, so
// it may be shared.
type Document struct {
	Path     string // relative to the content folder, with slashes
	Language locale.Tag
	Meta     Meta
	Segments []Segment

	src     []byte
	body    []byte // src less front matter; spans of blocks count from its start
	text    string // body; segments and destinations are parts of it
	dialect Dialect
	front   frontMatter
	root    ast.Node
	blocks  []block
	links   []LinkRef
	ids     []string // anchors, by heading
	heads   []int    // headings, by index in blocks
	notes   []ast.Node
	shape   []uint64           // the block structure, for comparison
	breaks  map[ast.Node][]int // where the lines that end in a hard break stop, by block
}

// Source is the article's bytes. They are not to be changed.
func (d *Document) Source() []byte { return d.src }

// HeadingRef is a heading as contents and navigation need it.
type HeadingRef struct {
	Level   int
	ID      string // the anchor: the same in every language
	HTML    string // the heading's text as inline HTML, without links, notes and images
	Segment int    // its index in Segments, -1 if nothing in it is to be translated
}

// LinkRef is a link or image destination, as written, and where it stands.
type LinkRef struct {
	Destination string
	Image       bool
	Pos         diag.Pos

	offset int
}

// Links are the destinations of links and images, in the order of the article.
func (d *Document) Links() []LinkRef { return d.links }

// Mark is what an edition says of a passage: the language that it is shown in
// where that is not the edition's own, and a class.
type Mark struct {
	Lang  string // BCP 47; empty: the edition's language
	Dir   string // ltr or rtl; with Lang
	Class string // "untranslated", "stale"; empty: none
}

// Rendering says how Render writes. The zero value renders everything with
// destinations as written.
type Rendering struct {
	Link      func(destination string) string // the address to write; empty: the text alone
	Image     func(destination string) string // likewise; empty: the alternative text alone
	Mark      func(segment int) Mark
	Notes     NoteStyle
	Table     string                  // accessible name of a table's scrolling region
	Label     func(box string) string // the title of a box or alert without one, by its name; empty: none
	Isolate   bool                    // text runs from right to left: an address in it does not
	Upright   bool                    // the script has no italics, as Han, kana and Hangul have none
	OmitTitle bool                    // leave out a heading of level 1 that begins the article: the page shows it
}

// NoteStyle says how footnotes are written.
type NoteStyle struct {
	EPUB      bool                    // as EPUB 3 asks: epub:type, an aside each
	Title     string                  // of the section of notes, in the edition's language
	Back      func(number int) string // accessible name of the link back
	Reference func(number int) string // accessible name of the reference
}
