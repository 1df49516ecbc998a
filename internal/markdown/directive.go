package markdown

import (
	"bytes"
	"strconv"
	"strings"

	"dragoman/internal/diag"

	"github.com/yuin/goldmark/ast"
)

// directives are what the author's comments say of the block that follows, and of
// all that it holds.
type directives struct {
	note    string
	context string
	max     int
	skip    bool
}

// directive reads an HTML comment that speaks to the translator:
//
//	<!-- dragoman:note the ship, not the person -->
//	<!-- dragoman:skip -->
//	<!-- dragoman:skip-start --> … <!-- dragoman:skip-end -->
//	<!-- dragoman:context verb -->
//	<!-- dragoman:max 60 -->
//
// i18n:skip, i18n:skip-start, i18n:skip-end and i18n:comment, as other gettext
// tools for Markdown have them, mean the same. It reports false for a block that
// is anything else.
func (s *scanner) directive(h *ast.HTMLBlock) bool {
	if h.HTMLBlockType != ast.HTMLBlockType2 || h.Lines().Len() == 0 {
		return false
	}
	first, last := h.Lines().At(0), h.Lines().At(h.Lines().Len()-1)
	end := last.Stop
	if h.HasClosure() {
		end = max(end, h.ClosureLine.Stop)
	}
	text := s.doc.body[first.Start:end]
	at := first.Start + len(text) - len(bytes.TrimLeft(text, " \t"))
	text = bytes.TrimSpace(text)
	text, ok := bytes.CutPrefix(text, []byte("<!--"))
	if !ok {
		return false
	}
	text, ok = bytes.CutSuffix(text, []byte("-->"))
	if !ok || bytes.Contains(text, []byte("-->")) {
		return false
	}
	text = bytes.TrimSpace(text)
	if !bytes.HasPrefix(text, []byte("i18n:")) && !bytes.HasPrefix(text, []byte("dragoman:")) {
		return false
	}
	words := strings.Fields(string(text))
	name, argument := words[0], strings.Join(words[1:], " ")
	if verb, ok := strings.CutPrefix(name, "i18n:"); ok {
		return s.direct(verb, argument, at)
	}
	verb, ok := strings.CutPrefix(name, "dragoman:")
	if ok && !s.direct(verb, argument, at) {
		s.warn(at, "unknown directive "+name, "write note, context, max, skip, skip-start or skip-end")
	}
	return ok
}

// direct does what a directive says. It reports false for one that it does not know.
func (s *scanner) direct(verb, argument string, at int) bool {
	switch strings.TrimSuffix(verb, ":") {
	case "note", "comment":
		if s.pending.note != "" {
			argument = s.pending.note + " " + argument
		}
		s.pending.note = argument
	case "skip":
		s.pending.skip = true
	case "skip-start":
		s.skip = true
	case "skip-end":
		s.skip = false
	case "context":
		s.pending.context = argument
	case "max":
		n, err := strconv.Atoi(argument)
		if err != nil || n < 1 {
			s.warn(at, "the directive max has no number", "write dragoman:max 60")
			return true
		}
		s.pending.max = n
	default:
		return false
	}
	return true
}

// warning is a finding whose place is still an offset in the body.
type warning struct {
	diag.Finding
	offset int
}

func (s *scanner) warn(offset int, text, hint string) {
	s.found = append(s.found, warning{
		diag.Finding{Code: "directive", Severity: diag.Warning, Text: text, Hint: hint}, offset,
	})
}
