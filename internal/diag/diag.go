// Package diag says what is wrong, where, and how to mend it.
//
// A finding is data: a parser's error and a quality check's result have the
// same shape, and only the command line decides how it is printed:
//
//	locales/ko/terms.po:41:8: the target drops {name}; put it back
//
// Every parser reports all that it finds, not the first thing.
package diag

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
)

// Pos is a place in a file. Line and Column count from 1, columns in runes; 0
// means that the place within the line, or within the file, is not known.
type Pos struct {
	Path   string
	Line   int
	Column int
}

// String is path:line:col, less what is not known.
func (p Pos) String() string {
	var b strings.Builder
	b.WriteString(p.Path)
	if p.Line > 0 {
		b.WriteByte(':')
		b.WriteString(strconv.Itoa(p.Line))
		if p.Column > 0 {
			b.WriteByte(':')
			b.WriteString(strconv.Itoa(p.Column))
		}
	}
	return b.String()
}

// Severity grades a finding.
type Severity uint8

// An Error stops what it is found in from being used or published as it is, a
// Warning asks for a look, and Info tells.
const (
	Error Severity = iota
	Warning
	Info
)

// String is the word that reports use: error, warning, info.
func (s Severity) String() string {
	return [...]string{"error", "warning", "info"}[s]
}

// Key names a message of a catalog: its context, empty for most, and its
// source text. Package catalog defines what the two mean.
type Key struct {
	Context string
	Source  string
}

// Finding is one thing that is wrong. It is an error.
type Finding struct {
	Pos      Pos
	Code     string // names the rule: "conflict-marker"
	Severity Severity
	Text     string // what is wrong: lower case, no full stop
	Hint     string // how to mend it; may be empty
	Key      Key    // the message that it is about; zero if none
	Article  Pos    // where the message's source stands; zero if that is not known
}

// Error is path:line:col: what; how to mend, fit for a terminal.
func (f Finding) Error() string {
	s := f.Text
	if f.Hint != "" {
		s += "; " + f.Hint
	}
	if where := f.Pos.String(); where != "" {
		s = where + ": " + s
	}
	return Printable(s)
}

// List is what one run found.
type List []Finding

// Error is the findings, one a line.
func (l List) Error() string {
	lines := make([]string, len(l))
	for i, f := range l {
		lines[i] = f.Error()
	}
	return strings.Join(lines, "\n")
}

// HasErrors reports whether any finding is an Error.
func (l List) HasErrors() bool {
	return slices.ContainsFunc(l, func(f Finding) bool { return f.Severity == Error })
}

// Err is the list as an error, nil when it holds no Error.
func (l List) Err() error {
	if !l.HasErrors() {
		return nil
	}
	return l
}

// Sort orders the findings by place, then by code and text, so that a run
// prints the same whatever order its work was done in.
func (l List) Sort() {
	slices.SortStableFunc(l, func(a, b Finding) int {
		return cmp.Or(
			cmp.Compare(a.Pos.Path, b.Pos.Path),
			cmp.Compare(a.Pos.Line, b.Pos.Line),
			cmp.Compare(a.Pos.Column, b.Pos.Column),
			cmp.Compare(a.Code, b.Code),
			cmp.Compare(a.Text, b.Text),
		)
	})
}
