// Package report shows what was measured.
package report

import "dragoman/internal/coverage"

// Options says how a table looks.
type Options struct {
	Color bool
}

// Table is the report for a terminal.
func Table(r coverage.Report, o Options) string { return "" }

// JSON is the report for machines.
func JSON(r coverage.Report) []byte { return nil }
