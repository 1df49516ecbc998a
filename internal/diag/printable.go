package diag

import (
	"fmt"
	"strings"
	"unicode"
)

// Printable is text from content made safe for a terminal: a control character,
// which could move the cursor or recolour the screen, and an invisible one that
// reorders what stands beside it are written as \u and four digits, newlines and
// tabs as \n and \t.
func Printable(s string) string {
	if strings.IndexFunc(s, unprintable) < 0 {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case unprintable(r):
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

// unprintable are C0, C1, and the bidirectional controls.
func unprintable(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029'
}
