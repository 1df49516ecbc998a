package markdown

import (
	"bytes"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/util"
)

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
	for piece, code := range codeSpans(s) {
		for i := range len(piece) {
			if piece[i] == '|' && (code || i == 0 || piece[i-1] != '\\') {
				b.WriteByte('\\')
			}
			b.WriteByte(piece[i])
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
func (d *Document) escapeAlt(s string) string {
	if !strings.ContainsAny(s, "[]`<\\") || d.fills(s) {
		return s
	}
	return escapeBracketed(s)
}

// escapeBracketed keeps an answer within square brackets, whatever they are.
func escapeBracketed(s string) string {
	if end, ok := closing([]byte(s+"]"), 0, ']'); ok && end == len(s) {
		return evenSlashes(s)
	}
	return evenSlashes(escapeBytes(s, "[]`"))
}

// fills reports whether a text between the brackets of an image reaches from one to the
// other.
func (d *Document) fills(s string) bool {
	t := &Document{src: []byte("![" + s + "](a)"), dialect: d.dialect}
	_, g := t.read(&Document{})
	return g.at < 0 && len(t.blocks) == 1 && t.blocks[0].alone() &&
		g.shut[t.blocks[0].node.FirstChild()] == len(t.src)-len("](a)")
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
