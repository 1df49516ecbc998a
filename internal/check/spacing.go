package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dragoman/internal/diag"
	"dragoman/internal/markdown"
)

// spacingRules are about white space.
var spacingRules = []Rule{
	{
		Code: "space-edge", Title: "white space before or behind the text, where the source has other or none",
		Hint: "begin and end the target as the source begins and ends", Severity: diag.Warning,
		check: checkSpaceEdge, fix: fixSpaceEdge,
	},
	{
		Code: "space-double", Title: "two spaces between words",
		Hint: "leave one", Severity: diag.Warning,
		check: checkSpaceDouble, fix: fixSpaceDouble,
	},
	{
		Code: "cjk-latin-space", Title: "Latin words beside the language's own, spaced in another way than elsewhere",
		Hint: "write it as the other texts do; in Korean a particle joins the word before it", Severity: diag.Warning,
		Languages: []string{"zh", "yue", "ja", "ko"},
		Lower:     map[string]diag.Severity{"zh": diag.Info, "yue": diag.Info, "ja": diag.Info},
		check:     checkLatinSpace,
	},
}

// edges are the white space at the ends of a text.
func edges(s string) (head, tail string) {
	body := strings.TrimLeftFunc(s, unicode.IsSpace)
	head = s[:len(s)-len(body)]
	return head, body[len(strings.TrimRightFunc(body, unicode.IsSpace)):]
}

// edgeDiffers is what differs at the ends; line breaks there are another rule's.
func edgeDiffers(p *Pair) (head, tail bool) {
	sourceHead, sourceTail := edges(p.Source.Raw)
	targetHead, targetTail := edges(p.Target.Raw)
	differ := func(a, b string) bool { return a != b && !strings.Contains(a+b, "\n") }
	return differ(sourceHead, targetHead), differ(sourceTail, targetTail)
}

func checkSpaceEdge(p *Pair) {
	head, tail := edgeDiffers(p)
	first, last := edges(p.Target.Raw)
	if head {
		p.report(0, len(first), "the target begins with other white space than the source")
	}
	if tail {
		n := len(p.Target.Raw)
		p.report(n-len(last), n, "the target ends in other white space than the source")
	}
}

func fixSpaceEdge(p *Pair) (string, bool) {
	head, tail := edgeDiffers(p)
	sourceHead, sourceTail := edges(p.Source.Raw)
	first, last := edges(p.Target.Raw)
	target := p.Target.Raw
	if tail {
		target = target[:len(target)-len(last)] + sourceTail
	}
	if head {
		target = sourceHead + target[len(first):]
	}
	return target, head || tail
}

// doubleSpaces are the runs of spaces between words, as edits that leave one.
func doubleSpaces(t *Text) (runs []edit) {
	if t.Kind == markdown.Comment || !strings.Contains(t.Raw, "  ") {
		return nil // comments in code may be in columns
	}
	for _, part := range t.Parts() {
		if part.Role != markdown.Words {
			continue
		}
		s := part.Text
		for i := 0; i < len(s); i++ {
			end := i
			for end < len(s) && s[end] == ' ' {
				end++
			}
			from, to := part.Start+i, part.Start+end
			if end-i > 1 && from > 0 && to < len(t.Raw) && t.Raw[from-1] != '\n' && t.Raw[to] != '\n' {
				runs = append(runs, edit{from, to, " "})
			}
			i = max(i, end)
		}
	}
	return runs
}

func checkSpaceDouble(p *Pair) {
	if runs := doubleSpaces(&p.Target); len(runs) > len(doubleSpaces(&p.Source)) {
		start, end := around(p.Target.Raw, runs[0].start, runs[0].end)
		p.report(start, end, "two spaces between words")
	}
}

// around is a stretch of a text with the words at its sides.
func around(s string, start, end int) (int, int) {
	start = strings.LastIndexAny(strings.TrimRight(s[:start], " "), " \n") + 1
	rest := strings.TrimLeft(s[end:], " ")
	end = len(s) - len(rest)
	if n := strings.IndexAny(rest, " \n"); n >= 0 {
		return start, end + n
	}
	return start, len(s)
}

func fixSpaceDouble(p *Pair) (string, bool) {
	runs := doubleSpaces(&p.Target)
	if len(runs) <= len(doubleSpaces(&p.Source)) {
		return "", false
	}
	return p.edited(runs)
}

func checkLatinSpace(p *Pair) {
	if p.is("ko") {
		checkLooseParticle(p)
		return
	}
	spaced, ok := p.peers().spacing.style()
	if !ok {
		return
	}
	words := p.Target.Main()
	eachBorder(words, func(start, end int) bool {
		if strings.Contains(words[start:end], " ") == spaced {
			return true
		}
		what := "no space, as nearly everywhere else, would stand here"
		if spaced {
			what = "a space, as nearly everywhere else, would stand here"
		}
		p.reportWords(diag.Info, start, end, "%s", what)
		return false
	})
}

// eachBorder tells the places where a Latin letter stands beside an ideograph or kana,
// or one space away, as the two characters and what is between them.
func eachBorder(s string, tell func(start, end int) bool) {
	before, spaced, at := rune(0), false, 0
	for i, r := range s {
		if r == ' ' && !spaced && before != 0 {
			spaced = true
			continue
		}
		if latin(before) && ideographic(r) || ideographic(before) && latin(r) {
			if !tell(at, i+utf8.RuneLen(r)) {
				return
			}
		}
		before, spaced, at = r, false, i
	}
}

// borders counts how Latin words stand beside others in the texts of a language.
type borders struct{ spaced, joined int }

// fewestBorders are those from which a habit can be told.
const fewestBorders = 20

func (b *borders) count(s string) {
	if !strings.ContainsFunc(s, ideographic) {
		return
	}
	eachBorder(s, func(start, end int) bool {
		if strings.Contains(s[start:end], " ") {
			b.spaced++
		} else {
			b.joined++
		}
		return true
	})
}

// style reports which of the two is the habit, if nine in ten are so.
func (b borders) style() (spaced, ok bool) {
	all := b.spaced + b.joined
	most := max(b.spaced, b.joined)
	return b.spaced > b.joined, all >= fewestBorders && most*10 >= all*9
}

// looseParticles are particles that are no words by themselves.
var looseParticles = []string{"은", "는", "을", "를", "에서", "에게", "에", "으로", "와", "의"}

// checkLooseParticle looks for a particle that was set apart from the Latin word, number
// or code that it belongs to.
func checkLooseParticle(p *Pair) {
	words := p.Target.Main()
	for i := 1; i < len(words); i++ {
		if words[i] != ' ' || !carrier(lastOf(words[:i])) {
			continue
		}
		for _, particle := range looseParticles {
			rest, ok := strings.CutPrefix(words[i+1:], particle)
			if ok && !unicode.IsLetter(firstOf(rest)) {
				start, end := around(words, i, i+1+len(particle))
				p.reportWords(diag.Warning, start, min(end, i+1+len(particle)), "a space before the particle %s", particle)
				return
			}
		}
	}
}

// carrier reports whether a character ends what a particle joins: a Latin word, a
// number, code, a bracket.
func carrier(r rune) bool {
	return latin(r) || digit(r) || r == Object || r == ')' || r == '”' || r == '’'
}
