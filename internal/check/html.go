package check

import (
	"regexp"
	"slices"
	"strings"

	"dragoman/internal/diag"
	"dragoman/internal/markdown"
)

// checkUnsafe finds what can do something that the source cannot.
func checkUnsafe(p *Pair) {
	source, target := p.Source.marked(), p.Target.marked()
	for _, m := range target {
		switch m.what {
		case tagMark:
			if !has(source, tagMark, m.text) && m.text != "" {
				if name, closes := strings.CutPrefix(m.text, "/"); !has(source, tagMark, name) && !(closes && has(target, tagMark, name)) {
					p.reportAs(severityOf(p.Target.Raw[m.start:m.end], m.text), m.start, m.end, "an element that the source does not have")
				}
				continue
			}
			if name := strangeAttribute(p, m); name != "" {
				p.report(m.start, m.end, "an attribute that the source does not have, %s", name)
			}
		case linkMark, imageMark:
			if !markdown.SafeScheme(m.text) && !has(source, m.what, m.text) {
				p.report(m.start, m.end, "a scheme that editions do not link to")
			}
		}
	}
}

// severityOf is the severity of an element that the source does not have: translators
// set notes of theirs in small print, and marks where those of Markdown do not work.
func severityOf(tag, name string) diag.Severity {
	if harmlessTag(name) && len(attributes(tag)) == 0 || noteLink.MatchString(tag) {
		return diag.Info
	}
	return diag.Error
}

// noteLink is a link to a note that a translator has put in.
var noteLink = regexp.MustCompile(`^<a href="#[A-Za-z0-9_-]+">$`)

func harmlessTag(name string) bool { return slices.Contains(harmless, strings.TrimPrefix(name, "/")) }

// harmless are elements that only set the text that stands in them.
var harmless = []string{"b", "br", "cite", "code", "del", "em", "i", "ins", "kbd", "mark", "q", "rp", "rt", "ruby", "s", "small", "strong", "sub", "sup", "u"}

// strangeAttribute is the name of an attribute of a tag of the target that no tag of
// that name has in the source.
func strangeAttribute(p *Pair, m mark) string {
	for _, name := range attributes(p.Target.Raw[m.start:m.end]) {
		known := false
		for _, s := range p.Source.marked() {
			if s.what != tagMark || s.text != m.text {
				continue
			}
			for _, own := range attributes(p.Source.Raw[s.start:s.end]) {
				known = known || own == name
			}
		}
		if !known && name != "lang" && name != "dir" {
			return name
		}
	}
	return ""
}

// attributes are the names of the attributes of a tag.
func attributes(tag string) (names []string) {
	text := strings.TrimRight(tag, "/>")
	if i := strings.IndexAny(text, " \t\n"); i >= 0 {
		text = text[i:]
	} else {
		return nil
	}
	for {
		text = strings.TrimLeft(text, " \t\n/")
		if text == "" {
			return names
		}
		n := strings.IndexAny(text+" ", "= \t\n/")
		names = append(names, strings.ToLower(text[:n]))
		text = strings.TrimLeft(text[n:], " \t\n")
		if !strings.HasPrefix(text, "=") {
			if n == 0 {
				return names
			}
			continue
		}
		text = strings.TrimLeft(text[1:], " \t\n")
		end := strings.IndexAny(text+" ", " \t\n")
		if text != "" && (text[0] == '"' || text[0] == '\'') {
			if end = 2 + strings.IndexByte(text[1:], text[0]); end < 2 {
				end = len(text)
			}
		}
		text = text[min(end, len(text)):]
	}
}
