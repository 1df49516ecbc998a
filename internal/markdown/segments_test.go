package markdown

import (
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// segmentCases are articles and the segments that come of them, one a line: kind,
// level of a heading, place, text.
var segmentCases = []struct{ name, src, want string }{
	{
		"a paragraph is a segment, whatever its lines",
		"One\ntwo.\n\nThree.\n",
		`
		paragraph 1:1 One two.
		paragraph 4:1 Three.`,
	},
	{
		"headings have a level and lose their marks",
		"# One\n\n### Three ###\n\nTwo\n---\n",
		`
		heading 1 1:3 One
		heading 3 3:5 Three
		heading 2 5:1 Two`,
	},
	{
		"a heading's id is not its text",
		"# One {#one}\n\n## Two {.c id=two}\n\n### Three {/*three*/}\n\nFour {#four}\n===\n",
		`
		heading 1 1:3 One
		heading 2 3:4 Two
		heading 3 5:5 Three
		heading 1 7:1 Four`,
	},
	{
		"braces that are no attributes are text",
		"# One {two}\n",
		`heading 1 1:3 One {two}`,
	},
	{
		"an empty heading is no segment",
		"#\n\n## \n\n# ##\n\nText.\n",
		`paragraph 7:1 Text.`,
	},
	{
		"an underlined heading may have several lines, in a quote too",
		"> Two\n> lines\n> =====\n",
		`heading 1 1:3 Two lines`,
	},
	{
		"what ends a table and is no heading's line is no text",
		"| a |\n|-|\n=\nb\n",
		`
		cell 1:3 a
		paragraph 4:1 b`,
	},
	{
		"list items, tight and loose, with any mark",
		"- a\n- b\n\n* c\n\n  d\n\n1. e\n   f\n",
		`
		item 1:3 a
		item 2:3 b
		item 4:3 c
		item 6:3 d
		item 8:4 e f`,
	},
	{
		"lists in lists, indented by tabs",
		"- a\n\t- b\n\t\t1. c\n\n\t\t   d\n",
		`
		item 1:3 a
		item 2:4 b
		item 3:6 c
		item 5:6 d`,
	},
	{
		"a task's box is not its text",
		"- [ ] to do\n- [x]   done\n- [y] no task\n",
		`
		item 1:7 to do
		item 2:9 done
		item 3:3 [y] no task`,
	},
	{
		"a quote, a lazy line of it, a list in it, a quote in a list",
		"> a\nb\n>\n> - c\n\n- > d\n  > e\n",
		`
		quote 1:3 a b
		item 4:5 c
		quote 6:5 d e`,
	},
	{
		"tabs after the mark of a quote",
		">\ta\n>\tb\n>\n>\t- c\n",
		`
		quote 1:3 a b
		item 4:5 c`,
	},
	{
		"cells, a header, a row that is too short, empty cells",
		"| a | b |\n|---|---|\n| c |\n|   | d |\n",
		`
		cell 1:3 a
		cell 1:7 b
		cell 3:3 c
		cell 4:7 d`,
	},
	{
		"a pipe in a cell is shown plain, in code too; a backslash before it stays",
		"| a \\| b | see `c\\|d` |\n|-|-|\n| e \\\\| f | g |\n",
		"\n\t\tcell 1:3 a | b\n\t\tcell 1:12 see `c|d`\n\t\tcell 3:3 e \\\\| f\n\t\tcell 3:13 g",
	},
	{
		"a table right below a paragraph",
		"Text\n| a | b |\n|---|---|\n| c | d |\n",
		`
		paragraph 1:1 Text
		cell 2:3 a
		cell 2:7 b
		cell 4:3 c
		cell 4:7 d`,
	},
	{
		"terms and definitions",
		"Term\nOther\n: one\n  line\n\n: two\n\n    three\n",
		`
		term 1:1 Term
		term 2:1 Other
		definition 3:3 one line
		definition 6:3 two
		definition 8:5 three`,
	},
	{
		"notes stand where the author wrote them, also those that nothing refers to",
		"a[^1] b[^2]\n\n[^2]: Two.\n\nText.\n\n[^1]: One\n    line.\n\n    - item\n\n[^3]: Three.\n",
		`
		paragraph 1:1 a[^1] b[^2]
		footnote 3:7 Two.
		paragraph 5:1 Text.
		footnote 7:7 One line.
		item 10:7 item
		footnote 12:7 Three.`,
	},
	{
		"a note in a quote, and a note in a note",
		"> a[^1]\n>\n> [^1]: b[^2]\n\n[^2]: c\n",
		`
		quote 1:3 a[^1]
		footnote 3:9 b[^2]
		footnote 5:7 c`,
	},
	{
		"an image alone has an alternative text and a title",
		"![A picture](a.png \"Its title\")\n\n[![Linked](b.png)](c.html)\n",
		`
		alt 1:3 A picture
		title 1:21 Its title
		alt 3:4 Linked`,
	},
	{
		"images one after the other, by reference too",
		"![a](b)\n![c][d]\n\n[d]: e \"f\"\n",
		`
		alt 1:3 a
		alt 2:3 c
		title 4:9 f`,
	},
	{
		"an image within text is part of it",
		"See ![a](b \"c\") here.\n",
		`paragraph 1:1 See ![a](b "c") here.`,
	},
	{
		"an image in an image's alternative text is text",
		"![a ![b](c)](d)\n",
		`alt 1:3 a ![b](c)`,
	},
	{
		"titles of link reference definitions, in any quotes; the rest of them is none",
		"[a]\n\n[a]: b \"c\"\n[d]: e 'f'\n[g]: h (i)\n[j]: k\n[l]: m\n  \"n\"\n",
		`
		paragraph 1:1 [a][a]
		title 3:9 c
		title 4:9 f
		title 5:9 i
		title 8:4 n`,
	},
	{
		"what follows a definition on the next line is no title if more comes after it",
		"[a]: b\n\"c\" d\n",
		`paragraph 2:1 "c" d`,
	},
	{
		"short reference links are shown in full, or a translation would lose them",
		"[a], [a][], [b][a], ![a] and [none].\n\n[a]: u\n",
		`paragraph 1:1 [a][a], [a][a], [b][a], ![a][a] and [none].`,
	},
	{
		"an empty label over two lines",
		"> [one][\n> ] two\n\n[one]: u\n",
		`quote 1:3 [one][one] two`,
	},
	{
		"a reference's label on two lines has one space",
		"[one\ntwo]\n\n[one two]: u\n",
		`paragraph 1:1 [one two][one two]`,
	},
	{
		"a link's text and title over two lines",
		"[one\ntwo](u \"three\nfour\")\n",
		`paragraph 1:1 [one two](u "three four")`,
	},
	{
		"hard breaks are a backslash and a newline, however the author writes them",
		"a\\\nb  \nc   \nd\n",
		`paragraph 1:1 "a\\\nb\\\nc\\\nd"`,
	},
	{
		"a backslash that two spaces follow is text",
		"a\\  \nb\n",
		`paragraph 1:1 "a\\  \nb"`,
	},
	{
		"no hard break at the end of a paragraph",
		"a  \n\nb\\\n",
		`
		paragraph 1:1 a
		paragraph 3:1 b\`,
	},
	{
		"lines of Chinese and Japanese join without a space, also past emphasis and links",
		"中文，\n**中文**\n字\n[中文](u)\nかな\nabc\n中\n",
		`paragraph 1:1 中文，**中文**字[中文](u)かな abc 中`,
	},
	{
		"lines of Korean join with a space",
		"한국어\n문장\n",
		`paragraph 1:1 한국어 문장`,
	},
	{
		"in code a line break is a space, in Chinese too",
		"字`中\n文`字\n",
		"paragraph 1:1 字`中 文`字",
	},
	{
		"code, rules, tags and numbers without a word are not translated",
		"```go\n// x\n```\n\n    y\n\n---\n\n`z`\n\n…\n\n<br/>\n\n[](u)\n",
		``,
	},
	{
		"digits are words",
		"1989\n",
		`paragraph 1:1 1989`,
	},
	{
		"the texts of an HTML block, inline tags and all",
		"<figure>\n<img src=\"a.svg\" alt=\"b\">\n<figcaption>The <b>border</b>\nto the north</figcaption>\n</figure>\n",
		`html 3:13 The <b>border</b> to the north`,
	},
	{
		"text that an author's tag begins is a paragraph",
		"<b>One</b> two.\n",
		`paragraph 1:1 <b>One</b> two.`,
	},
	{
		"entities and escapes stay as the author wrote them",
		"&copy; 5 \\* 3 &#35;\n",
		`paragraph 1:1 &copy; 5 \* 3 &#35;`,
	},
	{
		"carriage returns are no part of it",
		"# One\r\n\r\nTwo\r\nthree.  \r\nFour\r\n",
		`
		heading 1 1:3 One
		paragraph 3:1 "Two three.\\\nFour"`,
	},
	{
		"a byte order mark and no newline at the end",
		"\ufeffOne\ntwo",
		`paragraph 1:1 One two`,
	},
	{
		"columns count characters",
		"- 한국 **어**\n\n| 中文 | 文 |\n|-|-|\n",
		`
		item 1:3 한국 **어**
		cell 3:3 中文
		cell 3:8 文`,
	},
	{
		"an alert's mark is not its text",
		"> [!NOTE]\n> Mind *this*.\n",
		`quote 2:3 Mind *this*.`,
	},
}

func TestSegmentsOfMarkdown(t *testing.T) {
	for _, c := range segmentCases {
		t.Run(c.name, func(t *testing.T) {
			d := parse(t, c.src)
			var got []string
			for i := range d.Segments {
				got = append(got, shown(&d.Segments[i]))
			}
			if diff := cmp.Diff(lines(c.want), got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// parse reads an article that must have no faults.
func parse(t testing.TB, src string) *Document {
	t.Helper()
	d, found := Parse("a.md", []byte(src), Dialect{})
	if d == nil || len(found) > 0 {
		t.Fatalf("%v", found)
	}
	return d
}

// shown is a segment as the tables write it.
func shown(s *Segment) string {
	var b strings.Builder
	b.WriteString(s.Kind.String())
	if s.Level > 0 {
		b.WriteString(" " + strconv.Itoa(s.Level))
	}
	text := s.Text
	if strings.Contains(text, "\n") {
		text = strconv.Quote(text)
	}
	fmt.Fprintf(&b, " %d:%d %s", s.Pos.Line, s.Pos.Column, text)
	return b.String()
}

// lines are the lines of a table's entry, without its indentation.
func lines(s string) (out []string) {
	for l := range strings.Lines(s) {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

func TestSegmentsKnowTheHeadingsAboveThem(t *testing.T) {
	d := parse(t, "Before.\n\n# A *b*\n\n## C\n\nIn C.\n\n#### D\n\nIn D.\n\n## E\n\nIn E.\n\n# F\n\nIn F.\n")
	want := map[string][]string{
		"Before.": nil,
		"A *b*":   nil,
		"C":       {"A b"},
		"In C.":   {"A b", "C"},
		"D":       {"A b", "C"},
		"In D.":   {"A b", "C", "D"},
		"E":       {"A b"},
		"In E.":   {"A b", "E"},
		"F":       nil,
		"In F.":   {"F"},
	}
	if len(d.Segments) != len(want) {
		t.Fatalf("%d segments, want %d", len(d.Segments), len(want))
	}
	for i := range d.Segments {
		s := &d.Segments[i]
		if !slices.Equal(s.Trail, want[s.Text]) {
			t.Errorf("%s: under %q, want %q", s.Text, s.Trail, want[s.Text])
		}
	}
}

func TestLinksAreListedInOrder(t *testing.T) {
	d := parse(t, "[a](b) ![c](d.png \"t\") <https://e.org> [f][g]\n\n> [![h](<i j>)](k)\n\n[g]: l\n\nhttps://m.org\n")
	var got []string
	for _, l := range d.Links() {
		got = append(got, fmt.Sprintf("%s %v %d:%d", l.Destination, l.Image, l.Pos.Line, l.Pos.Column))
	}
	want := []string{
		"b false 1:1", "d.png true 1:8", "https://e.org false 1:24", "l false 1:40",
		"k false 3:3", "i j true 3:4", "l false 5:1", "https://m.org false 7:1",
	}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
}
