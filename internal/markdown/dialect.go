package markdown

import (
	"bytes"
	"fmt"
	"maps"
	"slices"
	"sync"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Dialect is a generator's Markdown: which constructs stand beside CommonMark,
// which front matter keys are text, and whether comments in code are.
type Dialect struct {
	Name         string   // one of Dialects; empty: gfm
	FrontMatter  []string // keys to translate, nested ones with dots; nil: title, description, summary, subtitle
	CodeComments bool     // comments in fenced code blocks are segments
}

// construct is a set of what a dialect has beside CommonMark.
type construct uint16

const (
	tables     construct = 1 << iota // and strikethrough, task lists
	notesLists                       // footnotes, definition lists, heading attributes
	alerts                           // > [!NOTE]
	math                             // $…$ and $$…$$
	colons                           // ::: tip Title
	slashes                          // /// note | Title
	bangs                            // !!! note "Title", with its content indented
	shortcodes                       // {{< … >}} and {{% … %}}
	includes                         // {{#include …}}
	macros                           // {{ … }}, {% … %} and {* … *}
	headingIDs                       // # Heading {#id} is written and read
	mdx                              // <Component prop={…}>, {…}, import and export
	bareLinks                        // https://example.org, www.example.org, a@example.org
)

// dialects are the generators by the name of their Markdown. What a generator
// does not know is text there, and so it is here.
var dialects = map[string]construct{
	"commonmark": 0,
	"gfm":        tables | notesLists | alerts,
	"mdbook":     tables | notesLists | alerts | includes | headingIDs,
	"hugo":       tables | notesLists | alerts | shortcodes | math | headingIDs,
	"docusaurus": tables | notesLists | colons | mdx | math | headingIDs,
	"mkdocs":     tables | notesLists | bangs | slashes | macros | math | headingIDs,
}

// Dialects are the names of the dialects, sorted.
func Dialects() []string { return slices.Sorted(maps.Keys(dialects)) }

// NewDialect is the dialect of that name; an unknown one is an error.
func NewDialect(name string) (Dialect, error) {
	if _, ok := dialects[name]; !ok && name != "" {
		return Dialect{}, fmt.Errorf("dialect %q is not known", name)
	}
	return Dialect{Name: name}, nil
}

func (d Dialect) has(c construct) bool { return d.constructs()&c != 0 }

func (d Dialect) constructs() construct {
	if d.Name == "" {
		return dialects["gfm"]
	}
	return dialects[d.Name]
}

var parsers sync.Map // construct → parser.Parser

// taskParser reads the check box of a task, which GFM 0.29, section 5.3, wants white space
// after: - [x](u) is a link.
type taskParser struct{ parser.InlineParser }

func (p taskParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if line, _ := block.PeekLine(); len(line) > len("[x]") && !isSpace(line[len("[x]")]) {
		return nil
	}
	return p.InlineParser.Parse(parent, block, pc)
}

// parserOf reads a text in the dialect. Emphasis is ours, so that it works beside Chinese,
// Japanese and Korean punctuation; so are notes, of which none is dropped. What can
// take more than linear time is guarded.
//
// goldmark stops at each space to look for a bare link. In a text that has none it does
// not have to.
func (d Dialect) parserOf(text []byte) parser.Parser {
	c := d.constructs()
	if c&tables != 0 && mayLink(text) {
		c |= bareLinks
	}
	if p, ok := parsers.Load(c); ok {
		return p.(parser.Parser)
	}
	p, _ := parsers.LoadOrStore(c, newParser(c))
	return p.(parser.Parser)
}

// mayLink reports whether a text has what each bare link has.
func mayLink(text []byte) bool {
	return bytes.IndexByte(text, '@') >= 0 || bytes.Contains(text, []byte("www.")) ||
		bytes.Contains(text, []byte("http")) || bytes.Contains(text, []byte("ftp:"))
}

func newParser(c construct) parser.Parser {
	blocks := parser.DefaultBlockParsers()
	inlines := []util.PrioritizedValue{
		util.Prioritized(guarded{parser.NewCodeSpanParser()}, 100),
		util.Prioritized(guardedLinks{parser.NewLinkParser()}, 200),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(parser.NewRawHTMLParser(), 400),
		util.Prioritized(commentParser{}, 450),
		util.Prioritized(guarded{emphasisParser{}}, 500),
	}
	paragraphs := []util.PrioritizedValue{util.Prioritized(definitions{}, 100)}
	var trees []util.PrioritizedValue
	if c&tables != 0 {
		inlines = append(inlines,
			util.Prioritized(taskParser{extension.NewTaskCheckBoxParser()}, 0),
			util.Prioritized(guarded{struckParser{}}, 500))
		paragraphs = append(paragraphs, util.Prioritized(guardedTables{extension.NewTableParagraphTransformer()}, 200))
	}
	if c&bareLinks != 0 {
		inlines = append(inlines, util.Prioritized(extension.NewLinkifyParser(), 999))
	}
	if c&notesLists != 0 {
		blocks = append(blocks,
			util.Prioritized(extension.NewDefinitionListParser(), 101),
			util.Prioritized(extension.NewDefinitionDescriptionParser(), 102),
			util.Prioritized(newNoteDefinitions(), 999))
		inlines = append(inlines, util.Prioritized(noteReferences{}, 101))
	}
	if c&alerts != 0 {
		trees = append(trees, util.Prioritized(alertTransformer{}, 10))
	}
	if c&(colons|slashes|bangs) != 0 {
		blocks = append(blocks, util.Prioritized(boxParser{c}, 690))
	}
	if c&(math|mdx) != 0 {
		blocks = append(blocks, util.Prioritized(verbatimBlockParser{c}, 695))
	}
	if spans := verbatimSpans(c); len(spans) > 0 {
		inlines = append(inlines, util.Prioritized(verbatimParser{spans}, 50))
	}
	for i := range blocks {
		p := blocks[i].Value.(parser.BlockParser)
		if p == parser.NewHTMLBlockParser() {
			p = htmlParser{p}
		}
		blocks[i].Value = guardedBlock{p}
	}
	options := []parser.Option{
		parser.WithBlockParsers(blocks...), parser.WithInlineParsers(inlines...),
		parser.WithParagraphTransformers(paragraphs...), parser.WithASTTransformers(trees...),
	}
	if c&notesLists != 0 {
		options = append(options, parser.WithHeadingAttribute())
	}
	return parser.NewParser(options...)
}
