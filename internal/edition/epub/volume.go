package epub

import (
	"cmp"
	"crypto/sha1" // what the standard for identifiers asks for
	"crypto/sha256"
	"fmt"
	"html/template"
	"path"
	"strings"
	"time"

	"dragoman/internal/edition"
	"dragoman/internal/locale"
)

// volume is the book as the templates need it.
type volume struct {
	*edition.Book
	Lang      string
	Dir       string
	ID        string // urn:uuid:…
	Origin    string // what the book is a translation of, or where it stands
	Modified  string
	Day       string // the day that the edition shows, for people
	Autonym   string
	Direction string // of its pages
	WordsAttr template.HTMLAttr
	Creators  []person
	Others    []person // whose work is in the book as well
	Chapters  []*chapter
	Images    []image
	Moving    bool // has images that may flash

	places map[string]string // image path → name in the book
}

// image is an image in the book.
type image struct {
	ID, Name, Type string
	path           string
}

// Href is the image's name as an address.
func (i image) Href() string { return edition.EscapePath(i.Name) }

// chapter is a chapter as the templates need it.
type chapter struct {
	*edition.Chapter
	Volume  *volume
	ID      string
	Name    string // of its file, within EPUB/
	Root    string // leads from its file to EPUB/
	Order   int    // from 1, in the NCX
	Heading template.HTML
	Body    template.HTML
	Whole   bool
	By      string // whose it is, if it is not whose the book is
	Date    string
	Day     string // machine-readable
	Web     string // the original's address, if it is known
	Report  string // where to report a problem with it
}

// Href is the chapter's file as an address from EPUB/.
func (c *chapter) Href() string { return edition.EscapePath(c.Name) }

// Words is a word of the edition.
func (v *volume) Word(id string) string { return v.Book.Words.Text(id, nil) }

func newVolume(b *edition.Book) *volume {
	v := &volume{
		Book: b, Lang: b.Language.String(), Dir: locale.Direction(b.Language),
		ID: identifier(b.ID, b.Language), Origin: b.BaseURL,
		Modified: stamp(b.AsOf).Format(time.RFC3339), Autonym: locale.Autonym(b.Language),
		WordsAttr: edition.Attributes(b.Words.Tag(), b.Language),
		places:    map[string]string{},
	}
	if !b.Original() {
		v.Origin = identifier(b.ID, b.Source)
	}
	if !b.AsOf.IsZero() {
		v.Day = b.Words.Text("as-of", map[string]any{"Date": locale.LongDate(b.Words.Tag(), b.AsOf)})
	}
	v.Direction = v.Dir
	if b.Vertical {
		v.Direction = "rtl"
	}
	v.people()
	for i, p := range b.Images {
		im := image{ID: fmt.Sprintf("image%d", i+1), Name: imageName(p), Type: edition.ImageType(p), path: p}
		v.Images = append(v.Images, im)
		v.places[p] = im.Name
		v.Moving = v.Moving || im.Type == "image/gif" || im.Type == "image/webp"
	}
	for i, c := range b.All() {
		v.Chapters = append(v.Chapters, v.chapter(c, i+1))
	}
	return v
}

// identifier is the UUID of a collection in a language, by RFC 9562, version 5,
// in the name space of URLs.
func identifier(id string, t locale.Tag) string {
	space := []byte("\x6b\xa7\xb8\x11\x9d\xad\x11\xd1\x80\xb4\x00\xc0\x4f\xd4\x30\xc8")
	u := sha1.Sum(append(space, "urn:dragoman:"+id+":"+t.String()...))
	u[6], u[8] = u[6]&0x0f|0x50, u[8]&0x3f|0x80
	return fmt.Sprintf("urn:uuid:%x-%x-%x-%x-%x", u[:4], u[4:6], u[6:8], u[8:10], u[10:16])
}

// imageName is an image's name in the book: its path, or a name made up where
// that has characters that not every reading system can cope with.
func imageName(p string) string {
	for _, r := range p {
		if !strings.ContainsRune("-._/", r) && !(r >= '0' && r <= '9') && !(r >= 'A' && r <= 'Z') && !(r >= 'a' && r <= 'z') {
			return fmt.Sprintf("images/%x%s", sha256.Sum256([]byte(p)), strings.ToLower(path.Ext(p)))
		}
	}
	return "images/" + p
}

// file is the name of a chapter's file: apart from the others for the
// collection's own text, which has no slug.
func file(c *edition.Chapter) string {
	if c.Slug == "" {
		return "introduction.xhtml"
	}
	return "text/" + c.Slug + ".xhtml"
}

// ChapterName is the name, in the archive, of the chapter that has the slug.
func ChapterName(slug string) string { return "EPUB/" + file(&edition.Chapter{Slug: slug}) }

func (v *volume) chapter(c *edition.Chapter, n int) *chapter {
	ch := &chapter{
		Chapter: c, Volume: v, ID: fmt.Sprintf("chapter%d", n), Order: n, Name: file(c),
		Root: strings.Repeat("../", strings.Count(file(c), "/")), Whole: !c.Translated(),
	}
	if c.Author != v.Author {
		ch.By = v.Book.Byline(c.Author)
	}
	if !c.Date.IsZero() {
		ch.Date, ch.Day = locale.LongDate(v.Book.Words.Tag(), c.Date), c.Date.UTC().Format(time.DateOnly)
	}
	if v.BaseURL != "" && !v.Original() {
		ch.Web = v.BaseURL + v.Source.String() + "/"
		if c.Slug != "" {
			ch.Web += edition.EscapePath(c.Slug) + "/"
		}
	}
	ch.Report = c.Report(cmp.Or(v.Address(c), v.Lang+"/"+c.Slug))
	return ch
}

// render makes the chapter's text, which is held no longer than it takes to
// write it.
func (c *chapter) render() {
	notes := c.Notes()
	notes.EPUB = true
	body := c.Chapter.Body
	if c.Volume.Vertical {
		body = c.Chapter.VerticalBody
	}
	c.Heading, c.Body = body(edition.Addresses{
		Chapter: func(to *edition.Chapter, anchor string) string {
			href := c.Root + edition.EscapePath(file(to))
			if c.Volume.Book.Chapter(to.Path) == nil { // it is in another book
				if href = c.Volume.Address(to); href == "" {
					return ""
				}
			}
			if anchor != "" {
				href += "#" + anchor
			}
			return href
		},
		Image: func(p string) string { return c.Root + edition.EscapePath(c.Volume.places[p]) },
	}, notes)
}
