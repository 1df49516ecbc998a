package markdown

import (
	"bytes"
	"hash/maphash"
	"slices"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// form is how an answer has to be written to stay within its block.
type form uint8

const (
	flow     form = iota // a paragraph, a setext heading: several lines
	line                 // a definition term: one line
	rest                 // the title of a box, to the end of its line
	atx                  // an ATX heading
	cell                 // of a table
	alt                  // between ![ and ]
	quoted               // between the quotes of a title
	markup               // HTML
	value                // of front matter
	remark               // a comment in code, to the end of its line
	enclosed             // one between marks
	unmarked             // a line of such a one without a mark of its own
)

// span is where a segment stands: [start, end) in the body, or in the source
// for front matter.
type span struct {
	start, end int
	form       form
}

// block is a block with inline content. Every such block has an entry, whether
// or not it holds anything to translate, so that an article and its translation
// correspond entry by entry.
type block struct {
	node  ast.Node
	kind  Kind
	level int
	span  span
	segs  segRange
}

// segRange is a block's segments in Document.Segments, [from, to).
type segRange struct{ from, to int }

// alone reports whether the block holds an image and nothing else.
func (b *block) alone() bool {
	n := b.node.FirstChild()
	return n != nil && n.Kind() == ast.KindImage && n.NextSibling() == nil
}

// scanner walks the blocks of one article.
type scanner struct {
	doc     *Document
	pending directives
	within  []Kind           // the containers that decide a paragraph's kind
	depth   int              // how many nodes the one being scanned is inside
	skip    bool             // between skip-start and skip-end
	runs    []span           // of the HTML or code block that was entered last
	shut    map[ast.Node]int // see guard
	bare    bool             // no segments are wanted: they are adopted from the source
	found   []warning
}

// count is how many blocks with text, and how many nodes, stand below n; those that
// hold several texts count for one.
func count(n ast.Node) (blocks, nodes int) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		nodes++
		switch c.(type) {
		case *ast.Heading, *ast.Paragraph, *ast.TextBlock, *east.TableCell, *east.DefinitionTerm,
			*ast.LinkReferenceDefinition, *boxTitle:
			blocks++
		case *ast.FencedCodeBlock, *ast.CodeBlock, *ast.HTMLBlock, *verbatimBlock:
		default:
			b, n := count(c)
			blocks, nodes = blocks+b, nodes+n
		}
	}
	return blocks, nodes
}

// expect makes room for the texts of a block that holds several: nodes are counted
// before the scan, these are not.
func (s *scanner) expect(texts int) {
	s.doc.blocks = slices.Grow(s.doc.blocks, texts)
	if !s.bare && !s.skip {
		s.doc.Segments = slices.Grow(s.doc.Segments, texts)
	}
}

// scan fills the document's blocks, notes and shape from its tree.
func (s *scanner) scan(n ast.Node) {
	said := s.pending // of all that stands below n
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if h, ok := c.(*ast.HTMLBlock); ok && s.directive(h) {
			s.note(c)
			continue
		}
		skipped := s.skip
		if s.pending.skip {
			s.skip = true
		}
		s.block(c)
		s.skip = skipped
		s.pending = said
	}
}

func (s *scanner) block(n ast.Node) {
	s.note(n)
	s.depth++
	switch n := n.(type) {
	case *ast.Heading:
		f := flow
		if isATX(n, s.doc.body) {
			f = atx
		}
		s.text(n, Heading, n.Level, f)
	case *ast.Paragraph, *ast.TextBlock:
		kind := Paragraph
		if len(s.within) > 0 {
			kind = s.within[len(s.within)-1]
		}
		s.text(n, kind, 0, flow)
	case *east.TableCell:
		s.text(n, Cell, 0, cell)
	case *east.DefinitionTerm:
		s.text(n, Term, 0, line)
	case *ast.ListItem:
		s.container(n, Item)
	case *ast.Blockquote:
		s.container(n, Quote)
	case *east.DefinitionDescription:
		s.container(n, Definition)
	case *east.Footnote:
		s.doc.notes = append(s.doc.notes, n)
		s.container(n, Footnote)
	case *ast.LinkReferenceDefinition:
		s.reference(n)
	case *boxTitle:
		s.text(n, Title, 0, n.form)
	case *ast.HTMLBlock:
		s.html(n)
	case *ast.FencedCodeBlock:
		s.code(n)
	case *ast.CodeBlock, *verbatimBlock:
	default:
		s.scan(n)
	}
	s.depth--
}

func (s *scanner) container(n ast.Node, k Kind) {
	s.within = append(s.within, k)
	s.scan(n)
	s.within = s.within[:len(s.within)-1]
}

// text takes in a block with inline content.
func (s *scanner) text(n ast.Node, kind Kind, level int, f form) {
	lines := n.Lines()
	if lines == nil || lines.Len() == 0 {
		return // an empty heading, an empty or missing cell
	}
	sp := span{s.doc.afterTable(n), lines.At(lines.Len() - 1).Stop, f}
	if kind == Heading {
		if c := anchorComment(n); c != nil {
			sp.end = c.Pos()
		}
		s.doc.heads = append(s.doc.heads, len(s.doc.blocks))
	}
	for sp.end > sp.start && isSpace(s.doc.body[sp.end-1]) {
		sp.end--
	}
	s.doc.blocks = append(s.doc.blocks, block{node: n, kind: kind, level: level, span: sp})
	s.inline(len(s.doc.blocks) - 1)
}

// afterTable is where the text of a block begins that follows a table. A line of = or -
// is what ends the table there, or a colon, as before a definition: without it, the text
// would be a row.
func (d *Document) afterTable(n ast.Node) int {
	lines := n.Lines()
	first := lines.At(0)
	if n.Kind() == east.KindDefinitionTerm && n.PreviousSibling() == nil {
		n = n.Parent()
	}
	if t := n.PreviousSibling(); t == nil || t.Kind() != east.KindTable {
		return first.Start
	}
	line := bytes.TrimRight(d.body[first.Start:first.Stop], " \t\r\n")
	if len(line) == 0 {
		return first.Start
	}
	text := bytes.TrimLeft(line[1:], " \t")
	switch {
	case line[0] == ':' && len(text) > 0 && isSpace(line[1]):
		return first.Start + len(line) - len(text)
	case lines.Len() > 1 && (line[0] == '=' || line[0] == '-' || line[0] == ':') && len(bytes.Trim(line, string(line[:1]))) == 0:
		return lines.At(1).Start
	}
	return first.Start
}

// note records the structure: what a node is, how deep it stands, and what of it an
// answer must not change.
func (s *scanner) note(n ast.Node) {
	h := mix(mix(0, uint64(n.Kind())), uint64(s.depth))
	switch n := n.(type) {
	case *ast.Heading:
		h = mix(h, uint64(n.Level))
		h = mixBytes(h, headingID(n))
	case *ast.List:
		h = mix(h, uint64(n.Marker))
		h = mix(h, uint64(n.Start))
		if n.IsTight {
			h = mix(h, 1)
		}
	case *ast.Blockquote:
		if name, ok := n.AttributeString(alertName); ok {
			h = mixBytes(h, name.([]byte))
		}
	case *box:
		h = mix(h, uint64(n.fence))
		h = mixBytes(h, []byte(n.name))
	case *ast.HTMLBlock:
		h = s.mixHTML(h, n)
	case *ast.FencedCodeBlock:
		h = s.mixCode(h, n)
	case *ast.CodeBlock, *verbatimBlock:
		h = s.mixLines(h, n)
	case *ast.LinkReferenceDefinition:
		h = mixBytes(h, []byte(oneSpaced(string(n.Label))))
		h = mixBytes(h, n.Destination)
	case *east.Footnote:
		h = mixBytes(h, n.Ref)
	case *east.TableCell:
		h = mix(h, uint64(n.Alignment))
	}
	s.doc.shape = append(s.doc.shape, h)
}

func (s *scanner) mixLines(h uint64, n ast.Node) uint64 {
	for i := range n.Lines().Len() {
		l := n.Lines().At(i)
		h = mixBytes(h, s.doc.body[l.Start:l.Stop])
	}
	return h
}

var seed = maphash.MakeSeed()

// mix adds a value to a running hash.
func mix(h, v uint64) uint64 { return (h ^ v + 1) * 0x9E3779B97F4A7C15 }

func mixBytes(h uint64, b []byte) uint64 { return mix(h, maphash.Bytes(seed, b)) }

// isATX tells a heading that begins with # from one that is underlined.
func isATX(n *ast.Heading, body []byte) bool {
	if n.Lines().Len() != 1 {
		return false
	}
	for i := n.Lines().At(0).Start - 1; i >= 0; i-- {
		switch body[i] {
		case ' ', '\t', '\r', '\f', '\v':
		case '#':
			return true
		default:
			return false
		}
	}
	return false
}

func isSpace(c byte) bool { return c == ' ' || c == '\t' || c == '\n' || c == '\r' }
