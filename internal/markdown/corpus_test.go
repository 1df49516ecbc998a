package markdown

import (
	"bytes"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

// corpus is the Markdown below the folder that CORPUS names, else the articles of
// the project.
func corpus(t testing.TB) map[string][]byte {
	t.Helper()
	root := os.Getenv("CORPUS")
	if root == "" {
		root = "../../content"
	}
	files := map[string][]byte{}
	err := filepath.WalkDir(root, func(p string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || !strings.HasSuffix(p, ".md") {
			return err
		}
		files[p], err = os.ReadFile(p)
		return err
	})
	if err != nil || len(files) == 0 {
		t.Fatalf("no articles below %s: %v", root, err)
	}
	return files
}

func none(int, *Segment) (string, bool) { return "", false }

func same(_ int, s *Segment) (string, bool) { return s.Text, true }

func TestCorpusKeepsTheLaws(t *testing.T) {
	segments := 0
	for path, src := range corpus(t) {
		d, found := Parse(path, src, Dialect{Name: os.Getenv("DIALECT"), CodeComments: os.Getenv("CODE_COMMENTS") != ""})
		if d == nil {
			t.Errorf("%s: %v", path, found)
			continue
		}
		segments += len(d.Segments)
		if back, _ := d.Translate(language.Korean, none); !bytes.Equal(back.Source(), src) {
			t.Errorf("%s: without answers, other bytes", path)
		}
		back, found := d.Translate(language.Korean, same)
		if len(found) > 0 {
			t.Errorf("%s: answered with itself: %v", path, found)
		}
		got, want := flat(back.Render(Rendering{})), flat(d.Render(Rendering{}))
		if got != want {
			t.Errorf("%s: answered with itself, other HTML:\n%s", path, firstDifference(got, want))
		}
	}
	t.Logf("%d segments", segments)
}

// flat folds the white space that soft line breaks leave, and drops what stands
// before hard ones and at the ends of code.
func flat(html []byte) string {
	return strings.NewReplacer(" <br />", "<br />", "<code> ", "<code>", " </code>", "</code>").
		Replace(strings.Join(strings.Fields(string(html)), " "))
}

func firstDifference(got, want string) string {
	i := 0
	for i < len(got) && i < len(want) && got[i] == want[i] {
		i++
	}
	from := max(0, i-80)
	return "got  …" + got[from:min(len(got), i+80)] + "\nwant …" + want[from:min(len(want), i+80)]
}
