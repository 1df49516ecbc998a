package report

import (
	"fmt"
	"strings"
	"time"

	"github.com/clipperhouse/displaywidth"

	"dragoman/internal/catalog"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
)

// Log is when each message of an article last changed.
type Log struct {
	Article   string
	Git       bool // told by git, else by the decisions on translations
	Revisions int  // how many git has
	Messages  []LogMessage
}

// LogMessage is one message, in the article's order.
type LogMessage struct {
	Key          catalog.Key
	Pos          diag.Pos // in the article
	Event        Event
	Translations []LogTranslation
}

// Event is the last change of a message. Its zero value is one that nobody knows.
type Event struct {
	Commit      string    // the full name of git's commit, if it tells
	Date        time.Time // zero where it is not committed, or not known
	Uncommitted bool
	OrBefore    bool   // the message may be older: git has no older versions here
	Class       string // of merge's changes: new, prose …
	Previous    string // the source before, if another
}

// LogTranslation is how one translation of a message is.
type LogTranslation struct {
	Language locale.Tag
	State    catalog.State
	Class    string    // why it is stale, if it is
	Since    time.Time // likewise
}

// commitDigits is how much of a commit's name people are shown.
const commitDigits = 10

// clippedTo is how many columns of a message a log shows.
const clippedTo = 60

// Text is the log for a terminal, a line a message: the day, the commit, what
// happened, the article's line, the text.
//
//	road.md: 2 versions in git
//	  2026-11-20  4f1c20a3b9  prose  3  The road is short.
func (l *Log) Text() string {
	var b strings.Builder
	switch {
	case !l.Git:
		fmt.Fprintf(&b, "%s: no git here; the days are those of decisions on translations\n", diag.Printable(l.Article))
	default:
		fmt.Fprintf(&b, "%s: %s in git\n", diag.Printable(l.Article), countOf(l.Revisions, "version"))
	}
	rows := make([][]string, len(l.Messages))
	for i, m := range l.Messages {
		rows[i] = m.row()
	}
	widths := make([]int, 4)
	for _, r := range rows {
		for i := range widths {
			widths[i] = max(widths[i], displaywidth.String(r[i]))
		}
	}
	for i, m := range l.Messages {
		for j, cell := range rows[i][:len(widths)] {
			fmt.Fprintf(&b, "  %-*s", widths[j], cell)
		}
		fmt.Fprintf(&b, "  %s\n", rows[i][len(widths)])
		for _, t := range m.Translations {
			fmt.Fprintf(&b, "      %s\n", t.text())
		}
	}
	return b.String()
}

// row is a message's cells; all but the last are ASCII but for what is escaped.
func (m *LogMessage) row() []string {
	e, day, commit := m.Event, "-", m.Event.Commit
	switch {
	case e.Uncommitted:
		day = "uncommitted"
	case !e.Date.IsZero():
		day = e.Date.Format(time.DateOnly)
	}
	if e.OrBefore {
		day = "≤ " + day
	}
	if commit == "" {
		commit = "-"
	}
	class := e.Class
	if class == "" || !e.Uncommitted && e.Date.IsZero() {
		class = "-"
	}
	return []string{
		day, commit[:min(len(commit), commitDigits)], class, fmt.Sprint(m.Pos.Line), Clip(m.Key.Source, clippedTo),
	}
}

func (t *LogTranslation) text() string {
	text := t.Language.String() + ": " + strings.ReplaceAll(t.State.String(), "-", " ")
	if !t.Since.IsZero() {
		text += fmt.Sprintf(", %s, since %s", diag.Printable(t.Class), t.Since.Format(time.DateOnly))
	}
	return text
}

// Clip is a text of content on one line, fit for a terminal, cut to a number of
// columns; wide characters take two.
func Clip(text string, columns int) string {
	text = diag.Printable(strings.Join(strings.Fields(text), " "))
	if displaywidth.String(text) <= columns {
		return text
	}
	used := 0
	for i, r := range text {
		if used += displaywidth.Rune(r); used > columns-1 {
			return strings.TrimRight(text[:i], " ") + "…"
		}
	}
	return text
}

type (
	jsonLog struct {
		Article   string       `json:"article"`
		Git       bool         `json:"git"`
		Revisions int          `json:"revisions"`
		Messages  []jsonLogged `json:"messages"`
	}
	jsonLogged struct {
		Line         int              `json:"line"`
		Column       int              `json:"column"`
		Context      string           `json:"context,omitempty"`
		Source       string           `json:"source"`
		Previous     string           `json:"previous,omitempty"`
		Class        string           `json:"class,omitempty"`
		Date         string           `json:"date,omitempty"`
		OrBefore     bool             `json:"or_before,omitempty"`
		Commit       string           `json:"commit,omitempty"`
		Uncommitted  bool             `json:"uncommitted,omitempty"`
		Translations []jsonTranslated `json:"translations,omitempty"`
	}
	jsonTranslated struct {
		Language string `json:"language"`
		State    string `json:"state"`
		Class    string `json:"class,omitempty"`
		Since    string `json:"since,omitempty"`
	}
)

// JSON is the log for machines. date is a day in UTC, absent where it is not known
// or the change is not committed.
func (l *Log) JSON() []byte {
	out := jsonLog{l.Article, l.Git, l.Revisions, []jsonLogged{}}
	for _, m := range l.Messages {
		e := m.Event
		j := jsonLogged{
			Line: m.Pos.Line, Column: m.Pos.Column, Context: m.Key.Context, Source: m.Key.Source,
			Previous: e.Previous, Date: dateOf(e.Date), OrBefore: e.OrBefore, Commit: e.Commit, Uncommitted: e.Uncommitted,
		}
		if e.Uncommitted || !e.Date.IsZero() {
			j.Class = e.Class
		}
		for _, t := range m.Translations {
			j.Translations = append(j.Translations, jsonTranslated{t.Language.String(), t.State.String(), t.Class, dateOf(t.Since)})
		}
		out.Messages = append(out.Messages, j)
	}
	return Encode(out)
}

func dateOf(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.Format(time.DateOnly)
}
