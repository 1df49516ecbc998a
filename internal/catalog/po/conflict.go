package po

import (
	"bytes"
	"strings"

	"dragoman/internal/diag"
)

// markerSize is how many characters begin the lines that version control puts
// around the two sides of a conflict.
const markerSize = 7

// msgcatMarker begins the line that msgcat puts above each of several
// translations of one message.
const msgcatMarker = "#-#-#-#-#"

// markerOf is the character of the conflict marker that s begins with, 0 if it
// begins with none.
func markerOf(s string) byte {
	if s == "" {
		return 0
	}
	c := s[0]
	switch c {
	case '<', '|', '=', '>':
	case '#':
		if strings.HasPrefix(s, msgcatMarker) {
			return c
		}
		return 0
	default:
		return 0
	}
	n := 1
	for n < len(s) && s[n] == c {
		n++
	}
	if n != markerSize {
		return 0
	}
	if n == len(s) || s[n] == '\n' || s[n] == '\r' || s[n] == ' ' && c != '=' {
		return c
	}
	return 0
}

// readMarker reads a line that version control left. The first side of a
// conflict is read on, the others are passed over, so that one conflict is not
// told again as a hundred duplicates.
func (p *parser) readMarker() bool {
	c := markerOf(p.text[p.i:p.eol])
	if c == 0 {
		return false
	}
	p.failMarker(p.i)
	p.i, p.ends = p.eol, false
	switch c {
	case '<':
		p.inOurs = true
	case '>':
		p.inOurs = false
	default:
		if p.inOurs && !p.unclosed {
			p.skipTheirs()
		}
		p.inOurs = false
	}
	return true
}

func (p *parser) failMarker(at int) {
	p.fail(at, "conflict-marker", "version control left a conflict", "keep one side and delete the lines with markers")
}

// skipTheirs passes over lines up to the end of the conflict, if it has one.
func (p *parser) skipTheirs() {
	line, start := p.line, p.lineStart
	told := len(p.faults)
	for p.next < len(p.text) {
		p.beginLine(p.next)
		switch markerOf(p.text[p.lineStart:p.eol]) {
		case '>':
			p.failMarker(p.lineStart)
			p.i = p.eol
			return
		case '=', '|':
			p.failMarker(p.lineStart)
		}
	}
	p.unclosed = true
	p.faults = p.faults[:told]
	p.line = line - 1
	p.beginLine(start)
	p.i = p.eol
}

// suspect is a line of a target that looks like a conflict marker.
type suspect struct {
	at     int
	marker byte
}

// suspect looks for conflict markers in the text since from, which the literal
// at that offset added.
func (p *parser) suspect(at, from int) {
	a := &p.acc
	if !a.joined {
		if c := markerOf(a.first[from:]); c != 0 && a.atLineStart(from) {
			p.entry.suspects = append(p.entry.suspects, suspect{at, c})
		}
		return
	}
	i := from
	if !a.atLineStart(from) {
		i = nextLine(a.buf, from)
	}
	for ; i < len(a.buf); i = nextLine(a.buf, i) {
		end := min(i+len(msgcatMarker), len(a.buf))
		if c := markerOf(string(a.buf[i:end])); c != 0 {
			p.entry.suspects = append(p.entry.suspects, suspect{at, c})
		}
	}
}

// nextLine is where the line after the one at i begins.
func nextLine(b []byte, i int) int {
	if n := bytes.IndexByte(b[i:], '\n'); n >= 0 {
		return i + n + 1
	}
	return len(b)
}

// tellSuspects reports the suspects that do not translate the like in the source.
func (p *parser) tellSuspects() {
	e := &p.entry
	for _, s := range e.suspects {
		if hasMarker(e.Source, s.marker) || hasMarker(e.Plural, s.marker) {
			continue
		}
		severity, text := diag.Error, "version control left a conflict in the text"
		if s.marker == '#' {
			text = "msgcat left several translations in the text"
			if e.Obsolete {
				severity = diag.Warning
			}
		}
		p.report(severity, s.at, "conflict-marker", text, "keep one and delete the lines with markers", e.Key)
	}
}

func hasMarker(text string, marker byte) bool {
	for text != "" {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		if markerOf(line) == marker {
			return true
		}
	}
	return false
}
