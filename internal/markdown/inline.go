package markdown

import (
	"bytes"
	"cmp"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/text"
)

// inlines is what a walk over a block's inline nodes gathers.
type inlines struct {
	worded    bool // some text or alternative text has a letter or a digit
	other     bool // something beside images and white space stands at the top
	images    []*ast.Image
	breaks    []int        // where the lines that end in a hard break stop
	joins     []int        // where lines stop that the next follows without a space
	respelled []respelling // what is shown in another way
	from      int          // what stands before is copied: a [label][] may end on another line
	task      bool
	start     int  // of the block
	end       int  // of it
	lines     bool // it has several
	escaping  bool // the line before escapes the first character that is the next line's own
	stop      int  // of the line that broken looked at
	angle     int  // where the last angle bracket stands that shuts another; 0: not looked for
	unspaced  int  // where the last of them ends that ends in a Chinese or Japanese character; 0: not looked for
}

// inline makes segments of the block's inline content.
func (s *scanner) inline(at int) {
	d := s.doc
	b := &d.blocks[at]
	in := inlines{start: b.span.start, end: b.span.end, lines: b.node.Lines().Len() > 1}
	s.gather(&in, b.node, true)
	if in.task {
		b.span.start += taskLength(d.body[b.span.start:b.span.end])
		if lines := b.node.Lines(); lines.Len() > 1 && b.span.start >= lines.At(0).Stop {
			b.span.start = lines.At(1).Start
		}
	}
	if s.bare || s.skip || !in.worded {
		return
	}
	slices.SortStableFunc(in.respelled, func(a, b respelling) int { return cmp.Compare(a.at, b.at) })
	if len(in.images) > 0 && !in.other && s.alone(at, &in) {
		return
	}
	if in.breaks != nil {
		if d.breaks == nil {
			d.breaks = map[ast.Node][]int{}
		}
		d.breaks[b.node] = in.breaks
	}
	s.segment(at, Segment{Kind: b.kind, Level: b.level, span: b.span, Text: d.joined(b.node, b.span, &in)})
}

// gather walks the inline nodes below n.
func (s *scanner) gather(in *inlines, n ast.Node, top bool) {
	body := s.doc.body
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			if s.bare {
				continue
			}
			text := c.Segment.Value(body)
			in.worded = in.worded || worded(text)
			in.other = in.other || top && len(bytes.TrimSpace(text)) > 0
			if in.lines {
				in.keepOpen(body, span{start: c.Segment.Start, end: c.Segment.Stop})
			}
			first := in.escaping && in.keepEscaped(body, c.Segment, s.doc.dialect)
			switch {
			case c.HardLineBreak():
				in.breaks = append(in.breaks, c.Segment.Stop)
			case c.SoftLineBreak():
				in.escaping = in.escaping || slashed(body, c.Segment, first)
				if s.doc.joins(c) {
					in.joins = append(in.joins, c.Segment.Stop)
				}
			}
		case *ast.CodeSpan:
			in.other = true
		case *ast.RawHTML:
			in.other = true
		case *ast.AutoLink:
			in.other = true
			s.link(c.URL(body), false, c.Pos())
		case *ast.Image:
			s.link(c.Destination, true, c.Pos())
			s.short(in, c.Reference, c)
			if !within(c, ast.KindImage) {
				in.images = append(in.images, c)
			}
			s.gather(in, c, false)
		case *ast.Link:
			s.link(c.Destination, false, c.Pos())
			s.short(in, c.Reference, c)
			s.gather(in, c, top)
		case *comment:
		case *verbatim:
			in.other = true
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

// within reports whether an inline node stands somewhere inside one of that kind.
func within(n ast.Node, kind ast.NodeKind) bool {
	for p := n.Parent(); p != nil && p.Type() == ast.TypeInline; p = p.Parent() {
		if p.Kind() == kind {
			return true
		}
	}
	return false
}

func (s *scanner) link(destination []byte, image bool, offset int) {
	s.doc.links = append(s.doc.links, LinkRef{Destination: s.doc.part(destination), Image: image, offset: offset})
}

// part is a piece of the body as a string; it shares the body's memory where it
// can.
func (d *Document) part(b []byte) string {
	if off, ok := offsetIn(d.body, b); ok {
		return d.text[off : off+len(b)]
	}
	return string(b)
}

// oneSpaced is a label as CommonMark compares it: a run of spaces, tabs and line ends is
// one space.
func oneSpaced(label string) string {
	return strings.Join(strings.FieldsFunc(label, func(r rune) bool { return strings.ContainsRune(" \t\r\n", r) }), " ")
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
func (s *scanner) alone(at int, in *inlines) bool {
	d := s.doc
	var parts []Segment
	for i, img := range in.images {
		sp, ok := s.altSpan(img)
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
			seg.Text = d.joined(d.blocks[at].node, seg.span, in)
			s.segment(at, seg)
		}
	}
	return true
}

// altSpan is the inside of an image's square brackets.
func (s *scanner) altSpan(img *ast.Image) (span, bool) {
	start := img.Pos()
	if start < 0 || !bytes.HasPrefix(s.doc.body[start:], []byte("![")) {
		return span{}, false
	}
	end, ok := s.shut[img]
	return span{start + len("!["), end, alt}, ok
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
	s.link(n.Destination, false, n.Pos())
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
	if r := &d.blocks[at].segs; r.to == 0 {
		r.from = len(d.Segments)
	}
	d.Segments = append(d.Segments, seg)
	d.blocks[at].segs.to = len(d.Segments)
}

// joined is the text of a span of a block as a translator sees it.
func (d *Document) joined(n ast.Node, whole span, in *inlines) string {
	if whole.form == cell {
		return unescapePipes(d.expand(whole, in))
	}
	if bytes.IndexByte(d.body[whole.start:whole.end], '\n') < 0 {
		return d.expand(whole, in)
	}
	var out strings.Builder
	out.Grow(whole.end - whole.start)
	lines := n.Lines()
	for i := range lines.Len() {
		l := lines.At(i)
		sp := span{start: max(l.Start, whole.start), end: min(l.Stop, whole.end)}
		if sp.start >= sp.end {
			continue
		}
		hard, joins := take(&in.breaks, sp), take(&in.joins, sp)
		for sp.end > sp.start && isSpace(d.body[sp.end-1]) {
			sp.end--
		}
		out.WriteString(d.expand(sp, in))
		switch {
		case hard:
			out.WriteString(shownBreak(d.body[sp.start:sp.end], d.body[sp.end:l.Stop]))
		case !joins && i+1 < lines.Len() && lines.At(i+1).Start < whole.end && in.from <= lines.At(i+1).Start:
			out.WriteByte(' ')
		}
	}
	return out.String()
}

// shownBreak is how a hard break is shown after a line and the white space at its
// end: a backslash, which may be there, or spaces after one that is text.
func shownBreak(line, space []byte) string {
	switch newline := len(bytes.TrimLeft(space, "\r\n")) == 0; {
	case newline:
		return "\n"
	case bytes.HasSuffix(line, []byte{'\\'}):
		return "  \n"
	}
	return "\\\n"
}

// take removes the offsets up to the end of a span from an ascending list, and
// reports whether one is within it. goldmark keeps what breaks a line, and the
// spaces at its end, out of the text before it.
func take(offsets *[]int, sp span) (within bool) {
	rest := *offsets
	for len(rest) > 0 && rest[0] < sp.end {
		within = within || rest[0] >= sp.start
		rest = rest[1:]
	}
	*offsets = rest
	return within
}

// expand copies a line of the body with its short reference links in full. Lines
// are asked for in order.
func (d *Document) expand(sp span, in *inlines) string {
	if len(in.respelled) == 0 && in.from <= sp.start {
		return d.text[sp.start:sp.end]
	}
	var out strings.Builder
	at := min(max(sp.start, in.from), sp.end)
	for ; len(in.respelled) > 0 && in.respelled[0].at <= sp.end; in.respelled = in.respelled[1:] {
		sh := in.respelled[0]
		out.Write(d.body[at:sh.at])
		out.WriteString(sh.text)
		in.from = sh.at + sh.drop
		at = min(in.from, sp.end)
	}
	out.Write(d.body[at:sp.end])
	return out.String()
}

// unescapePipes shows the escaped pipes of a table cell plain: all in code, elsewhere
// those that are not after a backslash of the text.
func unescapePipes(s string) string {
	if !strings.Contains(s, `\|`) {
		return s
	}
	var b strings.Builder
	for piece, code := range codeSpans(s) {
		if code {
			piece = strings.ReplaceAll(piece, `\|`, `|`)
		}
		for i := 0; i < len(piece); i++ {
			if piece[i] == '\\' && i+1 < len(piece) && !code {
				if piece[i+1] == '|' {
					continue
				}
				b.WriteByte('\\')
				i++
			}
			b.WriteByte(piece[i])
		}
	}
	return b.String()
}

// codeSpans are the pieces of a text in order, and which of them are code spans.
func codeSpans(s string) iter.Seq2[string, bool] {
	return func(yield func(string, bool) bool) {
		from := 0
		for i := 0; i < len(s); {
			n := 1
			switch s[i] {
			case '\\':
				n = 2
			case '`':
				if n = codeSpan([]byte(s[i:])); n > 0 {
					if from < i && !yield(s[from:i], false) || !yield(s[i:i+n], true) {
						return
					}
					from = i + n
				} else {
					n = len(s[i:]) - len(strings.TrimLeft(s[i:], "`"))
				}
			}
			i += n
		}
		if from < len(s) {
			yield(s[from:], false)
		}
	}
}

// glue is what a soft line break between two pieces of an answer becomes: nothing
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

// joins reports whether the soft line break after a text is nothing, because the
// characters that a reader sees beside it are Chinese or Japanese.
func (d *Document) joins(n *ast.Text) bool {
	east := unspaced(d.nearest(n, lastRune, previous))
	if !east && !bytes.HasSuffix(bytes.TrimRight(d.body[:n.Segment.Stop], " \t"), []byte{'*'}) {
		return false
	}
	block := ast.Node(n)
	for block.Type() == ast.TypeInline {
		block = block.Parent()
	}
	lines := block.Lines()
	i, _ := slices.BinarySearchFunc(lines.Sliced(0, lines.Len()), n.Segment.Stop, func(l text.Segment, stop int) int {
		return cmp.Compare(l.Start, stop)
	})
	if i == 0 || i == lines.Len() {
		return false
	}
	before, after := lines.At(i-1), lines.At(i)
	meet, marks := joinable(d.body[before.Start:before.Stop], d.body[after.Start:after.Stop])
	return meet && (marks || east && unspaced(d.nearest(following(n), firstRune, following)))
}

// joinable reports whether what begins and ends where two lines meet would still do so
// if nothing stood between them. What * does depends on the characters beside it: with
// marks, that they are Chinese or Japanese is certain, and emphasisParser sees the lines
// as joined.
func joinable(before, after []byte) (ok, marks bool) {
	before, after = bytes.TrimRight(before, " \t\r\n"), bytes.TrimLeft(after, " \t\r\n")
	if len(before) == 0 || len(after) == 0 {
		return false, false
	}
	switch a, b := before[len(before)-1], after[0]; {
	case a == '_', a == '~', b == '_', b == '~', a == '`' && b == '`', a == ']' && b == '[':
		return false, false
	case a == '*':
		before = bytes.TrimRight(before, "*")
	case b == '*':
		after = bytes.TrimLeft(after, "*")
	default:
		return true, false
	}
	r, _ := utf8.DecodeLastRune(before)
	next, _ := utf8.DecodeRune(after)
	return unspaced(r) && unspaced(next), true
}

// nearest is the character that a reader sees first from n on, 0 if there is none
// nearby.
func (d *Document) nearest(n ast.Node, end func(string) rune, step func(ast.Node) ast.Node) rune {
	for range 8 {
		switch c := n.(type) {
		case nil, *ast.Image, *east.TaskCheckBox:
			return 0
		case *ast.AutoLink:
			return end(string(c.Label(d.body)))
		case *ast.Text:
			if text := strings.Trim(string(c.Segment.Value(d.body)), " \t\r\n"); text != "" {
				return end(text)
			}
		}
		n = step(n)
	}
	return 0
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func lastRune(s string) rune {
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

// previous is the inline node before n in the order of the text, going into those
// that hold others; nil at the beginning of the block.
func previous(n ast.Node) ast.Node {
	if p := n.PreviousSibling(); p != nil {
		for p.LastChild() != nil {
			p = p.LastChild()
		}
		return p
	}
	return outside(n)
}

// following is the inline node after n; nil at the end of the block.
func following(n ast.Node) ast.Node {
	if c := n.FirstChild(); c != nil {
		return c
	}
	for ; n != nil; n = outside(n) {
		if s := n.NextSibling(); s != nil {
			return s
		}
	}
	return nil
}

// outside is the inline node that holds n, nil if that is a block.
func outside(n ast.Node) ast.Node {
	if p := n.Parent(); p != nil && p.Type() == ast.TypeInline {
		return p
	}
	return nil
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

// taskLength is the length of a task's check box and the white space after it.
func taskLength(text []byte) int {
	n := 3
	for n < len(text) && (isSpace(text[n]) || text[n] == '\f') {
		n++
	}
	return n
}
