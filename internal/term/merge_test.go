package term_test

import (
	"testing"

	"dragoman/internal/locale"
	"dragoman/internal/term"

	"github.com/google/go-cmp/cmp"
)

func TestMergeTakesWhatIsLacking(t *testing.T) {
	const header = "term,ko,forbidden:ko,safety,note,source\n"
	for _, test := range []struct {
		name, ours, theirs, want string
		clashes                  int
	}{
		{"a term that is not there", "a,가,,,,\n", "b,나,,,n,s\n", "a,가,,,,\nb,나,,,n,s\n", 0},
		{"forms behind those that are there", "a,가,,,,\n", "A,나;가,,,,\n", "a,가;나,,,,\n", 0},
		{"a note only where there is none", "a,가,,,ours,\n", "a,나,,,theirs,src\n", "a,가;나,,,ours,src\n", 0},
		{"a form that is right here is not forbidden", "a,가,,,,\n", "a,,가,,,\n", "a,가,,,,\n", 1},
		{"a form that is forbidden here is not right", "a,나,가,,,\n", "a,가;다,,,,\n", "a,나;다,가,,,\n", 1},
		{"a term without forms is not worth a row", "a,가,,,,\n", "b,,,,note,\n", "a,가,,,,\n", 0},
		{"a name that must never appear stays so", "a,,,yes,,\n", "a,가,,,,\n", "a,가,,yes,,\n", 0},
	} {
		t.Run(test.name, func(t *testing.T) {
			ours, theirs := parse(t, header+test.ours), parse(t, header+test.theirs)
			ko := ours.Languages[0]
			merged, _, clashes := ours.Merge(theirs, map[locale.Tag]locale.Tag{ko: ko})
			if diff := cmp.Diff(header+test.want, string(merged.Format())); diff != "" {
				t.Error(diff)
			}
			if len(clashes) != test.clashes {
				t.Errorf("clashes %+v", clashes)
			}
			again, additions, _ := merged.Merge(theirs, map[locale.Tag]locale.Tag{ko: ko})
			if len(additions) > 0 || string(again.Format()) != string(merged.Format()) {
				t.Errorf("a second merge adds %+v", additions)
			}
			if string(ours.Format()) != header+test.ours {
				t.Errorf("ours changed: %s", ours.Format())
			}
		})
	}
}

func TestMergeIntoNothingIsTheOther(t *testing.T) {
	theirs := parse(t, sample)
	languages := map[locale.Tag]locale.Tag{}
	for _, tag := range theirs.Languages {
		languages[tag] = tag
	}
	merged, additions, _ := (*term.Glossary)(nil).Merge(theirs, languages)
	if len(merged.Terms) != len(theirs.Terms) || len(additions) == 0 || !additions[0].New {
		t.Errorf("%d terms of %d, additions %+v", len(merged.Terms), len(theirs.Terms), additions)
	}
}
