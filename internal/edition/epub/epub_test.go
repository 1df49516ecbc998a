package epub_test

import (
	"archive/zip"
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"regexp"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/po"
	"dragoman/internal/edition"
	"dragoman/internal/edition/epub"
	"dragoman/internal/font"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/review"
	"dragoman/internal/words"
	"dragoman/locales"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
)

const sample = "../testdata"

func tag(t testing.TB, s string) locale.Tag {
	t.Helper()
	l, err := locale.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// compile makes a book of the articles of content in a language, translated by
// the sample's catalogs.
func compile(t testing.TB, content fs.FS, language string, paths ...string) *edition.Book {
	t.Helper()
	bundle, found := words.Load(locales.UI)
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	decisions, _ := review.Parse("decisions.tsv", nil)
	var articles []edition.Article
	for _, p := range paths {
		src, err := fs.ReadFile(content, p)
		if err != nil {
			t.Fatal(err)
		}
		d, found := markdown.Parse(p, src, markdown.Dialect{})
		if err := found.Err(); err != nil {
			t.Fatal(err)
		}
		a := edition.Article{Document: d}
		if language != "en" {
			a.File = translations(t, path.Join(sample, language, strings.TrimSuffix(p, ".md")+".po"))
		}
		articles = append(articles, a)
	}
	b, found := edition.Compile(articles, edition.Options{
		ID: "harbour", Title: "Notes & letters", TitleLanguage: tag(t, "en"), Author: "The harbour desk",
		BaseURL: "https://example.org", Language: tag(t, language), Source: tag(t, "en"),
		Words: bundle.For(tag(t, language)), Decisions: decisions, Content: content,
		AsOf: time.Date(2026, 3, 20, 9, 30, 0, 0, time.FixedZone("KST", 9*60*60)),
	})
	if len(found) > 0 {
		t.Fatal(found)
	}
	return b
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

var everyArticle = []string{"guides/tables.md", "terms.md", "tides.md"}

func book(t testing.TB, language string) *edition.Book {
	t.Helper()
	return compile(t, os.DirFS(path.Join(sample, "content")), language, everyArticle...)
}

func write(t testing.TB, b *edition.Book) []byte {
	t.Helper()
	var out bytes.Buffer
	if err := epub.Write(&out, b); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// unpack are the files of a book, and their names in order.
func unpack(t testing.TB, data []byte) (map[string]string, []string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	files, names := map[string]string{}, []string(nil)
	for _, f := range z.File {
		r, err := f.Open()
		if err != nil {
			t.Fatal(err)
		}
		content, err := io.ReadAll(r)
		if err != nil {
			t.Fatal(err)
		}
		files[f.Name], names = string(content), append(names, f.Name)
	}
	return files, names
}

func TestTheSameBookGivesTheSameBytes(t *testing.T) {
	if !bytes.Equal(write(t, book(t, "ko")), write(t, book(t, "ko"))) {
		t.Error("two runs differ")
	}
}

func TestTheArchiveTellsItsTypeFirst(t *testing.T) {
	data := write(t, book(t, "ko"))
	const name = "mimetypeapplication/epub+zip"
	if got := string(data[30 : 30+len(name)]); got != name {
		t.Errorf("begins with %q", got)
	}
	if flags, extra := data[6], data[28]; flags != 0 || extra != 0 {
		t.Errorf("flags %d, extra field of %d bytes", flags, extra)
	}
	z, err := zip.NewReader(bytes.NewReader(data), int64(len(data)))
	if err != nil {
		t.Fatal(err)
	}
	if z.File[0].Method != zip.Store {
		t.Error("the type is compressed")
	}
	day := time.Date(2026, 3, 20, 0, 0, 0, 0, time.UTC)
	for _, f := range z.File[1:] {
		if !f.Modified.Equal(day) {
			t.Errorf("%s is of %v", f.Name, f.Modified)
		}
	}
	_, names := unpack(t, data)
	if !slices.IsSorted(names[1:]) {
		t.Errorf("not sorted: %v", names)
	}
}

func TestEveryFileIsWellFormed(t *testing.T) {
	for _, language := range []string{"en", "ko", "zh-Hans", "zh-Hant", "ar"} {
		files, _ := unpack(t, write(t, book(t, language)))
		for name, content := range files {
			if name == "mimetype" || path.Ext(name) == ".css" {
				continue
			}
			if !strings.HasPrefix(content, `<?xml version="1.0" encoding="utf-8"?>`) && path.Ext(name) != ".svg" {
				t.Errorf("%s/%s begins with %.40q", language, name, content)
			}
			d := xml.NewDecoder(strings.NewReader(content))
			for {
				if _, err := d.Token(); errors.Is(err, io.EOF) {
					break
				} else if err != nil {
					t.Fatalf("%s/%s: %v", language, name, err)
				}
			}
		}
	}
}

var attribute = regexp.MustCompile(` (href|src|id|idref|content)="([^"]*)"`)

func TestWhatTheBookListsIsWhatItHas(t *testing.T) {
	files, names := unpack(t, write(t, book(t, "ko")))
	listed := map[string]bool{"EPUB/package.opf": true, "META-INF/container.xml": true, "mimetype": true}
	if !strings.Contains(files["EPUB/package.opf"], `media-type="image/svg+xml"`) {
		t.Error("a media type is not written as it is read")
	}
	_, manifest, _ := strings.Cut(files["EPUB/package.opf"], "<manifest>")
	manifest, _, _ = strings.Cut(manifest, "</manifest>")
	for _, m := range attribute.FindAllStringSubmatch(manifest, -1) {
		if m[1] == "href" {
			listed["EPUB/"+m[2]] = true
		}
	}
	for _, n := range names {
		if !listed[n] {
			t.Errorf("%s is not listed", n)
		}
		delete(listed, n)
	}
	for n := range listed {
		t.Errorf("%s is listed, but not there", n)
	}
}

func TestEveryLinkWithinTheBookLeadsSomewhere(t *testing.T) {
	files, _ := unpack(t, write(t, book(t, "zh-Hans")))
	for name, content := range files {
		if ext := path.Ext(name); ext != ".xhtml" && ext != ".ncx" && ext != ".opf" {
			continue
		}
		for _, m := range attribute.FindAllStringSubmatch(content, -1) {
			if m[1] != "href" && m[1] != "src" || strings.Contains(m[2], "://") {
				continue
			}
			file, anchor, _ := strings.Cut(m[2], "#")
			to := name
			if file != "" {
				to = path.Join(path.Dir(name), file)
			}
			if target, ok := files[to]; !ok || anchor != "" && !strings.Contains(target, ` id="`+anchor+`"`) {
				t.Errorf("%s: %s leads nowhere", name, m[2])
			}
		}
	}
}

func TestWhatTheBookSaysOfItself(t *testing.T) {
	korean, _ := unpack(t, write(t, book(t, "ko")))
	arabic, _ := unpack(t, write(t, book(t, "ar")))
	english, _ := unpack(t, write(t, book(t, "en")))
	tests := []struct {
		name, file string
		in         map[string]string
		has        string
	}{
		{"its identifier, from the collection's and the language", "EPUB/package.opf", korean, "<dc:identifier id=\"book\">urn:uuid:bb114196-b32b-5834-b7ee-fc7219f82fc0<"},
		{"what it is translated from", "EPUB/package.opf", korean, "<dc:source>urn:uuid:c883e8e4-cc19-5c5d-aac8-9ed6a3866f81<"},
		{"which is the English book", "EPUB/package.opf", english, "<dc:identifier id=\"book\">urn:uuid:c883e8e4-cc19-5c5d-aac8-9ed6a3866f81<"},
		{"where that stands", "EPUB/package.opf", english, "<dc:source>https://example.org/<"},
		{"the day that it shows", "EPUB/package.opf", korean, `<meta property="dcterms:modified">2026-03-20T00:00:00Z</meta>`},
		{"its title, and in what language", "EPUB/package.opf", korean, `<dc:title id="title" xml:lang="en" dir="ltr">Notes &amp; letters<`},
		{"that it can be read aloud, in its language", "EPUB/package.opf", korean, `<meta property="schema:accessibilitySummary" xml:lang="ko">이 책은`},
		{"which way its pages turn", "EPUB/package.opf", arabic, `page-progression-direction="rtl"`},
		{"the language and direction of each page", "EPUB/text/tides.xhtml", arabic, ` lang="ar" xml:lang="ar" dir="rtl">`},
		{"a title for each page", "EPUB/text/tides.xhtml", korean, "<title>물때 읽기</title>"},
		{"the contents, in its language", "EPUB/nav.xhtml", korean, `<h1 id="contents">차례</h1>`},
		{"sections in the contents", "EPUB/nav.xhtml", korean, `<a href="text/tides.xhtml#reading-the-table">물때표 읽기</a>`},
		{"a chapter that is not translated, in the contents", "EPUB/nav.xhtml", korean, `<li><a lang="en" dir="ltr" href="text/guides/tables.xhtml">Where to get a <em>table</em></a>`},
		{"where the text starts", "EPUB/nav.xhtml", korean, `<a epub:type="bodymatter" href="text/guides/tables.xhtml">본문 시작</a>`},
		{"contents for old readers", "EPUB/toc.ncx", korean, `<text>물때 읽기</text>`},
		{"its notes, as readers pop them up", "EPUB/text/tides.xhtml", korean, `<aside epub:type="footnote" role="doc-footnote" id="fn.1">`},
		{"references to them", "EPUB/text/tides.xhtml", korean, `epub:type="noteref"`},
		{"what is not translated", "EPUB/text/tides.xhtml", korean, `<p id="edition.untranslated" class="untranslated-key">`},
		{"where the original can be read", "EPUB/text/tides.xhtml", korean, `<a href="https://example.org/en/tides/">원문 보기</a>`},
		{"an image in its own folder", "EPUB/text/tides.xhtml", korean, `src="../images/tide.svg"`},
		{"its style, from a folder below", "EPUB/text/guides/tables.xhtml", korean, `href="../../style.css"`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if !strings.Contains(tt.in[tt.file], tt.has) {
				t.Errorf("wants %s:\n%s", tt.has, tt.in[tt.file])
			}
		})
	}
}

func TestFilesOfABookDoNotCollide(t *testing.T) {
	content := fstest.MapFS{
		"a-b.md":        {Data: []byte("![x](<그림 하나.png>) [large](<그림 하나.png>)\n")},
		"a/b.md":        {Data: []byte("![x](../tide.png)\n")},
		"index.md":      {Data: []byte("Home\n")},
		"home.md":       {Data: []byte("---\nslug: index\n---\nA page that is called so\n")},
		"그림 하나.png":     {Data: pixel},
		"tide.png":      {Data: pixel},
		"not-in-use.md": {},
	}
	files, _ := unpack(t, write(t, compile(t, content, "en", "index.md", "a-b.md", "a/b.md", "home.md")))
	for _, name := range []string{"EPUB/introduction.xhtml", "EPUB/text/a-b.xhtml", "EPUB/text/a/b.xhtml", "EPUB/text/index.xhtml", "EPUB/images/tide.png"} {
		if _, ok := files[name]; !ok {
			t.Errorf("no %s", name)
		}
	}
	src := regexp.MustCompile(`src="\.\./(images/[0-9a-f]{64}\.png)"`).FindStringSubmatch(files["EPUB/text/a-b.xhtml"])
	if src == nil || files["EPUB/"+src[1]] == "" {
		t.Errorf("no plain name for an image:\n%s", files["EPUB/text/a-b.xhtml"])
	}
	if strings.Contains(files["EPUB/text/a-b.xhtml"], "<a ") {
		t.Error("links to an image, which no reading order has")
	}
}

// pixel is the smallest PNG.
var pixel = []byte("\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\x00\x01\x00\x00\x00\x01\x08\x00\x00\x00\x00\x3a\x7e\x9b\x55" +
	"\x00\x00\x00\nIDAT\x78\x9c\x63\x60\x00\x00\x00\x02\x00\x01\x48\xaf\xa4\x71\x00\x00\x00\x00IEND\xae\x42\x60\x82")

func TestABookWithoutChaptersOrDayIsOne(t *testing.T) {
	b, _ := edition.Compile(nil, edition.Options{Language: tag(t, "en"), Source: tag(t, "en"), Words: book(t, "en").Words})
	files, _ := unpack(t, write(t, b))
	if !strings.Contains(files["EPUB/package.opf"], "1980-01-01T00:00:00Z") {
		t.Errorf("%s", files["EPUB/package.opf"])
	}
}

func TestStylesAreWhatOldReadersCanRead(t *testing.T) {
	files, _ := unpack(t, write(t, book(t, "zh-Hans")))
	for _, s := range []string{"direction:", "unicode-bidi", "position:fixed", ":has(", "url(", "-left", "-right"} {
		if strings.Contains(files["EPUB/style.css"], s) {
			t.Errorf("has %s", s)
		}
	}
}

func TestAFailureToWriteIsReturned(t *testing.T) {
	whole := write(t, book(t, "en"))
	for _, room := range []int{0, 40, 500, len(whole) - 10} {
		if err := epub.Write(&narrow{room}, book(t, "en")); !errors.Is(err, errFull) {
			t.Errorf("after %d bytes: %v", room, err)
		}
	}
}

var errFull = errors.New("disk full")

// narrow is a disk with little room.
type narrow struct{ room int }

func (n *narrow) Write(p []byte) (int, error) {
	if n.room -= len(p); n.room < 0 {
		return 0, errFull
	}
	return len(p), nil
}

func TestABookCarriesThePartsOfItsFontsThatItShows(t *testing.T) {
	b := book(t, "ko")
	for _, data := range [][]byte{goregular.TTF, gobold.TTF} {
		f, err := font.Parse(data, "")
		if err != nil {
			t.Fatal(err)
		}
		b.Fonts = append(b.Fonts, f)
	}
	files, _ := unpack(t, write(t, b))
	style := files["EPUB/style.css"]
	for _, want := range []string{
		`@font-face{font-family:"Go";font-weight:400;font-style:normal;font-display:swap;src:url("fonts/GoRegular.ttf")}`,
		`@font-face{font-family:"Go";font-weight:600;font-style:normal;font-display:swap;src:url("fonts/Go-Bold.ttf")}`,
		`html:lang(ko){font-family:"Go","Apple SD Gothic Neo"`,
		`[lang="en"]{font-family:"Iowan Old Style"`,
	} {
		if !strings.Contains(style, want) {
			t.Errorf("the style sheet lacks %s", want)
		}
	}
	for _, name := range []string{"fonts/GoRegular.ttf", "fonts/Go-Bold.ttf"} {
		if n := len(files["EPUB/"+name]); n == 0 || n > 60_000 {
			t.Errorf("%s has %d bytes of %d", name, n, len(goregular.TTF))
		}
		if !strings.Contains(files["EPUB/package.opf"], `href="`+name+`" media-type="font/ttf"`) {
			t.Errorf("%s is not listed", name)
		}
	}
	if !strings.Contains(files["EPUB/colophon.xhtml"], "<p>글꼴: Go</p>") {
		t.Error("the colophon does not name them")
	}
}
