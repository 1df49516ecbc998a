package markdown

import (
	"bytes"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"dragoman/internal/diag"

	"go.yaml.in/yaml/v3"
)

// frontMatter is the YAML between two lines of --- at the top of an article.
type frontMatter struct {
	start, end int // the YAML's first byte; the first byte of the body
	stop       int // the end of the YAML
	fields     []field
}

// field is one key at the top level.
type field struct {
	key   *yaml.Node
	value *yaml.Node
	at    int // where the value stands

	start, stop int // its lines
}

var policyKeys = []string{"untranslated", "stale", "unapproved", "machine", "broken"}

// readFrontMatter finds the front matter, reads what it says, and makes segments of
// the values to translate.
func (d *Document) readFrontMatter(lines *diag.Lines) diag.List {
	d.front = fence(d.src)
	if d.front.stop == d.front.start {
		return unclosed(d.src, lines)
	}
	text := d.src[d.front.start:d.front.stop]
	if pairs, ok := plainPairs(text); ok {
		d.front.place(d.src, pairs)
		return d.readMeta(lines)
	}
	var root yaml.Node
	if err := yaml.Unmarshal(text, &root); err != nil {
		return diag.List{d.malformed(err, lines)}
	}
	if len(root.Content) == 0 {
		return nil
	}
	if root.Content[0].Kind != yaml.MappingNode {
		return diag.List{{
			Pos: lines.At(d.front.start), Code: "front-matter",
			Text: "the front matter is not a list of keys", Hint: "write key: value lines",
		}}
	}
	d.front.place(d.src, root.Content[0].Content)
	return d.readMeta(lines)
}

// plainLine is a key and a value on one line that needs no YAML reader: words and
// numbers, or text in quotes without a quote or a backslash.
var plainLine = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9_-]*):( +)(?:([A-Za-z0-9](?:[A-Za-z0-9 ,.()/_?!-]*[A-Za-z0-9.?!)])?)|"([^"\\\pC]*)"|'([^'\pC]*)')\r?$`)

// plainPairs reads front matter of plain lines alone, as most is, in a tenth of the
// time that the YAML reader takes.
func plainPairs(text []byte) ([]*yaml.Node, bool) {
	var pairs []*yaml.Node
	number := 0
	for l := range bytes.Lines(text) {
		number++
		m := plainLine.FindSubmatch(bytes.TrimSuffix(l, []byte("\n")))
		if m == nil {
			return nil, false
		}
		value := &yaml.Node{Kind: yaml.ScalarNode, Line: number, Column: len(m[1]) + len(m[2]) + 2}
		switch {
		case m[3] != nil:
			value.Value = string(m[3])
		case m[4] != nil:
			value.Value, value.Style = string(m[4]), yaml.DoubleQuotedStyle
		default:
			value.Value, value.Style = string(m[5]), yaml.SingleQuotedStyle
		}
		key := &yaml.Node{Kind: yaml.ScalarNode, Value: string(m[1]), Line: number, Column: 1}
		pairs = append(pairs, key, value)
	}
	return pairs, true
}

// fence finds the lines of --- around the front matter; without them the body
// begins after the byte order mark.
func fence(src []byte) frontMatter {
	var none frontMatter
	if bytes.HasPrefix(src, []byte("\ufeff")) {
		none = frontMatter{start: 3, stop: 3, end: 3}
	}
	rest := src[none.end:]
	first, after, ok := bytes.Cut(rest, []byte("\n"))
	if !ok || string(bytes.TrimRight(first, " \t\r")) != "---" {
		return none
	}
	start := len(src) - len(after)
	for at := start; at < len(src); {
		l, _, ended := bytes.Cut(src[at:], []byte("\n"))
		next := at + len(l)
		if ended {
			next++
		}
		if mark := string(bytes.TrimRight(l, " \t\r")); mark == "---" || mark == "..." {
			return frontMatter{start: start, stop: at, end: next}
		}
		at = next
	}
	return none // a thematic break
}

// keyLine is a line that says what a key of the front matter is.
var keyLine = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]*:(?:[ \t]|\r?$)`)

// unclosed reports front matter whose end is missing: what it says, that the
// article is a draft for one, would be lost, and it would be published as text.
func unclosed(src []byte, lines *diag.Lines) diag.List {
	rest := bytes.TrimPrefix(src, []byte("\ufeff"))
	first, after, _ := bytes.Cut(rest, []byte("\n"))
	second, _, _ := bytes.Cut(after, []byte("\n"))
	if string(bytes.TrimRight(first, " \t\r")) != "---" || !keyLine.Match(second) {
		return nil
	}
	return diag.List{{
		Pos: lines.At(len(src) - len(rest)), Code: "front-matter",
		Text: "the front matter does not end", Hint: "close it with a line of ---",
	}}
}

var yamlLine = regexp.MustCompile(`line (\d+):`)

// malformed turns the YAML reader's error into a finding at its line.
func (d *Document) malformed(err error, lines *diag.Lines) diag.Finding {
	what := strings.TrimPrefix(err.Error(), "yaml: ")
	offset := d.front.start
	if m := yamlLine.FindStringSubmatch(what); m != nil {
		n, _ := strconv.Atoi(m[1])
		offset = lineStart(d.src, d.front.start, n)
		what = strings.TrimSpace(strings.Replace(what, m[0], "", 1))
	}
	return diag.Finding{
		Pos: lines.At(offset), Code: "front-matter",
		Text: "malformed front matter: " + what, Hint: "quote values that hold a colon or begin with a mark",
	}
}

// lineStart is the offset of the n-th line, from 1, of the YAML that begins at start.
func lineStart(src []byte, start, n int) int {
	for ; n > 1 && start < len(src); n-- {
		start += lineLength(src[start:])
	}
	return start
}

// lineLength is the length of the line that begins a text, with what ends it: YAML
// 1.1, section 5.4.
func lineLength(text []byte) int {
	for i := 0; i < len(text); {
		r, n := utf8.DecodeRune(text[i:])
		i += n
		switch r {
		case '\r':
			if i < len(text) && text[i] == '\n' {
				i++
			}
			return i
		case '\n', 0x85, 0x2028, 0x2029:
			return i
		}
	}
	return len(text)
}

// place finds where the pairs of keys and values stand.
func (f *frontMatter) place(src []byte, pairs []*yaml.Node) {
	at := cursor{src: src, start: f.start, at: f.start, line: 1, column: 1}
	for i := 0; i+1 < len(pairs); i += 2 {
		key, value := pairs[i], pairs[i+1]
		at.to(key)
		if i > 0 {
			f.fields[len(f.fields)-1].stop = at.start
		}
		f.fields = append(f.fields, field{key: key, value: value, start: at.start, stop: f.stop})
		at.to(value)
		f.fields[len(f.fields)-1].at = min(at.at, f.stop)
	}
}

// cursor goes through YAML from node to node.
type cursor struct {
	src          []byte
	start, at    int // of the line; of the node
	line, column int
}

func (c *cursor) to(n *yaml.Node) {
	if n.Line > c.line {
		c.start = lineStart(c.src, c.start, n.Line-c.line+1)
		c.at, c.line, c.column = c.start, n.Line, 1
	}
	for ; c.column < n.Column; c.column++ {
		_, size := utf8.DecodeRune(c.src[c.at:])
		c.at += size
	}
}

// readMeta fills Meta; a value of the wrong type is a finding.
func (d *Document) readMeta(lines *diag.Lines) (found diag.List) {
	for _, f := range d.front.fields {
		if key := f.key.Value; slices.Contains(policyKeys, key) {
			if d.Meta.Policy == nil {
				d.Meta.Policy = map[string]Setting{}
			}
			d.Meta.Policy[key] = Setting{f.value.Value, lines.At(f.at)}
		}
		if err := d.Meta.set(f.key.Value, f.value); err != nil {
			found = append(found, diag.Finding{
				Pos: lines.At(f.at), Code: "front-matter",
				Text: fmt.Sprintf("front matter key %q: %v", f.key.Value, err),
			})
		}
	}
	return found
}

func (m *Meta) set(key string, value *yaml.Node) error {
	switch key {
	case "title":
		return decode(value, &m.Title, "want a text; quote it")
	case "description":
		return decode(value, &m.Description, "want a text; quote it")
	case "summary":
		return decode(value, &m.Summary, "want a text; quote it")
	case "subtitle":
		return decode(value, &m.Subtitle, "want a text; quote it")
	case "slug":
		return decode(value, &m.Slug, "want a text; quote it")
	case "aliases":
		return decode(value, &m.Aliases, "want a list of addresses; write [a, b]")
	case "weight":
		return decode(value, &m.Weight, "want a whole number; write weight: 10")
	case "priority":
		return decode(value, &m.Priority, "want a whole number; write priority: 1")
	case "draft":
		return decode(value, &m.Draft, "want true or false")
	case "retracted":
		return decode(value, &m.Retracted, "want true or false")
	case "date":
		return m.setDate(value)
	case "author":
		return m.setAuthor(value)
	}
	return nil
}

func decode(value *yaml.Node, to any, want string) error {
	if value.Decode(to) != nil {
		return errors.New(want)
	}
	return nil
}

func (m *Meta) setDate(value *yaml.Node) error {
	for _, layout := range []string{time.DateOnly, time.RFC3339, "2006-01-02T15:04:05", time.DateTime, "2006/01/02"} {
		if day, err := time.Parse(layout, value.Value); err == nil {
			m.Date = day.UTC().Truncate(24 * time.Hour)
			return nil
		}
	}
	return errors.New("want a date; write date: 2026-11-24")
}

// setAuthor takes one name or a list of names.
func (m *Meta) setAuthor(value *yaml.Node) error {
	var names []string
	if value.Kind == yaml.SequenceNode {
		if err := decode(value, &names, "want a name or a list of names"); err != nil {
			return err
		}
		m.Author = strings.Join(names, ", ")
		return nil
	}
	return decode(value, &m.Author, "want a name or a list of names")
}

// frontSegments makes segments of the values to translate.
func (d *Document) frontSegments() {
	keys := d.dialect.FrontMatter
	if keys == nil {
		keys = []string{"title", "description", "summary", "subtitle"}
	}
	for i, f := range d.front.fields {
		text := strings.TrimSpace(f.value.Value)
		if f.value.Kind != yaml.ScalarNode || !slices.Contains(keys, f.key.Value) || !worded([]byte(text)) {
			continue
		}
		sp, ok := d.valueSpan(i)
		if !ok {
			continue
		}
		d.Segments = append(d.Segments, Segment{
			Kind: FrontMatter, Name: f.key.Value, Text: text, span: sp, block: -1,
		})
	}
}

// valueSpan is where the value of the i-th field stands, quotes included. It
// reports false where the text there does not read as the value.
func (d *Document) valueSpan(i int) (span, bool) {
	f := d.front.fields[i]
	if f.stop < f.at {
		return span{}, false // {key: value, …} on one line
	}
	text := d.src[f.at:f.stop]
	text = text[:scalarLength(text, f.value.Style)]
	return span{f.at, f.at + len(text), value}, reads(text, f.value)
}

// reads reports whether a text is the value of a YAML node, and nothing else.
func reads(text []byte, value *yaml.Node) bool {
	switch {
	case len(text) == 0:
		return false
	case value.Style == 0:
		if string(text) == value.Value {
			return true
		}
	case value.Style&(yaml.DoubleQuotedStyle|yaml.SingleQuotedStyle) != 0:
		if string(text[1:len(text)-1]) == value.Value && bytes.IndexByte(text, '\\') < 0 {
			return true
		}
	}
	// As the value of a key: a block scalar is indented more than its key.
	var back struct{ K yaml.Node }
	if yaml.Unmarshal(append([]byte("k: "), text...), &back) != nil {
		return false
	}
	return back.K.Style == value.Style && strings.TrimSpace(back.K.Value) == strings.TrimSpace(value.Value)
}

// scalarLength is how much of text the scalar that begins it takes up.
func scalarLength(text []byte, style yaml.Style) int {
	switch {
	case style&yaml.DoubleQuotedStyle != 0:
		for i := 1; i < len(text); i++ {
			switch text[i] {
			case '\\':
				i++
			case '"':
				return i + 1
			}
		}
		return 0
	case style&yaml.SingleQuotedStyle != 0:
		for i := 1; i < len(text); i++ {
			if text[i] != '\'' {
				continue
			}
			if i+1 == len(text) || text[i+1] != '\'' {
				return i + 1
			}
			i++
		}
		return 0
	case style&(yaml.LiteralStyle|yaml.FoldedStyle) != 0:
		return len(bytes.TrimRight(text, " \t\r\n"))
	}
	return plainLength(text)
}

// plainLength is the length of a plain scalar: to a comment, or to a line that is
// not indented.
func plainLength(text []byte) int {
	end := 0
	for at := 0; at < len(text); {
		l, _, _ := bytes.Cut(text[at:], []byte("\n"))
		if at > 0 && len(l) > 0 && l[0] != ' ' && l[0] != '\t' && l[0] != '\r' {
			break
		}
		cut := bytes.Index(l, []byte(" #"))
		if t := bytes.TrimLeft(l, " \t"); len(t) > 0 && t[0] == '#' {
			cut = 0
		}
		if cut >= 0 {
			if t := bytes.TrimRight(l[:cut], " \t\r"); len(t) > 0 {
				end = at + len(t)
			}
			break
		}
		if t := bytes.TrimRight(l, " \t\r"); len(t) > 0 {
			end = at + len(t)
		}
		at += len(l) + 1
	}
	return end
}

// encodeValue writes an answer in the style of the value that it replaces, on one
// line; what was several lines may be so again.
func encodeValue(old []byte, source, answer string) string {
	lines := strings.Split(answer, "\n")
	if !strings.Contains(source, "\n") {
		lines = []string{answer}
	}
	for i, l := range lines {
		lines[i] = strings.Join(strings.FieldsFunc(l, func(r rune) bool { return r < 0x80 && isSpace(byte(r)) }), " ")
	}
	answer = strings.Trim(strings.Join(lines, "\n"), "\n")
	switch {
	case strings.ContainsFunc(answer, unprintable):
	case old[0] == '\'':
		return "'" + strings.ReplaceAll(answer, "'", "''") + "'"
	case old[0] != '"' && old[0] != '|' && old[0] != '>' && (answer == string(old) || plainSafe(answer)):
		return answer
	}
	return quoteYAML(answer)
}

// plainSafe reports whether a text stands for itself as a plain scalar.
func plainSafe(s string) bool {
	if strings.Contains(s, ": ") || strings.Contains(s, " #") || strings.HasSuffix(s, ":") {
		return false
	}
	if phrase.MatchString(s) {
		return true
	}
	if otherTypes[strings.ToLower(s)] {
		return false
	}
	var back struct{ K any }
	if yaml.Unmarshal([]byte("k: "+s), &back) != nil {
		return false
	}
	text, ok := back.K.(string)
	return ok && text == s
}

// otherTypes are words that YAML 1.1, which other generators read, takes for
// something else than text.
var otherTypes = map[string]bool{
	"y": true, "yes": true, "on": true, "true": true, "n": true, "no": true, "off": true, "false": true, "null": true, "~": true,
}

// phrase is words of letters: nothing that YAML reads as another type, or marks.
var phrase = regexp.MustCompile(`^\pL+(?: [\pL\pN]+)+[.!?]?$`)

// unprintable reports whether YAML wants a character escaped, between double quotes.
func unprintable(r rune) bool {
	return r < ' ' || r >= 0x7F && r < 0xA0 || r == 0x2028 || r == 0x2029 || r == 0xFEFF ||
		r == 0xFFFE || r == 0xFFFF
}

func quoteYAML(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteRune(r)
		case r == '\n':
			b.WriteString(`\n`)
		case unprintable(r):
			fmt.Fprintf(&b, `\u%04X`, r)
		default:
			b.WriteRune(r)
		}
	}
	b.WriteByte('"')
	return b.String()
}
