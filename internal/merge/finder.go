package merge

import (
	"cmp"
	"slices"
)

const (
	allPairs = 256 // up to so many pairs are compared one by one
	rarest   = 16  // of the trigrams of a text, so many look for candidates
	crowd    = 64  // a trigram of more texts than that finds nothing
	best     = 6   // candidates by common trigrams
	around   = 3   // candidates on either side of the same place
)

// newFinder answers, for the index of a slot, the indices of the messages worth
// comparing with it. Comparing all with all would take minutes when thousands of
// messages change at once; instead a slot is compared with those that share its
// rarest trigrams and with those at the same place.
func newFinder(slots []*slot, pasts []*past) func(i int) []int {
	if len(slots)*len(pasts) <= allPairs {
		all := make([]int, len(pasts))
		for j := range all {
			all[j] = j
		}
		return func(int) []int { return all }
	}
	p := pollOf(pasts)
	return func(i int) []int {
		found, decided := p.vote(slots[i].text())
		if decided {
			return found
		}
		place := i * len(pasts) / len(slots)
		for j := max(place-around, 0); j <= min(place+around, len(pasts)-1); j++ {
			if !slices.Contains(found, j) {
				found = append(found, j)
			}
		}
		return found
	}
}

// poll lets trigrams vote for the messages that they occur in.
type poll struct {
	postings map[trigram][]int32
	votes    []int // by message; zero between elections

	// What an election needs, for the next one to use.
	set   []trigram
	lists [][]int32
	named []int
}

func pollOf(pasts []*past) *poll {
	p := &poll{postings: map[trigram][]int32{}, votes: make([]int, len(pasts))}
	for j, past := range pasts {
		p.set = trigrams(p.set, past.source)
		for _, t := range p.set {
			if in := p.postings[t]; len(in) <= crowd {
				p.postings[t] = append(in, int32(j))
			}
		}
	}
	return p
}

// vote answers the messages that share most of the rarest trigrams of the text.
// It is decided where one has at least half of the votes that there are, and
// three times those of the next: no other has to be looked at.
func (p *poll) vote(text string) (found []int, decided bool) {
	named, enough := p.count(text)
	defer func() {
		for _, j := range named {
			p.votes[j] = 0
		}
	}()
	for _, j := range named {
		if p.votes[j] >= enough {
			found = append(found, j)
		}
	}
	if len(found) == 0 {
		return nil, false
	}
	slices.SortFunc(found, func(a, b int) int {
		return cmp.Or(-cmp.Compare(p.votes[a], p.votes[b]), cmp.Compare(a, b))
	})
	first, next := p.votes[found[0]], 0
	if len(found) > 1 {
		next = p.votes[found[1]]
	}
	if first >= rarest/2 && first >= 3*next {
		return found[:1], true
	}
	return found[:min(best, len(found))], false
}

// count counts, by message, the rarest trigrams of the text that it shares. It answers
// who has a vote, and how many votes are no chance.
func (p *poll) count(text string) (named []int, enough int) {
	lists, named := p.lists[:0], p.named[:0]
	p.set = trigrams(p.set, text)
	for _, t := range p.set {
		if in := p.postings[t]; len(in) > 0 && len(in) <= crowd {
			lists = append(lists, in)
		}
	}
	slices.SortStableFunc(lists, func(a, b []int32) int { return cmp.Compare(len(a), len(b)) })
	enough = 1
	if len(lists) > rarest/4 {
		enough = 2 // texts without a word in common share one
	}
	for _, in := range lists[:min(rarest, len(lists))] {
		for _, j := range in {
			if p.votes[j] == 0 {
				named = append(named, int(j))
			}
			p.votes[j]++
		}
	}
	p.lists, p.named = lists, named
	return named, enough
}

// trigram is three characters in a row, 21 bits each.
type trigram uint64

// sampled is the length, in bytes, from which one trigram of four will do.
const sampled = 256

// trigrams is the set of trigrams of a text, sorted, in the space given; of a long one
// it is a sample, the same ones wherever they stand.
func trigrams(space []trigram, text string) []trigram {
	set := slices.Grow(space[:0], len(text))
	last, n := trigram(0), 0
	for _, r := range text {
		last = (last<<21 | trigram(r)) & (1<<63 - 1)
		n++
		if n >= 3 && (len(text) < sampled || last*0x9e3779b97f4a7c15>>62 == 0) {
			set = append(set, last)
		}
	}
	slices.Sort(set)
	return slices.Compact(set)
}
