package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/util"
)

func (r *renderer) inline(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		r.words(n)
	case *ast.String:
		html.DefaultWriter.Write(r.w, n.Value)
	case *ast.CodeSpan:
		r.codeSpan(n)
	case *ast.Emphasis:
		if n.Level == 2 {
			r.span("strong", n)
		} else {
			r.emphasis(n)
		}
	case *east.Strikethrough:
		r.span("del", n)
	case *ast.Link:
		r.link(n, string(n.Destination), string(n.Title))
	case *ast.AutoLink:
		r.autoLink(n)
	case *ast.Image:
		r.image(n)
	case *ast.RawHTML:
		r.rawInline(n)
	case *east.TaskCheckBox:
		r.checkBox(n)
	case *east.FootnoteLink:
		r.noteReference(n)
	case *verbatim:
		r.verbatim(n)
	case *comment:
	default:
		r.children(n)
	}
}

// words writes text; a soft line break between Chinese or Japanese characters is
// nothing, elsewhere a newline.
func (r *renderer) words(n *ast.Text) {
	value := n.Segment.Value(r.doc.body)
	if n.IsRaw() {
		html.DefaultWriter.RawWrite(r.w, value)
	} else {
		html.DefaultWriter.Write(r.w, value)
	}
	switch {
	case n.HardLineBreak():
		r.text("<br />\n")
	case n.SoftLineBreak():
		if !r.doc.joins(n) {
			r.text("\n")
		}
	}
}

// emphasis writes an emphasised text. In a script without italics a foreign phrase
// in Latin letters still wants them: it bears a class of its own.
func (r *renderer) emphasis(n ast.Node) {
	if !r.how.Upright || strings.ContainsFunc(r.doc.plain(n), eastern) {
		r.span("em", n)
		return
	}
	r.text(`<em class="foreign">`)
	r.inside(n)
	r.text("</em>")
}

// span writes an inline element.
func (r *renderer) span(tag string, n ast.Node) {
	r.text("<")
	r.text(tag)
	r.text(">")
	r.inside(n)
	r.text("</")
	r.text(tag)
	r.text(">")
}

// codeSpan writes code; a newline in it is a space, and an escaped pipe in a table
// a pipe. goldmark takes a space off both ends, but not a carriage return and its
// newline.
func (r *renderer) codeSpan(n ast.Node) {
	var code []byte
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		code = append(code, c.(*ast.Text).Segment.Value(r.doc.body)...)
	}
	if bytes.HasPrefix(code, []byte("\r\n")) && bytes.ContainsAny(code[len(code)-1:], " \n") && !util.IsBlank(code) {
		code = bytes.TrimSuffix(code[2:len(code)-1], []byte("\r"))
	}
	code = bytes.ReplaceAll(code, []byte("\r\n"), []byte(" "))
	code = bytes.ReplaceAll(code, []byte("\n"), []byte(" "))
	if inCell(n) {
		code = bytes.ReplaceAll(code, []byte(`\|`), []byte{'|'})
	}
	r.text("<code>")
	html.DefaultWriter.RawWrite(r.w, code)
	r.text("</code>")
}

// inCell reports whether an inline node stands in a table cell.
func inCell(n ast.Node) bool {
	for n.Type() == ast.TypeInline {
		n = n.Parent()
	}
	return n.Kind() == east.KindTableCell
}

func (r *renderer) link(n ast.Node, destination, title string) {
	href := r.address(destination, r.how.Link)
	if r.bare || href == "" || r.linked > 0 {
		r.inside(n)
		return
	}
	r.linked++
	defer func() { r.linked-- }()
	r.text("<a")
	r.attribute("href", href)
	if title != "" {
		r.attribute("title", strings.TrimSpace(literal(title)))
	}
	r.text(">")
	r.inside(n)
	r.text("</a>")
}

func (r *renderer) autoLink(n *ast.AutoLink) {
	destination := string(n.URL(r.doc.body))
	if n.AutoLinkType == ast.AutoLinkEmail && !strings.HasPrefix(strings.ToLower(destination), "mailto:") {
		destination = "mailto:" + destination
	}
	href := r.address(destination, r.how.Link)
	label := n.Label(r.doc.body)
	if r.bare || href == "" || r.linked > 0 {
		r.out.Write(util.EscapeHTML(label))
		return
	}
	r.text("<a")
	r.attribute("href", href)
	if r.how.Isolate {
		r.attribute("dir", "ltr")
	}
	r.text(">")
	r.out.Write(util.EscapeHTML(label))
	r.text("</a>")
}

// address is what a destination becomes, empty if it must not be followed. The
// scheme is judged after escapes, entities and control characters are resolved.
func (r *renderer) address(destination string, resolve func(string) string) string {
	destination = literal(destination)
	if !SafeScheme(destination) {
		return ""
	}
	if resolve != nil {
		destination = resolve(destination)
		if !SafeScheme(destination) {
			return ""
		}
	}
	if destination == "" {
		return ""
	}
	return string(util.URLEscape([]byte(destination), false))
}

// SafeScheme reports whether an address is relative or of a scheme that an edition
// may link to: http, https, mailto, tel.
func SafeScheme(address string) bool {
	scheme := strings.Map(func(r rune) rune {
		if r <= ' ' || r >= 0x7F && r < 0xA0 {
			return -1
		}
		return r
	}, address)
	scheme = strings.ReplaceAll(strings.ToLower(scheme), "%3a", ":")
	end := strings.IndexAny(scheme, ":/?#")
	if end < 0 || scheme[end] != ':' {
		return true
	}
	switch scheme[:end] {
	case "http", "https", "mailto", "tel":
		return true
	}
	return false
}

// image writes an image, or its alternative text where there is none to show.
func (r *renderer) image(n *ast.Image) {
	r.picture(string(n.Destination), strings.TrimSpace(literal(r.doc.plain(n))), strings.TrimSpace(literal(string(n.Title))), r.imageMark(n))
}

func (r *renderer) picture(destination, alt, title string, m Mark) {
	if r.bare {
		return
	}
	src := r.address(destination, r.how.Image)
	if src == "" {
		r.text("<span")
		m.Class = strings.TrimSpace("missing " + m.Class)
		r.mark(m)
		r.text(">")
		r.text(escape(alt))
		r.text("</span>")
		return
	}
	r.text("<img")
	r.attribute("src", src)
	r.attribute("alt", alt)
	if title != "" {
		r.attribute("title", title)
	}
	r.mark(m)
	r.text(" />")
}

// imageMark is what the edition says of the alternative text of an image that
// stands alone.
func (r *renderer) imageMark(n *ast.Image) Mark {
	if r.how.Mark == nil {
		return Mark{}
	}
	if seg, ok := r.alts[n]; ok {
		return r.how.Mark(seg)
	}
	return Mark{}
}

// markAlts finds the images of a block whose alternative texts are segments.
func (r *renderer) markAlts(b *block) {
	var images []*ast.Image
	for seg := b.segs.from; seg < b.segs.to; seg++ {
		s := &r.doc.Segments[seg]
		if s.Kind != Alt {
			continue
		}
		if images == nil {
			images = outerImages(b.node)
		}
		r.alts[images[s.image]] = seg
	}
}

// outerImages are the images of a block that stand in no other's alternative text.
func outerImages(n ast.Node) (images []*ast.Image) {
	walkInline(n, func(c ast.Node) {
		if img, ok := c.(*ast.Image); ok && !within(c, ast.KindImage) {
			images = append(images, img)
		}
	})
	return images
}

// checkBox writes the box of a task; the rest of its paragraph is its label.
func (r *renderer) checkBox(n *east.TaskCheckBox) {
	r.text(`<label><input type="checkbox" disabled="disabled"`)
	r.tags = append(r.tags, openTag{name: "label"})
	if n.IsChecked {
		r.text(` checked="checked"`)
	}
	r.text(" /> ")
}
