package project

import (
	"errors"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// workspace writes files, by path, into a new folder.
func workspace(t *testing.T, files map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range files {
		at := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(at, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// contents are the files of a folder by path, and its folders and links with a slash.
func contents(t *testing.T, dir string) map[string]string {
	t.Helper()
	found := map[string]string{}
	err := fs.WalkDir(os.DirFS(dir), ".", func(name string, e fs.DirEntry, err error) error {
		if err != nil || !e.Type().IsRegular() {
			found[name+"/"] = ""
			return err
		}
		text, err := os.ReadFile(filepath.Join(dir, name))
		found[name] = string(text)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func open(t *testing.T, dir string) *Tree {
	t.Helper()
	tree, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { tree.Close() })
	return tree
}

// old are the files that the tests of saving begin with.
var old = map[string]string{
	ConfigName:         "[languages.ko]\n",
	"ko/a.po":          "old a",
	"ko/b.po":          "old b",
	"ko/c/d.tsv":       "old d",
	"locales/ko/.keep": "",
}

// changes replace two files and add two.
func changes() []change {
	return []change{
		{"ko/a.po", []byte("old a"), []byte("new a")},
		{"ko/new/deep/e.po", nil, []byte("new e")},
		{"ko/b.po", []byte("old b"), []byte("new b")},
		{"fr/f.po", nil, []byte("new f")},
	}
}

func TestSaveReplacesAndAddsFiles(t *testing.T) {
	dir := workspace(t, old)
	if err := os.Chmod(filepath.Join(dir, "ko/a.po"), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := open(t, dir).save(changes()); err != nil {
		t.Fatal(err)
	}
	want := map[string]string{
		"./": "", ConfigName: old[ConfigName], "ko/": "", "ko/a.po": "new a", "ko/b.po": "new b", "ko/c/": "", "ko/c/d.tsv": "old d",
		"ko/new/": "", "ko/new/deep/": "", "ko/new/deep/e.po": "new e", "fr/": "", "fr/f.po": "new f",
		"locales/": "", "locales/ko/": "", "locales/ko/.keep": "",
	}
	if d := cmp.Diff(want, contents(t, dir)); d != "" {
		t.Error(d)
	}
	if info, err := os.Stat(filepath.Join(dir, "ko/a.po")); err != nil || info.Mode().Perm() != 0o640 {
		t.Errorf("the file's mode is now %v, %v", info.Mode(), err)
	}
}

func TestSaveThatFailsLeavesEverythingAsItWas(t *testing.T) {
	for _, c := range []struct {
		name    string
		meddle  func(dir string) error // what happens between reading and saving
		changes []change
		want    string
	}{
		{
			"another program has written a catalog",
			func(dir string) error { return os.WriteFile(filepath.Join(dir, "ko/b.po"), []byte("theirs"), 0o666) },
			changes(), "ko/b.po: another program has changed the file in the meantime, so nothing is written; run again",
		},
		{
			"another program has written a new catalog",
			func(dir string) error {
				return errors.Join(os.Mkdir(filepath.Join(dir, "fr"), 0o777), os.WriteFile(filepath.Join(dir, "fr/f.po"), []byte("theirs"), 0o666))
			},
			changes(), "fr/f.po: another program has changed the file in the meantime",
		},
		{
			"another program has deleted a catalog",
			func(dir string) error { return os.Remove(filepath.Join(dir, "ko/a.po")) },
			changes(), "ko/a.po: another program has changed the file in the meantime",
		},
		{
			"a file stands where a folder should be",
			func(dir string) error { return os.WriteFile(filepath.Join(dir, "fr"), nil, 0o666) },
			changes(), "write fr/f.po: not a directory",
		},
		{
			"a folder stands where a file should be",
			func(dir string) error { return os.MkdirAll(filepath.Join(dir, "fr/f.po/x"), 0o777) },
			changes(), "write fr/f.po: is a directory",
		},
		{
			"a file is read-only",
			func(dir string) error { return os.Chmod(filepath.Join(dir, "ko/b.po"), 0o444) },
			changes(), "write ko/b.po: the file is read-only",
		},
		{
			"a folder leads out of the workspace",
			func(dir string) error { return os.Symlink(os.TempDir(), filepath.Join(dir, "fr")) },
			changes(), "fr",
		},
		{
			"a name is too long",
			func(string) error { return nil },
			append(changes(), change{"ko/" + strings.Repeat("x", 300), nil, []byte("x")}), "file name too long",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := workspace(t, old)
			tree := open(t, dir)
			if err := c.meddle(dir); err != nil {
				t.Fatal(err)
			}
			before := contents(t, dir)
			err := tree.save(c.changes)
			if err == nil || !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %v, want %s", err, c.want)
			}
			if d := cmp.Diff(before, contents(t, dir)); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestSaveGivesBackTheNamesThatItTook(t *testing.T) {
	for taken := range changes() {
		dir := workspace(t, old)
		tree := open(t, dir)
		before := contents(t, dir)
		s := saving{root: tree.root, changes: changes(), stage: "ko/.saving"}
		if err := errors.Join(s.makeFolders(), s.write()); err != nil {
			t.Fatal(err)
		}
		n := 0
		err := s.replace(func(from, to string) error {
			if n++; n > taken {
				return &os.LinkError{Op: "rename", Old: from, New: to, Err: errors.New("device busy")}
			}
			return tree.root.Rename(from, to)
		})
		tree.root.RemoveAll(s.stage)
		s.removeFolders()
		if want := "write " + changes()[taken].name + ": device busy"; err == nil || err.Error() != want {
			t.Errorf("got %v, want %s", err, want)
		}
		if d := cmp.Diff(before, contents(t, dir)); d != "" {
			t.Errorf("after %d names: %s", taken, d)
		}
	}
}

func TestSaveTakesTheLongestName(t *testing.T) {
	dir := workspace(t, old)
	name := strings.Repeat("x", 252) + ".po"
	if err := open(t, dir).save([]change{{name, nil, []byte("x")}}); err != nil {
		t.Fatal(err)
	}
	if got := contents(t, dir)[name]; got != "x" {
		t.Errorf("the file holds %q", got)
	}
}

func TestSaveClearsUpAfterOneThatWasKilled(t *testing.T) {
	files := maps.Clone(old)
	files["locales/.saving/0"] = "half"
	files["locales/.saving-1x/0"] = "half"
	files[lockName] = ""
	dir := workspace(t, files)
	if err := open(t, dir).save(changes()); err != nil {
		t.Fatal(err)
	}
	got := contents(t, dir)
	if got["ko/a.po"] != "new a" {
		t.Errorf("ko/a.po holds %q", got["ko/a.po"])
	}
	for _, name := range []string{"locales/.saving/", "locales/.saving-1x/", lockName} {
		if _, left := got[name]; left {
			t.Errorf("%s is left", name)
		}
	}
}

func TestNothingToSaveTouchesNothing(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, ConfigName), nil, 0o666); err != nil {
		t.Fatal(err)
	}
	if err := open(t, dir).save(nil); err != nil || len(contents(t, dir)) != 2 {
		t.Errorf("there is %v, %v", contents(t, dir), err)
	}
}

func TestARefusedSaveShowsBothTexts(t *testing.T) {
	catalog := func(road, sea string) string {
		return "msgid \"Road\"\nmsgstr \"" + road + "\"\n\nmsgid \"Sea\"\nmsgstr \"" + sea + "\"\n"
	}
	dir := workspace(t, map[string]string{
		ConfigName: old[ConfigName], "locales/ko/a.po": catalog("theirs", "sea"), "locales/ko/d.tsv": "one\ntheirs\n", "locales/ko/b.po": catalog("", ""),
	})
	err := open(t, dir).save([]change{
		{"locales/ko/a.po", []byte(catalog("", "")), []byte(catalog("ours", "sea"))},
		{"locales/ko/b.po", []byte(catalog("", "")), []byte(catalog("ours", ""))},
		{"locales/ko/d.tsv", []byte("one\n"), []byte("one\nours\n")},
	})
	want := `locales/ko/a.po: another program has changed the file in the meantime, so nothing is written; run again
locales/ko/a.po:2:8: "Road" is now "theirs", and "ours" was to be written
locales/ko/d.tsv: another program has changed the file in the meantime, so nothing is written; run again
locales/ko/d.tsv:2:1: here is now "theirs", and "ours" was to be written`
	if err == nil || err.Error() != want {
		t.Errorf("got\n%v\nwant\n%s", err, want)
	}
	if now := contents(t, dir); now["locales/ko/b.po"] != catalog("", "") {
		t.Errorf("b.po was written: %s", now["locales/ko/b.po"])
	}
}
