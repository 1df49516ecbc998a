package markdown

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"strings"
)

// objectStart is how a JSON object begins.
var objectStart = regexp.MustCompile(`^\{\s*(?:\}|"(?:[^"\\\n]|\\.)*"\s*:)`)

// objectRange finds the JSON object that begins an article: where it stops, and where
// the line ends on which it does; 0 if it is none. MDX begins with a brace too, and
// so do many a generator's directives.
func objectRange(src []byte, mdx bool) (stop, end int) {
	first, _, _ := bytes.Cut(src, []byte("\n"))
	alone := !mdx && len(bytes.TrimRight(first, " \t\r")) == 1
	if !alone && !objectStart.Match(src) {
		return 0, 0
	}
	stop = objectLength(src)
	rest, after, _ := bytes.Cut(src[stop:], []byte("\n"))
	if stop > 0 && len(bytes.TrimRight(rest, " \t\r")) == 0 {
		return stop, len(src) - len(after)
	}
	if !alone {
		return 0, 0
	}
	// What has its braces on lines of their own is meant to be an object.
	for l := range bytes.Lines(src) {
		end += len(l)
		if string(bytes.TrimRight(l, " \t\r\n")) == "}" {
			return end - len(l) + 1, end
		}
	}
	return 0, 0
}

// objectLength is how much of src its braces take up, 0 if they are not closed. A
// text that is not closed ends with its line.
func objectLength(src []byte) int {
	depth, text := 0, false
	for i := 0; i < len(src); i++ {
		switch c := src[i]; {
		case c == '"' || c == '\n' && text:
			text = !text
		case c == '\\' && text:
			i++
		case text:
		case c == '{':
			depth++
		case c == '}':
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}

// jsonWalk reads JSON value by value.
type jsonWalk struct {
	front *frontMatter
	src   []byte
	in    *json.Decoder
}

func (f *frontMatter) readJSON(src []byte) {
	text := src[f.start:f.stop]
	var whole json.RawMessage
	if err := json.Unmarshal(text, &whole); err != nil {
		at := f.start
		if e := (*json.SyntaxError)(nil); errors.As(err, &e) {
			at += max(0, min(int(e.Offset)-1, len(text)-1))
		}
		f.fault = malformed(at, err.Error(), "put keys and texts between double quotes, and commas between them")
		return
	}
	w := jsonWalk{f, src, json.NewDecoder(bytes.NewReader(text))}
	w.in.UseNumber()
	_, _ = w.in.Token() // the brace
	w.object("", 0)
}

// token is the next token and where it stands.
func (w *jsonWalk) token() (t json.Token, start, stop int) {
	start = w.front.start + int(w.in.InputOffset())
	for strings.IndexByte(" \t\r\n:,", w.src[start]) >= 0 {
		start++
	}
	t, _ = w.in.Token() // the text is valid
	return t, start, w.front.start + int(w.in.InputOffset())
}

func (w *jsonWalk) object(path string, depth int) {
	var seen map[string]bool
	for w.in.More() && w.front.fault == nil {
		t, at, _ := w.token()
		key, _ := t.(string)
		if seen[key] {
			w.front.fault = twice(at, key)
			return
		}
		if seen == nil {
			seen = map[string]bool{}
		}
		seen[key] = true
		w.value(joinKey(path, key), depth)
	}
	_, _ = w.in.Token()
}

// twice is the fault of a key that stands in one table twice.
func twice(at int, key string) *fault {
	return &fault{at, "front-matter", fmt.Sprintf("front matter key %.50q is there twice", key), "leave one of them out"}
}

func (w *jsonWalk) value(path string, depth int) {
	t, start, stop := w.token()
	e := entry{path: path, depth: depth, start: start, stop: stop}
	switch t := t.(type) {
	case json.Delim:
		e.kind, e.stop = tableEntry, start
		if t == '[' {
			e.kind = listEntry
		}
		if !w.front.add(e) {
			return
		}
		if t == '{' {
			w.object(path, depth+1)
			return
		}
		for w.in.More() && w.front.fault == nil {
			w.value(path, depth+1)
		}
		_, _ = w.in.Token()
		return
	case string:
		e.text = t
	case json.Number:
		e.kind, e.text = numberEntry, t.String()
	case bool:
		e.kind, e.text = boolEntry, string(w.src[start:stop])
	default:
		e.kind = nullEntry
	}
	w.front.add(e)
}

// quoteJSON is a text between double quotes.
func quoteJSON(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case r < ' ':
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
