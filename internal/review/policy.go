package review

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"dragoman/internal/catalog"
)

// Action is what happens to a passage, or because of it.
type Action uint8

// The actions. Default stands for what the key of the policy says when nobody
// has set it.
const (
	Default  Action = iota
	Show            // publish the target
	Source          // publish the source in its place
	LastGood        // publish the whole article as it last was when complete
	Omit            // withhold the whole article
	Fail            // do not build
)

// String is the word for the action in a configuration.
func (a Action) String() string {
	return [...]string{"default", "show", "source", "last-good", "omit", "fail"}[a]
}

// choices are the actions that make sense for each key of a policy. A passage
// without a target cannot be shown, and a broken one must not be.
var choices = map[string][]Action{
	"untranslated": {Source, LastGood, Omit, Fail},
	"stale":        {Show, Source, LastGood, Omit, Fail},
	"unapproved":   {Show, Source, LastGood, Omit, Fail},
	"machine":      {Show, Source, LastGood, Omit, Fail},
	"broken":       {Source, Fail},
}

// ParseAction reads the value of one key of a policy. The error is fit for a
// finding: what is wrong, and what may be written.
func ParseAction(key, value string) (Action, error) {
	allowed, ok := choices[key]
	if !ok {
		return Default, fmt.Errorf("no key of a policy is called %q; use untranslated, stale, unapproved, machine or broken", key)
	}
	names := make([]string, len(allowed))
	for i, a := range allowed {
		names[i] = a.String()
	}
	if i := slices.Index(names, value); i >= 0 {
		return allowed[i], nil
	}
	list := strings.Join(names[:len(names)-1], ", ") + " or " + names[len(names)-1]
	return Default, fmt.Errorf("%s cannot be %q; use %s", key, value, list)
}

// Policy says what is published of a language or an article. The zero value is
// the policy of who has set nothing: the source for what is not translated, is
// a machine's draft or is broken, and the target for what is stale or not
// approved.
type Policy struct {
	Untranslated Action
	Stale        Action
	Unapproved   Action
	Machine      Action
	Broken       Action
	// Threshold is the percentage of words translated or approved below which a
	// language is not published, WithdrawBelow the one below which one that was
	// published before is no more. 0: it is published in any case.
	Threshold, WithdrawBelow int
	// Grace is for how many days a stale passage may be shown, by the class of
	// the change; after that the source is. A class that is absent has no limit,
	// except "critical", which is never shown stale.
	Grace map[string]int
}

// Resolve is the policy with the action for every Default.
func (p Policy) Resolve() Policy {
	settle := func(a *Action, d Action) {
		if *a == Default {
			*a = d
		}
	}
	settle(&p.Untranslated, Source)
	settle(&p.Stale, Show)
	settle(&p.Unapproved, Show)
	settle(&p.Machine, Source)
	settle(&p.Broken, Source)
	return p
}

// Least is the percentage of words translated or approved from which a language may
// be published, or remain published if it was.
func (p Policy) Least(published bool) int {
	if published {
		return p.WithdrawBelow
	}
	return p.Threshold
}

// Verdict is what to publish for a message, and the state that is the reason.
type Verdict struct {
	Action Action // never Default
	State  catalog.State
}

// Judge says what the policy makes of a message. A nil or obsolete one is one
// that the catalog does not have: untranslated. Grace runs until asOf.
func Judge(m *catalog.Message, d *Decisions, p Policy, asOf time.Time) Verdict {
	p = p.Resolve()
	if m == nil || m.Obsolete {
		return Verdict{p.Untranslated, catalog.Untranslated}
	}
	state := State(m, d)
	switch state {
	case catalog.Untranslated:
		return Verdict{p.Untranslated, state}
	case catalog.MachineDraft:
		return Verdict{p.Machine, state}
	case catalog.NeedsRewriting, catalog.NeedsChecking:
		if p.Stale == Show && !p.graced(m, d, asOf) {
			return Verdict{Source, state}
		}
		return Verdict{p.Stale, state}
	case catalog.Translated:
		return Verdict{p.Unapproved, state}
	}
	return Verdict{Show, state}
}

// graced reports whether the stale message may still be shown.
func (p Policy) graced(m *catalog.Message, d *Decisions, asOf time.Time) bool {
	class, since, ok := Stale(m, d)
	if !ok {
		return true
	}
	if class == Critical {
		return false
	}
	days, limited := p.Grace[class]
	return !limited || asOf.Before(since.AddDate(0, 0, days))
}
