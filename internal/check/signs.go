package check

import "unicode/utf8"

// signs are the sorts of characters that a text has. Most texts lack most of them, and a
// rule that has nothing to look at asks for no more.
type signs uint32

const (
	brackets   signs = 1 << iota // of any kind
	quotations                   // but the apostrophe and its like
	typewriter                   // "
	halfMarks                    // , . : ; ! ? ( )
	eastMarks                    // 。、 and the full-width forms of these
	fullLatin                    // full-width letters and digits
	dotRuns                      // … and two full stops
	dashes                       // — and two hyphens
	middleDots
	digits
	ideographs // and kana
	syllables  // of Hangul
	repeats    // one character twice, or with one between, of the last two sorts
)

// asciiSigns are the signs of ASCII.
var asciiSigns = func() (table [utf8.RuneSelf]signs) {
	for _, set := range []struct {
		signs signs
		of    string
	}{
		{brackets, "()[]{}"}, {typewriter, `"`}, {halfMarks, ",.:;!?()"}, {digits, "0123456789"},
	} {
		for _, c := range set.of {
			table[c] |= set.signs
		}
	}
	return table
}()

// Signs are those of Words.
func (t *Text) Signs() signs {
	if t.looked {
		return t.signs
	}
	t.looked = true
	var found signs
	words := t.Words()
	before, last := rune(0), rune(0)
	for i := 0; i < len(words); {
		c := rune(words[i])
		size := 1
		if c < utf8.RuneSelf {
			found |= asciiSigns[c]
			if c == last && c == '.' {
				found |= dotRuns
			} else if c == last && c == '-' {
				found |= dashes
			}
		} else {
			c, size = utf8.DecodeRuneInString(words[i:])
			found |= wideSigns(c)
			if c == last && c == '。' {
				found |= dotRuns
			}
			if (c == last || c == before) && (hangul(c) || ideographic(c)) {
				found |= repeats
			}
		}
		before, last = last, c
		i += size
	}
	t.signs = found
	return found
}

// wideSigns are the signs of a character outside ASCII.
func wideSigns(c rune) signs {
	switch {
	case hangul(c):
		return syllables
	case c >= 0x3041 && c <= 0x3096, c >= 0x30a1 && c <= 0x30fa, c >= 0x3400 && c <= 0x9fff:
		return ideographs
	case c >= 0xff01 && c <= 0xff5e:
		return fullSigns(c)
	}
	switch c {
	case '“', '”', '„', '「', '」', '『', '』', '《', '》', '〈', '〉', '«', '»':
		return quotations
	case '【', '】', '〔', '〕':
		return brackets
	case '。', '、':
		return eastMarks
	case '…', '⋯':
		return dotRuns
	case '—', '―':
		return dashes
	case '·', '・', '•', '‧', '∙', '⋅', 'ㆍ', '･':
		return middleDots
	}
	if kana(c) || han(c) {
		return ideographs
	}
	return 0
}

// fullSigns are the signs of the full-width form of a character of ASCII.
func fullSigns(c rune) signs {
	plain := c - 0xff01 + '!'
	if latin(plain) || digit(plain) {
		return fullLatin
	}
	s := asciiSigns[plain] & brackets
	if asciiSigns[plain]&halfMarks != 0 {
		s |= eastMarks
	}
	return s
}
