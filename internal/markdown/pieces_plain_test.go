package markdown

import (
	"regexp"
	"slices"
	"testing"
)

// otherCodesPattern says what otherCodes finds.
var otherCodesPattern = regexp.MustCompile(`\\\n|\[\^[^\[\]\s]+\]|\{\{.*?\}\}|\{%.*?%\}|\{#[^{}\s]+\}`)

var plainTexts = []string{
	"no marks", "use `a *b*` and `` `x` ``", "`a` `b", "``a` b`", "snake_case_name `x_y`", "_a_ `b`", "{name} `{{x}}`",
	"`x` {{a}}", "{{a {{b}} c", "{{a\n{{b}}", "{%%}{%a%", "{%{%{%%}", "[^1] [^a b] [^] [^[^2]", "{#id} {#a b} {#} {##}",
	"a\\\nb\\", "www.a.org `b`", "http://a.org `b`", "a@b.org `c`", "{", "[", "`", "    `x`",
	"[a](b)", "[a `]` b](c_d#e?f) [g](h)", "![a](b)", "[a [b](c) d](e)", "[a](b c)", "[a]() `b`", "] [a](b)", "[a](b", "[a](b\"c\")", "[](a)",
	"[a](http://b.c)", "[^a](b)", "[a](b){#c}", "``", "{{}}", "{{{x}}}", "x\u3000`y`가",
	"a *", "* a", "a * b", "a *b* c", "a **b** c", "*a*", "**a `b` [c](d)** e", "[*a*](b)", "[ *a* ](b)", "*[a](b)*", "*a [b* c](d)",
	"*a **b** c*", "**a *b* c**", "*a* *b* **c**", "*a** b", "**a* b", "a* b", "*a", "** a **", "a *`b`* c", "a *가* b", "*a* **", "***a***",
	"a * b*", "*a * b*", "* *a*", "**a ** b**", "*a* b*", "[a *b* c](d) *e*", "a*b*c", "*\"a\"* b", "* a *b*", "*a _b_*", "*a\u00a0* b",
}

func FuzzPlainPiecesAreWhatTheParserFinds(f *testing.F) {
	for _, text := range plainTexts {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		src := []byte(text)
		if text == "" || invalid(src) >= 0 || len(src)*marksIn(src) > maxLooking {
			return
		}
		if got, ok := plainPieces(text, src); ok {
			if want := parsedPieces(text, src); !slices.Equal(got, want) {
				t.Errorf("%q: got %+v, want %+v", text, got, want)
			}
		}
	})
}

func FuzzOtherCodes(f *testing.F) {
	for _, text := range plainTexts {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var o otherCodes
		for rest := text; rest != ""; {
			start, end, _ := o.find(rest)
			want := otherCodesPattern.FindStringIndex(rest)
			if want == nil {
				if start >= 0 {
					t.Errorf("%q: found %q", rest, rest[start:end])
				}
				return
			}
			if start != want[0] || end != want[1] {
				t.Fatalf("%q: got %d to %d, want %v", rest, start, end, want)
			}
			rest = rest[end:]
		}
	})
}
