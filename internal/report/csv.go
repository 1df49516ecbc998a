package report

import (
	"strconv"

	"dragoman/internal/catalog"
	"dragoman/internal/coverage"
	"dragoman/internal/sheet"
)

// CSV is the standing as a table for spreadsheets: a line for each article in each
// language, without totals. The columns are
//
//	language, article, priority, percent, messages, words, characters, eojeol,
//	for each state: its messages and words, as needs-checking_messages,
//	effort, for each band: its words, as 75-84_words,
//	stale_messages, stale_words, stale_changed, stale_class (the gravest), stale_since,
//	stale_days, to, due, overdue, errors, warnings, behind
//
// where words are those of the source, characters and eojeol those of targets, dates
// days, and behind is yes if the article was edited since its catalog was written.
func (s *Standing) CSV() []byte {
	rows := [][]string{csvHead()}
	for i := range s.Counts.Rows {
		rows = append(rows, csvRow(&s.Counts.Rows[i]))
	}
	return sheet.Format(rows)
}

func csvHead() []string {
	head := []string{"language", "article", "priority", "percent", "messages", "words", "characters", "eojeol"}
	for state := range coverage.States {
		name := catalog.State(state).String()
		head = append(head, name+"_messages", name+"_words")
	}
	head = append(head, "effort")
	for band := range coverage.Bands {
		head = append(head, coverage.Band(band).String()+"_words")
	}
	return append(head, "stale_messages", "stale_words", "stale_changed", "stale_class", "stale_since", "stale_days",
		"to", "due", "overdue", "errors", "warnings", "behind")
}

func csvRow(r *coverage.Row) []string {
	total, stale := r.Total(), r.Staleness()
	line := []string{r.Language.String(), r.Article}
	add := func(numbers ...int) {
		for _, n := range numbers {
			line = append(line, strconv.Itoa(n))
		}
	}
	add(r.Priority, r.Percent(), total.Messages, total.Words, total.Characters, total.Eojeol)
	for _, t := range r.States {
		add(t.Messages, t.Words)
	}
	line = append(line, strconv.FormatFloat(r.Effort, 'f', 1, 64))
	for _, t := range r.Bands {
		add(t.Words)
	}
	class, behind := "", ""
	if len(r.Stale) > 0 {
		class = r.Stale[0].Class
	}
	if r.Behind {
		behind = "yes"
	}
	add(stale.Messages, stale.Words, stale.Changed)
	line = append(line, class, dateOf(stale.Oldest))
	add(stale.Days)
	line = append(line, r.Assigned.To, dateOf(r.Assigned.Due))
	add(r.Assigned.Overdue, r.Findings.Errors, r.Findings.Warnings)
	return append(line, behind)
}
