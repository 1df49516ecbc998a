// Package catalog holds messages and their states: the narrow waist between
// the files that translators edit and everything that reads them.
//
// A message pairs a source text with its translation, the target. A catalog is
// the messages of one article in one language, in the article's order. Codecs
// (package po and its siblings) turn bytes into a File and back; merge brings a
// File up to date with its article; coverage counts it; edition publishes it.
//
// Law: what did not change is written back byte for byte. A message remembers
// the bytes that it was read from and what they said; a codec writes those bytes
// as long as the message still says the same (Message.Origin).
package catalog

import (
	"slices"

	"dragoman/internal/diag"
)

// Key identifies a message within its catalog: at most one entry, live or
// obsolete, bears it.
//
// Context is empty for most messages. Where equal texts of different kinds stand
// in one article, all but one carry "kind:" and the kind; an author can force a
// context of another form.
type Key = diag.Key

// State is how far a message's translation has come. Whether the message is
// still in its article is told apart, by Message.Obsolete.
type State uint8

// The states, from no work done to all work done.
const (
	Untranslated   State = iota // no target
	NeedsRewriting              // the source's words changed under the target
	NeedsChecking               // the target may still be right, nobody has looked
	MachineDraft                // no person has written or read the target
	Translated
	Approved
)

// String is the name that reports and machine-readable output use.
func (s State) String() string {
	return [...]string{
		"untranslated", "needs-rewriting", "needs-checking", "machine-draft", "translated", "approved",
	}[s]
}

// Final reports whether the target may be published as the translation of its
// source without any mark.
func (s State) Final() bool { return s >= Translated }

// Previous is the source that the last final target translated.
type Previous struct {
	Context string
	Source  string
	Plural  string
}

// Entry is what a message says, all that a codec reads and writes. The zero
// value of each field is its absence. Slices are replaced, never changed in
// place.
type Entry struct {
	Key
	Plural     string   // the source's plural form, in messages that have one
	Target     string   // the translation; its first form where there are plurals
	Forms      []string // the second and further plural forms of the target
	Fuzzy      bool     // "not final"; outranks everything
	Obsolete   bool     // left its article
	Previous   Previous
	Comments   []string // the translators' own, a line each
	Notes      []string // for the translator, a line each: kind, trail, author's note
	References []string // where the source stands
	Flags      []string // other than fuzzy; a sticky one (`#=` in PO) begins with "="
}

// Equal reports whether two entries say the same.
func (e *Entry) Equal(o *Entry) bool {
	return e.Key == o.Key && e.Plural == o.Plural && e.Target == o.Target &&
		e.Fuzzy == o.Fuzzy && e.Obsolete == o.Obsolete && e.Previous == o.Previous &&
		slices.Equal(e.Forms, o.Forms) && slices.Equal(e.Comments, o.Comments) &&
		slices.Equal(e.Notes, o.Notes) && slices.Equal(e.References, o.References) &&
		slices.Equal(e.Flags, o.Flags)
}

// HasTarget reports whether any form of the target has text.
func (e *Entry) HasTarget() bool {
	return e.Target != "" || slices.ContainsFunc(e.Forms, func(s string) bool { return s != "" })
}

// Message is one entry of a catalog, with its state.
type Message struct {
	Entry
	// State is set by SettleState from the entry alone; package review refines
	// it by the decisions that a codec cannot know.
	State State
	// Pos is the first keyword of the entry in the file that it was read from;
	// TargetPos is where its target begins. Both are zero for a new message.
	Pos       diag.Pos
	TargetPos diag.Pos

	read snapshot
	raw  []byte
}

// snapshot is what an entry said, in half the room: of 800,000 messages in a file most
// have none of what is rare.
type snapshot struct {
	Key
	target            string
	notes, references []string
	fuzzy, obsolete   bool
	rare              *rare // nil: all of it is empty
}

type rare struct {
	plural                 string
	forms, comments, flags []string
	previous               Previous
}

func (e *Entry) snapshot() snapshot {
	s := snapshot{
		Key: e.Key, target: e.Target, notes: e.Notes, references: e.References, fuzzy: e.Fuzzy, obsolete: e.Obsolete,
	}
	if e.Plural != "" || len(e.Forms)+len(e.Comments)+len(e.Flags) > 0 || e.Previous != (Previous{}) {
		s.rare = &rare{e.Plural, e.Forms, e.Comments, e.Flags, e.Previous}
	}
	return s
}

// says reports whether an entry still says the same.
func (s *snapshot) says(e *Entry) bool {
	if s.Key != e.Key || s.target != e.Target || s.fuzzy != e.Fuzzy || s.obsolete != e.Obsolete ||
		!slices.Equal(s.notes, e.Notes) || !slices.Equal(s.references, e.References) {
		return false
	}
	r := s.rare
	if r == nil {
		return e.Plural == "" && len(e.Forms)+len(e.Comments)+len(e.Flags) == 0 && e.Previous == (Previous{})
	}
	return r.plural == e.Plural && r.previous == e.Previous &&
		slices.Equal(r.forms, e.Forms) && slices.Equal(r.comments, e.Comments) && slices.Equal(r.flags, e.Flags)
}

// SettleState sets the state that the entry alone can tell.
func (m *Message) SettleState() {
	switch {
	case !m.HasTarget():
		m.State = Untranslated
	case m.Fuzzy:
		m.State = NeedsChecking
	default:
		m.State = Translated
	}
}

// SetOrigin records the bytes that say what the message says now. A codec calls
// it for each entry that it has read; raw may alias the file's bytes.
func (m *Message) SetOrigin(raw []byte) { m.read, m.raw = m.snapshot(), raw }

// Origin is the bytes that the message was read from, nil if it says something
// else by now or was never read.
func (m *Message) Origin() []byte {
	if m.raw == nil || !m.read.says(&m.Entry) {
		return nil
	}
	return m.raw
}

// Raw is the bytes that the message was read from whatever it says by now, nil
// if it was never read: a codec sees in it which message it followed.
func (m *Message) Raw() []byte { return m.raw }

// Field is one line of a catalog's header.
type Field struct {
	Name  string
	Value string
}

// Header is a catalog's own description: its fields in their order, and the
// comments above them. A line of the header that names no field is a Field
// without a name. As with entries, slices are replaced by whoever shares them
// with another file; Clone copies the fields.
type Header struct {
	Comments []string
	Flags    []string // fuzzy among them
	Fields   []Field

	read Said
	raw  []byte
}

// Said is what a header said when it was read.
type Said struct {
	Comments []string
	Flags    []string
	Fields   []Field
}

// Get is the value of the field with that name, empty if there is none. Names
// are compared as written.
func (h *Header) Get(name string) string {
	for _, f := range h.Fields {
		if f.Name == name {
			return f.Value
		}
	}
	return ""
}

// Set gives the field a value where it stands, or appends it.
func (h *Header) Set(name, value string) {
	i := slices.IndexFunc(h.Fields, func(f Field) bool { return f.Name == name })
	if i < 0 {
		h.Fields = append(h.Fields, Field{name, value})
		return
	}
	h.Fields[i].Value = value
}

// SetOrigin records the bytes that say what the header says now.
func (h *Header) SetOrigin(raw []byte) {
	h.read = Said{slices.Clone(h.Comments), slices.Clone(h.Flags), slices.Clone(h.Fields)}
	h.raw = raw
}

// Origin is the bytes that the header was read from, nil if it says something
// else by now.
func (h *Header) Origin() []byte {
	if h.raw == nil || !slices.Equal(h.Fields, h.read.Fields) ||
		!slices.Equal(h.Comments, h.read.Comments) || !slices.Equal(h.Flags, h.read.Flags) {
		return nil
	}
	return h.raw
}

// Raw is the bytes that the header was read from whatever it says by now, and
// what it said then: a codec that writes a changed header keeps the lines of
// what did not change. The bytes are nil if the header was never read.
func (h *Header) Raw() ([]byte, Said) { return h.raw, h.read }
