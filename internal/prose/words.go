package prose

import (
	"math"
	"unicode"
	"unicode/utf8"

	"github.com/clipperhouse/uax29/v2/words"
	"golang.org/x/text/language"
)

// unspacedLetters are how many letters make a word in languages that set no
// space between words, by GMX-V 2.0. It has no figure for the neighbours of
// Thai, which are written alike.
var unspacedLetters = map[language.Base]float64{
	language.MustParseBase("zh"):  2.8,
	language.MustParseBase("yue"): 2.8,
	language.MustParseBase("ja"):  3.0,
	language.MustParseBase("th"):  6.0,
	language.MustParseBase("lo"):  6.0,
	language.MustParseBase("km"):  6.0,
	language.MustParseBase("my"):  6.0,
}

// Words counts the words of a text by GMX-V: the word segments of UAX 29 that
// hold a letter or a number, so that "Italian-American" is two, "can't" and
// "32.3" are one and a Korean eojeol is one. In a language without spaces its
// letters are divided by a figure of GMX-V, to the nearest whole word and at
// least one, and the words of other scripts are added.
func Words(text string, t language.Tag) int {
	if base, _ := t.Base(); unspacedLetters[base] > 0 {
		return unspaced(text, unspacedLetters[base])
	}
	n := 0
	for text != "" {
		size, word := segment(text)
		text = text[size:]
		if word {
			n++
		}
	}
	return n
}

func unspaced(text string, lettersPerWord float64) int {
	letters, n := 0, 0
	for text != "" {
		size, word := segment(text)
		if r, _ := utf8.DecodeRuneInString(text); word && !spaced(r) {
			letters += letterCount(text[:size])
		} else if word {
			n++
		}
		text = text[size:]
	}
	if letters == 0 {
		return n
	}
	return n + max(1, int(math.Round(float64(letters)/lettersPerWord)))
}

// spaced reports whether a letter is of a script that sets spaces.
func spaced(r rune) bool {
	return !logographic(r) && !unicode.In(r, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

func letterCount(s string) int {
	n := 0
	for _, r := range s {
		if unicode.IsLetter(r) || unicode.IsNumber(r) {
			n++
		}
	}
	return n
}

// The classes of ASCII in UAX 29's word boundary rules.
const (
	other        = 0
	letter       = 1 << iota // ALetter
	digit                    // Numeric
	low                      // ExtendNumLet: _
	midLetter                // joins two letters
	midNumber                // joins two digits
	joining      = letter | digit | low
	alphanumeric = letter | digit
)

var classes = func() (c [utf8.RuneSelf]uint8) {
	for b := range c {
		switch {
		case 'a' <= b|0x20 && b|0x20 <= 'z':
			c[b] = letter
		case '0' <= b && b <= '9':
			c[b] = digit
		}
	}
	c['_'] = low
	c[':'] = midLetter
	c[','], c[';'] = midNumber, midNumber
	c['.'], c['\''] = midLetter|midNumber, midLetter|midNumber
	return c
}()

// segment is the length of the text's first segment, and whether it is a word.
// White space and punctuation of ASCII are taken a byte at a time: where they
// would stand together makes no difference to words.
func segment(text string) (size int, word bool) {
	if text[0] < utf8.RuneSelf {
		size, word, ok := ascii(text)
		if ok {
			return size, word
		}
	}
	it := words.FromString(text)
	it.Next()
	return it.End(), letterCount(it.Value()) > 0
}

// ascii is segment as far as ASCII goes: not ok if the segment may go on beyond.
func ascii(text string) (size int, word, ok bool) {
	last := classes[text[0]]
	if last&joining == 0 {
		return 1, false, true
	}
	seen := last
	for i := 1; i < len(text); i++ {
		if text[i] >= utf8.RuneSelf {
			return 0, false, false
		}
		class := classes[text[i]]
		if class&joining == 0 {
			// A mark joins only what it stands between: look one further.
			between := class&midLetter != 0 && last == letter || class&midNumber != 0 && last == digit
			if !between || i+1 == len(text) {
				return i, seen&alphanumeric != 0, true
			}
			if text[i+1] >= utf8.RuneSelf {
				return 0, false, false
			}
			if classes[text[i+1]] != last {
				return i, seen&alphanumeric != 0, true
			}
			i++
			class = last
		}
		last = class
		seen |= class
	}
	return len(text), seen&alphanumeric != 0, true
}
