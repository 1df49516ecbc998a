package project

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"path"
	"slices"
	"strings"
	"sync"

	"dragoman/internal/catalog"
	"dragoman/internal/diag"
	"dragoman/internal/edition"
	"dragoman/internal/edition/site"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/term"
	"dragoman/internal/words"

	"golang.org/x/sync/errgroup"
)

// retouching is a build before which only some articles or their catalogs changed since
// the last one. It makes those anew, beside the cards of all others, and their pages,
// and takes over everything else.
//
// What comes out are the bytes of a build of everything. Where that is in doubt, a build
// of everything is made: if the card of an article changed, so that pages of others tell
// something else; if a text may have come from another article, or from the memory; if
// a check asked what other articles have; if anything is wrong.
type retouching struct {
	*round
	options BuildOptions
	last    *Build
	decks   []*deck
	chosen  map[string]bool // articles, by path
	docs    []*markdown.Document
	plan    *plan

	words    *words.Bundle
	theme    edition.Theme
	glossary *term.Glossary

	lock  sync.Mutex
	found diag.List
}

// errDoubt is why a build makes everything.
var errDoubt = errors.New("all has to be made again")

// mostRetouched is how many articles are made anew; where more changed, everything is.
const mostRetouched = 256

// retouch makes the editions where only some articles or catalogs changed. The plan is
// nil if everything has to be made.
func (t *Tree) retouch(ctx context.Context, r *round, tags []locale.Tag, o BuildOptions) (*plan, map[string]*press, error) {
	x := &retouching{round: r, options: o, chosen: map[string]bool{}}
	if !o.remembers() || !r.sure || !r.comparable() || !x.choose(tags) {
		return nil, nil, nil
	}
	if err := r.out.begin(); err != nil {
		return nil, nil, err
	}
	r.begin()
	presses, err := x.run(ctx, tags)
	if err == nil {
		return x.plan, presses, nil
	}
	r.out.abandon()
	r.draft.drop()
	r.draft = nil
	return nil, nil, ctx.Err()
}

// choose finds the articles to make anew. It reports false if something else changed.
func (x *retouching) choose(tags []locale.Tag) bool {
	t := x.tree
	if len(t.Config.Typefaces) > 0 { // the part of a font that is carried is that of all texts
		return false
	}
	if slices.ContainsFunc(t.Config.Languages, func(l Language) bool { return l.From != locale.Tag{} }) || !x.edited(tags) {
		return false
	}
	if x.last, x.decks = x.round.last(), t.recallCards(x.out, x.known); x.last == nil || len(x.decks) != len(tags) {
		return false
	}
	cards := map[string]bool{}
	for _, k := range x.decks {
		for _, c := range k.cards {
			cards[c.Path] = true
			if c.behind {
				x.chosen[c.Path] = true
			}
		}
	}
	for at := range x.chosen {
		if !cards[at] {
			return false
		}
	}
	return len(x.chosen) <= mostRetouched &&
		!slices.ContainsFunc(tags, func(tag locale.Tag) bool { return deckFor(x.decks, tag) == nil })
}

// edited chooses the articles that changed, or whose catalogs did. It reports false if
// files came or went, or others changed.
func (x *retouching) edited(tags []locale.Tag) bool {
	was, is := x.known.inputs, x.next.inputs
	if len(was) != len(is) {
		return false
	}
	for i, f := range is {
		if was[i].name != f.name {
			return false
		}
		if was[i].sum == f.sum {
			continue
		}
		article, ok := x.tree.articleOf(f.name, tags)
		if !ok || f.stamp == (stamp{}) {
			return false
		}
		x.chosen[article] = true
	}
	return true
}

// articleOf is the path of the article that a file is, or is the catalog of in one of
// the languages.
func (t *Tree) articleOf(name string, tags []locale.Tag) (string, bool) {
	if at, ok := strings.CutPrefix(name, t.Config.Content+"/"); ok {
		return at, strings.HasSuffix(at, ".md")
	}
	for _, tag := range tags {
		if at, ok := strings.CutPrefix(name, t.folderOf(tag)+"/"); ok {
			stem, ok := strings.CutSuffix(at, ".po")
			return stem + ".md", ok
		}
	}
	return "", false
}

// run makes the editions, while it is looked over that they stand as the last build left
// them.
func (x *retouching) run(ctx context.Context, tags []locale.Tag) (map[string]*press, error) {
	var g errgroup.Group
	g.Go(func() error { return x.out.remember(ctx, x.known) })
	g.Go(func() error { return x.compile(ctx, tags) })
	if err := g.Wait(); err != nil {
		return nil, err
	}
	for _, tag := range tags {
		if x.out.standing[tag.String()] == nil {
			return nil, errDoubt
		}
	}
	x.plan.found = x.findings()
	return x.tree.print(ctx, x.plan, x.out)
}

// compile makes the books.
func (x *retouching) compile(ctx context.Context, tags []locale.Tag) (err error) {
	t := x.tree
	if x.words, _, err = t.words(); err != nil {
		return err
	}
	if x.theme, _, err = t.theme(ctx); err != nil {
		return err
	}
	if x.glossary, _, err = t.glossary(); err != nil {
		return err
	}
	if err := x.articles(ctx); err != nil {
		return err
	}
	x.plan = &plan{languages: append([]locale.Tag{t.Config.Source}, t.Config.Targets()...), past: t.past(ctx)}
	g := group()
	for _, tag := range tags {
		i := &issue{tag: tag, asked: true, stands: true, again: true, formats: x.options.formats()}
		for _, was := range x.last.Editions {
			if was.Language == tag {
				i.files = was.Files
			}
		}
		x.plan.issues = append(x.plan.issues, i)
		g.Go(func() error { return x.language(ctx, i) })
	}
	if err := g.Wait(); err != nil {
		return err
	}
	if x.plan.past.asked.Load() || x.found.HasErrors() {
		return errDoubt
	}
	return nil
}

// articles reads the chosen articles, in the order in which a build of everything does.
func (x *retouching) articles(ctx context.Context) error {
	var names []string
	for at := range x.chosen {
		names = append(names, path.Join(x.tree.Config.Content, at))
	}
	slices.SortFunc(names, func(a, b string) int {
		return cmp.Compare(strings.ReplaceAll(a, "/", "\x00"), strings.ReplaceAll(b, "/", "\x00"))
	})
	x.docs = make([]*markdown.Document, len(names))
	read := make(map[string][]byte, len(names))
	err := x.tree.readFiles(ctx, names, func(i int, src []byte) {
		d, found := x.tree.article(names[i], src)
		x.lock.Lock()
		defer x.lock.Unlock()
		x.docs[i], read[names[i]] = d, src
		x.found = append(x.found, found...)
	})
	if err != nil || slices.Contains(x.docs, nil) {
		return errDoubt
	}
	x.found = append(x.found, policyFaults(x.docs)...)
	return x.asSurveyed(read)
}

// asSurveyed makes sure that files hold what they held when they were surveyed.
func (x *retouching) asSurveyed(read map[string][]byte) error {
	find := finder(x.next.inputs)
	for name, text := range read {
		if f, ok := find(name); !ok || f.sum != sha256.Sum256(text) {
			return errDoubt
		}
	}
	return nil
}

// language makes the book of one language.
func (x *retouching) language(ctx context.Context, i *issue) error {
	t, k := x.tree, deckFor(x.decks, i.tag)
	var s *shelf
	if i.tag != t.Config.Source {
		var err error
		if s, err = x.shelf(ctx, i.tag, k); err != nil {
			return err
		}
		i.broken = t.broken(s, x.docs, x.glossary)
		if len(s.asked) > 0 {
			return errDoubt
		}
		i.behind = len(s.changes) > 0
		if i.share.Least = t.least(i.tag); i.share.Least > 0 {
			i.words = t.wordings(s, x.docs, k.asOf)
		}
	}
	asOf := x.options.AsOf
	if asOf.IsZero() {
		asOf = k.asOf
	}
	o := t.dressed(i, s, x.words.For(i.tag), looks{theme: x.theme}, asOf)
	t.bring(i, x.beside(k, t.articlesOf(i, x.docs, s, asOf, x.plan.past)), x.docs, o)
	if i.found.HasErrors() {
		return errDoubt
	}
	x.lock.Lock()
	x.found = append(x.found, i.found...)
	x.lock.Unlock()
	return x.deal(i, k, s)
}

// beside are all articles in their order, those that are not made by their cards.
func (x *retouching) beside(k *deck, made []edition.Article) []edition.Article {
	byPath := make(map[string]edition.Article, len(made))
	for _, a := range made {
		byPath[a.Document.Path] = a
	}
	all := make([]edition.Article, len(k.cards))
	for n, c := range k.cards {
		a, ok := byPath[c.Path]
		if !ok {
			a.Card = &c.Card
		}
		all[n] = a
	}
	return all
}

// deal makes the deck of the edition, in which nobody but an article itself may tell
// that anything changed.
func (x *retouching) deal(i *issue, k *deck, s *shelf) error {
	made := x.tree.deckOf(i, x.tree.collect(x.docs, nil), s, k.asOf)
	fresh := make(map[string]*card, len(made.cards))
	for _, c := range made.cards {
		c.codes = nil
		fresh[c.Path] = c
	}
	next := *k
	next.cards = slices.Clone(k.cards)
	for n, was := range k.cards {
		c := fresh[was.Path]
		if c == nil {
			continue
		}
		if !c.Alike(&was.Card) || c.Absent != "" {
			return errDoubt
		}
		if s != nil {
			c.codes = codesAmong(k.asked, s.mergedOf(x.tree, was.Path))
		}
		if !slices.Equal(c.codes, was.codes) {
			return errDoubt
		}
		next.cards[n] = c
	}
	if i.share.Least > 0 {
		i.share.Percent = percent(next.words())
	}
	if i.blocked() {
		return errDoubt
	}
	i.deck = &next
	return nil
}

// words are those of the articles.
func (k *deck) words() func(yield func(wording) bool) {
	return func(yield func(wording) bool) {
		for _, c := range k.cards {
			if !yield(c.words) {
				return
			}
		}
	}
}

// mergedOf is the merged catalog of an article.
func (s *shelf) mergedOf(t *Tree, article string) *catalog.File {
	at := slices.IndexFunc(s.merged, func(f *catalog.File) bool { return f.Path == t.catalogPath(s.tag, article) })
	return s.merged[at]
}

// shelf merges the chosen articles into their catalogs.
func (x *retouching) shelf(ctx context.Context, tag locale.Tag, k *deck) (*shelf, error) {
	t := x.tree
	find := finder(x.next.inputs)
	var names []string
	for _, d := range x.docs {
		if _, ok := find(t.catalogPath(tag, d.Path)); ok {
			names = append(names, t.catalogPath(tag, d.Path))
		}
	}
	if t.heedsDrafts(tag, x.docs) && !k.heeds {
		return nil, errDoubt
	}
	s := &shelf{tag: tag, read: map[string][]byte{}, partial: true}
	found, err := s.readCatalogs(ctx, t, names)
	if err != nil || found.HasErrors() {
		return nil, errDoubt
	}
	if list, err := s.readDecisions(t); err != nil || list.HasErrors() {
		return nil, errDoubt
	}
	if err := x.asSurveyed(s.read); err != nil {
		return nil, err
	}
	s.how = merging{now: x.options.Now, names: x.glossary.Names, spare: !k.heeds}
	if err := s.merge(t, x.docs); err != nil {
		return nil, err
	}
	if x.foreign(s, k) {
		return nil, errDoubt
	}
	x.lock.Lock()
	defer x.lock.Unlock()
	x.found = append(x.found, found...)
	return s, nil
}

// foreign reports whether the merge may have come out otherwise beside all articles:
// where a text is new to its article, and another one's catalog has it, or where what
// was decided on a text holds for another article as well.
func (x *retouching) foreign(s *shelf, k *deck) bool {
	wanted := map[uint64]bool{}
	for _, d := range x.docs {
		for text := range unmet(d, x.tree.catalogPath(s.tag, d.Path), s.catalogs) {
			wanted[hashOf(text)] = true
		}
	}
	if len(wanted) > 0 && k.leaving {
		return true
	}
	for _, c := range s.changes {
		if len(c.Decisions) > 0 {
			wanted[hashOf(c.Key.Source)] = true
		}
	}
	if len(wanted) == 0 {
		return false
	}
	for _, c := range k.cards {
		if !x.chosen[c.Path] && anyOf(c.texts, wanted) {
			return true
		}
	}
	return anyOf(k.gone, wanted)
}

// anyOf reports whether any hash of a card is wanted.
func anyOf(texts string, wanted map[uint64]bool) bool {
	for ; len(texts) >= 8; texts = texts[8:] {
		if wanted[binary.LittleEndian.Uint64([]byte(texts[:8]))] {
			return true
		}
	}
	return false
}

// unmet are the texts of an article that its catalog has fewer live messages of than the
// article wants.
func unmet(d *markdown.Document, catalogPath string, catalogs []*catalog.File) map[string]bool {
	type identity struct {
		text, context string
		kind          markdown.Kind
	}
	seen, wants := map[identity]bool{}, map[string]int{}
	for _, g := range d.Segments {
		if id := (identity{g.Text, g.Context, g.Kind}); !seen[id] {
			seen[id] = true
			wants[g.Text]++
		}
	}
	for _, f := range catalogs {
		if f.Path != catalogPath {
			continue
		}
		for _, m := range f.Messages {
			if !m.Obsolete {
				wants[m.Source]--
			}
		}
	}
	left := map[string]bool{}
	for text, n := range wants {
		if n > 0 {
			left[text] = true
		}
	}
	return left
}

// findings are those of the last build, but for what is about the chosen articles and
// their catalogs, of which those of this one are told.
func (x *retouching) findings() diag.List {
	own := map[string]bool{}
	for at := range x.chosen {
		own[path.Join(x.tree.Config.Content, at)] = true
		for _, i := range x.plan.issues {
			own[x.tree.catalogPath(i.tag, at)] = true
		}
	}
	found := slices.DeleteFunc(slices.Clone(x.last.Findings), func(f diag.Finding) bool { return own[f.Pos.Path] })
	return unique(append(found, x.found...))
}

// renew makes an edition of which some chapters were made anew: all other files stay.
func (p *press) renew(b *edition.Book, peers []*edition.Book) error {
	for name, digest := range p.before {
		p.sums[name] = digest
	}
	err := site.Renewed(b, peers, func(name string, content []byte) error {
		if _, stood := p.before[name]; !stood {
			return errDoubt
		}
		return p.put(name, content)
	})
	if err != nil {
		return err
	}
	return p.finish([]Format{HTML})
}
