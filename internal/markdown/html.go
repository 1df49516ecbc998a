package markdown

import (
	"bytes"
	"strings"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"golang.org/x/net/html"
)

// htmlParser reads HTML blocks as goldmark does. It knows how most of them begin without
// the eight expressions that goldmark tries on each line.
type htmlParser struct{ parser.BlockParser }

func (p htmlParser) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	line, segment := reader.PeekLine()
	kind, ok := htmlKind(line)
	if !ok {
		if unfinished(line) {
			return nil, parser.NoChildren
		}
		return p.BlockParser.Open(parent, reader, pc)
	}
	n := ast.NewHTMLBlock(kind)
	n.Lines().Append(segment)
	reader.AdvanceToEOL()
	return n, parser.NoChildren
}

// htmlKind tells a line that begins with a comment or the tag of a block: CommonMark
// 0.31, section 4.6, conditions 2 and 6. It reports false for what it does not know.
func htmlKind(line []byte) (kind ast.HTMLBlockType, ok bool) {
	l := bytes.TrimLeft(line, " ")
	if len(line)-len(l) > 3 {
		return 0, false
	}
	if bytes.HasPrefix(l, []byte("<!--")) {
		return ast.HTMLBlockType2, true
	}
	l = bytes.TrimPrefix(bytes.TrimPrefix(l, []byte{'<'}), []byte{'/'})
	n := 0
	for n < len(l) && ('a' <= l[n] && l[n] <= 'z' || '0' <= l[n] && l[n] <= '9') {
		n++
	}
	// goldmark goes by 0.31, which knows no block <source> any more.
	if name := l[:n]; !htmlBlocks[string(name)] || string(name) == "source" {
		return 0, false
	}
	l = l[n:]
	return ast.HTMLBlockType6, len(l) > 0 && (l[0] == '>' || l[0] == ' ' || l[0] == '\n') || bytes.HasPrefix(l, []byte("/>"))
}

// unfinished reports whether a line begins with a tag that does not end on it and is no
// block's, which begins no HTML block: CommonMark 0.31, section 4.6, condition 7.
func unfinished(line []byte) bool {
	l := bytes.TrimLeft(line, " ")
	if len(l) < 2 || !isAlpha(l[1]) || bytes.IndexByte(l, '>') >= 0 {
		return false
	}
	n := 1
	for n < len(l) && (isAlpha(l[n]) || '0' <= l[n] && l[n] <= '9' || l[n] == '-') {
		n++
	}
	name := strings.ToLower(string(l[1:n]))
	return !htmlBlocks[name] && !rawBlocks[name]
}

// htmlRuns are the texts between the block-level tags of an HTML block, inline tags
// included: what a translator sees of it.
//
//	<figure><img src="map.svg"><figcaption>The <b>northern</b> border</figcaption></figure>
//	                                       └──────────┬───────────┘
func htmlRuns(body []byte, n *ast.HTMLBlock) []span {
	from, to, ok := htmlRange(body, n)
	if !ok || onlyTags(body[from:to]) {
		return nil
	}
	r := runReader{body: body, start: -1}
	z := html.NewTokenizer(bytes.NewReader(body[from:to]))
	for at := from; ; {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		raw := z.Raw()
		stop := at + len(raw)
		name, _ := z.TagName()
		r.token(kind, string(name), at, stop)
		at = stop
	}
	r.end()
	return r.runs
}

// onlyTags reports whether a block is a tag or several, as most are: nothing shows
// outside them.
func onlyTags(html []byte) bool {
	inside := false
	for _, c := range html {
		switch {
		case c == '<':
			inside = true
		case c == '>' && inside:
			inside = false
		case !inside && !isSpace(c):
			return false
		}
	}
	return true
}

// runReader gathers the texts of an HTML block.
type runReader struct {
	body      []byte
	runs      []span
	start, at int    // of the text being read; start is -1 between texts
	worth     bool   // something shows in it
	open      int    // elements that are open in it
	begun     bool   // the tag that begins the block was read
	muted     string // the element whose content is no text
}

func (r *runReader) token(kind html.TokenType, name string, start, stop int) {
	raw := r.body[start:stop]
	text := kind == html.TextToken
	blank := len(bytes.Trim(raw, " \t\r\n")) == 0
	switch {
	case r.muted != "":
		if kind == html.EndTagToken && name == r.muted {
			r.muted = ""
		}
	case kind == html.StartTagToken && (mutedTags[name] || name == "pre"):
		r.end()
		r.muted = name
	case !r.begun:
		// The tag that begins the block stays out of its texts, whatever it is.
		r.begun = !text
	case kind == html.EndTagToken && r.open == 0:
		r.end() // of an element that began outside the text
	case text && (r.start >= 0 || !blank), inText(kind, name, raw):
		if r.start < 0 {
			r.start = start
		}
		switch {
		case kind == html.StartTagToken && !voidTags[name] && name != "img":
			r.open++
		case kind == html.EndTagToken:
			r.open--
		}
		r.at = stop
		r.worth = r.worth || text && !blank
	case !text:
		r.end()
	}
}

// inText reports whether a tag can stand within a text: it is no block's and no
// component's.
func inText(kind html.TokenType, name string, raw []byte) bool {
	switch kind {
	case html.StartTagToken, html.EndTagToken, html.SelfClosingTagToken:
		first := bytes.TrimLeft(raw, "</")
		return !htmlBlocks[name] && len(first) > 0 && (first[0] < 'A' || first[0] > 'Z')
	}
	return false
}

// end takes in the text that ends here.
func (r *runReader) end() {
	if r.worth {
		text := r.body[r.start:r.at]
		r.runs = append(r.runs, span{
			start: r.at - len(bytes.TrimLeft(text, " \t\r\n")),
			end:   r.start + len(bytes.TrimRight(text, " \t\r\n")),
			form:  markup,
		})
	}
	r.start, r.worth, r.open = -1, false, 0
}

// htmlRange is where an HTML block stands. It reports false if the marks of a quote
// stand between its lines, or if it is a comment or an instruction.
func htmlRange(body []byte, n *ast.HTMLBlock) (from, to int, ok bool) {
	lines := n.Lines()
	if lines.Len() == 0 || n.HTMLBlockType != ast.HTMLBlockType6 && n.HTMLBlockType != ast.HTMLBlockType7 {
		return 0, 0, false
	}
	from, to = lines.At(0).Start, lines.At(lines.Len()-1).Stop
	for i := 1; i < lines.Len(); i++ {
		if gap := body[lines.At(i-1).Stop:lines.At(i).Start]; len(bytes.Trim(gap, " \t")) > 0 {
			return 0, 0, false
		}
	}
	return from, to, true
}

// html takes in the texts of an HTML block.
func (s *scanner) html(n *ast.HTMLBlock) {
	s.expect(len(s.runs))
	for _, run := range s.runs {
		at := len(s.doc.blocks)
		s.doc.blocks = append(s.doc.blocks, block{node: n, kind: HTML, span: run})
		if text := s.doc.body[run.start:run.end]; !s.bare && !s.skip && worded([]byte(html.UnescapeString(string(text)))) {
			s.segment(at, Segment{Kind: HTML, span: run, Text: folded(text)})
		}
	}
}

// mixHTML adds what stands between the texts of an HTML block to a hash.
func (s *scanner) mixHTML(h uint64, n *ast.HTMLBlock) uint64 {
	s.runs = htmlRuns(s.doc.body, n)
	if len(s.runs) == 0 {
		return s.mixLines(h, n)
	}
	from, to, _ := htmlRange(s.doc.body, n)
	for _, run := range s.runs {
		h = mixBytes(h, s.doc.body[from:run.start])
		from = run.end
	}
	return mixBytes(h, s.doc.body[from:to])
}

// runsOf are the blocks that the texts of an HTML or code block are.
func (r *renderer) runsOf(n ast.Node) []block {
	first, ok := r.blocks[n]
	if !ok {
		return nil
	}
	last := first
	for last < len(r.doc.blocks) && r.doc.blocks[last].node == n {
		last++
	}
	return r.doc.blocks[first:last]
}

// htmlBlock writes an author's HTML; its texts carry the marks of their segments.
func (r *renderer) htmlBlock(n *ast.HTMLBlock) {
	runs := r.runsOf(n)
	if len(runs) == 0 {
		r.rawLines(n)
		return
	}
	from, to, _ := htmlRange(r.doc.body, n)
	for _, run := range runs {
		r.rawHTML(r.doc.body[from:run.span.start], true)
		r.htmlText(&run)
		from = run.span.end
	}
	r.rawHTML(r.doc.body[from:to], true)
	r.shutTag("p")
}

// markOfText is what the edition says of one text of a block.
func (r *renderer) markOfText(b *block) Mark {
	if r.how.Mark == nil || b.segs.to == 0 {
		return Mark{}
	}
	return r.how.Mark(b.segs.from)
}

// htmlText writes one text of an HTML block; what is outside every element is a
// paragraph of its own.
func (r *renderer) htmlText(b *block) {
	r.leaveTable()
	m := r.markOfText(b)
	tag := ""
	switch {
	case len(r.tags) == r.floor:
		tag = "p"
	case m != (Mark{}):
		tag = "span"
	}
	if tag != "" {
		r.text("<" + tag)
		r.mark(m)
		r.text(">")
	}
	floor := r.floor
	r.floor = len(r.tags)
	r.rawHTML([]byte(folded(r.doc.body[b.span.start:b.span.end])), false)
	r.closeTags(r.floor)
	r.floor = floor
	if tag != "" {
		r.text("</" + tag + ">")
	}
	if tag == "p" {
		r.text("\n")
	}
}

// folded is a text of HTML on one line.
func folded(text []byte) string {
	if bytes.IndexByte(text, '\n') < 0 {
		return string(text)
	}
	var out strings.Builder
	for piece := range bytes.Lines(text) {
		piece = bytes.Trim(piece, " \t\r\n")
		out.WriteString(glue(out.String(), string(piece)))
		out.Write(piece)
	}
	return out.String()
}
