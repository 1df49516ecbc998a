// Package term is the glossary: which words of the articles have to be translated
// by which, which by none, and what must never appear.
//
// The glossary is a table for a spreadsheet, locales/glossary.csv, a term a row:
//
//	term,ko,zh-Hans,forbidden:ko,safety,note,source
//	refugee,난민,难民,탈북자;망명자,,,1951 Convention
//
// A column is named after a language, with the forms that are right in it, the
// preferred one first; forbidden: and a language are the forms that are wrong.
// Forms are set apart by semicolons. An entry with something in the column safety
// is of a person or a place that must never appear, in any language.
//
// Texts are searched in one pass (Find, FindSource), the longest form first: a text
// on asylum-seekers is not on asylum. Words are found where a reader sees them: in
// English with its endings, in Korean with particles behind them, in Chinese and
// Japanese anywhere, since they set no spaces.
//
// Law: Parse(Format(g)) says what g says, columns and words that nobody knows
// among them.
//
// The codes of findings: those of package sheet, and glossary-column (missing,
// unknown or twice), glossary-term (empty or too long), glossary-duplicate,
// glossary-contradiction (a form both right and wrong), glossary-row (more cells
// than columns). Only those of sheet and a missing column term are errors.
package term

import (
	"fmt"
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/sheet"

	"golang.org/x/text/unicode/norm"
)

// Glossary is a list of terms. Nothing changes it after it was made, so it may be
// shared. A nil one is empty.
type Glossary struct {
	Languages []locale.Tag // that have forms, right or wrong, in the order of their columns
	Terms     []Term

	columns []column
	source  func() *index
	targets map[locale.Tag]func() *index
}

// Term is one entry.
type Term struct {
	Text      string // in the language of the articles
	Forms     map[locale.Tag][]string
	Forbidden map[locale.Tag][]string
	Safety    string // not empty: must never appear; what it says is for people
	Keep      bool   // is the same in every language
	Note      string
	Source    string // of the translations: a law, a style guide
	Pos       diag.Pos

	extra map[string]string // cells of columns that are not known
}

// Names reports whether the term names someone or something: it begins with a
// capital, is to be kept, or must never appear.
func (t *Term) Names() bool {
	for _, r := range t.Text {
		if unicode.IsLetter(r) {
			return t.Keep || t.Safety != "" || unicode.IsUpper(r)
		}
	}
	return t.Keep || t.Safety != ""
}

// role is what a column holds.
type role uint8

const (
	unknown role = iota
	termColumn
	formsColumn
	forbiddenColumn
	safetyColumn
	noteColumn
	sourceColumn
)

type column struct {
	name string
	role role
	lang locale.Tag
}

// roles are the columns that are of no language.
var roles = map[string]role{"term": termColumn, "safety": safetyColumn, "note": noteColumn, "source": sourceColumn}

const forbiddenPrefix = "forbidden:"

// maxRunes is the longest text that is looked for. It bounds the time that one
// place of a text can take.
const maxRunes = 200

// Parse reads a glossary. What could be read of one with errors is in the result.
func Parse(path string, src []byte) (*Glossary, diag.List) {
	rows, faults := sheet.Parse(src)
	p := &parser{lines: diag.NewLines(path, src), g: &Glossary{}}
	if len(rows) > 0 {
		p.header(rows[0])
		for _, row := range rows[1:] {
			p.row(row)
		}
	}
	for _, f := range faults {
		p.found = append(p.found, diag.Finding{Pos: p.lines.At(f.Offset), Code: f.Code, Text: f.Text, Hint: f.Hint})
	}
	p.found.Sort()
	p.g.prepare()
	return p.g, p.found
}

// New is a glossary of terms in these languages.
func New(languages []locale.Tag, terms []Term) *Glossary {
	g := &Glossary{Languages: languages, Terms: terms}
	g.prepare()
	return g
}

// Keeping is the glossary with names that are the same in every language. The
// glossary may be nil.
func (g *Glossary) Keeping(names ...string) *Glossary {
	k := &Glossary{}
	if g != nil {
		k.Languages, k.Terms, k.columns = g.Languages, slices.Clone(g.Terms), g.columns
	}
	for _, name := range names {
		k.Terms = append(k.Terms, Term{Text: name, Keep: true})
	}
	k.prepare()
	return k
}

// prepare readies the indices, each to be made when it is first asked for.
func (g *Glossary) prepare() {
	g.source = sync.OnceValue(g.indexSource)
	g.targets = make(map[locale.Tag]func() *index, len(g.Languages))
	for _, lang := range append(slices.Clone(g.Languages), locale.Tag{}) {
		g.targets[lang] = sync.OnceValue(func() *index { return g.indexTarget(lang) })
	}
}

type parser struct {
	lines *diag.Lines
	found diag.List
	g     *Glossary
	seen  map[string]diag.Pos
}

func (p *parser) warn(pos diag.Pos, code, text, hint string) {
	p.found = append(p.found, diag.Finding{Pos: pos, Code: code, Severity: diag.Warning, Text: text, Hint: hint})
}

func (p *parser) header(row []sheet.Cell) {
	for _, cell := range row {
		c := p.column(cell)
		twice := c.role != unknown && slices.ContainsFunc(p.g.columns, func(o column) bool { return o.role == c.role && o.lang == c.lang })
		if twice {
			p.warn(p.lines.At(cell.Offset), "glossary-column", fmt.Sprintf("the column %s is there twice", cell.Text), "keep one of them")
			c.role = unknown
		}
		p.g.columns = append(p.g.columns, c)
		if c.lang != (locale.Tag{}) && !slices.Contains(p.g.Languages, c.lang) {
			p.g.Languages = append(p.g.Languages, c.lang)
		}
	}
	if !p.g.has(termColumn) {
		p.found = append(p.found, diag.Finding{
			Pos: p.lines.At(row[0].Offset), Code: "glossary-column", Text: "the glossary has no column term",
			Hint: "call the column with the terms of the articles term",
		})
	}
}

func (g *Glossary) has(r role) bool {
	return slices.ContainsFunc(g.columns, func(c column) bool { return c.role == r })
}

// column tells what a column is by its name.
func (p *parser) column(cell sheet.Cell) column {
	name := strings.TrimSpace(cell.Text)
	if r, ok := roles[strings.ToLower(name)]; ok {
		return column{name: cell.Text, role: r}
	}
	lang, r := name, formsColumn
	if rest, ok := strings.CutPrefix(name, forbiddenPrefix); ok {
		lang, r = strings.TrimSpace(rest), forbiddenColumn
	}
	tag, err := locale.Parse(lang)
	if err != nil {
		p.warn(p.lines.At(cell.Offset), "glossary-column", fmt.Sprintf("the column %q is not known", cell.Text),
			"name it after a language, as ko or forbidden:ko, or term, safety, note or source")
		return column{name: cell.Text}
	}
	return column{cell.Text, r, tag}
}

func (p *parser) row(cells []sheet.Cell) {
	t := Term{Pos: p.lines.At(cells[0].Offset)}
	for i, cell := range cells {
		if i == len(p.g.columns) {
			p.warn(p.lines.At(cell.Offset), "glossary-row", "the row has more cells than there are columns", "quote a cell that has a comma in it")
			p.g.columns = append(p.g.columns, column{})
		}
		if p.g.columns[i].role == termColumn {
			t.Pos = p.lines.At(cell.Offset)
		}
		t.set(p.g.columns[i], i, cell.Text)
	}
	if t.blank() {
		return
	}
	p.check(&t)
	p.g.Terms = append(p.g.Terms, t)
}

// set takes over a cell. The same column may be there twice: what is not known is
// kept by its number.
func (t *Term) set(c column, number int, text string) {
	switch c.role {
	case termColumn:
		t.Text = norm.NFC.String(strings.TrimSpace(text))
	case formsColumn:
		t.Forms = with(t.Forms, c.lang, split(text))
	case forbiddenColumn:
		t.Forbidden = with(t.Forbidden, c.lang, split(text))
	case safetyColumn:
		t.Safety = strings.TrimSpace(text)
	case noteColumn:
		t.Note = text
	case sourceColumn:
		t.Source = text
	default:
		if text != "" {
			t.extra = with(t.extra, fmt.Sprint(number), text)
		}
	}
}

func with[K comparable, V any](m map[K]V, k K, v V) map[K]V {
	if m == nil {
		m = map[K]V{}
	}
	m[k] = v
	return m
}

// split takes the forms of a cell apart.
func split(text string) []string {
	var forms []string
	for _, form := range strings.FieldsFunc(text, func(r rune) bool { return r == ';' || r == '；' }) {
		if form = norm.NFC.String(strings.TrimSpace(form)); form != "" {
			forms = append(forms, form)
		}
	}
	return forms
}

func (t *Term) blank() bool {
	empty := func(m map[locale.Tag][]string) bool {
		for _, forms := range m {
			if len(forms) > 0 {
				return false
			}
		}
		return true
	}
	return t.Text == "" && t.Safety == "" && t.Note == "" && t.Source == "" && len(t.extra) == 0 && empty(t.Forms) && empty(t.Forbidden)
}

func (p *parser) check(t *Term) {
	key := norm.NFC.String(folded(t.Text))
	if first, ok := p.seen[key]; ok {
		p.warn(t.Pos, "glossary-duplicate", fmt.Sprintf("the term %q is on line %d already", t.Text, first.Line), "make one row of the two")
	}
	switch {
	case t.Text == "" && !p.g.has(termColumn):
	case t.Text == "":
		p.warn(t.Pos, "glossary-term", "the row has no term", "write the word of the articles in the column term")
	case utf8.RuneCountInString(t.Text) > maxRunes:
		p.warn(t.Pos, "glossary-term", fmt.Sprintf("the term has more than %d characters and is not looked for", maxRunes), "a term is a word or a few")
	default:
		p.seen = with(p.seen, key, t.Pos)
	}
	for _, lang := range p.g.Languages {
		for _, form := range t.Forbidden[lang] {
			if slices.Contains(t.Forms[lang], form) {
				p.warn(t.Pos, "glossary-contradiction", fmt.Sprintf("%q is both right and forbidden in %s", form, lang), "take it out of one of the columns")
			}
		}
	}
}

// Format writes the glossary as a table, fit for a spreadsheet (see package sheet),
// in the columns that it was read from and those that are new, after these. What is
// only kept (Keeping) is no row.
func (g *Glossary) Format() []byte {
	columns := g.allColumns()
	rows := make([][]string, 1, len(g.Terms)+1)
	for _, c := range columns {
		rows[0] = append(rows[0], c.name)
	}
	for i := range g.Terms {
		t := &g.Terms[i]
		if t.Keep {
			continue
		}
		row := make([]string, len(columns))
		for n, c := range columns {
			row[n] = t.cell(c, n)
		}
		rows = append(rows, row)
	}
	return sheet.Format(rows)
}

func (t *Term) cell(c column, number int) string {
	switch c.role {
	case termColumn:
		return t.Text
	case formsColumn:
		return strings.Join(t.Forms[c.lang], ";")
	case forbiddenColumn:
		return strings.Join(t.Forbidden[c.lang], ";")
	case safetyColumn:
		return t.Safety
	case noteColumn:
		return t.Note
	case sourceColumn:
		return t.Source
	}
	return t.extra[fmt.Sprint(number)]
}

func (g *Glossary) allColumns() []column {
	columns := slices.Clone(g.columns)
	add := func(c column) {
		if !slices.ContainsFunc(columns, func(o column) bool { return o.role == c.role && o.lang == c.lang }) {
			columns = append(columns, c)
		}
	}
	add(column{name: "term", role: termColumn})
	for _, lang := range g.Languages {
		add(column{lang.String(), formsColumn, lang})
	}
	for _, lang := range g.Languages {
		if slices.ContainsFunc(g.Terms, func(t Term) bool { return len(t.Forbidden[lang]) > 0 }) {
			add(column{forbiddenPrefix + lang.String(), forbiddenColumn, lang})
		}
	}
	for _, name := range []string{"safety", "note", "source"} {
		add(column{name: name, role: roles[name]})
	}
	return columns
}
