// Package check looks for what is wrong with translations: marks that were lost,
// text that was left in the source's language, a particle that does not fit.
//
//	locales/ko/road.po:41:12: the target has no link to https://example.org; …
//
// A rule is a row of a table: a code, what it says, how to mend it, and a function
// that looks at one message or at all messages of a catalog. A message is looked at
// if its target may be published, or may become so by somebody's saying that it is
// right; a target whose source has changed under it is only asked whether it keeps
// the article whole.
//
// Laws: the same catalogs give the same findings, in the same order. A finding that
// was waived for exactly this source and target is not told. All rules together
// take time in proportion to the length of the texts.
package check

import (
	"slices"

	"dragoman/internal/catalog"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/review"
	"dragoman/internal/term"
)

// Rule is one check.
type Rule struct {
	Code     string // as findings, waivers and the configuration name it: "end-punctuation"
	Title    string // what it finds, in one line
	Hint     string // how to mend it
	Severity diag.Severity
	// Languages are those whose texts the rule is for, as "ko" or "zh-Hant"; none: all.
	Languages []string
	// Lower are languages in which the rule is less sure, and says so.
	Lower map[string]diag.Severity
	// Quiet are languages in which the rule is not applied unless it is asked for.
	Quiet []string
	// Grave rules give findings of the severity Error though theirs is lower.
	Grave bool
	// Gate rules are about the state of a message: they count against publication and
	// give no finding.
	Gate bool

	structural bool // applied to targets whose source has changed too
	check      func(p *Pair)
	across     func(c *Catalog) // looks at all messages of a catalog
	// fix is the target of p with what the rule finds mended, as far as that needs
	// nobody's judgement.
	fix func(p *Pair) (target string, ok bool)
}

// Fixes reports whether the rule can mend what it finds.
func (r *Rule) Fixes() bool { return r.fix != nil }

// Blocks reports whether a finding of the rule can keep a passage from being published.
func (r *Rule) Blocks() bool { return !r.Gate && (r.Severity == diag.Error || r.Grave) }

// For is the severity of the rule's findings in a language; ok is false where the
// rule is not applied.
func (r *Rule) For(t locale.Tag) (s diag.Severity, ok bool) { return r.in(namesOf(t)) }

func (r *Rule) in(lang names) (s diag.Severity, ok bool) {
	if len(r.Languages) > 0 && !lang.among(r.Languages) || lang.among(r.Quiet) {
		return r.Severity, false
	}
	s = r.Severity
	for name, lower := range r.Lower {
		if lang.has(name) {
			s = max(s, lower)
		}
	}
	return s, true
}

// names are what rules call a language: "zh", "zh-Hant".
type names [2]string

func namesOf(t locale.Tag) names {
	base, _ := t.Base()
	script, _ := t.Script()
	return names{base.String(), base.String() + "-" + script.String()}
}

func (n *names) has(name string) bool { return name == n[0] || name == n[1] }

func (n *names) among(list []string) bool {
	return slices.Contains(list, n[0]) || slices.Contains(list, n[1])
}

// Input is a catalog, and what is known beside it.
type Input struct {
	File      *catalog.File
	Document  *markdown.Document // its article; nil if that is not known
	Peers     *Peers             // all catalogs of the language; nil: none but File
	Terms     *term.Glossary
	Decisions *review.Decisions
	Source    locale.Tag
	Language  locale.Tag
	Off       map[string]bool // codes of rules that are not applied
	Asked     bool            // the rules were asked for by name: quiet ones are applied, too
	// Localized is the address that the workspace gives for another in the target's
	// language, empty if it gives none; nil: it gives none.
	Localized func(address string) string
}

// Rules are all rules, in the order in which they are explained.
func Rules() []Rule {
	return slices.Concat(structureRules, completenessRules, spacingRules, punctuationRules,
		contentRules, termRules, particleRules)
}

// Run applies the rules to the live messages of a catalog. Findings are sorted by
// place.
func Run(in Input, rules []Rule) diag.List {
	c := open(in)
	for i := range rules {
		r := &rules[i]
		limit, ok := c.limitOf(r)
		if !ok {
			continue
		}
		c.rule, c.limit = r, limit
		if r.across != nil {
			r.across(c)
		}
		if r.check == nil {
			continue
		}
		for _, p := range c.Pairs {
			if p.stale() && !r.structural {
				continue
			}
			r.check(p)
		}
	}
	c.found.Sort()
	return c.found
}

// limitOf is the gravest severity of the rule's findings; ok is false where the rule is
// not applied.
func (c *Catalog) limitOf(r *Rule) (s diag.Severity, ok bool) {
	s, ok = r.in(c.names)
	ok = ok || c.Asked && c.names.among(r.Quiet)
	return s, ok && !r.Gate && !c.Off[r.Code]
}

// Fix mends in the catalog what the rules can mend, unless it was waived, and is the
// messages that it changed.
func Fix(in Input, rules []Rule) (changed []*catalog.Message) {
	c := open(in)
	c.peers() // as they are before anything is mended
	for _, p := range c.Pairs {
		before := p.Target.Raw
		for i := range rules {
			r := &rules[i]
			if _, ok := c.limitOf(r); !ok || r.fix == nil || p.stale() && !r.structural {
				continue
			}
			if target, ok := r.fix(p); ok && target != p.Target.Raw && !p.waived(r.Code) {
				p.retarget(target)
			}
		}
		if p.Target.Raw != before {
			changed = append(changed, p.Message)
		}
	}
	return slices.Compact(changed)
}
