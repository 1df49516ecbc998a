package project

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/po"
	"dragoman/internal/diag"
	"dragoman/internal/merge"
)

// Branches are the files that git gives a merge driver.
type Branches struct {
	Base, Ours, Theirs string
	Path               string // the catalog's name in the repository; empty: Ours
}

// MergeBranches merges the catalogs of two branches into the file of ours. A
// finding, a warning, tells of each message that both branches translated, in
// different ways. The error is a diag.List where a catalog is at fault; then
// nothing is written.
func MergeBranches(b Branches) (diag.List, error) {
	if b.Path == "" {
		b.Path = slashed(b.Ours)
	}
	files := make([]*catalog.File, 3)
	var found diag.List
	for i, name := range []string{b.Base, b.Ours, b.Theirs} {
		src, err := os.ReadFile(name)
		if err != nil {
			return nil, plainError("read", err)
		}
		var list diag.List
		files[i], list = po.Parse(b.Path+[]string{" (base)", " (ours)", " (theirs)"}[i], src)
		found = append(found, list...)
	}
	if found.HasErrors() {
		return nil, append(found, diag.Finding{
			Pos: diag.Pos{Path: b.Path}, Code: "unmerged", Severity: diag.Warning,
			Text: "the file holds our branch alone", Hint: "undo the merge, mend the catalog on its branch, and merge again",
		})
	}
	files[1].Path = b.Path
	merged, clashes := merge.Branches(files[0], files[1], files[2])
	text := po.Format(merged)
	written, list := po.Parse(b.Path, text)
	if list.HasErrors() || len(merge.LostOfBranches(files[0], files[1], files[2], written)) > 0 {
		return nil, fmt.Errorf("internal error: merging %s would lose translations, so nothing is written; please report it", b.Path)
	}
	if err := replaceFile(b.Ours, text); err != nil {
		return nil, err
	}
	return tellClashes(written, clashes), nil
}

func tellClashes(f *catalog.File, clashes []merge.Clash) diag.List {
	var found diag.List
	for _, c := range clashes {
		found = append(found, diag.Finding{
			Pos: f.Get(c.Key).TargetPos, Code: "clash", Severity: diag.Warning, Key: c.Key,
			Text: fmt.Sprintf("both branches translated this: ours %q, theirs %q", strings.Join(c.Ours, " | "), strings.Join(c.Theirs, " | ")),
			Hint: "choose, remove the comment that keeps the other, and clear fuzzy",
		})
	}
	found.Sort()
	return found
}

// replaceFile writes a file beside the one that stands, and gives it the name.
func replaceFile(name string, content []byte) error {
	f, err := os.CreateTemp(filepath.Dir(name), ".dragoman-")
	if err != nil {
		return plainError("write", err)
	}
	defer os.Remove(f.Name())
	mode := fs.FileMode(0o644)
	if info, err := os.Stat(name); err == nil {
		mode = info.Mode().Perm()
	}
	_, err = f.Write(content)
	if err := errors.Join(err, f.Chmod(mode), f.Sync(), f.Close()); err != nil {
		return plainError("write", err)
	}
	if err := os.Rename(f.Name(), name); err != nil {
		return fmt.Errorf("write %s: %w", slashed(name), cause(err))
	}
	return nil
}

// attributes are the lines that tell git how to merge what lies in a folder of
// catalogs.
func attributes(locales string) []string {
	return []string{
		locales + "/**/*.po merge=dragoman",
		locales + "/*/decisions.tsv merge=union",
	}
}

// setUpGit makes git merge the catalogs of a workspace by message: .gitattributes,
// for everybody, and the configuration of this clone. It names what it wrote;
// nothing if all was there.
func setUpGit(dir string, dry bool) (written []string, err error) {
	t, err := Open(dir)
	if err != nil {
		return nil, err
	}
	defer t.Close()
	old, err := t.root.ReadFile(attributesName)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, plainError("read", err)
	}
	text := withLines(string(old), attributes(t.Config.Locales))
	if text != string(old) {
		written = append(written, attributesName)
	}
	for _, setting := range driver {
		if t.gitSays("config", "--get", setting[0]) == setting[1] {
			continue
		}
		written = append(written, "git config "+setting[0])
		if dry {
			continue
		}
		if err := t.git(context.Background(), "config", setting[0], setting[1]).Run(); err != nil {
			return nil, fmt.Errorf("git config %s: %w", setting[0], gitError(err))
		}
	}
	if dry || text == string(old) {
		return written, nil
	}
	return written, replaceFile(filepath.Join(dir, attributesName), []byte(text))
}

// inGit reports whether a folder, which need not be there yet, is or will be in the
// work tree of a git repository.
func inGit(dir string) bool {
	for {
		if info, err := os.Stat(dir); err == nil && info.IsDir() {
			t := &Tree{dir: dir}
			return t.gitSays("rev-parse", "--is-inside-work-tree") == "true"
		}
		above := filepath.Dir(dir)
		if above == dir {
			return false
		}
		dir = above
	}
}

// gitSays is what git prints, empty if it fails.
func (t *Tree) gitSays(args ...string) string {
	out, err := t.git(context.Background(), args...).Output()
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(out))
}

const attributesName = ".gitattributes"

// driver is the configuration that names the program which merges catalogs.
var driver = [][2]string{
	{"merge.dragoman.name", "catalogs, message by message"},
	{"merge.dragoman.driver", "dragoman merge-driver %O %A %B %P"},
}

// withLines is a text with those of the lines appended that it does not have.
func withLines(text string, lines []string) string {
	have := strings.Split(strings.ReplaceAll(text, "\r\n", "\n"), "\n")
	for _, line := range lines {
		if slices.Contains(have, line) {
			continue
		}
		if text != "" && !strings.HasSuffix(text, "\n") {
			text += "\n"
		}
		text += line + "\n"
	}
	return text
}
