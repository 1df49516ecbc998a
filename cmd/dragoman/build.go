package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path"
	"runtime/debug"
	"strings"
	"time"

	"dragoman/internal/diag"
	"dragoman/internal/edition"
	"dragoman/internal/locale"
	"dragoman/internal/project"
	"dragoman/internal/report"

	"github.com/spf13/cobra"
)

func (a *app) build() *cobra.Command {
	var languages, formats []string
	var output, date, print, layout string
	var watch bool
	c := &cobra.Command{
		Use:   "build",
		Short: "Make the editions",
		Long: `Make an edition of the collection in each language, the source's too: a site to
read in a browser, and an EPUB book. What is not translated, or whose translation is
older than its source, is shown as the policy in dragoman.toml says, and marked.
Exits 1 if a policy says fail or something in an article leads nowhere.

The same content gives the same bytes. The day that an edition names, and until which
stale passages may be shown, is that of --date, else of SOURCE_DATE_EPOCH, else the
newest date in articles and decisions.

With --watch they are made again after each save of an article, a catalog, the theme or
dragoman.toml, until Ctrl-C; what stands stays if a build fails.`,
		Example: "  dragoman build\n  dragoman build --lang ko --format epub --output dist\n  dragoman build --format single\n  dragoman build --format markdown --layout hugo --output ../site",
		Args:    noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			if os.Getenv("GOGC") == "" {
				debug.SetGCPercent(50) // a page is made and let go: memory costs more than looking for it
			}
			o := project.BuildOptions{Output: output, Layout: layout}
			if err := oneOf("print", print, "text", "json"); err != nil {
				return err
			}
			if err := readBuild(&o, formats, date); err != nil {
				return err
			}
			if err := checkLayout(&o); err != nil {
				return err
			}
			once := func(ctx context.Context, w work) error {
				o.Now, o.Languages = w.day, w.tags
				b, err := w.tree.Build(ctx, o)
				if err != nil {
					return err
				}
				printFindings(c.ErrOrStderr(), b.Findings)
				if print == "json" {
					c.OutOrStdout().Write(report.Encode(buildJSON(b)))
				} else {
					printBuild(c.OutOrStdout(), b)
				}
				return gate(b.Findings)
			}
			if watch {
				return a.watching(c.Context(), languages, once, func(err error) { printError(c.ErrOrStderr(), err) })
			}
			w, err := a.open(languages...)
			if err != nil {
				return err
			}
			defer w.tree.Close()
			return once(c.Context(), w)
		},
	}
	c.Flags().StringSliceVarP(&languages, "lang", "l", nil, "only these `languages`")
	c.Flags().StringSliceVar(&formats, "format", []string{"html", "epub"}, "html, epub, single, markdown")
	c.Flags().StringVarP(&output, "output", "o", "", "the `folder` to write into (default: editions in the workspace)")
	c.Flags().StringVar(&date, "date", "", "show the state of this `day`, as 2026-11-24 (default: see above)")
	c.Flags().StringVar(&print, "print", "text", "what to print: text or json")
	c.Flags().StringVar(&layout, "layout", "", "with --format markdown: write the sources where a `generator` looks for them: "+strings.Join(project.Layouts(), ", "))
	c.Flags().BoolVar(&watch, "watch", false, "build again after each save")
	offer(c, "layout", project.Layouts()...)
	offer(c, "format", "html", "epub", "single", "markdown")
	offer(c, "print", "text", "json")
	return c
}

// readBuild reads the flags.
func readBuild(o *project.BuildOptions, formats []string, date string) (err error) {
	for _, f := range formats {
		if err := oneOf("format", f, "html", "epub", "single", "markdown"); err != nil {
			return err
		}
		o.Formats = append(o.Formats, project.Format(f))
	}
	o.AsOf, err = dayOf(date)
	return err
}

// dayOf is the day that --date names, else that of SOURCE_DATE_EPOCH, else zero.
func dayOf(date string) (time.Time, error) {
	if date == "" {
		day, _, err := epoch()
		return day, err
	}
	day, err := time.Parse(time.DateOnly, date)
	if err != nil {
		return day, fmt.Errorf("--date is %q; want a day, as 2026-11-24", date)
	}
	return day, nil
}

// checkLayout holds a layout to what it can be asked for.
func checkLayout(o *project.BuildOptions) error {
	if o.Layout == "" {
		return nil
	}
	if err := oneOf("layout", o.Layout, project.Layouts()...); err != nil {
		return err
	}
	if len(o.Formats) != 1 || o.Formats[0] != project.Markdown || o.Output == "" {
		return errors.New("--layout goes with --format markdown and --output, the generator's folder")
	}
	return nil
}

// gate fails a build whose readers would miss something: an edition withheld, an
// image, a place that a link leads to.
func gate(found diag.List) error {
	for _, f := range found {
		if f.Severity == diag.Error || f.Code == "image-missing" || f.Code == "link-dead" {
			return errGate
		}
	}
	return nil
}

// printBuild prints what was built and where.
func printBuild(w io.Writer, b *project.Build) {
	for _, e := range b.Editions {
		name := pad(e.Language.String(), 8) + pad(locale.Autonym(e.Language), 12)
		switch {
		case e.Share.Percent < e.Share.Least:
			gone := ""
			if e.Withdrawn {
				gone = "; the files of an earlier build are removed:"
			}
			fmt.Fprintf(w, "%s withheld: %d%% of the words are translated, %d%% are wanted%s\n", name, e.Share.Percent, e.Share.Least, gone)
		case e.Withdrawn:
			fmt.Fprintf(w, "%s withheld, for the errors above; the files of an earlier build held a retracted article and are removed:\n", name)
		case e.Withheld && len(e.Files) > 0:
			fmt.Fprintf(w, "%s withheld, for the errors above; the files of an earlier build stay as they are:\n", name)
		case e.Withheld:
			fmt.Fprintf(w, "%s withheld, for the errors above\n", name)
		default:
			fmt.Fprintf(w, "%s %s%s\n", name, plural(e.Articles, "article"), fallbacks(e))
		}
		for _, f := range e.Files {
			fmt.Fprintf(w, "        %s\n", diag.Printable(path.Join(b.Output, f)))
		}
		printApart(w, e)
	}
}

// mostApart is how many articles of an edition are named that are not shown as they
// are.
const mostApart = 5

// printApart prints which articles of an edition are withheld, or shown as they were
// earlier.
func printApart(w io.Writer, e project.Built) {
	if e.Withheld {
		return
	}
	var lines []string
	for _, p := range e.Omitted {
		lines = append(lines, diag.Printable(p)+" withheld")
	}
	for _, a := range e.Earlier {
		lines = append(lines, fmt.Sprintf("%s as it was on %s, when it was last complete", diag.Printable(a.Path), a.Day.Format(time.DateOnly)))
	}
	for i, line := range lines {
		if i == mostApart {
			fmt.Fprintf(w, "        and %d more articles\n", len(lines)-i)
			return
		}
		fmt.Fprintf(w, "        %s\n", line)
	}
}

// fallbacks tells what of an edition is not a finished translation.
func fallbacks(e project.Built) string {
	var parts []string
	if n := e.Counts.Untranslated.Messages; n > 0 {
		parts = append(parts, plural(n, "passage")+" in the source language"+whySource(e.Counts))
	}
	if n := e.Counts.Stale.Messages; n > 0 {
		parts = append(parts, fmt.Sprintf("%d stale", n))
	}
	if n := e.Counts.Machine.Messages; n > 0 {
		parts = append(parts, plural(n, "machine draft"))
	}
	if e.Behind {
		parts = append(parts, "catalogs are behind: run dragoman extract")
	}
	if len(parts) == 0 {
		return ""
	}
	return "; " + strings.Join(parts, ", ")
}

// whySource tells why passages are in the source language, where it is not only that
// nobody has translated them.
func whySource(c edition.Counts) string {
	var parts []string
	for r, t := range c.Reasons {
		if t.Messages > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", t.Messages, edition.Reason(r)))
		}
	}
	if c.Reasons[edition.Untranslated] == c.Untranslated {
		return ""
	}
	return " (" + strings.Join(parts, ", ") + ")"
}

func buildJSON(b *project.Build) any {
	type editionJSON struct {
		Language     string            `json:"language"`
		Articles     int               `json:"articles"`
		Messages     int               `json:"messages"`
		Untranslated int               `json:"untranslated"`
		Reasons      map[string]int    `json:"reasons"`
		Stale        int               `json:"stale"`
		Machine      int               `json:"machine"`
		Percent      int               `json:"percent,omitempty"`
		Wanted       int               `json:"percent_wanted,omitempty"`
		Withheld     bool              `json:"withheld"`
		Withdrawn    bool              `json:"withdrawn"`
		Omitted      []string          `json:"omitted"`
		Earlier      map[string]string `json:"earlier"`
		Behind       bool              `json:"behind"`
		Files        []string          `json:"files"`
	}
	out := struct {
		Output   string        `json:"output"`
		Editions []editionJSON `json:"editions"`
	}{b.Output, []editionJSON{}}
	for _, e := range b.Editions {
		j := editionJSON{
			Language: e.Language.String(), Articles: e.Articles, Messages: e.Counts.All.Messages,
			Untranslated: e.Counts.Untranslated.Messages, Reasons: map[string]int{},
			Stale: e.Counts.Stale.Messages, Machine: e.Counts.Machine.Messages,
			Percent: e.Share.Percent, Wanted: e.Share.Least, Withheld: e.Withheld, Withdrawn: e.Withdrawn,
			Omitted: append([]string{}, e.Omitted...), Earlier: map[string]string{},
			Behind: e.Behind, Files: append([]string{}, e.Files...),
		}
		for r, t := range e.Counts.Reasons {
			if t.Messages > 0 {
				j.Reasons[edition.Reason(r).String()] = t.Messages
			}
		}
		for _, a := range e.Earlier {
			j.Earlier[a.Path] = a.Day.Format(time.DateOnly)
		}
		out.Editions = append(out.Editions, j)
	}
	return out
}
