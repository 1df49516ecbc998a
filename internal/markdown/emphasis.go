package markdown

import (
	"bytes"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// emphasisParser reads * and _ as CommonMark does, but for *, a Chinese,
// Japanese or Korean character on the other side of a run counts like a space or
// punctuation does. CommonMark looks for a space there, which these scripts do
// not write, and so leaves **마크다운(Markdown)**은 and 这是**“重要”**的 as they are.
//
// A run opens unless white space follows it, or punctuation outside these scripts
// follows and a letter outside them precedes; closing mirrors it.
type emphasisParser struct{}

func (emphasisParser) Trigger() []byte { return []byte{'*', '_'} }

func (emphasisParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	lines := parent.Lines()
	n, _ := block.Position()
	before, first := preceding(parent, block)
	node := parser.ScanDelimiter(line, before, 1, emphasisDelimiters{})
	if node == nil {
		return nil
	}
	if node.Char == '*' {
		rest := line[node.OriginalLength:]
		if first && n > 0 {
			if l := meeting(lines.At(n-1), line, block.Source()); l != nil {
				before, _ = utf8.DecodeLastRune(l)
			}
		}
		if util.IsBlank(rest) && n+1 < lines.Len() {
			next := lines.At(n + 1)
			l := lines.At(n)
			if meeting(l, next.Value(block.Source()), block.Source()) != nil {
				rest = bytes.TrimLeft(next.Value(block.Source()), " \t")
			}
		}
		flank(node, before, rest)
	}
	node.Segment = segment.WithStop(segment.Start + node.OriginalLength)
	block.Advance(node.OriginalLength)
	pc.PushDelimiter(node)
	return node
}

// preceding is the character before a reader's place. At the beginning of a line, which is
// reported, it is the end of the line before: not the mark of a quote.
func preceding(parent ast.Node, block text.Reader) (before rune, first bool) {
	lines := parent.Lines()
	n, at := block.Position()
	if n < lines.Len() && lines.At(n).Start == at.Start {
		return '\n', true
	}
	return block.PrecendingCharacter(), false
}

// meeting is a line without the white space at its end, if nothing is to stand between
// it and the next; else nil.
func meeting(l text.Segment, next, source []byte) []byte {
	line := bytes.TrimRight(source[l.Start:l.Stop], "\r\n")
	if meet, marks := joinable(line, next); !meet || !marks || bytes.HasSuffix(line, []byte("  ")) {
		return nil
	}
	return bytes.TrimRight(line, " \t")
}

// flank sets what a run of * may do, by CommonMark's rules for left- and
// right-flanking runs so widened.
func flank(node *parser.Delimiter, before rune, rest []byte) {
	after := ' '
	if len(rest) > 0 {
		after, _ = utf8.DecodeRune(rest)
	}
	eastBefore, eastAfter := eastern(before), eastern(after)
	if !eastBefore && !eastAfter {
		return
	}
	spaceBefore, spaceAfter := util.IsSpaceRune(before), util.IsSpaceRune(after)
	pointBefore := util.IsPunctRune(before) && !eastBefore
	pointAfter := util.IsPunctRune(after) && !eastAfter
	node.CanOpen = !spaceAfter && (!pointAfter || spaceBefore || pointBefore || eastBefore)
	node.CanClose = !spaceBefore && (!pointBefore || spaceAfter || pointAfter || eastAfter)
}

// eastern reports whether a character is of a script that CommonMark's rules for
// emphasis fail: Han, kana, Hangul, and their full-width punctuation.
func eastern(r rune) bool {
	return r >= 0x1100 && (unspaced(r) || unicode.Is(unicode.Hangul, r))
}

type emphasisDelimiters struct{}

func (emphasisDelimiters) IsDelimiter(b byte) bool { return b == '*' || b == '_' }

func (emphasisDelimiters) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

func (emphasisDelimiters) OnMatch(consumes int) ast.Node { return ast.NewEmphasis(consumes) }

// struckParser reads struck text as goldmark does, but at the beginning of a line in a
// quote, where goldmark takes the mark of the quote for the character before.
type struckParser struct{}

func (struckParser) Trigger() []byte { return []byte{'~'} }

func (struckParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	line, segment := block.PeekLine()
	before, _ := preceding(parent, block)
	node := parser.ScanDelimiter(line, before, 1, struckDelimiters{})
	if node == nil || node.OriginalLength > 2 || before == '~' {
		return nil
	}
	node.Segment = segment.WithStop(segment.Start + node.OriginalLength)
	block.Advance(node.OriginalLength)
	pc.PushDelimiter(node)
	return node
}

type struckDelimiters struct{}

func (struckDelimiters) IsDelimiter(b byte) bool { return b == '~' }

func (struckDelimiters) CanOpenCloser(opener, closer *parser.Delimiter) bool {
	return opener.Char == closer.Char
}

func (struckDelimiters) OnMatch(int) ast.Node { return east.NewStrikethrough() }
