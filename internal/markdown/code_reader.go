package markdown

import (
	"bytes"
	"strings"
	"unicode"
)

// codeReader finds the comments in code. It looks at each byte once, but for a few at
// marks, and never fails: what it does not understand is code.
type codeReader struct {
	code    []byte
	runs    []span
	here    string // the word on whose line the text ends that begins with the next line
	missed  int    // texts whose last line is not there
	noRegex int    // no regular expression ends before here
}

// maxMissed bounds how often the end of a text is looked for that has none.
const maxMissed = 16

func (r *codeReader) read(i, to int, syn *syntax) {
	for i < to {
		if !syn.starts[r.code[i]] {
			i++
			continue
		}
		i = r.mark(i, to, syn)
	}
}

// mark takes in what may be a comment or a literal at i, and returns where it ends.
func (r *codeReader) mark(i, to int, syn *syntax) int {
	rest := r.code[i:to]
	if i == 0 && bytes.HasPrefix(rest, []byte("#!")) {
		return lineEnd(rest)
	}
	for _, mark := range syn.except {
		if bytes.HasPrefix(rest, []byte(mark)) {
			return i + len(mark)
		}
	}
	for _, b := range syn.blocks {
		if bytes.HasPrefix(rest, []byte(b.open)) {
			return r.block(i+len(b.open), to, b, syn)
		}
	}
	for _, mark := range syn.lines {
		if bytes.HasPrefix(rest, []byte(mark)) && r.begins(i, mark, syn) {
			return r.line(i+len(mark), to, syn)
		}
	}
	if end := r.literal(i, to, syn); end > i {
		return end
	}
	switch rest[0] {
	case '\n':
		return r.newline(i, to, syn)
	case '\\':
		return i + 2
	case '/':
		return r.regex(i, to)
	case '<':
		if syn.has(pages) {
			return r.page(i, to)
		}
		r.heredoc(i, to, syn)
	}
	return i + 1
}

// begins reports whether the mark at i begins a comment.
func (r *codeReader) begins(i int, mark string, syn *syntax) bool {
	before := byte('\n')
	if i > 0 {
		before = r.code[i-1]
	}
	switch {
	case mark == "//":
		return before != ':' // as in an address
	case syn.has(operators):
		if symbol(before) {
			return false
		}
		after := bytes.TrimLeft(r.code[i:], "-")
		return len(after) == 0 || !symbol(after[0])
	case syn.has(apart):
		return isSpace(before)
	case syn.has(first):
		for i > 0 && (r.code[i-1] == ' ' || r.code[i-1] == '\t') {
			i--
		}
		return i == 0 || r.code[i-1] == '\n'
	}
	return true
}

// symbol reports whether operators are made of a character, in Haskell (2010 report,
// section 2.2).
func symbol(c byte) bool { return strings.IndexByte(`!#$%&*+./<=>?@\^|-~:`, c) >= 0 }

// line takes in a comment whose mark ends at i, to the end of its line.
func (r *codeReader) line(i, to int, syn *syntax) int {
	if syn.has(levels) {
		if open, shut := syn.raw.at(r.code[i:to]); open > 0 {
			return r.block(i+open, to, pair{shut: shut}, syn)
		}
	}
	end := i + lineEnd(r.code[i:to])
	r.text(r.more(i, end, r.code[i-1], syn), end, remark)
	return end
}

// more is where a comment's opening mark ends, with what makes it one of documentation.
func (r *codeReader) more(i, end int, again byte, syn *syntax) int {
	for i < end && (r.code[i] == again || r.code[i] == '!' || r.code[i] == '<') {
		i++
	}
	if rest := bytes.TrimLeft(r.code[i:end], " "); syn.has(operators) && len(rest) > 1 && (rest[0] == '|' || rest[0] == '^') && rest[1] == ' ' {
		return end - len(rest) + 1
	}
	return i
}

// lineEnd is the length of a text's first line.
func lineEnd(text []byte) int {
	if i := bytes.IndexByte(text, '\n'); i >= 0 {
		return i
	}
	return len(text)
}

// block takes in a comment from behind its opening mark on.
func (r *codeReader) block(i, to int, marks pair, syn *syntax) int {
	end, nested := r.shut(i, to, marks, syn)
	if end < 0 {
		return to
	}
	after := end + len(marks.shut)
	if nested {
		return after
	}
	i = r.more(i, end, '*', syn)
	stars := marks.shut[0] == '*'
	for stars && end > i && r.code[end-1] == '*' {
		end--
	}
	for f := enclosed; i < end; {
		stop := i + lineEnd(r.code[i:end])
		r.text(i, stop, f)
		i = min(stop+1, end)
		for i < end && isSpace(r.code[i]) && r.code[i] != '\n' {
			i++
		}
		f = unmarked
		if n := starred(r.code[i:end]); stars && n > 0 {
			i, f = i+n, enclosed
		}
	}
	return after
}

// starred is the length of the asterisk at the beginning of a comment's line.
func starred[T string | []byte](line T) int {
	if len(line) > 0 && line[0] == '*' && (len(line) == 1 || isSpace(line[1])) {
		return 1
	}
	return 0
}

// shut is where a comment's closing mark stands, -1 if it does not; nested tells that
// another comment is in it.
func (r *codeReader) shut(i, to int, marks pair, syn *syntax) (end int, nested bool) {
	if !syn.has(nests) || marks.open == "" {
		n := bytes.Index(r.code[i:to], []byte(marks.shut))
		if n < 0 {
			return -1, false
		}
		return i + n, false
	}
	for depth := 0; i < to; i++ {
		switch rest := r.code[i:to]; {
		case bytes.HasPrefix(rest, []byte(marks.open)):
			depth, nested = depth+1, true
			i += len(marks.open) - 1
		case bytes.HasPrefix(rest, []byte(marks.shut)):
			if depth == 0 {
				return i, nested
			}
			depth--
			i += len(marks.shut) - 1
		}
	}
	return -1, nested
}

// text takes in one line of a comment.
func (r *codeReader) text(i, end int, f form) {
	for i < end && isSpace(r.code[i]) {
		i++
	}
	for end > i && (isSpace(r.code[end-1]) || r.code[end-1] == '\\') {
		end--
	}
	if i < end && !bytes.ContainsFunc(r.code[i:end], unfit) {
		r.runs = append(r.runs, span{i, end, f})
	}
}

// unfit reports whether a character has no place in a comment: it ends the line in some
// languages, or shows code in another order than it runs. Go and Rust refuse some.
func unfit(c rune) bool {
	switch {
	case c == '\t':
		return false
	case unicode.IsControl(c), c == '\u2028', c == '\u2029', c == '\ufeff':
		return true
	}
	return c >= '\u202a' && c <= '\u202e' || c >= '\u2066' && c <= '\u2069'
}

// literal is where the text or the character at i ends, i if there is none. A text
// that is not closed ends with its line or, if it may have several, with the code.
func (r *codeReader) literal(i, to int, syn *syntax) int {
	rest := r.code[i:to]
	if syn.has(chars) && rest[0] == '\'' {
		return i + max(1, charLength(rest))
	}
	if syn.has(primes) && rest[0] == '\'' && i > 0 && (isAlpha(r.code[i-1]) || r.code[i-1] >= '0' && r.code[i-1] <= '9' || r.code[i-1] >= 0x80) {
		return i + 1
	}
	if open, shut := syn.raw.at(rest); open > 0 {
		if n := bytes.Index(rest[open:], []byte(shut)); n >= 0 {
			return i + open + n + len(shut)
		}
		return to
	}
	for _, q := range syn.quotes {
		if bytes.HasPrefix(rest, []byte(q.open)) {
			return i + q.length(rest)
		}
	}
	return i
}

// length is the length of the text that code begins with.
func (q *quote) length(code []byte) int {
	for i := len(q.open); i < len(code); i++ {
		switch c := code[i]; {
		case c == '\\' && !q.raw:
			if i++; bytes.HasPrefix(code[i:], []byte("\r\n")) {
				i++
			}
		case c == '\n' && !q.long:
			return i
		case c == q.shut[0] && bytes.HasPrefix(code[i:], []byte(q.shut)):
			return i + len(q.shut)
		}
	}
	return len(code)
}

// charLength is the length of the character in quotes that code begins with, 0 if it
// begins with none: it may be a lifetime, a prime, a quoted symbol.
func charLength(code []byte) int {
	const longest = 16
	line := code[:min(len(code), longest)]
	line = line[:lineEnd(line)]
	from := 2
	switch {
	case len(line) < 3 || line[1] == '\'':
		return 0
	case line[1] == '\\':
		from = 3
	case line[1] >= 0x80:
		for from < len(line) && line[from]&0xC0 == 0x80 {
			from++
		}
	case line[2] != '\'':
		return 0
	}
	if from >= len(line) || line[1] != '\\' && line[from] != '\'' {
		return 0
	}
	return from + bytes.IndexByte(line[from:], '\'') + 1
}

// regex passes over the regular expression that may begin at i, in JavaScript: where
// an operand is wanted, and no further than the line.
func (r *codeReader) regex(i, to int) int {
	before := bytes.TrimRight(r.code[:i], " \t")
	if n := len(before); i < r.noRegex || n > 0 && strings.IndexByte("(,=:[!&|?{;*%~^\n", before[n-1]) < 0 &&
		!bytes.HasSuffix(before, []byte("return")) {
		return i + 1
	}
	class := false
	k := i + 1
	for ; k < to && r.code[k] != '\n'; k++ {
		switch r.code[k] {
		case '\\':
			k++
		case '[':
			class = true
		case ']':
			class = false
		case '/':
			if !class {
				return k + 1
			}
		}
	}
	r.noRegex = k
	return i + 1
}

// heredoc notes the text that a << at i begins with the next line.
func (r *codeReader) heredoc(i, to int, syn *syntax) {
	if syn.heredoc == nil || r.missed >= maxMissed || r.here != "" || i > 0 && r.code[i-1] == '<' {
		return
	}
	if m := syn.heredoc.FindSubmatch(r.code[i:min(to, i+80)]); m != nil {
		r.here = string(m[1])
	}
}

// newline passes over what of the next lines is text: a heredoc, a block scalar.
func (r *codeReader) newline(i, to int, syn *syntax) int {
	if r.here != "" {
		word := r.here
		r.here = ""
		for at := i + 1; at < to; {
			end := at + lineEnd(r.code[at:to])
			if string(bytes.Trim(r.code[at:end], " \t\r;,)")) == word {
				return end
			}
			at = end + 1
		}
		r.missed++
	}
	if !syn.has(scalars) {
		return i + 1
	}
	line := r.code[bytes.LastIndexByte(r.code[:i], '\n')+1 : i]
	if !scalarMark(line) {
		return i + 1
	}
	for at := i + 1; at < to; {
		end := at + lineEnd(r.code[at:to])
		next := r.code[at:end]
		if len(bytes.TrimSpace(next)) > 0 && indentOf(next) <= indentOf(line) {
			return at
		}
		at = end + 1
	}
	return to
}

// scalarMark reports whether a line of YAML begins a block scalar.
func scalarMark(line []byte) bool {
	if i := bytes.Index(line, []byte(" #")); i >= 0 {
		line = line[:i]
	}
	line = bytes.TrimRight(bytes.TrimRight(line, " \t\r"), "+-0123456789")
	n := len(line)
	return n > 1 && (line[n-1] == '|' || line[n-1] == '>') && isSpace(line[n-2])
}

func indentOf(line []byte) int { return len(line) - len(bytes.TrimLeft(line, " ")) }

// page takes in a script or a style sheet of HTML.
func (r *codeReader) page(i, to int) int {
	for _, inner := range []struct{ tag, language string }{{"script", "js"}, {"style", "css"}} {
		if tagStart(string(r.code[i:min(to, i+10)])) != inner.tag || r.code[i+1] == '/' {
			continue
		}
		from := bytes.IndexByte(r.code[i:to], '>')
		if from < 0 {
			return to
		}
		from += i
		end := to
		if n := indexFold(r.code[from:to], "</"+inner.tag); n >= 0 {
			end = from + n
		}
		r.read(from, end, languages()[inner.language])
		return end
	}
	return i + 1
}

// indexFold is where a tag stands in lower or upper case, -1 if it does not.
func indexFold(code []byte, tag string) int {
	for i := 0; ; i += len("</") {
		n := bytes.Index(code[i:], []byte("</"))
		if n < 0 {
			return -1
		}
		if i += n; len(code)-i >= len(tag) && strings.EqualFold(string(code[i:i+len(tag)]), tag) {
			return i
		}
	}
}
