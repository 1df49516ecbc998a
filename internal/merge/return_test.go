package merge_test

import (
	"testing"

	"dragoman/internal/catalog"
	"dragoman/internal/merge"
)

func TestWhatWasSentOutComesBackThreeWay(t *testing.T) {
	const kept = `kept: "theirs"`
	for _, test := range []struct {
		name                  string
		base, ours, theirs    string
		lost                  bool // the tool has lost what the base was
		oursFuzzy, theirFuzzy bool
		want                  merge.Outcome
		target                string
		fuzzy                 bool
		comment               string
	}{
		{name: "a new translation is taken", theirs: "a", want: merge.Taken, target: "a"},
		{name: "one that is not final needs checking", theirs: "a", theirFuzzy: true, want: merge.TakenFuzzy, target: "a", fuzzy: true},
		{name: "what only they changed is taken", base: "a", ours: "a", theirs: "b", want: merge.Taken, target: "b"},
		{name: "what only we changed stays", base: "a", ours: "b", theirs: "a", want: merge.Held, target: "b"},
		{name: "what both changed stays ours, theirs beside it", base: "a", ours: "b", theirs: "theirs", want: merge.Conflicted, target: "b", comment: kept},
		{name: "what both changed alike is there", base: "a", ours: "b", theirs: "b", want: merge.Held, target: "b"},
		{name: "a stale translation confirmed is final", base: "a", ours: "a", theirs: "a", oursFuzzy: true, want: merge.Taken, target: "a"},
		{name: "a stale translation left alone stays so", base: "a", ours: "a", theirs: "a", oursFuzzy: true, theirFuzzy: true, want: merge.Held, target: "a", fuzzy: true},
		{name: "what they deleted stays", base: "a", ours: "a", want: merge.NoTarget, target: "a"},
		{name: "without memory of the base ours stays", ours: "a", theirs: "theirs", lost: true, want: merge.Conflicted, target: "a", comment: kept},
		{name: "without memory of the base an empty one is filled", theirs: "b", lost: true, want: merge.Taken, target: "b"},
	} {
		t.Run(test.name, func(t *testing.T) {
			ours := &catalog.Message{Entry: catalog.Entry{Target: test.ours, Fuzzy: test.oursFuzzy}}
			sent := catalog.Entry{Target: test.base}
			theirs := &catalog.Message{Entry: catalog.Entry{Target: test.theirs, Fuzzy: test.theirFuzzy}}
			if !test.lost {
				theirs.Flags = []string{sent.Fingerprint()}
			}
			if got := merge.Return(ours, theirs); got != test.want {
				t.Errorf("outcome %s, want %s", got, test.want)
			}
			if ours.Target != test.target || ours.Fuzzy != test.fuzzy {
				t.Errorf("target %q, fuzzy %v", ours.Target, ours.Fuzzy)
			}
			if (test.comment == "") != (len(ours.Comments) == 0) || len(ours.Comments) > 0 && ours.Comments[0] != test.comment {
				t.Errorf("comments %q", ours.Comments)
			}
			if len(ours.Flags) > 0 {
				t.Errorf("flags %q", ours.Flags)
			}
		})
	}
}
