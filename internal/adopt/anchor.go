package adopt

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// sort is what sort of thing an anchor is.
type sort uint8

const (
	code    sort = iota // between backticks
	address             // of a link or an image
	place               // the last part of an address, which stays when a language is put before
	label               // of a link
	note                // a footnote's label
	number
	word    // of Latin letters
	line    // of a block of code
	whole   // a landmark
	text    // a whole text, untranslated
	heading // a heading's id
)

// worth is how much an anchor of a sort says, beside how rare it is.
var worth = [...]float64{
	code: 1, address: 1, place: 0.6, label: 0.8, note: 1, number: 0.6, word: 0.7, line: 1, whole: 1.5, text: 1.5, heading: 2,
}

// lasting is how much its absence from a translation says: nothing, where an anchor
// may well be translated.
var lasting = [...]float64{code: 1, address: 1, note: 1, number: 0.5, heading: 0}

// reader finds the anchors of inline Markdown.
type reader struct {
	text   string
	at     int
	add    func(s sort, text string)
	closed [longestRun + 1]bool // no run of so many backticks follows
}

const longestRun = 8

// anchors calls add with each anchor of a text, in one pass.
func anchors(s string, add func(sort, string)) {
	r := reader{text: s, add: add}
	for r.at < len(s) {
		switch c := s[r.at]; {
		case c == '`':
			r.code()
		case c == ']':
			r.link()
		case c == '[' && strings.HasPrefix(s[r.at:], "[^"):
			r.until(note, r.at+2, ']')
		case c >= '0' && c <= '9':
			r.number()
		case c|0x20 >= 'a' && c|0x20 <= 'z':
			r.word()
		case c < utf8.RuneSelf:
			r.at++
		default:
			r.wide()
		}
	}
}

// code reads a code span, or passes over backticks that open none.
func (r *reader) code() {
	start := r.at
	for r.at < len(r.text) && r.text[r.at] == '`' {
		r.at++
	}
	run := r.at - start
	if run > longestRun || r.closed[run] {
		return
	}
	mark := r.text[start:r.at]
	for from := r.at; ; {
		i := strings.Index(r.text[from:], mark)
		if i < 0 {
			r.closed[run] = true
			return
		}
		end := from + i
		next := end + run
		for next < len(r.text) && r.text[next] == '`' {
			next++
		}
		if next == end+run {
			r.add(code, strings.TrimSpace(r.text[r.at:end]))
			r.at = next
			return
		}
		from = next
	}
}

// longestAddress bounds the search for the end of an address.
const longestAddress = 2048

// link reads the address or the label after the text of a link.
func (r *reader) link() {
	rest := r.text[r.at+1:]
	switch {
	case strings.HasPrefix(rest, "("):
		from := r.at + 2
		end := strings.IndexAny(r.text[from:min(len(r.text), from+longestAddress)], " )\n")
		if end < 0 {
			break
		}
		r.address(strings.Trim(r.text[from:from+end], "<>"))
		r.at = from + end
		return
	case strings.HasPrefix(rest, "[") && !strings.HasPrefix(rest, "[^"):
		r.until(label, r.at+2, ']')
		return
	}
	r.at++
}

func (r *reader) address(s string) {
	r.add(address, s)
	s = strings.TrimSuffix(s, "/")
	if i := strings.LastIndexAny(s, "/#"); i >= 0 && i+1 < len(s) {
		r.add(place, s[i+1:])
	}
}

// until reads an anchor that ends in a mark.
func (r *reader) until(s sort, from int, end byte) {
	r.at = from
	if i := strings.IndexByte(r.text[from:min(len(r.text), from+longestAddress)], end); i > 0 {
		r.add(s, strings.ToLower(r.text[from:from+i]))
		r.at += i + 1
	}
}

// number reads digits, and the marks between them.
func (r *reader) number() {
	start := r.at
	for r.at < len(r.text) {
		c := r.text[r.at]
		mark := c == '.' || c == ',' || c == ':'
		if !digit(c) && (!mark || r.at+1 == len(r.text) || !digit(r.text[r.at+1])) {
			break
		}
		r.at++
	}
	r.add(number, strings.ReplaceAll(r.text[start:r.at], ",", ""))
}

func digit(c byte) bool { return c >= '0' && c <= '9' }

// word reads a word of Latin letters, or an address that stands alone.
func (r *reader) word() {
	start := r.at
	for r.at < len(r.text) {
		c, n := utf8.DecodeRuneInString(r.text[r.at:])
		if !unicode.Is(unicode.Latin, c) && !digit(byte(c)) && c != '_' {
			break
		}
		r.at += n
	}
	w := r.text[start:r.at]
	if strings.HasPrefix(w, "http") && strings.HasPrefix(r.text[r.at:], "://") {
		end := strings.IndexFunc(r.text[r.at:], func(c rune) bool {
			return c <= ' ' || c >= utf8.RuneSelf || strings.ContainsRune("<>()[]\"'`", c)
		})
		if end < 0 {
			end = len(r.text) - r.at
		}
		r.at += end
		r.address(strings.TrimRight(r.text[start:r.at], ".,:;"))
		return
	}
	if len(w) > 1 {
		r.add(word, strings.ToLower(w))
	}
}

// wide reads what is not ASCII: digits of full width, Chinese numerals, Latin
// letters with accents.
func (r *reader) wide() {
	c, n := utf8.DecodeRuneInString(r.text[r.at:])
	switch {
	case c >= '０' && c <= '９':
		r.fullWidth()
	case c == '第' || strings.ContainsRune(numerals, c):
		r.numeral(c, n)
	case unicode.Is(unicode.Latin, c):
		r.word()
	default:
		r.at += n
	}
}

func (r *reader) fullWidth() {
	var b strings.Builder
	for r.at < len(r.text) {
		c, n := utf8.DecodeRuneInString(r.text[r.at:])
		if c < '０' || c > '９' {
			break
		}
		b.WriteByte(byte(c-'０') + '0')
		r.at += n
	}
	r.add(number, b.String())
}

const numerals = "〇一二三四五六七八九十百千"

// numeral reads a Chinese numeral: one after 第, which makes an ordinal, or of
// several characters, since 一 and 十 alone are words as well.
func (r *reader) numeral(first rune, size int) {
	if first == '第' {
		r.at += size
	}
	value, digits, count := 0, 0, 0
	units := false
	for r.at < len(r.text) {
		c, n := utf8.DecodeRuneInString(r.text[r.at:])
		i := strings.IndexRune(numerals, c)
		if i < 0 || count > 8 {
			break
		}
		switch i /= len("〇"); {
		case i < 10:
			digits = digits*10 + i
		default:
			units = true
			value += max(digits, 1) * [...]int{10, 100, 1000}[i-10]
			digits = 0
		}
		count++
		r.at += n
	}
	if count > 1 || count == 1 && first == '第' && (units || digits > 0) {
		r.add(number, strconv.Itoa(value+digits))
	}
}
