package check

import (
	"slices"
	"strings"

	"dragoman/internal/diag"
	"dragoman/internal/markdown"
	"dragoman/internal/prose"
)

// checkPlaceholder compares what programs put something in the place of: {{name}},
// {name}, ${name}, %{name}, %(name)s in any text; %s and %d only where a flag says
// that the text is a format.
func checkPlaceholder(p *Pair) {
	if !strings.ContainsAny(p.Source.Raw, "{%") && !strings.ContainsAny(p.Target.Raw, "{%") {
		return
	}
	printf := slices.ContainsFunc(p.Message.Flags, func(f string) bool {
		f = strings.TrimPrefix(f, "=")
		return strings.HasSuffix(f, "-format") && !strings.HasPrefix(f, "no-")
	})
	source, target := placeholders(&p.Source, printf), placeholders(&p.Target, printf)
	p.reportOdd(surplus(source, target, verbatimMark), surplus(target, source, verbatimMark),
		func(m mark) string { return m.text })
}

// placeholders are those of a text outside of code.
func placeholders(t *Text, printf bool) (found []mark) {
	for _, m := range t.marked() {
		if m.what == verbatimMark {
			found = append(found, m)
		}
	}
	parts := t.Parts()
	for i := range parts {
		if parts[i].Role != markdown.Words {
			continue
		}
		text := parts[i].Text
		for j := 0; j < len(text); {
			k := strings.IndexAny(text[j:], "{%$")
			if k < 0 {
				break
			}
			j += k
			n := placeholderLength(text[j:], printf)
			if n == 0 {
				j++
				continue
			}
			at := parts[i].Start + j
			found = append(found, mark{verbatimMark, text[j : j+n], at, at + n})
			j += n
		}
	}
	return found
}

// placeholderLength is the length of the placeholder that a text begins with, 0 if it
// begins with none.
func placeholderLength(s string, printf bool) int {
	switch {
	case strings.HasPrefix(s, "%%"):
		return 0
	case s[0] == '{':
		return bracedName(s, "{", "}")
	case strings.HasPrefix(s, "${"):
		return bracedName(s, "${", "}")
	case strings.HasPrefix(s, "%{"):
		return bracedName(s, "%{", "}")
	case strings.HasPrefix(s, "%("):
		if n := bracedName(s, "%(", ")"); n > 0 && n < len(s) && isAlphanumeric(s[n]) {
			return n + 1
		}
	case printf && s[0] == '%':
		n := 1
		for n < len(s) && strings.IndexByte("0123456789$.-+ #'*lhzjtL", s[n]) >= 0 {
			n++
		}
		if n < len(s) && strings.IndexByte("sdifuxXocgGeEpqvTtw@", s[n]) >= 0 {
			return n + 1
		}
	}
	return 0
}

// bracedName is the length of a name in brackets.
func bracedName(s, open, shut string) int {
	n := len(open)
	for n < len(s) && (isAlphanumeric(s[n]) || s[n] == '_' || n > len(open) && (s[n] == '.' || s[n] == '-')) {
		n++
	}
	if n == len(open) || !strings.HasPrefix(s[n:], shut) {
		return 0
	}
	return n + len(shut)
}

// checkKept finds what is the same in every language and is gone.
func checkKept(p *Pair) {
	source, target := p.Source.marked(), p.Target.marked()
	others := distinct(surplus(target, source, codeMark), source)
	for _, m := range distinct(surplus(source, target, codeMark), target) {
		i := slices.IndexFunc(others, func(o mark) bool { return changed(m.text, o.text) })
		switch {
		case wordAt(p.Target.Words(), m.text) >= 0: // told by markup
		case i >= 0:
			p.reportAs(diag.Error, others[i].start, others[i].end, "code was changed: the source has %s", quote(m.text))
		default:
			p.report(0, 0, "the target does not have the code %s", quote(m.text))
		}
	}
	if p.Source.plain() && p.Source.Kind != markdown.FrontMatter {
		return
	}
	for _, token := range tokens(&p.Source) {
		if !strings.Contains(p.Target.Raw, token) {
			p.report(0, 0, "the target does not have %s", quote(token))
		}
	}
	p.checkKeptTerms()
}

// changed reports whether code was made of other code by mistake, or by translating it:
// not by leaving away a part of it.
func changed(from, to string) bool {
	if strings.Contains(from, to) || strings.Contains(to, from) {
		return false
	}
	_, similar := prose.Similar(from, to, leastSimilar)
	return similar || !ascii(to)
}

// leastSimilar is the similarity from which code counts as changed and not as other
// code.
const leastSimilar = 0.5

// checkKeptTerms finds names that are to be kept and are gone.
func (p *Pair) checkKeptTerms() {
	if p.Terms == nil {
		return
	}
	told := map[string]bool{}
	for _, h := range p.Terms.FindSource(p.Source.Words()) {
		if !h.Term.Keep || told[h.Term.Text] || strings.Contains(p.Target.Raw, h.Term.Text) {
			continue
		}
		told[h.Term.Text] = true
		p.report(0, 0, "the target does not have %s, which is the same in every language", quote(h.Term.Text))
	}
}

// tokens are the options, paths, functions and e-mail addresses among the words of a
// text.
func tokens(t *Text) (found []string) {
	if !strings.ContainsAny(t.Raw, "-/(@") {
		return nil
	}
	parts := t.Parts()
	for i := range parts {
		if parts[i].Role != markdown.Words || !strings.ContainsAny(parts[i].Text, "-/(@") {
			continue
		}
		for word := range strings.FieldsSeq(parts[i].Text) {
			word = strings.TrimRight(strings.Trim(word, `"'“”‘’*_`), `.,:;!?"'“”‘’*_`)
			if !strings.HasSuffix(word, "()") {
				word = strings.Trim(word, "()")
			}
			if technical(word) && !slices.Contains(found, word) {
				found = append(found, word)
			}
		}
	}
	return found
}

// technical reports whether a word is none of a language: --option, src/main.rs,
// ~/.config, main(), name@example.org.
func technical(word string) bool {
	for i := range len(word) {
		if c := word[i]; c <= ' ' || c >= 0x7f || strings.IndexByte("\\[]<>{}|&", c) >= 0 {
			return false
		}
	}
	switch {
	case len(word) < 4:
		return false
	case strings.HasPrefix(word, "--"):
		return isAlphanumeric(word[2]) && strings.IndexByte(word, '/') < 0 && !strings.Contains(word[2:], "--")
	case strings.HasSuffix(word, "()"):
		return isAlphanumeric(word[0])
	case strings.IndexByte(word, '@') > 0:
		_, host, _ := strings.Cut(word, "@")
		return strings.IndexByte(host, '.') > 0
	case strings.HasPrefix(word, "~/"), strings.HasPrefix(word, "./"), strings.HasPrefix(word, "../"):
		return true
	}
	return strings.IndexByte(word, '/') > 0 && extension(word)
}

// extension reports whether a word ends like the name of a file.
func extension(word string) bool {
	dot := strings.LastIndexByte(word, '.')
	if dot < strings.LastIndexByte(word, '/') || dot < 0 || len(word)-dot > 5 || len(word)-dot < 2 {
		return false
	}
	for i := dot + 1; i < len(word); i++ {
		if !isAlphanumeric(word[i]) {
			return false
		}
	}
	return true
}
