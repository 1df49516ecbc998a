package markdown

import (
	"bytes"
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
		w.out = append(w.out, oneLine(answer)...)
	case cell:
		w.out = append(w.out, escapeCell(oneLine(answer))...)
	case alt:
		w.out = append(w.out, escapeAlt(oneLine(answer))...)
	case quoted:
		w.out = append(w.out, escapeQuoted(oneLine(answer), w.doc.src[at-1])...)
	case value:
		w.out = append(w.out, w.doc.encodeValue(seg, answer, c)...)
	}
}

// tagStart is what begins raw HTML: the name of a tag, in lower case, or ! or ? of
// a comment, a declaration, an instruction; empty if s begins none.
func tagStart(s string) string {
	if len(s) < 2 {
		return ""
	}
	if s[1] == '!' || s[1] == '?' {
		return s[1:2]
	}
	s = strings.TrimPrefix(s[1:], "/")
	n := 0
	for n < len(s) && (isAlpha(s[n]) || n > 0 && (s[n] == '-' || '0' <= s[n] && s[n] <= '9')) {
		n++
	}
	if n < len(s) && s[n] != '/' && s[n] != '>' && !isSpace(s[n]) {
		return ""
	}
	return strings.ToLower(s[:n])
}

func isAlpha(c byte) bool { return 'a' <= c|0x20 && c|0x20 <= 'z' }

// escapeTags makes plain text of the HTML and the comments that an answer has and
// its source has not: a translation adds no elements.
func escapeTags(answer, source string) string {
	var b strings.Builder
	names := tagNames(source)
	for i := 0; i < len(answer); {
		n := 1
		switch answer[i] {
		case '\\':
			n = min(2, len(answer)-i)
		case '`':
			n = max(1, codeSpan([]byte(answer[i:])))
		case '{':
			if strings.HasPrefix(answer[i:], commentOpen) && !strings.Contains(source, commentOpen) {
				b.WriteByte('\\')
			}
		case '<':
			if name := tagStart(answer[i:]); name != "" && !slices.Contains(names, name) {
				b.WriteByte('\\')
			}
		}
		b.WriteString(answer[i : i+n])
		i += n
	}
	return b.String()
}

// escapeMarkup keeps an answer within the HTML that it stands in: a tag that its
// source has not, or any if none is wanted, is text.
func escapeMarkup(answer, source string, none bool) string {
	if strings.IndexByte(answer, '<') < 0 {
		return answer
	}
	own := tagNames(source)
	var b strings.Builder
	for i := range len(answer) {
		if answer[i] == '<' {
			if name := tagStart(answer[i:]); none || name != "" && !slices.Contains(own, name) {
				b.WriteString("&lt;")
				continue
			}
		}
		b.WriteByte(answer[i])
	}
	return b.String()
}

// tagNames are the kinds of raw HTML that a text has, as tagStart calls them.
func tagNames(text string) (names []string) {
	for {
		i := strings.IndexByte(text, '<')
		if i < 0 {
			return names
		}
		if name := tagStart(text[i:]); name != "" && !slices.Contains(names, name) {
			names = append(names, name)
		}
		text = text[i+1:]
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
	for i, l := range lines {
		k := min(i, len(old)-1)
		w.out = append(w.out, old[k].prefix...)
		safe := i == k && old[k].text == l && w.doc.safeAgain(seg, l, i, len(lines)) || i == 0 && !w.doc.beginsLine(seg)
		task := i == 0 && taskMark(l) && w.doc.beginsLine(seg) && w.doc.beginsItem(seg)
		if i < len(lines)-1 {
			l = breakHard(l, old[min(i, len(old)-2)].spaces)
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
	if open < from || open >= cut || w.out[cut] != ' ' || !strings.HasSuffix(seg.Text, string(w.out[open:])) {
		w.out = escapeTail(w.out, from, source)
		return
	}
	w.out = slices.Replace(w.out, cut, cut+1, w.doc.continuation(seg)...)
}

// safeAgain reports whether the i-th line of a segment, which opens no block in the
// article, opens none in a translation of so many lines; only where an escape would
// cost an element, or the end of a table before it. A link reference definition
// depends on what follows.
func (d *Document) safeAgain(seg *Segment, l string, i, lines int) bool {
	switch {
	case strings.HasPrefix(l, "<"):
		return true
	case strings.HasPrefix(l, "[^"):
		label := l[:2+max(0, labelEnd([]byte(l[2:])))]
		return bytes.Contains(d.body[seg.start:seg.end], []byte(label))
	case strings.HasPrefix(l, "["):
		return i > 0 || lines == 1
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
	answer = strings.Trim(answer, " \t\r\n")
	if strings.IndexByte(answer, '\n') < 0 {
		return answer
	}
	return strings.Join(hardLines(answer), " ")
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
		if first && alertMark.MatchString(l) || (first || strings.HasPrefix(l, "[^")) && linkMark(l) {
			out = append(out, '\\')
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
	return len(l) >= 3 && l[0] == '[' && l[2] == ']' && strings.IndexByte(" \txX", l[1]) >= 0
}

// linkMark reports whether a line begins as the definition of a link or a note
// does.
func linkMark(l string) bool {
	for i := 1; i < len(l); i++ {
		switch l[i] {
		case '\\':
			i++
		case '[':
			return false
		case ']':
			return i+1 < len(l) && l[i+1] == ':'
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

// tail is what a heading ends with where that may be its attributes.
var tail = regexp.MustCompile(`\{[^{}]*\}$`)

// attributed is the beginning of attributes.
var attributed = regexp.MustCompile(`^\{\s*(?:[#.]|[A-Za-z_:][\w:.-]*\s*=)`)

// escapeTail keeps the end of a heading, written from there on, from being read as
// its attributes. What the source ends with is none.
func escapeTail(out []byte, from int, source []byte) []byte {
	if !bytes.HasSuffix(out[from:], []byte{'}'}) {
		return out
	}
	m := tail.FindIndex(out[from:])
	if m == nil {
		return out
	}
	i := from + m[0]
	if i > from && out[i-1] == '\\' || !attributed.Match(out[i:]) || bytes.HasSuffix(source, out[i:]) {
		return out
	}
	return slices.Insert(out, i, '\\')
}

// escapeATX keeps an answer from ending its heading early.
func escapeATX(s string, source []byte) string {
	if trimmed := strings.TrimRight(s, "#"); trimmed != s &&
		(trimmed == "" || isSpace(trimmed[len(trimmed)-1])) {
		s = trimmed + `\` + s[len(trimmed):]
	}
	return string(escapeTail([]byte(s), 0, source))
}

// escapeCell keeps an answer within its table cell.
func escapeCell(s string) string {
	if strings.IndexByte(s, '|') < 0 && !strings.HasSuffix(s, `\`) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '|' && (i == 0 || s[i-1] != '\\'):
			b.WriteString(`\|`)
		default:
			b.WriteByte(s[i])
		}
	}
	return evenSlashes(b.String())
}

// evenSlashes keeps a backslash at the end from escaping what follows.
func evenSlashes(s string) string {
	if n := len(s) - len(strings.TrimRight(s, `\`)); n%2 == 1 {
		return s + `\`
	}
	return s
}

// escapeAlt keeps an answer within the square brackets of an image.
func escapeAlt(s string) string {
	text := []byte(s + "]")
	if end, ok := closing(text, 0, ']'); ok && end == len(s) {
		return evenSlashes(s)
	}
	return evenSlashes(escapeBytes(s, "[]`"))
}

// escapeQuoted keeps an answer within the quotes of a title.
func escapeQuoted(s string, open byte) string {
	marks := string(open)
	if open == '(' {
		marks = "()"
	}
	return evenSlashes(escapeBytes(s, marks))
}

// escapeBytes puts a backslash before each of the marks that has none.
func escapeBytes(s, marks string) string {
	if !strings.ContainsAny(s, marks) {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '\\' && i+1 < len(s) {
			b.WriteString(s[i : i+2])
			i++
			continue
		}
		if strings.IndexByte(marks, s[i]) >= 0 {
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

// escapeAll makes plain text of an answer: every mark is escaped.
func escapeAll(s string) string {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if util.IsPunct(s[i]) {
			b.WriteByte('\\')
		}
		b.WriteByte(s[i])
	}
	return b.String()
}
