// Package xmltree reads XML that strangers wrote, and writes it.
//
// Files for translators come back from other people's programs. A document that is
// small and unfolds to gigabytes, names files to be read in, or is nested so deeply
// that it fells its reader, is refused: no entities but XML's own five, at most
// MaxDepth elements within each other, at most MaxSize bytes. A document type
// without entities does nothing, and is passed over.
//
//	<a x="1">b<c/></a>  →  Element a, x=1, of the text "b" and the Element c
//
// Law: what Escape and Quote write is read back as it was, but for characters that
// XML cannot say (Sayable).
package xmltree

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/text/encoding/unicode"
)

// The limits of a document.
const (
	MaxSize  = 64 << 20
	MaxDepth = 256
)

// Element is an element with what is in it.
type Element struct {
	Space, Name string // namespace and local name
	Attributes  []xml.Attr
	Content     []Node
	Offset      int // of its tag, in bytes
}

// Node is an element, or text. A comment parts a text in two.
type Node struct {
	Element *Element // nil: text
	Text    string
}

// Fault is why a document cannot be read, and where.
type Fault struct {
	Offset     int
	Text, Hint string
}

// Decode is a document in UTF-8: one in UTF-16, as its byte order mark says, is
// decoded. Offsets are in what it gives.
func Decode(src []byte) []byte {
	for _, mark := range []string{"\xff\xfe", "\xfe\xff"} {
		if bytes.HasPrefix(src, []byte(mark)) && len(src) <= MaxSize {
			out, err := unicode.UTF16(unicode.LittleEndian, unicode.ExpectBOM).NewDecoder().Bytes(src)
			if err == nil {
				return out
			}
		}
	}
	return src
}

// Parse reads a document that Decode gave. The element is nil if there is a fault.
func Parse(src []byte) (*Element, *Fault) {
	if len(src) > MaxSize {
		return nil, &Fault{0, fmt.Sprintf("the file has more than %d MiB", MaxSize>>20), "split it"}
	}
	p := &parser{src: src, decoder: xml.NewDecoder(bytes.NewReader(bytes.TrimPrefix(src, []byte("\ufeff"))))}
	p.shift = len(src) - len(bytes.TrimPrefix(src, []byte("\ufeff")))
	p.decoder.CharsetReader = charset
	for {
		at := p.at()
		token, err := p.decoder.Token()
		if errors.Is(err, io.EOF) && p.root != nil && len(p.open) == 0 {
			return p.root, nil
		}
		if err != nil {
			return nil, p.malformed(err)
		}
		if fault := p.token(token, at); fault != nil {
			return nil, fault
		}
	}
}

// charset accepts the names of what is UTF-8 by now.
func charset(name string, r io.Reader) (io.Reader, error) {
	switch strings.ToLower(name) {
	case "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii":
		return r, nil
	}
	return nil, fmt.Errorf("the encoding %s is not known", name)
}

type parser struct {
	src     []byte
	shift   int
	decoder *xml.Decoder
	root    *Element
	open    []*Element
}

func (p *parser) at() int { return int(p.decoder.InputOffset()) + p.shift }

func (p *parser) malformed(err error) *Fault {
	text := err.Error()
	var syntax *xml.SyntaxError
	if errors.As(err, &syntax) {
		text = syntax.Msg
	}
	if errors.Is(err, io.EOF) {
		text = "the document has no element"
	}
	return &Fault{min(p.at(), len(p.src)), "not XML: " + text, "save it again, as XML in UTF-8"}
}

func (p *parser) token(token xml.Token, at int) *Fault {
	switch token := token.(type) {
	case xml.StartElement:
		if len(p.open) == MaxDepth {
			return &Fault{at, fmt.Sprintf("more than %d elements within each other", MaxDepth), "nobody writes such a file: it is damaged or meant to do harm"}
		}
		e := &Element{Space: token.Name.Space, Name: token.Name.Local, Attributes: token.Copy().Attr, Offset: at}
		if len(p.open) > 0 {
			p.add(Node{Element: e})
		} else if p.root != nil {
			return &Fault{at, "not XML: a second element after the first", "a document is one element"}
		} else {
			p.root = e
		}
		p.open = append(p.open, e)
	case xml.EndElement:
		p.open = p.open[:len(p.open)-1]
	case xml.CharData:
		if len(p.open) > 0 {
			p.add(Node{Text: string(token)})
		}
	case xml.Directive:
		if bytes.Contains(bytes.ToUpper(token), []byte("<!ENTITY")) {
			return &Fault{at, "the document defines entities", "take the <!ENTITY …> out: they can stand for anything"}
		}
	}
	return nil
}

// add adds a node to the innermost element.
func (p *parser) add(n Node) {
	e := p.open[len(p.open)-1]
	e.Content = append(e.Content, n)
}

// Attr is the value of the attribute without namespace and of that name, empty if
// there is none.
func (e *Element) Attr(name string) string {
	for _, a := range e.Attributes {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}

// Language is the value of xml:lang.
func (e *Element) Language() string {
	for _, a := range e.Attributes {
		if a.Name.Local == "lang" && (a.Name.Space == "xml" || a.Name.Space == "http://www.w3.org/XML/1998/namespace") {
			return a.Value
		}
	}
	return ""
}

// Child is the first child element of that name, nil if there is none.
func (e *Element) Child(name string) *Element {
	for _, n := range e.Content {
		if n.Element != nil && n.Element.Name == name {
			return n.Element
		}
	}
	return nil
}

// Children are the child elements of those names; of none, all.
func (e *Element) Children(names ...string) []*Element {
	var list []*Element
	for _, n := range e.Content {
		if n.Element == nil {
			continue
		}
		ok := len(names) == 0
		for _, name := range names {
			ok = ok || n.Element.Name == name
		}
		if ok {
			list = append(list, n.Element)
		}
	}
	return list
}

// Text is all text in an element, however deep.
func (e *Element) Text() string {
	if len(e.Content) == 1 && e.Content[0].Element == nil {
		return e.Content[0].Text
	}
	var b strings.Builder
	e.text(&b)
	return b.String()
}

func (e *Element) text(b *strings.Builder) {
	for _, n := range e.Content {
		if n.Element != nil {
			n.Element.text(b)
		} else {
			b.WriteString(n.Text)
		}
	}
}

// Sayable reports whether XML 1.0 can say a character at all.
func Sayable(r rune) bool {
	return r == '\t' || r == '\n' || r == '\r' || r >= ' ' && r <= 0xd7ff || r >= 0xe000 && r <= 0xfffd || r >= 0x10000 && r <= 0x10ffff
}

// Escape is a text as the content of an element. What XML cannot say is U+FFFD.
func Escape(s string) string { return escape(s, false) }

// Quote is a text as the value of an attribute, in its quotation marks.
func Quote(s string) string { return `"` + escape(s, true) + `"` }

func escape(s string, value bool) string {
	if !strings.ContainsFunc(s, func(r rune) bool { return escapes(r, value) }) {
		return s
	}
	var b strings.Builder
	for _, r := range s {
		switch {
		case !escapes(r, value):
			b.WriteRune(r)
		case !Sayable(r):
			b.WriteRune('\uFFFD')
		case r == '&':
			b.WriteString("&amp;")
		case r == '<':
			b.WriteString("&lt;")
		case r == '>':
			b.WriteString("&gt;")
		case r == '"':
			b.WriteString("&quot;")
		case r == '\uFFFD': // also what is not UTF-8
			b.WriteRune(r)
		default:
			fmt.Fprintf(&b, "&#%d;", r)
		}
	}
	return b.String()
}

func escapes(r rune, value bool) bool {
	switch r {
	case '&', '<', '>', '\r', '\uFFFD':
		return true
	case '"', '\n', '\t':
		return value
	}
	return !Sayable(r)
}
