package report

import (
	"fmt"
	"strings"
	"time"

	"dragoman/internal/coverage"
)

// Commit is a commit of git. The zero value stands for what is on disk.
type Commit struct {
	Name string // in full
	Date time.Time
}

// Short is the commit as people are shown it.
func (c Commit) Short() string { return c.Name[:min(len(c.Name), commitDigits)] }

func (c Commit) text() string {
	if c.Name == "" {
		return "now"
	}
	return c.Short() + " of " + c.Date.Format(time.DateOnly)
}

// Since is what happened to translations between two times.
type Since struct {
	From, To  Commit
	Languages []coverage.Movement
}

// Table is a row for each language: what was translated, what is stale that was not,
// what is new and what is gone.
func (s *Since) Table() string {
	var b strings.Builder
	fmt.Fprintf(&b, "from %s to %s\n", s.From.text(), s.To.text())
	rows := [][]string{{"language"}}
	for _, e := range coverage.Events {
		rows[0] = append(rows[0], eventNames[e])
	}
	for _, l := range s.Languages {
		row := []string{l.Language.String()}
		for _, e := range coverage.Events {
			row = append(row, tally(l.Tally(e)))
		}
		rows = append(rows, row)
	}
	b.WriteString(aligned(rows))
	b.WriteString(unit + "\n")
	return b.String()
}

// aligned is rows of cells side by side: the first column to the left, numbers to
// the right.
func aligned(rows [][]string) string {
	widths := make([]int, len(rows[0]))
	for _, row := range rows {
		for i, cell := range row {
			widths[i] = max(widths[i], columnsOf(cell))
		}
	}
	var b strings.Builder
	for _, row := range rows {
		var line strings.Builder
		for i, cell := range row {
			space := strings.Repeat(" ", widths[i]-columnsOf(cell))
			if i == 0 {
				line.WriteString(cell + space)
			} else {
				line.WriteString(strings.Repeat(" ", gap) + space + cell)
			}
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return b.String()
}

var eventNames = map[coverage.Event]string{
	coverage.Done: "done", coverage.Undone: "gone stale", coverage.Came: "new", coverage.Removed: "removed",
}

type (
	jsonSince struct {
		From      jsonCommit     `json:"from"`
		To        *jsonCommit    `json:"to"`
		Languages []jsonMovement `json:"languages"`
	}
	jsonCommit struct {
		Commit string `json:"commit"`
		Date   string `json:"date"`
	}
	jsonMovement struct {
		Language string                       `json:"language"`
		Totals   map[coverage.Event]jsonTally `json:"totals"`
		Messages []jsonFlow                   `json:"messages"`
	}
	jsonFlow struct {
		Event    coverage.Event `json:"event"`
		Article  string         `json:"article"`
		State    string         `json:"state"`
		Words    int            `json:"words"`
		Context  string         `json:"context,omitempty"`
		Source   string         `json:"source"`
		Previous string         `json:"previous,omitempty"`
		Path     string         `json:"path"`
		Line     int            `json:"line,omitempty"`
		Column   int            `json:"column,omitempty"`
	}
)

// JSON is the same for machines, message by message:
//
//	{"from": {"commit": …, "date": "2026-11-02"}, "to": null,
//	 "languages": [{"language": "ko", "totals": {"done": {"messages": 1, "words": 4}, …},
//	   "messages": [{"event": "done", "article": "a.md", "state": "translated", "words": 4, "source": …,
//	     "previous": …, "path": "locales/ko/a.po", "line": 12, "column": 1}]}]}
//
// where an event is done, stale, new or removed; to is null where the comparison is
// with what is on disk; previous is the source before, if it was edited; and the
// place of a removed message is the one that it had.
func (s *Since) JSON() []byte {
	out := jsonSince{From: jsonCommit{s.From.Name, dateOf(s.From.Date)}, Languages: []jsonMovement{}}
	if s.To.Name != "" {
		out.To = &jsonCommit{s.To.Name, dateOf(s.To.Date)}
	}
	for _, l := range s.Languages {
		m := jsonMovement{l.Language.String(), map[coverage.Event]jsonTally{}, []jsonFlow{}}
		for _, e := range coverage.Events {
			t := l.Tally(e)
			m.Totals[e] = jsonTally{t.Messages, t.Words}
		}
		for _, f := range l.Flows {
			m.Messages = append(m.Messages, jsonFlow{
				f.Event, f.Article, f.State.String(), f.Words, f.Key.Context, f.Key.Source, f.Previous,
				f.Pos.Path, f.Pos.Line, f.Pos.Column,
			})
		}
		out.Languages = append(out.Languages, m)
	}
	return Encode(out)
}
