package memory

import (
	"math/bits"
	"slices"
)

// postings are, for each gram, the texts that it occurs in, by length: one flat
// list, and where the part of a gram begins. Grams are told apart by their hash
// alone; that two share a place makes a list longer and no answer wrong.
type postings struct {
	shift  int      // a hash less its lowest bits is a place
	starts []uint64 // by place, and one more
	lists  []uint32
}

// list is the texts of a gram, ascending.
func (p *postings) list(gram uint64) []uint32 {
	at := p.place(gram)
	return p.lists[p.starts[at]:p.starts[at+1]]
}

func (p *postings) place(gram uint64) uint64 { return gram >> p.shift }

// post makes the postings: it counts, then fills.
func post(texts []text) postings {
	size := 0
	for i := range texts {
		size += len(texts[i].normal)
	}
	const least, most = 10, 22
	width := min(max(bits.Len(uint(size))-5, least), most)
	p := postings{shift: 64 - width, starts: make([]uint64, 1<<width+1)}

	last := make([]uint32, 1<<width) // one more than the text that a place was last met in
	visit := func(met func(at uint64, text uint32)) {
		clear(last)
		var set []uint64
		for i := range texts {
			set = appendGrams(set[:0], texts[i].normal)
			for _, g := range set {
				if at := p.place(g); last[at] != uint32(i)+1 {
					last[at] = uint32(i) + 1
					met(at, uint32(i))
				}
			}
		}
	}
	visit(func(at uint64, _ uint32) { p.starts[at+1]++ })
	for i := range 1 << width {
		p.starts[i+1] += p.starts[i]
	}
	p.lists = make([]uint32, p.starts[1<<width])
	next := slices.Clone(p.starts)
	visit(func(at uint64, text uint32) {
		p.lists[next[at]] = text
		next[at]++
	})
	return p
}

// appendGrams appends the hashes of a text's grams, repeated ones repeatedly: two
// characters from each that is a syllable or a word of its own, three from any
// other, with an end on either side. A text of n characters has n grams or one more,
// and a character that changes takes three of them at most.
func appendGrams(to []uint64, text string) []uint64 {
	const end = 0
	before, middle, started := rune(end), rune(end), false
	step := func(r rune) {
		if started {
			to = appendGram(to, before, middle, r)
		}
		before, middle, started = middle, r, true
	}
	for _, r := range text {
		step(r)
	}
	step(end)
	if wide(before) {
		to = append(to, mix(uint64(before)<<21|end))
	}
	return to
}

func appendGram(to []uint64, a, b, c rune) []uint64 {
	if wide(a) {
		return append(to, mix(uint64(a)<<21|uint64(b)))
	}
	return append(to, mix(uint64(a)<<42|uint64(b)<<21|uint64(c)))
}

// wide reports whether a character tells as much as two letters: those of the
// blocks from CJK radicals to Hangul syllables, compatibility forms and planes 2, 3.
func wide(r rune) bool {
	return r >= 0x2E80 && (r <= 0xD7FF || r >= 0xF900 && r <= 0xFAFF || r >= 0x20000 && r <= 0x3FFFF)
}

// mix spreads a gram over all bits (the finalizer of MurmurHash 3).
func mix(g uint64) uint64 {
	g ^= g >> 33
	g *= 0xff51afd7ed558ccd
	g ^= g >> 33
	g *= 0xc4ceb9fe1a85ec53
	return g ^ g>>33
}
