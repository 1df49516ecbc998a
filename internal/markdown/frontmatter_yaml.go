package markdown

import (
	"bytes"
	"fmt"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
)

func (f *frontMatter) readYAML(src []byte) {
	text := src[f.start:f.stop]
	if !f.readPlainLines(text) {
		f.entries = nil
		f.readTree(src)
	}
}

// readTree reads front matter of any kind.
func (f *frontMatter) readTree(src []byte) {
	text := src[f.start:f.stop]
	var root yaml.Node
	if err := yaml.Unmarshal(text, &root); err != nil {
		f.fault = yamlFault(text, f.start, err)
		return
	}
	if len(root.Content) == 0 {
		return
	}
	if root.Content[0].Kind != yaml.MappingNode {
		f.fault = &fault{
			f.start, "front-matter",
			"the front matter is not a list of keys", "write key: value lines",
		}
		return
	}
	w := yamlWalk{front: f, src: src[:f.stop], at: f.start, line: 1, column: 1}
	w.pairs("", 0, root.Content[0], false)
}

// plainLine is a key and a value on one line that needs no YAML reader: words and
// numbers, and between them signs that end no text without quotes, or text in quotes
// without a quote or a backslash.
var plainLine = regexp.MustCompile(`^([A-Za-z][A-Za-z0-9_-]*):( +)(?:([\pL0-9](?:[^\pC\pZ:#"'{}\[\]\\\x{FFFD}-\x{FFFF}]| +[^\pC\pZ:#"'{}\[\]\\\x{FFFD}-\x{FFFF}])*)|"([^"\\\pC]*)"|'([^'\pC]*)')\r?$`)

// fewLines is how many lines are compared with each other for keys told twice.
const fewLines = 32

// readPlainLines reads front matter of plain lines alone, as most is, in a tenth of
// the time that the YAML reader takes.
func (f *frontMatter) readPlainLines(text []byte) bool {
	lines := bytes.Count(text, []byte("\n"))
	if lines > fewLines {
		return false
	}
	f.entries = make([]entry, 0, lines)
	at := f.start
	for l := range bytes.Lines(text) {
		m := plainLine.FindSubmatchIndex(bytes.TrimSuffix(l, []byte("\n")))
		if m == nil {
			return false
		}
		e := entry{path: string(l[m[2]:m[3]]), start: at + m[5]}
		for i := range f.entries {
			if f.entries[i].path == e.path {
				return false
			}
		}
		switch {
		case m[6] >= 0:
			e.text, e.stop, e.style = string(l[m[6]:m[7]]), at+m[7], bare
			e.kind = plainKind(e.text)
		case m[8] >= 0:
			e.text, e.stop = string(l[m[8]:m[9]]), at+m[9]+1
		default:
			e.text, e.stop = string(l[m[10]:m[11]]), at+m[11]+1
		}
		if !f.add(e) {
			return true
		}
		at += len(l)
	}
	return true
}

// plainKind is what YAML reads a scalar without quotes as.
func plainKind(text string) entryKind {
	if phrase.MatchString(text) {
		return textEntry
	}
	return tagKind((&yaml.Node{Kind: yaml.ScalarNode, Value: text}).ShortTag())
}

func tagKind(tag string) entryKind {
	switch tag {
	case "!!null":
		return nullEntry
	case "!!bool":
		return boolEntry
	case "!!int", "!!float":
		return numberEntry
	case "!!timestamp":
		return dateEntry
	}
	return textEntry
}

var (
	yamlLine    = regexp.MustCompile(`^line (\d+): `)
	yamlAnchor  = regexp.MustCompile(`^(?:unknown )?anchor '(.+)' `)
	secondColon = regexp.MustCompile(`^[^\r\n]*?:\s[^\r\n]*?(:(?:[ \t]|\r?\n|$))`)

	// yamlGrammar is what the reader says of the line before.
	yamlGrammar = regexp.MustCompile(`did not find expected (?:<|key$|node content|'-' indicator|',' or)`)
)

// yamlFault finds where the YAML reader saw an error.
func yamlFault(text []byte, start int, err error) *fault {
	what := strings.TrimPrefix(err.Error(), "yaml: ")
	at := 0
	if m := yamlLine.FindStringSubmatch(what); m != nil {
		n, _ := strconv.Atoi(m[1])
		what = what[len(m[0]):]
		if yamlGrammar.MatchString(what) {
			n++
		}
		at = lineStart(text, n)
	}
	at += len(text[at:]) - len(bytes.TrimLeft(text[at:], " \t"))
	switch {
	case strings.HasPrefix(what, "mapping values are not allowed"):
		if m := secondColon.FindSubmatchIndex(text[at:]); m != nil {
			at += m[2]
		}
	case strings.HasPrefix(what, "control characters"):
		at = max(0, bytes.IndexFunc(text, func(r rune) bool { return unprintable(r) && !strings.ContainsRune("\t\r\n\u0085\u2028\u2029", r) }))
	case yamlAnchor.MatchString(what):
		at = max(0, bytes.Index(text, []byte("*"+yamlAnchor.FindStringSubmatch(what)[1])))
	}
	return malformed(start+at, what, "quote values that hold a colon or begin with a mark")
}

// lineStart is the offset of the n-th line, from 1, as YAML counts.
func lineStart(text []byte, n int) int {
	at := 0
	for n > 1 && at < len(text) {
		if size := lineBreak(text[at:]); size > 0 {
			at, n = at+size, n-1
			continue
		}
		at++
	}
	return at
}

// yamlWalk goes through the nodes of YAML, and through its text beside them.
type yamlWalk struct {
	front        *frontMatter
	src          []byte
	at           int // how far the text is gone through
	line, column int // of at, as YAML counts
}

// move is the offset of a place, or of where the walk has gone past it.
func (w *yamlWalk) move(n *yaml.Node) int {
	for w.at < len(w.src) && (w.line < n.Line || w.line == n.Line && w.column < n.Column) {
		if size := lineBreak(w.src[w.at:]); size > 0 {
			w.at += size
			w.line, w.column = w.line+1, 1
			continue
		}
		_, size := utf8.DecodeRune(w.src[w.at:])
		w.at += size
		w.column++
	}
	return w.at
}

// lineBreak is the length of the line break that begins a text, by YAML 1.1, 0 if
// none does.
func lineBreak(text []byte) int {
	switch {
	case text[0] == '\n':
		return 1
	case text[0] == '\r':
		if len(text) > 1 && text[1] == '\n' {
			return 2
		}
		return 1
	case text[0] < utf8.RuneSelf:
	case bytes.HasPrefix(text, []byte("\u0085")):
		return 2
	case bytes.HasPrefix(text, []byte("\u2028")) || bytes.HasPrefix(text, []byte("\u2029")):
		return 3
	}
	return 0
}

func (w *yamlWalk) pairs(path string, depth int, n *yaml.Node, flow bool) {
	flow = flow || n.Style&yaml.FlowStyle != 0
	seen := make(map[string]bool, len(n.Content)/2)
	for i := 0; i+1 < len(n.Content) && w.front.fault == nil; i += 2 {
		key := n.Content[i]
		at := w.move(key)
		if key.Kind == yaml.AliasNode {
			key = key.Alias
		}
		if seen[key.Value] && key.Kind == yaml.ScalarNode {
			w.front.fault = twice(at, key.Value)
			return
		}
		seen[key.Value] = true
		w.value(joinKey(path, key.Value), depth, n.Content[i+1], flow)
	}
}

func (w *yamlWalk) value(path string, depth int, n *yaml.Node, flow bool) {
	at := w.move(n)
	e := entry{path: path, depth: depth, start: at, stop: at}
	switch n.Kind {
	case yaml.MappingNode:
		e.kind = tableEntry
		if w.front.add(e) {
			w.pairs(path, depth+1, n, flow)
		}
	case yaml.SequenceNode:
		e.kind = listEntry
		if !w.front.add(e) {
			return
		}
		flow = flow || n.Style&yaml.FlowStyle != 0
		for _, element := range n.Content {
			w.value(path, depth+1, element, flow)
		}
	case yaml.AliasNode:
		w.alias(e, n.Alias)
	default:
		w.scalar(e, n, flow)
	}
}

// alias adds what is written elsewhere: a scalar, a list of scalars, that there is
// a table.
func (w *yamlWalk) alias(e entry, n *yaml.Node) {
	e.style = aliased
	switch n.Kind {
	case yaml.MappingNode:
		e.kind = tableEntry
	case yaml.SequenceNode:
		e.kind = listEntry
	case yaml.ScalarNode:
		e.kind, e.text = tagKind(n.ShortTag()), n.Value
	}
	if !w.front.add(e) || n.Kind != yaml.SequenceNode {
		return
	}
	e.depth++
	for _, element := range n.Content {
		e.kind, e.text = tagKind(element.ShortTag()), element.Value
		if element.Kind != yaml.ScalarNode {
			e.kind, e.text = tableEntry, ""
		}
		if !w.front.add(e) {
			return
		}
	}
}

func (w *yamlWalk) scalar(e entry, n *yaml.Node, flow bool) {
	e.kind, e.text = tagKind(n.ShortTag()), n.Value
	at := e.start
	for at < len(w.src) && (w.src[at] == '&' || w.src[at] == '!') {
		at = w.property(at) // no scalar without quotes begins so
	}
	stop := -1
	switch style := n.Style &^ yaml.TaggedStyle; style {
	case yaml.DoubleQuotedStyle, yaml.SingleQuotedStyle:
		stop = quotesEnd(w.src, at)
	case yaml.LiteralStyle, yaml.FoldedStyle:
		if header := blockHeader.Find(w.src[at:]); header != nil {
			stop = sameWords(w.src, at+len(header), strings.Trim(n.Value, " \t\r\n"))
		}
	default:
		if e.style = bare; flow {
			e.style = bareFlow
		}
		stop = sameWords(w.src, at, n.Value)
	}
	if e.start, e.stop = at, at; stop > at {
		e.stop = stop
	}
	w.front.add(e)
}

// property is the offset of what comes after an anchor or a tag.
func (w *yamlWalk) property(at int) int {
	for at < len(w.src) && !isSpace(w.src[at]) {
		at++
	}
	for at < len(w.src) {
		switch {
		case isSpace(w.src[at]):
			at++
		case w.src[at] == '#':
			for at < len(w.src) && lineBreak(w.src[at:]) == 0 {
				at++
			}
		default:
			return at
		}
	}
	return at
}

// quotesEnd is where the quotes that open at an offset have been closed, -1 if they
// are not.
func quotesEnd(src []byte, at int) int {
	if at >= len(src) {
		return -1
	}
	quote := src[at]
	for i := at + 1; i < len(src); i++ {
		switch {
		case src[i] == '\\' && quote == '"':
			i++
		case src[i] != quote:
		case quote == '\'' && i+1 < len(src) && src[i+1] == quote:
			i++
		default:
			return i + 1
		}
	}
	return -1
}

// sameWords is where a value ends that is written from an offset on, with other
// white space in it; -1 if something else is written there.
func sameWords(src []byte, at int, value string) int {
	for j := 0; j < len(value); {
		i, k := at, j
		for i < len(src) && isSpace(src[i]) {
			i++
		}
		for k < len(value) && isSpace(value[k]) {
			k++
		}
		if (i > at) != (k > j) && j > 0 {
			return -1
		}
		if at, j = i, k; j == len(value) {
			return at
		}
		if at == len(src) || src[at] != value[j] {
			return -1
		}
		at, j = at+1, j+1
	}
	return at
}

// encodeYAML writes an answer in the style of what it replaces, or between double
// quotes where it would not read as the answer.
func encodeYAML(old, answer string, style entryStyle, hard bool) string {
	block := old[0] == '|' || old[0] == '>'
	lines := strings.Contains(answer, "\n")
	switch {
	case hard || strings.ContainsFunc(strings.ReplaceAll(answer, "\n", ""), unprintable):
	case block && lines && ownIndent.MatchString(old): // the old text began with spaces of its own
	case block:
		return encodeBlock(old, answer)
	case lines:
	case old[0] == '\'' && style == notBare:
		return "'" + strings.ReplaceAll(answer, "'", "''") + "'"
	case style != notBare && plainSafe(answer, style):
		return answer
	}
	if block {
		return quoteYAML(answer) + blockHeader.FindStringSubmatch(old)[1]
	}
	return quoteYAML(answer)
}

// blockHeader is the first line of a block, with its comment, and blank lines and
// white space until its text.
var blockHeader = regexp.MustCompile(`^[|>][0-9+-]*([^\r\n\x{85}\x{2028}\x{2029}]*)(?:\r\n|[\r\n\x{85}\x{2028}\x{2029}])` +
	`(?:[ \t\r\n]*[\r\n])?([ \t]*)`)

// ownIndent is the header of a block that tells its indentation.
var ownIndent = regexp.MustCompile(`^[|>][+-]?[1-9]`)

// encodeBlock writes an answer as the lines of a literal or folded block.
func encodeBlock(old, answer string) string {
	m := blockHeader.FindStringSubmatch(old)
	newline := "\n"
	if strings.Contains(m[0], "\r\n") {
		newline = "\r\n"
	}
	var b strings.Builder
	b.WriteString(m[0])
	for i, l := range strings.Split(answer, "\n") {
		if i > 0 {
			b.WriteString(newline)
		}
		if i > 0 && l != "" {
			if old[0] == '>' {
				b.WriteString(newline) // one newline would be folded
			}
			b.WriteString(m[2])
		}
		b.WriteString(l)
	}
	return b.String()
}

// plainSafe reports whether a text stands for itself without quotes.
func plainSafe(s string, style entryStyle) bool {
	if strings.Contains(s, ": ") || strings.Contains(s, " #") || strings.HasSuffix(s, ":") {
		return false
	}
	if phrase.MatchString(s) || style != bareFlow && begun(s) {
		return true
	}
	if otherTypes[strings.ToLower(s)] {
		return false
	}
	text := "k: " + s
	if style == bareFlow {
		text = "k: [" + s + "]"
	}
	var back struct{ K any }
	if yaml.Unmarshal([]byte(text), &back) != nil {
		return false
	}
	if list, ok := back.K.([]any); ok && style == bareFlow && len(list) == 1 {
		back.K = list[0]
	}
	got, ok := back.K.(string)
	return ok && got == s
}

// otherTypes are words that YAML 1.1, which other generators read, takes for
// something else than text.
var otherTypes = map[string]bool{
	"y": true, "yes": true, "on": true, "true": true, "n": true, "no": true, "off": true, "false": true, "null": true, "~": true,
}

// phrase is words of letters: nothing that YAML reads as another type, or marks.
var phrase = regexp.MustCompile(`^\pL+(?: [\pL\pN]+)+[.!?]?$`)

// begun reports whether a text, which no mark ends, begins with a letter and is more than
// one word: what is bare goes on to the end of the line, and no other type has words.
func begun(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsLetter(r) && strings.TrimSpace(s) == s && strings.Contains(s, " ") && !strings.ContainsFunc(s, unprintable)
}

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
