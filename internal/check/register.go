package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dragoman/internal/diag"
	"dragoman/internal/markdown"
)

// manner is how a sentence speaks to its reader.
type manner uint8

const (
	noManner manner = iota
	formal          // 합니다, です, 您
	plain           // 한다, である, 你
	casual          // 해요
)

var mannerNames = [...]string{formal: "formal", plain: "plain", casual: "casual"}

// fewestMannered are the sentences of an article from which its manner can be told.
const fewestMannered = 5

// place is where a text speaks in a manner.
type place struct {
	pair       *Pair
	manner     manner
	start, end int
}

// checkRegister tells where an article speaks otherwise than in most of its sentences.
// Headings, cells and items of lists may do so, and so may quotations.
func checkRegister(c *Catalog) {
	var places []place
	for _, p := range c.Pairs {
		if p.stale() || p.Target.Kind != markdown.Paragraph {
			continue
		}
		eachSentence(p.Target.Main(), func(s string, at int) {
			if m, start, end := mannerOf(p, s); m != noManner {
				places = append(places, place{p, m, at + start, at + end})
			}
		})
	}
	var counts [len(mannerNames)]int
	for _, pl := range places {
		counts[pl.manner]++
	}
	main := formal
	for m := plain; m <= casual; m++ {
		if counts[m] > counts[main] {
			main = m
		}
	}
	if counts[main] < fewestMannered || counts[main]*3 < len(places)*2 {
		return
	}
	var last *Pair
	for _, pl := range places {
		if pl.manner != main && pl.pair != last {
			last = pl.pair
			pl.pair.reportWords(diag.Info, pl.start, pl.end, "the article is %s elsewhere, and %s here", mannerNames[main], mannerNames[pl.manner])
		}
	}
}

// eachSentence tells the sentences of a text that no quotation mark or bracket ends.
func eachSentence(s string, tell func(sentence string, at int)) {
	from := 0
	for i, r := range s {
		if letter(r) || !strings.ContainsRune(".?!。？！\n", r) {
			continue
		}
		end := i + utf8.RuneLen(r)
		next := firstOf(s[end:])
		if next == 0 || unicode.IsSpace(next) || r != '.' && unicode.IsLetter(next) {
			tell(s[from:i], from)
		}
		from = end
	}
}

// mannerOf is the manner of a sentence without its full stop, and the sign of it.
func mannerOf(p *Pair, s string) (m manner, start, end int) {
	switch {
	case p.is("ko"):
		return koreanManner(s)
	case p.is("ja"):
		return japaneseManner(s)
	}
	if at := strings.Index(s, "您"); at >= 0 {
		return formal, at, at + len("您")
	}
	if at := strings.Index(s, "你"); at >= 0 {
		return plain, at, at + len("你")
	}
	return noManner, 0, 0
}

// casualEndings are those of 해요체. That of a polite request, 하세요, goes with any manner,
// and so does that of a question.
var casualEndings = []string{"해요", "돼요", "에요", "예요", "어요", "아요", "네요", "지요", "죠", "거든요", "군요", "게요", "와요", "려요"}

func koreanManner(s string) (m manner, start, end int) {
	from := strings.LastIndexAny(s, " \n") + 1
	switch {
	case strings.HasSuffix(s, "니다"), strings.HasSuffix(s, "니까"), strings.HasSuffix(s, "시오"), strings.HasSuffix(s, "시다"):
		return formal, from, len(s)
	case endsAny(s, casualEndings):
		return casual, from, len(s)
	case strings.HasSuffix(s, "다") && utf8.RuneCountInString(s) > 4:
		return plain, from, len(s)
	}
	return noManner, 0, 0
}

func japaneseManner(s string) (m manner, start, end int) {
	for _, e := range []struct {
		ending string
		manner manner
	}{
		{"です", formal},
		{"ます", formal},
		{"ません", formal},
		{"でした", formal},
		{"ました", formal},
		{"ください", formal},
		{"である", plain},
		{"だ", plain},
		{"だった", plain},
		{"であった", plain},
		{"する", plain},
		{"した", plain},
		{"ない", plain},
		{"れる", plain},
	} {
		if strings.HasSuffix(s, e.ending) {
			return e.manner, len(s) - len(e.ending), len(s)
		}
	}
	return noManner, 0, 0
}

// checkHanja tells where Chinese characters stand first in an article without the
// reading before them.
func checkHanja(c *Catalog) {
	seen := map[string]bool{}
	for _, p := range c.Pairs {
		words := p.Target.Main()
		for i := 0; i < len(words); {
			r, n := utf8.DecodeRuneInString(words[i:])
			if !han(r) {
				i += n
				continue
			}
			end := i + n
			for end < len(words) && han(firstOf(words[end:])) {
				end += widthAt(words, end)
			}
			if word := words[i:end]; !seen[word] {
				seen[word] = true
				if !explained(p, words, i, end) && !strings.Contains(p.Source.Raw, word) && !p.stale() {
					p.reportWords(diag.Info, i, end, "Chinese characters without their reading")
				}
			}
			i = end
		}
	}
}

// explained reports whether characters stand in brackets, or have brackets with Hangul
// behind them.
func explained(p *Pair, words string, start, end int) bool {
	open := strings.LastIndexAny(words[:start], "(（[")
	if open >= 0 && !strings.ContainsAny(words[open:start], ")）]") {
		return true
	}
	if raw, _ := p.Target.Span(start, end); strings.LastIndex(p.Target.Raw[:raw], "<sup>") > strings.LastIndex(p.Target.Raw[:raw], "</sup>") {
		return true
	}
	rest := strings.TrimLeft(words[end:], "(（")
	return rest != words[end:] && hangul(firstOf(rest))
}
