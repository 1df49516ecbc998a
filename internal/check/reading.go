package check

import "strings"

// Korean reads Latin words as it writes them in Hangul: Rust is 러스트, URL 유알엘. For a
// particle only the end of the last syllable matters. The spelling of a word's end tells
// it mostly (endings); readAs has the words whose spelling does not.

// either stands for a word that is said in two ways, so that any particle fits.
const either final = consonant + 1

var readAs = wordsBySound(map[final]string{
	vowel: "acme anime loop soup coop troop check hub github debut ballet buffet bluetooth boot root float wait bit " +
		"sheet suite okay ok cafe break task id",
	consonant: "web job good book app out timeout layout output input logout checkout about put shortcut template private climate " +
		"chocolate type prototype refoulement rapprochement git vec doc spec exec tweet jvm vm npm wasm llvm",
	either: "trait mut audit visit favorite separate delegate at not what that lib sub club lab tub stub blob glob verb grab " +
		"credit theme await resume edit exit kit net set cut dot hit fit rate misc unique technique read lead red dead bad god mad pad speed feed need escape " +
		"one2 sleep jpeg std",
})

func wordsBySound(lists map[final]string) map[string]final {
	words := map[string]final{}
	for f, list := range lists {
		for word := range strings.FieldsSeq(list) {
			words[word] = f
		}
	}
	return words
}

// known reports whether a word is one of readAs.
func known(word string) bool {
	_, ok := readAs[strings.ToLower(word)]
	return ok
}

// letterFinals are the letters whose Korean name does not end in a vowel. R is 아르 by
// the norm and 알 in most mouths.
var letterFinals = map[byte]final{'l': rieul, 'm': consonant, 'n': consonant, 'r': either}

// digitFinals are the finals of 영 일 이 삼 사 오 육 칠 팔 구. A number that ends in 0 ends in
// 십, 백, 천, 만, 억 or 영.
var digitFinals = [10]final{consonant, rieul, vowel, consonant, vowel, vowel, consonant, rieul, rieul, vowel}

// digitNames are the finals of zero one two …, which is how digits are read in names.
var digitNames = [10]final{vowel, consonant, vowel, vowel, vowel, vowel, vowel, consonant, vowel, consonant}

// unitFinals are the finals of units of measurement, as they are read.
var unitFinals = map[string]final{
	"m": vowel, "km": vowel, "cm": vowel, "mm": vowel, "nm": vowel, "kg": consonant, "g": consonant, "mg": consonant,
	"KB": vowel, "MB": vowel, "GB": vowel, "TB": vowel, "kB": vowel, "KiB": vowel, "MiB": vowel, "GiB": vowel,
	"s": vowel, "ms": vowel, "px": rieul, "Hz": vowel, "kHz": vowel, "MHz": vowel, "GHz": vowel, "x": vowel,
}

// tokenReadings are how a run of letters and digits is read; before is the text that it
// ends.
func tokenReadings(token, before string) []sound {
	if token == "" {
		return nil
	}
	last := token[len(token)-1]
	letters := strings.TrimRight(token, "0123456789")
	switch {
	case letters == "":
		return numberReadings(last, before[:len(before)-len(token)])
	case digit(rune(last)):
		return []sound{{digitFinals[last-'0'], false}, {digitNames[last-'0'], false}}
	case digit(rune(token[0])):
		f, ok := unitFinals[strings.TrimLeft(token, "0123456789")]
		if !ok {
			return nil
		}
		return []sound{{f, true}}
	case strings.ToUpper(token) == token:
		return capitalReadings(token)
	}
	return wordReadings(strings.ToLower(lastWord(token)))
}

// numberReadings are how a number is read that ends in a digit. Behind a currency's sign
// the currency is read last.
func numberReadings(last byte, before string) []sound {
	before = strings.TrimRight(before, "0123456789.,")
	if before != "" && strings.ContainsRune("$€£¥₩#", lastOf(before)) {
		return nil
	}
	return []sound{{digitFinals[last-'0'], true}}
}

// capitalReadings are how a word in capitals is read: letter by letter, and as a word if
// it could be one.
func capitalReadings(token string) []sound {
	word := strings.ToLower(token)
	if f, ok := readAs[word]; ok && len(word) > 2 {
		return soundOf(f, true)
	}
	f := letterFinals[word[len(word)-1]]
	if f == either {
		return nil
	}
	sounds := []sound{{f, true}}
	if len(word) < 3 || !strings.ContainsAny(word, "aeiou") || len(word) == 3 && !strings.ContainsAny(word[1:2], "aeiou") {
		return sounds
	}
	as := wordReadings(word)
	if as == nil {
		sounds[0].sure = false
	}
	return append(sounds, as...)
}

func soundOf(f final, sure bool) []sound {
	if f == either {
		return nil
	}
	return []sound{{f, sure}}
}

// wordReadings are how a word in small letters is read.
func wordReadings(word string) []sound {
	if f, ok := readAs[word]; ok {
		return soundOf(f, true)
	}
	if !strings.ContainsAny(word, "aeiouy") {
		return soundOf(letterFinals[word[len(word)-1]], true)
	}
	for n := len(word) - 3; n > 0; n-- { // timeout, notebook
		if f, ok := readAs[word[n:]]; ok && len(word)-n > 3 {
			return soundOf(f, true)
		}
	}
	return soundOf(ending(word), true)
}

// ending is how a word ends in Hangul, by its spelling.
func ending(w string) final {
	last, before := w[len(w)-1], byte(0)
	if len(w) > 1 {
		before = w[len(w)-2]
	}
	switch last {
	case 'l':
		return rieul
	case 'm', 'n':
		return consonant
	case 'e':
		return endingE(before)
	case 'g':
		if before == 'n' {
			return consonant
		}
		return either // 버그, 백
	case 'b', 'q':
		return either // 웹, 서브
	case 'k':
		return endingK(w, before)
	case 't', 'p', 'c':
		return endingStop(w, before)
	}
	return vowel
}

// endingE is how a word ends that ends in e behind a letter.
func endingE(before byte) final {
	switch before {
	case 'l':
		return rieul
	case 'm', 'n':
		return consonant
	case 'p', 't', 'k', 'q', 'u':
		return either // 스코프 but 타입, 스테이트 but 프라이빗
	}
	return vowel
}

func endingK(w string, before byte) final {
	switch {
	case before == 'c', strings.HasSuffix(w, "ook"):
		return consonant
	case isVowel(before):
		return either
	}
	return vowel
}

// endingStop is how a word ends that ends in t, p or c: behind one short vowel the sound
// closes the syllable, behind a consonant it has one of its own.
func endingStop(w string, before byte) final {
	switch {
	case !isVowel(before):
		return vowel
	case len(w) > 2 && isVowel(w[len(w)-3]):
		return either
	}
	return consonant
}

func isVowel(c byte) bool { return strings.IndexByte("aeiouy", c) >= 0 }
