package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/renderer/html"
)

// quote writes a block quote; one that is an alert says so.
func (r *renderer) quote(n *ast.Blockquote) {
	name, ok := n.AttributeString(alertName)
	if !ok {
		r.wrap("<blockquote>\n", n, "</blockquote>\n")
		return
	}
	r.openBox(string(name.([]byte)))
	r.label(string(name.([]byte)))
	r.inside(n)
	r.text("</div>\n")
}

// box writes an admonition or a tab.
func (r *renderer) box(n *box) {
	r.openBox(n.name)
	if _, titled := n.FirstChild().(*boxTitle); !titled {
		r.label(n.name)
	}
	r.inside(n)
	r.text("</div>\n")
}

func (r *renderer) openBox(name string) {
	r.text("<div")
	r.attribute("class", "box "+name)
	r.text(">\n")
}

// label writes the title of a box that has none of its own.
func (r *renderer) label(name string) {
	if r.how.Label == nil {
		return
	}
	if label := r.how.Label(name); label != "" {
		r.text(`<p class="title">`)
		r.text(escape(label))
		r.text("</p>\n")
	}
}

func (r *renderer) boxTitle(n *boxTitle) {
	m := r.markOf(n)
	r.text(`<p`)
	m.Class = joinClasses("title", m.Class)
	r.mark(m)
	r.text(">")
	r.inside(n)
	r.text("</p>\n")
}

func joinClasses(a, b string) string {
	if b == "" {
		return a
	}
	return a + " " + b
}

// verbatim writes a formula as its source; what a generator runs shows nothing.
func (r *renderer) verbatim(n *verbatim) {
	if !n.formula {
		return
	}
	r.text(`<code class="math">`)
	html.DefaultWriter.RawWrite(r.w, bytes.ReplaceAll(n.text, []byte{'\n'}, []byte{' '}))
	r.text("</code>")
}

func (r *renderer) verbatimBlock(n *verbatimBlock) {
	if !n.formula {
		return
	}
	r.text(`<pre class="math" tabindex="0" dir="ltr"><code>`)
	for i := range n.Lines().Len() {
		l := n.Lines().At(i)
		html.DefaultWriter.RawWrite(r.w, l.Value(r.doc.body))
	}
	r.text("</code></pre>\n")
}
