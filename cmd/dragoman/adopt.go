package main

import (
	"fmt"
	"io"

	"dragoman/internal/adopt"
	"dragoman/internal/diag"
	"dragoman/internal/markdown"
	"dragoman/internal/merge"
	"dragoman/internal/project"
	"dragoman/internal/report"

	"github.com/spf13/cobra"
)

func (a *app) adopt() *cobra.Command {
	var o project.AdoptOptions
	var language, format string
	c := &cobra.Command{
		Use:   "adopt {ARTICLE FILE | --dir FOLDER} --lang LANGUAGE",
		Short: "Make catalogs of translations that were made without one",
		Long: `Make catalogs of translated articles that exist already: one, or a folder of them
that is laid out as content/. The blocks of an article and of its translation are
aligned by code, addresses, numbers and names that both have, and by length, so they
need not be the same: paragraphs may have been merged, sections be missing, notes have
been added.

Pairs that are sure are translated. The others are fuzzy and need checking; the
report shows both texts. What is translated in a catalog already stays. With --base,
the translations are of older articles: a file, a folder, or "git" for the last version
of each article before the last change of its translation. What has changed since is
stale.`,
		Example: "  dragoman adopt chinas-role old/chinas-role.ko.md --lang ko\n" +
			"  dragoman adopt --dir ../site/ko --lang ko --base git --dry-run",
		RunE: func(c *cobra.Command, args []string) error {
			if err := oneOf("format", format, "text", "json"); err != nil {
				return err
			}
			if err := adoptees(&o, args); err != nil {
				return err
			}
			w, err := a.openOne(language)
			if err != nil {
				return err
			}
			defer w.tree.Close()
			o.Now, o.Language = w.day, w.tags[0]
			done, err := w.tree.Adopt(c.Context(), o)
			if err != nil {
				return err
			}
			printWarnings(c.ErrOrStderr(), done.Findings)
			if format == "json" {
				c.OutOrStdout().Write(report.Encode(adoptionJSON(done, language)))
			} else {
				printAdoption(c.OutOrStdout(), done, o.DryRun)
			}
			if done.Findings.HasErrors() {
				return errGate
			}
			return nil
		},
	}
	c.Flags().StringVarP(&language, "lang", "l", "", "the `language` of the translations")
	c.Flags().StringVar(&o.Dir, "dir", "", "a `folder` of translations, laid out as content/")
	c.Flags().StringVar(&o.Base, "base", "", "the `articles` that were translated: a file, with --dir a folder, or git")
	c.Flags().BoolVar(&o.DryRun, "dry-run", false, "write nothing")
	c.Flags().StringVar(&format, "format", "text", "text or json")
	offer(c, "format", "text", "json")
	return c
}

// adoptees takes the arguments: an article and its translation, or none with a
// folder.
func adoptees(o *project.AdoptOptions, args []string) error {
	switch {
	case o.Dir != "" && len(args) > 0:
		return fmt.Errorf("with --dir there is no argument %q; name the folder or one article", args[0])
	case o.Dir != "":
		return nil
	case len(args) != 2:
		return fmt.Errorf("adopt takes an article and its translation, or --dir, not %s; see dragoman adopt --help", plural(len(args), "argument"))
	}
	o.Article, o.File = args[0], args[1]
	return nil
}

// adopted are the lines of the summary.
var adopted = []struct {
	outcome merge.Outcome
	words   string
}{
	{merge.Taken, "translated"},
	{merge.TakenFuzzy, "need checking or rewriting"},
	{merge.Held, "already there"},
	{merge.Conflicted, "conflict with a translation that is there; kept in its comments"},
	{merge.Remembered, "of texts that the article has no more; kept as obsolete"},
}

// printAdoption prints, for each page where anything is left to do, what that is, and
// a summary.
func printAdoption(w io.Writer, a *project.Adoption, dry bool) {
	for i := range a.Pages {
		printPage(w, &a.Pages[i])
	}
	printPaths(w, "translates no article", a.Strays)
	printPaths(w, "has no translation", a.Without)
	for _, o := range adopted {
		n := 0
		for i := range a.Pages {
			n += a.Pages[i].Count(o.outcome)
		}
		if n > 0 {
			fmt.Fprintf(w, "%6d %s\n", n, o.words)
		}
	}
	rest := [3]int{}
	for i := range a.Pages {
		g := a.Pages[i].Alignment
		rest[0], rest[1], rest[2] = rest[0]+len(g.Missing), rest[1]+len(g.Same), rest[2]+len(g.Leftover)
	}
	for i, words := range []string{"without a translation", "left untranslated in the translation", "without a source"} {
		if rest[i] > 0 {
			fmt.Fprintf(w, "%6d %s\n", rest[i], words)
		}
	}
	verb := "wrote"
	if dry {
		verb = "would write"
	}
	fmt.Fprintf(w, "%s; %s %s\n", plural(len(a.Pages), "page"), verb, plural(len(a.Written), "file"))
}

func printPaths(w io.Writer, what string, paths []string) {
	for i, p := range paths {
		if i == shown {
			fmt.Fprintf(w, "… and %d more\n", len(paths)-shown)
			return
		}
		fmt.Fprintf(w, "%s: %s\n", diag.Printable(p), what)
	}
}

// printPage prints what of a page somebody has to look at, and what it was aligned with.
func printPage(w io.Writer, p *project.Page) {
	g := p.Alignment
	unsure := 0
	for _, pair := range g.Pairs {
		if !pair.Sure {
			unsure++
		}
	}
	if unsure+len(g.Missing)+len(g.Leftover) == 0 && p.Base == "" {
		return
	}
	fmt.Fprintln(w, diag.Printable(p.Article))
	if p.Base != "" {
		fmt.Fprintf(w, "  aligned with %s\n", diag.Printable(p.Base))
	}
	left := shown
	for _, pair := range g.Pairs {
		if pair.Sure {
			continue
		}
		if left--; left < 0 {
			fmt.Fprintf(w, "  … and %d more pairs to check\n", unsure-shown)
			break
		}
		fmt.Fprintf(w, "  check: %s, %d %%\n", reasons[pair.Why], pair.Confidence)
		printText(w, &p.Source.Segments[pair.Source])
		for _, t := range pair.Targets {
			printText(w, &p.Translation.Segments[t])
		}
	}
	printTexts(w, "without a translation", p.Source, g.Missing)
	printTexts(w, "without a source", p.Translation, g.Leftover)
}

// reasons are the words for why somebody has to look at a pair.
var reasons = map[string]string{
	adopt.Unsure: "unsure",
	adopt.Joined: "two passages for one",
	adopt.Merged: "one passage for two",
	adopt.Moved:  "elsewhere in the translation",
	adopt.Kind:   "of another kind",
}

func printTexts(w io.Writer, what string, d *markdown.Document, segments []int) {
	if len(segments) == 0 {
		return
	}
	fmt.Fprintf(w, "  %s:\n", what)
	for i, s := range segments {
		if i == shown {
			fmt.Fprintf(w, "    … and %d more\n", len(segments)-shown)
			return
		}
		printText(w, &d.Segments[s])
	}
}

func printText(w io.Writer, s *markdown.Segment) {
	fmt.Fprintf(w, "    %s %s\n", diag.Printable(s.Pos.String()), report.Clip(s.Text, 60))
}

// textJSON is a segment in the JSON output.
type textJSON struct {
	Path   string `json:"path"`
	Line   int    `json:"line"`
	Column int    `json:"column"`
	Text   string `json:"text"`
}

// pairJSON is a pair in the JSON output.
type pairJSON struct {
	Source     textJSON   `json:"source"`
	Targets    []textJSON `json:"targets"`
	Confidence int        `json:"confidence"`
	Check      string     `json:"check,omitempty"` // why somebody has to look
}

// pageJSON is a page in the JSON output.
type pageJSON struct {
	Article      string         `json:"article"`
	Base         string         `json:"base,omitempty"`
	Outcomes     map[string]int `json:"outcomes"`
	Pairs        []pairJSON     `json:"pairs"`
	Missing      []textJSON     `json:"without_translation"`
	Untranslated []textJSON     `json:"left_untranslated"`
	Leftover     []textJSON     `json:"without_source"`
}

func adoptionJSON(a *project.Adoption, language string) any {
	out := struct {
		Language string     `json:"language"`
		Pages    []pageJSON `json:"pages"`
		Strays   []string   `json:"without_article"`
		Without  []string   `json:"without_page"`
		Written  []string   `json:"written"`
	}{language, []pageJSON{}, append([]string{}, a.Strays...), append([]string{}, a.Without...), append([]string{}, a.Written...)}
	for i := range a.Pages {
		out.Pages = append(out.Pages, pageOf(&a.Pages[i]))
	}
	return out
}

func pageOf(p *project.Page) pageJSON {
	g := p.Alignment
	out := pageJSON{
		Article: p.Article, Base: p.Base, Outcomes: map[string]int{}, Pairs: []pairJSON{},
		Missing: textsOf(p.Source, g.Missing), Untranslated: textsOf(p.Source, g.Same), Leftover: textsOf(p.Translation, g.Leftover),
	}
	for _, o := range adopted {
		out.Outcomes[o.outcome.String()] = p.Count(o.outcome)
	}
	for _, pair := range g.Pairs {
		out.Pairs = append(out.Pairs, pairJSON{
			textOf(&p.Source.Segments[pair.Source]), textsOf(p.Translation, pair.Targets), pair.Confidence, pair.Why,
		})
	}
	return out
}

func textsOf(d *markdown.Document, segments []int) []textJSON {
	list := make([]textJSON, len(segments))
	for i, s := range segments {
		list[i] = textOf(&d.Segments[s])
	}
	return list
}

func textOf(s *markdown.Segment) textJSON {
	return textJSON{s.Pos.Path, s.Pos.Line, s.Pos.Column, s.Text}
}
