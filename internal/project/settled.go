package project

import (
	"context"
	"io/fs"
	"slices"
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/review"
)

// heldAtOnce is how many catalogs are held at a time where not all of a language need be.
const heldAtOnce = 64

// settled counts a language without merging, and without holding more than some of its
// catalogs at a time. That is the same as to merge where every article's catalog is
// settled (merge.Outline); if one is not, it reports false and has counted nothing.
func (c *counting) settled(ctx context.Context, tag locale.Tag) (*count, bool, error) {
	one := c.count()
	names, found, err := c.catalogNames(tag)
	if err != nil {
		return nil, false, err
	}
	s := &shelf{tag: tag, read: map[string][]byte{}}
	list, err := s.readDecisions(c.Tree)
	if err != nil {
		return nil, false, err
	}
	one.found = append(found, list...)
	order, rest, ok := c.order(tag, names)
	if !ok {
		return nil, false, nil
	}
	asOf := c.AsOf
	if asOf.IsZero() {
		asOf = newest(c.docs, s)
	}
	at := 0
	for chunk := range slices.Chunk(order, heldAtOnce) {
		files, list, err := c.read(ctx, tag, chunk)
		one.found = append(one.found, list...)
		if err != nil {
			return nil, false, err
		}
		for _, f := range files {
			if !c.outlines[at].Settled(f) {
				return nil, false, nil
			}
			c.add(one, s, at, f, asOf)
			at++
		}
	}
	for chunk := range slices.Chunk(rest, heldAtOnce) {
		_, list, err := c.read(ctx, tag, chunk)
		one.found = append(one.found, list...)
		if err != nil {
			return nil, false, err
		}
	}
	return one, true, nil
}

// order are the catalogs of the articles, in the articles' order, and the others. It
// reports false if an article has none.
func (c *counting) order(tag locale.Tag, names []string) (order, rest []string, ok bool) {
	left := make(map[string]bool, len(names))
	for _, name := range names {
		left[name] = true
	}
	for _, d := range c.docs {
		name := c.catalogPath(tag, d.Path)
		if !left[name] {
			return nil, nil, false
		}
		delete(left, name)
		order = append(order, name)
	}
	for _, name := range names {
		if left[name] {
			rest = append(rest, name)
		}
	}
	return order, rest, true
}

// read reads some catalogs of a language.
func (c *counting) read(ctx context.Context, tag locale.Tag, names []string) ([]*catalog.File, diag.List, error) {
	files := make([]*catalog.File, len(names))
	lists := make([]diag.List, len(names))
	take := func(i int, src []byte) { files[i], lists[i] = readCatalog(names[i], src, tag) }
	if c.few {
		err := c.readFiles(ctx, names, take)
		return files, slices.Concat(lists...), err
	}
	p := &place{root: c.root}
	defer p.leave()
	for i, name := range names {
		src, err := p.read(name)
		if err != nil {
			return nil, nil, plainError("read", &fs.PathError{Op: "read", Path: name, Err: cause(err)})
		}
		take(i, src)
	}
	return files, slices.Concat(lists...), ctx.Err()
}

// add counts the settled catalog of one article.
func (c *counting) add(one *count, s *shelf, article int, f *catalog.File, asOf time.Time) {
	for _, m := range f.Messages {
		if !m.Fuzzy {
			m.Previous = catalog.Previous{} // as a merge would
		}
	}
	review.Apply(f, s.decisions)
	d := c.docs[article]
	one.questions[article] = s.questions(d.Path, f)
	if d.Meta.Draft || d.Meta.Retracted {
		return
	}
	in := s.input(c.Tree, d, asOf)
	in.File = f
	one.meter.Add(in)
}
