package memory

import (
	"cmp"
	"slices"
	"sort"
	"unicode/utf8"

	"dragoman/internal/prose"
)

// Query says what matches are wanted. The zero value asks for the five best of at
// least 75 percent.
type Query struct {
	Least float64 // score, above 0
	Limit int
}

const (
	// DefaultLeast is the least score of a match that is worth a look.
	DefaultLeast = 0.75
	defaultLimit = 5
)

const (
	short    = 40  // a text of fewer characters is looked for by all of its grams
	rarest   = 24  // a longer one by so many, the rarest
	compared = 200 // so many texts at most are compared with it
	few      = 64  // of fewer texts all are compared
)

// Find is the translations of the texts most like this one, best first, then in
// the order that Build has: shorter sources first.
func (x *Index) Find(text string, q Query) []Match {
	if x.Len() == 0 || text == "" {
		return nil
	}
	q.Least = min(cmp.Or(max(q.Least, 0), DefaultLeast), 1)
	q.Limit = cmp.Or(max(q.Limit, 0), defaultLimit)
	normal := prose.Normal(text)
	var found []Match
	exact := x.lookUp(normal)
	if exact >= 0 {
		found = x.appendMatches(found, exact, 1, q.Limit)
	}
	if len(found) == q.Limit || q.Least == 1 {
		return found
	}
	for _, n := range x.nearest(normal, exact, q) {
		found = x.appendMatches(found, n.text, n.score, q.Limit)
	}
	return found
}

func (x *Index) appendMatches(to []Match, text int, score float64, limit int) []Match {
	for _, p := range x.pairsOf(text) {
		if len(to) == limit {
			break
		}
		to = append(to, Match{Source: p.source, Target: p.target, Score: score, Origin: x.origins[p.origin]})
	}
	return to
}

// near is a text and how near it is.
type near struct {
	text  int
	score float64
}

// nearest are the texts nearest to this one, best first, but for the one excluded.
func (x *Index) nearest(normal string, excluded int, q Query) []near {
	s, _ := x.scratch.Get().(*scratch)
	if s == nil {
		s = new(scratch)
	}
	defer x.scratch.Put(s)
	s.text.Set(normal)
	var found []near
	least := q.Least
	for _, i := range x.candidates(s, normal, q.Least) {
		if int(i) == excluded {
			continue
		}
		score, ok := s.text.Similar(x.texts[i].normal, least)
		if !ok {
			continue
		}
		n := near{int(i), score}
		at, _ := slices.BinarySearchFunc(found, n, func(a, b near) int {
			return cmp.Or(-cmp.Compare(a.score, b.score), cmp.Compare(a.text, b.text))
		})
		found = slices.Insert(found, at, n)
		if len(found) > q.Limit {
			found = found[:q.Limit]
		}
		if len(found) == q.Limit {
			least = found[q.Limit-1].score
		}
	}
	return found
}

// scratch is what one question needs while it is answered.
type scratch struct {
	text    prose.Text
	grams   []uint64
	lists   [][]uint32
	counts  []uint8  // by text from the first of the window on; zero between questions
	touched []uint32 // texts with a count
	ranked  []uint64 // 255 less the count, and the text
	best    []uint32
}

// candidates are the texts worth comparing: those of a length that can do, that
// share the most grams.
func (x *Index) candidates(s *scratch, normal string, least float64) []uint32 {
	length := utf8.RuneCountInString(normal)
	from, to := x.window(length, least)
	s.best = s.best[:0]
	if to-from <= few {
		for i := from; i < to; i++ {
			s.best = append(s.best, i)
		}
		return s.best
	}
	x.chooseLists(s, normal, length, least)
	x.count(s, from, to)
	s.choose(from)
	return s.best
}

// window is the texts that are not too long and not too short.
func (x *Index) window(length int, least float64) (from, to uint32) {
	// One more on either side, lest a rounding error leave out what just passes.
	shortest := max(int(least*float64(length))-1, 0)
	longest := int(float64(length)/least) + 1
	last := len(x.bounds) - 1
	return x.bounds[min(shortest, last)], x.bounds[min(longest+1, last)]
}

// chooseLists picks the postings to count, the rarest grams first. Of a short text
// these are all that can matter: one changed character takes three grams, so a
// text that is near enough keeps some, and at least one that is not among as many
// of the most frequent ones.
func (x *Index) chooseLists(s *scratch, normal string, length int, least float64) {
	s.grams = appendGrams(s.grams[:0], normal)
	slices.Sort(s.grams)
	s.grams = slices.Compact(s.grams)
	s.lists = s.lists[:0]
	for _, g := range s.grams {
		if l := x.grams.list(g); len(l) > 0 {
			s.lists = append(s.lists, l)
		}
	}
	slices.SortStableFunc(s.lists, func(a, b []uint32) int { return cmp.Compare(len(a), len(b)) })
	n := len(s.lists)
	if length >= short {
		n = min(n, rarest)
	} else if kept := len(s.grams) - 3*int((1-least)*float64(length)+1e-9); least >= 2.0/3 && kept > 1 {
		n = min(n, len(s.grams)-kept+1)
	}
	s.lists = s.lists[:n]
}

// count counts, for the texts of the window, the lists that they stand in.
func (x *Index) count(s *scratch, from, to uint32) {
	if n := int(to - from); n > len(s.counts) {
		s.counts = make([]uint8, n)
	}
	s.touched = s.touched[:0]
	for _, l := range s.lists {
		l = l[sort.Search(len(l), func(i int) bool { return l[i] >= from }):]
		for _, i := range l {
			if i >= to {
				break
			}
			if s.counts[i-from] == 0 {
				s.touched = append(s.touched, i)
			}
			s.counts[i-from]++
		}
	}
}

// choose takes the texts with the highest counts, these first, and clears the
// counts. Of equal counts, who shares rarer grams goes first.
func (s *scratch) choose(from uint32) {
	var having [256]int
	for _, i := range s.touched {
		having[s.counts[i-from]]++
	}
	least, room := len(having)-1, compared
	for ; least > 0 && having[least] <= room; least-- {
		room -= having[least]
	}
	s.ranked = s.ranked[:0]
	for _, i := range s.touched {
		c := s.counts[i-from]
		s.counts[i-from] = 0
		if int(c) == least {
			room--
		}
		if int(c) > least || int(c) == least && room >= 0 {
			s.ranked = append(s.ranked, uint64(255-c)<<32|uint64(i))
		}
	}
	slices.Sort(s.ranked)
	for _, r := range s.ranked {
		s.best = append(s.best, uint32(r))
	}
}
