package markdown

import (
	"strings"
	"testing"

	"dragoman/internal/diag"

	"github.com/google/go-cmp/cmp"
)

// directiveCases are articles, and what the author says of their segments: text,
// then context, note and longest translation where there are any.
var directiveCases = []struct{ name, src, want string }{
	{
		"a note goes with the next block alone",
		"<!-- dragoman:note the ship, not the person -->\n\nOne.\n\nTwo.\n",
		`
		One. note=the ship, not the person
		Two.`,
	},
	{
		"notes add up, also over several lines, and stand beside a context and a length",
		"<!-- dragoman:note a\n  b -->\n<!-- dragoman:note c -->\n<!-- dragoman:context verb -->\n<!-- dragoman:max 60 -->\n# One\n",
		`One context=verb note=a b c max=60`,
	},
	{
		"a note on a list or a table holds for all of it",
		"<!-- dragoman:note n -->\n- One\n- Two\n\n<!-- dragoman:context c -->\n| a |\n|---|\n| b |\n\nThree\n",
		`
		One note=n
		Two note=n
		a context=c
		b context=c
		Three`,
	},
	{
		"a directive within a list holds for what follows it there",
		"- One\n\n  <!-- dragoman:note n -->\n  Two\n- Three\n",
		`
		One
		Two note=n
		Three`,
	},
	{
		"skip leaves out the next block, however much it holds",
		"<!-- dragoman:skip -->\n> One.\n>\n> - Two.\n\nThree.\n",
		`Three.`,
	},
	{
		"skip-start and skip-end leave out what stands between them",
		"<!-- dragoman:skip-start -->\nOne.\n\n# Two\n\n<!-- dragoman:skip-end -->\n\nThree.\n",
		`Three.`,
	},
	{
		"the words of other gettext tools are understood",
		"<!-- i18n:skip -->\nOne.\n\n<!-- i18n:comment: a note -->\nTwo.\n\n<!-- i18n:skip-start -->\n\nThree.\n\n<!-- i18n:skip-end -->\nFour.\n",
		`
		Two. note=a note
		Four.`,
	},
	{
		"any other comment is a comment",
		"<!-- note -->\nOne.\n\n<!-- i18n:unknown -->\nTwo. <!-- dragoman:note in a paragraph -->\n",
		`
		One.
		Two. <!-- dragoman:note in a paragraph -->`,
	},
}

func TestDirectives(t *testing.T) {
	for _, c := range directiveCases {
		t.Run(c.name, func(t *testing.T) {
			d := parse(t, c.src)
			var got []string
			for i := range d.Segments {
				got = append(got, said(&d.Segments[i]))
			}
			if diff := cmp.Diff(lines(c.want), got); diff != "" {
				t.Errorf("-want +got:\n%s", diff)
			}
		})
	}
}

// said is what an author says of a segment, as the table writes it.
func said(s *Segment) string {
	var b strings.Builder
	b.WriteString(s.Text)
	if s.Context != "" {
		b.WriteString(" context=" + s.Context)
	}
	if s.Note != "" {
		b.WriteString(" note=" + s.Note)
	}
	if s.Max > 0 {
		b.WriteString(" max=60")
	}
	return b.String()
}

func TestFaultyDirectivesAreWarnings(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{
			"an unknown one",
			"One.\n\n  <!-- dragoman:skp -->\nTwo.\n",
			"a.md:3:3: unknown directive dragoman:skp; write note, context, max, skip, skip-start or skip-end",
		},
		{"a length that is no number", "<!-- dragoman:max ten -->\nOne.\n", "a.md:1:1: the directive max has no number; write dragoman:max 60"},
		{"a length of nothing", "<!-- dragoman:max 0 -->\nOne.\n", "a.md:1:1: the directive max has no number; write dragoman:max 60"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d, found := Parse("a.md", []byte(c.src), Dialect{})
			if d == nil || len(d.Segments) == 0 {
				t.Fatal("a warning stopped the article")
			}
			if len(found) != 1 || found[0].Error() != c.want || found[0].Severity != diag.Warning {
				t.Errorf("got %v, want %s", found, c.want)
			}
		})
	}
}
