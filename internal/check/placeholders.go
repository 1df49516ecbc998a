package check

import (
	"slices"
	"strings"
	"unicode/utf8"

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
	others := slices.DeleteFunc(surplus(target, source, verbatimMark), func(m mark) bool {
		return strings.Contains(p.Source.Raw, m.text) && !has(source, verbatimMark, m.text) // as code
	})
	p.reportOdd(surplus(source, target, verbatimMark), others,
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
	p.checkCode(distinct(surplus(source, target, codeMark), target), distinct(surplus(target, source, codeMark), source))
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

// checkCode tells what became of code that is gone; others is code that only the target
// has.
func (p *Pair) checkCode(lost, others []mark) {
	lost = slices.DeleteFunc(lost, func(m mark) bool { return wordAt(p.Target.Words(), m.text) >= 0 }) // told by markup
	for _, m := range lost {
		i, other := madeOf(m.text, others)
		var o mark
		if i >= 0 {
			o = others[i]
			others = slices.Delete(others, i, i+1)
		}
		changed := func(s diag.Severity) {
			p.reportAs(s, o.start, o.end, "code was changed: the source has %s", quote(m.text))
		}
		switch {
		case i >= 0 && !other && sameWords(m.text, o.text):
		case i >= 0 && !other && cut(m.text, o.text):
			changed(diag.Warning)
		case !other: // it may be said in words, or left to what was said before
			p.reportAs(diag.Info, 0, 0, "the target does not have the code %s", quote(m.text))
		case plainQuotes.Replace(m.text) == o.text: // as a program would read it
		case translatable(m.text, o.text), alikeTo(m.text, o.text):
			changed(diag.Info)
		case p.hasCode(o.text) && strings.EqualFold(m.text, o.text):
			changed(diag.Warning)
		case p.hasCode(o.text): // the source may have the wrong one
			changed(diag.Info)
		default:
			changed(diag.Error)
		}
	}
}

// madeOf is which code was made of other code by mistake, or by translating it, and
// whether it is other code: not if a part of it was left away, or put in. The index is -1
// if there is none.
func madeOf(from string, others []mark) (at int, other bool) {
	best, least := -1, leastSimilar
	for i, o := range others {
		if strings.Contains(from, o.text) || strings.Contains(o.text, from) {
			return i, false
		}
		if score, ok := prose.Similar(from, o.text, least); ok && (best < 0 || score > least) {
			best, least = i, score
		}
	}
	if best >= 0 || !ascii(from) {
		return best, best >= 0
	}
	best = slices.IndexFunc(others, func(o mark) bool { return !ascii(o.text) && signsOf(o.text) == signsOf(from) })
	return best, best >= 0
}

// sameWords reports whether one code is another with other signs around its words, as
// Avatar and <Avatar />, or with words of a language left away that it had: FormData of
// FormData interface.
func sameWords(from, to string) bool {
	a, b := wordsIn(from), wordsIn(to)
	return a != "" && (a == b || strings.Contains(from, " ") && strings.HasPrefix(from, to))
}

// cut reports whether code is other code that lacks a part of a word.
func cut(from, to string) bool {
	at := strings.Index(from, to)
	end := at + len(to)
	return to != "" && (at > 0 && isAlphanumeric(from[at-1]) && isAlphanumeric(to[0]) ||
		at >= 0 && end < len(from) && isAlphanumeric(from[end]) && isAlphanumeric(to[len(to)-1]))
}

// wordsIn is code without its signs.
func wordsIn(code string) string {
	return strings.Map(func(r rune) rune {
		if r < utf8.RuneSelf && !isAlphanumeric(byte(r)) {
			return -1
		}
		return r
	}, code)
}

// signsOf is code without its words.
func signsOf(code string) string {
	return strings.Map(func(r rune) rune {
		if r <= ' ' || r >= utf8.RuneSelf || isAlphanumeric(byte(r)) {
			return -1
		}
		return r
	}, code)
}

// plainQuotes makes the quotation marks of prose those of programs.
var plainQuotes = strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'")

// alikeTo reports whether code differs from other code in signs alone, or in that it is
// not in capitals: a program may read both alike.
func alikeTo(from, to string) bool {
	if !ascii(to) {
		return false
	}
	a, b := wordsIn(from), wordsIn(to)
	return a == b && a != "" || strings.ToUpper(from) == from && strings.EqualFold(a, b)
}

// translatable reports whether code is, or has in it, what a program says to its users,
// and was translated: the example may be translated, too.
func translatable(from, to string) bool {
	return strings.ContainsAny(from, ` "'`) && strings.ContainsFunc(to, func(r rune) bool { return hangul(r) || ideographic(r) })
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
		text := parts[i].Text
		if i > 0 && strings.HasPrefix(text, "--") {
			text = strings.TrimLeft(text, "-") // a dash behind the code
		}
		for word := range strings.FieldsSeq(text) {
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
