package words

import (
	"bytes"
	"strconv"
	"strings"
)

// deepest is how many levels of keys or brackets are read. A message needs two.
// The TOML library takes minutes for 16 KB of nested tables.
const deepest = 4

// outline is where the keys of a TOML text stand, which the library does not
// tell. It is read leniently: what is no TOML ends it, and is the library's to
// complain about.
type outline struct {
	src   []byte
	i     int            // how far it is read
	at    map[string]int // a key's path, joined by NUL, to the offset of the key
	deep  int            // the offset of what is nested too deep, -1 if nothing is
	table []string       // the table that the keys belong to
}

// Deep is where a TOML text is nested deeper than a message is, -1 if it is not. What
// is must not be given to the library.
func Deep(src []byte) int { return outlined(src).deep }

func outlined(src []byte) *outline {
	o := &outline{src: src, at: map[string]int{}, deep: -1}
	for o.skip(" \t\r\n"); o.more(); o.skip(" \t\r\n") {
		start := o.i
		switch o.src[o.i] {
		case '#':
			o.until("\n")
		case '[':
			o.header()
		default:
			o.pair(o.table)
		}
		if o.i == start {
			break
		}
	}
	return o
}

// place is the offset of a key, -1 if it is not known.
func (o *outline) place(path ...string) int {
	if at, ok := o.at[strings.Join(path, "\x00")]; ok {
		return at
	}
	return -1
}

func (o *outline) more() bool { return o.i < len(o.src) && o.deep < 0 }

func (o *outline) skip(set string) {
	for o.more() && strings.IndexByte(set, o.src[o.i]) >= 0 {
		o.i++
	}
}

func (o *outline) until(set string) {
	for o.more() && strings.IndexByte(set, o.src[o.i]) < 0 {
		o.i++
	}
}

func (o *outline) header() {
	for o.more() && o.src[o.i] == '[' {
		o.i++
	}
	o.table = o.key(nil)
	o.until("\n")
}

func (o *outline) pair(table []string) {
	path := o.key(table)
	o.skip(" \t")
	if !o.more() || o.src[o.i] != '=' {
		o.i = len(o.src)
		return
	}
	o.i++
	o.skip(" \t")
	if o.more() && o.src[o.i] == '{' && len(path) == 1 {
		o.inline(path)
		return
	}
	o.value()
}

// key reads a key with its dots, below the table's, and notes where each of its
// parts was first told.
func (o *outline) key(table []string) []string {
	path := append([]string(nil), table...)
	for o.skip(" \t"); o.more(); o.skip(" \t") {
		start := o.i
		name := o.name()
		if o.i == start {
			break
		}
		if path = append(path, name); len(path) > deepest {
			o.deep = start
			break
		}
		if id := strings.Join(path, "\x00"); o.place(id) < 0 {
			o.at[id] = start
		}
		if o.skip(" \t"); !o.more() || o.src[o.i] != '.' {
			break
		}
		o.i++
	}
	return path
}

func (o *outline) name() string {
	start := o.i
	switch o.src[o.i] {
	case '"':
		o.text()
		if s, err := strconv.Unquote(string(o.src[start:o.i])); err == nil {
			return s
		}
		return string(o.src[start:o.i])
	case '\'':
		o.text()
		return strings.Trim(string(o.src[start:o.i]), "'")
	}
	o.until(" \t\r\n.=[]{}#,\"'")
	return string(o.src[start:o.i])
}

// inline reads a table in braces.
func (o *outline) inline(path []string) {
	for o.i++; o.more(); {
		o.skip(" \t\r\n,")
		if !o.more() {
			return
		}
		switch o.src[o.i] {
		case '}':
			o.i++
			return
		case '#':
			o.until("\n")
		default:
			o.pair(path)
		}
	}
}

// value passes over a value, brackets and all.
func (o *outline) value() {
	depth, dots := 0, 0
	for o.more() {
		switch o.src[o.i] {
		case '"', '\'':
			o.text()
			continue
		case '#':
			o.until("\n")
			continue
		case '[', '{':
			depth, dots = depth+1, 0
		case ']', '}':
			if depth == 0 {
				return // the brace of the table that the value is in
			}
			depth--
		case '.':
			dots++
		case ',', '\n':
			if depth == 0 {
				return
			}
			dots = 0
		}
		if depth > deepest || dots > deepest {
			o.deep = o.i
			return
		}
		o.i++
	}
}

// text passes over a string of any of the four kinds.
func (o *outline) text() {
	rest := o.src[o.i:]
	quote := rest[:1]
	long := len(rest) >= 3 && rest[1] == rest[0] && rest[2] == rest[0]
	if long {
		quote = rest[:3]
	}
	at := len(quote)
	for at < len(rest) && !bytes.HasPrefix(rest[at:], quote) {
		switch {
		case rest[at] == '\\' && quote[0] == '"':
			at++
		case rest[at] == '\n' && !long:
			o.i = len(o.src) // not closed
			return
		}
		at++
	}
	at += len(quote)
	for range 2 { // a long string may end in quotes of its own
		if long && at < len(rest) && rest[at] == quote[0] {
			at++
		}
	}
	o.i += min(at, len(rest))
}
