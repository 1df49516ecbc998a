package po

import (
	"bytes"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"dragoman/internal/catalog"
)

// Format writes a PO file in UTF-8. What says the same as when it was read keeps
// its bytes, as does the white space between neighbours that still are; a message
// that was changed, added or moved is set off by one blank line.
//
// New text is not wrapped. References stand on one line, fuzzy before the other
// flags. A header that names another charset says UTF-8 as soon as the file has
// more than ASCII in it.
func Format(f *catalog.File) []byte {
	out := write(f, &f.Header)
	if len(f.Header.Fields) == 0 || isUTF8(charsetOf(f.Header.Get(contentType))) || isASCII(bytes.TrimPrefix(out, []byte(byteOrderMark))) {
		return out
	}
	h := f.Header
	h.Fields = slices.Clone(h.Fields)
	h.Set(contentType, inUTF8(h.Get(contentType)))
	return write(f, &h)
}

// writer is the file so far.
type writer struct {
	out    []byte
	eol    string
	begin  int    // where the first entry begins
	last   []byte // the bytes that the last entry was read from, nil if it is new
	intact bool   // the last entry was written with these bytes
}

func write(f *catalog.File, h *catalog.Header) []byte {
	w := &writer{out: make([]byte, 0, expectedSize(f)), eol: "\n"}
	if f.Layout.CRLF {
		w.eol = "\r\n"
	}
	if f.Layout.BOM {
		w.out = append(w.out, byteOrderMark...)
	}
	w.out = append(w.out, f.Layout.Head...)
	w.begin = len(w.out)
	w.header(h)
	for _, m := range f.Messages {
		w.message(f, m)
	}
	w.tail(f.Layout.Tail)
	return w.out
}

// expectedSize is enough for a file that changed little.
func expectedSize(f *catalog.File) int {
	raw, _ := f.Header.Raw()
	size := len(raw) + len(f.Layout.Tail) + 1024
	for _, m := range f.Messages {
		if r := m.Raw(); r != nil {
			size += len(r)
		} else {
			size += len(m.Context) + len(m.Source) + len(m.Target) + 128
		}
	}
	return size + size/64
}

func (w *writer) header(h *catalog.Header) {
	raw, _ := h.Raw()
	if same := h.Origin(); same != nil {
		w.keep(same)
		return
	}
	if raw == nil && len(h.Fields) == 0 && len(h.Comments) == 0 && len(h.Flags) == 0 {
		return
	}
	w.separate(raw)
	w.writeHeader(h)
	w.last, w.intact = raw, false
}

func (w *writer) message(f *catalog.File, m *catalog.Message) {
	raw := m.Raw()
	if m.Pos.Path != f.Path && bytes.IndexByte(raw, '\r') >= 0 != f.Layout.CRLF {
		raw = nil // from a file whose lines end otherwise
	}
	if raw != nil && m.Origin() != nil {
		w.keep(raw)
		return
	}
	w.separate(raw)
	w.writeEntry(&m.Entry)
	w.last, w.intact = raw, false
}

// keep writes an entry as it was read.
func (w *writer) keep(raw []byte) {
	switch {
	case !adjacent(w.last, raw):
		w.separate(nil)
		w.out = append(w.out, bytes.TrimLeft(trimBlankLines(raw), blanks)...)
	case w.intact:
		w.out = append(w.out, raw...)
	default:
		w.out = append(w.out, w.afterRewritten(raw)...)
	}
	w.last, w.intact = raw, true
}

// afterRewritten is what follows an entry that has been written anew, which ends
// its line whether or not the old one did.
func (w *writer) afterRewritten(raw []byte) []byte {
	if endsLine(w.last) {
		return raw
	}
	rest := bytes.TrimLeft(raw, blanks)
	return bytes.TrimPrefix(rest, []byte("\n"))
}

// separate sets off an entry to be written anew: by what stood between it and
// its neighbour if that is still there, else by a blank line.
func (w *writer) separate(raw []byte) {
	if len(w.out) == w.begin {
		return
	}
	if !endsLine(w.out) {
		w.out = append(w.out, w.eol...)
	}
	if !adjacent(w.last, raw) {
		w.out = append(w.out, w.eol...)
		return
	}
	if !w.intact || !endsLine(w.last) {
		raw = w.afterRewritten(raw)
	}
	w.out = append(w.out, raw[:len(raw)-len(trimBlankLines(raw))]...)
}

// tail writes what followed the last entry.
func (w *writer) tail(tail []byte) {
	switch {
	case len(tail) == 0:
	case adjacent(w.last, tail) && w.intact:
		w.out = append(w.out, tail...)
	case adjacent(w.last, tail):
		w.out = append(w.out, w.afterRewritten(tail)...)
	case len(w.out) == w.begin || len(trimBlankLines(tail)) == 0:
		w.out = append(w.out, tail...)
	default:
		w.separate(nil)
		w.out = append(w.out, trimBlankLines(tail)...)
	}
}

// adjacent reports whether b followed a in the file that both were read from.
func adjacent(a, b []byte) bool {
	return len(a) > 0 && len(b) > 0 && len(a) < cap(a) && &a[:len(a)+1][len(a)] == &b[0]
}

func endsLine(b []byte) bool { return len(b) > 0 && b[len(b)-1] == '\n' }

// trimBlankLines cuts whole blank lines off the front.
func trimBlankLines(b []byte) []byte {
	for i := 0; i < len(b); {
		switch c := b[i]; {
		case c == '\n':
			b, i = b[i+1:], 0
		case isBlank(c):
			i++
		default:
			return b
		}
	}
	return b
}

// line writes a comment line: its mark, and the text if there is any.
func (w *writer) line(mark, text string) {
	w.out = append(w.out, mark...)
	if text != "" {
		w.out = append(w.out, ' ')
		w.out = append(w.out, text...)
	}
	w.out = append(w.out, w.eol...)
}

// comment writes a translator's comment, a line each line of it.
func (w *writer) comment(mark, text string) {
	for more := true; more; {
		var line string
		line, text, more = strings.Cut(text, "\n")
		w.line(mark, strings.TrimRight(line, "\r"))
	}
}

func (w *writer) writeEntry(e *catalog.Entry) {
	for _, c := range e.Comments {
		w.comment("#", c)
	}
	for _, n := range e.Notes {
		w.comment("#.", n)
	}
	w.references(e.References)
	w.flags(e.Fuzzy, e.Flags)
	mark := ""
	if e.Obsolete {
		mark = "#~ "
	}
	w.previous(e)
	if e.Context != "" {
		w.text(mark, "msgctxt", e.Context)
	}
	w.text(mark, "msgid", e.Source)
	if e.Plural == "" && len(e.Forms) == 0 {
		w.text(mark, "msgstr", e.Target)
		return
	}
	w.text(mark, "msgid_plural", e.Plural)
	w.text(mark, "msgstr[0]", e.Target)
	for i, form := range e.Forms {
		w.text(mark, "msgstr["+strconv.Itoa(i+1)+"]", form)
	}
}

func (w *writer) references(refs []string) {
	if len(refs) == 0 {
		return
	}
	w.out = append(w.out, "#:"...)
	for _, r := range refs {
		w.out = append(w.out, ' ')
		w.out = appendReference(w.out, r)
	}
	w.out = append(w.out, w.eol...)
}

// flags writes the flags, all on one line since GNU gettext takes an entry for
// final whose last line of flags lacks fuzzy; sticky ones have a line of theirs.
func (w *writer) flags(fuzzy bool, flags []string) {
	mark := "#, "
	put := func(flag string) {
		w.out = append(w.out, mark...)
		w.out = append(w.out, oneLine(flag)...)
		mark = ", "
	}
	if fuzzy {
		put("fuzzy")
	}
	for _, flag := range flags {
		if !strings.HasPrefix(flag, sticky) {
			put(flag)
		}
	}
	if mark == ", " {
		w.out = append(w.out, w.eol...)
	}
	mark = "#= "
	for _, flag := range flags {
		if name, ok := strings.CutPrefix(flag, sticky); ok {
			put(name)
		}
	}
	if mark == ", " {
		w.out = append(w.out, w.eol...)
	}
}

func (w *writer) previous(e *catalog.Entry) {
	old := e.Previous
	if old == (catalog.Previous{}) {
		return
	}
	mark := "#| "
	if e.Obsolete {
		mark = "#~| "
	}
	if old.Context != "" {
		w.text(mark, "msgctxt", old.Context)
	}
	w.text(mark, "msgid", old.Source)
	if old.Plural != "" {
		w.text(mark, "msgid_plural", old.Plural)
	}
}

// text writes a keyword and its text, a text of several lines below the keyword.
func (w *writer) text(mark, keyword, text string) {
	w.out = append(w.out, mark...)
	w.out = append(w.out, keyword...)
	w.out = append(w.out, ' ')
	n := strings.IndexByte(text, '\n')
	if n < 0 || n == len(text)-1 {
		w.literal(text)
		return
	}
	w.literal("")
	for text != "" {
		if n = strings.IndexByte(text, '\n') + 1; n == 0 {
			n = len(text)
		}
		w.out = append(w.out, mark...)
		w.literal(text[:n])
		text = text[n:]
	}
}

// letters are the escapes that are written as letters.
var letters = [utf8.RuneSelf]byte{
	'\n': 'n', '\t': 't', '\r': 'r', '\a': 'a', '\b': 'b', '\f': 'f', '\v': 'v', '\\': '\\', '"': '"',
}

// literal writes a string literal and ends the line. Other control characters
// become three octal digits, which, unlike hexadecimal ones, end by themselves;
// so do bytes that are no UTF-8, which are a finding when they are read again.
func (w *writer) literal(s string) {
	out := append(w.out, '"')
	valid := utf8.ValidString(s)
	from := 0
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c >= ' ' && c < 0x7f && c != '"' && c != '\\' || c >= utf8.RuneSelf && valid {
			continue
		}
		if c >= utf8.RuneSelf {
			if r, n := utf8.DecodeRuneInString(s[i:]); r != utf8.RuneError || n > 1 {
				i += n - 1
				continue
			}
		}
		out = append(out, s[from:i]...)
		from = i + 1
		if c < utf8.RuneSelf && letters[c] != 0 {
			out = append(out, '\\', letters[c])
		} else {
			out = append(out, '\\', '0'+c>>6, '0'+c>>3&7, '0'+c&7)
		}
	}
	out = append(out, s[from:]...)
	out = append(out, '"')
	w.out = append(out, w.eol...)
}
