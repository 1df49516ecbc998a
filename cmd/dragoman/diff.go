package main

import (
	"fmt"

	"dragoman/internal/project"
	"dragoman/internal/report"

	"github.com/spf13/cobra"
)

func (a *app) diff() *cobra.Command {
	var languages []string
	var format string
	c := &cobra.Command{
		Use:   "diff [ARTICLE…]",
		Short: "Show what changed under each stale translation, word by word",
		Long: `Show, for each translation that is stale, its place in the catalog, the kind and day
of the change, the source with the words marked that changed, and the translation
that no longer says the same. An article edited since the last extract counts as
edited. The HTML page is in the language asked for, if it is one.`,
		Example: "  dragoman diff chinas-role --lang ko\n  dragoman diff --lang ko --format html > changes.html",
		RunE: func(c *cobra.Command, args []string) error {
			if err := oneOf("format", format, "text", "html", "json"); err != nil {
				return err
			}
			w, err := a.open(languages...)
			if err != nil {
				return err
			}
			defer w.tree.Close()
			d, err := w.tree.Diff(c.Context(), project.DiffOptions{Now: w.day, Articles: args, Languages: w.tags})
			if err != nil {
				return err
			}
			printWarnings(c.ErrOrStderr(), d.Findings)
			switch format {
			case "json":
				c.OutOrStdout().Write(report.DiffJSON(d.Stale))
			case "html":
				c.OutOrStdout().Write(report.DiffHTML(d.Stale, d.Page))
			default:
				fmt.Fprint(c.OutOrStdout(), report.Diff(d.Stale, report.Options{Color: color()}))
			}
			return nil
		},
	}
	c.Flags().StringSliceVarP(&languages, "lang", "l", nil, "only these `languages`")
	c.Flags().StringVar(&format, "format", "text", "text, html or json")
	offer(c, "format", "text", "html", "json")
	return c
}
