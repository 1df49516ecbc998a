// Package memory finds earlier translations of a text, and of texts like it.
//
// A translator who meets "The road is closed." wants to see what became of "The
// road was closed.", in whatever article that stood:
//
//	index := memory.Build(files...)
//	index.Find("The road is closed.", memory.Query{})
//	// {Source: "The road was closed.", Target: "길이 막혔다.", Score: 0.9, Origin: "road.md"}
//
// Only final pairs answer, obsolete ones too: a draft or a stale translation would
// be offered as what it is not.
//
// Texts are compared in normal form (prose.Normal) by prose.Similarity. Looking at
// a million of them would take a second, so a text is first asked for the grams,
// two or three characters in a row, that it shares with others of about its length:
//
//	texts, by length   0 "Road"   1 "The road"   2 "A long road"
//	postings           "roa" → 1, 2   "oad" → 0, 1, 2   "ong" → 2   …
//
// Law: an index says the same however its files were ordered on the disk, whatever
// was asked before, and to any number of readers at once.
package memory

import (
	"cmp"
	"hash/maphash"
	"slices"
	"sync"
	"unicode/utf8"

	"dragoman/internal/catalog"
	"dragoman/internal/prose"
)

// Match is an earlier translation.
type Match struct {
	Source string
	Target string
	Score  float64 // the sources' similarity in normal form; 1 only where that is equal
	Origin string  // the article, catalog or file that it comes from
}

// Percent is the score in whole percents, 100 only for an exact match.
func (m *Match) Percent() int { return int(m.Score*100 + 1e-9) }

// Index is the translations of one language, to be asked by any number of
// goroutines at once. A nil Index is an empty one.
type Index struct {
	texts   []text   // different sources, by length
	pairs   []pair   // by source, in the texts' order
	origins []string // of the pairs
	bounds  []uint32 // by length: the first text of that length or longer
	exact   []uint32 // one more than a text, at its hash or after; 0: none
	seed    maphash.Seed
	grams   postings
	scratch sync.Pool
}

// text is a source in normal form, and the first of its pairs.
type text struct {
	normal string
	first  uint32
}

type pair struct {
	source, target string
	origin         uint32
}

// Build makes an index of the final pairs of catalogs, in time and memory
// proportional to their text. A pair comes from the first place that its message
// names, else from its catalog. Of several translations of one text, those of
// articles come before obsolete ones, approved ones before others, then in the
// order of the files.
func Build(files ...*catalog.File) *Index {
	x := &Index{seed: maphash.MakeSeed()}
	entries := x.gather(files)
	slices.SortStableFunc(entries, func(a, b entry) int {
		return cmp.Or(cmp.Compare(a.length, b.length), cmp.Compare(a.text, b.text), cmp.Compare(a.rank, b.rank))
	})
	x.pairs = make([]pair, 0, len(entries))
	texts := 0
	for i, e := range entries {
		if i == 0 || e.text != entries[i-1].text {
			texts++
		}
	}
	x.texts = make([]text, 0, texts)
	for i, e := range entries {
		if i == 0 || e.text != entries[i-1].text {
			for len(x.bounds) <= e.length {
				x.bounds = append(x.bounds, uint32(len(x.texts)))
			}
			x.texts = append(x.texts, text{e.normal, uint32(len(x.pairs))})
		}
		x.pairs = append(x.pairs, e.pair)
	}
	x.bounds = append(x.bounds, uint32(len(x.texts)))
	x.hash()
	x.grams = post(x.texts)
	return x
}

// entry is a pair on its way into the index.
type entry struct {
	pair
	normal string
	text   uint32 // numbers the normal forms in the order of the files
	length int    // of the normal form, in characters
	rank   uint8
}

// gather numbers the normal forms, and leaves out pairs that are there already.
func (x *Index) gather(files []*catalog.File) []entry {
	var entries []entry
	texts := map[string]uint32{}
	type translation struct {
		text   uint32
		target string
	}
	known := map[translation]int{}
	origins := map[string]uint32{}
	for _, f := range files {
		for _, m := range f.Messages {
			if m.Fuzzy || !m.HasTarget() || !m.State.Final() {
				continue
			}
			normal := prose.Normal(m.Source)
			n, ok := texts[normal]
			if !ok {
				n = uint32(len(texts))
				texts[normal] = n
			}
			rank := rankOf(m)
			if at, ok := known[translation{n, m.Target}]; ok {
				if entries[at].rank <= rank {
					continue
				}
				entries[at].rank = rank
				entries[at].pair = x.pair(f, m, origins)
				continue
			}
			known[translation{n, m.Target}] = len(entries)
			entries = append(entries, entry{x.pair(f, m, origins), normal, n, utf8.RuneCountInString(normal), rank})
		}
	}
	return entries
}

func rankOf(m *catalog.Message) uint8 {
	var rank uint8
	if m.Obsolete {
		rank = 2
	}
	if m.State != catalog.Approved {
		rank++
	}
	return rank
}

func (x *Index) pair(f *catalog.File, m *catalog.Message, origins map[string]uint32) pair {
	origin := f.Path
	if len(m.References) > 0 {
		origin = m.References[0]
	}
	n, ok := origins[origin]
	if !ok {
		n = uint32(len(x.origins))
		origins[origin] = n
		x.origins = append(x.origins, origin)
	}
	return pair{m.Source, m.Target, n}
}

// hash makes the table of exact matches, at most half full.
func (x *Index) hash() {
	size := 1
	for size < 2*len(x.texts) {
		size *= 2
	}
	x.exact = make([]uint32, size)
	for i := range x.texts {
		at := x.slot(x.texts[i].normal)
		for x.exact[at] != 0 {
			at = (at + 1) & uint64(size-1)
		}
		x.exact[at] = uint32(i) + 1
	}
}

func (x *Index) slot(normal string) uint64 {
	return maphash.String(x.seed, normal) & uint64(len(x.exact)-1)
}

// lookUp is the text with that normal form, -1 if there is none.
func (x *Index) lookUp(normal string) int {
	for at := x.slot(normal); x.exact[at] != 0; at = (at + 1) & uint64(len(x.exact)-1) {
		if i := int(x.exact[at]) - 1; x.texts[i].normal == normal {
			return i
		}
	}
	return -1
}

// pairsOf are the translations of a text.
func (x *Index) pairsOf(i int) []pair {
	end := uint32(len(x.pairs))
	if i+1 < len(x.texts) {
		end = x.texts[i+1].first
	}
	return x.pairs[x.texts[i].first:end]
}

// Len is how many pairs the index holds.
func (x *Index) Len() int {
	if x == nil {
		return 0
	}
	return len(x.pairs)
}

// Has reports whether the index holds a translation of a text, by the text's
// normal form.
func (x *Index) Has(source, target string) bool {
	if x.Len() == 0 {
		return false
	}
	i := x.lookUp(prose.Normal(source))
	return i >= 0 && slices.ContainsFunc(x.pairsOf(i), func(p pair) bool { return p.target == target })
}
