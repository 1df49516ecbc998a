package check

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/po"
	"dragoman/internal/diag"
	"dragoman/internal/markdown"
	"dragoman/internal/review"
)

// Catalog is what a rule sees that looks at all messages.
type Catalog struct {
	Input
	Pairs []*Pair // in the catalog's order

	names names // of the target's language
	rule  *Rule
	limit diag.Severity // the gravest that a finding of the rule may have
	found diag.List
}

// Pair is what a rule sees of a message: a text and its translation. Messages with
// plural forms are a pair a form.
type Pair struct {
	*Catalog
	Message *catalog.Message
	Segment *markdown.Segment // the first with that text; nil if the article is not known
	Form    int               // of the target: 0, or that of a plural
	Source  Text              // of a target whose source has changed: that which it translates
	Target  Text
}

// open pairs the texts of the live messages that have a target.
func open(in Input) *Catalog {
	c := &Catalog{Input: in, names: namesOf(in.Language)}
	segments := segmentsOf(in)
	pairs := make([]Pair, 0, len(in.File.Messages))
	for _, m := range in.File.Messages {
		if m.Obsolete || !m.HasTarget() {
			continue
		}
		seg := segments[m]
		kind := kindOf(m, seg)
		for form := range 1 + len(m.Forms) {
			source, target := m.Source, m.Target
			switch {
			case form > 0:
				source, target = m.Plural, m.Forms[form-1]
			case m.State == catalog.NeedsRewriting && m.Previous.Source != "":
				source = m.Previous.Source
			}
			pairs = append(pairs, Pair{
				Catalog: c, Message: m, Segment: seg, Form: form,
				Source: Text{Raw: source, Kind: kind}, Target: Text{Raw: target, Kind: kind},
			})
		}
	}
	c.Pairs = make([]*Pair, len(pairs))
	for i := range pairs {
		c.Pairs[i] = &pairs[i]
	}
	return c
}

// segmentsOf are the first segments that the messages stand for.
func segmentsOf(in Input) map[*catalog.Message]*markdown.Segment {
	if in.Document == nil {
		return nil
	}
	segments := make(map[*catalog.Message]*markdown.Segment, len(in.Document.Segments))
	for i := range in.Document.Segments {
		seg := &in.Document.Segments[i]
		m := in.File.Find(seg.Kind.String(), seg.Context, seg.Text)
		if _, twice := segments[m]; m != nil && !twice {
			segments[m] = seg
		}
	}
	return segments
}

// kindOf is the kind of a message's text: its segment's, else the one that its
// context names.
func kindOf(m *catalog.Message, seg *markdown.Segment) markdown.Kind {
	if seg != nil {
		return seg.Kind
	}
	if name, ok := strings.CutPrefix(m.Context, catalog.KindContext("")); ok {
		for k := markdown.Paragraph; k <= markdown.Comment; k++ {
			if k.String() == name {
				return k
			}
		}
	}
	return markdown.Paragraph
}

// stale reports whether the source has changed under the target.
func (p *Pair) stale() bool { return p.Message.State == catalog.NeedsRewriting }

// is reports whether the target is in a language, as "ko" or "zh-Hant".
func (c *Catalog) is(name string) bool { return c.names.has(name) }

// retarget gives the message another target.
func (p *Pair) retarget(target string) {
	if p.Form == 0 {
		p.Message.Target = target
	} else {
		forms := append([]string(nil), p.Message.Forms...)
		forms[p.Form-1] = target
		p.Message.Forms = forms
	}
	p.Target = Text{Raw: target, Kind: p.Target.Kind}
}

// waived reports whether somebody has said that a rule does not apply to this source
// and target.
func (p *Pair) waived(code string) bool {
	if p.Decisions == nil {
		return false
	}
	_, ok := p.Decisions.Holds(review.PairKey(p.Message), review.WaivedPrefix+code)
	return ok
}

// report tells what the rule has found between two byte offsets of Target.Raw, which
// is quoted. If they are equal it is about the whole text, at that place.
func (p *Pair) report(start, end int, format string, args ...any) {
	p.reportAs(p.rule.Severity, start, end, format, args...)
}

// reportAs is report with another severity than the rule's own, for rules that find
// things more and less grave.
func (p *Pair) reportAs(s diag.Severity, start, end int, format string, args ...any) {
	if p.waived(p.rule.Code) {
		return
	}
	text := fmt.Sprintf(format, args...)
	if start < end {
		text += ": " + quote(p.Target.Raw[start:end])
	}
	if p.limit > p.rule.Severity {
		s = max(s, p.limit)
	}
	pos := po.Locate(p.Message, p.Form, start)
	if pos.Path == "" {
		pos.Path = p.File.Path
	}
	f := diag.Finding{
		Pos: pos, Code: p.rule.Code, Severity: s, Text: text, Hint: p.rule.Hint, Key: p.Message.Key,
	}
	if p.Segment != nil {
		f.Article = p.Segment.Pos
	}
	p.found = append(p.found, f)
}

// longestQuote is how many characters of a text a finding quotes.
const longestQuote = 60

// quote is a piece of a text as findings show it.
func quote(s string) string {
	if utf8.RuneCountInString(s) > longestQuote {
		runes := []rune(s)
		s = string(runes[:longestQuote-1]) + "…"
	}
	return `"` + s + `"`
}
