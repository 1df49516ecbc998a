package report

import (
	"fmt"
	"math"
	"strings"
	"time"

	"dragoman/internal/coverage"
)

// Trends is a row for each language: the words done a week and come in a week, on the
// average of the last quarter of a year; those of the last week; what is left; each week's words done, drawn; and
// when it will be complete:
//
//	language  done a week  new a week  last week  left
//	ko                310          45        420  3400  ▁▁▃▅▃▁▇▅  complete 2027-01-12 to 2027-03-30
//
// What is left may be more than the report says of an article that was edited
// since its catalog was written: a trend is of catalogs.
func Trends(list []coverage.Trend) string {
	rows := [][]string{{"language", "done a week", "new a week", "last week", "left"}}
	for _, t := range list {
		row := []string{t.Language.String(), "-", "-", "-", "-"}
		if n := len(t.Weeks); n > 0 {
			done, came := t.Mean()
			last := t.Weeks[n-1]
			row = []string{row[0], fmt.Sprintf("%.0f", done), fmt.Sprintf("%.0f", came), fmt.Sprint(last.Done), fmt.Sprint(last.Left)}
		}
		rows = append(rows, row)
	}
	lines := strings.SplitAfter(aligned(rows), "\n")
	var b strings.Builder
	b.WriteString(lines[0])
	for i, t := range list {
		b.WriteString(strings.TrimSuffix(lines[i+1], "\n"))
		if len(t.Weeks) > 0 {
			b.WriteString("  " + drawn(t.Weeks))
		}
		b.WriteString("  " + foreseen(t) + "\n")
	}
	b.WriteString("words of the source, by the catalogs of each week, on the average of 13; a range holds 8 of 10 outcomes\n")
	return b.String()
}

// drawn is the words done in each week as a row of blocks.
func drawn(weeks []coverage.Week) string {
	most := 0
	for _, w := range weeks {
		most = max(most, w.Done)
	}
	blocks := []rune("▁▂▃▄▅▆▇█")
	line := make([]rune, len(weeks))
	for i, w := range weeks {
		line[i] = '·'
		if w.Done > 0 {
			line[i] = blocks[(w.Done*len(blocks)-1)/most]
		}
	}
	return string(line)
}

// foreseen says when a language will be complete.
func foreseen(t coverage.Trend) string {
	f := t.Forecast
	switch {
	case f.Outlook == coverage.Complete:
		return "complete"
	case f.Outlook == coverage.NoHistory:
		return fmt.Sprintf("no history: %s, and a forecast needs %d", countOf(len(t.Weeks), "week"), coverage.FewestWeeks)
	case f.Outlook == coverage.Never && f.Coming >= f.Pace && f.Pace > 0:
		return "not at this pace: more comes in than is done"
	case f.Outlook == coverage.Never:
		return "not at this pace"
	case f.Latest.IsZero():
		return "complete on " + f.Earliest.Format(time.DateOnly) + " or later"
	case f.Latest.Equal(f.Earliest):
		return "complete on " + f.Earliest.Format(time.DateOnly)
	}
	return "complete " + f.Earliest.Format(time.DateOnly) + " to " + f.Latest.Format(time.DateOnly)
}

type (
	jsonTrend struct {
		Language string      `json:"language"`
		Outlook  string      `json:"outlook"`
		Earliest string      `json:"earliest,omitempty"`
		Latest   string      `json:"latest,omitempty"`
		Done     float64     `json:"done"`
		New      float64     `json:"new"`
		Start    *jsonAmount `json:"start"`
		Weeks    []jsonWeek  `json:"weeks"`
	}
	jsonAmount struct {
		End   string `json:"end"`
		Left  int    `json:"left"`
		Total int    `json:"total"`
	}
	jsonWeek struct {
		jsonAmount
		Done int `json:"done"`
		New  int `json:"new"`
	}
)

func trendsJSON(list []coverage.Trend) []jsonTrend {
	var out []jsonTrend
	for _, t := range list {
		j := jsonTrend{
			Language: t.Language.String(), Outlook: string(t.Forecast.Outlook), Weeks: []jsonWeek{},
			Earliest: dateOf(t.Forecast.Earliest), Latest: dateOf(t.Forecast.Latest),
		}
		if !t.Base.End.IsZero() {
			j.Start = &jsonAmount{dateOf(t.Base.End), t.Base.Left, t.Base.Total}
		}
		if len(t.Weeks) > 0 {
			done, came := t.Mean()
			j.Done, j.New = math.Round(100*done)/100, math.Round(100*came)/100
		}
		for _, w := range t.Weeks {
			j.Weeks = append(j.Weeks, jsonWeek{jsonAmount{dateOf(w.End), w.Left, w.Total}, w.Done, w.Came})
		}
		out = append(out, j)
	}
	return out
}
