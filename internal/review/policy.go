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

// Judge says what the policy makes of a message. A nil or obsolete one is one that
// the catalog does not have: untranslated. Grace runs until asOf.
func Judge(m *catalog.Message, d *Decisions, p Policy, asOf time.Time) Verdict {
	state := catalog.Untranslated
	if m != nil && !m.Obsolete {
		state = State(m, d)
	}
	class, since := "", time.Time{}
	if state == catalog.NeedsRewriting || state == catalog.NeedsChecking {
		class, since, _ = Stale(m, d)
	}
	return Verdict{p.On(state, class, since, asOf), state}
}

// On is what the policy makes of a message in a state. The class of the change that
// made it stale, and the day of it, are those of the function Stale, zero where they
// are not known.
func (p Policy) On(state catalog.State, class string, since, asOf time.Time) Action {
	p = p.Resolve()
	switch state {
	case catalog.Untranslated:
		return p.Untranslated
	case catalog.MachineDraft:
		return p.Machine
	case catalog.NeedsRewriting, catalog.NeedsChecking:
		if p.Stale == Show && !p.graced(class, since, asOf) {
			return Source
		}
		return p.Stale
	case catalog.Translated:
		return p.Unapproved
	}
	return Show
}

// graced reports whether a stale message may still be shown.
func (p Policy) graced(class string, since, asOf time.Time) bool {
	if class == Critical {
		return false
	}
	days, limited := p.Grace[class]
	return !limited || asOf.Before(since.AddDate(0, 0, days))
}
