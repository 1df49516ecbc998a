package merge_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/po"
	"dragoman/internal/markdown"
	"dragoman/internal/merge"
	"dragoman/internal/review"
)

// desk is a language's catalogs and decisions as they lie on disk, and the day.
type desk struct {
	t         testing.TB
	files     []*catalog.File
	decisions *review.Decisions
	now       time.Time
	source    language.Tag
	minor     map[string]bool
	imported  *catalog.File // nil: there is no memory
}

func newDesk(t testing.TB) *desk {
	return &desk{t: t, decisions: &review.Decisions{}, source: language.English, now: time.Date(2026, 11, 20, 9, 0, 0, 0, time.UTC)}
}

// article makes a document of segments, each written as "kind|context: text";
// what stands before the colon may be missing, and so may its context.
func article(path string, lines ...string) *markdown.Document {
	d := &markdown.Document{Path: path, Language: language.English}
	for _, l := range lines {
		s := markdown.Segment{Kind: markdown.Paragraph, Text: l}
		if head, text, ok := strings.Cut(l, ": "); ok {
			kind, context, _ := strings.Cut(head, "|")
			s.Kind, s.Text, s.Context = kinds[kind], text, context
		}
		if s.Kind == markdown.Heading {
			s.Level = 2
		}
		d.Segments = append(d.Segments, s)
	}
	return d
}

var kinds = map[string]markdown.Kind{"": markdown.Paragraph, "h": markdown.Heading, "cell": markdown.Cell, "item": markdown.Item}

// extract merges, adds the decisions, and writes and reads the files, a day later.
func (d *desk) extract(docs ...*markdown.Document) []merge.Change {
	d.t.Helper()
	d.now = d.now.AddDate(0, 0, 1)
	files, changes := merge.Update(d.files, docs, d.options())
	held := files
	if d.imported != nil {
		held = append(slices.Clone(files), d.imported)
	}
	if lost := merge.Lost(d.files, held); len(lost) > 0 {
		d.t.Fatalf("lost %q", lost)
	}
	for _, c := range changes {
		d.decisions.Append(c.Decisions...)
	}
	d.files = nil
	for _, f := range files {
		src := po.Format(f)
		again, found := po.Parse(f.Path, src)
		if len(found) > 0 {
			d.t.Fatalf("%v in\n%s", found, src)
		}
		review.Apply(again, d.decisions)
		d.files = append(d.files, again)
	}
	return changes
}

func (d *desk) options() merge.Options {
	o := merge.Options{
		Now: d.now, Source: d.source, Language: language.Korean, Decisions: d.decisions, Project: "tests",
		Names: names, Minor: d.minor,
	}
	if d.imported != nil {
		o.Memory = d.index
	}
	return o
}

// names are those of a small glossary.
func names(text string) []string {
	var found []string
	for _, n := range []string{"UNHCR", "Dandong", "refugee"} {
		if strings.Contains(text, n) {
			found = append(found, n)
		}
	}
	return found
}

func (d *desk) file(path string) *catalog.File {
	for _, f := range d.files {
		if f.Path == path {
			return f
		}
	}
	d.t.Fatalf("no file %s", path)
	return nil
}

// translate gives every untranslated live message a target: its source in upper
// case.
func (d *desk) translate() {
	for _, f := range d.files {
		for _, m := range f.Messages {
			if !m.Obsolete && !m.HasTarget() {
				m.Target = strings.ToUpper(m.Source)
			}
		}
	}
}

// set changes the live message with that source.
func (d *desk) set(source, target string, fuzzy bool) {
	d.t.Helper()
	for _, f := range d.files {
		for _, m := range f.Messages {
			if m.Source == source && !m.Obsolete {
				m.Target, m.Fuzzy = target, fuzzy
				return
			}
		}
	}
	d.t.Fatalf("no message %q", source)
}

// show is a file in short: state, context, source = target, and the previous
// source and comments.
func show(f *catalog.File) string {
	var b strings.Builder
	for _, m := range f.Messages {
		if m.Obsolete {
			b.WriteString("#~ ")
		}
		fmt.Fprintf(&b, "%v ", m.State)
		if m.Context != "" {
			fmt.Fprintf(&b, "[%s] ", m.Context)
		}
		fmt.Fprintf(&b, "%s = %s", m.Source, m.Target)
		if m.Previous.Source != "" {
			fmt.Fprintf(&b, " <- %s", m.Previous.Source)
		}
		for _, c := range m.Comments {
			fmt.Fprintf(&b, " # %s", c)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func tell(changes []merge.Change) string {
	var b strings.Builder
	for _, c := range changes {
		fmt.Fprintf(&b, "%s %s", c.Class, c.Key.Source)
		if c.Previous != "" {
			fmt.Fprintf(&b, " <- %s", c.Previous)
		}
		for _, d := range c.Decisions {
			fmt.Fprintf(&b, " (%s %s %s)", d.Kind, d.Date.Format(time.DateOnly), d.Note)
		}
		b.WriteByte('\n')
	}
	return b.String()
}

func trim(s string) string {
	var lines []string
	for l := range strings.Lines(s) {
		if l = strings.TrimSpace(l); l != "" {
			lines = append(lines, l+"\n")
		}
	}
	return strings.Join(lines, "")
}

const (
	road  = "The road to the border is long."
	river = "A river has to be crossed at night."
	town  = "Beyond it lies a small town."
)

// Each case translates the first version of an article, lets somebody work on the
// catalogs, and merges the second.
var edits = []struct {
	name    string
	first   []string
	work    func(d *desk)
	second  []string
	changes string
	want    string
}{
	{
		name:  "nothing changed",
		first: []string{road, river}, second: []string{road, river},
		want: `translated The road to the border is long. = THE ROAD TO THE BORDER IS LONG.
			translated A river has to be crossed at night. = A RIVER HAS TO BE CROSSED AT NIGHT.`,
	},
	{
		name:  "a new paragraph waits for its translation",
		first: []string{road}, second: []string{road, river},
		changes: "new A river has to be crossed at night.",
		want: `translated The road to the border is long. = THE ROAD TO THE BORDER IS LONG.
			untranslated A river has to be crossed at night. =`,
	},
	{
		name:  "a paragraph that leaves is obsolete, unless it is blank",
		first: []string{road, river, town}, second: []string{river},
		work:    func(d *desk) { d.set(town, "", false) },
		changes: "gone The road to the border is long.\ngone Beyond it lies a small town.",
		want: `translated A river has to be crossed at night. = A RIVER HAS TO BE CROSSED AT NIGHT.
			#~ translated The road to the border is long. = THE ROAD TO THE BORDER IS LONG.`,
	},
	{
		name:  "a blank message with a comment stays for the comment",
		first: []string{road, river}, second: []string{road},
		work: func(d *desk) {
			d.set(river, "", false)
			d.files[0].Messages[1].Comments = []string{"which river?"}
		},
		changes: "gone A river has to be crossed at night.",
		want: `translated The road to the border is long. = THE ROAD TO THE BORDER IS LONG.
			#~ untranslated A river has to be crossed at night. =  # which river?`,
	},
	{
		name:  "a paragraph moved up keeps its translation",
		first: []string{road, river, town}, second: []string{town, road, river},
		changes: "moved Beyond it lies a small town.",
		want: `translated Beyond it lies a small town. = BEYOND IT LIES A SMALL TOWN.
			translated The road to the border is long. = THE ROAD TO THE BORDER IS LONG.
			translated A river has to be crossed at night. = A RIVER HAS TO BE CROSSED AT NIGHT.`,
	},
	{
		name:  "white space keeps the translation",
		first: []string{"one  two", "a\\\nb"}, second: []string{"one two", "a\\ b"},
		changes: "whitespace one two <- one  two\nwhitespace a\\ b <- a\\\nb",
		want:    "translated one two = ONE  TWO\ntranslated a\\ b = A\\\nB",
	},
	{
		name:  "typography keeps the translation",
		first: []string{`She said "no" - twice.`}, second: []string{"She said “no” – twice."},
		changes: `typography She said “no” – twice. <- She said "no" - twice.`,
		want:    `translated She said “no” – twice. = SHE SAID "NO" - TWICE.`,
	},
	{
		name:  "changed words carry the target over and keep the pair",
		first: []string{road, river}, second: []string{"The road to the border is short and steep.", river},
		changes: "prose The road to the border is short and steep. <- The road to the border is long. (stale:prose 2026-11-22 3 words)",
		want: `needs-rewriting The road to the border is short and steep. = THE ROAD TO THE BORDER IS LONG. <- The road to the border is long.
			translated A river has to be crossed at night. = A RIVER HAS TO BE CROSSED AT NIGHT.
			#~ translated The road to the border is long. = THE ROAD TO THE BORDER IS LONG.`,
	},
	{
		name:  "an untranslated message with other words is as untranslated as before",
		first: []string{road}, second: []string{"The road to the border is short."},
		work:    func(d *desk) { d.set(road, "", false) },
		changes: "prose The road to the border is short. <- The road to the border is long.",
		want:    "untranslated The road to the border is short. =",
	},
	{
		name:  "between the same neighbours much may change",
		first: []string{road, "Guides ask for money and wait.", town}, second: []string{road, "Most guides ask for the money and leave.", town},
		changes: "prose Most guides ask for the money and leave. <- Guides ask for money and wait. (stale:prose 2026-11-22 4 words)",
		want: `translated The road to the border is long. = THE ROAD TO THE BORDER IS LONG.
			needs-rewriting Most guides ask for the money and leave. = GUIDES ASK FOR MONEY AND WAIT. <- Guides ask for money and wait.
			translated Beyond it lies a small town. = BEYOND IT LIES A SMALL TOWN.
			#~ translated Guides ask for money and wait. = GUIDES ASK FOR MONEY AND WAIT.`,
	},
	{
		name:  "another text in the same place is another message",
		first: []string{road, river, town}, second: []string{road, "Nobody knows how many are sent back.", town},
		changes: "new Nobody knows how many are sent back.\ngone A river has to be crossed at night.",
		want: `translated The road to the border is long. = THE ROAD TO THE BORDER IS LONG.
			untranslated Nobody knows how many are sent back. =
			translated Beyond it lies a small town. = BEYOND IT LIES A SMALL TOWN.
			#~ translated A river has to be crossed at night. = A RIVER HAS TO BE CROSSED AT NIGHT.`,
	},
	{
		name:  "an edit does not steal the translation of a neighbour that did not change",
		first: []string{"Chapter one.", "Chapter two."}, second: []string{"Chapter two.", "Chapter one!"},
		changes: "prose Chapter one! <- Chapter one. (stale:prose 2026-11-22 1 word)",
		want: `translated Chapter two. = CHAPTER TWO.
			needs-rewriting Chapter one! = CHAPTER ONE. <- Chapter one.
			#~ translated Chapter one. = CHAPTER ONE.`,
	},
	{
		name:  "moved and edited is still recognised",
		first: []string{road, river, town}, second: []string{"The road to the border is very long.", town, river},
		work: func(d *desk) {
			d.files[0].Messages[0], d.files[0].Messages[2] = d.files[0].Messages[2], d.files[0].Messages[0]
		},
		changes: "prose The road to the border is very long. <- The road to the border is long. (stale:prose 2026-11-22 1 word)",
		want: `needs-rewriting The road to the border is very long. = THE ROAD TO THE BORDER IS LONG. <- The road to the border is long.
			translated Beyond it lies a small town. = BEYOND IT LIES A SMALL TOWN.
			translated A river has to be crossed at night. = A RIVER HAS TO BE CROSSED AT NIGHT.
			#~ translated The road to the border is long. = THE ROAD TO THE BORDER IS LONG.`,
	},
	{
		name:  "equal text of one kind is one message, of another kind another",
		first: []string{"h: Costs", "cell: Costs", "Costs"}, second: []string{"h: Costs", "cell: Costs", "Costs", "cell: Costs"},
		want: `translated Costs = COSTS
			translated [kind:cell] Costs = COSTS
			translated [kind:paragraph] Costs = COSTS`,
	},
	{
		name:  "a message keeps the context that its catalog gives it",
		first: []string{"h: Costs", "cell: Costs", town}, second: []string{town, "cell: Costs"},
		changes: "moved Beyond it lies a small town.\ngone Costs",
		work:    func(d *desk) { d.files[0].Messages[1].Target = "of the table" },
		want: `translated Beyond it lies a small town. = BEYOND IT LIES A SMALL TOWN.
			translated [kind:cell] Costs = of the table
			#~ translated Costs = COSTS`,
	},
	{
		name:  "an equal text of another kind, put before it, does not take its place",
		first: []string{road, "h: Costs", town}, second: []string{"cell: Costs", road, "h: Costs", town},
		changes: "new Costs",
		want: `untranslated [kind:cell] Costs =
			translated The road to the border is long. = THE ROAD TO THE BORDER IS LONG.
			translated Costs = COSTS
			translated Beyond it lies a small town. = BEYOND IT LIES A SMALL TOWN.`,
	},
	{
		name:  "a paragraph that becomes a list item keeps its translation",
		first: []string{"h: Costs", "Costs"}, second: []string{"h: Costs", "item: Costs"},
		work: func(d *desk) { d.files[0].Messages[1].Target = "fees" },
		want: `translated Costs = COSTS
			translated [kind:item] Costs = fees`,
	},
	{
		name:  "a context that the author gives, or takes, keeps the translation",
		first: []string{"|verb: Open", "Close"}, second: []string{"Open", "|verb: Close"},
		want: `translated Open = OPEN
			translated [verb] Close = CLOSE`,
	},
	{
		name:  "equal texts with the author's contexts are apart",
		first: []string{"|verb: Open", "|state: Open"}, second: []string{"|state: Open", "|verb: Open"},
		work:    func(d *desk) { d.files[0].Messages[0].Target = "open it" },
		changes: "moved Open",
		want: `translated [state] Open = OPEN
			translated [verb] Open = open it`,
	},
	{
		name:  "what somebody has finished loses its previous source",
		first: []string{road}, second: []string{road},
		work: func(d *desk) { d.files[0].Messages[0].Previous.Source = "The road." },
		want: "translated The road to the border is long. = THE ROAD TO THE BORDER IS LONG.",
	},
}

func TestUpdate(t *testing.T) {
	for _, tt := range edits {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			d.extract(article("a.md", tt.first...))
			d.translate()
			if tt.work != nil {
				tt.work(d)
			}
			d.files[0].Index()
			changes := d.extract(article("a.md", tt.second...))
			if diff := cmp.Diff(trim(tt.changes), trim(tell(changes))); diff != "" {
				t.Errorf("changes (-want +got):\n%s", diff)
			}
			if diff := cmp.Diff(trim(tt.want), trim(show(d.file("a.po")))); diff != "" {
				t.Errorf("catalog (-want +got):\n%s", diff)
			}
			d.unchanged(article("a.md", tt.second...))
		})
	}
}

// unchanged merges once more and asks that nothing at all happens.
func (d *desk) unchanged(docs ...*markdown.Document) {
	d.t.Helper()
	before := string(d.decisions.Format())
	for _, f := range d.files {
		before += string(po.Format(f))
	}
	if changes := d.extract(docs...); len(changes) > 0 {
		d.t.Errorf("merged twice, there are changes:\n%s", tell(changes))
	}
	after := string(d.decisions.Format())
	for _, f := range d.files {
		after += string(po.Format(f))
	}
	if diff := cmp.Diff(before, after); diff != "" {
		d.t.Errorf("merged twice, the files differ (-once +twice):\n%s", diff)
	}
}
