package project

import (
	"context"
	"fmt"
	"path/filepath"
	"strings"
)

// basesFromGit reads the articles as they were when their translations were last
// changed, as far as commits tell.
func (a *adoption) basesFromGit(ctx context.Context) error {
	dir, below := a.Dir, "."
	if dir == "" {
		dir, below = filepath.Dir(a.File), filepath.Base(a.File)
	}
	translated, err := a.tree.allRevisions(ctx, dir, below)
	if err != nil {
		return err
	}
	content := filepath.Join(a.tree.dir, filepath.FromSlash(a.tree.Config.Content))
	written, err := a.tree.allRevisions(ctx, content, ".")
	if err != nil {
		return err
	}
	works := map[string][]*work{} // by the article that they are of
	var asked []revision
	for _, w := range a.works {
		name := a.docs[w.at].Path
		file := name
		if a.Dir == "" {
			file = below
		}
		if r, ok := before(written[name], translated[file]); ok {
			works[r.blob] = append(works[r.blob], w)
			asked = append(asked, r)
			w.base = fmt.Sprintf("%.10s:%s", r.commit, name)
		}
	}
	return a.tree.blobs(ctx, asked, func(r revision, text []byte) {
		for _, w := range works[r.blob] {
			w.baseSrc = text
		}
	})
}

// before is the revision of an article that there was when its translation was last
// changed. Both are newest first. It reports false if there was none.
func before(article, translation []revision) (revision, bool) {
	if len(translation) == 0 {
		return revision{}, false
	}
	for _, r := range article {
		if !r.date.After(translation[0].date) {
			return r, r.blob != ""
		}
	}
	return revision{}, false
}

// allRevisions are the versions of each file below a folder, by its path from there,
// newest first. Who renames a file begins a new one.
func (t *Tree) allRevisions(ctx context.Context, dir, below string) (map[string][]revision, error) {
	c := t.git(ctx, "log", "--no-renames", "--relative", "--first-parent", "--diff-merges=first-parent", "--raw", "--no-abbrev",
		"-z", "--format=%x01%H %ct", "--", below)
	c.Dir = dir
	out, err := c.Output()
	if err != nil {
		return nil, fmt.Errorf("look for old articles in %s: %w; name them with --base FILE", filepath.ToSlash(dir), gitError(err))
	}
	all := map[string][]revision{}
	var r revision
	fields := strings.Split(string(out), "\x00")
	for i := 0; i < len(fields); i++ {
		field := strings.TrimLeft(fields[i], "\n")
		switch {
		case strings.HasPrefix(field, "\x01"):
			r.commit, r.date = commitOf(field)
		case strings.HasPrefix(field, ":") && i+1 < len(fields):
			words := strings.Fields(field) // modes, blobs, status
			i++
			r.blob = ""
			if len(words) == 5 && words[4] != "D" {
				r.blob = words[3]
			}
			all[fields[i]] = append(all[fields[i]], r)
		}
	}
	return all, nil
}
