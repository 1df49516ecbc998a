package markdown

import (
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/util"
)

// plainPieces takes a text apart whose only marks are code, links as [text](address) and
// emphasis by asterisks that stand alone or around whole words, as most texts of manuals
// have no others. It is not ok where there may be others.
func plainPieces(s string, src []byte) (pieces []Piece, ok bool) {
	if s == "" || s[0] == ' ' || s[0] == '\t' {
		return nil, false // four of them would be another block
	}
	// A code is two signs and two pieces at the most, a link one and four, emphasis two and four.
	t := plainTaking{s: s, pieces: make([]Piece, 0, 1+strings.Count(s, "`")+4*strings.Count(s, "[")+2*strings.Count(s, "*"))}
	for i := 0; i < len(s); i++ {
		switch c := s[i]; c {
		case '`':
			n := codeSpan(src[i:])
			if n == 0 {
				return nil, false
			}
			t.code(i, i+n, Stands, "code", 0)
			i += n - 1
		case '[':
			if t.link > 0 || i > 0 && s[i-1] == '!' {
				return nil, false
			}
			t.pairs++
			t.link, t.around = t.pairs, t.marks
			t.code(i, i+1, Opens, "link", t.link)
		case ']':
			n := addressAfter(s[i+1:])
			if t.link == 0 || n == 0 || t.marks != t.around {
				return nil, false
			}
			t.code(i, i+1+n, Closes, "link", t.link)
			t.link = 0
			i += n
		case '*':
			n := strings.IndexFunc(s[i:]+" ", func(r rune) bool { return r != '*' })
			if !t.asterisks(i, n) {
				return nil, false
			}
			i += n - 1
		default:
			if mayMark(s, i) {
				return nil, false
			}
		}
	}
	if t.link > 0 || t.marks > 0 {
		return nil, false
	}
	return t.words(len(s)), true
}

// plainTaking takes a text apart without a parser.
type plainTaking struct {
	s      string
	pieces []Piece
	at     int // as far as it is taken
	pairs  int // how many have been opened
	link   int // the pair of the link that is open
	marks  int // how many asterisks opened the emphasis that is open
	strong int // the pair of that
	around int // marks when the link that is open began
}

// words takes the words up to an offset.
func (t *plainTaking) words(end int) []Piece {
	if t.at < end {
		t.pieces = append(t.pieces, Piece{Text: t.s[t.at:end]})
	}
	return t.pieces
}

func (t *plainTaking) code(start, end int, role Role, what string, pair int) {
	t.pieces = append(t.words(start), Piece{Text: t.s[start:end], Role: role, What: what, Pair: pair})
	t.at = end
}

// asterisks takes n of them, where they can be but one thing: with white space on both
// sides words, with white space on one side and none on the other what opens or closes
// emphasis. It reports false of all others.
func (t *plainTaking) asterisks(i, n int) bool {
	before, after := i == 0 || blank(t.s[i-1]), i+n == len(t.s) || blank(t.s[i+n])
	switch {
	case before && after:
		return true
	case before && t.marks == 0 && n <= 2 && t.s[i+n] < utf8.RuneSelf:
		t.pairs++
		t.marks, t.strong = n, t.pairs
		t.code(i, i+n, Opens, stressed[n-1], t.strong)
		return true
	case after && t.marks == n && t.s[i-1] < utf8.RuneSelf && (t.link == 0 || t.around == 0):
		t.code(i, i+n, Closes, stressed[n-1], t.strong)
		t.marks = 0
		return true
	}
	return false
}

// stressed are what so many asterisks, less one, are around.
var stressed = [...]string{"emphasis", "strong"}

func blank(c byte) bool { return c == ' ' || c == '\t' }

// mayMark reports whether a character may be, or begin, a mark of another kind.
func mayMark(s string, i int) bool {
	switch s[i] {
	case '\\', '~', '<', '\n', '@':
		return true
	case '_':
		return i == 0 || i+1 == len(s) || !util.IsAlphaNumeric(s[i-1]) || !util.IsAlphaNumeric(s[i+1])
	case '{':
		return i+1 < len(s) && strings.IndexByte("{%#", s[i+1]) >= 0
	case ':':
		return strings.HasPrefix(s[i:], "://")
	case 'w':
		return strings.HasPrefix(s[i:], "www.")
	}
	return false
}

// addressAfter is the length of the (address) that a text begins with, 0 if it begins
// with none, or one that has more in it than an address without signs of Markdown.
func addressAfter(s string) int {
	if len(s) < 3 || s[0] != '(' {
		return 0
	}
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == ')' && i > 1:
			return i + 1
		case c <= ' ' || c >= 0x7f || strings.IndexByte("()<>[]{}\\`\"'*~!|", c) >= 0:
			return 0
		}
	}
	return 0
}

// between appends what stands between codes that are nodes: words, and codes that are
// no nodes of a text by itself.
func between(pieces []Piece, s string) []Piece {
	var o otherCodes
	for s != "" {
		start, end, what := o.find(s)
		if start < 0 {
			return append(pieces, Piece{Text: s})
		}
		if start > 0 {
			pieces = append(pieces, Piece{Text: s[:start]})
		}
		pieces = append(pieces, Piece{Text: s[start:end], Role: Stands, What: what})
		s = s[end:]
	}
	return pieces
}

// otherCodes looks for hard breaks, notes, ids, and what generators put in, as {{x}} and
// {%x%}. It knows how much of the text is left up to the end of the line in which one of
// the last two is not closed, so that no line is searched for each that opens.
type otherCodes struct{ braces, percents int }

// find is where the first stands; start is -1 if there is none. Each text has to be the
// end of the one before.
func (o *otherCodes) find(s string) (start, end int, what string) {
	for i := 0; i+1 < len(s); i++ {
		n := strings.IndexAny(s[i:], `\[{`)
		if n < 0 || i+n+1 == len(s) {
			break
		}
		i += n
		length := 0
		what = "verbatim"
		switch s[i : i+2] {
		case "\\\n":
			length, what = 2, "break"
		case "[^":
			length, what = wordIn(s[i:], "[]", ']'), "note"
		case "{#":
			length = wordIn(s[i:], "{}", '}')
		case "{{":
			length = closed(s[i:], "}}", &o.braces)
		case "{%":
			length = closed(s[i:], "%}", &o.percents)
		}
		if length > 0 {
			return i, i + length, what
		}
	}
	return -1, -1, ""
}

// wordIn is the length of two signs and what follows them up to the sign that closes,
// with neither white space nor one of those signs between; 0 if there is nothing.
func wordIn(s, signs string, shut byte) int {
	n := 2
	for n < len(s) && s[n] != ' ' && (s[n] < '\t' || s[n] > '\r' || s[n] == '\v') && strings.IndexByte(signs, s[n]) < 0 {
		n++
	}
	if n == 2 || n == len(s) || s[n] != shut {
		return 0
	}
	return n + 1
}

// closed is the length of two signs and what follows them up to what closes them on the
// same line, 0 if nothing does.
func closed(s, shut string, open *int) int {
	if *open > 0 && len(s) >= *open {
		return 0
	}
	line := s
	if n := strings.IndexByte(s, '\n'); n >= 0 {
		line = s[:n]
	}
	n := strings.Index(line[2:], shut)
	if n < 0 {
		*open = len(s) - len(line) + 1
		return 0
	}
	return 2 + n + len(shut)
}
