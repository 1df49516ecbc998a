package catalog

import (
	"regexp"
	"slices"
	"strings"
	"sync"

	"dragoman/internal/diag"
)

// Trace is a place of a catalog that tells who translated it, or where and when
// they work.
type Trace struct {
	Field string   // of the header; empty in a comment
	Pos   diag.Pos // of the message whose comment it is; zero in the header
	Text  string   // what was there
}

// Scrub removes from a catalog what tells of people: translators' names and
// addresses in the header and in comments, the hour and time zone of a revision,
// paths of somebody's computer. It gives what it removed, in the catalog's order.
// Sources and targets stay: they are the author's and the readers'.
//
// Editors of catalogs write such fields unasked, and who reads the catalogs of a
// group at risk should not learn its names.
func (f *File) Scrub() []Trace {
	var traces []Trace
	f.Header.Comments = slices.Clone(f.Header.Comments)
	f.Header.Fields = slices.Clone(f.Header.Fields)
	f.Header.Comments = slices.DeleteFunc(f.Header.Comments, func(line string) bool {
		if !address().MatchString(line) && !names().MatchString(line) {
			return false
		}
		traces = append(traces, Trace{Text: line})
		return true
	})
	for i, field := range f.Header.Fields {
		if kept := anonymous(field); kept != field.Value {
			traces = append(traces, Trace{Field: field.Name, Text: field.Value})
			f.Header.Fields[i].Value = kept
		}
	}
	for _, m := range f.Messages {
		for i, line := range m.Comments {
			if kept := withoutAddress(line); kept != line {
				traces = append(traces, Trace{Pos: m.Pos, Text: line})
				m.Comments = slices.Clone(m.Comments)
				m.Comments[i] = kept
			}
		}
	}
	return traces
}

// The patterns are made when they are first asked for: few runs look for names, and
// every one of the program would wait for them.
var (
	address = lazily(addressPattern)
	// named is an address with the name before it, in the form of mail headers.
	named = lazily(`(?i)[^:,;(\n]*<` + addressPattern[len("(?i)"):] + `>`)
	names = lazily(`(?i)(^|\b)(translators?|translated by|reviewed by|authors?)\b|번역자|옮긴이|译者|譯者|翻訳者`)
	home  = lazily(`(?i)(^|[^\w])(/home/|/Users/|[A-Z]:\\+Users\\+)`)
	hour  = lazily(`^(\d{4}-\d{2}-\d{2})[ T]\d{2}:\d{2}.*$`)
)

const addressPattern = `(?i)[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(\.[\p{L}\p{N}-]+)+`

func lazily(pattern string) func() *regexp.Regexp {
	return sync.OnceValue(func() *regexp.Regexp { return regexp.MustCompile(pattern) })
}

// personal are the fields of a header that name people.
var personal = map[string]bool{
	"Last-Translator": true, "Language-Team": true, "Report-Msgid-Bugs-To": true, "X-Translators": true,
}

// Signed is the field of the header by which its translator is named, empty if there is
// none. What gettext's tools put there for nobody is no name.
func (h *Header) Signed() string {
	for _, f := range h.Fields {
		name := strings.TrimSpace(f.Value)
		if signing[f.Name] && name != "" && !strings.HasPrefix(name, "FULL NAME") && name != "Automatically generated" {
			return f.Name
		}
	}
	return ""
}

// signing are the fields in which editors of catalogs write who works with them.
var signing = map[string]bool{"Last-Translator": true, "X-Translators": true}

// impersonal are the fields of a header that say nothing of people.
var impersonal = map[string]bool{
	"Project-Id-Version": true, "POT-Creation-Date": true, "PO-Revision-Date": true, "Language": true, "MIME-Version": true,
	"Content-Type": true, "Content-Transfer-Encoding": true, "Plural-Forms": true, "X-Generator": true,
}

// Blank leaves in a header what says nothing of people, as it may go anywhere: the
// fields that a catalog needs, and no comment.
func (h *Header) Blank() {
	fields := make([]Field, 0, len(h.Fields))
	for _, f := range h.Fields {
		switch {
		case personal[f.Name]:
			fields = append(fields, Field{f.Name, ""})
		case impersonal[f.Name]:
			fields = append(fields, Field{f.Name, anonymous(f)})
		}
	}
	h.Comments, h.Fields = nil, fields
}

// anonymous is the field's value without what tells of people.
func anonymous(f Field) string {
	switch {
	case personal[f.Name], home().MatchString(f.Value):
		return ""
	case hour().MatchString(f.Value):
		return hour().ReplaceAllString(f.Value, "$1 00:00+0000")
	}
	return withoutAddress(f.Value)
}

// withoutAddress is a text with … for each address and the name that goes with it.
func withoutAddress(text string) string {
	if !strings.Contains(text, "@") {
		return text
	}
	return address().ReplaceAllString(named().ReplaceAllString(text, "…"), "…")
}
