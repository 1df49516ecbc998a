package prose_test

import (
	"strings"
	"testing"

	"golang.org/x/text/language"

	"dragoman/internal/prose"
)

const (
	english = "The 1951 Convention doesn't permit a State to return (\"refouler\") a refugee to the " +
		"frontiers of territories where his life or freedom would be threatened, e.g. for his opinions. "
	korean = "국가는 난민을 생명이나 자유가 위협받을 우려가 있는 영역의 국경으로 추방하거나 송환해서는 안 된다. "
)

func BenchmarkWords(b *testing.B) {
	for _, c := range []struct{ name, tag, text string }{
		{"english", "en", strings.Repeat(english, 50)},
		{"typographic", "en", strings.Repeat(strings.NewReplacer("'", "’", `"`, "”").Replace(english), 50)},
		{"korean", "ko", strings.Repeat(korean, 50)},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(c.text)))
			t, n := language.MustParse(c.tag), 0
			for b.Loop() {
				n = prose.Words(c.text, t)
			}
			b.ReportMetric(float64(n)*float64(b.N)/b.Elapsed().Seconds()/1e6, "Mwords/s")
		})
	}
}

func BenchmarkNormal(b *testing.B) {
	for _, c := range []struct{ name, text string }{
		{"plain", strings.TrimSpace(english)},
		{"typographic", strings.ReplaceAll(english, "'", "’")},
		{"korean", korean},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(c.text)))
			for b.Loop() {
				prose.Normal(c.text)
			}
		})
	}
}

func BenchmarkSimilar(b *testing.B) {
	edited := strings.Replace(english, "a State to return", "any State to send back", 1)
	for _, c := range []struct {
		name, a, b string
		least      float64
	}{
		{"whole", english, edited, 0},
		{"near", english, edited, 0.75},
		{"far", english, strings.Repeat("Nobody may be held in slavery or servitude; ", 4), 0.75},
		{"unequal in length", english, english[:80], 0.75},
		{"korean", korean, strings.Replace(korean, "국경으로", "경계 쪽으로", 1), 0.75},
		{"4000 letters", strings.Repeat(english, 22), strings.Repeat(edited, 22), 0.75},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				prose.Similar(c.a, c.b, c.least)
			}
		})
	}
}

func BenchmarkDiff(b *testing.B) {
	for _, c := range []struct{ name, old, new string }{
		{"one word of a passage", english + english, english + strings.Replace(english, "State", "country", 1)},
		{"all of a passage", english, korean},
		{"all of a long text", strings.Repeat(english, 300), strings.Repeat(korean, 300)},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			b.SetBytes(int64(len(c.old) + len(c.new)))
			for b.Loop() {
				prose.Diff(c.old, c.new)
			}
		})
	}
}
