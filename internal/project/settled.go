package project

import (
	"context"
	"crypto/sha256"
	"io/fs"
	"path"
	"slices"
	"strings"

	"dragoman/internal/catalog"
	"dragoman/internal/coverage"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/review"
)

// heldAtOnce is how many catalogs are held at a time where not all of a language need be.
const heldAtOnce = 64

// settling counts a language without merging, and without holding more than some of its
// catalogs at a time. That is the same as to merge where every article's catalog is
// settled (merge.Outline).
type settling struct {
	*counting
	shelf  *shelf
	meter  *coverage.Meter // nil: nothing was read
	texts  *texts          // likewise
	known  *page           // nil: nothing is
	page   *page
	same   bool           // all is as it is known
	places map[string]int // of the files in page.files
}

// settled counts a language whose catalogs are all settled. It is nil if one is not.
// What is known of a catalog holds if its bytes, its article's and those of the
// decisions are the same; if all does, the result is the page that is known.
func (c *counting) settled(ctx context.Context, tag locale.Tag, known *page) (*page, error) {
	if known != nil && known.merged {
		known = nil
	}
	s := &settling{counting: c, shelf: &shelf{tag: tag, read: map[string][]byte{}}, known: known, page: &page{}}
	names, err := s.list(ctx)
	if err != nil {
		return nil, err
	}
	if err := s.decide(); err != nil {
		return nil, err
	}
	names, ok := c.order(tag, names)
	if !ok {
		return nil, nil
	}
	for n := 0; n < len(names); {
		next, settled, err := s.some(ctx, names, n)
		if err != nil || !settled {
			return nil, err
		}
		n = next
	}
	if known != nil && s.known == known && s.shelf.decided != nil && s.sumOf(s.decisionsPath(tag)) != sumIn(known.files, s.decisionsPath(tag)) {
		return c.settled(ctx, tag, nil) // they changed while all this was read
	}
	if s.same && len(s.page.lines) == len(known.lines) {
		return known, nil
	}
	s.page.sort()
	return s.page, nil
}

// list lists the catalogs, and finds which of the files are as they are known.
func (s *settling) list(ctx context.Context) (names []string, err error) {
	files, ok := s.filesOf(s.shelf.tag)
	if !ok { // links, which are to be looked at one by one
		s.known = nil
		names, s.page.found, err = s.catalogNames(s.shelf.tag)
		return names, err
	}
	s.places = make(map[string]int, len(files))
	for i, f := range files {
		s.places[f.name] = i
		if path.Ext(f.name) == ".po" {
			names = append(names, f.name)
		}
	}
	s.page.files = files
	if s.known != nil && s.survey(ctx, files, s.known.record()) != nil {
		s.known = nil // whoever reads the file for its text tells what is the matter
	}
	s.same = s.known != nil && s.known.fresh(files)
	return names, ctx.Err()
}

// decide reads the decisions, if they are others than those that are known.
func (s *settling) decide() error {
	name := s.decisionsPath(s.shelf.tag)
	if s.known == nil || s.sumOf(name) != sumIn(s.known.files, name) {
		s.known, s.same = nil, false
		return s.readDecisions()
	}
	s.page.newest, s.page.found = s.known.newest, s.known.found
	return nil
}

func (s *settling) readDecisions() error {
	found, err := s.shelf.readDecisions(s.Tree)
	if err != nil {
		return err
	}
	name := s.decisionsPath(s.shelf.tag)
	if src, ok := s.shelf.read[name]; ok {
		s.took(name, src)
	}
	s.page.newest, s.page.found = s.shelf.decided.Newest(), append(s.page.found, found...)
	return nil
}

// took notes the digest of what was read.
func (s *settling) took(name string, src []byte) {
	if i, ok := s.places[name]; ok {
		s.page.files[i].sum = sha256.Sum256(src)
	}
}

func (s *settling) sumOf(name string) sum {
	if i, ok := s.places[name]; ok {
		return s.page.files[i].sum
	}
	return sum{}
}

// order puts the catalogs of the articles into the articles' order, and the others
// behind them. It reports false if an article has none.
func (c *counting) order(tag locale.Tag, names []string) (order []string, ok bool) {
	left := make(map[string]bool, len(names))
	for _, name := range names {
		left[name] = true
	}
	for _, d := range c.docs {
		name := c.catalogPath(tag, d.Path)
		if !left[name] {
			return nil, false
		}
		delete(left, name)
		order = append(order, name)
	}
	for _, name := range names {
		if left[name] {
			order = append(order, name)
		}
	}
	return order, true
}

// some counts catalogs from one on, so many that few of them are to be read, and tells
// which is the next. It reports false if one is not settled.
func (s *settling) some(ctx context.Context, names []string, from int) (next int, settled bool, err error) {
	var unknown []int
	next = from
	for ; next < len(names) && len(unknown) < heldAtOnce; next++ {
		if line := s.lineOf(names[next], next); line != nil {
			s.page.lines = append(s.page.lines, *line)
		} else {
			unknown = append(unknown, next)
		}
	}
	if len(unknown) == 0 {
		return next, true, nil
	}
	s.same = false
	if err := s.prepare(); err != nil {
		return 0, false, err
	}
	files, lists, err := s.read(ctx, names, unknown)
	if err != nil {
		return 0, false, err
	}
	for i, at := range unknown {
		if at < len(s.docs) && !s.texts.outlines[at].Settled(files[i]) {
			return 0, false, nil
		}
		line := s.count(files[i], at)
		line.catalog, line.found = names[at], lists[i]
		s.page.lines = append(s.page.lines, line)
	}
	return next, true, ctx.Err()
}

// prepare gets what catalogs are counted with.
func (s *settling) prepare() (err error) {
	if s.meter == nil {
		if s.texts, err = s.counting.texts(); err != nil {
			return err
		}
		if s.meter, err = s.counting.meter(); err != nil {
			return err
		}
	}
	if s.shelf.decided == nil {
		s.page.found = nil
		return s.readDecisions()
	}
	return nil
}

// lineOf is what is known of a catalog, if that holds. article is the number of its
// article; there may be none of that number.
func (s *settling) lineOf(name string, article int) *pageLine {
	if s.known == nil {
		return nil
	}
	line := s.known.line(name)
	if line == nil || line.article != s.articleSum(article) || s.sumOf(name) != sumIn(s.known.files, name) {
		return nil
	}
	return line
}

// articleSum is the digest of an article's text; zero if there is none of that number.
func (c *counting) articleSum(n int) sum {
	if n >= len(c.docs) {
		return sum{}
	}
	return c.sums[path.Join(c.Config.Content, c.docs[n].Path)]
}

// read reads those catalogs of which numbers are given.
func (s *settling) read(ctx context.Context, all []string, numbers []int) ([]*catalog.File, []diag.List, error) {
	s.reads.Add(int64(len(numbers)))
	names := make([]string, len(numbers))
	for i, n := range numbers {
		names[i] = all[n]
	}
	files := make([]*catalog.File, len(names))
	lists := make([]diag.List, len(names))
	take := func(i int, src []byte) {
		s.took(names[i], src)
		files[i], lists[i] = readCatalog(names[i], src, s.shelf.tag)
	}
	if s.few {
		err := s.readFiles(ctx, names, take)
		return files, lists, err
	}
	p := &place{root: s.root}
	defer p.leave()
	for i, name := range names {
		src, err := p.read(name)
		if err != nil {
			return nil, nil, plainError("read", &fs.PathError{Op: "read", Path: name, Err: cause(err)})
		}
		take(i, src)
	}
	return files, lists, ctx.Err()
}

// count counts the settled catalog of one article.
func (s *settling) count(f *catalog.File, article int) pageLine {
	if article >= len(s.docs) {
		return pageLine{}
	}
	for _, m := range f.Messages {
		if !m.Fuzzy {
			m.Previous = catalog.Previous{} // as a merge would
		}
	}
	review.Apply(f, s.shelf.decisions)
	d := s.docs[article]
	line := pageLine{article: s.articleSum(article), questions: s.shelf.questions(d.Path, f)}
	if !d.Meta.Draft && !d.Meta.Retracted {
		in := s.input(s.shelf.tag, d, s.AsOf)
		in.File, in.Decisions = f, s.shelf.decisions
		line.sheet = s.meter.Sheet(in)
	}
	return line
}

// filesOf are a language's catalogs and decisions, as the workspace's list has them. It
// reports false if there is no list, or one that holds what is no regular file.
func (c *counting) filesOf(tag locale.Tag) (files []file, ok bool) {
	folder := c.folderOf(tag)
	if c.files == nil {
		return nil, false
	}
	for _, f := range below(c.files, folder) {
		switch {
		case f.stamp == stamp{}:
			return nil, false
		case !strings.Contains(f.name[len(folder):], "/.") && (path.Ext(f.name) == ".po" || f.name == c.decisionsPath(tag)):
			files = append(files, f)
		}
	}
	_, link := finder(c.files)(folder)
	return files, !link
}

// below are the files in a folder, of a list that is in order.
func below(files []file, folder string) []file {
	at := func(name string) int {
		i, _ := slices.BinarySearchFunc(files, name, func(f file, name string) int { return strings.Compare(f.name, name) })
		return i
	}
	return files[at(folder+"/"):at(folder+"0")] // 0 comes after /
}
