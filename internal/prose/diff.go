package prose

import (
	"cmp"
	"html"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Op is what became of a stretch of text.
type Op uint8

// The operations. Where a stretch was replaced, its removal comes first.
const (
	Keep Op = iota
	Remove
	Insert
)

// Edit is one stretch of a diff; it is never empty.
type Edit struct {
	Op   Op
	Text string
}

// Diff is what has to be done to make one text of another, word by word: what is
// kept or removed joins to the old text, what is kept or inserted to the new one.
// No two neighbours do the same.
//
//	prose.Diff("the long road", "the short road")
//	// Keep "the ", Remove "long", Insert "short", Keep " road"
//
// Words are those of UAX 29, so an eojeol in Korean, and a character of Han or
// hiragana; a run of one mark, as in **, is one. A few kept words between many
// that changed are shown as changed, and an edit begins with a sentence where it
// can. It takes linear time: where more than 600 words have to go or come, texts
// are first parted at words that each has once, and what has as many changes
// between two of those is replaced whole.
func Diff(old, new string) []Edit {
	c := compare(old, new)
	c.slide()
	c.join()
	return c.edits()
}

// Changed counts the words that have to be replaced, put in or taken out, at
// least 1 if the texts differ; characters of Han and hiragana count as words.
func Changed(old, new string) int {
	if old == new {
		return 0
	}
	c := compare(old, new)
	n := 0
	for _, h := range c.hunks {
		n += max(c.old.count(h.old), c.new.count(h.new))
	}
	return max(n, 1)
}

// Bracketed shows edits in plain text: [-removed-]{+inserted+}.
func Bracketed(edits []Edit) string { return enclose(edits, "[-", "-]", "{+", "+}") }

// Colored shows edits on a terminal: what was removed is red and struck out, what
// was inserted is green and underlined. The text must hold no control characters.
func Colored(edits []Edit) string {
	return enclose(edits, "\x1b[31;9m", "\x1b[0m", "\x1b[32;4m", "\x1b[0m")
}

// HTML shows edits as <del> and <ins>; the text is escaped.
func HTML(edits []Edit) string {
	escaped := make([]Edit, len(edits))
	for i, e := range edits {
		escaped[i] = Edit{e.Op, html.EscapeString(e.Text)}
	}
	return enclose(escaped, "<del>", "</del>", "<ins>", "</ins>")
}

func enclose(edits []Edit, del, endDel, ins, endIns string) string {
	var b strings.Builder
	for _, e := range edits {
		switch e.Op {
		case Remove:
			b.WriteString(del + e.Text + endDel)
		case Insert:
			b.WriteString(ins + e.Text + endIns)
		default:
			b.WriteString(e.Text)
		}
	}
	return b.String()
}

// span is a range of words.
type span struct{ from, to int }

func (s span) len() int { return s.to - s.from }

// hunk is a range of words of the old text that a range of the new replaces. One
// of them may be empty.
type hunk struct{ old, new span }

// comparison is two texts in words, and where they differ.
type comparison struct {
	old, new wordList
	hunks    []hunk // in order; between two of them stand equal words
}

// wordList is a text cut into words and marks. White space between them takes no
// part in the comparison: as words, the spaces of two texts would all be equal.
type wordList struct {
	text   string
	bounds []span // of the bytes
	ids    []int32
	weight []uint8
}

// The weights of words: a character of Han is about half a word, a mark is none.
const (
	markWeight = 0
	wordWeight = 2
)

func compare(old, new string) *comparison {
	ids := map[string]int32{}
	c := &comparison{old: cut(old, ids), new: cut(new, ids)}
	a, b := c.old.ids, c.new.ids
	start := 0
	for start < len(a) && start < len(b) && a[start] == b[start] {
		start++
	}
	end := 0
	for end < min(len(a), len(b))-start && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	c.between(span{start, len(a) - end}, span{start, len(b) - end})
	return c
}

// meanWord is some bytes fewer than a word and the space after it have.
const meanWord = 5

// cut cuts a text into words, numbered by what they say.
func cut(text string, ids map[string]int32) wordList {
	l := wordList{text: text}
	if n := len(text) / meanWord; n > 0 {
		l.bounds, l.ids, l.weight = make([]span, 0, n), make([]int32, 0, n), make([]uint8, 0, n)
	}
	for at := 0; at < len(text); {
		size, weight := token(text[at:])
		if size > 0 {
			word := text[at : at+size]
			id, known := ids[word]
			if !known {
				id = int32(len(ids))
				ids[word] = id
			}
			l.bounds = append(l.bounds, span{at, at + size})
			l.ids = append(l.ids, id)
			l.weight = append(l.weight, weight)
			at += size
			continue
		}
		_, size = utf8.DecodeRuneInString(text[at:])
		at += size // white space
	}
	return l
}

// token is the length of the text's first word or run of one mark, 0 if it
// begins with white space.
func token(text string) (size int, weight uint8) {
	first, width := utf8.DecodeRuneInString(text)
	if unicode.IsSpace(first) {
		return 0, markWeight
	}
	size, word := segment(text)
	switch {
	case word && first == '_':
		size = width // emphasis, which UAX 29 joins to the word
	case word && !spaced(first):
		return size, uint8(min(letterCount(text[:size]), wordWeight)) // a run of katakana is a word
	case word:
		return len(strings.TrimRight(text[:size], "_")), wordWeight
	}
	if size > width {
		return size, markWeight // joined to what follows, as marks on letters are
	}
	for strings.HasPrefix(text[size:], text[:width]) {
		size += width
	}
	return size, markWeight
}

func (l *wordList) count(s span) int {
	n := 0
	for _, w := range l.weight[s.from:s.to] {
		if w > markWeight {
			n++
		}
	}
	return n
}

func (l *wordList) weigh(s span) int {
	n := 0
	for _, w := range l.weight[s.from:s.to] {
		n += int(w)
	}
	return n
}

// longestScript is how many words may go or come before the search for the
// shortest way is given up.
const longestScript = 600

// between finds the differences of two ranges.
func (c *comparison) between(old, new span) {
	if c.shortest(old, new) {
		return
	}
	for _, anchor := range c.anchors(old, new) {
		c.gap(span{old.from, anchor.old.from}, span{new.from, anchor.new.from})
		old.from, new.from = anchor.old.to, anchor.new.to
	}
	c.gap(old, new)
}

// gap finds the differences of two ranges, or takes them for one difference.
func (c *comparison) gap(old, new span) {
	for old.len() > 0 && new.len() > 0 && c.old.ids[old.from] == c.new.ids[new.from] {
		old.from++
		new.from++
	}
	for old.len() > 0 && new.len() > 0 && c.old.ids[old.to-1] == c.new.ids[new.to-1] {
		// What is equal at the end lies before the next anchor, and is no hunk.
		old.to--
		new.to--
	}
	if !c.shortest(old, new) {
		c.hunks = append(c.hunks, hunk{old, new})
	}
}

// shortest appends the hunks of the shortest script that makes new of old, if it
// is not too long: Myers 1986. For each length of script it keeps how far into
// the old range each diagonal was reached.
func (c *comparison) shortest(old, new span) bool {
	a, b := c.old.ids[old.from:old.to], c.new.ids[new.from:new.to]
	if len(a) == 0 || len(b) == 0 {
		if len(a)+len(b) > 0 {
			c.hunks = append(c.hunks, hunk{old, new})
		}
		return true
	}
	var reached [][]int32
	for d := 0; d <= min(longestScript, len(a)+len(b)); d++ {
		row := make([]int32, 2*d+1)
		reached = append(reached, row)
		for k := -d; k <= d; k += 2 {
			x := int32(0)
			if d > 0 {
				x = from(reached[d-1], d, k)
			}
			y := x - int32(k)
			for int(x) < len(a) && int(y) < len(b) && y >= 0 && a[x] == b[y] {
				x++
				y++
			}
			row[k+d] = x
			if int(x) >= len(a) && int(y) >= len(b) {
				c.trace(reached, old, new)
				return true
			}
		}
	}
	return false
}

// from is how far diagonal k begins after d steps, by how far its neighbours were
// reached after one less.
func from(before []int32, d, k int) int32 {
	if down(before, d, k) {
		return before[k+d] // of diagonal k+1
	}
	return before[k+d-2] + 1
}

// down reports whether the best way onto diagonal k inserts a word.
func down(before []int32, d, k int) bool {
	return k == -d || k != d && before[k+d-2] < before[k+d]
}

// trace follows a script back to its beginning and appends its hunks.
func (c *comparison) trace(reached [][]int32, old, new span) {
	first := len(c.hunks)
	k := old.len() - new.len()
	for d := len(reached) - 1; d > 0; d-- {
		before := reached[d-1]
		begin := int(from(before, d, k))
		h := hunk{span{begin, begin}, span{begin - k, begin - k}}
		if down(before, d, k) {
			h.new.from--
			k++
		} else {
			h.old.from--
			k--
		}
		h.old, h.new = h.old.plus(old.from), h.new.plus(new.from)
		if last := len(c.hunks) - 1; last >= first && h.old.to == c.hunks[last].old.from && h.new.to == c.hunks[last].new.from {
			c.hunks[last].old.from, c.hunks[last].new.from = h.old.from, h.new.from
			continue
		}
		c.hunks = append(c.hunks, h)
	}
	slices.Reverse(c.hunks[first:])
}

func (s span) plus(n int) span { return span{s.from + n, s.to + n} }

// anchors are words that each range has once, in an order that both have.
func (c *comparison) anchors(old, new span) []hunk {
	inOld, inNew := once(c.old.ids[old.from:old.to]), once(c.new.ids[new.from:new.to])
	var all []hunk
	for i := old.from; i < old.to; i++ {
		id := c.old.ids[i]
		if at, ok := inNew[id]; ok && at >= 0 && inOld[id] >= 0 {
			all = append(all, hunk{span{i, i + 1}, span{new.from + at, new.from + at + 1}})
		}
	}
	return ascending(all)
}

// once is where each word stands, -1 if at several places.
func once(ids []int32) map[int32]int {
	at := make(map[int32]int, len(ids))
	for i, id := range ids {
		if _, again := at[id]; again {
			i = -1
		}
		at[id] = i
	}
	return at
}

// ascending is the longest part of a list, ascending in the old text, that also
// ascends in the new.
func ascending(all []hunk) []hunk {
	var ends []int // by length less one, the index of the least last of a list that long
	before := make([]int, len(all))
	for i, h := range all {
		n, _ := slices.BinarySearchFunc(ends, h, func(end int, h hunk) int {
			return cmp.Compare(all[end].new.from, h.new.from)
		})
		before[i] = -1
		if n > 0 {
			before[i] = ends[n-1]
		}
		if n == len(ends) {
			ends = append(ends, i)
		} else {
			ends[n] = i
		}
	}
	list := make([]hunk, len(ends))
	if len(ends) == 0 {
		return list
	}
	for i, n := ends[len(ends)-1], len(ends)-1; n >= 0; i, n = before[i], n-1 {
		list[n] = all[i]
	}
	return list
}

// slide moves what was only put in or only taken out to where it reads best. In
// "a b a c", of "a c", the first two words are new, or the second and third.
func (c *comparison) slide() {
	for i := range c.hunks {
		h := &c.hunks[i]
		left, right := h.old.from, len(c.old.ids)-h.old.to
		if i > 0 {
			left = h.old.from - c.hunks[i-1].old.to
		}
		if i+1 < len(c.hunks) {
			right = c.hunks[i+1].old.from - h.old.to
		}
		by := 0
		switch {
		case h.old.len() == 0:
			by = c.new.bestSlide(h.new, left, right)
		case h.new.len() == 0:
			by = c.old.bestSlide(h.old, left, right)
		}
		h.old, h.new = h.old.plus(by), h.new.plus(by)
	}
}

// bestSlide is how far to move a range over equal words, at most so far to the
// left or to the right, so that its ends are where sentences or clauses end.
func (l *wordList) bestSlide(s span, left, right int) int {
	least, most := 0, 0
	for -least < left && l.ids[s.from+least-1] == l.ids[s.to+least-1] {
		least--
	}
	for most < right && l.ids[s.from+most] == l.ids[s.to+most] {
		most++
	}
	best, score := 0, -1
	for by := most; by >= least; by-- {
		if n := l.pause(s.from+by) + l.pause(s.to+by); n > score {
			best, score = by, n
		}
	}
	return best
}

// pause is how well a text can be parted before a word: 3 between sentences, 2
// between clauses, 1 between words, else 0.
func (l *wordList) pause(at int) int {
	if at == 0 || at == len(l.bounds) {
		return 3
	}
	last := l.bounds[at-1]
	mark, _ := utf8.DecodeLastRuneInString(l.text[:last.to])
	spaced := last.to < l.bounds[at].from
	switch {
	case strings.ContainsRune("。！？", mark), spaced && strings.ContainsRune(".!?…", mark):
		return 3
	case strings.ContainsRune("，、；：", mark), spaced && strings.ContainsRune(",;:", mark):
		return 2
	case spaced:
		return 1
	}
	return 0
}

// longestIsland is the weight up to which words that were kept may be shown as
// changed: four words.
const longestIsland = 8

// join makes one hunk of two that have little between them: islands of a mark or
// a letter cannot be read, nor those of a few words in a sea of changes.
func (c *comparison) join() {
	var joined []hunk
	for _, h := range c.hunks {
		for len(joined) > 0 && c.drowns(joined[len(joined)-1], h) {
			last := joined[len(joined)-1]
			joined = joined[:len(joined)-1]
			h.old.from, h.new.from = last.old.from, last.new.from
		}
		joined = append(joined, h)
	}
	c.hunks = joined
}

// drowns reports whether what is kept between two hunks is not worth showing.
func (c *comparison) drowns(a, b hunk) bool {
	kept := span{a.old.to, b.old.from}
	weight := c.old.weigh(kept)
	switch {
	case kept.len() == 0:
		return true
	case weight < wordWeight:
		return a.replaces() || b.replaces()
	}
	return weight <= longestIsland && 2*weight <= min(c.weigh(a), c.weigh(b))
}

func (h hunk) replaces() bool { return h.old.len() > 0 && h.new.len() > 0 }

func (c *comparison) weigh(h hunk) int { return max(c.old.weigh(h.old), c.new.weigh(h.new)) }

// edits are the hunks, and the white space that changed between equal words, as
// stretches of text.
func (c *comparison) edits() []Edit {
	var w writer
	oldAt, newAt := 0, 0 // in bytes: after the last equal word
	i, j := 0, 0
	for _, h := range append(c.hunks, hunk{span{len(c.old.ids), 0}, span{len(c.new.ids), 0}}) {
		for ; i < h.old.from; i, j = i+1, j+1 {
			a, b := c.old.bounds[i], c.new.bounds[j]
			w.replace(c.old.text[oldAt:a.from], c.new.text[newAt:b.from])
			w.add(Keep, c.old.text[a.from:a.to])
			oldAt, newAt = a.to, b.to
		}
		i, j = h.old.to, h.new.to
	}
	w.replace(c.old.text[oldAt:], c.new.text[newAt:])
	w.end()
	return w.edits
}

// writer joins stretches that the same becomes of.
type writer struct {
	edits  []Edit
	op     Op
	pieces strings.Builder
}

func (w *writer) add(op Op, text string) {
	if text == "" {
		return
	}
	if op != w.op {
		w.end()
		w.op = op
	}
	w.pieces.WriteString(text)
}

func (w *writer) end() {
	if w.pieces.Len() > 0 {
		w.edits = append(w.edits, Edit{w.op, w.pieces.String()})
		w.pieces.Reset()
	}
}

// replace adds what stands between two equal words. White space that both begin
// or end with is kept.
func (w *writer) replace(old, new string) {
	if old == new {
		w.add(Keep, old)
		return
	}
	from := commonSpace(old, new, utf8.DecodeRuneInString, func(s string, n int) string { return s[n:] })
	w.add(Keep, old[:from])
	old, new = old[from:], new[from:]
	to := commonSpace(old, new, utf8.DecodeLastRuneInString, func(s string, n int) string { return s[:len(s)-n] })
	w.add(Remove, old[:len(old)-to])
	w.add(Insert, new[:len(new)-to])
	w.add(Keep, old[len(old)-to:])
}

// commonSpace is the length of the white space that two texts share at one end.
func commonSpace(a, b string, decode func(string) (rune, int), cut func(string, int) string) int {
	n := 0
	for {
		r, size := decode(a)
		if other, _ := decode(b); r != other || !unicode.IsSpace(r) {
			return n
		}
		a, b = cut(a, size), cut(b, size)
		n += size
	}
}
