package merge

import (
	"slices"
	"strings"

	"dragoman/internal/catalog"
	"dragoman/internal/markdown"
)

// Outcome is what became of a message of another tool's catalog.
type Outcome uint8

// The outcomes. A message that was several of ours has the last of theirs.
const (
	NoTarget   Outcome = iota // it is not translated
	Refused                   // its translation is not taken, as a finding says: it has lost a link, code or note
	Held                      // what it says is there already
	Taken                     // its translation is in an article's catalog now
	TakenFuzzy                // likewise, and needs checking
	Remembered                // no article holds its text; it is in the memory now
	Conflicted                // there is another translation; it is in a comment beside that
)

// String is the name that reports and machine-readable output use.
func (o Outcome) String() string {
	return [...]string{"untranslated", "refused", "already-there", "taken-over", "fuzzy", "to-memory", "conflicting"}[o]
}

// Take puts the translations of another tool's catalog into ours. files are as
// Update made them, one for each of the documents and in their order, and are
// changed; so is the memory, a catalog of pairs that no article holds. The result
// is the outcome of each message of the other catalog.
//
// Texts are the same if their inline Markdown is (markdown.Inline), wherever they
// occur. A message of the other tool may hold several segments, or be what one of
// ours has between two HTML tags, or within its only link. A translation of ours is
// never replaced, unless it is only lent (Lent). Taking twice changes nothing the
// second time.
func Take(files []*catalog.File, docs []*markdown.Document, from, memory *catalog.File, lent func(*catalog.Message) bool) []Outcome {
	t := &taker{docs: docs, labels: markdown.LabelsOf(docs...), byTree: map[string][]*place{}, memory: memory}
	for i, d := range docs {
		t.open(files[i], d)
	}
	outcomes := make([]Outcome, len(from.Messages))
	parts := make([][]*part, len(from.Messages))
	for i, m := range from.Messages {
		if m.HasTarget() {
			parts[i] = t.offer(m)
		}
	}
	t.compose(slices.Concat(parts...))
	for _, s := range t.slots {
		if len(s.offers) > 0 && lent(s.m) {
			s.m.Target, s.m.Fuzzy, s.m.Previous = "", false, catalog.Previous{}
			s.m.SettleState()
		}
		s.settle()
	}
	for i := range parts {
		for _, p := range parts[i] {
			if !p.offered {
				t.remember(p)
			}
			outcomes[i] = max(outcomes[i], p.outcome)
		}
	}
	return outcomes
}

// NewMemory is an empty memory, as a file at that path.
func NewMemory(path string, o Options) *catalog.File {
	f := &catalog.File{Path: path, Language: o.Language}
	u := update{Options: o}
	u.date(&f.Header)
	return f
}

// taker is one run of Take.
type taker struct {
	docs   []*markdown.Document
	labels markdown.Labels
	byTree map[string][]*place
	slots  []*opening
	memory *catalog.File
}

// opening is a message of ours, and what is offered for it.
type opening struct {
	m      *catalog.Message
	inline *markdown.Inline
	offers []offer
}

// place is where a text occurs in ours.
type place struct {
	slot    *opening
	inline  *markdown.Inline
	enclose func(string) (string, bool) // the text is within a link, where this puts a translation
}

// part is a message of the other catalog, or one of the segments in it.
type part struct {
	m        *catalog.Message
	source   string
	target   string
	readings []markdown.Inline
	offered  bool
	outcome  Outcome
}

// offer is a translation for a message of ours, written in our way.
type offer struct {
	parts  []*part
	target string
	fuzzy  bool
	rank   int
}

// open notes where the texts of an article occur.
func (t *taker) open(f *catalog.File, d *markdown.Document) {
	inlines := d.Inlines()
	slots := make(map[*catalog.Message]bool, len(inlines))
	for i := range d.Segments {
		g, in := &d.Segments[i], &inlines[i]
		m := f.Find(g.Kind.String(), g.Context, g.Text)
		if m == nil || slots[m] {
			continue
		}
		slots[m] = true
		s := &opening{m: m, inline: in}
		t.slots = append(t.slots, s)
		t.add(&place{slot: s, inline: in})
		if inner, enclose, ok := in.Enclosed(); ok {
			t.add(&place{slot: s, inline: &inner, enclose: enclose})
		}
		if marked, ok := in.Marked(); ok {
			t.add(&place{slot: s, inline: &marked})
		}
	}
}

func (t *taker) add(p *place) { t.byTree[p.inline.Tree] = append(t.byTree[p.inline.Tree], p) }

// offer offers a message wherever its text occurs, whole or segment by segment.
func (t *taker) offer(m *catalog.Message) []*part {
	whole := &part{m: m, source: m.Source, target: m.Target, readings: markdown.Readings(m.Source, t.labels)}
	parts := []*part{whole}
	if m.Plural != "" && len(m.Forms) > 0 {
		last := m.Forms[len(m.Forms)-1]
		parts = append(parts, &part{m: m, source: m.Plural, target: last, readings: markdown.Readings(m.Plural, t.labels)})
	}
	for i, p := range parts {
		t.place(p)
		if p.offered {
			continue
		}
		if blocks := t.blocks(p); blocks != nil {
			parts[i] = blocks[0]
			parts = append(parts, blocks[1:]...)
		}
	}
	return parts
}

// blocks are the segments in a message, nil if none of them occurs.
func (t *taker) blocks(p *part) []*part {
	if len(t.docs) == 0 {
		return nil
	}
	var parts []*part
	found := false
	for _, pair := range t.docs[0].Blocks(p.source, p.target) {
		b := &part{m: p.m, source: pair.Source, target: pair.Target, readings: markdown.Readings(pair.Source, t.labels)}
		t.place(b)
		found = found || b.offered
		parts = append(parts, b)
	}
	if !found {
		return nil
	}
	return parts
}

// place offers a part at each place of its text.
func (t *taker) place(p *part) {
	for i := range p.readings {
		reading := &p.readings[i]
		for _, at := range t.byTree[reading.Tree] {
			if at.inline.Same(reading) {
				t.offerAt(at, p, reading)
			}
		}
		if p.offered {
			return
		}
	}
}

func (t *taker) offerAt(at *place, p *part, reading *markdown.Inline) {
	target, ok := at.write(p, reading)
	o := offer{parts: []*part{p}, target: target, fuzzy: p.m.Fuzzy || !ok}
	for i, worse := range []bool{p.m.Context != at.slot.m.Context, at.enclose != nil, p.m.Obsolete, o.fuzzy} {
		if worse {
			o.rank |= 1 << i
		}
	}
	at.slot.offers = append(at.slot.offers, o)
	p.offered = true
}

// write is the part's translation as it stands at a place. It reports false if
// somebody has to look at the links in it.
func (at *place) write(p *part, reading *markdown.Inline) (target string, ok bool) {
	target, ok = at.inline.Rewrite(reading, p.target)
	if at.enclose == nil {
		return target, ok
	}
	target, fits := at.enclose(target)
	return target, ok && fits
}

// compose offers translations of texts with tags of HTML that the other tool has in
// pieces, without the tags.
func (t *taker) compose(parts []*part) {
	var byTree map[string][]*part
	for _, s := range t.slots {
		fragments := s.inline.Fragments()
		if len(s.offers) > 0 || fragments == nil {
			continue
		}
		if byTree == nil {
			byTree = pieces(parts)
		}
		if o, ok := s.composed(fragments, byTree); ok {
			s.offers = append(s.offers, o)
			for _, p := range o.parts {
				p.offered = true
			}
		}
	}
}

// pieces are the parts by their text, the best ones first.
func pieces(parts []*part) map[string][]*part {
	byTree := make(map[string][]*part, len(parts))
	for _, p := range parts {
		for i := range p.readings {
			tree := p.readings[i].Tree
			byTree[tree] = append(byTree[tree], p)
		}
	}
	for _, all := range byTree {
		slices.SortStableFunc(all, func(a, b *part) int { return a.rank() - b.rank() })
	}
	return byTree
}

// rank orders translations: a final one before one that its tool calls obsolete,
// that before a fuzzy one.
func (p *part) rank() int {
	switch {
	case p.m.Fuzzy:
		return 2
	case p.m.Obsolete:
		return 1
	}
	return 0
}

// composed is the translation of a text by the pieces between its tags. It reports
// false if one with words has no translation.
func (s *opening) composed(fragments []markdown.Fragment, byTree map[string][]*part) (o offer, ok bool) {
	var b strings.Builder
	for _, f := range fragments {
		found := byTree[f.Inline.Tree]
		switch {
		case f.Tag:
			b.WriteString(f.Text)
		case len(found) > 0:
			b.WriteString(fitted(found[0], f.Text))
			o.parts = append(o.parts, found[0])
			o.fuzzy = o.fuzzy || found[0].m.Fuzzy
		case f.Inline.Worded():
			return offer{}, false
		default:
			b.WriteString(f.Text)
		}
	}
	o.target, ok = s.inline.Rewrite(s.inline, b.String())
	o.fuzzy = o.fuzzy || !ok
	return o, len(o.parts) > 0
}

// fitted is the translation of a piece with the white space around it that the
// piece has, where the other tool has left it out of the text.
func fitted(p *part, piece string) string {
	before, after := edges(piece)
	had, has := edges(p.source)
	target := p.target
	if had == "" && before != "" {
		target = before + strings.TrimLeft(target, space)
	}
	if has == "" && after != "" {
		target = strings.TrimRight(target, space) + after
	}
	return target
}

const space = " \t\r\n"

// edges are the white space at the beginning and at the end of a text.
func edges(s string) (before, after string) {
	before = s[:len(s)-len(strings.TrimLeft(s, space))]
	return before, s[len(strings.TrimRight(s, space)):]
}

// settle gives the message the best of what is offered for it, if it has no
// translation, and keeps what differs in its comments.
func (s *opening) settle() {
	slices.SortStableFunc(s.offers, func(a, b offer) int { return a.rank - b.rank })
	for _, o := range s.offers {
		outcome := s.take(&o)
		for _, p := range o.parts {
			p.outcome = max(p.outcome, outcome)
		}
	}
}

func (s *opening) take(o *offer) Outcome {
	first := o.parts[0].m
	outcome := put(s.m, o.target, o.fuzzy)
	switch outcome {
	case TakenFuzzy:
		s.m.Previous = catalog.Previous{}
		if len(o.parts) == 1 {
			s.m.Previous = first.Previous
		}
		fallthrough
	case Taken:
		for _, p := range o.parts {
			comment(s.m, p.m.Comments...)
		}
	}
	return outcome
}

// put gives a message a target, if it has none. One that is the same and final ends
// the message's being fuzzy; one that differs goes to the comments.
func put(m *catalog.Message, target string, fuzzy bool) Outcome {
	outcome := Taken
	if fuzzy {
		outcome = TakenFuzzy
	}
	switch {
	case !m.HasTarget():
		m.Target, m.Fuzzy = target, fuzzy
	case !alike(m.Target, target):
		comment(m, keptComment(target))
		return Conflicted
	case m.Fuzzy && !fuzzy:
		m.Fuzzy, m.Previous = false, catalog.Previous{}
	default:
		return Held
	}
	m.SettleState()
	return outcome
}

// alike reports whether two translations say the same.
func alike(a, b string) bool {
	if a == b {
		return true
	}
	x, y := markdown.Readings(a, nil)[0], markdown.Readings(b, nil)[0]
	return x.Same(&y)
}

// comment adds lines to a message's comments.
func comment(m *catalog.Message, lines ...string) {
	comments := slices.Clone(m.Comments)
	for _, line := range lines {
		if !slices.Contains(comments, line) {
			comments = append(comments, line)
		}
	}
	if len(comments) > len(m.Comments) {
		m.Comments = comments
	}
}

// remember keeps a part that occurs nowhere. What has no words and is the same in
// both languages is not worth it.
func (t *taker) remember(p *part) {
	reading := &p.readings[0]
	if !reading.Worded() && alike(p.source, p.target) {
		p.outcome = Held
		return
	}
	key := catalog.Key{Context: p.m.Context, Source: p.source}
	m := t.memory.Get(key)
	if m == nil {
		m = &catalog.Message{Entry: catalog.Entry{Key: key}}
		t.memory.Add(m)
	}
	before := len(m.Comments)
	p.outcome = put(m, sameEnds(p.source, p.target), p.m.Fuzzy)
	switch {
	case p.outcome == Conflicted:
		p.outcome = Held
		if len(m.Comments) > before {
			p.outcome = Remembered
		}
	case p.outcome == Taken || p.outcome == TakenFuzzy:
		if p.m.Fuzzy {
			m.Previous = p.m.Previous
		}
		comment(m, p.m.Comments...)
		p.outcome = Remembered
	}
}

// Remember puts final pairs of another tool's memory into ours, each with the place
// that it comes from. A further translation of a text has a context of its own.
// Remembering twice changes nothing the second time.
func Remember(memory, from *catalog.File) []Outcome {
	outcomes := make([]Outcome, len(from.Messages))
	next := map[string]int{} // by source, the number that its next variant has
	known := make(map[string]bool, len(memory.Messages))
	for _, m := range memory.Messages {
		known[pairOf(m.Source, m)] = true
		if catalog.IsVariant(m.Context) {
			next[m.Source]++
		}
	}
	for i, m := range from.Messages {
		if !m.HasTarget() {
			continue
		}
		pair := &catalog.Message{Entry: catalog.Entry{
			Key: m.Key, Target: sameEnds(m.Source, m.Target), Comments: m.Comments, References: m.References,
		}}
		if catalog.IsVariant(m.Context) {
			pair.Context = ""
		}
		if known[pairOf(m.Source, pair)] {
			outcomes[i] = Held
			continue
		}
		known[pairOf(m.Source, pair)] = true
		pair.SettleState()
		for !memory.Add(pair) {
			pair.Context = catalog.VariantContext(next[m.Source] + 2)
			next[m.Source]++
		}
		outcomes[i] = Remembered
	}
	return outcomes
}

// sameEnds is a translation that begins and ends with a newline where its source
// does, as GNU gettext demands.
func sameEnds(source, target string) string {
	target = strings.Trim(target, "\n")
	if strings.HasPrefix(source, "\n") {
		target = "\n" + target
	}
	if strings.HasSuffix(source, "\n") {
		target += "\n"
	}
	return target
}
