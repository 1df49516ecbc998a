package report

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"dragoman/internal/catalog"
	"dragoman/internal/coverage"
	"dragoman/internal/diag"
)

// mostBlocks is how many messages that keep something from being published are shown
// of a language.
const mostBlocks = 10

// Summary is what a coordinator wants to know of each language beside the table:
//
//	ko
//	  left: 42 words in 5 messages, an effort of 21.6 words (new 4, 85-94 38)
//	  stale: 38 words in 4 messages, 9 of them changed, oldest 41 days (critical 1, prose 3)
//	  written: 300 characters, 80 eojeol
//	  the edition is withheld: 8 words short of the 90% from which it is published
//	    locales/ko/road.po:12:1: needs rewriting; 9 words; prose, 2 words, for 41 days; …
//	  wren: road.md, due 2026-12-01
//
// Lines that have nothing to say are left out, and languages that are done.
func Summary(r *coverage.Report) string {
	var b strings.Builder
	for i := range r.Languages {
		l := &r.Languages[i]
		lines := slices.Concat(leftLines(l), editionLines(l), assignedLines(r.Articles(l)), findingLines(l))
		if r.Prioritized() {
			lines = append(lines, fmt.Sprintf("by priority: %d%%", l.Weighted()))
		}
		if len(lines) == 0 {
			continue
		}
		fmt.Fprintf(&b, "\n%s\n", l.Language)
		for _, line := range lines {
			fmt.Fprintf(&b, "  %s\n", line)
		}
	}
	return b.String()
}

func leftLines(l *coverage.Language) (lines []string) {
	if left := l.Left(); left.Messages > 0 {
		lines = append(lines, fmt.Sprintf("left: %s in %s, an effort of %s (%s)", countOf(left.Words, "word"),
			countOf(left.Messages, "message"), effortText(l.Effort), bandsText(l)))
	}
	if stale := l.Staleness(); stale.Messages > 0 {
		text := fmt.Sprintf("stale: %s in %s", countOf(stale.Words, "word"), countOf(stale.Messages, "message"))
		if stale.Changed > 0 {
			text += fmt.Sprintf(", %d changed", stale.Changed)
		}
		if !stale.Oldest.IsZero() {
			text += ", " + oldest(stale.Days)
		}
		lines = append(lines, text+" ("+classesText(l)+")")
	}
	var written coverage.Tally
	for _, s := range l.States[catalog.Untranslated+1:] {
		written.Characters += s.Characters
		written.Eojeol += s.Eojeol
	}
	if len(lines) > 0 && written.Characters > 0 {
		text := "written: " + countOf(written.Characters, "character")
		if written.Eojeol > 0 {
			text += fmt.Sprintf(", %d eojeol", written.Eojeol)
		}
		lines = append(lines, text)
	}
	return lines
}

// oldest says since when the oldest of some changes is.
func oldest(days int) string {
	if days == 0 {
		return "since today"
	}
	return "oldest " + countOf(days, "day")
}

// effortText is a number of words, to one decimal.
func effortText(words float64) string {
	text := strings.TrimSuffix(fmt.Sprintf("%.1f", words), ".0")
	if text == "1" {
		return "1 word"
	}
	return text + " words"
}

// bandsText is the words of each band in which there is something to do.
func bandsText(l *coverage.Language) string {
	var parts []string
	for b, t := range l.Bands {
		if coverage.Band(b) != coverage.Context && t.Messages > 0 {
			parts = append(parts, fmt.Sprintf("%s %d", coverage.Band(b), t.Words))
		}
	}
	return strings.Join(parts, ", ")
}

// classesText is the messages of each class of changes.
func classesText(l *coverage.Language) string {
	parts := make([]string, len(l.Stale))
	for i, s := range l.Stale {
		parts[i] = fmt.Sprintf("%s %d", cmp.Or(diag.Printable(s.Class), "unknown"), s.Messages)
	}
	return strings.Join(parts, ", ")
}

func editionLines(l *coverage.Language) (lines []string) {
	if why := l.Edition.Why(); why != "" {
		lines = append(lines, "the edition is withheld: "+why)
	}
	for _, a := range l.Edition.Omitted {
		lines = append(lines, "withheld: "+diag.Printable(a))
	}
	for _, a := range l.Edition.Earlier {
		lines = append(lines, "shown as it last was when complete: "+diag.Printable(a))
	}
	n := 0
	for i := range l.Work {
		w := &l.Work[i]
		if !w.Blocks() && len(w.Findings) == 0 {
			continue
		}
		if n++; n <= mostBlocks {
			lines = append(lines, "  "+diag.Printable(w.Pos.String()+": "+itemText(w)))
		}
	}
	if n > mostBlocks {
		lines = append(lines, fmt.Sprintf("  and %d more; --format json lists them", n-mostBlocks))
	}
	return lines
}

// assignedLines are who owes what, article by article, what is overdue first.
func assignedLines(rows []coverage.Row) (lines []string) {
	var owed []coverage.Row
	for _, row := range rows {
		if row.Assigned.To != "" && row.Left().Messages > 0 {
			owed = append(owed, row)
		}
	}
	slices.SortStableFunc(owed, func(a, b coverage.Row) int {
		if a.Assigned.Due.IsZero() != b.Assigned.Due.IsZero() {
			return cmp.Compare(b.Assigned.Due.Unix(), a.Assigned.Due.Unix())
		}
		return cmp.Or(a.Assigned.Due.Compare(b.Assigned.Due), cmp.Compare(a.Assigned.To, b.Assigned.To))
	})
	for i, row := range owed {
		if i == mostBlocks {
			return append(lines, fmt.Sprintf("and %s more assigned; --format csv lists them", countOf(len(owed)-i, "article")))
		}
		text := fmt.Sprintf("%s: %s, %s left", diag.Printable(row.Assigned.To), diag.Printable(row.Article), countOf(row.Left().Words, "word"))
		if due := row.Assigned.Due; !due.IsZero() {
			text += ", due " + dateOf(due)
		}
		if row.Assigned.Overdue > 0 {
			text += ", overdue for " + countOf(row.Assigned.Overdue, "day")
		}
		lines = append(lines, text)
	}
	return lines
}

func findingLines(l *coverage.Language) []string {
	f := l.Findings
	if f == (coverage.Found{}) {
		return nil
	}
	return []string{fmt.Sprintf("checks: %s, %s, %d to know", countOf(f.Errors, "error"), countOf(f.Warnings, "warning"), f.Infos)}
}
