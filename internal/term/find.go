package term

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dragoman/internal/locale"
)

// Hit is a place of a text where an entry occurs.
type Hit struct {
	Term       *Term
	Start, End int    // byte offsets; endings and particles are outside
	Form       string // of the glossary, as written there
	// Forbidden: the form must not be used, or the entry must never appear.
	Forbidden bool
}

// FindSource finds the terms in a text of the articles' language, from left to
// right, the longest where several begin at one place; entries with the same term
// are hits at one place. A term in small letters is found with capitals too; one
// with capitals has to have them. A hyphen is as good as a space. The text is in
// Unicode's composed form (NFC) and without markup, as markdown.Plain gives it.
func (g *Glossary) FindSource(text string) []Hit {
	if g == nil {
		return nil
	}
	return g.find(g.source(), text)
}

// Find finds the forms, right and forbidden, in a text of that language, as
// FindSource finds terms. Where the language has no column, the nearest that may
// stand in for it has (locale.Fallbacks): zh-Hans for zh-CN. What is kept, and what
// must never appear, is found in every language.
func (g *Glossary) Find(text string, lang locale.Tag) []Hit {
	if g == nil {
		return nil
	}
	for _, tag := range locale.Fallbacks(lang) {
		if index, ok := g.targets[tag]; ok && tag != (locale.Tag{}) {
			return g.find(index(), text)
		}
	}
	return g.find(g.targets[locale.Tag{}](), text)
}

// Names are the terms that name someone or something and occur in a text of the
// articles' language, each once, in the order of the text.
func (g *Glossary) Names(text string) []string {
	var names []string
	for _, h := range g.FindSource(text) {
		if h.Term.Names() && !slices.Contains(names, h.Term.Text) {
			names = append(names, h.Term.Text)
		}
	}
	return names
}

// index finds any of many forms at a place: a trie of folded characters.
type index struct {
	edges table
	ends  []int32 // by node: which of lists ends there; 0, the empty one, mostly
	lists [][]end
	first [utf8.RuneSelf]bool
}

// end is a form that ends at a node.
type end struct {
	term      int32
	forbidden bool
	form      string
	spelled   string // what has to have capitals where it has; empty: anything goes
}

func newIndex() *index { return &index{ends: make([]int32, 1), lists: make([][]end, 1)} }

// indexSource is of the terms, in all their English forms.
func (g *Glossary) indexSource() *index {
	x := newIndex()
	for i := range g.Terms {
		t := &g.Terms[i]
		e := end{term: int32(i), form: t.Text, forbidden: t.Safety != ""}
		x.add(t.Text, e)
		for _, form := range english(t.Text) {
			x.add(form, e)
		}
	}
	return x
}

// indexTarget is of the forms in a language, none but what holds in every language
// if it is the zero tag.
func (g *Glossary) indexTarget(lang locale.Tag) *index {
	x := newIndex()
	for i := range g.Terms {
		t := &g.Terms[i]
		if t.Keep || t.Safety != "" {
			x.add(t.Text, end{term: int32(i), form: t.Text, forbidden: t.Safety != ""})
		}
		for _, form := range t.Forms[lang] {
			x.add(form, end{term: int32(i), form: form, forbidden: t.Safety != ""})
		}
		for _, form := range t.Forbidden[lang] {
			x.add(form, end{term: int32(i), form: form, forbidden: true})
		}
	}
	return x
}

// add adds a form, and for one in Hangul what it is when its words are joined, as
// compounds often are.
func (x *index) add(spelled string, e end) {
	x.insert(spelled, e)
	if joined := strings.ReplaceAll(spelled, " ", ""); joined != spelled && strings.ContainsFunc(spelled, hangul) {
		x.insert(joined, e)
	}
}

func (x *index) insert(spelled string, e end) {
	if spelled == "" || utf8.RuneCountInString(spelled) > maxRunes {
		return
	}
	var node int32
	for i, w := 0, 0; i < len(spelled); i += w {
		var r rune
		r, w = fold(spelled, i)
		if node == 0 && r < utf8.RuneSelf {
			x.first[r] = true
		}
		next := x.edges.get(node, r)
		if next == 0 {
			next = int32(len(x.ends))
			x.ends = append(x.ends, 0)
			x.edges.put(node, r, next)
		}
		node = next
	}
	if strings.ContainsFunc(spelled, unicode.IsUpper) {
		e.spelled = spelled
	}
	if x.ends[node] == 0 {
		x.ends[node] = int32(len(x.lists))
		x.lists = append(x.lists, nil)
	}
	if list := &x.lists[x.ends[node]]; !slices.Contains(*list, e) {
		*list = append(*list, e)
	}
}

// fold is the character at an offset as it is compared, and how many bytes of the
// text it stands for: small letters, one apostrophe, one space for any run of white
// space and hyphens.
func fold(text string, i int) (r rune, width int) {
	r, width = utf8.DecodeRuneInString(text[i:])
	switch {
	case 'a' <= r && r <= 'z':
		return r, width
	case parting(r):
		for i += width; i < len(text); {
			r, w := utf8.DecodeRuneInString(text[i:])
			if !parting(r) {
				break
			}
			i, width = i+w, width+w
		}
		return ' ', width
	case r == '’' || r == '‘' || r == 'ʼ':
		return '\'', width
	}
	return unicode.ToLower(r), width
}

// parting reports whether a character parts the words of one term.
func parting(r rune) bool {
	return r == ' ' || r == '-' || r == '\u2010' || r == '\u2011' || r > ' ' && unicode.IsSpace(r) || r == '\n' || r == '\t' || r == '\r'
}

func folded(text string) string {
	var b strings.Builder
	for i, w := 0, 0; i < len(text); i += w {
		var r rune
		r, w = fold(text, i)
		b.WriteRune(r)
	}
	return b.String()
}

func (g *Glossary) find(x *index, text string) []Hit {
	if len(x.ends) == 1 {
		return nil
	}
	var hits []Hit
	before := rune(0)
	for i := 0; i < len(text); {
		r, w := utf8.DecodeRuneInString(text[i:])
		if !joined(before, r) && (r >= utf8.RuneSelf || x.first[byte(unicode.ToLower(r))]) {
			if ends, to := x.longest(text, i); ends != nil {
				for _, e := range ends {
					hits = append(hits, Hit{&g.Terms[e.term], i, to, e.form, e.forbidden})
				}
				before, _ = utf8.DecodeLastRuneInString(text[:to])
				i = to
				continue
			}
		}
		before = r
		i += w
	}
	return hits
}

// longest are the forms that end furthest of those that begin at an offset.
func (x *index) longest(text string, from int) (best []end, to int) {
	var node int32
	for i := from; i < len(text); {
		r, w := fold(text, i)
		if node = x.edges.get(node, r); node == 0 {
			break
		}
		i += w
		if x.ends[node] == 0 || !endsWord(text, i) {
			continue
		}
		var fit []end
		for _, e := range x.lists[x.ends[node]] {
			if capitals(text[from:i], e.spelled) {
				fit = append(fit, e)
			}
		}
		if fit != nil {
			best, to = fit, i
		}
	}
	return best, to
}

// capitals reports whether a text has capitals wherever a form that it is equal to,
// when folded, has them.
func capitals(text, spelled string) bool {
	for i, j := 0, 0; j < len(spelled); {
		s, _ := utf8.DecodeRuneInString(spelled[j:])
		t, _ := utf8.DecodeRuneInString(text[i:])
		if unicode.IsUpper(s) && !unicode.IsUpper(t) {
			return false
		}
		_, w := fold(spelled, j)
		_, v := fold(text, i)
		i, j = i+v, j+w
	}
	return true
}

// endsWord reports whether a word of a text can end at an offset: no letter of it
// follows but a particle of Korean.
func endsWord(text string, at int) bool {
	last, _ := utf8.DecodeLastRuneInString(text[:at])
	next, _ := utf8.DecodeRuneInString(text[at:])
	if at == len(text) || !joined(last, next) {
		return true
	}
	return hangul(last) && hangul(next) && particle(text[at:])
}

// joined reports whether two neighbours are of one word. In scripts without spaces
// nobody can tell, and none are; a word in Latin ends where Hangul begins.
func joined(a, b rune) bool {
	if unicode.Is(unicode.M, b) {
		return a != 0
	}
	c := classOf(a)
	return c != open && c == classOf(b)
}

// class is a script whose letters are one word as long as they stand together.
type class uint8

const (
	open     class = iota // no letter, or one of a script without spaces
	spaced                // letters and digits of the scripts with spaces
	korean                // Hangul
	katakana              // words of other languages in Japanese
)

func classOf(r rune) class {
	switch {
	case r < utf8.RuneSelf:
		if 'a' <= r|0x20 && r|0x20 <= 'z' || '0' <= r && r <= '9' || r == '_' {
			return spaced
		}
		return open
	case hangul(r):
		return korean
	case unicode.Is(unicode.Katakana, r) || r == 'ー':
		return katakana
	case unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar):
		return open
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.Is(unicode.M, r):
		return spaced
	}
	return open
}
