package project

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"dragoman/internal/diag"
	"dragoman/internal/edition"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
)

// layouts are where generators look for the sources of a language, by their names;
// %s is the language. An empty place is the source language's own.
var layouts = map[string]struct{ source, target string }{
	"docusaurus": {"docs", "i18n/%s/docusaurus-plugin-content-docs/current"},
	"hugo":       {"content/%s", "content/%s"},
	"mdbook":     {"%s/src", "%s/src"},
	"mkdocs":     {"docs/%s", "docs/%s"},
}

// Layouts are the names of the layouts, sorted.
func Layouts() []string { return slices.Sorted(maps.Keys(layouts)) }

// folderOf is where a layout has the sources of a language.
func folderOf(layout string, tag, source locale.Tag) string {
	place := layouts[layout].target
	if tag == source {
		place = layouts[layout].source
	}
	return strings.ReplaceAll(place, "%s", tag.String())
}

// lay builds the localized sources for a generator.
func (t *Tree) lay(ctx context.Context, out *output, tags []locale.Tag, o BuildOptions) (*Build, error) {
	p, err := t.compile(ctx, tags, o, out)
	if err != nil {
		return nil, err
	}
	defer out.abandon()
	if p, err = t.begin(ctx, p, tags, o, out); err != nil {
		return nil, err
	}
	b := &Build{Output: out.name, Findings: p.found}
	return b, out.lay(ctx, b, p, o.Layout)
}

// lay writes the localized sources of all languages that were asked for.
func (o *output) lay(ctx context.Context, b *Build, p *plan, layout string) error {
	var folders []string
	for _, i := range p.issues {
		if !i.asked {
			continue
		}
		if err := ctx.Err(); err != nil {
			return err
		}
		folder := folderOf(layout, i.tag, i.book.Source)
		if !i.blocked() {
			if err := o.sources(i.book, folder); err != nil {
				return err
			}
			folders = append(folders, folder)
			i.files = []string{folder}
		}
		b.Editions = append(b.Editions, i.built())
	}
	for _, folder := range folders {
		if err := o.settle(folder); err != nil {
			return err
		}
	}
	for _, tag := range p.languages {
		if err := o.retract(folderOf(layout, tag, p.languages[0]), p.retracted); err != nil {
			return err
		}
	}
	return nil
}

// listName is the file in which a folder of sources remembers what was written
// there: a digest and a name a line.
const listName = ".dragoman-sources"

// sources writes the localized articles of a language into the folder where a
// generator looks for them. What it did not write itself it neither overwrites nor
// removes: a file that is there already, or that somebody has edited since, is a
// finding, and then no file changes.
func (o *output) sources(b *edition.Book, folder string) error {
	own := o.list(folder)
	put, done := o.putter(folder)
	defer done()
	var found diag.List
	now := map[string]string{}
	err := manuscripts(b, func(name string, content []byte) error {
		now[name] = digest(content)
		if standing, err := o.root.ReadFile(path.Join(folder, name)); err == nil {
			if sum := digest(standing); sum != own[name] && sum != now[name] {
				found = append(found, diag.Finding{
					Pos: diag.Pos{Path: path.Join(o.name, folder, name)}, Code: "foreign-file",
					Text: "the file is not as Dragoman wrote it", Hint: "move it, or take its text into the catalog",
				})
			}
		} else if !errors.Is(err, fs.ErrNotExist) {
			return o.failed(name, err)
		}
		return put(name, content)
	})
	if err := cmp.Or(err, found.Err()); err != nil {
		return err
	}
	return put(listName, formatList(now))
}

// retract removes from a folder of sources, whatever its language, what was written
// there of articles that are retracted since.
func (o *output) retract(folder string, docs []*markdown.Document) error {
	list := o.list(folder)
	before := len(list)
	for _, d := range docs {
		at := path.Join(folder, d.Path)
		standing, err := o.root.ReadFile(at)
		if err != nil || digest(standing) != list[d.Path] {
			continue
		}
		if err := o.root.Remove(at); err != nil {
			return o.failed(at, err)
		}
		delete(list, d.Path)
	}
	if len(list) == before {
		return nil
	}
	return o.failed(folder, o.root.WriteFile(path.Join(folder, listName), formatList(list), 0o666))
}

// settle puts the sources of a folder in their places, and removes those that were
// written before and whose articles are gone.
func (o *output) settle(folder string) error {
	before := o.list(folder)
	err := fs.WalkDir(o.root.FS(), path.Join(o.stage, folder), func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() {
			return err
		}
		to := strings.TrimPrefix(name, o.stage+"/")
		delete(before, strings.TrimPrefix(to, folder+"/"))
		if err := o.root.MkdirAll(path.Dir(to), 0o777); err != nil {
			return err
		}
		return o.root.Rename(name, to)
	})
	if err != nil {
		return o.failed(folder, err)
	}
	for name, sum := range before {
		at := path.Join(folder, name)
		if standing, err := o.root.ReadFile(at); err == nil && digest(standing) == sum {
			if err := o.root.Remove(at); err != nil {
				return o.failed(at, err)
			}
		}
	}
	return nil
}

// list reads what was written into a folder: digests by names.
func (o *output) list(folder string) map[string]string {
	list := map[string]string{}
	text, err := o.root.ReadFile(path.Join(folder, listName))
	if err != nil {
		return list // nothing was
	}
	for line := range strings.Lines(string(text)) {
		sum, name, _ := strings.Cut(strings.TrimSuffix(line, "\n"), "  ")
		if fs.ValidPath(name) {
			list[name] = sum
		}
	}
	return list
}

func formatList(list map[string]string) []byte {
	var out []byte
	for _, name := range slices.Sorted(maps.Keys(list)) {
		out = append(out, list[name]+"  "+name+"\n"...)
	}
	return out
}

func digest(content []byte) string {
	sum := sha256.Sum256(content)
	return hex.EncodeToString(sum[:])
}
