package project

import (
	"context"
	"path"
	"slices"
	"strings"
	"time"

	"dragoman/internal/locale"
)

// recalled is what is known of a language that was merged, if all that it was read from
// is as it was, and the day is the same. It is nil if not.
func (c *counting) recalled(ctx context.Context, tag locale.Tag, known *page) (*page, error) {
	if known == nil || !known.merged || known.day != c.today() {
		return nil, nil
	}
	files := c.filesMerged(tag)
	if c.survey(ctx, files, known.record()) != nil || !same(files, known.files) {
		return nil, ctx.Err() // whoever reads the file for its text tells what is the matter
	}
	if known.fresh(files) {
		return known, nil
	}
	now := *known
	now.files = files
	return &now, nil
}

// unsettled counts a language after the articles were merged into it.
func (c *counting) unsettled(ctx context.Context, tag locale.Tag, known *page) (*page, error) {
	files := c.filesMerged(tag)
	if c.survey(ctx, files, known.record()) != nil {
		files = nil
	}
	p, err := c.merged(ctx, tag)
	if p != nil {
		p.merged, p.day, p.files = true, c.today(), files
	}
	return p, err
}

func (c *counting) today() string { return c.Now.UTC().Format(time.DateOnly) }

// filesMerged are all files that reach the counts of a language which is merged.
func (c *counting) filesMerged(tag locale.Tag) (files []file) {
	folders := []string{c.Config.Content}
	for _, one := range c.withPivots([]locale.Tag{tag}) {
		folders = append(folders, c.folderOf(one))
	}
	for _, folder := range folders {
		for _, f := range below(c.files, folder) {
			if slices.Contains([]string{".md", ".po", ".tsv"}, path.Ext(f.name)) {
				files = append(files, f)
			}
		}
	}
	if f, ok := finder(c.files)(c.glossaryPath()); ok {
		files = append(files, f)
	}
	slices.SortFunc(files, func(a, b file) int { return strings.Compare(a.name, b.name) })
	return files
}

// learn takes down what was counted anew.
func (c *counting) learn(name string, p written) {
	c.lock.Lock()
	defer c.lock.Unlock()
	c.pages[name] = p
}

// keep remembers what was counted anew. What falls with its files was read from them
// several times, and is remembered only if they have not changed in the meantime.
func (c *counting) keep() {
	var at func(name string) (file, bool)
	for name, p := range c.pages {
		if p.files == nil {
			continue
		}
		if at == nil {
			later, _ := c.inputs()
			at = finder(later)
		}
		if slices.ContainsFunc(p.files, func(f file) bool { now, ok := at(f.name); return !ok || now.stamp != f.stamp }) {
			delete(c.pages, name)
		}
	}
	if c.ledger != nil && len(c.pages) > 0 {
		c.ledger.keep(c.Tree, c.start, c.pages)
	}
}
