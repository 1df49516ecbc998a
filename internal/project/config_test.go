package project

import (
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"dragoman/internal/coverage"
	"dragoman/internal/diag"
	"dragoman/internal/markdown"
	"dragoman/internal/review"

	"github.com/BurntSushi/toml"
	"golang.org/x/text/language"
)

func TestAnEmptyConfigurationHasTheDefaults(t *testing.T) {
	c, found := readConfig(nil)
	want := Config{Source: language.English, Content: "content", Locales: "locales", Output: "editions"}
	if len(found) > 0 || !reflect.DeepEqual(c, want) {
		t.Errorf("got %+v, %v", c, found)
	}
}

func TestConfigurationIsRead(t *testing.T) {
	c, found := readConfig([]byte("\ufeff" + `
title = "Roads"
author = "The Desk"
source = "ko"
base_url = "https://example.org"
content = "./docs/"
locales = 'docs\locales'
output = "public/site"
front_matter = ["title", "abstract"]
code_comments = true
policy.stale = "source"
credits = true
assign = [{ lang = "en", article = "./docs/road.md", to = "wren", due = 2026-12-01T23:30:00-08:00 }]
effort = { 100 = 0, 75-84 = 0.5 }
[policy.grace]
prose = 30
split = 3
[languages]
zh-Hant = {}
en.title = "Roads"
[languages.zh-Hans]
from = "zh-hant"
stale = "omit"
grace = { prose = 0 }
`))
	policy := review.Policy{Stale: review.Source, Grace: map[string]int{"prose": 30, "split": 3}}
	strict := review.Policy{Stale: review.Omit, Grace: map[string]int{"prose": 0, "split": 3}}
	want := Config{
		Credits: true,
		Weights: &coverage.Weights{coverage.New: 1, coverage.Match50: 1, coverage.Match75: .5, coverage.Match85: .4, coverage.Match95: .2},
		Assign: []Assignment{{
			Language: language.English, Article: "road", To: "wren",
			Due: time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC), Pos: diag.Pos{Path: ConfigName, Line: 13, Column: 26},
		}},
		Title: "Roads", Author: "The Desk", Source: language.Korean, BaseURL: "https://example.org",
		Content: "docs", Locales: "docs/locales", Output: "public/site",
		Dialect: markdown.Dialect{FrontMatter: []string{"title", "abstract"}, CodeComments: true}, Policy: policy,
		Languages: []Language{
			{Tag: language.TraditionalChinese, Policy: policy},
			{Tag: language.English, Title: "Roads", Policy: policy},
			{Tag: language.SimplifiedChinese, From: language.TraditionalChinese, Policy: strict},
		},
	}
	if len(found) > 0 || !reflect.DeepEqual(c, want) {
		t.Errorf("got %+v\nwant %+v\n%v", c, want, found)
	}
}

// configurations are texts with the findings that they must give.
var configurations = []struct{ name, text, want string }{
	{"what is not TOML", "title = \"길\"\nsource = \"en", `dragoman.toml:2:12: unexpected EOF; expected '"'; see toml.io on how TOML is written`},
	{"columns are of characters", `title = "길", source = 3`, "dragoman.toml:1:12"},
	{"a byte that is not UTF-8", "title = \"a\"\nauthor = \"\xff\"", "dragoman.toml:2:11: not UTF-8; save the file as UTF-8"},
	{"an unknown key", "\n\n  colour = 1", "dragoman.toml:3:3: unknown key colour; remove it; the keys here are"},
	{"an unknown key behind one that holds its name", "title = \"colour = 1\"\ncolour = 1", "dragoman.toml:2:1: unknown key colour"},
	{"an unknown key behind a text of several lines", "title = '''\n[x]\ncolour = 2'''\ncolour = 1", "dragoman.toml:4:1: unknown key colour"},
	{"an unknown key behind a text with an escaped quote", `title = """a\""""` + "\ncolour = 1", "dragoman.toml:2:1: unknown key colour"},
	{"an unknown key behind a list with comments", "front_matter = [ # ]\n 'a', ']', # ]\n]\ncolour = 1", "dragoman.toml:4:1: unknown key colour"},
	{"a quoted key", `"my colour" = 1`, "dragoman.toml:1:1: unknown key my colour"},
	{"a key with a dot in it", `"a.b" = 1`, "dragoman.toml:1:1: unknown key a.b"},
	{"an unknown table", "[policy]\n[ colours ] # [policy]\nred = 1", "dragoman.toml:2:3: unknown key colours"},
	{"an unknown list of tables", "[[books]]\nid=1\n[[books]]\nid=2", "dragoman.toml:1:3: unknown key books"},
	{"an unknown key of a language", "[languages.ko] # 한국어\n\ntitel = 1", "dragoman.toml:3:1: unknown key languages.ko.titel; write title"},
	{"the same key of another language", "[languages.ko]\ntitle = 'a'\n[languages.fr]\ntitle = 1", "dragoman.toml:4:1: title is a number"},
	{"an inline table", "languages = { ko = { title = 'a', titel = 1 } }", "dragoman.toml:1:35: unknown key languages.ko.titel; write title"},
	{"a dotted key", "languages.ko.grace.prose = 'x'", "dragoman.toml:1:20: prose is a text; write prose = 30"},
	{"a switch that is no switch", "code_comments = 'yes'", "dragoman.toml:1:1: code_comments is a text; write code_comments = true"},
	{"a share that is none", "[memory]\nthreshold = 0", "dragoman.toml:2:1: 0 is not a percentage from 1 to 100; write threshold = 75"},
	{"an unknown class of changes", "[policy.grace]\nwords = 3", "dragoman.toml:2:1: unknown key policy.grace.words; remove it; the keys here are critical"},
	{"an absolute folder", "content = '/etc'", "dragoman.toml:1:1: content = \"/etc\" is not a folder within the workspace"},
	{"a folder outside", `locales = 'a\..\..\b'`, "dragoman.toml:1:1: locales = \"a\\\\..\\\\..\\\\b\" is not a folder"},
	{"the workspace itself", "output = './'", "dragoman.toml:1:1: output = \"./\" is not a folder"},
	{"editions among the articles", "output = 'content/built'", `dragoman.toml:1:1: output "content/built" and content "content" overlap; give the editions`},
	{"articles among the editions", "content = 'editions/en'", `dragoman.toml:1:1: output "editions" and content "editions/en" overlap; give the editions`},
	{"the source as a target", "source = 'ko'\n[languages.ko]", "dragoman.toml:2:12: ko is the source language; remove it"},
	{"a pivot that is no target", "[languages.ko]\nfrom = 'ja'", "dragoman.toml:2:1: from = \"ja\" is no language to translate into; add [languages.ja], or remove the key: en is translated from then"},
	{"a pivot that is no language", "[languages.ko]\nfrom = 'j a'", "dragoman.toml:2:1: "},
	{"a language that is its own pivot", "[languages.ko]\n\n from = 'ko'", "dragoman.toml:3:2: ko is translated from itself: ko ← ko; let one of them be translated from en"},
	{"pivots in a circle, and one that leads into it", "languages.fr.from = 'ko'\nlanguages.ko.from = 'ja'\nlanguages.ja = { from = 'zh' }\nlanguages.zh.from = 'ko'", "dragoman.toml:2:14: ko is translated from itself: ko ← ja ← zh ← ko; let"},
	{"the same language in other words", "[languages.zh-Hans]\n[languages.zh-CN]", "dragoman.toml:2:12: zh-CN is the same language as zh-Hans; keep one of them"},
	{"the source in other words", "source = 'pt'\n[languages.pt-BR]", "dragoman.toml:2:12: pt-BR is the source language; remove it"},
	{"a weight that is none", "[effort]\nnew = 'all'", "dragoman.toml:2:1: new is a text; write new = 1"},
	{"a weight below 0", "[effort]\n75-84 = -1", "dragoman.toml:2:1: -1 is not a number from 0 to 10; write 75-84 = 0.6"},
	{"an infinite weight", "[effort]\nnew = nan", "dragoman.toml:2:1: NaN is not a number from 0 to 10; write new = 1"},
	{"an unknown band", "[effort]\n75-80 = 1", "dragoman.toml:2:1: unknown key effort.75-80; write 75-84"},
	{"an assignment to nobody", "[languages.ko]\n[[assign]]\nlang = 'ko'", "dragoman.toml:2:3: the assignment is to nobody; write to ="},
	{"an assignment to a name that tells who it is", "[languages.ko]\n[[assign]]\nlang = 'ko'\nto = 'Kim Jisu'", "dragoman.toml:4:1: \"Kim Jisu\" is no pseudonym"},
	{"an assignment in no language", "[languages.ko]\n[[assign]]\nto = 'wren'", "dragoman.toml:2:3: the language is missing; write lang = \"ko\""},
	{"an assignment in the language of the articles", "[languages.ko]\n[[assign]]\nlang = 'en'\nto = 'wren'", "dragoman.toml:3:1: lang = \"en\" is no language to translate into; add [languages.en], or correct it"},
	{"a day that is none", "[languages.ko]\n[[assign]]\nlang = 'ko'\nto = 'wren'\ndue = 'soon'", "dragoman.toml:5:1: due is a text; write due = 2026-12-01"},
	{"a day that the calendar does not have", "[languages.ko]\n[[assign]]\nlang = 'ko'\nto = 'wren'\ndue = 2026-11-31", "dragoman.toml:5:7: "},
	{"the same article twice", "[languages.ko]\n[[assign]]\nlang = 'ko'\narticle = 'a.md'\nto = 'wren'\n[[assign]]\nlang = 'ko'\narticle = 'content/a'\nto = 'magpie'", "dragoman.toml:8:1: a is assigned twice in ko; keep one of the two"},
	{"an unknown key of a second assignment", "[languages.ko]\n[[assign]]\nlang = 'ko'\nto = 'wren'\n[[assign]]\nlang = 'ko'\narticle = 'a'\nto = 'wren'\ndate = 1", "dragoman.toml:9:1: unknown key assign.date; remove it; the keys here are article, to, due, lang"},
	{"an assignment that is no table", "assign = ['wren']", "dragoman.toml:1:1: assign holds a text, not a table; write [[assign]]"},
	{"an assignment that is no list", "[languages.ko]\n[assign]\nlang = 'ko'", "dragoman.toml:2:2: assign is a table, not a list of tables; write [[assign]]"},
	{"credits that are no switch", "credits = 'Kim Jisu'", "dragoman.toml:1:1: credits is a text; write credits = true"},
	{"a tag by its older name", "[languages.iw]\n[languages.he]", "dragoman.toml:2:12: he is there twice; keep one of them"},
}

func TestConfigurationFaultsHaveTheirPlace(t *testing.T) {
	for _, c := range configurations {
		t.Run(c.name, func(t *testing.T) {
			_, found := readConfig([]byte(c.text))
			if len(found) != 1 || !strings.HasPrefix(found[0].Error(), c.want) {
				t.Errorf("got %v\nwant %s…", found, c.want)
			}
		})
	}
}

func TestEveryFaultIsFound(t *testing.T) {
	_, found := readConfig([]byte("source = 1\ncolor = 2\n[policy]\nstale = 'x'\nbroken = 'x'\n[languages.zh_CN]\n[languages.ko]\nx = 1"))
	var lines []int
	for _, f := range found {
		lines = append(lines, f.Pos.Line)
	}
	if want := []int{1, 2, 4, 5, 6, 8}; !slices.Equal(lines, want) {
		t.Errorf("findings on the lines %v, want %v: %v", lines, want, found)
	}
}

// FuzzPlaces holds the places of keys to what the decoder makes of the text.
func FuzzPlaces(f *testing.F) {
	for _, c := range configurations {
		f.Add(c.text)
	}
	f.Add("a.\"b\".'c' = 1\n[x]\ny = [{z = 1}, {z = [2, {w=3}]}]\r\n[[l]]\n\"\\u0041\" = '''''a'''''\n\"\"\"b\"\"\" = 1")
	f.Fuzz(func(t *testing.T, text string) {
		places := placesOf(text)
		for key, at := range places {
			if at < 0 || at >= len(text) {
				t.Fatalf("%q is at %d of %d", key, at, len(text))
			}
		}
		var values map[string]any
		meta, err := toml.Decode(text, &values)
		if err != nil {
			return
		}
		for _, key := range meta.Keys() {
			if _, ok := places["\x00"+strings.Join(key, "\x00")]; !ok {
				t.Errorf("%q has no place in %q; there are %v", key, text, places)
			}
		}
	})
}

func TestReadingAConfigurationIsLinear(t *testing.T) {
	text := func(n int) []byte {
		var b strings.Builder
		for i := range n {
			fmt.Fprintf(&b, "key%d = %d\n", i, i)
		}
		return []byte(b.String())
	}
	measure := func(n int) time.Duration {
		least := time.Hour
		for range 3 {
			start := time.Now()
			readConfig(text(n))
			least = min(least, time.Since(start))
		}
		return least
	}
	if one, eight := measure(1000), measure(8000); eight > 40*one {
		t.Errorf("1,000 unknown keys take %v, 8,000 take %v", one, eight)
	}
}
