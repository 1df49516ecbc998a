package markdown

import (
	"bytes"
	"regexp"
	"strings"

	"github.com/yuin/goldmark/util"
)

// writer writes answers into a copy of an article.
type writer struct {
	doc  *Document
	out  []byte
	from int // how much of the source is copied or replaced
}

// replace writes one answer in its segment's place. hard escapes every mark, so
// that nothing in the answer is Markdown any more.
func (w *writer) replace(seg *Segment, answer string, hard bool) {
	at := w.doc.offset(seg)
	w.out = append(w.out, w.doc.src[w.from:at]...)
	w.from = at + seg.end - seg.start
	switch {
	case seg.form == value:
	case hard:
		answer = escapeAll(answer)
	case strings.IndexByte(answer, '<') >= 0:
		answer = escapeTags(answer, seg.Text)
	}
	switch seg.form {
	case flow:
		w.flow(seg, answer)
	case line:
		w.out = appendLine(w.out, oneLine(answer))
	case atx:
		w.out = append(w.out, escapeATX(oneLine(answer))...)
	case cell:
		w.out = append(w.out, escapeCell(oneLine(answer))...)
	case alt:
		w.out = append(w.out, escapeAlt(oneLine(answer))...)
	case quoted:
		w.out = append(w.out, escapeQuoted(oneLine(answer), w.doc.src[at-1])...)
	case value:
		w.out = append(w.out, encodeValue(w.doc.src[at:w.from], answer)...)
	}
}

// tagStart is what begins raw HTML: a tag's name, a comment, a declaration, an
// instruction.
var tagStart = regexp.MustCompile(`^<(?:/?([A-Za-z][A-Za-z0-9-]*)(?:[\s/>]|$)|!|\?)`)

// escapeTags makes plain text of the HTML that an answer has and its source has
// not: a translation adds no elements.
func escapeTags(answer, source string) string {
	var b strings.Builder
	for i := 0; i < len(answer); {
		n := 1
		switch answer[i] {
		case '\\':
			n = min(2, len(answer)-i)
		case '`':
			n = max(1, codeSpan([]byte(answer[i:])))
		case '<':
			if m := tagStart.FindString(answer[i:]); m != "" && !hasTag(source, m) {
				b.WriteByte('\\')
			}
		}
		b.WriteString(answer[i : i+n])
		i += n
	}
	return b.String()
}

// hasTag reports whether a source has raw HTML of the kind that start begins.
func hasTag(source, start string) bool {
	name := strings.ToLower(strings.Trim(start, "</> \t\r\n"))
	for i := strings.IndexByte(source, '<'); i >= 0; {
		m := tagStart.FindString(source[i:])
		if m != "" && strings.ToLower(strings.Trim(m, "</> \t\r\n")) == name {
			return true
		}
		next := strings.IndexByte(source[i+1:], '<')
		if next < 0 {
			break
		}
		i += next + 1
	}
	return false
}

// finish is the article with all answers in it.
func (w *writer) finish() []byte { return append(w.out, w.doc.src[w.from:]...) }

// flow writes a paragraph: a line for each hard break, continued under the
// containers of its first line.
func (w *writer) flow(seg *Segment, answer string) {
	var prefix []byte
	for i, l := range hardLines(answer) {
		if i > 0 {
			if prefix == nil {
				prefix = w.doc.continuation(seg)
			}
			if bytes.HasSuffix(w.out, []byte{'\\'}) {
				w.out = append(w.out, "  "...)
			} else {
				w.out = append(w.out, '\\')
			}
			w.out = append(w.out, prefix...)
		}
		w.out = appendLine(w.out, l)
	}
	w.out = escapeTail(w.out)
}

// hardLines splits an answer at its hard breaks, a backslash or two spaces
// before a newline; other white space between words becomes one soft break.
func hardLines(answer string) []string {
	if strings.IndexByte(answer, '\n') < 0 {
		return []string{strings.Trim(answer, " \t\r")}
	}
	var lines []string
	var now strings.Builder
	for piece := range strings.Lines(answer) {
		text := strings.TrimRight(piece, "\r\n")
		spaces := strings.HasSuffix(text, "  ")
		text = strings.Trim(text, " \t")
		slashes := len(text) - len(strings.TrimRight(text, `\`))
		hard := len(piece) > len(text) && (spaces || slashes%2 == 1)
		if hard && !spaces {
			text = text[:len(text)-1]
		}
		if text != "" {
			now.WriteString(glue(now.String(), text))
			now.WriteString(text)
		}
		if hard && now.Len() > 0 {
			lines = append(lines, strings.TrimRight(now.String(), " \t"))
			now.Reset()
		}
	}
	if now.Len() > 0 {
		lines = append(lines, now.String())
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

// continuation is what begins a further line of a segment's block: a newline and
// the marks of the containers.
func (d *Document) continuation(seg *Segment) []byte {
	start := seg.start
	if nl := bytes.IndexByte(d.body[start:seg.end], '\n'); nl >= 0 {
		lines := d.blocks[seg.block].node.Lines()
		for i := range lines.Len() {
			if l := lines.At(i); l.Start > start {
				return d.withNewline(d.body[start+nl+1 : l.Start])
			}
		}
	}
	begin := bytes.LastIndexByte(d.body[:start], '\n') + 1
	prefix := bytes.Clone(d.body[begin:start])
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

var (
	numberedMark = regexp.MustCompile(`^\d{1,9}[.)](?:[ \t]|$)`)
	definition   = regexp.MustCompile(`^\[(?:[^\[\]\\]|\\.)*\]:`)
	htmlTag      = regexp.MustCompile(`^</?[A-Za-z][A-Za-z0-9-]*[^<>]*>?[ \t]*$`)
	htmlOpen     = regexp.MustCompile(`^<(?:[!?]|/?(?:` + htmlBlocks + `)(?:[\s/>]|$))`)
	taskMark     = regexp.MustCompile(`^\[[ \txX]\]`)
)

// htmlBlocks are the elements whose tag begins an HTML block wherever it begins
// a line: CommonMark 0.31, section 4.6, conditions 1 and 6.
const htmlBlocks = `(?i:script|pre|style|textarea|address|article|aside|base|basefont|blockquote|body|` +
	`caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|` +
	`frame|frameset|h1|h2|h3|h4|h5|h6|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|` +
	`noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul|source|meta)`

// appendLine writes a line so that it continues or begins a paragraph and
// nothing else.
func appendLine(out []byte, l string) []byte {
	if l == "" {
		return out
	}
	switch c := l[0]; c {
	case '#', '>', '|', '=', ':', '%', '/', '!', '{':
		if opens(l, c) {
			out = append(out, '\\')
		}
	case '-', '+', '*', '_', '~', '`':
		if marks(l, c) {
			out = append(out, '\\')
		}
	case '[':
		if taskMark.MatchString(l) || definition.MatchString(l) {
			out = append(out, '\\')
		}
	case '<':
		if htmlOpen.MatchString(l) || htmlTag.MatchString(l) {
			out = append(out, '\\')
		}
	case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		if numberedMark.MatchString(l) {
			n := strings.IndexAny(l, ".)")
			out = append(out, l[:n]...)
			out = append(out, '\\')
			l = l[n:]
		}
	}
	return append(out, l...)
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

// escapeTail keeps the end of a paragraph from being read as attributes of a
// heading.
func escapeTail(out []byte) []byte {
	if !bytes.HasSuffix(out, []byte{'}'}) {
		return out
	}
	i := bytes.LastIndexByte(out, '{')
	if i < 0 || i > 0 && out[i-1] == '\\' || i+1 < len(out) && out[i+1] != '#' && out[i+1] != '.' &&
		bytes.IndexByte(out[i:], '=') < 0 {
		return out
	}
	out = append(out, 0)
	copy(out[i+1:], out[i:])
	out[i] = '\\'
	return out
}

// escapeATX keeps an answer from ending its heading early.
func escapeATX(s string) string {
	if trimmed := strings.TrimRight(s, "#"); trimmed != s &&
		(trimmed == "" || isSpace(trimmed[len(trimmed)-1])) {
		s = trimmed + `\` + s[len(trimmed):]
	}
	return string(escapeTail([]byte(s)))
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
