package csv_test

import (
	"strings"
	"testing"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/csv"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

func TestFormat(t *testing.T) {
	m := &catalog.Message{Entry: catalog.Entry{
		Key: catalog.Key{Context: "menu", Source: "=Home"}, Target: "집, 홈", Fuzzy: true, Notes: []string{"heading 2", "short"}, Flags: []string{"base-1"},
	}}
	m.SettleState()
	gone := &catalog.Message{Entry: catalog.Entry{Key: catalog.Key{Source: "gone"}, Obsolete: true}}
	got := string(csv.Format([]*catalog.File{{Path: "a.md", Messages: []*catalog.Message{m, gone}}}))
	want := "article,context,source,target,state,note,comment,flags\na.md,menu,'=Home,\"집, 홈\",needs-checking,\"heading 2\nshort\",,base-1\n"
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

var faulty = []struct{ name, src, want string }{
	{"an empty file", "", "t.csv:1:1: the table has no column source; name the columns in the first row, as dragoman export --format csv does"},
	{"a table without targets", "source\na\n", "t.csv:1:1: the table has no column target; name the columns in the first row, as dragoman export --format csv does"},
	{"a text that is there twice", "source,target\na,b\na,c\n", "t.csv:3:1: the text is there twice; keep one of the rows"},
	{"an open quote", "source,target\na,\"b\n", "t.csv:2:3: the quoted cell is not closed; close it with a quotation mark"},
}

func TestParseFindsWhatIsWrong(t *testing.T) {
	for _, test := range faulty {
		t.Run(test.name, func(t *testing.T) {
			_, found := csv.Parse("t.csv", []byte(test.src))
			if len(found) == 0 || found[0].Error() != test.want {
				t.Errorf("found %v, want %s", found, test.want)
			}
		})
	}
}

func TestATableMadeByHandIsRead(t *testing.T) {
	files, found := csv.Parse("t.csv", []byte("\ufeffTarget;Source;State\r\n가;a;Translated\r\n나;b;draft\r\n;c\r\n"))
	if len(found) > 0 || len(files) != 1 || len(files[0].Messages) != 3 {
		t.Fatal(files, found)
	}
	for i, fuzzy := range []bool{false, true, false} {
		if m := files[0].Messages[i]; m.Fuzzy != fuzzy {
			t.Errorf("%q: fuzzy %v", m.Source, m.Fuzzy)
		}
	}
}

func TestAStateThatWasLeftSaysNothingOfANewTarget(t *testing.T) {
	m := &catalog.Message{Entry: catalog.Entry{Key: catalog.Key{Source: "Word"}, Target: "옛말", Fuzzy: true}, State: catalog.NeedsChecking}
	m.Flags = m.Leave(m.State)
	out := csv.Format([]*catalog.File{{Path: "a.md", Messages: []*catalog.Message{m}}})
	for _, test := range []struct {
		name, was, is string
		fuzzy         bool
	}{
		{"the same target needs checking as before", "옛말", "옛말", true},
		{"a new one is what the translator wrote", "옛말", "새말", false},
		{"a new one of which they say otherwise is not final", "옛말,needs-checking", "새말,unsure", true},
	} {
		t.Run(test.name, func(t *testing.T) {
			files, found := csv.Parse("t.csv", []byte(strings.Replace(string(out), test.was, test.is, 1)))
			if len(found) > 0 || files[0].Messages[0].Fuzzy != test.fuzzy {
				t.Errorf("%+v, found %v", files[0].Messages[0].Entry, found)
			}
		})
	}
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	text := rapid.StringOf(rapid.SampledFrom([]rune("a=+-@'\t\r\n\",;가 ")))
	rapid.Check(t, func(t *rapid.T) {
		f := &catalog.File{Path: "a.md"}
		for range rapid.IntRange(1, 4).Draw(t, "messages") {
			m := &catalog.Message{Entry: catalog.Entry{
				Key: catalog.Key{Context: text.Draw(t, "context"), Source: "x" + text.Draw(t, "source")}, Target: text.Draw(t, "target"),
			}}
			m.Fuzzy = m.Target != "" && rapid.Bool().Draw(t, "fuzzy")
			m.SettleState()
			f.Add(m)
		}
		files, found := csv.Parse("t.csv", csv.Format([]*catalog.File{f}))
		if len(found) > 0 || len(files) != 1 {
			t.Fatal(files, found)
		}
		var want, got []catalog.Entry
		for _, m := range f.Messages {
			want = append(want, m.Entry)
		}
		for _, m := range files[0].Messages {
			got = append(got, m.Entry)
		}
		if diff := cmp.Diff(want, got, cmpopts.EquateEmpty()); diff != "" {
			t.Fatal(diff)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, test := range faulty {
		f.Add([]byte(test.src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		files, found := csv.Parse("t.csv", src)
		if found.HasErrors() {
			return
		}
		back, found := csv.Parse("t.csv", csv.Format(files))
		if found.HasErrors() || len(back) != len(files) {
			t.Fatalf("%d files became %d: %v", len(files), len(back), found)
		}
	})
}
