package markdown

import (
	"strings"
	"testing"
)

func TestPlain(t *testing.T) {
	for _, c := range []struct{ name, text, want string }{
		{"words", "one two", "one two"},
		{"emphasis", "*one* **two** ~~three~~ _four_ snake_case", "one two three four snake_case"},
		{"links keep their text", "[one](u \"t\") [two][label] [three][] [four]", "one two three four"},
		{"destinations with parentheses", "[one](u(v)w) two", "one two"},
		{"images keep their alternative text", "![one](u) two!", "one two!"},
		{"a linked image", "[![one](u)](v)", "one"},
		{"code keeps its text, whatever it is", "`a*b*` ``c`d`` ` e `", "a*b* c`d e"},
		{"a backtick alone is text", "a ` b", "a ` b"},
		{"notes go", "one[^1], two", "one, two"},
		{"tags go, and their text stays", "H<sub>2</sub>O <br/>x", "H2O x"},
		{"autolinks stay", "<https://e.org> <a@b.cd>", "https://e.org a@b.cd"},
		{"less and more are text", "1 < 2 > 0", "1 < 2 > 0"},
		{"escapes and entities are what they stand for", `\*one\* &amp; &copy; &#35;`, "*one* & © #"},
		{"a hard break is a space", "one\\\ntwo", "one two"},
		{"brackets that are no link", "a [b] c]", "a b c"},
		{"nothing", "", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := Plain(c.text); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func FuzzPlain(f *testing.F) {
	for _, c := range segmentCases {
		for _, l := range strings.Split(c.src, "\n") {
			f.Add(l)
		}
	}
	f.Fuzz(func(t *testing.T, text string) {
		// A plain text of letters is its own.
		if got := Plain(text); !strings.ContainsAny(text, "\\`*_~[]<&!\n") && got != text {
			t.Errorf("%q became %q", text, got)
		}
	})
}
