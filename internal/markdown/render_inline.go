package markdown

import (
	"bytes"
	"strings"
	"unicode/utf8"

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
			r.span("em", n)
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
		r.softBreak(n, value)
	}
}

func (r *renderer) softBreak(n *ast.Text, before []byte) {
	last, _ := utf8.DecodeLastRune(before)
	if next, ok := n.NextSibling().(*ast.Text); ok && unspaced(last) {
		first, _ := utf8.DecodeRune(next.Segment.Value(r.doc.body))
		if unspaced(first) {
			return
		}
	}
	r.text("\n")
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

func (r *renderer) codeSpan(n ast.Node) {
	r.text("<code>")
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		value := c.(*ast.Text).Segment.Value(r.doc.body)
		if line, ok := bytes.CutSuffix(value, []byte("\n")); ok {
			html.DefaultWriter.RawWrite(r.w, bytes.TrimSuffix(line, []byte("\r")))
			r.text(" ")
			continue
		}
		html.DefaultWriter.RawWrite(r.w, value)
	}
	r.text("</code>")
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
		r.attribute("title", unescaped(title))
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
	r.text(">")
	r.out.Write(util.EscapeHTML(label))
	r.text("</a>")
}

// address is what a destination becomes, empty if it must not be followed. The
// scheme is judged after escapes, entities and control characters are resolved.
func (r *renderer) address(destination string, resolve func(string) string) string {
	destination = unescaped(destination)
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

// unescaped resolves backslashes and entities, as in destinations and titles.
func unescaped(s string) string {
	if strings.IndexByte(s, '\\') >= 0 {
		s = string(util.UnescapePunctuations([]byte(s)))
	}
	if strings.IndexByte(s, '&') >= 0 {
		s = string(util.ResolveEntityNames(util.ResolveNumericReferences([]byte(s))))
	}
	return s
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
	r.picture(string(n.Destination), unescaped(r.doc.plain(n)), unescaped(string(n.Title)), r.imageMark(n))
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
	var block ast.Node = n
	for block.Type() == ast.TypeInline {
		block = block.Parent()
	}
	i, ok := r.blocks[block]
	if !ok {
		return Mark{}
	}
	nth, seen := 0, 0
	walkInline(block, func(c ast.Node) {
		if c.Kind() == ast.KindImage {
			if c == n {
				nth = seen
			}
			seen++
		}
	})
	for _, seg := range r.doc.blocks[i].segments {
		if s := &r.doc.Segments[seg]; s.Kind == Alt && s.image == nth {
			return r.how.Mark(seg)
		}
	}
	return Mark{}
}

func (r *renderer) checkBox(n *east.TaskCheckBox) {
	r.text(`<input type="checkbox" disabled="disabled"`)
	if n.IsChecked {
		r.text(` checked="checked"`)
	}
	r.text(" /> ")
}
