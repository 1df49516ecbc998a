package main

import (
	"fmt"

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
