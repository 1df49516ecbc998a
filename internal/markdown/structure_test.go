package markdown

import (
	"html"
	"os"
	"regexp"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

// hostile are answers that would open or close a block if they were written as
// they are, and what a reader must see of them. Each is plain text: nothing in
// them is Markdown that a translator could have meant.
var hostile = []struct{ answer, seen string }{
	{"# x", "# x"},
	{"###### x ##", "###### x ##"},
	{"#", "#"},
	{"- x", "- x"},
	{"* x", "* x"},
	{"+ x", "+ x"},
	{"-", "-"},
	{"+", "+"},
	{"1999. x", "1999. x"},
	{"1) x", "1) x"},
	{"> x", "> x"},
	{">x", ">x"},
	{"| x |", "| x |"},
	{"a | b", "a | b"},
	{"| - |", "| - |"},
	{"===", "==="},
	{"---", "---"},
	{"- - -", "- - -"},
	{"***", "***"},
	{"_ _ _", "_ _ _"},
	{":--|--:", ":--|--:"},
	{"```", "```"},
	{"``` go", "``` go"},
	{"~~~", "~~~"},
	{"<div>", "<div>"},
	{"<div", "<div"},
	{"</div>", "</div>"},
	{"<script>alert(1)", "<script>alert(1)"},
	{"<x-y>", "<x-y>"},
	{"<!--", "<!--"},
	{"<!-- x -->", "<!-- x -->"},
	{"<?php", "<?php"},
	{"<!DOCTYPE html>", "<!DOCTYPE html>"},
	{"<![CDATA[x", "<![CDATA[x"},
	{"    four spaces", "four spaces"},
	{"\tx", "x"},
	{"[^1]: x", "x"}, // in the middle of a line it refers to the note
	{"[^new]: x", "[^new]: x"},
	{"[y]: x", "[y]: x"},
	{"[ ] x", "[ ] x"},
	{"[x] y", "[x] y"},
	{": x", ": x"},
	{"x\n\ny", "x y"},
	{"x\n===", "x ==="},
	{"x\n---", "x ---"},
	{"x\n- y", "x - y"},
	{"x\n\n# y", "x # y"},
	{"x\n| - |", "x | - |"},
	{"x\\\n- y", "x - y"},
	{"x\\\n1. y", "x 1. y"},
	{"x\\\n    y", "x y"},
	{"x\\\n```", "x ```"},
	{"x\\\n<div>", "x <div>"},
	{"x\\\n===", "x ==="},
	{"x\\\n: y", "x : y"},
	{"x\\", `x\`},
	{`x\\\`, `x\\`},
	{"x {#y}", "x {#y}"},
	{"x {.y}", "x {.y}"},
	{"x {a=b}", "x {a=b}"},
	{"x {/* y */}", "x {/* y */}"},
	{"]", "]"},
	{"x](y", "x](y"},
	{`"x" 'y' (z)`, `"x" 'y' (z)`},
	{"--- x", "--- x"},
	{"::: x", "::: x"},
	{"%", "%"},
	{"&", "&"},
}

var (
	anyTag   = regexp.MustCompile(`<[^>]*>`)
	altValue = regexp.MustCompile(`(?:alt|title)="([^"]*)"`)
)

// sights are the texts that a reader of the HTML sees, tags and white space folded.
func sights(rendered []byte) string {
	text := string(rendered)
	var b strings.Builder
	for _, m := range altValue.FindAllStringSubmatch(text, -1) {
		b.WriteString(" " + m[1])
	}
	b.WriteString(anyTag.ReplaceAllString(text, ""))
	return strings.Join(strings.Fields(html.UnescapeString(b.String())), " ")
}

func TestHostileAnswersReadAsWritten(t *testing.T) {
	t.Parallel()
	d, found := Parse("every-construct.md", []byte(everyConstruct), Dialect{})
	if d == nil {
		t.Fatal(found)
	}
	for i := range d.Segments {
		seg := &d.Segments[i]
		for _, h := range hostile {
			back, found := d.Translate(language.Korean, func(k int, _ *Segment) (string, bool) { return h.answer, k == i })
			if len(found) > 0 || !d.alike(back) {
				t.Errorf("%q for %q: another structure %v", h.answer, seg.Text, found)
				continue
			}
			seen, want := seenOf(back, i), h.seen
			if seg.block < 0 {
				want = strings.Join(strings.Fields(h.answer), " ")
			}
			if !strings.Contains(seen, want) {
				t.Errorf("%q for %q (%v) reads %q, want %q", h.answer, seg.Text, seg.Kind, seen, want)
			}
		}
	}
}

// seenOf is what a reader sees of an article; of front matter, the value; of a
// note that nothing refers to, its text.
func seenOf(d *Document, segment int) string {
	seg := &d.Segments[segment]
	switch {
	case seg.block < 0:
		return strings.Join(strings.Fields(metaOf(d, seg.Name)), " ")
	case strings.Contains(seg.Text, "Nobody refers"):
		return sights([]byte(d.InlineHTML(segment)))
	}
	return sights(d.Render(Rendering{}))
}

func TestCorpusKeepsItsStructureWhateverTheAnswers(t *testing.T) {
	t.Parallel()
	for path, src := range corpus(t) {
		d, found := Parse(path, src, Dialect{Name: os.Getenv("DIALECT"), CodeComments: os.Getenv("CODE_COMMENTS") != ""})
		if d == nil {
			t.Fatalf("%s: %v", path, found)
		}
		for _, h := range hostile {
			answers := make([]answer, len(d.Segments))
			for i := range answers {
				answers[i] = answer{segment: i, text: h.answer}
			}
			if d.write(answers) != nil {
				continue
			}
			for i := range answers {
				if d.write(answers[i:i+1]) == nil {
					t.Errorf("%s: %q for %q (%v) is another structure", path, h.answer, d.Segments[i].Text, d.Segments[i].Kind)
				}
			}
		}
	}
}

func metaOf(d *Document, key string) string {
	return map[string]string{
		"title": d.Meta.Title, "description": d.Meta.Description,
		"summary": d.Meta.Summary, "subtitle": d.Meta.Subtitle,
	}[key]
}

// everyConstruct has each construct in which a segment can stand.
const everyConstruct = `---
title: "A title: quoted"
description: plain
summary: 'single'
subtitle: |
  a literal
  block
weight: 3
---

# One {#one}

Two
===

A paragraph
of two lines.

Setext of
two lines
---------

- tight
- two
  lines
- [ ] a task
- [x] done

1. loose

   more

7. ordered from seven
   - nested
     > quoted *in* a list

> A quote
> of two lines.
>
> - an item in it

| A | B ` + "`x|y`" + ` |
|:--|--:|
| c | d |
| e \| f |

Term
: definition
  continued

Other
: loose

A note[^1] and another[^n].

[^1]: The note.
[^n]: Another
    paragraph.

    A second paragraph.
[^unused]: Nobody refers to it.

![A picture](a.png "Its title")

![Linked](b.png) ![two][ref]

Text with ![an image](c.png) in it, a [reference][ref], a [ref], a [ref][].

[ref]: https://example.org/ "Reference title"

A hard\
break, and two spaces  
too.

<details>
<summary>A <b>summary</b></summary>

Inside.

</details>

<figure><img src="a.png">
  <figcaption>A caption
  of two lines</figcaption></figure>

> [!NOTE]
> An alert.

## Last ##
`
