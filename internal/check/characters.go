package check

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/unicode/norm"

	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/prose"
)

// checkEncoding finds characters that are not what was typed, and those that look like
// others and are not found when one searches for these.
func checkEncoding(p *Pair) {
	raw := p.Target.Raw
	if ascii(raw) {
		return
	}
	if at := strings.Index(raw, lost); at >= 0 && !strings.Contains(p.Source.Raw, lost) {
		p.report(at, at+len(lost), "a character was lost")
	}
	if at, n := mojibake(raw); n > 0 && !strings.Contains(p.Source.Raw, raw[at:at+n]) {
		p.report(at, at+n, "UTF-8 that was read in another encoding")
	}
	for i, r := range raw {
		if control(r) {
			p.report(i, i+utf8.RuneLen(r), "a control character, U+%04X", r)
			break
		}
	}
	if prose.Composed(raw) {
		return
	}
	for i, r := range raw {
		switch {
		case 0x1100 <= r && r <= 0x11ff && composes(raw[i:]):
			p.report(i, i+boundary(raw[i:]), "Hangul that is not composed")
			return
		case unicode.Is(unicode.Han, r) && norm.NFC.String(string(r)) != string(r):
			p.report(i, i+utf8.RuneLen(r), "a compatibility ideograph, U+%04X", r)
			return
		}
	}
	at := norm.NFC.QuickSpanString(raw)
	p.reportAs(diag.Warning, at, at+boundary(raw[at:]), "characters that are not composed")
}

// lost stands for a character that could not be read.
const lost = "\ufffd"

// ascii reports whether a text is ASCII without control characters.
func ascii(s string) bool {
	for i := range len(s) {
		if c := s[i]; c >= 0x7f || c < ' ' && c != '\n' && c != '\t' {
			return false
		}
	}
	return true
}

func control(r rune) bool {
	return r < ' ' && r != '\n' && r != '\t' || 0x7f <= r && r < 0xa0 || r == '\u2028' || r == '\u2029'
}

func composes(s string) bool { return !prose.Composed(s[:boundary(s)]) }

// boundary is the length of the first character and of what combines with it.
func boundary(s string) int {
	if n := norm.NFC.NextBoundaryInString(s, true); n > 0 {
		return n
	}
	return len(s)
}

// mojibake is where UTF-8 stands that was read as Windows-1252, and how long it is. Of
// two bytes only those count that no text ends a word with.
func mojibake(s string) (at, length int) {
	if strings.IndexByte(s, 0xc3) < 0 {
		return 0, 0 // À to ï, which the first byte is read as
	}
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		lead, ok := western(r)
		want := 0
		switch {
		case !ok:
		case lead == 0xc2 || lead == 0xc3:
			want = 2
		case 0xe0 <= lead && lead <= 0xef:
			want = 3
		}
		if want > 0 {
			if m := sequence(s[i:], want); m > 0 {
				return i, m
			}
		}
		i += n
	}
	return 0, 0
}

// sequence is the length of so many characters that are the bytes of one character of
// UTF-8; 0 if they are not.
func sequence(s string, bytes int) int {
	var b []byte
	at := 0
	for range bytes {
		r, n := utf8.DecodeRuneInString(s[at:])
		c, ok := western(r)
		if !ok {
			return 0
		}
		b = append(b, c)
		at += n
	}
	if r, n := utf8.DecodeRune(b); n != bytes || r == utf8.RuneError {
		return 0
	}
	return at
}

// western is the byte of a character in Windows-1252, or in Latin-1 where that has none;
// ASCII has none here.
func western(r rune) (byte, bool) {
	if r < utf8.RuneSelf {
		return 0, false
	}
	if r < 0xa0 {
		return byte(r), true
	}
	return charmap.Windows1252.EncodeRune(r)
}

// fixEncoding composes characters and takes control characters out; what was lost, or
// read in another encoding, somebody has to type again.
func fixEncoding(p *Pair) (string, bool) {
	text := strings.Map(func(r rune) rune {
		switch {
		case r == '\u2028' || r == '\u2029':
			return ' '
		case control(r):
			return -1
		}
		return r
	}, p.Target.Raw)
	text = norm.NFC.String(text)
	return text, text != p.Target.Raw && utf8.ValidString(p.Target.Raw)
}

// checkInvisible finds characters without a shape where nothing needs them.
func checkInvisible(p *Pair) {
	raw := p.Target.Raw
	if ascii(raw) {
		return
	}
	var before rune
	depth := 0
	for i, r := range raw {
		end := i + utf8.RuneLen(r)
		switch r {
		case '\u202a', '\u202b', '\u202d', '\u202e', '\u2066', '\u2067', '\u2068':
			depth++
		case '\u202c', '\u2069':
			if depth--; depth < 0 {
				p.report(i, end, "U+%04X ends no direction", r)
				return
			}
		default:
			after, _ := utf8.DecodeRuneInString(raw[end:])
			if p.needless(before, r, after) && !strings.ContainsRune(p.Source.Raw, r) {
				p.report(i, end, "an invisible character, U+%04X", r)
				return
			}
		}
		before = r
	}
	if depth > 0 {
		p.report(0, 0, "a change of direction is not ended")
	}
}

// needless reports whether a character between two others is invisible and without
// effect, or has one that the script does not know.
func (p *Pair) needless(before, r, after rune) bool {
	switch r {
	case '\u200b':
		script, _ := p.Language.Script()
		return !strings.Contains("Thai Khmr Laoo Mymr Java Bali Tibt", script.String())
	case '\ufeff', '\u2060', '\u3164', '\u115f', '\u1160', '\uffa0', '\u180e':
		return true
	case '\u200c', '\u200d': // joiners of Arabic, of the scripts of India, and of emoji
		return plainLetter(before) || plainLetter(after)
	case '\u200e', '\u200f':
		return locale.Direction(p.Language) == "ltr" && locale.Direction(p.Catalog.Source) == "ltr" &&
			!strings.ContainsFunc(p.Target.Raw, func(r rune) bool {
				return unicode.In(r, unicode.Arabic, unicode.Hebrew, unicode.Syriac, unicode.Thaana)
			})
	case '\u00ad':
		return p.upright()
	}
	return false
}

// plainLetter reports whether a character is of a script whose letters never join, or
// is none.
func plainLetter(r rune) bool {
	return r < utf8.RuneSelf || unicode.In(r, unicode.Latin, unicode.Greek, unicode.Cyrillic, unicode.Han,
		unicode.Hangul, unicode.Hiragana, unicode.Katakana)
}
