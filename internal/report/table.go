package report

import (
	"slices"
	"strconv"
	"strings"

	"github.com/clipperhouse/displaywidth"

	"dragoman/internal/coverage"
	"dragoman/internal/diag"
)

// Options says how a table looks.
type Options struct {
	Color bool // the percentages: green when done, red below half, else yellow
}

const (
	width         = 100 // of the table, in columns
	narrowest     = 16  // of the articles' names
	gap           = 2   // between columns
	articleColumn = 1   // the last one of words; numbers follow
	behindMark    = " *"
	behindMeaning = "* edited since its catalog was written: run dragoman extract"
	unit          = "messages / words of the source"
)

const (
	red    = "\x1b[31m"
	green  = "\x1b[32m"
	yellow = "\x1b[33m"
	plain  = "\x1b[0m"
)

var colors = strings.NewReplacer(red, "", green, "", yellow, "", plain, "")

// Table is the report for a terminal: a row for each article in each language,
// a total for each language, and one for all if there are several. It is at most
// 100 columns wide unless the numbers need more; long names are wrapped. A mark
// tells that a catalog is behind its article.
func Table(r coverage.Report, o Options) string {
	if len(r.Rows) == 0 {
		return "nothing to translate: no language has an article\n"
	}
	l := layout{report: r, Options: o}
	l.choose()
	rows := r.Rows
	for i := range r.Languages {
		total, n := &r.Languages[i], 0
		for n < len(rows) && rows[n].Language == total.Language {
			l.add(languageOf(&rows[n], n > 0), rows[n].Article, &rows[n])
			n++
		}
		rows = rows[n:]
		l.add("", "all articles", &total.Row)
		l.separate()
	}
	if len(r.Languages) > 1 {
		l.add("all", "all articles", &r.Total)
	}
	return l.render()
}

func languageOf(r *coverage.Row, again bool) string {
	if again {
		return ""
	}
	return r.Language.String()
}

type layout struct {
	Options
	report coverage.Report
	shown  []int // indices of columns
	rows   [][]string
	breaks map[int]bool // separators before these rows
}

// choose leaves out the rare states that no message is in.
func (l *layout) choose() {
	for i, c := range columns {
		if !c.rare || l.report.Total.States[c.state].Messages > 0 {
			l.shown = append(l.shown, i)
		}
	}
}

func (l *layout) add(language, article string, r *coverage.Row) {
	name := diag.Printable(article)
	if r.Behind {
		name += behindMark
	}
	row := append(make([]string, 0, len(l.shown)+3), language, name)
	for _, i := range l.shown {
		row = append(row, tally(r.States[columns[i].state]))
	}
	l.rows = append(l.rows, append(row, l.percent(r.Percent())))
}

func (l *layout) separate() {
	if l.breaks == nil {
		l.breaks = map[int]bool{}
	}
	l.breaks[len(l.rows)] = true
}

func tally(t coverage.Tally) string {
	if t.Messages == 0 {
		return "0"
	}
	return strconv.Itoa(t.Messages) + " / " + strconv.Itoa(t.Words)
}

func (l *layout) percent(n int) string {
	s := strconv.Itoa(n) + "%"
	if !l.Color {
		return s
	}
	color := yellow
	switch {
	case n == 100:
		color = green
	case n < 50:
		color = red
	}
	return color + s + plain
}

func (l *layout) head() []string {
	row := []string{"language", "article"}
	for _, i := range l.shown {
		row = append(row, columns[i].head)
	}
	return append(row, "done")
}

func (l *layout) render() string {
	head := l.head()
	widths := make([]int, len(head))
	for _, row := range append([][]string{head}, l.rows...) {
		for i, cell := range row {
			for line := range strings.Lines(cell) {
				widths[i] = max(widths[i], columnsOf(line))
			}
		}
	}
	rest := -gap
	for _, w := range widths {
		rest += w + gap
	}
	rest -= widths[articleColumn]
	widths[articleColumn] = min(widths[articleColumn], max(width-rest, narrowest))

	var b strings.Builder
	writeRow(&b, head, widths)
	rule := strings.Repeat("-", rest+widths[articleColumn]) + "\n"
	b.WriteString(rule)
	for i, row := range l.rows {
		if l.breaks[i] {
			b.WriteString(rule)
		}
		writeRow(&b, row, widths)
	}
	b.WriteString(unit + "\n")
	if l.report.Total.Behind {
		b.WriteString(behindMeaning + "\n")
	}
	return b.String()
}

// writeRow writes the cells side by side, each in as many lines as it needs:
// words to the left, numbers to the right.
func writeRow(b *strings.Builder, cells []string, widths []int) {
	if !slices.ContainsFunc(cells, func(c string) bool { return strings.Contains(c, "\n") }) && fits(cells, widths) {
		writeLine(b, cells, widths)
		return
	}
	lines := make([][]string, len(cells))
	tall := 0
	for i, c := range cells {
		lines[i] = wrap(c, widths[i])
		tall = max(tall, len(lines[i]))
	}
	for n := range tall {
		line := make([]string, len(cells))
		for i := range cells {
			if n < len(lines[i]) {
				line[i] = lines[i][n]
			}
		}
		writeLine(b, line, widths)
	}
}

func fits(cells []string, widths []int) bool {
	for i, c := range cells {
		if columnsOf(c) > widths[i] {
			return false
		}
	}
	return true
}

// writeLine writes cells of one line side by side.
func writeLine(b *strings.Builder, cells []string, widths []int) {
	owed := 0 // spaces, which are not written at the line's end
	put := func(text string) {
		if text == "" {
			return
		}
		for ; owed > 0; owed-- {
			b.WriteByte(' ')
		}
		b.WriteString(strings.TrimRight(text, " "))
		owed = len(text) - len(strings.TrimRight(text, " "))
	}
	for i, cell := range cells {
		pad := widths[i] - columnsOf(cell)
		if i > articleColumn {
			owed += pad
			pad = 0
		}
		put(cell)
		owed += pad + gap
	}
	b.WriteByte('\n')
}

// wrap breaks a cell into lines of at most that many columns, between characters
// as readers see them.
func wrap(cell string, columns int) []string {
	var lines []string
	for line := range strings.SplitSeq(cell, "\n") {
		if columnsOf(line) <= columns {
			lines = append(lines, line)
			continue
		}
		start, end, used := 0, 0, 0
		for g := displaywidth.StringGraphemes(line); g.Next(); {
			if used+g.Width() > columns && end > start {
				lines = append(lines, line[start:end])
				start, used = end, 0
			}
			end += len(g.Value())
			used += g.Width()
		}
		lines = append(lines, line[start:])
	}
	return lines
}

// columnsOf is how many columns of a terminal the text takes: two for a wide
// character, none for a colour.
func columnsOf(s string) int {
	if isPlain(s) {
		return len(s)
	}
	return displaywidth.String(colors.Replace(strings.TrimSuffix(s, "\n")))
}

// isPlain reports whether a text is of printable ASCII characters alone.
func isPlain(s string) bool {
	for i := range len(s) {
		if s[i] < ' ' || s[i] > '~' {
			return false
		}
	}
	return true
}
