package project

import (
	"bytes"
	"cmp"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"slices"
	"strings"
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/po"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/memory"
	"dragoman/internal/merge"
	"dragoman/internal/review"
	"dragoman/internal/term"
)

// shelf is what the workspace has of one language, and what it becomes when the
// articles are merged into it.
type shelf struct {
	tag       locale.Tag
	pivot     *shelf // the language that it is translated from, merged; nil if that is the source
	catalogs  []*catalog.File
	read      map[string][]byte // files as they were read, by path
	decided   *review.Decisions // as they were read
	decisions *review.Decisions // and those of the merge
	merged    []*catalog.File   // one an article, in the articles' order, then those of articles that are gone
	changes   []merge.Change
	memory    *remembered // nil: not asked for
	how       merging

	asked   map[string]bool // codes of which checks that block asked whether any source has them
	partial bool            // the shelf has some of the articles alone: what asks the memory is in doubt
}

// merging says how articles are merged into catalogs.
type merging struct {
	now   time.Time
	names func(text string) []string
	minor selection // of these the changes are minor; nil: of none
	by    string    // who says so
	spare bool      // the memory is not asked: nobody sees what it would offer
}

// folderOf is where a language's catalogs lie.
func (t *Tree) folderOf(tag locale.Tag) string { return path.Join(t.Config.Locales, tag.String()) }

// catalogPath is where an article's catalog lies.
func (t *Tree) catalogPath(tag locale.Tag, article string) string {
	return path.Join(t.folderOf(tag), strings.TrimSuffix(article, ".md")+".po")
}

func (t *Tree) decisionsPath(tag locale.Tag) string {
	return path.Join(t.folderOf(tag), "decisions.tsv")
}

// shelves reads the languages and, if there is no error in them, merges the
// articles into them. A language that one of them is translated from is read as
// well, and is not among the results unless it was asked for.
func (t *Tree) shelves(ctx context.Context, tags []locale.Tag, docs []*markdown.Document, how merging) ([]*shelf, diag.List, error) {
	glossary, found, err := t.glossary()
	if err != nil {
		return nil, nil, err
	}
	how.names = glossary.Names
	all := t.withPivots(tags)
	shelves := make([]*shelf, len(all))
	lists := make([]diag.List, len(all))
	done := make([]chan struct{}, len(all))
	for i := range done {
		done[i] = make(chan struct{})
	}
	g := group()
	for i, tag := range all {
		g.Go(func() (err error) {
			defer close(done[i])
			shelves[i], lists[i], err = t.shelf(ctx, tag)
			if err != nil || lists[i].HasErrors() {
				return err
			}
			if from, ok := t.Config.pivotOf(tag); ok {
				at := slices.Index(all, from)
				<-done[at] // which began before
				shelves[i].pivot = shelves[at]
			}
			shelves[i].how = how
			return shelves[i].merge(t, docs)
		})
	}
	err = g.Wait()
	asked := make([]*shelf, len(tags))
	for i, tag := range tags {
		asked[i] = shelves[slices.Index(all, tag)]
	}
	return asked, append(found, slices.Concat(lists...)...), err
}

// withPivots are the languages and those that they are translated from, which stand
// before them.
func (t *Tree) withPivots(tags []locale.Tag) (all []locale.Tag) {
	for _, tag := range tags {
		at := len(all)
		for ok := true; ok && !slices.Contains(all, tag); tag, ok = t.Config.pivotOf(tag) {
			all = slices.Insert(all, at, tag)
		}
	}
	return all
}

// glossary reads the glossary, and what is to be kept by the configuration.
func (t *Tree) glossary() (*term.Glossary, diag.List, error) {
	name := t.glossaryPath()
	src, err := t.readFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return (*term.Glossary)(nil).Keeping(t.Config.Keep...), nil, nil
	}
	if err != nil {
		return nil, nil, plainError("read", err)
	}
	g, found := term.Parse(name, src)
	return g.Keeping(t.Config.Keep...), found, nil
}

// strange reports a catalog that says it is in another language than the folder's:
// published as this one, it would be read by the wrong people.
func strange(f *catalog.File, src []byte, tag locale.Tag) diag.List {
	if f == nil {
		return nil
	}
	said := f.Header.Get("Language")
	other, err := locale.FromGettext(said)
	if base, _ := tag.Base(); said == "" || said == base.String() || err != nil || legible(other, tag) {
		return nil
	}
	return diag.List{{
		Pos: diag.NewLines(f.Path, src).At(max(bytes.Index(src, []byte("\"Language:")), 0)), Code: "language",
		Text: fmt.Sprintf("the catalog says that its language is %s, not %s", said, tag),
		Hint: "put it into the folder of its language, or mend the header",
	}}
}

// catalogNames are the files of a language's catalogs.
func (t *Tree) catalogNames(tag locale.Tag) (names []string, found diag.List, err error) {
	var links diag.List
	found, err = t.walk(t.folderOf(tag), func(name string, link bool) {
		switch {
		case path.Ext(name) != ".po":
		case link:
			// Writing it would put a file in the link's place.
			links = append(links, linkFinding(name, "a catalog that is a symbolic link"))
		default:
			names = append(names, name)
		}
	})
	return names, append(found, links...), err
}

// shelf reads the catalogs and decisions of one language.
func (t *Tree) shelf(ctx context.Context, tag locale.Tag) (*shelf, diag.List, error) {
	s := &shelf{tag: tag, read: map[string][]byte{}}
	names, found, err := t.catalogNames(tag)
	if err != nil {
		return nil, nil, err
	}
	list, err := s.readCatalogs(ctx, t, names)
	if err != nil {
		return nil, nil, err
	}
	found = append(found, list...)
	list, err = s.readDecisions(t)
	return s, append(found, list...), err
}

func (s *shelf) readCatalogs(ctx context.Context, t *Tree, names []string) (diag.List, error) {
	s.catalogs = make([]*catalog.File, len(names))
	sources := make([][]byte, len(names))
	lists := make([]diag.List, len(names))
	err := t.readFiles(ctx, names, func(i int, src []byte) {
		sources[i] = src
		s.catalogs[i], lists[i] = readCatalog(names[i], src, s.tag)
	})
	for i, name := range names {
		s.read[name] = sources[i]
	}
	return slices.Concat(lists...), err
}

// readCatalog reads one catalog of a language.
func readCatalog(name string, src []byte, tag locale.Tag) (*catalog.File, diag.List) {
	f, found := po.Parse(name, src)
	found = append(found, strange(f, src, tag)...)
	f.Language = tag
	return f, found
}

func (s *shelf) readDecisions(t *Tree) (diag.List, error) {
	name := t.decisionsPath(s.tag)
	src, err := t.readFile(name)
	switch {
	case err == nil:
		s.read[name] = src
	case !errors.Is(err, fs.ErrNotExist):
		return nil, plainError("read", err)
	}
	var found diag.List
	s.decided, found = review.Parse(name, src)
	s.decisions = s.decided.Fork()
	return found, nil
}

// options are what the language is merged with.
func (s *shelf) options(t *Tree) merge.Options {
	o := merge.Options{
		Now: s.how.now, Source: t.Config.Source, Language: s.tag, Decisions: s.decided,
		Names: s.how.names, Minor: s.how.minor, By: s.how.by,
		CatalogPath: func(article string) string { return t.catalogPath(s.tag, article) },
		Project:     cmp.Or(t.Config.Title, "Dragoman"),
		Pivot:       s.pivot.asPivot(t),
		Threshold:   t.Config.Threshold,
	}
	if !s.how.spare {
		o.Memory = func() *memory.Index { return s.index(t) }
	}
	return o
}

// merge brings the language up to date in memory.
func (s *shelf) merge(t *Tree, docs []*markdown.Document) error {
	s.merged, s.changes = merge.Update(s.catalogs, docs, s.options(t))
	for i, c := range s.changes {
		s.decisions.Append(c.Decisions...)
		if stem, ok := strings.CutSuffix(c.Article, ".po"); ok {
			s.changes[i].Article = strings.TrimPrefix(stem, t.folderOf(s.tag)+"/") + ".md" // of an article that is gone
		}
	}
	for _, f := range s.merged {
		review.Apply(f, s.decisions)
	}
	return s.memoryErr()
}

// asPivot is the language as one that another is translated from; nil if there is
// none.
func (s *shelf) asPivot(t *Tree) *merge.Pivot {
	if s == nil {
		return nil
	}
	byPath := make(map[string]*catalog.File, len(s.merged))
	for _, f := range s.merged {
		byPath[f.Path] = f
	}
	return &merge.Pivot{Language: s.tag, Catalog: func(article string) *catalog.File {
		return byPath[t.catalogPath(s.tag, article)]
	}}
}

// behind are the articles that were edited since the catalogs were written.
func (s *shelf) behind() map[string]bool {
	articles := map[string]bool{}
	for _, c := range s.changes {
		if c.Class != merge.Same {
			articles[c.Article] = true
		}
	}
	return articles
}
