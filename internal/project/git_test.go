package project

import (
	"bufio"
	"slices"
	"strings"
	"testing"
)

func TestRevisionsAreReadByTheirPlaces(t *testing.T) {
	blob := strings.Repeat("b", 40)
	for _, c := range []struct {
		name, out string
		want      []revision
	}{
		{"nothing", "", nil},
		{"an edit", "\x01c1 0\x00\n:100644 100644 " + blob + " " + blob + " M\x00a.md\x00", []revision{{commit: "c1", blob: blob}}},
		{
			"a rename has two names", "\x01c2 0\x00\n:100644 100644 x " + blob + " R100\x00:old\x00\x01new\x00\x01c1 0\x00\n:000000 100644 0 y A\x00:old\x00",
			[]revision{{commit: "c2", blob: blob}, {commit: "c1", blob: "y"}},
		},
		{"what was deleted has no bytes", "\x01c1 0\x00\n:100644 000000 x 0000 D\x00a.md\x00", []revision{{commit: "c1"}}},
		{"a commit without files", "\x01c1 0\x00\x01c0 0\x00", []revision{{commit: "c1"}, {commit: "c0"}}},
		{"what is cut short", "\x01c1 0\x00\n:100644 1", []revision{{commit: "c1"}}},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := revisionsOf([]byte(c.out))
			for i := range got {
				got[i].date = c.want[min(i, len(c.want)-1)].date
			}
			if !slices.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func TestBlobsAreReadByTheirSizes(t *testing.T) {
	out := bufio.NewReader(strings.NewReader("x blob 3\na\nb\nmore missing\nx blob 0\n\nx blob 9\nshort"))
	for _, want := range []string{"a\nb", "missing", ""} {
		text, err := readBlob(out)
		if err != nil {
			t.Fatal(err)
		}
		if text == nil {
			text = []byte("missing")
		}
		if string(text) != want {
			t.Errorf("got %q, want %q", text, want)
		}
	}
	if text, err := readBlob(out); err == nil {
		t.Errorf("what was cut short is %q", text)
	}
}

func FuzzRevisions(f *testing.F) {
	f.Add("\x01c2 0\x00\n:100644 100644 x y R100\x00:old\x00\x01new\x00")
	f.Add("\x01c1 0\x00\n:100644 000000 x 0000 D\x00a.md\x00")
	f.Fuzz(func(t *testing.T, out string) {
		if n := len(revisionsOf([]byte(out))); n > strings.Count(out, "\x01") {
			t.Errorf("%d revisions of %q", n, out)
		}
	})
}
