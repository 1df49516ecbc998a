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
	postings := map[trigram][]int{}
	for j, p := range pasts {
		for t := range trigrams(p.source) {
			if in := postings[t]; len(in) <= crowd {
				postings[t] = append(in, j)
			}
		}
	}
	return func(i int) []int {
		found := vote(postings, slots[i].text())
		place := i * len(pasts) / len(slots)
		for j := max(place-around, 0); j <= min(place+around, len(pasts)-1); j++ {
			if !slices.Contains(found, j) {
				found = append(found, j)
			}
		}
		return found
	}
}

// vote answers the messages that share most of the rarest trigrams of the text.
func vote(postings map[trigram][]int, text string) []int {
	var lists [][]int
	for t := range trigrams(text) {
		if in := postings[t]; len(in) > 0 && len(in) <= crowd {
			lists = append(lists, in)
		}
	}
	slices.SortFunc(lists, func(a, b []int) int {
		return cmp.Or(cmp.Compare(len(a), len(b)), slices.Compare(a, b))
	})
	votes := map[int]int{}
	for _, in := range lists[:min(rarest, len(lists))] {
		for _, j := range in {
			votes[j]++
		}
	}
	found := make([]int, 0, len(votes))
	for j := range votes {
		found = append(found, j)
	}
	slices.SortFunc(found, func(a, b int) int {
		return cmp.Or(-cmp.Compare(votes[a], votes[b]), cmp.Compare(a, b))
	})
	return found[:min(best, len(found))]
}

// trigram is three characters in a row.
type trigram [3]rune

// sampled is the length, in characters, from which one trigram of four will do.
const sampled = 256

// trigrams is the set of trigrams of a text; of a long one it is a sample, the
// same ones wherever they stand.
func trigrams(text string) map[trigram]bool {
	runes := []rune(text)
	set := make(map[trigram]bool, len(runes))
	for i := 2; i < len(runes); i++ {
		t := trigram{runes[i-2], runes[i-1], runes[i]}
		if len(runes) < sampled || (t[0]*31+t[1]*7+t[2])%4 == 0 {
			set[t] = true
		}
	}
	return set
}
