package po_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/po"
)

// read parses what has to be without errors.
func read(t *testing.T, src string) *catalog.File {
	t.Helper()
	f, found := po.Parse("ko.po", []byte(src))
	if found.HasErrors() {
		t.Fatalf("%v\n%s", found, src)
	}
	return f
}

func message(source, target string) *catalog.Message {
	return &catalog.Message{Entry: catalog.Entry{Key: catalog.Key{Source: source}, Target: target}}
}

// three is laid out as nobody would write it anew.
const three = "# top\n\nmsgid  \"\"\nmsgstr \"\"\n\"X-A: 1\\n\"\n\"X-B: \"\n\"2\\n\"\n\n\n\n#   first\nmsgid\t\"a\"\nmsgstr\"A\"\nmsgid \"b\"\nmsgstr \"\" \"B\"\n\n\n#~ msgid  \"c\"\n#~ msgstr \"C\""

func TestFormatKeepsTheBytesOfNeighbours(t *testing.T) {
	const header = "# top\n\nmsgid  \"\"\nmsgstr \"\"\n\"X-A: 1\\n\"\n\"X-B: \"\n\"2\\n\"\n"
	const a, b, c = "#   first\nmsgid\t\"a\"\nmsgstr\"A\"\n", "msgid \"b\"\nmsgstr \"\" \"B\"\n", "#~ msgid  \"c\"\n#~ msgstr \"C\""
	for _, tc := range []struct {
		name   string
		src    string
		change func(f *catalog.File)
		want   string
	}{
		{"nothing", three, func(*catalog.File) {}, three},
		{"a change that is taken back", three, func(f *catalog.File) {
			f.Messages[0].Target = "x"
			f.Messages[0].Target = strings.Clone("A")
		}, three},
		{
			"the first changes", three, func(f *catalog.File) { f.Messages[0].Target = "x" },
			header + "\n\n\n#   first\nmsgid \"a\"\nmsgstr \"x\"\n" + b + "\n\n" + c,
		},
		{
			"the middle one changes", three, func(f *catalog.File) { f.Messages[1].Target = "x" },
			header + "\n\n\n" + a + "msgid \"b\"\nmsgstr \"x\"\n\n\n" + c,
		},
		{
			"the last changes", three, func(f *catalog.File) { f.Messages[2].Target = "x" },
			header + "\n\n\n" + a + b + "\n\n#~ msgid \"c\"\n#~ msgstr \"x\"\n",
		},
		{
			"one is appended to a file without a last newline", three, func(f *catalog.File) { f.Add(message("n", "")) },
			three + "\n\nmsgid \"n\"\nmsgstr \"\"\n",
		},
		{
			"one is inserted first", three, func(f *catalog.File) { f.Messages = append([]*catalog.Message{message("n", "")}, f.Messages...) },
			header + "\nmsgid \"n\"\nmsgstr \"\"\n\n" + a + b + "\n\n" + c,
		},
		{
			"the order is reversed", three, func(f *catalog.File) { f.Messages[0], f.Messages[2] = f.Messages[2], f.Messages[0] },
			header + "\n" + c + "\n\n" + b + "\n" + a,
		},
		{
			"the first leaves", three, func(f *catalog.File) { f.Messages = f.Messages[1:] },
			header + "\n" + b + "\n\n" + c,
		},
		{
			"all leave", three, func(f *catalog.File) { f.Messages = nil },
			header,
		},
		{
			"the header goes", "\n" + head + "\n\n# c\nmsgid \"a\"\nmsgstr \"\"\n", func(f *catalog.File) { f.Header = catalog.Header{} },
			"\n# c\nmsgid \"a\"\nmsgstr \"\"\n",
		},
		{
			"the header comes", "\nmsgid \"a\"\nmsgstr \"\"\n", func(f *catalog.File) { f.Header.Set("Language", "ko") },
			"\nmsgid \"\"\nmsgstr \"\"\n\"Language: ko\\n\"\n\nmsgid \"a\"\nmsgstr \"\"\n",
		},
		{
			"the last changes before a tail", "msgid \"a\"\nmsgstr \"\"\n\n\n# tail\n\n", func(f *catalog.File) { f.Messages[0].Target = "x" },
			"msgid \"a\"\nmsgstr \"x\"\n\n\n# tail\n\n",
		},
		{
			"one is appended before a tail", "msgid \"a\"\nmsgstr \"\"\n\n\n# tail", func(f *catalog.File) { f.Add(message("n", "")) },
			"msgid \"a\"\nmsgstr \"\"\n\nmsgid \"n\"\nmsgstr \"\"\n\n# tail",
		},
		{
			"one is appended before blank lines", "msgid \"a\"\nmsgstr \"\"\n\n\n", func(f *catalog.File) { f.Add(message("n", "")) },
			"msgid \"a\"\nmsgstr \"\"\n\nmsgid \"n\"\nmsgstr \"\"\n\n\n",
		},
		{
			"two share a line and the first changes", "msgid \"a\" msgstr \"\" msgid \"b\"\nmsgstr \"\"\n", func(f *catalog.File) { f.Messages[0].Target = "x" },
			"msgid \"a\"\nmsgstr \"x\"\nmsgid \"b\"\nmsgstr \"\"\n",
		},
		{
			"two share a line and the second changes", "msgid \"a\" msgstr \"\" msgid \"b\" msgstr \"\"", func(f *catalog.File) { f.Messages[1].Target = "x" },
			"msgid \"a\" msgstr \"\"\nmsgid \"b\"\nmsgstr \"x\"\n",
		},
		{
			"two share a line and change places", "msgid \"a\" msgstr \"\" msgid \"b\" msgstr \"\"", func(f *catalog.File) { f.Messages[0], f.Messages[1] = f.Messages[1], f.Messages[0] },
			"msgid \"b\" msgstr \"\"\n\nmsgid \"a\" msgstr \"\"",
		},
		{
			"a comment after the text stays with the next", "msgid \"a\"\nmsgstr \"\" # c\nmsgid \"b\"\nmsgstr \"\"\n", func(f *catalog.File) { f.Messages[0].Target = "x" },
			"msgid \"a\"\nmsgstr \"x\"\n# c\nmsgid \"b\"\nmsgstr \"\"\n",
		},
		{
			"a message changes in a file whose lines end in CR LF", "msgid \"a\"\r\nmsgstr \"\"\r\n\r\nmsgid \"b\"\r\nmsgstr \"\"\r\n", func(f *catalog.File) { f.Messages[0].Target = "x\ny" },
			"msgid \"a\"\r\nmsgstr \"\"\r\n\"x\\n\"\r\n\"y\"\r\n\r\nmsgid \"b\"\r\nmsgstr \"\"\r\n",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f := read(t, tc.src)
			tc.change(f)
			got := string(po.Format(f))
			if diff := cmp.Diff(tc.want, got); diff != "" {
				t.Errorf("%s\n%s", diff, got)
			}
			f.Index()
			again := read(t, got)
			if diff := cmp.Diff(entries(f), entries(again)); diff != "" {
				t.Errorf("says something else: %s", diff)
			}
			if twice := po.Format(again); string(twice) != string(po.Format(f)) {
				t.Errorf("written twice:\n%s", twice)
			}
		})
	}
}

func entries(f *catalog.File) []catalog.Entry {
	var out []catalog.Entry
	for _, m := range f.Messages {
		out = append(out, m.Entry)
	}
	return out
}

func TestFormatWritesNewEntriesUnwrapped(t *testing.T) {
	long := strings.Repeat("한국어 ", 60)
	for _, tc := range []struct {
		name  string
		entry catalog.Entry
		want  string
	}{
		{"a text of one line stays on one, however long", catalog.Entry{Key: catalog.Key{Source: long}}, "msgid \"" + long + "\"\nmsgstr \"\"\n"},
		{"a newline at the end needs no second line", catalog.Entry{Key: catalog.Key{Source: "a\n"}, Target: "b\n"}, "msgid \"a\\n\"\nmsgstr \"b\\n\"\n"},
		{
			"a text of several lines begins below its keyword",
			catalog.Entry{Key: catalog.Key{Source: "a\n\nb"}, Target: "\nb\n"},
			"msgid \"\"\n\"a\\n\"\n\"\\n\"\n\"b\"\nmsgstr \"\"\n\"\\n\"\n\"b\\n\"\n",
		},
		{
			"everything in its order",
			catalog.Entry{
				Key: catalog.Key{Context: "c", Source: "a"}, Plural: "p", Target: "x", Forms: []string{"y", "z"}, Fuzzy: true,
				Previous: catalog.Previous{Context: "d", Source: "o\nq", Plural: "r"},
				Comments: []string{"one", "", "two\nlines"}, Notes: []string{"n", ""},
				References: []string{"a.md", "b c.md:3"}, Flags: []string{"x", "=y", "=z", "w"},
			},
			"# one\n#\n# two\n# lines\n#. n\n#.\n#: a.md \u2068b c.md\u2069:3\n#, fuzzy, x, w\n#= y, z\n" +
				"#| msgctxt \"d\"\n#| msgid \"\"\n#| \"o\\n\"\n#| \"q\"\n#| msgid_plural \"r\"\n" +
				"msgctxt \"c\"\nmsgid \"a\"\nmsgid_plural \"p\"\nmsgstr[0] \"x\"\nmsgstr[1] \"y\"\nmsgstr[2] \"z\"\n",
		},
		{
			"an obsolete entry bears its mark on every line of text",
			catalog.Entry{Key: catalog.Key{Context: "c", Source: "a\nb"}, Target: "x\ny", Obsolete: true, Previous: catalog.Previous{Source: "o"}, Comments: []string{"k"}},
			"# k\n#~| msgid \"o\"\n#~ msgctxt \"c\"\n#~ msgid \"\"\n#~ \"a\\n\"\n#~ \"b\"\n#~ msgstr \"\"\n#~ \"x\\n\"\n#~ \"y\"\n",
		},
		{
			"escapes that every reader knows",
			catalog.Entry{Key: catalog.Key{Source: "\t\r\a\b\f\v\\\"\x01\x7f1"}, Target: "한\u202e"},
			"msgid \"\\t\\r\\a\\b\\f\\v\\\\\\\"\\001\\1771\"\nmsgstr \"한\u202e\"\n",
		},
		{"bytes that are no text are spelt out", catalog.Entry{Key: catalog.Key{Source: "한\xff\x00"}}, "msgid \"한\\377\\000\"\nmsgstr \"\"\n"},
		{
			"a reference and a flag cannot end their line",
			catalog.Entry{Key: catalog.Key{Source: "a"}, References: []string{"x\nmsgid"}, Flags: []string{"f\r\ng"}},
			"#: \u2068x msgid\u2069\n#, f g\nmsgid \"a\"\nmsgstr \"\"\n",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f := &catalog.File{Path: "ko.po"}
			f.Add(&catalog.Message{Entry: tc.entry})
			if diff := cmp.Diff(tc.want, string(po.Format(f))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestFormatChangesOnlyTheLinesOfTheHeaderThatChanged(t *testing.T) {
	const src = "#  Translators\n#. note\n#, fuzzy\nmsgid \"\"\nmsgstr \"\"\n\"X-A: 1\\n\"\n\"X-B:2\\n\"\n\"X-C: \"\n\"3\\n\"\n\n\n\nmsgid \"a\"\nmsgstr \"\"\n"
	for _, tc := range []struct {
		name     string
		src      string
		change   func(h *catalog.Header)
		old, new string
	}{
		{"one field", src, func(h *catalog.Header) { h.Set("X-A", "9") }, "X-A: 1", "X-A: 9"},
		{"a field laid out by hand", src, func(h *catalog.Header) { h.Set("X-B", "9") }, "X-B:2", "X-B: 9"},
		{"a wrapped field", src, func(h *catalog.Header) { h.Set("X-C", "9") }, "X-C: \"\n\"3", "X-C: 9"},
		{"a new field", src, func(h *catalog.Header) { h.Set("X-D", "9") }, "3\\n\"\n", "3\\n\"\n\"X-D: 9\\n\"\n"},
		{"a field goes", src, func(h *catalog.Header) { h.Fields = h.Fields[1:] }, "\"X-A: 1\\n\"\n", ""},
		{"fields change places", src, func(h *catalog.Header) { h.Fields[0], h.Fields[1] = h.Fields[1], h.Fields[0] }, "\"X-A: 1\\n\"\n\"X-B:2\\n\"\n", "\"X-B:2\\n\"\n\"X-A: 1\\n\"\n"},
		{"the comments", src, func(h *catalog.Header) { h.Comments = []string{"x", "y"} }, "#  Translators\n", "# x\n# y\n"},
		{"the flags", src, func(h *catalog.Header) { h.Flags = nil }, "#, fuzzy\n", ""},
		{"a field cannot add another", src, func(h *catalog.Header) { h.Set("X-A", "9\nX-Z: 0") }, "X-A: 1", "X-A: 9 X-Z: 0"},
		{
			"a header on one line is laid out anew", "# c\nmsgid \"\"\nmsgstr \"X-A: 1\\nX-B:2\\n\"\n", func(h *catalog.Header) { h.Set("X-A", "9") },
			"msgstr \"X-A: 1\\nX-B:2\\n\"", "msgstr \"\"\n\"X-A: 9\\n\"\n\"X-B: 2\\n\"",
		},
		{
			"a header that does not end its line", "msgid \"\"\nmsgstr \"\"\n\"X-A: 1\\n\"\n\"X-B: 2\"", func(h *catalog.Header) { h.Set("X-A", "9") },
			"\"X-A: 1\\n\"\n\"X-B: 2\"", "\"X-A: 9\\n\"\n\"X-B: 2\\n\"\n",
		},
		{
			"comments parted by blank lines stay", "# c\n\n# msgstr \"\"\n\nmsgid \"\"\nmsgstr \"\"\n\"X-A: 1\\n\"\n", func(h *catalog.Header) { h.Set("X-A", "9") },
			"X-A: 1", "X-A: 9",
		},
		{
			"lines end in CR LF", strings.ReplaceAll(src, "\n", "\r\n"), func(h *catalog.Header) { h.Set("X-A", "9") },
			"X-A: 1", "X-A: 9",
		},
	} {
		t.Run(tc.name, func(t *testing.T) {
			f := read(t, tc.src)
			tc.change(&f.Header)
			want := strings.Replace(tc.src, tc.old, tc.new, 1)
			if got := string(po.Format(f)); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestFormatNeverWritesOtherTextUnderAnotherCharset(t *testing.T) {
	const ascii = "msgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=EUC-KR; x\\n\"\n\"X-A: 1\\n\"\n\nmsgid \"a\"\nmsgstr \"b\"\n"
	f := read(t, ascii)
	if got := string(po.Format(f)); got != ascii {
		t.Errorf("ASCII under another charset: got %s", got)
	}
	f.Messages[0].Target = "한"
	want := strings.NewReplacer("EUC-KR", "UTF-8", "\"b\"", "\"한\"").Replace(ascii)
	if got := string(po.Format(f)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if got := f.Header.Get("Content-Type"); got != "text/plain; charset=EUC-KR; x" {
		t.Errorf("Format changed the file's header: %s", got)
	}
}

func TestMessagesFromAFileWithOtherLineEndsAreWrittenAnew(t *testing.T) {
	from, to := read(t, "msgid  \"a\"\r\nmsgstr \"\"\r\n"), read(t, "msgid \"b\"\nmsgstr \"\"\n")
	to.Path = "other.po"
	for _, m := range to.Messages {
		m.Pos.Path = to.Path
	}
	to.Add(from.Messages[0])
	if got, want := string(po.Format(to)), "msgid \"b\"\nmsgstr \"\"\n\nmsgid \"a\"\nmsgstr \"\"\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	same := read(t, "msgid \"b\"\nmsgstr \"\"\n")
	same.Path = "other.po"
	same.Add(read(t, "\n\nmsgid  \"a\"\nmsgstr \"\"\n").Messages[0])
	if got, want := string(po.Format(same)), "msgid \"b\"\nmsgstr \"\"\n\nmsgid  \"a\"\nmsgstr \"\"\n"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestFilesWithoutEntriesKeepTheirBytes(t *testing.T) {
	for _, src := range []string{"", "\n", "\ufeff", "\ufeff\r\n# c\r\n", "# only a comment", "#~ # behind the mark\n\n#~"} {
		f := read(t, src)
		if got := po.Format(f); !bytes.Equal(got, []byte(src)) {
			t.Errorf("got %q, want %q", got, src)
		}
	}
}
