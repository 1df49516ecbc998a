package xliff

import (
	"cmp"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"dragoman/internal/catalog"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/xmltree"
)

// Parse reads a file of XLIFF: a catalog for each <file>, whose path is the original
// that it names. A file with an Error that is on no message (its Key is zero) must
// not be used. The target of a message with an Error is not in the catalog.
//
// A message is fuzzy if the tool says that its target is not final; a tool that has
// left the state in which we sent a target that it has changed says nothing. State is what
// the entry alone can tell (catalog.Message.SettleState).
func Parse(path string, src []byte) ([]*catalog.File, diag.List) {
	src = xmltree.Decode(src)
	r := &reader{lines: diag.NewLines(path, src)}
	if !utf8.Valid(src) {
		r.fail(0, "encoding", "the file is not UTF-8", "save it again as XML in UTF-8")
		return nil, r.found
	}
	root, fault := xmltree.Parse(src)
	switch {
	case fault != nil:
		r.fail(fault.Offset, "xml", fault.Text, fault.Hint)
		return nil, r.found
	case root.Name != "xliff":
		r.fail(root.Offset, "xliff", fmt.Sprintf("the file is no XLIFF but <%s>", root.Name), "export it as XLIFF 1.2 or 2.1")
		return nil, r.found
	}
	r.old = strings.HasPrefix(root.Attr("version"), "1.")
	if root.Child("file") == nil {
		r.fail(root.Offset, "xliff", "the file has no <file> in it", "export it again")
	}
	var files []*catalog.File
	for _, e := range root.Children("file") {
		r.file = &catalog.File{Path: e.Attr("original")}
		r.language(e, root)
		r.within(e, nil)
		files = append(files, r.file)
	}
	r.found.Sort()
	return files, r.found
}

type reader struct {
	lines *diag.Lines
	old   bool // a version 1
	file  *catalog.File
	found diag.List
}

func (r *reader) fail(offset int, code, text, hint string) {
	r.found = append(r.found, diag.Finding{Pos: r.lines.At(offset), Code: code, Text: text, Hint: hint})
}

func (r *reader) language(file, root *xmltree.Element) {
	name, at := root.Attr("trgLang"), root
	if r.old {
		name, at = file.Attr("target-language"), file
	}
	if name == "" {
		return
	}
	tag, err := locale.FromGettext(name)
	if err != nil {
		r.fail(at.Offset, "language", err.Error(), "")
	}
	r.file.Language = tag
}

// within reads the units in an element. Those of a group of plural forms are one
// message.
func (r *reader) within(e *xmltree.Element, forms *catalog.Message) {
	for _, c := range e.Children() {
		switch c.Name {
		case "body":
			r.within(c, nil)
		case "group":
			plural := c.Attr("type") == pluralType || c.Attr("restype") == pluralOld
			if !plural {
				r.within(c, nil)
				continue
			}
			m := &catalog.Message{}
			r.within(c, m)
			r.add(m, c)
		case "unit", "trans-unit":
			if c.Attr("translate") != "no" && c.Attr("restype") != catalogHeader {
				r.unit(c, forms)
			}
		}
	}
}

// catalogHeader is the kind of unit that Translate Toolkit makes of the header of a PO
// file, which is no text.
const catalogHeader = "x-gettext-domain-header"

// add adds a message that is read.
func (r *reader) add(m *catalog.Message, e *xmltree.Element) {
	if m.Source == "" {
		return
	}
	m.SettleState()
	if !r.file.Add(m) {
		r.on(m, e, diag.Warning, "duplicate", "the text is there twice", "keep one of the units")
	}
}

func (r *reader) on(m *catalog.Message, e *xmltree.Element, s diag.Severity, code, text, hint string) {
	r.found = append(r.found, diag.Finding{Pos: r.lines.At(e.Offset), Code: code, Severity: s, Text: text, Hint: hint, Key: m.Key})
}

// unit reads a unit, as a message or, where there are forms, as the next of them.
func (r *reader) unit(e *xmltree.Element, forms *catalog.Message) {
	u := r.parts(e)
	if forms != nil && forms.Source != "" {
		forms.Plural = u.source
		forms.Forms = append(forms.Forms, u.target)
		forms.Fuzzy = forms.Fuzzy || u.target != "" && u.fuzzy
		return
	}
	m := forms
	if m == nil {
		m = &catalog.Message{}
	}
	m.Source, m.Target, m.Fuzzy = u.source, u.target, u.fuzzy && u.target != ""
	m.Pos = r.lines.At(e.Offset)
	r.more(e, m)
	if u.left(&m.Entry) {
		m.Fuzzy = false
	}
	if id := e.Attr("id"); catalog.IsID(id) && id != catalog.ID(m.Key) {
		r.on(m, e, diag.Warning, "source-changed", "the source is not as it was sent out", "translate in the target only")
	}
	r.check(m, &u, e)
	if forms == nil {
		r.add(m, e)
	}
}

// texts are what a unit says.
type texts struct {
	source, target string
	fuzzy          bool
	state, sub     string // of the target
	codes          []code // of the source
	used           map[string]bool
	unknown        string // a code of the target that nobody knows
	at             *xmltree.Element
}

// parts reads the source and the target of a unit.
func (r *reader) parts(e *xmltree.Element) texts {
	u := texts{at: e}
	if r.old {
		s := &text{old: true}
		u.source = s.of(e.Child("source"))
		u.codes = s.codes
		target := e.Child("target")
		if target == nil {
			return u
		}
		t := &text{old: true, source: s}
		u.target, u.used, u.unknown, u.at = filled(t.of(target)), t.used, t.unknown, target
		u.state = target.Attr("state")
		u.fuzzy = fuzzy(u.state, "")
		return u
	}
	s := &text{data: dataOf(e)}
	t := &text{data: s.data, source: s}
	for _, segment := range e.Children("segment", "ignorable") {
		u.source += s.of(segment.Child("source"))
	}
	u.codes = s.codes
	for _, segment := range e.Children("segment", "ignorable") {
		target := segment.Child("target")
		switch {
		case target != nil:
			u.target += t.of(target)
			u.at = target
			if segment.Name == "segment" && fuzzy(segment.Attr("state"), segment.Attr("subState")) {
				u.fuzzy, u.state, u.sub = true, segment.Attr("state"), segment.Attr("subState")
			}
		case segment.Name == "ignorable":
			u.target += (&text{data: s.data}).of(segment.Child("source"))
		}
	}
	u.target, u.used, u.unknown = filled(u.target), t.used, t.unknown
	return u
}

// left reports whether the state of a unit is the one that it was sent out in, under
// a new target.
func (u *texts) left(e *catalog.Entry) bool {
	for s := catalog.NeedsRewriting; !s.Final(); s++ {
		name := stateNames[s]
		same := u.state == name.state && u.sub == name.sub || u.state == name.old && u.sub == ""
		if same && e.Left(s) {
			return true
		}
	}
	return false
}

// filled is a target, empty if it has nothing but white space.
func filled(target string) string {
	if strings.TrimSpace(target) == "" {
		return ""
	}
	return target
}

func dataOf(unit *xmltree.Element) map[string]string {
	data := map[string]string{}
	if list := unit.Child("originalData"); list != nil {
		for _, d := range list.Children("data") {
			data[d.Attr("id")] = (&text{}).of(d)
		}
	}
	return data
}

// check drops a target that has lost a code of its source, or has one that nobody
// knows, unless it is the one that was sent out.
func (r *reader) check(m *catalog.Message, u *texts, e *xmltree.Element) {
	if m.Target == "" || m.Base() == m.Fingerprint() {
		return
	}
	drop := func(code, text, hint string) {
		r.on(m, u.at, diag.Error, code, text, hint)
		m.Target, m.Fuzzy = "", false
	}
	if u.unknown != "" {
		drop("code-unknown", fmt.Sprintf("the target has the code %q, which the source has not", u.unknown), "copy codes from the source")
		return
	}
	for _, c := range u.codes {
		if c.optional || u.used[c.id] || typed(m.Target, c) {
			continue
		}
		drop("code-missing", "the target drops "+c.String(), "copy the code from the source")
		return
	}
}

// typed reports whether a target has a code as text.
func typed(target string, c code) bool {
	at := strings.Index(target, c.open)
	return at >= 0 && strings.Contains(target[at+len(c.open):], c.shut)
}

// more reads what is beside the texts of a unit.
func (r *reader) more(e *xmltree.Element, m *catalog.Message) {
	for _, g := range e.Children("context-group") {
		for _, x := range g.Children("context") {
			if name, ok := strings.CutPrefix(x.Attr("context-type"), metaType); ok {
				meta{name, x.Text()}.set(&m.Entry)
			}
		}
	}
	for _, g := range metaGroups(e) {
		for _, x := range g.Children("meta") {
			meta{x.Attr("type"), x.Text()}.set(&m.Entry)
		}
	}
	notes := e.Children("note")
	if list := e.Child("notes"); list != nil {
		notes = list.Children("note")
	}
	for _, n := range notes {
		switch n.Attr("category") + n.Attr("from") {
		case noteOurs:
			m.Notes = append(m.Notes, n.Text())
		case notePrevious:
			m.Previous.Source = n.Text()
		default:
			m.Comments = append(m.Comments, n.Text())
		}
	}
	for _, alt := range e.Children("alt-trans") {
		if alt.Attr("alttranstype") == "previous-version" {
			m.Previous.Source = (&text{old: true}).of(alt.Child("source"))
		}
	}
}

// metaGroups are the groups of metadata of a unit that are ours.
func metaGroups(e *xmltree.Element) []*xmltree.Element {
	list := e.Child("metadata")
	if list == nil {
		return nil
	}
	return slices.DeleteFunc(list.Children("metaGroup"), func(g *xmltree.Element) bool { return g.Attr("category") != ours })
}

// code is a code of a source.
type code struct {
	id, open, shut string
	optional       bool
}

func (c *code) String() string {
	if c.shut == "" {
		return c.open
	}
	return c.open + "…" + c.shut
}

// text reads one text with codes.
type text struct {
	old     bool
	data    map[string]string
	source  *text // nil: this is the source
	codes   []code
	byID    map[string]int
	used    map[string]bool
	unknown string
	out     strings.Builder
}

func (t *text) of(e *xmltree.Element) string {
	if e == nil {
		return ""
	}
	t.out.Reset()
	t.content(e)
	return t.out.String()
}

func (t *text) content(e *xmltree.Element) {
	for _, n := range e.Content {
		if n.Element == nil {
			t.out.WriteString(n.Text)
			continue
		}
		t.element(n.Element)
	}
}

// element reads an inline element.
func (t *text) element(e *xmltree.Element) {
	switch e.Name {
	case "cp":
		t.character(e.Attr("hex"))
	case "pc":
		t.say(e, e.Attr("id"), "dataRefStart", true)
		t.content(e)
		t.say(e, e.Attr("id"), "dataRefEnd", false)
	case "ph", "sc":
		if t.old {
			t.native(e, e.Attr("id"), true)
		} else {
			t.say(e, e.Attr("id"), "dataRef", true)
		}
	case "ec":
		t.say(e, cmp.Or(e.Attr("startRef"), e.Attr("id")), "dataRef", false)
	case "bpt", "ept", "bx", "ex":
		id := e.Attr("id")
		if rid := e.Attr("rid"); rid != "" {
			id = "rid " + rid // which the two of a pair have in common
		}
		t.native(e, id, e.Name[0] == 'b')
	case "x", "it":
		if hex, ok := strings.CutPrefix(e.Attr("id"), "cp-"); ok && e.Attr("ctype") == characterType {
			t.character(hex)
			return
		}
		t.native(e, e.Attr("id"), true)
	case "g":
		t.use(e, e.Attr("id"), "", true)
		t.content(e)
	default: // mrk, sub and what later versions have
		t.content(e)
	}
}

func (t *text) character(hex string) {
	if r, err := strconv.ParseUint(hex, 16, 32); err == nil && r <= utf8.MaxRune {
		t.out.WriteRune(rune(r))
	}
}

// say writes what a code of version 2 stands for: its original, or that of the same
// code of the source.
func (t *text) say(e *xmltree.Element, id, attribute string, opens bool) {
	if original := e.Attr("copyOf"); original != "" {
		id = original
	}
	said, known := t.data[e.Attr(attribute)]
	if !known && t.source == nil {
		said, known = e.Attr("equiv"), true
	}
	t.put(e, id, said, known, opens)
}

// native writes what a code of version 1.2 stands for.
func (t *text) native(e *xmltree.Element, id string, opens bool) {
	said := e.Text()
	if said == "" {
		said = e.Attr("equiv-text")
	}
	t.put(e, id, said, said != "" || t.source == nil, opens)
}

// put writes a code, with the source's text where it has none of its own.
func (t *text) put(e *xmltree.Element, id, said string, known, opens bool) {
	if t.source != nil && !known {
		i, ok := t.source.byID[id]
		if !ok {
			t.unknown = e.Name + " " + id
			return
		}
		said = t.source.codes[i].open
		if !opens {
			said = t.source.codes[i].shut
		}
	}
	t.use(e, id, said, opens)
	t.out.WriteString(said)
}

// use notes a code.
func (t *text) use(e *xmltree.Element, id, said string, opens bool) {
	if t.source != nil {
		if t.used == nil {
			t.used = map[string]bool{}
		}
		if _, ok := t.source.byID[id]; !ok && e.Name == "g" {
			t.unknown = "g " + id
		}
		t.used[id] = true
		return
	}
	if t.byID == nil {
		t.byID = map[string]int{}
	}
	i, ok := t.byID[id]
	if !ok {
		i = len(t.codes)
		t.byID[id] = i
		t.codes = append(t.codes, code{id: id, optional: t.optional(e)})
	}
	if opens {
		t.codes[i].open = said
	} else {
		t.codes[i].shut = said
	}
}

// optional reports whether a translation may do without a code.
func (t *text) optional(e *xmltree.Element) bool {
	if t.old {
		return optionalNames[e.Attr("ctype")]
	}
	return e.Attr("canDelete") != "no"
}
