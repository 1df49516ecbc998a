package merge_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"dragoman/internal/catalog"
	"dragoman/internal/markdown"
	"dragoman/internal/memory"
	"dragoman/internal/merge"
	"dragoman/internal/review"
)

// remembering is a desk whose memory is its own catalogs and a file of pairs.
func remembering(t testing.TB, pairs ...string) *desk {
	d := newDesk(t)
	imported := &catalog.File{Path: ".memory.po"}
	for i := 0; i < len(pairs); i += 2 {
		m := &catalog.Message{Entry: catalog.Entry{Key: catalog.Key{Source: pairs[i]}, Target: pairs[i+1]}}
		m.SettleState()
		imported.Add(m)
	}
	d.imported = imported
	return d
}

func TestTheMemoryOffersWhatIsLikeANewText(t *testing.T) {
	for _, c := range []struct {
		name  string
		pairs []string
		text  string
		want  string
	}{
		{
			"a text that is like it is a draft, with the source that was translated",
			[]string{"The road was closed.", "길이 막혔다."},
			"The road is closed.",
			"machine-draft The road is closed. = 길이 막혔다. <- The road was closed.\n",
		},
		{
			"the same text elsewhere is a draft too",
			[]string{"The road", "길"},
			"The road", "machine-draft The road = 길\n",
		},
		{"what is less alike is no offer", []string{"A sea", "바다"}, "The road", "untranslated The road = \n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := remembering(t, c.pairs...)
			changes := d.extract(article("a.md", c.text))
			if diff := cmp.Diff(c.want, show(d.file("a.po"))); diff != "" {
				t.Error(diff)
			}
			if len(changes) != 1 || changes[0].Class != merge.New || changes[0].Carried != d.file("a.po").Messages[0].HasTarget() {
				t.Errorf("changes %+v", changes)
			}
			d.unchanged(article("a.md", c.text))
		})
	}
}

func TestAnOfferSaysHowAlikeTheSourcesAre(t *testing.T) {
	d := remembering(t, "The road was closed.", "길이 막혔다.")
	changes := d.extract(article("a.md", "The road is closed."))
	made := changes[0].Decisions
	if len(made) != 1 || made[0].Kind != "machine:memory" || made[0].Note != "match 90" {
		t.Errorf("decisions %+v", made)
	}
	notes := d.file("a.po").Messages[0].Notes
	if notes[len(notes)-1] != "offered by the memory: match 90" {
		t.Errorf("notes %q", notes)
	}
}

func TestAnOfferDoesNotLeaveATrace(t *testing.T) {
	d := remembering(t, "The road", "길")
	d.extract(article("a.md", "The road", "The sea"))
	d.extract(article("a.md", "The sea"))
	if got := show(d.file("a.po")); got != "untranslated The sea = \n" {
		t.Errorf("left behind: %s", got)
	}
}

func TestAnOfferThatWasWorkedOnStays(t *testing.T) {
	d := remembering(t, "The road", "길")
	d.extract(article("a.md", "The road", "The sea"))
	d.set("The road", "저 길", true)
	d.extract(article("a.md", "The sea"))
	if got := show(d.file("a.po")); got != "untranslated The sea = \n#~ needs-checking The road = 저 길\n" {
		t.Errorf("left behind: %s", got)
	}
}

func TestAnOfferIsNoTranslationToOfferElsewhere(t *testing.T) {
	d := remembering(t, "The road was closed.", "길이 막혔다.")
	d.extract(article("a.md", "The road is closed."))
	d.imported = &catalog.File{Path: ".memory.po"}
	d.extract(article("a.md", "The road is closed."), article("b.md", "The road is closed"))
	if got := show(d.file("b.po")); got != "untranslated The road is closed = \n" {
		t.Errorf("offered: %s", got)
	}
	d.set("The road is closed.", "길이 막혀 있다.", false)
	d.extract(article("a.md", "The road is closed."), article("c.md", "The road is closed!"))
	if got := show(d.file("c.po")); got != "machine-draft The road is closed! = 길이 막혀 있다. <- The road is closed.\n" {
		t.Errorf("offered: %s", got)
	}
}

func TestAnImportedTranslationReplacesAnOffer(t *testing.T) {
	d := remembering(t, "The road was closed.", "길이 막혔다.")
	docs := []*markdown.Document{article("a.md", "The road is closed.")}
	d.extract(docs...)
	theirs := remembering(t, "The road is closed.", "길이 막혀 있다.").imported
	merge.Take(d.files, docs, theirs, d.imported, merge.Lent(d.options()))
	if got := show(d.file("a.po")); got != "translated The road is closed. = 길이 막혀 있다.\n" {
		t.Errorf("got %s", got)
	}
}

func TestFillOffersToWhatIsNotNew(t *testing.T) {
	d := newDesk(t)
	docs := []*markdown.Document{article("a.md", "The road is closed.", "The sea")}
	d.extract(docs...)
	d.imported = remembering(t, "The road was closed.", "길이 막혔다.").imported
	changes := merge.Fill(d.files, docs, d.options())
	if len(changes) != 1 || changes[0].Key.Source != "The road is closed." {
		t.Fatalf("changes %+v", changes)
	}
	d.decisions.Append(changes[0].Decisions...)
	if again := merge.Fill(d.files, docs, d.options()); len(again) > 0 {
		t.Errorf("filled again: %+v", again)
	}
	d.unchanged(docs...)
	d.set("The road is closed.", "", false)
	if again := merge.Fill(d.files, docs, d.options()); len(again) > 0 {
		t.Errorf("offered what was taken out: %+v", again)
	}
}

func TestNoHistoryWithAMemoryLosesAWord(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		h := newHistory(t, r)
		h.imported = remembering(t, "the road", "길", "the long river", "긴 강").imported
		for range rapid.IntRange(1, 8).Draw(r, "turns") {
			for range rapid.IntRange(0, 4).Draw(r, "translations") {
				h.translator()
			}
			for range rapid.IntRange(0, 3).Draw(r, "edits") {
				h.author()
			}
			h.merge()
		}
	})
}

// index is what the desk's memory offers.
func (d *desk) index() *memory.Index {
	for _, f := range d.files {
		review.Apply(f, d.decisions)
	}
	return memory.Build(append([]*catalog.File{d.imported}, d.files...)...)
}
