package main

import (
	"fmt"

	"dragoman/internal/coverage"
	"dragoman/internal/diag"
	"dragoman/internal/project"
	"dragoman/internal/report"

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

// trend prints how fast the languages are translated.
func (w *work) trend(c *cobra.Command, counts *coverage.Report, format string) error {
	if err := oneOf("format", format, "table", "json", "html"); err != nil {
		return fmt.Errorf("with --trend, %w", err)
	}
	trends, found, err := w.tree.Trend(c.Context(), w.day, counts)
	if err != nil {
		return err
	}
	printWarnings(c.ErrOrStderr(), found)
	if format == "json" {
		c.OutOrStdout().Write(report.TrendsJSON(trends))
	} else {
		fmt.Fprint(c.OutOrStdout(), report.Trends(trends))
	}
	return nil
}

// page prints the report as a page in the reader's language.
func (w *work) page(c *cobra.Command, st *project.Standing, reader string, trend bool) error {
	page, err := w.tree.Page(reader)
	if err != nil {
		return err
	}
	var trends []coverage.Trend
	if trend {
		var found diag.List
		if trends, found, err = w.tree.Trend(c.Context(), w.day, &st.Counts); err != nil {
			return err
		}
		printWarnings(c.ErrOrStderr(), found)
	}
	c.OutOrStdout().Write(report.StatusHTML(st.Counts, trends, page))
	return nil
}
