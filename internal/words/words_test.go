package words_test

import (
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"dragoman/internal/diag"
	"dragoman/internal/words"
	"dragoman/locales"
)

// english is what the tables translate.
const english = `
[contents]
description = "A heading."
other = "Contents"

[byline]
other = "By {{.Author}}"

[left]
one = "One passage by {{.Author}} is left."
other = "{{.Count}} passages by {{ .Author }} are left."
`

func source(files ...string) fstest.MapFS {
	fsys := fstest.MapFS{}
	for i := 0; i < len(files); i += 2 {
		fsys["ui/"+files[i]] = &fstest.MapFile{Data: []byte(files[i+1])}
	}
	return fsys
}

func TestTheProgramsOwnWords(t *testing.T) {
	b, found := words.Load(locales.UI)
	if found != nil {
		t.Fatal(found)
	}
	ids := func(file string) []string {
		src, err := locales.UI.ReadFile("ui/" + file)
		if err != nil {
			t.Fatal(err)
		}
		meta, err := toml.Decode(string(src), &map[string]any{})
		if err != nil {
			t.Fatal(err)
		}
		var ids []string
		for _, key := range meta.Keys() {
			if len(key) == 1 {
				ids = append(ids, key[0])
			} else if file != "en.toml" && key[1] == "description" {
				t.Errorf("%s describes %s, as only English should", file, key[0])
			}
			if file == "en.toml" && len(key) == 1 && !meta.IsDefined(key[0], "description") {
				t.Errorf("%s has no description for translators", key[0])
			}
		}
		return ids
	}
	for _, file := range []string{"ar.toml", "ja.toml", "ko.toml", "zh-Hans.toml", "zh-Hant.toml"} {
		if diff := cmp.Diff(ids("en.toml"), ids(file)); diff != "" {
			t.Errorf("%s has other messages than English, or in another order:\n%s", file, diff)
		}
	}
	w := b.For(language.Korean)
	if got, want := w.Text("byline", map[string]any{"Author": "까치"}), "글 까치"; got != want {
		t.Errorf("the Korean byline is %q, want %q", got, want)
	}
}

func TestText(t *testing.T) {
	own := source("en.toml", english, "ko.toml", `
		contents = "차례"
		byline.other = "글 {{.Author}}"
		[left]
		other = "{{.Author}}의 글 {{.Count}}곳이 남았습니다."`,
		"zh-Hant.toml", `contents = "目錄"`,
		"ru.toml", "[left]\n"+
			"one = '{{.Count}} {{.Author}} one'\nfew = '{{.Count}} {{.Author}} few'\n"+
			"many = '{{.Count}} {{.Author}} many'\nother = '{{.Count}} {{.Author}} other'",
		"qu.toml", `contents = "Quechua"`, "ay.toml", "[left]\nother = '{{.Count}} {{.Author}} aymara'")
	workspace := source("en.toml", `byline = "Words: {{.Author}}"`, "zh-Hant.toml", `contents = "本文目錄"`,
		"ko.toml", `byline = "{{.Author}} {{printf}}"`)
	b, _ := words.Load(own, workspace)
	author := map[string]any{"Author": "<b>{{.Count}}"}
	for _, c := range []struct{ name, tag, got, want string }{
		{"a message", "ko", b.For(language.Korean).Text("contents", nil), "차례"},
		{"a field is put in as it is, once", "ko", b.For(language.Korean).Text("byline", author), "글 <b>{{.Count}}"},
		{"a field without a value stays", "ko", b.For(language.Korean).Text("byline", nil), "글 {{.Author}}"},
		{"an override", "zh-Hant", b.For(language.TraditionalChinese).Text("contents", nil), "本文目錄"},
		{"what a language lacks is English", "zh-Hant", b.For(language.TraditionalChinese).Text("byline", author), "Words: <b>{{.Count}}"},
		{"traditional words for Taiwan", "zh-Hant", b.For(language.MustParse("zh-TW")).Text("contents", nil), "本文目錄"},
		{"no traditional words for simplified", "en", b.For(language.SimplifiedChinese).Text("contents", nil), "Contents"},
		{"a language without words is English", "en", b.For(language.French).Text("contents", nil), "Contents"},
		{"an unknown id is itself", "ko", b.For(language.Korean).Text("no-such", nil), "no-such"},
		{"a number in English", "en", b.For(language.English).Count("left", 2, author), "2 passages by <b>{{.Count}} are left."},
		{"one in English", "en", b.For(language.English).Count("left", 1, author), "One passage by <b>{{.Count}} is left."},
		{"one in Korean", "ko", b.For(language.Korean).Count("left", 1, author), "<b>{{.Count}}의 글 1곳이 남았습니다."},
		{"21 in Russian", "ru", b.For(language.Russian).Count("left", 21, author), "21 <b>{{.Count}} one"},
		{"22 in Russian", "ru", b.For(language.Russian).Count("left", 22, author), "22 <b>{{.Count}} few"},
		{"25 in Russian", "ru", b.For(language.Russian).Count("left", 25, author), "25 <b>{{.Count}} many"},
		{"a language without a plural rule", "ay", b.For(language.MustParse("ay")).Count("left", 1, author), "1 <b>{{.Count}} aymara"},
	} {
		if c.got != c.want {
			t.Errorf("%s: %q, want %q", c.name, c.got, c.want)
		}
	}
	for tag, want := range map[string]string{"zh-TW": "zh-Hant", "ko-KR": "ko", "fr": "en", "zh": "en"} {
		if got := b.For(language.MustParse(tag)).Tag(); got.String() != want {
			t.Errorf("the words for %s are in %s, want %s", tag, got, want)
		}
	}
	if len(author) != 1 {
		t.Errorf("counting changed the caller's fields: %v", author)
	}
}

func TestVietnameseNeedsNoPlural(t *testing.T) {
	vietnamese := "contents = 'Mục lục'\nbyline = '{{.Author}}'\n[left]\nother = '{{.Count}} {{.Author}}'"
	b, found := words.Load(source("en.toml", english, "vi.toml", vietnamese))
	if found != nil {
		t.Error(found)
	}
	if got := b.For(language.Vietnamese).Count("left", 1, map[string]any{"Author": "An"}); got != "1 An" {
		t.Errorf("got %q", got)
	}
}

func TestCountKeepsAMillionFrench(t *testing.T) {
	b, found := words.Load(source("en.toml", english, "fr.toml", `
		contents = "Sommaire"
		byline = "Par {{.Author}}"
		[left]
		one = "Un passage de {{.Author}}"
		other = "{{.Count}} passages de {{.Author}}"`))
	if found != nil {
		t.Fatal(found)
	}
	got := b.For(language.French).Count("left", 1_000_000, map[string]any{"Author": "Hugo"})
	if want := "1000000 passages de Hugo"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// faults are files of Korean, and all that is found in them, less what English
// shows for.
var faults = []struct {
	name, toml string
	want       []string
}{
	{"a text may be short", `contents = "차례"`, nil},
	{"no file at all is no fault", "", nil},
	{"a byte order mark and CR LF", "\ufeff[contents]\r\nother = '차례'\r\n", nil},
	{
		"a loop is refused",
		"[contents]\nother = '''\n{{range 2000000000}}x{{end}}'''\n",
		[]string{`ui/ko.toml:2:1: "contents" has an action that is no field: {{range 2000000000}}; write text and fields such as {{.Author}} only`},
	},
	{
		"a function is refused",
		"[byline]\nother = \"{{printf .Author}}\"",
		[]string{`ui/ko.toml:2:1: "byline" has an action that is no field: {{printf .Author}}; write text and fields such as {{.Author}} only`},
	},
	{
		"an action that is not closed is refused",
		"[byline]\nother = \"{{.Author\"",
		[]string{`ui/ko.toml:2:1: "byline" has an action that is no field: {{.Author; write text and fields such as {{.Author}} only`},
	},
	{
		"a field of a field is refused",
		"byline = '{{.Author.Name}}'",
		[]string{`ui/ko.toml:1:1: "byline" has an action that is no field: {{.Author.Name}}; write text and fields such as {{.Author}} only`},
	},
	{
		"a control character, which no book can have",
		"contents = \"차\\f례\"",
		[]string{`ui/ko.toml:1:1: "contents" holds a control character, which no page and no book can have; remove it`},
	},
	{
		"a dropped field",
		"contents = '차례'\n  byline = { other = '글' }",
		[]string{`ui/ko.toml:2:14: "byline" lacks {{.Author}}; put it in, as English has it`},
	},
	{
		"a misspelt field",
		"[byline]\nother = '글 {{.Autor}}'",
		[]string{
			`ui/ko.toml:2:1: "byline" has {{.Autor}}, which English does not; write {{.Author}}`,
			`ui/ko.toml:2:1: "byline" lacks {{.Author}}; put it in, as English has it`,
		},
	},
	{
		"the count may not be dropped where it varies",
		"[left]\nother = '{{.Author}}'",
		[]string{`ui/ko.toml:2:1: "left" lacks {{.Count}}; put it in, as English has it`},
	},
	{
		"a form that the language does not have",
		"[left]\none = '{{.Author}}'\nother = '{{.Count}} {{.Author}}'",
		[]string{`ui/ko.toml:2:1: "left" has no form "one" in ko; remove it`},
	},
	{
		"a form that the message does not have",
		"[contents]\none = '차례'\nother = '차례'",
		[]string{`ui/ko.toml:2:1: "contents" has no form "one" in ko; remove it`},
	},
	{
		"an unknown message, with the nearest",
		"[content]\nother = '차례'",
		[]string{`ui/ko.toml:1:2: there is no message "content" to translate; write "contents", or remove it`},
	},
	{
		"an unknown message like no other",
		"\"가\" = '차례'",
		[]string{`ui/ko.toml:1:1: there is no message "가" to translate; remove it`},
	},
	{
		"a misspelt form",
		"[contents]\nohter = '차례'",
		[]string{`ui/ko.toml:2:1: a message has no "ohter"; write "other", or remove it`},
	},
	{
		"a message that is no text, and a text that is none",
		"contents = 7\n[byline]\nother = ['글']",
		[]string{
			`ui/ko.toml:1:1: "contents" is no message; write a text, in quotation marks`,
			`ui/ko.toml:3:1: "other" of "byline" is no text; write a text, in quotation marks`,
		},
	},
	{
		"no TOML",
		"contents = \"차례\"\r\nbyline = \r\n",
		[]string{`ui/ko.toml:2:10: this is no TOML: expected value but found '\r' instead`},
	},
	{
		"the same message twice",
		"[contents]\nother = '차례'\n[contents]\n",
		[]string{`ui/ko.toml:3:2: this is no TOML: Key 'contents' has already been defined`},
	},
	{
		"tables that take the library minutes",
		"a = " + strings.Repeat("{a = ", 8000),
		[]string{"ui/ko.toml:1:30: this is nested deeper than a message is; a message is a table of texts, such as [byline] and below it other = \"…\""},
	},
	{
		"keys that take the library minutes",
		"a = { b = 1, " + strings.Repeat("a.", 8000) + "a = 1 }",
		[]string{"ui/ko.toml:1:20: this is nested deeper than a message is; a message is a table of texts, such as [byline] and below it other = \"…\""},
	},
}

func texts(found diag.List) []string {
	var all []string
	for _, f := range found {
		if f.Code != "words-missing" {
			all = append(all, f.Error())
		}
	}
	return all
}

func TestLoadFindsFaults(t *testing.T) {
	for _, c := range faults {
		t.Run(c.name, func(t *testing.T) {
			_, found := words.Load(source("en.toml", english, "ko.toml", c.toml))
			if diff := cmp.Diff(c.want, texts(found)); diff != "" {
				t.Errorf("findings, want - got +:\n%s", diff)
			}
		})
	}
}

func TestLoadOtherFaults(t *testing.T) {
	for _, c := range []struct {
		name, file, toml string
		want             []string
	}{
		{
			"a missing form is at its message", "ru.toml", "\n[left]\none = '{{.Count}} {{.Author}}'\nother = '{{.Count}} {{.Author}}'",
			[]string{
				`ui/ru.toml:2:2: "left" lacks the form "few", which ru has; write it`,
				`ui/ru.toml:2:2: "left" lacks the form "many", which ru has; write it`,
			},
		},
		{
			"one in Russian is also 21", "ru.toml", "[left]\none = '{{.Author}}'\nfew = '{{.Count}} {{.Author}}'\n" +
				"many = '{{.Count}} {{.Author}}'\nother = '{{.Count}} {{.Author}}'",
			[]string{`ui/ru.toml:2:1: "left" lacks {{.Count}}; put it in, as English has it`},
		},
		{
			"an underscore in the name", "zh_Hans.toml", "",
			[]string{`ui/zh_Hans.toml: the file is not named after a language: "zh_Hans" is no language tag, whose parts are joined by hyphens; write "zh-Hans"`},
		},
		{
			"small letters in the name", "zh-hans.toml", "",
			[]string{`ui/zh-hans.toml: the file is not named after a language in its usual form; name it zh-Hans.toml`},
		},
		{
			"a huge file", "ko.toml", strings.Repeat("\n", 2<<20),
			[]string{`ui/ko.toml: the file has 2097152 bytes, more than the 1048576 that are read`},
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			_, found := words.Load(source("en.toml", english, c.file, c.toml))
			if diff := cmp.Diff(c.want, texts(found)); diff != "" {
				t.Errorf("findings, want - got +:\n%s", diff)
			}
		})
	}
}

func TestLoadTellsWhatEnglishShowsFor(t *testing.T) {
	_, found := words.Load(source("en.toml", english, "ko.toml", "contents = ' '\nbyline = '글 {{.Author}}'"))
	if len(found) != 1 || found[0].Severity != diag.Warning {
		t.Fatalf("found %v", found)
	}
	if got, want := found[0].Error(), "ui/ko.toml: of 2 messages the English shows: contents, left; translate them"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// What is faulty is not used, and does not hide what it would have overridden.
func TestLoadKeepsWhatAFaultWouldOverride(t *testing.T) {
	b, found := words.Load(
		source("en.toml", english, "ko.toml", "contents = '차례'"),
		source("ko.toml", "contents = '{{call}}'", "en.toml", "contents = 'Inside'\nbyline = 'By'"),
	)
	if !found.HasErrors() {
		t.Error("nothing is found")
	}
	if got := b.For(language.Korean).Text("contents", nil); got != "차례" {
		t.Errorf("got %q", got)
	}
	if got := b.For(language.English).Text("contents", nil); got != "Inside" {
		t.Errorf("a good override beside a faulty one: got %q", got)
	}
	if got := b.For(language.English).Text("byline", map[string]any{"Author": "x"}); got != "By x" {
		t.Errorf("got %q", got)
	}
}

func TestLoadWithoutWords(t *testing.T) {
	for _, fsys := range []fstest.MapFS{{}, source("notes.txt", "x"), source("en.toml", "[")} {
		b, _ := words.Load(fsys)
		if got := b.For(language.Korean).Text("contents", nil); got != "contents" {
			t.Errorf("got %q", got)
		}
		if got := b.For(language.Korean).Count("contents", 2, nil); got != "contents" {
			t.Errorf("got %q", got)
		}
	}
}

func FuzzLoad(f *testing.F) {
	for _, c := range faults {
		f.Add(c.toml)
	}
	f.Add(english)
	f.Fuzz(func(t *testing.T, text string) {
		began := time.Now()
		b, found := words.Load(source("en.toml", english, "ko.toml", text))
		for _, f := range found {
			if f.Pos.Line > strings.Count(text, "\n")+1 {
				t.Errorf("%v is after the end", f)
			}
		}
		w := b.For(language.Korean)
		for _, id := range []string{"contents", "byline", "left"} {
			said := w.Count(id, 2, map[string]any{"Author": "\x01"})
			if id != "contents" && !strings.Contains(said, "\x01") {
				t.Errorf("%s, of %q, drops its author: %q", id, text, said)
			}
			if len(said) > len(text)+len(english) {
				t.Errorf("%s says more than was written: %q", id, said)
			}
		}
		if d := time.Since(began); d > 2*time.Second {
			t.Errorf("%d bytes took %v", len(text), d)
		}
	})
}

func BenchmarkLoad(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		words.Load(locales.UI)
	}
}

func BenchmarkText(b *testing.B) {
	bundle, _ := words.Load(locales.UI)
	w := bundle.For(language.Korean)
	data := map[string]any{"Author": "까치"}
	b.ReportAllocs()
	for b.Loop() {
		w.Text("byline", data)
	}
}
