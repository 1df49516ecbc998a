package markdown_test

import (
	"strings"
	"testing"

	"dragoman/internal/markdown"
)

var parted = []struct {
	name, text string
	kind       markdown.Kind
	words      string
	links      string
}{
	{"marks are no words", "See *all* of **it**, `code` and ~~that~~.", 0, "See all of it, code and that.", ""},
	{"a link is its text", "See [it](https://a.org/1).", 0, "See it.", "https://a.org/1"},
	{"a title is read", `See [it](u "The rest").`, 0, "See it The rest.", "u"},
	{"a link with a label leads there", "See [it][here].", 0, "See it.", "here"},
	{"an address in angle brackets is no word", "See <https://a.org/1> now.", 0, "See now.", "https://a.org/1"},
	{"nor is a bare one", "See https://a.org/1.", 0, "See .", "https://a.org/1"},
	{"nor one that is the text of its own link", "See [https://a.org/1](https://a.org/1) now.", 0, "See now.", "https://a.org/1"},
	{"the mark of a note is no word", "It is so.[^1] And so.[^note]", 0, "It is so. And so.", ""},
	{"an image is its alternative text", "Look: ![a map](map.png)", 0, "Look: a map", "map.png"},
	{"tags are no words, and may lead somewhere", `A <kbd>key</kbd> <a href="u">x</a>`, 0, "A key x", "u"},
	{"a hard break is a space", "one\\\ntwo", 0, "one two", ""},
	{"escapes and entities are what they stand for", `5 \* 3 &lt; 20`, 0, "5 * 3 < 20", ""},
	{"the id of a heading is no word", "The road {#road}", markdown.Heading, "The road", ""},
	{"a comment is no word", "a <!-- b --> c", 0, "a c", ""},
	{"HTML", `Go <a href='x.html' class="y">home</a>&amp;<br>out`, markdown.HTML, "Go home& out", "x.html"},
	{"front matter is plain", "*Stars*: http://a.org/3, and on", markdown.FrontMatter, "*Stars*: , and on", "http://a.org/3"},
	{"nothing", "", 0, "", ""},
}

func TestPartsOf(t *testing.T) {
	for _, tt := range parted {
		t.Run(tt.name, func(t *testing.T) {
			p := markdown.PartsOf(tt.kind, tt.text)
			if p.Words != tt.words || strings.Join(p.Links, " ") != tt.links {
				t.Errorf("got %q %q, want %q %q", p.Words, p.Links, tt.words, tt.links)
			}
		})
	}
}

func TestShape(t *testing.T) {
	for _, tt := range []struct {
		name, a, b string
		same       bool
	}{
		{"where a link leads is no part of it", "[a](x)", "[a](y)", true},
		{"nor is what an address in the text says", "See <https://a.org>.", "See <https://b.org>.", true},
		{"nor how emphasis is written", "*a* __b__", "_a_ **b**", true},
		{"the place of emphasis is", "*a* b", "a *b*", false},
		{"and its strength", "*a*", "**a**", false},
		{"and the label of a note", "a[^1]", "a[^2]", false},
		{"and the id of a heading", "a {#b}", "a {#c}", false},
		{"and whether there is a link", "[a](x) b", "a b", false},
		{"and a title", `[a](x "t")`, `[a t](x)`, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a, b := markdown.PartsOf(0, tt.a), markdown.PartsOf(0, tt.b)
			if (a.Shape == b.Shape) != tt.same {
				t.Errorf("%q %q", a.Shape, b.Shape)
			}
		})
	}
}

func TestRedirect(t *testing.T) {
	for _, tt := range []struct {
		name     string
		kind     markdown.Kind
		text     string
		from, to string
		want     string // empty: it cannot be done
	}{
		{"the one link", 0, "[가](https://a.org)를 보라", "https://a.org", "https://b.org", "[가](https://b.org)를 보라"},
		{"an address in the text", 0, "<https://a.org> 참조", "https://a.org", "https://b.org", "<https://b.org> 참조"},
		{"a label", 0, "[a b][a]", "a", "b", "[a b][b]"},
		{"a link in HTML", markdown.HTML, `<a href="a.html">가</a>`, "a.html", "b.html", `<a href="b.html">가</a>`},
		{"an address whose text is also a word", 0, "[u](u)", "u", "v", "[u](v)"},
		{"two links to one place", 0, "[가](a) [나](a)", "a", "b", ""},
		{"none", 0, "[가](https://ko.a.org)", "https://a.org", "https://b.org", ""},
		{"one that begins like it", 0, "[가](https://a.org/x)", "https://a.org", "https://b.org", ""},
		{"it is mentioned in code as well", 0, "[가](https://a.org) `https://a.org`", "https://a.org", "https://b.org", "[가](https://b.org) `https://a.org`"},
		{"an address that would break the link", 0, "[가](a)", "a", "b c", ""},
	} {
		t.Run(tt.name, func(t *testing.T) {
			got, ok := markdown.Redirect(tt.kind, tt.text, tt.from, tt.to)
			want := tt.want
			if want == "" {
				want = tt.text
			}
			if got != want || ok != (tt.want != "") {
				t.Errorf("got %q %v, want %q", got, ok, want)
			}
		})
	}
}

func FuzzPartsOf(f *testing.F) {
	for _, tt := range parted {
		f.Add(tt.text, uint8(tt.kind))
	}
	f.Fuzz(func(t *testing.T, text string, kind uint8) {
		k := markdown.Kind(kind) % (markdown.HTML + 1)
		p := markdown.PartsOf(k, text)
		if len(p.Words) > 3*len(text)+8 {
			t.Errorf("%q has the words %q", text, p.Words)
		}
		for _, to := range p.Links {
			if again, ok := markdown.Redirect(k, text, to, to); ok && again != text {
				t.Errorf("%q leads to %q, to which redirected it is %q", text, to, again)
			}
		}
	})
}
