package edition_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/fstest"

	"dragoman/internal/edition"
	"dragoman/internal/review"
)

// linked compiles a small collection around an article at guides/a.md.
func linked(t testing.TB, src string) (string, string) {
	t.Helper()
	content := fstest.MapFS{
		"guides/map.png": {}, "top.svg": {}, "guides/notes.txt": {}, "guides/a b.png": {}, "secret.png/x": {},
	}
	articles := []edition.Article{
		{Document: parse(t, "guides/a.md", src)},
		{Document: parse(t, "guides/b.md", "# B\n\n## Deep end\n")},
		{Document: parse(t, "guides/index.md", "# Guides\n")},
		{Document: parse(t, "old.md", "---\nslug: new-place\naliases: [/former/place]\n---\n\n# 깊은 곳\n")},
		{Document: parse(t, "index.md", "# Home\n")},
	}
	b, found := edition.Compile(articles, options(t, content))
	return strings.TrimSpace(body(b.Chapter("guides/a.md"))), codes(found)
}

func TestLinks(t *testing.T) {
	tests := []struct{ name, destination, href, code string }{
		{"an address on the web stays", "https://example.org/a?b=1&c=2#d", "https://example.org/a?b=1&amp;c=2#d", ""},
		{"so do mail and telephone", "mailto:desk@example.org", "mailto:desk@example.org", ""},
		{"mail without a scheme gets it", "desk@example.org", "mailto:desk@example.org", ""},
		{"one without a scheme gets https", "//example.org/x", "https://example.org/x", ""},
		{"an article beside", "b.md", "chapter/guides/b", ""},
		{"its heading", "b.md#deep-end", "chapter/guides/b#deep-end", ""},
		{"an article above", "../old.md", "chapter/new-place", ""},
		{"a path from the top", "/guides/b.md", "chapter/guides/b", ""},
		{"a path that goes round", "../guides/./b.md", "chapter/guides/b", ""},
		{"without its extension", "b", "chapter/guides/b", ""},
		{"as a page", "b.html", "chapter/guides/b", ""},
		{"a folder", "../guides/", "chapter/guides", ""},
		{"the collection's head", "../index.md", "chapter/", ""},
		{"a former address", "/former/place/", "chapter/new-place", ""},
		{"a slug", "/new-place", "chapter/new-place", ""},
		{"with a query", "b.md?x=1", "chapter/guides/b", ""},
		{"an anchor of its own", "#here", "#here", ""},
		{"percent signs in a path", "%62.md", "chapter/guides/b", ""},
		{"an image, enlarged", "map.png", "large/guides/map.png", ""},
		{"no article", "nowhere.md", "", "link-dead"},
		{"no such heading of another", "b.md#shallow", "chapter/guides/b", "link-dead"},
		{"no such heading of its own", "#nowhere", "", "link-dead"},
		{"another file", "notes.txt", "", "link-dead"},
		{"out of the content", "../../old.md", "", "link-dead"},
		{"out of the content, hidden", "..%2f..%2fold.md", "", "link-dead"},
		{"a scheme that runs", "javascript:alert(1)", "", "link-dead"},
		{"a scheme that runs, in capitals and entities", "&#74;ava&Tab;Script&colon;alert(1)", "", "link-dead"},
		{"a scheme that runs, behind percent signs", "%6Aavascript:alert(1)", "", "link-dead"},
		{"a scheme that runs, its colon behind percent signs", "javascript%3Aalert(1)", "", "link-dead"},
		{"a scheme that runs, twice behind", "javascript%253Aalert(1)", "", "link-dead"},
		{"data", "data:text/html;base64,PHNjcmlwdD4=", "", "link-dead"},
		{"a script of old", "vbscript:msgbox(1)", "", "link-dead"},
		{"a file", "file:///etc/passwd", "", "link-dead"},
		{"a host that is none", "https:///x", "", "link-dead"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, found := linked(t, "[x](<"+tt.destination+">)\n\n# Here\n")
			got, _, _ = strings.Cut(got, "\n")
			want := "<p>x</p>"
			if tt.href != "" {
				want = `<p><a href="` + tt.href + `">x</a></p>`
			}
			if got != want || found != tt.code {
				t.Errorf("got  %s (%s)\nwant %s (%s)", got, found, want, tt.code)
			}
		})
	}
}

func TestImages(t *testing.T) {
	const missing = `<p><span class="missing">x</span></p>`
	tests := []struct{ name, destination, want, code string }{
		{"one beside the article", "map.png", `<p><img src="image/guides/map.png" alt="x" class="figure" /></p>`, ""},
		{"one above", "../top.svg", `<p><img src="image/top.svg" alt="x" class="figure" /></p>`, ""},
		{"a space in its name", "a b.png", `<p><img src="image/guides/a%20b.png" alt="x" class="figure" /></p>`, ""},
		{"one that is not there", "nowhere.png", missing, "image-missing"},
		{"one out of the content", "../../etc/top.svg", missing, "image-missing"},
		{"out of the content, hidden", "%2e%2e/%2e%2e/top.svg", missing, "image-missing"},
		{"a folder", "../secret.png", missing, "image-missing"},
		{"a file that is no image", "notes.txt", missing, "image-missing"},
		{"one with a script for an address", "javascript:alert(1)", missing, "image-missing"},
		{"data", "data:image/svg+xml;base64,PHN2Zz4=", missing, "image-missing"},
		{"one of another host becomes a link", "https://example.org/x.png", `<p><a href="https://example.org/x.png">x</a></p>`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, found := linked(t, "![x](<"+tt.destination+">)\n")
			if got != tt.want || found != tt.code {
				t.Errorf("got  %s (%s)\nwant %s (%s)", got, found, tt.want, tt.code)
			}
		})
	}
}

func TestAnImageOfAnotherHostInALinkIsItsText(t *testing.T) {
	got, _ := linked(t, "[![x](https://example.org/x.png)](b.md)\n")
	if want := `<p><a href="chapter/guides/b">x</a></p>`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestWhatIsFoldedAwayHasATitle(t *testing.T) {
	tests := []struct{ name, src, want string }{
		{"given by the author", "<details><summary>More</summary>\n\nText\n\n</details>\n", "<details><summary>More</summary>"},
		{"or by the edition", "<details>\n\nText\n\n</details>\n", "<details><summary>자세히 보기</summary>"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got, _ := linked(t, tt.src); !strings.HasPrefix(got, tt.want) || strings.Count(got, "<summary") != 1 {
				t.Errorf("got %s", got)
			}
		})
	}
}

func TestAnImageInASentenceIsNoFigure(t *testing.T) {
	got, _ := linked(t, "A ![x](map.png) b\n")
	if want := `<p>A <img src="image/guides/map.png" alt="x" /> b</p>`; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestADeadLinkIsFoundWhereItStands(t *testing.T) {
	b, found := compile(t, "[Sea](https://example.org/)\n\n[Land](gone.md)\n", review.Policy{},
		entry{"[Sea](https://example.org/)", "[바다](없음.md)", false})
	if len(found) != 2 {
		t.Fatalf("got %v", found)
	}
	if got := found[0].Pos.String() + " " + found[1].Pos.String(); got != "ko/tides.po:1:1 tides.md:3:1" {
		t.Errorf("found at %s", got)
	}
	if got := body(b.Chapters[0]); strings.Contains(got, "<a ") {
		t.Errorf("got %s", got)
	}
}

// vectors are translations that try to get out of their passage. Their source is
// the text of a link, an image, a title, a cell, a note and a value alike.
var vectors = []string{
	`<script>alert(1)</script>`,
	`<img src=x onerror=alert(1)>`,
	`<svg/onload=alert(1)>`,
	`"><script>alert(1)</script>`,
	`' onmouseover='alert(1)`,
	`[x](javascript:alert(1))`,
	"[x](java\tscript:alert(1))",
	`[x](<java&#10;script:alert(1)>)`,
	`[x](&#x6A&#x61&#x76&#x61&#x73&#x63&#x72&#x69&#x70&#x74&#x3A&#x61&#x6C&#x65&#x72&#x74&#x28&#x31&#x29)`,
	`[x](data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==)`,
	`![x](https://evil.example/track.png)`,
	`![x](//evil.example/track.png)`,
	`![x"onerror="alert(1)](x)`,
	`[x](https://a.example "t\" onclick=\"alert(1)")`,
	`<javascript:alert(1)>`,
	`<https://a.example/"onclick=alert(1)>`,
	`<a href="javascript:alert(1)">x</a>`,
	`<iframe src="https://evil.example"></iframe>`,
	`<style>*{background:url(https://evil.example)}</style>`,
	`<b style="background:url(https://evil.example)">x</b>`,
	`<meta http-equiv="refresh" content="0;url=https://evil.example">`,
	`<base href="https://evil.example/">`,
	`<form action="https://evil.example"><input name=a></form>`,
	`</p></div></article><script>alert(1)</script>`,
	`<!-- --><script>alert(1)</script><!-- -->`,
	`<![CDATA[<script>alert(1)</script>]]>`,
	`{{.Policy}} {{template "head"}} {{call .Words}}`,
	`]]></text><script xmlns="http://www.w3.org/1999/xhtml">alert(1)</script>`,
	"x\u2028y\u202ez",
	"\x01\x0b\x1b[2J\uffff\ufffe",
	"&#3;&#x1b;",
	`&lt;script&gt;alert(1)&lt;/script&gt;`,
	"`</code><script>alert(1)</script>`",
	`[x][y]` + "\n\n" + `[y]: javascript:alert(1)`,
	`[^1]: <script>alert(1)</script>`,
}

const everywhere = `---
title: payload
description: payload
---

# payload

payload

- payload

> payload

| payload |
| ------- |
| payload |

![payload](tide.png "payload")

[link: payload](https://example.org "payload")[^1]

payload
: payload

[^1]: payload
`

func TestNothingThatATranslationSaysRuns(t *testing.T) {
	for _, v := range vectors {
		t.Run(v, func(t *testing.T) {
			d := parse(t, "tides.md", everywhere)
			var entries []entry
			for _, s := range d.Segments {
				entries = append(entries, entry{s.Text, strings.ReplaceAll(s.Text, "payload", v), false})
			}
			b, _ := compile(t, everywhere, review.Policy{}, entries...)
			for _, p := range harm("<div>" + body(b.Chapters[0]) + string(b.Chapters[0].Title.HTML) + string(b.Chapters[0].Description.HTML) + "</div>") {
				t.Error(p)
			}
		})
	}
}

// harm parses what is to be well-formed XML and tells what in it could run, or
// ask another host for something.
func harm(page string) []string {
	var found []string
	d := xml.NewDecoder(strings.NewReader(page))
	for {
		token, err := d.Token()
		if errors.Is(err, io.EOF) {
			return found
		}
		if err != nil {
			return append(found, "not well-formed: "+err.Error()+"\n"+page)
		}
		e, ok := token.(xml.StartElement)
		if !ok {
			continue
		}
		switch e.Name.Local {
		case "script", "style", "iframe", "form", "meta", "base", "link", "object", "embed", "svg", "math", "template":
			found = append(found, "element "+e.Name.Local)
		}
		for _, a := range e.Attr {
			switch name, value := a.Name.Local, strings.ToLower(a.Value); {
			case strings.HasPrefix(name, "on"), name == "style", name == "srcset", name == "action":
				found = append(found, "attribute "+name)
			case name == "src" && !strings.HasPrefix(value, "image/"):
				found = append(found, "image "+value)
			case name == "href" && !strings.HasPrefix(value, "https://") && !strings.HasPrefix(value, "#") && !strings.HasPrefix(value, "chapter/"):
				found = append(found, "link "+value)
			}
		}
	}
}

func FuzzBody(f *testing.F) {
	for _, v := range vectors {
		f.Add(v)
	}
	f.Fuzz(func(t *testing.T, v string) {
		b, _ := compile(t, everywhere, review.Policy{}, entry{"payload", v, false},
			entry{"[link: payload](https://example.org \"payload\")[^1]", v + "[^1]", false})
		c := b.Chapters[0]
		for _, p := range harm("<div>" + body(c) + string(c.Title.HTML) + "</div>") {
			if !strings.HasPrefix(p, "link mailto:") && !strings.HasPrefix(p, "link http://") && !strings.HasPrefix(p, "link tel:") {
				t.Error(p)
			}
		}
	})
}
