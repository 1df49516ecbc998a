package markdown

import (
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/language"
)

// htmlCases are articles and their HTML.
var htmlCases = []struct{ name, src, want string }{
	{"paragraphs and breaks", "One\ntwo\\\nthree.\n", "<p>One\ntwo<br />\nthree.</p>"},
	{"headings have their anchors", "# One {#a .b}\n", `<h1 id="a">One</h1>`},
	{"inline elements", "*a* **b** ~~c~~ `d<e` [f](g \"h\")", `<p><em>a</em> <strong>b</strong> <del>c</del> <code>d&lt;e</code> <a href="g" title="h">f</a></p>`},
	{"tight and loose lists", "- a\n- b\n\n3. c\n\n4. d\n", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<ol start=\"3\">\n<li>\n<p>c</p>\n</li>\n<li>\n<p>d</p>\n</li>\n</ol>"},
	{"tasks", "- [x] a\n", "<ul>\n<li class=\"task\"><label><input type=\"checkbox\" disabled=\"disabled\" checked=\"checked\" /> a</label></li>\n</ul>"},
	{"code", "```go x\na < b\n```\n", "<pre tabindex=\"0\" dir=\"ltr\"><code class=\"language-go\">a &lt; b\n</code></pre>"},
	{"code with carriage returns has none", "```\r\na\r\n```\r\n", "<pre tabindex=\"0\" dir=\"ltr\"><code>a\n</code></pre>"},
	{
		"a table scrolls, and aligns by the direction of reading", "| a | b | c |\n|:-|:-:|-:|\n| d | e | f |\n",
		"<div class=\"table\" role=\"region\" tabindex=\"0\">\n<table>\n<thead>\n<tr>\n<th scope=\"col\" class=\"start\">a</th>\n<th scope=\"col\" class=\"center\">b</th>\n<th scope=\"col\" class=\"end\">c</th>\n</tr>\n</thead>\n<tbody>\n<tr>\n<td class=\"start\">d</td>\n<td class=\"center\">e</td>\n<td class=\"end\">f</td>\n</tr>\n</tbody>\n</table>\n</div>",
	},
	{"definitions", "a\n: b\n", "<dl>\n<dt>a</dt>\n<dd>b</dd>\n</dl>"},
	{"an image", "![a \"b\"](c.png 'd')\n", `<p><img src="c.png" alt="a &quot;b&quot;" title="d" /></p>`},
	{"lines of Chinese join, also past emphasis", "中\n**文**\n字\nabc\n", "<p>中<strong>文</strong>字\nabc</p>"},
	{"entities and escapes", "&copy; &lt; \\* <", "<p>© &lt; * &lt;</p>"},

	{"an entity of a mark that begins another is resolved once", "[a](b?c&amp;lt;d \"&amp;copy;\") ![&amp;lt; \\&copy;](e)", `<p><a href="b?c&amp;lt;d" title="&amp;copy;">a</a> <img src="e" alt="&amp;lt; &amp;copy;" /></p>`},
	{"characters that XML cannot hold", "a\x0bb&#12;c \uffffd `\x1b` [\x01](e \"\x02\")", `<p>abc d <code></code> <a href="e" title=""></a></p>`},

	{"raw inline elements that an edition keeps", "a <kbd>b</kbd> <sub>c</sub> <ruby>漢<rt>かん</rt></ruby>", "<p>a <kbd>b</kbd> <sub>c</sub> <ruby>漢<rt>かん</rt></ruby></p>"},
	{"a tag that is not closed is closed at the end of its block", "a <b>c\n\nd\n", "<p>a <b>c</b></p>\n<p>d</p>"},
	{"an end tag alone is dropped, tags in the wrong order are mended", "a</b> <i>c <b>d</i> e</b>", "<p>a <i>c <b>d</b></i> e</p>"},
	{"attributes but a few are dropped", `a <span lang="ko" dir="ltr" title="t" onclick="x()" style="y" class="z">b</span>`, `<p>a <span lang="ko" dir="ltr" title="t">b</span></p>`},
	{"scripts and styles are dropped with all that they hold", "a\n\n<script>alert(1)</script>\n\n<style>b{}</style>\n\nc\n", "<p>a</p>\n<p>c</p>"},
	{"an unknown tag is dropped and its text stays", "<Intro>\n\nOne <Tip x={1}>two</Tip>\n\n</Intro>\n", "<p>One two</p>"},
	{"a table of HTML on several lines, with a caption", "<table>\n<caption>A b</caption>\n<tr><th>c<th>d\n</table>\n", "<div class=\"table\" role=\"region\" tabindex=\"0\">\n<table>\n<caption>A b</caption>\n<tbody><tr><th>c</th>\n<th>d\n</th>\n</tr>\n</tbody>\n</table></div>"},
	{"a table of HTML, whole", "<table>\n<caption>c</caption>\n<thead><tr><th scope=\"col\" onclick=\"x\">a</th></tr></thead>\n<tbody><tr><td colspan=\"2\" style=\"y\">b *c*</td></tr></tbody>\n</table>\n", "<div class=\"table\" role=\"region\" tabindex=\"0\">\n<table>\n<caption>c</caption>\n<thead><tr><th scope=\"col\">a</th>\n</tr>\n</thead>\n<tbody><tr><td colspan=\"2\">b *c*</td>\n</tr>\n</tbody>\n</table></div>"},
	{"a table of HTML without the tags that may be left out", "<table><tr><td>a<td>b<tr><td>c</table>\n\nd\n", "<div class=\"table\" role=\"region\" tabindex=\"0\">\n<table>\n<tbody><tr><td>a</td>\n<td>b</td>\n</tr>\n<tr><td>c</td>\n</tr>\n</tbody>\n</table></div>\n<p>d</p>"},
	{"a table of HTML with blocks in its cells", "<table><tr><td>\n\n- a\n\n</td></tr></table>\n", "<div class=\"table\" role=\"region\" tabindex=\"0\">\n<table>\n<tbody><tr><td>\n<ul>\n<li>a</li>\n</ul>\n</td>\n</tr>\n</tbody>\n</table></div>"},
	{"a table of HTML ends before what stands in no cell", "<table>a<tr><td>b</td></tr></table>\n\nc\n", "<div class=\"table\" role=\"region\" tabindex=\"0\">\n<table>\n</table></div>\n<p>a</p>\n<p>b</p>\n<p>c</p>"},
	{"a table of HTML ends before a paragraph between its rows", "<table><tr><td>a</td></tr>\n\nb\n\n<tr><td>c</td></tr></table>\n", "<div class=\"table\" role=\"region\" tabindex=\"0\">\n<table>\n<tbody><tr><td>a</td>\n</tr>\n</tbody>\n</table></div>\n<p>b</p>\n<p>c</p>"},
	{"a table of HTML in a cell of one", "<table><tr><td><table><td>a</table><td>b</table>\n", "<div class=\"table\" role=\"region\" tabindex=\"0\">\n<table>\n<tbody><tr><td><div class=\"table\" role=\"region\" tabindex=\"0\">\n<table>\n<tbody><tr><td>a</td>\n</tr>\n</tbody>\n</table></div>\n</td>\n<td>b</td>\n</tr>\n</tbody>\n</table></div>"},
	{"a table of HTML with two heads and a foot before the body", "<table><tfoot><tr><td>a</tfoot><thead><tr><th>b</thead><caption>c</caption></table>\n", "<div class=\"table\" role=\"region\" tabindex=\"0\">\n<table>\n<tbody><tr><td>a</td>\n</tr>\n</tbody>\n<tbody><tr><th>b</th>\n</tr>\n</tbody>\n</table></div>\n<p>c</p>"},
	{"cells outside every table", "<td>a</td>\n", "<p>a</p>"},
	{"columns of a table of HTML", "<table><colgroup><col></colgroup><tr><td>a</td></tr></table>\n", "<div class=\"table\" role=\"region\" tabindex=\"0\">\n<table>\n<tbody><tr><td>a</td>\n</tr>\n</tbody>\n</table></div>"},
	{"what a cell says that is no number", "<table><tr><td colspan=\"0\" rowspan=\"x\">a</td></tr></table>\n", "<div class=\"table\" role=\"region\" tabindex=\"0\">\n<table>\n<tbody><tr><td>a</td>\n</tr>\n</tbody>\n</table></div>"},
	{"a block of HTML", "<details><summary>a</summary>\n\n*b*\n\n</details>\n", "<details><summary>a</summary>\n\n<p><em>b</em></p>\n</details>"},
	{"a comment is dropped", "a <!-- b --> c\n\n<!-- d -->\n", "<p>a  c</p>"},
	{"a link in a link is text", "[a <a href=\"x\">b</a>](c)", `<p><a href="c">a b</a></p>`},

	{"a script for an address is text", "[a](javascript:alert(1)) <javascript:alert(1)> ![b](javascript:c)", `<p>a javascript:alert(1) <span class="missing">b</span></p>`},
	{"in capitals", "[a](JaVaScRiPt:b)", "<p>a</p>"},
	{"by entities", "[a](java&#115;cript:b) [c](&#x6A;avascript&colon;d)", "<p>a c</p>"},
	{"by escapes", `[a](javascript\:b)`, "<p>a</p>"},
	{"percent-encoded", "[a](javascript%3Ab) [c](java%73cript:d)", "<p>a c</p>"},
	{"with control characters", "[a](<java\tscript:b>) [c](&#1;javascript:d) [e](java&NewLine;script:f)", "<p>a c e</p>"},
	{"by reference", "[a]\n\n[a]: vbscript:b\n", "<p>a</p>"},
	{"data", "[a](data:text/html;base64,eA==) ![b](data:image/svg+xml,c)", `<p>a <span class="missing">b</span></p>`},
	{"in raw HTML", `<a href="javascript:a">b</a> <a href=" java&#9;script:c">d</a> <img src="data:x" alt="e">`, `<p>b d <span class="missing">e</span></p>`},
	{"in raw HTML, events", `<img src=x onerror=alert(1)>a`, `<p><img src="x" alt="" />a</p>`},
	{
		"addresses that may be followed", "[a](http://b) [c](mailto:d@e.f) [g](tel:1) [h](//i) [j](k:l/m) [n](o/p:q) [r](?s:t) [u](#v:w)",
		`<p><a href="http://b">a</a> <a href="mailto:d@e.f">c</a> <a href="tel:1">g</a> <a href="//i">h</a> j <a href="o/p:q">n</a> <a href="?s:t">r</a> <a href="#v:w">u</a></p>`,
	},
}

func TestHTML(t *testing.T) {
	for _, c := range htmlCases {
		t.Run(c.name, func(t *testing.T) {
			got := strings.TrimSpace(string(parse(t, c.src).Render(Rendering{})))
			if got != c.want {
				t.Errorf("got\n%s\nwant\n%s", got, c.want)
			}
			wellFormed(t, got)
		})
	}
}

// wellFormed complains of HTML that is no XML.
func wellFormed(t *testing.T, html string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader(`<body xmlns:epub="http://www.idpf.org/2007/ops">` + html + "</body>"))
	for {
		_, err := d.Token()
		if errors.Is(err, io.EOF) {
			return
		}
		if err != nil {
			t.Fatalf("%v in\n%s", err, html)
		}
	}
}

func TestEveryArticleIsWellFormedXML(t *testing.T) {
	for _, src := range everySource() {
		d, _ := Parse("a.md", []byte(src), Dialect{})
		if d == nil {
			continue
		}
		wellFormed(t, string(d.Render(Rendering{})))
		wellFormed(t, string(d.Render(Rendering{Notes: NoteStyle{EPUB: true}})))
	}
}

const notesArticle = "a[^1] b[^2] c[^1]\n\n[^2]: Two.\n\n[^1]: One,\n\n    more[^3].\n\n[^3]: Three.\n\n[^4]: None.\n"

func TestNotesOfAPage(t *testing.T) {
	got := string(parse(t, notesArticle).Render(Rendering{Notes: NoteStyle{
		Title:     "Notes",
		Back:      func(n int) string { return "Back to " + strconv.Itoa(n) },
		Reference: func(n int) string { return "Note " + strconv.Itoa(n) },
	}}))
	want := `<p>a<sup><a id="fnref.1" href="#fn.1" role="doc-noteref" aria-label="Note 1">1</a></sup>` +
		` b<sup><a id="fnref.2" href="#fn.2" role="doc-noteref" aria-label="Note 2">2</a></sup>` +
		` c<sup><a id="fnref.1-2" href="#fn.1" role="doc-noteref" aria-label="Note 1">1</a></sup></p>
<section class="notes" role="doc-endnotes" aria-labelledby="fn.title"><h2 id="fn.title">Notes</h2>
<ol>
<li id="fn.1">
<p>One,</p>
<p>more<sup><a id="fnref.3" href="#fn.3" role="doc-noteref" aria-label="Note 3">3</a></sup>.` +
		` <a class="back" href="#fnref.1" role="doc-backlink" aria-label="Back to 1">↩︎</a>` +
		` <a class="back" href="#fnref.1-2" role="doc-backlink" aria-label="Back to 1">↩︎</a></p>
</li>
<li id="fn.2">
<p>Two. <a class="back" href="#fnref.2" role="doc-backlink" aria-label="Back to 2">↩︎</a></p>
</li>
<li id="fn.3">
<p>Three. <a class="back" href="#fnref.3" role="doc-backlink" aria-label="Back to 3">↩︎</a></p>
</li>
</ol>
</section>
`
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	wellFormed(t, got)
}

func TestNotesOfABook(t *testing.T) {
	got := string(parse(t, notesArticle).Render(Rendering{Notes: NoteStyle{EPUB: true}}))
	for _, want := range []string{
		`<sup><a id="fnref.1" href="#fn.1" epub:type="noteref" role="doc-noteref">1</a></sup>`,
		`<aside epub:type="footnote" role="doc-footnote" id="fn.2">` + "\n" + `<p><a class="back" href="#fnref.2" role="doc-backlink">2</a> Two.</p>`,
		`<section class="notes">`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	if strings.Contains(got, "None.") {
		t.Error("a note that nothing refers to is shown")
	}
	wellFormed(t, got)
}

func TestNotesAreNumberedByTheTranslation(t *testing.T) {
	d := parse(t, "a[^x] b[^y]\n\n[^x]: X\n\n[^y]: Y\n")
	back, _ := d.Translate(language.Korean, func(_ int, s *Segment) (string, bool) {
		return "b[^y] a[^x]", s.Kind == Paragraph
	})
	got := string(back.Render(Rendering{}))
	if x, y := strings.Index(got, "X"), strings.Index(got, "Y"); y < 0 || x < y {
		t.Errorf("got\n%s", got)
	}
}

func TestPassagesCarryTheirMarks(t *testing.T) {
	d := parse(t, "# A\n\nB\n\n- C\n\n| D |\n|:--|\n| 1 |\n\n![E](f) ![G](h)\n\ni\n: j\n")
	got := string(d.Render(Rendering{Mark: func(i int) Mark {
		switch d.Segments[i].Text {
		case "1":
			return Mark{}
		case "B":
			return Mark{Class: "stale"}
		}
		return Mark{Lang: "en", Dir: "ltr", Class: "untranslated"}
	}}))
	for _, want := range []string{
		`<h1 id="a" class="untranslated" lang="en" dir="ltr">A</h1>`,
		`<p class="stale">B</p>`,
		`<li><span class="untranslated" lang="en" dir="ltr">C</span></li>`,
		`<th scope="col" class="start untranslated" lang="en" dir="ltr">D</th>`,
		`<td class="start">1</td>`,
		`<p><img src="f" alt="E" class="untranslated" lang="en" dir="ltr" /> <img src="h" alt="G" class="untranslated" lang="en" dir="ltr" /></p>`,
		`<dt class="untranslated" lang="en" dir="ltr">i</dt>`,
	} {
		if !strings.Contains(got, want) {
			t.Errorf("no %s in\n%s", want, got)
		}
	}
	wellFormed(t, got)
}

func TestDestinationsAreResolved(t *testing.T) {
	d := parse(t, "[a](b.md) [c](gone.md) <https://e.org> ![d](e.png) ![f](gone.png)\n")
	resolve := func(destination string) string {
		if strings.HasPrefix(destination, "gone") {
			return ""
		}
		return strings.Replace(destination, ".md", "/index.html?x=1&y=2", 1)
	}
	got := string(d.Render(Rendering{Link: resolve, Image: resolve}))
	want := `<p><a href="b/index.html?x=1&amp;y=2">a</a> c <a href="https://e.org">https://e.org</a> <img src="e.png" alt="d" /> <span class="missing">f</span></p>` + "\n"
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	bad := func(string) string { return "javascript:x" }
	if got := string(d.Render(Rendering{Link: bad, Image: bad})); strings.Contains(got, "javascript") {
		t.Errorf("got\n%s", got)
	}
}

func TestTheTitleMayBeLeftOut(t *testing.T) {
	for _, c := range []struct{ name, src, want string }{
		{"where it begins the article", "<!-- x -->\n\n# A\n\nB\n", "<p>B</p>\n"},
		{"not where it is of another level", "## A\n", "<h2 id=\"a\">A</h2>\n"},
		{"not where it comes later", "B\n\n# A\n", "<p>B</p>\n<h1 id=\"a\">A</h1>\n"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := string(parse(t, c.src).Render(Rendering{OmitTitle: true})); got != c.want {
				t.Errorf("got %q, want %q", got, c.want)
			}
		})
	}
}

func TestInlineHTMLIsForTitles(t *testing.T) {
	d := parse(t, "---\ntitle: A & <b>\n---\n\n# A [b](c) *d*[^1] ![e](f)\n\n[^1]: g\n")
	for i, want := range []string{"A &amp; &lt;b&gt;", "A b <em>d</em>", "g"} {
		if got := d.InlineHTML(i); got != want {
			t.Errorf("%q: got %q, want %q", d.Segments[i].Text, got, want)
		}
	}
}

func TestTranslationsRunNothing(t *testing.T) {
	t.Parallel()
	attacks := []string{
		"<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "[a](javascript:alert(1))", "![a](javascript:alert(1))",
		"<javascript:alert(1)>", "[a](data:text/html,<script>alert(1)</script>)", `<a href="javascript:alert(1)">a</a>`,
		"<svg onload=alert(1)>", "<iframe src=//e.org></iframe>", "</p><script>alert(1)</script>", "[a](java\nscript:alert(1))",
		"[a](&#106;avascript:alert(1))", `" onmouseover="alert(1)`, "<b onclick=alert(1)>a</b>", "<!--><script>alert(1)</script>",
		"[a]: javascript:alert(1)", "<details open ontoggle=alert(1)>", "<math><mtext></mtext><script>alert(1)</script></math>",
		"`</code><script>alert(1)</script>`", "[a](x \"\\\"><script>alert(1)</script>\")", "{{<script>alert(1)</script>}}",
	}
	d := parse(t, everyConstruct+"\n<div>\nhtml text\n<p>more</p>\n</div>\n")
	for _, attack := range attacks {
		for k := range d.Segments {
			back, _ := d.Translate(language.Korean, func(i int, _ *Segment) (string, bool) { return attack, i == k })
			got := string(back.Render(Rendering{}))
			wellFormed(t, got)
			assertInert(t, attack, got)
			assertInert(t, attack, back.InlineHTML(k))
		}
	}
}

// assertInert complains of an element or an attribute that can run.
func assertInert(t *testing.T, attack, html string) {
	t.Helper()
	d := xml.NewDecoder(strings.NewReader("<body>" + html + "</body>"))
	for {
		token, err := d.Token()
		if err != nil {
			return
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		if mutedTags[e.Name.Local] {
			t.Fatalf("%s: <%s> in %s", attack, e.Name.Local, html)
		}
		for _, a := range e.Attr {
			value := strings.ToLower(a.Value)
			if strings.HasPrefix(a.Name.Local, "on") || a.Name.Local == "style" ||
				(a.Name.Local == "href" || a.Name.Local == "src") && (strings.HasPrefix(value, "javascript") || strings.HasPrefix(value, "data")) {
				t.Fatalf("%s: %s=%q in %s", attack, a.Name.Local, a.Value, html)
			}
		}
	}
}
