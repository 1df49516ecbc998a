package site

import (
	"bytes"
	"cmp"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"path"
	"strings"

	"dragoman/internal/edition"
)

// inside is, in pages that are one file each, the address of the theme's folder and of
// the images, until what is there takes its place.
const inside = "inside/"

// Whole writes the book as one page, name, that asks for no other file: its styles and
// images are inside it, its links lead from chapter to chapter within it, and to the
// web for what it does not hold. It can be kept, mailed and read without a network.
func Whole(b *edition.Book, name string, put func(name string, content []byte) error) error {
	s, err := newSite(b, []*edition.Book{b})
	if err != nil {
		return err
	}
	o := &onePage{site: s, chapters: b.All(), many: true, data: map[string]string{}}
	p := s.frame(b.Title)
	p.Byline, p.Credit = b.Byline(b.Author), b.Credit(b.Translators())
	if b.BaseURL != "" {
		p.Canonical = s.list()
	}
	return o.write(p, name, put)
}

// Single writes one article of the book as such a page.
func Single(c *edition.Chapter, b *edition.Book, name string, put func(name string, content []byte) error) error {
	s, err := newSite(b, []*edition.Book{b})
	if err != nil {
		return err
	}
	o := &onePage{site: s, chapters: []*edition.Chapter{c}, data: map[string]string{}}
	p := s.frame(c.Title)
	p.Description = c.Description.Plain
	s.publish(p, c)
	p.Alternates, p.Locales = nil, p.Locales[:1]
	if !c.Translated() && b.BaseURL != "" { // a copy is not the page to find
		p.Canonical, p.NoIndex = o.original(c), false
	}
	return o.write(p, name, put)
}

// onePage is a page that is one file.
type onePage struct {
	*site
	chapters []*edition.Chapter
	many     bool              // there is a title above the chapters
	data     map[string]string // images as addresses, by the names that stand for them
	failure  error             // of the first image that cannot be read
}

func (o *onePage) write(p *page, name string, put func(name string, content []byte) error) error {
	p.Theme = inside
	for _, c := range o.chapters {
		p.Parts = append(p.Parts, o.part(c))
	}
	if o.failure != nil {
		return o.failure
	}
	p.Many = o.many
	if o.seen != nil { // what it shows is known when it is made
		if err := o.site.write(name, "single", p, func(string, []byte) error { return nil }); err != nil {
			return err
		}
	}
	assets, err := o.assetsInside()
	if err != nil {
		return err
	}
	o.looks[inside] = o.lookInside(assets)
	return o.site.write(name, "single", p, func(name string, content []byte) error {
		return put(name, []byte(assets.Replace(string(content))))
	})
}

// dataOf is a file as an address that holds it.
func dataOf(mediaType string, content []byte) string {
	return "data:" + mediaType + ";base64," + base64.StdEncoding.EncodeToString(content)
}

var fontTypes = map[string]string{".woff2": "font/woff2", ".woff": "font/woff", ".ttf": "font/ttf", ".otf": "font/otf"}

// assetsInside puts the theme's assets and the parts of the book's fonts in the place of their addresses.
func (o *onePage) assetsInside() (*strings.Replacer, error) {
	var pairs []string
	for _, name := range o.book.Theme.Assets() {
		content, err := o.book.Theme.Asset(name)
		if err != nil {
			return nil, err
		}
		mediaType := cmp.Or(edition.ImageType(name), fontTypes[path.Ext(name)], "application/octet-stream")
		pairs = append(pairs, `"`+inside+name+`"`, `"`+dataOf(mediaType, content)+`"`)
	}
	parts, err := o.fontParts()
	if err != nil {
		return nil, err
	}
	for i, f := range o.book.Fonts {
		pairs = append(pairs, `"`+inside+fontName(f)+`"`, `"`+dataOf("font/woff", parts[i])+`"`)
	}
	return strings.NewReplacer(pairs...), nil
}

// lookInside is the style sheet with the theme's files in it, and the policy that lets
// the page ask for nothing.
func (o *onePage) lookInside(assets *strings.Replacer) look {
	css := o.css
	if len(o.book.Theme) > 0 || len(o.book.Fonts) > 0 {
		css = assets.Replace(seenFrom(css, inside))
	}
	sum := sha256.Sum256([]byte(css))
	return look{template.CSS(css), fmt.Sprintf("default-src 'none'; style-src 'sha256-%s'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'",
		base64.StdEncoding.EncodeToString(sum[:]))}
}

// anchorOf is where a chapter begins, and begins the anchors within it. No slug has a
// colon.
func anchorOf(c *edition.Chapter) string { return c.Slug + ":" }

// part is one chapter.
func (o *onePage) part(c *edition.Chapter) *article {
	a := o.texts(c, edition.Addresses{
		Chapter: func(to *edition.Chapter, anchor string) string {
			for _, other := range o.chapters {
				if other == to {
					return "#" + anchorOf(to) + anchor
				}
			}
			href := o.book.Address(to)
			if href != "" && anchor != "" {
				href += "#" + anchor
			}
			return href
		},
		Own:   func(anchor string) string { return "#" + anchorOf(c) + anchor },
		Image: o.image,
	})
	a.Anchor = anchorOf(c)
	if o.many && a.Heading == "" {
		a.Heading = template.HTML("<h1" + string(a.Title.Attr()) + ">" + string(a.Title.HTML) + "</h1>")
	}
	a.Heading, a.Body = o.place(a.Heading, a.Anchor), o.place(a.Body, a.Anchor)
	for i := range a.Notices {
		a.Notices[i].ID = a.Anchor + a.Notices[i].ID
	}
	for i := range a.Sections {
		a.Sections[i].ID = a.Anchor + a.Sections[i].ID
	}
	original := o.original(c)
	a.Places = func(n edition.Notice) template.HTML { return c.Lead(n, original) }
	a.Report = c.Report(o.book.Language.String() + "/" + c.Slug + "/")
	return a
}

// original is where the original of a chapter stands on the web, if that is known.
func (o *onePage) original(c *edition.Chapter) string {
	if o.book.BaseURL == "" || o.book.Original() {
		return ""
	}
	at := o.book.BaseURL + o.book.Source.String() + "/"
	if c.Slug != "" {
		at += edition.EscapePath(c.Slug) + "/"
	}
	return at
}

// image names an image for place, which knows what it is.
func (o *onePage) image(p string) string {
	name := inside + edition.EscapePath(p)
	if o.data[name] == "" {
		content, err := o.book.Image(p)
		if err != nil && o.failure == nil {
			o.failure = err
		}
		o.data[name] = dataOf(edition.ImageType(p), content)
	}
	return name
}

// place gives the tags of a chapter's text their places in the page: anchors of their
// own, images inside, and headings a level deeper where there is a title above.
func (o *onePage) place(text template.HTML, anchor string) template.HTML {
	own := strings.NewReplacer(
		` id="`, ` id="`+anchor,
		` href="#fn.`, ` href="#`+anchor+`fn.`,
		` href="#fnref.`, ` href="#`+anchor+`fnref.`,
		` aria-labelledby="`, ` aria-labelledby="`+anchor,
		` aria-describedby="`, ` aria-describedby="`+anchor)
	out := make([]byte, 0, len(text)+len(text)/4)
	rest := []byte(text)
	for {
		i := bytes.IndexByte(rest, '<')
		end := bytes.IndexByte(rest[max(i, 0):], '>')
		if i < 0 || end < 0 {
			return template.HTML(append(out, rest...))
		}
		out = append(out, rest[:i]...)
		out = append(out, o.tag(own.Replace(string(rest[i:i+end+1])))...)
		rest = rest[i+end+1:]
	}
}

func (o *onePage) tag(tag string) string {
	if name := strings.TrimLeft(tag, "</"); o.many && len(name) > 2 && name[0] == 'h' && name[1] >= '1' && name[1] <= '5' {
		at := len(tag) - len(name) + 1
		tag = tag[:at] + string(name[1]+1) + tag[at+1:]
	}
	const source = ` src="`
	before, rest, is := strings.Cut(tag, source)
	if !is {
		return tag
	}
	name, after, _ := strings.Cut(rest, `"`)
	return before + source + o.data[name] + `"` + after
}
