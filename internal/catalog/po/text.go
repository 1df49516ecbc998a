package po

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// accumulator joins the string literals of one section. A text that is a single
// literal without escapes stays a part of the file's.
type accumulator struct {
	section  section
	last     section // begun last, the one in progress or the one before
	at       int     // the offset of its keyword
	literals int
	first    string
	joined   bool
	buf      []byte
	bytes    []byte // of escapes from 0x80 on, not yet decoded
	bytesAt  int    // the offset of the last such escape, -1 without
}

// begin starts a section at its keyword.
func (p *parser) begin(s section, at int) {
	a := &p.acc
	a.section, a.last, a.at = s, s, at
	a.literals, a.first, a.joined, a.buf, a.bytesAt = 0, "", false, a.buf[:0], -1
}

func (a *accumulator) add(literal string) {
	if !a.joined {
		if a.first == "" {
			a.first = literal
			return
		}
		a.join()
	}
	a.buf = append(a.buf, literal...)
}

func (a *accumulator) join() {
	if !a.joined {
		a.joined = true
		a.buf = append(a.buf, a.first...)
	}
}

// length is that of the text so far.
func (a *accumulator) length() int {
	if a.joined {
		return len(a.buf)
	}
	return len(a.first)
}

// atLineStart reports whether a logical line begins at the offset n.
func (a *accumulator) atLineStart(n int) bool {
	switch {
	case n == 0:
		return true
	case a.joined:
		return a.buf[n-1] == '\n'
	default:
		return a.first[n-1] == '\n'
	}
}

// endSection gives the text to where it belongs.
func (p *parser) endSection() {
	a := &p.acc
	s := a.section
	a.section = nowhere
	if s == nowhere || s == skipped {
		return
	}
	if a.literals == 0 {
		p.fail(a.at, "syntax", "a keyword without a text", `write "" for none`)
		p.entry.broken = true
	}
	text := a.first
	if a.joined {
		text = string(a.buf)
	}
	if a.bytesAt >= 0 && !utf8.ValidString(text) {
		p.fail(a.bytesAt, "encoding", "the escape is no UTF-8", "write the character itself")
	}
	p.assign(s, text)
}

func (p *parser) assign(s section, text string) {
	e := &p.entry
	switch s {
	case previousContext:
		p.intro.previous.Context = text
	case previousSource:
		p.intro.previous.Source = text
	case previousPlural:
		p.intro.previous.Plural = text
	case context:
		e.Context = text
	case source:
		e.Source = text
	case plural:
		e.Plural = text
	case target:
		if e.targets++; e.targets == 1 {
			e.Target = text
		} else {
			e.Forms = append(e.Forms, text)
		}
	}
}

// readString reads a string literal.
func (p *parser) readString() {
	at := p.i
	a := &p.acc
	switch {
	case a.section == nowhere:
		p.stray(at, "a text that belongs to no keyword", "put it after msgid or msgstr")
		return
	case a.section != skipped && p.old != a.section.previous():
		p.stray(at, "#| stands before only some lines of the previous source", "put it before all")
		return
	}
	if !a.section.previous() {
		p.sameMark(at)
		if a.section == target && p.entry.forms == 1 && a.literals == 0 {
			p.entry.targetPos = p.place(at)
		}
	}
	from := a.length()
	a.literals++
	body := p.text[at+1 : p.eol]
	if n := strings.IndexByte(body, '"'); n >= 0 && strings.IndexByte(body[:n], '\\') < 0 {
		a.add(body[:n])
		p.i = at + n + 2
	} else if !p.readEscaped(at) {
		return
	}
	if a.section == target && a.length() > from {
		p.suspect(at, from)
	}
	if a.section != skipped {
		p.end, p.ends = p.i, true
	}
}

// readEscaped reads a literal with escapes, or one that is not closed, and
// reports whether it was closed.
func (p *parser) readEscaped(at int) bool {
	a := &p.acc
	a.join()
	p.i++
	for {
		from := p.i
		for p.i < p.eol && p.text[p.i] != '"' && p.text[p.i] != '\\' {
			p.i++
		}
		if p.i > from {
			p.flushBytes()
			a.buf = append(a.buf, p.text[from:p.i]...)
		}
		switch {
		case p.i < p.eol && p.text[p.i] == '"':
			p.flushBytes()
			p.i++
			return true
		case p.i < p.eol && p.i+1 == p.eol && p.next > p.eol:
			p.beginLine(p.next) // a backslash at a line's end joins it to the next
		case p.i+1 < p.eol:
			p.readEscape()
		default:
			p.flushBytes()
			p.fail(at, "string", "the text is not closed on its line", `end it with "`)
			p.entry.broken = true
			p.i, p.ends = p.eol, false
			return false
		}
	}
}

// named are the escapes of one letter.
var named = [256]byte{
	'n': '\n', 't': '\t', 'r': '\r', 'a': '\a', 'b': '\b', 'f': '\f', 'v': '\v', '\\': '\\', '"': '"',
}

// readEscape reads from a backslash on: a letter, up to three octal digits, or x
// and any number of hexadecimal ones.
func (p *parser) readEscape() {
	at := p.i
	c := p.text[at+1]
	if b := named[c]; b != 0 {
		p.flushBytes()
		p.acc.buf = append(p.acc.buf, b)
		p.i += 2
		return
	}
	from, base, limit := at+1, 8, at+4
	if c == 'x' {
		from, base, limit = at+2, 16, p.eol
	}
	to := from
	for to < min(limit, p.eol) && digitValue(p.text[to]) < base {
		to++
	}
	if to == from {
		p.flushBytes()
		p.fail(at, "escape", "unknown escape \\"+firstRune(p.text[at+1:]), `a backslash itself is \\`)
		p.acc.buf = append(p.acc.buf, '\\')
		p.i++
		return
	}
	p.i = to
	value, err := strconv.ParseUint(p.text[from:to], base, 8)
	switch {
	case err != nil:
		p.fail(at, "escape", "the escape is more than one byte", "write the character itself")
	case value == 0:
		p.fail(at, "encoding", "an escape for NUL, which is no text", "delete it")
	case value < utf8.RuneSelf:
		p.flushBytes()
		p.acc.buf = append(p.acc.buf, byte(value))
	default:
		p.acc.bytes = append(p.acc.bytes, byte(value))
		p.acc.bytesAt = at
	}
}

func digitValue(c byte) int {
	switch {
	case isDigit(c):
		return int(c - '0')
	case c|0x20 >= 'a' && c|0x20 <= 'f':
		return int(c|0x20-'a') + 10
	}
	return 16
}

func firstRune(s string) string {
	_, n := utf8.DecodeRuneInString(s)
	return s[:n]
}

// flushBytes adds the bytes that escapes spelt out, which are in the file's
// charset.
func (p *parser) flushBytes() {
	a := &p.acc
	if len(a.bytes) == 0 {
		return
	}
	if p.decoder != nil {
		out, err := p.decoder.Bytes(a.bytes)
		if err != nil || strings.Contains(string(out), "\ufffd") {
			p.fail(a.bytesAt, "encoding", "the escape is not in the file's charset", "write the character itself")
		}
		a.bytes = out
		p.entry.dependent = true
	}
	a.buf = append(a.buf, a.bytes...)
	a.bytes = a.bytes[:0]
}
