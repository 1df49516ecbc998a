package markdown

import (
	"bytes"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// respelling is what a translator sees in the place of a piece of the body: the label of a
// reference link whose text is its label, a backslash before what lines would become
// when they are joined.
type respelling struct {
	at   int
	drop int // bytes of the body
	text string
}

// short notes a reference link whose label is its text.
func (s *scanner) short(in *inlines, ref *ast.ReferenceLink, n ast.Node) {
	if s.bare || ref == nil || ref.Type == ast.ReferenceLinkFull {
		return
	}
	end, ok := s.shut[n]
	if !ok {
		return
	}
	sh := respelling{at: end + 1, text: "[" + oneSpaced(string(ref.Value)) + "]"}
	if ref.Type == ast.ReferenceLinkCollapsed {
		sh.drop = bytes.IndexByte(s.doc.body[end+1:], ']') + 1
	}
	in.respelled = append(in.respelled, sh)
	walkInline(n, func(c ast.Node) {
		if t, ok := c.(*ast.Text); ok && t.Parent().Kind() != ast.KindCodeSpan {
			in.keepShut(s.doc.body, t.Segment, sh.text)
		}
	})
}

// keepShut respells what nothing closes in the text of a reference link, if its label, which
// is the same text once more, would.
func (in *inlines) keepShut(body []byte, at text.Segment, label string) {
	for i := at.Start; i < at.Stop; i++ {
		shut := byte(0)
		switch c := body[i]; c {
		case '\\':
			i++
		case '`', '$':
			shut = c
		case '{':
			shut = '}'
		case '<':
			shut = '>'
		}
		if shut != 0 && strings.IndexByte(label, shut) >= 0 {
			in.respelled = append(in.respelled, respelling{at: i, text: `\`})
		}
	}
}

// keepOpen respells the brackets in a text that would be those of a destination if what
// follows stood on their line: one in angle brackets, whose end goldmark looks for on its
// line alone, or one of Chinese characters, that no space ends any more.
func (in *inlines) keepOpen(body []byte, at span) {
	for i := at.start; i < at.end; i++ {
		n := bytes.IndexByte(body[i:at.end], '(')
		if n < 0 {
			return
		}
		if i += n; i == in.start || body[i-1] != ']' {
			continue
		}
		if in.unspaced == 0 {
			in.unspaced = lastUnspaced(body, in.start, in.end)
		}
		if i < in.unspaced || in.broken(body, in.end-len(bytes.TrimLeft(body[i+1:in.end], "> \t\r\n"))) {
			in.respelled = append(in.respelled, respelling{at: i, text: `\`})
		}
	}
}

// broken reports whether an angle bracket stands there that may be shut, but not on its
// line.
func (in *inlines) broken(body []byte, at int) bool {
	if at == in.end || body[at] != '<' {
		return false
	}
	if at >= in.stop {
		line, _, _ := bytes.Cut(body[at:in.end], []byte{'\n'})
		in.stop = at + len(line)
	}
	if in.angle == 0 {
		in.angle = in.start + bytes.LastIndexByte(body[in.start:in.end], '>')
	}
	return in.angle > in.stop
}

// lastUnspaced is where the last line ends, of those in a part of the body that others
// follow, that ends in a Chinese or Japanese character; -1 if none does.
func lastUnspaced(body []byte, start, end int) int {
	for end > start {
		i := bytes.LastIndexByte(body[start:end], '\n')
		if i < 0 {
			break
		}
		end = start + i
		if last, _ := utf8.DecodeLastRune(bytes.TrimRight(body[start:end], " \t\r")); unspaced(last) {
			return end
		}
	}
	return -1
}

// slashed reports whether the end of a line escapes what comes after it: in goldmark, the
// third of three backslashes does, or the second of two of which the line before escapes
// the first.
func slashed(body []byte, line text.Segment, first bool) bool {
	own := body[line.Start:line.Stop]
	run := len(own) - len(bytes.TrimRight(own, `\`))
	return run > 1 && (run%2 == 0) == first && line.Stop < len(body) && body[line.Stop] == '\n'
}

// keepEscaped respells what the line before escapes, if a text has its first character
// that is no part of emphasis, brackets or code, be they text in the end. Of backslashes there
// the second escapes the third, and a text of their own ends in one that escapes nothing.
// It reports whether from there on the text is backslashes.
func (in *inlines) keepEscaped(body []byte, at text.Segment, d Dialect) bool {
	own := body[at.Start:at.Stop]
	own = own[unowned(own, d):]
	if len(own) == 0 {
		return false
	}
	in.escaping = false
	run := len(own) - len(bytes.TrimLeft(own, `\`))
	end := at.Stop - len(own) + run
	if run > 0 && (run%2 == 0 || end == at.Stop) && end < len(body) && util.IsPunct(body[end]) {
		in.respelled = append(in.respelled, respelling{at: end, text: `\`})
	}
	return run == len(own)
}

// unowned is how much of a text marks emphasis, brackets and code, or would.
func unowned(text []byte, d Dialect) (n int) {
	for n < len(text) {
		rest := text[n:]
		struck := len(rest) - len(bytes.TrimLeft(rest, "~"))
		switch {
		case struck == 1 || struck == 2:
			if !d.has(tables) {
				return n
			}
			n += struck
		case bytes.IndexByte([]byte("*_[`"), rest[0]) >= 0:
			n++
		case bytes.HasPrefix(rest, []byte("![")):
			n += len("![")
		default:
			return n
		}
	}
	return n
}
