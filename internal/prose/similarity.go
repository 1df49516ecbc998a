package prose

import (
	"slices"
	"unicode/utf8"
)

// Similarity is how much two texts have in common, from 0 to 1: one less their
// Levenshtein distance divided by the length of the longer, in code points. It
// takes time in proportion to the product of the lengths, a 64th of it.
func Similarity(a, b string) float64 {
	score, _ := Similar(a, b, 0)
	return score
}

// Similar is Similarity where it is at least that much, else not ok, with a
// score of no meaning. Most pairs that are not ok are told by their lengths or
// by the letters in them, without comparing.
func Similar(a, b string, least float64) (score float64, ok bool) {
	var runes, other [256]rune
	t := Text{runes: runes[:0], other: other[:0]}
	t.Set(a)
	return t.Similar(b, least)
}

// Text is a text that is compared with many others, one after the other.
type Text struct {
	text   string
	runes  []rune
	counts [kinds]int32 // of its letters
	other  []rune       // the text that it is compared with
	table  table
}

// kinds is how many letters are counted apart.
const kinds = 256

// kind is the count that a letter is among.
func kind(r rune) uint8 { return uint8(r ^ r>>8) }

// Set makes it another text.
func (t *Text) Set(text string) {
	t.text, t.runes = text, appendRunes(t.runes[:0], text)
	clear(t.counts[:])
	for _, r := range t.runes {
		t.counts[kind(r)]++
	}
}

// Similar is as the function of that name.
func (t *Text) Similar(text string, least float64) (score float64, ok bool) {
	if text == t.text {
		return 1, least <= 1
	}
	length, common := t.common(text)
	longer := max(length, len(t.runes))
	// One more than may differ, lest a rounding error refuse what just passes.
	limit := int((1-least)*float64(longer)) + 1
	if longer-common > limit {
		return 0, false
	}
	t.other = appendRunes(t.other[:0], text)
	x, y := t.runes, t.other
	if len(x) > len(y) {
		x, y = y, x
	}
	d := t.table.distance(x, y, limit)
	score = 1 - float64(d)/float64(longer)
	return score, d <= limit && score >= least
}

// common is the length of another text, and how many letters of it this one has too,
// whatever their order: all but these are a lower bound of the distance. Letters that
// share a count make it smaller, never larger.
func (t *Text) common(text string) (length, common int) {
	left := t.counts
	for _, r := range text {
		length++
		n := &left[kind(r)]
		if *n > 0 {
			common++
		}
		*n--
	}
	return length, common
}

func appendRunes(to []rune, s string) []rune {
	if n := utf8.RuneCountInString(s); n > cap(to) {
		to = make([]rune, 0, n)
	}
	for _, r := range s {
		to = append(to, r)
	}
	return to
}

// table is the space that a distance is computed in, for the next one to use.
type table struct {
	ids     []int32
	letters letters
	matches []uint64
	steps   []int8
}

// distance is the Levenshtein distance of x and y, or something above limit if
// it is above limit. x is the shorter.
//
// The table of distances is filled 64 rows at a time, a row being a letter of x
// and a column one of y (Myers 1999 in Hyyrö's form of 2003). Of what lies above
// only the differences from one column to the next are kept.
func (t *table) distance(x, y []rune, limit int) int {
	x, y = trimCommon(x, y)
	if len(x) == 0 {
		return len(y)
	}
	t.number(y)
	ids, matches, steps, alphabet := t.ids, t.matches, t.steps, &t.letters
	for row := 0; row < len(x); row += 64 {
		rows := x[row:min(row+64, len(x))]
		for i, r := range rows {
			matches[alphabet.id(r)] |= 1 << i
		}
		matches[0] = 0 // letters that y does not have
		block(ids, matches, steps, uint64(1)<<(len(rows)-1))
		for _, r := range rows {
			matches[alphabet.id(r)] = 0
		}
		done := row + len(rows)
		if best(steps, done, len(x)-done) > limit {
			return limit + 1
		}
	}
	d := len(x)
	for _, s := range steps {
		d += int(s)
	}
	return d
}

// trimCommon takes off what both begin and end with, which costs nothing.
func trimCommon(x, y []rune) (restX, restY []rune) {
	for len(x) > 0 && x[0] == y[0] {
		x, y = x[1:], y[1:]
	}
	for len(x) > 0 && x[len(x)-1] == y[len(y)-1] {
		x, y = x[:len(x)-1], y[:len(y)-1]
	}
	return x, y
}

// letters numbers the letters of a text from 1; 0 is any that it does not have.
type letters struct {
	ascii [utf8.RuneSelf]int32
	other map[rune]int32
}

func (l *letters) id(r rune) int32 {
	if r < utf8.RuneSelf {
		return l.ascii[r]
	}
	return l.other[r]
}

func (l *letters) set(r rune, id int32) {
	if r < utf8.RuneSelf {
		l.ascii[r] = id
		return
	}
	if l.other == nil {
		l.other = make(map[rune]int32)
	}
	l.other[r] = id
}

// number makes the table ready for the columns of a text.
func (t *table) number(text []rune) {
	l := &t.letters
	clear(l.ascii[:])
	clear(l.other)
	t.ids, t.steps = t.ids[:0], t.steps[:0]
	next := int32(1)
	for _, r := range text {
		id := l.id(r)
		if id == 0 {
			id = next
			next++
			l.set(r, id)
		}
		t.ids = append(t.ids, id)
		t.steps = append(t.steps, 1)
	}
	t.matches = slices.Grow(t.matches[:0], int(next))[:next]
	clear(t.matches)
}

// block fills up to 64 rows. steps holds, for each column, by how much the row
// above differs from the column before, -1, 0 or 1; and afterwards the same of
// the block's last row, which is the bit in last.
func block(ids []int32, matches []uint64, steps []int8, last uint64) {
	up, down := ^uint64(0), uint64(0) // where a row is one more, one less than the row above it
	for j, id := range ids {
		match := matches[id]
		same := match | down
		step := steps[j]
		if step < 0 {
			match |= 1
		}
		carried := (match&up + up) ^ up | match
		more := down | ^(carried | up)
		less := up & carried

		steps[j] = 0
		if more&last != 0 {
			steps[j] = 1
		} else if less&last != 0 {
			steps[j] = -1
		}

		more, less = more<<1, less<<1
		if step > 0 {
			more |= 1
		} else if step < 0 {
			less |= 1
		}
		up = less | ^(same | more)
		down = more & same
	}
}

// best is the least that the whole distance can be, by the last row filled: from
// each column on, at least the difference of what is left must be paid.
func best(steps []int8, row, rowsLeft int) int {
	d := row
	least := d + abs(rowsLeft-len(steps))
	for j, s := range steps {
		d += int(s)
		least = min(least, d+abs(rowsLeft-(len(steps)-j-1)))
	}
	return least
}

func abs(n int) int {
	if n < 0 {
		return -n
	}
	return n
}
