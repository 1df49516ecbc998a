package project

import (
	"bytes"
	"context"
	"errors"
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
	Minor     bool         // what changed in the articles needs no look, unless it is critical
	By        string       // the pseudonym of who says so; empty: nobody is named
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
	Changes  []merge.Change // Article is the path of an article, also of one that is gone
}

// Extract brings the catalogs up to date with the articles. The error is a
// diag.List where articles or catalogs are at fault; then no file is changed.
//
// If only some articles are asked for, the catalogs of others stay as they are,
// unless a translation has moved to them.
func (t *Tree) Extract(ctx context.Context, o ExtractOptions) (*Extraction, error) {
	if err := checkPseudonym(o.By); err != nil {
		return nil, err
	}
	tags, err := t.targets(o.Languages)
	if err != nil {
		return nil, err
	}
	docs, found, err := t.articles(ctx)
	if err != nil {
		return nil, err
	}
	chosen, err := t.chosen(docs, o.Articles)
	if err != nil {
		return nil, err
	}
	how := merging{now: o.Now}
	if o.Minor {
		if how.minor, how.by = chosen, o.By; chosen == nil {
			return nil, errors.New("no article is named; say whose changes are minor, as dragoman extract --minor ARTICLE")
		}
	}
	shelves, found, err := t.stock(ctx, tags, docs, found, how)
	if err != nil {
		return nil, err
	}
	stale, err := t.staleWords(tags)
	if err != nil {
		return nil, err
	}
	x := &Extraction{Findings: append(found, stale...)}
	if err := t.lookOver(x, docs, chosen); err != nil {
		return nil, err
	}
	x.Findings = append(x.Findings, signed(shelves)...)
	var writes []change
	for _, s := range shelves {
		part, updated, err := s.update(t, docs, chosen)
		if err != nil {
			return nil, err
		}
		writes = append(writes, part...)
		x.Languages = append(x.Languages, updated)
	}
	if chosen == nil {
		part, err := t.stampWords(tags)
		if err != nil {
			return nil, err
		}
		writes = append(writes, part...)
	}
	for _, c := range writes {
		x.Written = append(x.Written, c.name)
	}
	if err := ctx.Err(); err != nil || o.DryRun {
		return x, err
	}
	return x, t.save(writes)
}

// mostSigned is how many catalogs are told that name their translators.
const mostSigned = 5

// signed finds catalogs whose headers name their translators, as editors of catalogs
// have them do unasked.
func signed(shelves []*shelf) (found diag.List) {
	more := 0
	for _, s := range shelves {
		for _, f := range s.catalogs {
			field := f.Header.Signed()
			if field == "" {
				continue
			}
			if len(found) == mostSigned {
				more++
				continue
			}
			src := s.read[f.Path]
			found = append(found, diag.Finding{
				Pos:  diag.NewLines(f.Path, src).At(max(bytes.Index(src, []byte(`"`+field+`:`)), 0)),
				Code: "identity", Severity: diag.Warning, Text: field + " names a person",
				Hint: "dragoman scrub removes it, unless they want to be named",
			})
		}
	}
	if more > 0 {
		found = append(found, diag.Finding{
			Code: "identity", Severity: diag.Warning, Text: fmt.Sprintf("%d more catalogs name their translators", more), Hint: "see dragoman scrub --check",
		})
	}
	return found
}

// lookOver counts the chosen articles, and finds what of them leads nowhere.
func (t *Tree) lookOver(x *Extraction, docs []*markdown.Document, chosen selection) error {
	files := map[string]bool{}
	for _, d := range docs {
		if chosen.has(d.Path) {
			x.Articles++
			x.Segments += len(d.Segments)
			files[path.Join(t.Config.Content, d.Path)] = true
		}
	}
	articles := t.collect(docs, nil)
	edition.Order(articles)
	_, links := edition.Compile(articles, t.bookOptions(t.Config.Source, nil, time.Time{}))
	links = t.placed(links, docs)
	for _, f := range links {
		if files[f.Pos.Path] {
			x.Findings = append(x.Findings, f)
		}
	}
	x.Findings.Sort()
	return links.Err()
}

// placed makes findings on whole articles name the article's file, as those on
// their lines do.
func (t *Tree) placed(found diag.List, docs []*markdown.Document) diag.List {
	articles := make(map[string]bool, len(docs))
	for _, d := range docs {
		articles[d.Path] = true
	}
	for i, f := range found {
		if f.Pos.Line == 0 && articles[f.Pos.Path] {
			found[i].Pos.Path = path.Join(t.Config.Content, f.Pos.Path)
		}
	}
	return found
}

// load reads articles and languages and merges them. Any error in them is the
// error; warnings are findings.
func (t *Tree) load(ctx context.Context, tags []locale.Tag, now time.Time) ([]*markdown.Document, []*shelf, diag.List, error) {
	docs, found, err := t.articles(ctx)
	if err != nil {
		return nil, nil, nil, err
	}
	shelves, found, err := t.stock(ctx, tags, docs, found, merging{now: now})
	return docs, shelves, found, err
}

// stock reads the languages and merges the articles into them. What was found before
// is among the findings.
func (t *Tree) stock(ctx context.Context, tags []locale.Tag, docs []*markdown.Document, found diag.List, how merging) ([]*shelf, diag.List, error) {
	shelves, list, err := t.shelves(ctx, tags, docs, how)
	if err != nil {
		return nil, nil, err
	}
	found = slices.Concat(found, list, t.unassigned(docs))
	found.Sort()
	return shelves, found, found.Err()
}

// selection is a set of articles, by path; nil is all of them.
type selection map[string]bool

func (s selection) has(article string) bool { return s == nil || s[article] }

// chosen are the articles that were asked for.
func (t *Tree) chosen(docs []*markdown.Document, asked []string) (selection, error) {
	if len(asked) == 0 {
		return nil, nil
	}
	byName := make(map[string]string, 3*len(docs))
	for _, d := range docs {
		byName[edition.Slug(d)] = d.Path
	}
	for _, d := range docs {
		byName[d.Path], byName[strings.TrimSuffix(d.Path, ".md")] = d.Path, d.Path
	}
	s := selection{}
	for _, name := range asked {
		want := strings.TrimPrefix(path.Clean(strings.ReplaceAll(name, `\`, "/")), t.Config.Content+"/")
		article, ok := byName[want]
		if !ok {
			return nil, fmt.Errorf("%s: there is no such article below %s", name, t.Config.Content)
		}
		s[article] = true
	}
	return s, nil
}

// update tells which files of the language change, and what changed in them. The
// decisions come first: should a power cut leave only some of the files, a
// decision too many says nothing, and one too few loses the reason.
func (s *shelf) update(t *Tree, docs []*markdown.Document, chosen selection) ([]change, Updated, error) {
	files := s.after(docs, chosen)
	if len(merge.Lost(s.catalogs, s.held(files))) > 0 {
		chosen, files = nil, s.merged
	}
	if lost := merge.Lost(s.catalogs, s.held(files)); len(lost) > 0 {
		return nil, Updated{}, fmt.Errorf("internal error: the merge would lose translations in %s, so nothing is written; "+
			"please report it: %q", s.tag, lost[0])
	}
	updated := Updated{Language: s.tag, Changes: make([]merge.Change, 0, len(s.changes))}
	decisions := s.decided.Fork()
	for _, c := range s.changes {
		if chosen.has(c.Article) {
			decisions.Append(c.Decisions...)
			if c.Class != merge.Same {
				updated.Changes = append(updated.Changes, c)
			}
		}
	}
	var writes []change
	if name, text := t.decisionsPath(s.tag), decisions.Format(); !bytes.Equal(text, s.read[name]) {
		writes = append(writes, change{name, s.read[name], text})
	}
	for _, f := range files {
		old, exists := s.read[f.Path]
		if !exists && len(f.Messages) == 0 {
			continue
		}
		if text := po.Format(f); !exists || !bytes.Equal(text, old) {
			writes = append(writes, change{f.Path, old, text})
		}
	}
	return writes, updated, nil
}

// after are the language's catalogs as they would be if only those of the chosen
// articles were written.
func (s *shelf) after(docs []*markdown.Document, chosen selection) []*catalog.File {
	if chosen == nil {
		return s.merged
	}
	untouched := make(map[string]*catalog.File, len(s.catalogs))
	for _, f := range s.catalogs {
		untouched[f.Path] = f
	}
	var files []*catalog.File
	for i, f := range s.merged {
		if i < len(docs) && chosen[docs[i].Path] {
			files = append(files, f)
		} else if old := untouched[f.Path]; old != nil {
			files = append(files, old)
		}
	}
	return files
}
