package words_test

import (
	"testing"

	"dragoman/internal/words"
)

var revisions = []struct{ name, before, after string }{
	{"a new file", "", "[a]\nhash = \"h\"\nother = \"b\"\n"},
	{"a message is put behind the others", "[x]\nother = 'y'", "[x]\nother = 'y'\n\n[a]\nhash = \"h\"\nother = \"b\"\n"},
	{"a message takes the place of what it said", "[a]\nother = 'x'\none = 'y'\n", "[a]\nhash = \"h\"\nother = \"b\"\n"},
	{
		"comments and neighbours stay",
		"# of a\n[a] \n# short\nother = 'x'\n\n# of z\n[z]\nother = '[a]'\n",
		"# of a\n[a]\nhash = \"h\"\nother = \"b\"\n# short\n\n# of z\n[z]\nother = '[a]'\n",
	},
	{"a byte order mark stays first", "\ufeff[a]\nother = 'x'\n", "\ufeff[a]\nhash = \"h\"\nother = \"b\"\n"},
	{"a header in a text is none", "[x]\nother = '''\n[a]\n'''\n[a]\nother = 'y'\n", "[x]\nother = '''\n[a]\n'''\n[a]\nhash = \"h\"\nother = \"b\"\n"},
	{"a message without a header is not changed", "a = 'x'\n", ""},
	{"nor one with a dotted key", "a.other = 'x'\n", ""},
	{"nor one in braces", "a = { other = 'x' }\n", ""},
	{"a file that is no TOML is not changed", "a = ", ""},
}

func TestRevise(t *testing.T) {
	m := words.Message{ID: "a", Hash: "h", Forms: map[string]string{"other": "b"}}
	for _, c := range revisions {
		t.Run(c.name, func(t *testing.T) {
			after, err := words.Revise([]byte(c.before), m)
			if string(after) != c.after || (err != nil) != (c.after == "") {
				t.Errorf("got %q, %v\nwant %q", after, err, c.after)
			}
			if again, err := words.Revise(after, m); c.after != "" && (string(again) != c.after || err != nil) {
				t.Errorf("again: %q, %v", again, err)
			}
		})
	}
}

func TestKeepKeepsATextOnce(t *testing.T) {
	m := words.Message{ID: "a b", Forms: map[string]string{"other": "x\n\"y\""}}
	once := words.Keep([]byte("[c]\nother = 'd'"), m)
	want := "[c]\nother = 'd'\n# kept: \"a b\".other = \"x\\n\\\"y\\\"\"\n"
	if string(once) != want || string(words.Keep(once, m)) != want {
		t.Errorf("got %q", once)
	}
}

// FuzzRevise holds that a file says what it said before, but for one message.
func FuzzRevise(f *testing.F) {
	for _, c := range revisions {
		f.Add(c.before, "b")
	}
	f.Fuzz(func(t *testing.T, before, text string) {
		m := words.Message{ID: "a", Forms: map[string]string{"other": text}}
		after, err := words.Revise([]byte(before), m)
		if err != nil || text == "" {
			return
		}
		if again, err := words.Revise(after, m); err != nil || string(again) != string(after) {
			t.Fatalf("%q, %v, then %q", after, err, again)
		}
	})
}
