package report

import (
	"cmp"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"math"
	"slices"
	"strings"
	"sync"
	"time"

	"golang.org/x/text/message"

	"dragoman/internal/catalog"
	"dragoman/internal/coverage"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/prose"
	"dragoman/internal/review"
)

// What a page holds of the work that is left, so that it can be read: messages, the
// fewest of them a language, and articles a language. The page says what is not shown.
const (
	mostItems    = 1000
	fewestItems  = 20
	mostArticles = 20
)

//go:embed page.css
var pageStyle string

//go:embed status.css
var statusStyle string

//go:embed status.html
var statusPage string

var statusTemplate = sync.OnceValue(func() *template.Template { return template.Must(template.New("status").Parse(statusPage)) })

// styled is what a page says of its own style: it is the only thing that may run or be
// asked for.
type styled struct {
	Policy string
	Style  template.CSS
}

// styledWith is the style of a page of ours, without comments, which the templates
// would drop.
func styledWith(css string) styled {
	sum := sha256.Sum256([]byte(css))
	policy := "default-src 'none'; style-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'; base-uri 'none'; form-action 'none'"
	return styled{policy, template.CSS(css)}
}

// wording says things in the page's language.
type wording struct {
	page    Page
	numbers *message.Printer
}

func wordingOf(p Page) *wording {
	tag := p.Words.Tag()
	if western, err := tag.SetTypeForKey("nu", "latn"); err == nil {
		tag = western // as in editions
	}
	return &wording{p, message.NewPrinter(tag)}
}

// Say is a message.
func (w *wording) Say(id string) string { return w.page.Words.Text(id, nil) }

// fill is a message with fields.
func (w *wording) fill(id string, data map[string]any) string { return w.page.Words.Text(id, data) }

// Number is a number in digits, grouped as the language does.
func (w *wording) Number(n int) string { return w.numbers.Sprint(n) }

// Date is a day as the language writes it.
func (w *wording) Date(day time.Time) string { return locale.LongDate(w.page.Words.Tag(), day) }

// Source is the articles' language.
func (w *wording) Source() language { return languageFor(w.page.Source) }

// age is how long ago something was, or the day if it is today; empty if nobody knows.
func (w *wording) age(since time.Time, days int) string {
	switch {
	case since.IsZero():
		return ""
	case days == 0:
		return w.Date(since)
	}
	return w.page.Words.Count("diff-age", days, nil)
}

// state is the name of a state.
func (w *wording) state(s catalog.State) string { return w.Say("state-" + s.String()) }

// statusView is a report as the template shows it.
type statusView struct {
	*wording
	styled
	Page      language
	Title     string
	AsOf      string
	Trend     bool
	Languages []languageView
	Legend    []named
	Groups    []heatGroup
}

// named is a class of style with its name.
type named struct{ Class, Name string }

// HTML is the standing as one page that needs nothing else, no script either, and may be
// printed. Of the work that is left it holds as much as can be
// read, what is best done first, and says how much more there is.
func (s *Standing) HTML(p Page) []byte {
	r, w := &s.Counts, wordingOf(p)
	v := statusView{
		wording: w, styled: styledWith(pageStyle + statusStyle),
		Page: languageFor(p.Words.Tag()), Title: p.Title, Trend: s.Trends != nil,
		AsOf: w.fill("as-of", map[string]any{"Date": w.Date(r.Today)}),
	}
	for _, c := range columns {
		if r.Total.States[c.state].Messages > 0 || !c.rare {
			v.Legend = append(v.Legend, named{c.state.String(), w.state(c.state)})
		}
	}
	for i := range r.Languages {
		l := &r.Languages[i]
		view := w.language(r, l)
		for _, t := range s.Trends {
			if t.Language == l.Language {
				view.Forecast, view.Chart = w.forecast(t.Forecast, len(t.Weeks)), w.chart(t.Weeks)
			}
		}
		v.Languages = append(v.Languages, view)
	}
	v.Groups = w.heat(r)
	var b strings.Builder
	if err := statusTemplate().Execute(&b, v); err != nil {
		panic(err) // the template is ours, and a Builder takes everything
	}
	return []byte(b.String())
}

// languageView is one language.
type languageView struct {
	*wording
	language
	ID         string
	Foreign    string // its name in the page's language, if another
	Bar        []bar
	Percent    int
	Left       int
	Effort     int
	StaleWords int
	StaleAge   string
	States     []stateView
	Stale      []staleView
	Edition    []sentence
	Forecast   string
	Chart      *chart
	Open       []openView
	OpenShown  string
	Assigned   bool // some of the open ones
	Work       []workView
	WorkShown  string
}

type (
	// bar is a part of a bar, in thousandths of its length.
	bar       struct{ Class, X, Width string }
	stateView struct {
		named
		Messages, Words int
	}
	staleView struct {
		Reason          string
		Critical        bool
		Messages, Words int
		Age             string
	}
	// sentence is something that is said of an edition.
	sentence struct {
		Text string
		Late bool // something has to be done
	}
	openView struct {
		Article          string
		Left, Stale      int
		To, Due, Overdue string
	}
	workView struct {
		Article string
		Items   []itemView
	}
	itemView struct {
		State, Reason, Date, Age string
		Critical                 bool
		Blocks                   string
		Findings                 diag.List
		Edits                    []editView
		Target                   []string
		Pos                      diag.Pos
	}
	editView struct {
		Text              string
		Removed, Inserted bool
	}
)

func (w *wording) language(r *coverage.Report, l *coverage.Language) languageView {
	stale := l.Staleness()
	v := languageView{
		wording: w, language: languageFor(l.Language), ID: "in-" + l.Language.String(),
		Percent: l.Percent(), Left: l.Left().Words, Effort: int(math.Round(l.Effort)),
		StaleWords: stale.Words, StaleAge: w.age(stale.Oldest, stale.Days), Edition: w.edition(l),
	}
	if name := locale.Name(l.Language, w.page.Words.Tag()); name != v.Name {
		v.Foreign = name
	}
	at, total := 0.0, float64(max(1, l.Total().Words))
	for _, c := range columns {
		t := l.States[c.state]
		if t.Messages == 0 {
			continue
		}
		width := 1000 * float64(t.Words) / total
		v.Bar = append(v.Bar, bar{c.state.String(), fmt.Sprintf("%.1f", at), fmt.Sprintf("%.1f", width)})
		v.States = append(v.States, stateView{named{c.state.String(), w.state(c.state)}, t.Messages, t.Words})
		at += width
	}
	for _, s := range l.Stale {
		v.Stale = append(v.Stale, staleView{w.page.reason(s.Class), s.Class == review.Critical, s.Messages, s.Words, w.age(s.Oldest, s.Days)})
	}
	v.Open, v.OpenShown = w.open(r.Articles(l))
	v.Assigned = slices.ContainsFunc(v.Open, func(o openView) bool { return o.To != "" })
	v.Work, v.WorkShown = w.work(l.Work, max(fewestItems, mostItems/len(r.Languages)))
	return v
}

// edition says what keeps an edition, or a part of it, from being published.
func (w *wording) edition(l *coverage.Language) (list []sentence) {
	e := &l.Edition
	say := func(late bool, id string, data map[string]any) {
		list = append(list, sentence{w.fill(id, data), late})
	}
	if e.Short > 0 {
		say(true, "status-edition-short", map[string]any{"Percent": e.Least, "Words": w.Number(e.Short)})
	}
	if n := e.Failing.Messages; n > 0 {
		say(true, "status-edition-failing", map[string]any{"Number": w.Number(n)})
	}
	if n := len(e.Omitted); n > 0 {
		say(false, "status-edition-omitted", map[string]any{"Number": w.Number(n)})
	}
	if n := len(e.Earlier); n > 0 {
		say(false, "status-edition-earlier", map[string]any{"Number": w.Number(n)})
	}
	if len(list) == 0 {
		say(false, "status-edition-ready", nil)
	}
	return list
}

// open are the articles in which something is left, those that are overdue first, then
// by what matters, what is due, and how much there is to do.
func (w *wording) open(rows []coverage.Row) (list []openView, shown string) {
	var left []*coverage.Row
	for i := range rows {
		if rows[i].Left().Messages > 0 {
			left = append(left, &rows[i])
		}
	}
	slices.SortStableFunc(left, func(a, b *coverage.Row) int {
		return cmp.Or(
			cmp.Compare(b.Assigned.Overdue, a.Assigned.Overdue), cmp.Compare(b.Priority, a.Priority),
			boolean(a.Assigned.Due.IsZero())-boolean(b.Assigned.Due.IsZero()), a.Assigned.Due.Compare(b.Assigned.Due),
			cmp.Compare(b.Left().Words, a.Left().Words),
		)
	})
	for _, one := range left[:min(len(left), mostArticles)] {
		v := openView{Article: one.Article, Left: one.Left().Words, Stale: one.Staleness().Words, To: one.Assigned.To}
		if !one.Assigned.Due.IsZero() {
			v.Due = w.Date(one.Assigned.Due)
		}
		if one.Assigned.Overdue > 0 {
			v.Overdue = w.Say("status-overdue")
		}
		list = append(list, v)
	}
	return list, w.shown(len(list), len(left))
}

func boolean(is bool) int {
	if is {
		return 1
	}
	return 0
}

// shown says how many there are of which only some are shown.
func (w *wording) shown(some, all int) string {
	if some == all {
		return ""
	}
	return w.fill("status-shown", map[string]any{"Shown": w.Number(some), "All": w.Number(all)})
}

// work are the messages to do first, those of an article together.
func (w *wording) work(items []coverage.Item, most int) (list []workView, shown string) {
	at := map[string]int{}
	for i := range items[:min(len(items), most)] {
		one := &items[i]
		n, ok := at[one.Article]
		if !ok {
			n = len(list)
			at[one.Article] = n
			list = append(list, workView{Article: one.Article})
		}
		list[n].Items = append(list[n].Items, w.item(one))
	}
	return list, cmp.Or(w.shown(min(len(items), most), len(items)), w.Number(len(items)))
}

var blockings = map[review.Action]string{
	review.LastGood: "status-blocks-earlier", review.Omit: "status-blocks-article", review.Fail: "status-blocks-edition",
}

func (w *wording) item(i *coverage.Item) itemView {
	v := itemView{
		State: w.state(i.State), Critical: i.Class == review.Critical, Findings: i.Findings, Target: i.Target, Pos: i.Pos,
		Edits: edits(i),
	}
	switch {
	case i.State != catalog.NeedsRewriting && i.State != catalog.NeedsChecking:
	case i.Class == "":
		v.State = w.page.reason("") // which says that it needs checking
	default:
		v.Reason = w.page.reason(i.Class)
	}
	if !i.Since.IsZero() {
		v.Date = w.Date(i.Since)
	}
	if i.Days > 0 {
		v.Age = w.age(i.Since, i.Days)
	}
	if id := blockings[i.Action]; id != "" {
		v.Blocks = w.Say(id)
	}
	return v
}

// around is how many characters are shown before and behind a change.
const around = 120

// edits are what changed in the source of an item, with no more around each change
// than is needed to find it.
func edits(i *coverage.Item) (list []editView) {
	all := i.Edits()
	if all == nil {
		return []editView{{Text: clipped(i.Key.Source, 4*around)}}
	}
	for n, e := range all {
		v := editView{Text: e.Text, Removed: e.Op == prose.Remove, Inserted: e.Op == prose.Insert}
		if e.Op == prose.Keep {
			v.Text = between(e.Text, n > 0, n < len(all)-1)
		}
		list = append(list, v)
	}
	return list
}

// between is the begin of a text that stands behind a change, and the end of one that
// stands before one.
func between(text string, behind, before bool) string {
	runes := []rune(text)
	head, tail := 0, 0
	if behind {
		head = around
	}
	if before {
		tail = around
	}
	if len(runes) <= head+tail+around {
		return text
	}
	return string(runes[:head]) + " … " + string(runes[len(runes)-tail:])
}

func clipped(text string, most int) string {
	if runes := []rune(text); len(runes) > most {
		return string(runes[:most]) + " …"
	}
	return text
}
