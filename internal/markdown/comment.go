package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// comment is an MDX comment, {/* … */}, on one line. No reader sees it; at the end of
// a heading it is the heading's anchor, as documentation generators for React
// write it.
type comment struct {
	ast.BaseInline
	text []byte
}

var kindComment = ast.NewNodeKind("Comment")

func (*comment) Kind() ast.NodeKind { return kindComment }

func (c *comment) Dump(source []byte, level int) {
	ast.DumpHelper(c, source, level, map[string]string{"text": string(c.text)}, nil)
}

const (
	commentOpen  = "{/*"
	commentClose = "*/}"
)

type commentParser struct{}

func (commentParser) Trigger() []byte { return []byte{'{'} }

// openLine is where the line ends on which no further comment does.
var openLine = parser.NewContextKey()

func (commentParser) Parse(_ ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if !bytes.HasPrefix(line, []byte(commentOpen)) || pc.Get(openLine) == segment.Stop {
		return nil
	}
	end := bytes.Index(line[len(commentOpen):], []byte(commentClose))
	if end < 0 {
		pc.Set(openLine, segment.Stop)
		return nil
	}
	end += len(commentOpen)
	c := &comment{text: bytes.TrimSpace(line[len(commentOpen):end])}
	c.SetPos(segment.Start)
	block.Advance(end + len(commentClose))
	return c
}

// anchorComment is the comment that ends a heading and names its anchor, nil if
// there is none.
func anchorComment(n ast.Node) *comment {
	c, ok := n.LastChild().(*comment)
	if !ok || len(c.text) == 0 || bytes.ContainsAny(c.text, " \t") {
		return nil
	}
	return c
}
