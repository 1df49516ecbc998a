package markdown

import (
	"bytes"
	"regexp"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
	"golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"
)

// Inline is what a text of inline Markdown says, however it is written: with * or
// _, escapes or entities, one kind of hard break or another, links with their
// address or with a label.
//
//	See _all_ of [it][1].    See *all* of [it](https://example.org).
//
// Two such texts have one Tree. Where their links lead is compared by Same.
type Inline struct {
	// Tree is equal for texts that differ only in how they are written and in
	// where their links lead. It is for comparison, not for reading.
	Tree string

	text   string
	links  []inlineLink
	tags   []span // of HTML
	labels Labels
	kind   Kind
}

// inlineLink is a link or an image; autolinks are text.
type inlineLink struct {
	image       bool
	label       string // as goldmark compares labels; empty if the address stands there
	full        bool   // written [text][label]
	known       bool   // where it leads
	destination string
	title       string
	tail        span // in the text, what follows the closing bracket
}

// Labels are what the labels of link reference definitions stand for.
type Labels map[string]reference

type reference struct{ destination, title string }

func (l Labels) has(label string) bool {
	_, ok := l[label]
	return ok
}

// anyLabel takes every label for one that is defined, nobody knows where.
var anyLabel = Labels{"": {}}

// LabelsOf are the labels that documents define. Of two that are the same, the
// first counts.
func LabelsOf(docs ...*Document) Labels {
	all := Labels{}
	for _, d := range docs {
		for i := range d.blocks {
			if n, ok := d.blocks[i].node.(*ast.LinkReferenceDefinition); ok {
				label := util.ToLinkReference(n.Label)
				if label != "" && !all.has(label) {
					all[label] = reference{literal(string(n.Destination)), literal(string(n.Title))}
				}
			}
		}
	}
	return all
}

// Inlines are the texts of the document's segments, one by one. Those of front
// matter and of comments in code are plain, those of HTML blocks are HTML.
func (d *Document) Inlines() []Inline {
	labels := LabelsOf(d)
	inlines := make([]Inline, len(d.Segments))
	for i := range d.Segments {
		seg := &d.Segments[i]
		switch seg.Kind {
		case FrontMatter, Comment:
			inlines[i] = Inline{Tree: plainTree(seg.Text), text: seg.Text}
		case HTML:
			inlines[i] = readHTML(seg.Text)
		default:
			inlines[i] = readInline(seg.Text, labels)
		}
		inlines[i].kind = seg.Kind
	}
	return inlines
}

// Readings are what a text can say that is not in its article, so that nobody knows
// which labels are defined there: none, those that are known, or all. There is one
// for each different tree.
func Readings(text string, known Labels) []Inline {
	readings := []Inline{readInline(text, nil)}
	if strings.IndexByte(text, '[') < 0 {
		return readings
	}
	for _, labels := range []Labels{known, anyLabel} {
		in := readInline(text, labels)
		if !slices.ContainsFunc(readings, func(r Inline) bool { return r.Tree == in.Tree }) {
			readings = append(readings, in)
		}
	}
	return readings
}

// Same reports whether two texts have the same tree, and their links lead to the
// same places as far as one can tell.
func (in *Inline) Same(other *Inline) bool {
	if in.Tree != other.Tree {
		return false
	}
	for i, l := range in.links {
		o := other.links[i]
		if l.known && o.known && (!sameAddress(l.destination, o.destination) || l.title != o.title) {
			return false
		}
	}
	return true
}

func sameAddress(a, b string) bool {
	return a == b || bytes.Equal(util.URLEscape([]byte(a), false), util.URLEscape([]byte(b), false))
}

// inlineParser reads a text as the inline Markdown of one paragraph, whatever it
// begins with.
var inlineParser = parser.NewParser(
	parser.WithBlockParsers(util.Prioritized(parser.NewParagraphParser(), 1000)),
	parser.WithInlineParsers(
		util.Prioritized(parser.NewCodeSpanParser(), 100),
		util.Prioritized(parser.NewLinkParser(), 200),
		util.Prioritized(parser.NewAutoLinkParser(), 300),
		util.Prioritized(parser.NewRawHTMLParser(), 400),
		util.Prioritized(commentParser{}, 450),
		util.Prioritized(emphasisParser{}, 500),
		util.Prioritized(extension.NewStrikethroughParser(), 500),
		util.Prioritized(extension.NewLinkifyParser(), 999),
	),
)

// labelled is a context in which certain labels are defined.
type labelled struct {
	parser.Context
	labels Labels
}

func (c labelled) Reference(label string) (parser.Reference, bool) {
	r, ok := c.labels[label]
	if !ok {
		r, ok = c.labels[""]
	}
	if !ok || label == "" || label[0] == '^' {
		return nil, false
	}
	return parser.NewReference([]byte(label), []byte(r.destination), []byte(r.title)), true
}

// readInline reads a text in which those labels are defined. One that is not a
// single paragraph, or cannot be read in linear time, is the same as itself only.
func readInline(s string, labels Labels) Inline {
	s = strings.Trim(s, " \t\r\n")
	in := Inline{text: s, labels: labels}
	if !strings.ContainsAny(s, "\\`*_~[<&\n") {
		in.Tree = plainTree(s)
		return in
	}
	in.Tree = "\x00p" + s
	src := []byte(s)
	if invalid(src) >= 0 || len(src)*marksIn(src) > maxLooking {
		return in
	}
	root := inlineParser.Parse(text.NewReader(src), parser.WithContext(labelled{parser.NewContext(), labels}))
	p := root.FirstChild()
	if p == nil || p.NextSibling() != nil || p.Lines().Len() != strings.Count(s, "\n")+1 {
		return in
	}
	t := tree{src: src, labels: labels, out: make([]byte, 0, len(src)+16)}
	t.children(p)
	in.Tree, in.links, in.tags = norm.NFC.String(string(t.out)), t.links, t.tags
	return in
}

// maxLooking bounds how often goldmark, at each mark of a text, may look at the rest of
// it. It lets 256 marks in 64 KB pass.
const maxLooking = 1 << 24

// marksIn counts what may open an element.
func marksIn(src []byte) int {
	n := 0
	for _, c := range src {
		switch c {
		case '[', '*', '_', '~', '`', '<':
			n++
		}
	}
	return n
}

// readHTML reads a text of an HTML block.
func readHTML(s string) Inline {
	in := Inline{text: s}
	t := tree{out: make([]byte, 0, len(s)+16)}
	z := html.NewTokenizer(strings.NewReader(s))
	for at := 0; ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		raw := string(z.Raw())
		if kind == html.TextToken {
			t.say(html.UnescapeString(raw))
		} else {
			in.tags = append(in.tags, span{start: at, end: at + len(raw)})
			t.html(raw)
		}
		at += len(raw)
	}
	in.Tree = norm.NFC.String(string(t.out))
	return in
}

// plainTree is the tree of a text without markup.
func plainTree(s string) string {
	t := tree{out: make([]byte, 0, len(s))}
	t.say(s)
	return norm.NFC.String(string(t.out))
}

// tree writes a tree: text as it is, a NUL and a letter where an element begins, a
// NUL and a slash where it ends.
type tree struct {
	src    []byte
	labels Labels
	out    []byte
	links  []inlineLink
	tags   []span
	last   rune // of the text; 0 where none precedes
	space  int  // where white space stands that is not written yet, counted from 1
}

func (t *tree) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		t.node(c)
	}
}

func (t *tree) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		t.say(literal(string(n.Segment.Value(t.src))))
		switch {
		case n.HardLineBreak():
			t.lineBreak()
		case n.SoftLineBreak():
			t.say(" ")
		}
	case *ast.String:
		t.say(string(n.Value))
	case *ast.CodeSpan:
		t.code(n)
	case *ast.Emphasis:
		t.element("es"[n.Level-1], n)
	case *ast.AutoLink:
		t.say(literal(string(n.Label(t.src))))
	case *ast.Link:
		t.link('l', n, n.Reference, n.Destination, n.Title)
	case *ast.Image:
		t.link('i', n, n.Reference, n.Destination, n.Title)
	case *ast.RawHTML:
		last := n.Segments.At(n.Segments.Len() - 1)
		t.tags = append(t.tags, span{start: n.Segments.At(0).Start, end: last.Stop})
		t.html(string(n.Segments.Value(t.src)))
	case *comment:
		t.mark('m')
		t.say(string(n.text))
		t.mark('/')
	default:
		t.element('d', n)
	}
}

func (t *tree) mark(letter byte) { t.out = append(t.out, 0, letter) }

// lineBreak writes a hard break, with no white space beside it.
func (t *tree) lineBreak() {
	t.mark('b')
	t.last, t.space = 0, 0
}

func (t *tree) element(letter byte, n ast.Node) {
	t.mark(letter)
	t.children(n)
	t.mark('/')
}

// say writes text. A run of white space is one space, and nothing between two
// Chinese or Japanese characters or at an end.
func (t *tree) say(s string) {
	for _, r := range s {
		switch r {
		case ' ', '\t', '\n', '\r':
			if t.last != 0 && t.space == 0 {
				t.space = len(t.out) + 1
			}
			continue
		case 0:
			r = utf8.RuneError
		}
		if t.space > 0 && (!unspaced(t.last) || !unspaced(r)) {
			t.out = slices.Insert(t.out, t.space-1, ' ')
		}
		t.out = utf8.AppendRune(t.out, r)
		t.last, t.space = r, 0
	}
}

// code writes a code span, with the pipes of table cells plain.
func (t *tree) code(n *ast.CodeSpan) {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c, ok := c.(*ast.Text); ok {
			b.Write(c.Segment.Value(t.src))
		}
	}
	t.mark('c')
	t.say(strings.TrimSpace(strings.ReplaceAll(b.String(), `\|`, "|")))
	t.mark('/')
}

var lineBreakTag = regexp.MustCompile(`^<(?i:br)\s*/?>$`)

func (t *tree) html(tag string) {
	if lineBreakTag.MatchString(tag) {
		t.lineBreak()
		return
	}
	t.mark('h')
	t.out = append(t.out, strings.Join(strings.Fields(tag), " ")...)
	t.mark('/')
}

// link writes a link or an image. A link whose text is its address is an autolink,
// and as such text.
func (t *tree) link(letter byte, n ast.Node, ref *ast.ReferenceLink, destination, title []byte) {
	at := len(t.links)
	l := inlineLink{
		image: letter == 'i', known: true, destination: literal(string(destination)), title: literal(string(title)),
		tail: t.tail(n, ref, destination, title),
	}
	if ref != nil {
		l.label, l.full = util.ToLinkReference(ref.Value), ref.Type == ast.ReferenceLinkFull
		l.known = t.labels.has(l.label)
	}
	t.links = append(t.links, l)
	t.mark(letter)
	t.children(n)
	if l.destination != "" && l.title == "" && letter == 'l' {
		for _, address := range []string{l.destination, strings.TrimPrefix(l.destination, "mailto:")} {
			if bytes.HasSuffix(t.out, []byte("\x00l"+address)) {
				t.out = slices.Delete(t.out, len(t.out)-len(address)-2, len(t.out)-len(address))
				t.links = slices.Delete(t.links, at, at+1)
				return
			}
		}
	}
	t.mark('/')
}

// tail is where the (address) or [label] of a link stands; it is empty after a
// short label, and before the text's beginning if it cannot be told.
func (t *tree) tail(n ast.Node, ref *ast.ReferenceLink, destination, title []byte) span {
	start := n.Pos() + 1
	if n.Kind() == ast.KindImage {
		start++
	}
	end, ok := closing(t.src, start, ']')
	if !ok {
		return span{start: -1}
	}
	end++
	length := 0
	switch {
	case ref != nil && ref.Type == ast.ReferenceLinkShortcut:
	case ref != nil:
		length = destinationLength(string(t.src[end:]))
	default:
		length = addressLength(t.src[end:], destination, title)
	}
	return span{start: end, end: end + length}
}

// addressLength is the length of the (address "title") that a text begins with.
func addressLength(after, destination, title []byte) int {
	from := 0
	for _, part := range [][]byte{destination, title} {
		if i := bytes.Index(after[from:], part); i >= 0 {
			from += i + len(part)
		}
	}
	if i := bytes.IndexByte(after[from:], ')'); i >= 0 {
		return from + i + 1
	}
	return len(after)
}

// literal is a text with its escapes and entities as the characters that they
// stand for.
func literal(s string) string {
	if !strings.ContainsAny(s, "\\&") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s) && util.IsPunct(s[i+1]):
			i++
			b.WriteByte(s[i])
		case c == '&':
			entity := entityMark.FindString(s[i:])
			if entity == "" {
				b.WriteByte(c)
				continue
			}
			b.Write(util.ResolveEntityNames(util.ResolveNumericReferences([]byte(entity))))
			i += len(entity) - 1
		default:
			b.WriteByte(c)
		}
	}
	return b.String()
}

var entityMark = regexp.MustCompile(`^&(?:#[xX][0-9A-Fa-f]{1,6}|#[0-9]{1,7}|[A-Za-z][A-Za-z0-9]*);`)
