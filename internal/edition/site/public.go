package site

import (
	"bytes"
	"encoding/xml"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"

	"dragoman/internal/edition"
	"dragoman/internal/locale"
)

// feedLength is how many articles a feed tells of, the newest.
const feedLength = 30

// The documents that search engines and feed readers fetch. Their names and places
// are those of sitemaps.org and RFC 4287.
type (
	urlset struct {
		XMLName xml.Name `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 urlset"`
		XHTML   string   `xml:"xmlns:xhtml,attr"`
		URLs    []mapped `xml:"url"`
	}
	mapped struct {
		Location   string          `xml:"loc"`
		Alternates []mappedInstead `xml:"xhtml:link"`
	}
	mappedInstead struct {
		Rel      string `xml:"rel,attr"`
		Language string `xml:"hreflang,attr"`
		Href     string `xml:"href,attr"`
	}
	sitemapIndex struct {
		XMLName xml.Name        `xml:"http://www.sitemaps.org/schemas/sitemap/0.9 sitemapindex"`
		Maps    []mappedSitemap `xml:"sitemap"`
	}
	mappedSitemap struct {
		Location string `xml:"loc"`
	}
	feed struct {
		XMLName  xml.Name    `xml:"http://www.w3.org/2005/Atom feed"`
		Language string      `xml:"xml:lang,attr"`
		ID       string      `xml:"id"`
		Title    string      `xml:"title"`
		Updated  string      `xml:"updated"`
		Author   *feedAgent  `xml:"author"`
		Links    []feedLink  `xml:"link"`
		Entries  []feedEntry `xml:"entry"`
	}
	feedAgent struct {
		Name string `xml:"name"`
	}
	feedLink struct {
		Rel      string `xml:"rel,attr"`
		Type     string `xml:"type,attr,omitempty"`
		Language string `xml:"hreflang,attr,omitempty"`
		Href     string `xml:"href,attr"`
	}
	feedEntry struct {
		ID      string     `xml:"id"`
		Title   string     `xml:"title"`
		Updated string     `xml:"updated"`
		Author  *feedAgent `xml:"author"`
		Link    feedLink   `xml:"link"`
		Summary string     `xml:"summary,omitempty"`
	}
)

// encode is a document as an XML file. Nothing in them cannot be encoded.
func encode(document any) []byte {
	out := bytes.NewBufferString(xml.Header)
	e := xml.NewEncoder(out)
	e.Indent("", "")
	if err := e.Encode(document); err != nil {
		panic(err)
	}
	out.WriteByte('\n')
	return out.Bytes()
}

// public writes what only a site with an address has: its map and its feed.
func (s *site) public(put func(name string, content []byte) error) error {
	if s.book.BaseURL == "" {
		return nil
	}
	if err := put("sitemap.xml", s.sitemap()); err != nil {
		return err
	}
	if len(s.news()) == 0 {
		return nil
	}
	return put("feed.xml", s.feed())
}

// sitemap lists the pages that are to be found, each with its translations.
func (s *site) sitemap() []byte {
	set := urlset{XHTML: "http://www.w3.org/1999/xhtml"}
	add := func(p *page) {
		m := mapped{Location: p.Canonical}
		for _, a := range p.Alternates {
			m.Alternates = append(m.Alternates, mappedInstead{"alternate", a.Lang, a.Href})
		}
		set.URLs = append(set.URLs, m)
	}
	add(&page{Canonical: s.list(), Alternates: s.roots()})
	for _, c := range s.book.Chapters {
		if c.Translated() {
			p := &page{}
			s.publish(p, c)
			add(p)
		}
	}
	return encode(set)
}

// sitemaps lists the maps of all languages.
func sitemaps(books []*edition.Book) []byte {
	var index sitemapIndex
	for _, b := range books {
		index.Maps = append(index.Maps, mappedSitemap{b.BaseURL + b.Language.String() + "/sitemap.xml"})
	}
	return encode(index)
}

// list is where the list of articles stands on the web.
func (s *site) list() string { return s.book.BaseURL + s.book.Language.String() + "/" }

// news are the articles with a date that are translated, the newest first.
func (s *site) news() []*edition.Chapter {
	chapters := slices.DeleteFunc(slices.Clone(s.book.Chapters), func(c *edition.Chapter) bool {
		return c.Date.IsZero() || !c.Translated()
	})
	slices.SortStableFunc(chapters, func(a, b *edition.Chapter) int { return b.Date.Compare(a.Date) })
	return chapters[:min(len(chapters), feedLength)]
}

// feed tells of the newest articles. An article keeps its identifier, RFC 4151, when
// it is renamed: that is made of its earliest address.
func (s *site) feed() []byte {
	b := s.book
	host := ""
	if u, err := url.Parse(b.BaseURL); err == nil {
		host = u.Hostname()
	}
	agentOf := func(name string) *feedAgent {
		if name == "" {
			return nil
		}
		return &feedAgent{name}
	}
	news := s.news()
	name := b.Author
	if name == "" {
		name = b.Title.Plain // a feed must name somebody
	}
	f := feed{
		Language: b.Language.String(), ID: s.list(), Title: b.Title.Plain, Author: &feedAgent{name},
		Updated: news[0].Date.UTC().Format(time.RFC3339),
		Links: []feedLink{
			{Rel: "self", Type: "application/atom+xml", Href: s.list() + "feed.xml"},
			{Rel: "alternate", Type: "text/html", Language: b.Language.String(), Href: s.list()},
		},
	}
	for _, c := range news {
		first := append(slices.Clone(c.Aliases), c.Slug)[0]
		f.Entries = append(f.Entries, feedEntry{
			ID:    "tag:" + host + "," + c.Date.UTC().Format(time.DateOnly) + ":" + b.Language.String() + "/" + edition.EscapePath(first),
			Title: c.Title.Plain, Updated: c.Date.UTC().Format(time.RFC3339), Author: agentOf(c.Author), Summary: c.Description.Plain,
			Link: feedLink{Rel: "alternate", Type: "text/html", Language: b.Language.String(), Href: b.Address(c)},
		})
	}
	return encode(f)
}

// moved is the page at an earlier address of a chapter, by the name of its file.
func (s *site) moved(c *edition.Chapter, name string) *page {
	p := s.frame(edition.Text{Plain: s.book.Words.Text("moved", nil), Mark: edition.Tongue(s.book.Words.Tag(), s.book.Language)})
	root := strings.Repeat("../", strings.Count(name, "/"))
	e := s.entry(c, root)
	p.To = e
	p.NoIndex = true
	if s.book.BaseURL != "" {
		p.Canonical, p.NoIndex = s.book.Address(c), false
	}
	return p
}

// missing is the page that a server shows where there is none. It can be shown at any
// address, so that its links begin at the server's root.
func (s *site) missing(books []*edition.Book) *page {
	p := s.frame(edition.Text{Plain: s.book.Words.Text("not-found", nil)})
	p.NoIndex = true
	at := "/"
	if u, err := url.Parse(s.book.BaseURL); err == nil {
		at = u.EscapedPath()
	}
	p.Theme = path.Join(at, s.book.Language.String(), edition.ThemeFolder) + "/"
	for _, b := range books {
		c := choice{
			tongue: tongueOf(b.Language), Autonym: locale.Autonym(b.Language), Title: b.Title,
			Href: path.Join(at, b.Language.String()) + "/",
		}
		if b.Words.Tag() == b.Language {
			c.Says, c.More = b.Words.Text("not-found", nil), b.Words.Text("not-found-text", nil)
		}
		p.Languages = append(p.Languages, c)
	}
	return p
}
