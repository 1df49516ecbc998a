package project

import (
	"reflect"
	"slices"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"dragoman/internal/catalog/po"
	"dragoman/internal/coverage"
	"dragoman/internal/review"
)

// settledWorkspace has a message in every state, a draft article, and a catalog of one
// that is gone.
var settledWorkspace = map[string]string{
	ConfigName: "[policy]\nthreshold = 90\nuntranslated = 'omit'\n[policy.grace]\nprose = 30\n[languages.ko]\n" +
		"[[assign]]\nlang = 'ko'\nto = 'wren'\ndue = 2026-11-18\n",
	"content/road.md":  "---\npriority: 2\n---\n# The road\n\nThe road is long.\n\n- One\n- Two\n\n| One | 1989 |\n| --- | --- |\n| a | b |\n\nThe river is wide.\n\nThe sea is not far.\n",
	"content/draft.md": "---\ndraft: true\n---\nA draft.\n",
	"locales/ko/gone.po": "msgid \"\"\nmsgstr \"Language: ko\\nContent-Type: text/plain; charset=UTF-8\\n\"\n\n" +
		"#~ msgid \"Gone\"\n#~ msgstr \"가 버렸다\"\n",
}

func TestSettledLanguagesAreCountedAsIfTheyWereMerged(t *testing.T) {
	dir := workspace(t, settledWorkspace)
	tree := open(t, dir)
	if _, err := tree.Extract(t.Context(), ExtractOptions{Now: day}); err != nil {
		t.Fatal(err)
	}
	translate(t, tree, map[string]string{
		"The road": "길", "One": "하나", "The road is long.": "길은 멀다.", "The river is wide.": "강은 넓다.", "The sea is not far.": "바다는 멀지 않다.",
	})
	edit := tree.Config.Content + "/road.md"
	for _, change := range [][2]string{{"The road is long.", "The road is very long."}, {"not far", "far"}, {"river is", "river was"}} {
		src, err := tree.readFile(edit)
		if err != nil {
			t.Fatal(err)
		}
		if err := tree.root.WriteFile(edit, []byte(strings.Replace(string(src), change[0], change[1], 1)), 0o666); err != nil {
			t.Fatal(err)
		}
		if _, err := tree.Extract(t.Context(), ExtractOptions{Now: day}); err != nil {
			t.Fatal(err)
		}
	}
	s, _, err := tree.shelf(t.Context(), language.Korean)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range s.catalogs {
		for _, m := range f.Messages {
			if m.Source == "The road" {
				s.decisions.Append(review.Decision{Key: review.PairKey(m), Kind: review.ApprovedKind, By: "magpie", Date: day})
			}
			if m.Source == "The river was wide." { // the PO editor calls it final
				m.Fuzzy, m.Comments = false, []string{" ? which river"}
			}
		}
	}
	save(t, tree, s)

	c, _, err := tree.counting(t.Context(), StatusOptions{Now: day.AddDate(0, 0, 41), All: true})
	if err != nil {
		t.Fatal(err)
	}
	count := func(p *page, err error) *count {
		if err != nil || p == nil {
			t.Fatal(p, err)
		}
		return c.count(language.Korean, p)
	}
	settled := count(c.settled(t.Context(), language.Korean, nil))
	merged := count(c.merged(t.Context(), language.Korean))
	got, want := coverage.Assemble(c.options, settled.meter), coverage.Assemble(c.options, merged.meter)
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v\nwant %+v", got, want)
	}
	if !reflect.DeepEqual(settled.questions, merged.questions) {
		t.Errorf("got %+v\nwant %+v", settled.questions, merged.questions)
	}
	if len(got.Languages[0].Work) < 4 || len(settled.questions[1]) != 1 || got.Rows[0].Assigned.Overdue == 0 || got.Rows[0].Stale[0].Days != 41 {
		t.Errorf("%+v", got)
	}
}

// translate gives messages their targets.
func translate(t *testing.T, tree *Tree, targets map[string]string) {
	t.Helper()
	s, _, err := tree.shelf(t.Context(), language.Korean)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range s.catalogs {
		for _, m := range f.Messages {
			m.Target = targets[m.Source]
		}
	}
	save(t, tree, s)
}

// save writes a language's catalogs and decisions.
func save(t *testing.T, tree *Tree, s *shelf) {
	t.Helper()
	files := map[string][]byte{tree.decisionsPath(s.tag): s.decisions.Format()}
	for _, f := range s.catalogs {
		files[f.Path] = po.Format(f)
	}
	for name, text := range files {
		if err := tree.root.WriteFile(name, text, 0o666); err != nil {
			t.Fatal(err)
		}
	}
}

// What status counts is what an edition counts: no passage in one and not in the other,
// and as many words.
func TestStatusCountsWhatEditionsShow(t *testing.T) {
	tree := open(t, workspace(t, map[string]string{
		ConfigName: "[languages.ko]\n[languages.ja]\n",
		"content/road.md": "---\ntitle: The road\n---\n# The road\n\nThe **road** to the [border](sea.md) is `very` long.[^1]\n\n1989\n\n" +
			"| The road | 12 |\n| --- | --- |\n| — | The road |\n\n- 24.11.\n- The guide\n\n[^1]: 1989 was cold.\n",
		"content/sea.md":          "---\ndescription: 2026\n---\nThe sea.\n\nThe sea.\n\n![The map](map.png)\n",
		"content/guides/index.md": "Guides.\n",
		"content/draft.md":        "---\ndraft: true\n---\nA draft.\n",
		"content/gone.md":         "---\nretracted: true\n---\nIt is gone.\n",
	}))
	if _, err := tree.Extract(t.Context(), ExtractOptions{Now: day}); err != nil {
		t.Fatal(err)
	}
	translate(t, tree, map[string]string{"The road": "길", "The sea.": "바다.", "1989": "1989", "The guide": "길잡이"})
	road, err := tree.readFile("content/road.md")
	if err != nil {
		t.Fatal(err)
	}
	road = []byte(strings.Replace(string(road), "- The guide", "- The guides", 1))
	if err := tree.root.WriteFile("content/road.md", road, 0o666); err != nil {
		t.Fatal(err)
	}
	st, err := tree.Status(t.Context(), StatusOptions{Now: day})
	if err != nil {
		t.Fatal(err)
	}
	b, err := tree.Build(t.Context(), BuildOptions{Now: day, Output: t.TempDir(), Formats: []Format{Markdown}})
	if err != nil {
		t.Fatal(err)
	}
	for _, l := range st.Counts.Languages {
		at := slices.IndexFunc(b.Editions, func(e Built) bool { return e.Language == l.Language })
		e, total := b.Editions[at].Counts, l.Total()
		if e.All.Messages != total.Messages || e.All.Words != total.Words || total.Words == 0 {
			t.Errorf("%s: the edition has %+v, status %+v", l.Language, e.All, total)
		}
		if source := l.Actions[review.Source]; e.Untranslated.Messages != source.Messages || e.Untranslated.Words != source.Words {
			t.Errorf("%s: the edition shows %+v in the source language, status tells %+v", l.Language, e.Untranslated, source)
		}
		stale := l.Actions[review.Show].Messages - l.Done().Messages
		if e.Stale.Messages != stale {
			t.Errorf("%s: the edition shows %+v stale, status tells %d", l.Language, e.Stale, stale)
		}
	}
}
