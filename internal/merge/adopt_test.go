package merge_test

import (
	"fmt"
	"strings"
	"testing"

	"dragoman/internal/catalog"
	"dragoman/internal/markdown"
	"dragoman/internal/merge"
	"dragoman/internal/review"
)

// Each case adopts what a translation holds into what the catalog holds, of one text.
var adoptions = []struct {
	name         string
	ours, theirs catalog.Entry
	lent         bool
	want         string
}{
	{
		name:   "a text without a translation takes it",
		theirs: catalog.Entry{Target: "길."},
		want:   "taken-over translated 길.",
	},
	{
		name:   "what is not sure stays fuzzy, with its reason",
		theirs: catalog.Entry{Target: "길.", Fuzzy: true},
		want:   "fuzzy needs-checking 길. because check:adopted",
	},
	{
		name: "the same translation is there already",
		ours: catalog.Entry{Target: "길."}, theirs: catalog.Entry{Target: "길."},
		want: "already-there translated 길.",
	},
	{
		name: "another one goes beside the one that is there",
		ours: catalog.Entry{Target: "도로."}, theirs: catalog.Entry{Target: "길."},
		want: `conflicting translated 도로. # kept: "길."`,
	},
	{
		name: "an offer of the memory gives way",
		ours: catalog.Entry{Target: "도로.", Fuzzy: true}, theirs: catalog.Entry{Target: "길."}, lent: true,
		want: "taken-over translated 길.",
	},
}

func TestAdopt(t *testing.T) {
	for _, tt := range adoptions {
		t.Run(tt.name, func(t *testing.T) {
			doc := article("a.md", "The road.")
			tt.ours.Key.Source, tt.theirs.Key.Source = "The road.", "The road."
			ours, theirs := &catalog.Message{Entry: tt.ours}, &catalog.Message{Entry: tt.theirs}
			ours.SettleState()
			theirs.SettleState()
			reason := review.Decision{Key: review.SourceKey(theirs), Kind: review.CheckPrefix + review.Adopted, By: review.Nobody}
			outcomes, changes := merge.Adopt(fileOf(ours), doc, fileOf(theirs), []review.Decision{reason},
				func(*catalog.Message) bool { return tt.lent })
			got := fmt.Sprintln(outcomes[0], ours.State, ours.Target)
			for _, c := range ours.Comments {
				got += " # " + c
			}
			for _, c := range changes {
				for _, d := range c.Decisions {
					got += " because " + d.Kind
				}
			}
			if got = strings.Join(strings.Fields(got), " "); got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

func TestAdoptKeepsWhatTheArticleHoldsNoMore(t *testing.T) {
	gone := &catalog.Message{Entry: catalog.Entry{Key: catalog.Key{Source: "The sea."}, Target: "바다.", Obsolete: true}}
	f := fileOf()
	merge.Adopt(f, &markdown.Document{Path: "a.md"}, fileOf(gone), nil, func(*catalog.Message) bool { return false })
	if m := f.Get(gone.Key); m == nil || m.Target != "바다." || !m.Obsolete {
		t.Errorf("got %+v", m)
	}
}

func fileOf(messages ...*catalog.Message) *catalog.File {
	f := &catalog.File{Path: "a.po"}
	for _, m := range messages {
		f.Add(m)
	}
	return f
}
