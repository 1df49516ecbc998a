package term

import (
	"maps"
	"slices"
	"strings"

	"dragoman/internal/diag"
	"dragoman/internal/locale"

	"golang.org/x/text/unicode/norm"
)

// Addition is what a glossary gets from another.
type Addition struct {
	Term      string
	New       bool       // the term was not there
	Language  locale.Tag // of the forms
	Forms     []string
	Forbidden []string
}

// Clash is a form that one glossary calls right and the other forbids. It stays what
// it is.
type Clash struct {
	Term      string
	Language  locale.Tag
	Form      string
	Forbidden bool // here; there it is right
}

// Merge is the glossary with what another one has more: terms, forms behind those that
// are here, and notes and sources where there are none. Nothing goes. A language of the
// other one is the one here that it is named by in languages, and is passed over if
// there is none. The glossary may be nil.
func (g *Glossary) Merge(other *Glossary, languages map[locale.Tag]locale.Tag) (*Glossary, []Addition, []Clash) {
	m := merger{g: &Glossary{}, languages: languages, at: map[string]int{}}
	if g != nil {
		m.g.Languages, m.g.columns, m.g.Terms = slices.Clone(g.Languages), g.columns, slices.Clone(g.Terms)
	}
	for i := range m.g.Terms {
		if t := &m.g.Terms[i]; t.Text != "" {
			m.at[termKey(t.Text)] = i
		}
	}
	for i := range other.Terms {
		m.term(other, &other.Terms[i])
	}
	m.g.prepare()
	return m.g, m.additions, m.clashes
}

func termKey(text string) string { return norm.NFC.String(folded(text)) }

type merger struct {
	g         *Glossary
	languages map[locale.Tag]locale.Tag
	at        map[string]int // by term, its place
	additions []Addition
	clashes   []Clash
}

func (m *merger) term(other *Glossary, from *Term) {
	text := norm.NFC.String(strings.TrimSpace(from.Text))
	if text == "" {
		return
	}
	i, known := m.at[termKey(text)]
	t := Term{Text: text, Pos: diag.Pos{}}
	if known {
		t = m.g.Terms[i]
		t.Forms, t.Forbidden = maps.Clone(t.Forms), maps.Clone(t.Forbidden)
	}
	var additions []Addition
	for _, there := range other.Languages {
		tag, ok := m.languages[there]
		if !ok {
			continue
		}
		a := Addition{
			Term: t.Text, New: !known, Language: tag,
			Forms:     m.lacking(&t, tag, from.Forms[there], false),
			Forbidden: m.lacking(&t, tag, from.Forbidden[there], true),
		}
		if len(a.Forms)+len(a.Forbidden) == 0 {
			continue
		}
		additions = append(additions, a)
		t.Forms = with(t.Forms, tag, append(slices.Clone(t.Forms[tag]), a.Forms...))
		t.Forbidden = with(t.Forbidden, tag, append(slices.Clone(t.Forbidden[tag]), a.Forbidden...))
		if !slices.Contains(m.g.Languages, tag) {
			m.g.Languages = append(m.g.Languages, tag)
		}
	}
	if !known && len(additions) == 0 {
		return
	}
	if t.Note == "" {
		t.Note = from.Note
	}
	if t.Source == "" {
		t.Source = from.Source
	}
	m.additions = append(m.additions, additions...)
	if known {
		m.g.Terms[i] = t
		return
	}
	m.at[termKey(text)] = len(m.g.Terms)
	m.g.Terms = append(m.g.Terms, t)
}

// lacking are the forms that a term has neither as right nor as forbidden ones.
func (m *merger) lacking(t *Term, tag locale.Tag, forms []string, forbidden bool) []string {
	same, opposite := t.Forms[tag], t.Forbidden[tag]
	if forbidden {
		same, opposite = opposite, same
	}
	var list []string
	for _, cell := range forms {
		for _, form := range split(cell) { // a semicolon parts forms here
			switch {
			case slices.Contains(same, form), slices.Contains(list, form):
			case slices.Contains(opposite, form):
				m.clashes = append(m.clashes, Clash{t.Text, tag, form, !forbidden})
			default:
				list = append(list, form)
			}
		}
	}
	return list
}
