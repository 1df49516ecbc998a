package main

import (
	"fmt"
	"io"

	"dragoman/internal/diag"
	"dragoman/internal/project"
	"dragoman/internal/report"

	"github.com/spf13/cobra"
)

func (a *app) scrub() *cobra.Command {
	var languages []string
	var check, dry bool
	var format string
	c := &cobra.Command{
		Use:   "scrub",
		Short: "Remove translators' names and addresses from catalogs",
		Long: `Remove from the catalogs what tells of people: names and mail addresses in headers
and comments, the hour and time zone of a revision, paths of somebody's computer.
PO editors write these unasked. Texts and translations stay as they are.`,
		Example: "  dragoman scrub --dry-run\n  dragoman scrub --check    # in CI: exit 1 if a catalog tells of people",
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
			removed, written, err := w.tree.Scrub(c.Context(), w.tags, check || dry)
			if err != nil {
				return err
			}
			if format == "json" {
				c.OutOrStdout().Write(report.Encode(scrubJSON(removed, written)))
			} else {
				printScrubbed(c.OutOrStdout(), removed, written, check || dry)
			}
			if check && len(written) > 0 {
				return errGate
			}
			return nil
		},
	}
	c.Flags().StringSliceVarP(&languages, "lang", "l", nil, "only these `languages`")
	c.Flags().BoolVar(&check, "check", false, "write nothing, exit 1 if there is anything to remove")
	c.Flags().BoolVar(&dry, "dry-run", false, "write nothing")
	c.Flags().StringVar(&format, "format", "text", "text or json")
	offer(c, "format", "text", "json")
	return c
}

func printScrubbed(w io.Writer, removed []project.Scrubbed, written []string, dry bool) {
	for _, r := range removed {
		what := r.Field
		if what == "" {
			what = "comment"
		}
		fmt.Fprintf(w, "%s: %s: %s\n", r.Pos, what, diag.Printable(r.Text))
	}
	verb := "wrote"
	if dry {
		verb = "would write"
	}
	fmt.Fprintf(w, "%s to remove; %s %s\n", plural(len(removed), "trace"), verb, plural(len(written), "file"))
}

func scrubJSON(removed []project.Scrubbed, written []string) any {
	type trace struct {
		Path  string `json:"path"`
		Line  int    `json:"line"`
		Field string `json:"field,omitempty"`
		Text  string `json:"text"`
	}
	list := []trace{}
	for _, r := range removed {
		list = append(list, trace{r.Pos.Path, r.Pos.Line, r.Field, r.Text})
	}
	return struct {
		Removed []trace  `json:"removed"`
		Written []string `json:"written"`
	}{list, append([]string{}, written...)}
}
