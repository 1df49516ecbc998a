package markdown

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"

	"dragoman/internal/diag"
	"dragoman/internal/locale"
)

// maxAnswer is the longest translation of a segment, in bytes.
const maxAnswer = 64 << 10

// answer is a translation and how it is written.
type answer struct {
	segment int
	text    string
	care    care
}

// maxTries bounds how often an article is written to find the answers that
// change its structure.
const maxTries = 100

// Translate is the article with each segment's text replaced by what find answers.
// A segment without an answer, or with a blank one, keeps its bytes. The
// segments of the result stand for those of d, one by one, and its anchors are
// d's.
//
// Findings are of answers that cannot be used: NUL, invalid UTF-8, over 64 KB, or
// such that even as plain text they would change the article's structure. Such a
// segment keeps its source; the finding's Key.Source is the segment's text and its
// Pos the segment's.
func (d *Document) Translate(lang locale.Tag, find func(i int, s *Segment) (string, bool)) (*Document, diag.List) {
	var found diag.List
	var answers []answer
	for i := range d.Segments {
		seg := &d.Segments[i]
		text, ok := find(i, seg)
		if !ok || strings.TrimSpace(text) == "" {
			continue
		}
		if fault := unusable(text); fault != "" {
			found = append(found, seg.fault("encoding", fault))
			continue
		}
		answers = append(answers, answer{segment: i, text: text})
	}
	t := d.settle(answers)
	for _, a := range answers {
		if a.care == futile {
			found = append(found, d.Segments[a.segment].fault("structure",
				"the translation would change the structure of the article"))
		}
	}
	t.Language = lang
	return t, found
}

// fault is a finding of the answer to a segment.
func (seg *Segment) fault(code, text string) diag.Finding {
	return diag.Finding{
		Pos: seg.Pos, Code: code, Text: text, Hint: "mend the translation",
		Key: diag.Key{Context: seg.Context, Source: seg.Text},
	}
}

func unusable(text string) string {
	switch {
	case len(text) > maxAnswer:
		return fmt.Sprintf("the translation is %d KB long, more than 64", len(text)>>10)
	case !utf8.ValidString(text):
		return "the translation is not UTF-8"
	case strings.IndexByte(text, 0) >= 0:
		return "the translation holds a NUL character"
	}
	return ""
}

// settle writes the answers, as Markdown where they keep the article's structure,
// as plain text where not, and not at all where that does not help.
func (d *Document) settle(answers []answer) *Document {
	if t := d.write(answers); t != nil {
		return t
	}
	tries := maxTries
	d.soften(answers, &tries)
	if t := d.write(answers); t != nil {
		return t
	}
	// What answers do only together: all plain, then none.
	for i := range answers {
		answers[i].care = plain
	}
	if t := d.write(answers); t != nil {
		return t
	}
	for i := range answers {
		answers[i].care = futile
	}
	return d.write(answers)
}

// soften finds the answers that change the structure, by halves, and marks them to
// be written as plain text; all of those that it has not looked at when it has no
// more tries.
func (d *Document) soften(answers []answer, tries *int) {
	if *tries--; *tries > 0 && d.write(answers) != nil {
		return
	}
	switch {
	case *tries <= 0:
		for i := range answers {
			answers[i].care = plain
		}
		return
	case len(answers) == 1:
		for answers[0].care < futile && d.write(answers) == nil {
			answers[0].care++
		}
		return
	}
	middle := len(answers) / 2
	d.soften(answers[:middle], tries)
	d.soften(answers[middle:], tries)
}

// write is the article with the answers in it, nil if its structure is another.
func (d *Document) write(answers []answer) *Document {
	w := writer{doc: d, out: make([]byte, 0, len(d.src)+len(d.src)/4)}
	for _, a := range answers {
		if a.care < futile {
			w.replace(&d.Segments[a.segment], a.text, a.care)
		}
	}
	t := &Document{Path: d.Path, src: w.finish(), dialect: d.dialect}
	if bytes.Equal(t.src, d.src) {
		*t = *d
		return t
	}
	if !d.translatedFront(t, answers) {
		return nil
	}
	if _, g := t.read(d); g.at >= 0 || !d.alike(t) {
		return nil
	}
	t.adopt(d)
	return t
}

// alike reports whether two articles have the same structure: blocks, containers,
// and what stands between them.
func (d *Document) alike(t *Document) bool {
	return slices.Equal(d.shape, t.shape) &&
		slices.EqualFunc(d.blocks, t.blocks, func(a, b block) bool {
			return a.kind == b.kind && (a.alone() == b.alone() || a.alone() && !d.pictured(a))
		}) && d.sameEntries(t)
}

// pictured reports whether a block has a text of a picture as its segment, so that an
// answer cannot take the picture away.
func (d *Document) pictured(b block) bool {
	return b.segs.to > 0 && (d.Segments[b.segs.from].form == alt || d.Segments[b.segs.from].form == quoted)
}

// adopt gives a translation the segments and anchors of its article.
func (d *Document) adopt(src *Document) {
	for i := range d.blocks {
		d.blocks[i].segs = src.blocks[i].segs
	}
	d.Segments = src.Segments
	d.ids = src.ids
}
