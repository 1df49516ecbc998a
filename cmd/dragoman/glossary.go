package main

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"dragoman/internal/diag"
	"dragoman/internal/project"
	"dragoman/internal/report"
	"dragoman/internal/term"

	"github.com/spf13/cobra"
)

func (a *app) glossary() *cobra.Command {
	c := &cobra.Command{
		Use:   "glossary",
		Short: "Check the glossary, exchange it with other tools",
		Long: `The glossary is locales/glossary.csv, a table that a spreadsheet opens:

  term,ko,forbidden:ko,safety,note,source
  refugee,난민,탈북자,,,1951 Convention

A column is named after a language, with the forms that are right in it, the preferred
one first, set apart by semicolons; forbidden: and a language are the forms that are
wrong. What has something in the column safety must never appear in any language.`,
		Args: knownCommand,
		RunE: func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	c.AddCommand(a.glossaryCheck(), a.glossaryExport(), a.glossaryImport())
	return c
}

func (a *app) glossaryCheck() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "check",
		Short: "Find what is wrong with the glossary, and what it lacks",
		Long: `Find what is wrong with the glossary: columns that nobody knows, terms that are there
twice, forms both right and forbidden; and list the terms that have no form in a
language. Exit 1 if anything is wrong; a missing form is not.`,
		Args: noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := oneOf("format", format, "text", "json"); err != nil {
				return err
			}
			w, err := a.open()
			if err != nil {
				return err
			}
			defer w.tree.Close()
			g, err := w.tree.CheckGlossary()
			if err != nil {
				return err
			}
			printFindings(c.ErrOrStderr(), g.Findings)
			if format == "json" {
				c.OutOrStdout().Write(report.Encode(glossaryCheckJSON(g)))
			} else {
				printGlossaryCheck(c.OutOrStdout(), g)
			}
			if len(g.Findings) > 0 {
				return errGate
			}
			return nil
		},
	}
	c.Flags().StringVar(&format, "format", "text", "text or json")
	offer(c, "format", "text", "json")
	return c
}

func printGlossaryCheck(w io.Writer, g *project.GlossaryCheck) {
	fmt.Fprintf(w, "%s\n", plural(g.Terms, "term"))
	for _, l := range g.Lacking {
		fmt.Fprintf(w, "%s lacks %s: %s\n", l.Language, plural(len(l.Terms), "term"), report.Clip(strings.Join(l.Terms, ", "), conflictColumns))
	}
}

func glossaryCheckJSON(g *project.GlossaryCheck) any {
	type finding struct {
		Place    string `json:"place"`
		Code     string `json:"code"`
		Severity string `json:"severity"`
		Text     string `json:"text"`
		Hint     string `json:"hint"`
	}
	found, lacking := []finding{}, map[string][]string{}
	for _, f := range g.Findings {
		found = append(found, finding{f.Pos.String(), f.Code, f.Severity.String(), f.Text, f.Hint})
	}
	for _, l := range g.Lacking {
		lacking[l.Language.String()] = l.Terms
	}
	return struct {
		Terms    int                 `json:"terms"`
		Findings []finding           `json:"findings"`
		Lacking  map[string][]string `json:"lacking"`
	}{g.Terms, found, lacking}
}

func (a *app) glossaryExport() *cobra.Command {
	var languages []string
	var format, output string
	var dry, asJSON bool
	c := &cobra.Command{
		Use:   "export --output FILE",
		Short: "Write the glossary for translators' tools, as TBX or CSV",
		Long: `Write the glossary for translators' tools: TBX-Basic of 2008, which most of them read,
that of 2019 (tbx3), or a table. Names that must never appear (the column safety) are
left out: the file may go anywhere.`,
		Example: "  dragoman glossary export -o terms.tbx\n  dragoman glossary export --format csv --lang ko -o terms.csv",
		Args:    noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			if err := oneOf("format", format, project.GlossaryFormats...); err != nil {
				return err
			}
			if output == "" {
				return errors.New("the file to write is missing; name it, as --output terms.tbx")
			}
			w, err := a.open(languages...)
			if err != nil {
				return err
			}
			defer w.tree.Close()
			x, err := w.tree.ExportGlossary(format, output, w.tags, dry)
			if err != nil {
				return err
			}
			if asJSON {
				c.OutOrStdout().Write(report.Encode(struct {
					Terms    int      `json:"terms"`
					Withheld int      `json:"withheld"`
					Written  []string `json:"written"`
				}{x.Terms, x.Withheld, x.Written}))
				return nil
			}
			fmt.Fprintf(c.OutOrStdout(), "%s; %s\n", plural(x.Terms, "term"), wrote(x.Written, dry))
			if x.Withheld > 0 {
				fmt.Fprintf(c.OutOrStdout(), "left out: %s that must never appear\n", plural(x.Withheld, "name"))
			}
			return nil
		},
	}
	f := c.Flags()
	f.StringSliceVarP(&languages, "lang", "l", nil, "only these `languages`")
	f.StringVar(&format, "format", project.GlossaryFormats[0], strings.Join(project.GlossaryFormats, ", "))
	f.StringVarP(&output, "output", "o", "", "the `file` to write")
	f.BoolVar(&asJSON, "json", false, "tell what was written as JSON")
	f.BoolVar(&dry, "dry-run", false, "write nothing")
	offer(c, "format", project.GlossaryFormats...)
	return c
}

// wrote says which files were written, or would be.
func wrote(names []string, dry bool) string {
	verb := "wrote"
	if dry {
		verb = "would write"
	}
	if len(names) == 1 {
		return verb + " " + diag.Printable(names[0])
	}
	return fmt.Sprintf("%s %s", verb, plural(len(names), "file"))
}

func (a *app) glossaryImport() *cobra.Command {
	var format string
	var dry bool
	c := &cobra.Command{
		Use:   "import FILE",
		Short: "Take terms over from another glossary, TBX or CSV",
		Long: `Take over from another glossary what ours lacks: terms, and forms in the languages of
the workspace, behind those that are there. The formats are TBX, of 2008 or 2019, and
CSV with the columns of ours. Nothing of ours goes; a form that one calls right and
the other forbids is shown, and stays what it is.`,
		Example: "  dragoman glossary import unhcr.tbx --dry-run",
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 1 {
				return nil
			}
			return fmt.Errorf("import takes one file, not %d; see %s --help", len(args), c.CommandPath())
		},
		RunE: func(c *cobra.Command, args []string) error {
			if err := oneOf("format", format, "text", "json"); err != nil {
				return err
			}
			w, err := a.open()
			if err != nil {
				return err
			}
			defer w.tree.Close()
			i, err := w.tree.ImportGlossary(c.Context(), args[0], dry)
			if err != nil {
				return err
			}
			printWarnings(c.ErrOrStderr(), i.Findings)
			if format == "json" {
				c.OutOrStdout().Write(report.Encode(glossaryImportJSON(i)))
			} else {
				printGlossaryImport(c.OutOrStdout(), i, dry)
			}
			return nil
		},
	}
	c.Flags().BoolVar(&dry, "dry-run", false, "write nothing")
	c.Flags().StringVar(&format, "format", "text", "text or json")
	offer(c, "format", "text", "json")
	return c
}

func printGlossaryImport(w io.Writer, i *project.GlossaryImport, dry bool) {
	for _, add := range i.Additions {
		mark := " "
		if add.New {
			mark = "+"
		}
		fmt.Fprintf(w, "%s %s  %s\n", mark, diag.Printable(add.Term), diag.Printable(additionText(&add)))
	}
	for _, c := range i.Clashes {
		here := "right here and forbidden there"
		if c.Forbidden {
			here = "forbidden here and right there"
		}
		fmt.Fprintf(w, "! %s  %s: %s is %s; it stays so\n", diag.Printable(c.Term), c.Language, diag.Printable(c.Form), here)
	}
	fmt.Fprintf(w, "%s; %s\n", plural(len(i.Additions), "addition"), wrote(i.Written, dry))
}

func additionText(add *term.Addition) string {
	parts := []string{add.Language.String() + ": " + strings.Join(add.Forms, "; ")}
	if len(add.Forms) == 0 {
		parts = nil
	}
	if len(add.Forbidden) > 0 {
		parts = append(parts, "forbidden:"+add.Language.String()+": "+strings.Join(add.Forbidden, "; "))
	}
	return strings.Join(parts, ", ")
}

func glossaryImportJSON(i *project.GlossaryImport) any {
	type addition struct {
		Term      string   `json:"term"`
		New       bool     `json:"new"`
		Language  string   `json:"language"`
		Forms     []string `json:"forms"`
		Forbidden []string `json:"forbidden"`
	}
	type clash struct {
		Term      string `json:"term"`
		Language  string `json:"language"`
		Form      string `json:"form"`
		Forbidden bool   `json:"forbidden_here"`
	}
	additions, clashes := []addition{}, []clash{}
	for _, add := range i.Additions {
		additions = append(additions, addition{add.Term, add.New, add.Language.String(), append([]string{}, add.Forms...), append([]string{}, add.Forbidden...)})
	}
	for _, c := range i.Clashes {
		clashes = append(clashes, clash{c.Term, c.Language.String(), c.Form, c.Forbidden})
	}
	return struct {
		Additions []addition `json:"additions"`
		Clashes   []clash    `json:"clashes"`
		Written   []string   `json:"written"`
	}{additions, clashes, append([]string{}, i.Written...)}
}
