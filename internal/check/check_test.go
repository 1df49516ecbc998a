package check_test

import (
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/po"
	"dragoman/internal/check"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/review"
)

// input is a catalog of one message in a language.
func input(t *testing.T, lang, source, target string) check.Input {
	t.Helper()
	f := &catalog.File{Path: "x.po"}
	f.Header.Set("Content-Type", "text/plain; charset=UTF-8")
	f.Add(&catalog.Message{Entry: catalog.Entry{Key: catalog.Key{Source: source}, Target: target}})
	return reread(t, f, lang)
}

// reread is the catalog as it is read from its file.
func reread(t *testing.T, f *catalog.File, lang string) check.Input {
	t.Helper()
	f, found := po.Parse("x.po", po.Format(f))
	if found.HasErrors() {
		t.Fatal(found)
	}
	review.Apply(f, nil)
	return check.Input{File: f, Source: tag(t, "en"), Language: tag(t, lang)}
}

func tag(t testing.TB, name string) locale.Tag {
	t.Helper()
	tag, err := locale.Parse(name)
	if err != nil {
		t.Fatal(err)
	}
	return tag
}

// only are the findings of one rule.
func only(in check.Input, code string) diag.List {
	var rules []check.Rule
	for _, r := range check.Rules() {
		if r.Code == code {
			rules = append(rules, r)
		}
	}
	return check.Run(in, rules)
}

func TestAFindingTellsWhereAndWhat(t *testing.T) {
	in := input(t, "ko", "Two roads", "Two roads")
	doc, _ := markdown.Parse("a.md", []byte("# A\n\nTwo roads\n"), markdown.Dialect{})
	in.Document = doc
	want := diag.List{{
		Pos: diag.Pos{Path: "x.po", Line: 6, Column: 9}, Code: "unchanged", Severity: diag.Warning,
		Text: `the target is the source: "Two roads"`,
		Hint: "translate it, or waive it if it is the same in both languages",
		Key:  diag.Key{Source: "Two roads"}, Article: diag.Pos{Path: "a.md", Line: 3, Column: 1},
	}}
	if diff := cmp.Diff(want, only(in, "unchanged")); diff != "" {
		t.Error(diff)
	}
}

func TestAWaiverHoldsForExactlyThisSourceAndTarget(t *testing.T) {
	in := input(t, "ko", "Two roads", "Two roads")
	in.Decisions = &review.Decisions{}
	in.Decisions.Append(review.Decision{
		Key: review.PairKey(in.File.Messages[0]), Kind: review.WaivedPrefix + "unchanged",
		By: "magpie", Date: time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC), Note: "a title",
	})
	if found := only(in, "unchanged"); len(found) > 0 {
		t.Errorf("waived and found: %v", found)
	}
	in.File.Messages[0].Source, in.File.Messages[0].Target = "Three roads", "Three roads"
	if found := only(in, "unchanged"); len(found) != 1 {
		t.Errorf("the message changed: %v", found)
	}
}

func TestARuleThatIsOffFindsNothing(t *testing.T) {
	in := input(t, "ko", "Two roads", "Two roads")
	in.Off = map[string]bool{"unchanged": true}
	if found := only(in, "unchanged"); len(found) > 0 {
		t.Errorf("got %v", found)
	}
}
