package coverage

import (
	"strings"
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/diag"
	"dragoman/internal/prose"
	"dragoman/internal/review"
)

// Sheet is what counts of a catalog, whatever the day and whatever other catalogs hold:
// a function of the catalog, the decisions, the policy and the findings of its Input
// alone, so that a catalog that did not change need not be read again to be counted.
// Its texts are its own.
type Sheet struct {
	Catalog    string // the catalog's path; empty where there is none
	Translated Tally  // what is published as it is, likewise Approved
	Approved   Tally
	Open       []Open // every other message, in the catalog's order
	Findings   Found
}

// Open is a message that is not done, or is not published although it is.
type Open struct {
	Key      catalog.Key
	Pos      diag.Pos // in the catalog; without a line where the message is not there yet
	State    catalog.State
	Previous string    // the source that the target translates; empty: the present one, or nobody knows
	Target   []string  // its plural forms, one in most messages; none if it is untranslated
	Class    string    // of the change that made it stale; empty: nobody knows
	What     string    // the change in words, "3 words"; may be empty
	Since    time.Time // the day of it; zero: nobody knows
	Size     Tally
	Changed  int       // words of the source, by the change
	Match    Band      // how much help there is, but for what repeats
	Findings diag.List // errors that checks found in it
}

// Sheet reads a catalog, and measures nothing yet.
func (m *Meter) Sheet(in Input) *Sheet {
	s := &Sheet{}
	for _, f := range in.Findings {
		switch f.Severity {
		case diag.Error:
			s.Findings.Errors++
		case diag.Warning:
			s.Findings.Warnings++
		default:
			s.Findings.Infos++
		}
	}
	if in.File == nil {
		return s
	}
	s.Catalog = in.File.Path
	broken := errorsOf(in.Findings)
	published := in.Policy.Resolve().Unapproved == review.Show
	for _, one := range in.File.Messages {
		if one.Obsolete || prose.Wordless(one.Source) {
			continue
		}
		t := Tally{Messages: 1, Words: m.words.of(one.Source, in.Source)}
		t.measure(one, in.Language)
		faults := broken[one.Key]
		switch {
		case one.State == catalog.Approved && len(faults) == 0:
			s.Approved.add(t)
		case one.State == catalog.Translated && published && len(faults) == 0:
			s.Translated.add(t)
		default:
			o := openOf(one, &in)
			o.Size, o.Findings = t, faults
			s.Open = append(s.Open, o)
		}
	}
	return s
}

// errorsOf are the findings that keep a passage from being shown, by message.
func errorsOf(found diag.List) map[catalog.Key]diag.List {
	var broken map[catalog.Key]diag.List
	for _, f := range found {
		if f.Severity != diag.Error {
			continue
		}
		if broken == nil {
			broken = map[catalog.Key]diag.List{}
		}
		broken[f.Key] = append(broken[f.Key], f)
	}
	return broken
}

// openOf is what is known of a message of a catalog, but for its size and what checks
// found.
func openOf(m *catalog.Message, in *Input) Open {
	o := Open{
		Key: catalog.Key{Context: strings.Clone(m.Context), Source: strings.Clone(m.Source)}, Pos: m.Pos, State: m.State,
		Previous: strings.Clone(m.Previous.Source), Changed: changed(m), Match: Context,
	}
	switch {
	case m.State == catalog.Untranslated:
		o.Match = New
	case !m.State.Final():
		o.Match = bandOf(match(m, in.Decisions))
	}
	if o.Pos.Path == "" {
		o.Pos.Path = in.File.Path
	}
	if stale(m.State) {
		if reason, known := review.Reason(m, in.Decisions); known {
			o.Class, o.What, o.Since = strings.Clone(reason.Class()), strings.Clone(reason.What()), day(reason.Date)
		}
	}
	if m.HasTarget() {
		for _, form := range append([]string{m.Target}, m.Forms...) {
			o.Target = append(o.Target, strings.Clone(form))
		}
	}
	return o
}

// action is what the edition does with the message.
func (o *Open) action(in *Input) review.Action {
	action := in.Policy.On(o.State, o.Class, o.Since, in.AsOf)
	if action == review.Show && len(o.Findings) > 0 {
		action = in.Policy.Resolve().Broken
	}
	return action
}
