package project

import (
	"maps"
	"strings"
	"testing"
)

func TestBlobsAreNamedAsGitNamesThem(t *testing.T) {
	for _, c := range []struct {
		name, text string
		digits     int
		want       string
	}{
		// git hash-object, in a repository of either kind
		{"by SHA-1", "hello\n", 40, "ce013625030ba8dba906f756967f9e9ca394464a"},
		{"by SHA-256", "hello\n", 64, "2cf8d83d9ee29543b34a87727421fdecb7e3f3a183d337639025de576db9ebb4"},
		{"nothing", "", 40, "e69de29bb2d1d6434b8b29ae775ad8c2e48c5391"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := blobName([]byte(c.text), c.digits); got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

func TestATreeOfGitIsReadAsTheDiskIs(t *testing.T) {
	tree := &Tree{Config: Config{Content: "content", Locales: "locales"}}
	for _, c := range []struct {
		name, out string
		want      map[string]string
	}{
		{"nothing", "", nil},
		{"an article", "100644 blob b1\tcontent/a.md\x00", map[string]string{"content/a.md": "b1"}},
		{"a name with a tab and a newline", "100755 blob b1\tcontent/a\t\n.md\x00", map[string]string{"content/a\t\n.md": "b1"}},
		{"a catalog and decisions", "100644 blob b1\tlocales/ko/a.po\x00100644 blob b2\tlocales/ko/decisions.tsv\x00", map[string]string{"locales/ko/a.po": "b1", "locales/ko/decisions.tsv": "b2"}},
		{"a symbolic link", "120000 blob b1\tcontent/a.md\x00", nil},
		{"a repository within", "160000 commit b1\tcontent/a.md\x00", nil},
		{"what begins with a dot", "100644 blob b1\tlocales/ko/.memory.po\x00100644 blob b1\tcontent/.git/a.md\x00", nil},
		{"what is elsewhere", "100644 blob b1\tcontents/a.md\x00100644 blob b1\tcontent/a.po\x00", nil},
		{"what is cut short", "100644 blob", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := tree.blobsOf([]byte(c.out)); !maps.Equal(got, c.want) {
				t.Errorf("got %v, want %v", got, c.want)
			}
		})
	}
}

func FuzzTreesOfGit(f *testing.F) {
	tree := &Tree{Config: Config{Content: "content", Locales: "locales"}}
	f.Add("100644 blob b1\tcontent/a.md\x00120000 blob b2\tlocales/ko/a.po\x00")
	f.Add("100644 blob b1\tcontent/a\t\n.md")
	f.Fuzz(func(t *testing.T, out string) {
		for name := range tree.blobsOf([]byte(out)) {
			if !strings.Contains(out, "\t"+name) {
				t.Errorf("%q is not in %q", name, out)
			}
		}
	})
}
