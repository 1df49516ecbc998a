package markdown

import (
	"strings"
	"testing"

	"golang.org/x/text/language"
)

func TestArticlesThatCannotBeReadAreRefusedWithTheirPlace(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"not UTF-8", "a\n한\xff\n", "a.md:2:2: not UTF-8; save the file as UTF-8"},
		{"NUL", "a\n\nb\x00\n", "a.md:3:2: not UTF-8; save the file as UTF-8"},
		{"larger than 16 MiB", strings.Repeat("a", 16<<20+1), "a.md:1:1: the article is larger than 16 MiB; split it"},
		{"quotes in quotes", "a\n\n" + strings.Repeat("> ", 101) + "b\n", "a.md:3:1: more than 100 quotes or lists inside one another; flatten them"},
		{"lists in lists", strings.Repeat("- ", 101) + "b\n", "a.md:1:1: more than 100 quotes or lists inside one another; flatten them"},
		{"numbers in numbers", strings.Repeat("1. ", 101) + "b\n", "a.md:1:1: more than 100 quotes or lists inside one another; flatten them"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, found := Parse("a.md", []byte(c.src), Dialect{})
			if d != nil || len(found) != 1 || found[0].Error() != c.want {
				t.Errorf("got %v, want %s", found, c.want)
			}
		})
	}
}

// endless are beginnings of marks that nothing closes, over and over.
var endless = []struct{ name, mark string }{
	{"brackets", "["},
	{"images", "!["},
	{"links without an end", "[a](b"},
	{"links without an end, on lines", "[a](b\n"},
	{"links with a title without an end", "[a](b 'c\n"},
	{"labels without an end", "[a][b"},
	{"stars that cannot open", "a* "},
	{"stars and underscores", "*a _b "},
	{"tildes", "~~a ~b "},
	{"definitions with titles without an end", "[a]: b\n'c\n"},
}

func TestMarksThatNothingClosesAreRefused(t *testing.T) {
	t.Parallel()
	for _, c := range endless {
		t.Run(c.name, func(t *testing.T) {
			src := "# One\n\n" + strings.Repeat(c.mark, 1<<20/len(c.mark))
			d, found := Parse("a.md", []byte(src), Dialect{})
			if d != nil || len(found) != 1 || found[0].Code != "too-deep" || found[0].Pos.Line < 3 {
				t.Errorf("read, or %v", found)
			}
		})
	}
}

func TestBoxesInBoxesAreRefused(t *testing.T) {
	src := "a\n\n" + strings.Repeat("::: b\n", 1<<17)
	d, found := Parse("a.md", []byte(src), Dialect{Name: "docusaurus"})
	if d != nil || len(found) != 1 || found[0].Code != "too-deep" || found[0].Pos.Line != 104 {
		t.Errorf("read, or %v", found)
	}
}

func TestWhatNobodyWritesIsRefusedWithItsReason(t *testing.T) {
	t.Parallel()
	stairs := func(depth int) string {
		var b strings.Builder
		for i := range depth {
			b.WriteString(strings.Repeat("  ", i) + "- a\n")
		}
		return b.String()
	}
	for _, c := range []struct{ name, src, want string }{
		{"a line for each depth", stairs(120), "a.md:100:201: " + deep},
		{"notes in notes", strings.Repeat("[^a]: ", 1000) + "b\n", "a.md:1:1206: " + deep},
		{"items", strings.Repeat("- a\n", 60_000), "a.md:50000:3: " + many},
		{"headings", strings.Repeat("# a\n", 120_000), "a.md:100001:1: " + many},
		{"definitions of links", strings.Repeat("[a]: b\n", 120_000), "a.md:100000:1: " + many},
		{"links", "a\n\n" + strings.Repeat("[a](b) ", 120_000), "a.md:3:699989: " + many},
		{"images", "a\n\n" + strings.Repeat("![a](b) ", 120_000), "a.md:3:799988: " + many},
		{"cells", "|a|b|c|d|\n|-|-|-|-|\n" + strings.Repeat("|a|b|c|d|\n", 30_000), "a.md:1:1: " + many},
		{"empty lines in deep lists", strings.Repeat("- ", 99) + "a" + strings.Repeat("\n", 1<<12), "a.md:2649:1: " + long},
		{"lines in deep quotes", strings.Repeat(strings.Repeat("> ", 90)+"a\n", 8_000), "a.md:5763:75: " + long},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, found := Parse("a.md", []byte(c.src), Dialect{})
			if d != nil || len(found) != 1 || found[0].Error() != c.want {
				t.Errorf("got %v, want %s", found, c.want)
			}
		})
	}
}

const (
	deep = "more than 100 quotes or lists inside one another; flatten them"
	many = "more than 100,000 paragraphs, items, cells, links or other parts; split the article"
	long = "quotes or lists inside one another over too many lines; flatten them"
)

func TestATableOfMissingCellsIsRefused(t *testing.T) {
	src := strings.Repeat("|a", 4000) + "\n" + strings.Repeat("|-", 4000) + "\n" + strings.Repeat("|\n", 4000)
	if d, found := Parse("a.md", []byte(src), Dialect{}); d != nil || len(found) != 1 {
		t.Errorf("read, or %v", found)
	}
}

func TestMuchOfWhatPeopleWriteIsRead(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ name, src string }{
		{"a long paragraph of emphasis, code and links", strings.Repeat("*a* **b** `c` [d](e) ~~f~~ [g] ", 1000) + "\n\n[g]: h\n"},
		{"many notes", strings.Repeat("a[^1] b[^2]\n\n", 2000) + "[^1]: c\n\n[^2]: d\n"},
		{"a long list of definitions", strings.Repeat("[a]: b 'c'\n", 5000)},
		{"a long table with short rows", "|a|b|c|d|\n|-|-|-|-|\n" + strings.Repeat("|e|\n", 20000)},
		{"a deep list", deepList(90)},
		{"brackets and prices", strings.Repeat("[sic] 5 * 3 $4 a_b `\n\n", 5000)},
	} {
		t.Run(c.name, func(t *testing.T) {
			if d, found := Parse("a.md", []byte(c.src), Dialect{}); d == nil {
				t.Errorf("%v", found)
			}
		})
	}
}

func deepList(depth int) string {
	var b strings.Builder
	for i := range depth {
		b.WriteString(strings.Repeat("  ", i) + "- a\n")
	}
	return b.String()
}

func TestAnAnswerWithMarksThatNothingClosesIsText(t *testing.T) {
	d := parse(t, "a\n\nb\n")
	answer := strings.Repeat("[", 5000)
	back, found := d.Translate(language.German, func(i int, _ *Segment) (string, bool) { return answer, i == 0 })
	if len(found) > 0 || string(back.Source()) != strings.Repeat(`\[`, 5000)+"\n\nb\n" {
		t.Errorf("got %.40q, %v", back.Source(), found)
	}
}
