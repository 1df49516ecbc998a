package po_test

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/po"
	"dragoman/internal/diag"
)

const head = "msgid \"\"\nmsgstr \"\"\n\"Language: ko\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n"

// facts are files without findings and what their only message says.
var facts = []struct {
	name string
	src  string
	want catalog.Entry
}{
	{
		"a plain entry", "msgid \"a\"\nmsgstr \"b\"\n",
		catalog.Entry{Key: catalog.Key{Source: "a"}, Target: "b"},
	},
	{
		"every kind of comment is kept apart",
		"# one\n#two\n#  three \n#\n#. note\n#.\n#: a.md b.md:3\n#: c.md\n#, fuzzy, c-format\nmsgid \"a\"\nmsgstr \"b\"\n",
		catalog.Entry{
			Key: catalog.Key{Source: "a"}, Target: "b", Fuzzy: true,
			Comments: []string{"one", "two", " three ", ""}, Notes: []string{"note", ""},
			References: []string{"a.md", "b.md:3", "c.md"}, Flags: []string{"c-format"},
		},
	},
	{
		"unknown flags stay whole, and fuzzy is found among blanks",
		"#= python-format, no-wrap\n#, foo bar, max-length:60 fuzzy, range: 0..5\nmsgid \"a\"\nmsgstr \"b\"\n",
		catalog.Entry{
			Key: catalog.Key{Source: "a"}, Target: "b", Fuzzy: true,
			Flags: []string{"foo bar", "max-length:60", "range: 0..5", "=python-format", "=no-wrap"},
		},
	},
	{
		"fuzzy on any line of flags", "#, fuzzy =, =fuzzy, x\rz\n#, = y\nmsgid \"a\"\nmsgstr \"b\"\n",
		catalog.Entry{Key: catalog.Key{Source: "a"}, Target: "b", Fuzzy: true, Flags: []string{"x z", "y"}},
	},
	{
		"a flag that only contains the word is not fuzzy",
		"#, fuzzy-ish, not fuzzyish\nmsgid \"a\"\nmsgstr \"b\"\n",
		catalog.Entry{Key: catalog.Key{Source: "a"}, Target: "b", Flags: []string{"fuzzy-ish", "not fuzzyish"}},
	},
	{
		"the previous source has a context and a plural",
		"#, fuzzy\n#| msgctxt \"c\"\n#| msgid \"\"\n#| \"a\\n\"\n#|\"b\"\n#| msgid_plural \"p\"\nmsgctxt \"x\"\nmsgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"x\"\nmsgstr[1] \"\"\nmsgstr[2] \"z\"\n",
		catalog.Entry{
			Key: catalog.Key{Context: "x", Source: "a"}, Plural: "b", Target: "x", Forms: []string{"", "z"}, Fuzzy: true,
			Previous: catalog.Previous{Context: "c", Source: "a\nb", Plural: "p"},
		},
	},
	{
		"an obsolete entry with its comments and previous source",
		"# c\n#. n\n#: r\n#, fuzzy\n#~| msgid \"old\"\n#~ msgctxt \"x\"\n#~ msgid \"\"\n#~ \"a\\n\"\n#~\"b\"\n#~ msgstr \"c\"\n",
		catalog.Entry{
			Key: catalog.Key{Context: "x", Source: "a\nb"}, Target: "c", Fuzzy: true, Obsolete: true,
			Previous: catalog.Previous{Source: "old"},
			Comments: []string{"c"}, Notes: []string{"n"}, References: []string{"r"},
		},
	},
	{
		"comments and previous source behind the obsolete mark",
		"#~ # c\n#~ #, fuzzy\n#~ #| msgid \"old\"\n#~ msgid \"a\"\n#~ msgstr \"b\"\n",
		catalog.Entry{
			Key: catalog.Key{Source: "a"}, Target: "b", Fuzzy: true, Obsolete: true,
			Previous: catalog.Previous{Source: "old"}, Comments: []string{"c"},
		},
	},
	{
		"escapes by letter, octal and hexadecimal",
		`msgid "\a\b\f\v\r\t\n\\\"\1\x41\1012\xed\x95\x9c"` + "\nmsgstr \"x\"\n",
		catalog.Entry{Key: catalog.Key{Source: "\a\b\f\v\r\t\n\\\"\x01AA2한"}, Target: "x"},
	},
	{
		"literals side by side and blank lines within the entry",
		"msgid \"a\" \"b\"\n\n\"c\"\n\nmsgstr\n\"d\"\"e\"\n",
		catalog.Entry{Key: catalog.Key{Source: "abc"}, Target: "de"},
	},
	{
		"keywords without blanks and an index with many",
		" \n msgid\"a\"\nmsgid_plural\t\"b\"\nmsgstr [ 0 ]\"c\"\nmsgstr[01] \"d\"\n",
		catalog.Entry{Key: catalog.Key{Source: "a"}, Plural: "b", Target: "c", Forms: []string{"d"}},
	},
	{
		"a backslash at a line's end joins it to the next",
		"msgid \"a\\\nb\"\nmsgstr \"c\"\n",
		catalog.Entry{Key: catalog.Key{Source: "ab"}, Target: "c"},
	},
	{
		"file names with spaces, and a line number set off",
		"#: \u2068my file.md\u2069:12 a.md \u2068b c\u2069\n#: d.md: 7 x: y z\u2068\nmsgid \"a\"\nmsgstr \"b\"\n",
		catalog.Entry{
			Key: catalog.Key{Source: "a"}, Target: "b",
			References: []string{"my file.md:12", "a.md", "b c", "d.md:7", "x:", "y", "z"},
		},
	},
	{
		"lines end in CR LF", "# c\r\n#. n\r\n#: r\r\n#, f\r\nmsgid \"\"\r\n\"a\\n\"\r\n\"b\"\r\nmsgstr \"c\"\r\n",
		catalog.Entry{
			Key: catalog.Key{Source: "a\nb"}, Target: "c",
			Comments: []string{"c"}, Notes: []string{"n"}, References: []string{"r"}, Flags: []string{"f"},
		},
	},
	{
		"no newline at the end", "msgid \"a\"\nmsgstr \"b\"",
		catalog.Entry{Key: catalog.Key{Source: "a"}, Target: "b"},
	},
	{
		"comments before blank lines belong to the next entry", "\n\n# one\n\n\n# two\nmsgid \"a\"\nmsgstr \"b\"\n\n\n# tail\n\n#~ # more\n#~\n",
		catalog.Entry{Key: catalog.Key{Source: "a"}, Target: "b", Comments: []string{"one", "two"}},
	},
	{
		"a byte order mark", "\ufeffmsgid \"a\"\nmsgstr \"b\"\n",
		catalog.Entry{Key: catalog.Key{Source: "a"}, Target: "b"},
	},
	{
		"an empty source with a context is no header", "msgctxt \"c\"\nmsgid \"\"\nmsgstr \"b\"\n",
		catalog.Entry{Key: catalog.Key{Context: "c"}, Target: "b"},
	},
	{
		"markers of a conflict that the source has too",
		"msgid \"\"\n\"<<<<<<< HEAD\\n\"\n\"#-#-#-#-# x\\n\"\nmsgstr \"\"\n\"<<<<<<< HEAD\\n\"\n\"#-#-#-#-# y\\n\"\n",
		catalog.Entry{Key: catalog.Key{Source: "<<<<<<< HEAD\n#-#-#-#-# x\n"}, Target: "<<<<<<< HEAD\n#-#-#-#-# y\n"},
	},
	{
		"what only resembles a marker", "msgid \"a\"\nmsgstr \"a <<<<<<< b\\n======== c\\n<<<<<<<<\\n>>>>>>>x\"\n",
		catalog.Entry{Key: catalog.Key{Source: "a"}, Target: "a <<<<<<< b\n======== c\n<<<<<<<<\n>>>>>>>x"},
	},
}

func TestParseReadsWhatGettextCanSay(t *testing.T) {
	for _, c := range facts {
		t.Run(c.name, func(t *testing.T) {
			f, found := po.Parse("ko.po", []byte(c.src))
			if !isASCII(c.src) {
				found = without(found, "charset")
			}
			if len(found) > 0 {
				t.Fatalf("findings:\n%v", found)
			}
			if len(f.Messages) != 1 {
				t.Fatalf("%d messages, want 1", len(f.Messages))
			}
			if diff := cmp.Diff(c.want, f.Messages[0].Entry); diff != "" {
				t.Error(diff)
			}
			if got := string(po.Format(f)); got != c.src {
				t.Errorf("written:\n%q\nread:\n%q", got, c.src)
			}
			again, found := po.Parse("ko.po", po.Format(anew(f)))
			if found = without(found, "charset"); len(found) > 0 {
				t.Fatalf("findings in what was written anew:\n%v\n%s", found, po.Format(anew(f)))
			}
			if diff := cmp.Diff(c.want, again.Messages[0].Entry); diff != "" {
				t.Errorf("written anew: %s", diff)
			}
		})
	}
}

func isASCII(s string) bool {
	return strings.IndexFunc(s, func(r rune) bool { return r > 127 }) < 0
}

func without(found diag.List, code string) diag.List {
	var rest diag.List
	for _, f := range found {
		if f.Code != code {
			rest = append(rest, f)
		}
	}
	return rest
}

// refusals are files with what is wrong with them: line:column code.
var refusals = []struct {
	name string
	src  string
	want []string
}{
	{"a text that is not closed", "msgid \"a\nmsgstr \"b\"\n", []string{"1:7 string"}},
	{"a text that the file's end cuts off", "msgid \"a\"\nmsgstr \"b", []string{"2:8 string"}},
	{"a backslash at the file's end", "msgid \"a\"\nmsgstr \"b\\", []string{"2:8 string"}},
	{"an unknown escape", head + "msgid \"한\\q\"\nmsgstr \"\\x\"\n", []string{"5:9 escape", "6:9 escape"}},
	{"an escape of more than a byte", "msgid \"\\777\"\nmsgstr \"\\x4141\"\n", []string{"1:8 escape", "2:9 escape"}},
	{"an escape that is no UTF-8", "msgid \"a\\xff\"\nmsgstr \"\"\n", []string{"1:9 encoding"}},
	{"an escape for NUL", "msgid \"a\\000\"\nmsgstr \"\"\n", []string{"1:9 encoding"}},
	{"a NUL byte", "msgid \"a\"\nmsgstr \"b\x00\x00\"\n", []string{"2:10 encoding"}},
	{"bytes that are no UTF-8", head + "\n# ab\xff\xfe\nmsgid \"a\"\nmsgstr \"한\xed\x95\"\n", []string{"6:5 encoding", "8:10 encoding"}},
	{"a missing msgstr", "msgid \"a\"\n\n# c\nmsgid \"b\"\nmsgstr \"c\"\n", []string{"1:1 missing-msgstr"}},
	{"a missing msgstr at the end", "msgid \"a\"\nmsgstr \"b\"\n\nmsgctxt \"x\"\nmsgid \"b\"\n", []string{"4:1 missing-msgstr"}},
	{"a context alone", "msgctxt \"x\"\n", []string{"1:1 missing-msgstr"}},
	{"a msgstr alone", "msgstr \"x\"\n", []string{"1:1 syntax"}},
	{"a context that follows its msgid", "msgid \"a\"\nmsgctxt \"x\"\nmsgstr \"b\"\n", []string{"1:1 missing-msgstr", "3:1 syntax"}},
	{"two msgstr", "msgid \"a\"\nmsgstr \"b\"\nmsgstr \"c\"\n", []string{"3:1 syntax"}},
	{"a keyword without a text", "msgid \"a\"\nmsgstr\n\nmsgid\nmsgstr \"\"\n", []string{"2:1 syntax", "4:1 syntax"}},
	{"stray words", "msgid \"a\"\nmsgstr \"b\" x\nfoo \"bar\" baz\n;\n", []string{"2:12 syntax", "3:1 syntax", "4:1 syntax"}},
	{"a misspelt keyword", "msgid \"a\"\nmsgstrr \"b\"\n\"c\"\n", []string{"2:1 syntax"}},
	{"a misspelt first keyword", "msgidd \"a\"\nmsgstr \"b\"\n\nmsgid \"c\"\nmsgstr \"\"\n", []string{"1:1 syntax"}},
	{"a text before any keyword", "\"a\"\nmsgid \"a\"\nmsgstr \"b\"\n", []string{"1:1 syntax"}},
	{"a text after a comment", "msgid \"a\"\nmsgstr \"b\"\n# c\n\"d\"\n", []string{"4:1 syntax"}},
	{"a comment inside an entry", "msgid \"a\"\n  # c\nmsgstr \"b\"\n", []string{"2:3 syntax"}},
	{"a comment below the previous source", "#| msgid \"o\"\n#, fuzzy\nmsgid \"a\"\nmsgstr \"b\"\n", []string{"2:1 syntax"}},
	{"a previous source of no entry", "#| msgid \"o\"\n", []string{"1:4 syntax"}},
	{"a previous context alone", "#| msgctxt \"o\"\nmsgid \"a\"\nmsgstr \"b\"\n", []string{"1:4 syntax"}},
	{"a previous text without keyword", "#| \"o\"\nmsgid \"a\"\nmsgstr \"b\"\n", []string{"1:4 syntax"}},
	{"a previous msgstr", "#| msgstr \"o\"\nmsgid \"a\"\nmsgstr \"b\"\n", []string{"1:4 syntax"}},
	{"a previous source in disorder", "#| msgid \"o\"\n#| msgctxt \"o\"\nmsgid \"a\"\nmsgstr \"b\"\n", []string{"2:4 syntax"}},
	{"a first plural form that is not the first", "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[1] \"x\"\n", []string{"3:1 plural-index"}},
	{"a gap between plural forms", "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"x\"\nmsgstr[2] \"y\"\nmsgstr[3] \"y\"\n", []string{"4:1 plural-index"}},
	{"a plural form twice", "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"x\"\nmsgstr[0] \"y\"\n", []string{"4:1 plural-index"}},
	{"a plural without an index", "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr \"x\"\n", []string{"3:1 plural-index"}},
	{"an index without a plural", "msgid \"a\"\nmsgstr[0] \"x\"\n", []string{"2:1 plural-index"}},
	{"an index that is no number", "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[-1] \"x\"\n", []string{"3:8 syntax"}},
	{"an index that is not closed", "msgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0 \"x\"\n", []string{"3:10 syntax"}},
	{"a plural out of place", "msgid_plural \"b\"\n", []string{"1:1 syntax"}},
	{"a duplicate", head + "\nmsgid \"a\"\nmsgstr \"b\"\n\nmsgid \"a\"\nmsgstr \"c\"\n", []string{"9:1 duplicate"}},
	{"a duplicate of which one is obsolete", "msgid \"a\"\nmsgstr \"b\"\n\n#~ msgid \"a\"\n#~ msgstr \"c\"\n", []string{"4:4 duplicate"}},
	{"an obsolete duplicate", "#~ msgid \"a\"\n#~ msgstr \"b\"\n\n#~ msgid \"a\"\n#~ msgstr \"c\"\n", []string{"4:4 duplicate"}},
	{"two headers", head + "\n" + head, []string{"6:1 duplicate"}},
	{"a header below a message", "msgid \"a\"\nmsgstr \"b\"\n\n" + head, []string{"4:1 header"}},
	{"an obsolete header", head + "\n#~ msgid \"\"\n#~ msgstr \"b\"\n", []string{"6:4 header"}},
	{"a header with a plural", "msgid \"\"\nmsgid_plural \"a\"\nmsgstr[0] \"b\"\n", []string{"1:1 header"}},
	{"an empty context", "msgctxt \"\"\nmsgid \"a\"\nmsgstr \"b\"\n", []string{"1:1 context"}},
	{"an empty context and an empty source", "msgctxt \"\"\nmsgid \"\"\nmsgstr \"b\"\n", []string{"1:1 context"}},
	{"an obsolete mark on only some lines", "#~ msgid \"a\"\nmsgstr \"b\"\n", []string{"2:1 obsolete"}},
	{"an obsolete mark missing in the middle", "#~ msgid \"a\"\n#~ msgstr \"b\"\n\"c\"\n", []string{"3:1 obsolete"}},
	{"an obsolete mark missing on the previous source", "#| msgid \"o\"\n#~ msgid \"a\"\n#~ msgstr \"b\"\n", []string{"2:4 obsolete"}},
	{"two entries behind one obsolete mark", "#~ msgid \"a\" msgstr \"\" msgid \"b\" msgstr \"\"\n", []string{"1:24 obsolete"}},
	{"two domains", "domain \"d\"\nmsgid \"a\"\nmsgstr \"b\"\n", []string{"1:1 syntax"}},
	{
		"a conflict around entries is told once a marker",
		head + "\n<<<<<<< HEAD\nmsgid \"a\"\nmsgstr \"b\"\n||||||| base\nmsgid \"a\"\nmsgstr \"\"\n=======\nmsgid \"a\"\nmsgstr \"c\"\n>>>>>>> theirs\n",
		[]string{"6:1 conflict-marker", "9:1 conflict-marker", "12:1 conflict-marker", "15:1 conflict-marker"},
	},
	{
		"a conflict within a text",
		"msgid \"a\"\nmsgstr \"\"\n<<<<<<< HEAD\n\"b\"\n=======\n\"c\"\n>>>>>>> theirs\n",
		[]string{"3:1 conflict-marker", "5:1 conflict-marker", "7:1 conflict-marker"},
	},
	{
		"a conflict that does not end", "<<<<<<< HEAD\n=======\nmsgid \"a\"\n<<<<<<< HEAD\n=======\nmsgstr \"b\" x\n",
		[]string{"1:1 conflict-marker", "2:1 conflict-marker", "4:1 conflict-marker", "5:1 conflict-marker", "6:12 syntax"},
	},
	{
		"conflict markers inside a text",
		"msgid \"a\"\nmsgstr \"\"\n\"<<<<<<< HEAD\\n\"\n\"b\\n=======\\nc\\n\"\n\">>>>>>> theirs\"\n",
		[]string{"3:1 conflict-marker", "4:1 conflict-marker", "5:1 conflict-marker"},
	},
	{
		"what msgcat leaves of several translations",
		head + "\nmsgid \"a\"\nmsgstr \"\"\n\"#-#-#-#-#  a.po  #-#-#-#-#\\n\"\n\"b\\n\"\n\"#-#-#-#-#  b.po  #-#-#-#-#\\n\"\n\"c\"\n",
		[]string{"8:1 conflict-marker", "10:1 conflict-marker"},
	},
	{"text of no known charset", "msgid \"a\"\nmsgstr \"한\"\n", []string{"1:1 charset"}},
	{"a charset that was never filled in", "\n\nmsgid \"\"\nmsgstr \"Content-Type: text/plain; charset=CHARSET\\n\"\n\nmsgid \"a\"\nmsgstr \"한\"\n", []string{"3:1 charset"}},
	{"a charset that is not known, and other bytes", "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=VISCII\\n\"\n\nmsgid \"a\"\nmsgstr \"\xff\"\n", []string{"1:1 charset", "5:9 encoding"}},
	{"a charset below bytes that are no text", "msgid \"\"\nmsgstr \"Content-Type: \xff\xffcharset=\"\n", []string{"1:1 charset", "2:23 encoding"}},
	{"ASCII with other bytes", "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=ASCII\\n\"\n\nmsgid \"a\"\nmsgstr \"한\"\n", []string{"1:1 charset"}},
}

func TestParseSaysWhatIsWrongAndWhere(t *testing.T) {
	for _, c := range refusals {
		t.Run(c.name, func(t *testing.T) {
			_, found := po.Parse("ko.po", []byte(c.src))
			if diff := cmp.Diff(c.want, places(found)); diff != "" {
				t.Errorf("%s\n%v", diff, found)
			}
		})
	}
}

func places(found diag.List) []string {
	var out []string
	for _, f := range found {
		out = append(out, fmt.Sprintf("%d:%d %s", f.Pos.Line, f.Pos.Column, f.Code))
	}
	return out
}

func TestSeverityGradesByWhatMayBeLost(t *testing.T) {
	for _, c := range []struct {
		name, src string
		want      diag.Severity
	}{
		{"an obsolete text of several translations waits", "#~ msgid \"a\"\n#~ msgstr \"#-#-#-#-#  a.po\\nb\"\n", diag.Warning},
		{"a live one must not be published", "msgid \"a\"\nmsgstr \"#-#-#-#-#  a.po\\nb\"\n", diag.Error},
		{"version control's markers are errors in obsolete text too", "#~ msgid \"a\"\n#~ msgstr \"<<<<<<< a\\nb\"\n", diag.Error},
		{"a header that stands elsewhere is moved", "msgid \"a\"\nmsgstr \"b\"\n\n" + head, diag.Warning},
		{"text without a charset is read as UTF-8", "msgid \"a\"\nmsgstr \"한\"\n", diag.Warning},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, found := po.Parse("ko.po", []byte(c.src))
			if len(found) != 1 || found[0].Severity != c.want {
				t.Errorf("got %v, want one finding of severity %v", found, c.want)
			}
		})
	}
}

func TestFindingsNameTheMessage(t *testing.T) {
	_, found := po.Parse("ko.po", []byte("msgctxt \"c\"\nmsgid \"a\"\nmsgstr \"\"\n\"x\\n\"\n\"<<<<<<< HEAD\\n\"\n"))
	want := diag.Finding{
		Pos: diag.Pos{Path: "ko.po", Line: 5, Column: 1}, Code: "conflict-marker", Severity: diag.Error,
		Text: "version control left a conflict in the text", Hint: "keep one and delete the lines with markers",
		Key: catalog.Key{Context: "c", Source: "a"},
	}
	if len(found) != 1 || found[0] != want {
		t.Errorf("got %#v, want %#v", found, want)
	}
}

// TestParseFindsEveryCutWithinAnEntry cuts a sample at every byte: what ends
// in the middle of an entry is an error.
func TestParseFindsEveryCutWithinAnEntry(t *testing.T) {
	sample := head + "\n# 말\n#. n\n#, fuzzy\n#| msgid \"o\\n\"\nmsgctxt \"c\"\nmsgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"\\\"한\\\"\"\nmsgstr[1] \"y\"\n\n#~ msgid \"z\"\n#~ msgstr \"\"\n"
	whole := map[string]bool{}
	for _, s := range []string{"msgstr \"\"", "Language: ko\\n\"", "UTF-8\\n\"", "msgstr[0] \"\\\"한\\\"\"", "msgstr[1] \"y\"", "#~ msgstr \"\""} {
		for i := 0; i < len(sample); {
			n := strings.Index(sample[i:], s)
			if n < 0 {
				break
			}
			i += n + len(s)
			whole[sample[:i]] = true
		}
	}
	for n := range len(sample) {
		cut := sample[:n]
		_, found := po.Parse("ko.po", []byte(cut))
		body := strings.TrimRight(cut, "\n#~| ")
		for i := strings.LastIndex(body, "\n"); i >= 0 && isComment(body[i+1:]); i = strings.LastIndex(body, "\n") {
			body = strings.TrimRight(body[:i], "\n")
		}
		if partRune := !strings.HasSuffix(strings.ToValidUTF8(cut, "?"), "?"); whole[body] || body == "" {
			if got := found.HasErrors(); got == partRune {
				t.Errorf("after %q: errors %v\n%v", cut, got, found)
			}
			continue
		}
		if !found.HasErrors() {
			t.Errorf("no error after %q", cut)
		}
		for _, f := range found {
			if f.Pos.Line < 1 || f.Pos.Column < 1 || f.Pos.Line > 1+strings.Count(cut, "\n") {
				t.Errorf("after %q: no such place: %v", cut, f)
			}
		}
	}
}

func isComment(line string) bool {
	return strings.HasPrefix(line, "#") && !strings.HasPrefix(line, "#~") && !strings.HasPrefix(line, "#|")
}

func TestParseReadsTheHeader(t *testing.T) {
	src := "# Translators\n#\n#. note\n#, fuzzy, x\nmsgid \"\"\nmsgstr \"\"\n\"Project-Id-Version: a: b\\n\"\n\"X-Empty:\\n\"\n\"Language: zh_Hans\\n\"\n\"no colon\\n\"\n\"Plural-Forms: nplurals=1; \"\n\"plural=0;\\n\"\n"
	f, found := po.Parse("zh.po", []byte(src))
	if len(found) > 0 {
		t.Fatal(found)
	}
	want := catalog.Said{
		Comments: []string{"Translators", ""}, Flags: []string{"fuzzy", "x"},
		Fields: []catalog.Field{
			{Name: "Project-Id-Version", Value: "a: b"},
			{Name: "X-Empty"},
			{Name: "Language", Value: "zh_Hans"},
			{Value: "no colon"},
			{Name: "Plural-Forms", Value: "nplurals=1; plural=0;"},
		},
	}
	got := catalog.Said{Comments: f.Header.Comments, Flags: f.Header.Flags, Fields: f.Header.Fields}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got, want)
	}
	if string(po.Format(f)) != src {
		t.Errorf("written:\n%s", po.Format(f))
	}
}

func TestLanguageIsTheHeaders(t *testing.T) {
	for value, want := range map[string]string{
		"ko": "ko", "zh_Hans": "zh-Hans", "zh-Hant": "zh-Hant", "zh_CN": "zh-CN", "pt_BR": "pt-BR",
		"sr@latin": "sr-Latn", "sr_RS@latin": "sr-Latn-RS", "de_DE.UTF-8": "de-DE", "": "und", "LANGUAGE": "und", "한국어": "und",
	} {
		f, _ := po.Parse("x.po", []byte("msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\nLanguage: "+value+"\\n\"\n"))
		if got := f.Language.String(); got != want {
			t.Errorf("Language: %s read as %s, want %s", value, got, want)
		}
	}
}

func TestPlacesOfEntriesAndTargets(t *testing.T) {
	src := "\ufeffmsgid \"한\" msgstr \"b\" msgid \"c\"\nmsgstr \"d\"\n\n# x\n#~ msgctxt \"e\"\n#~ msgid \"f\"\n#~ msgstr \"\"\n#~ \"g\"\n\nmsgid \"h\"\nmsgid_plural \"i\"\nmsgstr[0] \"\"\nmsgstr[1] \"j\"\n"
	f, _ := po.Parse("ko.po", []byte(src))
	var got []string
	for _, m := range f.Messages {
		got = append(got, m.Pos.String()+" "+m.TargetPos.String())
	}
	want := []string{"ko.po:1:1 ko.po:1:18", "ko.po:1:22 ko.po:2:8", "ko.po:5:4 ko.po:7:11", "ko.po:10:1 ko.po:12:11"}
	if diff := cmp.Diff(want, got); diff != "" {
		t.Error(diff)
	}
}

func TestParseSettlesStates(t *testing.T) {
	f, _ := po.Parse("ko.po", []byte("msgid \"a\"\nmsgstr \"\"\n\n#, fuzzy\nmsgid \"b\"\nmsgstr \"x\"\n\nmsgid \"c\"\nmsgstr \"y\"\n"))
	for i, want := range []catalog.State{catalog.Untranslated, catalog.NeedsChecking, catalog.Translated} {
		if got := f.Messages[i].State; got != want {
			t.Errorf("message %d: %v, want %v", i, got, want)
		}
	}
}
