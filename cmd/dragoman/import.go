package main

import (
	"fmt"
	"io"

	"dragoman/internal/diag"
	"dragoman/internal/merge"
	"dragoman/internal/project"
	"dragoman/internal/report"

	"github.com/spf13/cobra"
)

func (a *app) importing() *cobra.Command {
	var language, format string
	var dry bool
	c := &cobra.Command{
		Use:   "import FILE|FOLDER --lang LANGUAGE",
		Short: "Take back what was sent out, or another tool's catalog",
		Long: `Take back what dragoman export has sent out, or take over a catalog of another tool,
such as mdbook-i18n-helpers or po4a. The formats are PO, XLIFF, CSV, message files of
go-i18n (TOML, JSON, YAML) and, into the memory, TMX; of a folder,
all such files in it are read.

What was sent out knows what its translation was. What only the translator has
changed is taken; what both have changed is shown side by side: ours stays, theirs is
kept in a comment. A translation that has lost a link, code or note is not taken.

A text of another tool is found in the articles even if that tool writes it in another
way: links with their address or a label, * or _, escapes, several paragraphs in one
message.

Fuzzy translations stay fuzzy. A translation that is there already stays; one that
differs is kept in a comment beside it. What no article holds goes to
locales/LANGUAGE/.memory.po. Importing twice changes nothing the second time.`,
		Example: "  dragoman import for-magpie --lang ko --dry-run\n  dragoman import po/ko.po --lang ko",
		Args:    oneFile,
		RunE: func(c *cobra.Command, args []string) error {
			if err := oneOf("format", format, "text", "json"); err != nil {
				return err
			}
			w, err := a.openOne(language)
			if err != nil {
				return err
			}
			defer w.tree.Close()
			i, err := w.tree.Import(c.Context(), project.ImportOptions{
				Now: w.day, File: args[0], Language: w.tags[0], DryRun: dry,
			})
			if err != nil {
				return err
			}
			printWarnings(c.ErrOrStderr(), i.Findings)
			if format == "json" {
				c.OutOrStdout().Write(report.Encode(importJSON(i, w.tags[0].String())))
			} else {
				printImport(c.OutOrStdout(), i, dry)
			}
			if i.Findings.HasErrors() {
				return errGate
			}
			return nil
		},
	}
	c.Flags().StringVarP(&language, "lang", "l", "", "the `language` of the translations")
	c.Flags().BoolVar(&dry, "dry-run", false, "write nothing")
	c.Flags().StringVar(&format, "format", "text", "text or json")
	offer(c, "format", "text", "json")
	return c
}

func oneFile(c *cobra.Command, args []string) error {
	if len(args) == 1 {
		return nil
	}
	return fmt.Errorf("import takes one file or folder, not %d; see %s --help", len(args), c.CommandPath())
}

// outcomes are the lines of the summary.
var outcomes = []struct {
	outcome merge.Outcome
	words   string
}{
	{merge.Taken, "taken over"},
	{merge.TakenFuzzy, "taken over, need checking"},
	{merge.Held, "already there"},
	{merge.Conflicted, "conflict with a translation that is there; kept in its comments"},
	{merge.Remembered, "in no article; kept in the memory"},
	{merge.Refused, "refused, as told above"},
	{merge.NoTarget, "not translated"},
}

// printImport prints what became of the messages.
func printImport(w io.Writer, i *project.Import, dry bool) {
	for _, o := range outcomes {
		if n := i.Count(o.outcome); n > 0 {
			fmt.Fprintf(w, "%6d %s\n", n, o.words)
		}
	}
	verb := "wrote"
	if dry {
		verb = "would write"
	}
	fmt.Fprintf(w, "%s; %s %s\n", plural(len(i.Outcomes), "message"), verb, plural(len(i.Written), "file"))
	for _, c := range i.Conflicts {
		fmt.Fprintf(w, "\n%s: %s\n  ours    %s\n  theirs  %s\n", diag.Printable(c.Article),
			report.Clip(c.Source, conflictColumns), report.Clip(c.Ours, conflictColumns), report.Clip(c.Theirs, conflictColumns))
	}
}

// conflictColumns are as many as fit beside the label.
const conflictColumns = 100

func importJSON(i *project.Import, language string) any {
	counts := map[string]int{}
	for _, o := range outcomes {
		counts[o.outcome.String()] = i.Count(o.outcome)
	}
	conflicts := []conflictJSON{}
	for _, c := range i.Conflicts {
		conflicts = append(conflicts, conflictJSON{c.Article, c.Source, c.Ours, c.Theirs})
	}
	return struct {
		Language  string         `json:"language"`
		Messages  int            `json:"messages"`
		Outcomes  map[string]int `json:"outcomes"`
		Conflicts []conflictJSON `json:"conflicts"`
		Written   []string       `json:"written"`
	}{language, len(i.Outcomes), counts, conflicts, append([]string{}, i.Written...)}
}

type conflictJSON struct {
	Article string `json:"article"`
	Source  string `json:"source"`
	Ours    string `json:"ours"`
	Theirs  string `json:"theirs"`
}
