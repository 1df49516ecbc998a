package main

import (
	"fmt"
	"io"
	"slices"

	"dragoman/internal/diag"
	"dragoman/internal/merge"
	"dragoman/internal/project"
	"dragoman/internal/report"

	"github.com/spf13/cobra"
)

func (a *app) extract() *cobra.Command {
	var languages []string
	var check, dry bool
	var format string
	c := &cobra.Command{
		Use:   "extract [ARTICLE…]",
		Short: "Bring the catalogs up to date with the articles",
		Long: `Bring the catalogs in locales/ up to date with the articles, all of them or those
that are named. A message whose source changed keeps its translation and becomes
fuzzy, with the source that was translated beside it; one that left the article
becomes obsolete and comes back with its text. What did not change keeps its bytes.`,
		Example: "  dragoman extract\n  dragoman extract chinas-role --lang ko\n  dragoman extract --check    # in CI: exit 1 if a catalog is behind",
		RunE: func(c *cobra.Command, args []string) error {
			if err := oneOf("format", format, "text", "json"); err != nil {
				return err
			}
			tags, err := tags(languages)
			if err != nil {
				return err
			}
			day, err := now()
			if err != nil {
				return err
			}
			tree, err := a.open()
			if err != nil {
				return err
			}
			defer tree.Close()
			x, err := tree.Extract(c.Context(), project.ExtractOptions{
				Now: day, Articles: args, Languages: tags, DryRun: check || dry,
			})
			if err != nil {
				return err
			}
			printFindings(c.ErrOrStderr(), x.Findings)
			if format == "json" {
				c.OutOrStdout().Write(report.Encode(extractionJSON(x)))
			} else {
				printExtraction(c.OutOrStdout(), x, check || dry)
			}
			if check && len(x.Written) > 0 {
				return errGate
			}
			return nil
		},
	}
	c.Flags().StringSliceVarP(&languages, "lang", "l", nil, "only these `languages`")
	c.Flags().BoolVar(&check, "check", false, "write nothing, exit 1 if anything would change")
	c.Flags().BoolVar(&dry, "dry-run", false, "write nothing")
	c.Flags().StringVar(&format, "format", "text", "text or json")
	return c
}

// shown is how many messages of an article the text output names.
const shown = 10

// printExtraction prints, by article, what changed in which language and which
// messages these are.
func printExtraction(w io.Writer, x *project.Extraction, dry bool) {
	for _, article := range articlesOf(x) {
		fmt.Fprintln(w, diag.Printable(article))
		var items []merge.Change
		for _, l := range x.Languages {
			counts := tally(l.Changes, article)
			if counts == "" {
				continue
			}
			fmt.Fprintf(w, "  %s %s\n", pad(l.Language.String(), 9), counts)
			for _, c := range l.Changes {
				if c.Article == article && !slices.ContainsFunc(items, func(o merge.Change) bool {
					return o.Class == c.Class && o.Key == c.Key
				}) {
					items = append(items, c)
				}
			}
		}
		for i, c := range items {
			if i == shown {
				fmt.Fprintf(w, "    … and %d more\n", len(items)-shown)
				break
			}
			fmt.Fprintf(w, "    %s %s\n", pad(word(c.Class), 10), clip(c.Key.Source, 70))
		}
	}
	verb := "wrote"
	if dry {
		verb = "would write"
	}
	fmt.Fprintf(w, "%s, %s; %s %s\n", plural(x.Articles, "article"), plural(x.Segments, "segment"),
		verb, plural(len(x.Written), "file"))
}

// articlesOf are the articles in which something changed, in order.
func articlesOf(x *project.Extraction) []string {
	var names []string
	for _, l := range x.Languages {
		for _, c := range l.Changes {
			if !slices.Contains(names, c.Article) {
				names = append(names, c.Article)
			}
		}
	}
	slices.Sort(names)
	return names
}

// tally counts the changes of one article in one language by class.
func tally(changes []merge.Change, article string) string {
	counts := map[string]int{}
	var order []string
	for _, c := range changes {
		if c.Article != article {
			continue
		}
		w := word(c.Class)
		if counts[w] == 0 {
			order = append(order, w)
		}
		counts[w]++
	}
	text := ""
	for i, w := range order {
		if i > 0 {
			text += ", "
		}
		text += fmt.Sprintf("%d %s", counts[w], w)
	}
	return text
}

// word is a class of change in the words of the output.
func word(c merge.Class) string {
	if c == merge.Prose {
		return "changed"
	}
	return string(c)
}

// changeJSON is one change in the JSON output.
type changeJSON struct {
	Language string `json:"language"`
	Article  string `json:"article"`
	Class    string `json:"class"`
	Context  string `json:"context,omitempty"`
	Source   string `json:"source"`
	Previous string `json:"previous,omitempty"`
	Line     int    `json:"line,omitempty"`
	Column   int    `json:"column,omitempty"`
}

func extractionJSON(x *project.Extraction) any {
	out := struct {
		Articles int          `json:"articles"`
		Segments int          `json:"segments"`
		Changes  []changeJSON `json:"changes"`
		Written  []string     `json:"written"`
	}{x.Articles, x.Segments, []changeJSON{}, append([]string{}, x.Written...)}
	for _, l := range x.Languages {
		for _, c := range l.Changes {
			out.Changes = append(out.Changes, changeJSON{
				l.Language.String(), c.Article, string(c.Class), c.Key.Context, c.Key.Source, c.Previous,
				c.Pos.Line, c.Pos.Column,
			})
		}
	}
	return out
}
