package markdown

import (
	"bytes"
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/text/unicode/norm"
)

// anchors are those of the headings: the author's {#id}, else a slug of the text,
// numbered where it would come twice.
func (d *Document) anchors() []string {
	taken := make(map[string]bool, len(d.heads))
	ids := make([]string, len(d.heads))
	for i, h := range d.heads {
		if id := headingID(d.blocks[h].node); len(id) > 0 {
			ids[i] = string(id)
			taken[ids[i]] = true
		}
	}
	last := map[string]int{}
	for i, h := range d.heads {
		if ids[i] != "" {
			continue
		}
		base := slug(d.plain(d.blocks[h].node))
		id := base
		for taken[id] {
			last[base]++
			id = base + "-" + strconv.Itoa(last[base])
		}
		taken[id] = true
		ids[i] = id
	}
	return ids
}

// Anchored is the article's bytes with the anchor of each heading that a generator
// would give another, written as the dialect writes anchors: a translated heading
// keeps the address of its original. A dialect without a way to write them has the
// bytes as they are.
func (d *Document) Anchored() []byte {
	if !d.dialect.has(headingIDs) {
		return d.src
	}
	var out []byte
	from := 0
	for i, id := range d.anchors() {
		if id == d.ids[i] {
			continue
		}
		b := &d.blocks[d.heads[i]]
		at := b.span.end
		if b.span.form == atx {
			if n := bytes.IndexByte(d.body[at:], '\n'); n >= 0 {
				at += len(bytes.TrimRight(d.body[at:at+n], " \t\r"))
			} else {
				at = len(bytes.TrimRight(d.body, " \t\r"))
			}
		}
		at += d.front.end
		out = append(out, d.src[from:at]...)
		out = append(out, " {#"+d.ids[i]+"}"...)
		from = at
	}
	return append(out, d.src[from:]...)
}

// headingID is the anchor that the author gave a heading, {#id}, {id=…} or
// {/*id*/}; empty if none.
func headingID(n ast.Node) []byte {
	if c := anchorComment(n); c != nil {
		return c.text
	}
	value, _ := n.AttributeString("id")
	id, _ := value.([]byte)
	return id
}

// slug is a text as an anchor, as GitHub makes it: letters and digits of any
// script, lower case, a hyphen for a space.
func slug(text string) string {
	var b strings.Builder
	for _, r := range norm.NFC.String(strings.TrimSpace(text)) {
		switch {
		case unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '-' || r == '_':
			b.WriteRune(unicode.ToLower(r))
		case r == ' ':
			b.WriteByte('-')
		}
	}
	if b.Len() == 0 {
		return "section"
	}
	return b.String()
}

// plain is the text of a block without its markup.
func (d *Document) plain(n ast.Node) string {
	var b strings.Builder
	walkInline(n, func(c ast.Node) {
		switch c := c.(type) {
		case *ast.Text:
			b.Write(c.Segment.Value(d.body))
			if c.HardLineBreak() || c.SoftLineBreak() && !d.joins(c) {
				b.WriteByte(' ')
			}
		case *ast.AutoLink:
			b.Write(c.Label(d.body))
		}
	})
	return b.String()
}
