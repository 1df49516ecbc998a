package coverage

import (
	"cmp"
	"slices"
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/locale"
	"dragoman/internal/prose"
	"dragoman/internal/review"
)

// Edition is what the policy makes of a language, as far as its catalogs tell.
type Edition struct {
	Least   int      // percent of the words from which it is published
	Short   int      // words that are still to be translated until then
	Failing Tally    // passages that the policy builds no edition with
	Omitted []string // articles that it withholds
	Earlier []string // articles that it shows as they last were when complete
}

// Withheld reports whether the edition is not published.
func (e *Edition) Withheld() bool { return e.Short > 0 || e.Failing.Messages > 0 }

// Item is a message that is left to do.
type Item struct {
	Open
	Language locale.Tag
	Article  string
	Priority int           // the article's
	Behind   bool          // the article was edited since its catalog was written
	Days     int           // since it is stale
	Band     Band          // how much help there is
	Action   review.Action // what the edition does with it
}

// ItemOf is a message of a catalog as one that is left to do, as far as it is known
// without its size, what checks find and what the policy says.
func ItemOf(m *catalog.Message, in *Input, today time.Time) Item {
	o := openOf(m, in)
	return Item{
		Open: o, Language: in.Language, Article: in.Article, Priority: in.Priority, Behind: in.Behind,
		Days: daysBetween(o.Since, today), Band: o.Match,
	}
}

// Edits are what changed in the source; nil if that is not known.
func (i *Item) Edits() []prose.Edit {
	if i.Previous == "" {
		return nil
	}
	return prose.Diff(i.Previous, i.Key.Source)
}

// Blocks reports whether the message keeps an article or its edition from being
// published as it is.
func (i *Item) Blocks() bool { return i.Action >= review.LastGood }

// settle says what becomes of the language's edition. Without a total, nothing lacks.
func (l *Language) settle(rows []Row, work []Item, o Options) {
	l.Edition.Least = o.Least[l.Language]
	l.Edition.Failing = l.Actions[review.Fail]
	if l.Percent() < l.Edition.Least {
		// The first number of words of which the percentage is not less.
		l.Edition.Short = (l.Edition.Least*l.Total().Words+99)/100 - l.Done().Words
	}
	for i := range rows {
		switch row := &rows[i]; {
		case row.Actions[review.Omit].Messages > 0:
			l.Edition.Omitted = append(l.Edition.Omitted, row.Article)
		case row.Actions[review.LastGood].Messages > 0:
			l.Edition.Earlier = append(l.Edition.Earlier, row.Article)
		}
	}
	for _, i := range work {
		if o.All || l.Edition.Short > 0 || i.wanted() {
			l.Work = append(l.Work, i)
		}
	}
	slices.SortStableFunc(l.Work, order)
}

// wanted reports whether the message is listed although not all are.
func (i *Item) wanted() bool { return stale(i.State) || i.Blocks() || len(i.Findings) > 0 }

func order(a, b Item) int {
	blocking := func(i Item) review.Action {
		if i.Blocks() {
			return i.Action
		}
		return review.Default
	}
	if c := cmp.Or(cmp.Compare(blocking(b), blocking(a)), cmp.Compare(b.Priority, a.Priority)); c != 0 {
		return c
	}
	if stale(a.State) != stale(b.State) {
		return boolean(stale(b.State)) - boolean(stale(a.State))
	}
	switch {
	case graver(a.Class, b.Class):
		return -1
	case graver(b.Class, a.Class):
		return 1
	}
	return cmp.Or(cmp.Compare(b.Days, a.Days), cmp.Compare(a.Article, b.Article))
}

func boolean(is bool) int {
	if is {
		return 1
	}
	return 0
}
