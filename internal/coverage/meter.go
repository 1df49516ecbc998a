package coverage

import (
	"strings"
	"unicode"

	"dragoman/internal/catalog"
	"dragoman/internal/diag"
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
	row := &Row{Language: in.Language, Article: in.Article, Priority: in.Priority, Behind: in.Behind}
	for _, f := range in.Findings {
		switch f.Severity {
		case diag.Error:
			row.Findings.Errors++
		case diag.Warning:
			row.Findings.Warnings++
		default:
			row.Findings.Infos++
		}
	}
	if in.File != nil {
		row.Catalog = in.File.Path
		broken := errorsOf(in.Findings)
		for _, message := range in.File.Messages {
			if !message.Obsolete && !prose.Wordless(message.Source) {
				m.message(row, &in, message, broken[message.Key])
			}
		}
	}
	row.Effort = m.weights.effort(row.Bands)
	row.weigh()
	row.Assigned = in.Assigned
	if row.Left().Messages > 0 {
		row.Assigned.Overdue = daysBetween(in.Assigned.Due, m.options.Today)
	}
	m.rows = append(m.rows, row)
}

// errorsOf are the findings that keep a passage from being shown, by message.
func errorsOf(found diag.List) map[catalog.Key]diag.List {
	var broken map[catalog.Key]diag.List
	for _, f := range found {
		if f.Severity != diag.Error {
			continue
		}
		if broken == nil {
			broken = map[catalog.Key]diag.List{}
		}
		broken[f.Key] = append(broken[f.Key], f)
	}
	return broken
}

// message counts one message.
func (m *Meter) message(row *Row, in *Input, one *catalog.Message, broken diag.List) {
	t := Tally{Messages: 1, Words: m.words.of(one.Source, in.Source)}
	t.measure(one, in.Language)
	row.States[one.State].add(t)
	action := judge(one, in, len(broken) > 0)
	row.Actions[action].add(t)
	if one.State.Final() && action == review.Show {
		row.Bands[Context].add(t)
		return
	}
	item := Item{
		Language: in.Language, Article: in.Article, Priority: in.Priority, Behind: in.Behind,
		Key: one.Key, Pos: one.Pos, State: one.State, Previous: one.Previous.Source,
		Words: t.Words, Changed: changed(one), Band: m.band(one, in), Action: action, Findings: broken,
	}
	row.Bands[item.Band].add(t)
	if stale(one.State) {
		if reason, known := review.Reason(one, in.Decisions); known {
			item.Class, item.What, item.Since = reason.Class(), reason.What(), day(reason.Date)
			item.Days = daysBetween(item.Since, m.options.Today)
		}
		row.Stale = addStale(row.Stale, Staleness{item.Class, t, item.Changed, item.Since, item.Days})
	}
	if m.options.All || m.options.Least[in.Language] > 0 || item.wanted() {
		item.keep(one, in.File.Path)
		m.work[in.Language] = append(m.work[in.Language], item)
	}
}

// keep makes the item's texts its own, so that the catalog need not be held for them.
func (i *Item) keep(m *catalog.Message, path string) {
	i.Key.Source, i.Key.Context = strings.Clone(i.Key.Source), strings.Clone(i.Key.Context)
	i.Previous = strings.Clone(i.Previous)
	if i.Pos.Path == "" {
		i.Pos.Path = path
	}
	if m.HasTarget() {
		for _, form := range append([]string{m.Target}, m.Forms...) {
			i.Target = append(i.Target, strings.Clone(form))
		}
	}
}

// judge is what the edition does with the message.
func judge(m *catalog.Message, in *Input, broken bool) review.Action {
	action := review.Show
	if !m.State.Final() || in.Policy.Unapproved > review.Show {
		action = review.Judge(m, in.Decisions, in.Policy, in.AsOf).Action
	}
	if action == review.Show && broken {
		action = in.Policy.Resolve().Broken
	}
	return action
}

// band is how much help there is for a message that is not done.
func (m *Meter) band(one *catalog.Message, in *Input) Band {
	if one.State.Final() {
		return Context
	}
	band := New
	if one.State != catalog.Untranslated {
		band = bandOf(match(one, in.Decisions))
	}
	if at := (repeat{in.Language, one.Source}); m.left[at] {
		if one.State == catalog.Untranslated {
			return Repetition
		}
	} else {
		m.left[repeat{in.Language, strings.Clone(one.Source)}] = true
	}
	return band
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
