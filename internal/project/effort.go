package project

import (
	"fmt"

	"dragoman/internal/coverage"
)

// weights are what a word of each band counts for, as [effort] says; nil where it says
// nothing.
func (t *table) weights() *coverage.Weights {
	e := t.table("effort")
	if e == nil {
		return nil
	}
	weights := coverage.DefaultWeights
	for b := range weights {
		name := coverage.Band(b).String()
		if n, ok := e.number(name, weights[b]); ok {
			weights[b] = n
		}
	}
	e.end()
	return &weights
}

// mostWeight is more than a word of any band is worth.
const mostWeight = 10

// number is the value of a key that is a number from 0 to mostWeight.
func (t *table) number(name string, usual float64) (float64, bool) {
	written := t.values[name]
	if whole, ok := written.(int64); ok {
		t.values[name] = float64(whole)
	}
	n, ok := value[float64](t, name, fmt.Sprint(usual))
	if ok && !(0 <= n && n <= mostWeight) {
		t.report(name, fmt.Sprintf("%v is not a number from 0 to %d", written, mostWeight), fmt.Sprintf("write %s = %v", name, usual))
		return 0, false
	}
	return n, ok
}
