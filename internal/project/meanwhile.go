package project

import (
	"bytes"
	"fmt"
	"path"
	"slices"
	"strings"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/po"
	"dragoman/internal/diag"
)

// meanwhile tells of a file that another program has changed since it was read, with
// both texts wherever what it holds now is not what was to be written: of a catalog
// by message, of another file by line. A file that is gone holds nothing.
func meanwhile(c change, now []byte) diag.List {
	found := diag.List{{
		Pos: diag.Pos{Path: c.name}, Code: "changed-meanwhile",
		Text: "another program has changed the file in the meantime, so nothing is written", Hint: "run again",
	}}
	if path.Ext(c.name) == ".po" {
		return append(found, messagesApart(c, now)...)
	}
	return append(found, linesApart(c, now)...)
}

func apart(pos diag.Pos, key diag.Key, where, now, planned string) diag.Finding {
	return diag.Finding{
		Pos: pos, Code: "changed-meanwhile", Severity: diag.Info, Key: key,
		Text: fmt.Sprintf("%s now %q, and %q was to be written", where, now, planned),
	}
}

// messagesApart are the messages that another program has translated otherwise than
// they were read.
func messagesApart(c change, now []byte) (found diag.List) {
	old, _ := po.Parse(c.name, c.old)
	is, _ := po.Parse(c.name, now)
	planned, _ := po.Parse(c.name, c.new)
	for _, m := range is.Messages {
		theirs := targetIn(is, m.Key)
		if ours := targetIn(planned, m.Key); theirs != ours && theirs != targetIn(old, m.Key) {
			found = append(found, apart(m.TargetPos, m.Key, fmt.Sprintf("%q is", m.Source), theirs, ours))
		}
	}
	return found
}

// targetIn is the target of a message in all its forms, empty if the file has none.
func targetIn(f *catalog.File, key catalog.Key) string {
	m := f.Get(key)
	if m == nil {
		return ""
	}
	return strings.Join(slices.Concat([]string{m.Target}, m.Forms), " | ")
}

// linesApart is the first line in which a file differs from what was to be written.
func linesApart(c change, now []byte) diag.List {
	is, planned := bytes.Split(now, []byte("\n")), bytes.Split(c.new, []byte("\n"))
	for i := range max(len(is), len(planned)) {
		if a, b := lineAt(is, i), lineAt(planned, i); a != b {
			return diag.List{apart(diag.Pos{Path: c.name, Line: i + 1, Column: 1}, diag.Key{}, "here is", a, b)}
		}
	}
	return nil
}

func lineAt(lines [][]byte, i int) string {
	if i >= len(lines) {
		return ""
	}
	return string(bytes.TrimSuffix(lines[i], []byte("\r")))
}
