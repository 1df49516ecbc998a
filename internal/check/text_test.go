package check

import (
	"strings"
	"testing"

	"dragoman/internal/markdown"
)

func TestWordsAreWhatAReaderSees(t *testing.T) {
	for _, tc := range []struct {
		name string
		kind markdown.Kind
		raw  string
		want string
	}{
		{"marks of emphasis leave no trace", markdown.Paragraph, "**리눅스**는 *자유*", "리눅스는 자유"},
		{"code is an object", markdown.Paragraph, "`Vec`을 쓴다", "\uFFFC을 쓴다"},
		{"of a link the text stays", markdown.Paragraph, "[문서](https://a.b/c)를 보라", "문서를 보라"},
		{"a title stands apart", markdown.Paragraph, `[문서](u "제목")를 보라`, "문서를 보라\n제목"},
		{"so does an alternative text", markdown.Paragraph, "앞 ![그림](i.png) 뒤", "앞 \uFFFC 뒤\n그림"},
		{"a note leaves no trace", markdown.Paragraph, "끝났다.[^1] 다음", "끝났다. 다음"},
		{"an escape is what it stands for", markdown.Paragraph, `2 \* 3 \\`, `2 * 3 \`},
		{"so is an entity", markdown.Paragraph, "R&amp;D&nbsp;&copy;", "R&D\u00a0©"},
		{"an ampersand alone is itself", markdown.Paragraph, "R & D", "R & D"},
		{"a hard break is a newline", markdown.Paragraph, "하나\\\n둘", "하나\n둘"},
		{"front matter has no markup", markdown.FrontMatter, "A * B * C &amp;", "A * B * C &amp;"},
		{"tags of HTML leave no trace", markdown.HTML, "<b>하나</b> &lt;", "하나 <"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			text := Text{Raw: tc.raw, Kind: tc.kind}
			if got := text.Words(); got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

func TestSpanLeadsBackToTheText(t *testing.T) {
	for _, tc := range []struct{ name, raw, words, want string }{
		{"a text without markup", "그는 갔다", "갔다", "갔다"},
		{"within emphasis", "**리눅스**는", "리눅스", "리눅스"},
		{"across a mark", "**리눅스**는 좋다", "스는", "스**는"},
		{"an entity", "R&amp;D", "&", "&amp;"},
		{"up to an entity", "R&amp;D", "R", "R"},
		{"behind an entity", "R&amp;D", "D", "D"},
		{"an escape", `a \* b`, "*", `\*`},
		{"code", "`Vec`을", "\uFFFC", "`Vec`"},
		{"a title", `[문서](u "제목")`, "제목", "제목"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			text := Text{Raw: tc.raw}
			at := strings.Index(text.Words(), tc.words)
			start, end := text.Span(at, at+len(tc.words))
			if got := tc.raw[start:end]; at < 0 || got != tc.want {
				t.Errorf("%q at %d leads to %q, want %q", tc.words, at, got, tc.want)
			}
		})
	}
}
