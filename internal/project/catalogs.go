package project

import (
	"errors"
	"io/fs"
	"path"
	"strings"
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/po"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/merge"
	"dragoman/internal/review"
)

// shelf is what the workspace has of one language, and what it becomes when the
// articles are merged into it.
type shelf struct {
	tag       locale.Tag
	catalogs  []*catalog.File
	read      map[string][]byte // files as they were read, by path
	decisions *review.Decisions
	merged    []*catalog.File // one an article, in the articles' order, then those of articles that are gone
	changes   []merge.Change
}

// catalogPath is where an article's catalog lies.
func (t *Tree) catalogPath(tag locale.Tag, article string) string {
	return path.Join(t.Config.Locales, tag.String(), strings.TrimSuffix(article, ".md")+".po")
}

func (t *Tree) decisionsPath(tag locale.Tag) string {
	return path.Join(t.Config.Locales, tag.String(), "decisions.tsv")
}

// shelves reads the languages and merges the articles into them.
func (t *Tree) shelves(tags []locale.Tag, docs []*markdown.Document, now time.Time) ([]*shelf, diag.List, error) {
	shelves := make([]*shelf, len(tags))
	lists := make([]diag.List, len(tags))
	g := group()
	for i, tag := range tags {
		g.Go(func() (err error) {
			shelves[i], lists[i], err = t.shelf(tag)
			if err != nil || lists[i].HasErrors() {
				return err
			}
			shelves[i].merge(t, docs, now)
			return nil
		})
	}
	err := g.Wait()
	var found diag.List
	for _, l := range lists {
		found = append(found, l...)
	}
	return shelves, found, err
}

// shelf reads the catalogs and decisions of one language.
func (t *Tree) shelf(tag locale.Tag) (*shelf, diag.List, error) {
	s := &shelf{tag: tag, read: map[string][]byte{}}
	folder := path.Join(t.Config.Locales, tag.String())
	var names []string
	found, err := t.walk(folder, func(name string) {
		if strings.HasSuffix(name, ".po") {
			names = append(names, name)
		}
	})
	if err != nil {
		return nil, nil, err
	}
	for _, name := range names {
		src, err := t.root.ReadFile(name)
		if err != nil {
			return nil, nil, plainError("read", err)
		}
		f, list := po.Parse(name, src)
		found = append(found, list...)
		if f != nil {
			f.Language = tag
			s.catalogs = append(s.catalogs, f)
			s.read[name] = src
		}
	}
	name := t.decisionsPath(tag)
	src, err := t.root.ReadFile(name)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, nil, plainError("read", err)
	}
	if err == nil {
		s.read[name] = src
	}
	decisions, list := review.Parse(name, src)
	s.decisions = decisions
	return s, append(found, list...), nil
}

// merge brings the language up to date in memory.
func (s *shelf) merge(t *Tree, docs []*markdown.Document, now time.Time) {
	s.merged, s.changes = merge.Update(s.catalogs, docs, merge.Options{
		Now: now, Source: t.Config.Source, Language: s.tag, Decisions: s.decisions,
		CatalogPath: func(article string) string { return t.catalogPath(s.tag, article) },
		Project:     cmpOr(t.Config.Title, "Dragoman"),
	})
	for _, c := range s.changes {
		s.decisions.Append(c.Decisions...)
	}
	for _, f := range s.merged {
		review.Apply(f, s.decisions)
	}
}

// behind are the articles that were edited since the catalogs were written.
func (s *shelf) behind() map[string]bool {
	articles := map[string]bool{}
	for _, c := range s.changes {
		articles[c.Article] = true
	}
	return articles
}
