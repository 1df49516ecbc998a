package coverage

import (
	"strconv"
	"strings"

	"dragoman/internal/catalog"
	"dragoman/internal/prose"
	"dragoman/internal/review"
)

// Band is how much help there is for a translation, as the trade counts it: how
// much the source has in common with one that was translated.
type Band uint8

// The bands.
const (
	New        Band = iota // nothing, or less than half
	Match50                // 50 to 74 percent
	Match75                // 75 to 84
	Match85                // 85 to 94
	Match95                // 95 to 99
	Match100               // the same text, elsewhere; or only to be read again
	Context                // the same text in its place: it is translated
	Repetition             // the same text is already among what is to be translated
)

// Bands is the number of bands.
const Bands = int(Repetition) + 1

var bandNames = [Bands]string{"new", "50-74", "75-84", "85-94", "95-99", "100", "context", "repetition"}

// String is the name that reports and machine-readable output use.
func (b Band) String() string { return bandNames[b] }

// Weights are what a word of each band counts for.
type Weights [Bands]float64

// DefaultWeights are those that are usual in the trade.
var DefaultWeights = Weights{New: 1, Match50: 1, Match75: .6, Match85: .4, Match95: .2, Match100: .1}

func (o *Options) weights() Weights {
	if o.Weights == nil {
		return DefaultWeights
	}
	return *o.Weights
}

func (w *Weights) effort(bands [Bands]Tally) (words float64) {
	for b, t := range bands {
		words += w[b] * float64(t.Words)
	}
	return words
}

// bandOf is the band of texts that have so much in common.
func bandOf(percent int) Band {
	switch {
	case percent >= 100:
		return Match100
	case percent >= 95:
		return Match95
	case percent >= 85:
		return Match85
	case percent >= 75:
		return Match75
	case percent >= 50:
		return Match50
	}
	return New
}

// match is how much of its source, in percent, the message's target was made for:
// what extract recorded of an offer, and of a stale target how much its earlier source
// has in common with the present one. A target of which nobody knows the source that it
// was made for is worth nothing if nobody knows why it is stale, and else only to be
// read again.
func match(m *catalog.Message, d *review.Decisions) int {
	if draft, ok := review.Draft(m, d); ok {
		return recorded(draft)
	}
	if m.Previous.Source != "" {
		// Only equal texts are alike to the last percent.
		percent := int(100 * prose.Similarity(m.Previous.Source, m.Source))
		if percent == 100 && m.Previous.Source != m.Source {
			percent = 99
		}
		return percent
	}
	if _, known := review.Reason(m, d); known {
		return 100
	}
	return 0
}

// recorded is the percentage in the note of a draft, "match 82"; 0 if there is none.
func recorded(draft review.Decision) int {
	figure, _ := strings.CutPrefix(draft.Note, "match ")
	percent, err := strconv.Atoi(figure)
	if err != nil || percent < 0 || percent > 100 {
		return 0
	}
	return percent
}
