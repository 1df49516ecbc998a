package markdown

import (
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"
	"golang.org/x/text/unicode/norm"
)

// Parts is a text taken apart, so that what an edit touched can be told: words, marks,
// or where links lead.
//
//	See *all* of [it](https://example.org).[^1]
//	Words: See all of it.    Links: https://example.org
type Parts struct {
	// Words is what a reader sees, and the titles of links. Addresses that stand in the
	// text, and the marks of notes, are not in it.
	Words string
	// Shape is the words with the marks around them. It is for comparison, not for
	// reading; where links lead makes no difference to it.
	Shape string
	// Links is where links and images lead, in order and as written, addresses in the text
	// among them; of a link with a label it is the label.
	Links []string
}

// PartsOf takes the text of a segment of that kind apart.
func PartsOf(kind Kind, text string) Parts {
	switch kind {
	case FrontMatter:
		return plainParts(text)
	case HTML:
		return htmlParts(text)
	}
	return inlineParts(text)
}

// bareAddress is an address in plain text, without the marks that end a sentence.
var bareAddress = regexp.MustCompile(`\bhttps?://[^\s<>"]*[^\s<>".,;:!?)]`)

func plainParts(s string) Parts {
	var p parting
	at := 0
	for _, m := range bareAddress.FindAllStringIndex(s, -1) {
		p.say(s[at:m[0]])
		p.address(s[m[0]:m[1]])
		at = m[1]
	}
	p.say(s[at:])
	return p.parts()
}

// addressAttribute is an attribute of a tag that holds an address.
var addressAttribute = regexp.MustCompile(`(?i)(\s(?:href|src|cite)\s*=\s*)("[^"]*"|'[^']*'|[^\s"'>]+)`)

func htmlParts(s string) Parts {
	var p parting
	z := html.NewTokenizer(strings.NewReader(s))
	for {
		switch z.Next() {
		case html.ErrorToken:
			return p.parts()
		case html.TextToken:
			p.say(html.UnescapeString(string(z.Raw())))
		default:
			p.tag(string(z.Raw()))
		}
	}
}

func inlineParts(s string) Parts {
	s = strings.Trim(s, " \t\r\n")
	var p parting
	if !strings.ContainsAny(s, "\\`*_~[<&\n:@") && !strings.Contains(s, "www.") {
		p.say(s)
		return p.parts()
	}
	src := []byte(s)
	if invalid(src) >= 0 || len(src)*marksIn(src) > maxLooking {
		return Parts{Words: Plain(s), Shape: s}
	}
	p.src = src
	root := inlineParser.Parse(text.NewReader(src), parser.WithContext(labelled{parser.NewContext(), anyLabel}))
	for n := root.FirstChild(); n != nil; n = n.NextSibling() {
		p.children(n)
	}
	return p.parts()
}

// parting takes one text apart.
type parting struct {
	src          []byte
	words, shape tree
	links        []string
}

var (
	noteMark    = regexp.MustCompile(`\[\^[^\]\s]+\]`)
	headingMark = regexp.MustCompile(`\s*\{#[^{}\s]+\}$`)
)

func (p *parting) parts() Parts {
	words := noteMark.ReplaceAllString(norm.NFC.String(string(p.words.out)), "")
	words = headingMark.ReplaceAllString(words, "")
	return Parts{Words: words, Shape: norm.NFC.String(string(p.shape.out)), Links: p.links}
}

func (p *parting) say(s string) {
	p.words.say(s)
	p.shape.say(s)
}

// address notes where something leads of which a reader sees no more than that.
func (p *parting) address(to string) {
	p.links = append(p.links, to)
	p.shape.mark('a')
}

// tag notes a tag of HTML, and where it leads.
func (p *parting) tag(raw string) {
	for _, m := range addressAttribute.FindAllStringSubmatch(raw, -1) {
		p.links = append(p.links, strings.Trim(m[2], `"'`))
	}
	p.shape.html(addressAttribute.ReplaceAllString(raw, "$1"))
	if lineBreakTag.MatchString(raw) {
		p.words.say(" ")
	}
}

func (p *parting) children(n ast.Node) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		p.node(c)
	}
}

func (p *parting) node(n ast.Node) {
	switch n := n.(type) {
	case *ast.Text:
		p.say(literal(string(n.Segment.Value(p.src))))
		switch {
		case n.HardLineBreak():
			p.words.say(" ")
			p.shape.lineBreak()
		case n.SoftLineBreak():
			p.say(" ")
		}
	case *ast.String:
		p.say(string(n.Value))
	case *ast.CodeSpan:
		p.code(n)
	case *ast.Emphasis:
		p.element("es"[n.Level-1], n)
	case *ast.AutoLink:
		p.address(string(n.Label(p.src)))
	case *ast.Link:
		p.link('l', n, n.Reference, n.Destination, n.Title)
	case *ast.Image:
		p.link('i', n, n.Reference, n.Destination, n.Title)
	case *ast.RawHTML:
		p.tag(string(n.Segments.Value(p.src)))
	case *comment:
	default:
		p.element('d', n)
	}
}

func (p *parting) element(letter byte, n ast.Node) {
	p.shape.mark(letter)
	p.children(n)
	p.shape.mark('/')
}

func (p *parting) code(n *ast.CodeSpan) {
	p.shape.mark('c')
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		if c, ok := c.(*ast.Text); ok {
			p.say(strings.ReplaceAll(string(c.Segment.Value(p.src)), `\|`, "|"))
		}
	}
	p.shape.mark('/')
}

// link notes a link or an image. A link whose text is its address is an address.
func (p *parting) link(letter byte, n ast.Node, ref *ast.ReferenceLink, destination, title []byte) {
	to := string(destination)
	if ref != nil {
		to = string(ref.Value)
	}
	if letter == 'l' && ref == nil && len(title) == 0 && strings.ContainsAny(to, ":/@") && p.textOf(n) == to {
		p.address(to)
		return
	}
	p.links = append(p.links, to)
	p.element(letter, n)
	if len(title) > 0 {
		p.shape.mark('t')
		p.say(" " + literal(string(title)))
	}
}

// textOf is what stands in a link that holds nothing but text.
func (p *parting) textOf(n ast.Node) string {
	var b strings.Builder
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		switch c := c.(type) {
		case *ast.Text:
			b.Write(c.Segment.Value(p.src))
		case *ast.AutoLink:
			b.Write(c.Label(p.src))
		}
	}
	return b.String()
}

// Redirect makes the one link of a text that leads to an address lead to another. It
// reports false if not exactly one leads there, or if that cannot be done without
// touching anything else.
func Redirect(kind Kind, text, from, to string) (string, bool) {
	before := PartsOf(kind, text)
	at := slices.Index(before.Links, from)
	if from == "" || at < 0 || slices.Contains(before.Links[at+1:], from) {
		return text, false
	}
	want := slices.Clone(before.Links)
	want[at] = to
	for _, around := range []struct{ open, close string }{{"", ""}, {"](", ""}, {"][", "]"}} {
		old := around.open + from + around.close
		if strings.Count(text, old) != 1 {
			continue
		}
		changed := strings.Replace(text, old, around.open+to+around.close, 1)
		after := PartsOf(kind, changed)
		if after.Shape == before.Shape && slices.Equal(after.Links, want) {
			return changed, true
		}
	}
	return text, false
}
