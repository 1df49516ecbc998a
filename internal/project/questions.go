package project

import (
	"bytes"
	"strings"

	"dragoman/internal/catalog"
	"dragoman/internal/diag"
	"dragoman/internal/report"
)

// questions are what the translators ask the author in a catalog: comments of
// messages in the article that begin with a question mark,
//
//	# ? a road for cars?
//	#   or for people?
//
// where lines that are set in belong to the question above them.
func (s *shelf) questions(article string, f *catalog.File) (list []report.Question) {
	for _, m := range f.Messages {
		if m.Obsolete {
			continue
		}
		asked := -1 // the question that a line set in belongs to
		for i, line := range m.Comments {
			text, is := question(line)
			switch {
			case is:
				asked = len(list)
				list = append(list, report.Question{
					Article: article, Language: s.tag, Key: m.Key, Text: text, Pos: commentPos(f, m, i),
				})
			case asked >= 0 && strings.TrimLeft(line, " \t") != line:
				list[asked].Text = strings.TrimSpace(list[asked].Text + " " + strings.TrimSpace(line))
			default:
				asked = -1
			}
		}
	}
	return list
}

// question is what a comment asks, if it asks.
func question(comment string) (text string, is bool) {
	for _, mark := range []string{"?", "？"} {
		if rest, ok := strings.CutPrefix(strings.TrimSpace(comment), mark); ok {
			return strings.TrimSpace(rest), true
		}
	}
	return "", false
}

// commentPos is where a comment of a message stands, as far as the catalog was
// read: the comment's line, else the message.
func commentPos(f *catalog.File, m *catalog.Message, n int) diag.Pos {
	pos := m.Pos
	if pos.Path == "" {
		return diag.Pos{Path: f.Path}
	}
	at := -1 // the comment's line, counted from the first of the entry
	lines := 0
	for line := range bytes.Lines(bytes.TrimLeft(m.Raw(), "\r\n")) {
		if !bytes.HasPrefix(line, []byte("#")) && len(bytes.TrimSpace(line)) > 0 {
			break
		}
		if isComment(line) {
			if n == 0 {
				at = lines
			}
			n--
		}
		lines++
	}
	if at >= 0 {
		pos.Line -= lines - at
		pos.Column = 1
	}
	return pos
}

// isComment reports a line that is a translator's comment, not one of the kinds
// that a second character tells.
func isComment(line []byte) bool {
	return line[0] == '#' && (len(line) == 1 || !strings.ContainsRune(".:,!=|~", rune(line[1])))
}
