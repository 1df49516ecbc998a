package check

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
)

// punctuationRules are about marks of punctuation, which each language has its own of.
var punctuationRules = []Rule{
	{
		Code: "end-punctuation", Title: "the target ends in another mark than the source",
		Hint: "end it as the source ends, with the language's own mark", Severity: diag.Warning,
		// These say a question or an announcement in other ways as well.
		Lower: map[string]diag.Severity{"ko": diag.Info, "ja": diag.Info},
		check: checkEnd,
	},
	{
		Code: "brackets", Title: "a bracket without the other of its pair",
		Hint: "put in the other bracket, or take this one away", Severity: diag.Warning,
		check: checkBrackets,
	},
	{
		Code: "quotes", Title: "a quotation mark without the other of its pair, or of another language",
		Hint: "write quotations as the language does", Severity: diag.Warning,
		check: checkQuotes,
	},
	{
		Code: "halfwidth-punctuation", Title: "marks of punctuation as wide as those of another script",
		Hint: "write full-width marks in Chinese and Japanese, and others in Korean", Severity: diag.Warning,
		Languages: []string{"zh", "yue", "ja", "ko"},
		check:     checkWidth, fix: fixWidth,
	},
	{
		Code: "fullwidth-alphanumeric", Title: "full-width letters or digits of the Latin script",
		Hint: "write ordinary letters and digits", Severity: diag.Warning,
		check: checkFullwidth, fix: fixFullwidth,
	},
	{
		Code: "ellipsis", Title: "an ellipsis that is not the language's",
		Hint: "in Chinese and Japanese it is ……, elsewhere three dots or one sign", Severity: diag.Warning,
		check: checkEllipsis,
	},
	{
		Code: "dash", Title: "a dash that is not the language's",
		Hint: "in Chinese it is ——, in Japanese ――", Severity: diag.Warning,
		Languages: []string{"zh", "yue", "ja", "ko"},
		check:     checkDash,
	},
	{
		Code: "middle-dot", Title: "a middle dot that is not the language's",
		Hint: "in Chinese and Korean it is ·, in Japanese ・", Severity: diag.Warning,
		Languages: []string{"zh", "yue", "ja", "ko"},
		check:     checkMiddleDot,
	},
}

// closingQuotes may stand behind the mark that ends a text.
const closingQuotes = "\"'”’」』»›"

// endMarks are the marks that end a text, by what they are called in any language.
var endMarks = map[rune]rune{
	'.': '.', '。': '.', '．': '.', '｡': '.', '।': '.', '۔': '.',
	'?': '?', '？': '?', '؟': '?',
	'!': '!', '！': '!',
	':': ':', '：': ':',
	';': ';', '；': ';', '؛': ';',
	',': ',', '，': ',', '、': ',', '،': ',',
	'…': '…', '⋯': '…',
}

// endOf is the mark that a text ends in, as endMarks calls it, and where; 0 for none.
func endOf(words string) (mark rune, start, end int) {
	s := strings.TrimRightFunc(words, unicode.IsSpace)
	s = strings.TrimRight(s, closingQuotes)
	r, n := utf8.DecodeLastRuneInString(s)
	mark = endMarks[r]
	if mark == '.' && (strings.HasSuffix(s, "...") || strings.HasSuffix(s, "。。。")) {
		return '…', len(s) - 3*n, len(s)
	}
	return mark, len(s) - n, len(s)
}

// abbreviated are the endings whose full stop is of the word.
var abbreviated = []string{"etc.", "e.g.", "i.e.", "Inc.", "Ltd.", "Co.", "Jr.", "Sr.", "a.m.", "p.m.", "U.S.", "U.N.", "et al."}

func checkEnd(p *Pair) {
	if p.Source.Kind == markdown.Comment || p.Source.Kind == markdown.HTML {
		return
	}
	source, sourceAt, sourceEnd := endOf(p.Source.Main())
	words := p.Target.Main()
	target, start, end := endOf(words)
	if source == target || source == '.' && endsAny(p.Source.Main()[:sourceEnd], abbreviated) {
		return
	}
	before := words[:start]
	if target == 0 {
		before = words[:end]
	}
	if accepted(p, source, target, before) {
		return
	}
	s := diag.Info
	if source == '?' && asks(p, before) || source == ':' && target != '.' {
		s = diag.Warning
	}
	switch {
	case source == 0:
		p.reportWords(s, start, end, "the target ends in a mark and the source in none")
	case target == 0:
		p.reportWords(s, start, end, "the source ends in %s and the target in no mark", p.Source.Main()[sourceAt:sourceEnd])
	default:
		p.reportWords(s, start, end, "the source ends in %s, the target in another mark", p.Source.Main()[sourceAt:sourceEnd])
	}
}

// asks reports whether a sentence is a question by its words, as far as those tell:
// Chinese may say one as a statement.
func asks(p *Pair, sentence string) bool {
	if !p.is("zh") {
		return true
	}
	sentence = sentence[strings.LastIndexAny(strings.TrimRight(sentence, "。.？?"), "。.？?")+1:]
	return strings.ContainsAny(sentence, "吗嗎呢谁誰") || containsAny(sentence, "什么", "什麼", "怎", "如何", "哪", "为何", "為何", "多少", "是否", "能否", "可否")
}

func containsAny(s string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
}

// accepted are differences that languages make. What the source leads to with a colon,
// Korean and Japanese may lead to with a sentence; Korean sets a full stop behind each sentence, also
// in a list where English sets none, and none behind what ends in a noun.
func accepted(p *Pair, source, target rune, before string) bool {
	if source == '!' && target == '.' || source == '.' && target == '!' {
		return true
	}
	if source == ':' && target == '.' && p.is("ja") {
		return true
	}
	if !p.is("ko") {
		return false
	}
	sentence := endsAny(strings.TrimRight(before, closingQuotes), []string{"다", "요", "오", "까"})
	switch source {
	case ':':
		return target == '.'
	case '.':
		return target == 0 && !sentence && hangul(lastOf(before))
	case 0, ',', ';':
		return target == '.' && sentence
	}
	return false
}

func endsAny(s string, ends []string) bool {
	for _, e := range ends {
		if strings.HasSuffix(s, e) {
			return true
		}
	}
	return false
}

// bracketFamilies are brackets that close one another, the openings before the closings.
var bracketFamilies = [...]struct{ open, shut string }{
	{"(（", ")）"}, {"[［【〔", "]］】〕"}, {"{｛", "}｝"},
}

// unmatched are the offsets of the signs of a text that have no partner; mixed is that
// of a closing one of another width than its opening one, or -1.
func unmatched(s, open, shut string) (at []int, mixed int) {
	mixed = -1
	if !hasOneOf(s, open) && !hasOneOf(s, shut) {
		return nil, mixed
	}
	var stack, alone []int
	for i, r := range s {
		switch {
		case letter(r):
		case strings.ContainsRune(open, r):
			stack = append(stack, i)
		case !strings.ContainsRune(shut, r):
		case len(stack) > 0:
			opening := stack[len(stack)-1]
			stack = stack[:len(stack)-1]
			if (s[opening] < utf8.RuneSelf) != (r < utf8.RuneSelf) && mixed < 0 {
				mixed = i
			}
		case r != ')' || !enumerates(s[:i]):
			alone = append(alone, i)
		}
	}
	return append(alone, stack...), mixed
}

// hasOneOf is strings.ContainsAny, which is slow where characters are not ASCII, for few
// characters.
func hasOneOf(s, few string) bool {
	for from, r := range few {
		if strings.Contains(s, few[from:from+utf8.RuneLen(r)]) {
			return true
		}
	}
	return false
}

// enumerates reports whether a closing bracket behind a text is that of "1)" or of a
// face.
func enumerates(before string) bool {
	if strings.HasSuffix(before, ":") || strings.HasSuffix(before, ":-") || strings.HasSuffix(before, ";") {
		return true
	}
	word := strings.TrimLeft(before[strings.LastIndexByte(before, '\n')+1:], " ")
	return word != "" && utf8.RuneCountInString(word) <= 2
}

func checkBrackets(p *Pair) {
	if p.Target.Signs()&brackets == 0 {
		return
	}
	words := p.Target.Words()
	for _, f := range bracketFamilies {
		at, mixed := unmatched(words, f.open, f.shut)
		if len(at) > 0 {
			if theirs, _ := unmatched(p.Source.Words(), f.open, f.shut); len(at) > len(theirs) {
				p.reportWords(diag.Warning, at[0], at[0]+widthAt(words, at[0]), "a bracket without the other of its pair")
			}
		}
		if mixed >= 0 {
			p.reportWords(diag.Warning, mixed, mixed+widthAt(words, mixed), "a bracket of another width than the one that opens")
		}
	}
}

func widthAt(s string, i int) int {
	_, n := utf8.DecodeRuneInString(s[i:])
	return n
}

// eastQuotes are the marks around quotations and titles in Chinese, Japanese and Korean.
var eastQuotes = [...]struct{ open, shut string }{
	{"“", "”"}, {"「", "」"}, {"『", "』"}, {"《", "》"}, {"〈", "〉"},
}

// quotesOf are the marks that stand in pairs in the target's language.
func quotesOf(p *Pair) []struct{ open, shut string } {
	if p.is("zh") || p.is("ja") || p.is("ko") || p.is("yue") {
		return eastQuotes[:]
	}
	open, shut, _, _ := locale.Quotes(p.Language)
	if open == shut {
		return nil
	}
	return []struct{ open, shut string }{{open, shut}}
}

func checkQuotes(p *Pair) {
	if p.Target.Signs()&(quotations|typewriter) == 0 {
		return
	}
	words := p.Target.Words()
	for _, q := range quotesOf(p) {
		at, _ := unmatched(words, q.open, q.shut)
		if len(at) == 0 {
			continue
		}
		open, shut, _, _ := locale.Quotes(p.Catalog.Source)
		if theirs, _ := unmatched(p.Source.Words(), open, shut); len(at) > len(theirs) {
			p.reportWords(diag.Warning, at[0], at[0]+widthAt(words, at[0]), "a quotation mark without the other of its pair")
			return
		}
	}
	if n := strings.Count(words, `"`); n%2 == 1 && strings.Count(p.Source.Words(), `"`)%2 == 0 {
		at := strings.LastIndexByte(words, '"')
		p.reportWords(diag.Warning, at, at+1, "a quotation mark without the other of its pair")
		return
	}
	checkQuoteStyle(p, words)
}

// checkQuoteStyle looks for marks that another language would use. Typewriter's marks
// are kept where the source has them in Korean, where they are as good.
func checkQuoteStyle(p *Pair, words string) {
	wrong := ""
	switch {
	case p.is("zh-Hant"), p.is("yue"), p.is("ja"):
		wrong = "“\""
	case p.is("zh"):
		wrong = "「『\""
	case p.is("ko") && strings.ContainsAny(p.Source.Words(), "“”"):
		wrong = "\""
	default:
		return
	}
	open, shut, _, _ := locale.Quotes(p.Language)
	for i, r := range words {
		if !strings.ContainsRune(wrong, r) || r == '"' && !nativeBeside(words, i) {
			continue
		}
		p.reportWords(diag.Warning, i, i+utf8.RuneLen(r), "quotations stand in %s%s in this language", open, shut)
		return
	}
}

// nativeBeside reports whether a character of Chinese, Japanese or Korean follows a
// sign, or stands before it.
func nativeBeside(words string, at int) bool {
	before, after := lastOf(words[:at]), firstOf(words[at+1:])
	return ideographic(after) || hangul(after) || ideographic(before) || hangul(before)
}

// fullMarks are the marks of Chinese for those of English; Japanese has others for two.
var fullMarks = map[byte]string{',': "，", '.': "。", ':': "：", ';': "；", '!': "！", '?': "？", '(': "（", ')': "）"}

// koreanMarks are what marks of Chinese and Japanese are in Korean.
var koreanMarks = map[rune]string{'。': ".", '、': ",", '，': ",", '．': ".", '：': ":", '；': ";", '！': "!", '？': "?", '（': "(", '）': ")"}

// wrongWidth are the marks of the target that are of the wrong width, as edits of Raw.
func wrongWidth(p *Pair) []edit {
	if p.Target.Kind == markdown.Comment {
		return nil
	}
	if p.is("ko") {
		return foreignMarks(p)
	}
	if s := p.Target.Signs(); s&halfMarks == 0 || s&ideographs == 0 {
		return nil
	}
	words := p.Target.Words()
	var edits []edit
	put := func(at int, mark string) {
		start, end := p.Target.Span(at, at+1)
		if end < len(p.Target.Raw) && p.Target.Raw[end] == ' ' && mark != "）" {
			end++
		}
		if mark == "（" && start > 0 && p.Target.Raw[start-1] == ' ' {
			start--
		}
		edits = append(edits, edit{start, end, mark})
	}
	brackets, colons := p.peers().halfBrackets.usual(), p.is("ja") && p.peers().halfColons.usual()
	var shuts map[int]bool
	if !brackets {
		shuts = bracketed(words)
	}
	for i := 0; i < len(words); i++ {
		mark, ok := fullMarks[words[i]]
		if !ok {
			continue
		}
		if p.is("ja") && words[i] == ',' {
			mark = "、"
		}
		switch {
		case words[i] == '(' || words[i] == ')':
			if shuts[i] {
				put(i, mark)
			}
		case words[i] == ':' && colons, p.is("ja") && looseMark(words[i:]):
		case inProse(words, i):
			put(i, mark)
		}
	}
	return edits
}

// looseMark reports whether a mark of half width is one that Japanese sets on screens: a
// colon behind a label and before what it says, and a comma before a Latin word.
func looseMark(s string) bool {
	rest := strings.TrimPrefix(s[1:], " ")
	return len(rest) < len(s)-1 && (s[0] == ':' && rest != "" || s[0] == ',' && latin(firstOf(rest)))
}

// inProse reports whether a half-width mark stands behind a character that is set
// without spaces, or between a Latin word and one. Of a run of dots none does.
func inProse(words string, i int) bool {
	before, after := lastOf(words[:i]), firstOf(words[i+1:])
	if before == '.' || after == '.' && words[i] == '.' {
		return false
	}
	if ideographic(before) {
		// A name as 中文.com, or a time as 十:30, is not prose.
		return !(words[i] == '.' && (latin(after) || digit(after)))
	}
	return words[i] != '.' && latin(before) && ideographic(after)
}

// bracketed are the offsets of round brackets around a text that is set without spaces.
func bracketed(words string) map[int]bool {
	if !strings.Contains(words, "(") {
		return nil
	}
	found := map[int]bool{}
	var stack []int
	native := 0 // characters so far
	var before []int
	for i, r := range words {
		switch {
		case r == '(':
			stack = append(stack, i)
			before = append(before, native)
		case r == ')' && len(stack) > 0:
			n := len(stack) - 1
			if native > before[n] {
				found[stack[n]], found[i] = true, true
			}
			stack, before = stack[:n], before[:n]
		case ideographic(r):
			native++
		}
	}
	return found
}

// foreignMarks are the marks of Chinese and Japanese in a Korean text.
func foreignMarks(p *Pair) (edits []edit) {
	if p.Target.Signs()&eastMarks == 0 {
		return nil
	}
	words := p.Target.Words()
	for i, r := range words {
		mark, ok := koreanMarks[r]
		if !ok || ideographic(lastOf(words[:i])) {
			continue // of a Chinese phrase
		}
		end := i + utf8.RuneLen(r)
		if mark != "(" && mark != ")" && unicode.IsLetter(firstOf(words[end:])) {
			mark += " "
		}
		from, to := p.Target.Span(i, end)
		edits = append(edits, edit{from, to, mark})
	}
	return edits
}

func checkWidth(p *Pair) {
	edits := wrongWidth(p)
	if len(edits) == 0 {
		return
	}
	e := edits[0]
	if len(edits) > 1 {
		p.report(e.start, e.end, "%d marks of the wrong width, from here on", len(edits))
		return
	}
	p.report(e.start, e.end, "a mark of the wrong width")
}

func fixWidth(p *Pair) (string, bool) { return p.edited(wrongWidth(p)) }

// fullwidth are the full-width letters and digits of the target, as edits.
func fullwidth(p *Pair) (edits []edit) {
	if p.Target.Signs()&fullLatin == 0 {
		return nil
	}
	for _, part := range p.Target.Parts() {
		if part.Role != markdown.Words {
			continue
		}
		for i, r := range part.Text {
			plain := r - 0xff01 + '!'
			if r < 0xff01 || r > 0xff5e || !latin(plain) && !digit(plain) || strings.ContainsRune(p.Source.Raw, r) {
				continue
			}
			edits = append(edits, edit{part.Start + i, part.Start + i + utf8.RuneLen(r), string(plain)})
		}
	}
	return edits
}

func checkFullwidth(p *Pair) {
	edits := fullwidth(p)
	if len(edits) == 0 {
		return
	}
	end := 1
	for end < len(edits) && edits[end].start == edits[end-1].end {
		end++
	}
	p.report(edits[0].start, edits[end-1].end, "full-width letters or digits")
}

func fixFullwidth(p *Pair) (string, bool) { return p.edited(fullwidth(p)) }
