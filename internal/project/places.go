package project

import (
	"strconv"
	"strings"
)

// places are the byte offsets of the keys of a TOML text, each where it stands
// first. A key is its parts from the root, NUL before each; the items of a list of
// tables are parts as well (itemPart), and their keys are there with and without. Comments, strings of all
// four kinds, arrays and inline tables are passed over as TOML 1.0 has them; the
// text is known to be well formed, and one that is not gives some places or none.
//
//	[languages.ko]       languages at 1, languages.ko at 11
//	title = "…"          languages.ko.title at 15
type places map[string]int

func placesOf(text string) places {
	s := scanner{text: text, places: places{}}
	table := ""
	for s.blank(true); s.at < len(s.text); s.blank(true) {
		start := s.at
		if s.peek() == '[' {
			item := s.has("[[")
			for s.peek() == '[' {
				s.at++
			}
			at := s.at
			if table = s.key(""); item {
				s.begin(table, at)
			}
			s.skipTo("\n")
		} else {
			s.pair(table)
			s.skipTo("\n")
		}
		if s.at == start {
			s.at++
		}
	}
	return s.places
}

// of is the offset of a key, or of the nearest table around it that has one.
func (p places) of(key ...string) (int, bool) {
	for n := len(key); n > 0; n-- {
		if at, ok := p["\x00"+strings.Join(key[:n], "\x00")]; ok {
			return at, true
		}
	}
	return 0, false
}

// itemPart is the part of a key that stands for an item of a list of tables, from 0.
func itemPart(n int) string { return "\x01" + strconv.Itoa(n) }

func isItem(part string) bool { return strings.HasPrefix(part, "\x01") }

type scanner struct {
	text   string
	at     int
	places places
	list   string // the list of tables of whose items one is open
	item   string // that item
	items  map[string]int
}

// begin opens the next item of a list of tables.
func (s *scanner) begin(list string, at int) {
	if s.items == nil {
		s.items = map[string]int{}
	}
	s.list, s.item = list, list+"\x00"+itemPart(s.items[list])
	s.items[list]++
	s.places[s.item] = at
}

// note says where a key stands.
func (s *scanner) note(name string, at int) {
	names := []string{name}
	if below, ok := strings.CutPrefix(name, s.list+"\x00"); ok && s.item != "" {
		names = append(names, s.item+"\x00"+below)
	}
	for _, n := range names {
		if _, known := s.places[n]; !known {
			s.places[n] = at
		}
	}
}

func (s *scanner) peek() byte {
	if s.at < len(s.text) {
		return s.text[s.at]
	}
	return 0
}

func (s *scanner) has(prefix string) bool { return strings.HasPrefix(s.text[s.at:], prefix) }

// blank passes over white space, and over comments and line ends where they may be.
func (s *scanner) blank(lines bool) {
	for s.at < len(s.text) {
		switch c := s.text[s.at]; {
		case c == ' ' || c == '\t':
		case lines && (c == '\n' || c == '\r'):
		case lines && c == '#':
			s.skipTo("\n")
			continue
		default:
			return
		}
		s.at++
	}
}

// skipTo goes to the next of the bytes.
func (s *scanner) skipTo(stops string) {
	n := strings.IndexAny(s.text[s.at:], stops)
	if n < 0 {
		n = len(s.text) - s.at
	}
	s.at += n
}

// key reads a dotted key within a table, and notes its parts.
func (s *scanner) key(table string) string {
	name := table
	for {
		s.blank(false)
		start := s.at
		part := s.part()
		if s.at == start {
			return name
		}
		name += "\x00" + part
		s.note(name, start)
		s.blank(false)
		if s.peek() != '.' {
			return name
		}
		s.at++
	}
}

// part reads a bare or quoted part of a key.
func (s *scanner) part() string {
	start := s.at
	switch s.peek() {
	case '"':
		s.value("")
		if text, err := strconv.Unquote(s.text[start:s.at]); err == nil {
			return text
		}
		return strings.Trim(s.text[start:s.at], `"`)
	case '\'':
		s.value("")
		return strings.Trim(s.text[start:s.at], "'")
	}
	s.skipTo(" \t\r\n.=]}[{,#\"'")
	return s.text[start:s.at]
}

// pair reads key = value.
func (s *scanner) pair(table string) {
	name := s.key(table)
	s.blank(false)
	if s.peek() == '=' {
		s.at++
		s.blank(false)
		s.value(name)
	}
}

// value passes over a value; keys in it are those of the named key.
func (s *scanner) value(name string) {
	switch {
	case s.has(`"""`):
		s.quoted(`"""`, true)
	case s.has(`'''`):
		s.quoted(`'''`, false)
	case s.peek() == '"':
		s.quoted(`"`, true)
	case s.peek() == '\'':
		s.quoted(`'`, false)
	case s.peek() == '[':
		s.enclosed(']', func() {
			s.begin(name, s.at)
			s.value(name)
		})
	case s.peek() == '{':
		s.enclosed('}', func() { s.pair(name) })
	default:
		s.skipTo(",]}#\r\n")
	}
}

// quoted passes over a string.
func (s *scanner) quoted(quote string, escapes bool) {
	for s.at += len(quote); s.at < len(s.text); s.at++ {
		if escapes && s.text[s.at] == '\\' {
			s.at++
			continue
		}
		if s.has(quote) {
			s.at += len(quote)
			// A long string may end in one or two quotes of its own.
			for n := 0; n < 2 && len(quote) == 3 && s.peek() == quote[0]; n++ {
				s.at++
			}
			return
		}
	}
	s.at = min(s.at, len(s.text))
}

// enclosed passes over what stands between brackets, items with commas between them.
func (s *scanner) enclosed(end byte, item func()) {
	s.at++
	for s.blank(true); s.at < len(s.text) && s.peek() != end; s.blank(true) {
		start := s.at
		if s.peek() == ',' {
			s.at++
			continue
		}
		item()
		if s.at == start {
			return
		}
	}
	s.at = min(s.at+1, len(s.text))
}
