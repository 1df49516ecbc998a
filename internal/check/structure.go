package check

import (
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dragoman/internal/diag"
	"dragoman/internal/locale"
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
		check: func(p *Pair) { checkSame(p, labelMark, "the link with the label %s", "[", "]") },
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

// checkMarkup compares code, tags and emphasis; that code is the same is for
// do-not-translate, that links are for link-target.
func checkMarkup(p *Pair) {
	source, target := p.Source.marked(), p.Target.marked()
	if len(source) == 0 && len(target) == 0 {
		return
	}
	for _, m := range distinct(surplus(source, target, codeMark), target) {
		if at := wordAt(p.Target.Words(), m.text); at >= 0 && (len(m.text) > 1 || p.upright()) {
			start, end := p.Target.Span(at, at+len(m.text))
			p.report(start, end, "code without its backticks")
		}
	}
	for _, m := range distinct(surplus(target, source, codeMark), source) {
		if count(target, codeMark) > count(source, codeMark) && !ascii(m.text) {
			p.reportAs(diag.Warning, m.start, m.end, "words as code, which the source does not have")
		}
	}
	for _, m := range surplus(source, target, tagMark) {
		s := diag.Error
		if m.text == "br" || m.text == "wbr" {
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
			p.reportAs(diag.Warning, m.start, m.end, "a link that the source does not have")
		}
	}
}

// checkEmphasis compares emphasis. Chinese, Japanese and Korean have no italics: there
// *one* may become **other**, or nothing.
func checkEmphasis(p *Pair, source, target []mark) {
	lost := func(what markOf) int { return count(source, what) - count(target, what) }
	strong, all := lost(strongMark), lost(strongMark)+lost(emphasisMark)
	switch {
	case p.upright() && (strong > 0 && all > 0 || all < 0), !p.upright() && all != 0:
		p.reportAs(diag.Warning, 0, 0, "%d marks of emphasis, the source has %d",
			count(target, strongMark)+count(target, emphasisMark), count(source, strongMark)+count(source, emphasisMark))
	case lost(struckMark) != 0:
		p.reportAs(diag.Warning, 0, 0, "the target strikes out %d passages, the source %d",
			count(target, struckMark), count(source, struckMark))
	}
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
	if slices.Contains(harmless, strings.TrimPrefix(name, "/")) && len(attributes(tag)) == 0 {
		return diag.Info
	}
	return diag.Error
}

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

// checkNewlines compares line breaks. Those that Markdown joins count only at the edges
// and where they part the text.
func checkNewlines(p *Pair) {
	source, target := p.Source.Raw, p.Target.Raw
	if strings.IndexByte(source, '\n') < 0 && strings.IndexByte(target, '\n') < 0 {
		return
	}
	switch {
	case strings.HasPrefix(target, "\n") != strings.HasPrefix(source, "\n"):
		p.reportAs(diag.Error, 0, 0, "only one side begins with a line break")
	case strings.HasSuffix(target, "\n") != strings.HasSuffix(source, "\n"):
		p.reportAs(diag.Error, len(target), len(target), "only one side ends with a line break")
	case strings.Contains(target, "\n\n") && !strings.Contains(source, "\n\n"):
		at := strings.Index(target, "\n\n")
		p.reportAs(diag.Error, at, at, "a blank line would part the text")
	case count(p.Source.marked(), breakMark) != count(p.Target.marked(), breakMark):
		p.report(0, 0, "%d line breaks, the source has %d", count(p.Target.marked(), breakMark), count(p.Source.marked(), breakMark))
	}
}

// checkConflict finds lines that git, diff3 or msgcat have put in.
func checkConflict(p *Pair) {
	if !strings.ContainsAny(p.Target.Raw, "<>=|#") {
		return
	}
	at := 0
	for line := range strings.Lines(p.Target.Raw) {
		text := strings.TrimRight(line, "\n")
		if conflicts(text) && !strings.Contains(p.Source.Raw, text) {
			p.report(at, at+len(text), "a conflict marker")
			return
		}
		at += len(line)
	}
}

func conflicts(line string) bool {
	for _, sign := range []string{"<<<<<<<", ">>>>>>>", "|||||||"} {
		if strings.HasPrefix(line, sign) && (len(line) == len(sign) || line[len(sign)] == ' ') {
			return true
		}
	}
	return strings.Contains(line, "#-#-#-#-#") || line == "======="
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

// checkCJKBreak finds a newline between two characters of scripts without spaces.
func checkCJKBreak(p *Pair) {
	if at := cjkBreak(p, p.Target.Raw, 0); at >= 0 {
		p.report(at, at, "the line is broken within a sentence")
	}
}

func fixCJKBreak(p *Pair) (string, bool) {
	text := p.Target.Raw
	for at := cjkBreak(p, text, 0); at >= 0; at = cjkBreak(p, text, at) {
		text = text[:at] + text[at+1:]
	}
	return text, text != p.Target.Raw
}

// cjkBreak is where the next such newline stands, -1 if there is none.
func cjkBreak(p *Pair, text string, from int) int {
	if locale.Spaced(p.Language) {
		return -1
	}
	for {
		i := strings.IndexByte(text[from:], '\n')
		if i < 0 {
			return -1
		}
		at := from + i
		before, _ := utf8.DecodeLastRuneInString(text[:at])
		after, _ := utf8.DecodeRuneInString(text[at+1:])
		if unspaced(before) && unspaced(after) {
			return at
		}
		from = at + 1
	}
}

// unspaced reports whether a character is of a script that sets no spaces, or its
// punctuation.
func unspaced(r rune) bool {
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) ||
		0x3000 <= r && r <= 0x303f || 0xff00 <= r && r <= 0xff65 || strings.ContainsRune("“”‘’—…", r)
}
