package words

import (
	"bytes"
	"strings"
	"testing"

	"github.com/BurntSushi/toml"
)

// outlines are TOML texts, and where the key a.b is in each, as text before it.
var outlines = []struct{ name, src, before string }{
	{"a table", "[a]\nb = 1", "[a]\n"},
	{"a dotted key", "a.b = 1", "a."},
	{"a dotted key with space", "a . b = 1", "a . "},
	{"a dotted table", "[ a.b ]\nc = 1", "[ a."},
	{"an inline table", "a = { c = \"}\", b = 1 }", "a = { c = \"}\", "},
	{"an inline table over lines", "a = {\n# {\n c = [1,\n 2], b = 1\n}", "a = {\n# {\n c = [1,\n 2], "},
	{"quoted keys", "[\"a\"]\n'b' = 1", "[\"a\"]\n"},
	{"a key in a comment", "# a.b\n[a] # b = 1\nb = 1 # b", "# a.b\n[a] # b = 1\n"},
	{"a key in a string", "x = \"\\\"a.b\"\na.b = 1", "x = \"\\\"a.b\"\na."},
	{"a key in a long string", "x = \"\"\"\n[a]\nb = 1\\\"\"\"\"\"\na.b = 1", "x = \"\"\"\n[a]\nb = 1\\\"\"\"\"\"\na."},
	{"a key in a long literal", "x = '''\n[a]\nb = 1'''\na.b = 1", "x = '''\n[a]\nb = 1'''\na."},
	{"a key after an array", "x = [ '[', [1], { b = ']' }, ]\na.b = 1", "x = [ '[', [1], { b = ']' }, ]\na."},
	{"a table of an array", "[[a]]\nb = 1", "[[a]]\n"},
	{"a number with a point", "x = 1.5\na.b = 2", "x = 1.5\na."},
	{"no such key", "[b]\na = 1", ""},
}

func TestOutline(t *testing.T) {
	for _, c := range outlines {
		t.Run(c.name, func(t *testing.T) {
			want := len(c.before)
			if c.before == "" {
				want = -1
			}
			if got := outlined([]byte(c.src)).place("a", "b"); got != want {
				t.Errorf("a.b is at %d, want %d", got, want)
			}
		})
	}
}

// What the library reads, the outline places.
func FuzzOutline(f *testing.F) {
	for _, c := range outlines {
		f.Add(c.src)
	}
	f.Fuzz(func(t *testing.T, src string) {
		src = strings.TrimPrefix(src, "\ufeff")
		o := outlined([]byte(src))
		if o.deep >= 0 {
			return
		}
		var data map[string]any
		if _, err := toml.Decode(src, &data); err != nil {
			return
		}
		for key, value := range data {
			placed(t, o, key)
			table, _ := value.(map[string]any)
			for below := range table {
				placed(t, o, key, below)
			}
		}
	})
}

func placed(t *testing.T, o *outline, path ...string) {
	name := path[len(path)-1]
	if strings.ContainsFunc(name, func(r rune) bool { return r < ' ' || r == '\\' || r == '"' || r == '\'' || r > '~' }) {
		return // may have been written with escapes
	}
	if strings.Contains(string(o.src), "\\") {
		return
	}
	at := o.place(path...)
	if at < 0 {
		t.Fatalf("%q has no place in %q", path, o.src)
	}
	if rest := bytes.TrimLeft(o.src[at:], `"'`); !bytes.HasPrefix(rest, []byte(name)) {
		t.Errorf("%q is placed at %q", path, rest)
	}
}
