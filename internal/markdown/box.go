package markdown

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// box is a container with a name and perhaps a title: an admonition, a tab.
//
//	::: tip Title          /// note | Title        !!! note "Title"
//	text                   text                        text
//	:::                    ///
type box struct {
	ast.BaseBlock
	name  string
	fence byte // ':' or '/'; 0: its content is indented
	run   int  // how long the fence is
}

var kindBox = ast.NewNodeKind("Box")

func (*box) Kind() ast.NodeKind { return kindBox }

func (b *box) Dump(source []byte, level int) {
	ast.DumpHelper(b, source, level, map[string]string{"name": b.name}, nil)
}

// boxTitle is the title of a box, its first child.
type boxTitle struct {
	ast.BaseBlock
	form form
}

var kindBoxTitle = ast.NewNodeKind("BoxTitle")

func (*boxTitle) Kind() ast.NodeKind { return kindBoxTitle }

func (t *boxTitle) Dump(source []byte, level int) { ast.DumpHelper(t, source, level, nil, nil) }

// How the three kinds begin. The groups are the fence, the name, and the title in
// the ways that it is written.
var (
	colonBox = regexp.MustCompile(`^(:{3,})[ \t]*\{?\.?([\w-]+)\}?(?:\[([^\n]*)\]|[ \t]+([^\n{]*?))?[ \t]*(?:\{[^\n]*\})?\s*$`)
	slashBox = regexp.MustCompile(`^(/{3,})[ \t]*([\w-]+)(?:[ \t]*\|[ \t]*()([^\n]*?))?\s*$`)
	bangBox  = regexp.MustCompile(`^(!!!|\?\?\?\+?|===[!+]?)[ \t]*([\w -]*?)(?:[ \t]*"(()[^\n]*)")?\s*$`)
)

// boxParser reads the boxes of a dialect.
type boxParser struct{ constructs construct }

func (p boxParser) Trigger() []byte {
	var marks []byte
	if p.constructs&colons != 0 {
		marks = append(marks, ':')
	}
	if p.constructs&slashes != 0 {
		marks = append(marks, '/')
	}
	if p.constructs&bangs != 0 {
		marks = append(marks, '!', '?', '=')
	}
	return marks
}

func (p boxParser) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	at := pc.BlockOffset()
	g := pc.Get(guardKey).(*guard)
	if at < 0 {
		return nil, parser.NoChildren
	}
	pattern := bangBox
	switch line[at] {
	case ':':
		pattern = colonBox
	case '/':
		pattern = slashBox
	}
	m := pattern.FindSubmatchIndex(line[at:])
	if m == nil || pattern == bangBox && m[4] == m[5] && m[6] < 0 {
		return nil, parser.NoChildren
	}
	if len(pc.OpenedBlocks()) > maxDepth {
		g.stop(segment.Start, tooDeep)
		return nil, parser.NoChildren
	}
	b := &box{name: string(line[at+m[4] : at+m[5]])}
	if pattern != bangBox {
		b.fence, b.run = line[at], m[3]-m[2]
	}
	b.title(line[at:], m, segment.Start-segment.Padding+at)
	reader.Advance(len(bytes.TrimRight(line, "\r\n")))
	return b, parser.HasChildren
}

// title makes a child of the title, if there is one.
func (b *box) title(line []byte, m []int, offset int) {
	at, f := 8, rest
	if m[6] >= 0 && m[6] < m[7] {
		if at = 6; b.fence != 0 {
			f = alt
		}
	}
	if m[at] < 0 || len(bytes.TrimSpace(line[m[at]:m[at+1]])) == 0 {
		return
	}
	t := &boxTitle{form: f}
	t.Lines().Append(text.NewSegment(offset+m[at], offset+m[at+1]))
	t.SetPos(offset + m[at])
	b.AppendChild(b, t)
}

func (p boxParser) Continue(node ast.Node, reader text.Reader, pc parser.Context) parser.State {
	b := node.(*box)
	line, _ := reader.PeekLine()
	if b.fence == 0 {
		return indented(line, reader)
	}
	trimmed := bytes.TrimSpace(line)
	run := len(trimmed) - len(bytes.TrimLeft(trimmed, string(b.fence)))
	if run < b.run || run != len(trimmed) || closesInner(pc, node, run) {
		return parser.Continue | parser.HasChildren
	}
	reader.Advance(len(bytes.TrimRight(line, "\r\n")))
	return parser.Close
}

// indented continues a container whose content is indented by four columns.
func indented(line []byte, reader text.Reader) parser.State {
	if util.IsBlank(line) {
		return parser.Continue | parser.HasChildren
	}
	at, padding := util.IndentPosition(line, reader.LineOffset(), 4)
	if at < 0 {
		return parser.Close
	}
	reader.AdvanceAndSetPadding(at, padding)
	return parser.Continue | parser.HasChildren
}

// closesInner reports whether a closing fence belongs to something inside the box: to a
// box with a fence that it closes, or to a block of code.
func closesInner(pc parser.Context, node ast.Node, run int) bool {
	inside := false
	for _, open := range pc.OpenedBlocks() {
		switch n := open.Node.(type) {
		case *box:
			if inside && n.fence == node.(*box).fence && n.run <= run {
				return true
			}
			inside = inside || open.Node == node
		case *ast.FencedCodeBlock, *ast.HTMLBlock:
			if inside {
				return true
			}
		}
	}
	return false
}

func (boxParser) Close(ast.Node, text.Reader, parser.Context) {}

func (boxParser) CanInterruptParagraph() bool { return true }

func (boxParser) CanAcceptIndentedLine() bool { return false }

// alertTransformer takes the first line of a quote that begins with [!NOTE] out of
// its text.
type alertTransformer struct{}

var alertMark = regexp.MustCompile(`^\[!([A-Za-z]+)\][+-]?[ \t]*\r?\n?$`)

const alertName = "alert"

func (alertTransformer) Transform(doc *ast.Document, reader text.Reader, _ parser.Context) {
	_ = ast.Walk(doc, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if n.Type() == ast.TypeInline || n.Kind() == ast.KindParagraph {
			return ast.WalkSkipChildren, nil
		}
		if quote, ok := n.(*ast.Blockquote); ok && entering {
			takeAlert(quote, reader.Source())
		}
		return ast.WalkContinue, nil
	})
}

func takeAlert(quote *ast.Blockquote, source []byte) {
	p, ok := quote.FirstChild().(*ast.Paragraph)
	if !ok {
		return
	}
	first := p.Lines().At(0)
	m := alertMark.FindSubmatch(first.Value(source))
	if m == nil {
		return
	}
	quote.SetAttributeString(alertName, bytes.ToLower(m[1]))
	for c := p.FirstChild(); c != nil; {
		next := c.NextSibling()
		t, ok := c.(*ast.Text)
		p.RemoveChild(p, c)
		if ok && (t.SoftLineBreak() || t.HardLineBreak()) {
			break
		}
		c = next
	}
	if p.Lines().Len() == 1 {
		quote.RemoveChild(quote, p)
		return
	}
	p.Lines().SetSliced(1, p.Lines().Len())
}
