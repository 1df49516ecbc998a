// Package review keeps decisions about translations, bound to what they were
// made about, and judges by them what may be published.
//
// A catalog file has no room for who approved a translation, or why and since
// when one is stale, and the tools that edit it drop what they do not know. So
// each language has a list of decisions beside its catalogs, a line each:
//
//	3f1c…	stale:prose	-	2026-11-20	3 words
//	9a20…	approved	magpie	2026-11-22
//
// The first field is a hash of the source text and, where the decision is about
// a translation, of the translation (Key). A decision therefore holds for
// exactly these texts, in whatever article they stand and whatever tool brought
// them there; when an old text comes back, so does the decision.
//
// Branches that both grew are merged by union, which puts their lines in any order. So
// order says little: of a key and kind the latest date wins, and a revocation wins over
// what it revokes if that is of the same day, unless that was made again since and says
// after how many revocations:
//
//	9a20…	approved	magpie	2026-11-22
//	9a20…	revoked:approved	heron	2026-11-22	a name is wrong
//	9a20…	approved	magpie	2026-11-22	again 1
//
// When another branch revoked on that day as well, there are two, and the approval does
// not hold.
//
// Laws: the list only grows; what was read is written back byte for byte, and new lines
// follow it. What holds does not depend on the order of the lines of a day, nor on how
// often one is there.
package review

import (
	"cmp"
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strconv"
	"strings"
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/prose"
)

// The kinds of decisions. A kind that ends in a colon is followed by a name: of
// a class of change, of where a draft comes from, of a check, of a kind.
const (
	ApprovedKind = "approved"
	MinorKind    = "minor"    // the author says that the change needs no look
	StalePrefix  = "stale:"   // the target needs rewriting
	CheckPrefix  = "check:"   // the target needs checking
	DraftPrefix  = "machine:" // no person has written or read the target
	WaivedPrefix = "waived:"  // the check does not apply here
	PivotPrefix  = "pivot:"   // which text of a pivot, whose language follows, the target was made of
	RevokePrefix = "revoked:" // a decision of the kind that follows ends
)

// Nobody stands for the person where a program decided.
const Nobody = "-"

// Decision is one line of the list.
type Decision struct {
	Key  string // what it is about, see the function Key
	Kind string
	By   string    // a pseudonym, or Nobody
	Date time.Time // by day, UTC
	Note string
}

// Class is what follows the colon in Kind: the class of a change, the origin of
// a draft, the code of a check. It is empty if there is no colon.
func (d Decision) Class() string {
	_, class, _ := strings.Cut(d.Kind, ":")
	return class
}

// Key names what a decision is about: the first 32 hex digits of the SHA-256 of
// the author's context, U+0004, the source in normal form (prose.Normal), U+0000
// and the target, its plural forms joined by U+0000. Decisions about a source
// alone have no target. Contexts that were given automatically ("kind:cell")
// count as none.
func Key(context, source string, target ...string) string {
	if strings.HasPrefix(context, catalog.KindContext("")) {
		context = ""
	}
	text := make([]byte, 0, 1024) // on the stack, most texts fit
	text = append(append(text, context...), 4)
	text = append(append(text, prose.Normal(source)...), 0)
	for i, form := range target {
		if i > 0 {
			text = append(text, 0)
		}
		text = append(text, form...)
	}
	sum := sha256.Sum256(text)
	var digits [keyDigits]byte
	hex.Encode(digits[:], sum[:keyDigits/2])
	return string(digits[:])
}

const keyDigits = 32

// SourceKey is the key of decisions about the message's source.
func SourceKey(m *catalog.Message) string { return Key(m.Context, m.Source) }

// PairKey is the key of decisions about the message's source and target.
func PairKey(m *catalog.Message) string {
	return Key(m.Context, m.Source, append([]string{m.Target}, m.Forms...)...)
}

// Decisions is the list of one language. A nil list is an empty one to every
// method but Append.
type Decisions struct {
	base     *Decisions // what the list was forked from
	raw      []byte
	crlf     bool
	lines    map[string]bool // every line, so that none is added twice
	last     map[subject]entry
	kinds    map[string][]string // the kinds there are for a key, in the order of their first lines
	known    map[string]bool     // the kinds there are for any key
	critical map[string][]entry  // every critical change of a source, by its key
	added    []string
	newest   time.Time
	count    int
}

type subject struct{ key, kind string }

type entry struct {
	Decision
	line  int
	count int // of the lines of this key, kind and day
}

// after reports whether e says more of its kind than o: the latest date wins, then
// who made it again, then the later line.
func (e entry) after(o entry) bool {
	if !e.Date.Equal(o.Date) {
		return e.Date.After(o.Date)
	}
	return cmp.Or(cmp.Compare(againOf(e.Note), againOf(o.Note)), cmp.Compare(e.line, o.line)) > 0
}

// overrules reports whether a revocation ends a decision: one of a later day, or one
// of the same day that the decision does not answer.
func (e entry) overrules(o entry) bool {
	if !e.Date.Equal(o.Date) {
		return e.Date.After(o.Date)
	}
	return e.count > againOf(o.Note)
}

// Fork is a list that holds what d holds and can grow without changing d. Do
// not append to d as long as the fork is in use.
func (d *Decisions) Fork() *Decisions {
	f := &Decisions{base: d}
	if d != nil {
		f.crlf, f.newest, f.count = d.crlf, d.newest, d.count
	}
	return f
}

// Append adds decisions, except those that the list has already, unless they were
// revoked since. One that is made again on its day says so in its note. Dates are cut to
// the day in UTC.
func (d *Decisions) Append(ds ...Decision) {
	for _, new := range ds {
		new.Date = new.Date.UTC().Truncate(24 * time.Hour)
		again := d.again(new)
		if d.has(formatLine(new)) && again <= againOf(new.Note) {
			continue
		}
		new.Note = withAgain(new.Note, again)
		line := formatLine(new)
		d.add(new, line)
		d.added = append(d.added, line)
	}
}

// again is how many revocations of its day a decision answers or, if it revokes one
// that answers others, how many came before it; 0 if it does not need to say so.
func (d *Decisions) again(new Decision) int {
	revoked, revokes := strings.CutPrefix(new.Kind, RevokePrefix)
	if !revokes {
		end, ok := d.latest(new.Key, RevokePrefix+new.Kind)
		if e, made := d.latest(new.Key, new.Kind); !ok || !end.Date.Equal(new.Date) || made && !end.overrules(e) {
			return 0
		}
		return end.count
	}
	e, ok := d.latest(new.Key, revoked)
	end, before := d.latest(new.Key, new.Kind)
	if !ok || !before || !end.Date.Equal(new.Date) || end.overrules(e) {
		return 0
	}
	return end.count
}

const againMark = "again "

// againOf is the number that a note begins with, as "again 2" or "again 2; why" does.
func againOf(note string) int {
	rest, ok := strings.CutPrefix(note, againMark)
	if !ok {
		return 0
	}
	digits, _, _ := strings.Cut(rest, "; ")
	n, err := strconv.Atoi(digits)
	if err != nil || n < 1 {
		return 0
	}
	return n
}

func withAgain(note string, n int) string {
	switch {
	case n <= againOf(note):
		return note
	case note == "":
		return againMark + strconv.Itoa(n)
	}
	return againMark + strconv.Itoa(n) + "; " + note
}

func (d *Decisions) has(line string) bool {
	return d != nil && (d.lines[line] || d.base.has(line))
}

func (d *Decisions) add(new Decision, line string) {
	if d.lines == nil {
		d.lines, d.last = map[string]bool{}, map[subject]entry{}
		d.kinds, d.critical = map[string][]string{}, map[string][]entry{}
		d.known = map[string]bool{}
	}
	e := entry{new, d.count, 1}
	if d.has(line) {
		e.count = 0
	}
	d.count++
	d.lines[line] = true
	d.known[new.Kind] = true
	at := subject{new.Key, new.Kind}
	last, known := d.last[at]
	if !known {
		d.kinds[new.Key] = append(d.kinds[new.Key], new.Kind)
		d.last[at] = e
	} else {
		d.last[at] = e.with(last)
	}
	if new.Kind == StalePrefix+Critical {
		d.critical[new.Key] = append(d.critical[new.Key], e)
	}
	if new.Date.After(d.newest) {
		d.newest = new.Date
	}
}

// with is the later of two entries of a key and kind, with the lines of both if they are
// of one day.
func (e entry) with(o entry) entry {
	later, other := o, e
	if e.after(o) {
		later, other = e, o
	}
	if later.Date.Equal(other.Date) {
		later.count += other.count
	}
	return later
}

// Latest is the decision of that kind on that key: the one with the latest date,
// of these one that was made again, the one on the later line. It does not ask whether the decision was
// revoked.
func (d *Decisions) Latest(key, kind string) (Decision, bool) {
	e, ok := d.latest(key, kind)
	return e.Decision, ok
}

func (d *Decisions) latest(key, kind string) (entry, bool) {
	if d == nil {
		return entry{}, false
	}
	e, ok := d.last[subject{key, kind}]
	below, known := d.base.latest(key, kind)
	switch {
	case !known:
		return e, ok
	case !ok:
		return below, true
	}
	return e.with(below), true
}

// any reports whether there is a decision of that kind at all.
func (d *Decisions) any(kind string) bool {
	return d != nil && (d.known[kind] || d.base.any(kind))
}

// Holds is Latest unless the decision was revoked since.
func (d *Decisions) Holds(key, kind string) (Decision, bool) {
	e, ok := d.latest(key, kind)
	if !ok || d.revoked(e) {
		return Decision{}, false
	}
	return e.Decision, true
}

func (d *Decisions) revoked(e entry) bool {
	end, ok := d.latest(e.Key, RevokePrefix+e.Kind)
	return ok && end.overrules(e)
}

// holding are the decisions on the key whose kind begins with one of the
// prefixes and that were not revoked since.
func (d *Decisions) holding(key string, prefixes ...string) []Decision {
	if d == nil {
		return nil
	}
	var found []Decision
	for _, kind := range d.kindsOf(key) {
		if !slices.ContainsFunc(prefixes, func(p string) bool { return strings.HasPrefix(kind, p) }) {
			continue
		}
		if decision, ok := d.Holds(key, kind); ok {
			found = append(found, decision)
		}
	}
	return found
}

func (d *Decisions) kindsOf(key string) []string {
	if d.base == nil {
		return d.kinds[key]
	}
	kinds := slices.Clone(d.base.kindsOf(key))
	for _, kind := range d.kinds[key] {
		if _, known := d.base.latest(key, kind); !known {
			kinds = append(kinds, kind)
		}
	}
	return kinds
}

// Newest is the latest date of any decision, zero if there is none.
func (d *Decisions) Newest() time.Time {
	if d == nil {
		return time.Time{}
	}
	return d.newest
}
