package markdown

import (
	"bytes"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// definitions takes link reference definitions from the beginning of a paragraph:
// CommonMark 0.31, section 4.7. goldmark's own moves all that follows for each of
// them, and takes for a title what begins the text after it.
type definitions struct{}

func (definitions) Transform(n *ast.Paragraph, reader text.Reader, pc parser.Context) {
	lines, source := n.Lines(), reader.Source()
	if first := lines.At(0); !bytes.HasPrefix(util.TrimLeftSpace(source[first.Start:first.Stop]), []byte{'['}) {
		return
	}
	var all []byte
	starts := make([]int, lines.Len()) // of the lines in all
	for i := range lines.Len() {
		l := lines.At(i)
		starts[i] = len(all)
		all = append(all, l.Value(source)...)
	}
	g := pc.Get(guardKey).(*guard)
	at, line := 0, 0
	for at < len(all) && g.at < 0 {
		d := definitionIn(all[at:])
		if d.waste > 0 {
			g.charge(d.waste, lines.At(line).Start)
		}
		if d.length == 0 {
			break
		}
		g.add(1, lines.At(line).Start)
		from := line
		for line < lines.Len() && starts[line] < at+d.length {
			line++
		}
		def := ast.NewLinkReferenceDefinition(d.label, d.aliased(lines, starts, source, at, from), d.title)
		for i := from; i < line; i++ {
			def.Lines().Append(lines.At(i))
		}
		last := def.Lines().At(line - from - 1)
		def.Lines().Set(line-from-1, last.TrimRightSpace(source))
		first := lines.At(from)
		def.SetPos(first.Start + util.TrimLeftSpaceLength(source[first.Start:first.Stop]))
		def.SetBlankPreviousLines(from == 0 && n.HasBlankPreviousLines())
		n.Parent().InsertBefore(n.Parent(), n, def)
		pc.AddReference(parser.NewReference(d.label, def.Destination, d.title))
		at += d.length
	}
	lines.SetSliced(line, lines.Len())
	if lines.Len() == 0 {
		n.Parent().RemoveChild(n.Parent(), n)
	}
}

// definition is a link reference definition, and where its destination stands in
// the text that it begins.
type definition struct {
	label, destination, title []byte
	start                     int
	length                    int // with the newline; 0: there is none
	waste                     int // what was looked through for the end of a title
}

// aliased is the destination of the definition that begins on a line, as a part of the
// source, where the line that it stands on is one.
func (d *definition) aliased(lines *text.Segments, starts []int, source []byte, at, line int) []byte {
	i := line
	for i+1 < len(starts) && starts[i+1] <= at+d.start {
		i++
	}
	l := lines.At(i)
	from := l.Start + at + d.start - starts[i] - l.Padding
	if from < l.Start || from+len(d.destination) > l.Stop || !bytes.Equal(source[from:from+len(d.destination)], d.destination) {
		return d.destination
	}
	return source[from : from+len(d.destination)]
}

// definitionIn is the definition that begins a text.
func definitionIn(s []byte) (d definition) {
	indent, at := util.IndentWidth(s, 0)
	if indent > 3 || at >= len(s) || s[at] != '[' {
		return d
	}
	end := labelEnd(s[at+1:])
	if end < 0 || util.IsBlank(s[at+1:at+1+end]) {
		return d
	}
	d.label = s[at+1 : at+1+end]
	at += end + 2
	if at >= len(s) || s[at] != ':' {
		return d
	}
	at = pastSpace(s, at+1)
	n := destinationIn(s[at:])
	if n == 0 {
		return d
	}
	d.start, d.destination = at, s[at:at+n]
	if s[at] == '<' {
		d.start, d.destination = at+1, s[at+1:at+n-1]
	}
	at += n
	d.length = pastLine(s, at)
	title := pastSpace(s, at)
	if title == at || title == len(s) {
		return d
	}
	n = titleIn(s[title:])
	switch {
	case n < 0:
		d.waste = len(s) - title
	case n > 0:
		if stop := pastLine(s, title+n); stop > 0 {
			d.title, d.length = s[title+1:title+n-1], stop
		}
	}
	return d
}

// pastSpace is where white space from there on ends.
func pastSpace(s []byte, at int) int {
	for at < len(s) && isSpace(s[at]) {
		at++
	}
	return at
}

// pastLine is where the next line begins, 0 if anything else than white space comes
// before it.
func pastLine(s []byte, at int) int {
	for ; at < len(s) && isSpace(s[at]); at++ {
		if s[at] == '\n' {
			return at + 1
		}
	}
	if at < len(s) {
		return 0
	}
	return at
}

// destinationIn is the length of the link destination that begins a text, angle
// brackets included; 0 if none does.
func destinationIn(s []byte) int {
	angled := len(s) > 0 && s[0] == '<'
	depth, i := 0, 0
	if angled {
		i = 1
	}
	for ; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s) && util.IsPunct(s[i+1]):
			i++
		case angled && c == '>':
			return i + 1
		case angled && (c == '<' || c == '\n'):
			return 0
		case angled:
		case isSpace(c):
			return i
		case c == '(':
			depth++
		case c == ')':
			if depth--; depth < 0 {
				return i
			}
		}
	}
	if angled {
		return 0
	}
	return i
}

// titleIn is the length of the link title that begins a text, quotes included; 0 if
// none begins it, -1 if it does not end.
func titleIn(s []byte) int {
	shut := s[0]
	switch shut {
	case '"', '\'':
	case '(':
		shut = ')'
	default:
		return 0
	}
	for i := 1; i < len(s); i++ {
		switch c := s[i]; {
		case c == '\\' && i+1 < len(s) && util.IsPunct(s[i+1]):
			i++
		case c == shut:
			return i + 1
		case c == '(' && shut == ')':
			return 0
		}
	}
	return -1
}
