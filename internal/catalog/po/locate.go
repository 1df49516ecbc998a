package po

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"

	"dragoman/internal/catalog"
	"dragoman/internal/diag"
)

// Locate is where in its file the byte at an offset of a message's target stands, of
// the plural form with that number; at the target's length it is the closing quote.
// Where the message does not say any more what its file says, it is the place of the
// target, or of the entry.
func Locate(m *catalog.Message, form, offset int) diag.Pos {
	l := locating{pos: m.Pos, left: m.Target, offset: offset, form: -1, want: form}
	if form > 0 && form <= len(m.Forms) {
		l.left = m.Forms[form-1]
	}
	raw := m.Raw()
	switch {
	case m.Pos.Line > 0 && l.find(string(raw[keywordAt(raw):])):
		return l.pos
	case m.TargetPos.Line > 0:
		return m.TargetPos
	default:
		return m.Pos
	}
}

// keywordAt is the offset of an entry's first keyword.
func keywordAt(raw []byte) int {
	at := 0
	for line := range bytes.Lines(raw) {
		text := bytes.TrimLeft(line, " \t\r\n\f\v")
		if len(text) > 0 && (text[0] != '#' || bytes.HasPrefix(text, []byte("#~ "))) {
			return at + max(0, bytes.IndexFunc(line, func(r rune) bool { return r < utf8.RuneSelf && isLetter(byte(r)) }))
		}
		at += len(line)
	}
	return len(raw)
}

// locating is a walk over the bytes of an entry, up to a place in its target.
type locating struct {
	pos    diag.Pos
	left   string // of the target, not yet met
	offset int    // into what is left
	form   int    // of the target that the walk is in, -1 before
	want   int
}

// find goes to the place, and reports whether it is there.
func (l *locating) find(raw string) bool {
	for raw != "" && l.form <= l.want {
		n := 1
		switch c := raw[0]; {
		case c == '"':
			var found, ok bool
			if n, found, ok = l.literal(raw); found || !ok {
				return found
			}
		case c == '#' && !strings.HasPrefix(raw, "#~"):
			n = strings.IndexByte(raw+"\n", '\n')
		case isLetter(c):
			for n < len(raw) && (isLetter(raw[n]) || isDigit(raw[n])) {
				n++
			}
			if raw[:n] == "msgstr" {
				l.form++
			}
		}
		if raw[0] != '"' {
			l.pass(raw[:n])
		}
		raw = raw[n:]
	}
	return false
}

// literal goes over a string literal, and is its length. It stops at the place if that
// is in it; ok is false if the literal says something else than the target.
func (l *locating) literal(raw string) (n int, found, ok bool) {
	l.pass(raw[:1])
	for n = 1; n < len(raw); {
		says, length := unit(raw[n:])
		meant := l.form == l.want
		switch {
		case raw[n] == '"' && meant && l.left == "" && l.offset == 0:
			return n, true, true
		case raw[n] == '"':
			l.pass(raw[n : n+1])
			return n + 1, false, true
		case meant && !strings.HasPrefix(l.left, says):
			return n, false, false
		case meant && l.offset < len(says):
			return n, true, true
		case meant:
			l.left, l.offset = l.left[len(says):], l.offset-len(says)
		}
		l.pass(raw[n : n+length])
		n += length
	}
	return n, false, false
}

// unit is the first character or escape of a literal, which is not empty: what it says
// and its length.
func unit(raw string) (says string, length int) {
	if raw[0] != '\\' || len(raw) == 1 {
		_, n := utf8.DecodeRuneInString(raw)
		return raw[:n], n
	}
	if b := named[raw[1]]; b != 0 {
		return string([]byte{b}), 2
	}
	from, base, limit := 1, 8, 4
	switch raw[1] {
	case '\r', '\n': // joins two lines
		return "", 1 + strings.IndexByte(raw, '\n')
	case 'x':
		from, base, limit = 2, 16, len(raw)
	}
	to := from
	for to < min(limit, len(raw)) && digitValue(raw[to]) < base {
		to++
	}
	b, _ := strconv.ParseUint(raw[from:to], base, 8)
	return string([]byte{byte(b)}), to
}

// pass moves the place over a piece of the file.
func (l *locating) pass(piece string) {
	if i := strings.LastIndexByte(piece, '\n'); i >= 0 {
		l.pos.Line += strings.Count(piece, "\n")
		l.pos.Column = 1
		piece = piece[i+1:]
	}
	l.pos.Column += utf8.RuneCountInString(piece)
}
