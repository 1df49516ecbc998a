package project

import (
	"context"
	"fmt"
	"slices"
	"sync"
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/po"
	"dragoman/internal/check"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/prose"
	"dragoman/internal/review"
	"dragoman/internal/term"
)

// CheckOptions say what to check.
type CheckOptions struct {
	Now       time.Time
	Articles  []string     // paths or slugs; none: all
	Languages []locale.Tag // none: all
	Only      []string     // codes of rules; none: all
	Fix       bool         // mend what needs nobody's judgement
	DryRun    bool         // write nothing
}

// Checking is what the checks found.
type Checking struct {
	Findings diag.List // of the checks, sorted by place
	Checked  []string  // catalogs
	Messages int       // that have a translation
	Warnings diag.List // of articles and catalogs
	Fixed    []*catalog.Message
	Written  []string // files
	Behind   bool     // an article was edited since the catalogs were written
}

// Check applies the rules to the translations, after it has brought the catalogs up to
// date with the articles in memory. The error is a diag.List where the workspace is at
// fault. With Fix the findings are what is left.
func (t *Tree) Check(ctx context.Context, o CheckOptions) (*Checking, error) {
	rules, err := rulesOf(o.Only)
	if err != nil {
		return nil, err
	}
	tags, err := t.targets(o.Languages)
	if err != nil {
		return nil, err
	}
	docs, shelves, found, err := t.load(ctx, tags, o.Now)
	if err != nil {
		return nil, err
	}
	chosen, err := t.chosen(docs, o.Articles)
	if err != nil {
		return nil, err
	}
	if chosen == nil {
		chosen = published(docs)
	}
	glossary, _, err := t.glossary()
	if err != nil {
		return nil, err
	}
	c := &Checking{Warnings: found}
	var writes []change
	for _, s := range shelves {
		c.Behind = c.Behind || len(s.changes) > 0
		if !o.Fix {
			continue
		}
		part, err := t.fix(c, s, docs, chosen, glossary, rules)
		if err != nil {
			return nil, err
		}
		writes = append(writes, part...)
	}
	for _, w := range writes {
		c.Written = append(c.Written, w.name)
	}
	lists := make([]diag.List, len(shelves))
	g := group()
	for i, s := range shelves {
		g.Go(func() error {
			t.eachInput(s, docs, glossary, func(n int, in check.Input) {
				if chosen.has(docs[n].Path) && ctx.Err() == nil {
					in.Asked = len(o.Only) > 0
					lists[i] = append(lists[i], check.Run(in, rules)...)
				}
			})
			return ctx.Err()
		})
	}
	if err := g.Wait(); err != nil {
		return nil, err
	}
	c.Findings = slices.Concat(lists...)
	c.Findings.Sort()
	c.count(shelves, docs, chosen)
	if o.DryRun || len(writes) == 0 {
		return c, nil
	}
	return c, t.save(writes)
}

// published are the articles that are no drafts and not retracted.
func published(docs []*markdown.Document) selection {
	s := selection{}
	for _, d := range docs {
		if !d.Meta.Draft && !d.Meta.Retracted {
			s[d.Path] = true
		}
	}
	return s
}

// count counts what was checked.
func (c *Checking) count(shelves []*shelf, docs []*markdown.Document, chosen selection) {
	for _, s := range shelves {
		for i, d := range docs {
			if !chosen.has(d.Path) {
				continue
			}
			c.Checked = append(c.Checked, s.merged[i].Path)
			for _, m := range s.merged[i].Messages {
				if !m.Obsolete && m.HasTarget() {
					c.Messages++
				}
			}
		}
	}
}

// fix mends the catalogs of a language, and gives what is to be written. Catalogs that
// were mended are read again, so that findings are where they will stand.
func (t *Tree) fix(c *Checking, s *shelf, docs []*markdown.Document, chosen selection, g *term.Glossary, rules []check.Rule) ([]change, error) {
	if _, _, err := s.update(t, docs, chosen); err != nil { // asks whether the merge loses anything
		return nil, err
	}
	fixed := map[int]bool{}
	t.eachInput(s, docs, g, func(n int, in check.Input) {
		if !chosen.has(docs[n].Path) {
			return
		}
		if changed := check.Fix(in, rules); len(changed) > 0 {
			c.Fixed = append(c.Fixed, changed...)
			fixed[n] = true
		}
	})
	if len(fixed) == 0 {
		return nil, nil
	}
	read := s.catalogs
	s.catalogs = s.merged
	writes, _, err := s.update(t, docs, chosen)
	s.catalogs = read
	for n := range fixed {
		f, _ := po.Parse(s.merged[n].Path, po.Format(s.merged[n]))
		f.Language = s.tag
		review.Apply(f, s.decisions)
		s.merged[n] = f
	}
	return writes, err
}

// eachInput calls do with each article's catalog in a language and what is known beside
// it.
func (t *Tree) eachInput(s *shelf, docs []*markdown.Document, g *term.Glossary, do func(n int, in check.Input)) {
	t.eachBeside(check.Gather(s.merged[:len(docs)]...), s, docs, g, do)
}

// eachBeside is eachInput where the peers are known.
func (t *Tree) eachBeside(peers *check.Peers, s *shelf, docs []*markdown.Document, g *term.Glossary, do func(n int, in check.Input)) {
	off := map[string]bool{}
	for _, l := range t.Config.Languages {
		if l.Tag == s.tag {
			for _, code := range l.Off {
				off[code] = true
			}
		}
	}
	for n, d := range docs {
		do(n, check.Input{
			File: s.merged[n], Document: d, Peers: peers, Terms: g, Decisions: s.decisions,
			Source: t.Config.Source, Language: s.tag, Off: off,
			Localized: func(address string) string { return t.Config.SameAs[address][s.tag] },
		})
	}
}

// having tells of a message whether a check finds something in it.
func (t *Tree) having(s *shelf, docs []*markdown.Document, code string) (func(*catalog.Message) bool, error) {
	rules, err := rulesOf([]string{code})
	if err != nil {
		return nil, err
	}
	glossary, _, err := t.glossary()
	if err != nil {
		return nil, err
	}
	found := map[*catalog.Message]bool{}
	t.eachInput(s, docs, glossary, func(n int, in check.Input) {
		in.Asked, in.Off = true, nil
		for _, f := range check.Run(in, rules) {
			found[s.merged[n].Live(f.Key)] = true
		}
	})
	return func(m *catalog.Message) bool { return found[m] }, nil
}

// broken are the findings that keep passages of an edition from being shown as they are,
// each in the catalog of its article.
func (t *Tree) broken(s *shelf, docs []*markdown.Document, g *term.Glossary) (found diag.List) {
	if s == nil {
		return nil
	}
	rules := slices.DeleteFunc(check.Rules(), func(r check.Rule) bool { return !r.Blocks() })
	t.eachBeside(check.KnownByCodes(s.askedCodes(docs)), s, docs, g, func(n int, in check.Input) {
		for _, f := range check.Run(in, rules) {
			if f.Severity == diag.Error {
				f.Pos.Path = in.File.Path
				found = append(found, f)
			}
		}
	})
	return found
}

// askedCodes answers whether any source has a code, and takes down what was asked.
func (s *shelf) askedCodes(docs []*markdown.Document) func(code string) bool {
	codes := sync.OnceValue(func() map[string]bool { return check.Codes(s.merged[:len(docs)]...) })
	s.asked = map[string]bool{}
	return func(code string) bool {
		s.asked[code] = true
		return codes()[code]
	}
}

// rulesOf are the rules with these codes, all if there are none.
func rulesOf(codes []string) ([]check.Rule, error) {
	rules := check.Rules()
	if len(codes) == 0 {
		return rules, nil
	}
	for _, code := range codes {
		if err := KnownCheck(code); err != nil {
			return nil, err
		}
	}
	return slices.DeleteFunc(rules, func(r check.Rule) bool { return !slices.Contains(codes, r.Code) }), nil
}

// KnownCheck refuses what is no code of a check, and names the one that may be meant.
func KnownCheck(code string) error {
	near := "dragoman explain lists them"
	best := 0.6
	for _, r := range check.Rules() {
		if r.Code == code {
			return nil
		}
		if s := prose.Similarity(r.Code, code); s >= best {
			best, near = s, "did you mean "+r.Code+"?"
		}
	}
	return fmt.Errorf("%q is no code of a check; %s", code, near)
}
