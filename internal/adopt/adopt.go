// Package adopt aligns an article with a translation of it that was made without a
// catalog, so that the translation can go on in one.
//
// The two are seldom alike block by block: a paragraph was merged or split, a
// section is missing, a note was added, a list became one of another kind. Counting
// blocks would pair every text after such a place with a wrong one. So the blocks
// are aligned as a whole, by what survives translation:
//
//	article                          translation
//	## Get started                   ## 시작하기            what it is
//	Run `npm start` in 2 terminals.  터미널 2개에서 `npm start`를 실행하세요.
//	                                                      code, addresses, numbers, names: the rarer the more
//	(a block of code)                (the same, comments translated)
//	                                 역자 주: …             a block more
//
// and by length. Dynamic programming finds the cheapest way through both: a block
// for a block, none for one, two for one, two for two. It looks at a corridor
// along the blocks that have something rare in common, which it widens where the
// way touches its wall, and is therefore linear in the blocks.
//
// Law: every segment of the translation is in a pair or among those without a
// source, every segment of the article in a pair or among those without a
// translation. A pair says how sure it is, and nothing is refused.
package adopt

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/prose"
)

// Pair is a segment of the article and what translates it.
type Pair struct {
	Source     int    // its index among the article's segments
	Targets    []int  // indices among the translation's segments, in order
	Text       string // the translation, as one for this segment
	Confidence int    // in percent
	Sure       bool   // nobody has to look
	Why        string // why somebody has to look: one of the reasons below
}

// The reasons why somebody has to look at a pair.
const (
	Unsure = "unsure" // it might as well be another
	Joined = "joined" // several segments of the translation translate one
	Merged = "merged" // a segment of the translation translates several, of which this is the main one
	Moved  = "moved"  // it stands elsewhere in the translation
	Kind   = "kind"   // it is of another kind: a heading, and no heading
)

// Alignment is what became of the segments of both.
type Alignment struct {
	Pairs    []Pair // in the order of the article
	Missing  []int  // segments of the article without a translation
	Same     []int  // segments of the article that the translation has untranslated
	Leftover []int  // segments of the translation without a source
}

// Align aligns an article and its translation, whose languages are those of the
// documents and whose dialect is the same.
func Align(source, translation *markdown.Document) *Alignment {
	a := &aligner{
		docs:   [2]*markdown.Document{source, translation},
		labels: [2]markdown.Labels{markdown.LabelsOf(source), markdown.LabelsOf(translation)},
		paired: [2]map[int]bool{{}, {}},
	}
	a.frontMatter()
	a.blocks = blocksOf(source, translation)
	p := newPath(a.blocks, density(translation.Language)/density(source.Language))
	for _, l := range p.find() {
		a.link(l)
	}
	a.contradicted()
	a.moved()
	return a.result()
}

// density is how many characters a text takes in a language, English being 1: the
// medians of many technical and literary translations.
func density(t locale.Tag) float64 {
	base, _ := t.Base()
	switch base.String() {
	case "zh":
		return 0.36
	case "ja", "ko":
		return 0.53
	}
	return 1
}

// aligner is one run of Align. Where there are two of a thing, the first is the
// article's and the second the translation's.
type aligner struct {
	docs   [2]*markdown.Document
	labels [2]markdown.Labels
	blocks *blocks
	paired [2]map[int]bool // segments
	pairs  []Pair
}

// frontMatter pairs values by their keys.
func (a *aligner) frontMatter() {
	byName := map[string][]int{}
	for i, s := range a.docs[1].Segments {
		if s.Kind == markdown.FrontMatter {
			byName[s.Name] = append(byName[s.Name], i)
		}
	}
	for i, s := range a.docs[0].Segments {
		if same := byName[s.Name]; s.Kind == markdown.FrontMatter && len(same) > 0 {
			byName[s.Name] = same[1:]
			a.add(Pair{Source: i, Targets: same[:1], Confidence: 100})
		}
	}
}

// sureFrom is the least margin, in nats, of a pair at which nobody has to look.
const sureFrom = 3

// link makes pairs of a step of the path.
func (a *aligner) link(l link) {
	sources, targets := a.blocks.side[0][l.source:l.source+l.sources], a.blocks.side[1][l.target:l.target+l.targets]
	if l.sources == 0 || l.targets == 0 || sources[0].seg == nil {
		return
	}
	p := Pair{Source: sources[0].segment, Targets: segments(targets), Confidence: percent(l.margin)}
	if l.strange {
		p.Confidence = min(p.Confidence, percent(0))
	}
	if l.margin < sureFrom || l.strange {
		p.Why = Unsure
	}
	switch {
	case l.sources == 2 && l.targets == 2:
		p.Why = Unsure
		if a.blocks.crossed(sources, targets) {
			slices.Reverse(p.Targets)
		}
		for i, t := range p.Targets {
			a.add(Pair{Source: sources[i].segment, Targets: []int{t}, Confidence: p.Confidence, Why: p.Why})
		}
		return
	case l.sources == 2:
		p.Why = Merged
		p.Source = a.blocks.main(sources, &targets[0]).segment
	case l.targets == 2:
		p.Why = Joined
	case kindCost(sources[0].seg, targets[0].seg) >= otherKind:
		p.Why = Kind
	}
	a.add(p)
}

func segments(blocks []block) []int {
	found := make([]int, len(blocks))
	for i := range blocks {
		found[i] = blocks[i].segment
	}
	return found
}

// percent is a margin as the probability that the pair is right, if the next best
// way is the only other.
func percent(margin float64) int { return int(100 / (1 + math.Exp(-margin))) }

func (a *aligner) add(p Pair) {
	a.paired[0][p.Source] = true
	for _, t := range p.Targets {
		a.paired[1][t] = true
	}
	a.pairs = append(a.pairs, p)
}

// join is texts as one: with a space where the language sets one between sentences.
func join(parts []string, t locale.Tag) string {
	if locale.Spaced(t) {
		return strings.Join(parts, " ")
	}
	return strings.Join(parts, "")
}

// contradicted takes pairs apart that nobody is sure of, if the two have nothing in
// common, and one has something that a block elsewhere has alone.
func (a *aligner) contradicted() {
	for i := range a.pairs {
		p := &a.pairs[i]
		source := a.blocks.of(0, p.Source)
		if p.Why != Unsure && p.Why != Joined || source == nil {
			continue
		}
		p.Targets = slices.DeleteFunc(p.Targets, func(t int) bool {
			target := a.blocks.of(1, t)
			wrong := a.blocks.compare(source, target).weight == 0 && (a.blocks.elsewhere(source) || a.blocks.elsewhere(target))
			a.paired[1][t] = !wrong
			return wrong
		})
		a.paired[0][p.Source] = len(p.Targets) > 0
		if p.Why == Joined && len(p.Targets) == 1 {
			p.Why = Unsure
		}
	}
	a.pairs = slices.DeleteFunc(a.pairs, func(p Pair) bool { return len(p.Targets) == 0 })
}

// moved pairs what is left by what is rare: a list in the order of another alphabet.
func (a *aligner) moved() {
	left := map[int32]*block{} // blocks of the translation, by what they have alone
	for i := range a.blocks.side[1] {
		if b := &a.blocks.side[1][i]; b.seg != nil && !a.paired[1][b.segment] {
			for _, id := range b.anchors {
				if a.blocks.single[id] {
					left[id] = b
				}
			}
		}
	}
	for i := range a.blocks.side[0] {
		b := &a.blocks.side[0][i]
		if b.seg == nil || a.paired[0][b.segment] {
			continue
		}
		for _, id := range b.anchors {
			if t := left[id]; t != nil && !a.paired[1][t.segment] && kindCost(b.seg, t.seg) < otherKind {
				a.add(Pair{Source: b.segment, Targets: []int{t.segment}, Confidence: percent(0), Why: Moved})
				break
			}
		}
	}
}

// leastWords is how many words of a text that is the same in the translation make
// it one that was not translated, rather than a name.
const leastWords = 4

// result writes the texts of the pairs and gathers what has none. A text that the
// translation has as it is in the article is not a translation.
func (a *aligner) result() *Alignment {
	slices.SortFunc(a.pairs, func(x, y Pair) int { return cmp.Compare(x.Source, y.Source) })
	r := &Alignment{}
	for _, p := range a.pairs {
		source := a.docs[0].Segments[p.Source].Text
		parts := make([]string, len(p.Targets))
		for i, t := range p.Targets {
			parts[i] = a.docs[1].Segments[t].Text
		}
		p.Text = a.labels[1].Carry(join(parts, a.docs[1].Language), a.labels[0])
		p.Sure = p.Why == ""
		if p.Text == source && prose.Words(markdown.Plain(source), a.docs[0].Language) >= leastWords {
			r.Same = append(r.Same, p.Source)
		} else {
			r.Pairs = append(r.Pairs, p)
		}
	}
	for i := range a.docs[0].Segments {
		if !a.paired[0][i] {
			r.Missing = append(r.Missing, i)
		}
	}
	for i := range a.docs[1].Segments {
		if !a.paired[1][i] {
			r.Leftover = append(r.Leftover, i)
		}
	}
	return r
}
