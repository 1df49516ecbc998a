package prose

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// Figure is a number in a text, or a month or a day of the week.
type Figure struct {
	Text string // as written
	// Value is equal for equal numbers, however they are written: 1,000 and one thousand,
	// 2026-11-24 and 24 November 2026.
	Value string
	start int
	end   int
	month bool
}

// Figures are the numbers of a text, and the text without them.
//
// Digits of every script count, with the marks for thousands and decimals of the
// language; numbers in words and the names of months and days as far as they are known
// in the language. Digits that follow a letter are part of a name ("i32", "A4"). The parts
// of a date are sorted, so that it is the same in every order.
func Figures(text string, t language.Tag) (figures []Figure, rest string) {
	base, _ := t.Base()
	r := figureReader{text: text, words: numerals[base], comma: decimalComma[base], han: hanNumbers[base]}
	r.read()
	r.sortDates()
	return r.figures, r.rest()
}

// figureReader finds the figures of one text.
type figureReader struct {
	text    string
	words   *numeral
	comma   bool // the decimal mark
	han     bool // numbers in Han characters
	figures []Figure
	at      int
	before  rune
}

// figureEnd stands for the figure before a character. Letters that follow one without a
// space are its unit.
const figureEnd = -1

func (r *figureReader) read() {
	for r.at < len(r.text) {
		c, size := utf8.DecodeRuneInString(r.text[r.at:])
		switch {
		case unicode.IsDigit(c) && !cased(r.before):
			r.digits()
		case unicode.IsDigit(c):
			r.skip(func(c rune) bool { return unicode.IsDigit(c) || unicode.IsLetter(c) })
		case r.han && hanDigit(c) >= 0:
			r.hanNumber()
		case unicode.IsLetter(c):
			r.word()
		default:
			r.before = c
			r.at += size
		}
	}
}

// cased reports whether a character is a letter of a script with capitals, which a digit
// may follow within a name. "v" stands before versions.
func cased(c rune) bool {
	return c == '_' || (unicode.IsUpper(c) || unicode.IsLower(c)) && c != 'v'
}

func (r *figureReader) skip(in func(rune) bool) {
	for r.at < len(r.text) {
		c, size := utf8.DecodeRuneInString(r.text[r.at:])
		if !in(c) {
			return
		}
		r.before = c
		r.at += size
	}
}

func (r *figureReader) add(start int, value string) {
	r.figures = append(r.figures, Figure{Text: r.text[start:r.at], Value: value, start: start, end: r.at})
	r.before = figureEnd
}

// digits reads a number in digits, and what multiplies it.
func (r *figureReader) digits() {
	start := r.at
	groups, marks := r.groups()
	if len(marks) > 1 && !thousands(groups) && strings.Trim(string(marks), ".") == "" {
		// A date or a version: each part for itself.
		at := start
		for _, g := range groups {
			r.at = at + len(g)
			r.add(at, canonical(ascii10(g), "", 0))
			at = r.at + 1
		}
		return
	}
	whole, fraction := r.number(groups, marks)
	power := r.multiplier()
	value := canonical(whole, fraction, power)
	if start > 0 && r.text[start-1] == '-' && (start == 1 || strings.ContainsRune(" (", rune(r.text[start-2]))) {
		value = "-" + value
	}
	r.add(start, value)
}

// groups are the runs of digits, and the marks between them.
func (r *figureReader) groups() (groups []string, marks []rune) {
	for {
		from := r.at
		r.skip(unicode.IsDigit)
		groups = append(groups, r.text[from:r.at])
		mark, size := utf8.DecodeRuneInString(r.text[r.at:])
		next, _ := utf8.DecodeRuneInString(r.text[r.at+size:])
		if size == 0 || !unicode.IsDigit(next) || !strings.ContainsRune(".,'\u00a0\u202f٫٬", mark) && !r.spacedThousand(mark, r.at+size) {
			return groups, marks
		}
		marks = append(marks, mark)
		r.at += size
	}
}

// spacedThousand reports whether a space stands before three digits, in a language that
// parts thousands so.
func (r *figureReader) spacedThousand(mark rune, at int) bool {
	rest := r.text[at:]
	digits := len(rest) - len(strings.TrimLeft(rest, "0123456789"))
	return r.comma && mark == ' ' && digits == 3
}

// thousands reports whether all groups but the first are of three digits.
func thousands(groups []string) bool {
	return utf8.RuneCountInString(groups[0]) <= 3 && !slices.ContainsFunc(groups[1:], func(g string) bool {
		return utf8.RuneCountInString(g) != 3
	})
}

// number tells the mark of decimals from that of thousands.
func (r *figureReader) number(groups []string, marks []rune) (whole, fraction string) {
	last := len(groups) - 1
	decimal := false
	if last > 0 {
		mark := marks[last-1]
		switch {
		case mark == '٫':
			decimal = true
		case mark != '.' && mark != ',':
		case slices.ContainsFunc(marks[:last-1], func(m rune) bool { return m != mark }):
			decimal = true
		case last > 1:
		default:
			decimal = !thousands(groups) || (mark == ',') == r.comma
		}
	}
	if decimal {
		fraction = ascii10(groups[last])
		groups = groups[:last]
	}
	return ascii10(strings.Join(groups, "")), fraction
}

// multiplier reads the word or sign for a power of ten that follows a number.
func (r *figureReader) multiplier() int {
	rest := strings.TrimLeft(r.text[r.at:], " \u00a0")
	gap := len(r.text) - r.at - len(rest)
	for _, m := range multipliers {
		if !strings.HasPrefix(rest, m.sign) {
			continue
		}
		next, _ := utf8.DecodeRuneInString(rest[len(m.sign):])
		if cased(next) || next == 'v' || gap > 0 && m.sign[0] >= utf8.RuneSelf && !powerBehindSpace(m.sign, next) {
			continue
		}
		if m.sign == trillion && !money(rest[len(m.sign):]) {
			continue
		}
		r.at += gap + len(m.sign)
		return m.power
	}
	return 0
}

// powerBehindSpace reports whether a sign of Chinese or Japanese multiplies a number that a space
// stands behind, as in 10 億: not where 万 begins a word. Korean's 만 is a particle there.
func powerBehindSpace(sign string, next rune) bool {
	switch sign {
	case "亿", "億":
		return true
	case "万", "萬":
		return !strings.ContainsRune("一圣聖物事能分里", next)
	}
	return false
}

var multipliers = []struct {
	sign  string
	power int
}{
	{"thousand", 3},
	{"million", 6},
	{"billion", 9},
	{"trillion", 12},
	{"Millionen", 6},
	{"Milliarden", 9},
	{"millions", 6},
	{"milliards", 9},
	{"millones", 6},
	{"mil", 3},
	{"千", 3},
	{"万", 4},
	{"萬", 4},
	{"亿", 8},
	{"億", 8},
	{"兆", 12},
	{"천", 3},
	{"만", 4},
	{"억", 8},
	{trillion, 12},
}

// trillion is Korean's word for 10¹², and far more often, in laws and in what is written
// about them, for an article: 제33조, 협약 3조 2항.
const trillion = "조"

// money reports whether a text goes on as an amount does behind trillions: 2조 원,
// 1조 2천억 달러.
func money(rest string) bool {
	rest = strings.TrimLeft(rest, " \u00a0")
	rest = strings.TrimLeft(strings.TrimPrefix(rest, "여"), " ")
	for _, unit := range []string{"원", "달러", "엔", "위안", "유로", "파운드", "루블"} {
		if strings.HasPrefix(rest, unit) {
			return true
		}
	}
	digits := strings.TrimLeft(rest, "0123456789,")
	return len(digits) < len(rest) && strings.HasPrefix(strings.TrimPrefix(strings.TrimPrefix(digits, "천"), "백"), "억")
}

// ascii10 writes digits of any script as those of ASCII.
func ascii10(s string) string {
	var b strings.Builder
	for _, c := range s {
		b.WriteByte('0' + digitValue(c))
	}
	return b.String()
}

// digitValue is what a decimal digit stands for. In Unicode the ten digits of a script
// begin at a code that ends in the hexadecimal digit 0 or 6.
func digitValue(c rune) byte {
	zero := c &^ 0xf
	if !unicode.IsDigit(zero) {
		zero += 6
	}
	return byte((c - zero) % 10)
}

// canonical is a number as digits without zeros at the ends, and a power of ten.
func canonical(whole, fraction string, power int) string {
	fraction = strings.TrimRight(fraction, "0")
	digits := strings.TrimLeft(whole+fraction, "0")
	power -= len(fraction)
	short := strings.TrimRight(digits, "0")
	power += len(digits) - len(short)
	switch {
	case short == "":
		return "0"
	case power >= 0 && power < 5:
		return short + strings.Repeat("0", power)
	}
	return short + "e" + strconv.Itoa(power)
}

// word reads a word: a number, a month, a day of the week, or none.
func (r *figureReader) word() {
	start, before := r.at, r.before
	if c, size := utf8.DecodeRuneInString(r.text[start:]); r.han && !cased(c) {
		r.before = c
		r.at += size // words are not parted, and a number may follow
		return
	}
	r.skip(func(c rune) bool { return unicode.IsLetter(c) || unicode.IsMark(c) })
	if r.words == nil || before == figureEnd {
		return
	}
	word := r.text[start:r.at]
	if r.before == 'v' && len(word) > 1 {
		r.before = 'V'
	}
	if month := r.words.months[word]; month > 0 && (!r.words.doubtful[word] || r.dated(start)) {
		r.add(start, strconv.Itoa(month))
		r.figures[len(r.figures)-1].month = true
		return
	}
	if day := r.words.days[word]; day > 0 {
		r.add(start, "day "+strconv.Itoa(day))
		return
	}
	if n, ok := r.words.numbers[strings.ToLower(word)]; ok {
		r.compose(start, n)
	}
}

// dated reports whether the word from there to here has a number beside it.
func (r *figureReader) dated(start int) bool {
	if n := len(r.figures); n > 0 && strings.Trim(r.text[r.figures[n-1].end:start], " .,-sthndr") == "" {
		return true
	}
	next, _ := utf8.DecodeRuneInString(strings.TrimLeft(r.text[r.at:], " .,-"))
	return unicode.IsDigit(next)
}

// compose goes on from the first word of a number: "twenty-one thousand".
func (r *figureReader) compose(start, n int) {
	sum, part := 0, n
	if n >= 1000 {
		sum, part = n, 0
	}
	for {
		rest := strings.TrimLeft(r.text[r.at:], " -")
		gap := len(r.text) - r.at - len(rest)
		end := strings.IndexFunc(rest, func(c rune) bool { return !unicode.IsLetter(c) })
		if end < 0 {
			end = len(rest)
		}
		next, ok := r.words.numbers[strings.ToLower(rest[:end])]
		if rest[:end] == "one" && r.words == english && part >= 20 {
			next, ok = 1, true
		}
		switch {
		case !ok || gap == 0:
			r.add(start, canonical(strconv.Itoa(sum+part), "", 0))
			return
		case next >= 1000:
			sum, part = (sum+part)*next, 0
		case next == 100 && part > 0 && part < 100:
			part *= next
		case part%100 == 0 && next < 100, part%10 == 0 && part%100 >= 20 && next < 10:
			part += next
		default:
			r.add(start, canonical(strconv.Itoa(sum+part), "", 0))
			return
		}
		r.at += gap + end
	}
}

// hanNumber reads a number in Han characters, if it is one: those of a single character
// are words as well, and count only before a unit or after 第.
func (r *figureReader) hanNumber() {
	start, first := r.at, r.before
	r.skip(func(c rune) bool { return hanDigit(c) >= 0 })
	next, _ := utf8.DecodeRuneInString(r.text[r.at:])
	word := r.text[start:r.at]
	long := utf8.RuneCountInString(word) > 1
	counted := strings.ContainsRune("第期周週曜", first)
	unit := word != "一" && next != utf8.RuneError && strings.ContainsRune(hanUnits, next)
	if !long && !counted && !unit || slices.Contains(hanWords, word) || word == "十" && next == '分' {
		return
	}
	r.add(start, canonical(strconv.Itoa(hanValue(word)), "", 0))
}

const (
	hanSigns = "〇一二三四五六七八九两兩零"
	hanUnits = "年月日号號时時点點分秒人名个個位口岁歲歳次回条條章节節项項页頁国國元円圆圓块塊票件天周週倍成层層"
)

var hanWords = list("万一 千万 一万 十一十 千千 万万 两千万万")

// hanDigit is what a sign of a number stands for, a power of ten as itself, -1 for none.
func hanDigit(c rune) int {
	switch c {
	case '十':
		return 10
	case '百':
		return 100
	case '千':
		return 1000
	case '万', '萬':
		return 10_000
	case '亿', '億':
		return 100_000_000
	case '两', '兩':
		return 2
	case '零':
		return 0
	}
	if i := strings.IndexRune(hanSigns, c); i >= 0 {
		return i / len("一")
	}
	return -1
}

// hanValue reads a number with powers (二千零二十六) or without (二〇二六).
func hanValue(word string) int {
	total, section, digit := 0, 0, 0
	powers := strings.ContainsAny(word, "十百千万萬亿億")
	for _, c := range word {
		switch n := hanDigit(c); {
		case n >= 10_000:
			total = (total + section + digit) * n
			section, digit = 0, 0
		case n >= 10:
			section += max(digit, 1) * n
			digit = 0
		case powers:
			digit = n
		default:
			digit = (digit*10 + n) % 1_000_000_000
		}
	}
	return total + section + digit
}

// dateGaps stand between the parts of a date.
var dateGaps = list("/ - .")

// sortDates sorts the figures of each date.
func (r *figureReader) sortDates() {
	for i := 0; i < len(r.figures); {
		j, month := i+1, r.figures[i].month
		for ; j < len(r.figures) && r.joined(&r.figures[j-1], &r.figures[j], month); j++ {
			month = month || r.figures[j].month
		}
		slices.SortStableFunc(r.figures[i:j], func(a, b Figure) int { return cmp.Compare(a.Value, b.Value) })
		i = j
	}
}

// joined reports whether two figures are of one date, which has a month before them or
// not.
func (r *figureReader) joined(a, b *Figure, month bool) bool {
	if a.end > b.start {
		return false
	}
	gap := r.text[a.end:b.start]
	if slices.Contains(dateGaps, gap) {
		return true
	}
	gap = strings.Trim(gap, " ,.")
	return (month || b.month) && slices.Contains([]string{"", "de", "of", "st", "nd", "rd", "th", "th of"}, gap)
}

// rest is the text with a mark in the place of each figure.
func (r *figureReader) rest() string {
	spans := slices.Clone(r.figures)
	slices.SortFunc(spans, func(a, b Figure) int { return cmp.Compare(a.start, b.start) })
	var b strings.Builder
	at := 0
	for _, f := range spans {
		b.WriteString(r.text[at:f.start])
		b.WriteByte('#')
		at = f.end
	}
	b.WriteString(r.text[at:])
	return b.String()
}
