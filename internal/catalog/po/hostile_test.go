package po_test

import (
	"bytes"
	"strings"
	"testing"

	"dragoman/internal/catalog/po"
)

// TestHostileFilesAreReadAndWritten reads, changes and writes files that would
// keep it busy for minutes if any step were quadratic.
func TestHostileFilesAreReadAndWritten(t *testing.T) {
	const size = 1 << 18
	repeat := func(s string) string { return strings.Repeat(s, size/len(s)) }
	for name, src := range map[string]string{
		"entries on one line":          "msgid\"x\"msgstr\"\"" + repeat("msgid\"a\"msgstr\"\""),
		"stray characters":             repeat(";\n"),
		"one long stray line":          repeat(";"),
		"bytes that are no text":       repeat("a\xff"),
		"continued bytes":              "# " + repeat("\x80"),
		"NULs":                         repeat("a\x00"),
		"conflicts that do not end":    repeat("<<<<<<< a\n=======\n"),
		"conflict markers in a text":   "msgid \"a\"\nmsgstr \"" + repeat("=======\\n") + "\"\n",
		"a text of many literals":      "msgid \"a\"\nmsgstr \"b\"\n" + repeat("\"c\\n\"\n"),
		"escapes":                      "msgid \"" + repeat("\\xed\\x95\\x9c") + "\"\nmsgstr \"\"\n",
		"bad escapes":                  head + "msgid \"" + repeat("\\q") + "\"\nmsgstr \"한\"\n",
		"a text that does not close":   "msgid \"" + repeat("a"),
		"flags":                        "#, " + repeat("fuzzy x,") + "\nmsgid \"a\"\nmsgstr \"\"\n",
		"references":                   "#: " + repeat("\u2068a b\u2069 c: 1 ") + "\nmsgid \"a\"\nmsgstr \"\"\n",
		"isolates that do not end":     "#: " + repeat("\u2068a ") + "\nmsgid \"a\"\nmsgstr \"\"\n",
		"plural forms out of order":    "msgid \"a\"\nmsgid_plural \"b\"\n" + repeat("msgstr[7] \"\"\n"),
		"header fields":                "msgid \"\"\nmsgstr \"\"\n" + repeat("\"A: b\\n\"\n"),
		"a header field in many parts": "msgid \"\"\nmsgstr \"\"\n\"A: b\"\n" + repeat("\"c\"\n"),
		"a header on one line":         "msgid \"\"\nmsgstr \"" + repeat("A: b\\n") + "\"\n",
		"blank lines":                  repeat("\n"),
		"comments":                     repeat("#\n"),
		"previous sources":             repeat("#| msgid \"a\"\n"),
	} {
		t.Run(name, func(t *testing.T) {
			f, _ := po.Parse("x.po", []byte(src))
			for _, m := range f.Messages {
				m.Fuzzy = !m.Fuzzy
			}
			f.Header.Set("X-New", "1")
			if out := po.Format(f); !bytes.Contains(out, []byte("X-New: 1")) {
				t.Error("the header was not written")
			}
		})
	}
}
