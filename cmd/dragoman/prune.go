package main

import (
	"fmt"
	"io"

	"dragoman/internal/project"
	"dragoman/internal/report"

	"github.com/spf13/cobra"
)

func (a *app) prune() *cobra.Command {
	var languages []string
	var dry bool
	var format string
	c := &cobra.Command{
		Use:   "prune",
		Short: "Drop what nothing refers to any more",
		Long: `Drop obsolete messages from the catalogs, catalogs of articles that are gone, and
decisions about texts that are in no catalog. What a fuzzy message was edited from
stays. These translations are then only where git or a backup has them: look with
--dry-run first.`,
		Example: "  dragoman prune --dry-run",
		Args:    noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := oneOf("format", format, "text", "json"); err != nil {
				return err
			}
			w, err := a.open(languages...)
			if err != nil {
				return err
			}
			defer w.tree.Close()
			list, found, err := w.tree.Prune(c.Context(), project.PruneOptions{Now: w.day, Languages: w.tags, DryRun: dry})
			if err != nil {
				return err
			}
			printWarnings(c.ErrOrStderr(), found)
			if format == "json" {
				c.OutOrStdout().Write(report.Encode(prunedJSON(list)))
				return nil
			}
			for _, p := range list {
				printPruned(c.OutOrStdout(), p, dry)
			}
			return nil
		},
	}
	c.Flags().StringSliceVarP(&languages, "lang", "l", nil, "only these `languages`")
	c.Flags().BoolVar(&dry, "dry-run", false, "write nothing")
	c.Flags().StringVar(&format, "format", "text", "text or json")
	offer(c, "format", "text", "json")
	return c
}

// printPruned prints what one language lost, the translations one by one.
func printPruned(w io.Writer, p project.Pruning, dry bool) {
	verb := "dropped"
	if dry {
		verb = "would drop"
	}
	fmt.Fprintf(w, "%s: %s %s and %s\n", p.Language, verb, plural(len(p.Messages), "obsolete message"), plural(p.Decisions, "decision"))
	for _, m := range p.Messages {
		fmt.Fprintf(w, "  %s: %s → %s\n", m.Pos, report.Clip(m.Source, 32), report.Clip(m.Target, 32))
	}
	for _, name := range p.Removed {
		fmt.Fprintf(w, "  %s: removed, its article is gone\n", name)
	}
}

func prunedJSON(list []project.Pruning) any {
	type message struct {
		Path    string `json:"path"`
		Line    int    `json:"line"`
		Context string `json:"context,omitempty"`
		Source  string `json:"source"`
		Target  string `json:"target"`
	}
	type language struct {
		Language  string    `json:"language"`
		Messages  []message `json:"messages"`
		Decisions int       `json:"decisions"`
		Written   []string  `json:"written"`
		Removed   []string  `json:"removed"`
	}
	all := []language{}
	for _, p := range list {
		l := language{
			Language: p.Language.String(), Messages: []message{}, Decisions: p.Decisions,
			Written: append([]string{}, p.Written...), Removed: append([]string{}, p.Removed...),
		}
		for _, m := range p.Messages {
			l.Messages = append(l.Messages, message{m.Pos.Path, m.Pos.Line, m.Context, m.Source, m.Target})
		}
		all = append(all, l)
	}
	return struct {
		Languages []language `json:"languages"`
	}{all}
}
