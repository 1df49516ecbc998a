package epub

import (
	"fmt"
	"slices"
	"strings"
	"unicode"

	"dragoman/internal/edition"
	"dragoman/internal/locale"
)

// person is somebody whose work the book is.
type person struct {
	ID, Name  string
	Role      string // a code of MARC's list of relators
	Filed     string // the name as it is sorted, where that is known
	Other     string // the name in the script of the original
	OtherLang locale.Tag
}

// people are the book's authors, those of its chapters where it names none, and
// whoever else has written in it or translated it, each once.
func (v *volume) people() {
	named := map[string]bool{"": true}
	add := func(list *[]person, name, original, role string) {
		if named[role+name] || named[name] {
			return
		}
		named[role+name] = true
		p := person{
			ID: fmt.Sprintf("person%d", len(v.Creators)+len(v.Others)+1), Name: name, Role: role,
			Filed: filedName(name, v.Language), OtherLang: v.Source,
		}
		if otherScript(name, original) {
			p.Other = original
		}
		*list = append(*list, p)
	}
	add(&v.Creators, v.Author, v.SourceImprint.Author, "aut")
	list := &v.Others
	if v.Author == "" {
		list = &v.Creators
	}
	for _, c := range v.All() {
		add(list, c.Author, c.OriginalAuthor(), "aut")
	}
	for _, name := range v.Translators() {
		add(&v.Others, name, "", "trl")
	}
}

// scripts are those of which otherScript tells one from the other.
var scripts = []*unicode.RangeTable{
	unicode.Latin, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana,
	unicode.Arabic, unicode.Hebrew, unicode.Cyrillic, unicode.Greek, unicode.Thai, unicode.Devanagari,
}

// otherScript reports whether the original has a name in letters of which the
// translation has none.
func otherScript(translated, original string) bool {
	for _, script := range scripts {
		has := func(r rune) bool { return unicode.Is(script, r) }
		if strings.ContainsFunc(original, has) && !strings.ContainsFunc(translated, has) {
			return translated != ""
		}
	}
	return false
}

// articles are the words that a language's catalogues pass over where a name or a
// title begins with them.
var articles = map[string][]string{
	"en": {"the", "a", "an"},
	"de": {"der", "die", "das", "ein", "eine"},
	"fr": {"le", "la", "les", "un", "une"},
	"es": {"el", "la", "los", "las", "un", "una"},
	"it": {"il", "lo", "la", "i", "gli", "le", "un", "una"},
	"nl": {"de", "het", "een"},
}

// filed is a text as it is sorted: The Research Desk as Research Desk, The. It is
// empty where it is sorted as it stands.
func filed(text string, t locale.Tag) string {
	base, _ := t.Base()
	first, rest, ok := strings.Cut(text, " ")
	if !ok || !slices.Contains(articles[base.String()], strings.ToLower(first)) {
		return ""
	}
	return rest + ", " + first
}

// filedName is a name as it is sorted. One in Han, kana or Hangul begins with the
// family's and is sorted as it stands; of any other, but one that begins with an
// article, nobody can tell which part is the family's.
func filedName(name string, t locale.Tag) string {
	first := []rune(name + " ")[0]
	if unicode.In(first, unicode.Han, unicode.Hangul, unicode.Hiragana, unicode.Katakana) {
		return name
	}
	return filed(name, t)
}

// FiledTitle is the title as it is sorted, if that is otherwise than it stands.
func (v *volume) FiledTitle() string {
	if v.Title.Mark.Lang != "" {
		return filed(v.Title.Plain, v.Source)
	}
	return filed(v.Title.Plain, v.Language)
}

// OtherTitle is the original's title, if that is in another script.
func (v *volume) OtherTitle() string {
	if !otherScript(v.Title.Plain, v.SourceImprint.Title) {
		return ""
	}
	return v.SourceImprint.Title
}

// Summary says whether people with disabilities can read the book, in sentences of
// what is true of it.
func (v *volume) Summary() string {
	parts := []string{v.Word("accessibility-summary")}
	if len(v.Images) > 0 {
		parts = append(parts, v.Word("accessibility-images"))
	}
	if !v.Moving {
		parts = append(parts, v.Word("accessibility-hazards"))
	}
	between := " "
	if !locale.Spaced(v.Book.Words.Tag()) {
		between = ""
	}
	return strings.Join(parts, between)
}

// From says what the book is a translation of, if it is one.
func (v *volume) From() string {
	if v.Original() || !slices.ContainsFunc(v.All(), (*edition.Chapter).Translated) {
		return ""
	}
	w := v.Book.Words
	return w.Text("translated-book", map[string]any{"Language": locale.Name(v.Source, w.Tag())})
}

// Revision is how a text is called by which two copies of the book can be compared.
func (v *volume) Revision() string {
	return v.Book.Words.Text("revision", map[string]any{"Digest": v.Digest()})
}

// Typefaces are the fonts that the book carries along.
func (v *volume) Typefaces() string {
	names := v.FontNames()
	if len(names) == 0 {
		return ""
	}
	w := v.Book.Words
	return w.Text("set-in", map[string]any{"Fonts": locale.Join(w.Tag(), names)})
}

// Home is where the collection stands on the web, if that is known.
func (v *volume) Home() string {
	if v.BaseURL == "" {
		return ""
	}
	return v.BaseURL + v.Lang + "/"
}
