package markdown

import (
	"slices"
	"strings"

	"github.com/yuin/goldmark/util"
	"golang.org/x/net/html"
)

// Rewrite writes a translation of from, which has the tree of in, as a translation
// of in. Links get the label or the address that they have in in, if they lead to
// where the same link of from does; _ that emphasizes no more beside Chinese,
// Japanese or Korean letters becomes *; lines are joined, hard breaks are `\` and a
// newline. It reports false if somebody has to look: the translation uses a label
// that in's article does not define.
func (in *Inline) Rewrite(from *Inline, target string) (text string, ok bool) {
	switch in.kind {
	case FrontMatter, Comment:
		if from.text != in.text {
			target = Plain(target)
		}
		return target, true
	case HTML:
		return in.asHTML(from, target)
	case Cell:
		target = unescapePipes(target)
	}
	target = strings.Trim(strings.Join(hardLines(target), "\\\n"), " \t\r\n")
	ok = true
	if strings.IndexByte(target, '[') >= 0 {
		target, ok = in.relink(from, target)
	}
	return restoreEmphasis(in, target), ok
}

// asHTML writes a translation as HTML.
func (in *Inline) asHTML(from *Inline, target string) (text string, ok bool) {
	target = strings.Join(hardLines(target), "<br>")
	if from.text == in.text || !strings.ContainsAny(target, "\\*_`[") {
		return target, true
	}
	if len(in.tags) > 0 {
		return target, false
	}
	return html.EscapeString(Plain(target)), true
}

// relink gives the links of a translation the tails that they have in in.
func (in *Inline) relink(from *Inline, target string) (text string, ok bool) {
	known := Labels{}
	for _, l := range from.links {
		if l.label != "" {
			known[l.label] = reference{l.destination, l.title}
		}
	}
	for label, r := range in.labels {
		if _, set := known[label]; !set {
			known[label] = r
		}
	}
	t := readInline(target, known)
	if len(t.links) < len(from.links) {
		// A label may have been translated with its text.
		if loose := readInline(target, anyLabel); len(loose.links) == len(from.links) {
			t = loose
		}
	}
	ok = true
	partners := partnersOf(from.links)
	var edits []edit
	for i := range t.links {
		e, fits := in.retail(from, &t.links[i], partners)
		ok = ok && fits
		if e.text != "" {
			edits = append(edits, e)
		}
	}
	return apply(edits, target), ok && !undefined(target, from, in.labels)
}

// edit is a text to be put in a span's place.
type edit struct {
	span
	text string
}

// apply makes edits of disjoint spans.
func apply(edits []edit, text string) string {
	slices.SortFunc(edits, func(a, b edit) int { return a.start - b.start })
	var b strings.Builder
	at := 0
	for _, e := range edits {
		b.WriteString(text[at:e.start])
		b.WriteString(e.text)
		at = e.end
	}
	b.WriteString(text[at:])
	return b.String()
}

// retail is the edit that makes a translation's link lead to where it does in in.
func (in *Inline) retail(from *Inline, l *inlineLink, p *partners) (e edit, ok bool) {
	i := p.take(l)
	if i < 0 {
		return edit{}, l.label == "" || in.labels.has(l.label)
	}
	ours := &in.links[i]
	if l.label == "" && (ours.label == "" || l.title != from.links[i].title) {
		return edit{}, true
	}
	if l.tail.start < 0 || ours.tail.start < 0 {
		return edit{}, l.label == "" || in.labels.has(l.label)
	}
	return edit{l.tail, in.text[ours.tail.start:ours.tail.end]}, true
}

// partners finds the link of a source that a link of its translation stands for.
type partners struct {
	used []bool
	next int              // none before is unused
	by   map[string][]int // by label or, after a NUL, address; the used ones before the last are gone
}

func partnersOf(links []inlineLink) *partners {
	p := &partners{used: make([]bool, len(links)), by: make(map[string][]int, len(links))}
	for i := range links {
		k := links[i].key()
		p.by[k] = append(p.by[k], i)
	}
	return p
}

func (l *inlineLink) key() string {
	if l.label != "" {
		return l.label
	}
	return "\x00" + l.destination
}

// take is the index of a link of the same label or address, one that was not taken
// yet if there is any; for a label that nobody knows, of the next one. It is -1 if
// there is none.
func (p *partners) take(l *inlineLink) int {
	all := p.by[l.key()]
	for len(all) > 1 && p.used[all[0]] {
		all = all[1:]
	}
	i := -1
	switch {
	case len(all) > 0:
		p.by[l.key()] = all
		i = all[0]
	case l.label != "":
		for p.next < len(p.used) && p.used[p.next] {
			p.next++
		}
		if p.next == len(p.used) {
			return -1
		}
		i = p.next
	default:
		return -1
	}
	p.used[i] = true
	return i
}

// undefined reports whether a translation has a link [text][label] that is text,
// because neither its source nor the article has the label.
func undefined(target string, from *Inline, known Labels) bool {
	if !strings.Contains(target, "][") {
		return false
	}
	source := readInline(from.text, anyLabel)
	loose := readInline(target, anyLabel)
	return slices.ContainsFunc(loose.links, func(l inlineLink) bool {
		return l.full && !known.has(l.label) &&
			!slices.ContainsFunc(source.links, func(s inlineLink) bool { return s.label == l.label })
	})
}

// restoreEmphasis writes the _ of a translation as * if it thereby has as many
// emphases as its source, and has not with _.
func restoreEmphasis(in *Inline, target string) string {
	if strings.IndexByte(target, '_') < 0 {
		return target
	}
	want := emphases(in.Tree)
	if t := readInline(target, in.labels); want == 0 || emphases(t.Tree) >= want {
		return target
	}
	if starred := withStars(target); emphases(readInline(starred, in.labels).Tree) == want {
		return starred
	}
	return target
}

func emphases(tree string) int {
	return strings.Count(tree, "\x00e") + strings.Count(tree, "\x00s")
}

// withStars writes each _ of a text as *, but in code, tags and addresses and
// between letters and digits of ASCII.
func withStars(s string) string {
	b := []byte(s)
	for i := 0; i < len(b); i++ {
		switch b[i] {
		case '\\':
			i++
		case '`':
			i += max(1, codeSpan(b[i:])) - 1
		case '<':
			if n := strings.IndexByte(s[i:], '>'); n > 0 {
				i += n
			}
		case ']':
			i += destinationLength(s[i+1:])
		case '_':
			if i == 0 || i+1 == len(b) || !util.IsAlphaNumeric(b[i-1]) || !util.IsAlphaNumeric(b[i+1]) {
				b[i] = '*'
			}
		}
	}
	return string(b)
}

// Enclosed is what a text says that is one link and nothing else, as in a list of
// contents, and a function that puts a translation of it in its place. The function
// reports false for one that has links itself.
func (in *Inline) Enclosed() (inner Inline, enclose func(target string) (string, bool), ok bool) {
	if in.kind == HTML || in.kind == FrontMatter || in.kind == Comment || len(in.links) != 1 || in.links[0].image || in.text[0] != '[' {
		return Inline{}, nil, false
	}
	tail := in.links[0].tail
	if tail.start < 2 || tail.end != len(in.text) {
		return Inline{}, nil, false
	}
	enclose = func(target string) (string, bool) {
		t := readInline(target, in.labels)
		return "[" + escapeBracketed(target) + "]" + in.text[tail.start:], len(t.links) == 0
	}
	inner = readInline(in.text[1:tail.start-1], in.labels)
	inner.kind = in.kind
	return inner, enclose, true
}

// Marked is what a value of front matter says to a tool that reads it as Markdown. It
// reports false for other texts, and where there is no difference.
func (in *Inline) Marked() (marked Inline, ok bool) {
	if in.kind != FrontMatter {
		return Inline{}, false
	}
	marked = readInline(in.text, nil)
	marked.kind = FrontMatter
	return marked, marked.Tree != in.Tree
}

// Fragment is a part of a text: a tag of HTML, or what stands between two tags.
type Fragment struct {
	Text   string
	Tag    bool
	Inline Inline // of what is not a tag
}

// Fragments takes a text apart at its tags. It is nil if there are none.
func (in *Inline) Fragments() []Fragment {
	var parts []Fragment
	between := func(text string) {
		if text != "" {
			parts = append(parts, Fragment{Text: text, Inline: readInline(text, in.labels)})
		}
	}
	at := 0
	for _, tag := range in.tags {
		between(in.text[at:tag.start])
		parts = append(parts, Fragment{Text: in.text[tag.start:tag.end], Tag: true})
		at = tag.end
	}
	if at > 0 {
		between(in.text[at:])
	}
	return parts
}

// Worded reports whether a text has words to translate: letters or digits that are
// not code, tags or addresses.
func (in *Inline) Worded() bool {
	elements := strings.Split(in.Tree, "\x00")
	hidden := 0
	for i, e := range elements {
		if i > 0 {
			letter := e[0]
			e = e[1:]
			switch {
			case letter == 'c' || letter == 'h' || letter == 'm' || hidden > 0 && letter != '/' && letter != 'b':
				hidden++
			case letter == '/' && hidden > 0:
				hidden--
			}
		}
		if hidden == 0 && worded([]byte(e)) {
			return true
		}
	}
	return false
}

// Translated is a segment of a text beside the same segment of its translation.
type Translated struct {
	Source, Target string
}

// Blocks takes a text and its translation apart that hold whole blocks of the
// document's dialect, with the marks of headings, lists, quotes and tables. It is nil
// if they have not the same segments.
func (d *Document) Blocks(source, target string) []Translated {
	if strings.HasSuffix(source, "}") && strings.IndexByte(source, '\n') < 0 && source[0] != '#' {
		// The anchor of a heading without its mark.
		source, target = "# "+source, "# "+target
	}
	s, _ := Parse("", []byte(source), d.dialect)
	t, _ := Parse("", []byte(target), d.dialect)
	if s == nil || t == nil || !slices.EqualFunc(s.Segments, t.Segments, func(a, b Segment) bool {
		return a.Kind == b.Kind && a.Level == b.Level
	}) {
		return nil
	}
	var pairs []Translated
	for i, seg := range s.Segments {
		pairs = append(pairs, Translated{seg.Text, t.Segments[i].Text})
	}
	return pairs
}
