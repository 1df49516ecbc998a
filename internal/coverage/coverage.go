// Package coverage measures how far translations have come, how much work is
// left, and what keeps an edition from being published.
//
// A message counts once, and by the words of its source, so that the work left
// is seen rather than the number of paragraphs: an article of a 3-word heading
// and a 97-word paragraph whose heading alone is translated is at 3 percent.
//
//	ko  road.md   translated 10 messages, 82 words    82 %
//	              stale 4 messages, 38 words, of which 9 words changed, for 41 days
//	              effort 8.6 words: 25 words of 85-94 % at 0.4 …
//
// A message without a letter (prose.Wordless) counts nowhere, here and in
// editions.
//
// Law: every other live message is in exactly one state, in exactly one band of
// effort, and has exactly one action of the policy, so the tallies of a row add up
// to the article, the rows of a language to its total, and the languages to the
// whole.
package coverage

import (
	"cmp"
	"slices"
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/review"
)

// Input is one article's catalog in one language. Its messages have the states
// that review.Apply gave them. File is nil where there is no catalog.
type Input struct {
	Article  string
	Source   locale.Tag
	Language locale.Tag
	File     *catalog.File
	Behind   bool // the article was edited since the catalog was written
	Priority int  // what the article says

	Decisions *review.Decisions // of the language; nil: there are none
	Policy    review.Policy
	AsOf      time.Time // the day until which grace runs
	Assigned  Assignment
	Findings  diag.List // what checks found in the catalog; nil: they were not asked
}

// Options say how to measure.
type Options struct {
	Today   time.Time          // the day to which ages are counted
	Weights *Weights           // nil: DefaultWeights
	Least   map[locale.Tag]int // percent from which a language's edition is published; absent: from 0
	Words   *Words             // counts of words; nil: each source is counted when it is met
	// All lists every message that is left in Language.Work, not only those that are
	// stale or keep something from being published.
	All bool
}

// Tally is an amount of work: messages, the words of their sources, and the
// characters of their targets, white space not counted. Eojeol are the words of
// targets in Korean, as white space parts them; in other languages there are none.
type Tally struct {
	Messages   int
	Words      int
	Characters int
	Eojeol     int
}

func (t *Tally) add(o Tally) {
	t.Messages += o.Messages
	t.Words += o.Words
	t.Characters += o.Characters
	t.Eojeol += o.Eojeol
}

// The numbers of states that a message can be in and of actions of a policy.
const (
	States  = int(catalog.Approved) + 1
	Actions = int(review.Fail) + 1
)

// Row is the count of one article in one language, or a total.
type Row struct {
	Language locale.Tag // the zero Tag in the total over languages
	Article  string     // empty in totals
	Catalog  string     // the path of the article's catalog
	Priority int        // 0 in totals
	States   [States]Tally
	Bands    [Bands]Tally
	Effort   float64        // words, weighted by how much help there is
	Stale    []Staleness    // by class, gravest first
	Actions  [Actions]Tally // what the edition does with the passages; of Default there is none
	Findings Found
	Assigned Assignment // to nobody in totals
	Behind   bool       // in totals: of any article

	weighted struct{ done, total int } // words, times the weights of priorities
}

// Found is how many findings there are of each severity.
type Found struct{ Errors, Warnings, Infos int }

func (f *Found) add(o Found) {
	f.Errors += o.Errors
	f.Warnings += o.Warnings
	f.Infos += o.Infos
}

// Assignment is who translates an article, and until when; to nobody if To is empty.
type Assignment struct {
	To      string    // a pseudonym
	Due     time.Time // the last day; zero: none is set
	Overdue int       // days since, where the article is not done; set by the measurement
}

// Total is the work of all states.
func (r *Row) Total() Tally { return sum(r.States[:]) }

// Done is what is translated or approved.
func (r *Row) Done() Tally { return sum(r.States[catalog.Translated:]) }

// Left is what is not.
func (r *Row) Left() Tally { return sum(r.States[:catalog.Translated]) }

func sum(tallies []Tally) (t Tally) {
	for _, one := range tallies {
		t.add(one)
	}
	return t
}

// Percent is the share of the words that are translated or approved, rounded
// down. It is 100 where there is nothing to translate.
func (r *Row) Percent() int { return percent(r.Done().Words, r.Total().Words) }

// Weighted is Percent where each article counts by its priority: one of priority n
// counts n+1 times, so that one of priority 1 weighs as much as two without, and one
// below 0 does not count.
func (r *Row) Weighted() int { return percent(r.weighted.done, r.weighted.total) }

func percent(part, whole int) int {
	if whole == 0 {
		return 100
	}
	return 100 * part / whole
}

// mostPriority is from where on more priority weighs no more.
const mostPriority = 1000

func (r *Row) weigh() {
	weight := min(max(r.Priority+1, 0), mostPriority)
	r.weighted.done, r.weighted.total = weight*r.Done().Words, weight*r.Total().Words
}

func (r *Row) add(o *Row) {
	for i := range r.States {
		r.States[i].add(o.States[i])
	}
	for i := range r.Bands {
		r.Bands[i].add(o.Bands[i])
	}
	for i := range r.Actions {
		r.Actions[i].add(o.Actions[i])
	}
	r.Effort += o.Effort
	for _, s := range o.Stale {
		r.Stale = addStale(r.Stale, s)
	}
	r.Findings.add(o.Findings)
	r.weighted.done += o.weighted.done
	r.weighted.total += o.weighted.total
	r.Behind = r.Behind || o.Behind
}

// Language is the total of a language, and what it means.
type Language struct {
	Row
	Edition Edition
	// Work are the messages that are stale or keep something from being published,
	// with Options.All every one that is left, in the order in which they are best
	// done: what withholds most, what matters most, the gravest, the oldest.
	Work []Item
}

// Report is what a measurement found.
type Report struct {
	Today     time.Time // the day to which ages are counted
	Weights   Weights
	Rows      []Row // by language, then article
	Languages []Language
	Total     Row
}

// Articles are the rows of a language.
func (r *Report) Articles(l *Language) []Row {
	first, _ := slices.BinarySearchFunc(r.Rows, l.Language.String(), func(row Row, tag string) int {
		return cmp.Compare(row.Language.String(), tag)
	})
	last := first
	for last < len(r.Rows) && r.Rows[last].Language == l.Language {
		last++
	}
	return r.Rows[first:last]
}

// Prioritized reports whether any article has a priority, so that Weighted is
// something else than Percent.
func (r *Report) Prioritized() bool {
	return slices.ContainsFunc(r.Rows, func(row Row) bool { return row.Priority != 0 })
}

// Measure measures catalogs, in the order in which they are read.
func Measure(in []Input, o Options) Report {
	m := NewMeter(o)
	for _, i := range in {
		m.Add(i)
	}
	return Assemble(o, m)
}

// Assemble is the report of several meters, each of whose languages no other has
// measured. The meters have measured nothing then: what they held is the report's.
func Assemble(o Options, meters ...*Meter) Report {
	r := Report{Today: day(o.Today), Weights: o.weights()}
	work := map[locale.Tag][]Item{}
	var rows []*Row
	for _, m := range meters {
		rows = append(rows, m.rows...)
		for tag, items := range m.work {
			work[tag] = append(work[tag], items...)
		}
		m.rows, m.work, m.left = nil, map[locale.Tag][]Item{}, map[repeat]bool{}
	}
	names := map[locale.Tag]string{}
	for _, row := range rows {
		if _, known := names[row.Language]; !known {
			names[row.Language] = row.Language.String()
		}
	}
	slices.SortStableFunc(rows, func(a, b *Row) int {
		if a.Language != b.Language {
			return cmp.Compare(names[a.Language], names[b.Language])
		}
		return cmp.Compare(a.Article, b.Article)
	})
	if len(rows) > 0 {
		r.Rows = make([]Row, len(rows))
	}
	for i, row := range rows {
		r.Rows[i], rows[i] = *row, nil
	}
	for i := range r.Rows {
		row := &r.Rows[i]
		if n := len(r.Languages); n == 0 || r.Languages[n-1].Language != row.Language {
			r.Languages = append(r.Languages, Language{Row: Row{Language: row.Language}})
		}
		r.Languages[len(r.Languages)-1].add(row)
		r.Total.add(row)
	}
	for i := range r.Languages {
		l := &r.Languages[i]
		l.settle(r.Articles(l), work[l.Language], o)
	}
	return r
}
