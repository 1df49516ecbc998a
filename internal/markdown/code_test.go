package markdown

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"
)

// withComments is the dialect in which comments in code are segments.
var withComments = Dialect{CodeComments: true}

// commentCases are code in a language, and the comments in it, one a line: place in
// the code, text.
var commentCases = []struct{ name, language, code, want string }{
	{
		"Go: both kinds, documentation, and what strings and characters hide", "go",
		"// Package a counts.\n//go:build linux\nvar s = \"// no\" + `/* no\n// no */` // yes\n/* one\n   two */ var c = '\"' // three\n//\n// 42\n",
		`
		1:4 Package a counts.
		4:14 yes
		5:4 one
		6:4 two
		6:26 three`,
	},
	{
		"Python: a # behind white space; long strings are no comments", "python",
		"#!/usr/bin/env python\n# one\nx = 'a # b' # two\n\"\"\"no # no\n# no\"\"\"\nf(a)#no\n# noqa: E501\n# type: ignore\ny = 'don\\'t # no'\n## three ##\n",
		`
		2:3 one
		3:15 two
		10:4 three ##`,
	},
	{
		"Rust: documentation, lifetimes, characters, raw strings; nested comments are left alone", "rust,ignore",
		"//! crate\n/// of *a*\nfn f<'a>(x: &'a str) { // one\n  let c = '\"'; let r = r#\"// no \" // no\"#; // two\n  /* a /* b */ c */ g(); // three\n  /** four */\n}\n",
		`
		1:5 crate
		2:5 of *a*
		3:27 one
		4:47 two
		5:29 three
		6:7 four`,
	},
	{
		"JavaScript: templates, regular expressions, addresses and apostrophes in text", "js {1,3}",
		"/**\n * Adds.\n *\n * @param a  the first\n */\nconst r = /[/*]\\/\\/ /; // one\nconst t = `// no ${a}\n// no`; // two\nreturn <p>Don't see http://e.org {/* three */}</p>;\n// eslint-disable-next-line no-console\n// @ts-ignore\na = b / c; // four /\n",
		`
		2:4 Adds.
		4:4 @param a  the first
		6:27 one
		8:12 two
		9:38 three
		12:15 four /`,
	},
	{
		"HTML: its comments, and those of scripts and style sheets", "html",
		"<!-- one\n     two -->\n<p title=\"// no\">/* no */ it's</p>\n<script>\n// three\n</script>\n<STYLE>/* four */</STYLE>\n<!-- five",
		`
		1:6 one
		2:6 two
		5:4 three
		7:11 four`,
	},
	{"CSS: no comment to the end of a line", "css", "/* one */ a { b: \"/* no */\" } // no\n", `1:4 one`},
	{
		"SQL: dashes, quotes doubled, texts between dollars", "sql",
		"-- one\nSELECT 'it''s -- no', \"-- no\" /* two */ FROM a; -- three\nDO $b$ -- no\n$b$; -- four\n",
		`
		1:4 one
		2:34 two
		2:52 three
		4:9 four`,
	},
	{
		"shell: heredocs, $# and # within words", "bash",
		"#!/bin/sh\n# one\necho $# a#b 'no # no' \"no # no\" \\# # two\ncat <<'END' # three\n# no\nEND\ncat <<< a # four\necho $((1<<n)) # five\n# shellcheck disable=SC1\n",
		`
		2:3 one
		3:38 two
		4:15 three
		7:13 four
		8:18 five`,
	},
	{
		"Lua: long brackets", "lua",
		"-- one\n--[[ two\n-- three ]] x = [==[ -- no ]] ]==] -- four\n--[=[ five ]] ]=]\n",
		`
		1:4 one
		2:6 two
		3:1 -- three
		3:39 four
		4:7 five ]]`,
	},
	{
		"Haskell: operators, primes, pragmas", "haskell",
		"{-# LANGUAGE GADTs #-}\n-- | one\nf' x = x --> 'a' |-- \"-- no\" -- two\n{- three -}\n--- four\n",
		`
		2:6 one
		3:33 two
		4:4 three
		5:5 four`,
	},
	{"PHP: attributes are no comments", "php", "#[A] # one\n$a = <<<E\n// no\nE;\n// two\n", "1:8 one\n5:4 two"},
	{
		"YAML: block scalars and plain text", "yaml",
		"a: don't # one\nb: |\n  # no\n\n  # no\n# two\nc: \"# no\" # three\n",
		`
		1:12 one
		6:3 two
		7:13 three`,
	},
	{"TOML", "toml", "# one\na = '\\' # two\nb = \"\"\"\n# no\"\"\"\n", "1:3 one\n2:11 two"},
	{"INI: only at the beginning of a line", "ini", "; one\na = b ; no\n  # two\n", "1:3 one\n3:5 two"},
	{"Lisp", "{.scheme}", ";;; one\n(a #\\; \"; no\") ; two\n#| three |#\n", "1:5 one\n2:18 two\n3:4 three"},
	{"TeX", "latex", "50\\% % one\n", "1:8 one"},
	{"OCaml", "ocaml", "(* one *) let (*) = 'a' (* a (* b *) *)\n", "1:4 one"},
	{"C: escapes, and backslashes at the end", "C++", "char q = '\\''; // one \\\n#define A R\"x(// no)x\" // two\n", "1:19 one\n2:27 two"},
	{"Batch", "bat", "REM one\n:: two\necho REM no\n", "1:5 one\n2:4 two"},
	{"a comment that is not closed is none", "c", "a /* b\n// c\n", ""},
	{"a text that is not closed ends with its line", "java", "\"a // no\n// one\n", "2:4 one"},
	{"a heredoc that does not end is none", "sh", "cat <<END\n# one\n", "2:3 one"},
	{"controls and marks of direction are left alone", "go", "// a\u0085b\n// c\u202ed\n// e\rf\n", ""},
	{"a language that nobody knows", "bob", "// a\n# b\n", ""},
	{"no language", "", "// a\n# b\n", ""},
}

// commentsOf are the comments among the segments, one a line: place below the line `above`,
// text.
func commentsOf(d *Document, above int) string {
	var b strings.Builder
	for _, s := range d.Segments {
		if s.Kind == Comment {
			fmt.Fprintf(&b, "%d:%d %s\n", s.Pos.Line-above, s.Pos.Column, s.Text)
		}
	}
	return b.String()
}

func trimmedLines(s string) string {
	var b strings.Builder
	for l := range strings.Lines(s) {
		if l = strings.TrimSpace(l); l != "" {
			b.WriteString(l + "\n")
		}
	}
	return b.String()
}

func parseComments(t *testing.T, src string) *Document {
	t.Helper()
	d, found := Parse("a.md", []byte(src), withComments)
	if d == nil {
		t.Fatal(found)
	}
	return d
}

func fenced(language, code string) string { return "~~~" + language + "\n" + code + "\n~~~\n" }

func TestCommentsInCodeAreSegments(t *testing.T) {
	for _, c := range commentCases {
		t.Run(c.name, func(t *testing.T) {
			d := parseComments(t, fenced(c.language, c.code))
			if diff := cmp.Diff(trimmedLines(c.want), commentsOf(d, 1)); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
			crlf := parseComments(t, strings.ReplaceAll(fenced(c.language, c.code), "\n", "\r\n"))
			if diff := cmp.Diff(commentsOf(d, 1), commentsOf(crlf, 1)); diff != "" {
				t.Errorf("with carriage returns: -want +got:\n%s", diff)
			}
			if got := parse(t, fenced(c.language, c.code)).Segments; len(got) > 0 {
				t.Errorf("without the setting: %v", got)
			}
		})
	}
}

func TestCommentsBehindContainers(t *testing.T) {
	d := parseComments(t, "> - a\n>\n>   ```go\n>   // one\n>   /* two\n>    * three */\n>   ```\n\n- b\n\n\t~~~py\n\t# four\n\t~~~\n\n1. ```js\n   //five\n   ```\n\n\t# a\n")
	want := `
		4:8 one
		5:8 two
		6:8 three
		12:4 four
		16:6 five`
	if diff := cmp.Diff(trimmedLines(want), commentsOf(d, 0)); diff != "" {
		t.Errorf("-want +got:\n%s", diff)
	}
	back, found := d.Translate(language.German, func(_ int, s *Segment) (string, bool) {
		return strings.ToUpper(s.Text) + "\n!", s.Kind == Comment
	})
	wanted := strings.NewReplacer("one", "ONE !", "two", "TWO !", "three */", "THREE ! */", "four", "FOUR !", "five", "FIVE !").Replace(string(d.Source()))
	if len(found) > 0 || string(back.Source()) != wanted {
		t.Errorf("got %q, %v", back.Source(), found)
	}
}

func TestDirectivesHoldForComments(t *testing.T) {
	d := parseComments(t, "# H\n\n<!-- dragoman:note of the code -->\n```go\n// one\n```\n\n<!-- dragoman:skip -->\n```go\n// two\n```\n\n```go\n// three\n```\n")
	if want := "5:4 one\n14:4 three\n"; commentsOf(d, 0) != want {
		t.Errorf("got %q, want %q", commentsOf(d, 0), want)
	}
	if s := d.Segments[1]; s.Note != "of the code" || len(s.Trail) != 1 || s.Trail[0] != "H" {
		t.Errorf("note %q, trail %q", s.Note, s.Trail)
	}
}

func TestAnAnswerStaysInItsComment(t *testing.T) {
	for _, c := range []struct{ name, language, code, answer, want string }{
		{"lines are joined", "go", "// a", "b\nc\r\nd", "// b c d"},
		{"what ends a line somewhere", "js", "// a", "b\u2028c\vd\re\u0085f", "// b c d e f"},
		{"marks of direction", "rust", "// a", "\u202eb\u2066", "// b"},
		{"a mark that closes", "c", "/* a */ x", "b */ c /* d", "/* b * / c /* d */ x"},
		{"a mark that opens where comments stand in comments", "rust", "/* a */ x", "b /* c */", "/* b / * c * / */ x"},
		{"marks of another kind stay", "go", "// a", "see b/*.go */", "// see b/*.go */"},
		{"the end of a comment in HTML", "html", "<!-- a -->", "b --> <i> --!>", "<!-- b - -> <i> - -!> -->"},
		{"dashes that the source has", "html", "<!-- --a -->", "--b", "<!-- --b -->"},
		{"a script's end", "html", "<script>\n// a\n</script>", "b</script>", "<script>\n// b< /script>\n</script>"},
		{"a program's end in PHP", "php", "// a", "b ?> c", "// b ? > c"},
		{"a backslash at the end", "c", "// a", "b \\ \\", "// b"},
		{"backslashes that stay", "c", "// a \\", "b\\c", "// b\\c \\"},
		{"a mark beside a mark", "go", "//a\n/*a*/", "/b/", "// /b/\n/* /b/ */"},
		{"more dashes", "html", "<!--a-->", "-b-", "<!-- -b- -->"},
		{"long brackets", "lua", "--[[ a ]]", "b ]] c ]=] d", "--[[ b ] ] c ] =] d ]]"},
		{"a fence", "c", "/*\na\n*/", "~~~", "/*\n~ ~~\n*/"},
		{"an asterisk at the beginning of a line", "c", "/*\na\n*/", "* b", "/*\nb\n*/"},
		{"Markdown is text", "py", "# a", "*b* `c` <d> &amp;", "# *b* `c` <d> &amp;"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := parseComments(t, fenced(c.language, c.code))
			back, found := d.Translate(language.German, func(int, *Segment) (string, bool) { return c.answer, true })
			if got := string(back.Source()); got != fenced(c.language, c.want) || len(found) > 0 {
				t.Errorf("got %q, want %q; %v", got, fenced(c.language, c.want), found)
			}
		})
	}
}

func TestAnAnswerThatIsNoCommentIsNamed(t *testing.T) {
	d := parseComments(t, fenced("c", "/*\na\n*/\n// b"))
	back, found := d.Translate(language.German, func(i int, _ *Segment) (string, bool) { return []string{"*", "c"}[i], true })
	if len(found) != 1 || found[0].Code != "structure" || found[0].Key.Source != "a" {
		t.Errorf("got %v", found)
	}
	if want := fenced("c", "/*\na\n*/\n// c"); string(back.Source()) != want {
		t.Errorf("got %q, want %q", back.Source(), want)
	}
}

func TestCodeWithCommentsKeepsTheLaws(t *testing.T) {
	answers := []string{"*/ x /*", "-->", "]]", "\n", "\\", "'", "\"", "`", "'''", "```", "~~~", "#}", "// b", "# b", "*", "!", "|", "#!", "noqa", "1", "</script>", "<!--", "${", "\nEND\n", "r#\"", "\u2028"}
	for _, c := range commentCases {
		for _, src := range []string{
			fenced(c.language, c.code), "> - " + strings.ReplaceAll(strings.TrimSpace(fenced(c.language, c.code)), "\n", "\n>   ") + "\n",
		} {
			for i, answer := range answers {
				checkLaws(t, []byte(src), withComments, answer, i)
				checkLaws(t, []byte(src), withComments, "b"+answer+"b", i+1)
			}
			if t.Failed() {
				t.Fatalf("%s: %q", c.name, src)
			}
		}
	}
}

func TestMarksOfComments(t *testing.T) {
	d := parseComments(t, "> ```go\n> x := \"<\" // <one> `\"`\n> ```\n")
	got := string(d.Render(Rendering{Mark: func(int) Mark { return Mark{Lang: "ar", Dir: "rtl", Class: "untranslated"} }}))
	want := `<code class="language-go">x := &quot;&lt;&quot; // <span class="untranslated" lang="ar" dir="rtl">&lt;one&gt; ` + "`&quot;`</span>\n</code>"
	if !strings.Contains(got, want) {
		t.Errorf("got %s, want %s", got, want)
	}
	if plain := string(parse(t, string(d.Source())).Render(Rendering{})); plain != string(d.Render(Rendering{})) {
		t.Errorf("without marks %s, want %s", d.Render(Rendering{}), plain)
	}
}

func TestCommentsAreReadInLinearTime(t *testing.T) {
	t.Parallel()
	for _, c := range []struct{ language, unit string }{
		{"c", "/* "},
		{"c", "'"},
		{"rust", "/* "},
		{"rust", "r####"},
		{"cpp", "R\"("},
		{"js", "`${"},
		{"js", "=/["},
		{"js", "/ "},
		{"lua", "--[=["},
		{"sh", "<<a "},
		{"sh", "<<a\n"},
		{"yaml", "a: |\n"},
		{"yaml", "a: |\n  # b\n"},
		{"html", "<script>"},
		{"html", "<style></"},
		{"html", "<!-"},
		{"haskell", "{-"},
		{"haskell", "-"},
		{"sql", "$a$b"},
		{"swift", "#"},
		{"ini", "   ;"},
		{"go", "// a\n"},
		{"go", "/*a*/"},
	} {
		code := "|" + strings.Repeat(c.unit, 1<<19/len(c.unit))
		d := parseComments(t, fenced(c.language, code))
		if !bytes.Contains(d.Source(), []byte(code)) {
			t.Errorf("%s: lost", c.unit)
		}
	}
}
