package project

import (
	"context"
	"errors"
	"path"
	"slices"
	"strings"
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/po"
	"dragoman/internal/coverage"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/merge"
	"dragoman/internal/report"
	"dragoman/internal/review"
)

// SinceOptions say what to compare.
type SinceOptions struct {
	Now       time.Time
	Range     string       // a revision of git, to be compared with what is on disk, or two, as "a..b"
	Languages []locale.Tag // none: all
}

// Since tells what happened to the translations between two revisions. Each is
// merged first, as Status does it, with the glossary and the configuration of
// today; pivots and the memory, which only ask for a look and make drafts, are left
// out. What both have is parsed once. What cannot be read at one of the times is left
// out, and a finding, a warning, tells so.
func (t *Tree) Since(ctx context.Context, o SinceOptions) (*report.Since, diag.List, error) {
	tags, err := t.targets(o.Languages)
	if err != nil {
		return nil, nil, err
	}
	sides, err := t.between(ctx, o.Range)
	if err != nil {
		return nil, nil, err
	}
	glossary, found, err := t.glossary()
	if err == nil {
		err = found.Err()
	}
	if err != nil {
		return nil, nil, err
	}
	p := &period{tree: t, now: o.Now, names: glossary.Names, sides: sides}
	moves, err := p.compare(ctx, tags)
	if err != nil {
		return nil, nil, err
	}
	p.found.Sort()
	return &report.Since{From: sides[0].commit, To: sides[1].commit, Languages: moves}, p.found, nil
}

// between are the two times that the user's words stand for.
func (t *Tree) between(ctx context.Context, words string) (sides [2]*sight, err error) {
	first, second, two := strings.Cut(words, "..")
	for i, word := range []string{first, second} {
		if i == 1 && !two {
			sides[1], err = t.sightNow(ctx, len(sides[0].commit.Name))
			return sides, err
		}
		commit, err := t.commitAt(ctx, word)
		if err != nil {
			return sides, err
		}
		if sides[i], err = t.sightAt(ctx, commit); err != nil {
			return sides, err
		}
	}
	return sides, nil
}

// period is the time between two sights.
type period struct {
	tree  *Tree
	now   time.Time
	names func(text string) []string
	sides [2]*sight
	docs  [2][]*markdown.Document // by path
	edits map[string]map[catalog.Key]coverage.Ancestor
	lost  map[string]bool // articles that cannot be read at one of the times
	found diag.List
}

// compare reads both sides and tells the differences.
func (p *period) compare(ctx context.Context, tags []locale.Tag) ([]coverage.Movement, error) {
	if err := p.readArticles(ctx); err != nil {
		return nil, err
	}
	p.align()
	moves := make([]coverage.Movement, len(tags))
	lists := make([]diag.List, len(tags))
	g := group()
	for i, tag := range tags {
		moves[i].Language = tag
		if !p.touched(tag) {
			continue
		}
		g.Go(func() (err error) {
			moves[i].Flows, lists[i], err = p.flows(ctx, tag)
			return err
		})
	}
	err := g.Wait()
	p.found = append(p.found, slices.Concat(lists...)...)
	return moves, errors.Join(err, ctx.Err())
}

// touched reports whether anything can have happened in a language.
func (p *period) touched(tag locale.Tag) bool {
	ours := func(name string) bool {
		return strings.HasPrefix(name, p.tree.Config.Content+"/") || strings.HasPrefix(name, p.tree.folderOf(tag)+"/")
	}
	was, is := p.sides[0].blobs, p.sides[1].blobs
	for name := range was {
		if ours(name) && was[name] != is[name] {
			return true
		}
	}
	for name := range is {
		if ours(name) && was[name] == "" {
			return true
		}
	}
	return false
}

// readArticles parses the articles of both sides; what both have is parsed once.
func (p *period) readArticles(ctx context.Context) error {
	p.lost = map[string]bool{}
	parsed := map[blobAt]*markdown.Document{}
	for i, side := range p.sides {
		names := side.named(p.tree.Config.Content, ".md")
		lists := make([]diag.List, len(names))
		docs, err := readOnce(ctx, side, names, parsed, func(n int, text []byte) (d *markdown.Document) {
			d, lists[n] = p.tree.article(names[n], text)
			return d
		})
		if err != nil {
			return err
		}
		for n, d := range docs {
			switch {
			case lists[n].HasErrors():
				p.lost[strings.TrimPrefix(names[n], p.tree.Config.Content+"/")] = true
				p.found = append(p.found, leftOut(names[n], side, lists[n]))
			case d != nil && !d.Meta.Draft && !d.Meta.Retracted:
				p.docs[i] = append(p.docs[i], d)
			}
		}
	}
	return nil
}

// align finds out which text of the articles before became which text of those
// after. It is the same in every language, so that it is done once.
func (p *period) align() {
	was, is := p.sides[0].blobs, p.sides[1].blobs
	var edited [2][]*markdown.Document
	for i, docs := range p.docs {
		for _, d := range docs {
			if name := path.Join(p.tree.Config.Content, d.Path); was[name] != is[name] {
				edited[i] = append(edited[i], d)
			}
		}
	}
	o := merge.Options{Now: p.now, Source: p.tree.Config.Source, Language: p.tree.Config.Source, Names: p.names}
	before, _ := merge.Update(nil, edited[0], o)
	_, changes := merge.Update(before, edited[1], o)
	p.edits = map[string]map[catalog.Key]coverage.Ancestor{}
	for _, c := range changes {
		if c.Previous == "" {
			continue
		}
		if p.edits[c.Article] == nil {
			p.edits[c.Article] = map[catalog.Key]coverage.Ancestor{}
		}
		kept := c.Class == merge.Whitespace || c.Class == merge.Typography || c.Class == merge.Link
		p.edits[c.Article][c.Key] = coverage.Ancestor{Source: c.Previous, Edited: !kept}
	}
}

// flows are what happened in a language.
func (p *period) flows(ctx context.Context, tag locale.Tag) ([]coverage.Flow, diag.List, error) {
	var in [2][]coverage.Input
	var found diag.List
	lost := map[string]bool{}
	parsed := map[blobAt]*catalog.File{}
	for i := range p.sides {
		files, list, err := p.catalogs(ctx, i, tag, parsed)
		if err != nil {
			return nil, nil, err
		}
		for n, d := range p.docs[i] {
			in[i] = append(in[i], coverage.Input{Article: d.Path, Source: p.tree.Config.Source, Language: tag, File: files[n]})
		}
		for _, f := range list {
			lost[f.Pos.Path] = true
		}
		found = append(found, list...)
	}
	for i := range in {
		in[i] = slices.DeleteFunc(in[i], func(one coverage.Input) bool {
			return p.lost[one.Article] || lost[p.tree.catalogPath(tag, one.Article)]
		})
	}
	return coverage.Compare(in[0], in[1], func(article string, k catalog.Key) (coverage.Ancestor, bool) {
		a, ok := p.edits[article][k]
		return a, ok
	}), found, nil
}

// catalogs are those of a language on one side, merged, one an article. The findings
// tell which cannot be read.
func (p *period) catalogs(ctx context.Context, i int, tag locale.Tag, parsed map[blobAt]*catalog.File) ([]*catalog.File, diag.List, error) {
	t, side := p.tree, p.sides[i]
	decided, err := side.texts(ctx, []string{t.decisionsPath(tag)})
	if err != nil {
		return nil, nil, err
	}
	decisions, _ := review.Parse(t.decisionsPath(tag), decided[0])
	names := side.named(t.folderOf(tag), ".po")
	lists := make([]diag.List, len(names))
	old, err := readOnce(ctx, side, names, parsed, func(n int, text []byte) (f *catalog.File) {
		f, lists[n] = po.Parse(names[n], text)
		f.Language = tag
		return f
	})
	if err != nil {
		return nil, nil, err
	}
	var found diag.List
	for n, list := range lists {
		if list.HasErrors() {
			found = append(found, leftOut(names[n], side, list))
			old[n] = &catalog.File{Path: names[n], Language: tag}
		}
	}
	merged, changes := merge.Update(old, p.docs[i], merge.Options{
		Now: p.now, Source: t.Config.Source, Language: tag, Decisions: decisions, Names: p.names,
		CatalogPath: func(article string) string { return t.catalogPath(tag, article) },
	})
	decisions = decisions.Fork()
	for _, c := range changes {
		decisions.Append(c.Decisions...)
	}
	merged = merged[:len(p.docs[i])]
	for _, f := range merged {
		review.Apply(f, decisions)
	}
	return merged, found, nil
}

// leftOut tells that a file cannot be read at one of the times.
func leftOut(name string, side *sight, why diag.List) diag.Finding {
	first := slices.IndexFunc(why, func(f diag.Finding) bool { return f.Severity == diag.Error })
	return diag.Finding{
		Pos: diag.Pos{Path: name}, Code: "left-out", Severity: diag.Warning,
		Text: "cannot be read " + side.name() + ", so it is not compared: " + why[first].Text,
	}
}
