package adopt

import (
	"cmp"
	"math"
	"slices"
	"strings"

	"dragoman/internal/markdown"
	"dragoman/internal/prose"
)

// block is a block of one side: a segment or a landmark.
type block struct {
	segment int               // its index; -1: a landmark
	seg     *markdown.Segment // nil: a landmark
	name    string            // of a landmark
	code    bool
	size    float64 // in characters that a reader sees
	anchors []int32 // those that occur on both sides, the rarest, in ascending order
	lasting float64 // how much would have to be in a translation
}

// blocks are those of an article and of its translation.
type blocks struct {
	side   [2][]block
	places [2][]int  // of segments among the blocks
	weight []float64 // of an anchor: how much it says that two blocks have it
	last   []float64 // how much it says that only one has it
	single []bool    // one block of each side has it

	headings []int32 // the anchors that are ids of headings
}

// of is the block of a segment, nil if that is of front matter.
func (b *blocks) of(side, segment int) *block {
	all := b.side[side]
	i, ok := slices.BinarySearchFunc(b.places[side], segment, func(at, segment int) int { return cmp.Compare(all[at].segment, segment) })
	if !ok {
		return nil
	}
	return &all[b.places[side][i]]
}

// main is the one of two blocks that has most in common with another, else the longer.
func (b *blocks) main(two []block, other *block) *block {
	x, y := b.compare(&two[0], other).weight, b.compare(&two[1], other).weight
	if y > x || y == x && two[1].size > two[0].size {
		return &two[1]
	}
	return &two[0]
}

// elsewhere reports whether a block has an anchor for one block of the other side
// alone.
func (b *blocks) elsewhere(bl *block) bool {
	return slices.ContainsFunc(bl.anchors, func(id int32) bool { return b.single[id] && b.last[id] >= 1 })
}

// crossed reports whether two blocks have more in common with two others if these
// change places.
func (b *blocks) crossed(s, t []block) bool {
	straight := b.compare(&s[0], &t[0]).weight + b.compare(&s[1], &t[1]).weight
	return b.compare(&s[0], &t[1]).weight+b.compare(&s[1], &t[0]).weight > straight
}

// shared is what two blocks have in common, and the cost of their kinds.
type shared struct {
	weight  float64
	lasting float64
	kind    float64
}

func (b *blocks) compare(s, t *block) (c shared) {
	x, y := s.anchors, t.anchors
	for len(x) > 0 && len(y) > 0 {
		switch {
		case x[0] < y[0]:
			x = x[1:]
		case x[0] > y[0]:
			y = y[1:]
		default:
			c.weight += b.weight[x[0]]
			c.lasting += b.last[x[0]]
			x, y = x[1:], y[1:]
		}
	}
	switch {
	case s.seg != nil && t.seg != nil:
		c.kind = kindCost(s.seg, t.seg)
	case s.seg != nil || t.seg != nil:
		c.kind = impossible
	case s.name != t.name:
		c.kind = otherName
	case c.weight == 0:
		c.kind = otherInside
	}
	return c
}

// mostAnchors is how many anchors of a block are compared.
const mostAnchors = 24

// mention is an anchor where it occurs.
type mention struct {
	sort sort
	text string
}

func blocksOf(source, translation *markdown.Document) *blocks {
	b := &blocks{}
	said := map[mention]int32{} // anchors of the translation
	var counts [2][]int
	var met []int // by anchor, the block that it was last met in
	blocks := 0
	mentions := [2][][]int32{}
	for _, side := range []int{1, 0} { // so that words of the article alone are passed over
		doc := [2]*markdown.Document{source, translation}[side]
		b.side[side] = sequence(doc)
		ids := doc.GivenIDs()
		if side == 0 {
			ids = headingIDs(doc)
		}
		mentions[side] = make([][]int32, len(b.side[side]))
		for i := range b.side[side] {
			bl := &b.side[side][i]
			blocks++
			bl.read(ids, func(s sort, text string) {
				m := mention{s, text}
				id, known := said[m]
				if !known {
					bl.lasting += lastingOf(s) * boolOf(side == 0)
					if side == 0 {
						return
					}
					id = int32(len(said))
					said[m] = id
					b.last = append(b.last, lastingOf(s))
					b.weight = append(b.weight, worth[s])
					if s == heading {
						b.headings = append(b.headings, id)
					}
					counts[0], counts[1], met = append(counts[0], 0), append(counts[1], 0), append(met, 0)
				}
				if met[id] != blocks {
					met[id] = blocks
					counts[side][id]++
					mentions[side][i] = append(mentions[side][i], id)
					bl.lasting += b.last[id]
				}
			})
		}
	}
	b.weigh(counts)
	for _, id := range b.headings {
		if counts[0][id] > 0 { // a translation has an id that its own text does not make
			b.last[id] = mostMiss
		}
	}
	for side := range b.side {
		for i := range b.side[side] {
			bl := &b.side[side][i]
			bl.anchors = b.choose(mentions[side][i])
			for _, id := range bl.anchors {
				if b.last[id] == mostMiss { // of a heading
					bl.lasting += b.last[id]
				}
			}
			if bl.seg != nil {
				b.places[side] = append(b.places[side], i)
			}
		}
	}
	return b
}

func lastingOf(s sort) float64 {
	if int(s) < len(lasting) {
		return lasting[s]
	}
	return 0
}

func boolOf(b bool) float64 {
	if b {
		return 1
	}
	return 0
}

// weigh gives anchors their weights: the rarer on both sides, the more.
func (b *blocks) weigh(counts [2][]int) {
	n := float64(max(20, len(b.side[0]), len(b.side[1])))
	b.single = make([]bool, len(b.weight))
	for id := range b.weight {
		s, t := counts[0][id], counts[1][id]
		b.single[id] = s == 1 && t == 1
		if s == 0 {
			b.weight[id] = 0
			continue
		}
		b.weight[id] *= math.Log(1 + n/float64(s*t))
	}
}

// choose are the anchors of a block that say the most.
func (b *blocks) choose(ids []int32) []int32 {
	ids = slices.DeleteFunc(ids, func(id int32) bool { return b.weight[id] == 0 })
	if len(ids) > mostAnchors {
		slices.SortStableFunc(ids, func(x, y int32) int { return cmp.Compare(b.weight[y], b.weight[x]) })
		ids = ids[:mostAnchors]
	}
	slices.Sort(ids)
	return ids
}

// sequence are the blocks of a document, without its front matter.
func sequence(d *markdown.Document) []block {
	marks := d.Landmarks()
	all := make([]block, 0, len(d.Segments)+len(marks))
	for i := range d.Segments {
		for ; len(marks) > 0 && marks[0].Segment <= i; marks = marks[1:] {
			all = append(all, landmark(&marks[0]))
		}
		if seg := &d.Segments[i]; seg.Kind != markdown.FrontMatter {
			all = append(all, block{segment: i, seg: seg})
		}
	}
	for i := range marks {
		all = append(all, landmark(&marks[i]))
	}
	return all
}

func landmark(l *markdown.Landmark) block {
	return block{segment: -1, name: l.Name + "\x00" + l.Text, code: l.Code}
}

// headingIDs are the anchors of headings, by segment, given or made of their text: a
// translator may have given those that the article's text makes.
func headingIDs(d *markdown.Document) map[int]string {
	ids := map[int]string{}
	for _, h := range d.Headings() {
		if h.Segment >= 0 {
			ids[h.Segment] = h.ID
		}
	}
	return ids
}

// read finds the block's anchors, and its size.
func (b *block) read(ids map[int]string, add func(sort, string)) {
	if b.seg == nil {
		name, text, _ := strings.Cut(b.name, "\x00")
		b.size = float64(prose.Characters(text))
		add(whole, b.name)
		if b.code {
			for l := range strings.Lines(text) {
				if l = strings.TrimSpace(l); len(l) > 1 {
					add(line, l)
				}
			}
		}
		b.name = name
		return
	}
	b.size = float64(prose.Characters(markdown.Plain(b.seg.Text)))
	anchors(b.seg.Text, add)
	add(text, b.seg.Text)
	if id := ids[b.segment]; id != "" {
		add(heading, id)
	}
}

// The costs of pairing what is not of one kind, in nats.
const (
	otherLevel  = 1
	otherFlow   = 1.5 // a paragraph and an item of a list
	otherKind   = 4
	impossible  = 1000
	otherName   = 6 // landmarks
	otherInside = 4 // landmarks with nothing in common
)

// kindCost is the cost of pairing segments of two kinds.
func kindCost(a, b *markdown.Segment) float64 {
	switch {
	case a.Kind == b.Kind && a.Level == b.Level:
		return 0
	case a.Kind == b.Kind:
		return otherLevel
	case unlike(a.Kind) || unlike(b.Kind):
		return impossible
	case flows(a.Kind) && flows(b.Kind):
		return otherFlow
	}
	return otherKind
}

// unlike reports whether a text of a kind is not Markdown.
func unlike(k markdown.Kind) bool { return k == markdown.HTML || k == markdown.Comment }

// flows reports whether a segment is a paragraph, wherever it stands.
func flows(k markdown.Kind) bool {
	switch k {
	case markdown.Paragraph, markdown.Item, markdown.Quote, markdown.Definition, markdown.Term:
		return true
	}
	return false
}

// merges reports whether two neighbours may be one in the other language.
func merges(a, b *block) bool {
	return a.seg != nil && b.seg != nil && a.seg.Kind == b.seg.Kind && (flows(a.seg.Kind) || a.seg.Kind == markdown.Footnote)
}
