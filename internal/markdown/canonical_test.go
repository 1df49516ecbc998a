package markdown_test

import (
	"strings"
	"testing"

	"dragoman/internal/markdown"
)

// article is a document whose first segment is the text.
func article(t *testing.T, text string) *markdown.Document {
	t.Helper()
	d, found := markdown.Parse("a.md", []byte(text+"\n\n"+definitions), markdown.Dialect{})
	if found.HasErrors() || len(d.Segments) != 2 {
		t.Fatalf("%q is not one segment: %v", text, found)
	}
	return d
}

// definitions hold one segment, a title.
const definitions = "[1]: https://example.org/one\n[Foo]: https://example.org/foo\n[titled]: /t 'A title'\n"

// same reports whether a text of another tool is a text of ours.
func same(t *testing.T, ours, theirs string) bool {
	t.Helper()
	d := article(t, ours)
	in := d.Inlines()[0]
	for _, r := range markdown.Readings(theirs, markdown.LabelsOf(d)) {
		if in.Same(&r) {
			return true
		}
	}
	return false
}

var sameTrees = []struct{ name, ours, theirs string }{
	{"equal text", "The road is long.", "The road is long."},
	{"one asterisk and one underscore", "a *short* road", "a _short_ road"},
	{"two asterisks and two underscores", "a **short** road", "a __short__ road"},
	{"strong within emphasis", "_a **b** c_", "*a __b__ c*"},
	{"a soft break and a space", "one\ntwo", "one two"},
	{"a space and a soft break", "one two", "one\ntwo"},
	{"a soft break between Chinese characters and nothing", "道路\n很长", "道路很长"},
	{"a soft break between Chinese characters and a space", "道路\n很长", "道路 很长"},
	{"a soft break before an element and a space", "one\n*two*", "one *two*"},
	{"several spaces and one", "one  two", "one two"},
	{"an escaped underscore", "snake_case", `snake\_case`},
	{"escaped asterisks", "2 * 3 * 4", `2 \* 3 \* 4`},
	{"escaped brackets", "an array[i] of", `an array\[i\] of`},
	{"an escape of ours", `\*not emphasis\*`, "&ast;not emphasis&ast;"},
	{"an escaped hyphen and full stop", "No. 2 - 3.", `No\. 2 \- 3\.`},
	{"an entity by name", "a &amp; b &copy;", "a & b ©"},
	{"an entity by number", "caf&#233; caf&#xE9;", "café café"},
	{"composed and decomposed letters", "caf\u00e9", "cafe\u0301"},
	{"a backslash and two spaces before a newline", "one\\\ntwo", "one  \ntwo"},
	{"a backslash and a tag", "one\\\ntwo", "one<br>two"},
	{"a tag with a slash and spaces", "one  \ntwo", "one<br />\ntwo"},
	{"an autolink and a bare address", "See <https://example.org/a>.", "See https://example.org/a."},
	{"a bare address and a link of it", "See https://example.org/a.", "See [https://example.org/a](https://example.org/a)."},
	{"an autolink of mail", "To <a@example.org>.", "To [a@example.org](mailto:a@example.org)."},
	{"a bare address with an escape", "See https://example.org/a_b now", `See https://example.org/a\_b now`},
	{"one backtick and two", "a `code` span", "a ``code`` span"},
	{"a backtick in code", "a `` ` `` here", "a ``` ` ``` here"},
	{"a line end in code", "a `code\nspan`", "a `code span`"},
	{"an address after its title is the same", `[a](/b "t")`, `[a](</b> 't')`},
	{"a label and its address", "See [it][1].", "See [it](https://example.org/one)."},
	{"an address and a label that nobody knows", "See [it](/it).", "See [it][7]."},
	{"a label and the same label", "See [it][1].", "See [it][1]."},
	{"a label and another label", "See [it][1].", "See [it][it]."},
	{"a short label and the full form", "See [Foo].", "See [Foo][Foo]."},
	{"a collapsed label and the short form", "See [Foo][].", "See [Foo]."},
	{"a short label beside brackets", "See [Foo] or [not].", "See [Foo] or [not]."},
	{"a short label and its address", "See [Foo].", "See [Foo](https://example.org/foo)."},
	{"a label with a title", "See [it][titled].", `See [it](/t "A title").`},
	{"an image by label", "An ![icon][1] here.", "An ![icon](https://example.org/one) here."},
	{"an address with letters escaped", "[a](/é)", "[a](/%C3%A9)"},
	{"pipes in a table's code", "a `b|c` d", `a ` + "`b\\|c`" + ` d`},
	{"strikethrough", "a ~~b~~ c", "a ~~b~~ c"},
	{"tags", `a <kbd class="x">b</kbd>`, `a <kbd  class="x">b</kbd>`},
	{"a note", "a[^1] b", "a[^1] b"},
}

func TestTextsOfOneTree(t *testing.T) {
	for _, c := range sameTrees {
		t.Run(c.name, func(t *testing.T) {
			if !same(t, c.ours, c.theirs) {
				t.Errorf("%q and %q are not the same", c.ours, c.theirs)
			}
		})
	}
}

var otherTrees = []struct{ name, ours, theirs string }{
	{"another word", "a short road", "a long road"},
	{"another case", "Road", "road"},
	{"emphasis and none", "a *short* road", "a short road"},
	{"emphasis and strong", "a *short* road", "a **short** road"},
	{"emphasis of another word", "*a* short", "a *short*"},
	{"emphasis that is escaped", "*a*", `\*a\*`},
	{"code and none", "a `b`", "a b"},
	{"code and emphasis", "a `b`", "a *b*"},
	{"escapes in code", `a ` + "`b_c`", `a ` + "`b\\_c`"},
	{"a hard break and a soft one", "one\\\ntwo", "one\ntwo"},
	{"a hard break and none", "one\\\ntwo", "onetwo"},
	{"straight quotes and curly ones", `a "b"`, "a “b”"},
	{"a hyphen and a dash", "a - b", "a – b"},
	{"three points and an ellipsis", "a...", "a…"},
	{"a space and none", "a b", "ab"},
	{"a space between Korean words and none", "길은 멀다", "길은멀다"},
	{"a space of no width to break", "a b", "a\u00a0b"},
	{"a link and its text", "See [it](/it).", "See it."},
	{"a link elsewhere", "See [it](/it).", "See [it](/that)."},
	{"a label that leads elsewhere", "See [it][1].", "See [it](https://example.org/two)."},
	{"another title", `[a](/b "t")`, `[a](/b "u")`},
	{"a link and an image", "a [b](/c)", "a ![b](/c)"},
	{"brackets and a link", "an array[1] of", `an array\[1\] of`},
	{"two paragraphs", "a b", "a\n\nb"},
	{"another tag", "a <b>c</b>", "a <i>c</i>"},
	{"an escaped tag", "a <b>c</b>", `a \<b>c\</b>`},
	{"an escaped entity", "a &amp;amp; b", "a &amp; b"},
}

func TestTextsOfDifferentTrees(t *testing.T) {
	for _, c := range otherTrees {
		t.Run(c.name, func(t *testing.T) {
			if same(t, c.ours, c.theirs) {
				t.Errorf("%q and %q are the same", c.ours, c.theirs)
			}
		})
	}
}

func TestFrontMatterIsPlain(t *testing.T) {
	d, _ := markdown.Parse("a.md", []byte("---\ntitle: A *b* [c]\n---\n"), markdown.Dialect{})
	in := d.Inlines()[0]
	for text, want := range map[string]bool{`A \*b\* \[c\]`: true, "A *b* [c]": false} {
		if got := in.Same(&markdown.Readings(text, nil)[0]); got != want {
			t.Errorf("%q is the same: %v", text, got)
		}
	}
}

// A text is the same as itself, and stays so as its own translation.
func FuzzReadings(f *testing.F) {
	for _, c := range sameTrees {
		f.Add(c.ours)
		f.Add(c.theirs)
	}
	for _, c := range otherTrees {
		f.Add(c.theirs)
	}
	f.Add(strings.Repeat("[a](", 1000))
	f.Fuzz(func(t *testing.T, text string) {
		r := markdown.Readings(text, nil)[0]
		if !r.Same(&r) {
			t.Errorf("%q is not the same as itself", text)
		}
		rewritten, _ := r.Rewrite(&r, text)
		again := markdown.Readings(rewritten, nil)[0]
		if !strings.ContainsAny(text, "\r\n") && !r.Same(&again) {
			t.Errorf("%q became %q", text, rewritten)
		}
	})
}
