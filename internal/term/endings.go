package term

import (
	"slices"
	"strings"
)

// english are the forms of a term in English beside itself: its last word in the
// plural, the singular, with -ed and -ing; each other word in the plural or the
// singular, as in commissions of inquiry. What ends in 's is found anyway: the
// apostrophe ends a word.
func english(text string) []string {
	var forms []string
	start := 0
	for start < len(text) {
		n := strings.IndexAny(text[start:], " -")
		if n < 0 {
			n = len(text) - start
		}
		word, rest := text[start:start+n], text[start+n:]
		variants := numbers(word)
		if rest == "" && word == strings.ToLower(word) {
			variants = append(variants, verbs(word)...)
		}
		for _, v := range variants {
			forms = append(forms, text[:start]+v+rest)
		}
		start += n + 1
	}
	return forms
}

// irregular are plurals by no rule, of words and of the ends of words.
var irregular = []struct{ one, many string }{
	{"person", "people"},
	{"child", "children"},
	{"woman", "women"},
	{"man", "men"},
	{"wife", "wives"},
	{"life", "lives"},
	{"half", "halves"},
	{"crisis", "crises"},
	{"basis", "bases"},
	{"analysis", "analyses"},
}

// numbers are the plurals of a word, and the singulars of one in the plural. One
// that is no word does no harm.
func numbers(word string) []string {
	lower := strings.ToLower(word)
	if len(word) < 3 || !letter(lower[len(lower)-1]) || len(lower) != len(word) {
		return nil
	}
	var out []string
	for _, n := range irregular {
		if stem, ok := strings.CutSuffix(lower, n.one); ok {
			out = append(out, word[:len(stem)]+n.many)
		}
		if stem, ok := strings.CutSuffix(lower, n.many); ok && len(n.many) > 3 {
			out = append(out, word[:len(stem)]+n.one)
		}
	}
	return append(append(out, plural(word, lower)), singulars(word, lower)...)
}

func plural(word, lower string) string {
	switch {
	case consonantY(lower):
		return word[:len(word)-1] + "ies"
	case hissing(lower):
		return word + "es"
	}
	return word + "s"
}

func singulars(word, lower string) []string {
	if len(word) < 5 || !strings.HasSuffix(lower, "s") || slices.Contains([]byte("sui"), lower[len(lower)-2]) {
		return nil
	}
	out := []string{word[:len(word)-1]}
	if stem, ok := strings.CutSuffix(lower, "es"); ok && hissing(stem) {
		out = append(out, word[:len(stem)])
	}
	if stem, ok := strings.CutSuffix(lower, "ies"); ok {
		out = append(out, word[:len(stem)]+"y")
	}
	return out
}

func hissing(lower string) bool {
	for _, end := range []string{"s", "x", "z", "ch", "sh"} {
		if strings.HasSuffix(lower, end) {
			return true
		}
	}
	return false
}

// verbs are a word with -ed and -ing.
func verbs(word string) []string {
	if len(word) < 3 || !letter(word[len(word)-1]) {
		return nil
	}
	stem := word[:len(word)-1]
	switch {
	case strings.HasSuffix(word, "ie"):
		return []string{word + "d", word[:len(word)-2] + "ying"}
	case strings.HasSuffix(word, "ee"):
		return []string{word + "d", word + "ing"}
	case strings.HasSuffix(word, "e"):
		return []string{word + "d", stem + "ing"}
	case consonantY(word):
		return []string{stem + "ied", word + "ing"}
	}
	out := []string{word + "ed", word + "ing"}
	if doubles(word) {
		last := word[len(word)-1:]
		out = append(out, word+last+"ed", word+last+"ing")
	}
	return out
}

// doubles reports whether a word may double its last letter: ban, banned.
func doubles(word string) bool {
	n := len(word)
	return !vowel(word[n-1]) && !strings.ContainsRune("wxy", rune(word[n-1])) && vowel(word[n-2]) && !vowel(word[n-3])
}

func consonantY(word string) bool {
	n := len(word)
	return n > 1 && word[n-1] == 'y' && !vowel(word[n-2])
}

func letter(c byte) bool { return 'a' <= c && c <= 'z' }

func vowel(c byte) bool { return strings.IndexByte("aeiou", c) >= 0 }

// hangul reports whether a character is a syllable of Hangul.
func hangul(r rune) bool { return '가' <= r && r <= '힣' }

// particles stand behind a noun of Korean, several at most: 난민들에게는.
var particles = byLength(
	"은 는 이 가 을 를 과 와 의 에 로 으로 도 만 들 님 께 께서 야 아 여 나 이나 랑 이랑 하고 " +
		"에게 에게서 한테 에서 부터 까지 보다 처럼 같이 마다 조차 마저 밖에 뿐 대로 커녕 란 이란 든 이든 든지 이든지 " +
		"라도 이라도 로서 으로서 로써 으로써 로부터 으로부터 에게로 라고 이라고 인 임 일 적 측 쪽 간 별 당 상 하 중 내 외 등 씨")

// predicates follow a noun of Korean that is said of someone or is done, and go on
// in many forms: 난민입니다, 박해받은, 비준했다.
var predicates = byLength(
	"이다 입니다 입니까 이었 이며 이고 이자 이지 이라 이니 인데 인지 였 라는 라며 " +
		"하 한 할 함 해 했 합 되 된 될 됨 돼 됐 됩 받 당하 당한 당할 당했 당함 시키 시킨 시킬 시켰 적인 적으로 스럽 스러 없 있")

// byLength are words, the longest first.
func byLength(words string) []string {
	list := strings.Fields(words)
	slices.SortStableFunc(list, func(a, b string) int { return len(b) - len(a) })
	return list
}

// maxParticles is how many stand behind one noun: 들, 에게, 만, 은.
const maxParticles = 4

// particle reports whether what follows a noun in Hangul, to the end of the word,
// is particles or begins like a predicate.
func particle(rest string) bool {
	end := strings.IndexFunc(rest, func(r rune) bool { return !hangul(r) })
	if end >= 0 {
		rest = rest[:end]
	}
	return particlesOnly(rest, maxParticles)
}

func particlesOnly(rest string, most int) bool {
	if rest == "" {
		return true
	}
	for _, p := range predicates {
		if strings.HasPrefix(rest, p) {
			return true
		}
	}
	if most == 0 {
		return false
	}
	for _, p := range particles {
		if after, ok := strings.CutPrefix(rest, p); ok && particlesOnly(after, most-1) {
			return true
		}
	}
	return false
}
