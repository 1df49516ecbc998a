package check

import (
	"slices"
	"strings"
	"sync"

	"dragoman/internal/catalog"
	"dragoman/internal/prose"
)

// Peers are the catalogs of a language, gathered once for all of them: whether one
// source is translated in two ways is a question to all, and so is what is usual.
type Peers struct {
	usual  map[catalog.Key]string // of what is translated in more than one way: how most are
	reused map[string][]string    // by target: its sources, where there are more than one
	// has reports whether any source has a code.
	has  func(code string) bool
	look func() // fills in the rest, once
	habits
}

// mostSources bounds the sources that are kept of one target.
const mostSources = 8

// Gather looks at the live messages of catalogs that have a target, when a rule first
// asks: those that keep a passage from being published hardly do.
func Gather(files ...*catalog.File) *Peers {
	p := &Peers{usual: map[catalog.Key]string{}, reused: map[string][]string{}}
	codes := sync.OnceValue(func() map[string]bool { return Codes(files...) })
	p.has = func(code string) bool { return codes()[code] }
	p.look = sync.OnceFunc(func() { p.gather(files) })
	return p
}

func (p *Peers) gather(files []*catalog.File) {
	targets := map[catalog.Key][]string{}
	first := map[string]string{}
	for _, f := range files {
		for _, m := range f.Messages {
			if m.Obsolete || !m.HasTarget() {
				continue
			}
			p.learn(m)
			if m.Target == m.Source {
				continue
			}
			p.reuse(first, m)
			if m.State.Final() {
				targets[m.Key] = append(targets[m.Key], m.Target)
			}
		}
	}
	for key, all := range targets {
		if target, differ := most(all); differ {
			p.usual[key] = target
		}
	}
	p.settle()
}

// hasCode reports whether any source of the catalogs has a code.
func (c *Catalog) hasCode(code string) bool { return c.gathered().has(code) }

// KnownByCodes are peers of which nothing is known but whether any source has a code.
// Rules that block ask for nothing else.
func KnownByCodes(has func(code string) bool) *Peers { return &Peers{has: has, look: func() {}} }

// Codes are the codes of all live sources, and these without the quotation marks around
// them.
func Codes(files ...*catalog.File) map[string]bool {
	codes := map[string]bool{}
	for _, f := range files {
		for _, m := range f.Messages {
			if m.Obsolete || strings.IndexByte(m.Source, '`') < 0 {
				continue
			}
			source := Text{Raw: m.Source, Kind: kindOf(m, nil)}
			for _, mark := range source.marked() {
				if mark.what == codeMark {
					codes[mark.text] = true
					codes[strings.Trim(mark.text, `"'`)] = true
				}
			}
		}
	}
	return codes
}

// reuse notes the source of a message's target; first has the first of each target.
func (p *Peers) reuse(first map[string]string, m *catalog.Message) {
	source, known := first[m.Target]
	switch {
	case !known:
		first[m.Target] = m.Source
	case source != m.Source:
		all := p.reused[m.Target]
		if all == nil {
			all = []string{source}
		}
		if len(all) < mostSources && !slices.Contains(all, m.Source) {
			p.reused[m.Target] = append(all, m.Source)
		}
	}
}

// most is the target that most are like, of equals the first, and whether they differ.
func most(targets []string) (target string, differ bool) {
	if !slices.ContainsFunc(targets, func(t string) bool { return t != targets[0] }) {
		return "", false
	}
	counts := map[string]int{}
	normal := make([]string, len(targets))
	for i, t := range targets {
		normal[i] = prose.Normal(t)
		counts[normal[i]]++
	}
	best := 0
	for i := range targets {
		if counts[normal[i]] > counts[normal[best]] {
			best = i
		}
	}
	return targets[best], len(counts) > 1
}
