package markdown_test

import (
	"fmt"
	"strings"
	"testing"

	"dragoman/internal/markdown"
)

var taken = []struct{ name, text, want string }{
	{"words are one piece", "no marks at all", "no marks at all"},
	{"nothing has no pieces", "", ""},
	{"emphasis is a pair", "a *b* c", "a <1 *>b</1 *> c"},
	{"emphasis is nested", "***x** y*", "<1 *><2 **>x</2 **> y</1 *>"},
	{"marks that emphasize nothing are words", "2 * 3 * 4 snake_case_name", "2 * 3 * 4 snake_case_name"},
	{"emphasis stands beside Korean", "**마크다운(Markdown)**은", "<1 **>마크다운(Markdown)</1 **>은"},
	{"a link keeps its address", "[it](https://a.b/c_(d))", "<1 [>it</1 ](https://a.b/c_(d))>"},
	{"a link's title is words", `[it](u "now") x`, `<1 [>it</1 ](u ><2 ">now</2 ")> x`},
	{"a link keeps its label", "[it][Label] and [text]", "<1 [>it</1 ][Label]> and [text]"},
	{"marks within a link are nested in it", "[*a* b](c)", "<1 [><2 *>a</2 *> b</1 ](c)>"},
	{"an image's alternative text is words", "![a *b*](c.png)", "<1 ![>a *b*</1 ](c.png)>"},
	{"an image in a link is nested", "[![a](b)](c)", "<1 [><2 ![>a</2 ](b)></1 ](c)>"},
	{"code is one code", "use `a *b*` and `` `x` ``", "use {`a *b*`} and {`` `x` ``}"},
	{"addresses are codes", "<https://a.b> or https://c.d/e.", "{<https://a.b>} or {https://c.d/e}."},
	{"an element of HTML is a pair", `a <b class="x">c</b> <br> d`, `a <1 <b class="x">>c</1 </b>> {<br>} d`},
	{"tags that do not match stand by themselves", "<i>a <b>b</i> c", "<1 <i>>a {<b>}b</1 </i>> c"},
	{"a tag does not reach out of emphasis", "*<b>a* b</b>", "<1 *>{<b>}a</1 *> b{</b>}"},
	{"a hard break is a code", "a\\\nb", "a{\\\n}b"},
	{"a note is a code", "said so.[^1]", "said so.{[^1]}"},
	{"an id and a shortcode are codes", "Title {#id} {{< ref >}} {{x}}", "Title {{#id}} {{{< ref >}}} {{{x}}}"},
	{"what is struck is a pair", "~~a~~ ~b~", "<1 ~~>a</1 ~~> <2 ~>b</2 ~>"},
	{"escapes and entities are words", `1\. a &amp; \*b\*`, `1\. a &amp; \*b\*`},
	{"space at the ends is words", " *a* ", " <1 *>a</1 *> "},
	{"what begins like a block is words", "# a\n- *b*", "# a\n- <1 *>b</1 *>"},
}

func TestPieces(t *testing.T) {
	for _, test := range taken {
		t.Run(test.name, func(t *testing.T) {
			var b strings.Builder
			for _, p := range markdown.Pieces(test.text) {
				switch p.Role {
				case markdown.Words:
					b.WriteString(p.Text)
				case markdown.Opens:
					fmt.Fprintf(&b, "<%d %s>", p.Pair, p.Text)
				case markdown.Closes:
					fmt.Fprintf(&b, "</%d %s>", p.Pair, p.Text)
				case markdown.Stands:
					b.WriteString("{" + p.Text + "}")
				}
			}
			if got := b.String(); got != test.want {
				t.Errorf("got  %q\nwant %q", got, test.want)
			}
		})
	}
}

func FuzzPieces(f *testing.F) {
	for _, test := range taken {
		f.Add(test.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var b strings.Builder
		var open []int
		for _, p := range markdown.Pieces(text) {
			b.WriteString(p.Text)
			switch p.Role {
			case markdown.Opens:
				open = append(open, p.Pair)
			case markdown.Closes:
				if len(open) == 0 || open[len(open)-1] != p.Pair {
					t.Fatalf("pair %d of %q is not nested", p.Pair, text)
				}
				open = open[:len(open)-1]
			}
			if p.Text == "" {
				t.Fatalf("an empty piece in %q", text)
			}
		}
		if b.String() != text || len(open) > 0 {
			t.Fatalf("%q became %q", text, b.String())
		}
	})
}
