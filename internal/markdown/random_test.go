package markdown

import (
	"math/rand/v2"
	"os"
	"strconv"
	"strings"
	"testing"
)

// fragments are what random articles are put together from: marks, white space
// and words of several scripts.
var fragments = strings.Split(strings.Join([]string{
	"\n", "\n", "\n", "\n\n", "\r\n", "\r\n\r\n", "\\\n", "  \n", " ", " ", "  ", "    ", "\t", "\t", "\r",
	"a", "word", "two words", "B", "1", "é", "한국어", "中文", "かな", "。", "“", "”", "（", "）", "\u00a0", "\u200b", "\u3000",
	"> ", ">", ">\t", "- ", "-\t", "* ", "+ ", "1. ", "12) ", "1.\t", "- [ ] ", "- [x] ", "-", "+", ":", ": ", ":\t",
	"# ", "## ", "###", "#", " ##", "===", "---", "--", "***", "* * *", "```", "```go", "~~~", "`", "``",
	"*", "**", "***", "_", "__", "~~", "~", "|", " | ", "|-|-|", "|:-|", "| - |\n", "-|-", "\\|", "\\", "\\\\",
	"[", "]", "(", ")", "![", "](", "](u)", "[a](b)", "[a](<b c> \"t\")", "![a](b)", "![a](b 'title')", "[a][b]", "[b]", "[b][]",
	"[b]: u", "[b]: u \"title\"", "\n[b]: <u>\n", "[^1]", "[^1]: ", "\n[^1]: note", "[^n]: ", "[^n]", "!", "{#id}", "{.c}", " {a=b}", "{", "}",
	"<", ">", "<b>", "</b>", "<div>", "</div>", "<!-- c -->", "<!--", "-->", "<!-- dragoman:skip -->", "<br/>", "<script>", "</script>",
	"<https://e.org>", "https://e.org/x", "www.e.org", "a@b.cd", "&amp;", "&", "&#35;", "&nbsp;", "\"", "'", "=", ",", ".",
	"> [!NOTE]\n> ", "[!NOTE]", "::: tip Title\n", ":::\n", "::: warning[Title]\n", "!!! note \"Title\"\n    ", "??? a\n    ",
	"/// note | Title\n", "///\n", "$x$", "$$", "$", "{{< x >}}", "{{% x %}}", "{% x %}", "{{#include a}}", "{{ x }}", "{x}",
	"<Tab a={b}>", "</Tab>", "<Tab\n", "\nimport a\n", "{/*id*/}", "{/*", "*/}", "<p>", "</p>", "<li>a", "<pre>",
	"\n```c\n", "\n~~~html\n", "\n```py\n", "// a", "/* b ", " */", "# c", "'", "\n * d", "\u202e",
	"\ufeff", "---\n", "title: x\n", "---\ntitle: 'x'\n---\n",
}, "\x00"), "\x00")

// randomArticle is an article of up to n fragments.
func randomArticle(r *rand.Rand, n int) string {
	var b strings.Builder
	for range 1 + r.IntN(n) {
		b.WriteString(fragments[r.IntN(len(fragments))])
	}
	return b.String()
}

func TestRandomArticlesKeepTheLaws(t *testing.T) {
	t.Parallel()
	rounds, seed := 3000, 1
	if s := os.Getenv("ROUNDS"); s != "" {
		rounds, _ = strconv.Atoi(s)
	}
	if s := os.Getenv("SEED"); s != "" {
		seed, _ = strconv.Atoi(s)
	}
	r := rand.New(rand.NewPCG(uint64(seed), 2))
	names := Dialects()
	for range rounds {
		dialect := Dialect{Name: names[r.IntN(len(names))], CodeComments: r.IntN(2) == 0}
		src := randomArticle(r, 24)
		answer := hostile[r.IntN(len(hostile))].answer
		if r.IntN(2) == 0 {
			answer = randomArticle(r, 6)
		}
		which := r.IntN(1 << 10)
		if !t.Run("", func(t *testing.T) { checkLaws(t, []byte(src), dialect, answer, which) }) {
			t.Logf("%s: %q answered %q", dialect.Name, src, answer)
		}
	}
}
