package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dragoman/internal/diag"
)

// checkEllipsis finds runs of dots that are no ellipsis of the language.
func checkEllipsis(p *Pair) {
	if p.Target.Signs()&dotRuns == 0 {
		return
	}
	words := p.Target.Main()
	double := p.is("zh") || p.is("yue") || p.is("ja")
	for i := 0; i < len(words); {
		r, n := utf8.DecodeRuneInString(words[i:])
		if !strings.ContainsRune(".。…⋯", r) {
			i += n
			continue
		}
		end := i + n
		for strings.HasPrefix(words[end:], string(r)) {
			end += n
		}
		if wrongDots(p, words, i, end, (end-i)/n, r, double) {
			s := diag.Warning
			if r == '…' && p.is("ja") {
				s = diag.Info // one sign is as common on screens
			}
			p.reportWords(s, i, end, "an ellipsis that is not the language's")
			return
		}
		i = end
	}
}

// wrongDots reports whether a run of dots is no ellipsis of the language. What the
// source has as well is something else: a range, a path.
func wrongDots(p *Pair, words string, start, end, count int, r rune, double bool) bool {
	run := words[start:end]
	switch r {
	case '。':
		return count > 1
	case '.':
		if count < 2 || count == 2 && strings.Contains(p.Source.Raw, run) {
			return false
		}
		return count == 2 && unicode.IsLetter(lastOf(words[:start])) || double && ideographic(lastOf(words[:start]))
	}
	return double && count%2 == 1 && (ideographic(lastOf(words[:start])) || ideographic(firstOf(words[end:])))
}

func checkDash(p *Pair) {
	if p.Target.Signs()&dashes == 0 {
		return
	}
	words := p.Target.Main()
	korean := p.is("ko")
	for i := 0; i < len(words); {
		r, n := utf8.DecodeRuneInString(words[i:])
		if !strings.ContainsRune("—―-–", r) {
			i += n
			continue
		}
		end := i + n
		for strings.HasPrefix(words[end:], string(r)) {
			end += n
		}
		if wrongDash(p, words, i, end, (end-i)/n, r, korean) {
			p.reportWords(diag.Warning, i, end, "a dash that is not the language's")
			return
		}
		i = end
	}
}

// wrongDash reports whether a run of dashes between words is no dash of the language.
// One that the source has too is kept.
func wrongDash(p *Pair, words string, start, end, count int, r rune, korean bool) bool {
	before := lastOf(strings.TrimRight(words[:start], " "))
	after := firstOf(strings.TrimLeft(words[end:], " "))
	native := ideographic
	if korean {
		native = hangul
	}
	if before == 0 || after == 0 || !native(before) && !native(after) {
		return false
	}
	switch r {
	case '—', '―':
		if p.is("ja") && count == 1 && !(native(before) && native(after)) {
			return false // behind a name or code, as in a list of them
		}
		return !korean && count == 1 || count > 2
	case '-':
		if count == 3 && strings.Contains(p.Source.Raw, words[start:end]) {
			return false // what generators make a dash of
		}
		if end < len(words) && words[end] != ' ' && (start == 0 || words[start-1] == ' ') {
			return false // --all
		}
		return count > 1 && !(korean && strings.Contains(p.Source.Raw, words[start:end]))
	}
	return false
}

// dotSigns are signs that look like a middle dot.
const dotSigns = "·・•‧∙⋅ㆍ･"

func checkMiddleDot(p *Pair) {
	if p.Target.Signs()&middleDots == 0 {
		return
	}
	words := p.Target.Main()
	right := "·"
	switch {
	case p.is("ja"):
		right = "・"
	case p.is("zh-Hant"), p.is("yue"):
		right = "·‧・" // ‧ and ・ are what input methods and fonts of Taiwan and Hong Kong give
	}
	for i, r := range words {
		if !strings.ContainsRune(dotSigns, r) || strings.ContainsRune(right, r) {
			continue
		}
		end := i + utf8.RuneLen(r)
		if unicode.IsLetter(lastOf(words[:i])) && unicode.IsLetter(firstOf(words[end:])) {
			p.reportWords(diag.Warning, i, end, "a middle dot that is not the language's")
			return
		}
	}
}
