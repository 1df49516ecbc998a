package diag

import (
	"slices"
	"strings"
	"testing"
)

func TestFindingReadsAsOneLine(t *testing.T) {
	for _, c := range []struct {
		name    string
		finding Finding
		want    string
	}{
		{
			"place, what and how to mend",
			Finding{Pos: Pos{"ko/terms.po", 41, 8}, Text: "the target drops {name}", Hint: "put it back"},
			"ko/terms.po:41:8: the target drops {name}; put it back",
		},
		{"no hint, no column", Finding{Pos: Pos{Path: "a.md", Line: 3}, Text: "not UTF-8"}, "a.md:3: not UTF-8"},
		{"a whole file", Finding{Pos: Pos{Path: "a.md"}, Text: "missing"}, "a.md: missing"},
		{"no place", Finding{Text: "no articles"}, "no articles"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := c.finding.Error(); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestListIsAnErrorOnlyIfItHoldsOne(t *testing.T) {
	l := List{{Severity: Warning, Text: "w"}, {Severity: Info, Text: "i"}}
	if err := l.Err(); err != nil {
		t.Errorf("warnings alone: %v", err)
	}
	l = append(l, Finding{Text: "e"})
	if err := l.Err(); err == nil || err.Error() != "w\ni\ne" {
		t.Errorf("with an error: %v", err)
	}
}

func TestSortIsByPlaceThenCode(t *testing.T) {
	l := List{
		{Pos: Pos{"b", 1, 1}, Text: "5"},
		{Pos: Pos{"a", 2, 1}, Text: "4"},
		{Pos: Pos{"a", 1, 9}, Code: "y", Text: "3"},
		{Pos: Pos{"a", 1, 9}, Code: "x", Text: "2"},
		{Pos: Pos{"a", 1, 2}, Text: "1"},
	}
	l.Sort()
	if !slices.IsSortedFunc(l, func(a, b Finding) int { return strings.Compare(a.Text, b.Text) }) {
		t.Errorf("got %v", l)
	}
}

func TestLinesCountFromOneInRunes(t *testing.T) {
	src := "\ufeffab\n한국 x\n\nlast"
	for _, c := range []struct {
		name         string
		before       string // the text up to the place
		line, column int
	}{
		{"a byte order mark takes up no column", "\ufeff", 1, 1},
		{"the end of a line belongs to it", "\ufeffab", 1, 3},
		{"a line begins after the newline", "\ufeffab\n", 2, 1},
		{"a wide character is one column", "\ufeffab\n한국", 2, 3},
		{"an empty line has a first column", "\ufeffab\n한국 x\n", 3, 1},
		{"the end of the file", src, 4, 5},
		{"past the end", src + "……", 4, 5},
		{"within a character", "\ufeffab\n\xed", 2, 1},
		{"back in an earlier line", "\ufeffa", 1, 2},
	} {
		t.Run(c.name, func(t *testing.T) {
			asc := NewLines("p", []byte(src))
			asc.At(7) // an earlier question must not matter
			want := Pos{"p", c.line, c.column}
			if got := asc.At(len(c.before)); got != want {
				t.Errorf("got %v, want %v", got, want)
			}
		})
	}
}

func TestLinesAnswerInAnyOrderAlike(t *testing.T) {
	src := []byte("one 둘 three\n\nfour\n")
	used := NewLines("p", src)
	for _, i := range []int{0, 3, 5, 12, 4, 4, 15, 16, 2, 20, 1} {
		if got, want := used.At(i), NewLines("p", src).At(i); got != want {
			t.Errorf("offset %d: %v, asked alone %v", i, got, want)
		}
	}
}

func TestPrintableLeavesTheTerminalAlone(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"text of any script stays", "한국어, “中文”, עברית", "한국어, “中文”, עברית"},
		{"an escape sequence is shown", "a\x1b[2Jb", `a\x1b[2Jb`},
		{"so are the controls of the upper half", "a\u009bb", `a\x9bb`},
		{"a line stays one line", "a\nb\tc\r", `a\nb\tc\x0d`},
		{"a byte that is not UTF-8 is shown", "a\xc3", `a\xc3`},
		{"reordering is shown", "a\u202eb", `a\u202eb`},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Printable(c.text); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestLinesCountEachStrayByte(t *testing.T) {
	l := NewLines("p", []byte("a\x80\x80b"))
	for i, column := range []int{1, 2, 3, 4, 5} {
		if got := l.At(i).Column; got != column {
			t.Errorf("offset %d: column %d, want %d", i, got, column)
		}
	}
}
