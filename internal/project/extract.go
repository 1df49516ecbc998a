package project

import (
	"bytes"
	"context"
	"fmt"
	"path"
	"slices"
	"strings"
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/po"
	"dragoman/internal/diag"
	"dragoman/internal/edition"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/merge"
)

// ExtractOptions say what to extract.
type ExtractOptions struct {
	Now       time.Time
	Articles  []string     // paths or slugs; none: all
	Languages []locale.Tag // none: all
	DryRun    bool         // write nothing
}

// Extraction is what an extract did, or would do.
type Extraction struct {
	Languages []Updated
	Articles  int
	Segments  int
	Findings  diag.List // warnings of the articles
	Written   []string  // files, sorted by language
}

// Updated is what changed in one language.
type Updated struct {
	Language locale.Tag
	Changes  []merge.Change
}

// Extract brings the catalogs up to date with the articles. The error is a
// diag.List where articles or catalogs are at fault; then no file is changed.
func (t *Tree) Extract(ctx context.Context, o ExtractOptions) (*Extraction, error) {
	tags, err := t.languages(o.Languages, false)
	if err != nil {
		return nil, err
	}
	docs, shelves, found, err := t.load(tags, o.Now)
	if err != nil {
		return nil, err
	}
	chosen, err := t.choose(docs, o.Articles)
	if err != nil {
		return nil, err
	}
	_, links := edition.Compile(t.collect(docs, nil), t.bookOptions(t.Config.Source, nil, time.Time{}))
	x := &Extraction{Articles: len(chosen), Findings: append(found, links...)}
	for _, d := range docs {
		if chosen[d.Path] {
			x.Segments += len(d.Segments)
		}
	}
	var writes []change
	for _, s := range shelves {
		part, updated, err := s.writes(t, docs, chosen, len(o.Articles) == 0)
		if err != nil {
			return nil, err
		}
		writes = append(writes, part...)
		x.Languages = append(x.Languages, updated)
	}
	for _, c := range writes {
		x.Written = append(x.Written, c.name)
	}
	if o.DryRun || ctx.Err() != nil {
		return x, ctx.Err()
	}
	return x, t.save(writes)
}

// load reads articles and languages and merges them. Any error in them is the
// error; warnings are findings.
func (t *Tree) load(tags []locale.Tag, now time.Time) ([]*markdown.Document, []*shelf, diag.List, error) {
	docs, found, err := t.articles()
	if err != nil {
		return nil, nil, nil, err
	}
	shelves, list, err := t.shelves(tags, docs, now)
	if err != nil {
		return nil, nil, nil, err
	}
	found = append(found, list...)
	found.Sort()
	return docs, shelves, found, found.Err()
}

// choose is the set of the articles that were asked for, by path.
func (t *Tree) choose(docs []*markdown.Document, asked []string) (map[string]bool, error) {
	chosen := map[string]bool{}
	for _, d := range docs {
		if len(asked) == 0 {
			chosen[d.Path] = true
		}
	}
	for _, name := range asked {
		want := strings.TrimPrefix(path.Clean(strings.ReplaceAll(name, `\`, "/")), t.Config.Content+"/")
		i := slices.IndexFunc(docs, func(d *markdown.Document) bool {
			return d.Path == want || strings.TrimSuffix(d.Path, ".md") == want || edition.Slug(d) == want
		})
		if i < 0 {
			return nil, fmt.Errorf("%s: there is no such article below %s", name, t.Config.Content)
		}
		chosen[docs[i].Path] = true
	}
	return chosen, nil
}

// writes are the files of one language that change, and what changed in them.
func (s *shelf) writes(t *Tree, docs []*markdown.Document, chosen map[string]bool, all bool) ([]change, Updated, error) {
	if lost := merge.Lost(s.catalogs, s.merged); len(lost) > 0 {
		return nil, Updated{}, fmt.Errorf("internal error: the merge would lose translations in %s, so nothing is written; "+
			"please report it: %q", s.tag, lost[0])
	}
	var writes []change
	for i, f := range s.merged {
		if !all && (i >= len(docs) || !chosen[docs[i].Path]) {
			continue
		}
		old, exists := s.read[f.Path]
		if !exists && !holds(f) {
			continue
		}
		if text := po.Format(f); !exists || !bytes.Equal(text, old) {
			writes = append(writes, change{f.Path, old, text})
		}
	}
	updated := Updated{Language: s.tag}
	for _, c := range s.changes {
		if all || chosen[c.Article] {
			updated.Changes = append(updated.Changes, c)
		}
	}
	name := t.decisionsPath(s.tag)
	if text := s.decisions.Format(); !bytes.Equal(text, s.read[name]) {
		writes = append(writes, change{name, s.read[name], text})
	}
	return writes, updated, nil
}

// holds reports whether a catalog has anything in it.
func holds(f *catalog.File) bool { return len(f.Messages) > 0 }
