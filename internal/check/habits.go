package check

import (
	"math"
	"slices"
	"strings"

	"dragoman/internal/catalog"
)

// peers are the catalogs of the language, at least the catalog itself.
func (c *Catalog) peers() *Peers {
	p := c.gathered()
	p.look()
	return p
}

// gathered are the peers, of which only the codes may be asked for.
func (c *Catalog) gathered() *Peers {
	if c.Peers == nil {
		c.Peers = Gather(c.File)
	}
	return c.Peers
}

// habits are what can be told from all translations of a language, as its translators
// write them.
type habits struct {
	spacing borders
	lengths ratios
	// Marks around and behind ideographs, which stand in half width by the habit of some.
	halfBrackets, halfColons widths
}

// widths counts marks of two widths.
type widths struct{ half, full int }

// fewestWidths are those from which a habit can be told.
const fewestWidths = 20

// usual reports whether most are of half width.
func (w widths) usual() bool { return w.half+w.full >= fewestWidths && w.half > w.full }

// width looks at the marks of a target.
func (h *habits) width(target string) {
	if strings.IndexByte(target, '(') >= 0 {
		h.halfBrackets.half += len(bracketed(target)) / 2
	}
	h.halfBrackets.full += strings.Count(target, "（")
	h.halfColons.full += strings.Count(target, "：")
	for rest := target; ; {
		i := strings.IndexByte(rest, ':')
		if i < 0 {
			return
		}
		if ideographic(lastOf(rest[:i])) {
			h.halfColons.half++
		}
		rest = rest[i+1:]
	}
}

// learn looks at a message.
func (h *habits) learn(m *catalog.Message) {
	h.spacing.count(m.Target)
	h.width(m.Target)
	if !m.State.Final() || m.Target == m.Source {
		return
	}
	if source, target, ok := lengths(m.Source, m.Target); ok && target > 0 {
		h.lengths = append(h.lengths, math.Log(float64(target)/float64(source)))
	}
}

// settle makes the habits fit to be asked.
func (h *habits) settle() { slices.Sort(h.lengths) }

// ratios are the logarithms of lengths of targets to those of their sources, sorted.
type ratios []float64

// fewestRatios are those from which bounds can be told.
const fewestRatios = 100

// usualRatios are those of translations from English where a project has too few of its
// own: the 5th percentile, the median and the 95th. Those of Chinese and Korean were
// measured on the course Comprehensive Rust and the documentation of React, as lengths
// does; those of Japanese are an estimate between the two kinds of measures that there are.
var usualRatios = map[string][3]float64{
	"zh": {.28, .36, .60}, "yue": {.28, .36, .60}, "ja": {.40, .53, .80}, "ko": {.38, .48, .75},
}

// How far from the median a length is told, in the distance of the nineteenth in twenty: a
// translation that says it in few words is often good, one of many words seldom.
const shorter, longer = 2.5, 1.85

// bounds are the least and the greatest ratio of a target that is neither short nor long
// for a source of that many letters: about twice as far from the median as nineteen in
// twenty are, and further for short texts, which vary more.
func (r ratios) bounds(c *Catalog, letters int) (low, high float64) {
	var least, median, most float64
	if len(r) >= fewestRatios {
		least, median, most = r[len(r)/20], r[len(r)/2], r[len(r)-1-len(r)/20]
	} else {
		base, _ := c.Language.Base()
		usual, ok := usualRatios[base.String()]
		source, _ := c.Source.Base()
		if !ok || source.String() != "en" {
			usual = [3]float64{.5, 1, 2}
		}
		least, median, most = math.Log(usual[0]), math.Log(usual[1]), math.Log(usual[2])
	}
	wide := math.Sqrt(60 / float64(letters))
	return math.Exp(median - (shorter+wide)*(median-least)), math.Exp(median + (longer+wide)*(most-median))
}
