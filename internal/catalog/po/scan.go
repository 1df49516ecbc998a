package po

import (
	"bytes"
	"strconv"
	"strings"
	"unicode/utf8"
	"unsafe"

	"dragoman/internal/catalog"
	"dragoman/internal/diag"
)

// section is the text that string literals belong to.
type section uint8

const (
	nowhere section = iota
	skipped         // after what was not understood, told once
	previousContext
	previousSource
	previousPlural
	context
	source
	plural
	target
)

func (s section) previous() bool { return s >= previousContext && s <= previousPlural }

// parser reads a file line by line, since only a backslash can carry a string
// literal over the end of its line.
type parser struct {
	path string
	src  []byte
	text string // the same bytes; what has no escape is a part of it
	charsetText
	headerOnly bool // stop after the first entry

	file     *catalog.File
	faults   []fault
	headerAt int // the offset of the header's first keyword
	hasHead  bool

	// the line
	i, eol, next int
	line         int // counts from 1
	lineStart    int
	counted      int // the column is known up to this offset
	column       int
	obsolete     bool // after #~
	old          bool // after #| or #~|
	ends         bool // the last token ended an entry's text

	intro intro
	entry entry
	acc   accumulator

	start    int // where the next entry's bytes begin
	end      int // where the bytes of the entry so far end
	inOurs   bool
	unclosed bool // no conflict marker closes in the rest of the file

	messages []catalog.Message // what is left of a slab
	strings  []string          // a slab
}

// intro is what stands before an entry's first keyword.
type intro struct {
	comments, notes, references, flags, sticky []string

	fuzzy    bool
	previous catalog.Previous
	oldAt    int // the offset of the first #| keyword, -1 without
	oldID    bool
	oldGone  bool // the #| stands in an obsolete entry
}

// entry is what has been read from an entry's first keyword on.
type entry struct {
	catalog.Entry
	open       bool
	broken     bool // told; no need to tell what is missing
	hasContext bool
	hasSource  bool
	hasPlural  bool
	forms      int // begun, by the index that is due
	pos        diag.Pos
	at         int
	targetPos  diag.Pos
	commentAt  int // a comment inside the entry, -1 without
	targets    int // texts of the target
	mixed      bool
	suspects   []suspect
	dependent  bool // its bytes mean something else in another place or charset
}

// complete reports whether nothing more is needed.
func (e *entry) complete() bool { return e.forms > 0 }

// newParser views src as a string without a copy, which Parse's contract allows:
// it would be a fifth of the time and of the memory.
func newParser(path string, src []byte, text charsetText) *parser {
	p := &parser{
		path: path, src: src, text: unsafe.String(unsafe.SliceData(src), len(src)),
		charsetText: text, file: &catalog.File{Path: path},
	}
	p.intro.oldAt = -1
	return p
}

func (p *parser) fail(at int, code, text, hint string) {
	p.report(diag.Error, at, code, text, hint, catalog.Key{})
}

func (p *parser) report(s diag.Severity, at int, code, text, hint string, k catalog.Key) {
	p.faults = append(p.faults, fault{diag.Finding{Code: code, Severity: s, Text: text, Hint: hint, Key: k}, at})
}

// run reads the whole file.
func (p *parser) run() {
	if strings.HasPrefix(p.text, byteOrderMark) {
		p.file.Layout.BOM = true
		p.next = len(byteOrderMark)
	}
	if n := strings.IndexByte(p.text, '\n'); n > 0 {
		p.file.Layout.CRLF = p.text[n-1] == '\r'
	}
	if !p.headerOnly {
		p.file.Grow(len(p.src) / entrySize)
	}
	p.start, p.end = p.next, p.next
	for p.next < len(p.text) {
		p.readLine()
		if p.headerOnly && (len(p.file.Messages) > 0 || p.hasHead) {
			return
		}
	}
	p.finish()
	if p.intro.oldAt >= 0 {
		p.fail(p.intro.oldAt, "syntax", "a previous source (#|) without an entry", "put it right above its msgid")
	}
	if p.start < len(p.src) {
		p.file.Layout.Tail = p.src[p.start:]
	}
}

// readLine reads the line that begins at next.
func (p *parser) readLine() {
	p.beginLine(p.next)
	p.obsolete, p.old, p.ends = false, false, false
	for p.skipBlanks() {
		switch c := p.text[p.i]; {
		case c == '"':
			p.readString()
		case c == '#':
			p.readHash()
		case isLetter(c):
			p.readKeyword()
		default:
			p.readStray()
		}
	}
	if p.ends {
		p.end = p.next
	}
}

// beginLine finds the line's end. A carriage return before it is no part of the
// line.
func (p *parser) beginLine(at int) {
	p.line++
	p.i, p.lineStart = at, at
	p.counted, p.column = at, 1
	if n := strings.IndexByte(p.text[at:], '\n'); n >= 0 {
		p.eol, p.next = at+n, at+n+1
	} else {
		p.eol, p.next = len(p.text), len(p.text)
	}
	for p.eol > at && p.text[p.eol-1] == '\r' {
		p.eol--
	}
}

// skipBlanks reports whether the line goes on after white space.
func (p *parser) skipBlanks() bool {
	for p.i < p.eol && isBlank(p.text[p.i]) {
		p.i++
	}
	return p.i < p.eol
}

func isBlank(c byte) bool { return c == ' ' || c == '\t' || c == '\r' || c == '\f' || c == '\v' }

func isLetter(c byte) bool { return c|0x20 >= 'a' && c|0x20 <= 'z' || c == '_' }

// place is that of an offset in the line, after those asked for before.
func (p *parser) place(at int) diag.Pos {
	p.column += utf8.RuneCountInString(p.text[p.counted:at])
	p.counted = at
	return diag.Pos{Path: p.path, Line: p.line, Column: p.column}
}

// readHash reads from # on: what marks the rest of the line, or a comment.
func (p *parser) readHash() {
	kind := byte(' ')
	if p.i+1 < p.eol {
		kind = p.text[p.i+1]
	}
	switch kind {
	case '~':
		p.obsolete = true
		p.i += 2
		if p.i < p.eol && p.text[p.i] == '|' {
			p.old = true
			p.i++
		}
	case '|':
		p.old = true
		p.i += 2
	default:
		p.beforeEntry()
		if p.intro.oldAt >= 0 {
			p.fail(p.i, "syntax", "a comment between the previous source (#|) and its entry", "move it above the #| lines")
		}
		p.readComment(kind, p.text[p.i+1:p.eol])
		p.i = p.eol
		p.ends = false
	}
}

// beforeEntry ends what a comment or a previous source cannot be part of.
func (p *parser) beforeEntry() {
	p.endSection()
	switch {
	case !p.entry.open:
	case p.entry.complete():
		p.finish()
	case p.entry.commentAt < 0:
		p.entry.commentAt = p.i
	}
}

// readStray reads a line's rest that no rule of the grammar begins with.
func (p *parser) readStray() {
	if p.i == p.lineStart && p.readMarker() {
		return
	}
	r, _ := utf8.DecodeRuneInString(p.text[p.i:])
	p.stray(p.i, "unexpected "+strconv.QuoteRune(r), "a text stands in double quotes, a comment after #")
}

// stray tells of what is not understood, and passes over it up to the next
// keyword.
func (p *parser) stray(at int, text, hint string) {
	p.fail(at, "syntax", text, hint)
	p.endSection()
	p.acc.section = skipped
	p.entry.broken = true
	p.i = p.eol
	p.ends = false
}

func (p *parser) readKeyword() {
	at := p.i
	for p.i < p.eol && (isLetter(p.text[p.i]) || isDigit(p.text[p.i])) {
		p.i++
	}
	word := p.text[at:p.i]
	p.ends = false
	if p.old {
		p.readOldKeyword(at, word)
		return
	}
	switch word {
	case "msgctxt":
		p.readContext(at)
	case "msgid":
		p.readSource(at)
	case "msgid_plural":
		p.readPlural(at)
	case "msgstr":
		p.readTarget(at)
	case "domain":
		p.stray(at, "a catalog of several domains", "keep one file a domain")
	default:
		p.stray(at, "unknown keyword "+word, "the keywords are msgctxt, msgid, msgid_plural and msgstr")
	}
}

func isDigit(c byte) bool { return c >= '0' && c <= '9' }

// readOldKeyword begins a text of the previous source.
func (p *parser) readOldKeyword(at int, word string) {
	p.beforeEntry()
	in := &p.intro
	was := p.acc.last
	s := map[string]section{"msgctxt": previousContext, "msgid": previousSource, "msgid_plural": previousPlural}[word]
	switch {
	case s == nowhere:
		p.stray(at, "a previous source (#|) cannot have "+word, "it has msgctxt, msgid and msgid_plural")
		return
	case s == previousContext && in.oldAt >= 0,
		s == previousSource && (in.oldID || in.oldAt >= 0 && was != previousContext),
		s == previousPlural && was != previousSource:
		p.stray(at, "the previous "+word+" is out of order", "one msgctxt, then msgid, then msgid_plural")
		return
	}
	if in.oldAt < 0 {
		in.oldAt, in.oldGone = at, p.obsolete
	} else if in.oldGone != p.obsolete {
		p.fail(at, "obsolete", "#~ stands before only some lines of the entry", "put it before all or none")
	}
	in.oldID = in.oldID || s == previousSource
	p.begin(s, at)
}

func (p *parser) readContext(at int) {
	p.finish()
	p.open(at)
	p.entry.hasContext = true
	p.begin(context, at)
}

func (p *parser) readSource(at int) {
	p.endSection()
	if e := &p.entry; !e.open || !e.hasContext || e.hasSource || e.complete() {
		p.finish()
		p.open(at)
	}
	p.inside(at)
	p.entry.hasSource = true
	p.begin(source, at)
}

func (p *parser) readPlural(at int) {
	p.endSection()
	e := &p.entry
	if !e.open || !e.hasSource || e.hasPlural || e.complete() {
		p.stray(at, "msgid_plural out of place", "it follows msgid")
		return
	}
	p.inside(at)
	e.hasPlural = true
	p.begin(plural, at)
}

func (p *parser) readTarget(at int) {
	p.endSection()
	index, indexed, ok := p.readIndex()
	e := &p.entry
	switch {
	case !ok:
		p.stray(p.i, "an index is a number between brackets", "write msgstr[0]")
		return
	case e.broken && (!e.open || !e.hasSource):
		p.acc.section = skipped
		return
	case !e.open || !e.hasSource:
		p.stray(at, "msgstr without msgid", "an entry begins with msgctxt or msgid")
		return
	case !indexed && e.complete():
		p.stray(at, "a second msgstr", "an entry has one; begin the next with msgid")
		return
	case indexed && !e.hasPlural && !e.broken:
		p.fail(at, "plural-index", "msgstr[] without msgid_plural", "write msgstr, or add msgid_plural")
		e.broken = true
	case !indexed && e.hasPlural:
		p.fail(at, "plural-index", "msgstr without an index after msgid_plural", "write msgstr[0]")
	case indexed && index != e.forms && !e.broken:
		p.fail(at, "plural-index", "msgstr["+strconv.Itoa(index)+"] where msgstr["+strconv.Itoa(e.forms)+"] is due", "number the forms from 0 without a gap")
		e.forms = index
	}
	p.inside(at)
	e.forms++
	p.begin(target, at)
}

// readIndex reads [0] after msgstr.
func (p *parser) readIndex() (index int, indexed, ok bool) {
	if !p.skipBlanks() || p.text[p.i] != '[' {
		return 0, false, true
	}
	p.i++
	p.skipBlanks()
	from := p.i
	for p.i < p.eol && isDigit(p.text[p.i]) {
		p.i++
	}
	index, err := strconv.Atoi(p.text[from:p.i])
	if err != nil || !p.skipBlanks() || p.text[p.i] != ']' {
		return 0, true, false
	}
	p.i++
	return index, true, true
}

// open begins an entry and gives it what stood before.
func (p *parser) open(at int) {
	in := &p.intro
	p.entry = entry{
		open: true, at: at, pos: p.place(at), commentAt: -1, suspects: p.entry.suspects[:0],
	}
	e := &p.entry
	e.Obsolete = p.obsolete
	e.Fuzzy, e.Previous = in.fuzzy, in.previous
	e.Comments, e.Notes = p.hold(in.comments), p.hold(in.notes)
	in.flags = append(in.flags, in.sticky...)
	e.References, e.Flags = p.hold(in.references), p.hold(in.flags)
	if in.oldAt >= 0 {
		switch {
		case !in.oldID:
			p.fail(in.oldAt, "syntax", "a previous source (#|) without msgid", "add its msgid")
		case in.oldGone != p.obsolete:
			p.fail(at, "obsolete", "#~ stands before only some lines of the entry", "put it before all or none")
			e.mixed = true
		}
	}
	*in = intro{
		comments: in.comments[:0], notes: in.notes[:0], references: in.references[:0],
		flags: in.flags[:0], sticky: in.sticky[:0], oldAt: -1,
	}
}

// inside checks a keyword within the open entry.
func (p *parser) inside(at int) {
	e := &p.entry
	if e.commentAt >= 0 {
		p.fail(e.commentAt, "syntax", "a comment inside an entry", "move it above the entry")
		e.commentAt = -1
		e.broken = true
	}
	p.sameMark(at)
}

// sameMark checks that all lines of the entry are obsolete or none.
func (p *parser) sameMark(at int) {
	if e := &p.entry; e.open && e.Obsolete != p.obsolete && !e.mixed {
		p.fail(at, "obsolete", "#~ stands before only some lines of the entry", "put it before all or none")
		e.mixed = true
	}
}

// hold keeps a list beyond the next entry, nil if it is empty.
func (p *parser) hold(list []string) []string {
	if len(list) == 0 {
		return nil
	}
	if len(list) > cap(p.strings)-len(p.strings) {
		p.strings = make([]string, 0, max(p.slab(), len(list)))
	}
	from := len(p.strings)
	p.strings = append(p.strings, list...)
	return p.strings[from:len(p.strings):len(p.strings)]
}

// slab is how many messages, or strings, to allocate at once: as many as the rest of
// the file has, if it is short.
func (p *parser) slab() int { return min(maxSlab, 1+(len(p.src)-p.start)/entrySize) }

const maxSlab = 128

// entrySize is about how many bytes a short entry of prose takes up.
const entrySize = 320

// finish ends the open entry, if there is one, and adds it to the file.
func (p *parser) finish() {
	p.endSection()
	e := &p.entry
	if !e.open {
		return
	}
	e.open = false
	if !e.complete() || !e.hasSource {
		if !e.broken {
			p.report(diag.Error, e.at, "missing-msgstr", "the entry has no msgstr", "add it, empty if there is no translation", e.Key)
		}
		return
	}
	raw := p.src[p.start:p.end]
	if p.start == p.bodyStart() {
		raw = p.splitHead(raw)
	} else if e.Obsolete && p.src[p.start-1] != '\n' {
		e.dependent = true
		p.report(diag.Warning, e.at, "obsolete", "two entries behind one #~", "begin a line for the second", e.Key)
	}
	p.start = p.end
	p.tellSuspects()
	switch {
	case e.Key != (catalog.Key{}) || e.hasContext || e.Obsolete:
		p.addMessage(raw)
	case !e.broken:
		p.addHeader(raw)
	}
}

// bodyStart is the offset after a byte order mark.
func (p *parser) bodyStart() int {
	if p.file.Layout.BOM {
		return len(byteOrderMark)
	}
	return 0
}

// splitHead takes the white space before the first entry from its bytes.
func (p *parser) splitHead(raw []byte) []byte {
	rest := bytes.TrimLeft(raw, blanks+"\n")
	if n := len(raw) - len(rest); n > 0 {
		p.file.Layout.Head = raw[:n:n]
	}
	return rest
}

func (p *parser) addMessage(raw []byte) {
	e := &p.entry
	switch {
	case e.Key == (catalog.Key{}) && e.Obsolete:
		p.fail(e.at, "header", "an obsolete header", "delete it")
		return
	case e.Key == (catalog.Key{}):
		p.fail(e.at, "context", "an empty msgid with an empty msgctxt", "delete the msgctxt line or fill it")
		return
	case e.hasContext && e.Context == "":
		p.report(diag.Warning, e.at, "context", "an empty msgctxt is read as none", "delete the line", e.Key)
	}
	if len(p.messages) == 0 {
		p.messages = make([]catalog.Message, p.slab())
	}
	m := &p.messages[0]
	p.messages = p.messages[1:]
	m.Entry, m.Pos, m.TargetPos = e.Entry, e.pos, e.targetPos
	m.SettleState()
	if !e.dependent {
		m.SetOrigin(raw)
	}
	if !p.file.Add(m) {
		first := p.file.Get(m.Key)
		p.report(diag.Error, e.at, "duplicate", "the message stands in line "+strconv.Itoa(first.Pos.Line)+" already", "keep one of the two", e.Key)
	}
}

func (p *parser) addHeader(raw []byte) {
	e, h := &p.entry, &p.file.Header
	if p.hasHead {
		p.fail(e.at, "duplicate", "a second header", "keep one of the two")
		return
	}
	p.hasHead, p.headerAt = true, e.at
	if e.hasPlural {
		p.fail(e.at, "header", "a header cannot have a plural", "delete msgid_plural")
	}
	if len(p.file.Messages) > 0 {
		p.report(diag.Warning, e.at, "header", "the header is not the first entry", "it will be written first", catalog.Key{})
	}
	h.Comments = e.Comments
	h.Flags = e.Flags
	if e.Fuzzy {
		h.Flags = append([]string{"fuzzy"}, e.Flags...)
	}
	h.Fields = splitFields(e.Target)
	h.SetOrigin(raw)
}
