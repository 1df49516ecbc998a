package markdown

import (
	"bytes"
	"cmp"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	east "github.com/yuin/goldmark/extension/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// Piece is a part of a text: words, or a code, which is markup that a translator
// may move and not change.
//
//	See *all* of [it](u).  →  "See ", "*" opens, "all", "*" closes, " of ", "[" opens, …
type Piece struct {
	Text string
	Role Role
	What string // of a code: strong, emphasis, struck, link, image, title, code, address, html, break, note, verbatim
	Pair int    // of what opens and what closes it: from 1, in the order in which they open; else 0
}

// Role is what a piece is.
type Role uint8

// The roles.
const (
	Words  Role = iota
	Opens       // a code that goes on over what follows
	Closes      // the end of it; pairs are nested
	Stands      // a code by itself
)

// Pieces takes inline Markdown apart into words and codes. Together they are the
// text, byte for byte. Escapes and entities are words, as the author wrote them. A
// text that cannot be read in linear time is words as a whole.
func Pieces(s string) []Piece {
	if !strings.ContainsAny(s, "\\`*_~[<&\n{") && !strings.Contains(s, "://") && !strings.Contains(s, "www.") {
		return wordsOnly(s)
	}
	src := []byte(s)
	if invalid(src) >= 0 || len(src)*marksIn(src) > maxLooking {
		return wordsOnly(s)
	}
	if pieces, ok := plainPieces(s, src); ok {
		return pieces
	}
	return parsedPieces(s, src)
}

// parsedPieces asks the parser which codes a text has.
func parsedPieces(s string, src []byte) []Piece {
	root := inlineParser.Parse(text.NewReader(src), parser.WithContext(labelled{parser.NewContext(), fullLabels(s)}))
	p := root.FirstChild()
	if p == nil || p.NextSibling() != nil {
		return wordsOnly(s)
	}
	t := taking{tree: tree{src: src}}
	t.within(p)
	return t.pieces(s)
}

func wordsOnly(s string) []Piece {
	if s == "" {
		return nil
	}
	return []Piece{{Text: s}}
}

var fullLabel = regexp.MustCompile(`\]\[([^\[\]]+)\]`)

// fullLabels are the labels of the links that are written [text][label], as all
// those of segments are that have one.
func fullLabels(s string) Labels {
	if !strings.Contains(s, "][") {
		return nil
	}
	labels := Labels{}
	for _, m := range fullLabel.FindAllStringSubmatch(s, -1) {
		labels[util.ToLinkReference([]byte(m[1]))] = reference{}
	}
	delete(labels, "")
	return labels
}

// taking takes a text apart.
type taking struct {
	tree
	codes []code
	pairs int
}

// code is a piece that is not words, and where it stands.
type code struct {
	span
	role Role
	what string
	pair int
}

// alone notes a code that stands by itself.
func (t *taking) alone(start, end int, what string) {
	t.codes = append(t.codes, code{span{start: start, end: end}, Stands, what, 0})
}

// around notes a pair of codes.
func (t *taking) around(open, shut span, what string) {
	t.pairs++
	t.codes = append(t.codes, code{open, Opens, what, t.pairs}, code{shut, Closes, what, t.pairs})
}

// within takes what a node has in it, and is where that begins and ends.
func (t *taking) within(n ast.Node) (start, end int) {
	start, end = -1, -1
	var tags []span
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		from, to := t.node(c)
		if start < 0 {
			start = from
		}
		end = to
		if c.Kind() == ast.KindRawHTML {
			tags = append(tags, span{start: from, end: to})
		}
	}
	t.elements(tags)
	return start, end
}

func (t *taking) node(n ast.Node) (start, end int) {
	start = n.Pos()
	switch n := n.(type) {
	case *ast.Text:
		return n.Segment.Start, n.Segment.Stop
	case *ast.CodeSpan:
		end = start + codeSpan(t.src[start:])
		t.alone(start, end, "code")
	case *ast.Emphasis:
		return t.marked(n, n.Level, stressed[n.Level-1])
	case *east.Strikethrough:
		marks := 1
		if first := n.FirstChild(); first != nil && bytes.HasPrefix(t.src[start:], []byte("~~")) {
			marks = 2
		}
		return t.marked(n, marks, "struck")
	case *ast.AutoLink:
		return t.address(n)
	case *ast.Link:
		return t.link(n, start+1, t.tail(n, n.Reference, n.Destination, n.Title), "link", n.Title)
	case *ast.Image:
		return t.link(n, start+2, t.tail(n, n.Reference, n.Destination, n.Title), "image", n.Title)
	case *ast.RawHTML:
		return n.Segments.At(0).Start, n.Segments.At(n.Segments.Len() - 1).Stop
	case *comment:
		end = start + bytes.Index(t.src[start:], []byte(commentClose)) + len(commentClose)
		t.alone(start, end, "verbatim")
	}
	return start, end
}

// marked takes what stands between marks of emphasis.
func (t *taking) marked(n ast.Node, marks int, what string) (start, end int) {
	from, to := t.within(n)
	start, end = from-marks, to+marks
	t.around(span{start: start, end: from}, span{start: to, end: end}, what)
	return start, end
}

func (t *taking) address(n *ast.AutoLink) (start, end int) {
	start = n.Pos()
	label := n.Label(t.src)
	at := bytes.Index(t.src[start:], label)
	if at < 0 {
		return start, -1
	}
	if t.src[start] == '<' {
		end = start + at + len(label) + 1
	} else {
		start += at
		end = start + len(label)
	}
	t.alone(start, end, "address")
	return start, end
}

// link takes a link, whose text begins at an offset. What is alternative text of an
// image has no codes in it.
func (t *taking) link(n ast.Node, from int, tail span, what string, title []byte) (start, end int) {
	if tail.start < 0 {
		return n.Pos(), -1
	}
	if what == "link" {
		t.within(n)
	}
	shut := span{start: tail.start - 1, end: tail.end}
	if i := bytes.LastIndex(t.src[tail.start:tail.end], title); len(title) > 0 && i > 0 {
		titled := span{start: tail.start + i, end: tail.start + i + len(title)}
		t.around(span{start: n.Pos(), end: from}, span{start: shut.start, end: titled.start - 1}, what)
		t.around(span{start: titled.start - 1, end: titled.start}, span{start: titled.end, end: tail.end}, "title")
		return n.Pos(), tail.end
	}
	t.around(span{start: n.Pos(), end: from}, shut, what)
	return n.Pos(), tail.end
}

// elements pairs the tags of HTML that have one parent.
func (t *taking) elements(tags []span) {
	var open []span
	for _, tag := range tags {
		name, closing := tagName(string(t.src[tag.start:tag.end]))
		i := len(open) - 1
		for closing && i >= 0 && !t.named(open[i], name) {
			i--
		}
		switch {
		case name != "" && !closing:
			open = append(open, tag)
		case name != "" && i >= 0:
			for _, lone := range open[i+1:] {
				t.alone(lone.start, lone.end, "html")
			}
			t.around(open[i], tag, "html")
			open = open[:i]
		default:
			t.alone(tag.start, tag.end, "html")
		}
	}
	for _, lone := range open {
		t.alone(lone.start, lone.end, "html")
	}
}

func (t *taking) named(tag span, name string) bool {
	other, _ := tagName(string(t.src[tag.start:tag.end]))
	return other == name
}

// tagName is the name of a tag's element, empty if it has no content.
func tagName(tag string) (name string, closing bool) {
	tag = strings.Trim(tag, "<>")
	tag, closing = strings.CutPrefix(tag, "/")
	name = tag
	if i := strings.IndexAny(tag, " \t\r\n/>"); i >= 0 {
		name = tag[:i]
	}
	if strings.HasSuffix(tag, "/") || strings.HasPrefix(tag, "!") || strings.HasPrefix(tag, "?") {
		return "", false
	}
	name = strings.ToLower(name)
	switch name {
	case "br", "img", "hr", "wbr", "input", "source", "col", "area", "embed", "track":
		return "", false
	}
	return name, closing
}

// pieces are the codes, in order, and the words between them. If a code is not
// where it should be, the text is words as a whole.
func (t *taking) pieces(s string) []Piece {
	slices.SortStableFunc(t.codes, func(a, b code) int { return cmp.Compare(a.start, b.start) })
	pieces := make([]Piece, 0, 2*len(t.codes)+1)
	var open []int
	number := make([]int, t.pairs+1)
	at := 0
	for _, c := range t.codes {
		if c.start < at || c.end <= c.start || c.end > len(s) {
			return wordsOnly(s)
		}
		pieces = between(pieces, s[at:c.start])
		switch c.role {
		case Opens:
			open = append(open, c.pair)
			number[0]++
			number[c.pair] = number[0]
		case Closes:
			if len(open) == 0 || open[len(open)-1] != c.pair {
				return wordsOnly(s)
			}
			open = open[:len(open)-1]
		}
		piece := Piece{Text: s[c.start:c.end], Role: c.role, What: c.what}
		if c.pair > 0 {
			piece.Pair = number[c.pair]
		}
		pieces, at = append(pieces, piece), c.end
	}
	if len(open) > 0 {
		return wordsOnly(s)
	}
	return between(pieces, s[at:])
}
