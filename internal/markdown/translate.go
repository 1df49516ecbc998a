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
	hard    bool // every mark escaped
	lost    bool // does not fit even so
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
		if a.lost {
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
		answers[i].hard = true
	}
	if t := d.write(answers); t != nil {
		return t
	}
	for i := range answers {
		answers[i].lost = true
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
	if *tries <= 0 || len(answers) == 1 {
		for i := range answers {
			answers[i].hard = true
		}
		if len(answers) == 1 && *tries > 0 {
			answers[0].lost = d.write(answers) == nil
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
		if !a.lost {
			w.replace(&d.Segments[a.segment], a.text, a.hard)
		}
	}
	t, found := read(d.Path, w.finish(), d.dialect, diag.NewLines(d.Path, nil), true)
	if found.HasErrors() || !d.alike(t) {
		return nil
	}
	t.adopt(d)
	return t
}

// alike reports whether two articles have the same structure: blocks, containers,
// and what stands between them.
func (d *Document) alike(t *Document) bool {
	return slices.Equal(d.shape, t.shape) && len(d.blocks) == len(t.blocks) &&
		slices.Equal(d.front.keys(), t.front.keys()) &&
		slices.EqualFunc(d.blocks, t.blocks, func(a, b block) bool {
			return a.kind == b.kind && a.alone() == b.alone()
		}) && d.sameValues(t)
}

func (f *frontMatter) keys() []string {
	keys := make([]string, len(f.fields))
	for i, field := range f.fields {
		keys[i] = field.key.Value
	}
	return keys
}

// sameValues reports whether the front matter differs in nothing but the values to
// translate.
func (d *Document) sameValues(t *Document) bool {
	translated := map[string]bool{}
	for i := range d.Segments {
		if d.Segments[i].block < 0 {
			translated[d.Segments[i].Name] = true
		}
	}
	for i, f := range d.front.fields {
		if !translated[f.key.Value] && !bytes.Equal(d.front.raw(d.src, i), t.front.raw(t.src, i)) {
			return false
		}
	}
	return true
}

// raw is the lines of the i-th field.
func (f *frontMatter) raw(src []byte, i int) []byte {
	from := lineStart(src, f.start, f.fields[i].key.Line)
	to := f.stop
	if i+1 < len(f.fields) {
		to = lineStart(src, f.start, f.fields[i+1].key.Line)
	}
	return src[from:to]
}

// adopt gives a translation the segments and anchors of its article.
func (d *Document) adopt(src *Document) {
	segments := make([]Segment, len(src.Segments))
	copy(segments, src.Segments)
	for i := range d.blocks {
		d.blocks[i].segments = src.blocks[i].segments
	}
	d.Segments = segments
	d.ids = src.ids
	d.Language = src.Language
}
