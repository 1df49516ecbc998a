package xliff

import (
	"bytes"
	"fmt"
	"strconv"
	"strings"

	"dragoman/internal/catalog"
	"dragoman/internal/markdown"
	"dragoman/internal/xmltree"
)

// Format writes the live messages of catalogs of one language. A catalog's path is
// the original of its <file>. It names nobody.
func Format(files []*catalog.File, o Options) []byte {
	w := &writer{Options: o}
	w.line(0, `<?xml version="1.0" encoding="UTF-8"?>`)
	target := ""
	if len(files) > 0 {
		target = files[0].Language.String()
	}
	if o.Version == V12 {
		w.line(0, `<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2">`)
	} else {
		w.open(0, "xliff", "xmlns", "urn:oasis:names:tc:xliff:document:2.0", "xmlns:mda", "urn:oasis:names:tc:xliff:metadata:2.0",
			"version", "2.1", "srcLang", o.Source.String(), "trgLang", target)
	}
	for i, f := range files {
		w.file(f, "f"+strconv.Itoa(i+1))
	}
	w.line(0, "</xliff>")
	return w.out.Bytes()
}

type writer struct {
	Options
	out bytes.Buffer
}

func (w *writer) line(depth int, text string) {
	w.indent(depth)
	w.out.WriteString(text + "\n")
}

func (w *writer) indent(depth int) { w.out.WriteString(strings.Repeat("  ", depth)) }

// open writes a start tag on a line. Attributes are names and values in turn; those
// of no value are left out.
func (w *writer) open(depth int, name string, attributes ...string) {
	w.line(depth, tag(name, attributes...)+">")
}

// tag is a start tag less its end.
func tag(name string, attributes ...string) string {
	var b strings.Builder
	b.WriteString("<" + name)
	for i := 0; i < len(attributes); i += 2 {
		if attributes[i+1] != "" {
			b.WriteString(" " + attributes[i] + "=" + xmltree.Quote(attributes[i+1]))
		}
	}
	return b.String()
}

// element writes an element of text on a line.
func (w *writer) element(depth int, name, text string, attributes ...string) {
	w.line(depth, tag(name, attributes...)+">"+xmltree.Escape(text)+"</"+name+">")
}

func (w *writer) file(f *catalog.File, id string) {
	if w.Version == V12 {
		w.open(1, "file", "original", f.Path, "source-language", w.Source.String(), "target-language", f.Language.String(), "datatype", "x-markdown")
		w.line(2, "<body>")
		w.messages(f)
		w.line(2, "</body>")
	} else {
		w.open(1, "file", "id", id, "original", f.Path)
		w.messages(f)
	}
	w.line(1, "</file>")
}

func (w *writer) messages(f *catalog.File) {
	for _, m := range f.Messages {
		switch {
		case m.Obsolete:
		case m.Plural == "" && len(m.Forms) == 0:
			w.unit(m, catalog.ID(m.Key), 0)
		default:
			w.plurals(m)
		}
	}
}

// The attribute that tells a group of plural forms from others.
const (
	pluralType = "dragoman:plural"
	pluralOld  = "x-gettext-plurals"
)

// plurals writes a unit a form.
func (w *writer) plurals(m *catalog.Message) {
	id, depth := catalog.ID(m.Key), 2
	if w.Version == V12 {
		depth = 3
		w.open(depth, "group", "id", "g"+id, "restype", pluralOld)
	} else {
		w.open(depth, "group", "id", "g"+id, "type", pluralType)
	}
	for i := range 1 + len(m.Forms) {
		w.unit(m, id+"-"+strconv.Itoa(i), i)
	}
	w.line(depth, "</group>")
}

// unit writes one form of a message. All but texts is with the first form.
func (w *writer) unit(m *catalog.Message, id string, form int) {
	source, target := m.Source, m.Target
	if form > 0 {
		source, target = m.Plural, m.Forms[form-1]
	}
	parts, targetParts := coded(source, target, w.Plain)
	translate := ""
	if w.Fixed != nil && w.Fixed(m) {
		translate = "no"
	}
	if w.Version == V12 {
		w.unit12(m, id, translate, form, parts, targetParts)
		return
	}
	w.open(2, "unit", "id", id, "name", id, "canResegment", "no", "translate", translate)
	if form == 0 {
		w.metadata(metaOf(&m.Entry))
		w.notes(m)
	}
	refs := w.originals(parts, targetParts)
	name := stateNames[m.State]
	if target == "" {
		name = stateNames[catalog.Untranslated]
	}
	w.open(3, "segment", "state", name.state, "subState", name.sub)
	code := func(p *part) string { return code21(p, refs) }
	w.text(4, "source", `<source xml:space="preserve">`, parts, code)
	if target != "" {
		w.text(4, "target", `<target xml:space="preserve">`, targetParts, code)
	}
	w.line(3, "</segment>")
	w.line(2, "</unit>")
}

func (w *writer) metadata(list []meta) {
	if len(list) == 0 {
		return
	}
	w.line(3, "<mda:metadata>")
	w.open(4, "mda:metaGroup", "category", ours)
	for _, m := range list {
		w.element(5, "mda:meta", m.value, "type", m.name)
	}
	w.line(4, "</mda:metaGroup>")
	w.line(3, "</mda:metadata>")
}

// notes writes what people say, and the source until now.
func (w *writer) notes(m *catalog.Message) {
	if len(m.Notes) == 0 && len(m.Comments) == 0 && m.Previous.Source == "" {
		return
	}
	w.line(3, "<notes>")
	for _, n := range m.Notes {
		w.element(4, "note", n, "category", noteOurs, "appliesTo", "source")
	}
	if m.Previous.Source != "" {
		w.element(4, "note", m.Previous.Source, "category", notePrevious, "appliesTo", "source")
	}
	for _, c := range m.Comments {
		w.element(4, "note", c, "category", noteTheirs, "appliesTo", "target")
	}
	w.line(3, "</notes>")
}

// originals writes the texts of the codes, and gives the id of each.
func (w *writer) originals(lists ...[]part) map[string]string {
	refs := map[string]string{}
	for _, parts := range lists {
		for i := range parts {
			text := parts[i].Text
			if _, ok := refs[text]; ok || parts[i].Role == markdown.Words {
				continue
			}
			if len(refs) == 0 {
				w.line(3, "<originalData>")
			}
			refs[text] = "d" + strconv.Itoa(len(refs)+1)
			w.line(4, tag("data", "id", refs[text])+">"+w.words(text)+"</data>")
		}
	}
	if len(refs) > 0 {
		w.line(3, "</originalData>")
	}
	return refs
}

// text writes a source or a target, which begins with a tag.
func (w *writer) text(depth int, name, start string, parts []part, code func(*part) string) {
	w.indent(depth)
	w.out.WriteString(start)
	for i := range parts {
		if p := &parts[i]; p.Role == markdown.Words {
			w.out.WriteString(w.words(p.Text))
		} else {
			w.out.WriteString(code(p))
		}
	}
	w.out.WriteString("</" + name + ">\n")
}

// words writes text, with what XML cannot say as elements that can.
func (w *writer) words(s string) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return !xmltree.Sayable(r) }) {
		return xmltree.Escape(s)
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case xmltree.Sayable(r):
			b.WriteString(xmltree.Escape(string(r)))
		case w.Version == V12:
			b.WriteString(tag("x", "id", fmt.Sprintf("cp-%04X", r), "ctype", characterType) + "/>")
		default:
			fmt.Fprintf(&b, `<cp hex="%04X"/>`, r)
		}
	}
	return b.String()
}

// characterType is the ctype of an element of 1.2 that stands for a character.
const characterType = "x-dragoman-character"

func code21(p *part, refs map[string]string) string {
	if p.Role == markdown.Closes {
		return "</pc>"
	}
	k := kinds[p.What]
	deletable := "no"
	if k.optional {
		deletable = ""
	}
	id := strconv.Itoa(p.id)
	if p.Role == markdown.Opens {
		return tag("pc", "id", id, "type", k.name, "subType", k.sub, "canDelete", deletable,
			"dataRefStart", refs[p.Text], "dataRefEnd", refs[p.shut]) + ">"
	}
	return tag("ph", "id", id, "type", k.name, "subType", k.sub, "canDelete", deletable,
		"equiv", equivalent(p), "dataRef", refs[p.Text]) + "/>"
}

// equivalent is what a reader sees of a code.
func equivalent(p *part) string {
	switch p.What {
	case "code", "address":
		return markdown.Plain(p.Text)
	}
	return ""
}
