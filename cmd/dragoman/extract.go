package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"

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
			w, err := a.open(languages...)
			if err != nil {
				return err
			}
			defer w.tree.Close()
			x, err := w.tree.Extract(c.Context(), project.ExtractOptions{
				Now: w.day, Articles: args, Languages: w.tags, DryRun: check || dry,
			})
			if err != nil {
				return err
			}
			printWarnings(c.ErrOrStderr(), x.Findings)
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
	offer(c, "format", "text", "json")
	return c
}

// shown is how many messages of an article, and findings of a kind, the text
// output names.
const shown = 10

// story is what happened to one article.
type story struct {
	counts []string // a line for each language
	items  []item
	seen   map[item]bool
}

// item is a change that several languages may share.
type item struct {
	class merge.Class
	key   diag.Key
}

// printExtraction prints, by article, what changed in which language and which
// messages these are. Those of an article that is new are only counted.
func printExtraction(w io.Writer, x *project.Extraction, dry bool) {
	stories := storiesOf(x)
	for _, article := range slices.Sorted(maps.Keys(stories)) {
		s := stories[article]
		fmt.Fprintln(w, diag.Printable(article))
		for _, line := range s.counts {
			fmt.Fprintln(w, "  "+line)
		}
		if !slices.ContainsFunc(s.items, func(c item) bool { return c.class != merge.New }) {
			continue
		}
		for i, c := range s.items {
			if i == shown {
				fmt.Fprintf(w, "    … and %d more\n", len(s.items)-shown)
				break
			}
			fmt.Fprintf(w, "    %s %s\n", pad(word(c.class), 10), clip(c.key.Source, 70))
		}
	}
	verb := "wrote"
	if dry {
		verb = "would write"
	}
	fmt.Fprintf(w, "%s, %s; %s %s\n", plural(x.Articles, "article"), plural(x.Segments, "segment"),
		verb, plural(len(x.Written), "file"))
}

// storiesOf gathers the changes by article; one that several languages share is
// told once.
func storiesOf(x *project.Extraction) map[string]*story {
	stories := map[string]*story{}
	for _, l := range x.Languages {
		byArticle := map[string][]merge.Change{}
		for _, c := range l.Changes {
			byArticle[c.Article] = append(byArticle[c.Article], c)
		}
		for article, changes := range byArticle {
			s := stories[article]
			if s == nil {
				s = &story{seen: map[item]bool{}}
				stories[article] = s
			}
			s.add(l.Language.String(), changes)
		}
	}
	return stories
}

// add tells what happened in one language.
func (s *story) add(language string, changes []merge.Change) {
	counts := map[string]int{}
	var order []string
	for _, c := range changes {
		w := word(c.Class)
		if counts[w] == 0 {
			order = append(order, w)
		}
		counts[w]++
		if i := (item{c.Class, c.Key}); !s.seen[i] {
			s.seen[i] = true
			s.items = append(s.items, i)
		}
	}
	for i, w := range order {
		order[i] = fmt.Sprintf("%d %s", counts[w], w)
	}
	s.counts = append(s.counts, pad(language, 9)+" "+strings.Join(order, ", "))
}

// printWarnings prints the findings, of each kind the first few: it is the build
// that they are in the way of, and that names them all.
func printWarnings(w io.Writer, found diag.List) {
	counts := map[string]int{}
	for _, f := range found {
		if counts[f.Code]++; counts[f.Code] <= shown {
			printFindings(w, diag.List{f})
		}
	}
	more := 0
	for _, n := range counts {
		more += max(0, n-shown)
	}
	if more > 0 {
		fmt.Fprintf(w, "warning: and %d more like these; dragoman build names them all\n", more)
	}
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
	Line     int    `json:"line,omitempty"` // in the article; of a message that is gone, in the catalog
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
