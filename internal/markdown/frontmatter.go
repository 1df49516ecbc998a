package markdown

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"

	"dragoman/internal/diag"
)

// frontMatter is what stands above an article: YAML between lines of ---, TOML
// between lines of +++, or a JSON object.
type frontMatter struct {
	notation    notation
	start, stop int // its text, without the fences; of JSON, with the braces
	end         int // the first byte of the body
	entries     []entry
	fault       *fault // why it cannot be read
}

// notation is how front matter is written.
type notation uint8

const (
	noNotation notation = iota
	yamlNotation
	tomlNotation
	jsonNotation
)

// entry is a value of the front matter. A list is an entry, followed by one for
// each of its elements, and so is a table. All entries together say all that the
// front matter says.
type entry struct {
	path  string // its key and those above it, joined by dots; an element has its list's
	depth int    // how many tables and lists it is in
	kind  entryKind
	style entryStyle
	text  string // a scalar, decoded if it is text and as written if not

	// Where a scalar is written, with its quotes, in the source. The two are the
	// same where there is nothing that could be replaced.
	start, stop int
}

type entryKind uint8

const (
	textEntry entryKind = iota
	numberEntry
	boolEntry
	dateEntry
	nullEntry
	listEntry
	tableEntry
)

// entryStyle is what decides how YAML may be written in an entry's place.
type entryStyle uint8

const (
	notBare  entryStyle = iota // or a block, or no YAML
	bare                       // without quotes
	bareFlow                   // without quotes, in brackets
	aliased                    // written elsewhere
)

// fault is what keeps front matter from being read.
type fault struct {
	at               int
	code, text, hint string
}

// The bounds within which the libraries' time grows with the length of the text.
const (
	maxFront  = 1 << 20 // bytes of front matter
	maxValues = 10_000  // entries
	maxLevels = 16      // tables and lists in one another
	maxPath   = 1000    // bytes of a key and those above it
)

// add appends an entry if it is within bounds, and reports whether it was.
func (f *frontMatter) add(e entry) bool {
	switch {
	case f.fault != nil:
	case len(f.entries) == maxValues:
		f.fault = &fault{e.start, "too-large", "front matter of more than 10,000 values", "move data to a file of its own"}
	case e.depth >= maxLevels:
		f.fault = &fault{e.start, "too-deep", "front matter of more than 16 levels", "flatten it"}
	case len(e.path) > maxPath:
		f.fault = &fault{e.start, "too-large", "a front matter key of more than 1,000 bytes", "shorten it"}
	case strings.Contains(e.text, "\x00"):
		f.fault = &fault{e.start, "encoding", "a front matter value that holds a NUL character", "remove the escape"}
	default:
		f.entries = append(f.entries, e)
		return true
	}
	return false
}

// malformed is a fault of the notation; what a library says of it may be long.
func malformed(at int, what, hint string) *fault {
	const most = 160
	if runes := []rune(what[:min(len(what), 4*most)]); len(runes) > most {
		what = string(runes[:most]) + "…"
	}
	return &fault{at, "front-matter", "malformed front matter: " + what, hint}
}

// joinKey is the path of a key below another.
func joinKey(path, key string) string {
	if path == "" {
		return key
	}
	return path + "." + key
}

// readFrontMatter finds the front matter and reads what it says.
func (d *Document) readFrontMatter(lines *diag.Lines) diag.List {
	d.front = fence(d.src, d.dialect.constructs()&mdx != 0)
	f := &d.front
	switch {
	case f.stop-f.start > maxFront:
		f.fault = &fault{f.start, "too-large", "front matter of more than 1 MB", "move data to a file of its own"}
	case f.notation == noNotation:
		f.fault = unclosed(d.src)
	case f.notation == yamlNotation:
		f.readYAML(d.src)
	case f.notation == tomlNotation:
		f.readTOML(d.src)
	case f.notation == jsonNotation:
		f.readJSON(d.src)
	}
	if t := f.fault; t != nil {
		return diag.List{{Pos: lines.At(t.at), Code: t.code, Text: t.text, Hint: t.hint}}
	}
	return d.readMeta(lines)
}

// byteOrderMark may begin a file, and with some editors the line after a fence.
const byteOrderMark = "\ufeff"

// fence finds the front matter; without it, or if nothing closes it, the body
// begins after the byte order mark.
func fence(src []byte, mdx bool) frontMatter {
	var none frontMatter
	if bytes.HasPrefix(src, []byte(byteOrderMark)) {
		none = frontMatter{start: 3, stop: 3, end: 3}
	}
	rest := src[none.end:]
	if bytes.HasPrefix(rest, []byte{'{'}) {
		if stop, end := objectRange(rest, mdx); stop > 0 {
			return frontMatter{notation: jsonNotation, start: none.end, stop: none.end + stop, end: none.end + end}
		}
		return none
	}
	first, after, ok := bytes.Cut(rest, []byte("\n"))
	f := frontMatter{start: len(src) - len(after)}
	switch mark := string(bytes.TrimRight(first, " \t\r")); {
	case ok && mark == "---":
		f.notation = yamlNotation
	case ok && mark == "+++":
		f.notation = tomlNotation
	default:
		return none
	}
	for at := f.start; at < len(src); at = f.end {
		l, _, ended := bytes.Cut(src[at:], []byte("\n"))
		f.stop, f.end = at, at+len(l)
		if ended {
			f.end++
		}
		if f.notation.closes(string(bytes.TrimRight(l, " \t\r"))) {
			if bytes.HasPrefix(src[f.start:f.stop], []byte(byteOrderMark)) {
				f.start += len(byteOrderMark)
			}
			return f
		}
	}
	return none // a thematic break, or text
}

// closes reports whether a line ends the front matter.
func (n notation) closes(mark string) bool {
	if n == tomlNotation {
		return mark == "+++"
	}
	return mark == "---" || mark == "..."
}

// firstKey is, by the line that opens front matter, how a line says what a key is, or
// begins a table.
var firstKey = map[string]*regexp.Regexp{
	"---": regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*:(?:[ \t]|\r?$)`),
	"+++": regexp.MustCompile(`^(?:[A-Za-z][A-Za-z0-9_-]*[ \t]*=|\[[A-Za-z])`),
	"{":   regexp.MustCompile(`^[ \t]*"[^"]*"[ \t]*:`),
}

// unclosed is the fault of front matter whose end is missing: what it says, that the
// article is a draft for one, would be lost, and it would be published as text.
func unclosed(src []byte) *fault {
	rest := bytes.TrimPrefix(src, []byte(byteOrderMark))
	first, after, _ := bytes.Cut(rest, []byte("\n"))
	second, _, _ := bytes.Cut(after, []byte("\n"))
	mark := string(bytes.TrimRight(first, " \t\r"))
	key, ok := firstKey[mark]
	if !ok || !key.Match(second) {
		return nil
	}
	if mark == "{" {
		mark = "}"
	}
	return &fault{len(src) - len(rest), "front-matter", "the front matter does not end", "close it with a line of " + mark}
}

// policyKeys are the keys of Meta.Policy.
var policyKeys = []string{"untranslated", "stale", "unapproved", "machine", "broken"}

// understood is what Meta wants of a key, and an example of it.
var understood = map[string]struct{ want, example string }{
	"title":       {"a text", `"Title"`},
	"description": {"a text", `"What it is about"`},
	"summary":     {"a text", `"What it says"`},
	"subtitle":    {"a text", `"Title"`},
	"slug":        {"a text", `"address"`},
	"aliases":     {"a list of addresses", `["/old/", "/older/"]`},
	"weight":      {"a whole number", "10"},
	"priority":    {"a whole number", "1"},
	"draft":       {"true or false", "true"},
	"retracted":   {"true or false", "true"},
	"date":        {"a date", "2026-11-24"},
	"author":      {"a name or a list of names", `["One", "Two"]`},
}

// isKey reports whether a key of the front matter is one that is understood.
func isKey(key string) bool {
	_, ok := understood[key]
	return ok || slices.Contains(policyKeys, key)
}

// readMeta fills Meta; a value of the wrong type is a finding.
func (d *Document) readMeta(lines *diag.Lines) (found diag.List) {
	for i := range d.front.entries {
		e := &d.front.entries[i]
		if e.depth > 0 || e.kind == nullEntry {
			continue
		}
		if slices.Contains(policyKeys, e.path) {
			if d.Meta.Policy == nil {
				d.Meta.Policy = map[string]Setting{}
			}
			d.Meta.Policy[e.path] = Setting{e.text, lines.At(e.start)}
		}
		if e.path == "slug" {
			d.Meta.SlugPos = lines.At(e.start)
		}
		if near := strings.ToLower(e.path); near != e.path && isKey(near) {
			found = append(found, diag.Finding{
				Pos: lines.At(e.start), Code: "front-matter", Severity: diag.Warning,
				Text: fmt.Sprintf("front matter key %q is not understood", e.path),
				Hint: "write " + near,
			})
		}
		if !d.Meta.set(&d.front, i) {
			key := understood[e.path]
			found = append(found, diag.Finding{
				Pos: lines.At(e.start), Code: "front-matter",
				Text: fmt.Sprintf("front matter key %q: want %s", e.path, key.want),
				Hint: "write " + d.front.notation.pair(e.path, key.example),
			})
		}
	}
	return found
}

// pair is a key with a value as one writes them.
func (n notation) pair(key, value string) string {
	switch {
	case n == tomlNotation:
		return key + " = " + value
	case n == yamlNotation:
		return key + ": " + value
	case key == "date":
		value = `"` + value + `"`
	}
	return `"` + key + `": ` + value
}

// set keeps what an entry says, and reports whether that is of the right type.
func (m *Meta) set(f *frontMatter, i int) (ok bool) {
	e := &f.entries[i]
	switch e.path {
	case "title":
		m.Title, ok = e.words()
	case "description":
		m.Description, ok = e.words()
	case "summary":
		m.Summary, ok = e.words()
	case "subtitle":
		m.Subtitle, ok = e.words()
	case "slug":
		m.Slug, ok = e.words()
	case "aliases":
		m.Aliases, ok = f.list(i)
	case "weight":
		m.Weight, ok = e.whole()
	case "priority":
		m.Priority, ok = e.whole()
	case "draft":
		m.Draft, ok = e.truth()
	case "retracted":
		m.Retracted, ok = e.truth()
	case "date":
		m.Date, ok = f.date(i)
	case "author":
		m.Author, ok = f.names(i)
	default:
		return true
	}
	return ok
}

// words is an entry as text, without the newline that ends a block. What YAML reads
// as a number or the like without quotes is text where text is wanted.
func (e *entry) words() (string, bool) {
	return strings.TrimSpace(e.text), e.kind == textEntry || e.kind < nullEntry && (e.style == bare || e.style == bareFlow)
}

// whole is an entry as a whole number.
func (e *entry) whole() (int, bool) {
	if e.kind != numberEntry {
		return 0, false
	}
	if n, err := strconv.ParseInt(e.text, 0, strconv.IntSize); err == nil {
		return int(n), true
	}
	x, err := strconv.ParseFloat(e.text, 64)
	return int(x), err == nil && -1<<31 < x && x < 1<<31 && x == float64(int(x))
}

// truth is an entry as true or false; YAML 1.1 has further words for them.
func (e *entry) truth() (value, ok bool) {
	if e.kind != boolEntry && e.style == notBare {
		return false, false
	}
	switch strings.ToLower(e.text) {
	case "true", "yes", "on", "y":
		return true, true
	case "false", "no", "off", "n":
		return false, true
	}
	return false, false
}

// day is an entry as a day, UTC.
func (e *entry) day() (time.Time, bool) {
	if e.kind != textEntry && e.kind != dateEntry {
		return time.Time{}, false
	}
	text := e.text
	if len(text) > 10 && strings.IndexByte("t ", text[10]) >= 0 {
		text = text[:10] + "T" + strings.TrimLeft(text[11:], " ")
	}
	text = strings.ToUpper(text)
	for _, layout := range []string{
		time.DateOnly, time.RFC3339, "2006-01-02T15:04:05", "2006-01-02T15:04Z07:00", "2006-01-02T15:04",
		"2006-01-02T15:04:05 Z07:00", "2006/01/02",
	} {
		if day, err := time.Parse(layout, text); err == nil {
			return day.UTC().Truncate(24 * time.Hour), true
		}
	}
	return time.Time{}, false
}

// date is an entry as a day, or what a table of dates, as blogs of MkDocs have, says of the
// day when the article was created.
func (f *frontMatter) date(i int) (time.Time, bool) {
	of := &f.entries[i]
	if of.kind != tableEntry {
		return of.day()
	}
	for _, e := range f.entries[i+1:] {
		if e.depth <= of.depth {
			break
		}
		if e.path == of.path+".created" {
			return e.day()
		}
	}
	return time.Time{}, false
}

// list is a list of texts.
func (f *frontMatter) list(i int) (texts []string, ok bool) {
	of := &f.entries[i]
	if of.kind != listEntry {
		return nil, false
	}
	for _, e := range f.entries[i+1:] {
		if e.path != of.path || e.depth <= of.depth {
			break
		}
		text, ok := e.words()
		if !ok {
			return nil, false
		}
		texts = append(texts, text)
	}
	return texts, true
}

// names takes one name or a list of names.
func (f *frontMatter) names(i int) (string, bool) {
	if f.entries[i].kind != listEntry {
		return f.entries[i].words()
	}
	names, ok := f.list(i)
	return strings.Join(names, ", "), ok
}

// wanted reports whether a key's values are to be translated.
func (d *Document) wanted(path string) bool {
	if d.dialect.FrontMatter != nil {
		return slices.Contains(d.dialect.FrontMatter, path)
	}
	return path == "title" || path == "description" || path == "summary" || path == "subtitle"
}

// frontSegments makes segments of the values to translate.
func (d *Document) frontSegments() {
	for i := range d.front.entries {
		e := &d.front.entries[i]
		if e.start == e.stop || !d.wanted(e.path) {
			continue
		}
		text := trimText(e.text)
		if _, ok := e.words(); ok && worded([]byte(text)) {
			d.Segments = append(d.Segments, Segment{
				Kind: FrontMatter, Name: e.path, Text: text, span: span{e.start, e.stop, value}, block: -1 - i,
			})
		}
	}
}

// entry is the index of a front matter value in frontMatter.entries, negative for
// other segments.
func (seg *Segment) entry() int { return -1 - seg.block }

// trimText is a value as translators see it: of its line ends, newlines are left.
func trimText(s string) string {
	return strings.TrimSpace(strings.ReplaceAll(s, "\r\n", "\n"))
}

// foldText is an answer as its value has to read: on one line, or on lines as its
// source is, without white space beside other white space.
func foldText(source, answer string) string {
	lines := []string{answer}
	if strings.Contains(source, "\n") {
		lines = strings.Split(answer, "\n")
	}
	for i, l := range lines {
		lines[i] = strings.Join(strings.FieldsFunc(l, func(r rune) bool { return r < 0x80 && isSpace(byte(r)) }), " ")
	}
	return strings.Trim(strings.Join(lines, "\n"), "\n")
}

// encodeValue writes an answer in the style of the value that it replaces, or in
// quotes where the style cannot hold it; always, if no mark may mean anything.
func (d *Document) encodeValue(seg *Segment, answer string, c care) string {
	old := string(d.src[seg.start:seg.end])
	if answer == seg.Text {
		return old
	}
	answer = foldText(seg.Text, answer)
	switch d.front.notation {
	case tomlNotation:
		return encodeTOML(old, answer, c == plain)
	case jsonNotation:
		return quoteJSON(answer)
	}
	return encodeYAML(old, answer, d.front.entries[seg.entry()].style, c == plain)
}

// sameEntries reports whether the front matter of a translation says the same but
// for the values to translate, and what YAML says again of them.
func (d *Document) sameEntries(t *Document) bool {
	next := 0 // among the segments, the next of front matter
	i := -1
	return d.front.notation == t.front.notation && slices.EqualFunc(d.front.entries, t.front.entries, func(e, g entry) bool {
		i++
		if e.path != g.path || e.depth != g.depth {
			return false
		}
		if next < len(d.Segments) && d.Segments[next].entry() == i {
			next++
			_, ok := g.words()
			return ok
		}
		return e.style == g.style && (e.kind == g.kind && e.text == g.text || e.style == aliased && d.wanted(e.path))
	})
}

// translatedFront reads the front matter of a translation, and reports whether the
// answers are what it says, and the rest what it said.
func (d *Document) translatedFront(t *Document, answers []answer) bool {
	if bytes.HasPrefix(t.src, d.src[:d.front.end]) {
		t.front, t.Meta = d.front, d.Meta
		return true
	}
	if t.readFrontMatter(diag.NewLines(d.Path, nil)).HasErrors() || !d.sameEntries(t) {
		return false
	}
	t.Meta.Policy, t.Meta.SlugPos = d.Meta.Policy, d.Meta.SlugPos // with places
	for _, a := range answers {
		seg := &d.Segments[a.segment]
		if seg.block >= 0 {
			break
		}
		want := seg.Text
		if a.text != want {
			want = strings.TrimSpace(foldText(seg.Text, a.text))
		}
		if a.care < futile && trimText(t.front.entries[seg.entry()].text) != want {
			return false
		}
	}
	return true
}
