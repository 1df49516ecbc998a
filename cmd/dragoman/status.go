package main

import (
	"fmt"
	"os"
	"runtime/debug"

	"dragoman/internal/coverage"
	"dragoman/internal/project"
	"dragoman/internal/report"

	"github.com/spf13/cobra"
)

func (a *app) status() *cobra.Command {
	var languages []string
	var format string
	var under int
	var questions bool
	var since string
	var trend, checks bool
	var reader string
	c := &cobra.Command{
		Use:   "status",
		Short: "Show what is translated and what is left",
		Long: `Show, by language and article, how many messages and source words are translated,
need rewriting, need checking, or are untranslated. An article edited since the
last extract counts as edited. With --questions, list what the translators ask the
author: comments in the catalogs that begin with a question mark, "# ? which bank?".

With --since, show what happened between two revisions of git, or from one to what
is on disk: what was translated, what is stale that was not, what is new, what is
gone; as JSON message by message.

With --trend, show how many words are translated in a week, by the catalogs as git has
them of the last half a year, and when a language will be complete if it goes on so:
a range that holds 8 of 10 outcomes.`,
		Example: "  dragoman status\n  dragoman status --lang ko --fail-under 90\n  dragoman status --since v1.2\n  dragoman status --since main..draft --format json",
		Args:    noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			if os.Getenv("GOGC") == "" {
				debug.SetGCPercent(100) // what was counted is let go at once
			}
			if err := oneOf("format", format, "table", "json", "html"); err != nil {
				return err
			}
			if under < 0 || under > 100 {
				return fmt.Errorf("--fail-under is %d; want a percentage, 0 to 100", under)
			}
			w, err := a.open(languages...)
			if err != nil {
				return err
			}
			defer w.tree.Close()
			if c.Flags().Changed("since") {
				return w.since(c, since, format)
			}
			st, err := w.tree.Status(c.Context(), project.StatusOptions{Now: w.day, Languages: w.tags, Checks: checks})
			if err != nil {
				return err
			}
			printFindings(c.ErrOrStderr(), st.Findings)
			switch {
			case format == "html":
				if err := w.page(c, st, reader, trend); err != nil {
					return err
				}
				return below(c, st.Counts, under)
			case trend:
				return w.trend(c, &st.Counts, format)
			}
			switch {
			case format == "json":
				c.OutOrStdout().Write(report.JSON(st.Counts, st.Questions...))
			case questions:
				fmt.Fprint(c.OutOrStdout(), report.Questions(st.Questions))
			default:
				fmt.Fprint(c.OutOrStdout(), report.Table(st.Counts, report.Options{Color: color()}))
			}
			return below(c, st.Counts, under)
		},
	}
	c.Flags().StringSliceVarP(&languages, "lang", "l", nil, "only these `languages`")
	c.Flags().StringVar(&format, "format", "table", "table, json or html")
	c.Flags().IntVar(&under, "fail-under", 0, "exit 1 if less than this `percentage` of a language is translated")
	c.Flags().BoolVar(&questions, "questions", false, "list the translators' questions instead")
	c.Flags().StringVar(&since, "since", "", "what happened since a `revision`, or between two: a..b")
	c.Flags().BoolVar(&trend, "trend", false, "show the words of each week, and when a language will be complete")
	c.Flags().BoolVar(&checks, "checks", false, "also look for what is wrong with translations")
	c.Flags().StringVar(&reader, "ui", "", "the `language` of the HTML page (default: of the articles)")
	offer(c, "format", "table", "json", "html")
	return c
}

// below names the languages that are less far than asked.
func below(c *cobra.Command, counts coverage.Report, under int) error {
	var err error
	for _, row := range counts.Languages {
		if row.Percent() < under {
			fmt.Fprintf(c.ErrOrStderr(), "%s: %d%% translated, less than %d%%\n", row.Language, row.Percent(), under)
			err = errGate
		}
	}
	return err
}

// color reports whether standard output is a terminal that wants colours.
func color() bool {
	info, err := os.Stdout.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}
