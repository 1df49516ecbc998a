package site

import (
	"cmp"
	"html/template"
	"path"
	"strings"
	"time"
	"unicode/utf8"

	"dragoman/internal/edition"
	"dragoman/internal/locale"

	"golang.org/x/text/language"
)

// tongue is a language as attributes need it.
type tongue struct{ Lang, Dir string }

func tongueOf(t locale.Tag) tongue { return tongue{t.String(), locale.Direction(t)} }

// page is what the templates fill in. What is absent is not written.
type page struct {
	tongue
	Head        template.HTML // what the page's head holds
	Policy      string
	Style       template.CSS
	Theme       string // address of the folder of the theme's assets, ending in a slash
	Words       func(id string) string
	WordsAttr   template.HTMLAttr // where the words are in another language than the page
	Title       edition.Text
	Collection  edition.Text
	Home        string // address of the list of articles
	Description string
	Canonical   string
	NoIndex     bool
	Alternates  []alternate
	Locales     []string // og:locale, the page's own first
	Data        *linkedData
	Switcher    []choice
	AsOf        *day
	Article     *article
	Articles    []*entry
	Languages   []choice // of the page that leads to them
	Feed        string   // address of the feed
	To          *entry   // where what is looked for stands

	// Of a page that is one file: its chapters, and, where it is a collection, who
	// wrote and who translated it.
	Parts  []*article
	Many   bool
	Byline string
	Credit string
}

// alternate is the page in another language.
type alternate struct{ Lang, Href string }

// choice is a language to go to.
type choice struct {
	tongue
	Autonym string
	Href    string
	Current bool
	Title   edition.Text

	Says, More string // on the page for addresses that are none, if the language has words for it
}

// day is a date as people and as machines read it.
type day struct{ Text, ISO string }

func dayOf(t time.Time, b *edition.Book) *day {
	if t.IsZero() {
		return nil
	}
	return &day{locale.LongDate(b.Words.Tag(), t), t.UTC().Format(time.DateOnly)}
}

// article is the middle of an article's page.
type article struct {
	Heading     template.HTML // with its element, empty: Title is to be the heading
	Title       edition.Text
	Description edition.Text
	Byline      string
	Credit      string // who translated it
	Date        *day
	Words       func(id string) string
	Anchor      string // what its anchors begin with, empty on a page of its own
	Notices     []edition.Notice
	Original    *choice                            // the article in its own language
	Invitation  string                             // to read it
	Places      func(edition.Notice) template.HTML // leads to what a notice is about in it
	Attr        template.HTMLAttr                  // of what is said in words of another language
	Origin      string                             // that it is a translation, and of what
	Colophon    []string                           // how much of it is translated, and the fingerprint of its text
	Report      string                             // where to report a problem with it
	Sections    []edition.Section
	Whole       bool // nothing of it is translated
	Body        template.HTML
	Previous    *entry
	Next        *entry
}

// entry leads to an article.
type entry struct {
	Href        string
	Title       edition.Text
	Description edition.Text
	Date        *day
	Untouched   string // that it is not yet translated
	Attr        template.HTMLAttr
	Articles    []*entry // of the folder that it heads
}

// frame is a page with what all pages have.
func (s *site) frame(title edition.Text) *page {
	b := s.book
	return &page{
		tongue:     tongueOf(b.Language),
		Words:      s.say,
		WordsAttr:  edition.Attributes(b.Words.Tag(), b.Language),
		Title:      title,
		Collection: b.Title,
		Locales:    []string{locale.OpenGraph(b.Language)},
		AsOf:       s.asOf,
	}
}

// say is an interface word, looked up once.
func (s *site) say(id string) string {
	text, ok := s.said[id]
	if !ok {
		text = s.book.Words.Text(id, nil)
		s.said[id] = text
	}
	return text
}

// feedAt is the feed's address from a page whose way up is root, if there is a feed.
func (s *site) feedAt(root string) string {
	if !s.fed {
		return ""
	}
	return root + "feed.xml"
}

// asOf is the day whose state the book shows, as pages tell it.
func asOf(b *edition.Book) *day {
	d := dayOf(b.AsOf, b)
	if d != nil {
		d.Text = b.Words.Text("as-of", map[string]any{"Date": d.Text})
	}
	return d
}

// index is the page that lists the articles.
func (s *site) index() *page {
	b := s.book
	p := s.frame(b.Title)
	p.Home = "index.html"
	p.Feed = s.feedAt("")
	p.Data = s.collection()
	for _, peer := range s.peers {
		p.Switcher = append(p.Switcher, s.choice(peer, "", "index.html"))
	}
	if b.BaseURL != "" {
		p.Canonical = b.BaseURL + b.Language.String() + "/"
		p.Alternates = s.roots()
		p.addLocales(s)
	}
	p.Articles = s.contents()
	p.Description = s.titles()
	if b.Home != nil {
		p.Article = s.middle(b.Home)
		p.Description = cmp.Or(b.Home.Description.Plain, p.Description)
	}
	return p
}

// titles are those of the first articles, as much as search engines show of what a page
// is about.
func (s *site) titles() string {
	const enough = 150
	var titles []string
	length := 0
	for _, c := range s.book.Articles() {
		if length += utf8.RuneCountInString(c.Title.Plain); length > enough && len(titles) > 0 {
			break
		}
		titles = append(titles, c.Title.Plain)
	}
	return strings.Join(titles, " · ")
}

// contents are the articles, those of a folder below what heads it.
func (s *site) contents() []*entry {
	top := &entry{}
	heads := []*entry{top}
	folders := []string{""}
	for _, c := range s.book.Chapters {
		last := len(heads) - 1
		for ; !strings.HasPrefix(c.Path, folders[last]); last-- {
			heads, folders = heads[:last], folders[:last]
		}
		e := s.entry(c, "")
		heads[last].Articles = append(heads[last].Articles, e)
		if c.Head() {
			heads, folders = append(heads, e), append(folders, path.Dir(c.Path)+"/")
		}
	}
	return top.Articles
}

// roots are the lists of articles in each language, and the page that leads to
// them.
func (s *site) roots() []alternate {
	var as []alternate
	for _, peer := range s.peers {
		as = append(as, alternate{peer.Language.String(), s.book.BaseURL + peer.Language.String() + "/"})
	}
	return append(as, alternate{"x-default", s.book.BaseURL})
}

func (p *page) addLocales(s *site) {
	for _, a := range p.Alternates {
		if a.Lang != s.book.Language.String() && a.Lang != "x-default" {
			p.Locales = append(p.Locales, locale.OpenGraph(language.Make(a.Lang)))
		}
	}
}

func (s *site) choice(peer *edition.Book, root, to string) choice {
	return choice{
		tongue:  tongueOf(peer.Language),
		Autonym: locale.Autonym(peer.Language),
		Href:    root + "../" + peer.Language.String() + "/" + edition.EscapePath(to),
		Current: peer == s.book,
	}
}

func (s *site) entry(c *edition.Chapter, root string) *entry {
	if c == nil {
		return nil
	}
	e := &entry{
		Href: root + edition.EscapePath(file(c)), Title: c.Title, Description: c.Description,
		Date: dayOf(c.Date, s.book), Attr: edition.Attributes(s.book.Words.Tag(), s.book.Language),
	}
	if !c.Translated() {
		e.Untouched = s.book.Words.Text("passage-untranslated", nil)
	}
	return e
}

// article is the page of one article.
func (s *site) article(c *edition.Chapter) *page {
	root := up(c.Slug)
	p := s.frame(c.Title)
	p.Home = root + "index.html"
	p.Feed = s.feedAt(root)
	p.Description = c.Description.Plain
	for _, peer := range s.peers {
		if other := peer.Chapter(c.Path); other != nil {
			p.Switcher = append(p.Switcher, s.choice(peer, root, file(other)))
		}
	}
	s.publish(p, c)
	p.Article = s.middle(c)
	p.Article.Report = c.Report(cmp.Or(p.Canonical, s.book.Language.String()+"/"+c.Slug+"/"))
	p.Data = s.work(c, p)
	return p
}

// publish says where on the web the page stands, and where its translations.
// A copy of the original is no translation: it names the original as the page to
// find.
func (s *site) publish(p *page, c *edition.Chapter) {
	if s.book.BaseURL == "" {
		return
	}
	at := (*edition.Book).Address
	p.Canonical = at(s.book, c)
	if !c.Translated() {
		p.NoIndex = true
		if s.source != nil && s.source.Chapter(c.Path) != nil {
			p.Canonical, p.NoIndex = at(s.source, s.source.Chapter(c.Path)), false
		}
		return
	}
	for _, peer := range s.peers {
		if other := peer.Chapter(c.Path); other != nil && other.Translated() {
			p.Alternates = append(p.Alternates, alternate{peer.Language.String(), at(peer, other)})
		}
	}
	if s.source != nil && s.source.Chapter(c.Path) != nil {
		p.Alternates = append(p.Alternates, alternate{"x-default", at(s.source, s.source.Chapter(c.Path))})
	}
	p.addLocales(s)
}

// middle is the article itself, on a page of its own.
func (s *site) middle(c *edition.Chapter) *article {
	a := s.texts(c, addresses(c))
	a.Previous, a.Next = s.entry(c.Previous, up(c.Slug)), s.entry(c.Next, up(c.Slug))
	if s.source != nil && s.source != s.book {
		if original := s.source.Chapter(c.Path); original != nil {
			o := s.choice(s.source, up(c.Slug), file(original))
			a.Original = &o
			a.Invitation = s.book.Words.Text("read-original", nil)
			a.Places = func(n edition.Notice) template.HTML { return c.Lead(n, o.Href) }
		}
	}
	return a
}

// texts is an article, its links and images at those addresses.
func (s *site) texts(c *edition.Chapter, at edition.Addresses) *article {
	a := &article{
		Title: c.Title, Description: c.Description, Date: dayOf(c.Date, s.book),
		Words:   s.say,
		Attr:    edition.Attributes(s.book.Words.Tag(), s.book.Language),
		Notices: c.Notices(), Whole: !c.Translated(), Colophon: c.Colophon(),
		Byline: s.book.Byline(c.Author), Credit: s.book.Credit(c.Translators),
		Places: func(edition.Notice) template.HTML { return "" },
	}
	a.Heading, a.Body = c.Body(at, c.Notes())
	if !s.book.Original() && c.Translated() {
		a.Origin = s.book.Words.Text("translated-from", map[string]any{"Language": locale.Name(s.book.Source, s.book.Words.Tag())})
	}
	if sections := c.Sections(); len(sections) > 2 {
		a.Sections = sections
	}
	return a
}
