// Package sheet reads and writes tables for people with a spreadsheet: CSV.
//
// A spreadsheet takes a cell that begins with =, +, -, @, a tab or a carriage
// return for a formula and runs it, so that a text of a stranger can send away
// what stands beside it. Such a cell is written with an apostrophe before it,
// which spreadsheets take for "this is text", and read back without:
//
//	=1+1    is written    '=1+1
//	'=1+1   is written    ''=1+1
//
// Law: Parse(Format(rows)) has the cells of rows, whatever is in them, but for rows
// of nothing but one empty cell, which are blank lines.
//
// The codes of faults: encoding (bytes that are not UTF-8, NULs) and quote (a
// quoted cell that does not end, or ends before its comma).
package sheet

import (
	"bytes"
	"slices"
	"strings"
	"unicode/utf8"
)

// Cell is one cell of a table.
type Cell struct {
	Text   string
	Offset int // of the byte where it begins, its quotation mark included
}

// Fault is what is wrong at a byte of a table, and how to mend it.
type Fault struct {
	Offset     int
	Code       string
	Text, Hint string
}

const (
	byteOrderMark = "\ufeff"
	separators    = ",;\t"
)

// Parse reads a table as RFC 4180 describes it, with lines that end in LF or CR
// LF and with or without a byte order mark. Cells are separated by commas, or by
// the semicolons or tabs that spreadsheets write in some countries: by whichever
// comes first in the first line outside quotes. Lines with nothing in them are
// passed over; rows need not be of one length. The faults are in order.
func Parse(src []byte) ([][]Cell, []Fault) {
	p := &parser{src: src}
	if bytes.HasPrefix(src, []byte(byteOrderMark)) {
		p.at = len(byteOrderMark)
	}
	p.checkBytes()
	p.separator = separatorOf(src[p.at:])
	var rows [][]Cell
	for p.at < len(p.src) {
		if row := p.row(); len(row) > 1 || row[0].Text != "" {
			rows = append(rows, row)
		}
	}
	slices.SortStableFunc(p.faults, func(a, b Fault) int { return a.Offset - b.Offset })
	return rows, p.faults
}

type parser struct {
	src       []byte
	at        int
	separator byte
	faults    []Fault
}

func (p *parser) fail(at int, code, text, hint string) {
	p.faults = append(p.faults, Fault{at, code, text, hint})
}

// checkBytes finds the first byte that is no text.
func (p *parser) checkBytes() {
	const mend = "save the file again as CSV in UTF-8"
	if i := bytes.IndexByte(p.src, 0); i >= 0 {
		p.fail(i, "encoding", "a NUL byte is no text", mend)
	}
	if utf8.Valid(p.src) {
		return
	}
	for i := 0; i < len(p.src); {
		r, n := utf8.DecodeRune(p.src[i:])
		if r == utf8.RuneError && n == 1 {
			p.fail(i, "encoding", "not UTF-8", mend)
			return
		}
		i += n
	}
}

func separatorOf(src []byte) byte {
	quoted := false
	for _, c := range src {
		switch {
		case c == '"':
			quoted = !quoted
		case quoted:
		case c == '\n':
			return ','
		case strings.IndexByte(separators, c) >= 0:
			return c
		}
	}
	return ','
}

// row reads a line of cells and the end of the line.
func (p *parser) row() []Cell {
	var row []Cell
	for {
		start := p.at
		text := p.cell()
		row = append(row, Cell{Text: unguard(text), Offset: start})
		if p.at < len(p.src) && p.src[p.at] == p.separator {
			p.at++
			continue
		}
		p.endLine()
		return row
	}
}

func (p *parser) endLine() {
	if p.at < len(p.src) && p.src[p.at] == '\r' {
		p.at++
	}
	if p.at < len(p.src) && p.src[p.at] == '\n' {
		p.at++
	}
}

// cell reads to the separator or the end of the line.
func (p *parser) cell() string {
	start := p.at
	if p.at < len(p.src) && p.src[p.at] == '"' {
		return p.quoted() + p.bare(start, true)
	}
	return p.bare(start, false)
}

func (p *parser) bare(start int, after bool) string {
	from := p.at
	for p.at < len(p.src) && !p.ends() {
		p.at++
	}
	text := string(p.src[from:p.at])
	if after && strings.Trim(text, " ") == "" {
		return ""
	}
	if after {
		p.fail(start, "quote", "the quoted cell goes on after its quotation mark", "write a quotation mark within a quoted cell twice")
	}
	return text
}

func (p *parser) ends() bool {
	switch c := p.src[p.at]; c {
	case p.separator, '\n':
		return true
	case '\r':
		return p.at+1 == len(p.src) || p.src[p.at+1] == '\n'
	}
	return false
}

// quoted reads from one quotation mark to the one that closes it.
func (p *parser) quoted() string {
	start := p.at
	p.at++
	var b strings.Builder
	for {
		n := bytes.IndexByte(p.src[p.at:], '"')
		if n < 0 {
			p.fail(start, "quote", "the quoted cell is not closed", "close it with a quotation mark")
			b.Write(p.src[p.at:])
			p.at = len(p.src)
			return b.String()
		}
		b.Write(p.src[p.at : p.at+n])
		p.at += n + 1
		if p.at == len(p.src) || p.src[p.at] != '"' {
			return b.String()
		}
		b.WriteByte('"')
		p.at++
	}
}

// Format writes rows as CSV in UTF-8, with LF at the end of each line and commas
// between cells.
func Format(rows [][]string) []byte {
	var b bytes.Buffer
	for n, row := range rows {
		special := ",\"\r\n"
		if n == 0 {
			special += separators // the first line tells which it is
		}
		for i, text := range row {
			if i > 0 {
				b.WriteByte(',')
			}
			writeCell(&b, guard(text), special)
		}
		b.WriteByte('\n')
	}
	return b.Bytes()
}

// writeCell quotes what has to be.
func writeCell(b *bytes.Buffer, text, special string) {
	if !strings.ContainsAny(text, special) && !strings.HasPrefix(text, byteOrderMark) {
		b.WriteString(text)
		return
	}
	b.WriteByte('"')
	b.WriteString(strings.ReplaceAll(text, `"`, `""`))
	b.WriteByte('"')
}

// formula reports whether a spreadsheet could run a text, with or without
// apostrophes before it.
func formula(text string) bool {
	text = strings.TrimLeft(text, "'")
	return text != "" && strings.IndexByte("=+-@\t\r", text[0]) >= 0
}

func guard(text string) string {
	if formula(text) {
		return "'" + text
	}
	return text
}

func unguard(text string) string {
	if strings.HasPrefix(text, "'") && formula(text) {
		return text[1:]
	}
	return text
}
