package check

import (
	"path"
	"strings"
	"unicode"
	"unicode/utf8"

	"dragoman/internal/diag"
	"dragoman/internal/markdown"
)

// checkMalformed finds what was to be a link.
func checkMalformed(p *Pair) {
	for _, l := range malformed(&p.Target) {
		p.report(l.open, l.end, "a link that is none")
	}
}

func fixMalformed(p *Pair) (string, bool) {
	var b strings.Builder
	at := 0
	raw := p.Target.Raw
	for _, l := range malformed(&p.Target) {
		if l.open < at {
			continue
		}
		b.WriteString(raw[at:l.open])
		b.WriteString("[" + raw[l.text:l.shut] + "](" + l.to + ")")
		at = l.end
	}
	b.WriteString(raw[at:])
	return b.String(), at > 0
}

// brokenLink is where the parts of what was to be a link stand in a text.
type brokenLink struct {
	open, text, shut, end int // the opening bracket, behind it, the closing one, behind the address
	to                    string
}

// malformed are the links of a text that are none: a space stands between ] and (, or
// a bracket has full width.
func malformed(t *Text) (found []brokenLink) {
	if t.plain() || !hasOneOf(t.Raw, "]］") {
		return nil
	}
	raw := t.Raw
	open, text := -1, 0
	for i := 0; i < len(raw); {
		if c := raw[i]; c != '[' && c != ']' && c != "［"[0] {
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(raw[i:])
		switch {
		case inCode(t, i):
		case r == '[' || r == '［':
			open, text = i, i+n
		case (r == ']' || r == '］') && open >= 0:
			to, end := address(raw, i+n)
			if end > 0 && (r != ']' || raw[open] != '[' || raw[i+n] != '(' || raw[end-1] != ')') {
				found = append(found, brokenLink{open, text, i, end, to})
				n = end - i
			}
			open = -1
		}
		i += n
	}
	return found
}

// inCode reports whether an offset lies in code.
func inCode(t *Text, offset int) bool {
	if strings.IndexByte(t.Raw, '`') < 0 {
		return false
	}
	for _, m := range t.marked() {
		if m.what == codeMark && m.start <= offset && offset < m.end {
			return true
		}
	}
	return false
}

// address reads an address in brackets, behind spaces and in any width, and is where
// it ends; 0 if there is none.
func address(raw string, from int) (to string, end int) {
	rest := strings.TrimLeft(raw[from:], " ")
	if len(raw)-from-len(rest) > 2 {
		return "", 0
	}
	inner, ok := strings.CutPrefix(rest, "(")
	if !ok {
		if inner, ok = strings.CutPrefix(rest, "（"); !ok {
			return "", 0
		}
	}
	n := strings.IndexAny(inner, ")）")
	if n <= 0 {
		return "", 0
	}
	to = strings.Trim(inner[:n], " ")
	if strings.ContainsAny(to, " \n") || !addressLike(to) {
		return "", 0
	}
	_, width := utf8.DecodeRuneInString(inner[n:])
	return to, len(raw) - len(inner) + n + width
}

// addressLike reports whether a text in brackets is rather an address than a remark.
func addressLike(s string) bool {
	for i := range len(s) {
		if s[i] >= utf8.RuneSelf {
			return false
		}
	}
	return strings.Contains(s, "://") || strings.HasPrefix(s, "mailto:") || strings.HasPrefix(s, "#") && len(s) > 1 ||
		strings.HasPrefix(s, "/") && len(s) > 1 || strings.HasPrefix(s, "./") || strings.HasPrefix(s, "../") ||
		strings.HasSuffix(s, ".md") || strings.HasSuffix(s, ".html") || strings.Contains(s, ".md#") || strings.Contains(s, ".html#")
}

// checkLinkTarget compares where links lead.
func checkLinkTarget(p *Pair) {
	source, target := p.Source.marked(), p.Target.marked()
	if count(source, linkMark) == 0 {
		return
	}
	lost := surplus(source, target, linkMark)
	others := surplus(target, source, linkMark)
	for _, m := range lost {
		i := nearest(p, m.text, others)
		switch {
		case i >= 0:
			if !p.localized(m.text, others[i].text) {
				s := diag.Warning
				if strings.TrimSuffix(m.text, "/") == strings.TrimSuffix(others[i].text, "/") {
					s = diag.Info
				}
				p.reportAs(s, others[i].start, others[i].end, "the link does not lead to %s", m.text)
			}
			others = append(others[:i:i], others[i+1:]...)
		case has(target, linkMark, m.text):
			p.reportAs(diag.Warning, 0, 0, "the target links to %s less often than the source", m.text)
		case p.Source.Raw[m.start:m.end] == m.text && strings.Contains(p.Target.Raw, m.text):
			p.reportAs(diag.Warning, 0, 0, "the address %s is no link where it stands", m.text)
		case len(malformed(&p.Target)) > 0 && strings.Contains(p.Target.Raw, m.text):
			// told by link-malformed
		default:
			p.report(0, 0, "the target has no link to %s", m.text)
		}
	}
}

// nearest is the link that stands for one that is lost: one to the same page in
// another language, else any; -1 if there is none.
func nearest(p *Pair, to string, others []mark) int {
	for i := range others {
		if p.localized(to, others[i].text) {
			return i
		}
	}
	return len(others) - 1
}

// localized reports whether an address is that of another in the target's language: the
// workspace lists it, or they differ in the name of the language only, as
// https://en.wikipedia.org and https://ko.wikipedia.org do.
func (p *Pair) localized(from, to string) bool {
	if p.Localized != nil && p.Localized(from) == to {
		return true
	}
	fromHost, fromPath := cutHost(from)
	toHost, toPath := cutHost(to)
	if toHost == "" && fromPath == toPath && strings.HasPrefix(to, "/") || p.here(from, to) || p.here(to, from) {
		return true
	}
	_, before, prefixed := strings.Cut(strings.Replace(toHost, "://", ".", 1), ".")
	name, host, _ := strings.Cut(before, ".")
	if prefixed && p.is(name) && strings.HasSuffix(fromHost, "://"+host) {
		return true
	}
	return p.renamed(fromHost, toHost, ".") || fromHost == toHost && p.renamed(fromPath, toPath, "/") || p.moved(from, to)
}

// here reports whether an address with a path leads to a place in this article that
// another leads to without.
func (p *Pair) here(long, short string) bool {
	page, place, ok := strings.Cut(long, "#")
	own := path.Base(strings.TrimSuffix(p.File.Path, path.Ext(p.File.Path)))
	return ok && short == "#"+place && strings.TrimSuffix(path.Base(page), path.Ext(page)) == own
}

// moved reports whether an address is that of a page of the same name in the target's
// language, which the address names, or in a region where that is spoken.
func (p *Pair) moved(from, to string) bool {
	region, _ := p.Language.Region()
	page := path.Base(from)
	bare, query, _ := strings.Cut(to, "?")
	fromHost, fromPath := cutHost(from)
	toHost, _ := cutHost(to)
	home := fromHost != "" && fromHost == toHost && strings.Trim(fromPath, "/") == ""
	same := page == path.Base(bare) && strings.Contains(to, "/") && (len(page) >= len("x.html") || strings.Contains(page, "#") || query != "")
	if !home && !same {
		return false
	}
	for name := range strings.FieldsFuncSeq(to, func(r rune) bool { return strings.ContainsRune(":/.-_?=&", r) }) {
		if name = strings.ToLower(name); p.is(name) || name == strings.ToLower(region.String()) {
			return true
		}
	}
	return false
}

// cutHost parts an address behind its host.
func cutHost(address string) (host, path string) {
	scheme := strings.Index(address, "://")
	if scheme < 0 {
		return "", address
	}
	n := strings.IndexByte(address[scheme+3:], '/')
	if n < 0 {
		return address, ""
	}
	return address[:scheme+3+n], address[scheme+3+n:]
}

// renamed reports whether two texts differ in the name of the language only, which
// stands between those marks.
func (p *Pair) renamed(from, to, marks string) bool {
	from, to = strings.Replace(from, "://", marks, 1), strings.Replace(to, "://", marks, 1)
	a, b := strings.Split(from, marks), strings.Split(to, marks)
	if len(a) != len(b) {
		return false
	}
	differ := false
	source, _ := p.Catalog.Source.Base()
	for i := range a {
		if a[i] == b[i] {
			continue
		}
		base, _, _ := strings.Cut(strings.ToLower(strings.ReplaceAll(a[i], "_", "-")), "-")
		name, _, _ := strings.Cut(strings.ReplaceAll(b[i], "_", "-"), "-")
		if base != source.String() || !p.is(strings.ToLower(name)) {
			return false
		}
		differ = true
	}
	return differ
}

// prose reports whether a text has words that somebody should have translated: some in
// small letters that are no code, no address and are not to be kept.
func (p *Pair) prose(text string) bool {
	small := 0
	for word := range strings.FieldsSeq(markdown.Plain(p.unkept(text))) {
		if smallWord(strings.Trim(word, `.,:;!?()"'“”‘’`)) {
			small++
		}
	}
	return small > 0
}

// unkept is a text without what is the same in every language.
func (p *Pair) unkept(text string) string {
	if p.Terms == nil {
		return text
	}
	hits := p.Terms.FindSource(text)
	for i := len(hits) - 1; i >= 0; i-- {
		if h := hits[i]; h.Term.Keep {
			text = text[:h.Start] + strings.ToUpper(text[h.Start:h.Start+1]) + text[h.End:]
		}
	}
	return text
}

// smallWord reports whether a word is one of a language: it begins with a small letter,
// and holds nothing but letters, hyphens and apostrophes.
func smallWord(word string) bool {
	if len(word) < 2 {
		return false
	}
	for i, r := range word {
		switch {
		case 'a' <= r && r <= 'z', r >= utf8.RuneSelf && unicode.IsLower(r):
		case i == 0, r != '-' && r != '\'':
			return false
		}
	}
	return true
}
