package markdown

import (
	"bytes"
	"regexp"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// verbatim is what a generator replaces or runs, within a paragraph: a shortcode,
// an include, a component's tag, an expression, a formula. It stays as it is.
type verbatim struct {
	ast.BaseInline
	text    []byte
	formula bool
}

var kindVerbatim = ast.NewNodeKind("Verbatim")

func (*verbatim) Kind() ast.NodeKind { return kindVerbatim }

func (v *verbatim) Dump(source []byte, level int) { ast.DumpHelper(v, source, level, nil, nil) }

// verbatimSpan is how a verbatim begins and ends.
type verbatimSpan struct {
	open, shut string
}

// verbatimSpans are those of the constructs, the longer beginnings first.
func verbatimSpans(c construct) (spans []verbatimSpan) {
	add := func(of construct, open, shut string) {
		if c&of != 0 {
			spans = append(spans, verbatimSpan{open, shut})
		}
	}
	add(shortcodes, "{{<", ">}}")
	add(shortcodes, "{{%", "%}}")
	add(includes, "{{#", "}}")
	add(macros, "{{", "}}")
	add(macros, "{%", "%}")
	add(macros, "{*", "*}")
	add(math, "$$", "$$")
	add(math, "$", "$")
	add(mdx, "{", "}")
	add(mdx, "<", ">")
	return spans
}

type verbatimParser struct{ spans []verbatimSpan }

func (p verbatimParser) Trigger() []byte {
	var marks []byte
	for _, s := range p.spans {
		if bytes.IndexByte(marks, s.open[0]) < 0 {
			marks = append(marks, s.open[0])
		}
	}
	return marks
}

func (p verbatimParser) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	g := pc.Get(guardKey).(*guard)
	if g.at >= 0 {
		return nil
	}
	line, segment := block.PeekLine()
	for _, s := range p.spans {
		if !bytes.HasPrefix(line, []byte(s.open)) || bytes.HasPrefix(line, []byte(commentOpen)) {
			continue
		}
		n := s.length(line, false)
		// A few lines more each time: what ends soon costs little.
		for lines, all := 2, false; n == unended && !all; lines *= 2 {
			line, all = ahead(parent, block, lines)
			g.charge(len(line), segment.Start)
			n = s.length(line, all)
		}
		if n <= 0 {
			g.charge(len(line), segment.Start)
			continue
		}
		v := &verbatim{text: line[:n], formula: s.open[0] == '$'}
		v.SetPos(segment.Start)
		skip(block, n)
		return v
	}
	return nil
}

// unended is the length of what does not end in a text, and may end on a further line.
const unended = -1

// length is the length of the verbatim that text begins with, 0 if it begins with none,
// or unended. All of the block is given, or its first line, in which case quotes may be
// closed on another.
func (s verbatimSpan) length(text []byte, all bool) int {
	switch s.open {
	case "$", "$$":
		return formulaLength(text, len(s.open))
	case "<":
		return tagLength(text, all)
	case "{":
		return bracedLength(text, all)
	}
	if i := bytes.Index(text[len(s.open):], []byte(s.shut)); i >= 0 {
		return len(s.open) + i + len(s.shut)
	}
	return unended
}

// formulaLength is the length of the formula that a text begins with, 0 if it
// begins with a sum of money: a formula's first character is no space, nor is its
// last, and no digit follows it.
func formulaLength(line []byte, marks int) int {
	if len(line) <= marks || util.IsSpace(line[marks]) {
		return 0
	}
	for i := marks; i < len(line); i++ {
		switch line[i] {
		case '\\':
			i++
		case '$':
			if marks == 2 {
				if i > marks && i+1 < len(line) && line[i+1] == '$' {
					return i + 2
				}
				continue
			}
			if i == marks || util.IsSpace(line[i-1]) || i+1 < len(line) && '0' <= line[i+1] && line[i+1] <= '9' {
				return 0
			}
			return i + 1
		}
	}
	return unended
}

// componentTag reports whether a text begins with a tag that HTML does not have: of a
// component, or a fragment.
func componentTag(text []byte) bool {
	name := bytes.TrimPrefix(text[1:], []byte{'/'})
	return text[0] == '<' && len(name) > 0 && (name[0] == '>' || 'A' <= name[0] && name[0] <= 'Z')
}

// tagLength is the length of the tag of a component that text begins with, or of
// any tag with an expression in it; 0 if it begins with neither, or unended.
func tagLength(text []byte, all bool) int {
	component := componentTag(text)
	braces := false
	for i := 1; i < len(text); i++ {
		switch text[i] {
		case '{':
			n := bracedLength(text[i:], all)
			if n <= 0 {
				return n
			}
			i += n - 1
			braces = true
		case '"', '\'':
			n := bytes.IndexByte(text[i+1:], text[i])
			if n < 0 {
				return unended
			}
			i += n + 1
		case '>':
			if component || braces {
				return i + 1
			}
			return 0
		case '<':
			return 0
		}
		if i == 1 && !component && !util.IsAlphaNumeric(text[i]) && text[i] != '/' {
			return 0
		}
	}
	return unended
}

// bracedLength is the length of the expression in braces that text begins with,
// past strings and inner braces, or unended.
func bracedLength(text []byte, all bool) int {
	depth := 0
	for i := 0; i < len(text); i++ {
		switch text[i] {
		case '{':
			depth++
		case '}':
			if depth--; depth == 0 {
				return i + 1
			}
		case '"', '`':
			n := bytes.IndexByte(text[i+1:], text[i])
			if n < 0 && !all {
				return unended
			}
			i += n + 1
		}
	}
	return unended
}

// verbatimBlock is a block that stays as it is: a formula, the tag of a component,
// lines that import or export.
type verbatimBlock struct {
	ast.BaseBlock
	formula bool
	open    bool // the next line belongs to it
	shut    string
}

var kindVerbatimBlock = ast.NewNodeKind("VerbatimBlock")

func (*verbatimBlock) Kind() ast.NodeKind { return kindVerbatimBlock }

func (*verbatimBlock) IsRaw() bool { return true }

func (v *verbatimBlock) Dump(source []byte, level int) { ast.DumpHelper(v, source, level, nil, nil) }

type verbatimBlockParser struct{ constructs construct }

func (p verbatimBlockParser) Trigger() []byte {
	var marks []byte
	if p.constructs&math != 0 {
		marks = append(marks, '$')
	}
	if p.constructs&mdx != 0 {
		marks = append(marks, '<', 'i', 'e', '{')
	}
	return marks
}

var moduleLine = regexp.MustCompile(`^(?:import|export)[ \t{*]`)

func (p verbatimBlockParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	at := pc.BlockOffset()
	if at < 0 {
		return nil, parser.NoChildren
	}
	v := &verbatimBlock{}
	text := bytes.TrimRight(line[at:], " \t\r\n")
	switch text[0] {
	case '$':
		if !bytes.HasPrefix(text, []byte("$$")) {
			return nil, parser.NoChildren
		}
		v.formula, v.shut = true, "$$"
		v.open = len(text) < 4 || !bytes.HasSuffix(text, []byte("$$"))
	case 'i', 'e':
		if parent.Kind() != ast.KindDocument || at > 0 || ast.IsParagraph(pc.LastOpenedBlock().Node) ||
			!moduleLine.Match(text) {
			return nil, parser.NoChildren
		}
		v.open = true
	default:
		if !v.lone(text, reader) {
			return nil, parser.NoChildren
		}
	}
	v.Lines().Append(segment)
	reader.AdvanceToEOL()
	return v, parser.NoChildren
}

// lone reports whether a line holds nothing but tags of components, expressions
// and comments, or begins a tag that goes on.
func (v *verbatimBlock) lone(text []byte, reader text.Reader) bool {
	for len(text) > 0 {
		n := 0
		if text[0] == '<' {
			n = tagLength(text, true)
		} else if text[0] == '{' {
			n = bracedLength(text, true)
		}
		if n <= 0 {
			v.open = componentTag(text) && bytes.IndexByte(text, '>') < 0 || bytes.HasPrefix(text, []byte("{/*"))
			v.shut = ">"
			if text[0] == '{' {
				v.shut = "}"
			}
			return v.open
		}
		text = bytes.TrimLeft(text[n:], " \t")
	}
	return true
}

func (p verbatimBlockParser) Continue(node ast.Node, reader text.Reader, _ parser.Context) parser.State {
	v := node.(*verbatimBlock)
	line, segment := reader.PeekLine()
	if !v.open || v.shut == "" && util.IsBlank(line) {
		return parser.Close
	}
	v.Lines().Append(segment)
	reader.AdvanceToEOL()
	if v.shut != "" && bytes.HasSuffix(bytes.TrimRight(line, " \t\r\n"), []byte(v.shut)) {
		v.open = false
	}
	return parser.Continue | parser.NoChildren
}

func (verbatimBlockParser) Close(ast.Node, text.Reader, parser.Context) {}

func (verbatimBlockParser) CanInterruptParagraph() bool { return true }

func (verbatimBlockParser) CanAcceptIndentedLine() bool { return false }
