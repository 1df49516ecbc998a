// Package tbx reads and writes TBX (ISO 30042), in which translators' tools exchange
// glossaries.
//
// A glossary is concepts, each with its terms in several languages:
//
//	<conceptEntry id="c1">
//	  <langSec xml:lang="en"><termSec><term>refugee</term></termSec></langSec>
//	  <langSec xml:lang="ko"><termSec><term>난민</term></termSec></langSec>
//	</conceptEntry>
//
//	term,ko
//	refugee,난민
//
// What is written is TBX-Basic of 2008, whose root is <martif>, for the readers of OmegaT
// 3.6 and of Translate Toolkit 3.8, which Weblate uses, refuse any other; or that of 2019,
// as above, with data categories as attributes. What is read are both, and data categories
// as elements. A term that is deprecated or superseded is forbidden. Who entered, changed or approved a
// term is neither read nor written; nor are names that must never appear written: a
// file that leaves may go anywhere.
//
// Law: Parse(Format(g)) has the terms of g that have a form and are written, with their
// forms, notes and sources.
// XML is read within the limits of package xmltree.
//
// Codes of findings: xml and tbx (the file is none), errors; language (of a term,
// missing or unknown) and source-term (a concept has none), warnings.
package tbx

import (
	"bytes"
	"fmt"
	"slices"
	"strings"

	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/term"
	"dragoman/internal/xmltree"
)

// The status of a term, as TBX names it.
const (
	status     = "administrativeStatus"
	authority  = "normativeAuthorization" // what TBX of 2008 has for it
	preferred  = "preferredTerm-admn-sts"
	admitted   = "admittedTerm-admn-sts"
	deprecated = "deprecatedTerm-admn-sts"
)

// Parse reads a glossary whose terms are translated from the source language, as
// English with or without a country is English. A concept with several terms in that
// language is a term for each. The languages are those of the file.
func Parse(path string, src []byte, source locale.Tag) (*term.Glossary, diag.List) {
	src = xmltree.Decode(src)
	r := &reader{source: source, lines: diag.NewLines(path, src)}
	root, fault := xmltree.Parse(src)
	switch {
	case fault != nil:
		r.find(fault.Offset, "xml", diag.Error, fault.Text, fault.Hint)
	case root.Name != "tbx" && root.Name != "martif" || root.Child("text") == nil || root.Child("text").Child("body") == nil:
		r.find(root.Offset, "tbx", diag.Error, "the file is no glossary in TBX", "export it again as TBX-Basic")
	default:
		for _, e := range root.Child("text").Child("body").Children("conceptEntry", "termEntry") {
			r.concept(e)
		}
	}
	r.found.Sort()
	return term.New(r.languages, r.terms), r.found
}

type reader struct {
	source    locale.Tag
	lines     *diag.Lines
	languages []locale.Tag
	terms     []term.Term
	found     diag.List
}

func (r *reader) find(offset int, code string, s diag.Severity, text, hint string) {
	r.found = append(r.found, diag.Finding{Pos: r.lines.At(offset), Code: code, Severity: s, Text: text, Hint: hint})
}

// concept reads an entry.
func (r *reader) concept(e *xmltree.Element) {
	entry := term.Term{Pos: r.lines.At(e.Offset), Note: noteOf(e), Source: strings.Join(values(e, "admin", "source"), "; ")}
	var sources []string
	for _, l := range e.Children("langSec", "langSet") {
		tag, err := locale.FromGettext(l.Language())
		if err != nil {
			what, hint, _ := strings.Cut(err.Error(), "; ")
			r.find(l.Offset, "language", diag.Warning, what, hint)
			continue
		}
		right, wrong := formsOf(l)
		if sameLanguage(tag, r.source) {
			sources = append(sources, right...)
			continue
		}
		if !slices.Contains(r.languages, tag) {
			r.languages = append(r.languages, tag)
		}
		entry.Forms = with(entry.Forms, tag, right)
		entry.Forbidden = with(entry.Forbidden, tag, wrong)
	}
	if len(sources) == 0 {
		r.find(e.Offset, "source-term", diag.Warning, fmt.Sprintf("the concept has no term in %s", r.source), "add the word that the articles use")
	}
	for _, text := range sources {
		t := entry
		t.Text = text
		r.terms = append(r.terms, t)
	}
}

func with(m map[locale.Tag][]string, tag locale.Tag, forms []string) map[locale.Tag][]string {
	if len(forms) == 0 {
		return m
	}
	if m == nil {
		m = map[locale.Tag][]string{}
	}
	for _, f := range forms {
		if !slices.Contains(m[tag], f) {
			m[tag] = append(m[tag], f)
		}
	}
	return m
}

// formsOf are the terms of a concept in one language, the preferred ones first.
func formsOf(l *xmltree.Element) (right, wrong []string) {
	var others []string
	for _, s := range l.Children("termSec", "tig", "ntig") {
		inner := s
		if group := s.Child("termGrp"); group != nil {
			inner = group
		}
		text := ""
		if t := inner.Child("term"); t != nil {
			text = strings.Join(strings.Fields(t.Text()), " ")
		}
		switch rank := rankOf(inner); {
		case text == "":
		case strings.HasPrefix(rank, "deprecated"), strings.HasPrefix(rank, "superseded"), strings.HasPrefix(rank, "notRecommended"):
			wrong = append(wrong, text)
		case strings.HasPrefix(rank, "preferred"):
			right = append(right, text)
		default:
			others = append(others, text)
		}
	}
	return append(right, others...), wrong
}

// rankOf is the status of a term, empty if there is none.
func rankOf(e *xmltree.Element) string {
	for _, name := range []string{status, authority} {
		if found := values(e, "termNote", name); len(found) > 0 {
			return found[0]
		}
		if c := e.Child(name); c != nil { // a data category as an element
			return strings.TrimSpace(c.Text())
		}
	}
	return ""
}

// values are the texts of the children of that name and type.
func values(e *xmltree.Element, name, kind string) []string {
	var list []string
	for _, c := range e.Children(name, name+"Grp") {
		if c.Name != name {
			list = append(list, values(c, name, kind)...)
		} else if text := strings.TrimSpace(c.Text()); c.Attr("type") == kind && text != "" {
			list = append(list, text)
		}
	}
	for _, c := range e.Children(kind) {
		if text := strings.TrimSpace(c.Text()); text != "" {
			list = append(list, text)
		}
	}
	return list
}

// noteOf is what an entry says for people.
func noteOf(e *xmltree.Element) string {
	list := values(e, "descrip", "definition")
	for _, n := range e.Children("note") {
		if text := strings.TrimSpace(n.Text()); text != "" {
			list = append(list, text)
		}
	}
	return strings.Join(list, "\n")
}

// sameLanguage reports whether two tags are of one language in one script.
func sameLanguage(a, b locale.Tag) bool {
	baseA, _ := a.Base()
	baseB, _ := b.Base()
	scriptA, _ := a.Script()
	scriptB, _ := b.Script()
	return baseA == baseB && scriptA == scriptB
}

// Edition is one of the standard's.
type Edition uint8

// The editions that are written.
const (
	Of2008 Edition = iota
	Of2019
)

// shape is what differs between the editions.
type shape struct{ head, foot, entry, section, term string }

var shapes = [...]shape{
	Of2008: {
		`<martif type="TBX-Basic" xml:lang=%s>
  <martifHeader>
    <fileDesc><sourceDesc><p>Written by Dragoman</p></sourceDesc></fileDesc>
    <encodingDesc><p type="XCSURI">TBXBasicXCSV02.xcs</p></encodingDesc>
  </martifHeader>
`, "</martif>\n", "termEntry", "langSet", "tig",
	},
	Of2019: {
		`<tbx type="TBX-Basic" style="dca" xml:lang=%s xmlns="urn:iso:std:iso:30042:ed-2">
  <tbxHeader>
    <fileDesc><sourceDesc><p>Written by Dragoman</p></sourceDesc></fileDesc>
  </tbxHeader>
`, "</tbx>\n", "conceptEntry", "langSec", "termSec",
	},
}

// Format writes the terms of a glossary that have a form in one of its languages,
// except those that must never appear. The source language is that of the terms.
func Format(g *term.Glossary, source locale.Tag, e Edition) []byte {
	w := writer{shape: shapes[e], languages: g.Languages, source: source}
	w.WriteString(`<?xml version="1.0" encoding="UTF-8"?>` + "\n")
	fmt.Fprintf(&w, w.head, xmltree.Quote(source.String()))
	w.WriteString("  <text>\n    <body>\n")
	n := 0
	for i := range g.Terms {
		if t := &g.Terms[i]; Leaves(t) {
			n++
			w.concept(t, n)
		}
	}
	w.WriteString("    </body>\n  </text>\n" + w.foot)
	return w.Bytes()
}

// Leaves reports whether a term is written.
func Leaves(t *term.Term) bool {
	said := func(forms map[locale.Tag][]string) bool {
		for _, list := range forms {
			if len(list) > 0 {
				return true
			}
		}
		return false
	}
	return t.Text != "" && t.Safety == "" && (said(t.Forms) || said(t.Forbidden))
}

type writer struct {
	bytes.Buffer
	shape
	languages []locale.Tag
	source    locale.Tag
}

func (w *writer) concept(t *term.Term, n int) {
	fmt.Fprintf(w, "      <%s id=\"c%d\">\n", w.entry, n)
	if t.Source != "" {
		fmt.Fprintf(w, "        <admin type=\"source\">%s</admin>\n", xmltree.Escape(t.Source))
	}
	if t.Note != "" {
		fmt.Fprintf(w, "        <note>%s</note>\n", xmltree.Escape(t.Note))
	}
	w.language(w.source, []string{t.Text}, nil)
	for _, tag := range w.languages {
		w.language(tag, t.Forms[tag], t.Forbidden[tag])
	}
	fmt.Fprintf(w, "      </%s>\n", w.entry)
}

// language writes the forms of a term in a language, the first as the preferred one.
func (w *writer) language(tag locale.Tag, right, wrong []string) {
	if len(right)+len(wrong) == 0 {
		return
	}
	fmt.Fprintf(w, "        <%s xml:lang=%s>\n", w.section, xmltree.Quote(tag.String()))
	for i, form := range right {
		rank := preferred
		if i > 0 {
			rank = admitted
		}
		w.form(form, rank)
	}
	for _, form := range wrong {
		w.form(form, deprecated)
	}
	fmt.Fprintf(w, "        </%s>\n", w.section)
}

func (w *writer) form(form, rank string) {
	fmt.Fprintf(w, "          <%[1]s><term>%[2]s</term><termNote type=%[3]s>%[4]s</termNote></%[1]s>\n",
		w.term, xmltree.Escape(form), xmltree.Quote(status), rank)
}
