package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// noteIndex is an article's footnotes by label; of two with one label, the first
// counts.
type noteIndex struct {
	byLabel map[string]*east.Footnote
	count   int // of those that were referred to
}

var noteKey = parser.NewContextKey()

// noteDefinitions reads footnotes as goldmark does, and keeps an index of them:
// goldmark's own look-up goes through all of them.
type noteDefinitions struct{ parser.BlockParser }

func newNoteDefinitions() parser.BlockParser {
	return noteDefinitions{extension.NewFootnoteBlockParser()}
}

// Open reads the label itself: goldmark reads another where part of a tab stands before it.
func (noteDefinitions) Open(_ ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, _ := reader.PeekLine()
	at := pc.BlockOffset()
	if at < 0 || !bytes.HasPrefix(line[at:], []byte("[^")) {
		return nil, parser.NoChildren
	}
	at += len("[^")
	end := labelEnd(line[at:])
	if end < 0 || util.IsBlank(line[at:at+end]) || at+end+1 >= len(line) || line[at+end+1] != ':' {
		return nil, parser.NoChildren
	}
	n := east.NewFootnote(line[at : at+end])
	at += end + len("]:")
	reader.Advance(at)
	if at == len(line) {
		return n, parser.NoChildren
	}
	return n, parser.HasChildren
}

func (p noteDefinitions) Close(n ast.Node, reader text.Reader, pc parser.Context) {
	p.BlockParser.Close(n, reader, pc)
	f := n.(*east.Footnote)
	index := pc.ComputeIfAbsent(noteKey, func() any {
		return &noteIndex{byLabel: map[string]*east.Footnote{}}
	}).(*noteIndex)
	if _, ok := index.byLabel[string(f.Ref)]; !ok {
		index.byLabel[string(f.Ref)] = f
	}
}

// noteReferences reads references to footnotes, [^label]. After an exclamation mark
// one is no image.
type noteReferences struct{}

func (noteReferences) Trigger() []byte { return []byte{'!', '['} }

func (noteReferences) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	index, _ := pc.Get(noteKey).(*noteIndex)
	line, segment := block.PeekLine()
	label, marked := bytes.CutPrefix(line, []byte{'!'})
	label, ok := bytes.CutPrefix(label, []byte("[^"))
	if !ok || index == nil {
		return nil
	}
	end := max(0, labelEnd(label))
	f := index.byLabel[string(label[:end])]
	if f == nil {
		return nil
	}
	if f.Index < 0 {
		index.count++
		f.Index = index.count
	}
	if marked {
		parent.AppendChild(parent, ast.NewTextSegment(segment.WithStop(segment.Start+1)))
	}
	block.Advance(len(line) - len(label) + end + 1)
	return east.NewFootnoteLink(f.Index)
}

// maxLabel is the longest label: CommonMark 0.31, section 4.7.
const maxLabel = 999

// labelEnd is where the bracket stands that ends a label, -1 if none does.
func labelEnd(s []byte) int {
	for i := 0; i < min(len(s), maxLabel); i++ {
		switch s[i] {
		case '\\':
			if i+1 < len(s) && util.IsPunct(s[i+1]) {
				i++
			}
		case '[':
			return -1
		case ']':
			return i
		}
	}
	return -1
}
