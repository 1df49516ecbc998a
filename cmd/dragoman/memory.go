package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"dragoman/internal/diag"
	"dragoman/internal/memory"
	"dragoman/internal/project"
	"dragoman/internal/prose"
	"dragoman/internal/report"

	"github.com/spf13/cobra"
)

func (a *app) memory() *cobra.Command {
	c := &cobra.Command{
		Use:   "memory",
		Short: "Look for earlier translations",
		Long: `The memory is all final translations of a language: of its catalogs, obsolete ones
too, and those that were imported. Extract offers from it what is new in an article.`,
		Args: knownCommand,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(a.memoryQuery())
	return c
}

func (a *app) memoryQuery() *cobra.Command {
	var language, format string
	var least, limit int
	c := &cobra.Command{
		Use:   "query TEXT --lang LANGUAGE",
		Short: "Show the translations of a text and of texts like it",
		Long: `Show the translations of a text and of texts like it, the most alike first, each with
how much of its source is the same, where it comes from, and the words that differ.`,
		Example: "  dragoman memory query \"The road is closed.\" --lang ko\n  dragoman memory query \"The road\" --lang ko --least 60 --limit 20 --format json",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 1 && strings.TrimSpace(args[0]) != "" {
				return nil
			}
			return fmt.Errorf("query takes one text, in quotation marks; see %s --help", c.CommandPath())
		},
		RunE: func(c *cobra.Command, args []string) error {
			switch err := oneOf("format", format, "text", "json"); {
			case err != nil:
				return err
			case language == "":
				return errors.New("the language is missing; name it, as --lang ko")
			case least < 0 || least > 100:
				return fmt.Errorf("--least is %d; want a percentage, 1 to 100", least)
			case limit < 1:
				return fmt.Errorf("--limit is %d; want at least 1", limit)
			}
			w, err := a.openOne(language)
			if err != nil {
				return err
			}
			defer w.tree.Close()
			matches, found, err := w.tree.MemoryQuery(c.Context(), project.MemoryQuery{
				Text: args[0], Language: w.tags[0], Least: least, Limit: limit,
			})
			if err != nil {
				return err
			}
			printWarnings(c.ErrOrStderr(), found)
			if format == "json" {
				c.OutOrStdout().Write(report.Encode(matchesJSON(matches, args[0])))
			} else {
				printMatches(c.OutOrStdout(), matches, args[0])
			}
			return nil
		},
	}
	c.Flags().StringVarP(&language, "lang", "l", "", "the `language` of the translations")
	c.Flags().IntVar(&least, "least", 0, "show no less alike than this `percentage` (default: the workspace's threshold)")
	c.Flags().IntVar(&limit, "limit", 5, "show at most this `number`")
	c.Flags().StringVar(&format, "format", "text", "text or json")
	offer(c, "format", "text", "json")
	return c
}

// printMatches prints each match in three lines: how alike, the sources, the
// translation.
func printMatches(w io.Writer, matches []memory.Match, text string) {
	mark := prose.Bracketed
	if color() {
		mark = prose.Colored
	}
	for i, m := range matches {
		if i > 0 {
			fmt.Fprintln(w)
		}
		fmt.Fprintf(w, "%3d %%  %s\n", m.Percent(), diag.Printable(m.Origin))
		fmt.Fprintf(w, "       %s\n", mark(prose.Diff(diag.Printable(m.Source), diag.Printable(text))))
		fmt.Fprintf(w, "       %s\n", diag.Printable(m.Target))
	}
	if len(matches) == 0 {
		fmt.Fprintln(w, "nothing like it")
	}
}

// editJSON is one stretch of what differs between two texts.
type editJSON struct {
	Op   string `json:"op"`
	Text string `json:"text"`
}

func matchesJSON(matches []memory.Match, text string) any {
	type match struct {
		Percent int        `json:"percent"`
		Origin  string     `json:"origin"`
		Source  string     `json:"source"`
		Target  string     `json:"target"`
		Edits   []editJSON `json:"edits"` // from the source to the text asked for
	}
	list := make([]match, len(matches))
	for i, m := range matches {
		list[i] = match{m.Percent(), m.Origin, m.Source, m.Target, []editJSON{}}
		for _, e := range prose.Diff(m.Source, text) {
			list[i].Edits = append(list[i].Edits, editJSON{[...]string{"keep", "remove", "insert"}[e.Op], e.Text})
		}
	}
	return struct {
		Matches []match `json:"matches"`
	}{list}
}
