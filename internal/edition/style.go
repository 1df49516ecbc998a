package edition

import (
	_ "embed"
	"fmt"
	"html/template"
	"regexp"
	"strings"

	"dragoman/internal/locale"

	"golang.org/x/text/language"
)

//go:embed style/text.css
var textStyle string

// typography is how text in one writing tradition is set.
type typography struct {
	fonts   string
	leading string // line height of text; headings are set tighter
	heading string
	small   string    // line height of tables, captions and notes; empty: 1.5
	between string    // what stands between author and date; empty: a dot
	wrap    string    // word-break, overflow-wrap and line-break
	spacing string    // text-autospace and text-spacing-trim
	em      string    // of emphasis; empty: italics
	body    string    // of the paragraphs of the body; empty: set flush at the start
	title   string    // of headings
	work    [2]string // marks around the title of a work; none: that is in italics
}

// gap is, as CSS writes it, a space as wide as a character.
const gap = `"\3000"`

// Chinese and Japanese emphasis dots need a line height of 1.75 at least, in small
// text too.
var traditions = map[string]typography{
	"Latn": {
		fonts:   `"Iowan Old Style", "Palatino Linotype", Palatino, "Book Antiqua", "Noto Serif", Georgia, serif`,
		leading: "1.6", heading: "1.22",
		wrap:    "word-break: normal; overflow-wrap: break-word; line-break: auto",
		spacing: "text-autospace: no-autospace; text-spacing-trim: normal",
	},
	"Kore": {
		fonts:   `"Apple SD Gothic Neo", "Malgun Gothic", "Noto Sans KR", "Noto Sans CJK KR", sans-serif`,
		leading: "1.75", heading: "1.4",
		wrap:    "word-break: keep-all; overflow-wrap: anywhere; line-break: auto",
		spacing: "text-autospace: no-autospace; text-spacing-trim: normal",
		em:      "font-style: normal; font-weight: 700",
		work:    [2]string{"《", "》"},
	},
	"Hans": {
		fonts:   `"PingFang SC", "Microsoft YaHei", "Noto Sans SC", "Noto Sans CJK SC", sans-serif`,
		leading: "1.85", heading: "1.45", small: "1.75", between: gap,
		wrap:    "word-break: normal; overflow-wrap: break-word; line-break: strict",
		spacing: "text-autospace: normal; text-spacing-trim: trim-start",
		em:      "font-style: normal; text-emphasis: filled dot; text-emphasis-position: under right",
		body:    "text-align: justify; text-indent: 2em; margin-block-end: .6em",
		work:    [2]string{"《", "》"},
	},
	"Hant": {
		fonts:   `"PingFang TC", "Microsoft JhengHei", "Noto Sans TC", "Noto Sans CJK TC", sans-serif`,
		leading: "1.85", heading: "1.45", between: gap,
		wrap:    "word-break: normal; overflow-wrap: break-word; line-break: strict",
		spacing: "text-autospace: normal; text-spacing-trim: space-all",
		em:      "font-style: normal; font-weight: 700",
		body:    "text-align: justify; text-indent: 2em; margin-block-end: .6em",
		work:    [2]string{"《", "》"},
	},
	"Jpan": {
		fonts:   `"Hiragino Sans", "Yu Gothic", Meiryo, "Noto Sans JP", "Noto Sans CJK JP", sans-serif`,
		leading: "1.85", heading: "1.45", small: "1.75", between: gap,
		wrap:    "word-break: normal; overflow-wrap: break-word; line-break: strict",
		spacing: "text-autospace: normal; text-spacing-trim: trim-start",
		em:      "font-style: normal; text-emphasis: filled sesame; text-emphasis-position: over right",
		title:   "word-break: auto-phrase",
		work:    [2]string{"『", "』"},
	},
	"Arab": {
		fonts:   `"Geeza Pro", "Noto Naskh Arabic", "Segoe UI", "Noto Sans Arabic", serif`,
		leading: "1.85", heading: "1.5",
		wrap:    "word-break: normal; overflow-wrap: break-word; line-break: auto",
		spacing: "text-autospace: no-autospace; text-spacing-trim: normal",
		em:      "font-style: normal; font-weight: 700",
		work:    [2]string{"«", "»"},
	},
	"Hebr": {
		fonts:   `"New Peninim MT", David, "Noto Serif Hebrew", "Noto Sans Hebrew", serif`,
		leading: "1.7", heading: "1.35",
		wrap:    "word-break: normal; overflow-wrap: break-word; line-break: auto",
		spacing: "text-autospace: no-autospace; text-spacing-trim: normal",
		em:      "font-style: normal; font-weight: 700",
	},
}

// tradition is the writing tradition of a language: the one of its script,
// or the Latin one, whose fonts fall back on the system's for other scripts.
func tradition(t locale.Tag) typography {
	script, _ := t.Script()
	if script == (language.Script{}) {
		return traditions["Latn"]
	}
	if ty, ok := traditions[script.String()]; ok {
		return ty
	}
	return traditions["Latn"]
}

// Cited is the book's title as its language writes the title of a work within a text:
// between marks, 《》 or 『』, or in italics.
func (b *Book) Cited() template.HTML {
	marks := tradition(b.Language).work
	if b.Title.Mark.Lang != "" {
		marks = tradition(b.Source).work
	}
	return template.HTML("<cite" + string(b.Title.Attr()) + ">" + marks[0] + string(b.Title.HTML) + marks[1] + "</cite>")
}

// upright reports whether the script of a language has no italics.
func upright(t locale.Tag) bool {
	script, _ := t.Script()
	switch script.String() {
	case "Hans", "Hant", "Jpan", "Kore":
		return true
	}
	return false
}

// settings are how text is set in a language, in fonts before those that the reader has,
// and in the languages of passages in it.
func settings(own locale.Tag, fonts string, others []locale.Tag) string {
	var b strings.Builder
	seen := map[locale.Tag]bool{own: true}
	t := tradition(own)
	t.fonts = fonts + t.fonts
	b.WriteString(t.rules("html:lang("+own.String()+")", own))
	for _, t := range others {
		if !seen[t] {
			seen[t] = true
			b.WriteString(tradition(t).rules(fmt.Sprintf("[lang=%q]", t.String()), t))
		}
	}
	return compact(b.String())
}

// rules are the style of text in the language. root selects where the language
// begins, so that what is inherited stays inherited: by :lang() alone, a rule
// would match every element and outrank those for code. What depends on the
// element is selected by the element's own language.
func (t typography) rules(root string, tag locale.Tag) string {
	l := ":lang(" + tag.String() + ")"
	var b strings.Builder
	open, shut, innerOpen, innerShut := locale.Quotes(tag)
	fmt.Fprintf(&b, "%s { font-family: %s; line-height: %s; --heading-leading: %s; %s; %s; quotes: %q %q %q %q",
		root, t.fonts, t.leading, t.heading, t.wrap, t.spacing, open, shut, innerOpen, innerShut)
	if t.small != "" {
		b.WriteString("; --small-leading: " + t.small)
	}
	if t.between != "" {
		b.WriteString("; --between: " + t.between)
	}
	b.WriteString(" }\n")
	if t.em != "" {
		fmt.Fprintf(&b, "em%[1]s, i%[1]s, dfn%[1]s { %[2]s }\ncite%[1]s { font-style: normal }\n"+
			"em.foreign%[1]s { font-style: italic; font-weight: inherit; text-emphasis: none }\n", l, t.em)
	}
	if t.body != "" {
		fmt.Fprintf(&b, ".text > p%s { %s }\n", l, t.body)
	}
	if t.title != "" {
		// EPUBCheck 4.2.6 knows no :is().
		fmt.Fprintf(&b, "h1%[1]s, h2%[1]s, h3%[1]s, h4%[1]s, h5%[1]s, h6%[1]s { %[2]s }\n", l, t.title)
	}
	return b.String()
}

var (
	comments = regexp.MustCompile(`(?s)/\*.*?\*/`)
	blanks   = regexp.MustCompile(`\s+`)
	tight    = regexp.MustCompile(` ?([{};,]) ?`)
)

// compact leaves out of a style sheet what only people read.
func compact(css string) string {
	css = blanks.ReplaceAllString(comments.ReplaceAllString(css, ""), " ")
	css = strings.ReplaceAll(tight.ReplaceAllString(css, "$1"), ": ", ":")
	css = strings.ReplaceAll(css, ";}", "}")
	return strings.TrimSpace(strings.ReplaceAll(css, "}", "}\n")) + "\n"
}
