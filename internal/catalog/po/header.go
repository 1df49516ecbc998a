package po

import (
	"bytes"
	"slices"
	"strings"

	"dragoman/internal/catalog"
)

// splitFields takes a header apart. A line without a colon is a field without a
// name.
func splitFields(text string) []catalog.Field {
	var fields []catalog.Field
	for text != "" {
		var line string
		line, text, _ = strings.Cut(text, "\n")
		fields = append(fields, splitField(line))
	}
	return fields
}

func splitField(line string) catalog.Field {
	name, value, ok := strings.Cut(line, ":")
	if !ok || name == "" {
		return catalog.Field{Value: line}
	}
	return catalog.Field{Name: name, Value: strings.TrimPrefix(value, " ")}
}

// joinField is the field's line. A value cannot add a field.
func joinField(f catalog.Field) string {
	value := strings.ReplaceAll(f.Value, "\n", " ")
	if f.Name == "" {
		return value + "\n"
	}
	return f.Name + ": " + value + "\n"
}

// writeHeader writes a header that changed. Lines of what did not change keep
// their bytes where the header was laid out a field a line.
func (w *writer) writeHeader(h *catalog.Header) {
	raw, said := h.Raw()
	raw = trimBlankLines(raw)
	above, top, lines, ok := headerLines(raw, said.Fields)
	w.headerComments(above, h, said)
	if !ok {
		w.text("", "msgid", "")
		w.out = append(w.out, `msgstr ""`...)
		w.out = append(w.out, w.eol...)
	} else {
		w.out = append(w.out, top...)
	}
	unused := make(map[catalog.Field][][]byte, len(lines))
	for i, l := range lines {
		unused[said.Fields[i]] = append(unused[said.Fields[i]], l)
	}
	for _, f := range h.Fields {
		same := unused[f]
		if len(same) == 0 {
			w.literal(joinField(f))
			continue
		}
		w.out = append(w.out, same[0]...)
		unused[f] = same[1:]
	}
}

// headerLines takes the bytes of a header apart: the comments above it, msgid and
// msgstr, and the lines of each field. It reports false where fields do not begin
// and end with a line.
func headerLines(raw []byte, fields []catalog.Field) (above, top []byte, lines [][]byte, ok bool) {
	rest := raw
	for len(rest) > 0 && isCommentLine(rest) {
		rest = rest[nextLine(rest, 0):]
	}
	above = raw[:len(raw)-len(rest)]
	n := bytes.Index(rest, []byte("msgstr"))
	if n < 0 {
		return above, nil, nil, false
	}
	n = nextLine(rest, n)
	top, rest = rest[:n], rest[n:]
	if !bytes.HasSuffix(bytes.TrimRight(top, "\r\n"), []byte(`msgstr ""`)) {
		return above, nil, nil, false
	}
	for _, f := range fields {
		n := fieldLines(rest, f)
		if n == 0 {
			return above, nil, nil, false
		}
		lines = append(lines, rest[:n])
		rest = rest[n:]
	}
	return above, top, lines, len(rest) == 0
}

// isCommentLine reports whether a line, which may be blank, says nothing of the
// entry's texts.
func isCommentLine(b []byte) bool {
	line := bytes.Trim(b[:nextLine(b, 0)], blanks+"\n")
	return len(line) == 0 || line[0] == '#'
}

// fieldLines is the length of the whole lines that say the field and nothing
// else, 0 if there are none.
func fieldLines(b []byte, f catalog.Field) int {
	var text []byte
	for n := 0; n < len(b); {
		to := nextLine(b, n)
		p := newParser("", b[n:to], charsetText{})
		p.begin(target, 0)
		p.readLine()
		if p.acc.literals != 1 || len(p.faults) > 0 || !endsLine(b[n:to]) {
			return 0
		}
		p.endSection()
		text = append(text, p.entry.Target...)
		n = to
		switch strings.IndexByte(p.entry.Target, '\n') {
		case -1:
		case len(p.entry.Target) - 1:
			if splitField(string(text[:len(text)-1])) == f {
				return n
			}
			return 0
		default:
			return 0
		}
	}
	return 0
}

// headerComments writes what stands above the header: its lines as they were but
// for translators' comments and flags that are others now.
func (w *writer) headerComments(above []byte, h *catalog.Header, said catalog.Said) {
	sameComments := slices.Equal(h.Comments, said.Comments)
	sameFlags := slices.Equal(h.Flags, said.Flags)
	if !sameComments {
		for _, c := range h.Comments {
			w.comment("#", c)
		}
	}
	var old [][]byte
	for len(above) > 0 {
		n := nextLine(above, 0)
		line := above[:n]
		above = above[n:]
		switch kind := commentKind(line); {
		case kind == ' ' && !sameComments:
		case kind == ',' && !sameFlags:
		case kind == '|':
			old = append(old, line)
		default:
			w.out = append(w.out, line...)
		}
	}
	if !sameFlags {
		w.flags(false, h.Flags)
	}
	for _, line := range old {
		w.out = append(w.out, line...)
	}
}

// commentKind is '.', ':', ',', '|', or ' ' for a translator's comment.
func commentKind(line []byte) byte {
	if line = bytes.TrimLeft(line, blanks); len(line) < 2 {
		return ' '
	}
	switch c := line[1]; c {
	case '.', ':', '|':
		return c
	case ',', '=', '!':
		return ','
	}
	return ' '
}
