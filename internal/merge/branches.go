package merge

import (
	"bytes"
	"slices"

	"dragoman/internal/catalog"
)

// Clash is a message that two branches translated in different ways.
type Clash struct {
	Key    catalog.Key
	Ours   []string // the target, in all its forms: it stays, fuzzy
	Theirs []string // it is kept in comments beside ours
}

// Branches merges two catalogs that grew from one, message by message: what one
// branch changed is taken from it, so that neither lines that moved nor entries
// that stand side by side get in each other's way. The result lies at the path of
// ours; base is empty where the branches have nothing in common.
//
//	base    "Road" → ""       ours  "Road" → "길"      theirs  "Road" → "도로"
//	result  "Road" fuzzy "길", # kept: "도로", and a clash
//
// Where one target is final and the other fuzzy, the final one stays and the other
// is kept beside it, without a clash. Law: what either branch wrote is in the
// result, under the source that it was written for.
func Branches(base, ours, theirs *catalog.File) (*catalog.File, []Clash) {
	b := &branches{base: base, ours: ours, theirs: theirs}
	crlf := pick(base.Layout.CRLF, ours.Layout.CRLF, theirs.Layout.CRLF)
	b.file = &catalog.File{
		Path: ours.Path, Language: ours.Language, Header: b.header(crlf),
		Layout: catalog.Layout{
			CRLF: crlf,
			BOM:  pick(base.Layout.BOM, ours.Layout.BOM, theirs.Layout.BOM),
			Head: endings(ours.Layout.Head, crlf),
			Tail: tail(endings(base.Layout.Tail, crlf), endings(ours.Layout.Tail, crlf), endings(theirs.Layout.Tail, crlf)),
		},
	}
	for _, key := range b.order() {
		if m := b.merge(key); m != nil {
			b.file.Add(m)
		}
	}
	slices.SortStableFunc(b.file.Messages, func(x, y *catalog.Message) int {
		return rear(x) - rear(y)
	})
	b.follow()
	return b.file, b.clashes
}

// branches is one run of Branches.
type branches struct {
	base, ours, theirs *catalog.File
	file               *catalog.File
	clashes            []Clash
}

// rear puts obsolete messages behind live ones.
func rear(m *catalog.Message) int {
	if m.Obsolete {
		return 1
	}
	return 0
}

// pick is the side that changed, ours if both did.
func pick[T comparable](base, ours, theirs T) T {
	if ours == base {
		return theirs
	}
	return ours
}

func tail(base, ours, theirs []byte) []byte {
	switch {
	case bytes.Equal(ours, base) || bytes.Equal(ours, theirs):
		return theirs
	case bytes.Equal(theirs, base):
		return ours
	}
	return slices.Concat(ours, theirs)
}

// lines merges two lists of which each line counts once: ours, less what theirs
// removed, and what theirs added.
func lines(base, ours, theirs []string) []string {
	switch {
	case slices.Equal(ours, base) || slices.Equal(ours, theirs):
		return theirs
	case slices.Equal(theirs, base):
		return ours
	}
	was, is, here := setOf(base), setOf(theirs), setOf(ours)
	var merged []string
	for _, line := range ours {
		if is[line] || !was[line] {
			merged = append(merged, line)
		}
	}
	for _, line := range theirs {
		if !was[line] && !here[line] {
			merged = append(merged, line)
		}
	}
	return merged
}

func setOf(list []string) map[string]bool {
	set := make(map[string]bool, len(list))
	for _, s := range list {
		set[s] = true
	}
	return set
}

// whole merges two lists that only make sense as they are.
func whole(base, ours, theirs []string) []string {
	if slices.Equal(ours, base) {
		return theirs
	}
	return ours
}

// order is the keys of both sides: those of the side that moved its messages, and
// what only the other has behind the neighbour that it has there.
func (b *branches) order() []catalog.Key {
	first, second := b.ours, b.theirs
	if slices.Equal(keysOf(b.ours), keysOf(b.base)) {
		first, second = second, first
	}
	var front []catalog.Key
	after := map[catalog.Key][]catalog.Key{}
	var anchor *catalog.Key
	for _, key := range keysOf(second) {
		switch {
		case first.Get(key) != nil:
			anchor = &key
		case anchor == nil:
			front = append(front, key)
		default:
			after[*anchor] = append(after[*anchor], key)
		}
	}
	keys := front
	for _, key := range keysOf(first) {
		keys = append(append(keys, key), after[key]...)
	}
	return keys
}

func keysOf(f *catalog.File) []catalog.Key {
	keys := make([]catalog.Key, len(f.Messages))
	for i, m := range f.Messages {
		keys[i] = m.Key
	}
	return keys
}

// merge is the message with that key, nil if a branch removed what the other left
// as it was.
func (b *branches) merge(key catalog.Key) *catalog.Message {
	was, ours, theirs := b.base.Get(key), b.ours.Get(key), b.theirs.Get(key)
	switch {
	case ours == nil && was != nil && theirs.Equal(&was.Entry), theirs == nil && was != nil && ours.Equal(&was.Entry):
		return nil
	case ours == nil:
		return b.copied(theirs, b.theirs)
	case theirs == nil:
		return b.copied(ours, b.ours)
	case was == nil:
		was = &catalog.Message{}
	}
	m := b.copied(ours, b.ours)
	if ours.Equal(&was.Entry) {
		m = b.copied(theirs, b.theirs)
	}
	m.Plural = pick(was.Plural, ours.Plural, theirs.Plural)
	m.Obsolete = ours.Obsolete && theirs.Obsolete
	if b.base.Get(key) != nil {
		m.Obsolete = pick(was.Obsolete, ours.Obsolete, theirs.Obsolete)
	}
	m.Comments = lines(was.Comments, ours.Comments, theirs.Comments)
	m.Flags = lines(was.Flags, ours.Flags, theirs.Flags)
	m.Notes = whole(was.Notes, ours.Notes, theirs.Notes)
	m.References = whole(was.References, ours.References, theirs.References)
	b.translate(m, was, ours, theirs)
	return m
}

// copied is a copy of a side's message. It keeps the bytes that it was read from
// if they can stand in the result.
func (b *branches) copied(m *catalog.Message, side *catalog.File) *catalog.Message {
	c := *m
	if side.Layout.CRLF != b.file.Layout.CRLF {
		c = catalog.Message{Entry: m.Entry, State: m.State}
	}
	return &c
}

// translate gives the message the translation on which the sides agree, or ours if
// they do not.
func (b *branches) translate(m, was, ours, theirs *catalog.Message) {
	winner, loser := ours, theirs
	clash := false
	switch {
	case sameTranslation(ours, was) || sameTranslation(ours, theirs):
		winner, loser = theirs, nil
	case sameTranslation(theirs, was):
		loser = nil
	case slices.Equal(targets(ours), targets(theirs)):
		loser = nil
		if theirs.Fuzzy {
			winner = theirs
		}
	case !ours.HasTarget():
		winner, loser = theirs, nil
	case !theirs.HasTarget():
		loser = nil
	case ours.Fuzzy && !theirs.Fuzzy:
		winner, loser = theirs, ours
	case ours.Fuzzy == theirs.Fuzzy:
		clash = true
	}
	m.Target, m.Forms, m.Fuzzy, m.Previous = winner.Target, winner.Forms, winner.Fuzzy, winner.Previous
	if loser != nil {
		keepTargets(m, loser)
	}
	if clash {
		m.Fuzzy = true
		b.clashes = append(b.clashes, Clash{m.Key, targets(ours), targets(theirs)})
	}
}

func sameTranslation(a, b *catalog.Message) bool {
	return slices.Equal(targets(a), targets(b)) && a.Fuzzy == b.Fuzzy && a.Previous == b.Previous
}

// follow gives a target that one branch carried over to an edited source the
// wording that the other branch has given it since.
func (b *branches) follow() {
	for _, m := range b.file.Messages {
		if !m.Fuzzy || m.Previous.Source == "" || b.base.Get(m.Key) != nil {
			continue
		}
		from := catalog.Key{Context: m.Previous.Context, Source: m.Previous.Source}
		was, is := b.base.Get(from), b.file.Get(from)
		if was == nil || is == nil || is.Fuzzy || !is.HasTarget() || !slices.Equal(targets(m), targets(was)) {
			continue
		}
		m.Target, m.Forms = is.Target, is.Forms
	}
}

// header merges the headers field by field. Of two dates the later is kept. A header
// that a branch has lost altogether is the other's: it was an accident.
func (b *branches) header(crlf bool) catalog.Header {
	base, ours, theirs := &b.base.Header, &b.ours.Header, &b.theirs.Header
	switch {
	case len(ours.Fields) == 0:
		return written(theirs, b.theirs.Layout.CRLF == crlf)
	case len(theirs.Fields) == 0:
		return written(ours, b.ours.Layout.CRLF == crlf)
	}
	h := written(ours, b.ours.Layout.CRLF == crlf)
	h.Comments = lines(base.Comments, ours.Comments, theirs.Comments)
	h.Flags = lines(base.Flags, ours.Flags, theirs.Flags)
	h.Fields = slices.Clone(ours.Fields)
	for _, f := range theirs.Fields {
		was, is := base.Get(f.Name), ours.Get(f.Name)
		if f.Value != was && (is == was || dated[f.Name] && f.Value > is) {
			h.Set(f.Name, f.Value)
		}
	}
	return h
}

// written is a copy of a header, without the bytes that it was read from if they
// cannot stand in the result.
func written(h *catalog.Header, fits bool) catalog.Header {
	if fits {
		return *h
	}
	return catalog.Header{Comments: h.Comments, Flags: h.Flags, Fields: h.Fields}
}

// endings gives the lines of a file's tail the ends of the others.
func endings(tail []byte, crlf bool) []byte {
	tail = bytes.ReplaceAll(tail, []byte("\r\n"), []byte("\n"))
	if crlf {
		tail = bytes.ReplaceAll(tail, []byte("\n"), []byte("\r\n"))
	}
	return tail
}

// dated are the fields whose values are dates, the latest of which sorts last.
var dated = map[string]bool{created: true, "PO-Revision-Date": true}

// LostOfBranches is Lost for two branches: the targets of either that are not those
// of their base and that the merged catalog does not hold.
func LostOfBranches(base, ours, theirs, merged *catalog.File) []string {
	return Lost([]*catalog.File{ours, theirs}, []*catalog.File{merged, base})
}
