package words_test

import (
	"strings"
	"testing"

	"golang.org/x/text/language"

	"dragoman/internal/words"
)

const (
	contentsHash = `hash = "sha1-ef7cf625f1df08a49ca1e76f57e00b2116ceec8f"` // of "A heading.Contents"
	leftHash     = `hash = "sha1-c4b4db3d11be9dcdb2bbf9d8d3d1b8f2a6b0d6f3"` // of none of the tables' texts
)

func TestAMessageIsStaleWhenItsEnglishIsAnother(t *testing.T) {
	program := source("en.toml", english, "ko.toml", "[contents]\nother = '차례'\n[byline]\nother = '글 {{.Author}}'\n[left]\nother = '{{.Count}}, {{.Author}}'")
	for _, c := range []struct {
		name    string
		english string // of the workspace
		korean  string // likewise
		want    []string
	}{
		{"nothing of its own", "", "", nil},
		{"its own translation, without a hash", "", "[contents]\nother = '목차'", nil},
		{"the hash of the program's English", "", "[contents]\n" + contentsHash + "\nother = '목차'", nil},
		{
			"the hash of another English", "", "[contents]\n" + leftHash + "\nother = '목차'",
			[]string{`ui/ko.toml:2:1: "contents" was translated when the English was another; it is now "Contents"; translate that, then delete this hash; dragoman extract writes the new one`},
		},
		{
			"English of its own, and the program's translation", "\n[contents]\nother = 'List'", "",
			[]string{`ui/en.toml:2:2: "contents" is changed here, and ko has only the program's translation of the program's text; translate "List" in ko.toml beside this file`},
		},
		{"the program's English again", "[contents]\ndescription = 'A heading.'\nother = 'Contents'", "", nil},
		{"English of its own, and a translation", "[contents]\nother = 'List'", "[contents]\nother = '목차'", nil},
		{
			"English of its own, and a translation of the program's", "[contents]\nother = 'List'", "[contents]\n" + contentsHash + "\nother = '목차'",
			[]string{`ui/ko.toml:2:1: "contents" was translated when the English was another; it is now "List"; translate that, then delete this hash; dragoman extract writes the new one`},
		},
		{"a hash of a message that nobody knows", "", "[content]\nhash = 'x'\nother = '목차'", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			b, _ := words.Load(program, source("en.toml", c.english, "ko.toml", c.korean))
			var got []string
			for _, f := range b.Stale([]language.Tag{language.English, language.Korean, language.Korean}) {
				got = append(got, f.Error())
			}
			if strings.Join(got, "\n") != strings.Join(c.want, "\n") {
				t.Errorf("got  %q\nwant %q", got, c.want)
			}
		})
	}
}

func TestWhatALanguageLacksIsToldToIt(t *testing.T) {
	b, _ := words.Load(source("en.toml", english), source("fr.toml", "contents = 'Sommaire'"))
	found := b.Stale([]language.Tag{language.French})
	if want := "ui/fr.toml: of 2 messages the English shows: byline, left; translate them"; len(found) != 1 || found[0].Error() != want {
		t.Errorf("got %v, want %s", found, want)
	}
	if found := b.Stale([]language.Tag{language.Korean}); len(found) > 0 {
		t.Errorf("a language without words is told %v", found)
	}
}

var stamps = []struct{ name, before, after string }{
	{"a message", "[contents]\nother = '차례'\n", "[contents]\n" + contentsHash + "\nother = '차례'\n"},
	{"a message among others", "# 말\n[byline] \nother = '글 {{.Author}}'\n\n[contents]\r\nother = '차례'\r\n", "# 말\n[byline] \nhash = \"sha1-c6b99bd324239b9efa0a4cff4cfa1640f1486970\"\nother = '글 {{.Author}}'\n\n[contents]\r\n" + contentsHash + "\r\nother = '차례'\r\n"},
	{"one that has a hash", "[contents]\nother = '차례'\nhash = 'x'\n", "[contents]\nother = '차례'\nhash = 'x'\n"},
	{"one that is no table", "contents = '차례'\n", "contents = '차례'\n"},
	{"one in braces", "contents = { other = '차례' }\n", "contents = { other = '차례' }\n"},
	{"one by a dotted key", "contents.other = '차례'\n", "contents.other = '차례'\n"},
	{"one that waits for its translator", "[contents]\nother = ''\n", "[contents]\nother = ''\n"},
	{"one that nobody knows", "[content]\nother = '차례'\n", "[content]\nother = '차례'\n"},
	{"one that cannot be used", "[byline]\nother = '글'\n", "[byline]\nother = '글'\n"},
	{"a header within a text", "[contents]\nother = '''\n[contents]\n'''\n", "[contents]\n" + contentsHash + "\nother = '''\n[contents]\n'''\n"},
	{"a byte order mark", "\ufeff[contents]\nother = '차례'\n", "\ufeff[contents]\n" + contentsHash + "\nother = '차례'\n"},
	{"a comment behind the header", "[contents] # 차례\nother = '차례'\n", "[contents] # 차례\nother = '차례'\n"},
	{"a quoted header", "[\"contents\"]\nother = '차례'\n", "[\"contents\"]\n" + contentsHash + "\nother = '차례'\n"},
}

func TestStampKeepsAllElse(t *testing.T) {
	for _, c := range stamps {
		t.Run(c.name, func(t *testing.T) {
			b, _ := words.Load(source("en.toml", english), source("ko.toml", c.before))
			if got := string(b.Stamp(language.Korean, []byte(c.before))); got != c.after {
				t.Errorf("got  %q\nwant %q", got, c.after)
			}
			b, _ = words.Load(source("en.toml", english), source("ko.toml", c.after))
			if got := string(b.Stamp(language.Korean, []byte(c.after))); got != c.after {
				t.Errorf("stamped again it is %q", got)
			}
		})
	}
}

// TestTheHashIsThatOfGoI18n: the texts and their hash are of go-i18n's own tests.
func TestTheHashIsThatOfGoI18n(t *testing.T) {
	b, _ := words.Load(source("en.toml", "hello = 'Hello'"), source("es.toml", "[hello]\nother = 'Hola'\n"))
	want := "[hello]\nhash = \"sha1-f7ff9e8b7bb2e09b70935a5d785e0cc5d9d0abf0\"\nother = 'Hola'\n"
	if got := string(b.Stamp(language.Spanish, []byte("[hello]\nother = 'Hola'\n"))); got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func FuzzStamp(f *testing.F) {
	for _, c := range stamps {
		f.Add(c.before)
	}
	f.Fuzz(func(t *testing.T, text string) {
		b, _ := words.Load(source("en.toml", english), source("ko.toml", text))
		once := b.Stamp(language.Korean, []byte(text))
		b, found := words.Load(source("en.toml", english), source("ko.toml", string(once)))
		if string(once) != text && found.HasErrors() {
			t.Fatalf("%q became %q: %v", text, once, found)
		}
		if again := b.Stamp(language.Korean, once); string(again) != string(once) {
			t.Fatalf("%q became %q, then %q", text, once, again)
		}
		for line := range strings.Lines(string(once)) {
			if !strings.HasPrefix(line, "hash = ") && !strings.Contains(text, line) {
				t.Fatalf("%q became %q", text, once)
			}
		}
	})
}
