package sheet_test

import (
	"strings"
	"testing"

	"dragoman/internal/sheet"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

var parsed = []struct {
	name, src string
	want      [][]string
	faults    []sheet.Fault
}{
	{"an empty file has no rows", "", nil, nil},
	{"lines end in LF or CR LF", "a,b\r\nc,d\n", [][]string{{"a", "b"}, {"c", "d"}}, nil},
	{"the last line need not end", "a,b", [][]string{{"a", "b"}}, nil},
	{"a byte order mark is no text", "\ufeffa,b\n", [][]string{{"a", "b"}}, nil},
	{"a quoted cell holds commas, lines and quotation marks", "\"a,\n\"\"b\"\"\",c\n", [][]string{{"a,\n\"b\"", "c"}}, nil},
	{"semicolons separate where they come first", "a;b,c\nd;e\n", [][]string{{"a", "b,c"}, {"d", "e"}}, nil},
	{"tabs separate where they come first", "a\tb;c\n", [][]string{{"a", "b;c"}}, nil},
	{"a separator within quotes is none", "\"a;b\",c\n", [][]string{{"a;b", "c"}}, nil},
	{"blank lines are passed over", "a,b\n\n\nc,d\n", [][]string{{"a", "b"}, {"c", "d"}}, nil},
	{"an apostrophe before a formula is dropped", "'=1+1,'-x,'a\n", [][]string{{"=1+1", "-x", "'a"}}, nil},
	{"a cell may go on over a bare carriage return", "a\rb,c\n", [][]string{{"a\rb", "c"}}, nil},
	{
		"an unclosed quote is found where it opens", "a,b\nc,\"d\n",
		[][]string{{"a", "b"}, {"c", "d\n"}},
		[]sheet.Fault{{6, "quote", "the quoted cell is not closed", "close it with a quotation mark"}},
	},
	{
		"text after a closing quote is found", "é,\"b\"c\n",
		[][]string{{"é", "bc"}},
		[]sheet.Fault{{3, "quote", "the quoted cell goes on after its quotation mark", "write a quotation mark within a quoted cell twice"}},
	},
	{
		"wrong bytes are found", "a,\xff\n",
		[][]string{{"a", "\xff"}},
		[]sheet.Fault{{2, "encoding", "not UTF-8", "save the file again as CSV in UTF-8"}},
	},
}

func TestParse(t *testing.T) {
	for _, test := range parsed {
		t.Run(test.name, func(t *testing.T) {
			rows, faults := sheet.Parse([]byte(test.src))
			if diff := cmp.Diff(test.want, texts(rows)); diff != "" {
				t.Error(diff)
			}
			if diff := cmp.Diff(test.faults, faults); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestCellsKnowTheirPlace(t *testing.T) {
	const src = "\ufeff가,\"나\n다\"\n라,마\n"
	rows, _ := sheet.Parse([]byte(src))
	if got := rows[0][1].Offset; got != strings.Index(src, `"`) {
		t.Errorf("the second cell is at %d", got)
	}
	if got := rows[1][1].Offset; got != strings.Index(src, "마") {
		t.Errorf("the cell after one of two lines is at %d", got)
	}
}

func TestAFormulaIsNeverWrittenBare(t *testing.T) {
	got := string(sheet.Format([][]string{{"=1", "+1", "-1", "@x", "\tx", "\rx", "'=1", "'a", "a=1"}}))
	want := "'=1,'+1,'-1,'@x,\"'\tx\",\"'\rx\",''=1,'a,a=1\n"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	text := rapid.StringOf(rapid.SampledFrom([]rune("=+-@'\t\r\n\",; a가\ufeff")))
	rapid.Check(t, func(t *rapid.T) {
		rows := rapid.SliceOfN(rapid.SliceOfN(text, 2, 4), 1, 4).Draw(t, "rows")
		back, found := sheet.Parse(sheet.Format(rows))
		if len(found) > 0 {
			t.Fatalf("found %v", found)
		}
		if diff := cmp.Diff(rows, texts(back)); diff != "" {
			t.Fatal(diff)
		}
	})
}

func texts(rows [][]sheet.Cell) [][]string {
	var out [][]string
	for _, row := range rows {
		var line []string
		for _, c := range row {
			line = append(line, c.Text)
		}
		out = append(out, line)
	}
	return out
}

func FuzzParse(f *testing.F) {
	for _, test := range parsed {
		f.Add(test.src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		rows, found := sheet.Parse([]byte(src))
		if len(found) > 0 {
			return
		}
		again, found := sheet.Parse(sheet.Format(texts(rows)))
		if len(found) > 0 {
			t.Fatalf("what was written is not accepted: %v", found)
		}
		if diff := cmp.Diff(texts(rows), texts(again)); diff != "" && !strings.Contains(src, "\x00") {
			t.Fatal(diff)
		}
	})
}
