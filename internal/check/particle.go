package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"dragoman/internal/diag"
)

// particleRules are about Korean, and about how a language speaks to its reader.
var particleRules = []Rule{
	{
		Code: "particle", Title: "a Korean particle that does not fit the sound before it",
		Hint: "write the other form, or both as in 이(가) where the sound is not known", Severity: diag.Warning,
		Languages: []string{"ko"}, check: checkParticle,
	},
	{
		Code: "register", Title: "an article that speaks to its reader in two ways",
		Hint: "end sentences as the rest of the article does", Severity: diag.Info,
		Languages: []string{"ko", "ja", "zh"}, across: checkRegister,
	},
	{
		Code: "hanja", Title: "Chinese characters in a Korean text without their reading",
		Hint: "write them as 한글(漢字) where they stand first", Severity: diag.Info,
		Languages: []string{"ko"}, across: checkHanja,
	},
}

// alternation is a particle with two forms.
type alternation struct {
	closed, open string   // behind a consonant, and behind a vowel
	tails        []string // what may follow the form within the word
	rieul        bool     // behind ㄹ it is the form for vowels
}

var alternations = []alternation{
	{closed: "으로", open: "로", tails: []string{"", "는", "도", "만", "서", "써", "의", "부터", "서의", "부터의", "서는", "까지"}, rieul: true},
	{closed: "은", open: "는", tails: []string{""}},
	{closed: "이", open: "가", tails: []string{""}},
	{closed: "을", open: "를", tails: []string{""}},
	{closed: "과", open: "와", tails: []string{"", "의", "는", "도", "만", "같이", "같은", "함께"}},
}

// particleAt is the particle that a text begins with, as far as the word ends behind
// it, and its form. Both forms at once, as 이(가) or 은/는, are none.
func particleAt(s string) (a *alternation, form string) {
	for i := range alternations {
		a = &alternations[i]
		for _, form = range []string{a.closed, a.open} {
			rest, ok := strings.CutPrefix(s, form)
			if !ok {
				continue
			}
			other := a.open
			if form == a.open {
				other = a.closed
			}
			if strings.HasPrefix(rest, "(") || strings.HasPrefix(rest, "/"+other) {
				return nil, ""
			}
			for _, tail := range a.tails {
				if after, ok := strings.CutPrefix(rest, tail); ok && !unicode.IsLetter(firstOf(after)) && !unicode.IsDigit(firstOf(after)) {
					return a, form
				}
			}
		}
	}
	return nil, ""
}

// fits reports whether a form may stand behind a sound.
func (a *alternation) fits(form string, f final) bool {
	if f == vowel || f == rieul && a.rieul {
		return form == a.open
	}
	return form == a.closed
}

// right is the form behind a sound.
func (a *alternation) right(f final) string {
	if a.fits(a.open, f) {
		return a.open
	}
	return a.closed
}

// checkParticle looks at each particle that joins something else than Hangul, and at
// those behind Hangul that are never right.
func checkParticle(p *Pair) {
	words := p.Target.Main()
	before := rune(0)
	for i, r := range words {
		if hangul(r) && before != 0 && !unicode.IsSpace(before) {
			if hangul(before) {
				checkNative(p, words, i, r, before)
			} else {
				checkJoined(p, words, i)
			}
		}
		before = r
	}
}

// openEul are the words and stems that end in 을 behind a vowel, by the syllable before.
const openEul = "마가노고개나지이부그저자주우추모"

// checkNative looks at particles behind Hangul, as far as no word could end so.
func checkNative(p *Pair, words string, at int, r, before rune) {
	closed := (before-0xac00)%28 != 0
	end := at + utf8.RuneLen(r)
	if hangul(firstOf(words[end:])) {
		return
	}
	switch {
	case r == '를' && closed:
		end = at + len("를")
	case r == '을' && !closed && !strings.ContainsRune(openEul, before) && !strings.HasPrefix(words[end:], "(") && !strings.HasPrefix(words[end:], "/"):
	default:
		return
	}
	start := strings.LastIndexAny(words[:at], " \n") + 1
	other := map[rune]string{'를': "을", '을': "를"}[r]
	p.reportWords(diag.Warning, start, end, "%s has to be %s here", string(r), other)
}

// checkJoined looks at a particle at an offset that joins something else than Hangul.
func checkJoined(p *Pair, words string, at int) {
	a, form := particleAt(words[at:])
	if a == nil {
		return
	}
	sounds := readings(p, words[:at])
	if sounds = append(sounds, raised(p, at)...); len(sounds) == 0 {
		return
	}
	sure := true
	for _, s := range sounds {
		if a.fits(form, s.final) {
			return
		}
		sure = sure && s.sure
	}
	if form == "과" && digit(lastOf(words[:at])) {
		return // the second lesson is 2과
	}
	severity := diag.Info
	if sure {
		severity = diag.Warning
	}
	start := strings.LastIndexAny(words[:at], " \n") + 1
	p.reportWords(severity, start, at+len(form), "%s has to be %s here", form, a.right(sounds[0].final))
}

// final is how the sound ends that a particle joins.
type final uint8

const (
	vowel final = iota
	rieul
	consonant
)

// sound is a reading of what stands before a particle.
type sound struct {
	final final
	sure  bool
}

// readings are how what a text ends in may be read; none if that is not known.
func readings(p *Pair, before string) []sound {
	last := lastOf(before)
	body := before[:len(before)-utf8.RuneLen(last)]
	switch {
	case last == Object:
		start, end := p.Target.Span(len(before)-len("\uFFFC"), len(before))
		return codeReadings(p.Target.Raw[start:end])
	case last == ')' || last == '）':
		return bracketReadings(p, body)
	case strings.ContainsRune("\"'”’」』》〉", last):
		if hangul(lastOf(body)) {
			return []sound{{hangulFinal(lastOf(body)), true}}
		}
		if body != "" && lastOf(body) != Object {
			return readings(p, body)
		}
	case last == '%':
		return []sound{{vowel, true}} // 퍼센트, 프로
	case digit(last), latin(last):
		return tokenReadings(tokenAt(before), before)
	}
	return nil
}

// raised is how the Korean word is read behind which the original stands small, as an
// explanation: 의존성<sup>Dependencies</sup>을.
func raised(p *Pair, at int) []sound {
	_, end := p.Target.Span(at-1, at)
	open := strings.LastIndex(p.Target.Raw[:end], "<sup>")
	if open <= 0 || !strings.HasPrefix(p.Target.Raw[end:], "</sup>") {
		return nil
	}
	word := p.Target.Raw[:open]
	if r := lastOf(word); hangul(r) {
		return []sound{{hangulFinal(r), true}}
	}
	return tokenReadings(tokenAt(word), word)
}

// bracketReadings are how a word is read that has an explanation in brackets behind it:
// most join the particle to the word, some to what they read last.
func bracketReadings(p *Pair, body string) []sound {
	open := opening(body)
	if open < 0 {
		return nil
	}
	outer, inner := strings.TrimRight(body[:open], " "), body[open+widthAt(body, open):]
	var sounds []sound
	for _, s := range []string{outer, inner} {
		if r := lastOf(s); hangul(r) {
			sounds = append(sounds, sound{hangulFinal(r), true})
			continue
		}
		if s == "" || lastOf(s) == ')' {
			return nil
		}
		read := readings(p, s)
		if len(read) == 0 {
			return nil
		}
		sounds = append(sounds, read...)
	}
	return sounds
}

// opening is where the bracket opens that closes behind a text, -1 if none does.
func opening(body string) int {
	depth := 0
	for i := len(body); i > 0; {
		r, n := utf8.DecodeLastRuneInString(body[:i])
		i -= n
		switch {
		case r == ')' || r == '）':
			depth++
		case r != '(' && r != '（':
		case depth == 0:
			return i
		default:
			depth--
		}
	}
	return -1
}

func hangulFinal(r rune) final {
	switch (r - 0xac00) % 28 {
	case 0:
		return vowel
	case 8:
		return rieul
	}
	return consonant
}

// codeReadings are how code is read: by its last word. Signs behind the word are not
// read.
func codeReadings(code string) []sound {
	code = strings.Trim(code, "` ")
	if strings.HasPrefix(code, "<") || strings.HasPrefix(code, "{") || strings.HasPrefix(code, "http") {
		return nil
	}
	last := lastOf(code)
	if !latin(last) && !digit(last) {
		return nil
	}
	sounds := tokenReadings(lastWord(tokenAt(code)), code)
	for i := range sounds {
		sounds[i].sure = sounds[i].sure && latin(last) && known(lastWord(tokenAt(code)))
	}
	return sounds
}

// tokenAt is the run of letters and digits that a text ends in.
func tokenAt(s string) string {
	i := len(s)
	for i > 0 && (latin(rune(s[i-1])) || digit(rune(s[i-1]))) {
		i--
	}
	return s[i:]
}

// lastWord is the last word of a name as useState.
func lastWord(s string) string {
	for i := len(s) - 1; i > 0; i-- {
		if s[i] >= 'A' && s[i] <= 'Z' && s[i-1] >= 'a' && s[i-1] <= 'z' {
			return s[i:]
		}
	}
	return s
}
