package project

import (
	"encoding/binary"
	"html/template"
	"maps"
	"path"
	"slices"
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/check"
	"dragoman/internal/edition"
	"dragoman/internal/locale"
	"dragoman/internal/prose"
)

// deck is what a build remembers of the articles in one language, so that the next one
// can make again what hangs on those that change, and on nothing else. It lies beside
// the record, which has its digest.
//
//	.dragoman/editions.cards
type deck struct {
	tag   string
	asOf  time.Time
	heeds bool     // the policy tells drafts from what is untranslated
	asked []string // codes of which checks that block asked whether any source has them
	// leaving: the catalogs of articles that are gone hold live messages, which other
	// articles may take over.
	leaving bool
	gone    string // texts of such catalogs
	cards   []*card
}

// card is what is remembered of one article.
type card struct {
	edition.Card
	behind bool     // its catalog is not as a merge leaves it
	words  wording  // of a language whose policy wants some share of them
	codes  []string // those of its codes that were asked for
	texts  string   // hashes of the normal forms of its catalog's sources, eight bytes each
}

const cardsMagic = "dragoman cards 1\n"

// cardsPath is where the cards of a folder of editions lie.
func (o *output) cardsPath() string {
	stem := o.recordPath()
	return stem[:len(stem)-len(path.Ext(stem))] + ".cards"
}

// deckOf is what is to be remembered of a language; without a shelf it is the source's.
func (t *Tree) deckOf(i *issue, articles []edition.Article, s *shelf, asOf time.Time) *deck {
	k := &deck{tag: i.tag.String(), asOf: asOf}
	for _, a := range articles {
		if a.Card == nil {
			k.cards = append(k.cards, &card{Card: *i.book.Card(a.Document)})
		}
	}
	if s == nil {
		return k
	}
	k.asked = slices.Sorted(maps.Keys(s.asked))
	read := make(map[string]*catalog.File, len(s.catalogs))
	for _, f := range s.catalogs {
		read[f.Path] = f
	}
	merged := make(map[string]*catalog.File, len(s.merged))
	for _, f := range s.merged {
		merged[f.Path] = f
	}
	behind := s.changed()
	for _, c := range k.cards {
		at := t.catalogPath(s.tag, c.Path)
		c.texts = hashesOf(read[at])
		delete(read, at)
		c.behind = behind[c.Path]
		c.words = i.words[c.Path]
		c.codes = codesAmong(k.asked, merged[at])
	}
	for _, f := range read {
		k.gone += hashesOf(f)
		k.leaving = k.leaving || slices.ContainsFunc(f.Messages, func(m *catalog.Message) bool { return !m.Obsolete })
	}
	return k
}

// changed are the articles to which the merge did anything.
func (s *shelf) changed() map[string]bool {
	articles := map[string]bool{}
	for _, c := range s.changes {
		articles[c.Article] = true
	}
	return articles
}

// codesAmong are those of the codes that a catalog has.
func codesAmong(asked []string, f *catalog.File) []string {
	if len(asked) == 0 {
		return nil
	}
	codes := check.Codes(f)
	return slices.DeleteFunc(slices.Clone(asked), func(c string) bool { return !codes[c] })
}

// hashesOf are the hashes of the sources of a catalog, in normal form. There may be no
// such catalog.
func hashesOf(f *catalog.File) string {
	if f == nil {
		return ""
	}
	var out []byte
	for _, m := range f.Messages {
		out = binary.LittleEndian.AppendUint64(out, hashOf(m.Source))
	}
	return string(out)
}

// hashOf is a hash of a text's normal form: FNV-1a. Texts that are taken for one by
// chance only make a build do more.
func hashOf(text string) uint64 {
	text = prose.Normal(text)
	h := uint64(14695981039346656037)
	for i := range len(text) {
		h = (h ^ uint64(text[i])) * 1099511628211
	}
	return h
}

// encodeDecks writes the decks of all languages, sealed.
func encodeDecks(decks []*deck) []byte {
	e := encoder{out: []byte(cardsMagic)}
	e.number(uint64(len(decks)))
	for _, k := range decks {
		e.text(k.tag)
		e.time(k.asOf)
		e.truth(k.heeds)
		e.texts(k.asked)
		e.truth(k.leaving)
		e.text(k.gone)
		e.number(uint64(len(k.cards)))
		for _, c := range k.cards {
			e.card(c)
		}
	}
	return e.sealed()
}

func (e *encoder) card(c *card) {
	e.text(c.Path)
	e.text(c.Slug)
	e.texts(c.Aliases)
	e.number(uint64(int64(c.Weight)))
	e.text(c.Absent)
	e.title(c.Title)
	e.title(c.Description)
	e.time(c.Date)
	e.text(c.Author)
	e.texts(c.Translators)
	e.time(c.Earlier)
	e.texts(c.Anchors)
	e.number(uint64(len(c.Pictures)))
	for _, p := range c.Pictures {
		e.text(p[0])
		e.text(p[1])
	}
	for _, t := range tallied(&c.Counts) {
		e.number(uint64(t.Messages))
		e.number(uint64(t.Words))
	}
	e.truth(c.Untouched)
	e.truth(c.behind)
	e.number(uint64(c.words.done))
	e.number(uint64(c.words.all))
	e.texts(c.codes)
	e.text(c.texts)
}

// tallied are all tallies of counts.
func tallied(c *edition.Counts) []*edition.Tally {
	list := []*edition.Tally{&c.All, &c.Untranslated, &c.Stale, &c.Machine}
	for i := range c.Reasons {
		list = append(list, &c.Reasons[i])
	}
	return list
}

func (e *encoder) texts(list []string) {
	e.number(uint64(len(list)))
	for _, s := range list {
		e.text(s)
	}
}

func (e *encoder) title(t edition.Text) {
	e.text(string(t.HTML))
	e.text(t.Plain)
	e.text(t.Mark.Lang)
	e.text(t.Mark.Dir)
	e.text(t.Mark.Class)
}

// decodeDecks reads the decks; nil if they are not as encodeDecks writes them.
func decodeDecks(text string) []*deck {
	d := decoder{left: text}
	decks := make([]*deck, d.count())
	for i := range decks {
		k := &deck{tag: d.text(), asOf: d.time(), heeds: d.truth(), asked: d.texts(), leaving: d.truth(), gone: d.text()}
		cards := make([]card, d.count())
		k.cards = make([]*card, len(cards))
		for n := range cards {
			d.card(&cards[n])
			k.cards[n] = &cards[n]
		}
		decks[i] = k
	}
	if d.bad || d.left != "" {
		return nil
	}
	return decks
}

func (d *decoder) card(c *card) {
	c.Path, c.Slug, c.Aliases, c.Weight, c.Absent = d.text(), d.text(), d.texts(), int(int64(d.number())), d.text()
	c.Title, c.Description = d.title(), d.title()
	c.Date, c.Author, c.Translators, c.Earlier = d.time(), d.text(), d.texts(), d.time()
	c.Anchors = d.texts()
	for range d.count() {
		c.Pictures = append(c.Pictures, [2]string{d.text(), d.text()})
	}
	for _, t := range tallied(&c.Counts) {
		t.Messages, t.Words = int(d.number()), int(d.number())
	}
	c.Untouched, c.behind = d.truth(), d.truth()
	c.words = wording{int(d.number()), int(d.number())}
	c.codes, c.texts = d.texts(), d.text()
}

func (d *decoder) texts() (list []string) {
	n := d.count()
	if n == 0 {
		return nil
	}
	list = make([]string, n)
	for i := range list {
		list[i] = d.text()
	}
	return list
}

func (d *decoder) title() (t edition.Text) {
	t.HTML, t.Plain = template.HTML(d.text()), d.text()
	t.Mark.Lang, t.Mark.Dir, t.Mark.Class = d.text(), d.text(), d.text()
	return t
}

// deckFor is the deck of a language; nil if there is none.
func deckFor(decks []*deck, tag locale.Tag) *deck {
	for _, k := range decks {
		if k.tag == tag.String() {
			return k
		}
	}
	return nil
}
