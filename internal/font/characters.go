package font

import "unicode/utf8"

// Characters is a set of characters. Its zero value is empty.
type Characters [(utf8.MaxRune + 1) / 64]uint64

// Add adds the characters of a text. What is not UTF-8 is passed over.
func (c *Characters) Add(text []byte) {
	for len(text) > 0 {
		if b := text[0]; b < utf8.RuneSelf {
			c[b/64] |= 1 << (b % 64)
			text = text[1:]
			continue
		}
		r, size := utf8.DecodeRune(text)
		if r != utf8.RuneError {
			c[r/64] |= 1 << (r % 64)
		}
		text = text[size:]
	}
}

// Has reports whether the set has a character.
func (c *Characters) Has(r rune) bool {
	return r >= 0 && r <= utf8.MaxRune && c[r/64]&(1<<(r%64)) != 0
}
