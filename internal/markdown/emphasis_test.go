package markdown

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer/html"
	"github.com/yuin/goldmark/text"
)

// emphasisCases are Markdown and its HTML; ** and * stand out in scripts that do not
// put spaces around them.
var emphasisCases = []struct{ name, src, want string }{
	{"a Korean particle after a parenthesis", "**마크다운(Markdown)**은 쉽다.", "<strong>마크다운(Markdown)</strong>은 쉽다."},
	{"Chinese quotation marks inside", "这是**“重要”**的。", "这是<strong>“重要”</strong>的。"},
	{"a Japanese full stop inside", "**私はこれをした。**だから", "<strong>私はこれをした。</strong>だから"},
	{"Chinese words after a full stop", "**我想做的事。**所以", "<strong>我想做的事。</strong>所以"},
	{"a link inside", "请看**[这里](u)**吧", `请看<strong><a href="u">这里</a></strong>吧`},
	{"code inside", "**`코드`**는", "<strong><code>코드</code></strong>는"},
	{"book titles", "读*《书》*了", "读<em>《书》</em>了"},
	{"corner brackets", "彼は**「はい」**と言った", "彼は<strong>「はい」</strong>と言った"},
	{"full-width punctuation outside", "（**重要**）", "（<strong>重要</strong>）"},
	{"two in a row", "**가(a)**와 **나(b)**를", "<strong>가(a)</strong>와 <strong>나(b)</strong>를"},
	{"emphasis in strong emphasis", "**가 *나(다)*라**는", "<strong>가 <em>나(다)</em>라</strong>는"},
	{"a space before the end keeps it text", "**가 **나", "**가 **나"},
	{"a space after the beginning keeps it text", "가** 나**", "가** 나**"},
	{"English keeps CommonMark's rules", `a*"foo"*`, "a*&quot;foo&quot;*"},
	{"English beside punctuation", `**(a)**b`, "**(a)**b"},
	{"an underscore keeps CommonMark's rules", "이_것(a)_은", "이_것(a)_은"},
	{"at the beginning of a line in a quote", "a\n>**b**", "a</p>\n<blockquote>\n<p><strong>b</strong>"},
}

func TestEmphasisBesideEasternText(t *testing.T) {
	for _, c := range emphasisCases {
		t.Run(c.name, func(t *testing.T) {
			got := string(parse(t, c.src).Render(Rendering{}))
			got = strings.TrimPrefix(strings.TrimSpace(got), "<p>")
			if i := strings.LastIndex(got, "</p>"); i >= 0 {
				got = got[:i]
			}
			if got != c.want {
				t.Errorf("got %s, want %s", got, c.want)
			}
		})
	}
}

// specification is the examples of CommonMark in goldmark's own folder.
func specification(t *testing.T) (examples []struct {
	Example        int
	Markdown, HTML string
},
) {
	t.Helper()
	dir, err := exec.Command("go", "list", "-m", "-f", "{{.Dir}}", "github.com/yuin/goldmark").Output()
	if err != nil {
		t.Fatal(err)
	}
	data, err := os.ReadFile(filepath.Join(strings.TrimSpace(string(dir)), "_test", "spec.json"))
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(data, &examples); err != nil || len(examples) < 600 {
		t.Fatalf("%d examples, %v", len(examples), err)
	}
	return examples
}

func TestCommonMarkReadsAsItDoesInGoldmark(t *testing.T) {
	plain := goldmark.New(goldmark.WithRendererOptions(html.WithXHTML(), html.WithUnsafe()))
	for _, e := range specification(t) {
		src := []byte(e.Markdown)
		if got, ok := reread(t, plain, src, plain.Parser().Parse(text.NewReader(src))); !ok || got != e.HTML {
			continue // goldmark itself fails it
		}
		pc := parser.NewContext()
		pc.Set(guardKey, &guard{at: -1})
		ours := Dialect{Name: "commonmark"}.parserOf(src).Parse(text.NewReader(src), parser.WithContext(pc))
		if got, _ := reread(t, plain, src, ours); got != e.HTML {
			t.Errorf("example %d: %q\ngot  %q\nwant %q", e.Example, e.Markdown, got, e.HTML)
		}
	}
}

// reread renders a tree as goldmark does.
func reread(t *testing.T, g goldmark.Markdown, src []byte, root ast.Node) (string, bool) {
	t.Helper()
	var out strings.Builder
	err := g.Renderer().Render(&out, src, root)
	return out.String(), err == nil
}
