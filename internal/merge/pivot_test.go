package merge_test

import (
	"slices"
	"testing"
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/merge"
	"dragoman/internal/review"
)

// relay is an article with one message, translated from a pivot.
type relay struct {
	t         *testing.T
	doc       *markdown.Document
	files     []*catalog.File
	pivot     *catalog.Message
	decisions review.Decisions
	now       time.Time
}

func newRelay(t *testing.T) *relay {
	doc, found := markdown.Parse("a.md", []byte("The road is long.\n"), markdown.Dialect{})
	if found.HasErrors() {
		t.Fatal(found)
	}
	r := &relay{t: t, doc: doc, now: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)}
	r.pivot = &catalog.Message{Entry: catalog.Entry{Key: diag.Key{Source: "The road is long."}}}
	return r
}

// merge merges, and answers the message and the classes that were told.
func (r *relay) merge() (*catalog.Message, []merge.Class) {
	japanese, _ := locale.Parse("ja")
	r.pivot.SettleState()
	pivot := &catalog.File{Path: "ja/a.po"}
	pivot.Add(r.pivot)
	files, changes := merge.Update(r.files, []*markdown.Document{r.doc}, merge.Options{
		Now: r.now, Decisions: &r.decisions,
		Pivot: &merge.Pivot{Language: japanese, Catalog: func(article string) *catalog.File {
			if article != "a.md" {
				r.t.Errorf("the pivot's catalog of %q is asked for", article)
			}
			return pivot
		}},
	})
	r.files = files
	var classes []merge.Class
	for _, c := range changes {
		r.decisions.Append(c.Decisions...)
		classes = append(classes, c.Class)
	}
	return files[0].Messages[0], classes
}

func TestATargetNeedsCheckingWhenItsPivotSaysSomethingElse(t *testing.T) {
	for _, c := range []struct {
		name          string
		before, after catalog.Entry // of the pivot
		want          catalog.State
	}{
		{"the same", catalog.Entry{Target: "道は遠い。"}, catalog.Entry{Target: "道は遠い。"}, catalog.Translated},
		{"other white space", catalog.Entry{Target: "道は遠い。"}, catalog.Entry{Target: "道は 遠い。"}, catalog.Translated},
		{"other words", catalog.Entry{Target: "道は遠い。"}, catalog.Entry{Target: "道は長い。"}, catalog.NeedsChecking},
		{"other words that are not final", catalog.Entry{Target: "道は遠い。"}, catalog.Entry{Target: "道は長い。", Fuzzy: true}, catalog.Translated},
		{"no words any more", catalog.Entry{Target: "道は遠い。"}, catalog.Entry{}, catalog.Translated},
		{"words that were not final before", catalog.Entry{Target: "道は遠い。", Fuzzy: true}, catalog.Entry{Target: "道は長い。"}, catalog.Translated},
		{"the first words", catalog.Entry{}, catalog.Entry{Target: "道は長い。"}, catalog.Translated},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRelay(t)
			r.merge()
			r.files[0].Messages[0].Target = "길은 멀다."
			key := r.pivot.Key
			c.before.Key, c.after.Key = key, key
			r.pivot = &catalog.Message{Entry: c.before}
			if m, _ := r.merge(); m.State != catalog.Translated {
				t.Fatalf("before, the message is %v", m.State)
			}
			r.pivot = &catalog.Message{Entry: c.after}
			r.now = r.now.AddDate(0, 0, 1)
			m, classes := r.merge()
			if m.State != c.want {
				t.Errorf("the message is %v, want %v", m.State, c.want)
			}
			class, since, stale := review.Stale(m, &r.decisions)
			if stale != (c.want == catalog.NeedsChecking) || stale && (class != "pivot" || !since.Equal(r.now)) {
				t.Errorf("the reason is %q since %v, %v", class, since, stale)
			}
			if told := slices.Contains(classes, merge.Pivoted); told != stale {
				t.Errorf("told: %v", classes)
			}
			if _, classes := r.merge(); len(classes) > 0 {
				t.Errorf("merging again changes %v", classes)
			}
		})
	}
}

func TestAPivotThatChangesWhileATargetIsLookedAtIsRemembered(t *testing.T) {
	r := newRelay(t)
	r.merge()
	r.files[0].Messages[0].Target = "길은 멀다."
	for _, text := range []string{"道は遠い。", "道は長い。", "道は遠い。", "道は長い。"} {
		r.pivot = &catalog.Message{Entry: catalog.Entry{Key: r.pivot.Key, Target: text}}
		r.merge()
	}
	r.files[0].Messages[0].Fuzzy = false
	if m, classes := r.merge(); m.Fuzzy || len(classes) > 0 {
		t.Errorf("the message is fuzzy: %v, told: %v", m.Fuzzy, classes)
	}
}

func TestAPivotStandsInANote(t *testing.T) {
	for _, c := range []struct {
		name  string
		pivot catalog.Entry
		want  string
	}{
		{"not translated", catalog.Entry{}, "ja: not translated yet"},
		{"final", catalog.Entry{Target: "道は遠い。"}, "ja: 道は遠い。"},
		{"not final", catalog.Entry{Target: "道は\\\n遠い。", Fuzzy: true}, `ja (needs checking): 道は\ 遠い。`},
		{"of another text", catalog.Entry{Key: diag.Key{Source: "No."}, Target: "いいえ。"}, "ja: not translated yet"},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := newRelay(t)
			if c.pivot.Source == "" {
				c.pivot.Key = r.pivot.Key
			}
			r.pivot = &catalog.Message{Entry: c.pivot}
			m, _ := r.merge()
			if want := []string{"paragraph", c.want}; !slices.Equal(m.Notes, want) {
				t.Errorf("notes are %q, want %q", m.Notes, want)
			}
		})
	}
}
