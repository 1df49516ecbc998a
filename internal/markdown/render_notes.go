package markdown

import (
	"bytes"
	"strconv"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
)

// notes numbers footnotes by the order in which the text refers to them, which
// may be another in a translation.
type notes struct {
	byIndex map[int]*east.Footnote // by goldmark's own number
	number  map[*east.Footnote]int
	order   []*east.Footnote
	refs    map[*east.Footnote]int // how often each was referred to so far
}

func newNotes(definitions []ast.Node) notes {
	n := notes{
		byIndex: make(map[int]*east.Footnote, len(definitions)),
		number:  make(map[*east.Footnote]int, len(definitions)),
		refs:    make(map[*east.Footnote]int, len(definitions)),
	}
	for _, d := range definitions {
		if f := d.(*east.Footnote); f.Index > 0 {
			n.byIndex[f.Index] = f
		}
	}
	return n
}

// noteReference writes the number that leads to a note.
func (r *renderer) noteReference(n *east.FootnoteLink) {
	f := r.notes.byIndex[n.Index]
	if r.bare || f == nil {
		return
	}
	if r.notes.number[f] == 0 {
		r.notes.order = append(r.notes.order, f)
		r.notes.number[f] = len(r.notes.order)
	}
	number := r.notes.number[f]
	r.notes.refs[f]++
	r.text(`<sup><a`)
	r.attribute("id", referenceID(number, r.notes.refs[f]))
	r.attribute("href", "#"+noteID(number))
	if r.how.Notes.EPUB {
		r.attribute("epub:type", "noteref")
	}
	r.attribute("role", "doc-noteref")
	if name := r.how.Notes.Reference; name != nil {
		r.attribute("aria-label", name(number))
	}
	r.text(">")
	r.text(strconv.Itoa(number))
	r.text("</a></sup>")
}

// noteID is the anchor of a note. No slug of a heading has a full stop.
func noteID(number int) string { return "fn." + strconv.Itoa(number) }

// referenceID is the anchor of the nth reference to a note.
func referenceID(number, nth int) string {
	id := "fnref." + strconv.Itoa(number)
	if nth > 1 {
		id += "-" + strconv.Itoa(nth)
	}
	return id
}

// endnotes writes the notes that were referred to. Notes can refer to notes, so
// all are rendered before any is written.
func (r *renderer) endnotes() {
	if len(r.notes.order) == 0 {
		return
	}
	var bodies [][]byte
	for i := 0; i < len(r.notes.order); i++ {
		from := r.out.Len()
		r.inside(r.notes.order[i])
		bodies = append(bodies, bytes.Clone(r.out.Bytes()[from:]))
		r.out.Truncate(from)
	}
	r.text(`<section class="notes"`)
	if !r.how.Notes.EPUB {
		r.attribute("role", "doc-endnotes")
	}
	if r.how.Notes.Title != "" {
		r.text(` aria-labelledby="fn.title"><h2 id="fn.title">`)
		r.text(escape(r.how.Notes.Title))
		r.text("</h2>\n")
	} else {
		r.text(">\n")
	}
	if r.how.Notes.EPUB {
		r.asides(bodies)
	} else {
		r.noteList(bodies)
	}
	r.text("</section>\n")
}

func (r *renderer) noteList(bodies [][]byte) {
	r.text("<ol>\n")
	for i, body := range bodies {
		r.text(`<li`)
		r.attribute("id", noteID(i+1))
		r.text(">\n")
		body, shut := bytes.CutSuffix(body, []byte("</p>\n"))
		r.out.Write(body)
		for nth := range r.notes.refs[r.notes.order[i]] {
			r.text(" ")
			r.backLink(i+1, nth+1, "↩\ufe0e")
		}
		if shut {
			r.text("</p>\n")
		}
		r.text("</li>\n")
	}
	r.text("</ol>\n")
}

// asides writes notes as EPUB readers pop them up, each beginning with its link back.
func (r *renderer) asides(bodies [][]byte) {
	for i, body := range bodies {
		r.text(`<aside epub:type="footnote" role="doc-footnote"`)
		r.attribute("id", noteID(i+1))
		r.text(">\n")
		open := []byte("<p>")
		if bytes.HasPrefix(body, []byte("<p")) {
			open = body[:bytes.IndexByte(body, '>')+1]
		}
		body, first := bytes.CutPrefix(body, open)
		r.out.Write(open)
		for nth := range r.notes.refs[r.notes.order[i]] {
			r.backLink(i+1, nth+1, strconv.Itoa(i+1))
			r.text(" ")
		}
		if !first {
			r.text("</p>\n")
		}
		r.out.Write(body)
		r.text("</aside>\n")
	}
}

func (r *renderer) backLink(number, nth int, label string) {
	r.text(`<a class="back"`)
	r.attribute("href", "#"+referenceID(number, nth))
	r.attribute("role", "doc-backlink")
	if name := r.how.Notes.Back; name != nil {
		r.attribute("aria-label", name(number))
	}
	r.text(">")
	r.text(label)
	r.text("</a>")
}
