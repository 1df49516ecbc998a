package site_test

import (
	"strings"
	"testing"

	"dragoman/internal/edition"
	"dragoman/internal/edition/site"
)

func TestWhatIsWrongWithAThemeIsTold(t *testing.T) {
	tests := []struct {
		name  string
		theme edition.Theme
		want  string // the beginnings of the findings, one a line
	}{
		{"a theme of nothing is sound", nil, ""},
		{"so is a template that asks for what pages have", edition.Theme{"foot.html": []byte("<p lang=\"{{.Lang}}\">{{with .AsOf}}{{.Text}}{{end}}</p>\n</body>\n</html>\n")}, ""},
		{"and one of its own that another is made with", edition.Theme{
			"foot.html": []byte(`{{template "mark" .}}</body></html>`), "mark.html": []byte(`<img src="{{.Theme}}mark.svg" alt="">`),
		}, ""},
		{"an action that does not end", edition.Theme{"foot.html": []byte("<p>\n  {{.Lang")}, "theme/foot.html:2:3: unclosed action"},
		{"an element of templates that does not end", edition.Theme{"foot.html": []byte("{{if .Lang}}<p>")}, "theme/foot.html:1:1: unexpected EOF"},
		{"a field that pages do not have, by runes", edition.Theme{"foot.html": []byte("<p>\n한국 {{.Tittle}}</p></body></html>")}, "theme/foot.html:2:6: .Tittle: can't evaluate field Tittle"},
		{"a template that there is not", edition.Theme{"foot.html": []byte("\n{{template \"feet\" .}}")}, "theme/foot.html:2:12: no such template \"feet\""},
		{"an attribute without its end", edition.Theme{"foot.html": []byte("<p>\n<a href=\"{{.Lang}}></body></html>")}, "theme/"},
		{"every template with a fault", edition.Theme{"bar.html": []byte("{{.Lang"), "foot.html": []byte("{{end}}")}, "theme/bar.html:1:1: unclosed action\ntheme/foot.html:1:1: unexpected {{end}}"},
		{"a template that no page is made with", edition.Theme{"artcle.html": []byte("<p>")}, "theme/artcle.html: no page is made with this template"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			found := site.CheckTheme(tt.theme)
			wanted := strings.Split(tt.want, "\n")
			if tt.want == "" {
				wanted = nil
			}
			for i, f := range found {
				if i >= len(wanted) || !strings.HasPrefix(f.Error(), wanted[i]) {
					t.Errorf("found %s", f.Error())
				}
			}
			if len(found) != len(wanted) {
				t.Errorf("%d findings, want %d", len(found), len(wanted))
			}
		})
	}
}

func TestAThemeTakesThePlaceOfOurs(t *testing.T) {
	books := collection(t, "https://example.org/a/", "en", "ko")
	for _, b := range books {
		b.Theme = edition.Theme{
			"foot.html":     []byte("<footer><img src=\"{{.Theme}}mark.png.txt\" alt=\"\"></footer>\n</body>\n</html>\n"),
			"page.css":      []byte("body { background: url( 'paper.webp.txt' ) }\r\nq::before { content: \"  ;  \" }\nb { background: url(#g), url(data:,) }"),
			"mark.png.txt":  []byte("mark"),
			"f/serif.woff2": []byte("font"),
		}
	}
	files := pages(t, books)
	tests := []struct{ name, file, has, hasNot string }{
		{"a part of a page", "ko/terms/index.html", `<footer><img src="../theme/mark.png.txt" alt=""></footer>`, `class="foot"`},
		{"the other parts stay", "ko/terms/index.html", `<article`, ""},
		{"a style sheet as it is written", "ko/index.html", `q::before { content: "  ;  " }`, "\r"},
		{"the style of texts stays", "ko/index.html", "word-break:keep-all", ".skip{"},
		{"addresses are found from the page", "ko/terms/index.html", `url("../theme/paper.webp.txt")`, ""},
		{"from a page deeper down", "ko/guides/tables/index.html", `url("../../theme/paper.webp.txt")`, ""},
		{"from the page of the languages", "index.html", `url("en/theme/paper.webp.txt")`, ""},
		{"from wherever there is no page", "404.html", `url("/a/en/theme/paper.webp.txt")`, ""},
		{"addresses of nothing else stay", "ko/index.html", `url(#g), url(data:,)`, ""},
		{"fonts may be shown", "ko/index.html", `font-src &#39;self&#39;`, "script-src"},
		{"assets are there", "ko/theme/mark.png.txt", "mark", ""},
		{"assets in folders", "en/theme/f/serif.woff2", "font", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			page := files[tt.file]
			if !strings.Contains(page, tt.has) || tt.hasNot != "" && strings.Contains(page, tt.hasNot) {
				t.Errorf("wants %s, and not %s:\n%s", tt.has, tt.hasNot, page)
			}
		})
	}
	checkPolicies(t, files, "font-src 'self'; ")
}

func TestAFaultOfAThemeThatOnlyDataShowsIsAFindingToo(t *testing.T) {
	books := collection(t, "", "en")
	books[0].Theme = edition.Theme{"foot.html": []byte(`{{if .Article}}{{index .Articles 7}}{{end}}</body></html>`)}
	err := site.Pages(books[0], books, func(string, []byte) error { return nil })
	if err == nil || !strings.HasPrefix(err.Error(), "theme/foot.html:1:18: index .Articles 7: error calling index:") {
		t.Errorf("got %v", err)
	}
}
