package markdown

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// inlines is what a walk over a block's inline nodes gathers.
type inlines struct {
	worded bool // some text or alternative text has a letter or a digit
	other  bool // something beside images and white space stands at the top
	images []*ast.Image
	breaks []int      // where the lines that end in a hard break stop
	shorts []shortRef // reference links written [label] or [label][]
	task   bool
}

// shortRef is a reference link whose text is its label.
type shortRef struct {
	close int // offset of the label's closing bracket
	tail  int // bytes after it that the full form replaces: 0, or 2 for []
	label string
}

// inline makes segments of the block's inline content.
func (s *scanner) inline(at int) {
	d := s.doc
	b := &d.blocks[at]
	var in inlines
	s.gather(&in, b.node, true)
	if in.task {
		b.span.start += taskLength(d.body[b.span.start:b.span.end])
	}
	if s.bare || s.skip || !in.worded {
		return
	}
	if len(in.images) > 0 && !in.other && s.alone(at, in.images) {
		return
	}
	s.segment(at, Segment{Kind: b.kind, Level: b.level, span: b.span, Text: d.joined(b, &in)})
}

// gather walks the inline nodes below n.
func (s *scanner) gather(in *inlines, n ast.Node, top bool) {
	body := s.doc.body
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			text := c.Segment.Value(body)
			in.worded = in.worded || worded(text)
			in.other = in.other || top && len(bytes.TrimSpace(text)) > 0
			if c.HardLineBreak() {
				in.breaks = append(in.breaks, c.Segment.Stop)
			}
		case *ast.CodeSpan, *ast.RawHTML:
			in.other = true
		case *ast.AutoLink:
			in.other = true
			s.link(string(c.URL(body)), false, c.Pos())
		case *ast.Image:
			s.link(string(c.Destination), true, c.Pos())
			s.short(in, c.Reference, c)
			in.images = append(in.images, c)
			s.gather(in, c, false)
		case *ast.Link:
			s.link(string(c.Destination), false, c.Pos())
			s.short(in, c.Reference, c)
			s.gather(in, c, top)
		case *east.TaskCheckBox:
			in.task = true
		case *east.FootnoteLink:
			in.other = true
		default:
			in.other = in.other || top
			s.gather(in, c, false)
		}
	}
}

func (s *scanner) link(destination string, image bool, offset int) {
	s.doc.links = append(s.doc.links, LinkRef{Destination: destination, Image: image, offset: offset})
}

// short notes a reference link whose label is its text.
func (s *scanner) short(in *inlines, ref *ast.ReferenceLink, n ast.Node) {
	if ref == nil || ref.Type == ast.ReferenceLinkFull {
		return
	}
	start := n.Pos() + 1
	if n.Kind() == ast.KindImage {
		start++
	}
	end, ok := closing(s.doc.body, start, ']')
	if !ok {
		return
	}
	sr := shortRef{close: end, label: joinLines(ref.Value)}
	if ref.Type == ast.ReferenceLinkCollapsed {
		sr.tail = bytes.IndexByte(s.doc.body[end+1:], ']') + 1
	}
	in.shorts = append(in.shorts, sr)
}

// offsetIn is where part, a slice of whole, begins.
func offsetIn(whole, part []byte) (int, bool) {
	off := cap(whole) - cap(part)
	if len(part) == 0 || off < 0 || off+len(part) > len(whole) {
		return 0, false
	}
	return off, &whole[off] == &part[0]
}

// alone makes segments of the alternative texts and titles of a block that
// holds images and nothing else. It reports false if one cannot be told apart.
func (s *scanner) alone(at int, images []*ast.Image) bool {
	d := s.doc
	var parts []Segment
	for i, img := range images {
		sp, ok := altSpan(d.body, img)
		if !ok || img.Reference != nil && img.Reference.Type != ast.ReferenceLinkFull {
			return false
		}
		parts = append(parts, Segment{Kind: Alt, span: sp, image: i})
		if title, ok := titleSpan(d.body, img.Destination, img.Title); ok && img.Reference == nil {
			parts = append(parts, Segment{Kind: Title, span: title, image: i})
		}
	}
	for _, seg := range parts {
		if text := d.body[seg.start:seg.end]; worded(text) {
			seg.Text = joinLines(text)
			s.segment(at, seg)
		}
	}
	return true
}

// altSpan is the inside of an image's square brackets.
func altSpan(body []byte, img *ast.Image) (span, bool) {
	start := img.Pos()
	if start < 0 || !bytes.HasPrefix(body[start:], []byte("![")) {
		return span{}, false
	}
	start += 2
	end, ok := closing(body, start, ']')
	return span{start, end, alt}, ok
}

// titleSpan is the inside of the quotes of a title that follows the destination
// of a link, an image or a definition, on one line.
func titleSpan(body, destination, title []byte) (span, bool) {
	off, ok := offsetIn(body, destination)
	if !ok || len(title) == 0 {
		return span{}, false
	}
	after := off + len(destination)
	i := bytes.IndexAny(body[after:], `"'(`)
	if i < 0 || len(bytes.Trim(body[after:after+i], "> \t\r\n")) > 0 {
		return span{}, false
	}
	start := after + i + 1
	stop := start + len(title)
	if stop > len(body) || !bytes.Equal(body[start:stop], title) || bytes.IndexByte(title, '\n') >= 0 {
		return span{}, false
	}
	return span{start, stop, quoted}, true
}

// closing is the offset of the bracket that closes the one before start, past
// escapes, code spans and pairs inside. It does not look beyond a blank line.
func closing(body []byte, start int, bracket byte) (int, bool) {
	depth := 0
	for i := start; i < len(body); i++ {
		switch c := body[i]; c {
		case '\\':
			i++
		case '`':
			if n := codeSpan(body[i:]); n > 0 {
				i += n - 1
			}
		case '[':
			depth++
		case '\n':
			if rest := bytes.TrimLeft(body[i+1:], " \t\r"); len(rest) == 0 || rest[0] == '\n' {
				return 0, false
			}
		case bracket:
			if depth == 0 {
				return i, true
			}
			depth--
		}
	}
	return 0, false
}

// codeSpan is the length of the code span that text begins with, 0 if it
// begins with none.
func codeSpan(text []byte) int {
	ticks := 0
	for ticks < len(text) && text[ticks] == '`' {
		ticks++
	}
	for i := ticks; i < len(text); {
		n := bytes.IndexByte(text[i:], '`')
		if n < 0 {
			return 0
		}
		i += n
		run := 0
		for i < len(text) && text[i] == '`' {
			run++
			i++
		}
		if run == ticks {
			return i
		}
	}
	return 0
}

// reference makes a segment of the title of a link reference definition.
func (s *scanner) reference(n *ast.LinkReferenceDefinition) {
	s.link(string(n.Destination), false, n.Pos())
	at := len(s.doc.blocks)
	line := n.Lines().At(0)
	s.doc.blocks = append(s.doc.blocks, block{node: n, kind: Title, span: span{line.Start, line.Stop, quoted}})
	sp, ok := titleSpan(s.doc.body, n.Destination, n.Title)
	if !ok || s.bare || s.skip || !worded(n.Title) {
		return
	}
	s.segment(at, Segment{Kind: Title, span: sp, Text: string(n.Title)})
}

// segment adds a segment to the block at that index.
func (s *scanner) segment(at int, seg Segment) {
	d := s.doc
	seg.block = at
	seg.Context, seg.Note, seg.Max = s.pending.context, s.pending.note, s.pending.max
	d.blocks[at].segments = append(d.blocks[at].segments, len(d.Segments))
	d.Segments = append(d.Segments, seg)
}

// joined is the block's text as a translator sees it.
func (d *Document) joined(b *block, in *inlines) string {
	text := d.body[b.span.start:b.span.end]
	if b.span.form == cell {
		return unescapePipes(d.expand(b.span, in))
	}
	if bytes.IndexByte(text, '\n') < 0 {
		return d.expand(b.span, in)
	}
	var out strings.Builder
	lines := b.node.Lines()
	for i := range lines.Len() {
		l := lines.At(i)
		sp := span{start: max(l.Start, b.span.start), end: min(l.Stop, b.span.end)}
		if sp.start >= sp.end {
			continue
		}
		hard := stopsHard(in, sp)
		for sp.end > sp.start && isSpace(d.body[sp.end-1]) {
			sp.end--
		}
		if hard && d.body[sp.end-1] == '\\' && sp.end < l.Stop && d.body[sp.end] != ' ' {
			sp.end--
		}
		piece := d.expand(sp, in)
		if out.Len() > 0 {
			out.WriteString(glue(out.String(), piece))
		}
		out.WriteString(piece)
		if hard {
			out.WriteString("\\\n")
		}
	}
	return out.String()
}

// stopsHard reports whether a hard line break ends the line. goldmark keeps the
// backslash or the spaces out of the text before it.
func stopsHard(in *inlines, sp span) bool {
	for _, stop := range in.breaks {
		if sp.start <= stop && stop <= sp.end {
			return true
		}
	}
	return false
}

// expand copies a line of the body with its short reference links in full.
func (d *Document) expand(sp span, in *inlines) string {
	if len(in.shorts) == 0 {
		return string(d.body[sp.start:sp.end])
	}
	var out strings.Builder
	at := sp.start
	for _, sr := range in.shorts {
		if sr.close < at || sr.close >= sp.end {
			continue
		}
		out.Write(d.body[at : sr.close+1])
		out.WriteByte('[')
		out.WriteString(sr.label)
		out.WriteByte(']')
		at = sr.close + 1 + sr.tail
	}
	out.Write(d.body[at:sp.end])
	return out.String()
}

// unescapePipes shows the escaped pipes of a table cell plain.
func unescapePipes(s string) string { return strings.ReplaceAll(s, `\|`, "|") }

// joinLines joins the lines of a text without hard breaks.
func joinLines(text []byte) string {
	if bytes.IndexByte(text, '\n') < 0 {
		return string(text)
	}
	var out strings.Builder
	for piece := range bytes.Lines(text) {
		piece = bytes.TrimSpace(piece)
		if out.Len() > 0 {
			out.WriteString(glue(out.String(), string(piece)))
		}
		out.Write(piece)
	}
	return out.String()
}

// glue is what a soft line break between two pieces of text becomes: nothing
// between two Chinese or Japanese characters, else a space.
func glue(before, after string) string {
	if before == "" || strings.HasSuffix(before, "\n") {
		return ""
	}
	r, _ := utf8.DecodeLastRuneInString(before)
	next, _ := utf8.DecodeRuneInString(after)
	if unspaced(r) && unspaced(next) {
		return ""
	}
	return " "
}

// unspaced reports whether a character belongs to a script that is written
// without spaces between words and breaks lines anywhere: Han, kana and their
// punctuation, not Hangul.
func unspaced(r rune) bool {
	switch {
	case r < 0x2E80:
		return false
	case r >= 0x3000 && r <= 0x303F, r >= 0xFF01 && r <= 0xFF60:
		return true
	}
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Bopomofo)
}

// worded reports whether text has a letter or a digit.
func worded(text []byte) bool {
	for i := 0; i < len(text); {
		c := text[i]
		if c < utf8.RuneSelf {
			if 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' {
				return true
			}
			i++
			continue
		}
		r, n := utf8.DecodeRune(text[i:])
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return true
		}
		i += n
	}
	return false
}

// taskLength is the length of a task's check box and the space after it.
func taskLength(text []byte) int {
	n := 3
	for n < len(text) && (text[n] == ' ' || text[n] == '\t') {
		n++
	}
	return n
}
