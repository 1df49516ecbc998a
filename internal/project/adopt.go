package project

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"dragoman/internal/adopt"
	"dragoman/internal/catalog"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/merge"
	"dragoman/internal/review"
)

// AdoptOptions say which translations to adopt: one of an article, or a folder.
type AdoptOptions struct {
	Now      time.Time
	Language locale.Tag
	Article  string // a path or slug
	File     string // its translation, a path as the user knows it
	Dir      string // or a folder of translations, laid out as the content folder
	Base     string // the articles as they were translated: a file, or with Dir a folder; FromGit
	DryRun   bool   // write nothing
}

// FromGit is the base that is looked for in git: the last version of an article
// before the last change of its translation.
const FromGit = "git"

// Adoption is what an adoption did, or would do.
type Adoption struct {
	Pages    []Page
	Strays   []string  // files of the folder that translate no article
	Without  []string  // articles without a file in the folder
	Findings diag.List // warnings, and translations that cannot be read
	Written  []string  // files
}

// Page is one translation and what became of it.
type Page struct {
	Article     string // its path
	Base        string // where the article as it was translated comes from; empty: it is the present one
	Source      *markdown.Document
	Translation *markdown.Document
	Alignment   *adopt.Alignment
	Outcomes    []merge.Outcome // of its messages with a translation
}

// Count is how many messages had that outcome.
func (p *Page) Count(o merge.Outcome) int {
	n := 0
	for _, other := range p.Outcomes {
		if other == o {
			n++
		}
	}
	return n
}

// Adopt makes catalogs of translations that were made without one. The error is a
// diag.List where the workspace is at fault, or the only translation; then no file is
// changed. Of a folder, a translation that cannot be read is a finding.
func (t *Tree) Adopt(ctx context.Context, o AdoptOptions) (*Adoption, error) {
	tags, err := t.targets([]locale.Tag{o.Language})
	if err != nil {
		return nil, err
	}
	docs, shelves, found, err := t.load(ctx, tags, o.Now)
	if err != nil {
		return nil, err
	}
	s := shelves[0]
	a := &adoption{AdoptOptions: o, tree: t, shelf: s, docs: docs, result: &Adoption{Findings: found}}
	if err := a.gather(ctx); err != nil {
		return nil, err
	}
	if err := a.align(ctx); err != nil {
		return nil, err
	}
	writes, _, err := s.update(t, docs, a.fill())
	if err != nil {
		return nil, err
	}
	for _, c := range writes {
		a.result.Written = append(a.result.Written, c.name)
	}
	if err := ctx.Err(); err != nil || o.DryRun {
		return a.result, err
	}
	return a.result, t.save(writes)
}

// adoption is one run of Adopt.
type adoption struct {
	AdoptOptions
	tree   *Tree
	shelf  *shelf
	docs   []*markdown.Document
	works  []*work
	result *Adoption
}

// work is one translation on its way into a catalog.
type work struct {
	at       int    // its article's index
	name     string // of the translation, as the user knows it
	src      []byte
	base     string // where the article as it was comes from
	baseSrc  []byte // nil: it is as it was
	page     Page
	pairs    *catalog.File
	reasons  []review.Decision
	findings diag.List
}

// gather reads the translations and, where they are asked for, the articles as they
// were.
func (a *adoption) gather(ctx context.Context) error {
	var err error
	if a.Dir == "" {
		err = a.gatherOne()
	} else {
		err = a.gatherFolder()
	}
	switch {
	case err != nil || a.Base == "":
		return err
	case a.Base == FromGit:
		return a.basesFromGit(ctx)
	case a.Dir == "":
		a.works[0].base = slashed(a.Base)
		a.works[0].baseSrc, err = os.ReadFile(a.Base)
		if err != nil {
			return plainError("read", err)
		}
		return nil
	}
	return a.basesFromFolder()
}

func (a *adoption) gatherOne() error {
	chosen, err := a.tree.chosen(a.docs, []string{a.Article})
	if err != nil {
		return err
	}
	src, err := os.ReadFile(a.File)
	if err != nil {
		return plainError("read", err)
	}
	at := slices.IndexFunc(a.docs, func(d *markdown.Document) bool { return chosen[d.Path] })
	a.works = []*work{{at: at, name: slashed(a.File), src: src}}
	return nil
}

// gatherFolder reads the translations in a folder that have an article.
func (a *adoption) gatherFolder() error {
	root, err := os.OpenRoot(a.Dir)
	if err != nil {
		return plainError("read", err)
	}
	defer root.Close()
	articles := make(map[string]int, len(a.docs))
	for i, d := range a.docs {
		articles[d.Path] = i
	}
	err = fs.WalkDir(root.FS(), ".", func(name string, e fs.DirEntry, err error) error {
		switch at, known := articles[name]; {
		case err != nil:
			return plainError("read", err)
		case name != "." && strings.HasPrefix(e.Name(), "."):
			if e.IsDir() {
				return fs.SkipDir
			}
		case e.IsDir() || path.Ext(name) != ".md":
		case !known:
			a.result.Strays = append(a.result.Strays, name)
		default:
			src, err := root.ReadFile(name)
			if err != nil {
				return plainError("read", err)
			}
			delete(articles, name)
			a.works = append(a.works, &work{at: at, name: slashed(filepath.Join(a.Dir, name)), src: src})
		}
		return nil
	})
	for _, d := range a.docs {
		if _, left := articles[d.Path]; left {
			a.result.Without = append(a.result.Without, d.Path)
		}
	}
	return err
}

// basesFromFolder reads the articles as they were from a folder that is laid out as
// the content folder. What is not there is as it is.
func (a *adoption) basesFromFolder() error {
	root, err := os.OpenRoot(a.Base)
	if err != nil {
		return plainError("read", err)
	}
	defer root.Close()
	for _, w := range a.works {
		name := a.docs[w.at].Path
		w.baseSrc, err = root.ReadFile(name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return plainError("read", err)
		}
		w.base = slashed(filepath.Join(a.Base, name))
	}
	return nil
}

// align parses the translations and makes pairs of them, on all processors.
func (a *adoption) align(ctx context.Context) error {
	g := group()
	for _, w := range a.works {
		g.Go(func() error {
			if err := ctx.Err(); err != nil {
				return err
			}
			a.alignOne(w)
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return err
	}
	for _, w := range a.works {
		if w.findings.HasErrors() && a.Dir == "" {
			return w.findings
		}
		a.result.Findings = append(a.result.Findings, w.findings...)
	}
	a.works = slices.DeleteFunc(a.works, func(w *work) bool { return w.pairs == nil })
	a.result.Findings.Sort()
	return nil
}

func (a *adoption) alignOne(w *work) {
	doc := a.docs[w.at]
	source, translation := doc, a.parse(w, w.name, w.src, a.Language)
	if w.baseSrc != nil && !bytes.Equal(w.baseSrc, doc.Source()) {
		source = a.parse(w, w.base, w.baseSrc, doc.Language)
		w.page.Base = w.base
	}
	if translation == nil || source == nil {
		return
	}
	w.page.Article = doc.Path
	w.page.Source, w.page.Translation = source, translation
	w.page.Alignment = adopt.Align(source, translation)
	w.pair(source, a.options())
	if source != doc {
		a.bringUp(w, doc)
	}
}

// parse parses one of the files that are named. Warnings about files that are not the
// workspace's are none of its user's business.
func (a *adoption) parse(w *work, name string, src []byte, tag locale.Tag) *markdown.Document {
	d, found := markdown.Parse(name, src, a.tree.Config.Dialect)
	if d == nil {
		w.findings = append(w.findings, found...)
		return nil
	}
	d.Path = a.docs[w.at].Path
	d.Language = tag
	return d
}

// options are those of a merge of one translation, apart from all others.
func (a *adoption) options(decisions ...review.Decision) merge.Options {
	o := a.shelf.options(a.tree)
	o.Decisions, o.Pivot, o.Memory = new(review.Decisions), nil, nil
	o.Decisions.Append(decisions...)
	return o
}

// pair makes a catalog of the pairs, and the reasons why some of them are not final.
func (w *work) pair(source *markdown.Document, o merge.Options) {
	files, _ := merge.Update(nil, []*markdown.Document{source}, o)
	w.pairs = files[0]
	pairs := slices.Clone(w.page.Alignment.Pairs)
	slices.SortStableFunc(pairs, func(x, y adopt.Pair) int { return cmp.Compare(rankOf(x), rankOf(y)) })
	for _, p := range pairs {
		g := &source.Segments[p.Source]
		m := w.pairs.Find(g.Kind.String(), g.Context, g.Text)
		if merge.Give(m, p.Text, !p.Sure) == merge.TakenFuzzy {
			w.reasons = append(w.reasons, review.Decision{
				Key: review.SourceKey(m), Kind: review.CheckPrefix + review.Adopted, By: review.Nobody, Date: o.Now,
				Note: fmt.Sprintf("%s, %d %%", p.Why, p.Confidence),
			})
		}
	}
}

// rankOf orders the pairs of one text: the sure ones first.
func rankOf(p adopt.Pair) int {
	if p.Sure {
		return 0
	}
	return 100 - p.Confidence
}

// bringUp brings the pairs up to date with the present article.
func (a *adoption) bringUp(w *work, doc *markdown.Document) {
	files, changes := merge.Update([]*catalog.File{w.pairs}, []*markdown.Document{doc}, a.options(w.reasons...))
	w.pairs = files[0]
	for _, c := range changes {
		w.reasons = append(w.reasons, c.Decisions...)
	}
}

// fill puts the pairs into the catalogs, which then are brought up to date once
// more, because their notes say what the decisions are. The result is the articles
// that there was something for.
func (a *adoption) fill() selection {
	chosen := selection{}
	s := a.shelf
	o := s.options(a.tree)
	o.Decisions = s.decisions
	lent := merge.Lent(o)
	var changes []merge.Change
	for _, w := range a.works {
		doc := a.docs[w.at]
		chosen[doc.Path] = true
		outcomes, made := merge.Adopt(s.merged[w.at], doc, w.pairs, w.reasons, lent)
		w.page.Outcomes = outcomes
		a.result.Pages = append(a.result.Pages, w.page)
		changes = append(changes, made...)
	}
	for _, c := range changes {
		s.decisions.Append(c.Decisions...)
	}
	merged, again := merge.Update(s.merged, a.docs, o)
	s.merged = merged
	s.changes = slices.Concat(s.changes, changes, again)
	return chosen
}
