package markdown

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

// anchorCases are headings and their anchors.
var anchorCases = []struct{ name, src, want string }{
	{"a slug of the text", "# Hello, *World* & Co.\n", "hello-world--co"},
	{"digits, hyphens and underscores stay", "# 1.2 a-b_c\n", "12-a-b_c"},
	{"letters of any script", "# 한국어 제목\n\n# 中文标题：一\n\n# Größe\n\n# العربية\n", "한국어-제목 中文标题一 größe العربية"},
	{"composed, however it is written", "# cafe\u0301\n", "café"},
	{"links, images and code count as their text", "# [a](b) `c()` ![d](e)\n", "a-c-d"},
	{"the author's own", "# One {#eins}\n\nTwo {#zwei}\n---\n\n# Three {/*drei*/}\n", "eins zwei drei"},
	{"twice the same is numbered", "# A\n\n# A\n\n# A\n", "a a-1 a-2"},
	{"a number that is taken is passed over", "# A\n\n# A-1\n\n# A\n", "a a-1 a-2"},
	{"the author's own is taken first", "# A\n\n# B {#a}\n", "a-1 a"},
	{"nothing to make one of", "# …\n\n# !\n", "section section-1"},
	{"an id that is no text is none", "# A {id=3}\n", "a"},
	{"a heading in Chinese on two lines", "一\n二\n===\n", "一二"},
}

func TestAnchors(t *testing.T) {
	for _, c := range anchorCases {
		t.Run(c.name, func(t *testing.T) {
			d := parse(t, c.src)
			if got := anchorsOf(d); !slices.Equal(got, strings.Fields(c.want)) {
				t.Errorf("got %q, want %q", got, c.want)
			}
			back, _ := d.Translate(language.Korean, func(int, *Segment) (string, bool) { return "다른 제목", true })
			if got := anchorsOf(back); !slices.Equal(got, strings.Fields(c.want)) {
				t.Errorf("translated, got %q, want %q", got, c.want)
			}
		})
	}
}

func anchorsOf(d *Document) (ids []string) {
	for _, h := range d.Headings() {
		ids = append(ids, h.ID)
	}
	return ids
}

func TestHeadingsAsContentsShowThem(t *testing.T) {
	d := parse(t, "# [A](b) *c* `d`[^1] ![e](f)\n\n[^1]: g\n\n## …\n\n## **한**\n한\n")
	got := d.Headings()
	want := []HeadingRef{
		{1, "a-c-d-e", "A <em>c</em> <code>d</code>", 0}, {2, "section", "…", -1}, {2, "한", "<strong>한</strong>", 2},
	}
	if !slices.Equal(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
}
