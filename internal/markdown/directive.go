package markdown

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// directives are what the author's comments say of the block that follows.
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
	text := bytes.TrimSpace(s.doc.body[first.Start:end])
	text, ok := bytes.CutPrefix(text, []byte("<!--"))
	if !ok {
		return false
	}
	text, ok = bytes.CutSuffix(text, []byte("-->"))
	if !ok || bytes.Contains(text, []byte("-->")) {
		return false
	}
	name, rest, _ := strings.Cut(strings.TrimSpace(string(text)), " ")
	return s.direct(name, strings.Join(strings.Fields(rest), " "))
}

func (s *scanner) direct(name, argument string) bool {
	verb, ok := strings.CutPrefix(name, "dragoman:")
	if !ok {
		if verb, ok = strings.CutPrefix(name, "i18n:"); !ok {
			return false
		}
	}
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
		s.pending.max, _ = strconv.Atoi(argument)
	default:
		return false
	}
	return true
}
