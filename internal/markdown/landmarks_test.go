package markdown

import (
	"fmt"
	"strings"
	"testing"
)

func TestLandmarks(t *testing.T) {
	for _, tt := range []struct{ name, src, want string }{
		{"a text alone has none", "The road.\n", ""},
		{"code stands after the texts before it", "One.\n\nTwo.\n\n```go\nx := 1\n```\n", `2 "FencedCodeBlock go" "x := 1"`},
		{"code without a fence", "One.\n\n    x := 1\n", `1 "CodeBlock" "x := 1"`},
		{"a rule has no text", "One.\n\n---\n\nTwo.\n", `1 "ThematicBreak" ""`},
		{"HTML without words", "<hr>\n\nOne.\n", `0 "HTMLBlock" "<hr>"`},
		{"HTML with words is translated", "<p>Words</p>\n", ""},
		{"front matter counts among the texts before", "---\ntitle: T\n---\n\n---\n\nOne.\n", `1 "ThematicBreak" ""`},
		{"in a quote", "> One.\n>\n> ```\n> x\n> ```\n", `1 "FencedCodeBlock " "x"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d, _ := Parse("a.md", []byte(tt.src), Dialect{})
			var got []string
			last := -1
			for _, l := range d.Landmarks() {
				got = append(got, fmt.Sprintf("%d %q %q", l.Segment, l.Name, l.Text))
				if l.Pos < last {
					t.Errorf("%s stands before the one before it", l.Name)
				}
				last = l.Pos
			}
			if all := strings.Join(got, "; "); all != tt.want {
				t.Errorf("got %s, want %s", all, tt.want)
			}
		})
	}
}

func TestCarryWritesAddressesForLabels(t *testing.T) {
	labels := func(src string) Labels {
		d, _ := Parse("a.md", []byte(src), Dialect{})
		return LabelsOf(d)
	}
	here := labels("[road]: /road\n[far]: </a b> \"so \\\"far\\\"\"\n")
	for _, tt := range []struct{ name, text, want string }{
		{"a text without a link is as it was", "The road.", "The road."},
		{"a label that is not known there", "See [it][road] now.", "See [it](/road) now."},
		{"an address with a space, and a title", "[it][far]", `[it](</a b> "so \"far\"")`},
		{"a label that is known there too", "[it][sea]", "[it][sea]"},
		{"a label that nobody defines", "[it][no]", "[it][no]"},
		{"two of them", "[a][road] [b][road]", "[a](/road) [b](/road)"},
		{"in code it is no link", "`[it][road]`", "`[it][road]`"},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := here.Carry(tt.text, labels("[sea]: /sea\n")); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}
