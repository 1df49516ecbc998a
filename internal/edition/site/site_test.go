package site_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"errors"
	"flag"
	"html"
	"io/fs"
	"maps"
	"math"
	"os"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/po"
	"dragoman/internal/edition"
	"dragoman/internal/edition/site"
	"dragoman/internal/font"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/review"
	"dragoman/internal/words"
	"dragoman/locales"

	"golang.org/x/image/font/gofont/goregular"
)

var update = flag.Bool("update", false, "rewrite the golden files")

const sample = "../testdata"

func tag(t testing.TB, s string) locale.Tag {
	t.Helper()
	l, err := locale.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// collection is the sample in the languages given, English among them or not.
// What a language has no catalog for is untranslated.
func collection(t testing.TB, base string, languages ...string) []*edition.Book {
	t.Helper()
	content := os.DirFS(path.Join(sample, "content"))
	bundle, found := words.Load(locales.UI)
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	var documents []*markdown.Document
	for _, p := range []string{"tides.md", "terms.md", "guides/tables.md"} {
		src, err := fs.ReadFile(content, p)
		if err != nil {
			t.Fatal(err)
		}
		d, found := markdown.Parse(p, src, markdown.Dialect{})
		if err := found.Err(); err != nil {
			t.Fatal(err)
		}
		documents = append(documents, d)
	}
	decisions, _ := review.Parse("decisions.tsv", nil)
	var books []*edition.Book
	for _, l := range languages {
		o := edition.Options{
			ID: "harbour", Title: "Notes from the harbour", TitleLanguage: tag(t, "en"), BaseURL: base,
			Language: tag(t, l), Source: tag(t, "en"), Words: bundle.For(tag(t, l)), Decisions: decisions,
			AsOf: time.Date(2026, 3, 20, 0, 0, 0, 0, time.UTC), Content: content,
		}
		var articles []edition.Article
		for _, d := range documents {
			a := edition.Article{Document: d}
			if l != "en" {
				a.File = translations(t, path.Join(sample, l, strings.TrimSuffix(d.Path, ".md")+".po"))
			}
			articles = append(articles, a)
		}
		edition.Order(articles)
		b, found := edition.Compile(articles, o)
		if len(found) > 0 {
			t.Fatal(found)
		}
		books = append(books, b)
	}
	return books
}

func translations(t testing.TB, name string) *catalog.File {
	t.Helper()
	src, err := os.ReadFile(name)
	if errors.Is(err, fs.ErrNotExist) {
		return &catalog.File{Path: name}
	}
	if err != nil {
		t.Fatal(err)
	}
	f, found := po.Parse(name, src)
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return f
}

// pages are the files of all editions, by their names under editions/.
func pages(t testing.TB, books []*edition.Book) map[string]string {
	t.Helper()
	files := map[string]string{}
	put := func(folder string) func(string, []byte) error {
		return func(name string, content []byte) error {
			name = path.Join(folder, name)
			if _, twice := files[name]; twice {
				t.Errorf("%s is written twice", name)
			}
			files[name] = string(content)
			return nil
		}
	}
	for _, b := range books {
		if err := site.Pages(b, books, put(b.Language.String())); err != nil {
			t.Fatal(err)
		}
	}
	if err := site.Root(books, put("")); err != nil {
		t.Fatal(err)
	}
	return files
}

var everyLanguage = []string{"en", "ko", "zh-Hans", "zh-Hant", "ar"}

func TestGoldenPage(t *testing.T) {
	files := pages(t, collection(t, "https://example.org", "en", "ko"))
	style := regexp.MustCompile(`(?s)<style>.*</style>|sha256-.*?=`)
	got := style.ReplaceAllString(files["ko/terms/index.html"], "")
	const golden = "testdata/terms.golden.html"
	if *update {
		if err := os.WriteFile(golden, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if got != string(want) {
		t.Errorf("%s differs; look at the change and run with -update if it is meant:\n%s", golden, got)
	}
}

func TestTheSameBooksGiveTheSamePages(t *testing.T) {
	one := pages(t, collection(t, "https://example.org", everyLanguage...))
	two := pages(t, collection(t, "https://example.org", everyLanguage...))
	if !maps.Equal(one, two) {
		t.Error("two runs differ")
	}
}

var (
	attribute = regexp.MustCompile(` (href|src|id|aria-describedby|aria-labelledby)="([^"]*)"`)
	styleTag  = regexp.MustCompile(`(?s)<style>(.*?)</style>`)
)

func TestEveryRelativeAddressLeadsSomewhere(t *testing.T) {
	files := pages(t, collection(t, "", everyLanguage...))
	ids := map[string]map[string]bool{}
	for name, page := range files {
		ids[name] = map[string]bool{}
		for _, m := range attribute.FindAllStringSubmatch(page, -1) {
			if m[1] != "id" {
				continue
			}
			if ids[name][m[2]] {
				t.Errorf("%s: two elements have the id %s", name, m[2])
			}
			ids[name][m[2]] = true
		}
	}
	for name, page := range files {
		for _, m := range attribute.FindAllStringSubmatch(page, -1) {
			address := html.UnescapeString(m[2])
			switch {
			case m[1] == "id", strings.HasPrefix(address, "https://"), strings.HasPrefix(address, "data:,"):
				continue
			case strings.HasPrefix(m[1], "aria-"):
				address = "#" + address
			}
			file, anchor, _ := strings.Cut(address, "#")
			to := name
			if file != "" {
				to = path.Join(path.Dir(name), file)
			}
			if _, ok := files[to]; !ok || anchor != "" && !ids[to][anchor] {
				t.Errorf("%s: %s leads nowhere", name, address)
			}
		}
	}
}

func TestThePolicyOfAPageAllowsItsStyleAndItsImages(t *testing.T) {
	checkPolicies(t, pages(t, collection(t, "", "en", "ar")), "")
}

// checkPolicies compares the policy of each page with its style sheet. more is what a
// theme adds to the policy.
func checkPolicies(t *testing.T, files map[string]string, more string) {
	t.Helper()
	for name, page := range files {
		if path.Ext(name) != ".html" {
			continue
		}
		page = html.UnescapeString(page)
		sum := sha256.Sum256([]byte(styleTag.FindStringSubmatch(page)[1]))
		want := `content="default-src 'none'; style-src 'sha256-` + base64.StdEncoding.EncodeToString(sum[:]) + `'; img-src 'self' data:; connect-src 'self'; ` + more + `base-uri 'none'; form-action 'none'"`
		if !strings.Contains(page, want) {
			t.Errorf("%s lacks %s", name, want)
		}
		if strings.Contains(page, " style=") || strings.Count(page, "<script") != strings.Count(page, `<script type="application/ld+json">`) {
			t.Errorf("%s has a style or a script that the policy forbids", name)
		}
	}
}

func TestPagesAreKnownToSearchEnginesAsWhatTheyAre(t *testing.T) {
	files := pages(t, collection(t, "https://example.org/", "en", "ko", "zh-Hant"))
	tests := []struct{ name, file, has, hasNot string }{
		{"a translation names itself", "ko/terms/index.html", `<link rel="canonical" href="https://example.org/ko/terms/">`, "noindex"},
		{"and its original", "ko/terms/index.html", `hreflang="en" href="https://example.org/en/terms/"`, ""},
		{"and the page for other readers", "ko/terms/index.html", `hreflang="x-default" href="https://example.org/en/terms/"`, ""},
		{"no copy of the original is its translation", "en/terms/index.html", `hreflang="ko" href="https://example.org/ko/terms/"`, `hreflang="zh-Hant" href="https://`},
		{"a copy names the original", "zh-Hant/terms/index.html", `<link rel="canonical" href="https://example.org/en/terms/">`, `rel="alternate" hreflang`},
		{"a copy is no translation", "zh-Hant/terms/index.html", `"inLanguage":"en"`, "translationOfWork"},
		{"a translation says of what", "ko/terms/index.html", `"translationOfWork":{"@type":"Article","@id":"https://example.org/en/terms/","name":"Terms","inLanguage":"en"}`, ""},
		{"languages by country", "ko/terms/index.html", `<meta property="og:locale" content="ko_KR">`, ""},
		{"the list of articles", "ko/index.html", `<link rel="canonical" href="https://example.org/ko/">`, ""},
		{"the list for other readers", "ko/index.html", `hreflang="x-default" href="https://example.org/"`, ""},
		{"the feed is in the head", "ko/index.html", `<link rel="alternate" type="application/atom+xml" title="`, ""},
		{"the map lists translations", "ko/sitemap.xml", `<loc>https://example.org/ko/terms/</loc><xhtml:link rel="alternate" hreflang="en" href="https://example.org/en/terms/">`, `hreflang="zh-Hant" href="https://example.org/zh-Hant/terms/"`},
		{"the map lists no copy of the original", "zh-Hant/sitemap.xml", `<loc>https://example.org/zh-Hant/</loc>`, "<loc>https://example.org/zh-Hant/terms/"},
		{"the feed tells of no copy of the original", "zh-Hant/feed.xml", `xml:lang="zh-Hant"`, "terms"},
		{"the map of maps", "sitemap.xml", `<loc>https://example.org/ko/sitemap.xml</loc>`, ""},
		{"where there is no page", "404.html", `<a href="/ko/" hreflang="ko">`, "canonical"},
		{"the root", "index.html", `<link rel="canonical" href="https://example.org/">`, ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			page := files[tt.file]
			if !strings.Contains(page, tt.has) || tt.hasNot != "" && strings.Contains(page, tt.hasNot) {
				t.Errorf("wants %s, and not %s:\n%s", tt.has, tt.hasNot, styleTag.ReplaceAllString(page, ""))
			}
		})
	}
}

func TestAListSaysWhatItIsOf(t *testing.T) {
	page := pages(t, collection(t, "", "ko"))["ko/index.html"]
	if want := `<meta name="description" content="Where to get a table · 용어 · 물때 읽기">`; !strings.Contains(page, want) {
		t.Errorf("the page lacks %s", want)
	}
}

func TestWithoutAnAddressOfItsOwnAPageNamesNone(t *testing.T) {
	for name, page := range pages(t, collection(t, "", "en", "ko")) {
		for _, s := range []string{"canonical", `rel="alternate"`, "og:url"} {
			if strings.Contains(page, s) {
				t.Errorf("%s has %s", name, s)
			}
		}
	}
}

func TestWhatThePageSaysOfItself(t *testing.T) {
	files := pages(t, collection(t, "", append(everyLanguage, "he")...))
	tests := []struct{ name, file, has string }{
		{"its language and direction", "ar/tides/index.html", `<html lang="ar" dir="rtl">`},
		{"the languages, each in its own", "ko/tides/index.html", `<li><a href="../../zh-Hans/tides/index.html" hreflang="zh-Hans" lang="zh-Hans" dir="ltr">简体中文</a></li>`},
		{"which of them it is in", "ko/tides/index.html", `<a href="../../ko/tides/index.html" hreflang="ko" lang="ko" dir="ltr" aria-current="page">한국어</a>`},
		{"what is not translated, with a link to the original", "ko/tides/index.html", `<a href="../../en/tides/index.html" hreflang="en">원문 보기</a>`},
		{"a passage in another language", "ko/tides/index.html", `<span class="untranslated" lang="en" dir="ltr" aria-describedby="edition.untranslated">Tell somebody`},
		{"a stale passage", "ko/tides/index.html", `<p class="stale" aria-describedby="edition.stale">물때표에는`},
		{"a title in another language", "ko/index.html", `<h1 lang="en" dir="ltr">Notes from the harbour</h1>`},
		{"words in another language", "he/tides/index.html", `<div class="notice" role="note" lang="en" dir="ltr">`},
		{"an article that nobody has translated", "zh-Hant/terms/index.html", `<article class="whole">`},
		{"the day it shows", "ko/tides/index.html", `<time datetime="2026-03-20">`},
		{"its footnotes, both ways", "ko/tides/index.html", `<a class="back" href="#fnref.1" role="doc-backlink" aria-label="`},
		{"a folder's depth", "ko/guides/tables/index.html", `<a href="../../tides/index.html#reading-the-table">`},
		{"an image beside the edition's pages", "ko/tides/index.html", `src="../tide.svg"`},
		{"languages to choose from", "index.html", `<li lang="ko" dir="ltr"><a href="ko/index.html" hreflang="ko"><strong>한국어</strong>`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if page := files[tt.file]; !strings.Contains(page, tt.has) {
				t.Errorf("wants %s:\n%s", tt.has, styleTag.ReplaceAllString(page, ""))
			}
		})
	}
}

func TestAnArticleThatAPeerLacksIsNotAmongItsLanguages(t *testing.T) {
	books := collection(t, "", "en", "ko")
	en, _ := edition.Compile(nil, edition.Options{Language: tag(t, "en"), Source: tag(t, "en"), Words: books[0].Words})
	files := pages(t, []*edition.Book{en, books[1]})
	if page := files["ko/terms/index.html"]; strings.Contains(page, `class="languages"`) || strings.Contains(page, "../en/") {
		t.Errorf("leads to an article that is not there:\n%s", styleTag.ReplaceAllString(page, ""))
	}
}

func TestTextsOfTheFrameAreText(t *testing.T) {
	const evil = `</title></script><script>alert(1)</script>"'><img src=x onerror=alert(1)>{{.Style}}`
	front, err := json.Marshal(evil)
	if err != nil {
		t.Fatal(err)
	}
	d, found := markdown.Parse("a.md", []byte("---\ntitle: "+string(front)+"\ndescription: "+string(front)+"\nauthor: "+string(front)+"\n---\n\n## x\n"), markdown.Dialect{})
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	books := collection(t, "", "en")
	b, _ := edition.Compile([]edition.Article{{Document: d}}, edition.Options{
		Title: evil, Author: evil, Language: tag(t, "en"), Source: tag(t, "en"), Words: books[0].Words,
	})
	for name, page := range pages(t, []*edition.Book{b}) {
		if strings.Contains(page, "<img") || strings.Contains(page, "<script>") || strings.Count(page, "</title>") != 1 {
			t.Errorf("%s:\n%s", name, styleTag.ReplaceAllString(page, ""))
		}
	}
}

// The colours are those of page.css. WCAG 2.2, 1.4.3 and 1.4.11.
func TestColoursStandOut(t *testing.T) {
	css, err := os.ReadFile("page.css")
	if err != nil {
		t.Fatal(err)
	}
	schemes := regexp.MustCompile(`(?s):root \{(.*?)\}`).FindAllSubmatch(css, 2)
	for i, name := range []string{"light", "dark"} {
		colours := map[string]string{}
		for _, m := range regexp.MustCompile(`--(\w+): (#\w{6})`).FindAllSubmatch(schemes[i][1], -1) {
			colours[string(m[1])] = string(m[2])
		}
		for _, pair := range []struct {
			text, ground string
			least        float64
		}{
			{"ink", "paper", 7},
			{"quiet", "paper", 4.5},
			{"link", "paper", 4.5},
			{"mark", "paper", 3},
			{"ink", "shade", 7},
			{"ink", "glow", 7},
			{"link", "glow", 4.5},
			{"quiet", "glow", 4.5},
		} {
			if got := contrast(t, colours[pair.text], colours[pair.ground]); got < pair.least {
				t.Errorf("%s: %s on %s is %.2f, want %.1f", name, pair.text, pair.ground, got, pair.least)
			}
		}
	}
}

func contrast(t *testing.T, a, b string) float64 {
	t.Helper()
	l := []float64{luminance(t, a), luminance(t, b)}
	slices.Sort(l)
	return (l[1] + .05) / (l[0] + .05)
}

func luminance(t *testing.T, colour string) float64 {
	t.Helper()
	n, err := strconv.ParseUint(strings.TrimPrefix(colour, "#"), 16, 32)
	if err != nil {
		t.Fatal(err)
	}
	channel := func(shift int) float64 {
		c := float64(n>>shift&0xff) / 255
		if c <= .04045 {
			return c / 12.92
		}
		return math.Pow((c+.055)/1.055, 2.4)
	}
	return .2126*channel(16) + .7152*channel(8) + .0722*channel(0)
}

func TestAPagesStylesKnowNoLeftAndNoRight(t *testing.T) {
	css, err := os.ReadFile("page.css")
	if err != nil {
		t.Fatal(err)
	}
	physical := regexp.MustCompile(`(?:^|[;{\s])(?:left|right|top|bottom|float|width|height|m(?:in|ax)-(?:width|height)):|-(?:left|right|top|bottom):|: (?:left|right);`)
	if found := physical.Find(css); found != nil {
		t.Errorf("%q", found)
	}
}

func TestAFailureToWriteIsReturned(t *testing.T) {
	books := collection(t, "", "en")
	full := errors.New("disk full")
	for _, name := range []string{"index.html", "tides/index.html", "tide.svg"} {
		err := site.Pages(books[0], books, func(n string, _ []byte) error {
			if n == name {
				return full
			}
			return nil
		})
		if !errors.Is(err, full) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := site.Root(nil, func(string, []byte) error { return full }); err != nil {
		t.Errorf("no books: %v", err)
	}
	if !bytes.Contains([]byte(pages(t, books)["en/tide.svg"]), []byte("<svg")) {
		t.Error("the image is not written")
	}
}

func TestPagesShowTextInTheFontsOfTheirLanguage(t *testing.T) {
	books := collection(t, "", "en", "ko")
	f, err := font.Parse(goregular.TTF, "")
	if err != nil {
		t.Fatal(err)
	}
	f.Family = `G"o</style>\`
	books[0].Fonts = []*font.Font{f}
	files := pages(t, books)
	for name, page := range files {
		if path.Ext(name) == ".html" && strings.HasPrefix(name, "ko/") && strings.Contains(page, "@font-face") {
			t.Errorf("%s has the font of another language", name)
		}
		if path.Ext(name) != ".html" || strings.HasPrefix(name, "ko/") {
			continue
		}
		_, face, _ := strings.Cut(page, `@font-face{font-family:"Go/style";`)
		_, address, _ := strings.Cut(face, `src:url("`)
		address, _, _ = strings.Cut(address, `"`)
		if !strings.HasPrefix(files[path.Join(path.Dir(name), address)], "wOFF") {
			t.Errorf("%s: the font is at %q, where there is none", name, address)
		}
		delete(files, name)
	}
	checkPolicies(t, files, "") // those in Korean
	again := pages(t, books)
	for name := range again {
		if strings.HasPrefix(name, "ko/") {
			delete(again, name)
		}
	}
	checkPolicies(t, again, "font-src 'self'; ")
}
