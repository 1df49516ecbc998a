package markdown

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"
)

// answerCases are articles, the text of a segment, an answer to it, and the article
// that has the answer in it.
var answerCases = []struct{ name, src, text, answer, want string }{
	{
		"a paragraph becomes one line",
		"One\ntwo.\n\nThree.\n", "One two.", "Eins zwei.",
		"Eins zwei.\n\nThree.\n",
	},
	{
		"lines of an answer are joined",
		"One.\n", "One.", "Eins\nzwei\n\n  drei.",
		"Eins zwei drei.\n",
	},
	{
		"a hard break begins a line, behind the marks of its containers",
		"> - a\\\n>   b\n", "a\\\nb", "c\\\nd\\\ne",
		"> - c\\\n>   d\\\n>   e\n",
	},
	{
		"where the article has no second line, list marks become spaces",
		"> 1. a\n", "a", "b\\\nc",
		"> 1. b\\\n>    c\n",
	},
	{
		"a hard break of spaces stays one of spaces",
		"a  \nb\n", "a\\\nb", "c\\\nd\\\ne",
		"c  \nd  \ne\n",
	},
	{
		"in an article of carriage returns lines end with them",
		"a\\\r\nb\r\n", "a\\\nb", "c\\\nd",
		"c\\\r\nd\r\n",
	},
	{
		"a heading keeps its marks and its id",
		"# One {#one}\n\n## Two ##\n", "One", "Eins\\\nzwei",
		"# Eins zwei {#one}\n\n## Two ##\n",
	},
	{
		"a heading that would end with marks or an id",
		"# One\n", "One", "C #",
		"# C \\#\n",
	},
	{
		"a heading that would get an id",
		"# One\n", "One", "Eins {#eins}",
		"# Eins \\{#eins}\n",
	},
	{
		"an underlined heading keeps its line",
		"> One\n> two\n> ===\n", "One two", "Eins\\\nzwei",
		"> Eins\\\n> zwei\n> ===\n",
	},
	{
		"a pipe in a cell is escaped, in code too",
		"| a |\n|---|\n| b |\n", "b", "x | `y|z` \\| w",
		"| a |\n|---|\n| x \\| `y\\|z` \\| w |\n",
	},
	{
		"a task keeps its box",
		"- [ ] a\n", "a", "[x] b",
		"- [ ] [x] b\n",
	},
	{
		"an item becomes no task",
		"- a\n", "a", "[x] b",
		"- \\[x] b\n",
	},
	{
		"a cell that would escape the mark behind it",
		"| a |b|\n|---|-|\n", "b", "x\\",
		"| a |x\\\\ |\n|---|-|\n",
	},
	{
		"a definition of a link",
		"One\n", "One", "[a]: b",
		"[a]\\: b\n",
	},
	{
		"brackets in an alternative text",
		"![a](b \"c\")\n", "a", "x] [y",
		"![x\\] \\[y](b \"c\")\n",
	},
	{
		"quotes in a title",
		"![a](b \"c\")\n", "c", "x \"y\" 'z'",
		"![a](b \"x \\\"y\\\" 'z'\")\n",
	},
	{
		"parentheses in a title",
		"[a]: b (c)\n", "c", "x (y)",
		"[a]: b (x \\(y\\))\n",
	},
	{
		"a list mark, a number, a quote at the beginning of a line",
		"a\\\nb\\\nc\n", "a\\\nb\\\nc", "- x\\\n1989. y\\\n> z",
		"\\- x\\\n1989\\. y\\\n\\> z\n",
	},
	{
		"elements that the source has",
		"H<sub>2</sub>O\n", "H<sub>2</sub>O", "<b>X</b><sub>2</sub>",
		"\\<b>X\\</b><sub>2</sub>\n",
	},
	{
		"an answer as text of an HTML block is HTML",
		"<div>\n<p>One <b>two</b></p>\n</div>\n", "One <b>two</b>", "<b>zwei</b> & <i>x</i> < y",
		"<div>\n<p><b>zwei</b> & &lt;i>x&lt;/i> < y</p>\n</div>\n",
	},
	{
		"a link reference shown in full is written in full",
		"See [it].\n\n[it]: u\n", "See [it][it].", "Siehe [dies][it].",
		"Siehe [dies][it].\n\n[it]: u\n",
	},
	{
		"a linked image begins a line",
		"[![a](b)](c) d\n", "[![a](b)](c) d", "[![x](b)](c) y",
		"[![x](b)](c) y\n",
	},
	{
		"a note's paragraph",
		"a[^1]\n\n[^1]: b\n    c\n", "b c", "d\\\ne",
		"a[^1]\n\n[^1]: d\\\n    e\n",
	},
}

func TestAnswersAreWrittenInPlace(t *testing.T) {
	for _, c := range answerCases {
		t.Run(c.name, func(t *testing.T) {
			d := parse(t, c.src)
			asked := 0
			back, found := d.Translate(language.German, func(_ int, s *Segment) (string, bool) {
				if s.Text != c.text {
					return "", false
				}
				asked++
				return c.answer, true
			})
			if asked != 1 || len(found) > 0 {
				t.Errorf("%d segments %q, %v", asked, c.text, found)
			}
			if got := string(back.Source()); got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

// cornerCases are articles in which it is easy to write a byte too many.
var cornerCases = []struct{ name, src string }{
	{"nothing", ""},
	{"a byte order mark alone", "\ufeff"},
	{"a byte order mark before front matter", "\ufeff---\ntitle: a\n---\nb"},
	{"no newline at the end", "a\n\n- b"},
	{"carriage returns", "# a\r\n\r\nb\r\nc\r\n\r\n> d  \r\n> e\r\n"},
	{"a lone carriage return", "a\rb\n\n\rc\n"},
	{"tabs in quotes", ">\ta\n>\tb\n>\n>\t\tcode\n"},
	{"tabs in lists", "-\ta\n\n\tb\n\n\t\tcode\n\n1.\tc\n\n\t-\td\n\t\te\n"},
	{"a tab in the middle of an indentation", " - a\n\n \t b\n"},
	{"lazy lines", "> a\nb\n\n- c\nd\n\n> - e\nf\n"},
	{"a lazy line after a hard break", "> a\\\nb  \n> c\n"},
	{"underlined headings in quotes and lists", "> a\n> b\n> ---\n\n- c\n  d\n  ===\n"},
	{"marks after headings", "# a #\n\n## b ## \n\n### c #d#\n\n# \\#\n"},
	{"attributes of headings", "# a {#b .c d=e}\n\nf {#g}\n===\n\n# h { i }\n"},
	{"tables below text, without outer pipes, ragged", "a\nb | c\n-|-\nd\n| e | f | g |\n\\| | |\n"},
	{"a table in a quote in a list", "- > | a |\n  > |---|\n  > | b |\n"},
	{"code with pipes in cells", "| `a\\|b` c | \\\\| |\n|-|-|\n"},
	{"a table that an underline follows", "a\n| b |\n|---|\n===\n"},
	{"empty things", "#\n\n-\n\n>\n\n|  |\n|-|\n|  |\n\n[]()\n\n![](a)\n\n- [ ]\n"},
	{"a link over two lines, in a quote", "> [a\n> b](c\n> \"d\n> e\")\n"},
	{"notes in quotes, lists and notes", "a[^1][^2]\n\n> [^1]: b[^3]\n>\n> c\n\n- [^2]: d\n\n[^3]: e\n\n    f\n"},
	{"definitions", "a\nb\n:   c\n    d\n\n:\te\n\n    f\n\n~ g\n"},
	{"references", "[a]: b\n  'c'\n[d]:\n  <e> \"f\" \n[g]: h\n\"i\" j\n\n[a] [d][] [k][g] ![a]\n"},
	{"HTML blocks", "<div>\na\n\n*b*\n</div>\n\n<!-- c\nd -->\n\n<p>e<b>f</b>\ng</p>\n\n<script>\nh\n</script>\ni\n"},
	{"directives", "<!-- dragoman:skip -->\na\n\n- <!-- dragoman:note b -->\n  c\n"},
	{"comments within a heading", "# a {/* b */} c {/*d*/}\n"},
	{"a hard break in each place", "a\\\nb  \nc\\\\\\\nd\\  \ne\n\n# f\\\n\n| g\\ |\n|-|\n\nh  \n===\n\n- i\\\n  j\n"},
	{"hard breaks before, after and between nothing", "\\\na\\\n\\\nb\\\n"},
	{"the end of a file within things", "> - a [b](c\n"},
	{"a label that is like the text below", "[\"c]: d\n\"c\" e\n"},
	{"a label over lines before what is no title", "[\na]: b\n\"\" c\n"},
	{"what becomes a note when its lines are joined", "[^\na]: b\n"},
	{"what becomes a task when its lines are joined", "- [\n] a\n"},
	{"a line of = that ends a table, before a text", "> a\n> -|\n> =\n> b\n> c\n\n| d |\n|-|\n=\ne\n===\n"},
	{"braces over two lines at the end of a heading", "a {#b\nc}\n===\n\n> d {x=1\n> }\n> ---\n"},
	{"a destination over lines, which is none", "[a](<b\nc>) ![d](\n> <e\n[f](<g h>)\n"},
	{"lines of Chinese beside marks", "，\n*文**\n\n文*\n字*\n\n*文*\n*字*\n\n_文_\n字\n\n~~文。~~\n字\n\n[文]\n[字]\n\n`文`\n`字`\n\n[字]: a\n"},
	{"a formula of which the marks are twice as many", "a\n$$$$b\nc$$$\n"},
	{"a quote that another line closes", "<T a=\"b\n> c\" d> e\n\nf {\"g } h\n\" i} j\n"},
	{"a colon that ends a table, before a text", "a\n|-\n: b\n\nc\n|-\n:\nd\n\ne\n|-\n: f\n  g\n: h\n"},
	{"a note below a tab in a quote", ">\t[^a]: b\n\nc[^a]\n"},
	{"a task on a line of its own", "- [ ]\n  a\n\n> - [x]\n>   b\n"},
	{"links that look like tasks", "- [x](u)\n- [ ]: u\n- [x][]\n- [X]\n\n[x]: u\n"},
	{"three backslashes at the end of a line", "a\\\\\\\n\\<b\n\nc\\\\\\\n&nbsp;d\n\ne\\\\\\\n\\|f\n"},
	{"a hard break after a mark and a space", "a *  \\\nb*\n"},
	{"a destination over lines of Chinese, which is none", "[文](字，\n中)\n"},
	{"a bare address after a bracket that nothing closes", "[^ a@b.cd\n]:\n\n[`]:` \\\na\n"},
	{"a hard break at the end of a picture's text", "[![a\\\n](b)](c)\n\n![[d]([)](e)\n"},
	{"a space that does not break in HTML", "<p>\u00a0<b>a</b>\n\n<li>>\n"},
	{"braces in an underlined heading that are no attributes", "{\na\n    - \\|\n-\n\na<b>\n{c\n : \n-\n"},
	{"a definition over lines before what underlines nothing", "[a\n ]: b\n=\nc\n"},
	{"a line of - that ends a table, before a text", "a\n|-\n--\nb\nc\n"},
	{"struck text over quoted lines", "> ~a\n> ~\n> ~~b\n> c~~\n"},
	{"labels with marks that another would close", "[$a] [`b] [{c] [<d] ![`e][] [`f` `g]\n\n[$a]: u\n[`b]: u\n[{c]: u\n[<d]: u\n[`e]: u\n[`f` `g]: u\n"},
	{"images with marks that the next would close", "- ![`a ``b`](c)\n- ![`d](e)\n- ![f <g h=\"]\">](i)\n- ![`j][]\n\n[`j]: k\n"},
	{"what becomes a note's definition when its lines are joined", "[^\\]a\n]:\n"},
	{"marks that nothing closes", "*a **b `c [d ![e <f ~~g\n"},
	{"wide and odd spaces", "\u00a0a\u3000\n\u2028b\u200b\n"},
	{"a thematic break that is front matter to no one", "---\n\na\n\n---\n"},
}

// everySource is each article of the tables.
func everySource() (sources []string) {
	for _, c := range segmentCases {
		sources = append(sources, c.src)
	}
	for _, c := range directiveCases {
		sources = append(sources, c.src)
	}
	for _, c := range valueCases {
		sources = append(sources, "---\n"+c.src+"---\n")
	}
	for _, c := range answerCases {
		sources = append(sources, c.src)
	}
	for _, c := range cornerCases {
		sources = append(sources, c.src)
	}
	for _, c := range commentCases {
		sources = append(sources, fenced(c.language, c.code))
	}
	return append(sources, everyConstruct)
}

func TestEveryArticleKeepsTheLaws(t *testing.T) {
	t.Parallel()
	for _, src := range everySource() {
		for _, name := range Dialects() {
			d, _ := Parse("a.md", []byte(src), Dialect{Name: name})
			if d == nil {
				continue
			}
			checkIdentity(t, d)
			for i, h := range hostile {
				if n := len(d.Segments); n > 0 {
					checkLocal(t, d, i%n, h.answer)
				}
			}
			if t.Failed() {
				t.Fatalf("%s: %q", name, src)
			}
		}
	}
}

func TestAnswersThatCannotBeUsedAreFindings(t *testing.T) {
	for _, c := range []struct{ name, answer, want string }{
		{"NUL", "a\x00", "a.md:3:1: the translation holds a NUL character; mend the translation"},
		{"invalid UTF-8", "a\xff", "a.md:3:1: the translation is not UTF-8; mend the translation"},
		{"too long", strings.Repeat("a", 65<<10), "a.md:3:1: the translation is 65 KB long, more than 64; mend the translation"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := parse(t, "# a\n\nb\n")
			back, found := d.Translate(language.German, func(i int, _ *Segment) (string, bool) {
				if i == 0 {
					return "gut", true
				}
				return c.answer, true
			})
			if len(found) != 1 || found[0].Error() != c.want || found[0].Key.Source != "b" {
				t.Errorf("got %v, want %s", found, c.want)
			}
			if string(back.Source()) != "# gut\n\nb\n" {
				t.Errorf("got %q", back.Source())
			}
		})
	}
}

func TestAnAnswerThatFitsNowhereIsNamedAndTheRestStays(t *testing.T) {
	// The first line is no table's header, because it has two cells; with one it is.
	d := parse(t, "a | b\n|---\n: c\n\nd\n")
	back, found := d.Translate(language.German, func(_ int, s *Segment) (string, bool) { return "x", true })
	if len(found) != 1 || found[0].Code != "structure" || found[0].Key.Source != "a | b" {
		t.Errorf("got %v", found)
	}
	if want := "a | b\n|---\n: x\n\nx\n"; string(back.Source()) != want {
		t.Errorf("got %q, want %q", back.Source(), want)
	}
}

func TestBlankAnswersAreNone(t *testing.T) {
	d := parse(t, "a\n")
	back, found := d.Translate(language.German, func(int, *Segment) (string, bool) { return " \n\t", true })
	if string(back.Source()) != "a\n" || len(found) > 0 {
		t.Errorf("got %q, %v", back.Source(), found)
	}
}

func TestATranslationStandsForItsArticle(t *testing.T) {
	d := parse(t, "# One\n\n[a](b), ![c](d)\n\n# Two {#zwei}\n")
	back, _ := d.Translate(language.Korean, func(_ int, s *Segment) (string, bool) {
		return strings.NewReplacer("One", "하나", "[a](b), ![c](d)", "![c](x) [a](y)").Replace(s.Text), true
	})
	if back.Language != language.Korean || back.Path != "a.md" {
		t.Errorf("language %v, path %s", back.Language, back.Path)
	}
	want := []HeadingRef{{1, "one", "하나", 0}, {1, "zwei", "Two", 2}}
	if diff := cmp.Diff(want, back.Headings()); diff != "" {
		t.Errorf("headings: -want +got:\n%s", diff)
	}
	if len(back.Segments) != len(d.Segments) || back.Segments[0].Text != "One" {
		t.Errorf("segments: %v", back.Segments)
	}
	if l := back.Links(); len(l) != 2 || l[0].Destination != "x" || !l[0].Image || l[1].Destination != "y" {
		t.Errorf("links: %v", l)
	}
}

func TestManyAnswersThatWouldChangeTheStructure(t *testing.T) {
	// More than there are tries to tell them apart: all are text, none is lost.
	src := "| a |\n|---|\n" + strings.Repeat("| b |\n", 300)
	d := parse(t, src)
	back, found := d.Translate(language.German, func(int, *Segment) (string, bool) { return "x\\", true })
	if len(found) > 0 || !d.alike(back) || bytes.Count(back.Source(), []byte("x")) != 301 {
		t.Errorf("%d findings, %q", len(found), back.Source()[:60])
	}
}
