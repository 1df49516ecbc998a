package markdown

import (
	"bytes"
	"strconv"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

// renderer writes one article as HTML that is well-formed XML too.
type renderer struct {
	doc    *Document
	how    Rendering
	out    *bytes.Buffer
	w      util.BufWriter // out, as goldmark's escaping wants it
	blocks map[ast.Node]int
	heads  map[ast.Node]int
	alts   map[*ast.Image]int // the segments of alternative texts
	tags   []openTag          // raw HTML that is still open
	floor  int                // how many of them the innermost container found open
	linked int                // links that are open
	notes  notes
	tables int     // that were begun
	stages []stage // of the tables of raw HTML that are open
	bare   bool    // inside a title or a heading of the contents: no links, notes, images
}

// Render writes the article's body, notes at the end. Characters that XML cannot hold
// are left out, here and from Headings and InlineHTML.
func (d *Document) Render(how Rendering) []byte {
	r := d.renderer(how)
	r.inside(d.root)
	r.endnotes()
	return inXML(r.out.Bytes())
}

// inXML drops, in place, the characters that XML cannot hold: XML 1.0, production 2.
func inXML(html []byte) []byte {
	out := html[:0]
	from := 0
	for i, c := range html {
		n := 0
		switch {
		case c < ' ' && c != '\t' && c != '\n' && c != '\r':
			n = 1
		case c == 0xEF && (bytes.HasPrefix(html[i:], []byte("\ufffe")) || bytes.HasPrefix(html[i:], []byte("\uffff"))):
			n = 3
		default:
			continue
		}
		out = append(out, html[from:i]...)
		from = i + n
	}
	return append(out, html[from:]...)
}

func (d *Document) renderer(how Rendering) *renderer {
	r := &renderer{doc: d, how: how, out: new(bytes.Buffer)}
	r.out.Grow(len(d.body) + len(d.body)/2)
	r.w = bufWriter{r.out}
	r.blocks = make(map[ast.Node]int, len(d.blocks))
	r.alts = map[*ast.Image]int{}
	for i := range d.blocks {
		if _, ok := r.blocks[d.blocks[i].node]; !ok {
			r.blocks[d.blocks[i].node] = i // of an HTML block, the first of its texts
		}
		r.markAlts(&d.blocks[i])
	}
	r.heads = make(map[ast.Node]int, len(d.heads))
	for i, h := range d.heads {
		r.heads[d.blocks[h].node] = i
	}
	r.notes = newNotes(d.notes)
	return r
}

// bufWriter is a bytes.Buffer as goldmark's writers take it.
type bufWriter struct{ *bytes.Buffer }

func (bufWriter) Available() int { return 0 }
func (bufWriter) Buffered() int  { return 0 }
func (bufWriter) Flush() error   { return nil }

// Headings are the article's headings in order.
func (d *Document) Headings() []HeadingRef {
	r := d.renderer(Rendering{})
	r.bare = true
	refs := make([]HeadingRef, len(d.heads))
	for i, h := range d.heads {
		b := &d.blocks[h]
		refs[i] = HeadingRef{Level: b.level, ID: d.ids[i], HTML: r.capture(b.node), Segment: -1}
		if b.segs.to > 0 {
			refs[i].Segment = b.segs.from
		}
	}
	return refs
}

// InlineHTML renders the block of one segment, as for a title: links, notes and
// images drop out. Front matter is plain text.
func (d *Document) InlineHTML(segment int) string {
	seg := &d.Segments[segment]
	if seg.block < 0 {
		return string(inXML(util.EscapeHTML([]byte(seg.Text))))
	}
	r := d.renderer(Rendering{})
	r.bare = true
	return r.capture(d.blocks[seg.block].node)
}

// capture renders the inline content of a block apart from the rest.
func (r *renderer) capture(n ast.Node) string {
	from := r.out.Len()
	r.inside(n)
	text := string(inXML(bytes.TrimSpace(r.out.Bytes()[from:])))
	r.out.Truncate(from)
	return text
}

func (r *renderer) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		r.node(c)
	}
}

func (r *renderer) text(s string) { r.out.WriteString(s) }

func (r *renderer) node(n ast.Node) {
	if n.Type() == ast.TypeInline {
		r.inline(n)
		return
	}
	if len(r.stages) > 0 && n.Kind() != ast.KindHTMLBlock {
		r.leaveTable()
	}
	switch n := n.(type) {
	case *ast.Heading:
		r.heading(n)
	case *ast.Paragraph:
		r.element("p", n)
	case *ast.TextBlock:
		r.textBlock(n)
	case *ast.Blockquote:
		r.quote(n)
	case *box:
		r.box(n)
	case *boxTitle:
		r.boxTitle(n)
	case *verbatimBlock:
		r.verbatimBlock(n)
	case *ast.List:
		r.list(n)
	case *ast.ListItem:
		r.item(n)
	case *ast.ThematicBreak:
		r.text("<hr />\n")
	case *ast.CodeBlock:
		r.code(n, nil)
	case *ast.FencedCodeBlock:
		r.code(n, n.Language(r.doc.body))
	case *ast.HTMLBlock:
		r.htmlBlock(n)
	case *east.Table:
		r.table(n)
	case *east.DefinitionList:
		r.wrap("<dl>\n", n, "</dl>\n")
	case *east.DefinitionTerm:
		r.element("dt", n)
	case *east.DefinitionDescription:
		r.wrap("<dd>", n, "</dd>\n")
	case *ast.LinkReferenceDefinition, *east.FootnoteList:
	default:
		r.children(n)
	}
}

// inside writes what a container holds; raw HTML that opened in it closes in it.
func (r *renderer) inside(n ast.Node) {
	floor := r.floor
	r.floor = len(r.tags)
	r.children(n)
	r.closeTags(r.floor)
	r.floor = floor
}

func (r *renderer) wrap(open string, n ast.Node, shut string) {
	r.text(open)
	r.inside(n)
	r.text(shut)
}

// content writes the inline content of a block without the white space at its edges,
// which nobody sees.
func (r *renderer) content(n ast.Node) {
	start := r.out.Len()
	r.inside(n)
	written := r.out.Bytes()[start:]
	seen := bytes.Trim(written, " \t\r\n")
	if len(seen) == len(written) {
		return
	}
	copy(written, seen)
	r.out.Truncate(start + len(seen))
}

// element writes a block with inline content.
func (r *renderer) element(tag string, n ast.Node) {
	r.text("<")
	r.text(tag)
	r.mark(r.markOf(n))
	r.text(">")
	r.content(n)
	r.text("</")
	r.text(tag)
	r.text(">\n")
}

// textBlock writes a paragraph that stands without its element, in a tight list.
func (r *renderer) textBlock(n ast.Node) {
	m := r.markOf(n)
	if m != (Mark{}) {
		r.text("<span")
		r.mark(m)
		r.text(">")
	}
	r.inside(n)
	if m != (Mark{}) {
		r.text("</span>")
	}
	if n.NextSibling() != nil {
		r.text("\n")
	}
}

// markOf is what the edition says of a block: what it says of its segment. Images
// that stand alone have their own.
func (r *renderer) markOf(n ast.Node) Mark {
	if r.how.Mark == nil {
		return Mark{}
	}
	i, ok := r.blocks[n]
	if !ok || r.doc.blocks[i].segs.to == 0 {
		return Mark{}
	}
	seg := r.doc.blocks[i].segs.from
	if k := r.doc.Segments[seg].Kind; k != r.doc.blocks[i].kind {
		return Mark{}
	}
	return r.how.Mark(seg)
}

func (r *renderer) mark(m Mark) {
	if m.Class != "" {
		r.attribute("class", m.Class)
	}
	if m.Lang != "" {
		r.attribute("lang", m.Lang)
		r.attribute("dir", m.Dir)
	}
}

func (r *renderer) attribute(name, value string) {
	r.text(" ")
	r.text(name)
	r.text(`="`)
	r.text(escape(value))
	r.text(`"`)
}

func (r *renderer) heading(n *ast.Heading) {
	if r.how.OmitTitle && n.Level == 1 && n == firstBlock(r.doc.root) {
		return
	}
	tag := "h" + strconv.Itoa(n.Level)
	r.text("<")
	r.text(tag)
	if i, ok := r.heads[n]; ok {
		r.attribute("id", r.doc.ids[i])
	}
	r.mark(r.markOf(n))
	r.text(">")
	r.content(n)
	r.text("</")
	r.text(tag)
	r.text(">\n")
}

// firstBlock is the first block that shows.
func firstBlock(root ast.Node) ast.Node {
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		switch n.(type) {
		case *ast.HTMLBlock, *ast.LinkReferenceDefinition, *east.FootnoteList:
		default:
			return n
		}
	}
	return nil
}

func (r *renderer) list(n *ast.List) {
	switch {
	case !n.IsOrdered():
		r.wrap("<ul>\n", n, "</ul>\n")
	case n.Start != 1:
		r.wrap(`<ol start="`+strconv.Itoa(n.Start)+"\">\n", n, "</ol>\n")
	default:
		r.wrap("<ol>\n", n, "</ol>\n")
	}
}

func (r *renderer) item(n ast.Node) {
	open := "<li>"
	if first := n.FirstChild(); first != nil {
		if box := first.FirstChild(); box != nil && box.Kind() == east.KindTaskCheckBox {
			open = `<li class="task">`
		}
		if first.Kind() != ast.KindTextBlock {
			open += "\n"
		}
	}
	r.wrap(open, n, "</li>\n")
}

func (r *renderer) code(n ast.Node, language []byte) {
	r.text(`<pre tabindex="0" dir="ltr"><code`)
	if len(language) > 0 {
		r.attribute("class", "language-"+string(language))
	}
	r.text(">")
	runs := r.runsOf(n)
	for i := range n.Lines().Len() {
		l := n.Lines().At(i)
		value := bytes.ReplaceAll(l.Value(r.doc.body), []byte("\r\n"), []byte("\n"))
		at := 0
		for ; len(runs) > 0 && runs[0].span.start < l.Stop; runs = runs[1:] {
			start := runs[0].span.start - l.Start + l.Padding
			end := runs[0].span.end - l.Start + l.Padding
			html.DefaultWriter.RawWrite(r.w, value[at:start])
			r.comment(r.markOfText(&runs[0]), value[start:end])
			at = end
		}
		html.DefaultWriter.RawWrite(r.w, value[at:])
	}
	r.text("</code></pre>\n")
}

// comment writes a comment in code.
func (r *renderer) comment(m Mark, text []byte) {
	if m == (Mark{}) {
		html.DefaultWriter.RawWrite(r.w, text)
		return
	}
	r.text("<span")
	r.mark(m)
	r.text(">")
	html.DefaultWriter.RawWrite(r.w, text)
	r.text("</span>")
}

// openTable begins a table, in a region that can be scrolled.
func (r *renderer) openTable() {
	r.text(`<div class="table" role="region" tabindex="0"`)
	r.tables++
	switch {
	case r.how.Table == "":
	case r.tables == 1:
		r.attribute("aria-label", r.how.Table)
	default: // two regions of one name could not be told apart
		r.attribute("aria-label", r.how.Table+" "+strconv.Itoa(r.tables))
	}
	r.text(">\n<table>\n")
}

func (r *renderer) table(n *east.Table) {
	r.openTable()
	for row := n.FirstChild(); row != nil; row = row.NextSibling() {
		tag := "td"
		if row.Kind() == east.KindTableHeader {
			tag = "th"
			r.text("<thead>\n")
		}
		r.text("<tr>\n")
		for c := row.FirstChild(); c != nil; c = c.NextSibling() {
			r.cell(tag, c.(*east.TableCell))
		}
		r.text("</tr>\n")
		if tag == "th" {
			r.text("</thead>\n")
			if row.NextSibling() != nil {
				r.text("<tbody>\n")
			}
		} else if row.NextSibling() == nil {
			r.text("</tbody>\n")
		}
	}
	r.text("</table>\n</div>\n")
}

func (r *renderer) cell(tag string, n *east.TableCell) {
	r.text("<")
	r.text(tag)
	if tag == "th" {
		r.text(` scope="col"`)
	}
	m := r.markOf(n)
	m.Class = strings.TrimSpace(alignments[n.Alignment] + " " + m.Class)
	r.mark(m)
	r.text(">")
	r.inside(n)
	r.text("</")
	r.text(tag)
	r.text(">\n")
}

// alignments are the classes of a cell, by direction of reading.
var alignments = map[east.Alignment]string{
	east.AlignLeft: "start", east.AlignCenter: "center", east.AlignRight: "end",
}
