package markdown

import (
	"bytes"

	"dragoman/internal/diag"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// The bounds within which goldmark's time grows with the length of the text.
const (
	maxSize  = 16 << 20 // bytes of an article
	maxDepth = 100      // containers inside one another
	maxParts = 100_000  // of an article: blocks and links
	maxSteps = 1 << 19  // containers that go on, counted on each line that more than shallow of them hold
	shallow  = 16
	maxOpen  = 2000    // brackets left open in one block
	maxWaste = 1 << 26 // characters and marks looked at to no end
)

// bound says what an article has too much of.
type bound struct{ code, text, hint string }

var (
	tooDeep = bound{"too-deep", "more than 100 quotes or lists inside one another", "flatten them"}
	tooMany = bound{"too-large", "more than 100,000 paragraphs, items, cells, links or other parts", "split the article"}
	tooLong = bound{"too-deep", "quotes or lists inside one another over too many lines", "flatten them"}
	tooOpen = bound{"too-deep", "too many marks that nothing closes: brackets, asterisks, backticks or quotes", "close them, or write a backslash before them"}
)

func (b bound) finding(at diag.Pos) diag.Finding {
	return diag.Finding{Pos: at, Code: b.code, Text: b.text, Hint: b.hint}
}

// guard adds up what goldmark does to no end in one article: it looks for what
// closes a mark, and finds nothing, once for each mark. What a mark can cost at the
// most is charged. What people write comes to less than a thousand.
type guard struct {
	waste int
	parts int
	steps int
	marks int              // of emphasis, in this block
	open  int              // brackets that are open in this block
	at    int              // where in the body a bound was passed; -1 if none was
	bound bound            // which one
	shut  map[ast.Node]int // where the bracket stands that ends the text of an image or a short reference
}

var guardKey = parser.NewContextKey()

// stop ends the reading of an article, unless it has ended.
func (g *guard) stop(at int, b bound) {
	if g.at < 0 {
		g.at, g.bound = at, b
	}
}

func (g *guard) charge(waste, at int) {
	if g.waste += waste; g.waste > maxWaste {
		g.stop(at, tooOpen)
	}
}

// add counts blocks and links.
func (g *guard) add(parts, at int) {
	if g.parts += parts; g.parts > maxParts {
		g.stop(at, tooMany)
	}
}

// guardedBlock reads a kind of block as another parser does, until a bound is passed:
// then no block begins or goes on, and goldmark is done.
type guardedBlock struct{ parser.BlockParser }

func (p guardedBlock) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	g := pc.Get(guardKey).(*guard)
	if g.at >= 0 {
		return nil, parser.NoChildren
	}
	_, segment := reader.Position()
	n, state := p.BlockParser.Open(parent, reader, pc)
	if n == nil {
		return n, state
	}
	g.add(1, segment.Start)
	if len(pc.OpenedBlocks()) > 2*maxDepth { // a list and its item are two
		g.stop(segment.Start, tooDeep)
	}
	return n, state
}

func (p guardedBlock) Continue(n ast.Node, reader text.Reader, pc parser.Context) parser.State {
	g := pc.Get(guardKey).(*guard)
	if len(pc.OpenedBlocks()) > shallow {
		g.steps++
	}
	if g.steps > maxSteps {
		_, segment := reader.Position()
		g.stop(segment.Start, tooLong)
	}
	if g.at >= 0 {
		return parser.Close
	}
	return p.BlockParser.Continue(n, reader, pc)
}

// SetOption hands an option on to the parser that takes it.
func (p guardedBlock) SetOption(name parser.OptionName, value any) {
	if o, ok := p.BlockParser.(parser.SetOptioner); ok {
		o.SetOption(name, value)
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
			g.stop(segment.Start, tooOpen)
		}
	default:
		g.open = max(0, g.open-1)
		g.charge(parent.Lines().Len(), segment.Start)
		if n != nil {
			g.add(1, segment.Start)
			g.end(n, segment.Start)
		} else if len(line) > 1 && (line[1] == '(' || line[1] == '[') {
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

// end notes where the text of an image, or of a reference link whose label is its text, ends.
func (g *guard) end(n ast.Node, at int) {
	if l, ok := n.(*ast.Link); ok && (l.Reference == nil || l.Reference.Type == ast.ReferenceLinkFull) {
		return
	}
	if g.shut == nil {
		g.shut = map[ast.Node]int{}
	}
	g.shut[n] = at
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
	if lines.Len() < 2 {
		return
	}
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
	if columns > 0 {
		g.add(max(1, columns-1)*lines.Len(), lines.At(0).Start)
	}
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
