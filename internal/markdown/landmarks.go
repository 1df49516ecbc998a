package markdown

import (
	"cmp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
)

// Landmark is a block that is not translated, and therefore stands in a translation of
// the article as it stands in the article: code, a formula, the tag of a component,
// a comment, an image without words, a rule.
type Landmark struct {
	Segment int    // how many segments stand before it
	Name    string // what sort of block it is, and of what language code is
	Text    string // its lines; empty for a rule
	Code    bool   // its comments may be segments, or may have been translated
	Pos     int    // its offset in the body, by which landmarks are in order
}

// Landmarks are the document's blocks without segments, and its code, in the order of
// the article.
func (d *Document) Landmarks() []Landmark {
	blocks := make(map[ast.Node]*block, len(d.blocks))
	for i := range d.blocks {
		blocks[d.blocks[i].node] = &d.blocks[i]
	}
	var found []Landmark
	_ = ast.Walk(d.root, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		if n.Type() == ast.TypeInline {
			return ast.WalkSkipChildren, nil
		}
		b := blocks[n]
		if l, ok := d.landmark(n); ok {
			found = append(found, l)
		} else if b != nil && b.segs.to == 0 {
			found = append(found, Landmark{Name: "block", Text: d.text[b.span.start:b.span.end], Pos: b.span.start})
		}
		return ast.WalkContinue, nil
	})
	slices.SortStableFunc(found, func(a, b Landmark) int { return cmp.Compare(a.Pos, b.Pos) })
	d.count(found)
	return found
}

// count tells landmarks, which are in order, how many segments stand before them.
func (d *Document) count(found []Landmark) {
	at := 0
	for i := range found {
		for at < len(d.Segments) && (d.Segments[at].block < 0 || d.Segments[at].start < found[i].Pos) {
			at++
		}
		found[i].Segment = at
	}
}

// landmark is a block without inline content. It reports false if that is no
// landmark: what it holds is translated, or it has no place.
func (d *Document) landmark(n ast.Node) (l Landmark, ok bool) {
	l = Landmark{Name: n.Kind().String(), Pos: n.Pos()}
	switch n := n.(type) {
	case *ast.FencedCodeBlock:
		l.Code = true
		l.Name += " " + string(n.Language(d.body))
	case *ast.CodeBlock:
		l.Code = true
	case *ast.ThematicBreak, *verbatimBlock, *ast.HTMLBlock:
	default:
		return l, false
	}
	lines := n.Lines()
	if lines != nil && lines.Len() > 0 {
		start, stop := lines.At(0).Start, lines.At(lines.Len()-1).Stop
		l.Pos = start
		l.Text = strings.TrimSpace(d.text[start:stop])
	}
	return l, l.Pos >= 0 && (l.Code || !d.segmented(l.Pos, l.Pos+len(l.Text)))
}

// segmented reports whether a segment begins between two offsets of the body.
func (d *Document) segmented(start, stop int) bool {
	front, _ := slices.BinarySearchFunc(d.Segments, 0, func(s Segment, at int) int { return cmp.Compare(s.block, at) })
	body := d.Segments[front:]
	i, _ := slices.BinarySearchFunc(body, start, func(s Segment, at int) int { return cmp.Compare(s.start, at) })
	return i < len(body) && body[i].start < stop
}

// Carry writes a text that stands where the labels are defined as it is written where
// others are: a link by a label that is not defined there gets its address.
func (l Labels) Carry(text string, to Labels) string {
	if !strings.Contains(text, "][") {
		return text
	}
	in := readInline(text, l)
	var edits []edit
	for _, link := range in.links {
		if link.label != "" && link.known && !to.has(link.label) && link.tail.start >= 0 {
			edits = append(edits, edit{link.tail, addressTail(link.destination, link.title)})
		}
	}
	if edits == nil {
		return text
	}
	return apply(edits, in.text)
}

// addressTail is what follows the text of a link that leads to an address.
func addressTail(destination, title string) string {
	if strings.ContainsAny(destination, " ()\\") || destination == "" {
		destination = "<" + escapeBytes(destination, "<>\\") + ">"
	}
	if title != "" {
		title = ` "` + escapeBytes(title, "\"\\") + `"`
	}
	return "(" + destination + title + ")"
}

// GivenIDs are the anchors of headings for which the author has written one, by the
// heading's index in Segments.
func (d *Document) GivenIDs() map[int]string {
	ids := map[int]string{}
	for _, at := range d.heads {
		b := &d.blocks[at]
		if id := headingID(b.node.(*ast.Heading)); len(id) > 0 && b.segs.to > b.segs.from {
			ids[b.segs.from] = string(id)
		}
	}
	return ids
}
