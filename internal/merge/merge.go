// Package merge brings catalogs up to date with their articles.
//
// An author edits, moves, splits and renames; a translator must redo what
// changed, and only that. Looking texts up in the old catalog would treat every
// edit as a loss, so a merge aligns the old messages with the new segments:
//
//	old catalog                     article now            new catalog
//	"The road is long." → "길은 멀다."   The road is short.     "The road is short." fuzzy "길은 멀다."
//	                                                       #~ "The road is long." → "길은 멀다."
//
// Equal texts first, so that an edit never steals a neighbour's translation;
// then texts that differ in white space and typography alone; then, between
// neighbours that did not change, the most similar; last what moved further, from
// other articles too. Each pair is classified (Class), and the class decides what
// happens to the translation.
//
// A language may be translated from another translation (Pivot): it is stale when
// the source moves, and needs checking when that translation does.
//
// Three laws: no word of a translator is lost (Lost proves it); merging twice
// changes nothing; at most one entry, live or obsolete, bears a key.
package merge

import (
	"strings"
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/memory"
	"dragoman/internal/review"
)

// Options says what the merge works with.
type Options struct {
	Now       time.Time         // dates changes and new catalogs, by day in UTC
	Source    locale.Tag        // the articles' language
	Language  locale.Tag        // the catalogs'
	Decisions *review.Decisions // of the language; not changed, and may be nil
	// CatalogPath is the path of an article's catalog. If it is nil, a catalog
	// lies at its article's path, with .po for .md.
	CatalogPath func(article string) string
	Project     string // names the project in the headers of new catalogs
	Pivot       *Pivot // the translation that this one is made from; nil: it is made from the source
	// Memory is asked, if it is not nil, once and only if there is something to
	// look up: it offers translations for what is new.
	Memory    func() *memory.Index
	Threshold int // percent that the source of an offer has in common, 0: 75
	// Names tells the names that occur in a text without markup, of which none may change
	// unseen. It may be nil.
	Names func(text string) []string
	// Minor are the articles, by path, of whose changes the author says that they need no
	// look.
	Minor map[string]bool
	By    string // who says so; empty: nobody is named
}

func (o *Options) catalogPath(article string) string {
	if o.CatalogPath != nil {
		return o.CatalogPath(article)
	}
	return strings.TrimSuffix(article, ".md") + ".po"
}

// Change is what happened to one message. The decisions are to be added to the
// language's list, else the next merge does not know why and since when the
// message is stale.
type Change struct {
	Article   string // its path; the catalog's where the article is gone
	Class     Class
	Key       catalog.Key
	Previous  string // the source until now, if another
	Note      string // how much changed, for people: "3 words"
	Carried   bool   // the message has a target
	Pos       diag.Pos
	Decisions []review.Decision
}

// Update merges the articles into the catalogs of one language. The result is a
// file for each article, in order, then the files of articles that are gone,
// with obsolete messages alone. Changes are told in the same order; a message to
// which nothing happened is told, as Same, only if there is something to remember of
// it. The old files are not changed, and a file in which nothing changed keeps the
// bytes of each message.
//
// An old file belongs to the article whose catalog path it has. States are set
// by the decisions that there were and those of the changes.
func Update(old []*catalog.File, docs []*markdown.Document, o Options) ([]*catalog.File, []Change) {
	u := &update{Options: o, decisions: o.Decisions.Fork()}
	u.open(old, docs)
	for _, a := range u.articles {
		a.matchSame()
	}
	u.adoptRenamed()
	u.matchMoved()
	for _, a := range u.articles {
		u.matchSimilar(a)
	}
	u.matchSimilarElsewhere()

	var changes []Change
	for _, a := range u.articles {
		a.nameKeys()
		changes = append(changes, u.settle(a)...)
		changes = append(changes, u.checkPivot(a)...)
	}
	// A decision made on one article is a reason in every article with the same
	// text, so notes wait until all are made.
	files := make([]*catalog.File, len(u.articles))
	for i, a := range u.articles {
		files[i] = u.write(a)
	}
	return files, changes
}

// update is one run of Update.
type update struct {
	Options
	decisions *review.Decisions
	articles  []*article
	index     *memory.Index // nil: not asked for yet
}

// article is one article and its catalog, before and after.
type article struct {
	doc    *markdown.Document // nil: the article is gone
	before *catalog.File      // nil: it had no catalog
	file   *catalog.File
	slots  []*slot
	past   []*past // of the catalog, in its order
	live   []*past // those that the slots are aligned with, in order
}

// past is a message of an old catalog.
type past struct {
	m       *catalog.Message
	home    *article
	source  string
	normal  string
	at      int              // among its article's live ones
	taken   bool             // a slot of its own article has it
	copied  bool             // another slot has a copy of it
	joined  bool             // it is in one message with a neighbour
	foreign *past            // it stays in another catalog, as this; a slot gets a copy
	pair    *catalog.Message // its last final pair, to be kept
	parts   []*past          // it is these in one
}

// open gathers what is to be merged: the articles, then the catalogs without one.
func (u *update) open(old []*catalog.File, docs []*markdown.Document) {
	byPath := make(map[string]*catalog.File, len(old))
	for _, f := range old {
		byPath[f.Path] = f
	}
	claimed := make(map[*catalog.File]bool, len(docs))
	for _, d := range docs {
		path := u.catalogPath(d.Path)
		f := byPath[path]
		if claimed[f] {
			f = nil
		}
		a := &article{doc: d, slots: slotsOf(d)}
		for _, s := range a.slots {
			s.home = a
		}
		a.open(f)
		if f == nil {
			a.file = &catalog.File{Path: path, Language: u.Language}
		} else {
			claimed[f] = true
		}
		u.articles = append(u.articles, a)
	}
	for _, f := range old {
		if !claimed[f] {
			a := &article{}
			a.open(f)
			u.articles = append(u.articles, a)
		}
	}
}

func (a *article) open(f *catalog.File) {
	if f == nil {
		return
	}
	a.before, a.file = f, f.Clone()
	pasts := make([]past, len(f.Messages))
	for i, m := range a.file.Messages {
		p := &pasts[i]
		*p = past{m: m, home: a, source: m.Source}
		a.past = append(a.past, p)
		if !m.Obsolete {
			p.at = len(a.live)
			a.live = append(a.live, p)
		}
	}
}

func (a *article) path() string {
	if a.doc == nil {
		return a.file.Path
	}
	return a.doc.Path
}
