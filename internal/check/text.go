package check

import (
	"html"
	"sort"
	"strings"
	"unicode/utf8"

	"dragoman/internal/markdown"
)

// Text is one side of a pair. What rules ask of it is worked out once, when they ask.
type Text struct {
	Raw  string // as the catalog says it
	Kind markdown.Kind

	parts     []Part
	words     string
	mainEnd   int
	stretches []stretch // none where words are as they are in Raw
	marks     []mark
	read      bool // parts are known
	said      bool // words are
	noted     bool // marks are
	looked    bool // signs are
	signs     signs
}

// Part is a piece of a text, and where it begins in it.
type Part struct {
	markdown.Piece
	Start int // a byte offset
}

// End is the offset behind the part.
func (p *Part) End() int { return p.Start + len(p.Text) }

// Parts are the words and the codes of the text, which together are the text. Front
// matter and comments have no codes; those of HTML blocks are its tags.
func (t *Text) Parts() []Part {
	if t.read {
		return t.parts
	}
	t.read = true
	var pieces []markdown.Piece
	switch t.Kind {
	case markdown.FrontMatter, markdown.Comment:
		pieces = []markdown.Piece{{Text: t.Raw}}
	case markdown.HTML:
		pieces = tagPieces(t.Raw)
	default:
		pieces = markdown.Pieces(t.Raw)
	}
	t.parts = make([]Part, len(pieces))
	at := 0
	for i, p := range pieces {
		t.parts[i] = Part{p, at}
		at += len(p.Text)
	}
	return t.parts
}

// tagPieces takes a text of HTML apart into words and tags.
func tagPieces(s string) (pieces []markdown.Piece) {
	for s != "" {
		open := strings.IndexByte(s, '<')
		shut := -1
		if open >= 0 {
			shut = strings.IndexByte(s[open:], '>')
		}
		if shut < 0 {
			return append(pieces, markdown.Piece{Text: s})
		}
		if open > 0 {
			pieces = append(pieces, markdown.Piece{Text: s[:open]})
		}
		end := open + shut + 1
		pieces = append(pieces, markdown.Piece{Text: s[open:end], Role: markdown.Stands, What: "html"})
		s = s[end:]
	}
	return pieces
}

// Object stands in Words for what is shown and is no word of the language: code, an
// address, an image, what a generator puts in.
const Object = '\uFFFC'

// Words is what a reader sees: escapes and entities are what they stand for, marks of
// emphasis, destinations and notes are gone, an Object stands for a code, and line
// breaks are newlines. Alternative texts of images and titles of links follow, a line
// each.
func (t *Text) Words() string {
	if t.said {
		return t.words
	}
	t.said = true
	s := speaker{plain: t.Kind == markdown.FrontMatter || t.Kind == markdown.Comment}
	parts := t.Parts()
	if len(parts) == 1 && parts[0].Role == markdown.Words && (s.plain || !strings.ContainsAny(t.Raw, `\&`)) {
		t.words, t.mainEnd = t.Raw, len(t.Raw)
		return t.words
	}
	s.out = make([]byte, 0, len(t.Raw))
	s.stretches = make([]stretch, 0, len(parts))
	s.main(parts)
	t.mainEnd = len(s.out)
	s.apart(parts)
	t.words, t.stretches = string(s.out), s.stretches
	return t.words
}

// Main is Words without the alternative texts and titles.
func (t *Text) Main() string { return t.Words()[:t.mainEnd] }

// stretch is a run of characters of Words and the bytes of Raw that it stands for;
// if the two are as long they are the same.
type stretch struct{ at, raw, length, rawLength int }

// Span turns byte offsets of Words into those of Raw.
func (t *Text) Span(start, end int) (int, int) {
	from := t.at(start, false)
	return from, max(from, t.at(end, true))
}

// at is the offset in Raw of one in Words; of an end, that behind the character
// before it.
func (t *Text) at(offset int, end bool) int {
	t.Words()
	if t.stretches == nil {
		return offset
	}
	look := offset
	if end {
		look--
	}
	i := sort.Search(len(t.stretches), func(i int) bool { return t.stretches[i].at > look }) - 1
	if i < 0 {
		return 0
	}
	switch s := t.stretches[i]; {
	case s.length == s.rawLength:
		return s.raw + min(offset-s.at, s.length)
	case end || offset >= s.at+s.length:
		return s.raw + s.rawLength
	default:
		return s.raw
	}
}

// speaker puts together what a reader sees.
type speaker struct {
	plain     bool // no escapes and no entities
	out       []byte
	stretches []stretch
}

func (s *speaker) put(text string, raw, rawLength int) {
	s.stretches = append(s.stretches, stretch{len(s.out), raw, len(text), rawLength})
	s.out = append(s.out, text...)
}

// main puts what stands in the text itself.
func (s *speaker) main(parts []Part) {
	aside := 0 // the pair that is told apart
	for i := range parts {
		p := &parts[i]
		switch {
		case aside != 0:
			if p.Role == markdown.Closes && p.Pair == aside {
				aside = 0
			}
		case p.Role == markdown.Words:
			s.say(p.Text, p.Start)
		case p.Role == markdown.Opens && p.What == "image":
			s.put(string(Object), p.Start, len(p.Text))
			aside = p.Pair
		case p.Role == markdown.Opens && p.What == "title":
			aside = p.Pair
		case p.What == "code", p.What == "address", p.What == "verbatim" && shown(p.Text):
			s.put(string(Object), p.Start, len(p.Text))
		case p.What == "break", p.What == "html" && breaks(p.Text):
			s.put("\n", p.Start, len(p.Text))
		}
	}
}

// apart puts alternative texts and titles.
func (s *speaker) apart(parts []Part) {
	var open []int
	for i := range parts {
		p := &parts[i]
		switch {
		case p.Role == markdown.Opens && (p.What == "image" || p.What == "title"):
			open = append(open, p.Pair)
			s.put("\n", p.Start, len(p.Text))
		case p.Role == markdown.Closes && len(open) > 0 && open[len(open)-1] == p.Pair:
			open = open[:len(open)-1]
		case p.Role == markdown.Words && len(open) > 0:
			s.say(p.Text, p.Start)
		}
	}
}

// say puts words, with escapes and entities as what they stand for.
func (s *speaker) say(text string, raw int) {
	for !s.plain {
		i := strings.IndexAny(text, `\&`)
		if i < 0 {
			break
		}
		shown, n := meaning(text[i:])
		if n == 0 {
			shown, n = text[i:i+1], 1
		}
		if i > 0 {
			s.put(text[:i], raw, i)
		}
		s.put(shown, raw+i, n)
		text, raw = text[i+n:], raw+i+n
	}
	if text != "" {
		s.put(text, raw, len(text))
	}
}

// longestEntity bounds the search for the end of an entity.
const longestEntity = 34

// meaning is what the escape or the entity that a text begins with stands for, and
// its length; 0 if it begins with none.
func meaning(text string) (string, int) {
	if text[0] == '\\' {
		if len(text) > 1 && isPunct(text[1]) {
			return text[1:2], 2
		}
		return "", 0
	}
	n := strings.IndexByte(text[:min(len(text), longestEntity)], ';') + 1
	if n == 0 {
		return "", 0
	}
	if shown := html.UnescapeString(text[:n]); shown != text[:n] && utf8.ValidString(shown) {
		return shown, n
	}
	return "", 0
}

// isPunct reports whether Markdown lets a character be escaped.
func isPunct(c byte) bool {
	return c > ' ' && c < 0x7f && (c < '0' || c > '9') && (c|0x20 < 'a' || c|0x20 > 'z')
}

// shown reports whether a reader sees something in the place of a verbatim: not of a
// comment or an id.
func shown(verbatim string) bool {
	return !strings.HasPrefix(verbatim, "<!--") && !strings.HasPrefix(verbatim, "{#")
}

func breaks(tag string) bool {
	return len(tag) > 3 && strings.EqualFold(tag[:3], "<br") && (tag[3] == '>' || tag[3] == '/' || tag[3] == ' ')
}
