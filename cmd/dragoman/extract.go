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
	var check, dry, minor bool
	var format, by string
	c := &cobra.Command{
		Use:   "extract [ARTICLE…]",
		Short: "Bring the catalogs up to date with the articles",
		Long: `Bring the catalogs in locales/ up to date with the articles, all of them or those
that are named. A message whose source changed keeps its translation and becomes
fuzzy, with the source that was translated beside it; one that left the article
becomes obsolete and comes back with its text. What did not change keeps its bytes.

Each change has a class, and the class decides:
  critical    a negation, a number, a date, or a name of the glossary or of keep in
              dragoman.toml: needs rewriting, and is not published before
  prose       other words, also if only their capitals: needs rewriting
  split       a text became two, or (merged) two became one: needs checking
  markup      emphasis, code, tags, notes: needs checking
  link        an address: replaced in the translation, or needs checking
  typography  quotation marks, dashes: kept; likewise white space, and what moved

With --minor the changes of the articles that are named are kept, but for critical
ones, and the reviewer is told; also those of an extract before.`,
		Example: "  dragoman extract\n  dragoman extract chinas-role --lang ko\n" +
			"  dragoman extract --minor chinas-role    # only the wording was mended\n" +
			"  dragoman extract --check                # in CI: exit 1 if a catalog is behind",
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
				Minor: minor, By: by,
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
	c.Flags().BoolVar(&minor, "minor", false, "keep the translations of what changed in the articles named")
	c.Flags().StringVar(&by, "as", "", "the `pseudonym` of who says that it is minor")
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
	note  string
}

// printExtraction prints, by article, what changed in which language and which
// messages these are, those first that ask most; then the counts of all articles.
// Messages of an article that is new are only counted. White space is not told.
func printExtraction(w io.Writer, x *project.Extraction, dry bool) {
	stories := storiesOf(x)
	for _, article := range slices.Sorted(maps.Keys(stories)) {
		stories[article].print(w, article)
	}
	if len(stories) > 1 {
		fmt.Fprintln(w, "in all")
		for _, l := range x.Languages {
			if counts := countsOf(l.Changes); counts != "" {
				fmt.Fprintf(w, "  %s %s\n", pad(l.Language.String(), 9), counts)
			}
		}
	}
	verb := "wrote"
	if dry {
		verb = "would write"
	}
	fmt.Fprintf(w, "%s, %s; %s %s\n", plural(x.Articles, "article"), plural(x.Segments, "segment"),
		verb, plural(len(x.Written), "file"))
}

func (s *story) print(w io.Writer, article string) {
	fmt.Fprintln(w, diag.Printable(article))
	for _, line := range s.counts {
		fmt.Fprintln(w, "  "+line)
	}
	if !slices.ContainsFunc(s.items, func(c item) bool { return c.class != merge.New }) {
		return
	}
	slices.SortStableFunc(s.items, func(a, b item) int {
		return slices.Index(merge.Classes, a.class) - slices.Index(merge.Classes, b.class)
	})
	for i, c := range s.items {
		if i == shown {
			fmt.Fprintf(w, "    … and %d more\n", len(s.items)-shown)
			return
		}
		line := pad(string(c.class), 10) + " " + report.Clip(c.key.Source, 70)
		if c.note != "" {
			line += " (" + diag.Printable(c.note) + ")"
		}
		fmt.Fprintln(w, "    "+line)
	}
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
	for _, c := range changes {
		if i := (item{c.Class, c.Key, c.Note}); c.Class != merge.Whitespace && !s.seen[i] {
			s.seen[i] = true
			s.items = append(s.items, i)
		}
	}
	s.counts = append(s.counts, pad(language, 9)+" "+countsOf(changes))
}

// countsOf counts changes by class.
func countsOf(changes []merge.Change) string {
	counts := map[merge.Class]int{}
	offered := 0
	for _, c := range changes {
		counts[c.Class]++
		if c.Class == merge.New && c.Carried {
			offered++
		}
	}
	var parts []string
	for _, class := range merge.Classes {
		if n := counts[class]; n > 0 {
			parts = append(parts, fmt.Sprintf("%d %s", n, class))
		}
		if class == merge.New && offered > 0 {
			parts[len(parts)-1] += fmt.Sprintf(" (%d with an offer from the memory)", offered)
		}
	}
	return strings.Join(parts, ", ")
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

// changeJSON is one change in the JSON output.
type changeJSON struct {
	Language string `json:"language"`
	Article  string `json:"article"`
	Class    string `json:"class"`
	Context  string `json:"context,omitempty"`
	Source   string `json:"source"`
	Previous string `json:"previous,omitempty"`
	Size     string `json:"size,omitempty"` // of the change, for people
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
				l.Language.String(), c.Article, string(c.Class), c.Key.Context, c.Key.Source, c.Previous, c.Note,
				c.Pos.Line, c.Pos.Column,
			})
		}
	}
	return out
}
