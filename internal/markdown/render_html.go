package markdown

import (
	"bytes"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/util"
	"golang.org/x/net/html"
)

// openTag is an element of raw HTML that is still open.
type openTag struct {
	name  string
	block bool
}

// inlineTags are the elements of raw HTML that an edition keeps within a
// paragraph; blockTags those that it keeps between paragraphs. Any other tag, a
// component of MDX for one, is dropped and its text kept.
var (
	inlineTags = tagSet("a abbr b bdi bdo cite code del dfn em i ins kbd mark q s samp small span strong sub sup u var ruby rt")
	blockTags  = tagSet("aside details div figcaption figure p section summary")
	voidTags   = tagSet("br wbr hr")
	mutedTags  = tagSet("script style template iframe object embed noscript noembed noframes textarea title svg math xmp plaintext")
)

// maxTags is how many elements of raw HTML may be open at once; further ones are
// dropped, as browsers do.
const maxTags = 200

// parents are the elements outside which a tag means nothing.
var parents = map[string]string{"summary": "details", "figcaption": "figure", "rt": "ruby"}

// keptAttributes are the attributes that stay on a tag that stays.
var keptAttributes = tagSet("title lang dir")

func tagSet(names string) map[string]bool {
	set := map[string]bool{}
	for name := range strings.FieldsSeq(names) {
		set[name] = true
	}
	return set
}

func escape(s string) string {
	if !strings.ContainsAny(s, "\x00&<>\"") {
		return s
	}
	return string(util.EscapeHTML([]byte(s)))
}

// rawInline writes one tag that stands within a paragraph.
func (r *renderer) rawInline(n *ast.RawHTML) {
	var raw bytes.Buffer
	for i := range n.Segments.Len() {
		s := n.Segments.At(i)
		raw.Write(s.Value(r.doc.body))
	}
	r.rawHTML(raw.Bytes(), false)
}

// rawLines writes an HTML block in which there is nothing to translate.
func (r *renderer) rawLines(n *ast.HTMLBlock) {
	var raw bytes.Buffer
	for i := range n.Lines().Len() {
		l := n.Lines().At(i)
		raw.Write(l.Value(r.doc.body))
	}
	if n.HasClosure() {
		raw.Write(n.ClosureLine.Value(r.doc.body))
	}
	r.rawHTML(raw.Bytes(), true)
	r.shutTag("p")
}

// rawHTML writes what of an author's HTML an edition keeps. Every tag that it
// opens it closes, at the end of the container at the latest.
func (r *renderer) rawHTML(raw []byte, block bool) {
	if isComment(raw) {
		return
	}
	z := html.NewTokenizer(bytes.NewReader(raw))
	muted := ""
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			return
		}
		token := z.Token()
		switch {
		case muted != "":
			if kind == html.EndTagToken && token.Data == muted {
				muted = ""
			}
		case kind == html.TextToken:
			r.rawText(token.Data, block)
		case kind == html.StartTagToken && mutedTags[token.Data]:
			muted = token.Data
		case kind == html.StartTagToken, kind == html.SelfClosingTagToken:
			r.openTag(token, block)
		case kind == html.EndTagToken:
			r.shutTag(token.Data)
		}
	}
}

// isComment reports whether HTML is one comment and nothing else, as most of it is.
func isComment(raw []byte) bool {
	raw = bytes.TrimSpace(raw)
	inner, begins := bytes.CutPrefix(raw, []byte("<!--"))
	inner, ends := bytes.CutSuffix(inner, []byte("-->"))
	return begins && ends && !bytes.ContainsAny(inner, ">")
}

// rawText writes the text between tags; what is outside every block element is a
// paragraph of its own.
func (r *renderer) rawText(text string, block bool) {
	if !block {
		r.text(escape(text))
		return
	}
	inside := len(r.tags) > r.floor
	if strings.TrimSpace(text) == "" {
		if inside && (len(r.stages) == 0 || cellTags[r.tags[len(r.tags)-1].name]) {
			r.text("\n")
		}
		return
	}
	r.leaveTable()
	inside = len(r.tags) > r.floor
	if !inside {
		r.text("<p>")
	}
	r.text(escape(strings.TrimSpace(text)))
	if !inside {
		r.text("</p>\n")
	}
}

func (r *renderer) openTag(t html.Token, block bool) {
	name := t.Data
	if _, ok := tableTags[name]; ok {
		if block && len(r.tags) < maxTags {
			r.tableTag(t)
		}
		return
	}
	switch {
	case name == "img":
		r.leaveTable()
		r.picture(attributeOf(t, "src"), attributeOf(t, "alt"), attributeOf(t, "title"), Mark{})
		return
	case voidTags[name]:
		if name != "hr" || block {
			r.leaveTable()
			r.text("<" + name + " />")
		}
		return
	case !inlineTags[name] && !(block && blockTags[name]), !r.allowed(name), len(r.tags) >= maxTags:
		return
	}
	href := ""
	if name == "a" {
		href = r.address(attributeOf(t, "href"), r.how.Link)
		if href == "" || r.bare || r.linked > 0 {
			return
		}
		r.linked++
	}
	if blockTags[name] {
		r.shutTag("p")
	}
	r.leaveTable()
	r.text("<" + name)
	if href != "" {
		r.attribute("href", href)
	}
	for _, a := range t.Attr {
		if keptAttributes[a.Key] {
			r.attribute(a.Key, unbroken(a.Val))
		}
	}
	r.text(">")
	r.tags = append(r.tags, openTag{name, blockTags[name]})
	if t.Type == html.SelfClosingTagToken {
		r.closeTags(len(r.tags) - 1)
	}
}

// allowed reports whether an element may stand in the innermost open one.
func (r *renderer) allowed(name string) bool {
	parent, ok := parents[name]
	return !ok || len(r.tags) > r.floor && r.tags[len(r.tags)-1].name == parent
}

func attributeOf(t html.Token, key string) string {
	for _, a := range t.Attr {
		if a.Key == key {
			return unbroken(a.Val)
		}
	}
	return ""
}

// unbroken is the value of an attribute as it is where the lines of its text are joined.
func unbroken(value string) string { return strings.Join(strings.Fields(value), " ") }

// shutTag closes an element and what is still open inside it; an end tag without
// its beginning is dropped.
func (r *renderer) shutTag(name string) {
	i := len(r.tags) - 1
	for i >= r.floor && r.tags[i].name != name && !(r.tags[i].name == "tbody" && bodies[name]) {
		if r.tags[i].name == "table" && tableTags[name] != "" {
			return // of a table around it
		}
		i--
	}
	if i >= r.floor {
		r.closeTags(i)
	}
}

// closeTags closes the raw elements that are open beyond the first n.
func (r *renderer) closeTags(n int) {
	if n >= len(r.tags) {
		return
	}
	for _, t := range slices.Backward(r.tags[n:]) {
		r.text("</" + t.name + ">")
		switch t.name {
		case "a":
			r.linked--
		case "table":
			r.stages = r.stages[:len(r.stages)-1]
			r.text("</div>")
		}
		if t.block {
			r.text("\n")
		}
	}
	r.tags = r.tags[:n]
}
