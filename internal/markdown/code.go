package markdown

import (
	"bytes"
	"slices"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// remarks are the texts of the comments in a fenced code block, one a line: marks,
// indentation and backslashes at the end stay outside.
//
//	x := 1 // how many        /**
//	          └───┬──┘         * How many.
//	                             └───┬───┘
//
// A comment that is not closed is none, nor is one that holds another, nor a line with
// control characters. Commented-out code is not told from prose.
func (d *Document) remarks(n *ast.FencedCodeBlock) []span {
	if !d.dialect.CodeComments {
		return nil
	}
	syn := d.syntaxOf(n)
	if syn == nil {
		return nil
	}
	lines := n.Lines()
	starts := make([]int, lines.Len()) // of the lines in the code
	var code []byte
	for i := range starts {
		l := lines.At(i)
		starts[i] = len(code)
		code = append(code, d.body[l.Start:l.Stop]...)
	}
	r := codeReader{code: code}
	r.read(0, len(code), syn)
	k := 0
	for i, run := range r.runs {
		for k+1 < len(starts) && starts[k+1] <= run.start {
			k++
		}
		shift := lines.At(k).Start - starts[k]
		r.runs[i].start, r.runs[i].end = run.start+shift, run.end+shift
	}
	return r.runs
}

// syntaxOf is how the comments of a code block are written, nil if nobody knows. The
// language is the first word after the fence: rust,ignore and {.rust} are rust.
func (d *Document) syntaxOf(n *ast.FencedCodeBlock) *syntax {
	if n.Info == nil {
		return nil
	}
	name := strings.TrimLeft(string(n.Info.Value(d.body)), " \t{.")
	if i := strings.IndexAny(name, " \t,{}:;="); i >= 0 {
		name = name[:i]
	}
	return languages()[strings.ToLower(name)]
}

// remarkable reports whether a line of a comment is for a reader: it has a letter, and
// no tool reads it.
func remarkable(text string) bool {
	return strings.IndexFunc(text, unicode.IsLetter) >= 0 &&
		!slices.ContainsFunc(toolWords, func(w string) bool { return strings.HasPrefix(text, w) })
}

// code takes in the comments of a code block.
func (s *scanner) code(n *ast.FencedCodeBlock) {
	s.expect(len(s.runs))
	for _, run := range s.runs {
		at := len(s.doc.blocks)
		s.doc.blocks = append(s.doc.blocks, block{node: n, kind: Comment, span: run})
		if text := s.doc.text[run.start:run.end]; !s.bare && !s.skip && remarkable(text) {
			s.segment(at, Segment{Kind: Comment, span: run, Text: text})
		}
	}
}

// mixCode adds what stands between the comments of a code block to a hash, but for the
// white space beside them.
func (s *scanner) mixCode(h uint64, n *ast.FencedCodeBlock) uint64 {
	s.runs = s.doc.remarks(n)
	k := 0
	for i := range n.Lines().Len() {
		l := n.Lines().At(i)
		from := l.Start
		for ; k < len(s.runs) && s.runs[k].start < l.Stop; k++ {
			h = mixBytes(h, bytes.TrimRight(s.doc.body[from:s.runs[k].start], " \t"))
			from = s.runs[k].end
			for from < l.Stop && (s.doc.body[from] == ' ' || s.doc.body[from] == '\t') {
				from++
			}
		}
		h = mixBytes(h, s.doc.body[from:l.Stop])
	}
	return h
}

// markChars are what the marks of comments and fences are made of.
const markChars = "/*!#;%-|^<`~ "

// escapeRemark keeps an answer within its comment, and its comment the only one. Marks
// that would end it, or the code, get a space in them; what is unfit becomes a space; a
// backslash at the end, which takes the next line into a comment in C, is dropped, as
// is the asterisk that would be the line's own, and any mark at the beginning, then at the
// end, if nothing else helps.
func (w *writer) escapeRemark(seg *Segment, answer string, c care) string {
	answer = strings.Map(func(r rune) rune {
		switch {
		case r >= '\u202a' && r <= '\u202e', r >= '\u2066' && r <= '\u2069', r == '\ufeff':
			return -1
		case unfit(r):
			return ' '
		}
		return r
	}, answer)
	answer = strings.TrimRight(answer, " \t\\")
	if c > light {
		answer = strings.TrimLeft(answer, markChars)
	}
	if c == plain {
		answer = strings.TrimRight(answer, markChars)
	}
	if seg.form == unmarked {
		answer = unmark(answer, seg.Text)
	}
	syn := w.doc.syntaxOf(w.doc.blocks[seg.block].node.(*ast.FencedCodeBlock))
	for _, mark := range syn.breaks(seg.form) {
		if !strings.Contains(seg.Text, mark) {
			answer = split(answer, mark)
		}
	}
	if answer == "" {
		return answer
	}
	if !isSpace(w.doc.body[seg.start-1]) && util.IsPunct(answer[0]) && answer[0] != seg.Text[0] {
		answer = " " + answer
	}
	if n := len(answer) - 1; seg.end < len(w.doc.body) && !isSpace(w.doc.body[seg.end]) &&
		util.IsPunct(answer[n]) && answer[n] != seg.Text[len(seg.Text)-1] {
		answer += " "
	}
	return answer
}

// unmark keeps an answer from beginning its line with a mark of comments, or with a
// fence, where its source does not.
func unmark(answer, source string) string {
	for starred(source) == 0 && starred(answer) > 0 {
		answer = strings.TrimLeft(answer[1:], " \t")
	}
	for _, fence := range []string{"```", "~~~"} {
		if strings.HasPrefix(answer, fence) && !strings.HasPrefix(source, fence) {
			return answer[:1] + " " + answer[1:]
		}
	}
	return answer
}

// split puts a space behind the first character of each mark in a text.
func split(text, mark string) string {
	if !strings.Contains(text, mark) {
		return text
	}
	var b strings.Builder
	for i := range len(text) {
		b.WriteByte(text[i])
		if strings.HasPrefix(text[i:], mark) {
			b.WriteByte(' ')
		}
	}
	return b.String()
}
