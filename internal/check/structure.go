package check

import (
	"fmt"
	"strings"

	"dragoman/internal/diag"
	"dragoman/internal/markdown"
)

// structureRules are about what has to be the same in every language.
var structureRules = []Rule{
	{
		Code: "markup", Title: "code, tags, links or emphasis that only one side has", structural: true,
		Hint: "give the target the marks of its source", Severity: diag.Error, check: checkMarkup,
	},
	{
		Code: "markup-unrendered", Title: "a mark that is read as text", structural: true,
		Hint: "close the mark, and let no space stand inside it", Severity: diag.Error, check: checkUnrendered,
	},
	{
		Code: "link-malformed", Title: "a link that is none: a space between ] and (, brackets of full width", structural: true,
		Hint: "write [text](address)", Severity: diag.Error, check: checkMalformed, fix: fixMalformed,
	},
	{
		Code: "link-target", Title: "a link that is gone or leads elsewhere", structural: true,
		Hint: "let it lead to where the source's does", Severity: diag.Error, check: checkLinkTarget,
	},
	{
		Code: "link-title", Title: "the title of a link that was not translated",
		Hint: "translate what stands in quotes behind the address", Severity: diag.Warning,
		check: func(p *Pair) { checkLeft(p, titleMark, "the title of a link") },
	},
	{
		Code: "image-alt", Title: "the alternative text of an image that was not translated",
		Hint: "translate what stands between ![ and ]", Severity: diag.Warning,
		check: func(p *Pair) { checkLeft(p, altMark, "the alternative text of an image") },
	},
	{
		Code: "image", Title: "an image that is gone or another", structural: true,
		Hint: "show the image that the source shows", Severity: diag.Error, check: checkImage,
	},
	{
		Code: "footnote", Title: "a reference to a footnote that only one side has", structural: true,
		Hint: "keep each [^label] of the source; their order is free", Severity: diag.Error,
		check: func(p *Pair) { checkSame(p, noteMark, "the reference to the footnote %s", "[^", "]") },
	},
	{
		Code: "reference", Title: "the label of a link that was changed or lost", structural: true,
		Hint: "translate the first brackets of [text][label] and keep the second", Severity: diag.Error,
		check: checkReference,
	},
	{
		Code: "anchor", Title: "the id of a heading that was changed or lost", structural: true,
		Hint: "keep {#id} as it is: links lead to it", Severity: diag.Error, check: checkAnchor,
	},
	{
		Code: "block-structure", Title: "a text that begins like a block: with #, a bullet, a number", structural: true,
		Hint: "leave the mark away: the article has it already", Severity: diag.Error, check: checkBlock,
	},
	{
		Code: "front-matter", Title: "a value with its key, of several lines, or of another type", structural: true,
		Hint: "write the value alone, on one line", Severity: diag.Error, check: checkFrontMatter,
	},
	{
		Code: "html-unsafe", Title: "an element, an attribute or a scheme that the source does not have", structural: true,
		Hint: `remove it; a < that is text is written \<`, Severity: diag.Error, check: checkUnsafe,
	},
	{
		Code: "placeholder", Title: "a placeholder that only one side has", structural: true,
		Hint: "keep it as it is: a program puts something in its place", Severity: diag.Error, check: checkPlaceholder,
	},
	{
		Code: "escapes", Title: "a backslash that escapes nothing", structural: true,
		Hint: "remove it, or write the character that is meant", Severity: diag.Warning, Grave: true, check: checkEscapes,
	},
	{
		Code: "newlines", Title: "line breaks that only one side has", structural: true,
		Hint: `break the line where the source does: \ and a newline`, Severity: diag.Warning, Grave: true, check: checkNewlines,
	},
	{
		Code: "do-not-translate", Title: "code, a path, an option or a name that was changed",
		Hint: "keep it as the source has it", Severity: diag.Warning, Grave: true, check: checkKept,
	},
	{
		Code: "conflict-marker", Title: "marks of a merge that nobody has finished", structural: true,
		Hint: "choose one text, and remove the markers", Severity: diag.Error, check: checkConflict,
	},
	{
		Code: "duplicate", Title: "two messages with the same key in one catalog", structural: true,
		Hint: "remove one of them", Severity: diag.Error, across: checkDuplicate,
	},
	{
		Code: "encoding", Title: "characters that were damaged, or are not in their usual form", structural: true,
		Hint: "type the characters again", Severity: diag.Error, check: checkEncoding, fix: fixEncoding,
	},
	{
		Code: "invisible", Title: "invisible characters that the text does not need", structural: true,
		Hint: "remove them", Severity: diag.Warning, check: checkInvisible,
	},
	{
		Code: "cjk-line-break", Title: "a line break between two Chinese or Japanese characters",
		Hint: "join the lines: the break becomes a space", Severity: diag.Warning, check: checkCJKBreak, fix: fixCJKBreak,
	},
}

// checkSame compares marks that have to be the same, in any order.
func checkSame(p *Pair, what markOf, format, open, shut string) {
	source, target := p.Source.marked(), p.Target.marked()
	p.reportOdd(distinct(surplus(source, target, what), target), distinct(surplus(target, source, what), source),
		func(m mark) string { return fmt.Sprintf(format, open+m.text+shut) })
}

// reportOdd tells of marks that the target has lost and of others that it has in their
// place.
func (p *Pair) reportOdd(lost, others []mark, name func(m mark) string) {
	for i, m := range lost {
		if i < len(others) {
			p.report(others[i].start, others[i].end, "where the source has %s", name(m))
			continue
		}
		p.report(0, 0, "the target has lost %s", name(m))
	}
	for _, m := range others[min(len(lost), len(others)):] {
		p.report(m.start, m.end, "the source does not have %s", name(m))
	}
}

// checkReference compares labels. Where the target has a link to an address more than the
// source, this may be the link.
func checkReference(p *Pair) {
	source, target := p.Source.marked(), p.Target.marked()
	lost := distinct(surplus(source, target, labelMark), target)
	others := distinct(surplus(target, source, labelMark), source)
	links := surplus(target, source, linkMark)
	links = links[:min(len(links), max(0, len(lost)-len(others)))]
	for i, m := range links {
		p.reportAs(diag.Warning, m.start, m.end, "a link to an address where the source has the label %s", "["+lost[i].text+"]")
	}
	p.reportOdd(lost[len(links):], others, func(m mark) string { return "the link with the label [" + m.text + "]" })
}

// checkLeft finds what stands in the target as it does in the source.
func checkLeft(p *Pair, what markOf, name string) {
	source := p.Source.marked()
	for _, m := range p.Target.marked() {
		if m.what == what && has(source, what, m.text) && p.prose(m.text) {
			p.report(m.start, m.end, "%s is the source's", name)
		}
	}
}

// checkImage compares images by what they show.
func checkImage(p *Pair) {
	lost := surplus(p.Source.marked(), p.Target.marked(), imageMark)
	others := surplus(p.Target.marked(), p.Source.marked(), imageMark)
	for i, m := range lost {
		if i < len(others) {
			p.reportAs(diag.Warning, others[i].start, others[i].end, "another image than %s", quote(m.text))
			continue
		}
		p.report(0, 0, "the target has lost the image %s", quote(m.text))
	}
	for _, m := range others[min(len(lost), len(others)):] {
		p.reportAs(diag.Warning, m.start, m.end, "an image that the source does not have")
	}
}

func checkAnchor(p *Pair) {
	if at := strings.Index(p.Target.Raw, "{#}"); at >= 0 && !strings.Contains(p.Source.Raw, "{#}") {
		p.report(at, at+3, "an id that is empty")
	}
	checkSame(p, anchorMark, "the id %s", "{#", "}")
}

// checkBlock finds what begins a block if the text stands at the beginning of a line.
// An edition escapes it, so that readers see the mark.
func checkBlock(p *Pair) {
	if p.Target.plain() {
		return
	}
	if p.Target.Kind == markdown.Cell {
		if at := strings.IndexByte(p.Target.Raw, '|'); at >= 0 && strings.Count(p.Target.Raw, "|") > strings.Count(p.Source.Raw, "|") {
			p.report(at, at+1, "a bar that the source does not have would begin a new cell")
		}
		return
	}
	n := blockMark(p.Target.Raw)
	if n == 0 || blockMark(p.Source.Raw) > 0 {
		return
	}
	s := diag.Error
	if digits := n - 1; digits > 1 { // rather a year, or a number that ends the sentence
		if c := p.Target.Raw[0]; '0' <= c && c <= '9' {
			s = diag.Warning
		}
	}
	p.reportAs(s, 0, n, "the text begins like a block")
}

// blockMark is the length of the mark of a heading, a list, a quote, a fence or a rule
// that a text begins with, 0 if it begins with none.
func blockMark(text string) int {
	n := 0
	for n < len(text) && (text[n] == '#' || '0' <= text[n] && text[n] <= '9') && text[n]|0x10 == text[0]|0x10 {
		n++
	}
	switch {
	case text == "":
		return 0
	case strings.HasPrefix(text, "```"), strings.HasPrefix(text, "~~~"), strings.HasPrefix(text, "---"), strings.HasPrefix(text, "***"):
		rest := strings.TrimLeft(text[3:], text[:1])
		if text[0] == '`' || text[0] == '~' || strings.TrimSpace(rest) == "" {
			return 3
		}
		return 0
	case text[0] == '>':
		return 1
	case text[0] == '-' || text[0] == '+' || text[0] == '*':
		n = 1
	case text[0] == '#' && n <= 6:
	case '0' <= text[0] && text[0] <= '9':
		n = strings.IndexFunc(text, func(r rune) bool { return r < '0' || r > '9' })
		if n < 0 || n > 9 || text[n] != '.' && text[n] != ')' {
			return 0
		}
		n++
	default:
		return 0
	}
	if n < len(text) && text[n] != ' ' && text[n] != '\t' {
		return 0
	}
	return n
}

// checkFrontMatter finds what would not stay one value of the same key.
func checkFrontMatter(p *Pair) {
	if p.Target.Kind != markdown.FrontMatter {
		return
	}
	target := p.Target.Raw
	if p.Segment != nil {
		name := p.Segment.Name[strings.LastIndexByte(p.Segment.Name, '.')+1:]
		rest, ok := strings.CutPrefix(target, name)
		if rest = strings.TrimLeft(rest, " "); ok && rest != "" && (rest[0] == ':' || rest[0] == '=') &&
			!strings.HasPrefix(p.Source.Raw, name) {
			p.report(0, len(target)-len(rest)+1, "the value repeats its key")
			return
		}
	}
	if at := strings.IndexByte(target, '\n'); at >= 0 && !strings.Contains(p.Source.Raw, "\n") {
		p.report(at, at, "the value has several lines")
	}
	if value(p.Source.Raw) != value(target) {
		p.report(0, len(target), "the value is %s, that of the source is %s", value(target), value(p.Source.Raw))
	}
}

// value is the type that a generator takes a bare value for.
func value(s string) string {
	switch strings.ToLower(strings.TrimSpace(s)) {
	case "true", "false":
		return "true or false"
	case "null", "~":
		return "nothing"
	}
	digits := strings.Trim(s, " -+")
	if digits != "" && strings.Trim(digits, "0123456789.:-TZ ") == "" {
		return "a number"
	}
	if strings.HasPrefix(s, "[") && strings.HasSuffix(s, "]") || strings.HasPrefix(s, "{") && strings.HasSuffix(s, "}") {
		return "a list"
	}
	return "a text"
}

// checkEscapes finds backslashes that a reader sees, or that eat what follows.
func checkEscapes(p *Pair) {
	if strings.IndexByte(p.Target.Raw, '\\') < 0 || p.Target.plain() {
		return
	}
	if n := len(p.Target.Raw) - len(strings.TrimRight(p.Target.Raw, `\`)); n%2 == 1 && !strings.HasSuffix(p.Source.Raw, `\`) {
		p.reportAs(diag.Error, len(p.Target.Raw)-1, len(p.Target.Raw), "a backslash at the end of the text")
		return
	}
	at, n := stray(&p.Target)
	if _, before := stray(&p.Source); n > before {
		p.report(at, at+2, "a backslash that the reader sees")
	}
}

// stray is the first escape of a programming language among the words of a text, and
// how many there are: \n, \t, \".
func stray(t *Text) (at, n int) {
	parts := t.Parts()
	for i := range parts {
		text := parts[i].Text
		for j := 0; parts[i].Role == markdown.Words && j+1 < len(text); j++ {
			if text[j] != '\\' {
				continue
			}
			next := text[j+1]
			lone := j+2 == len(text) || !isAlphanumeric(text[j+2])
			if strings.IndexByte("nrtu\"", next) >= 0 && (next == '"' || lone || next == 'u') {
				if n++; n == 1 {
					at = parts[i].Start + j
				}
			}
			j++
		}
	}
	return at, n
}

func checkDuplicate(c *Catalog) {
	seen := make(map[diag.Key]bool, len(c.Pairs))
	for _, p := range c.Pairs {
		if p.Form == 0 && seen[p.Message.Key] {
			p.report(0, 0, "a second message with the same source and context")
		}
		seen[p.Message.Key] = true
	}
}
