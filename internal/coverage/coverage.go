// Package coverage counts how far translations have come.
//
// A message counts once, and by the words of its source, so that the work left
// is seen rather than the number of paragraphs: an article of a 3-word heading
// and a 97-word paragraph whose heading alone is translated is at 3 percent.
//
// A message without a letter (prose.Wordless) counts nowhere.
//
// Law: every other live message is in exactly one state, so the tallies of a row add
// up to the article, the rows of a language to its total, and the languages to
// the whole.
package coverage

import (
	"cmp"
	"slices"

	"dragoman/internal/catalog"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/prose"
)

// Input is one article's catalog in one language. Its messages have the states
// that review.Apply gave them. File is nil where there is no catalog.
type Input struct {
	Article  string
	Source   locale.Tag
	Language locale.Tag
	File     *catalog.File
	Behind   bool // the article was edited since the catalog was written
}

// Tally is an amount of work: messages, and the words of their sources.
type Tally struct {
	Messages int
	Words    int
}

func (t *Tally) add(o Tally) {
	t.Messages += o.Messages
	t.Words += o.Words
}

// States is the number of states that a message can be in.
const States = int(catalog.Approved) + 1

// Row is the count of one article in one language, or a total.
type Row struct {
	Language locale.Tag // the zero Tag in the total over languages
	Article  string     // empty in totals
	States   [States]Tally
	Behind   bool // in totals: of any article
}

// Total is the work of all states.
func (r Row) Total() Tally {
	var t Tally
	for _, s := range r.States {
		t.add(s)
	}
	return t
}

// Percent is the share of the words that are translated or approved, rounded
// down. It is 100 where there is nothing to translate.
func (r Row) Percent() int {
	total := r.Total().Words
	if total == 0 {
		return 100
	}
	return 100 * r.done().Words / total
}

func (r Row) done() Tally {
	t := r.States[catalog.Translated]
	t.add(r.States[catalog.Approved])
	return t
}

func (r *Row) add(o Row) {
	for i := range r.States {
		r.States[i].add(o.States[i])
	}
	r.Behind = r.Behind || o.Behind
}

// Report is what a measurement found.
type Report struct {
	Rows      []Row // by language, then article
	Languages []Row // their totals
	Total     Row
}

// Measure counts the live messages of the catalogs that have words.
func Measure(in []Input) Report {
	var r Report
	counted := counter{}
	for _, i := range in {
		r.Rows = append(r.Rows, counted.row(i))
	}
	slices.SortStableFunc(r.Rows, func(a, b Row) int {
		return cmp.Or(cmp.Compare(a.Language.String(), b.Language.String()), cmp.Compare(a.Article, b.Article))
	})
	for _, row := range r.Rows {
		if n := len(r.Languages); n == 0 || r.Languages[n-1].Language != row.Language {
			r.Languages = append(r.Languages, Row{Language: row.Language})
		}
		r.Languages[len(r.Languages)-1].add(row)
		r.Total.add(row)
	}
	return r
}

// counter remembers the words of texts: each source is counted once, however
// many languages it is translated into.
type counter map[text]int

type text struct {
	source   string
	language locale.Tag
}

func (c counter) row(in Input) Row {
	row := Row{Language: in.Language, Article: in.Article, Behind: in.Behind}
	if in.File == nil {
		return row
	}
	for _, m := range in.File.Messages {
		if !m.Obsolete && !prose.Wordless(m.Source) {
			row.States[m.State].add(Tally{1, c.words(m.Source, in.Source)})
		}
	}
	return row
}

func (c counter) words(source string, language locale.Tag) int {
	t := text{source, language}
	n, ok := c[t]
	if !ok {
		n = prose.Words(markdown.Plain(source), language)
		c[t] = n
	}
	return n
}
