package merge_test

import (
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"dragoman/internal/catalog"
	"dragoman/internal/markdown"
	"dragoman/internal/merge"
	"dragoman/internal/review"
)

func TestSettled(t *testing.T) {
	for _, tt := range []struct {
		name    string
		article []string
		catalog []catalog.Key
		want    bool
	}{
		{"the article's messages in its order", []string{"h: Road", "It is long."}, []catalog.Key{{Source: "Road"}, {Source: "It is long."}}, true},
		{"no message at all", nil, nil, true},
		{"equal text is one message", []string{"Road", "Road"}, []catalog.Key{{Source: "Road"}}, true},
		{"equal text of another kind has a context", []string{"Road", "cell: Road"}, []catalog.Key{{Source: "Road"}, {Source: "Road", Context: "kind:cell"}}, true},
		{"a message keeps the context that it has", []string{"cell: Road"}, []catalog.Key{{Source: "Road", Context: "kind:cell"}}, true},
		{"the context of another kind", []string{"cell: Road"}, []catalog.Key{{Source: "Road", Context: "kind:heading"}}, false},
		{"the author's context", []string{"|a: Road"}, []catalog.Key{{Source: "Road", Context: "a"}}, true},
		{"the author's context is missing", []string{"|a: Road"}, []catalog.Key{{Source: "Road"}}, false},
		{"another order", []string{"One", "Two"}, []catalog.Key{{Source: "Two"}, {Source: "One"}}, false},
		{"an edited text", []string{"The road is long."}, []catalog.Key{{Source: "The road is short."}}, false},
		{"a text in other quotation marks", []string{"“Road”"}, []catalog.Key{{Source: `"Road"`}}, false},
		{"a new text", []string{"One", "Two"}, []catalog.Key{{Source: "One"}}, false},
		{"a text that left", []string{"One"}, []catalog.Key{{Source: "One"}, {Source: "Two"}}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			f := &catalog.File{Messages: []*catalog.Message{{Entry: catalog.Entry{Key: catalog.Key{Source: "gone"}, Obsolete: true}}}}
			for _, k := range tt.catalog {
				f.Messages = append(f.Messages, &catalog.Message{Entry: catalog.Entry{Key: k}})
			}
			o := merge.OutlineOf(article("a.md", tt.article...))
			if got := o.Settled(f); got != tt.want {
				t.Errorf("got %v", got)
			}
		})
	}
}

// settled reports whether all articles have catalogs that are.
func (h *history) settled(docs []*markdown.Document) bool {
	for _, d := range docs {
		o, path := merge.OutlineOf(d), strings.TrimSuffix(d.Path, ".md")+".po"
		if !slices.ContainsFunc(h.files, func(f *catalog.File) bool { return f.Path == path && o.Settled(f) }) {
			return false
		}
	}
	return true
}

func TestAMergeLeavesSettledCatalogsAsTheyAre(t *testing.T) {
	seen := 0
	rapid.Check(t, func(r *rapid.T) {
		h := newHistory(t, r)
		for range rapid.IntRange(1, 8).Draw(r, "turns") {
			docs := h.documents()
			if !h.settled(docs) {
				r.Fatalf("a merge left a catalog that is not settled")
			}
			for range rapid.IntRange(0, 3).Draw(r, "translations") {
				h.translator()
			}
			for range rapid.IntRange(0, 1).Draw(r, "edits") {
				h.author()
			}
			if docs = h.documents(); h.settled(docs) {
				seen++
				h.asTheyAre(docs)
			}
			h.merge()
		}
	})
	if seen < 100 {
		t.Errorf("only %d settled catalogs were merged", seen)
	}
}

// asTheyAre merges, and compares what is counted of each message.
func (h *history) asTheyAre(docs []*markdown.Document) {
	files, changes := merge.Update(h.files, docs, h.options())
	for _, c := range changes {
		if c.Class != merge.Same {
			h.r.Fatalf("%s: %s", c.Key.Source, c.Class)
		}
	}
	for _, f := range files {
		var was []*catalog.Message
		for _, m := range h.file(f.Path).Messages {
			if !m.Obsolete {
				was = append(was, m)
			}
		}
		for i, m := range f.Messages {
			if m.Obsolete {
				continue
			}
			o := was[i]
			if m.Key != o.Key || m.Target != o.Target || m.Fuzzy != o.Fuzzy || m.State != review.State(o, h.decisions) ||
				m.Fuzzy && m.Previous != o.Previous {
				h.r.Fatalf("%s: %+v became %+v", f.Path, o.Entry, m.Entry)
			}
		}
	}
}
