package main

import (
	"errors"
	"fmt"
	"io"
	"path"
	"path/filepath"

	"dragoman/internal/diag"
	"dragoman/internal/project"
	"dragoman/internal/report"

	"github.com/spf13/cobra"
)

func (a *app) verify() *cobra.Command {
	var date, format string
	c := &cobra.Command{
		Use:   "verify DIR",
		Short: "Compare published editions with what the workspace gives",
		Long: `Build the editions that stand in a folder anew, elsewhere, in the languages and
formats that they have there, and name each file that has other bytes, is missing or is
too many. Nothing in the workspace and in the folder is written. Exits 1 if any differs.

The same commit, the same program and the same day give the same bytes: check out what
was published, and give --date if it was given to dragoman build.`,
		Example: "  dragoman verify editions\n  dragoman verify --date 2026-11-24 /srv/www/editions",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) == 1 {
				return nil
			}
			return errors.New("verify takes one folder of editions, as dragoman verify editions")
		},
		RunE: func(c *cobra.Command, args []string) error {
			if err := oneOf("format", format, "text", "json"); err != nil {
				return err
			}
			var o project.BuildOptions
			if err := readBuild(&o, nil, date); err != nil {
				return err
			}
			w, err := a.open()
			if err != nil {
				return err
			}
			defer w.tree.Close()
			v, err := w.tree.Verify(c.Context(), project.VerifyOptions{Now: w.day, AsOf: o.AsOf, Directory: args[0]})
			if err != nil {
				return err
			}
			if format == "json" {
				c.OutOrStdout().Write(report.Encode(verifyJSON(args[0], v)))
			} else {
				printVerify(c.OutOrStdout(), args[0], v)
			}
			if !v.Good() {
				return errGate
			}
			return nil
		},
	}
	c.Flags().StringVar(&date, "date", "", "the `day` that the editions were built for, as 2026-11-24 (default: as dragoman build)")
	c.Flags().StringVar(&format, "format", "text", "text or json")
	offer(c, "format", "text", "json")
	return c
}

// printVerify prints the files that are not as they should be, and how many there are.
func printVerify(w io.Writer, dir string, v *project.Verification) {
	tell := func(what string, names []string) {
		for _, name := range names {
			fmt.Fprintf(w, "%s %s\n", pad(what, 8), diag.Printable(path.Join(filepath.ToSlash(dir), name)))
		}
	}
	tell("differs", v.Differing)
	tell("missing", v.Missing)
	tell("too many", v.Extra)
	if v.Good() {
		fmt.Fprintf(w, "%s in %s: all as the workspace gives them\n", plural(v.Checked, "file"), plural(len(v.Languages), "language"))
		return
	}
	fmt.Fprintf(w, "%s in %s: %d differing, %d missing, %d too many\n", plural(v.Checked, "file"), plural(len(v.Languages), "language"),
		len(v.Differing), len(v.Missing), len(v.Extra))
}

func verifyJSON(dir string, v *project.Verification) any {
	languages := []string{}
	for _, tag := range v.Languages {
		languages = append(languages, tag.String())
	}
	return struct {
		Directory string   `json:"directory"`
		Languages []string `json:"languages"`
		Checked   int      `json:"checked"`
		Differing []string `json:"differing"`
		Missing   []string `json:"missing"`
		Extra     []string `json:"extra"`
	}{dir, languages, v.Checked, append([]string{}, v.Differing...), append([]string{}, v.Missing...), append([]string{}, v.Extra...)}
}
