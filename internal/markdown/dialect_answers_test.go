package markdown

import (
	"testing"

	"golang.org/x/text/language"
)

func TestAnswersThatADialectWouldTakeForItsOwn(t *testing.T) {
	for _, c := range []struct{ name, dialect, src, text, answer, want string }{
		{"an import", "docusaurus", "One\n", "One", "import a", "&#105;mport a\n"},
		{"an export", "docusaurus", "One\n", "One", "export a", "&#101;xport a\n"},
		{"an import where none is read", "gfm", "One\n", "One", "import a", "import a\n"},
		{"the attributes of a box", "docusaurus", "::: tip One\na\n:::\n", "One", "{.b}", "::: tip &#123;.b}\na\n:::\n"},
		{"a macro in the title of a box", "mkdocs", "!!! tip \"One {{ a }}\"\n    b\n", "One {{ a }}", "Eins {{ a }}", "!!! tip \"Eins {{ a }}\"\n    b\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, _ := Parse("a.md", []byte(c.src), Dialect{Name: c.dialect})
			back, found := d.Translate(language.German, func(_ int, s *Segment) (string, bool) { return c.answer, s.Text == c.text })
			if got := string(back.Source()); got != c.want || len(found) > 0 {
				t.Errorf("got %q, want %q; %v", got, c.want, found)
			}
		})
	}
}
