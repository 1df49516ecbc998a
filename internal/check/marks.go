package check

import (
	"strings"

	"dragoman/internal/markdown"
)

// mark is a code of a text, reduced to what has to be the same in its translation.
type mark struct {
	what markOf
	// text is the content of code, an address, a label, the name of a tag with / before
	// it where it closes, an id, or the title; empty of emphasis and of breaks.
	text       string
	start, end int // in the text, of the piece that says it
}

type markOf uint8

const (
	emphasisMark markOf = iota
	strongMark
	struckMark
	codeMark
	linkMark  // to an address
	imageMark // likewise
	labelMark // a link or an image to a label
	titleMark
	altMark // the alternative text of an image
	tagMark // of HTML
	noteMark
	anchorMark
	verbatimMark
	breakMark
)

// marked are the codes of the text, in their order.
func (t *Text) marked() []mark {
	if t.noted {
		return t.marks
	}
	t.noted = true
	parts := t.Parts()
	for i := range parts {
		if parts[i].Role != markdown.Words {
			t.note(parts, i)
		}
	}
	return t.marks
}

// note adds what the part at i says.
func (t *Text) note(parts []Part, i int) {
	p := &parts[i]
	add := func(what markOf, text string) {
		t.marks = append(t.marks, mark{what, text, p.Start, p.End()})
	}
	switch p.What {
	case "emphasis", "strong", "struck":
		if p.Role == markdown.Opens {
			add(map[string]markOf{"emphasis": emphasisMark, "strong": strongMark, "struck": struckMark}[p.What], "")
		}
	case "code":
		add(codeMark, codeText(p.Text))
	case "address":
		add(linkMark, strings.Trim(p.Text, "<>"))
	case "link", "image":
		if p.Role == markdown.Closes {
			t.noteLink(p)
		}
		if p.Role == markdown.Opens && p.What == "image" {
			t.noteEnclosed(parts, i, altMark)
		}
	case "title":
		if p.Role == markdown.Opens {
			t.noteEnclosed(parts, i, titleMark)
		}
	case "html":
		if !strings.HasPrefix(p.Text, "<!") {
			add(tagMark, tagName(p.Text))
		}
	case "note":
		add(noteMark, strings.TrimSuffix(strings.TrimPrefix(p.Text, "[^"), "]"))
	case "break":
		add(breakMark, "")
	case "verbatim":
		switch {
		case strings.HasPrefix(p.Text, "{#"):
			add(anchorMark, strings.Trim(p.Text, "{#}"))
		case !strings.HasPrefix(p.Text, "<!--"):
			add(verbatimMark, strings.Join(strings.Fields(p.Text), " "))
		}
	}
}

// noteLink adds where a link or an image leads, which the end of it says: "](u)",
// "](u " before a title, "][label]".
func (t *Text) noteLink(p *Part) {
	what := linkMark
	if p.What == "image" {
		what = imageMark
	}
	if label, ok := strings.CutPrefix(p.Text, "]["); ok {
		t.marks = append(t.marks, mark{labelMark, strings.TrimSuffix(label, "]"), p.Start, p.End()})
		return
	}
	to := strings.TrimSpace(strings.TrimSuffix(strings.TrimPrefix(p.Text, "]("), ")"))
	t.marks = append(t.marks, mark{what, strings.Trim(to, "<>"), p.Start, p.End()})
}

// noteEnclosed adds what stands between the part at i and its end.
func (t *Text) noteEnclosed(parts []Part, i int, what markOf) {
	for j := i + 1; j < len(parts); j++ {
		if parts[j].Pair == parts[i].Pair {
			start, end := parts[i].End(), parts[j].Start
			if start < end {
				t.marks = append(t.marks, mark{what, t.Raw[start:end], start, end})
			}
			return
		}
	}
}

// codeText is what a code span says.
func codeText(s string) string {
	s = strings.Trim(s, "`")
	if len(s) > 2 && s[0] == ' ' && s[len(s)-1] == ' ' && strings.Trim(s, " ") != "" {
		s = s[1 : len(s)-1]
	}
	return s
}

// tagName is the name of a tag in small letters, with / before it where it closes.
func tagName(tag string) string {
	name := strings.TrimLeft(tag, "<")
	n := 0
	for n < len(name) && (name[n] == '/' && n == 0 || name[n] == '-' || isAlphanumeric(name[n])) {
		n++
	}
	return strings.ToLower(name[:n])
}

func isAlphanumeric(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

// count is how many marks there are of a kind.
func count(marks []mark, what markOf) (n int) {
	for i := range marks {
		if marks[i].what == what {
			n++
		}
	}
	return n
}

// has reports whether a mark is among those.
func has(marks []mark, what markOf, text string) bool {
	for i := range marks {
		if marks[i].what == what && marks[i].text == text {
			return true
		}
	}
	return false
}

// surplus are the marks of a kind that a has more often than b, each as often as that.
func surplus(a, b []mark, what markOf) (more []mark) {
	if count(a, what) == 0 {
		return nil
	}
	left := map[string]int{}
	for i := range b {
		if b[i].what == what {
			left[b[i].text]++
		}
	}
	for _, m := range a {
		if m.what != what {
			continue
		}
		if left[m.text]--; left[m.text] < 0 {
			more = append(more, m)
		}
	}
	return more
}

// distinct leaves one mark of each text, and none that others have.
func distinct(marks, others []mark) (only []mark) {
	for _, m := range marks {
		if !has(others, m.what, m.text) && !has(only, m.what, m.text) {
			only = append(only, m)
		}
	}
	return only
}
