package report_test

import (
	"fmt"
	"testing"

	"dragoman/internal/coverage"
	"dragoman/internal/report"
)

func BenchmarkReport(b *testing.B) {
	var inputs []coverage.Input
	for _, lang := range []string{"ko", "zh-Hans", "zh-Hant"} {
		for i := range 500 {
			inputs = append(inputs, in(lang, fmt.Sprintf("articles/%03d.md", i), i%7 == 0, u, r, c, m, t, a))
		}
	}
	measured := coverage.Measure(inputs, coverage.Options{})
	b.Run("table", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			report.Table(measured, report.Options{Color: true})
		}
	})
	b.Run("JSON", func(b *testing.B) {
		b.ReportAllocs()
		for b.Loop() {
			(&report.Standing{Counts: measured}).JSON()
		}
	})
}
