package main

import (
	"fmt"
	"io"
	"os"
	"runtime/debug"
	"slices"
	"strings"

	"dragoman/internal/coverage"
	"dragoman/internal/project"
	"dragoman/internal/report"

	"github.com/spf13/cobra"
)

// statusFormats are the formats of status.
var statusFormats = []string{"table", "json", "html", "csv", "junit", "sarif", "github", "badge", "atom"}

func (a *app) status() *cobra.Command {
	var languages []string
	var format, date, since, reader string
	var questions, trend bool
	var g gates
	o := project.StatusOptions{}
	c := &cobra.Command{
		Use:   "status",
		Short: "Show what is translated and what is left",
		Long: `Show, by language and article, how many messages and source words are translated,
need rewriting, need checking, or are untranslated. An article edited since the
last extract counts as edited. Below, by language: the words that are left and the
effort that they are, by how much of each text was translated before; what is stale,
why and for how long; what the policy keeps from readers; who owes what. Days are
counted to today, or to --date.

Gates exit with 1 and say why. A value is for all languages, or for one:

  dragoman status --fail-under 80 --fail-under ko=95
  dragoman status --max-stale-days 30 --fail-on critical,overdue --fail-on ko=withheld

--fail-on takes critical, prose, split, merged, markup or link (stale by a change of
that class or a graver one), stale, withheld (the edition), overdue and error (with
--checks). Of the formats, html is a page for people, in the language of --ui; json and
csv have every figure, junit and sarif are for continuous integration, github annotates
a run, badge is a picture in SVG, atom a digest for readers of feeds.

With --questions, list what the translators ask the author: comments in the catalogs
that begin with a question mark, "# ? which bank?".

With --since, show what happened between two revisions of git, or from one to what
is on disk: what was translated, what is stale that was not, what is new, what is
gone; as JSON message by message.

With --trend, show how many words are translated in a week, by the catalogs as git has
them of the last half a year, and when a language will be complete if it goes on so:
a range that holds 8 of 10 outcomes.`,
		Example: "  dragoman status\n  dragoman status --lang ko --fail-under 90\n  dragoman status --format junit --fail-on critical > status.xml\n  dragoman status --since v1.2\n  dragoman status --since main..draft --format json",
		Args:    noArguments,
		RunE: func(c *cobra.Command, _ []string) (err error) {
			if os.Getenv("GOGC") == "" {
				debug.SetGCPercent(50) // what was counted is let go at once
			}
			if err := oneOf("format", format, statusFormats...); err != nil {
				return err
			}
			if trend && !slices.Contains(statusFormats[:3], format) {
				return fmt.Errorf("--trend goes with --format %s", strings.Join(statusFormats[:3], ", "))
			}
			if o.AsOf, err = dayOf(date); err != nil {
				return err
			}
			w, err := a.open(languages...)
			if err != nil {
				return err
			}
			defer w.tree.Close()
			if c.Flags().Changed("since") {
				return w.since(c, since, format)
			}
			asked, err := g.read(w.tree.Config.Targets())
			if err != nil {
				return err
			}
			o.Now, o.Languages = w.day, w.tags
			o.Checks = o.Checks || g.wants("error")
			st, err := w.tree.Status(c.Context(), o)
			if err != nil {
				return err
			}
			printWarnings(c.ErrOrStderr(), st.Findings)
			s := standing(w.tree, st)
			s.Failures = asked.Failures(&st.Counts)
			if trend {
				if s.Trends, err = w.trends(c, &st.Counts, o.AsOf); err != nil {
					return err
				}
			}
			if format == "html" {
				page, err := w.tree.Page(reader)
				if err != nil {
					return err
				}
				c.OutOrStdout().Write(s.HTML(page))
			} else {
				printStanding(c.OutOrStdout(), s, format, questions)
			}
			for _, f := range s.Failures {
				fmt.Fprintln(c.ErrOrStderr(), f.Text)
				err = errGate
			}
			return err
		},
	}
	c.Flags().StringSliceVarP(&languages, "lang", "l", nil, "only these `languages`")
	c.Flags().StringVar(&format, "format", "table", strings.Join(statusFormats[:len(statusFormats)-1], ", ")+" or "+statusFormats[len(statusFormats)-1])
	c.Flags().StringVar(&date, "date", "", "the `day` to which days are counted, and for which the policy is asked, as 2026-11-24")
	c.Flags().BoolVar(&o.Checks, "checks", false, "look for what is wrong with translations, too")
	c.Flags().StringArrayVar(&g.under, "fail-under", nil, "exit 1 if less than this `percentage` of a language is translated: 90 or ko=90")
	c.Flags().StringArrayVar(&g.days, "max-stale-days", nil, "exit 1 if a translation is stale for more `days`: 30 or ko=30")
	c.Flags().StringArrayVar(&g.on, "fail-on", nil, "exit 1 if there is any of these `things`: critical,overdue or ko=stale")
	c.Flags().BoolVar(&questions, "questions", false, "list the translators' questions instead")
	c.Flags().StringVar(&since, "since", "", "what happened since a `revision`, or between two: a..b")
	c.Flags().BoolVar(&trend, "trend", false, "show the words of each week, and when a language will be complete")
	c.Flags().StringVar(&reader, "ui", "", "the `language` of the HTML page (default: of the articles)")
	offer(c, "format", statusFormats...)
	offer(c, "fail-on", coverage.Refusals...)
	return c
}

// standing is what was measured of a workspace.
func standing(t *project.Tree, st *project.Standing) *report.Standing {
	return &report.Standing{
		Counts: st.Counts, Questions: st.Questions, Config: project.ConfigName,
		Title: t.Config.Title, Author: t.Config.Author, BaseURL: t.Config.BaseURL,
	}
}

func printStanding(w io.Writer, s *report.Standing, format string, questions bool) {
	switch format {
	case "json":
		w.Write(s.JSON())
	case "csv":
		w.Write(s.CSV())
	case "junit":
		w.Write(s.JUnit())
	case "sarif":
		w.Write(s.SARIF())
	case "github":
		fmt.Fprint(w, s.GitHub())
	case "badge":
		w.Write(s.Badge())
	case "atom":
		w.Write(s.Atom())
	default:
		if questions {
			fmt.Fprint(w, report.Questions(s.Questions))
			return
		}
		fmt.Fprint(w, report.Table(s.Counts, report.Options{Color: color()}), report.Summary(&s.Counts))
		if s.Trends != nil {
			fmt.Fprint(w, "\n", report.Trends(s.Trends))
		}
	}
}

// color reports whether standard output is a terminal that wants colours.
func color() bool {
	info, err := os.Stdout.Stat()
	return err == nil && info.Mode()&os.ModeCharDevice != 0 && os.Getenv("NO_COLOR") == "" && os.Getenv("TERM") != "dumb"
}
