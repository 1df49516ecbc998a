// Package prose counts and compares text.
package prose

import (
	"strings"

	"golang.org/x/text/language"
)

// Words counts words.
func Words(text string, t language.Tag) int { return len(strings.Fields(text)) }

// Characters counts characters.
func Characters(text string) int { return len(text) }

// Normal normalises.
func Normal(text string) string { return text }

// Similarity is 0..1.
func Similarity(a, b string) float64 {
	if a == b {
		return 1
	}
	return 0
}

// Similar is Similarity with a cut-off.
func Similar(a, b string, least float64) (score float64, ok bool) {
	s := Similarity(a, b)
	return s, s >= least
}
