package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// The bounds within which goldmark's time grows with the length of the text.
const (
	maxSize  = 16 << 20 // bytes of an article
	maxDepth = 100      // containers that one line opens
	maxOpen  = 2000     // brackets left open in one block
	maxWaste = 1 << 26  // characters and marks looked at to no end
)

// guard adds up what goldmark does to no end in one article: it looks for what
// closes a mark, and finds nothing, once for each mark. What a mark can cost at the
// most is charged. What people write comes to less than a thousand.
type guard struct {
	waste int
	marks int // of emphasis, in this block
	open  int // brackets that are open in this block
	at    int // where in the body a bound was passed; -1 if none was
}

var guardKey = parser.NewContextKey()

func (g *guard) charge(waste, at int) {
	if g.waste += waste; g.waste > maxWaste && g.at < 0 {
		g.at = at
	}
}

// guarded reads inline Markdown as another parser does, until a bound is passed.
type guarded struct{ parser.InlineParser }

func (p guarded) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	g := pc.Get(guardKey).(*guard)
	if g.at >= 0 {
		return nil
	}
	_, segment := block.PeekLine()
	n := p.InlineParser.Parse(parent, block, pc)
	switch n.(type) {
	case *parser.Delimiter:
		g.marks++
		g.charge(g.marks, segment.Start)
	case *ast.Text: // backticks that nothing closes
		g.charge(remaining(parent, segment), segment.Start)
	}
	return n
}

// guardedLinks reads links and images as goldmark does, until a bound is passed.
type guardedLinks struct{ parser.InlineParser }

func (p guardedLinks) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	g := pc.Get(guardKey).(*guard)
	if g.at >= 0 {
		return nil
	}
	line, segment := block.PeekLine()
	n := p.InlineParser.Parse(parent, block, pc)
	switch {
	case line[0] != ']':
		if n == nil {
			break
		}
		if g.open++; g.open > maxOpen {
			g.at = segment.Start
		}
	default:
		g.open = max(0, g.open-1)
		g.charge(parent.Lines().Len(), segment.Start)
		if n == nil && len(line) > 1 && (line[1] == '(' || line[1] == '[') {
			g.charge(remaining(parent, segment), segment.Start)
		}
	}
	return n
}

func (p guardedLinks) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	g := pc.Get(guardKey).(*guard)
	g.marks, g.open = 0, 0
	p.InlineParser.(parser.CloseBlocker).CloseBlock(parent, block, pc)
}

// remaining is how much of a block follows a place.
func remaining(block ast.Node, from text.Segment) int {
	lines := block.Lines()
	return lines.At(lines.Len()-1).Stop - from.Start
}

// paddingCost is what one missing cell of a table is charged: goldmark fills up short
// rows, so that a short text can ask for more cells than memory holds.
const paddingCost = 64

// guardedTables reads tables as goldmark does, but for those whose rows are mostly
// missing.
type guardedTables struct{ parser.ParagraphTransformer }

func (p guardedTables) Transform(n *ast.Paragraph, reader text.Reader, pc parser.Context) {
	g := pc.Get(guardKey).(*guard)
	lines := n.Lines()
	columns, missing := 0, 0
	for i := range lines.Len() {
		l := lines.At(i)
		pipes := bytes.Count(reader.Source()[l.Start:l.Stop], []byte{'|'})
		if columns == 0 && delimiterRow(reader.Source()[l.Start:l.Stop]) {
			columns = pipes
		}
		missing += max(0, columns-pipes)
	}
	g.charge(paddingCost*missing, lines.At(0).Start)
	if g.at < 0 {
		p.ParagraphTransformer.Transform(n, reader, pc)
	}
}

// delimiterRow reports whether a line may be what stands below a table's header.
func delimiterRow(line []byte) bool {
	for _, c := range line {
		if c != '|' && c != '-' && c != ':' && !isSpace(c) {
			return false
		}
	}
	return true
}
