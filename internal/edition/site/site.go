// Package site writes a book of package edition as a website: a page for each
// article, a list of them all, and a page that leads to the languages.
//
// The files are made to be read anywhere. They stand under the edition's folder
// and know no address but relative ones, so that the site is the same on a
// server and on a memory stick; a page is one file with its styles inside; there
// is no script, and the content security policy of each page forbids everything
// but its own style sheet and files of the edition's own site: images, and fonts where
// it has any. A theme of the workspace may replace templates and style sheets; those of
// ours are in templates and page.css, and page is the data that they are filled in
// with.
//
//	editions/ko/index.html
//	editions/ko/chinas-role/index.html   → ../../en/chinas-role/index.html
//
// Law: opening a page asks no other host for anything.
package site

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html/template"
	"path"
	"strings"

	"dragoman/internal/edition"
	"dragoman/internal/font"
	"dragoman/internal/locale"
)

//go:embed page.css
var pageStyle string

// Pages writes the pages of one language and the images on them. Names are
// relative to the edition's folder, as "terms/index.html"; put does not keep the
// content, whose bytes the next page takes. The switcher of each
// page leads to the same article in the peers: the collection in every language
// that is built, b among them.
func Pages(b *edition.Book, peers []*edition.Book, put func(name string, content []byte) error) error {
	s, err := newSite(b, peers)
	if err != nil {
		return err
	}
	if err := s.write("index.html", "index", s.index(), put); err != nil {
		return err
	}
	for _, c := range b.Chapters {
		if err := s.chapter(c, put); err != nil {
			return err
		}
	}
	if err := s.public(put); err != nil {
		return err
	}
	for _, image := range b.Images {
		content, err := b.Image(image)
		if err != nil {
			return err
		}
		if err := put(image, content); err != nil {
			return err
		}
	}
	if err := s.assets(put); err != nil {
		return err
	}
	return s.fonts(put)
}

// Renewed writes, of a book in which some chapters are only known by their cards, the
// pages that tell the text of the others: their own, and, if the collection's own
// index.md is among them, the list of articles.
func Renewed(b *edition.Book, peers []*edition.Book, put func(name string, content []byte) error) error {
	s, err := newSite(b, peers)
	if err != nil {
		return err
	}
	if b.Home != nil && b.Home.Made() {
		if err := s.write("index.html", "index", s.index(), put); err != nil {
			return err
		}
	}
	for _, c := range b.Chapters {
		if c.Made() {
			if err := s.chapter(c, put); err != nil {
				return err
			}
		}
	}
	return nil
}

// chapter writes the page of a chapter, and those at its earlier addresses.
func (s *site) chapter(c *edition.Chapter, put func(name string, content []byte) error) error {
	if err := s.write(file(c), "article", s.article(c), put); err != nil {
		return err
	}
	for _, alias := range c.Aliases {
		name := path.Join(alias, "index.html")
		if strings.HasSuffix(alias, ".html") {
			name = alias
		}
		if err := s.write(name, "moved", s.moved(c, name), put); err != nil {
			return err
		}
	}
	return nil
}

// assets writes the files that the theme brings along.
func (s *site) assets(put func(name string, content []byte) error) error {
	for _, name := range s.book.Theme.Assets() {
		content, err := s.book.Theme.Asset(name)
		if err != nil {
			return err
		}
		if err := put(path.Join(edition.ThemeFolder, name), content); err != nil {
			return err
		}
	}
	return nil
}

// fontName is the name of the part of a font, from the theme's folder on.
func fontName(f *font.Font) string { return "subset/" + f.Name + ".woff" }

// fonts writes the parts of the book's fonts that show the pages written before.
func (s *site) fonts(put func(name string, content []byte) error) error {
	parts, err := s.fontParts()
	if err != nil {
		return err
	}
	for i, f := range s.book.Fonts {
		if err := put(path.Join(edition.ThemeFolder, fontName(f)), parts[i]); err != nil {
			return err
		}
	}
	return nil
}

// fontParts are the parts, as pages carry them.
func (s *site) fontParts() ([][]byte, error) {
	if s.seen == nil {
		return nil, nil
	}
	parts, err := s.book.FontParts(s.seen, s.css)
	if err != nil {
		return nil, err
	}
	for i := range parts {
		if parts[i], err = font.WOFF(parts[i]); err != nil {
			return nil, err
		}
	}
	return parts, nil
}

// Root writes the page that leads to every language, editions/index.html, and, where
// it is known at which address the editions will stand, the page for addresses that
// are none, 404.html, and the list of the languages' site maps, sitemap.xml.
func Root(books []*edition.Book, put func(name string, content []byte) error) error {
	if len(books) == 0 {
		return nil
	}
	first := books[0]
	for _, b := range books {
		if b.Original() {
			first = b
		}
	}
	s, err := newSite(first, books)
	if err != nil {
		return err
	}
	var languages []locale.Tag
	for _, b := range books {
		languages = append(languages, b.Language)
	}
	s.dress(languages...)
	p := s.frame(first.Title)
	p.Theme = path.Join(first.Language.String(), edition.ThemeFolder) + "/"
	p.Description = first.Words.Text("choose-language", nil)
	for _, b := range books {
		p.Languages = append(p.Languages, choice{
			tongue:  tongueOf(b.Language),
			Autonym: locale.Autonym(b.Language),
			Href:    b.Language.String() + "/index.html",
			Title:   b.Title,
		})
	}
	if first.BaseURL != "" {
		p.Canonical = first.BaseURL
		p.Alternates = s.roots()
	}
	if err := s.write("index.html", "root", p, put); err != nil || first.BaseURL == "" {
		return err
	}
	if err := s.write("404.html", "missing", s.missing(books), put); err != nil {
		return err
	}
	return put("sitemap.xml", sitemaps(books))
}

// site is what the pages of one language share.
type site struct {
	book   *edition.Book
	peers  []*edition.Book
	source *edition.Book // in the articles' own language, nil if that is not built
	fed    bool          // there is a feed
	pages  *template.Template
	css    string
	looks  map[string]look   // by the address of the theme's folder
	seen   *font.Characters  // on the pages that are written; nil: nobody asks
	said   map[string]string // the interface words that pages ask for, by their ids
	asOf   *day
	out    bytes.Buffer // the page that is being written
}

// look is a style sheet, and the policy that lets it, and nothing else, be applied. What
// looks after sites asks for robots.txt in the name of a page: a page may connect to its
// own site, though it has nothing that would.
type look struct {
	style  template.CSS
	policy string
}

func newSite(b *edition.Book, peers []*edition.Book) (*site, error) {
	s := &site{book: b, peers: peers, said: map[string]string{}}
	if len(b.Theme) == 0 {
		s.pages = pages()
	} else {
		t, found := parse(b.Theme)
		if err := found.Err(); err != nil {
			return nil, err
		}
		s.pages = t
	}
	for _, p := range peers {
		if p.Original() {
			s.source = p
		}
	}
	if len(b.Fonts) > 0 {
		s.seen = new(font.Characters)
	}
	s.asOf = asOf(b)
	s.dress(b.Source, b.Words.Tag())
	s.fed = b.BaseURL != "" && len(s.news()) > 0
	return s, nil
}

// dress sets the style sheet of pages with passages in other languages.
func (s *site) dress(others ...locale.Tag) {
	s.css = s.book.FontFaces(fontName) + s.book.Style(others, edition.PageStyle, pageStyle)
	s.looks = map[string]look{}
}

// look is how a page looks from which the theme's folder is at an address.
func (s *site) look(theme string) look {
	if l, ok := s.looks[theme]; ok {
		return l
	}
	css := s.css
	if len(s.book.Theme) > 0 || len(s.book.Fonts) > 0 {
		css = seenFrom(css, theme)
	}
	sum := sha256.Sum256([]byte(css))
	fonts := ""
	if hasFonts(s.book.Theme) || len(s.book.Fonts) > 0 {
		fonts = "font-src 'self'; "
	}
	l := look{template.CSS(css), fmt.Sprintf("default-src 'none'; style-src 'sha256-%s'; img-src 'self' data:; connect-src 'self'; %sbase-uri 'none'; form-action 'none'",
		base64.StdEncoding.EncodeToString(sum[:]), fonts)}
	s.looks[theme] = l
	return l
}

func (s *site) write(name, kind string, p *page, put func(string, []byte) error) error {
	if p.Theme == "" {
		p.Theme = strings.Repeat("../", strings.Count(name, "/")) + edition.ThemeFolder + "/"
	}
	l := s.look(p.Theme)
	p.Style, p.Policy = l.style, l.policy
	var err error
	if p.Head, err = headOf(p); err != nil {
		return fmt.Errorf("write %s: %w", name, err)
	}
	s.out.Reset()
	if err := s.pages.ExecuteTemplate(&s.out, kind, p); err != nil {
		return s.failed(name, err)
	}
	s.out.WriteByte('\n')
	if s.seen != nil {
		s.seen.Add(s.out.Bytes())
	}
	return put(name, s.out.Bytes())
}

// file is the name of a chapter's page within the edition.
func file(c *edition.Chapter) string { return path.Join(c.Slug, "index.html") }

// up leads from a chapter's page to the edition's folder: "../" for each folder.
func up(slug string) string {
	if slug == "" {
		return ""
	}
	return strings.Repeat("../", strings.Count(slug, "/")+1)
}

// addresses are those of the book as the chapter's page writes them.
func addresses(c *edition.Chapter) edition.Addresses {
	root := up(c.Slug)
	image := func(p string) string { return root + edition.EscapePath(p) }
	return edition.Addresses{
		Chapter: func(to *edition.Chapter, anchor string) string {
			href := root + edition.EscapePath(file(to))
			if anchor != "" {
				href += "#" + anchor
			}
			return href
		},
		Image:    image,
		Enlarged: image,
	}
}
