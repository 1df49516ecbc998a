// Package report shows what was measured: to people as a table, to machines as
// JSON.
//
//	language  article       translated      needs     needs  untranslated  done
//	                                    rewriting  checking
//	---------------------------------------------------------------------------
//	ko        chinas-role        2 / 8          0         0         1 / 4   66%
//
// Law: whatever a catalog or a file's name contains, what is shown changes
// nothing but the place where it is shown: control characters are escaped
// (Visible).
package report

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"dragoman/internal/catalog"
)

// columns are the states in the order of the table, from work done to work not
// begun. Those that most projects have no message in are shown only if there is one.
var columns = []struct {
	state catalog.State
	head  string
	rare  bool
}{
	{catalog.Approved, "approved", true},
	{catalog.Translated, "translated", false},
	{catalog.NeedsRewriting, "needs\nrewriting", false},
	{catalog.NeedsChecking, "needs\nchecking", false},
	{catalog.MachineDraft, "machine\ndraft", true},
	{catalog.Untranslated, "untranslated", false},
}

// Visible is a text with everything escaped that could move the cursor, change
// the terminal or reorder the line: control characters (C0, C1), the controls of
// bidirectional text, line separators, and what is not UTF-8.
func Visible(s string) string {
	if !strings.ContainsFunc(s, hidden) {
		return s
	}
	var b strings.Builder
	for i, r := range s {
		_, size := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && size == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case r == '\n':
			b.WriteString(`\n`)
		case r == '\t':
			b.WriteString(`\t`)
		case !hidden(r) || r == utf8.RuneError:
			b.WriteRune(r)
		case r < 0x100:
			fmt.Fprintf(&b, `\x%02x`, r)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
	}
	return b.String()
}

// hidden also holds for U+FFFD, which is what a wrong byte is read as.
func hidden(r rune) bool {
	return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) || r == '\u2028' || r == '\u2029' || r == utf8.RuneError
}
