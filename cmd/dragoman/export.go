package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"dragoman/internal/project"
	"dragoman/internal/report"

	"github.com/spf13/cobra"
)

func (a *app) export() *cobra.Command {
	var language string
	var only []string
	var asJSON bool
	o := project.ExportOptions{Format: "xliff2"}
	c := &cobra.Command{
		Use:   "export [ARTICLE…] --lang LANGUAGE --output FOLDER",
		Short: "Send work out to a translator, in the format of any tool",
		Long: `Send work out to a translator: a file for each article, and a note on how to do it,
in the translator's language. Markup is protected in editors that read XLIFF. The
files name nobody.

What comes back is taken over by dragoman import. It sees what has changed since,
here and there, and overwrites nothing silently.`,
		Example: "  dragoman export --lang ko --to magpie --only stale,untranslated -o for-magpie\n  dragoman import for-magpie --lang ko",
		RunE: func(c *cobra.Command, args []string) error {
			if err := oneOf("format", o.Format, project.ExchangeFormats()...); err != nil {
				return err
			}
			if o.Output == "" {
				return errors.New("the folder to write to is missing; name it, as --output for-magpie")
			}
			var err error
			if o.Only, err = states(only); err != nil {
				return err
			}
			w, err := a.openOne(language)
			if err != nil {
				return err
			}
			defer w.tree.Close()
			o.Now, o.Language, o.Articles = w.day, w.tags[0], args
			x, err := w.tree.Export(c.Context(), o)
			if err != nil {
				return err
			}
			printWarnings(c.ErrOrStderr(), x.Findings)
			if asJSON {
				c.OutOrStdout().Write(report.Encode(exportJSON(x, &o)))
			} else {
				printExport(c.OutOrStdout(), x, o.DryRun)
			}
			return nil
		},
	}
	f := c.Flags()
	f.StringVarP(&language, "lang", "l", "", "the `language` to translate into")
	f.StringVar(&o.Format, "format", o.Format, strings.Join(project.ExchangeFormats(), ", "))
	f.StringSliceVar(&only, "only", nil, "messages in these `states`: "+strings.Join(stateNames(), ", "))
	f.StringVar(&o.To, "to", "", "only articles that dragoman.toml assigns to this `name`")
	f.BoolVar(&o.Single, "single", false, "one file for all articles, as some platforms want it")
	f.BoolVar(&o.Around, "context", false, "with --only, show the other messages as well, locked, in XLIFF")
	f.BoolVar(&o.Plain, "plain", false, "show markup as text, for tools that show no codes")
	f.StringVarP(&o.Output, "output", "o", "", "the `folder` to write to or, of a single file, its name")
	f.BoolVar(&asJSON, "json", false, "tell what was written as JSON")
	f.BoolVar(&o.DryRun, "dry-run", false, "write nothing")
	offer(c, "format", project.ExchangeFormats()...)
	offer(c, "only", stateNames()...)
	return c
}

func printExport(w io.Writer, x *project.Export, dry bool) {
	verb := "wrote"
	if dry {
		verb = "would write"
	}
	fmt.Fprintf(w, "%s; %s %s\n", plural(x.Messages, "message"), verb, plural(len(x.Written), "file"))
	for _, name := range x.Written {
		fmt.Fprintf(w, "  %s\n", name)
	}
}

func exportJSON(x *project.Export, o *project.ExportOptions) any {
	return struct {
		Language string   `json:"language"`
		Format   string   `json:"format"`
		Messages int      `json:"messages"`
		Written  []string `json:"written"`
	}{o.Language.String(), o.Format, x.Messages, append([]string{}, x.Written...)}
}
