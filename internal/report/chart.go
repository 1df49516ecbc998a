package report

import (
	"fmt"
	"strings"

	"dragoman/internal/coverage"
	"dragoman/internal/locale"
)

// chart is the words of each week as bars.
type chart struct {
	About       string // for who does not see it
	Bars        []rectangle
	Most        string
	First, Last string // days
	Weeks       []coverage.Week
}

type rectangle struct{ X, Y, Width, Height string }

// The size of a chart, in units of its own.
const (
	chartWidth  = 640.0
	chartHeight = 100.0
)

// chart draws weeks; nil if there are none.
func (w *wording) chart(weeks []coverage.Week) *chart {
	if len(weeks) == 0 {
		return nil
	}
	best := weeks[0]
	for _, week := range weeks {
		if week.Done > best.Done {
			best = week
		}
	}
	c := &chart{Weeks: weeks, First: w.Date(weeks[0].End), Last: w.Date(weeks[len(weeks)-1].End), Most: w.Number(best.Done)}
	c.About = w.fill("status-chart-about", map[string]any{"From": c.First, "To": c.Last, "Most": c.Most, "Date": w.Date(best.End)})
	step := chartWidth / float64(len(weeks))
	for i, week := range weeks {
		if week.Done == 0 {
			continue
		}
		height := chartHeight * float64(week.Done) / float64(best.Done)
		c.Bars = append(c.Bars, rectangle{
			fmt.Sprintf("%.1f", (float64(i)+.1)*step), fmt.Sprintf("%.1f", chartHeight-height),
			fmt.Sprintf("%.1f", .8*step), fmt.Sprintf("%.1f", height),
		})
	}
	return c
}

// forecast says when a language will be complete.
func (w *wording) forecast(f coverage.Forecast, weeks int) string {
	switch {
	case f.Outlook == coverage.Complete:
		return w.Say("status-forecast-complete")
	case f.Outlook == coverage.NoHistory:
		return w.fill("status-forecast-history", map[string]any{"Number": w.Number(weeks), "Needed": w.Number(coverage.FewestWeeks)})
	case f.Outlook == coverage.Never && f.Pace > 0 && f.Coming >= f.Pace:
		return w.Say("status-forecast-more")
	case f.Outlook == coverage.Never:
		return w.Say("status-forecast-never")
	case f.Latest.IsZero():
		return w.fill("status-forecast-from", map[string]any{"From": w.Date(f.Earliest)})
	}
	return w.fill("status-forecast-between", map[string]any{"From": w.Date(f.Earliest), "To": w.Date(f.Latest)})
}

// heatGroup is a part of the map of articles by languages.
type heatGroup struct {
	Name  string // of a folder; empty where there is one group only
	Count int
	Rows  []heatRow
}

type heatRow struct {
	Article string
	Cells   []cell
}

// cell is how much of an article is translated, in percent; with a mark if some of it
// is stale.
type cell struct{ Class, Text string }

// mostTogether is how many articles are shown without folding.
const mostTogether = 60

// heat is the map of a report; many articles are parted by their folders.
func (w *wording) heat(r *coverage.Report) (groups []heatGroup) {
	column := map[locale.Tag]int{}
	for i, l := range r.Languages {
		column[l.Language] = i
	}
	rows := map[string][]coverage.Row{}
	var articles []string
	for _, row := range r.Rows {
		if rows[row.Article] == nil {
			rows[row.Article] = make([]coverage.Row, len(column))
			articles = append(articles, row.Article)
		}
		rows[row.Article][column[row.Language]] = row
	}
	at := map[string]int{}
	for _, article := range articles {
		folder := ""
		if len(articles) > mostTogether {
			folder = "/"
			if first, _, ok := strings.Cut(article, "/"); ok {
				folder = first
			}
		}
		n, ok := at[folder]
		if !ok {
			n = len(groups)
			at[folder] = n
			groups = append(groups, heatGroup{Name: folder})
		}
		groups[n].Count++
		one := heatRow{Article: strings.TrimSuffix(article, ".md")}
		for _, row := range rows[article] {
			one.Cells = append(one.Cells, heated(&row))
		}
		groups[n].Rows = append(groups[n].Rows, one)
	}
	return groups
}

// heated is a cell: four classes, by quarters, and a fifth for what is complete.
func heated(r *coverage.Row) cell {
	if r.Total().Messages == 0 {
		return cell{Text: "–"}
	}
	percent := r.Percent()
	c := cell{"h" + fmt.Sprint(percent/25), fmt.Sprint(percent)}
	if r.Staleness().Messages > 0 {
		c.Text += " !"
	}
	return c
}
