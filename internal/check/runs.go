package check

import (
	"unicode"
	"unicode/utf8"

	"dragoman/internal/diag"
	"dragoman/internal/markdown"
)

// reportWords is reportAs for offsets of Target.Words.
func (p *Pair) reportWords(s diag.Severity, start, end int, format string, args ...any) {
	start, end = p.Target.Span(start, end)
	p.reportAs(s, start, end, format, args...)
}

func han(r rune) bool {
	return r >= 0x4e00 && r <= 0x9fff || r >= 0x2e80 && !hangul(r) && unicode.Is(unicode.Han, r)
}

func kana(r rune) bool { return r >= 0x3041 && r <= 0x30ff && r != '・' || r >= 0xff66 && r <= 0xff9f }

// ideographic reports whether a character is of those that are set without spaces.
func ideographic(r rune) bool { return kana(r) || han(r) }

// hangul reports whether a character is a syllable of Korean.
func hangul(r rune) bool { return r >= 0xac00 && r <= 0xd7a3 }

// latin reports whether a character is a letter of English.
func latin(r rune) bool { return r|0x20 >= 'a' && r|0x20 <= 'z' }

// letter reports whether a character is one of those that most of a text is of, in any of
// these languages; of other scripts it may be a letter as well.
func letter(r rune) bool { return latin(r) || hangul(r) || r >= 0x4e00 && r <= 0x9fff || kana(r) }

func digit(r rune) bool { return r >= '0' && r <= '9' }

// lastOf and firstOf are the characters beside an offset; 0 at the ends.
func lastOf(s string) rune {
	if s == "" {
		return 0
	}
	r, _ := utf8.DecodeLastRuneInString(s)
	return r
}

func firstOf(s string) rune {
	if s == "" {
		return 0
	}
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

// edit replaces a stretch of a text, by byte offsets of Raw.
type edit struct {
	start, end int
	text       string
}

// edited is the target with edits made, which are in order and do not overlap. It is
// not ok where that would change which marks the text has.
func (p *Pair) edited(edits []edit) (string, bool) {
	if len(edits) == 0 {
		return "", false
	}
	raw := p.Target.Raw
	out := make([]byte, 0, len(raw)+2*len(edits))
	at := 0
	for _, e := range edits {
		out = append(append(out, raw[at:e.start]...), e.text...)
		at = e.end
	}
	target := Text{Raw: string(append(out, raw[at:]...)), Kind: p.Target.Kind}
	return target.Raw, sameCodes(p.Target.Parts(), target.Parts())
}

// sameCodes reports whether two texts have the same codes in the same order.
func sameCodes(a, b []Part) bool {
	i, j := 0, 0
	for {
		for i < len(a) && a[i].Role == markdown.Words {
			i++
		}
		for j < len(b) && b[j].Role == markdown.Words {
			j++
		}
		if i == len(a) || j == len(b) {
			return i == len(a) && j == len(b)
		}
		if a[i].Text != b[j].Text || a[i].Role != b[j].Role || a[i].What != b[j].What {
			return false
		}
		i, j = i+1, j+1
	}
}
