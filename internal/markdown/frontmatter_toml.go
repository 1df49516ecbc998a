package markdown

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"strings"
	"time"

	"github.com/BurntSushi/toml"
)

// maxJoins is how many backslashes at line ends one TOML text may have: the library
// copies what is left of the text for each.
const maxJoins = 1000

func (f *frontMatter) readTOML(src []byte) {
	w := tomlWalk{front: f, src: src[:f.stop], i: f.start, seen: map[string]bool{}}
	w.run()
	if f.fault != nil {
		return
	}
	var tree map[string]any
	if _, err := toml.Decode(string(src[f.start:f.stop]), &tree); err != nil {
		at, what := f.start, err.Error()
		if e := (toml.ParseError{}); errors.As(err, &e) {
			at, what = f.start+max(0, min(e.Position.Start, f.stop-f.start-1)), e.Message
		}
		f.fault = malformed(at, what, "write key = value, and text between quotes")
		return
	}
	left := map[string]int{}
	leaves("", tree, left)
	for i := range f.entries {
		if e := &f.entries[i]; e.kind < listEntry {
			left[leaf(e.path, e.kind, e.text)]--
		}
	}
	for _, n := range left {
		if n != 0 {
			f.fault = malformed(f.start, "its keys cannot be told apart", "write one key = value a line")
			return
		}
	}
}

// leaf is a scalar as the library's and the walk's are compared.
func leaf(path string, kind entryKind, text string) string {
	if kind != textEntry {
		text = ""
	}
	return path + "\x00" + string(rune('0'+kind)) + text
}

// leaves counts the scalars that the library read.
func leaves(path string, v any, into map[string]int) {
	switch v := v.(type) {
	case map[string]any:
		for key, below := range v {
			leaves(joinKey(path, key), below, into)
		}
	case []map[string]any:
		for _, below := range v {
			leaves(path, below, into)
		}
	case []any:
		for _, below := range v {
			leaves(path, below, into)
		}
	case string:
		into[leaf(path, textEntry, v)]++
	case bool:
		into[leaf(path, boolEntry, "")]++
	case time.Time:
		into[leaf(path, dateEntry, "")]++
	default:
		into[leaf(path, numberEntry, "")]++
	}
}

// tomlWalk goes through a TOML text, since the library does not tell where values
// stand. It is lenient: what is no TOML ends it, and is the library's to complain
// about.
type tomlWalk struct {
	front *frontMatter
	src   []byte
	i     int             // how far it is gone through
	seen  map[string]bool // tables that have an entry
	table string          // the table that keys belong to, and its level
	level int
}

func (w *tomlWalk) run() {
	for w.skip(" \t\r\n"); w.more(); w.skip(" \t\r\n") {
		start := w.i
		switch w.src[w.i] {
		case '#':
			w.until("\n")
		case '[':
			w.header()
		default:
			w.pair(w.table, w.level)
		}
		if w.i == start {
			return
		}
	}
}

func (w *tomlWalk) more() bool { return w.i < len(w.src) && w.front.fault == nil }

func (w *tomlWalk) skip(set string) {
	for w.more() && strings.IndexByte(set, w.src[w.i]) >= 0 {
		w.i++
	}
}

func (w *tomlWalk) until(set string) {
	for w.more() && strings.IndexByte(set, w.src[w.i]) < 0 {
		w.i++
	}
}

// at reports whether a byte comes next, and goes past it.
func (w *tomlWalk) at(c byte) bool {
	if !w.more() || w.src[w.i] != c {
		return false
	}
	w.i++
	return true
}

// header goes through the line of a table, or of an element of a list of tables.
func (w *tomlWalk) header() {
	w.i++
	list := w.at('[')
	start := w.i
	path, level := w.key("", 0)
	e := entry{path: path, depth: level, kind: tableEntry, start: start, stop: start}
	if list {
		e.kind = listEntry
	}
	if !w.seen[path] {
		w.seen[path] = true
		w.front.add(e)
	}
	if list {
		e.kind, e.depth = tableEntry, level+1
		w.front.add(e)
	}
	w.table, w.level = path, e.depth+1
	w.until("\n")
}

// pair goes through a key and its value; at what is none, it is over.
func (w *tomlWalk) pair(table string, level int) {
	path, level := w.key(table, level)
	if w.skip(" \t"); !w.at('=') {
		w.i = len(w.src)
		return
	}
	w.skip(" \t")
	w.value(path, level)
}

// key goes through a key with its dots. Each table that it names has an entry.
func (w *tomlWalk) key(table string, level int) (path string, depth int) {
	for path = table; w.more(); level++ {
		w.skip(" \t")
		start := w.i
		path = joinKey(path, w.name())
		if w.skip(" \t"); w.i == start || !w.at('.') {
			break
		}
		if !w.seen[path] {
			w.seen[path] = true
			w.front.add(entry{path: path, depth: level, kind: tableEntry, start: start, stop: start})
		}
	}
	return path, level
}

func (w *tomlWalk) name() string {
	start := w.i
	if w.more() && (w.src[w.i] == '"' || w.src[w.i] == '\'') {
		w.quotes()
		return tomlText(string(w.src[start:w.i]))
	}
	w.until(" \t\r\n.=[]{}#,\"'")
	return string(w.src[start:w.i])
}

func (w *tomlWalk) value(path string, depth int) {
	if !w.more() {
		return
	}
	e := entry{path: path, depth: depth, start: w.i, stop: w.i}
	switch w.src[w.i] {
	case '[':
		e.kind = listEntry
	case '{':
		e.kind = tableEntry
	case '"', '\'':
		w.quotes()
		e.stop = w.i
		e.text = tomlText(string(w.src[e.start:e.stop]))
		w.front.add(e)
		return
	default:
		w.until(",]}#\r\n")
		e.text = strings.TrimRight(string(w.src[e.start:w.i]), " \t")
		e.stop, e.kind = e.start+len(e.text), tomlKind(e.text)
		w.front.add(e)
		return
	}
	if !w.front.add(e) {
		return
	}
	for w.i++; w.more(); {
		w.skip(" \t\r\n,")
		start := w.i
		switch {
		case w.at(']') || w.at('}'):
			return
		case w.more() && w.src[w.i] == '#':
			w.until("\n")
		case e.kind == tableEntry:
			w.pair(path, depth+1)
		default:
			w.value(path, depth+1)
		}
		if w.i == start {
			w.i = len(w.src) // no value
		}
	}
}

var tomlDate = regexp.MustCompile(`^(?:\d{4}-|\d\d:)\d\d`)

func tomlKind(text string) entryKind {
	switch {
	case text == "true" || text == "false":
		return boolEntry
	case tomlDate.MatchString(text):
		return dateEntry
	}
	return numberEntry
}

// quotes goes through a text of any of the four kinds.
func (w *tomlWalk) quotes() {
	rest := w.src[w.i:]
	quote := rest[:1]
	long := len(rest) >= 3 && rest[1] == rest[0] && rest[2] == rest[0]
	if long {
		quote = rest[:3]
	}
	at, joins := len(quote), 0
	for at < len(rest) && !bytes.HasPrefix(rest[at:], quote) {
		switch {
		case rest[at] == '\\' && quote[0] == '"':
			if at++; at < len(rest) && isSpace(rest[at]) {
				joins++
			}
		case rest[at] == '\n' && !long:
			w.i = len(w.src) // not closed
			return
		}
		at++
	}
	if joins > maxJoins {
		w.front.fault = &fault{
			w.i, "too-large", "a text of more than 1,000 lines that end in a backslash", "join the lines",
		}
	}
	at += len(quote)
	for range 2 { // a long text may end in quotes of its own
		if long && at < len(rest) && rest[at] == quote[0] {
			at++
		}
	}
	w.i += min(at, len(rest))
}

// tomlText is what a text between quotes says; nothing if it is no text.
func tomlText(raw string) string {
	if quote := raw[0]; len(raw) > 1 && raw[1] != quote && strings.IndexByte(raw, '\\') < 0 {
		return raw[1 : len(raw)-1]
	}
	var v struct{ K string }
	if _, err := toml.Decode("K = "+raw, &v); err != nil {
		return ""
	}
	return v.K
}

var (
	blanksBefore = regexp.MustCompile(`^[ \t\r\n]*`)
	blanksAfter  = regexp.MustCompile(`[ \t\r\n]*$`)
	joinsBefore  = regexp.MustCompile(`^(?:[ \t\r\n]|\\[ \t]*\r?\n)*`)
	joinsAfter   = regexp.MustCompile(`(?:[ \t\r\n]|\\[ \t]*\r?\n)*$`)
)

// encodeTOML writes an answer between the quotes of what it replaces, or between
// double ones where those cannot hold it.
func encodeTOML(old, answer string, hard bool) string {
	switch {
	case hard:
	case strings.HasPrefix(old, `"""`) || strings.HasPrefix(old, "'''"):
		return encodeLong(old, answer)
	case old[0] == '\'' && !strings.ContainsRune(answer, '\'') && !strings.ContainsFunc(answer, tomlControl):
		return "'" + answer + "'"
	}
	return quoteTOML(answer)
}

// encodeLong writes an answer between three quotes, with the white space that
// stands before and after the old text.
func encodeLong(old, answer string) string {
	quote, inside := old[:3], old[3:len(old)-3]
	before, after := joinsBefore, joinsAfter
	if quote == "'''" {
		before, after = blanksBefore, blanksAfter
	}
	first := before.FindString(inside)
	last := after.FindString(inside[len(first):])
	text := answer
	if quote == `"""` || strings.Contains(answer, "'''") || strings.HasSuffix(answer, "'") ||
		strings.ContainsFunc(strings.ReplaceAll(answer, "\n", ""), tomlControl) {
		quote, text = `"""`, escapeLong(answer, last == "")
	}
	if strings.Contains("\n"+text, "\n+++") {
		return quoteTOML(answer) // the line would end the front matter
	}
	if strings.Contains(old, "\r\n") {
		text = strings.ReplaceAll(text, "\n", "\r\n")
	}
	return quote + first + text + last + quote
}

func tomlControl(r rune) bool { return r < ' ' || r == 0x7F }

// escapeLong is a text as it stands between three double quotes; at their end, if
// last.
func escapeLong(s string, last bool) string {
	var b strings.Builder
	quotes := 0 // in a row
	for i, r := range s {
		if quotes++; r != '"' {
			quotes = 0
		}
		if r == '\n' || r == '"' && quotes < 3 && !(last && i+1 == len(s)) {
			b.WriteRune(r)
			continue
		}
		quotes = 0
		writeTOML(&b, r)
	}
	return b.String()
}

// quoteTOML is a text between double quotes.
func quoteTOML(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		writeTOML(&b, r)
	}
	b.WriteByte('"')
	return b.String()
}

// writeTOML writes a character, escaped if it has to be between double quotes.
func writeTOML(b *strings.Builder, r rune) {
	switch {
	case r == '"' || r == '\\':
		b.WriteByte('\\')
		b.WriteRune(r)
	case r == '\n':
		b.WriteString(`\n`)
	case tomlControl(r):
		fmt.Fprintf(b, `\u%04X`, r)
	default:
		b.WriteRune(r)
	}
}
