package check

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dragoman/internal/diag"
	"dragoman/internal/markdown"
	"dragoman/internal/prose"
)

// contentRules are about what the translation says.
var contentRules = []Rule{
	{
		Code: "number", Title: "a number of the source that the target has not, or the reverse",
		Hint: "write the numbers of the source", Severity: diag.Warning,
		check: checkNumber,
	},
	{
		Code: "length-ratio", Title: "the target is much longer or shorter than translations of this language are",
		Hint: "see whether something was left out or stands twice", Severity: diag.Warning,
		check: checkLength,
	},
	{
		Code: "doubled-word", Title: "a word stands twice",
		Hint: "take one away", Severity: diag.Info,
		check: checkDoubled,
	},
	{
		Code: "inconsistent", Title: "the same source has another translation elsewhere",
		Hint: "translate it alike, or waive it where it means something else", Severity: diag.Warning,
		across: checkInconsistent,
	},
	{
		Code: "reused", Title: "another source has the same translation",
		Hint: "see which of the two it translates", Severity: diag.Warning,
		across: checkReused,
	},
	{
		Code: "too-long", Title: "the target is longer than the author allows",
		Hint: "say it shorter", Severity: diag.Error,
		check: checkTooLong,
	},
}

// inDigits reports whether a figure was written in digits.
func inDigits(f prose.Figure) bool {
	r, _ := utf8.DecodeRuneInString(f.Text)
	return unicode.IsDigit(r)
}

func hasDigit(s string) bool {
	for i := 0; i < len(s); {
		if s[i] < utf8.RuneSelf {
			if digit(rune(s[i])) {
				return true
			}
			i++
			continue
		}
		r, n := utf8.DecodeRuneInString(s[i:])
		if !han(r) && !hangul(r) && unicode.IsDigit(r) {
			return true
		}
		i += n
	}
	return false
}

// checkNumber compares the numbers in digits. How often one stands is not compared: a
// language may say again what another only refers to.
func checkNumber(p *Pair) {
	if p.Target.Kind == markdown.Comment || !hasDigit(p.Source.Raw) && !hasDigit(p.Target.Raw) {
		return
	}
	source, _ := prose.Figures(p.Source.Main(), p.Catalog.Source)
	words := p.Target.Main()
	target, _ := prose.Figures(words, p.Language)
	for _, f := range source {
		if inDigits(f) && f.Text != "00" && !said(target, f) && !strings.Contains(p.Target.Raw, f.Text) && !worded(words, f.Value) {
			p.report(0, 0, "the target does not have the number %s", f.Text)
			return
		}
	}
	for _, f := range target {
		if !inDigits(f) || said(source, f) || strings.Contains(p.Source.Raw, f.Text) || worded(p.Source.Main(), f.Value) {
			continue
		}
		at := strings.Index(words, f.Text) // it may explain, or count what the source names
		p.reportWords(diag.Info, at, at+len(f.Text), "the source does not have this number")
		return
	}
}

// said reports whether one of the figures is as much as another, or as much in half a
// day: 3 p.m. is 15:00.
func said(figures []prose.Figure, f prose.Figure) bool {
	return slices.ContainsFunc(figures, func(g prose.Figure) bool {
		return g.Value == f.Value || strings.TrimPrefix(g.Value, "-") == strings.TrimPrefix(f.Value, "-")
	})
}

// small are words for small numbers that are not read as numbers, because they are other
// words too.
var small = map[string][]string{
	"0":     {"zero", "no ", "none", "영", "零"},
	"1":     {"one", "first", "single", "once", "a ", "an ", "One", "First", "Single", "Once", "A ", "An ", "each", "every", "한", "하나", "첫", "일", "一", "首", "单", "單", "壹", "初"},
	"2":     {"two", "second", "twice", "double", "both", "half", "pair", "두", "둘", "이", "二", "两", "兩", "双", "雙", "倍", "반", "半", "両"},
	"3":     {"third", "triple", "세", "셋", "삼", "三"},
	"4":     {"fourth", "quarter", "네", "넷", "사", "四"},
	"5":     {"fifth", "다섯", "오", "五"},
	"6":     {"sixth", "여섯", "육", "六", "half a dozen"},
	"7":     {"seventh", "week", "일곱", "칠", "七"},
	"8":     {"eighth", "여덟", "팔", "八"},
	"9":     {"ninth", "아홉", "구", "九"},
	"10":    {"tenth", "decade", "열", "십", "十"},
	"12":    {"dozen", "noon", "열두", "十二"},
	"24":    {"day", "하루"},
	"100":   {"hundred", "percent", "century", "백", "百", "전부", "모두"},
	"50":    {"half", "절반", "一半"},
	"1000":  {"thousand", "천"},
	"10000": {"만"},
	"1e5":   {"십만"},
	"1e6":   {"million", "백만"},
	"1e7":   {"천만"},
	"1e8":   {"억"},
	"1e9":   {"billion", "십억"},
}

// worded reports whether a text says a number in another way than in figures.
func worded(words, value string) bool {
	return slices.ContainsFunc(small[value], func(w string) bool { return strings.Contains(words, w) })
}

// checkLength compares lengths by the letters that are the language's own: Latin words
// that a Korean or Chinese translation keeps count on neither side.
func checkLength(p *Pair) {
	source, target, ok := lengths(p.Source.Main(), p.Target.Main())
	if !ok {
		return
	}
	low, high := p.peers().lengths.bounds(p.Catalog, source)
	switch ratio := float64(target) / float64(source); {
	case ratio < low:
		p.report(0, 0, "the target is short: %d letters for %d", target, source)
	case ratio > high:
		p.report(0, 0, "the target is long: %d letters for %d", target, source)
	}
}

// shortestMeasured is how many letters a source has whose length tells something.
const shortestMeasured = 60

// lengths are the letters of two texts, without those that the target keeps of the
// source's script.
func lengths(source, target string) (int, int, bool) {
	kept, own := 0, 0
	for _, r := range target {
		switch {
		case latin(r):
			kept++
		case han(r), hangul(r), r >= utf8.RuneSelf && unicode.IsLetter(r), digit(r):
			own++
		}
	}
	n := 0
	for _, r := range source {
		if latin(r) || digit(r) || r >= utf8.RuneSelf && unicode.IsLetter(r) {
			n++
		}
	}
	if own > kept/4 { // another script
		n -= kept
	} else {
		own += kept
	}
	return n, own, n >= shortestMeasured
}

func checkDoubled(p *Pair) {
	if p.Target.Kind == markdown.Comment {
		return
	}
	words, twice := p.Target.Main(), p.Target.Signs()&repeats != 0
	start, end, ok := 0, 0, false
	switch {
	case p.is("zh"), p.is("ja"), p.is("yue"):
		start, end, ok = doubledSigns(words, twice)
	case p.is("ko"):
		if start, end, ok = doubled(words, true); !ok && twice {
			start, end, ok = doubledParticle(words)
		}
	default:
		start, end, ok = doubled(words, false)
	}
	if !ok {
		return
	}
	if _, _, theirs := doubled(p.Source.Main(), false); !theirs {
		p.reportWords(diag.Info, start, end, "a word stands twice")
	}
}

// reduplicated are words of Korean that may stand twice.
var reduplicated = []string{"하나", "자주", "매우", "아주", "정말", "너무", "차례", "조금", "서로", "점점", "이런", "저런", "한번", "모두", "천천히"}

// doubled is the first word that stands twice with a space between.
func doubled(s string, korean bool) (start, end int, ok bool) {
	from, last := 0, ""
	lastAt := 0
	for from <= len(s) {
		n := strings.IndexAny(s[from:], " \n")
		if n < 0 {
			n = len(s) - from
		}
		word := s[from : from+n]
		bare := strings.TrimRight(word, ".,;:!?。，")
		if last != "" && bare == last && wordy(bare) && !(korean && (utf8.RuneCountInString(bare) < 2 || slices.Contains(reduplicated, bare))) {
			return lastAt, from + len(bare), true
		}
		last, lastAt = word, from
		from += n + 1
	}
	return 0, 0, false
}

// wordy reports whether a word is of letters alone.
func wordy(s string) bool {
	for _, r := range s {
		if !unicode.IsLetter(r) {
			return false
		}
	}
	return s != ""
}

// doubledOf are signs that no word of Chinese or Japanese has twice, but where one of
// the signs of before stands before them, or one of after behind.
var doubledOf = []struct{ pair, before, after string }{
	{"的的", "目标標", "确確"},
	{"了了", "不为為", "解结結然"},
	{"们们", "", ""},
	{"們們", "", ""},
	{"这这", "", ""},
	{"這這", "", ""},
	{"是是", "", "非"},
	{"在在", "存现現实實所内內外潜潛", ""},
	{"被被", "", ""},
	{"和和", "总總", "气氣美睦"},
	{"をを", "", ""},
	{"がが", "", "く"},
	{"にに", "", "ん"},
	{"でで", "", "き"},
}

// doubledSigns is the first run of signs that stands twice: one of doubledOf, or three
// signs or more. In texts without one sign twice the list is not asked.
func doubledSigns(s string, twice bool) (start, end int, ok bool) {
	for _, d := range doubledOf {
		at := -1
		if twice {
			at = strings.Index(s, d.pair)
		}
		if at < 0 {
			continue
		}
		before, after := lastOf(s[:at]), firstOf(s[at+len(d.pair):])
		if (before == 0 || !strings.ContainsRune(d.before, before)) && (after == 0 || !strings.ContainsRune(d.after, after)) {
			return at, at + len(d.pair), true
		}
	}
	const n = 3 * len("字")
	for i, r := range s {
		if han(r) && i+2*n <= len(s) && s[i:i+n] == s[i+n:i+2*n] && !strings.HasPrefix(s[i:], strings.Repeat(string(r), 3)) {
			return i, i + 2*n, true
		}
	}
	return 0, 0, false
}

// doubledEndings are particles of Korean that no word has twice. 을을 is: 마을을.
var doubledEndings = []string{"를를", "는는", "에서에서", "으로으로", "에게에게", "니다니다"}

// beforeEul are the syllables that make a word with 을.
const beforeEul = "마가노고개"

func doubledParticle(words string) (start, end int, ok bool) {
	for _, d := range doubledEndings {
		if at := strings.Index(words, d); at >= 0 {
			return at, at + len(d), true
		}
	}
	at := strings.Index(words, "을을")
	if at < 0 || strings.ContainsRune(beforeEul, lastOf(words[:at])) {
		return 0, 0, false
	}
	return at, at + len("을을"), true
}

// checkInconsistent compares each message with the others that have its source. The
// translation that most have is taken to be the right one, of equals the first.
func checkInconsistent(c *Catalog) {
	peers := c.peers()
	for _, p := range c.Pairs {
		usual := peers.usual[p.Message.Key]
		if usual == "" || p.Form > 0 || !p.Message.State.Final() || p.Message.Target == p.Message.Source ||
			usual == p.Message.Target || prose.Normal(usual) == prose.Normal(p.Message.Target) {
			continue
		}
		p.report(0, 0, "the same source is %s elsewhere", quote(usual))
	}
}

// longestShared is how many words a source has whose translation may be that of another.
const longestShared = 6

// alike reports whether half the words of a text are in another too, so that the two may
// mean the same.
func alike(a, b string) bool {
	have := map[string]bool{}
	for w := range strings.FieldsSeq(strings.ToLower(b)) {
		have[strings.Trim(w, ".,:;!?()")] = true
	}
	shared, all := 0, 0
	for w := range strings.FieldsSeq(strings.ToLower(a)) {
		all++
		if have[strings.Trim(w, ".,:;!?()")] {
			shared++
		}
	}
	return shared*2 >= all
}

func checkReused(c *Catalog) {
	peers := c.peers()
	for _, p := range c.Pairs {
		others := peers.reused[p.Message.Target]
		if p.Form > 0 || len(others) == 0 || p.Message.Target == p.Message.Source || !wordier(p.Source.Main(), longestShared) {
			continue
		}
		for _, o := range others {
			if !alike(o, p.Source.Raw) && !alike(p.Source.Raw, o) {
				p.report(0, 0, "this is the translation of another source too: %s", quote(o))
				break
			}
		}
	}
}

// wordier reports whether a text has more than n words, by its spaces; where a script
// sets none, by three characters a word.
func wordier(s string, n int) bool {
	words, signs := 0, 0
	inside := false
	for _, r := range s {
		switch {
		case ideographic(r):
			signs++
		case unicode.IsSpace(r):
			inside = false
		case !inside && (unicode.IsLetter(r) || unicode.IsDigit(r)):
			inside = true
			words++
		}
	}
	return words+signs/3 > n
}

func checkTooLong(p *Pair) {
	if p.Segment == nil || p.Segment.Max == 0 {
		return
	}
	if n := utf8.RuneCountInString(p.Target.Main()); n > p.Segment.Max {
		p.report(0, 0, "the target has %d characters, and the author allows %d", n, p.Segment.Max)
	}
}
