package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dragoman/internal/diag"
	"dragoman/internal/locale"
)

// checkNewlines compares line breaks. Those that Markdown joins count only at the edges
// and where they part the text.
func checkNewlines(p *Pair) {
	source, target := p.Source.Raw, p.Target.Raw
	if strings.IndexByte(source, '\n') < 0 && strings.IndexByte(target, '\n') < 0 {
		return
	}
	switch {
	case strings.HasPrefix(target, "\n") != strings.HasPrefix(source, "\n"):
		p.reportAs(diag.Error, 0, 0, "only one side begins with a line break")
	case strings.HasSuffix(target, "\n") != strings.HasSuffix(source, "\n"):
		p.reportAs(diag.Error, len(target), len(target), "only one side ends with a line break")
	case strings.Contains(target, "\n\n") && !strings.Contains(source, "\n\n"):
		at := strings.Index(target, "\n\n")
		p.reportAs(diag.Error, at, at, "a blank line would part the text")
	case count(p.Source.marked(), breakMark) != count(p.Target.marked(), breakMark):
		p.report(0, 0, "%d line breaks, the source has %d", count(p.Target.marked(), breakMark), count(p.Source.marked(), breakMark))
	}
}

// checkConflict finds lines that git, diff3 or msgcat have put in.
func checkConflict(p *Pair) {
	if !strings.ContainsAny(p.Target.Raw, "<>=|#") {
		return
	}
	at := 0
	for line := range strings.Lines(p.Target.Raw) {
		text := strings.TrimRight(line, "\n")
		if conflicts(text) && !strings.Contains(p.Source.Raw, text) {
			p.report(at, at+len(text), "a conflict marker")
			return
		}
		at += len(line)
	}
}

func conflicts(line string) bool {
	for _, sign := range []string{"<<<<<<<", ">>>>>>>", "|||||||"} {
		if strings.HasPrefix(line, sign) && (len(line) == len(sign) || line[len(sign)] == ' ') {
			return true
		}
	}
	return strings.Contains(line, "#-#-#-#-#") || line == "======="
}

// checkCJKBreak finds a newline between two characters of scripts without spaces.
func checkCJKBreak(p *Pair) {
	if at := cjkBreak(p, p.Target.Raw, 0); at >= 0 {
		p.report(at, at, "the line is broken within a sentence")
	}
}

func fixCJKBreak(p *Pair) (string, bool) {
	text := p.Target.Raw
	for at := cjkBreak(p, text, 0); at >= 0; at = cjkBreak(p, text, at) {
		text = text[:at] + text[at+1:]
	}
	return text, text != p.Target.Raw
}

// cjkBreak is where the next such newline stands, -1 if there is none.
func cjkBreak(p *Pair, text string, from int) int {
	if locale.Spaced(p.Language) {
		return -1
	}
	for {
		i := strings.IndexByte(text[from:], '\n')
		if i < 0 {
			return -1
		}
		at := from + i
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at+1:])
		if unspaced(before) && unspaced(after) {
			return at
		}
		from = at + 1
	}
}

// unspaced reports whether a character is of a script that sets no spaces, or its
// punctuation.
func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) ||
		0x3000 <= r && r <= 0x303f || 0xff00 <= r && r <= 0xff65 || strings.ContainsRune("“”‘’—…", r)
}
