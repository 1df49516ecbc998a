// Package tmx reads and writes TMX 1.4b, in which translators' tools exchange their
// memories.
//
// A memory is pairs, each a <tu> with the text in two languages or more:
//
//	<tu><tuv xml:lang="en"><seg>The road</seg></tuv><tuv xml:lang="ko"><seg>길</seg></tuv></tu>
//	msgid "The road"
//	msgstr "길"
//
// Markup in a text is read as the words that it stands for, whatever elements
// (<bpt>, <ph>, <hi> …) other tools wrap it in, and is written as words. Who made
// or changed a pair is neither read nor written.
//
// Law: Parse(Format(f)) has the final pairs of f, word for word. XML is read within
// the limits of package xmltree.
//
// Codes of findings: xml and tmx (the file is none), errors; language (of a text,
// missing or unknown), a warning.
package tmx

import (
	"bytes"
	"fmt"
	"strings"

	"dragoman/internal/catalog"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/xmltree"
)

// The properties that say what TMX has no place for.
const (
	propContext  = "x-context"
	propDocument = "x-document" // where the source stands
)

// Parse reads a memory: a catalog for each language that its texts are translated
// into from the source language, as English with or without a country is English.
// Pairs are final. A further translation of a text has a context of its own
// (catalog.VariantContext).
func Parse(path string, src []byte, source locale.Tag) ([]*catalog.File, diag.List) {
	src = xmltree.Decode(src)
	r := &reader{path: path, source: source, lines: diag.NewLines(path, src), files: map[locale.Tag]*variants{}}
	root, fault := xmltree.Parse(src)
	switch {
	case fault != nil:
		r.find(fault.Offset, "xml", diag.Error, fault.Text, fault.Hint)
	case root.Name != "tmx" || root.Child("body") == nil:
		r.find(root.Offset, "tmx", diag.Error, "the file is no translation memory", "export it again as TMX 1.4")
	default:
		for _, tu := range root.Child("body").Children("tu") {
			r.unit(tu)
		}
	}
	return r.order, r.found
}

type reader struct {
	path   string
	source locale.Tag
	lines  *diag.Lines
	files  map[locale.Tag]*variants
	order  []*catalog.File
	found  diag.List
}

// variants is a catalog and what its pairs are.
type variants struct {
	file  *catalog.File
	last  map[string]int     // by source, the number of the last variant; 0: the first
	known map[[3]string]bool // context, source, target
}

func (r *reader) find(offset int, code string, s diag.Severity, text, hint string) {
	r.found = append(r.found, diag.Finding{Pos: r.lines.At(offset), Code: code, Severity: s, Text: text, Hint: hint})
}

// text is a text of a unit, in one language.
type text struct {
	tag  locale.Tag
	pos  diag.Pos
	text string
}

func (r *reader) unit(tu *xmltree.Element) {
	var source *text
	var targets []text
	for _, tuv := range tu.Children("tuv") {
		t, ok := r.text(tuv)
		switch {
		case !ok || t.text == "":
		case !sameLanguage(t.tag, r.source):
			targets = append(targets, t)
		case source == nil || t.tag == r.source && source.tag != r.source:
			source = &t
		}
	}
	if source == nil {
		return
	}
	for i := range targets {
		r.add(tu, source, &targets[i])
	}
}

// text reads the text of a unit in one language, false if that is not known.
func (r *reader) text(tuv *xmltree.Element) (text, bool) {
	name := tuv.Language()
	if name == "" {
		name = tuv.Attr("lang") // of TMX 1.1
	}
	tag, err := locale.FromGettext(name)
	if err != nil {
		what, hint, _ := strings.Cut(err.Error(), "; ")
		r.find(tuv.Offset, "language", diag.Warning, what, hint)
		return text{}, false
	}
	t := text{tag: tag, pos: r.lines.At(tuv.Offset)}
	if seg := tuv.Child("seg"); seg != nil {
		t.text = seg.Text()
	}
	return t, true
}

// sameLanguage reports whether two tags are of one language in one script.
func sameLanguage(a, b locale.Tag) bool {
	baseA, _ := a.Base()
	baseB, _ := b.Base()
	scriptA, _ := a.Script()
	scriptB, _ := b.Script()
	return baseA == baseB && scriptA == scriptB
}

func (r *reader) add(tu *xmltree.Element, source, target *text) {
	v := r.files[target.tag]
	if v == nil {
		v = &variants{&catalog.File{Path: r.path, Language: target.tag}, map[string]int{}, map[[3]string]bool{}}
		r.files[target.tag] = v
		r.order = append(r.order, v.file)
	}
	m := &catalog.Message{Entry: catalog.Entry{Key: catalog.Key{Source: source.text}, Target: target.text}}
	for _, p := range tu.Children("prop") {
		switch p.Attr("type") {
		case propContext:
			if !catalog.IsVariant(p.Text()) {
				m.Context = p.Text()
			}
		case propDocument:
			m.References = append(m.References, p.Text())
		}
	}
	for _, n := range tu.Children("note") {
		m.Comments = append(m.Comments, strings.Split(n.Text(), "\n")...)
	}
	pair := [3]string{m.Context, m.Source, m.Target}
	if v.known[pair] {
		return
	}
	v.known[pair] = true
	m.Pos, m.TargetPos = source.pos, target.pos
	m.SettleState()
	if !v.file.Add(m) {
		n := max(v.last[m.Source], 1) + 1
		v.last[m.Source] = n
		m.Context = catalog.VariantContext(n)
		v.file.Add(m)
	}
}

// Format writes the final pairs of catalogs, obsolete ones too, as one memory, each
// pair once. The source language is that of all of them.
func Format(files []*catalog.File, source locale.Tag) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE tmx SYSTEM "tmx14.dtd">
<tmx version="1.4">
  <header creationtool="Dragoman" creationtoolversion="1" segtype="paragraph" o-tmf="PO" adminlang="en" srclang=%s datatype="plaintext"/>
  <body>
`, xmltree.Quote(source.String()))
	type pair struct{ context, source, target, language string }
	known := map[pair]bool{}
	for _, f := range files {
		for _, m := range f.Messages {
			p := pair{m.Context, m.Source, m.Target, f.Language.String()}
			if m.Fuzzy || !m.State.Final() || m.Target == "" || known[p] {
				continue
			}
			known[p] = true
			write(&b, m, source.String(), p.language)
		}
	}
	b.WriteString("  </body>\n</tmx>\n")
	return b.Bytes()
}

// write writes one pair. Notes and properties go before the texts.
func write(b *bytes.Buffer, m *catalog.Message, source, target string) {
	b.WriteString("    <tu>\n")
	if len(m.Comments) > 0 {
		fmt.Fprintf(b, "      <note>%s</note>\n", xmltree.Escape(strings.Join(m.Comments, "\n")))
	}
	property := func(name, value string) {
		fmt.Fprintf(b, "      <prop type=%s>%s</prop>\n", xmltree.Quote(name), xmltree.Escape(value))
	}
	if m.Context != "" && !strings.HasPrefix(m.Context, catalog.KindContext("")) {
		property(propContext, m.Context)
	}
	for _, r := range m.References {
		property(propDocument, r)
	}
	for _, t := range [][2]string{{source, m.Source}, {target, m.Target}} {
		fmt.Fprintf(b, "      <tuv xml:lang=%s><seg>%s</seg></tuv>\n", xmltree.Quote(t[0]), xmltree.Escape(t[1]))
	}
	b.WriteString("    </tu>\n")
}
