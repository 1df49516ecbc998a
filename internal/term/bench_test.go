package term_test

import (
	"fmt"
	"strings"
	"testing"

	"dragoman/internal/locale"
	"dragoman/internal/term"
)

// syllables make words that begin alike, which is what a search must not be slow on.
var syllables = strings.Fields("ta re con de mi no pro se la ti on er is an")

func word(n int) string {
	var b strings.Builder
	for range 4 {
		b.WriteString(syllables[n%len(syllables)])
		n /= len(syllables)
	}
	return b.String()
}

func large() *term.Glossary {
	var b strings.Builder
	b.WriteString("term,zh-Hans\n")
	for i := range 5000 {
		fmt.Fprintf(&b, "%s %s,%c%c%c\n", word(i*7), word(i*11), '一'+i%997, '一'+i%1009, '一'+i%1013)
	}
	g, _ := term.Parse("g.csv", []byte(b.String()))
	return g
}

func BenchmarkFindSource(b *testing.B) {
	g := large()
	var text strings.Builder
	for i := range 15 {
		text.WriteString(word(i*7) + " " + word(i*1000+3) + ", ")
	}
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		g.FindSource(text.String())
	}
}

func BenchmarkFindInChinese(b *testing.B) {
	g := large()
	lang, _ := locale.Parse("zh-Hans")
	var text strings.Builder
	for i := range 100 {
		text.WriteRune('一' + rune(i*i)%1500)
	}
	b.SetBytes(int64(text.Len()))
	b.ReportAllocs()
	for b.Loop() {
		g.Find(text.String(), lang)
	}
}

func BenchmarkIndex(b *testing.B) {
	g := large()
	b.ReportAllocs()
	for b.Loop() {
		g.Keeping().FindSource("a")
	}
}
