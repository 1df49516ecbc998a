package edition

import (
	"html"
	"io/fs"
	"maps"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
)

// target is where a destination leads.
type target struct {
	kind     targetKind
	url      string // toWeb
	path     string // toImage, of the content
	from     string // toImage: the path that the article gives, of an image that may be localized
	chapter  *Chapter
	fragment string // toChapter, an anchor of it; may be empty
	flaw     string // why it leads less far than the author meant; empty: it does not
	hint     string
	withheld bool // the flaw is that the edition leaves the article out
}

type targetKind uint8

const (
	toNothing targetKind = iota
	toWeb
	toChapter
	toImage
)

// schemes are those that a link may have. Whatever else there is either runs
// in the page or opens a program.
var schemes = map[string]bool{"http": true, "https": true, "mailto": true, "tel": true}

// mail is an address of a person, as between angle brackets.
var mail = regexp.MustCompile(`^[\w.+-]+@[\w-]+(\.[\w-]+)+$`)

// imageTypes are the images that editions carry, by file name extension.
var imageTypes = map[string]string{
	".gif":  "image/gif",
	".jpeg": "image/jpeg",
	".jpg":  "image/jpeg",
	".png":  "image/png",
	".svg":  "image/svg+xml",
	".webp": "image/webp",
}

// ImageType is the media type of an image by its path, empty if editions carry
// no such images.
func ImageType(p string) string { return imageTypes[strings.ToLower(path.Ext(p))] }

// links resolves the destinations of a chapter. Those that its article has are
// found where they stand there; those that only a translation has, in the
// catalog.
func (c *compiler) links(s source) {
	ch := s.chapter
	ch.resolved = map[string]target{}
	own := map[string]bool{}
	for _, l := range s.article.Document.Links() {
		own[linkKey(l.Destination, l.Image)] = true
		if !ch.Earlier.IsZero() {
			l.Pos = diag.Pos{Path: ch.Path} // its lines are not those of the file that there is
		}
		c.link(ch, l, l.Pos, diag.Key{})
	}
	if ch.Document == s.article.Document {
		return
	}
	for _, l := range ch.Document.Links() {
		if own[linkKey(l.Destination, l.Image)] {
			continue
		}
		pos, key := s.findInCatalog(l.Destination)
		c.link(ch, l, pos, key)
	}
}

func linkKey(destination string, image bool) string {
	if image {
		return "!" + destination
	}
	return destination
}

func (c *compiler) link(ch *Chapter, l markdown.LinkRef, pos diag.Pos, key diag.Key) {
	k := linkKey(l.Destination, l.Image)
	t, known := ch.resolved[k]
	if !known {
		t = ch.target(l.Destination, l.Image)
		ch.resolved[k] = t
	}
	if t.flaw == "" {
		return
	}
	f := diag.Finding{Pos: pos, Code: "link-dead", Severity: diag.Warning, Text: t.flaw, Hint: t.hint, Key: key}
	switch {
	case l.Image:
		f.Code = "image-missing"
	case t.withheld:
		f.Code, f.Severity = "link-withheld", diag.Info
	}
	c.report(f)
}

// findInCatalog is the message whose target brought a destination in.
func (s source) findInCatalog(destination string) (diag.Pos, diag.Key) {
	for _, a := range s.answers {
		if m := a.message; m != nil && strings.Contains(m.Target, destination) {
			return position(s.article.File, m), m.Key
		}
	}
	return diag.Pos{Path: s.chapter.Path}, diag.Key{}
}

// find is the target of a destination as the renderer meets it.
func (c *Chapter) find(destination string, image bool) target {
	if t, ok := c.resolved[linkKey(destination, image)]; ok {
		return t
	}
	return c.target(destination, image)
}

// target resolves a destination written in the chapter's article.
func (c *Chapter) target(destination string, image bool) target {
	d := decode(destination)
	if strings.HasPrefix(d, "//") {
		d = "https:" + d
	}
	if mail.MatchString(d) {
		d = "mailto:" + d
	}
	scheme, ok := schemeOf(d)
	switch {
	case !ok || scheme != "" && !schemes[scheme]:
		return target{
			flaw: "the address " + quote(destination) + " may not be in an edition",
			hint: "use an https, http, mailto or tel address, or the path of an article",
		}
	case scheme != "":
		return toAddress(destination, d, scheme, image)
	}
	file, fragment, _ := strings.Cut(d, "#")
	file, _, _ = strings.Cut(file, "?")
	fragment = unescape(fragment)
	if file == "" && !image {
		return c.section(destination, c, fragment)
	}
	p, inside := c.join(unescape(file))
	if image {
		return c.image(destination, p, inside)
	}
	if ch := c.book.article(p); inside && ch != nil {
		return c.section(destination, ch, fragment)
	}
	if inside && ImageType(p) != "" && c.book.has(p) {
		return target{kind: toImage, path: c.book.localized(p), from: p}
	}
	if why := c.book.why(p); inside && why != "" {
		return target{
			flaw: "the link " + quote(destination) + " leads to an article that " + why,
			hint: "in the edition in " + c.book.Language.String() + " it is plain text", withheld: true,
		}
	}
	return target{
		flaw: "the link " + quote(destination) + " leads to no article of this edition",
		hint: "give the path of an article, or an address with https",
	}
}

// toAddress is the target of an address with a scheme that is let through.
func toAddress(destination, d, scheme string, image bool) target {
	u, err := url.Parse(escape(d))
	if err != nil || u.Host == "" && strings.HasPrefix(scheme, "http") {
		return target{flaw: "the address " + quote(destination) + " is malformed", hint: "correct it"}
	}
	if image && !strings.HasPrefix(scheme, "http") {
		return target{flaw: "there can be no image at " + quote(destination), hint: "give the path of an image in the content"}
	}
	return target{kind: toWeb, url: u.String()}
}

// section is the target of a link to a chapter, or to an anchor in it.
func (c *Chapter) section(destination string, to *Chapter, anchor string) target {
	t := target{kind: toChapter, chapter: to, fragment: anchor}
	if anchor == "" || to.hasAnchor(anchor) {
		return t
	}
	if to != c && !(to.Earlier.IsZero() && c.Earlier.IsZero()) { // they are not of one time
		t.fragment = ""
		return t
	}
	t.flaw = "the link " + quote(destination) + " leads to an anchor that " + to.Path + " does not have"
	t.hint = "use the id of one of its headings"
	t.fragment = ""
	if to == c {
		t.kind = toNothing
	}
	return t
}

func (c *Chapter) image(destination, p string, inside bool) target {
	switch {
	case !inside || !c.book.has(p):
		return target{
			flaw: "there is no image " + quote(destination) + " in the content",
			hint: "correct its path, which is relative to the article",
		}
	case ImageType(p) == "":
		return target{
			flaw: "editions carry no images of the type of " + quote(destination),
			hint: "convert it to PNG, JPEG, WebP or SVG",
		}
	}
	return target{kind: toImage, path: c.book.localized(p), from: p}
}

// localized is the path of an image as the book shows it: the one that has the book's
// language in its name, map.ko.svg for map.svg, if there is such a one.
func (b *Book) localized(p string) string {
	ext := path.Ext(p)
	for _, tag := range locale.Fallbacks(b.Language) {
		if own := strings.TrimSuffix(p, ext) + "." + tag.String() + ext; b.has(own) {
			return own
		}
	}
	return p
}

// Pictures are the images in use: the paths that articles give them, sorted, each with
// that of the image that the book shows.
func (b *Book) Pictures() (pictures [][2]string) {
	for _, p := range slices.Sorted(maps.Keys(b.pictures)) {
		pictures = append(pictures, [2]string{p, b.pictures[p]})
	}
	return pictures
}

// join is the path, relative to the content, of what the article calls p. It
// reports false if that lies outside.
func (c *Chapter) join(p string) (string, bool) {
	if strings.HasPrefix(p, "/") {
		p = strings.TrimLeft(p, "/")
	} else {
		p = path.Join(path.Dir(c.Path), p)
	}
	p = path.Clean(p)
	return p, fs.ValidPath(p) && !strings.ContainsAny(p, "\\\x00")
}

// has reports whether the content holds a file at p.
func (b *Book) has(p string) bool {
	if b.content == nil {
		return false
	}
	info, err := fs.Stat(b.content, p)
	return err == nil && info.Mode().IsRegular()
}

// article is the chapter that p means: an article's path as it is, or without
// its extension, or as a generator's page address.
func (b *Book) article(p string) *Chapter {
	paths, address := meanings(p)
	for _, candidate := range paths {
		if c := b.byPath[candidate]; c != nil {
			return c
		}
	}
	return b.byAddress[address]
}

// why tells why the article that p means is left out, empty if none is.
func (b *Book) why(p string) string {
	paths, address := meanings(p)
	for _, candidate := range append(paths, address) {
		if why := b.absent[candidate]; why != "" {
			return why
		}
	}
	return ""
}

// meanings are the paths of articles that p may mean, and the address.
func meanings(p string) (paths []string, address string) {
	stem := strings.TrimSuffix(p, ".html")
	return []string{p, stem + ".md", path.Join(stem, "index.md"), strings.TrimSuffix(stem, "index") + "index.md"}, stem
}

// findAnchors takes down what of the chapter can be linked to.
func (c *Chapter) findAnchors() {
	c.anchors = map[string]bool{}
	for _, h := range c.headings {
		c.anchors[h.ID] = true
	}
}

// decode is a destination without what hides it: backslash escapes, entities,
// and characters that browsers pass over.
func decode(destination string) string {
	var b strings.Builder
	for i := 0; i < len(destination); i++ {
		if destination[i] == '\\' && i+1 < len(destination) && isPunctuation(destination[i+1]) {
			i++
		}
		b.WriteByte(destination[i])
	}
	return strings.TrimSpace(strings.Map(visible, html.UnescapeString(b.String())))
}

func isPunctuation(c byte) bool {
	return c > ' ' && c < 0x7f && !(c >= '0' && c <= '9' || c >= 'A' && c <= 'Z' || c >= 'a' && c <= 'z')
}

// visible drops control and formatting characters, which never belong into an
// address.
func visible(r rune) rune {
	if unicode.IsControl(r) || unicode.Is(unicode.Cf, r) || r == utf8.RuneError {
		return -1
	}
	return r
}

// schemeOf is the scheme of an address in lower case, empty for a relative one.
// It reports false if there is another scheme behind percent signs.
func schemeOf(address string) (string, bool) {
	first := scheme(address)
	for range 4 {
		next := strings.Map(visible, unescape(address))
		if next == address {
			return first, true
		}
		if address = next; scheme(address) != first {
			return "", false
		}
	}
	return "", false
}

func scheme(address string) string {
	end := strings.IndexAny(address, ":/?#\\")
	if end < 0 || address[end] != ':' {
		return ""
	}
	return strings.ToLower(strings.TrimSpace(address[:end]))
}

// unescape resolves percent signs where they stand for bytes.
func unescape(s string) string {
	if !strings.Contains(s, "%") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] == '%' && i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]) {
			b.WriteByte(unhex(s[i+1])<<4 | unhex(s[i+2]))
			i += 2
			continue
		}
		b.WriteByte(s[i])
	}
	return b.String()
}

func isHex(c byte) bool { return c >= '0' && c <= '9' || c|0x20 >= 'a' && c|0x20 <= 'f' }

func unhex(c byte) byte {
	if c <= '9' {
		return c - '0'
	}
	return c | 0x20 - 'a' + 10
}

// escape writes what cannot stand in an address by percent signs.
func escape(s string) string {
	const hex = "0123456789ABCDEF"
	var b strings.Builder
	for i := range len(s) {
		c := s[i]
		bare := c == '%' && !(i+2 < len(s) && isHex(s[i+1]) && isHex(s[i+2]))
		if c <= ' ' || c >= 0x7f || bare || strings.IndexByte("\"<>\\^`{|}", c) >= 0 {
			b.Write([]byte{'%', hex[c>>4], hex[c&15]})
			continue
		}
		b.WriteByte(c)
	}
	return b.String()
}

// reserved are the characters that mean something in an address, which a file's
// name may hold.
var reserved = strings.NewReplacer("%", "%25", "?", "%3F", "#", "%23", ":", "%3A", "[", "%5B", "]", "%5D")

// EscapePath writes a path of an edition as a relative address.
func EscapePath(p string) string { return escape(reserved.Replace(p)) }

// quote shows text in a finding.
func quote(s string) string { return "“" + strings.Map(visible, s) + "”" }
