package po_test

import (
	"fmt"
	"strings"
	"testing"

	"dragoman/internal/catalog/po"
)

func TestLocateFindsThePlaceOfEachCharacterOfATarget(t *testing.T) {
	for _, tc := range []struct {
		name  string
		src   string
		piece string // of the last message's target
		form  int
		want  string // line:column
	}{
		{"in the first literal", "msgid \"a\"\nmsgstr \"그는 갔다\"\n", "갔", 0, "2:12"},
		{"the beginning is behind the quote", "msgid \"a\"\nmsgstr \"그는\"\n", "그", 0, "2:9"},
		{"the end is the closing quote", "msgid \"a\"\nmsgstr \"그는\"\n", "", 0, "2:11"},
		{"in a later literal", "# c\nmsgid \"\"\n\"a\"\nmsgstr \"\"\n\"그는 \"\n\"갔다\"\n", "다", 0, "6:3"},
		{"the end of several literals", "msgid \"\"\n\"a\"\nmsgstr \"\"\n\"그는 \"\n\"갔다\"\n", "", 0, "5:4"},
		{"behind escapes, which are two columns", `msgid "a"` + "\n" + `msgstr "\"x\"\ty"`, "y", 0, "2:16"},
		{"behind octal and hexadecimal escapes", `msgid "a"` + "\n" + `msgstr "\101\x42" "y"`, "y", 0, "2:20"},
		{"behind a joined line", "msgid \"a\"\nmsgstr \"x\\\ny z\"\n", "z", 0, "3:3"},
		{"behind other messages, notes and a previous source", "msgid \"z\"\nmsgstr \"갔\"\n\n# msgstr \"갔\"\n#, fuzzy\n#| msgid \"갔\"\nmsgid \"a\"\nmsgstr \"갔\"\n", "갔", 0, "8:9"},
		{"where several keywords share a line", "msgctxt \"c\" msgid \"a\" msgstr \"그는 갔다\"\n", "갔", 0, "1:34"},
		{"where two entries share a line", "msgid \"z\" msgstr \"\" msgid \"a\" msgstr \"그는 갔다\"\n", "갔", 0, "1:42"},
		{"in a plural form", "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"x\"\nmsgstr[1] \"y x\"\n", "x", 1, "4:14"},
		{"in lines that end in CR LF", "msgid \"a\"\r\nmsgstr \"\"\r\n\"그는 \"\r\n\"갔다\"\r\n", "다", 0, "4:3"},
		{"in an obsolete entry", "#~ msgid \"a\"\n#~ msgstr \"\"\n#~ \"그는 \"\n#~ \"갔다\"\n", "다", 0, "4:6"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f := read(t, tc.src)
			m := f.Messages[len(f.Messages)-1]
			target := m.Target
			if tc.form > 0 {
				target = m.Forms[tc.form-1]
			}
			offset := len(target)
			if tc.piece != "" {
				offset = strings.Index(target, tc.piece)
			}
			pos := po.Locate(m, tc.form, offset)
			if got := fmt.Sprintf("%d:%d", pos.Line, pos.Column); got != tc.want {
				t.Errorf("got %s, want %s", got, tc.want)
			}
		})
	}
}

func TestLocateOfAChangedMessageIsWhereItsTargetWas(t *testing.T) {
	f := read(t, "msgid \"a\"\nmsgstr \"그는 갔다\"\n")
	m := f.Messages[0]
	m.Target = "그녀는 갔다"
	if got := po.Locate(m, 0, len("그녀는 ")); got != m.TargetPos {
		t.Errorf("got %v, want %v", got, m.TargetPos)
	}
}
