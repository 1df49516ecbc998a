package coverage

import (
	"hash/fnv"
	"math"
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/locale"
	"dragoman/internal/prose"
)

// Stock is what a catalog holds at one time, in words of the source.
type Stock struct {
	Total int
	Done  int
	final []holding
}

// holding is a text that is translated.
type holding struct {
	key   uint64
	words int
}

// StockOf takes stock of a catalog whose messages have their states. words remembers
// the texts that it counts.
func StockOf(f *catalog.File, source locale.Tag, words *Words) *Stock {
	s := &Stock{}
	for _, m := range f.Messages {
		if m.Obsolete || prose.Wordless(m.Source) {
			continue
		}
		n := words.of(m.Source, source)
		s.Total += n
		if m.State.Final() {
			s.Done += n
			h := fnv.New64a()
			h.Write([]byte(prose.Normal(m.Source))) // a change of typography is no work
			s.final = append(s.final, holding{h.Sum64(), n})
		}
	}
	return s
}

// Week is what happened in a language in seven days, in words of the source.
type Week struct {
	End   time.Time // the last of the days
	Done  int       // translated that was not, or was for an earlier text
	Came  int       // came in, new or by edits under a translation; below 0 where more left
	Left  int       // not translated at the end
	Total int       // likewise, all
}

// Trend is how fast a language is translated.
type Trend struct {
	Language locale.Tag
	Base     Week   // the state before the first week; nothing is known of what was done then
	Weeks    []Week // the oldest first; none: there is no history
	Forecast Forecast
}

// Chronicle follows the catalogs of a language from week to week.
type Chronicle struct {
	Trend
	stocks map[string]*Stock
	total  int
	done   int
}

// Week takes in the catalogs that changed in the seven days up to a time, by path; nil
// is one that is gone. The first catalogs ever are what the language begins with, and
// nobody's work.
func (c *Chronicle) Week(end time.Time, changed map[string]*Stock) {
	was, began := c.total-c.done, c.stocks != nil
	if c.stocks == nil {
		c.stocks = map[string]*Stock{}
	}
	had := map[uint64]int{} // how often each text was translated
	for path := range changed {
		if s := c.stocks[path]; s != nil {
			c.total, c.done = c.total-s.Total, c.done-s.Done
			for _, h := range s.final {
				had[h.key]++
			}
		}
	}
	done := 0
	for path, s := range changed {
		if s == nil {
			delete(c.stocks, path)
			continue
		}
		c.stocks[path] = s
		c.total, c.done = c.total+s.Total, c.done+s.Done
		for _, h := range s.final {
			if had[h.key]--; had[h.key] < 0 {
				done += h.words
			}
		}
	}
	w := Week{End: day(end), Left: c.total - c.done, Total: c.total}
	if !began || c.Base.Total == 0 && len(c.Weeks) == 0 {
		c.Base = w
		return
	}
	w.Done, w.Came = done, w.Left-was+done
	c.Weeks = append(c.Weeks, w)
}

// Outlook says what kind of a forecast there is.
type Outlook string

// The outlooks.
const (
	Complete  Outlook = "complete"         // nothing is left
	Between   Outlook = "between"          // it will be complete between two days, or from one day on
	NoHistory Outlook = "no-history"       // too few weeks are known
	Never     Outlook = "not-at-this-pace" // not within ten years
)

// Forecast is when a language will be complete, if it goes on as it went.
type Forecast struct {
	Outlook  Outlook
	Pace     float64   // words done a week, on the average as Mean has it; 0 without history
	Coming   float64   // words that come in a week, likewise; 0 where more left
	Earliest time.Time // the first day of the range
	Latest   time.Time // the last; zero: no last day can be told
}

// FewestWeeks is how many weeks must be known for a forecast.
const FewestWeeks = 4

// pastWeeks is how many of the last weeks tell how fast a language is translated now: a
// quarter of a year.
const pastWeeks = 13

// mostWeeks is how far a forecast reaches: ten years.
const mostWeeks = 520

func (t *Trend) past() []Week { return t.Weeks[max(0, len(t.Weeks)-pastWeeks):] }

// Mean is how many words were done, and came in, in a week on the average of the last
// quarter of a year. There must be a week.
func (t *Trend) Mean() (done, came float64) {
	past := t.past()
	n := float64(len(past))
	for _, w := range past {
		done += float64(w.Done) / n
		came += float64(w.Came) / n
	}
	return done, came
}

// student is, by degrees of freedom, what one of ten values of Student's t exceeds;
// from tables of the distribution.
var student = [pastWeeks]float64{
	0, 3.078, 1.886, 1.638, 1.533, 1.476, 1.440, 1.415, 1.397, 1.383, 1.372, 1.363, 1.356,
}

// Foresee makes the forecast for the words that are left today.
//
// The range holds eight of ten outcomes if weeks vary in future as they varied: it is
// the prediction interval of the mean of so many weeks as are needed, from the mean and
// the variance of those that are known. What comes in is taken at its mean: it
// comes in lumps that are not the translators'. If the slower end is no progress, there
// is no last day.
func (t *Trend) Foresee(left int, today time.Time) {
	f := &t.Forecast
	*f = Forecast{Outlook: NoHistory}
	if left == 0 {
		f.Outlook = Complete
	}
	past := t.past()
	n := float64(len(past))
	if n < FewestWeeks {
		return
	}
	done, came := t.Mean()
	f.Pace, f.Coming = done, max(0, came)
	if left == 0 {
		return
	}
	variance := 0.0
	for _, w := range past {
		variance += (float64(w.Done) - f.Pace) * (float64(w.Done) - f.Pace) / (n - 1)
	}
	f.Outlook = Never
	progress := f.Pace - f.Coming
	if progress <= 0 {
		return
	}
	needed := max(1, float64(left)/progress)
	spread := student[len(past)-1] * math.Sqrt(variance*(1/n+1/needed))
	earliest, latest := float64(left)/(progress+spread), float64(left)/(progress-spread)
	if earliest > mostWeeks {
		return
	}
	after := func(weeks float64) time.Time { return day(today).AddDate(0, 0, int(math.Ceil(7*weeks))) }
	f.Outlook, f.Earliest = Between, after(earliest)
	if latest > 0 && latest <= mostWeeks {
		f.Latest = after(latest)
	}
}
