package markdown

import (
	"strconv"
	"strings"
	"unicode"

	"github.com/yuin/goldmark/ast"
	"golang.org/x/text/unicode/norm"
)

// anchors gives each heading its anchor: the author's {#id}, else a slug of its
// text, numbered where it would come twice.
func (d *Document) anchors() {
	taken := make(map[string]bool, len(d.heads))
	d.ids = make([]string, len(d.heads))
	for i, h := range d.heads {
		if id, ok := d.blocks[h].node.AttributeString("id"); ok {
			if b, ok := id.([]byte); ok {
				d.ids[i] = string(b)
				taken[d.ids[i]] = true
			}
		}
	}
	last := map[string]int{}
	for i, h := range d.heads {
		if d.ids[i] != "" {
			continue
		}
		base := slug(d.plain(d.blocks[h].node))
		id := base
		for taken[id] {
			last[base]++
			id = base + "-" + strconv.Itoa(last[base])
		}
		taken[id] = true
		d.ids[i] = id
	}
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
			if c.SoftLineBreak() || c.HardLineBreak() {
				b.WriteByte(' ')
			}
		case *ast.AutoLink:
			b.Write(c.Label(d.body))
		}
	})
	return b.String()
}
