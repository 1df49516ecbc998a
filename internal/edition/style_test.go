package edition_test

import (
	"encoding/xml"
	"errors"
	"io"
	"regexp"
	"strings"
	"testing"

	"dragoman/internal/edition"
	"dragoman/internal/locale"
)

var languages = []string{"en", "ko", "zh-Hans", "zh-Hant", "zh-TW", "ja", "ar", "he", "th"}

func styleOf(t *testing.T, language string, others []locale.Tag, rules string) string {
	t.Helper()
	return (&edition.Book{Language: tag(t, language)}).Style(others, edition.PageStyle, rules)
}

func TestStylesKnowNoLeftAndNoRight(t *testing.T) {
	physical := regexp.MustCompile(`(?i)(?:^|[;{\s-])(?:left|right|top|bottom)\s*:|(?:margin|padding|border)-(?:left|right|top|bottom)|text-align:\s*(?:left|right)|float:|(?:^|[;{\s])(?:min-|max-)?(?:width|height):`)
	for _, l := range languages {
		css := styleOf(t, l, []locale.Tag{tag(t, "en")}, "")
		if found := physical.FindString(css); found != "" {
			t.Errorf("%s: %q", l, found)
		}
	}
}

func TestStylesAreBalanced(t *testing.T) {
	css := styleOf(t, "zh-Hans", []locale.Tag{tag(t, "en")}, "p { /* a } */ margin: 0; }")
	depth := 0
	for _, c := range css {
		switch c {
		case '{':
			depth++
		case '}':
			depth--
		}
		if depth < 0 {
			t.Fatal("closes more than it opens")
		}
	}
	if depth != 0 || strings.Contains(css, "/*") || !strings.HasSuffix(css, "p{margin:0}\n") {
		t.Errorf("depth %d, ends in %q", depth, css[len(css)-20:])
	}
}

func TestTextIsSetAsItsLanguageIs(t *testing.T) {
	tests := []struct {
		name, language string
		has, hasNot    string
	}{
		{"Korean words hold together", "ko", "word-break:keep-all;overflow-wrap:anywhere", "text-indent:2em"},
		{"Korean emphasis is bold", "ko", "em:lang(ko),i:lang(ko),dfn:lang(ko){font-style:normal;font-weight:700}", "text-emphasis:filled"},
		{"Chinese words do not", "zh-Hans", "line-break:strict", "keep-all"},
		{"mainland emphasis has dots below", "zh-Hans", "text-emphasis:filled dot;text-emphasis-position:under right", "sesame"},
		{"mainland punctuation is trimmed", "zh-Hans", "text-spacing-trim:trim-start", "keep-all"},
		{"Taiwan's keeps its width", "zh-Hant", "html:lang(zh-Hant){", "trim-start"},
		{"Taiwan by its country", "zh-TW", `"Noto Sans CJK TC"`, "Noto Sans CJK SC"},
		{"Chinese paragraphs are indented", "zh-Hant", ".text > p:lang(zh-Hant){text-align:justify;text-indent:2em", "keep-all"},
		{"Japanese emphasis has dots above", "ja", "text-emphasis:filled sesame;text-emphasis-position:over right", "keep-all"},
		{"Japanese headings break between phrases", "ja", "word-break:auto-phrase", "justify"},
		{"Arabic emphasis is upright", "ar", "em:lang(ar),i:lang(ar),dfn:lang(ar){font-style:normal", "keep-all"},
		{"English emphasis is not", "en", "em,i,dfn{font-style:italic}", "em:lang"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			css := styleOf(t, tt.language, nil, "")
			if !strings.Contains(css, tt.has) || strings.Contains(css, tt.hasNot) {
				t.Errorf("wants %s, and not %s:\n%s", tt.has, tt.hasNot, css)
			}
		})
	}
}

func TestACoverIsAnImageThatHoldsTheTitle(t *testing.T) {
	tests := []struct {
		name, language, title string
		lines                 int
	}{
		{"a short title stands on one line", "en", "Tides", 1},
		{"a longer one on more", "en", "Notes from the harbour, and what the sea brings in", 4},
		{"Korean breaks between words", "ko", "항구에서 온 글과 바다가 들여오는 것들", 3},
		{"Chinese breaks between clauses", "zh-Hans", "港口来信：海水带来的一切，以及它带走的一切", 3},
		{"else between characters", "zh-Hans", "港口来信海水带来的一切以及它带走的一切", 4},
		{"markup is text", "en", `<script>alert("1")</script> & co`, 2},
		{"no title", "en", "", 1},
		{"a title of hundreds of words ends somewhere", "en", strings.Repeat("word and word ", 100), 15},
		{"a word wider than the cover", "de", strings.Repeat("Donaudampfschifffahrt", 10), 1},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := options(t, nil)
			o.Language, o.Title, o.Author = tag(t, tt.language), tt.title, "The <desk>"
			b, _ := edition.Compile(nil, o)
			lines, text := 0, ""
			d := xml.NewDecoder(strings.NewReader(string(b.Cover())))
			inText := false
			for {
				token, err := d.Token()
				if errors.Is(err, io.EOF) {
					break
				}
				if err != nil {
					t.Fatal(err)
				}
				switch e := token.(type) {
				case xml.StartElement:
					if inText = e.Name.Local == "text"; !inText {
						continue
					}
					for _, a := range e.Attr {
						if a.Name.Local == "font-weight" && a.Value == "700" {
							lines++
						}
					}
				case xml.CharData:
					if inText {
						text += string(e)
					}
				}
			}
			if lines != tt.lines {
				t.Errorf("%d lines, want %d:\n%s", lines, tt.lines, b.Cover())
			}
			if !strings.Contains(text, "The <desk>") {
				t.Errorf("no author in %q", text)
			}
		})
	}
}

func TestCoverLinesDoNotBeginWithPunctuation(t *testing.T) {
	o := options(t, nil)
	o.Language, o.Title = tag(t, "zh-Hans"), strings.Repeat("潮水，", 30)
	b, _ := edition.Compile(nil, o)
	if strings.Contains(string(b.Cover()), ">，") {
		t.Errorf("%s", b.Cover())
	}
}
