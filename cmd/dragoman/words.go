package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"dragoman/internal/diag"
	"dragoman/internal/project"
	"dragoman/internal/report"

	"github.com/spf13/cobra"
)

func (a *app) words() *cobra.Command {
	c := &cobra.Command{
		Use:   "words",
		Short: "Send the editions' own words out to a translator, and take them back",
		Long: `The editions' own words, such as “Contents” and the notices to readers, are messages
of go-i18n: those of the program, and over them what the workspace has in
locales/ui/LANGUAGE.toml.`,
		Args: knownCommand,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(a.wordsExport(), a.wordsImport())
	return c
}

func (a *app) wordsExport() *cobra.Command {
	var language, format, output string
	var asJSON, dry bool
	c := &cobra.Command{
		Use:   "export --lang LANGUAGE --output FOLDER",
		Short: "Write the words of a language, and the English ones beside them",
		Long: `Write the words of a language, and the English ones beside them, with notes to the
translator, as TOML, JSON or YAML. What the language lacks is in the English file only.`,
		Example: "  dragoman words export --lang ja --format json -o for-wren",
		Args:    noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := oneOf("format", format, project.WordsFormats...); err != nil {
				return err
			}
			if output == "" {
				return errors.New("the folder to write to is missing; name it, as --output for-wren")
			}
			w, err := a.openOne(language)
			if err != nil {
				return err
			}
			defer w.tree.Close()
			x, err := w.tree.ExportWords(w.tags[0], format, output, dry)
			if err != nil {
				return err
			}
			if asJSON {
				c.OutOrStdout().Write(report.Encode(struct {
					Language string   `json:"language"`
					Messages int      `json:"messages"`
					Missing  int      `json:"missing"`
					Written  []string `json:"written"`
				}{w.tags[0].String(), x.Messages, x.Missing, x.Written}))
				return nil
			}
			fmt.Fprintf(c.OutOrStdout(), "%s, %d missing; %s\n", plural(x.Messages, "message"), x.Missing, wrote(x.Written, dry))
			return nil
		},
	}
	c.Flags().StringVarP(&language, "lang", "l", "", "the `language`")
	c.Flags().StringVar(&format, "format", "toml", strings.Join(project.WordsFormats, ", "))
	c.Flags().StringVarP(&output, "output", "o", "", "the `folder` to write to")
	c.Flags().BoolVar(&asJSON, "json", false, "tell what was written as JSON")
	c.Flags().BoolVar(&dry, "dry-run", false, "write nothing")
	offer(c, "format", project.WordsFormats...)
	return c
}

func (a *app) wordsImport() *cobra.Command {
	var language, format string
	var dry bool
	c := &cobra.Command{
		Use:   "import FILE --lang LANGUAGE",
		Short: "Take the words of a language back, from TOML, JSON or YAML",
		Long: `Take the words of a language back into locales/ui/LANGUAGE.toml. What only the
translator has changed is taken; what both have changed is shown side by side: ours
stays, theirs is kept in a comment. A text that has lost a field, as {{.Count}}, or a
plural form of the language, is not taken. All else in the file keeps its bytes.`,
		Example: "  dragoman words import for-wren/ja.json --lang ja --dry-run",
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
			i, err := w.tree.ImportWords(c.Context(), args[0], w.tags[0], dry)
			if err != nil {
				return err
			}
			printWarnings(c.ErrOrStderr(), i.Findings)
			if format == "json" {
				c.OutOrStdout().Write(report.Encode(wordsImportJSON(i, language)))
			} else {
				printWordsImport(c.OutOrStdout(), i, dry)
			}
			if i.Findings.HasErrors() {
				return errGate
			}
			return nil
		},
	}
	c.Flags().StringVarP(&language, "lang", "l", "", "the `language`")
	c.Flags().StringVar(&format, "format", "text", "text or json")
	c.Flags().BoolVar(&dry, "dry-run", false, "write nothing")
	offer(c, "format", "text", "json")
	return c
}

func printWordsImport(w io.Writer, i *project.WordsImport, dry bool) {
	fmt.Fprintf(w, "%s taken, %d already there, %s; %s\n",
		plural(i.Taken, "message"), i.Held, plural(len(i.Conflicts), "conflict"), wrote(i.Written, dry))
	for _, c := range i.Conflicts {
		fmt.Fprintf(w, "\n%s\n  ours    %s\n  theirs  %s\n", diag.Printable(c.ID), formsText(c.Ours), formsText(c.Theirs))
	}
}

// formsText shows the forms of a message in one line.
func formsText(forms map[string]string) string {
	var parts []string
	for _, form := range slices.Sorted(maps.Keys(forms)) {
		parts = append(parts, forms[form])
	}
	return report.Clip(strings.Join(parts, " | "), conflictColumns)
}

func wordsImportJSON(i *project.WordsImport, language string) any {
	type conflict struct {
		ID     string            `json:"id"`
		Ours   map[string]string `json:"ours"`
		Theirs map[string]string `json:"theirs"`
	}
	conflicts := []conflict{}
	for _, c := range i.Conflicts {
		conflicts = append(conflicts, conflict{c.ID, c.Ours, c.Theirs})
	}
	return struct {
		Language  string     `json:"language"`
		Taken     int        `json:"taken"`
		Held      int        `json:"held"`
		Conflicts []conflict `json:"conflicts"`
		Written   []string   `json:"written"`
	}{language, i.Taken, i.Held, conflicts, append([]string{}, i.Written...)}
}
