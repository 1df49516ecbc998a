package markdown

import (
	"bytes"
	"cmp"
	"slices"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// comment is an MDX comment, {/* … */}. No reader sees it; at the end of
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

// openBlock is where the block ends in which no further comment does.
var openBlock = parser.NewContextKey()

func (commentParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	if !bytes.HasPrefix(line, []byte(commentOpen)) || pc.Get(openBlock) == segment.Start+remaining(parent, segment) {
		return nil
	}
	end := bytes.Index(line[len(commentOpen):], []byte(commentClose))
	if end < 0 {
		line, _ = ahead(parent, block, parent.Lines().Len())
		end = bytes.Index(line[len(commentOpen):], []byte(commentClose))
	}
	if end < 0 {
		pc.Set(openBlock, segment.Start+remaining(parent, segment))
		return nil
	}
	end += len(commentOpen)
	c := &comment{text: bytes.TrimSpace(line[len(commentOpen):end])}
	c.SetPos(segment.Start)
	skip(block, end+len(commentClose))
	return c
}

// ahead is the text of so many lines of a block from a reader's place on, without what
// containers put before them, and whether those are all.
func ahead(parent ast.Node, block text.Reader, lines int) (out []byte, all bool) {
	line, segment := block.PeekLine()
	out = bytes.Clone(line)
	of := parent.Lines()
	from, _ := slices.BinarySearchFunc(of.Sliced(0, of.Len()), segment.Stop, func(l text.Segment, stop int) int {
		return cmp.Compare(l.Start, stop)
	})
	to := min(of.Len(), from+lines-1)
	for i := from; i < to; i++ {
		l := of.At(i)
		out = append(out, l.Value(block.Source())...)
	}
	return out, to == of.Len()
}

// skip advances a reader by so many bytes of what is ahead.
func skip(block text.Reader, n int) {
	for {
		line, _ := block.PeekLine()
		if n < len(line) {
			block.Advance(n)
			return
		}
		n -= len(line)
		block.AdvanceLine()
		if n == 0 {
			return
		}
	}
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
