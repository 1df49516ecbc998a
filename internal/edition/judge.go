package edition

import (
	"cmp"
	"strings"
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/prose"
	"dragoman/internal/review"
)

// Reason is why a passage is shown in the source language.
type Reason uint8

// The reasons.
const (
	Untranslated Reason = iota
	Stale               // the policy shows no translation older than the original
	Draft               // nor one by a machine
	Unapproved          // nor one that nobody has approved
	Broken              // a check found an error in the translation, or it cannot be written
)

// String is the reason in words.
func (r Reason) String() string {
	return [...]string{"untranslated", "stale", "machine draft", "not approved", "broken"}[r]
}

// reasonOf is why a passage in that state is not shown.
func reasonOf(s catalog.State) Reason {
	switch s {
	case catalog.NeedsRewriting, catalog.NeedsChecking:
		return Stale
	case catalog.MachineDraft:
		return Draft
	case catalog.Translated:
		return Unapproved
	}
	return Untranslated
}

// answer is what the policy shows for one segment; a nil message is the source.
type answer struct {
	message *catalog.Message
	state   catalog.State
	reason  Reason // of a nil message
}

// verdict is what the policy makes of an article.
type verdict struct {
	answers  []answer
	withhold bool
	lastGood bool // show it as it last was when complete
}

// settle is the article as it is to be shown, and the answers of its segments: its
// present state, or the last in which it was complete. It reports false if it is to
// be withheld.
func (c *compiler) settle(a Article) (Article, []answer, bool) {
	v := c.judge(a)
	if v.withhold || !v.lastGood {
		return a, v.answers, !v.withhold
	}
	if a.LastGood != nil {
		if last, ok := a.LastGood(); ok {
			last.Policy, last.Translators = a.Policy, a.Translators
			return last, c.judge(last).answers, true
		}
	}
	c.report(diag.Finding{
		Pos: diag.Pos{Path: a.Document.Path}, Code: "never-complete", Severity: diag.Warning,
		Text: "the article was never complete in " + c.book.Language.String() +
			", as far as git tells, and shows in the source language what the policy does not show as it is",
		Hint: "finish the translation; in a shallow clone, fetch the whole history",
	})
	return a, v.answers, true
}

// judge asks the policy about each segment.
func (c *compiler) judge(a Article) (v verdict) {
	v.answers = make([]answer, len(a.Document.Segments))
	if a.File == nil {
		return v
	}
	failed := map[diag.Key]bool{}
	for i := range a.Document.Segments {
		s := &a.Document.Segments[i]
		m := a.File.Find(s.Kind.String(), s.Context, s.Text)
		j := review.Judge(m, c.options.Decisions, a.Policy, c.options.AsOf)
		word, reason := j.State.String(), reasonOf(j.State)
		if j.Action == review.Show && c.broken[placeOf(a.File, m)] {
			j.Action, word, reason = a.Policy.Resolve().Broken, "broken", Broken
		}
		if j.State == catalog.Untranslated && prose.Wordless(s.Text) {
			j.Action = review.Source
		}
		v.answers[i].reason = reason
		switch j.Action {
		case review.Show:
			if strings.TrimSpace(m.Target) != "" {
				v.answers[i] = answer{message: m, state: j.State}
			}
		case review.LastGood:
			v.lastGood = true
		case review.Omit:
			v.withhold = true
		case review.Fail:
			if !failed[diag.Key{Context: s.Context, Source: s.Text}] {
				failed[diag.Key{Context: s.Context, Source: s.Text}] = true
				c.report(refusal(a, s, m, word))
			}
		}
	}
	return v
}

// Complete reports whether the policy shows every passage of a translated article in
// a translation that is final.
func Complete(a Article, d *review.Decisions, asOf time.Time) bool {
	for i := range a.Document.Segments {
		s := &a.Document.Segments[i]
		m := a.File.Find(s.Kind.String(), s.Context, s.Text)
		v := review.Judge(m, d, a.Policy, asOf)
		if (v.Action != review.Show || !v.State.Final()) && !prose.Wordless(s.Text) {
			return false
		}
	}
	return true
}

func placeOf(f *catalog.File, m *catalog.Message) place {
	if m == nil {
		return place{}
	}
	return place{f.Path, m.Key}
}

// refusal is the finding of a passage that the policy does not let pass.
func refusal(a Article, s *markdown.Segment, m *catalog.Message, reason string) diag.Finding {
	f := diag.Finding{
		Pos: s.Pos, Code: "policy", Severity: diag.Error,
		Text: "the passage is " + reason + ", which the policy does not let pass",
		Hint: "finish the translation, or change the policy",
		Key:  diag.Key{Context: s.Context, Source: s.Text},
	}
	if m != nil {
		f.Pos, f.Key = position(a.File, m), m.Key
	}
	return f
}

// mark is what the edition says of a passage of a translated article.
func (c *compiler) mark(a answer) markdown.Mark {
	switch {
	case a.message == nil:
		mark := Tongue(c.book.Source, c.book.Language)
		mark.Class = untranslated
		return mark
	case a.state == catalog.MachineDraft:
		return markdown.Mark{Class: machine}
	case !a.state.Final():
		return markdown.Mark{Class: stale}
	}
	return markdown.Mark{}
}

// The classes of marks.
const (
	untranslated = "untranslated"
	stale        = "stale"
	machine      = "machine"
)

func (c *Counts) count(s *markdown.Segment, m markdown.Mark, why Reason, seen map[diag.Key]bool, source locale.Tag) {
	key := diag.Key{Context: cmp.Or(s.Context, s.Kind.String()), Source: s.Text}
	if seen[key] {
		return
	}
	seen[key] = true
	words := prose.Words(markdown.Plain(s.Text), source)
	c.All.add(words)
	switch m.Class {
	case untranslated:
		c.Untranslated.add(words)
		c.Reasons[why].add(words)
	case stale:
		c.Stale.add(words)
	case machine:
		c.Machine.add(words)
	}
}
