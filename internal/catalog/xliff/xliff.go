// Package xliff reads and writes XLIFF 1.2 and 2.1, which translators' tools
// exchange.
//
// A file of XLIFF holds catalogs, each a <file>, of messages, each a <unit> or
// <trans-unit>. Markup is told apart from words (markdown.Pieces), so that a tool
// protects it:
//
//	See *all* of it.
//	<source>See <pc id="1" dataRefStart="d1" dataRefEnd="d1">all</pc> of it.</source>
//	<source>See <bpt id="1" ctype="italic">*</bpt>all<ept id="1">*</ept> of it.</source>
//
// What XLIFF has no place for (context, flags, references) is metadata of the unit;
// the translators' comments and our notes are notes, told apart by category or
// author. A unit's id is a hash of the message's key (catalog.ID), the same at each export.
//
// Laws: Parse(Format(f)) has the live messages of f, word for word, but for those
// that are shown for their context only (translate="no"). A target that
// has lost a code, or has one that nobody knows, is never taken: the message comes
// without target, and a finding says why. XML is read within the limits of package
// xmltree.
//
// Codes of findings: xml, xliff (no XLIFF, no unit), language, encoding; and, on one
// message, named by its Key: code-missing, code-unknown, duplicate, source-changed.
// The last two are warnings.
package xliff

import (
	"dragoman/internal/catalog"
	"dragoman/internal/locale"
)

// Version is one of XLIFF's.
type Version uint8

// The versions that are written. What is read may be 1.0 to 1.2 and 2.0 to 2.2.
const (
	V21 Version = iota
	V12
)

// Options say how catalogs are written.
type Options struct {
	Version Version
	Source  locale.Tag // the language of the sources
	Plain   bool       // markup is words, as for a tool that shows no codes
	// Fixed are messages that are not to be translated, shown for their context.
	Fixed func(*catalog.Message) bool
}

// The names that metadata and notes have.
const (
	ours          = "dragoman" // their group
	metaContext   = "context"
	metaFlag      = "flag"
	metaReference = "reference"
	metaPlural    = "plural"
	metaWas       = "previous-context"
	metaWasPlural = "previous-plural"
	noteOurs      = "dragoman"        // a note for the translator
	notePrevious  = "previous-source" // what the last final target translated
	noteTheirs    = "translator"      // the translators' own
)

// meta is one thing that XLIFF has no place for.
type meta struct{ name, value string }

func metaOf(e *catalog.Entry) []meta {
	var list []meta
	add := func(name string, values ...string) {
		for _, v := range values {
			if v != "" {
				list = append(list, meta{name, v})
			}
		}
	}
	add(metaContext, e.Context)
	add(metaPlural, e.Plural)
	add(metaReference, e.References...)
	add(metaFlag, e.Flags...)
	add(metaWas, e.Previous.Context)
	add(metaWasPlural, e.Previous.Plural)
	return list
}

func (m meta) set(e *catalog.Entry) {
	switch m.name {
	case metaContext:
		e.Context = m.value
	case metaPlural:
		e.Plural = m.value
	case metaReference:
		e.References = append(e.References, m.value)
	case metaFlag:
		e.Flags = append(e.Flags, m.value)
	case metaWas:
		e.Previous.Context = m.value
	case metaWasPlural:
		e.Previous.Plural = m.value
	}
}

// stateNames are how the two versions call a state: in 2.1 one of its states and
// what it says more exactly, in 1.2 one of its own.
var stateNames = [...]struct{ state, sub, old string }{
	catalog.Untranslated:   {"initial", "", "needs-translation"},
	catalog.NeedsRewriting: {"initial", "dragoman:needs-rewriting", "needs-adaptation"},
	catalog.NeedsChecking:  {"initial", "dragoman:needs-checking", "needs-review-translation"},
	catalog.MachineDraft:   {"initial", "dragoman:machine-draft", "needs-review-translation"},
	catalog.Translated:     {"translated", "", "translated"},
	catalog.Approved:       {"final", "", "final"},
}

// fuzzy reports whether a target's state says that it is not final. A state that
// says nothing, and the first state of 2.1 without any more, are those of tools that
// do not keep states: what they hold is what the translator wrote.
func fuzzy(state, sub string) bool {
	for _, s := range stateNames[catalog.NeedsRewriting : catalog.MachineDraft+1] {
		if sub == s.sub && state == s.state {
			return true
		}
	}
	switch state {
	case "needs-translation", "needs-adaptation", "needs-l10n", "needs-review-translation",
		"needs-review-adaptation", "needs-review-l10n", "new":
		return true
	}
	return false
}
