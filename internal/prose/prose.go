// Package prose counts and compares running text, markup already removed.
//
// Translators are paid, and progress is told, by words; whether an edit matters,
// and which earlier translation is near, is told by what the eye does not skip:
//
//	prose.Words("Italian-American", language.English)       // 2
//	prose.Normal("“Well”,  she said")                       // "Well", she said
//	prose.Similarity("the old text", "the new text")        // 0.75
//
// Law: texts with the same Normal differ in white space and typography only, and
// Normal of it is itself.
package prose

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Wordless reports whether a text has no letter: a number, a dash, a date in digits.
// Such a text may be translated, but nobody owes its translation: it counts nowhere,
// and in place of a translation the text itself does.
func Wordless(text string) bool { return !strings.ContainsFunc(text, unicode.IsLetter) }

// Characters counts code points other than white space.
func Characters(text string) int {
	n := 0
	for _, r := range text {
		if !Space(r) {
			n++
		}
	}
	return n
}

// Space reports whether a character is white space, as unicode.IsSpace does, but
// quickly of the scripts beyond U+3000.
func Space(r rune) bool { return r <= ideographicSpace && unicode.IsSpace(r) }

const ideographicSpace = '\u3000' // the last white space that there is

// Normal is the text less what never ends a decision on it: it is in NFC; a run
// of white space is one space, none at the ends nor between two Han or kana; the
// forms of the apostrophe are ', those of quotation marks ", those of hyphen,
// dash and minus -.
func Normal(text string) string {
	if plain(text) {
		return text
	}
	if !Composed(text) {
		text = norm.NFC.String(text)
	}
	var b strings.Builder
	b.Grow(len(text))
	last, space := rune(0), false
	for _, r := range text {
		if unicode.IsSpace(r) {
			space = true
			continue
		}
		if space && b.Len() > 0 && !(logographic(last) && logographic(r)) {
			b.WriteByte(' ')
		}
		last, space = r, false
		b.WriteRune(plainMark(r))
	}
	return b.String()
}

// Composed reports whether a text is in NFC. It is quick where a text has only
// characters that most have, each of which is in NFC beside any other of them.
func Composed(text string) bool {
	for _, r := range text {
		switch {
		case r < 0x300: // Latin, and what modifies without combining
		case r >= 0x2010 && r <= 0x2027: // dashes and quotation marks
		case r >= 0x3000 && r <= 0x3029, r >= 0x3041 && r <= 0x3096, r >= 0x309B && r <= 0x30FF: // signs, kana
		case r >= 0x4E00 && r <= 0x9FFF, r >= 0xAC00 && r <= 0xD7A3: // Han, syllables of Hangul
		case r >= 0xFF01 && r <= 0xFF60: // full width
		default:
			return norm.NFC.IsNormalString(text)
		}
	}
	return true
}

// plain reports, cheaply, that a text is as Normal would have it. It may deny it
// of one that is.
func plain(text string) bool {
	space := true // a space is wrong after a space, and at the beginning
	for i := range len(text) {
		c := text[i]
		if c >= utf8.RuneSelf || c < ' ' || c == ' ' && space {
			return false
		}
		space = c == ' '
	}
	return !space || text == ""
}

func plainMark(r rune) rune {
	switch r {
	case '‘', '’', '‚', '‛', '′', 'ʼ':
		return '\''
	case '“', '”', '„', '‟', '″', '«', '»', '「', '」', '『', '』':
		return '"'
	case '\u2010', '\u2011', '\u2012', '\u2013', '\u2014', '\u2015', '\u2212':
		return '-'
	}
	return r
}

// logographic reports whether a character is Han or kana; Unicode counts the
// kana's mark of length to no script.
func logographic(r rune) bool {
	if r < 0x2E80 {
		return false
	}
	return unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana) || r == 'ー' || r == 'ｰ'
}
