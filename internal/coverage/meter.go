package coverage

import (
	"strings"
	"unicode"

	"dragoman/internal/catalog"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/prose"
	"dragoman/internal/review"

	"golang.org/x/text/language"
)

// Meter measures one catalog after the other, so that they need not all be held. It
// is for one goroutine; languages may be measured by several.
type Meter struct {
	options Options
	weights Weights
	words   *Words
	rows    []*Row
	work    map[locale.Tag][]Item
	left    map[repeat]bool // sources that are already among what is to be translated
}

// repeat is a source in a language.
type repeat struct {
	language locale.Tag
	source   string
}

// NewMeter is a meter that has measured nothing.
func NewMeter(o Options) *Meter {
	return &Meter{
		options: o, weights: o.weights(), words: o.Words.fork(),
		work: map[locale.Tag][]Item{}, left: map[repeat]bool{},
	}
}

// Add measures one catalog.
func (m *Meter) Add(in Input) {
	m.Take(in, m.Sheet(in))
}

// Take measures a catalog that was read before, with the same of the input that a Sheet
// depends on. The input needs no File.
func (m *Meter) Take(in Input, s *Sheet) {
	row := &Row{Language: in.Language, Article: in.Article, Catalog: s.Catalog, Priority: in.Priority, Behind: in.Behind, Findings: s.Findings}
	row.States[catalog.Translated], row.States[catalog.Approved] = s.Translated, s.Approved
	for _, t := range []Tally{s.Translated, s.Approved} {
		row.Actions[review.Show].add(t)
		row.Bands[Context].add(t)
	}
	for i := range s.Open {
		m.open(row, &in, &s.Open[i])
	}
	row.Effort = m.weights.effort(row.Bands)
	row.weigh()
	row.Assigned = in.Assigned
	if row.Left().Messages > 0 {
		row.Assigned.Overdue = daysBetween(in.Assigned.Due, m.options.Today)
	}
	m.rows = append(m.rows, row)
}

// open counts a message that is not published as it is.
func (m *Meter) open(row *Row, in *Input, o *Open) {
	action := o.action(in)
	row.States[o.State].add(o.Size)
	row.Actions[action].add(o.Size)
	band := m.band(o, in.Language)
	row.Bands[band].add(o.Size)
	if o.State.Final() && action == review.Show {
		return
	}
	item := Item{
		Open: *o, Language: in.Language, Article: in.Article, Priority: in.Priority, Behind: in.Behind,
		Days: daysBetween(o.Since, m.options.Today), Band: band, Action: action,
	}
	if stale(o.State) {
		row.Stale = addStale(row.Stale, Staleness{o.Class, o.Size, o.Changed, o.Since, item.Days})
	}
	if m.options.All || m.options.Least[in.Language] > 0 || item.wanted() {
		m.work[in.Language] = append(m.work[in.Language], item)
	}
}

// band is how much help there is for a message.
func (m *Meter) band(o *Open, tag locale.Tag) Band {
	if o.State.Final() {
		return Context
	}
	at := repeat{tag, o.Key.Source}
	if m.left[at] && o.State == catalog.Untranslated {
		return Repetition
	}
	m.left[at] = true
	return o.Match
}

// measure counts a message's target.
func (t *Tally) measure(m *catalog.Message, tag locale.Tag) {
	if !m.HasTarget() {
		return
	}
	korean := isKorean(tag)
	for i := -1; i < len(m.Forms); i++ {
		text := m.Target
		if i >= 0 {
			text = m.Forms[i]
		}
		text = markdown.Plain(text)
		t.Characters += prose.Characters(text)
		if korean {
			t.Eojeol += eojeol(text)
		}
	}
}

var korean = language.MustParseBase("ko")

func isKorean(tag locale.Tag) bool {
	base, _ := tag.Base()
	return base == korean
}

// eojeol counts what stands between white space and has a letter or a number.
func eojeol(text string) (n int) {
	counted := false
	for _, r := range text {
		switch {
		case prose.Space(r):
			counted = false
		case !counted && (unicode.IsLetter(r) || unicode.IsNumber(r)):
			counted = true
			n++
		}
	}
	return n
}

// Words counts the words of texts, each text once.
type Words struct {
	base     *Words // counted before, by others; not changed
	language locale.Tag
	counts   map[string]int
}

// Count counts the words of articles' texts, for meters to share.
func Count(source locale.Tag, docs []*markdown.Document) *Words {
	w := &Words{language: source, counts: map[string]int{}}
	for _, d := range docs {
		for i := range d.Segments {
			w.of(d.Segments[i].Text, source)
		}
	}
	return w
}

// fork is a counter that knows what w does, and changes it not. w may be nil.
func (w *Words) fork() *Words {
	f := &Words{base: w, counts: map[string]int{}}
	if w != nil {
		f.language = w.language
	}
	return f
}

// of is the number of words of a text in a language.
func (w *Words) of(text string, source locale.Tag) int {
	if w.base != nil && w.base.language == source {
		if n, ok := w.base.counts[text]; ok {
			return n
		}
	}
	if w.language != source {
		w.language, w.counts = source, map[string]int{}
	}
	n, ok := w.counts[text]
	if !ok {
		n = prose.Words(markdown.Plain(text), source)
		w.counts[strings.Clone(text)] = n
	}
	return n
}
