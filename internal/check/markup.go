package check

import (
	"slices"
	"strings"

	"dragoman/internal/diag"
	"dragoman/internal/markdown"
)

// checkMarkup compares code, tags and emphasis; that code is the same is for
// do-not-translate, that links are for link-target.
func checkMarkup(p *Pair) {
	source, target := p.Source.marked(), p.Target.marked()
	if len(source) == 0 && len(target) == 0 {
		return
	}
	checkBareCode(p, distinct(surplus(source, target, codeMark), target))
	for _, m := range distinct(surplus(target, source, codeMark), source) {
		if count(target, codeMark) > count(source, codeMark) && !ascii(m.text) {
			p.reportAs(diag.Warning, m.start, m.end, "words as code, which the source does not have")
		}
	}
	lost := surplus(source, target, tagMark)
	for _, m := range lost {
		if name, closes := strings.CutPrefix(m.text, "/"); closes && has(lost, tagMark, name) {
			continue // told with what opens it
		}
		s := diag.Error
		if m.text == "wbr" || harmlessTag(m.text) {
			s = diag.Warning
		}
		p.reportAs(s, 0, 0, "the target has lost %s", quote(p.Source.Raw[m.start:m.end]))
	}
	for _, m := range surplus(target, source, tagMark) {
		if has(source, tagMark, m.text) {
			p.report(m.start, m.end, "a tag more than the source has")
		}
	}
	checkLinkNumber(p, source, target)
	checkEmphasis(p, source, target)
}

// checkBareCode tells of code of the source that stands among the words of the target. A
// number may stand there anyway.
func checkBareCode(p *Pair, lost []mark) {
	first, length, n := -1, 0, 0
	s := diag.Warning
	for _, m := range lost {
		at := wordAt(p.Target.Words(), m.text)
		if at < 0 || len(m.text) == 1 && !p.upright() {
			continue
		}
		if strings.Trim(m.text, "0123456789") != "" {
			s = diag.Error
		}
		if n++; first < 0 || at < first {
			first, length = at, len(m.text)
		}
	}
	switch start, end := p.Target.Span(max(first, 0), max(first, 0)+length); {
	case n == 1:
		p.reportAs(s, start, end, "code without its backticks")
	case n > 1:
		p.reportAs(s, start, end, "%d codes without their backticks, the first here", n)
	}
}

// wordAt is where a word stands in a text, neither letter nor digit of ASCII beside it;
// -1 if it does not.
func wordAt(text, word string) int {
	for from := 0; word != ""; {
		i := strings.Index(text[from:], word)
		if i < 0 {
			return -1
		}
		start, end := from+i, from+i+len(word)
		inner := isAlphanumeric(word[0]) && start > 0 && isAlphanumeric(text[start-1]) ||
			isAlphanumeric(word[len(word)-1]) && end < len(text) && isAlphanumeric(text[end])
		if !inner {
			return start
		}
		from = end
	}
	return -1
}

// checkLinkNumber finds links that the source has not.
func checkLinkNumber(p *Pair, source, target []mark) {
	extra := count(target, linkMark) + count(target, labelMark) - count(source, linkMark) - count(source, labelMark)
	if extra <= 0 {
		return
	}
	for _, m := range surplus(target, source, linkMark) {
		if strings.Contains(p.Source.Raw, m.text) {
			continue // written there as text
		}
		if extra--; extra >= 0 {
			p.reportAs(diag.Info, m.start, m.end, "a link that the source does not have")
		}
	}
}

// checkEmphasis compares emphasis, in tags as well. Chinese, Japanese and Korean have no
// italics: there *one* may become **other**, or nothing. A translation may part a passage
// that is emphasized, and emphasize what the source sets in quotation marks.
func checkEmphasis(p *Pair, source, target []mark) {
	strong := count(source, strongMark) + tags(source, "strong", "b")
	all := strong + count(source, emphasisMark) + tags(source, "em", "i")
	strongThere := count(target, strongMark) + tags(target, "strong", "b")
	allThere := strongThere + count(target, emphasisMark) + tags(target, "em", "i")
	switch {
	case p.upright() && strong > strongThere && all > allThere, !p.upright() && all > allThere:
		p.reportAs(diag.Warning, 0, 0, "%d marks of emphasis, the source has %d", allThere, all)
	case all == 0 && allThere > 0:
		p.reportAs(diag.Info, 0, 0, "emphasis, which the source does not have")
	case count(source, struckMark) != count(target, struckMark):
		p.reportAs(diag.Warning, 0, 0, "the target strikes out %d passages, the source %d",
			count(target, struckMark), count(source, struckMark))
	}
}

// tags is how many elements there are of these names.
func tags(marks []mark, names ...string) (n int) {
	for i := range marks {
		if marks[i].what == tagMark && slices.Contains(names, marks[i].text) {
			n++
		}
	}
	return n
}

// upright reports whether the target's script has no italics.
func (p *Pair) upright() bool { return p.is("zh") || p.is("ja") || p.is("ko") }

// checkUnrendered finds marks that are text in the target, and that the source has less
// of.
func checkUnrendered(p *Pair) {
	if !strings.ContainsAny(p.Target.Raw, "*~`") || p.Target.plain() {
		return
	}
	for _, sign := range []string{"**", "~~", "`"} {
		if at, n := literal(&p.Target, sign); n > 0 {
			if _, before := literal(&p.Source, sign); n > before {
				p.report(at, at+len(sign), "a mark that the reader sees as it is")
				return
			}
		}
	}
	lost := count(p.Source.marked(), emphasisMark) + count(p.Source.marked(), strongMark) -
		count(p.Target.marked(), emphasisMark) - count(p.Target.marked(), strongMark)
	at, n := literal(&p.Target, "*")
	if _, before := literal(&p.Source, "*"); n > before && lost > 0 {
		p.report(at, at+1, "a mark that the reader sees as it is")
	}
}

// plain reports whether the text has no markup of Markdown.
func (t *Text) plain() bool {
	return t.Kind == markdown.FrontMatter || t.Kind == markdown.Comment || t.Kind == markdown.HTML
}

// literal is where a sign stands first among the words of a text, not escaped, and how
// often it does.
func literal(t *Text, sign string) (at, n int) {
	if !strings.Contains(t.Raw, sign) || t.plain() {
		return -1, 0
	}
	at = -1
	parts := t.Parts()
	for i := range parts {
		if parts[i].Role != markdown.Words {
			continue
		}
		text := parts[i].Text
		for j := 0; j+len(sign) <= len(text); j++ {
			switch {
			case text[j] == '\\':
				j++
			case strings.HasPrefix(text[j:], sign):
				if n++; at < 0 {
					at = parts[i].Start + j
				}
				j += len(sign) - 1
			}
		}
	}
	return at, n
}
