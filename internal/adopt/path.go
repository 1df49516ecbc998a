package adopt

import (
	"cmp"
	"math"
	"slices"
)

// link is a step of the path: some blocks of the article and those of the
// translation that go with them.
type link struct {
	source, sources int // the first, and how many
	target, targets int
	margin          float64 // what the cheapest way without it costs more, in nats
	strange         bool    // the two have nothing in common, not even their length
}

// move is a kind of step.
type move struct{ sources, targets int }

// The moves. The first four pair blocks.
var moves = [...]move{{1, 1}, {2, 1}, {1, 2}, {2, 2}, {1, 0}, {0, 1}}

const pairing = 4

// The costs of moves, in nats: the logarithms of how rare they are.
const (
	costTwo      = 2.6 // of 2-1 and 1-2
	costTwoTwo   = 6.5
	costLoss     = 3.5 // of a segment
	costLandmark = 2.5 // of a landmark
)

// path is the search for the cheapest way through both sequences.
type path struct {
	*blocks
	n, m  int
	ratio float64
	chain []point
	width int

	lo, hi  []int // of each row of cells: the first column, and that after the last
	row     []int // where the row begins in the arrays below
	costs   [][pairing]float32
	forward []float32 // the cost of the cheapest way to a cell
	back    []float32 // and from it
}

// point is a block of the article and one of the translation that have a rare
// anchor in common.
type point struct {
	source, target int
	weight         float64
}

func newPath(b *blocks, ratio float64) *path {
	p := &path{blocks: b, n: len(b.side[0]), m: len(b.side[1]), width: firstWidth}
	p.chain = p.anchored()
	p.ratio = p.measure(ratio)
	return p
}

// The half width of the corridor at first, and how many cells it may have before it
// widens no more.
const (
	firstWidth = 6
	mostCells  = 1 << 21
)

// find is the cheapest path.
func (p *path) find() []link {
	for {
		p.corridor()
		p.search()
		links, touched := p.trace()
		if !touched || 4*len(p.costs) > mostCells {
			p.margins(links)
			return links
		}
		p.width *= 4
	}
}

// anchored is the heaviest chain of points that are in order on both sides.
func (p *path) anchored() []point {
	var all []point
	at := map[int32]int{}
	for j, b := range p.side[1] {
		for _, id := range b.anchors {
			at[id] = j
		}
	}
	for i := range p.side[0] {
		sums := map[int]float64{}
		for _, id := range p.side[0][i].anchors {
			if p.single[id] {
				sums[at[id]] += p.weight[id]
			}
		}
		for j, weight := range sums {
			all = append(all, point{i, j, weight})
		}
	}
	slices.SortFunc(all, func(a, b point) int { return cmp.Or(cmp.Compare(a.source, b.source), cmp.Compare(b.target, a.target)) })
	return heaviest(all, p.m)
}

// heaviest is the heaviest chain of points, which are in order of source and, of one
// source, in reverse order of target.
func heaviest(all []point, m int) []point {
	before := make([]int, len(all))
	sums := make([]float64, len(all))
	best := make([]int, m+1) // a tree of prefixes: the heaviest chain that ends there; 0: none
	end := -1
	for k, p := range all {
		before[k] = -1
		for j := p.target; j > 0; j -= j & -j {
			if b := best[j] - 1; b >= 0 && (before[k] < 0 || sums[b] > sums[before[k]]) {
				before[k] = b
			}
		}
		sums[k] = p.weight
		if before[k] >= 0 {
			sums[k] += sums[before[k]]
		}
		for j := p.target + 1; j <= m; j += j & -j {
			if b := best[j] - 1; b < 0 || sums[k] > sums[b] {
				best[j] = k + 1
			}
		}
		if end < 0 || sums[k] > sums[end] {
			end = k
		}
	}
	var chain []point
	for ; end >= 0; end = before[end] {
		chain = append(chain, all[end])
	}
	slices.Reverse(chain)
	return chain
}

// enough is how many pairs of the chain tell the ratio of lengths, and shortest the
// least length of a text that tells anything.
const (
	enough   = 8
	shortest = 20
)

// measure is the ratio of lengths: that of the chain if it is long enough.
func (p *path) measure(ratio float64) float64 {
	var found []float64
	for _, c := range p.chain {
		s, t := &p.side[0][c.source], &p.side[1][c.target]
		if s.seg != nil && t.seg != nil && s.size >= shortest && t.size > 0 && s.seg.Kind == t.seg.Kind && s.seg.Text != t.seg.Text {
			found = append(found, t.size/s.size)
		}
	}
	if len(found) < enough {
		return ratio
	}
	slices.Sort(found)
	return min(max(found[len(found)/2], ratio/3), ratio*3)
}

// corridor lays out the cells: along the chain, and as wide on each side.
func (p *path) corridor() {
	p.lo, p.hi, p.row = make([]int, p.n+1), make([]int, p.n+1), make([]int, p.n+2)
	most := max(p.width, mostCells/(2*(p.n+1)))
	from := point{source: 0, target: 0}
	chain := append(slices.Clone(p.chain), point{source: p.n, target: p.m})
	next := 0
	for i := range p.n + 1 {
		for next < len(chain)-1 && chain[next].source < i {
			from = chain[next]
			next++
		}
		to := chain[next]
		span, rise := max(to.source-from.source, 1), to.target-from.target
		center := from.target + (i-from.source)*rise/span
		width := min(p.width+abs(rise-span), most)
		p.lo[i], p.hi[i] = max(0, center-width), min(p.m, center+width)+1
	}
	p.lo[0], p.hi[p.n] = 0, p.m+1
	for i := p.n; i > 0; i-- { // rows overlap, and walls never go back
		p.lo[i-1] = min(p.lo[i-1], p.lo[i])
	}
	for i := 1; i <= p.n; i++ {
		p.hi[i] = max(p.hi[i], p.hi[i-1])
		p.lo[i] = min(p.lo[i], p.hi[i-1]-1)
	}
	for i := range p.n + 1 {
		p.row[i+1] = p.row[i] + p.hi[i] - p.lo[i]
	}
	cells := p.row[p.n+1]
	p.costs = make([][pairing]float32, cells)
	p.forward, p.back = make([]float32, cells), make([]float32, cells)
}

func abs(n int) int { return max(n, -n) }

// cell is the index of a cell, -1 if it lies outside.
func (p *path) cell(i, j int) int {
	if i < 0 || i > p.n || j < p.lo[i] || j >= p.hi[i] {
		return -1
	}
	return p.row[i] + j - p.lo[i]
}

// search fills the arrays.
func (p *path) search() {
	p.price()
	far := float32(math.Inf(1))
	for i := range p.n + 1 {
		for j := p.lo[i]; j < p.hi[i]; j++ {
			best := far
			if i == 0 && j == 0 {
				best = 0
			}
			for k, mv := range moves {
				if c := p.cell(i-mv.sources, j-mv.targets); c >= 0 {
					best = min(best, p.forward[c]+p.cost(i, j, k))
				}
			}
			p.forward[p.cell(i, j)] = best
		}
	}
	for i := p.n; i >= 0; i-- {
		for j := p.hi[i] - 1; j >= p.lo[i]; j-- {
			best := far
			if i == p.n && j == p.m {
				best = 0
			}
			for k, mv := range moves {
				if c := p.cell(i+mv.sources, j+mv.targets); c >= 0 {
					best = min(best, p.back[c]+p.cost(i+mv.sources, j+mv.targets, k))
				}
			}
			p.back[p.cell(i, j)] = best
		}
	}
}

// cost is that of a move to a cell.
func (p *path) cost(i, j, k int) float32 {
	switch moves[k] {
	case move{1, 0}:
		return loss(&p.side[0][i-1])
	case move{0, 1}:
		return loss(&p.side[1][j-1])
	}
	return p.costs[p.cell(i, j)][k]
}

func loss(b *block) float32 {
	if b.seg == nil {
		return costLandmark
	}
	return costLoss
}

// price sets what the moves that pair blocks cost.
func (p *path) price() {
	common := make([]shared, len(p.costs))
	for i := 1; i <= p.n; i++ {
		for j := max(1, p.lo[i]); j < p.hi[i]; j++ {
			at := p.cell(i, j)
			common[at] = p.compare(&p.side[0][i-1], &p.side[1][j-1])
			costs := &p.costs[at]
			for k := range pairing {
				costs[k] = float32(math.Inf(1))
				mv := moves[k]
				if i >= mv.sources && j >= mv.targets {
					costs[k] = float32(p.priceOf(i, j, mv, common))
				}
			}
		}
	}
}

// mostGain bounds what anchors can do: they often come together.
const mostGain = 12

// mostMiss bounds what it costs that lasting anchors are not there.
const mostMiss = 4

// priceOf is the cost of a move that pairs the blocks before a cell.
func (p *path) priceOf(i, j int, mv move, common []shared) float64 {
	s, t := p.side[0][i-mv.sources:i], p.side[1][j-mv.targets:j]
	if mv.sources == 2 && !merges(&s[0], &s[1]) || mv.targets == 2 && !merges(&t[0], &t[1]) {
		return math.Inf(1)
	}
	all, ok := p.together(i, j, mv, common)
	if !ok || all.kind >= impossible {
		return math.Inf(1)
	}
	cost := all.kind - min(all.weight, mostGain)
	switch {
	case mv == move{2, 2}:
		cost += costTwoTwo
	case mv != move{1, 1}:
		cost += costTwo
	}
	if s[0].seg == nil {
		return cost
	}
	var size [2]float64
	missing := -2 * all.lasting
	for side, blocks := range [2][]block{s, t} {
		for x := range blocks {
			size[side] += blocks[x].size
			missing += blocks[x].lasting
		}
	}
	if mv == (move{1, 1}) && s[0].seg.Text == t[0].seg.Text { // it was left untranslated
		return cost
	}
	return cost + lengthCost(size[0]*p.ratio, size[1]) + min(max(missing, 0), mostMiss)
}

// together is what the blocks of a move have in common, each anchor counted once. It
// reports false if one of the cells is outside.
func (p *path) together(i, j int, mv move, common []shared) (all shared, ok bool) {
	var c [2][2]shared // from the end
	for x := range mv.sources {
		for y := range mv.targets {
			at := p.cell(i-x, j-y)
			if at < 0 {
				return shared{}, false
			}
			c[x][y] = common[at]
			all.kind = max(all.kind, common[at].kind)
		}
	}
	switch mv {
	case move{1, 1}:
		return c[0][0], true
	case move{2, 2}: // one for one, in either order
		all.weight = max(c[0][0].weight+c[1][1].weight, c[0][1].weight+c[1][0].weight)
		all.lasting = max(c[0][0].lasting+c[1][1].lasting, c[0][1].lasting+c[1][0].lasting)
		return all, true
	case move{2, 1}:
		c[0][1] = c[1][0]
	}
	all.weight, all.lasting = c[0][0].weight+c[0][1].weight, c[0][0].lasting+c[0][1].lasting
	if c[0][0].weight > 0 && c[0][1].weight > 0 {
		one, two := p.side[0][i-mv.sources:i], p.side[1][j-mv.targets:j]
		if mv.targets == 2 {
			one, two = two, one
		}
		twice := p.inThree(one[0].anchors, one[1].anchors, two[0].anchors)
		all.weight -= twice.weight
		all.lasting -= twice.lasting
	}
	return all, true
}

// inThree is what three blocks have in common.
func (p *path) inThree(x, y, z []int32) (c shared) {
	for _, id := range x {
		for len(y) > 0 && y[0] < id {
			y = y[1:]
		}
		for len(z) > 0 && z[0] < id {
			z = z[1:]
		}
		if len(y) > 0 && len(z) > 0 && y[0] == id && z[0] == id {
			c.weight += p.weight[id]
			c.lasting += p.last[id]
		}
	}
	return c
}

// variance of the length of a translation, per character, after Gale and Church, A
// program for aligning sentences in bilingual corpora (1993).
const variance = 6.8

// mostLength bounds what a length can cost.
const mostLength = 8

// lengthCost is the cost of two lengths, the first of which is what the second is
// expected to be: how improbable it is that it differs so much.
func lengthCost(expected, length float64) float64 {
	if expected+length == 0 {
		return 0
	}
	delta := math.Abs(length-expected) / math.Sqrt(variance*(expected+length)/2)
	if delta > 4 {
		return mostLength
	}
	return min(-math.Log(math.Erfc(delta/math.Sqrt2)), mostLength)
}

// trace follows the cheapest path back, and tells whether it touches a wall.
func (p *path) trace() (links []link, touched bool) {
	for i, j := p.n, p.m; i > 0 || j > 0; {
		here := p.forward[p.cell(i, j)]
		mv := moves[0]
		for k := range moves {
			mv = moves[k]
			if c := p.cell(i-mv.sources, j-mv.targets); c >= 0 && p.forward[c]+p.cost(i, j, k) == here {
				break
			}
		}
		if i > 0 && i < p.n {
			touched = touched || j == p.lo[i] && j > 0 || j == p.hi[i]-1 && j < p.m
		}
		i, j = i-mv.sources, j-mv.targets
		links = append(links, link{source: i, sources: mv.sources, target: j, targets: mv.targets})
	}
	slices.Reverse(links)
	return links, touched
}

// margins sets the margin of each link that pairs blocks.
func (p *path) margins(links []link) {
	best := p.forward[p.cell(p.n, p.m)]
	for l := range links {
		k := &links[l]
		if k.sources == 0 || k.targets == 0 {
			continue
		}
		k.strange = p.strange(k)
		k.margin = math.Inf(1)
		for x := range k.sources {
			k.margin = min(k.margin, float64(p.without(k.source+x, k)-best))
		}
	}
}

// mostStrange is the cost of a length beyond which a pair wants something in common.
const mostStrange = 2

// strange reports whether nothing but its place speaks for a link: no anchor, and the
// lengths are not likely, or something that should be in both is not.
func (p *path) strange(l *link) bool {
	s, t := &p.side[0][l.source], &p.side[1][l.target]
	if l.sources+l.targets != 2 || s.seg == nil || t.seg == nil || p.compare(s, t).weight > 0 {
		return false
	}
	return lengthCost(s.size*p.ratio, t.size) > mostStrange || s.lasting+t.lasting >= 1
}

// without is the cost of the cheapest path on which a block of the article is not
// paired with what a link pairs it with.
func (p *path) without(source int, l *link) float32 {
	best := float32(math.Inf(1))
	for k, mv := range moves {
		if mv.sources == 0 {
			continue
		}
		for i := source + 1; i <= min(p.n, source+mv.sources); i++ {
			for j := max(p.lo[i], mv.targets); j < p.hi[i]; j++ {
				c := p.cell(i-mv.sources, j-mv.targets)
				if c < 0 || mv.targets > 0 && j > l.target && j-mv.targets < l.target+l.targets {
					continue
				}
				best = min(best, p.forward[c]+p.cost(i, j, k)+p.back[p.cell(i, j)])
			}
		}
	}
	return best
}
