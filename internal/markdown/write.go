package markdown

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
)

// writer writes answers into a copy of an article.
type writer struct {
	doc  *Document
	out  []byte
	from int // how much of the source is copied or replaced
}

// care is how much of an answer is escaped.
type care uint8

const (
	light  care = iota // what is known to open or close a block
	firm               // and the mark that begins each line
	plain              // every mark: nothing in the answer is Markdown any more
	futile             // not even that fits
)

// replace writes one answer in its segment's place.
func (w *writer) replace(seg *Segment, answer string, c care) {
	at := w.doc.offset(seg)
	w.out = append(w.out, w.doc.src[w.from:at]...)
	w.from = at + seg.end - seg.start
	switch {
	case seg.form == value, seg.form == markup, seg.form >= remark:
	case c == plain:
		answer = escapeAll(answer)
	case strings.ContainsAny(answer, "<{"):
		answer = escapeTags(answer, seg.Text)
	}
	switch seg.form {
	case flow:
		w.flow(seg, answer, c)
	case line:
		w.flow(seg, oneLine(answer), c)
	case atx:
		w.out = append(w.out, escapeATX(oneLine(answer), w.doc.body[seg.start:seg.end])...)
	case markup:
		w.out = append(w.out, escapeMarkup(oneLine(answer), seg.Text, c == plain)...)
	case remark, enclosed, unmarked:
		w.out = append(w.out, w.escapeRemark(seg, oneLine(answer), c)...)
	case rest:
		w.out = append(w.out, w.doc.escapeTitle(seg, oneLine(answer))...)
	case cell:
		w.out = append(w.out, escapeCell(oneLine(answer))...)
		if w.from < len(w.doc.src) && w.doc.src[w.from] == '|' && w.out[len(w.out)-1] == '\\' {
			w.out = append(w.out, ' ')
		}
	case alt:
		w.out = append(w.out, w.doc.escapeAlt(oneLine(answer))...)
	case quoted:
		w.out = append(w.out, escapeQuoted(oneLine(answer), w.doc.src[at-1])...)
	case value:
		w.out = append(w.out, w.doc.encodeValue(seg, answer, c)...)
	}
}

// finish is the article with all answers in it.
func (w *writer) finish() []byte { return append(w.out, w.doc.src[w.from:]...) }

// flow writes a paragraph: a line for each hard break, continued under the
// containers of its first line.
func (w *writer) flow(seg *Segment, answer string, c care) {
	lines := hardLines(answer)
	first, _, _ := strings.Cut(seg.Text, "\\\n")
	old := []sourceLine{{text: first}}
	if len(lines) > 1 {
		old = w.doc.sourceLines(seg)
	}
	from := len(w.out)
	same := slices.EqualFunc(lines, old, func(l string, was sourceLine) bool { return l == was.text })
	for i, l := range lines {
		k := min(i, len(old)-1)
		w.out = append(w.out, old[k].prefix...)
		safe := i == k && old[k].text == l && w.doc.safeAgain(seg, l, i, same) || i == 0 && !w.doc.beginsLine(seg)
		task := i == 0 && taskMark(l) && w.doc.beginsLine(seg) && w.doc.beginsItem(seg)
		if i < len(lines)-1 {
			l = breakHard(l, old[min(i, len(old)-2)].spaces)
		}
		if i == 0 && w.doc.beginsModule(seg, l) {
			l = entity(l[0]) + l[1:]
		}
		switch {
		case c == firm && l != "" && util.IsPunct(l[0]), task:
			w.out = append(append(w.out, '\\'), l...)
			continue
		case safe:
			w.out = append(w.out, l...)
			continue
		}
		w.out = appendLine(w.out, l, i == 0)
	}
	if seg.Kind == Heading {
		w.endHeading(seg, from)
	}
}

// endHeading keeps the end of an underlined heading, written from there on, from being
// read as its attributes. Braces over two lines, as MDX may have them, are none, and
// stay so on two lines.
func (w *writer) endHeading(seg *Segment, from int) {
	source := w.doc.body[seg.start:seg.end]
	lines := w.doc.blocks[seg.block].node.Lines()
	line := lines.At(lines.Len() - 1)
	last := bytes.TrimSpace(w.doc.body[line.Start:line.Stop])
	cut := len(w.out) - len(last) - 1
	open := from + bytes.LastIndexByte(w.out[from:], '{')
	if open < from || open >= cut || w.out[cut] != ' ' || w.out[len(w.out)-1] != '}' || !strings.HasSuffix(seg.Text, string(w.out[open:])) {
		w.out = escapeTail(w.out, from, source)
		return
	}
	w.out = appendLine(append(w.out[:cut], w.doc.continuation(seg)...), string(last), false)
}

// safeAgain reports whether the i-th line of a segment, which opens no block in the
// article, opens none in a translation; only where an escape would cost an element, or
// the end of a table before it. A link reference definition depends on what follows:
// the same as in the article or not.
func (d *Document) safeAgain(seg *Segment, l string, i int, same bool) bool {
	switch {
	case strings.HasPrefix(l, "<"):
		return true
	case strings.HasPrefix(l, "[^"):
		label := l[:len("[^")+1+labelEnd([]byte(l[2:]))] // to its bracket, if it has one
		return bytes.Contains(d.body[seg.start:seg.end], []byte(label))
	case strings.HasPrefix(l, "["):
		return i > 0 || same
	case strings.HasPrefix(l, ":"):
		return i == 0 && d.body[seg.start+1] != '\n' && d.body[seg.start+1] != '\r'
	}
	return false
}

// breakHard ends a line with a hard break, as the article writes them where that
// reads as one.
func breakHard(l string, spaces bool) string {
	if l != "" && (spaces && !loneTag(l) || l[len(l)-1] == '\\') {
		return l + "  "
	}
	return l + `\`
}

// beginsLine reports whether a segment is the first thing on its line, but for
// containers. A task's text comes after its check box, and goldmark takes a line
// that begins with an odd space, a carriage return, for text.
func (d *Document) beginsLine(seg *Segment) bool {
	if d.blocks[seg.block].node.Lines().At(0).Start != seg.start {
		return false
	}
	for i := seg.start - 1; i >= 0; i-- {
		switch d.body[i] {
		case ' ', '\t':
		case '\r', '\f', '\v':
			return false
		default:
			return true
		}
	}
	return true
}

// beginsModule reports whether a text would import or export what components need.
func (d *Document) beginsModule(seg *Segment, l string) bool {
	return d.dialect.has(mdx) && moduleLine.MatchString(l) && (seg.start == 0 || d.body[seg.start-1] == '\n')
}

// entity is how a character is written where a backslash does not keep it from being a mark.
func entity(c byte) string { return fmt.Sprintf("&#%d;", c) }

// escapeTitle keeps an answer from being read as the attributes of its box, where those
// follow the title.
func (d *Document) escapeTitle(seg *Segment, s string) string {
	if d.blocks[seg.block].node.Parent().(*box).fence != ':' {
		return s
	}
	return strings.ReplaceAll(s, "{", entity('{'))
}

// beginsItem reports whether a segment is the first thing in a list item.
func (d *Document) beginsItem(seg *Segment) bool {
	n := d.blocks[seg.block].node
	return n.PreviousSibling() == nil && n.Parent().Kind() == ast.KindListItem
}

// hardLines splits an answer at its hard breaks, a backslash or two spaces
// before a newline; other white space between words becomes one soft break.
func hardLines(answer string) []string {
	if strings.IndexByte(answer, '\n') < 0 {
		return []string{strings.Trim(answer, " \t\r")}
	}
	var lines []string
	var now strings.Builder
	words := false
	for piece := range strings.Lines(answer) {
		text := strings.TrimRight(piece, "\r\n")
		spaces := strings.HasSuffix(text, "  ")
		text = strings.Trim(text, " \t")
		slashes := len(text) - len(strings.TrimRight(text, `\`))
		hard := len(piece) > len(text) && (spaces && now.Len()+len(text) > 0 || slashes%2 == 1)
		if hard && !spaces {
			text = text[:len(text)-1]
		}
		if text != "" {
			now.WriteString(glue(now.String(), text))
			now.WriteString(text)
			words = true
		}
		if hard {
			lines = append(lines, now.String())
			now.Reset()
		}
	}
	if now.Len() > 0 {
		lines = append(lines, now.String())
	}
	if !words {
		return []string{`\`}
	}
	return lines
}

// oneLine joins all lines of an answer.
func oneLine(answer string) string {
	if strings.IndexByte(answer, '\n') < 0 {
		return strings.Trim(answer, " \t\r")
	}
	return strings.Trim(strings.Join(hardLines(answer), " "), " ")
}

// sourceLine is what an article has between two hard breaks of a paragraph.
type sourceLine struct {
	prefix []byte // the newline and the marks of containers before it; nil for the first
	text   string // which opens no HTML block here
	spaces bool   // two spaces end it, not a backslash
}

// sourceLines are the lines of a segment's block, at least two: a further line
// goes by the last.
func (d *Document) sourceLines(seg *Segment) []sourceLine {
	out := []sourceLine{{}}
	lines := d.blocks[seg.block].node.Lines()
	breaks := d.breaks[d.blocks[seg.block].node]
	for i := range lines.Len() - 1 {
		l, next := lines.At(i), lines.At(i+1)
		if !take(&breaks, span{start: l.Start, end: l.Stop}) {
			continue
		}
		text := bytes.TrimRight(d.body[l.Start:l.Stop], "\r\n")
		out[len(out)-1].spaces = bytes.HasSuffix(text, []byte("  "))
		out = append(out, sourceLine{prefix: d.withNewline(d.body[l.Stop:next.Start])})
	}
	if len(out) == 1 {
		return append(out, sourceLine{prefix: d.continuation(seg)})
	}
	if texts := hardLines(seg.Text); len(texts) == len(out) {
		for i := range out {
			out[i].text = texts[i]
		}
	}
	return out
}

// continuation is what begins a further line of a block without hard breaks: a
// newline and the marks of the containers.
func (d *Document) continuation(seg *Segment) []byte {
	if lines := d.blocks[seg.block].node.Lines(); lines.Len() > 1 {
		return d.withNewline(d.body[lines.At(0).Stop:lines.At(1).Start])
	}
	begin := bytes.LastIndexByte(d.body[:seg.start], '\n') + 1
	prefix := bytes.Clone(d.body[begin:seg.start])
	for i, c := range prefix {
		if c != '>' && c != '\t' {
			prefix[i] = ' '
		}
	}
	return d.withNewline(prefix)
}

func (d *Document) withNewline(prefix []byte) []byte {
	nl := "\n"
	if i := bytes.IndexByte(d.src, '\n'); i > 0 && d.src[i-1] == '\r' {
		nl = "\r\n"
	}
	return append([]byte(nl), prefix...)
}

// loneTagForm is a tag that is all of a line: CommonMark 0.31, section 4.6,
// condition 7.
var loneTagForm = regexp.MustCompile(`^</? *[A-Za-z][A-Za-z0-9-]*` + attributes + `\s*/?> *$`)

// attributes are those of an HTML tag: CommonMark 0.31, section 6.6.
const attributes = `(?:\s+[A-Za-z_:][A-Za-z0-9_.:-]*(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'=<>\x60]+))?)*`

// Elements whose tag begins an HTML block wherever it begins a line: CommonMark
// 0.31, section 4.6, conditions 1, for the opening tag alone, and 6.
var (
	rawBlocks  = tagSet("script pre style textarea")
	htmlBlocks = tagSet(`address article aside base basefont blockquote body caption center col colgroup
		dd details dialog dir div dl dt fieldset figcaption figure footer form frame frameset h1 h2 h3 h4
		h5 h6 head header hr html iframe legend li link main menu menuitem meta nav noframes ol optgroup
		option p param search section summary table tbody td tfoot th thead title tr track ul source`)
)

// appendLine writes a line so that it is the first of a paragraph, or a further
// one, and nothing else.
func appendLine(out []byte, l string, first bool) []byte {
	if l == "" {
		return out
	}
	switch c := l[0]; c {
	case '#', '>', '|', '=', ':':
		if opens(l, c) {
			out = append(out, '\\')
		}
	case '-', '+', '*', '_', '~', '`':
		if marks(l, c) {
			out = append(out, '\\')
		}
	case '[':
		if first && alertMark.MatchString(l) {
			out = append(out, '\\')
		}
		if colon := linkMark(l); colon > 0 && (first || strings.HasPrefix(l, "[^")) {
			if hidden(l, colon) {
				colon = 0
			}
			out = append(append(out, l[:colon]...), '\\')
			l = l[colon:]
		}
	case '<':
		if htmlOpens(l) || first && loneTag(l) {
			out = append(out, '\\')
		}
	case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		n := len(l) - len(strings.TrimLeft(l, "0123456789"))
		if n < 10 && n < len(l) && (l[n] == '.' || l[n] == ')') && (n+1 == len(l) || isSpace(l[n+1])) {
			out = append(out, l[:n]...)
			out = append(out, '\\')
			l = l[n:]
		}
	}
	return append(out, l...)
}

// taskMark reports whether a line begins as a task does.
func taskMark(l string) bool {
	return len(l) >= 3 && l[0] == '[' && l[2] == ']' && strings.IndexByte(" \txX", l[1]) >= 0 && (len(l) == 3 || isSpace(l[3]))
}

// linkMark is where the colon stands in a line that begins as the definition of a link or
// a note does, 0 if it does not.
func linkMark(l string) int {
	end := labelEnd([]byte(l[1:])) + len("[]")
	if end < len("[]") || end >= len(l) || l[end] != ':' {
		return 0
	}
	return end
}

// hidden reports whether a character of a line may stand in code, a formula, a tag or a
// shortcode, where a backslash before it would be seen.
func hidden(l string, at int) bool {
	for i := 0; i < at; i++ {
		shut := byte(0)
		switch l[i] {
		case '\\':
			i++
		case '`':
			n := max(1, codeSpan([]byte(l[i:])))
			if i+n > at {
				return true
			}
			i += n - 1
		case '$':
			shut = '$'
		case '{':
			shut = '}'
		case '<':
			shut = '>'
		}
		if shut != 0 && strings.IndexByte(l[at:], shut) >= 0 {
			return true
		}
	}
	return false
}

// htmlOpens reports whether a line begins an HTML block whatever stands before it.
func htmlOpens(l string) bool {
	name := tagStart(l)
	return name == "!" || name == "?" || htmlBlocks[name] || rawBlocks[name] && l[1] != '/'
}

// loneTag reports whether a line is one tag and nothing else, which begins an HTML
// block where no paragraph is open.
func loneTag(l string) bool {
	return l != "" && l[0] == '<' && !rawBlocks[tagStart(l)] && loneTagForm.MatchString(l)
}

// opens reports whether a line that begins with c would open a block.
func opens(l string, c byte) bool {
	run := len(l) - len(strings.TrimLeft(l, string(c)))
	rest := l[run:]
	switch c {
	case '#':
		return run <= 6 && (rest == "" || isSpace(rest[0]))
	case '>', '|':
		return true
	case '=':
		return strings.Trim(rest, " \t") == ""
	case ':':
		return run > 1 || rest == "" || isSpace(rest[0])
	}
	return false
}

// marks reports whether a line that begins with c would be a list item, a thematic
// break, the underline of a heading, the delimiter row of a table or a fence.
func marks(l string, c byte) bool {
	run := len(l) - len(strings.TrimLeft(l, string(c)))
	switch {
	case c == '~' || c == '`':
		return run >= 3 && (c == '~' || strings.IndexByte(l[run:], '`') < 0)
	case c != '_' && (len(l) == 1 || isSpace(l[1])):
		return true
	case c == '+':
		return false
	case c == '-' && strings.Trim(l, "-:| \t") == "":
		return true
	}
	return strings.Count(l, string(c)) >= 3 && strings.Trim(l, string(c)+" \t") == ""
}
