package markdown

import (
	"bytes"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
	"golang.org/x/text/language"
)

// frontKeys are the keys that the articles of these tests have translated.
var frontKeys = []string{"title", "subtitle", "summary", "tags", "params.subtitle", "params.deep.note", "authors.role"}

// frontArticles are front matter of every notation and style.
var frontArticles = map[string]string{
	"yaml": `---
# a comment
title: Plain words # another
subtitle:   'It''s single'

summary: "Double \"quoted\"\twith é"
tags: [one thing, "two, three", 'four']   # in brackets
params:
    subtitle: |-  # kept
        A literal
        block

    deep: {note: in braces, other: "left # alone"}
    other: >+
        left
        alone

authors:
  - name: Ana
    role: >
      folded
      over lines
  - name: Bo
    role: plain
      over lines
slug: left-alone
date: 2026-11-24
---
Body.
`,
	"toml": `+++
# a comment
title = "Basic \"quoted\" words" # another
subtitle   =   'A literal'
summary = """
Long \
  basic ""quoted""
"""
date = 2026-11-24T10:00:00Z
slug = 'left-alone'
tags = [ "one", # first
  'two, three',
  "four", ]
params.subtitle = '''
It's a literal
over lines'''

[params.deep]
note = "deep"
other = { a = [1, 2.5], "b.c" = 1979-05-27, d = {} }

[[authors]]
role = "first"
[[authors]]
"role" = "second" # ] }
+++
Body.
`,
	"json": `{
  "title": "Plain \"quoted\" words",
  "subtitle" : "\u00e9",   "summary":"a {brace} and a [bracket]",
  "tags": ["one", "two", 3, null],
  "params": {"subtitle": "two\nlines", "deep": {"note": "deep", "other": [{}, []]}},
  "authors": [{"role": "first"}, {"role": "second"}],
  "date": "2026-11-24",
  "weight": 1e1
}
Body.
`,
}

// told are the segments of front matter as "name: text".
func told(d *Document) (out []string) {
	for _, seg := range d.Segments {
		if seg.Kind == FrontMatter {
			out = append(out, seg.Name+": "+seg.Text)
		}
	}
	return out
}

// framed is front matter of a notation around some lines, with a body.
func framed(notation, lines string) string {
	switch notation {
	case "yaml":
		return "---\n" + lines + "---\nBody.\n"
	case "toml":
		return "+++\n" + lines + "+++\nBody.\n"
	}
	return lines + "\nBody.\n"
}

func parseFront(t testing.TB, src string) *Document {
	t.Helper()
	d, found := Parse("a.md", []byte(src), Dialect{FrontMatter: frontKeys})
	if d == nil {
		t.Fatalf("%v\n%s", found, src)
	}
	return d
}

func TestFrontMatterSegments(t *testing.T) {
	for _, c := range []struct {
		name, notation, lines string
		want                  []string
	}{
		{"a key", "yaml", "title: A b\n", []string{"title: A b"}},
		{"a key", "toml", "title = 'A b'\n", []string{"title: A b"}},
		{"a key", "json", `{"title": "A b"}`, []string{"title: A b"}},
		{"a key that is not named", "yaml", "slug: a\n", nil},
		{"a key that is not named", "toml", "slug = 'a'\n", nil},
		{"a key that is not named", "json", `{"slug": "a"}`, nil},
		{"each element of a list, in order", "yaml", "tags: [b, a]\n", []string{"tags: b", "tags: a"}},
		{"each element of a list on lines of its own", "yaml", "tags:\n- b\n- 'a'\n", []string{"tags: b", "tags: a"}},
		{"each element of a list, in order", "toml", "tags = ['b',\n \"a\", # c\n]\n", []string{"tags: b", "tags: a"}},
		{"each element of a list, in order", "json", `{"tags": ["b", "a"]}`, []string{"tags: b", "tags: a"}},
		{"only the texts of a list", "yaml", "tags: [null, {a: b}, c]\n", []string{"tags: c"}},
		{"only the texts of a list", "toml", "tags = [1, true, {a='b'}, 'c']\n", []string{"tags: c"}},
		{"only the texts of a list", "json", `{"tags": [1, true, {"a": "b"}, "c"]}`, []string{"tags: c"}},
		{"a nested key", "yaml", "params:\n  subtitle: A\n  deep: {note: B}\n", []string{"params.subtitle: A", "params.deep.note: B"}},
		{"a nested key, in braces", "toml", "params = {subtitle = 'A', deep.note = 'B'}\n", []string{"params.subtitle: A", "params.deep.note: B"}},
		{"a nested key, in tables", "toml", "[params]\nsubtitle = 'A'\n[params.deep]\nnote = 'B'\n", []string{"params.subtitle: A", "params.deep.note: B"}},
		{"a nested key, with dots", "toml", "params.subtitle = 'A'\nparams . deep . \"note\" = 'B'\n", []string{"params.subtitle: A", "params.deep.note: B"}},
		{"a nested key", "json", `{"params": {"subtitle": "A", "deep": {"note": "B"}}}`, []string{"params.subtitle: A", "params.deep.note: B"}},
		{"a key of each table of a list", "yaml", "authors:\n- role: A\n- {role: B}\n", []string{"authors.role: A", "authors.role: B"}},
		{"a key of each table of a list", "toml", "[[authors]]\nrole='A'\n[[authors]]\nrole='B'\n", []string{"authors.role: A", "authors.role: B"}},
		{"a key of each table of a list", "json", `{"authors": [{"role": "A"}, {"role": "B"}]}`, []string{"authors.role: A", "authors.role: B"}},
		{"a named table has none of its own", "yaml", "tags: {a: b}\n", nil},
		{"a named table has none of its own", "toml", "[tags]\na = 'b'\n", nil},
		{"a named table has none of its own", "json", `{"tags": {"a": "b"}}`, nil},
		{"a number where text is wanted", "yaml", "title: 1984\n", []string{"title: 1984"}},
		{"a truth where text is wanted", "yaml", "title: True\n", []string{"title: True"}},
		{"nothing", "yaml", "title:\nsubtitle: ~\nsummary: null\n", nil},
		{"nothing", "json", `{"title": null, "subtitle": ""}`, nil},
		{"marks without words", "toml", "title = '***'\n", nil},
		{"an anchor and a tag", "yaml", "title: &t !!str A\nsubtitle: !!str &u 'B'\nsummary: *t\n", []string{"title: A", "subtitle: B"}},
		{"an anchored line below a comment", "yaml", "title: &t # c\n  A\n", []string{"title: A"}},
		{"after a mark that YAML takes for a line end", "yaml", "summary: \"a\u2028b\"\ntitle: 'A'\n", []string{"summary: a\u2028b", "title: A"}},
		{"after a lone carriage return", "yaml", "summary: a\rtitle: 'A'\n", []string{"summary: a", "title: A"}},
		{"a folded block with an empty line", "yaml", "title: >\n  a\n  b\n\n  c\n", []string{"title: a b\nc"}},
		{"a block that tells its indentation", "yaml", "title: |2\n   a\n  b\n", []string{"title: a\nb"}},
		{"lines that a backslash joins", "toml", "title = \"\"\"\\\n  a \\\n  b\"\"\"\n", []string{"title: a b"}},
		{"line ends of Windows", "yaml", "title: |\r\n  a\r\n  b\r\n", []string{"title: a\nb"}},
		{"line ends of Windows", "toml", "title = '''\r\na\r\nb'''\r\n", []string{"title: a\nb"}},
		{"escapes", "toml", `title = "a\tb \u00e9\"" # c` + "\n", []string{"title: a\tb é\""}},
		{"escapes", "json", `{"title": "a\tb \u00e9\""}`, []string{"title: a\tb é\""}},
		{"quotes at the end of a long text", "toml", `title = """a "b"""""` + "\n", []string{`title: a "b""`}},
		{"a byte order mark after the fence", "yaml", "\ufefftitle: A b\nsubtitle: 'it''s'\n", []string{"title: A b", "subtitle: it's"}},
		{"a byte order mark after the fence", "toml", "\ufefftitle = 'A b'\n", []string{"title: A b"}},
	} {
		t.Run(c.notation+", "+c.name, func(t *testing.T) {
			d := parseFront(t, framed(c.notation, c.lines))
			if got := told(d); !slices.Equal(got, c.want) {
				t.Errorf("got %q, want %q", got, c.want)
			}
			if got := string(d.body); got != "Body.\n" {
				t.Errorf("body %q", got)
			}
		})
	}
}

func TestFrontMatterIsReplacedInItsStyle(t *testing.T) {
	for _, c := range []struct{ name, notation, lines, answer, want string }{
		{"plain", "yaml", "title:  A b  # c\n", "새 제목", "title:  새 제목  # c\n"},
		{"plain, with a colon", "yaml", "title: A b # c\n", "C: d", "title: \"C: d\" # c\n"},
		{"plain, and the answer a truth", "yaml", "title: A b\n", "no #1", "title: \"no #1\"\n"},
		{"plain, and the answer a number", "yaml", "title: A b\n", "12", "title: \"12\"\n"},
		{"plain over lines", "yaml", "title: A\n  b # c\nslug: d\n", "C d e", "title: C d e # c\nslug: d\n"},
		{"single quotes", "yaml", "title: 'A b'\n", "it's", "title: 'it''s'\n"},
		{"single quotes, and a control character", "yaml", "title: 'A b'\n", "a\u2028b", "title: \"a\\u2028b\"\n"},
		{"double quotes", "yaml", "title: \"A b\"\n", `a "b" \c`, `title: "a \"b\" \\c"` + "\n"},
		{"literal", "yaml", "title: |\n    A\n    b\n\nslug: c\n", "C\nd\n\ne", "title: |\n    C\n    d\n\n    e\n\nslug: c\n"},
		{"literal, with a comment", "yaml", "title: |- # c\n  A b\n", "# d", "title: |- # c\n  # d\n"},
		{"literal, and a control character", "yaml", "title: |- # c\n  A b\nslug: c\n", "a\u2029b", "title: \"a\\u2029b\" # c\nslug: c\n"},
		{"literal that tells its indentation", "yaml", "title: |2-\n    A b\n", "C d", "title: |2-\n    C d\n"},
		{"literal that tells its indentation, with lines", "yaml", "title: |2-\n    A\n  b\n", "C\nd", `title: "C\nd"` + "\n"},
		{"literal of Windows", "yaml", "title: |\r\n  A\r\n  b\r\nslug: c\r\n", "C\nd", "title: |\r\n  C\r\n  d\r\nslug: c\r\n"},
		{"folded", "yaml", "title: >\n  A\n  b\nslug: c\n", "C d", "title: >\n  C d\nslug: c\n"},
		{"folded with lines", "yaml", "title: >-\n  A\n\n  b\n", "C\n\nd", "title: >-\n  C\n\n\n  d\n"},
		{"in brackets", "yaml", "tags: [ A b , x ] # c\n", "C d", "tags: [ C d , x ] # c\n"},
		{"in brackets, with a comma", "yaml", "tags: [A b, x]\n", "C, d", "tags: [\"C, d\", x]\n"},
		{"in a list", "yaml", "tags:\n  -  A b # c\n  - x\n", "C, d", "tags:\n  -  C, d # c\n  - x\n"},
		{"in a list, like a list", "yaml", "tags:\n- A b\n- x\n", "- d", "tags:\n- \"- d\"\n- x\n"},
		{"in braces", "yaml", "params: {subtitle: A b}\n", "C}", "params: {subtitle: \"C}\"}\n"},
		{"with an anchor", "yaml", "title: &t A b\nsubtitle: *t\n", "C d", "title: &t C d\nsubtitle: *t\n"},
		{"with quotes in the key", "yaml", "\"title\"  : A b\n", "C", "\"title\"  : C\n"},
		{"over lines, on one", "yaml", "title: A b\n", "C\n\n d ", "title: C d\n"},

		{"double quotes", "toml", "title  =  \"A b\" # c\n", `a "b" \c`, `title  =  "a \"b\" \\c" # c` + "\n"},
		{"double quotes, and a control character", "toml", "title = \"A b\"\n", "a\x01b\x7f", `title = "a\u0001b\u007F"` + "\n"},
		{"single quotes", "toml", "title = 'A b'\n", `C "d" \e`, `title = 'C "d" \e'` + "\n"},
		{"single quotes, and an apostrophe", "toml", "title = 'A b'\n", "it's", `title = "it's"` + "\n"},
		{"three double quotes", "toml", "title = \"\"\"\nA \\\n  b\n\"\"\"\n", `C "d"`, "title = \"\"\"\nC \"d\"\n\"\"\"\n"},
		{"three double quotes, and as many", "toml", "title = \"\"\"A\"\"\"\n", `a """b"`, `title = """a ""\"b\""""` + "\n"},
		{"three single quotes", "toml", "title = '''\nA\nb'''\n", "C\nit's", "title = '''\nC\nit's'''\n"},
		{"three single quotes, and one at the end", "toml", "title = '''\nA b'''\n", "C'", "title = \"\"\"\nC'\"\"\"\n"},
		{"three single quotes of Windows", "toml", "title = '''\r\nA\r\nb'''\r\n", "C\nd", "title = '''\r\nC\r\nd'''\r\n"},
		{"a line like the fence", "toml", "title = '''\nA\nb'''\n", "C\n+++", `title = "C\n+++"` + "\n"},
		{"in a list over lines", "toml", "tags = [ # x\n  \"A b\", # y\n  'z',\n]\n", "C, ]", "tags = [ # x\n  \"C, ]\", # y\n  'z',\n]\n"},
		{"in a table", "toml", "[ params ] # x\n subtitle = 'A b'\n", "C", "[ params ] # x\n subtitle = 'C'\n"},
		{"with dots", "toml", "params.\"subtitle\"='A b'\n", "C", "params.\"subtitle\"='C'\n"},
		{"in braces", "toml", "params={a=1,subtitle='A b'}\n", "C}", "params={a=1,subtitle='C}'}\n"},
		{"in a list of tables", "toml", "[[authors]]\n[[authors]]\nrole = 'A b'\n", "C", "[[authors]]\n[[authors]]\nrole = 'C'\n"},

		{"a text", "json", `{ "title" :"A b" , "weight":1.0 }`, "C \"d\"\\\x01", `{ "title" :"C \"d\"\\\u0001" , "weight":1.0 }`},
		{"a text of lines", "json", `{"title": "A\r\nb"}`, "C\nd", `{"title": "C\nd"}`},
		{"a text on one line", "json", `{"title": "A b"}`, "C\nd", `{"title": "C d"}`},
		{"in a list", "json", `{"tags": [ 1,"A b" , "z"]}`, "C", `{"tags": [ 1,"C" , "z"]}`},
	} {
		t.Run(c.notation+", "+c.name, func(t *testing.T) {
			d := parseFront(t, framed(c.notation, c.lines))
			back, found := d.Translate(language.Korean, func(i int, s *Segment) (string, bool) { return c.answer, i == 0 })
			if got, want := string(back.Source()), framed(c.notation, c.want); got != want || len(found) > 0 {
				t.Errorf("got  %q\nwant %q\n%v", got, want, found)
			}
		})
	}
}

func TestFrontMatterMeta(t *testing.T) {
	want := Meta{
		Title: "A", Description: "B", Summary: "C", Subtitle: "D", Slug: "e", Aliases: []string{"/f/", "/g/"},
		Weight: 10, Date: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC), Author: "H, I", Draft: true, Retracted: true,
		Priority: 2,
	}
	for _, c := range []struct {
		name, notation, lines string
		line, column          int // of the policy
	}{
		{"plain", "yaml", "title: A\ndescription: B\nsummary: C\nsubtitle: D\nslug: e\nweight: 10\ndate: 2026-11-24\nauthor: H, I\ndraft: true\nretracted: true\npriority: 2\nstale: show\naliases: [/f/, /g/]\n", 13, 8},
		{"in all its styles", "yaml", "{title: &t A, description: \"B\",\n summary: 'C', subtitle: D, slug: e, weight: 0xA,\n date: 2026-11-24T23:30:00+02:00, author: [H, I], draft: yes, retracted: On, priority: 2.0, list: &l [/f/, /g/], aliases: *l,\n stale: show}\n", 5, 9},
		{"plain", "toml", "title = 'A'\ndescription = 'B'\nsummary = 'C'\nsubtitle = 'D'\nslug = 'e'\nweight = 10\ndate = 2026-11-24\nauthor = 'H, I'\ndraft = true\nretracted = true\npriority = 2\nstale = 'show'\naliases = ['/f/', '/g/']\n", 13, 9},
		{"a time and lists", "toml", "title = \"A\"\ndescription = 'B'\nsummary = \"\"\"C\"\"\"\nsubtitle = '''\nD'''\nslug = 'e'\nweight = 1_0\ndate = 2026-11-24 10:00:00.5Z\nauthor = ['H', 'I']\ndraft = true\nretracted = true\npriority = 0x2\naliases = [\n'/f/', # x\n'/g/'\n]\nstale = 'show'\n[params]\ntitle = 'x'\nweight = 'y'\n", 18, 9},
		{"a time without a place", "toml", "title = 'A'\ndescription = 'B'\nsummary = 'C'\nsubtitle = 'D'\nslug = 'e'\nweight = 10\ndate = 2026-11-24t23:59:59\nauthor = 'H, I'\ndraft = true\nretracted = true\npriority = 2\nstale = 'show'\naliases = ['/f/', '/g/']\n", 13, 9},
		{"plain", "json", `{"title": "A", "description": "B", "summary": "C", "subtitle": "D", "slug": "e", "aliases": ["/f/", "/g/"],` + "\n" + `"weight": 10, "date": "2026-11-24", "author": ["H", "I"], "draft": true, "retracted": true, "priority": 2, "stale": "show"}`, 2, 117},
	} {
		t.Run(c.notation+", "+c.name, func(t *testing.T) {
			d := parseFront(t, framed(c.notation, c.lines))
			stale := d.Meta.Policy["stale"]
			if stale.Text != "show" || stale.Pos.Line != c.line || stale.Pos.Column != c.column {
				t.Errorf("policy %+v, want it at %d:%d", stale, c.line, c.column)
			}
			d.Meta.Policy, d.Meta.SlugPos = nil, want.SlugPos
			if !reflect.DeepEqual(d.Meta, want) {
				t.Errorf("got  %+v\nwant %+v", d.Meta, want)
			}
		})
	}
}

func TestFrontMatterFindings(t *testing.T) {
	for _, c := range []struct{ name, notation, lines, want string }{
		{"a second colon", "yaml", "slug: a\ntitle: b: c\n", `a.md:3:9: malformed front matter: mapping values are not allowed in this context; quote values that hold a colon or begin with a mark`},
		{"a tab", "yaml", "a:\n\tb: c\n", `a.md:3:2: malformed front matter: found character that cannot start any token; quote values that hold a colon or begin with a mark`},
		{"a key out of line", "yaml", "a: b\n  c: d\nslug: e\n", `a.md:3:3: malformed front matter: mapping values are not allowed in this context; quote values that hold a colon or begin with a mark`},
		{"a bracket that is not closed", "yaml", "slug: a\ntags: [b\nc: d\n", `a.md:3:1: malformed front matter: did not find expected ',' or ']'; quote values that hold a colon or begin with a mark`},
		{"an anchor that is not there", "yaml", "slug: a\ntitle: *b\n", `a.md:3:8: malformed front matter: unknown anchor 'b' referenced; quote values that hold a colon or begin with a mark`},
		{"a control character", "yaml", "slug: a\ntitle: é\x01\n", `a.md:3:9: malformed front matter: control characters are not allowed; quote values that hold a colon or begin with a mark`},
		{"a list", "yaml", "- a\n", `a.md:2:1: the front matter is not a list of keys; write key: value lines`},
		{"a key twice", "yaml", "title: a\nslug: b\ntitle: c\n", `a.md:4:1: front matter key "title" is there twice; leave one of them out`},
		{"a nested key twice", "yaml", "p: {a: b, c: d, a: e}\n", `a.md:2:17: front matter key "a" is there twice; leave one of them out`},
		{"no value", "toml", "slug = 'a'\ntitle =\n", `a.md:3:8: malformed front matter: expected value but found '\n' instead; write key = value, and text between quotes`},
		{"no quotes", "toml", "title = Words here\n", `a.md:2:9: malformed front matter: expected value but found "Words" instead; write key = value, and text between quotes`},
		{"no equals sign", "toml", "title: 'a'\n", `a.md:2:6: malformed front matter: expected '.' or '=', but got ':' instead; write key = value, and text between quotes`},
		{"a key twice", "toml", "title = 'a'\ntitle = 'b'\n", `a.md:3:1: malformed front matter: Key 'title' has already been defined.; write key = value, and text between quotes`},
		{"a text that is not closed", "toml", "title = 'a\nslug = 'b'\n", `a.md:2:11: malformed front matter: strings cannot contain newlines; write key = value, and text between quotes`},
		{"a comma too many", "json", "{\n  \"title\": \"a\",\n}", `a.md:3:1: malformed front matter: invalid character '}' looking for beginning of object key string; put keys and texts between double quotes, and commas between them`},
		{"a comma too few", "json", "{\n  \"title\": \"a\"\n  \"b\": 1}", `a.md:3:3: malformed front matter: invalid character '"' after object key:value pair; put keys and texts between double quotes, and commas between them`},
		{"keys without quotes", "json", "{\n  title: \"a\"\n}", `a.md:2:3: malformed front matter: invalid character 't' looking for beginning of object key string; put keys and texts between double quotes, and commas between them`},
		{"a text that is not closed", "json", "{\n  \"title\": \"a\n}", `a.md:2:14: malformed front matter: invalid character '\n' in string literal; put keys and texts between double quotes, and commas between them`},
		{"a key twice", "json", `{"title": "a", "title": "b"}`, `a.md:1:16: front matter key "title" is there twice; leave one of them out`},

		{"a table for a text", "yaml", "title: {a: b}\n", `a.md:2:8: front matter key "title": want a text; write title: "Title"`},
		{"a list for a text", "yaml", "slug:\n- a\n", `a.md:3:1: front matter key "slug": want a text; write slug: "address"`},
		{"a text for a list", "yaml", "aliases: /a/\n", `a.md:2:10: front matter key "aliases": want a list of addresses; write aliases: ["/old/", "/older/"]`},
		{"a list of lists", "yaml", "aliases: [[a]]\n", `a.md:2:10: front matter key "aliases": want a list of addresses; write aliases: ["/old/", "/older/"]`},
		{"a text for a number", "yaml", "weight: heavy\n", `a.md:2:9: front matter key "weight": want a whole number; write weight: 10`},
		{"a fraction for a number", "yaml", "weight: 1.5\n", `a.md:2:9: front matter key "weight": want a whole number; write weight: 10`},
		{"a text for a truth", "yaml", "draft: maybe\n", `a.md:2:8: front matter key "draft": want true or false; write draft: true`},
		{"a text for a date", "yaml", "date: today\n", `a.md:2:7: front matter key "date": want a date; write date: 2026-11-24`},
		{"a number for a text", "toml", "title = 1\n", `a.md:2:9: front matter key "title": want a text; write title = "Title"`},
		{"a table for a text", "toml", "[title]\na = 'b'\n", `a.md:2:2: front matter key "title": want a text; write title = "Title"`},
		{"a table with dots for a text", "toml", "title.a = 'b'\n", `a.md:2:1: front matter key "title": want a text; write title = "Title"`},
		{"a text for a truth", "toml", "draft = 'true'\n", `a.md:2:9: front matter key "draft": want true or false; write draft = true`},
		{"a time for a date", "toml", "date = 10:00:00\n", `a.md:2:8: front matter key "date": want a date; write date = 2026-11-24`},
		{"a list of tables for a list", "toml", "[[aliases]]\na = 'b'\n", `a.md:2:3: front matter key "aliases": want a list of addresses; write aliases = ["/old/", "/older/"]`},
		{"a number for a text", "json", `{"title": 1}`, `a.md:1:11: front matter key "title": want a text; write "title": "Title"`},
		{"a number for a date", "json", `{"date": 2026}`, `a.md:1:10: front matter key "date": want a date; write "date": "2026-11-24"`},
		{"a table for a name", "json", `{"author": {"name": "a"}}`, `a.md:1:12: front matter key "author": want a name or a list of names; write "author": ["One", "Two"]`},
		{"a text for a number", "json", `{"weight": "1"}`, `a.md:1:12: front matter key "weight": want a whole number; write "weight": 10`},

		{"a mebibyte", "yaml", "title: " + strings.Repeat("a", 1<<20) + "\n", `a.md:2:1: front matter of more than 1 MB; move data to a file of its own`},
		{"a mebibyte", "toml", "title = '" + strings.Repeat("a", 1<<20) + "'\n", `a.md:2:1: front matter of more than 1 MB; move data to a file of its own`},
		{"a mebibyte", "json", `{"title": "` + strings.Repeat("a", 1<<20) + `"}`, `a.md:1:1: front matter of more than 1 MB; move data to a file of its own`},
		{"a NUL, escaped", "yaml", "title: \"a\\0\"\n", `a.md:2:8: a front matter value that holds a NUL character; remove the escape`},
		{"a NUL, escaped", "json", `{"title": "a\u0000"}`, `a.md:1:11: a front matter value that holds a NUL character; remove the escape`},
		{"many values", "yaml", "a: [" + strings.Repeat("1,", 10_000) + "]\n", `a.md:2:20003: front matter of more than 10,000 values; move data to a file of its own`},
		{"many values", "toml", "a = [" + strings.Repeat("1,", 10_000) + "]\n", `a.md:2:20004: front matter of more than 10,000 values; move data to a file of its own`},
		{"many values", "json", `{"a": [` + strings.Repeat("1,", 10_000) + "1]}", `a.md:1:20006: front matter of more than 10,000 values; move data to a file of its own`},
		{"aliases of aliases", "yaml", "a: &a [x,x,x,x,x,x,x,x,x]\nb: [" + strings.Repeat("*a,", 1000) + "]\n", `a.md:3:2999: front matter of more than 10,000 values; move data to a file of its own`},
		{"many levels", "yaml", "a: " + strings.Repeat("{a: ", 20) + "1" + strings.Repeat("}", 20) + "\n", `a.md:2:68: front matter of more than 16 levels; flatten it`},
		{"many levels, in braces", "toml", "a = " + strings.Repeat("{a = ", 4000) + "1" + strings.Repeat("}", 4000) + "\n", `a.md:2:85: front matter of more than 16 levels; flatten it`},
		{"many levels, with dots", "toml", "a" + strings.Repeat(".a", 8000) + " = 1\n", `a.md:2:33: front matter of more than 16 levels; flatten it`},
		{"many levels, in a table", "toml", "[a" + strings.Repeat(".a", 8000) + "]\n", `a.md:2:34: front matter of more than 16 levels; flatten it`},
		{"many levels, in brackets", "toml", "a = " + strings.Repeat("[", 1000) + "\n", `a.md:2:21: front matter of more than 16 levels; flatten it`},
		{"many levels", "json", strings.Repeat(`{"a":`, 20) + "1" + strings.Repeat("}", 20), `a.md:1:86: front matter of more than 16 levels; flatten it`},
		{"a long key", "yaml", "? " + strings.Repeat("a", 1001) + "\n: b\n", `a.md:3:3: a front matter key of more than 1,000 bytes; shorten it`},
		{"many joined lines", "toml", "a = \"\"\"" + strings.Repeat("x\\\n", 1001) + "\"\"\"\n", `a.md:2:5: a text of more than 1,000 lines that end in a backslash; join the lines`},
	} {
		t.Run(c.notation+", "+c.name, func(t *testing.T) {
			d, found := Parse("a.md", []byte(framed(c.notation, c.lines)), Dialect{})
			if d != nil || found.Error() != c.want {
				t.Errorf("got  %s\nwant %s", found.Error(), c.want)
			}
		})
	}
}

func TestWhatIsNotClosedIsNoFrontMatter(t *testing.T) {
	for _, c := range []struct{ name, src, dialect string }{
		{"a thematic break", "---\ntitle\n", ""},
		{"a thematic break before a key further down", "---\n\ntitle: a\n", ""},
		{"plus signs", "+++\ntitle\n", ""},
		{"a brace", "{\ntitle\n", ""},
		{"an object with text beside it", "{\"a\": 1} is JSON.\n\n```\n}\n```\n", ""},
		{"a directive", "{{< include >}}\n}\n", "hugo"},
		{"a statement", "{% raw %}\n}\n", ""},
		{"an expression of MDX", "{\n  title\n}\n", "docusaurus"},
		{"braces in words", "{a} b\n}\n", ""},
		{"an object further down", "\n{\n\"title\": \"a\"\n}\n", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, found := Parse("a.md", []byte(c.src), Dialect{Name: c.dialect})
			if len(found) > 0 || d.Meta.Title != "" || string(d.body) != c.src {
				t.Errorf("body %q, title %q, %v", d.body, d.Meta.Title, found)
			}
		})
	}
}

func TestFrontMatterThatDoesNotEndIsAFault(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"a key of YAML", "\ufeff---\ntitle: a\n", "---"},
		{"a key of TOML", "+++\ntitle = 'a'\n", "+++"},
		{"a table of TOML", "+++\n[params]\n", "+++"},
		{"TOML that YAML's line closes", "+++\ntitle = 'a'\n---\n", "+++"},
		{"a key of JSON", "{\n  \"title\": \"a\"\n", "}"},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, found := Parse("a.md", []byte(c.src), Dialect{})
			want := "a.md:1:1: the front matter does not end; close it with a line of " + c.want
			if found.Error() != want {
				t.Errorf("got  %s\nwant %s", found.Error(), want)
			}
		})
	}
}

// frontHostile are answers that mean something in front matter.
var frontHostile = []string{
	`"`, `'`, `"""`, "'''", `a""""`, `\`, `a\`, `\"`, `\u00e9`, "{", "}", "[x", "]", "x, y", "+++", "---", "...", "a: b", "a:", ": a",
	"a #b", "#", "true", "no", "null", "~", "12", "0x1f", "2026-11-24", "10:00", "*a", "&a b", "!a b", "%a", "@a", "`a", "? a", "- a",
	"| a", "> a", "<<", "=", "a\u0085b", "a\u2028b", "\ufeffa", "a\x01b", "a\x7f", "\u00a0a\u00a0", "\ufffe", "a\tb", "a\r\nb", "a\n+++\nb", "a\n---\nb",
	"a\n\n\n b", "a = 'b'", "[a]", "${a}", "😀",
}

func TestFrontMatterReadsAsAnswered(t *testing.T) {
	t.Parallel()
	for notation, src := range frontArticles {
		t.Run(notation, func(t *testing.T) {
			for _, src := range []string{src, strings.ReplaceAll(src, "\n", "\r\n")} {
				checkFront(t, src, frontHostile)
			}
		})
	}
}

// checkFront checks that front matter is kept, and reads as the answers.
func checkFront(t *testing.T, src string, answers []string) {
	d, found := Parse("a.md", []byte(src), Dialect{FrontMatter: frontKeys})
	if d == nil {
		if strings.Contains(found.Error(), "cannot be told apart") {
			t.Errorf("the library and the walk differ:\n%s", src)
		}
		return
	}
	for _, e := range d.front.entries {
		if _, ok := e.words(); ok && e.start == e.stop && e.style != aliased && strings.Trim(e.text, " \t\r\n") != "" {
			t.Errorf("%s: %q is not found in\n%s", e.path, e.text, src)
		}
	}
	if back, found := d.Translate(language.Korean, same); string(back.Source()[:back.front.end]) != src[:d.front.end] || !reflect.DeepEqual(d.Meta, back.Meta) {
		t.Errorf("answered with itself %v:\n%s", found, back.Source()[:back.front.end])
	}
	for _, text := range answers {
		for i := range d.Segments {
			if d.Segments[i].Kind != FrontMatter {
				break
			}
			checkFrontAnswer(t, d, i, text)
		}
	}
}

func checkFrontAnswer(t *testing.T, d *Document, i int, text string) {
	seg := &d.Segments[i]
	back, found := d.Translate(language.Korean, func(k int, _ *Segment) (string, bool) { return text, k == i })
	if strings.TrimSpace(text) == "" || len(found) > 0 {
		if !bytes.Equal(back.Source(), d.Source()) {
			t.Errorf("%q for %q is refused, and yet:\n%s", text, seg.Text, back.Source())
		}
		if len(found) > 0 && !slices.Contains(policyKeys, seg.Name) {
			t.Errorf("%q for %q: %v\n%s", text, seg.Text, found, d.src[:d.front.end])
		}
		return
	}
	again, found := Parse("a.md", back.Source(), Dialect{FrontMatter: frontKeys})
	if again == nil {
		t.Errorf("%q for %q: %v", text, seg.Text, found)
		return
	}
	lines := strings.Split(text, "\n")
	if !strings.Contains(seg.Text, "\n") {
		lines = []string{text}
	}
	for k, l := range lines {
		lines[k] = strings.Join(strings.FieldsFunc(l, func(r rune) bool { return strings.ContainsRune(" \t\r\n", r) }), " ")
	}
	want := told(d)
	if want[i] = seg.Name + ": " + strings.TrimSpace(strings.Join(lines, "\n")); text == seg.Text {
		want[i] = seg.Name + ": " + text
	}
	got := told(again)
	if !worded([]byte(text)) {
		want = slices.Delete(want, i, i+1)
	}
	if !slices.Equal(got, want) {
		t.Errorf("%q for %q: %q, want %q\n%s", text, seg.Text, got, want, back.Source())
	}
}

func TestAnAnswerThatChangesOtherValuesIsRefused(t *testing.T) {
	d := parseFront(t, framed("yaml", "title: &t A b\nslug: *t\n"))
	back, found := d.Translate(language.Korean, func(i int, _ *Segment) (string, bool) { return "C", i == 0 })
	want := "a.md:2:11: the translation would change the structure of the article; mend the translation"
	if found.Error() != want || !bytes.Equal(back.Source(), d.Source()) {
		t.Errorf("%v\n%s", found, back.Source())
	}
}

// FuzzPlainLines looks for lines that say something else to the reader of all YAML, and
// for texts without quotes that read as something else.
func FuzzPlainLines(f *testing.F) {
	for _, text := range []string{
		"title: 한국의 도서관, 둘째 *", "a: x # y", "a: yes\nb: No", "a: 1_000\nb: 1:2", "a: 2026-11-24\r\nb: e3 4", "a: x`y` | > & * % @ z",
		"a: 中，文。\nb: ü", "a: a - b\nc: - d", "a: x ? y", "a: \u00a0x\n", "a: x\u3000\n", "a: ~\nb: null", "a: 0x1F\nb: 0o7\nc: 1e3", "a: x\n  y",
		"a: <<\n", "a: x, y", "a: é!", "a: \"x\"\nb: 'y'", "a: x:y", "a: b\u2028c", "a: b  c ", "a: \ufffd", "a: x\uffff",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if !utf8.ValidString(text) {
			return
		}
		plain, all := frontMatter{stop: len(text)}, frontMatter{stop: len(text)}
		if ok := plain.readPlainLines([]byte(text)); ok {
			if all.readTree([]byte(text)); !reflect.DeepEqual(plain, all) && (len(plain.entries) > 0 || all.fault != nil) {
				t.Errorf("%q: got %+v, want %+v", text, plain, all)
			}
		}
		if begun(text) && plainSafe(text, bare) {
			var back struct{ K any }
			if err := yaml.Unmarshal([]byte("k: "+text), &back); err != nil || back.K != any(text) {
				t.Errorf("%q: reads as %#v: %v", text, back.K, err)
			}
		}
	})
}

// FuzzFrontMatter looks for front matter that cannot be read or answered, is not
// kept, or does not read as the answer.
func FuzzFrontMatter(f *testing.F) {
	i := 0
	for _, src := range frontArticles {
		for _, text := range frontHostile {
			i++
			f.Add([]byte(src), text)
		}
	}
	for _, lines := range []string{"title: >1+\n  a\n\n", "title: !!str\n", "title: ! a\n", "title: !!str &a b\n", "title: &a !!str b\n", "? [a]\n: b\n", "title: \"a\\\n  b\"\n", "a: &a [*a]\n", "title: |  # c\n  \r     a\n     b\n"} {
		f.Add([]byte(framed("yaml", lines)), "x")
	}
	f.Fuzz(func(t *testing.T, src []byte, text string) {
		if unusable(text) == "" {
			checkFront(t, string(src), []string{text})
		}
	})
}
