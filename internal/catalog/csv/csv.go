// Package csv reads and writes catalogs as a table for a spreadsheet, CSV.
//
//	article,context,source,target,state,note,comment,flags
//	terms.md,,refugee,난민,translated,heading 2,,
//
// A message is a row. Columns may stand in any order, those that nobody knows are
// passed over, and all but source and target may be missing. Several notes,
// comments or flags are lines of one cell. Formulas are harmless (package sheet).
//
// Law: Parse(Format(f)) has the live messages of f; the state of one is that it is
// not final, or final. A row that was sent out and comes back with a new target in
// its old state is final: who works in a spreadsheet writes a translation, not a state.
//
// Codes of findings: those of package sheet, column (source or target is missing)
// and duplicate, a warning.
package csv

import (
	"slices"
	"strings"

	"dragoman/internal/catalog"
	"dragoman/internal/diag"
	"dragoman/internal/sheet"
)

// names are the columns, in their order.
var names = []string{"article", "context", "source", "target", "state", "note", "comment", "flags"}

// final are the states that a row may have whose target is.
var final = []string{"", catalog.Untranslated.String(), catalog.Translated.String(), catalog.Approved.String()}

// Format writes the live messages of catalogs, whose paths are their articles. A
// message with plural forms is not written: a row has one target.
func Format(files []*catalog.File) []byte {
	rows := [][]string{names}
	for _, f := range files {
		for _, m := range f.Messages {
			if m.Obsolete || m.Plural != "" || len(m.Forms) > 0 {
				continue
			}
			rows = append(rows, []string{
				f.Path, m.Context, m.Source, m.Target, m.State.String(),
				strings.Join(m.Notes, "\n"), strings.Join(m.Comments, "\n"), strings.Join(m.Flags, "\n"),
			})
		}
	}
	return sheet.Format(rows)
}

// Parse reads a table: a catalog for each article in it, in the order of their first
// rows. A file with an Error among its findings must not be used.
func Parse(path string, src []byte) ([]*catalog.File, diag.List) {
	rows, faults := sheet.Parse(src)
	lines := diag.NewLines(path, src)
	var found diag.List
	for _, f := range faults {
		found = append(found, diag.Finding{Pos: lines.At(f.Offset), Code: f.Code, Text: f.Text, Hint: f.Hint})
	}
	if len(rows) == 0 {
		rows = [][]sheet.Cell{{{}}}
	}
	columns := map[string]int{}
	for i, c := range rows[0] {
		columns[strings.ToLower(strings.TrimSpace(c.Text))] = i
	}
	for _, name := range []string{"source", "target"} {
		if _, ok := columns[name]; !ok {
			found = append(found, diag.Finding{
				Pos: lines.At(rows[0][0].Offset), Code: "column", Text: "the table has no column " + name,
				Hint: "name the columns in the first row, as dragoman export --format csv does",
			})
		}
	}
	if found.HasErrors() {
		return nil, found
	}
	r := reader{columns: columns, byArticle: map[string]*catalog.File{}}
	for _, row := range rows[1:] {
		m := r.message(row)
		m.Pos = lines.At(row[0].Offset)
		if m.Source != "" && !r.file(row).Add(m) {
			found = append(found, diag.Finding{
				Pos: m.Pos, Code: "duplicate", Severity: diag.Warning, Text: "the text is there twice", Hint: "keep one of the rows", Key: m.Key,
			})
		}
	}
	return r.files, found
}

type reader struct {
	columns   map[string]int
	files     []*catalog.File
	byArticle map[string]*catalog.File
}

func (r *reader) cell(row []sheet.Cell, name string) string {
	i, ok := r.columns[name]
	if !ok || i >= len(row) {
		return ""
	}
	return row[i].Text
}

func (r *reader) lines(row []sheet.Cell, name string) []string {
	text := r.cell(row, name)
	if text == "" {
		return nil
	}
	return strings.Split(text, "\n")
}

func (r *reader) file(row []sheet.Cell) *catalog.File {
	article := r.cell(row, "article")
	f := r.byArticle[article]
	if f == nil {
		f = &catalog.File{Path: article}
		r.byArticle[article] = f
		r.files = append(r.files, f)
	}
	return f
}

func (r *reader) message(row []sheet.Cell) *catalog.Message {
	m := &catalog.Message{Entry: catalog.Entry{
		Key:    catalog.Key{Context: r.cell(row, "context"), Source: r.cell(row, "source")},
		Target: r.cell(row, "target"),
		Notes:  r.lines(row, "note"), Comments: r.lines(row, "comment"), Flags: r.lines(row, "flags"),
	}}
	state := strings.ToLower(strings.TrimSpace(r.cell(row, "state")))
	m.Fuzzy = m.Target != "" && !slices.Contains(final, state) && !left(&m.Entry, state)
	m.SettleState()
	return m
}

// left reports whether the state of a row is the one that it was sent out in, under a
// new target.
func left(e *catalog.Entry, state string) bool {
	for s := catalog.NeedsRewriting; !s.Final(); s++ {
		if s.String() == state && e.Left(s) {
			return true
		}
	}
	return false
}
