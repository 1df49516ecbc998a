package check

import (
	"strings"
	"unicode"

	"dragoman/internal/diag"
	"dragoman/internal/markdown"
	"dragoman/internal/prose"
)

// completenessRules are about what was not translated.
var completenessRules = []Rule{
	{
		Code: "empty", Title: "a target without a word", structural: true,
		Hint: "translate the text", Severity: diag.Error, check: checkEmpty,
	},
	{
		Code: "unchanged", Title: "a target that is its source",
		Hint: "translate it, or waive it if it is the same in both languages", Severity: diag.Warning, check: checkUnchanged,
	},
	{
		Code: "source-left", Title: "words of the source that stand in the target",
		Hint: "translate them too; what is quoted in the original belongs in quotation marks", Severity: diag.Warning, check: checkSourceLeft,
	},
	{
		Code: "wrong-script", Title: "simplified characters in traditional Chinese or the reverse, or kana in Chinese",
		Hint: "write the character of the script", Severity: diag.Warning, Languages: []string{"zh"}, check: checkScript,
	},
	{
		Code: "stale", Title: "the source has changed under the target", Gate: true,
		Hint: "bring the target up to date",
	},
	{
		Code: "unapproved", Title: "nobody has approved the target", Gate: true,
		Hint: "read it, then run dragoman approve",
	},
}

// checkEmpty finds targets that consist of spaces and punctuation.
func checkEmpty(p *Pair) {
	if hasWord(p.Target.Raw) || !hasWord(p.Source.Words()) {
		return
	}
	p.report(0, len(p.Target.Raw), "the target has no word")
}

func hasWord(s string) bool {
	return strings.ContainsFunc(s, func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) })
}

// checkUnchanged leaves alone what may well be the same: names, code, addresses, and
// in a language with the same letters single words.
func checkUnchanged(p *Pair) {
	if !same(p.Target.Raw, p.Source.Raw) || fenced(p.Source.Raw) {
		return
	}
	if parts := p.Source.Parts(); len(parts) == 3 && parts[0].What == "link" && leaves(parts, 0) || quotedWhole(p.Source.Words()) || p.hasCode(strings.Trim(p.Source.Words(), `"'`)) {
		return
	}
	text := p.unkept(strings.ReplaceAll(p.Source.Words(), string(Object), " "))
	words, small := 0, 0
	for word := range strings.FieldsSeq(text) {
		word = strings.Trim(word, wordEdges)
		if !strings.ContainsFunc(word, func(r rune) bool { return !unicode.IsLetter(r) && r != '-' && r != '\'' && r != '’' }) && word != "" {
			words++
		}
		if smallWord(word) {
			small++
		}
	}
	if small > 0 && words > 1 || len(p.glossed(text)) > 0 {
		p.report(0, len(p.Target.Raw), "the target is the source")
	}
}

// quotedWhole reports whether a text is one quotation: a name, a command, a message of a
// program.
func quotedWhole(s string) bool {
	if len(s) < 3 || s[0] != '"' && s[0] != '\'' || s[len(s)-1] != s[0] {
		return false
	}
	return strings.IndexByte(s[1:len(s)-1], s[0]) < 0
}

// same reports whether two texts differ in white space and typography at the most.
func same(a, b string) bool {
	if a == b {
		return true
	}
	if n := len(a) - len(b); n > len(a)/2 || n < -len(b)/2 || a == "" || b == "" || !strings.EqualFold(firstWord(a), firstWord(b)) {
		return false
	}
	return prose.Normal(a) == prose.Normal(b)
}

// firstWord is the first word of a text of ASCII letters and digits, empty if there is
// none.
func firstWord(s string) string {
	start := 0
	for start < len(s) && !isAlphanumeric(s[start]) {
		start++
	}
	end := start
	for end < len(s) && isAlphanumeric(s[end]) {
		end++
	}
	return s[start:end]
}

// fenced reports whether a text is a block of code, as other tools put into catalogs.
func fenced(s string) bool { return strings.HasPrefix(s, "```") || strings.HasPrefix(s, "~~~") }

// wordEdges are the marks around a word.
const wordEdges = `.,:;!?()[]"'“”‘’«»*_–—…`

// glossed are the terms of a text that the target's language has a word for.
func (p *Pair) glossed(text string) (terms []string) {
	if p.Terms == nil {
		return nil
	}
	for _, h := range p.Terms.FindSource(text) {
		for tag, forms := range h.Term.Forms {
			if tag == p.Language && len(forms) > 0 && forms[0] != h.Term.Text {
				terms = append(terms, h.Term.Text)
			}
		}
	}
	return terms
}

// longestLeft is how many words of the source may stand in the target.
const longestLeft = 3

// checkSourceLeft finds runs of words that the source has in the same order. Titles,
// names, the texts of links to other places, and what stands in quotation marks, brackets
// or emphasis are left alone. The first run is told.
func checkSourceLeft(p *Pair) {
	if p.Target.Raw == p.Source.Raw || fenced(p.Source.Raw) || !latinRun(p.Target.Raw) {
		return
	}
	known := map[string]bool{}
	source := wordsOf(&p.Source)
	for i := range source {
		if run := runAt(source, i); run != "" {
			known[run] = true
		}
	}
	if len(known) == 0 {
		return
	}
	target := wordsOf(&p.Target)
	for i := 0; i < len(target); i++ {
		if !known[runAt(target, i)] {
			continue
		}
		end := i + longestLeft
		for end+1 < len(target) && known[runAt(target, end-longestLeft+1)] {
			end++
		}
		if smallWords(target[i:end+1]) >= 2 && !target[i].quoted {
			p.report(target[i].start, target[end].end, "words of the source")
			return
		}
		i = end
	}
}

// latinRun reports whether a text has as many words in Latin letters, one behind the
// other, as a finding needs: most translations into other scripts do not.
func latinRun(s string) bool {
	letters, spaces := 0, 0
	for i := range len(s) {
		switch c := s[i]; {
		case 'a' <= c|0x20 && c|0x20 <= 'z' || c >= 0xc3 && c < 0xca:
			letters++
		case c == ' ':
			if letters > 0 {
				spaces++
			}
			letters = 0
			if spaces >= longestLeft {
				return true
			}
		case c >= 0xe0:
			letters, spaces = 0, 0
		}
	}
	return false
}

// token is a word in a text.
type token struct {
	text       string // in small letters
	start, end int
	small      bool // it begins with a small letter
	joined     bool // only a space stands between it and the word before
	quoted     bool // in quotation marks, brackets or emphasis
}

// wordsOf are the words of a text in Latin letters, outside of code.
func wordsOf(t *Text) (words []token) {
	depth, quotes := 0, 0
	joined := false
	parts := t.Parts()
	for i := range parts {
		p := &parts[i]
		if p.Role != markdown.Words {
			joined = false
			if p.What == "emphasis" || p.What == "strong" || p.What == "link" && leaves(parts, i) {
				depth += map[markdown.Role]int{markdown.Opens: 1, markdown.Closes: -1}[p.Role]
			}
			continue
		}
		start := -1
		flush := func(end int) {
			if start >= 0 {
				text := p.Text[start:end]
				words = append(words, token{
					strings.ToLower(text), p.Start + start, p.Start + end, unicode.IsLower([]rune(text)[0]),
					joined, depth > 0 || quotes > 0,
				})
			}
			start, joined = -1, true
		}
		for j, r := range p.Text {
			switch {
			case unicode.Is(unicode.Latin, r) || start >= 0 && (r == '\'' || r == '’' || r == '-'):
				if start < 0 {
					start = j
				}
			case r == ' ':
				if start >= 0 {
					flush(j)
				}
			default:
				if start >= 0 {
					flush(j)
				}
				joined = r == ','
				quotes = max(0, quotes+quoteDepth(r, quotes))
			}
		}
		if start >= 0 {
			flush(len(p.Text))
		}
	}
	return words
}

// leaves reports whether a link that the i-th part opens or closes leads to another place
// than this: its text may be the title of a page there.
func leaves(parts []Part, i int) bool {
	for j := i; j < len(parts); j++ {
		if parts[j].Role == markdown.Closes && parts[j].Pair == parts[i].Pair {
			return strings.Contains(parts[j].Text, "://")
		}
	}
	return false
}

// quoteDepth is what a character does to the number of quotations that are open.
func quoteDepth(r rune, open int) int {
	switch r {
	case '"':
		if open > 0 {
			return -1
		}
		return 1
	case '“', '「', '『', '《', '〈', '«', '(', '（', '‘':
		return 1
	case '”', '」', '』', '》', '〉', '»', ')', '）', '’':
		return -1
	}
	return 0
}

// runAt are the words that a finding needs at the least, from the i-th on; empty where
// something stands between them.
func runAt(words []token, i int) string {
	if i+longestLeft >= len(words) {
		return ""
	}
	run := words[i].text
	for _, w := range words[i+1 : i+longestLeft+1] {
		if !w.joined {
			return ""
		}
		run += " " + w.text
	}
	return run
}

func smallWords(words []token) (n int) {
	for _, w := range words {
		if w.small {
			n++
		}
	}
	return n
}
