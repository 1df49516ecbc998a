// Package locale knows the facts of a language that an edition needs: how it is
// written and called, its dates, lists and quotation marks.
//
//	zh, _ := locale.Parse("zh-Hant")
//	locale.Autonym(zh)                                // 繁體中文
//	locale.LongDate(zh, day)                          // 2026年11月24日
//	locale.Join(zh, []string{"甲", "乙", "丙"})         // 甲、乙和丙
//	locale.Gettext(zh)                                // zh_Hant
//
// The facts are CLDR's (table.go), but where books follow another custom: gen.go
// says where and why. Of a language that the table lacks, the functions tell what
// is neutral: a date is then 2026-11-24.
//
// Law: what is asked of one script is never answered with another's. Traditional
// Chinese does not fall back to simplified.
package locale

//go:generate go run gen.go $CLDR

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"
)

// Tag is a BCP 47 language tag.
type Tag = language.Tag

// row is what the table knows of a language.
type row struct {
	tag    string
	date   string    // the long date, with {d} {M} {MMMM} {y} for its fields
	months string    // January to December, by |; empty if the date has none
	comma  string    // between the items of a list
	last   string    // before the last item of three and more
	two    string    // between the items of two
	quotes [4]string // outer, then inner; opening, then closing
}

// neutral is the row of a language that the table lacks.
var neutral = row{
	date: "{y}-{0M}-{0d}", comma: ", ", last: ", ", two: ", ", quotes: [4]string{"“", "”", "‘", "’"},
}

// Fallbacks is the tag, then what may stand in for it, the nearest first: zh-CN,
// zh-Hans-CN, zh-Hans, zh; es-MX, es-419, es. It never crosses into another script.
func Fallbacks(t Tag) []Tag {
	out := []Tag{t}
	add := func(t Tag) {
		if !slices.Contains(out, t) {
			out = append(out, t)
		}
	}
	script, _ := t.Script()
	for ; !t.IsRoot(); t = t.Parent() {
		written, confidence := t.Script()
		if written != script {
			break
		}
		if confidence < language.High { // the script has to be said
			base, _, region := t.Raw()
			full, err := language.Compose(base, script, region)
			if err == nil {
				add(full)
			}
			if plain, err := language.Compose(base, script); err == nil && region.String() == "ZZ" {
				add(plain)
			}
		}
		add(t)
	}
	return out
}

// index is the place of the nearest row of the table, -1 if it has none.
func index(t Tag) int {
	for _, t := range Fallbacks(t) {
		i, ok := slices.BinarySearchFunc(table[:], t.String(), func(r row, tag string) int {
			return strings.Compare(r.tag, tag)
		})
		if ok {
			return i
		}
	}
	return -1
}

func find(t Tag) *row {
	if i := index(t); i >= 0 {
		return &table[i]
	}
	return &neutral
}

// LongDate is a day as a text writes it: 2026년 11월 24일, November 24, 2026. The
// calendar is Gregorian and the digits are Western in every language.
func LongDate(t Tag, day time.Time) string {
	r := find(t)
	year, month, d := day.Date()
	name := ""
	if r.months != "" {
		name = strings.Split(r.months, "|")[month-1]
	}
	var b strings.Builder
	for rest := r.date; rest != ""; {
		text, field, _ := strings.Cut(rest, "{")
		field, rest, _ = strings.Cut(field, "}")
		b.WriteString(text)
		switch field {
		case "d":
			b.WriteString(strconv.Itoa(d))
		case "0d":
			b.WriteString(padded(d))
		case "M":
			b.WriteString(strconv.Itoa(int(month)))
		case "0M":
			b.WriteString(padded(int(month)))
		case "MMMM":
			b.WriteString(name)
		case "y":
			b.WriteString(strconv.Itoa(year))
		}
	}
	return b.String()
}

func padded(n int) string {
	if n < 10 {
		return "0" + strconv.Itoa(n)
	}
	return strconv.Itoa(n)
}

// Join writes the items as a list: A, B 및 C; A、B和C; A, B, and C.
func Join(t Tag, items []string) string {
	r := find(t)
	switch n := len(items); n {
	case 0:
		return ""
	case 1:
		return items[0]
	case 2:
		return items[0] + r.two + items[1]
	default:
		return strings.Join(items[:n-1], r.comma) + r.last + items[n-1]
	}
}

// Quotes are the language's quotation marks, and those for a quotation within a
// quotation.
func Quotes(t Tag) (open, close, innerOpen, innerClose string) {
	q := find(t).quotes
	return q[0], q[1], q[2], q[3]
}

// Autonym is what a language calls itself: 한국어, português (Brasil). A language
// whose name is not known is called by its tag; a country that makes no difference
// to the name is told in brackets: English (KE).
func Autonym(t Tag) string {
	for _, f := range Fallbacks(t) {
		if abroad(t, f) {
			continue
		}
		i, ok := slices.BinarySearchFunc(autonyms[:], f.String(), func(a struct{ tag, name string }, tag string) int {
			return strings.Compare(a.tag, tag)
		})
		if ok {
			return autonyms[i].name + country(t, f)
		}
	}
	return t.String()
}

// abroad reports whether what stands in for a tag is of another country: Hong
// Kong's Chinese for Macao's.
func abroad(t, standIn Tag) bool {
	_, _, own := t.Raw()
	_, _, other := standIn.Raw()
	return other != own && other.IsCountry()
}

// country is the country of a tag, in brackets, where what stands in for the tag
// tells of none, and where it is not the country one thinks of anyway.
func country(t, standIn Tag) string {
	_, _, own := t.Raw()
	_, _, told := standIn.Raw()
	likely, _ := standIn.Region()
	if own == told || own == likely || own.String() == "ZZ" {
		return ""
	}
	return " (" + own.String() + ")"
}

// Name is what speakers of one language call another: 영어 for English in Korean.
// Where the table does not know it is the language's own name.
func Name(t, in Tag) string {
	i, j := index(t), index(in)
	if i < 0 || j < 0 {
		return Autonym(t)
	}
	if name := strings.Split(names[j], "|")[i]; name != "" {
		return name
	}
	return Autonym(t)
}
