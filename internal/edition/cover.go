package edition

import (
	"fmt"
	"html"
	"strings"
	"unicode"
	"unicode/utf8"

	"dragoman/internal/locale"

	"github.com/clipperhouse/displaywidth"
)

// The cover's measures, in its own units.
const (
	coverWidth  = 1600
	coverHeight = 2400
	coverColumn = 1180 // for text
	coverTitle  = 1180 // the height that the title may take
)

// Cover is the book's cover as an SVG image: the title set as large as it goes,
// its lines as even as they go, over the author and the name of the language.
// It asks for no font and no file.
func (b *Book) Cover() []byte {
	ty := tradition(b.Language)
	size, lines := setTitle(b.Title.Plain, locale.Spaced(b.Language))
	var s strings.Builder
	fmt.Fprintf(&s, `<svg xmlns="http://www.w3.org/2000/svg" version="1.1" viewBox="0 0 %d %d" width="%[1]d" height="%[2]d" xml:lang="%[3]s" direction="%[4]s">
<title>%[5]s</title>
<rect width="%[1]d" height="%[2]d" fill="#22384a"/>
<rect x="70" y="70" width="%[6]d" height="%[7]d" fill="none" stroke="#e9dcc0" stroke-opacity="0.55" stroke-width="3"/>
<rect x="88" y="88" width="%[8]d" height="%[9]d" fill="none" stroke="#e9dcc0" stroke-opacity="0.25" stroke-width="1"/>
<g font-family="%[10]s" fill="#f7efdd" text-anchor="middle">
`, coverWidth, coverHeight, b.Language, locale.Direction(b.Language), html.EscapeString(b.Title.Plain),
		coverWidth-140, coverHeight-140, coverWidth-176, coverHeight-176, html.EscapeString(ty.fonts))
	leading := float64(size) * 1.3
	top := 960 - leading*float64(len(lines)-1)/2
	for i, l := range lines {
		coverLine(&s, top+leading*float64(i), size, "700", l)
	}
	rule := top + leading*float64(len(lines)-1) + 150
	fmt.Fprintf(&s, `<path d="M%d %.0fh240" stroke="#d9a441" stroke-width="5"/>`+"\n", coverWidth/2-120, rule)
	if b.Author != "" {
		for i, l := range breakLines(b.Author, coverColumn/58.0, breaksOf(locale.Spaced(b.Language))) {
			coverLine(&s, rule+150+float64(i)*78, 58, "400", l)
		}
	}
	coverLine(&s, coverHeight-190, 44, "400", locale.Autonym(b.Language))
	s.WriteString("</g>\n</svg>\n")
	return []byte(s.String())
}

func coverLine(s *strings.Builder, y float64, size int, weight, text string) {
	fmt.Fprintf(s, `<text x="%d" y="%.0f" font-size="%d" font-weight="%s">%s</text>`+"\n",
		coverWidth/2, y, size, weight, html.EscapeString(text))
}

// setTitle is the largest size in which the title looks good, and its lines: not
// many, none too wide, the last one no remnant. In languages without spaces the
// lines end with clauses if they can.
func setTitle(title string, spaced bool) (int, []string) {
	if !spaced {
		for size := 190; size >= 110; size -= 10 {
			if lines, ok := titleLines(title, size, afterClauses); ok {
				return size, lines
			}
		}
	}
	breaks := breaksOf(spaced)
	size := 190
	for ; size > 60; size -= 10 {
		if lines, ok := titleLines(title, size, breaks); ok {
			return size, lines
		}
	}
	lines := breakLines(title, float64(coverColumn)/float64(size), breaks)
	if most := int(coverTitle / (float64(size) * 1.3)); len(lines) > most {
		lines = append(lines[:most-1:most-1], lines[most-1]+"…")
	}
	return size, lines
}

// titleLines are the lines of a title in a size, if they look good in it.
func titleLines(title string, size int, breaks breaker) ([]string, bool) {
	column := float64(coverColumn) / float64(size)
	lines := breakLines(title, column, breaks)
	if len(lines) > 4 || !fits(lines, column) {
		return nil, false
	}
	lines = even(title, lines, column, breaks)
	widest := 0.0
	for _, l := range lines {
		widest = max(widest, ems(l))
	}
	return lines, ems(lines[len(lines)-1]) >= widest/2 || size <= 110
}

func fits(lines []string, column float64) bool {
	for _, l := range lines {
		if ems(l) > column {
			return false
		}
	}
	return true
}

// even breaks the title anew, in as many lines of as little width as there can be.
func even(title string, lines []string, column float64, breaks breaker) []string {
	for narrower := column; narrower > 0; narrower -= .25 {
		next := breakLines(title, narrower, breaks)
		if len(next) != len(lines) || !fits(next, narrower) {
			return lines
		}
		lines = next
	}
	return lines
}

// breaker tells whether a line may end between two characters.
type breaker func(before, after rune) bool

// breaksOf tells where lines end: at spaces, or, in languages without them,
// between characters as well.
func breaksOf(spaced bool) breaker {
	if spaced {
		return afterSpaces
	}
	return betweenCharacters
}

func afterSpaces(before, _ rune) bool { return before == ' ' }

// afterClauses lets lines end after closing punctuation.
func afterClauses(before, after rune) bool {
	return before == ' ' || wide(before) && unicode.In(before, unicode.Pe, unicode.Po) && betweenCharacters(before, after)
}

// betweenCharacters lets lines end beside any wide character, except before
// closing and after opening punctuation and within a dash.
func betweenCharacters(before, after rune) bool {
	closing := unicode.In(after, unicode.Pe, unicode.Pf, unicode.Po, unicode.Mn) || after == 'ー'
	opening := unicode.In(before, unicode.Ps, unicode.Pi)
	return before == ' ' || !closing && !opening && (wide(before) || wide(after)) && before != '—' && after != '—'
}

// breakLines breaks text into lines of at most column ems, as far as there are
// places to break it.
func breakLines(text string, column float64, breaks breaker) []string {
	var lines []string
	line := ""
	for _, piece := range pieces(text, breaks) {
		if line != "" && ems(strings.TrimRight(line+piece, " ")) > column {
			lines = append(lines, strings.TrimRight(line, " "))
			line = ""
		}
		line += piece
	}
	return append(lines, strings.TrimRight(line, " "))
}

// pieces splits text after each place where a line may end.
func pieces(text string, breaks breaker) []string {
	text = strings.Join(strings.Fields(text), " ")
	var ps []string
	start := 0
	var before rune
	for i, r := range text {
		if i > 0 && breaks(before, r) {
			ps = append(ps, text[start:i])
			start = i
		}
		before = r
	}
	return append(ps, text[start:])
}

func wide(r rune) bool { return displaywidth.Rune(r) == 2 }

// ems is about how wide text is, in ems: wide characters fill one, others a
// good half.
func ems(text string) float64 {
	columns, runes := displaywidth.String(text), utf8.RuneCountInString(text)
	wides := max(columns-runes, 0)
	return float64(wides) + .58*float64(columns-2*wides)
}
