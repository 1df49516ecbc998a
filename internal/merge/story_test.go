package merge_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/po"
	"dragoman/internal/markdown"
	"dragoman/internal/merge"
	"dragoman/internal/review"
)

func (d *desk) want(path, want string) {
	d.t.Helper()
	if diff := cmp.Diff(trim(want), trim(show(d.file(path)))); diff != "" {
		d.t.Errorf("%s (-want +got):\n%s", path, diff)
	}
}

const (
	short  = "The road to the border is short."
	steep  = "The road to the border is short and steep."
	rewrit = "ANOTHER ROAD"
)

func TestRestoringAText(t *testing.T) {
	for _, tt := range []struct {
		name string
		run  func(d *desk, version func(text string) []merge.Change)
		want string
	}{
		{"restores its translation", func(d *desk, version func(string) []merge.Change) {
			version(short)
			version(road)
		}, `translated The road to the border is long. = THE ROAD TO THE BORDER IS LONG.`},
		{"restores it from two edits back, and drops what was only carried over", func(d *desk, version func(string) []merge.Change) {
			version(short)
			version(steep)
			version(road)
		}, `translated The road to the border is long. = THE ROAD TO THE BORDER IS LONG.`},
		{"restores it after a rewrite, and keeps the rewrite", func(d *desk, version func(string) []merge.Change) {
			version(short)
			d.set(short, rewrit, false)
			version(road)
		}, `translated The road to the border is long. = THE ROAD TO THE BORDER IS LONG.
			#~ translated The road to the border is short. = ANOTHER ROAD`},
		{"restores it while a rewrite is half done, and keeps that too", func(d *desk, version func(string) []merge.Change) {
			version(short)
			d.set(short, rewrit, true)
			version(road)
		}, `translated The road to the border is long. = THE ROAD TO THE BORDER IS LONG.
			#~ needs-rewriting The road to the border is short. = ANOTHER ROAD <- The road to the border is long.`},
		{"and going back and forth ends where it began", func(d *desk, version func(string) []merge.Change) {
			version(short)
			d.set(short, rewrit, false)
			version(road)
			version(short)
		}, `translated The road to the border is short. = ANOTHER ROAD
			#~ translated The road to the border is long. = THE ROAD TO THE BORDER IS LONG.`},
		{"with other quotes restores it too", func(d *desk, version func(string) []merge.Change) {
			version(short)
			version("The road  to the border is long.")
		}, `translated The road  to the border is long. = THE ROAD TO THE BORDER IS LONG.`},
		{"that was removed restores it", func(d *desk, version func(string) []merge.Change) {
			version(river)
			version(road)
		}, `translated The road to the border is long. = THE ROAD TO THE BORDER IS LONG.`},
		{"whose pair another tool has dropped asks for a look", func(d *desk, version func(string) []merge.Change) {
			version(short)
			d.files[0].Messages = d.files[0].Messages[:1]
			d.files[0].Index()
			version(road)
		}, `needs-checking The road to the border is long. = THE ROAD TO THE BORDER IS LONG.`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			d.extract(article("a.md", road))
			d.translate()
			tt.run(d, func(text string) []merge.Change { return d.extract(article("a.md", text)) })
			d.want("a.po", tt.want)
			d.unchanged(article("a.md", d.file("a.po").Messages[0].Source))
		})
	}
}

func TestALaterEditKeepsTheEarlierDateAndTheLastFinalSource(t *testing.T) {
	d := newDesk(t)
	d.extract(article("a.md", road))
	d.translate()
	d.extract(article("a.md", short)) // on the 22nd
	changes := d.extract(article("a.md", steep))
	want := "prose The road to the border is short and steep. <- The road to the border is short. (stale:prose 2026-11-22 3 words)"
	if diff := cmp.Diff(trim(want), trim(tell(changes))); diff != "" {
		t.Error(diff)
	}
	d.want("a.po", `needs-rewriting The road to the border is short and steep. = THE ROAD TO THE BORDER IS LONG. <- The road to the border is long.
		#~ translated The road to the border is long. = THE ROAD TO THE BORDER IS LONG.`)
}

func TestALaterEditKeepsTheGraverClass(t *testing.T) {
	d := newDesk(t)
	d.extract(article("a.md", road))
	d.translate()
	d.extract(article("a.md", short))
	note := review.CriticalNote("long → short", "THE ROAD TO THE BORDER IS LONG.")
	d.decisions.Append(review.Decision{Key: review.Key("", short), Kind: "stale:critical", By: "-", Date: d.now, Note: note})
	changes := d.extract(article("a.md", steep))
	if len(changes) != 1 || len(changes[0].Decisions) != 1 {
		t.Fatal(tell(changes))
	}
	got := changes[0].Decisions[0]
	if got.Kind != "stale:critical" || got.Note != note || got.Date.Day() != 22 {
		t.Errorf("got %+v", got)
	}
	if notes := d.file("a.po").Messages[0].Notes; !slices.Contains(notes, "critical changed 2026-11-22, long → short") {
		t.Errorf("got %q", notes)
	}
	d.unchanged(article("a.md", steep))
}

func TestADraftStaysADraft(t *testing.T) {
	d := newDesk(t)
	d.extract(article("a.md", road))
	d.set(road, "DRAFT", true)
	d.decisions.Append(review.Decision{Key: review.Key("", road, "DRAFT"), Kind: "machine:memory", By: "-", Date: d.now, Note: "match 82"})
	d.extract(article("a.md", short))
	d.want("a.po", "machine-draft The road to the border is short. = DRAFT")
	d.unchanged(article("a.md", short))
}

func TestAnApprovalComesBackWithTheText(t *testing.T) {
	d := newDesk(t)
	d.extract(article("a.md", road))
	d.translate()
	d.decisions.Append(review.Decision{Key: review.Key("", road, strings.ToUpper(road)), Kind: "approved", By: "magpie", Date: d.now})
	d.extract(article("a.md", short))
	d.extract(article("a.md", road))
	d.want("a.po", "approved The road to the border is long. = THE ROAD TO THE BORDER IS LONG.")
}

func TestAcrossArticles(t *testing.T) {
	first := []*markdown.Document{
		article("a.md", "h: Going", road, "Guides ask for money and wait.", river),
		article("b.md", "h: Arriving", town),
	}
	for _, tt := range []struct {
		name    string
		second  []*markdown.Document
		changes string
		want    map[string]string
	}{
		{
			name: "a renamed article keeps its translations, those of edited passages too",
			second: []*markdown.Document{
				article("c.md", "h: Going", road, "Most guides ask for the money and leave.", river), first[1],
			},
			changes: `moved Going
				moved The road to the border is long.
				prose Most guides ask for the money and leave. <- Guides ask for money and wait. (stale:prose 2026-11-22 4 words)
				moved A river has to be crossed at night.`,
			want: map[string]string{
				"c.po": `translated Going = GOING
					translated The road to the border is long. = THE ROAD TO THE BORDER IS LONG.
					needs-rewriting Most guides ask for the money and leave. = GUIDES ASK FOR MONEY AND WAIT. <- Guides ask for money and wait.
					translated A river has to be crossed at night. = A RIVER HAS TO BE CROSSED AT NIGHT.
					#~ translated Guides ask for money and wait. = GUIDES ASK FOR MONEY AND WAIT.`,
				"a.po": `#~ translated Going = GOING
					#~ translated The road to the border is long. = THE ROAD TO THE BORDER IS LONG.
					#~ translated Guides ask for money and wait. = GUIDES ASK FOR MONEY AND WAIT.
					#~ translated A river has to be crossed at night. = A RIVER HAS TO BE CROSSED AT NIGHT.`,
			},
		},
		{
			name: "a passage moved to another article keeps its translation",
			second: []*markdown.Document{
				article("a.md", "h: Going", road, "Guides ask for money and wait."), article("b.md", "h: Arriving", river, town),
			},
			changes: "moved A river has to be crossed at night.",
			want: map[string]string{
				"b.po": `translated Arriving = ARRIVING
					translated A river has to be crossed at night. = A RIVER HAS TO BE CROSSED AT NIGHT.
					translated Beyond it lies a small town. = BEYOND IT LIES A SMALL TOWN.`,
			},
		},
		{
			name: "a passage moved to another article and edited is carried over",
			second: []*markdown.Document{
				article("a.md", "h: Going", road, "Guides ask for money and wait."), article("b.md", "h: Arriving", "A river has to be crossed in the night.", town),
			},
			changes: "prose A river has to be crossed in the night. <- A river has to be crossed at night. (stale:prose 2026-11-22 2 words)",
			want: map[string]string{
				"b.po": `translated Arriving = ARRIVING
					needs-rewriting A river has to be crossed in the night. = A RIVER HAS TO BE CROSSED AT NIGHT. <- A river has to be crossed at night.
					translated Beyond it lies a small town. = BEYOND IT LIES A SMALL TOWN.
					#~ translated A river has to be crossed at night. = A RIVER HAS TO BE CROSSED AT NIGHT.`,
				"a.po": `translated Going = GOING
					translated The road to the border is long. = THE ROAD TO THE BORDER IS LONG.
					translated Guides ask for money and wait. = GUIDES ASK FOR MONEY AND WAIT.
					#~ translated A river has to be crossed at night. = A RIVER HAS TO BE CROSSED AT NIGHT.`,
			},
		},
		{
			name: "a passage copied to another article waits: the memory may offer it",
			second: []*markdown.Document{
				first[0], article("b.md", "h: Arriving", town, river),
			},
			changes: "new A river has to be crossed at night.",
			want: map[string]string{
				"b.po": `translated Arriving = ARRIVING
					translated Beyond it lies a small town. = BEYOND IT LIES A SMALL TOWN.
					untranslated A river has to be crossed at night. =`,
			},
		},
		{
			name:    "the catalog of a deleted article stays, all obsolete",
			second:  first[1:],
			changes: "gone Going\ngone The road to the border is long.\ngone Guides ask for money and wait.\ngone A river has to be crossed at night.",
			want: map[string]string{
				"a.po": `#~ translated Going = GOING
					#~ translated The road to the border is long. = THE ROAD TO THE BORDER IS LONG.
					#~ translated Guides ask for money and wait. = GUIDES ASK FOR MONEY AND WAIT.
					#~ translated A river has to be crossed at night. = A RIVER HAS TO BE CROSSED AT NIGHT.`,
			},
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			d.extract(first...)
			d.translate()
			changes := d.extract(tt.second...)
			if diff := cmp.Diff(trim(tt.changes), trim(tell(changes))); diff != "" {
				t.Errorf("changes (-want +got):\n%s", diff)
			}
			for path, want := range tt.want {
				d.want(path, want)
			}
			d.unchanged(tt.second...)
		})
	}
}

func TestADeletedArticleThatReturnsUnderAnotherNameFindsItsTranslations(t *testing.T) {
	d := newDesk(t)
	d.extract(article("a.md", road, river))
	d.translate()
	d.extract()
	d.extract(article("b.md", road, town))
	d.want("b.po", `translated The road to the border is long. = THE ROAD TO THE BORDER IS LONG.
		untranslated Beyond it lies a small town. =`)
}

func TestAVariantThatMustGiveWayIsKeptInAComment(t *testing.T) {
	d := newDesk(t)
	d.files = []*catalog.File{{Path: "a.po", Language: language.Korean, Messages: []*catalog.Message{
		{Entry: catalog.Entry{Key: catalog.Key{Source: "say \"no\""}, Target: "NEW"}},
		{Entry: catalog.Entry{Key: catalog.Key{Source: "say “no”"}, Target: "O\"L\\D\n", Obsolete: true, Comments: []string{"by magpie"}}},
	}}}
	d.extract(article("a.md", "say “no”"))
	d.want("a.po", `translated say “no” = NEW # by magpie # kept: "O\"L\\D\n"`)
	d.unchanged(article("a.md", "say “no”"))
}

func TestNotesTellWhatAMessageIsAndWhatTheAuthorSays(t *testing.T) {
	doc := &markdown.Document{Path: "x/a b.md", Segments: []markdown.Segment{
		{Kind: markdown.FrontMatter, Name: "title", Text: "Going"},
		{Kind: markdown.Heading, Level: 2, Text: "The *road*"},
		{Kind: markdown.Item, Text: road, Trail: []string{"The *road*", "By\nnight"}, Note: "a real road\n\nnot a way", Max: 60},
		{Kind: markdown.Cell, Text: river, Note: "one"},
		{Kind: markdown.Cell, Text: river, Note: "two", Max: 40},
		{Kind: markdown.Cell, Text: river, Note: "one", Max: 50},
	}}
	d := newDesk(t)
	d.extract(doc)
	want := [][]string{
		{"front matter: title"},
		{"heading 2"},
		{"item", "The *road* › By night", "a real road", "not a way", "at most 60 characters"},
		{"cell", "one", "two", "at most 40 characters"},
	}
	for i, m := range d.file("x/a b.po").Messages {
		if diff := cmp.Diff(want[i], m.Notes); diff != "" {
			t.Errorf("%s: %s", m.Source, diff)
		}
		if diff := cmp.Diff([]string{"x/a b.md"}, m.References); diff != "" {
			t.Errorf("%s: %s", m.Source, diff)
		}
	}
	d.unchanged(doc)
}

func TestTheNoteOnAStaleMessageGoesWhenItIsFinished(t *testing.T) {
	d := newDesk(t)
	d.extract(article("a.md", road))
	d.translate()
	d.extract(article("a.md", short))
	if diff := cmp.Diff([]string{"paragraph", "prose changed 2026-11-22, 1 word"}, d.file("a.po").Messages[0].Notes); diff != "" {
		t.Error(diff)
	}
	d.set(short, rewrit, false)
	d.extract(article("a.md", short))
	if diff := cmp.Diff([]string{"paragraph"}, d.file("a.po").Messages[0].Notes); diff != "" {
		t.Error(diff)
	}
}

func TestWordsAreCharactersWhereALanguageDoesNotPartThem(t *testing.T) {
	d := newDesk(t)
	o := d.options()
	o.Source = language.Chinese
	files, _ := merge.Update(nil, []*markdown.Document{article("a.md", "通往边境的道路十分漫长。")}, o)
	files[0].Messages[0].Target = "THE ROAD"
	_, changes := merge.Update(files, []*markdown.Document{article("a.md", "通往边境的道路十分险恶。")}, o)
	if len(changes) != 1 || changes[0].Decisions[0].Note != "2 characters" {
		t.Error(tell(changes))
	}
}

func TestHeader(t *testing.T) {
	d := newDesk(t)
	d.extract(article("a.md", road))
	fields := func() string {
		var b strings.Builder
		for _, f := range d.file("a.po").Header.Fields {
			b.WriteString(f.Name + ": " + f.Value + "\n")
		}
		return b.String()
	}
	want := `Project-Id-Version: tests
POT-Creation-Date: 2026-11-21 00:00+0000
PO-Revision-Date: 2026-11-21 00:00+0000
Last-Translator: 
Language-Team: 
Language: ko
MIME-Version: 1.0
Content-Type: text/plain; charset=UTF-8
Content-Transfer-Encoding: 8bit
Plural-Forms: nplurals=1; plural=0;
X-Generator: Dragoman
`
	if diff := cmp.Diff(want, fields()); diff != "" {
		t.Errorf("a new one (-want +got):\n%s", diff)
	}
	d.translate()
	d.file("a.po").Header.Set("X-Poedit-Basepath", ".")
	want += "X-Poedit-Basepath: .\n"
	d.extract(article("a.md", road))
	if diff := cmp.Diff(want, fields()); diff != "" {
		t.Errorf("nothing changed (-want +got):\n%s", diff)
	}
	d.extract(article("a.md", short))
	want = strings.Replace(want, "POT-Creation-Date: 2026-11-21", "POT-Creation-Date: 2026-11-23", 1)
	if diff := cmp.Diff(want, fields()); diff != "" {
		t.Errorf("a message changed (-want +got):\n%s", diff)
	}
}

func TestUpdateChangesNoOldFile(t *testing.T) {
	d := newDesk(t)
	d.extract(article("a.md", road, river), article("b.md", town))
	d.translate()
	var before []string
	for _, f := range d.files {
		before = append(before, string(po.Format(f)))
	}
	merge.Update(d.files, []*markdown.Document{article("a.md", short), article("c.md", town)}, d.options())
	for i, f := range d.files {
		if diff := cmp.Diff(before[i], string(po.Format(f))); diff != "" {
			t.Errorf("%s (-before +after):\n%s", f.Path, diff)
		}
	}
}

func TestLost(t *testing.T) {
	file := func(entries ...catalog.Entry) []*catalog.File {
		f := &catalog.File{}
		for _, e := range entries {
			f.Messages = append(f.Messages, &catalog.Message{Entry: e})
		}
		return []*catalog.File{f}
	}
	pair := catalog.Entry{Key: catalog.Key{Source: "s"}, Target: "a \"b\"", Forms: []string{"c", ""}}
	for _, tt := range []struct {
		name string
		now  []*catalog.File
		want []string
	}{
		{"nothing is left", nil, []string{"a \"b\"", "c"}},
		{"a plural form is missing", file(catalog.Entry{Target: "a \"b\""}), []string{"c"}},
		{"all is there, if elsewhere", file(catalog.Entry{Target: "c", Obsolete: true, Comments: []string{`kept: "a \"b\""`}}), nil},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if diff := cmp.Diff(tt.want, merge.Lost(file(pair), tt.now)); diff != "" {
				t.Error(diff)
			}
		})
	}
}
