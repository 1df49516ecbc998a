package main

import (
	"cmp"
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

	"dragoman/internal/check"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/project"
	"dragoman/internal/report"

	"github.com/spf13/cobra"
)

func (a *app) check() *cobra.Command {
	var languages []string
	var format, failOn string
	o := project.CheckOptions{}
	c := &cobra.Command{
		Use:   "check [ARTICLE…]",
		Short: "Look for what is wrong with translations",
		Long: `Look for what is wrong with translations: those of all articles, or of the articles
that are named. An error keeps a passage from being published as it is; a warning
asks for a look. dragoman explain lists the checks.

With --fix, what needs nobody's judgement is mended in the catalogs; an approval of
what was mended lapses. A finding that does not apply is waived for the message, with
dragoman waive, and a check for a language or for all in dragoman.toml:

  [checks]
  off = ["unchanged"]
  [languages.ko.checks]
  off = ["newlines"]

What is only to know is counted, and listed if --only names its check, or with
--fail-on info. The exit code is 1 if there is an error, or with --fail-on warning a warning.`,
		Example: "  dragoman check --lang ko\n  dragoman check chinas-role --only markup,link-target\n  dragoman check --fix --dry-run",
		RunE: func(c *cobra.Command, args []string) error {
			if err := oneOf("format", format, "text", "json", "sarif", "github", "junit"); err != nil {
				return err
			}
			if err := oneOf("fail-on", failOn, "error", "warning", "info"); err != nil {
				return err
			}
			w, err := a.open(languages...)
			if err != nil {
				return err
			}
			defer w.tree.Close()
			o.Now, o.Articles, o.Languages = w.day, args, w.tags
			found, err := w.tree.Check(c.Context(), o)
			if err != nil {
				return err
			}
			printWarnings(c.ErrOrStderr(), found.Warnings)
			printChecking(c.OutOrStdout(), found, format, o, len(o.Only) > 0 || failOn == "info")
			for _, f := range found.Findings {
				if f.Severity.String() == failOn || f.Severity == diag.Error || failOn == "info" {
					return errGate
				}
			}
			return nil
		},
	}
	c.Flags().StringSliceVarP(&languages, "lang", "l", nil, "only these `languages`")
	c.Flags().StringSliceVar(&o.Only, "only", nil, "only the checks with these `codes`")
	c.Flags().BoolVar(&o.Fix, "fix", false, "mend what needs nobody's judgement")
	c.Flags().BoolVar(&o.DryRun, "dry-run", false, "write nothing")
	c.Flags().StringVar(&failOn, "fail-on", "error", "exit 1 from this `severity` on: error, warning or info")
	c.Flags().StringVar(&format, "format", "text", "text, json, sarif, github or junit")
	offer(c, "format", "text", "json", "sarif", "github", "junit")
	offer(c, "fail-on", "error", "warning", "info")
	offer(c, "only", checkCodes()...)
	return c
}

func checkCodes() (codes []string) {
	for _, r := range check.Rules() {
		codes = append(codes, r.Code)
	}
	return codes
}

// printChecking prints what the checks found. As text, what is only to know is counted,
// and listed if all is asked for.
func printChecking(w io.Writer, found *project.Checking, format string, o project.CheckOptions, all bool) {
	f := report.Findings{
		List: found.Findings, Rules: check.Rules(), Checked: found.Checked, Fixed: len(found.Fixed), Written: found.Written,
	}
	switch format {
	case "json":
		w.Write(f.JSON())
	case "sarif":
		w.Write(f.SARIF())
	case "junit":
		w.Write(f.JUnit())
	case "github":
		fmt.Fprint(w, f.GitHub())
	default:
		errors, warnings, infos := f.Counts()
		listed := f
		if !all {
			listed.List = slices.DeleteFunc(slices.Clone(f.List), func(d diag.Finding) bool { return d.Severity == diag.Info })
		}
		fmt.Fprint(w, listed.Text())
		printCodes(w, f.List)
		if infos > 0 && !all {
			fmt.Fprintln(w, "What is to know is listed by --only CODE, or all of it by --fail-on info.")
		}
		fmt.Fprintf(w, "%s checked: %s, %s, %d to know\n", plural(found.Messages, "translation"),
			plural(errors, "error"), plural(warnings, "warning"), infos)
		if o.Fix {
			verb := "mended"
			if o.DryRun {
				verb = "would be mended"
			}
			fmt.Fprintf(w, "%s %s in %s\n", plural(len(found.Fixed), "message"), verb, plural(len(found.Written), "file"))
		}
	}
}

// fewestGrouped are the findings from which they are counted by their checks.
const fewestGrouped = 10

// printCodes counts findings by severity and check, the gravest and most frequent first.
func printCodes(w io.Writer, list diag.List) {
	type group struct {
		severity diag.Severity
		code     string
	}
	if len(list) < fewestGrouped {
		return
	}
	counts, places := map[group]int{}, map[group]map[string]bool{}
	for _, f := range list {
		g := group{f.Severity, f.Code}
		if counts[g]++; places[g] == nil {
			places[g] = map[string]bool{}
		}
		places[g][f.Pos.Path] = true
	}
	groups := slices.SortedFunc(maps.Keys(counts), func(a, b group) int {
		return cmp.Or(cmp.Compare(a.severity, b.severity), cmp.Compare(counts[b], counts[a]), cmp.Compare(a.code, b.code))
	})
	fmt.Fprintln(w)
	for _, g := range groups {
		fmt.Fprintf(w, "%6d %-8s %-22s in %s\n", counts[g], g.severity, g.code, plural(len(places[g]), "catalog"))
	}
	fmt.Fprintln(w)
}

func (a *app) explain() *cobra.Command {
	var format string
	c := &cobra.Command{
		Use:   "explain [CODE]",
		Short: "Say what a check looks for",
		Long: `Say what a check looks for and how to mend what it finds, or list all checks. The
severity is of most languages; where it is another in some, they are named.`,
		Example: "  dragoman explain\n  dragoman explain markup-unrendered",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			if err := oneOf("format", format, "text", "json"); err != nil {
				return err
			}
			rules := check.Rules()
			if len(args) == 1 {
				r, err := ruleOf(rules, args[0])
				if err != nil {
					return err
				}
				rules = []check.Rule{r}
			}
			switch {
			case format == "json":
				c.OutOrStdout().Write(report.Encode(rulesJSON(rules)))
			case len(args) == 1:
				printRule(c.OutOrStdout(), rules[0])
			default:
				for _, r := range rules {
					fmt.Fprintf(c.OutOrStdout(), "%-22s %-8s %s\n", r.Code, severityOf(r), r.Title)
				}
			}
			return nil
		},
		ValidArgsFunction: cobra.FixedCompletions(checkCodes(), cobra.ShellCompDirectiveNoFileComp),
	}
	c.Flags().StringVar(&format, "format", "text", "text or json")
	offer(c, "format", "text", "json")
	return c
}

func ruleOf(rules []check.Rule, code string) (check.Rule, error) {
	for _, r := range rules {
		if r.Code == code {
			return r, nil
		}
	}
	return check.Rule{}, project.KnownCheck(code)
}

func severityOf(r check.Rule) string {
	if r.Gate {
		return "gate"
	}
	return r.Severity.String()
}

func printRule(w io.Writer, r check.Rule) {
	fmt.Fprintf(w, "%s: %s\n\n", r.Code, r.Title)
	switch {
	case r.Gate:
		fmt.Fprintln(w, "It counts against publication, and is no finding.")
	case r.Grave:
		fmt.Fprintf(w, "Severity: %s, of the gravest error\n", r.Severity)
	default:
		fmt.Fprintf(w, "Severity: %s\n", r.Severity)
	}
	for _, name := range languagesOf(r) {
		fmt.Fprintf(w, "  %s\n", name)
	}
	fmt.Fprintf(w, "To mend it: %s.\n", r.Hint)
	if r.Fixes() {
		fmt.Fprintf(w, "dragoman check --only %s --fix does what needs nobody's judgement.\n", r.Code)
	}
	if !r.Gate {
		fmt.Fprintf(w, "To leave it: dragoman waive %s CATALOG:LINE --lang LANGUAGE --as NAME --note REASON.\n", r.Code)
	}
}

// languagesOf says in which languages a rule is applied, or applied otherwise.
func languagesOf(r check.Rule) (lines []string) {
	if len(r.Languages) > 0 {
		lines = append(lines, "only in "+strings.Join(r.Languages, ", "))
	}
	for _, lang := range []string{"de", "en", "es", "fr", "ja", "ko", "zh-Hans", "zh-Hant"} {
		tag, err := locale.Parse(lang)
		if err != nil {
			panic(err) // the tags are known to be good
		}
		s, ok := r.For(tag)
		switch {
		case !ok && len(r.Languages) == 0:
			lines = append(lines, lang+": only if --only names it")
		case ok && s != r.Severity:
			lines = append(lines, lang+": "+s.String())
		}
	}
	return lines
}

func rulesJSON(rules []check.Rule) any {
	type rule struct {
		Code      string   `json:"code"`
		Title     string   `json:"title"`
		Hint      string   `json:"hint"`
		Severity  string   `json:"severity"`
		Languages []string `json:"languages"`
		Fixes     bool     `json:"fixes"`
	}
	list := []rule{}
	for _, r := range rules {
		list = append(list, rule{r.Code, r.Title, r.Hint, severityOf(r), append([]string{}, r.Languages...), r.Fixes()})
	}
	return list
}
