package edition

import (
	"bytes"
	"html"
	"html/template"
	"strings"

	"dragoman/internal/locale"
	"dragoman/internal/markdown"
)

// Addresses write the places of a book as one of its formats does, relative to
// the page that is being written.
type Addresses struct {
	Chapter func(c *Chapter, anchor string) string
	// Own is the address of a place in the page itself; nil: a # before its anchor.
	Own   func(anchor string) string
	Image func(path string) string
	// Enlarged is the address of an image as the target of a link; nil if there
	// can be no such link.
	Enlarged func(path string) string
}

// Body is the chapter's text as HTML that is well-formed XML too. A heading of
// the first level that it begins with is given apart, for the page's header.
func (c *Chapter) Body(a Addresses, notes markdown.NoteStyle) (heading, body template.HTML) {
	raw := c.Document.Render(markdown.Rendering{
		Link:    func(d string) string { return c.address(a, d) },
		Image:   func(d string) string { return c.source(a, d) },
		Mark:    func(i int) markdown.Mark { return c.Marks[i] },
		Notes:   notes,
		Table:   c.book.Words.Text("table", nil),
		Label:   c.label,
		Isolate: locale.Direction(c.book.Language) == "rtl",
		Upright: upright(c.book.Language),
	})
	out := finish(raw, c.book.Words.Text("details", nil))
	const end = "</h1>"
	if bytes.HasPrefix(out, []byte("<h1")) {
		if i := bytes.Index(out, []byte(end)); i >= 0 {
			i += len(end)
			return template.HTML(out[:i]), template.HTML(bytes.TrimLeft(out[i:], "\n"))
		}
	}
	return "", template.HTML(out)
}

// boxes are the names of boxes that the interface words have headings for.
var boxes = set("note tip important warning caution danger info")

// label is the heading of a box that its author gave none.
func (c *Chapter) label(box string) string {
	if !boxes[box] {
		return ""
	}
	return c.book.Words.Text("box-"+box, nil)
}

// address is what a link's destination becomes.
func (c *Chapter) address(a Addresses, destination string) string {
	switch t := c.find(destination, false); t.kind {
	case toWeb:
		return t.url
	case toChapter:
		if t.chapter == c && t.fragment != "" {
			if a.Own != nil {
				return a.Own(t.fragment)
			}
			return "#" + t.fragment
		}
		return a.Chapter(t.chapter, t.fragment)
	case toImage:
		if a.Enlarged != nil {
			return a.Enlarged(t.path)
		}
	}
	return ""
}

// source is what an image's destination becomes. An image of another host keeps
// its address, for finish to make a link of it.
func (c *Chapter) source(a Addresses, destination string) string {
	switch t := c.find(destination, true); t.kind {
	case toWeb:
		return t.url
	case toImage:
		return a.Image(t.path)
	}
	return ""
}

// elements are those that a chapter may have. All of them are harmless.
var elements = set(`a abbr aside b bdi blockquote br caption cite code dd del details dfn div dl dt em
	figcaption figure h1 h2 h3 h4 h5 h6 hr i img input ins kbd label li mark ol p pre q rb rt ruby s samp
	section small span strong sub summary sup table tbody td tfoot th thead tr u ul var`)

// attrs are the attributes that an element of a chapter may have; the values of
// href and src need a look.
var attrs = set(`alt aria-describedby aria-hidden aria-label aria-labelledby checked class colspan
	dir disabled epub:type height href hreflang id lang open reversed role rowspan scope src start
	tabindex title type value width xml:lang`)

func set(names string) map[string]bool {
	m := map[string]bool{}
	for _, n := range strings.Fields(names) {
		m[n] = true
	}
	return m
}

// known are the names of elements and attributes, so that reading one off a page
// makes no new string.
var known = func() map[string]string {
	m := map[string]string{}
	for n := range elements {
		m[n] = n
	}
	for n := range attrs {
		m[n] = n
	}
	return m
}()

// finisher copies rendered HTML, element by element. It is the last gate: what
// is not known to be harmless does not pass, whoever let it come this far. In a
// chapter it also ties marked passages to the notices.
type finisher struct {
	out     []byte
	attrs   []attribute // of the tag at hand
	links   int         // open a elements
	opened  string      // the element of the last tag, if that opened it
	alone   bool        // the tag at hand is all that its paragraph holds
	marked  bool        // in a table cell whose mark is on a span of its own
	chapter bool
	details string // title of what is folded away
}

// finish is the renderer's output, made fit for a page. details is what is said on
// something folded away that has no title.
func finish(raw []byte, details string) []byte {
	f := finisher{out: make([]byte, 0, len(raw)+len(raw)/8), chapter: true, details: details}
	f.copy(raw)
	return f.out
}

// purify is finish for a piece of inline HTML that stands outside its chapter.
func purify(inline string) template.HTML {
	var f finisher
	f.copy([]byte(inline))
	return template.HTML(f.out)
}

// inXML drops a character that an XML file cannot hold: XML 1.0, production 2.
func inXML(r rune) rune {
	if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r&^1 == 0xfffe {
		return -1
	}
	return r
}

func legible(s string) string { return strings.Map(inXML, s) }

// textOf is what a piece of inline HTML says.
func textOf(inline string) string {
	var b strings.Builder
	for inline != "" {
		text, rest, _ := strings.Cut(inline, "<")
		b.WriteString(text)
		_, inline, _ = strings.Cut(rest, ">")
	}
	return strings.Join(strings.Fields(html.UnescapeString(b.String())), " ")
}

func (f *finisher) copy(raw []byte) {
	for {
		i := bytes.IndexByte(raw, '<')
		if i < 0 {
			f.out = append(f.out, raw...)
			return
		}
		f.out = append(f.out, raw[:i]...)
		raw = raw[i:]
		if bytes.HasPrefix(raw, []byte("<!--")) {
			end := bytes.Index(raw, []byte("-->"))
			if end < 0 {
				return
			}
			raw = raw[end+3:]
			continue
		}
		end := tagEnd(raw)
		if end < 0 {
			return // not of our renderer: nothing after it can be trusted
		}
		f.alone = f.opened == "p" && i == 0 && bytes.HasPrefix(raw[end+1:], []byte("</p>"))
		f.tag(raw[1:end])
		raw = raw[end+1:]
		if f.opened == "details" && !bytes.HasPrefix(bytes.TrimSpace(raw), []byte("<summary")) {
			f.out = append(f.out, "<summary>"+template.HTMLEscapeString(f.details)+"</summary>"...)
		}
	}
}

// tagEnd is the index of the > that closes the tag which raw begins with.
func tagEnd(raw []byte) int {
	var quote byte
	for i, c := range raw {
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return i
		}
	}
	return -1
}

// tag copies one tag, given without its angle brackets.
func (f *finisher) tag(tag []byte) {
	before := f.opened
	f.opened = ""
	if len(tag) > 0 && tag[0] == '/' {
		name := known[string(bytes.TrimSpace(tag[1:]))]
		if !elements[name] {
			return
		}
		switch name {
		case "a":
			f.links--
		case "td", "th":
			if f.marked {
				f.out = append(f.out, "</span>"...)
				f.marked = false
			}
		}
		f.out = append(append(append(f.out, "</"...), name...), '>')
		return
	}
	n := bytes.IndexAny(tag, " \t\r\n/")
	if n < 0 {
		n = len(tag)
	}
	e := element{name: known[string(tag[:n])], attrs: f.attrs[:0]}
	if !elements[e.name] {
		return
	}
	e.closed = bytes.HasSuffix(tag, []byte("/"))
	if n < len(tag) {
		e.readAttributes(tag[n:])
	}
	f.opened = e.name
	f.element(&e, before)
	f.attrs = e.attrs
}

// element is a start tag.
type element struct {
	name   string
	attrs  []attribute
	closed bool // ends in />
}

// attribute has its value as it stands in the HTML, escaped.
type attribute struct {
	name  string
	value []byte
}

func (e *element) get(name string) string {
	for _, a := range e.attrs {
		if a.name == name {
			return string(a.value)
		}
	}
	return ""
}

func (e *element) add(name, value string) {
	e.attrs = append(e.attrs, attribute{name, []byte(template.HTMLEscapeString(value))})
}

// readAttributes takes in the attributes that may pass.
func (e *element) readAttributes(s []byte) {
	for {
		s = bytes.TrimLeft(s, " \t\r\n/")
		eq := bytes.IndexByte(s, '=')
		if eq < 0 || eq+1 >= len(s) {
			return
		}
		name, quote := known[string(bytes.TrimSpace(s[:eq]))], s[eq+1]
		s = s[eq+2:]
		end := bytes.IndexByte(s, quote)
		if quote != '"' && quote != '\'' || end < 0 {
			return
		}
		value := s[:end:end]
		if s = s[end+1:]; attrs[name] && harmless(name, value) {
			e.attrs = append(e.attrs, attribute{name, value})
		}
	}
}

func harmless(name string, value []byte) bool {
	switch name {
	case "href", "src":
		s, ok := schemeOf(decode(string(value)))
		return ok && (s == "" || schemes[s])
	}
	return bytes.IndexByte(value, '<') < 0
}

// element writes a start tag, with what the edition adds to it. before is the
// element whose start tag it follows at once, if it follows one.
func (f *finisher) element(e *element, before string) {
	class, mark := splitMark(e.get("class"))
	if mark != "" && f.chapter {
		e.add("aria-describedby", noticeID(mark))
	}
	switch e.name {
	case "a":
		f.links++
	case "img":
		if f.image(e) {
			return
		}
		if f.alone {
			e.class("figure")
		}
	case "code":
		if before != "pre" {
			e.add("dir", "ltr")
		}
	case "td", "th":
		if mark != "" {
			f.cell(e, class, mark)
			return
		}
	}
	f.write(e)
}

// splitMark is the class of a mark, which stands last, and the classes before it.
func splitMark(class string) (others, mark string) {
	i := strings.LastIndexByte(class, ' ') + 1
	switch class[i:] {
	case untranslated, stale, machine:
		return strings.TrimSpace(class[:i]), class[i:]
	}
	return class, ""
}

// cell writes the start of a marked table cell. The mark goes to a span within,
// for a cell with a direction of its own would lose the alignment of its column.
func (f *finisher) cell(e *element, class, mark string) {
	inner := element{name: "span"}
	inner.add("class", mark)
	outer := element{name: e.name}
	for _, a := range e.attrs {
		switch a.name {
		case "lang", "dir", "aria-describedby":
			inner.attrs = append(inner.attrs, a)
		case "class":
			if class != "" {
				outer.add("class", class)
			}
		default:
			outer.attrs = append(outer.attrs, a)
		}
	}
	f.write(&outer)
	f.write(&inner)
	f.marked = true
}

// class adds to the element's classes.
func (e *element) class(name string) {
	for i, a := range e.attrs {
		if a.name == "class" {
			e.attrs[i].value = append(append(a.value, ' '), name...)
			return
		}
	}
	e.add("class", name)
}

// image writes an image of another host as a link to it, so that reading the
// page tells nobody that it is read. It reports false for other images.
func (f *finisher) image(e *element) bool {
	src := e.get("src")
	if src == "" {
		f.out = append(f.out, e.get("alt")...)
		return true
	}
	if s, _ := schemeOf(decode(src)); s == "" {
		return false
	}
	text := e.get("alt")
	if text == "" {
		text = src
	}
	if f.links > 0 {
		f.out = append(f.out, text...)
		return true
	}
	f.out = append(f.out, `<a href="`+src+`">`+text+`</a>`...)
	return true
}

func (f *finisher) write(e *element) {
	f.out = append(append(f.out, '<'), e.name...)
	for _, a := range e.attrs {
		f.out = append(append(append(f.out, ' '), a.name...), `="`...)
		f.out = append(append(f.out, a.value...), '"')
	}
	if e.closed {
		f.out = append(f.out, " /"...)
	}
	f.out = append(f.out, '>')
}
