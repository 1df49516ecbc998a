// Package stopwatch measures work for benchmarks by the processor time that it takes,
// on which what else the machine does weighs little.
//
//	var parse stopwatch.Best
//	for b.Loop() {
//		parse.Time(func() { markdown.Parse("a.md", src, dialect) })
//	}
//	b.ReportMetric(parse.To(floor), "×goldmark")
package stopwatch

import "time"

// Best is the least time that some work took. The zero value has timed nothing.
type Best time.Duration

// Time does the work and times it.
func (b *Best) Time(work func()) {
	began := Spent()
	work()
	if d := Best(Spent() - began); *b == 0 || d < *b {
		*b = d
	}
}

// To is how many times longer it took than other work, which must have been timed.
func (b Best) To(other Best) float64 { return float64(b) / float64(other) }
