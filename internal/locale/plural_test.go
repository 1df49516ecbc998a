package locale_test

import (
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/feature/plural"

	"dragoman/internal/locale"
)

func TestPluralForms(t *testing.T) {
	for _, c := range []struct{ tag, want string }{
		{"ko", "nplurals=1; plural=0;"},
		{"zh-Hant-HK", "nplurals=1; plural=0;"},
		{"zh-Latn", "nplurals=1; plural=0;"},
		{"en-GB", "nplurals=2; plural=(n != 1);"},
		{"fr-CA", "nplurals=2; plural=(n > 1);"},
		{"pt-BR", "nplurals=2; plural=(n > 1);"},
		{"pt", "nplurals=2; plural=(n != 1);"},
		{"eo", "nplurals=2; plural=(n != 1);"},
	} {
		if got := locale.PluralForms(tag(t, c.tag)); got != c.want {
			t.Errorf("PluralForms(%s) = %q, want %q", c.tag, got, c.want)
		}
	}
}

// Two numbers share a form exactly where they share CLDR's category. Where
// gettext and CLDR part, gettext's formula is the one that tools know.
func TestPluralFormsAgreeWithCLDR(t *testing.T) {
	for s := range strings.FieldsSeq(`am ar be bg bn bo ca cs da de el en es et fa fi fil fr ga hi hr hu hy id it
		ja ka km ko lo lt lv mn ms my nb ne nl pl ps pt-BR pt-PT ro ru sk sl sr sv sw ta th tr ug uk ur vi zh zu`) {
		l := tag(t, s)
		count, formula := formula(t, locale.PluralForms(l))
		forms := map[plural.Form]int{}
		for n := range 2000 {
			form, category := formula(n), plural.Cardinal.MatchPlural(l, n, 0, 0, 0, 0)
			if form < 0 || form >= count {
				t.Fatalf("%s: %d takes form %d of %d", s, n, form, count)
			}
			if known, ok := forms[category]; ok && known != form && s != "ga" && s != "lv" {
				t.Fatalf("%s: %d takes form %d, others of its category form %d", s, n, form, known)
			}
			forms[category] = form
		}
	}
}

// formula is gettext's expression as a function.
func formula(t *testing.T, header string) (count int, of func(n int) int) {
	head, expression, ok := strings.Cut(strings.TrimSuffix(header, ";"), "; plural=")
	count, err := strconv.Atoi(strings.TrimPrefix(head, "nplurals="))
	if !ok || err != nil {
		t.Fatalf("%q is no Plural-Forms", header)
	}
	return count, func(n int) int {
		p := &parser{rest: strings.ReplaceAll(expression, " ", ""), n: n}
		v := p.choice()
		if p.rest != "" {
			t.Fatalf("%q: %q is left over", header, p.rest)
		}
		return v
	}
}

// parser evaluates C's expressions with ?: || && comparisons, % and brackets.
type parser struct {
	rest string
	n    int
}

func (p *parser) take(token string) bool {
	rest, ok := strings.CutPrefix(p.rest, token)
	if ok {
		p.rest = rest
	}
	return ok
}

func (p *parser) choice() int {
	v := p.binary(0)
	if !p.take("?") {
		return v
	}
	yes := p.choice()
	p.take(":")
	if no := p.choice(); v == 0 {
		return no
	}
	return yes
}

func truth(b bool) int {
	if b {
		return 1
	}
	return 0
}

var levels = [][]string{{"||"}, {"&&"}, {"==", "!="}, {"<=", ">=", "<", ">"}, {"%"}}

func (p *parser) binary(level int) int {
	if level == len(levels) {
		return p.atom()
	}
	v := p.binary(level + 1)
next:
	for _, operator := range levels[level] {
		if p.take(operator) {
			w := p.binary(level + 1)
			v = map[string]int{
				"||": truth(v != 0 || w != 0), "&&": truth(v != 0 && w != 0), "==": truth(v == w), "!=": truth(v != w),
				"<=": truth(v <= w), ">=": truth(v >= w), "<": truth(v < w), ">": truth(v > w), "%": v % max(w, 1),
			}[operator]
			goto next
		}
	}
	return v
}

func (p *parser) atom() int {
	switch {
	case p.take("("):
		v := p.choice()
		p.take(")")
		return v
	case p.take("n"):
		return p.n
	}
	digits := len(p.rest) - len(strings.TrimLeft(p.rest, "0123456789"))
	v, _ := strconv.Atoi(p.rest[:digits])
	p.rest = p.rest[digits:]
	return v
}
