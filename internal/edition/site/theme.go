package site

import (
	"embed"
	"fmt"
	"html/template"
	"io"
	"io/fs"
	"maps"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"

	"dragoman/internal/diag"
	"dragoman/internal/edition"
)

//go:embed templates/*.html
var templateFiles embed.FS

// sources are the templates of pages by their names, without the ending.
var sources = func() map[string]string {
	files, err := fs.Glob(templateFiles, "templates/*.html")
	if err != nil {
		panic(err) // the pattern is well formed
	}
	m := map[string]string{}
	for _, name := range files {
		text, err := templateFiles.ReadFile(name)
		if err != nil {
			panic(err) // it has just been found
		}
		m[templateName(name)] = templateText(text)
	}
	return m
}()

// pages are the templates where no theme has any.
var pages = sync.OnceValue(func() *template.Template {
	t, found := parse(nil)
	if err := found.Err(); err != nil {
		panic(err) // they are ours
	}
	return t
})

// kinds are the templates of whole pages; the others are parts of them.
var kinds = []string{"article", "index", "missing", "moved", "root", "single"}

func templateName(file string) string { return strings.TrimSuffix(path.Base(file), ".html") }

// templateText is a template as it is parsed: what it makes ends where its last line
// does.
func templateText(content []byte) string {
	return strings.TrimSuffix(strings.TrimPrefix(string(content), "\ufeff"), "\n")
}

// themed are the theme's templates by their names.
func themed(theme edition.Theme) map[string]string {
	m := map[string]string{}
	for name, content := range theme {
		if path.Ext(name) == ".html" && !strings.Contains(name, "/") {
			m[templateName(name)] = templateText(content)
		}
	}
	return m
}

// parse reads the templates: the theme's, and ours where it has none. It reports each
// of the theme's that is none.
func parse(theme edition.Theme) (*template.Template, diag.List) {
	own := themed(theme)
	all := maps.Clone(sources)
	maps.Copy(all, own)
	t := template.New("")
	var found diag.List
	for _, name := range slices.Sorted(maps.Keys(all)) {
		if _, err := t.New(name).Parse(all[name]); err != nil {
			found = append(found, fault(err, own)...)
		}
	}
	return t, found
}

// CheckTheme reports what is wrong with the templates of a theme: those that cannot be
// read, those that ask for what pages do not have, and, as warnings, those that no
// page is made with.
func CheckTheme(theme edition.Theme) diag.List {
	own := themed(theme)
	if len(own) == 0 {
		return nil
	}
	t, found := parse(theme)
	if found.HasErrors() {
		return found
	}
	used := used(t) // before executing changes the templates
	for _, kind := range kinds {
		if err := t.ExecuteTemplate(io.Discard, kind, specimen()); err != nil {
			found = append(found, fault(err, own)...)
		}
	}
	for _, name := range slices.Sorted(maps.Keys(own)) {
		if !used[name] {
			found = append(found, diag.Finding{
				Pos: diag.Pos{Path: themeFile(name)}, Code: "theme", Severity: diag.Warning,
				Text: "no page is made with this template",
				Hint: "name it as one of " + strings.Join(slices.Sorted(maps.Keys(sources)), ", ") + ", or name it in one",
			})
		}
	}
	found.Sort()
	return slices.Compact(found)
}

func themeFile(name string) string { return path.Join(edition.ThemeFolder, name+".html") }

// call is where a template makes use of another.
var call = regexp.MustCompile(`\{\{template "([^"]+)"`)

// used are the templates that pages are made with.
func used(t *template.Template) map[string]bool {
	found := map[string]bool{}
	var visit func(name string)
	visit = func(name string) {
		if found[name] {
			return
		}
		found[name] = true
		if part := t.Lookup(name); part != nil && part.Tree != nil {
			for _, m := range call.FindAllStringSubmatch(part.Tree.Root.String(), -1) {
				visit(m[1])
			}
		}
	}
	for _, kind := range kinds {
		visit(kind)
	}
	return found
}

// blame takes the errors of text/template and html/template apart: the template, the
// line, perhaps the bytes before it in the line, and what is wrong.
var blame = regexp.MustCompile(`(?s)^(?:html/)?template: ?([^:]+)(?::(\d+))?(?::(\d+))?: ?(?:executing "[^"]*" at <)?(.*)$`)

// fault is an error of parsing or of executing templates as a finding, if it is about
// one of the theme's.
func fault(err error, own map[string]string) diag.List {
	m := blame.FindStringSubmatch(err.Error())
	if m == nil {
		return diag.List{{Code: "theme", Text: err.Error()}}
	}
	f := diag.Finding{
		Pos: diag.Pos{Path: themeFile(m[1])}, Code: "theme", Text: strings.Replace(m[4], ">: ", ": ", 1),
		Hint: "see README on what a page has",
	}
	text := own[m[1]]
	line, _ := strconv.Atoi(m[2])
	at, ok := lineStart(text, line)
	if !ok {
		return diag.List{f}
	}
	if column, err := strconv.Atoi(m[3]); err == nil {
		at += column
	} else if n := strings.Index(text[at:], "{{"); n >= 0 && !strings.Contains(text[at:at+n], "\n") {
		at += n // the error tells no column
	}
	f.Pos = diag.NewLines(f.Pos.Path, []byte(text)).At(at)
	return diag.List{f}
}

// lineStart is the offset of a line, the first being 1.
func lineStart(text string, line int) (int, bool) {
	at := 0
	for ; line > 1; line-- {
		n := strings.IndexByte(text[at:], '\n')
		if n < 0 {
			return 0, false
		}
		at += n + 1
	}
	return at, line == 1
}

// address is one that a style sheet asks for.
var address = regexp.MustCompile(`url\(\s*["']?([^"')\s]+)["']?\s*\)`)

// seenFrom is a style sheet as pages need it from which the theme's folder is at root:
// addresses in style sheets are relative to that folder.
func seenFrom(css, root string) string {
	return address.ReplaceAllStringFunc(css, func(whole string) string {
		to := address.FindStringSubmatch(whole)[1]
		if strings.HasPrefix(to, "/") || strings.HasPrefix(to, "#") || strings.Contains(to, ":") {
			return whole
		}
		return `url("` + root + to + `")`
	})
}

// hasFonts reports whether pages may show text in fonts of the theme.
func hasFonts(theme edition.Theme) bool {
	return slices.ContainsFunc(theme.Assets(), func(name string) bool {
		return slices.Contains([]string{".woff2", ".woff", ".ttf", ".otf"}, path.Ext(name))
	})
}

// failed is the error of making a page: findings, where the page's theme may be at
// fault.
func (s *site) failed(name string, err error) error {
	if own := themed(s.book.Theme); len(own) > 0 {
		return fault(err, own)
	}
	return fmt.Errorf("write %s: %w", name, err)
}

// specimen is a page that has everything.
func specimen() *page {
	tongue := tongue{"en", "ltr"}
	text := edition.Text{HTML: "text", Plain: "text"}
	link := choice{tongue: tongue, Autonym: "English", Href: "index.html", Current: true, Title: text, Says: "text", More: "text"}
	d := &day{"text", "2026-01-01"}
	e := &entry{Href: "index.html", Title: text, Description: text, Date: d, Untouched: "text"}
	top := *e
	top.Articles = []*entry{e}
	p := &page{
		tongue: tongue, Policy: "default-src 'none'", Style: "p{}", Theme: "theme/", Words: func(string) string { return "text" },
		Title: text, Collection: text, Home: "index.html", Description: "text", Canonical: "https://example.org/",
		Alternates: []alternate{{"en", "https://example.org/en/"}}, Locales: []string{"en", "ko_KR"}, Data: &linkedData{},
		Switcher: []choice{link, link}, AsOf: d, Articles: []*entry{&top}, Languages: []choice{link}, Feed: "feed.xml", To: e,
		Article: &article{
			Heading: "<h1>text</h1>", Title: text, Description: text, Byline: "text", Credit: "text", Date: d,
			Notices: []edition.Notice{{ID: "a", Class: "stale", Text: "text"}}, Original: &link, Invitation: "text",
			Places: func(edition.Notice) template.HTML { return "text" }, Origin: "text", Colophon: []string{"text"}, Report: "https://example.org/",
			Sections: []edition.Section{{ID: "a", Title: text}}, Body: "<p>text</p>", Previous: e, Next: e,
			Words: func(string) string { return "text" }, Anchor: "a:",
		},
		Many: true, Byline: "text", Credit: "text",
	}
	p.Parts = []*article{p.Article}
	return p
}
