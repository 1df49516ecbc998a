package markdown

import (
	"bytes"
	"cmp"
	"slices"
	"unicode/utf8"
	"unsafe"

	"dragoman/internal/diag"

	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
)

// Parse reads an article. The document is nil if a finding is an Error: the
// article is not UTF-8, its front matter is malformed, or it is too large or too
// deeply nested to be read in linear time (see limits and guard).
func Parse(path string, src []byte, dialect Dialect) (*Document, diag.List) {
	lines := diag.NewLines(path, src)
	if found := limits(src, lines); found.HasErrors() {
		return nil, found
	}
	d := &Document{Path: path, src: src, dialect: dialect}
	found := d.readFrontMatter(lines)
	if found.HasErrors() {
		return nil, found
	}
	d.frontSegments()
	scan, g := d.read(nil)
	if g.at >= 0 {
		return nil, append(found, g.bound.finding(lines.At(g.at+d.front.end)))
	}
	d.place(lines)
	for _, f := range scan.found {
		f.Pos = lines.At(f.offset + d.front.end)
		found = append(found, f.Finding)
	}
	d.trails()
	d.ids = d.anchors()
	return d, found
}

// read reads what follows the front matter; of a translation only what it has for
// itself, and about as much as its article. The guard says whether it gave up.
func (d *Document) read(article *Document) (*scanner, *guard) {
	d.body = d.src[d.front.end:]
	// No copy: nobody changes the bytes of a document.
	d.text = unsafe.String(unsafe.SliceData(d.body), len(d.body))
	g := &guard{at: -1}
	pc := parser.NewContext()
	pc.Set(guardKey, g)
	d.root = d.dialect.parserOf(d.body).Parse(text.NewReader(d.body), parser.WithContext(pc))
	if g.at >= 0 {
		return nil, g
	}
	if article == nil {
		blocks, nodes := count(d.root)
		d.blocks = make([]block, 0, blocks)
		d.shape = make([]uint64, 0, nodes)
		d.Segments = slices.Grow(d.Segments, blocks)
	} else {
		d.blocks = make([]block, 0, len(article.blocks))
		d.shape = make([]uint64, 0, len(article.shape))
		d.links = make([]LinkRef, 0, len(article.links))
		d.heads = make([]int, 0, len(article.heads))
	}
	s := &scanner{doc: d, bare: article != nil, shut: g.shut}
	s.scan(d.root)
	d.sort()
	return s, g
}

// sort brings blocks, segments and headings into the order of the article:
// goldmark gathers the footnotes where the first one stands, and moves what stands
// above a table with an underline below.
func (d *Document) sort() {
	byStart := func(a, b block) int { return cmp.Compare(a.span.start, b.span.start) }
	if slices.IsSortedFunc(d.blocks, byStart) {
		return
	}
	slices.SortStableFunc(d.links, func(a, b LinkRef) int { return cmp.Compare(a.offset, b.offset) })
	slices.SortStableFunc(d.blocks, byStart)
	old := d.Segments
	d.Segments = make([]Segment, 0, len(old))
	for _, seg := range old {
		if seg.block < 0 {
			d.Segments = append(d.Segments, seg)
		}
	}
	d.heads = d.heads[:0]
	for i := range d.blocks {
		b := &d.blocks[i]
		if b.kind == Heading {
			d.heads = append(d.heads, i)
		}
		from := len(d.Segments)
		for _, seg := range old[b.segs.from:b.segs.to] {
			seg.block = i
			d.Segments = append(d.Segments, seg)
		}
		if b.segs.to > 0 {
			b.segs = segRange{from, len(d.Segments)}
		}
	}
}

// place turns offsets into places.
func (d *Document) place(lines *diag.Lines) {
	for i := range d.Segments {
		seg := &d.Segments[i]
		seg.Pos = lines.At(d.offset(seg))
	}
	for i := range d.links {
		d.links[i].Pos = lines.At(d.links[i].offset + d.front.end)
	}
}

// offset is where a segment begins in the source.
func (d *Document) offset(seg *Segment) int {
	if seg.block < 0 {
		return seg.start
	}
	return seg.start + d.front.end
}

// trails gives each segment the headings that it stands under.
func (d *Document) trails() {
	var trail []string
	var levels []int
	for i := range d.Segments {
		seg := &d.Segments[i]
		if seg.Kind == Heading {
			n := len(levels)
			for n > 0 && levels[n-1] >= seg.Level {
				n--
			}
			levels, trail = levels[:n], trail[:n:n]
		}
		seg.Trail = trail
		if seg.Kind == Heading {
			levels = append(levels, seg.Level)
			trail = append(trail[:len(trail):len(trail)], Plain(seg.Text))
		}
	}
}

// limits refuses an article that is too large or too deep to be read in linear time,
// or is not text.
func limits(src []byte, lines *diag.Lines) diag.List {
	fault := func(offset int, code, text, hint string) diag.List {
		return diag.List{bound{code, text, hint}.finding(lines.At(offset))}
	}
	if len(src) > maxSize {
		return fault(0, "too-large", "the article is larger than 16 MiB", "split it")
	}
	if at := invalid(src); at >= 0 {
		return fault(at, "encoding", "not UTF-8", "save the file as UTF-8")
	}
	offset := 0
	for l := range bytes.Lines(src) {
		if nesting(l) > maxDepth {
			return diag.List{tooDeep.finding(lines.At(offset))}
		}
		offset += len(l)
	}
	return nil
}

// invalid is the offset of the first byte that is not UTF-8 or is NUL, -1 if
// there is none.
func invalid(src []byte) int {
	if utf8.Valid(src) {
		return bytes.IndexByte(src, 0)
	}
	for i := 0; i < len(src); {
		r, n := utf8.DecodeRune(src[i:])
		if r == utf8.RuneError && n == 1 || r == 0 {
			return i
		}
		i += n
	}
	return -1
}

// nesting counts the containers that a line opens.
func nesting(l []byte) (depth int) {
	for i, c := range l {
		switch {
		case c == '>' || (c == '-' || c == '*' || c == '+') && i+1 < len(l) && isSpace(l[i+1]):
			depth++
		case c == '.' || c == ')':
			depth++
		case !isSpace(c) && (c < '0' || c > '9'):
			return depth
		}
	}
	return depth
}

// walkInline calls f for each inline node below n, in order.
func walkInline(n ast.Node, f func(ast.Node)) {
	for c := n.FirstChild(); c != nil; c = c.NextSibling() {
		f(c)
		walkInline(c, f)
	}
}
