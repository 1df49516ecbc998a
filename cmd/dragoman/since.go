package main

import (
	"fmt"
	"time"

	"dragoman/internal/coverage"
	"dragoman/internal/project"

	"github.com/spf13/cobra"
)

// since prints what happened to the translations between two revisions.
func (w *work) since(c *cobra.Command, between, format string) error {
	if err := oneOf("format", format, "table", "json"); err != nil {
		return fmt.Errorf("with --since, %w", err)
	}
	s, found, err := w.tree.Since(c.Context(), project.SinceOptions{Now: w.day, Range: between, Languages: w.tags})
	if err != nil {
		return err
	}
	printWarnings(c.ErrOrStderr(), found)
	if format == "json" {
		c.OutOrStdout().Write(s.JSON())
	} else {
		fmt.Fprint(c.OutOrStdout(), s.Table())
	}
	return nil
}

// trends are how fast the languages are translated, up to a day.
func (w *work) trends(c *cobra.Command, counts *coverage.Report, day time.Time) ([]coverage.Trend, error) {
	if day.IsZero() {
		day = w.day
	}
	list, found, err := w.tree.Trend(c.Context(), day, counts)
	printWarnings(c.ErrOrStderr(), found)
	return list, err
}
