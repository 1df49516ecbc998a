package report

import (
	"cmp"
	_ "embed"
	"fmt"
	"html/template"
	"strings"
	"sync"

	"dragoman/internal/coverage"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/prose"
	"dragoman/internal/words"
)

// Diff shows stale translations on a terminal, in the order of the list, below
// each what changed in its source, word by word:
//
//	ko  road.md
//	  locales/ko/road.po:12:1: needs rewriting: prose, 1 word; since 2026-11-20, 4 days
//	    The road is [-long-]{+short+}.
//	    길은 멀다.
func Diff(list []coverage.Item, o Options) string {
	if len(list) == 0 {
		return "no translation is stale\n"
	}
	var b strings.Builder
	for i, s := range list {
		if i == 0 || s.Language != list[i-1].Language || s.Article != list[i-1].Article {
			mark := ""
			if s.Behind {
				mark = behindMark
			}
			fmt.Fprintf(&b, "%s  %s%s\n", s.Language, diag.Printable(s.Article), mark)
		}
		fmt.Fprintf(&b, "  %s: %s\n    %s\n", s.Pos, reasonOf(&s), marked(&s, o))
		for _, t := range s.Target {
			fmt.Fprintf(&b, "    %s\n", diag.Printable(t))
		}
	}
	fmt.Fprintf(&b, "%s to look at\n", countOf(len(list), "translation"))
	for _, s := range list {
		if s.Behind {
			b.WriteString(behindMeaning + "\n")
			break
		}
	}
	return b.String()
}

func countOf(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// reasonOf says in one line why, and since when, the translation is stale.
func reasonOf(s *coverage.Item) string {
	reason := strings.ReplaceAll(s.State.String(), "-", " ") + ": " + cmp.Or(diag.Printable(s.Class), "nothing says why")
	if s.What != "" {
		reason += ", " + diag.Printable(s.What)
	}
	if !s.Since.IsZero() {
		age := countOf(s.Days, "day")
		if s.Days == 0 {
			age = "today"
		}
		reason += fmt.Sprintf("; since %s, %s", dateOf(s.Since), age)
	}
	return reason
}

func marked(s *coverage.Item, o Options) string {
	edits := s.Edits()
	if edits == nil {
		return diag.Printable(s.Key.Source)
	}
	for i := range edits {
		edits[i].Text = diag.Printable(edits[i].Text)
	}
	if o.Color {
		return prose.Colored(edits)
	}
	return prose.Bracketed(edits)
}

type (
	jsonStale struct {
		Language string     `json:"language"`
		Article  string     `json:"article"`
		Behind   bool       `json:"behind"`
		Path     string     `json:"path"`
		Line     int        `json:"line,omitempty"`
		Column   int        `json:"column,omitempty"`
		State    string     `json:"state"`
		Class    string     `json:"class,omitempty"`
		What     string     `json:"what,omitempty"`
		Since    string     `json:"since,omitempty"`
		Days     int        `json:"days"`
		Context  string     `json:"context,omitempty"`
		Source   string     `json:"source"`
		Previous string     `json:"previous,omitempty"`
		Edits    []jsonEdit `json:"edits"`
		Target   []string   `json:"target"`
	}
	jsonEdit struct {
		Op   string `json:"op"`
		Text string `json:"text"`
	}
)

// DiffJSON is the list for machines: {"stale": [{…}]}, where edits is a list of
// {"op": "keep" | "remove" | "insert", "text": …} that makes source of previous,
// and empty where it is not known what changed.
func DiffJSON(list []coverage.Item) []byte {
	out := struct {
		Stale []jsonStale `json:"stale"`
	}{[]jsonStale{}}
	for _, s := range list {
		j := jsonStale{
			Language: s.Language.String(), Article: s.Article, Behind: s.Behind,
			Path: s.Pos.Path, Line: s.Pos.Line, Column: s.Pos.Column,
			State: s.State.String(), Class: s.Class, What: s.What, Since: dateOf(s.Since), Days: s.Days,
			Context: s.Key.Context, Source: s.Key.Source, Previous: s.Previous, Edits: []jsonEdit{}, Target: s.Target,
		}
		for _, e := range s.Edits() {
			j.Edits = append(j.Edits, jsonEdit{[...]string{"keep", "remove", "insert"}[e.Op], e.Text})
		}
		out.Stale = append(out.Stale, j)
	}
	return Encode(out)
}

//go:embed diff.html
var diffPage string

var diffTemplate = sync.OnceValue(func() *template.Template { return template.Must(template.New("diff").Parse(diffPage)) })

// Page is what a page of a report is made with.
type Page struct {
	Words  *words.Words // its language
	Source locale.Tag   // the articles' language
	Title  string       // of the collection; may be empty
}

// language is a language as a template shows it.
type language struct{ Tag, Dir, Name string }

func languageFor(t locale.Tag) language {
	return language{t.String(), locale.Direction(t), locale.Autonym(t)}
}

// passage is one stale translation as the page shows it.
type passage struct {
	coverage.Item
	Source   language
	Into     language
	Marked   template.HTML
	Reason   string
	Date     string
	Age      string
	FirstOf  bool // of its language
	FirstIn  bool // of its article
	Critical bool
}

// DiffHTML is the list as one page that needs nothing else.
func DiffHTML(list []coverage.Item, p Page) []byte {
	passages := make([]passage, len(list))
	for i, s := range list {
		edits := s.Edits()
		if edits == nil {
			edits = []prose.Edit{{Op: prose.Keep, Text: s.Key.Source}}
		}
		passages[i] = passage{
			Item: s, Source: languageFor(p.Source), Into: languageFor(s.Language),
			Marked:   template.HTML(prose.HTML(edits)), // which escapes
			Reason:   p.reason(s.Class),
			Critical: s.Class == "critical",
			FirstOf:  i == 0 || s.Language != list[i-1].Language,
		}
		passages[i].FirstIn = passages[i].FirstOf || s.Article != list[i-1].Article
		if !s.Since.IsZero() {
			passages[i].Date = locale.LongDate(p.Words.Tag(), s.Since)
			if s.Days > 0 {
				passages[i].Age = p.Words.Count("diff-age", s.Days, nil)
			}
		}
	}
	var b strings.Builder
	err := diffTemplate().Execute(&b, struct {
		styled
		Page     language
		Title    string
		Word     func(id string) string
		Passages []passage
	}{styledWith(pageStyle), languageFor(p.Words.Tag()), p.Title, func(id string) string { return p.Words.Text(id, nil) }, passages})
	if err != nil {
		panic(err) // the template is ours, and a Builder takes everything
	}
	return []byte(b.String())
}

// reason is what happened to the source, in the page's language.
func (p *Page) reason(class string) string {
	id := "change-" + cmp.Or(class, "unknown")
	if text := p.Words.Text(id, nil); text != id {
		return text
	}
	return class
}
