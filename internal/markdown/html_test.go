package markdown

import (
	"maps"
	"slices"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

func TestHTMLBlocksBeginWhereTheyDoForGoldmark(t *testing.T) {
	names := slices.Sorted(maps.Keys(htmlBlocks))
	names = append(names, slices.Sorted(maps.Keys(rawBlocks))...)
	for _, name := range append(names, "DIV", "b", "x-y", "div-x", "h7", "divx", "!--", "!-", "!DOCTYPE", "![CDATA[", "?", "") {
		for _, form := range []struct{ before, after string }{
			{"<", ">"},
			{"<", ">\n"},
			{"<", ""},
			{"<", "\n"},
			{"<", "\r\n"},
			{"<", " a='b'>\n"},
			{"<", " a=\n"},
			{"<", "\ta>\n"},
			{"<", "/>\n"},
			{"<", "/\n"},
			{"<", " />\n"},
			{"<", ">a -->\n"},
			{"<", "> "},
			{"<", "&\n"},
			{"</", ">\n"},
			{"</ ", ">\n"},
			{"</", " a>\n"},
			{"< ", ">\n"},
			{"   <", ">\n"},
			{"    <", ">\n"},
			{"- <", ">\n"},
			{"> \t<", ">\n"},
			{"a\n<", ">\n"},
			{"a\n</", "\n"},
			{"a\n<", " a='b'>\n"},
		} {
			src := []byte(form.before + name + form.after)
			pc := parser.NewContext()
			pc.Set(guardKey, &guard{at: -1})
			ours := Dialect{Name: "commonmark"}.parserOf(src).Parse(text.NewReader(src), parser.WithContext(pc))
			if got, want := htmlBlocksIn(ours), htmlBlocksIn(goldmark.DefaultParser().Parse(text.NewReader(src))); !slices.Equal(got, want) {
				t.Errorf("%q: got %v, want %v", src, got, want)
			}
		}
	}
}

// htmlBlocksIn are the kinds of the HTML blocks below n.
func htmlBlocksIn(n ast.Node) (kinds []ast.HTMLBlockType) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if h, ok := c.(*ast.HTMLBlock); ok {
			kinds = append(kinds, h.HTMLBlockType)
		}
		kinds = append(kinds, htmlBlocksIn(c)...)
	}
	return kinds
}
