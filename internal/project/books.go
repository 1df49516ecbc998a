package project

import (
	"fmt"
	"path"
	"slices"
	"strings"

	"dragoman/internal/diag"
	"dragoman/internal/edition"
	"dragoman/internal/edition/site"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"

	"golang.org/x/text/language"
)

// Volume is a book of some of the articles, [[book]] in the configuration.
type Volume struct {
	ID       string // its file's name, and what its identifier is made of: it stays when the title changes
	Title    Named
	Author   Named
	Articles []string // paths without ".md", of articles or of folders, in reading order
}

// Named is a text in several languages, and the one for all others, in the source
// language.
type Named struct {
	Any string
	In  map[locale.Tag]string
}

// in is the text in a language, and the language that it is in.
func (n Named) in(tag, source locale.Tag) (string, locale.Tag) {
	if text := n.In[tag]; text != "" {
		return text, tag
	}
	return n.Any, source
}

// volumes reads the books.
func (t *table) volumes() (volumes []Volume) {
	for _, b := range t.tables("book") {
		v := Volume{ID: b.text("id"), Title: b.named("title"), Author: b.named("author"), Articles: b.list("articles")}
		b.end()
		switch {
		case !edition.ValidName(v.ID):
			b.report("id", fmt.Sprintf("the id of a book cannot be %q", v.ID), `write id = "reader", of letters, digits, - and _`)
		case slices.ContainsFunc(volumes, func(o Volume) bool { return strings.EqualFold(o.ID, v.ID) }):
			b.report("id", fmt.Sprintf("two books have the id %q", v.ID), "give one of them another")
		}
		volumes = append(volumes, v)
	}
	return volumes
}

// vertical reads which languages have books in columns. c has its languages already.
func (t *table) vertical(c *Config) (tags []locale.Tag) {
	const name = "vertical"
	for _, written := range t.list(name) {
		tag := t.language(name, written)
		script, _ := tag.Script()
		switch {
		case tag == locale.Tag{}:
		case tag != c.Source && !slices.Contains(c.Targets(), tag):
			t.report(name, written+" has no editions", fmt.Sprintf("add [languages.%s], or remove it here", written))
		case !slices.Contains([]string{"Jpan", "Hant", "Hans", "Kore"}, script.String()):
			t.report(name, locale.Name(tag, language.English)+" is not written in columns", "remove it: Chinese, Japanese and Korean are")
		default:
			tags = append(tags, tag)
		}
	}
	return tags
}

// named reads a text, or a table of it by language.
func (t *table) named(name string) (n Named) {
	if _, several := t.values[name].(map[string]any); !several {
		n.Any = t.text(name)
		return n
	}
	in := t.table(name)
	n.In = map[locale.Tag]string{}
	for _, key := range in.order() {
		text := in.text(key)
		if tag := in.language(key, key); tag != (locale.Tag{}) {
			n.In[tag] = text
		}
	}
	return n
}

// volumes are the books that an edition is published as: those of the configuration,
// or one of all articles.
func (t *Tree) volumes(b *edition.Book) []*edition.Book {
	if len(t.Config.Books) == 0 {
		return []*edition.Book{b}
	}
	var books []*edition.Book
	for _, v := range t.Config.Books {
		if own := v.of(b); len(own.Chapters) > 0 {
			books = append(books, own)
		}
	}
	return books
}

// singleFolder holds, in an edition, the books that are one file each; those of single
// articles stand in a folder in it.
const singleFolder = "single"

// singles writes the books of an edition, and its articles, as pages that are one file
// each, and names the books.
func (p *press) singles(b *edition.Book, volumes []*edition.Book) (files []string, err error) {
	for _, v := range volumes {
		name := path.Join(singleFolder, v.ID+".html")
		if err := site.Whole(v, name, p.put); err != nil {
			return nil, err
		}
		files = append(files, path.Join(p.folder, name))
	}
	for _, c := range b.Chapters {
		if err := site.Single(c, b, singleName(c.Slug), p.put); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// singleName is the name of an article that is one file.
func singleName(slug string) string { return path.Join(singleFolder, "articles", slug+".html") }

// isSingle reports whether a file of an edition is such a page: an article called
// single has its own page there as well.
func isSingle(name string) bool {
	return strings.HasPrefix(name, singleFolder+"/") && path.Base(name) != pageName
}

// holdsArticle reports whether a book's article or folder is, or holds, the one at a path.
func holdsArticle(name, at string) bool {
	name = strings.TrimSuffix(strings.Trim(path.Clean(name), "/"), ".md")
	return name == "." || within(strings.TrimSuffix(at, ".md"), name)
}

// strays are names in books that are no articles.
func (t *Tree) strays(docs []*markdown.Document) (found diag.List) {
	for _, v := range t.Config.Books {
		for _, name := range v.Articles {
			if !slices.ContainsFunc(docs, func(d *markdown.Document) bool { return holdsArticle(name, d.Path) }) {
				found = append(found, diag.Finding{
					Pos: diag.Pos{Path: ConfigName}, Code: "book", Severity: diag.Warning,
					Text: fmt.Sprintf("the book %s names “%s”, which is no article", v.ID, name), Hint: "correct its path",
				})
			}
		}
	}
	return found
}

// of is the book of an edition.
func (v Volume) of(b *edition.Book) *edition.Book {
	var chapters []*edition.Chapter
	in := map[*edition.Chapter]bool{}
	for _, name := range v.Articles {
		for _, c := range b.Chapters {
			if holdsArticle(name, c.Path) && !in[c] {
				in[c] = true
				chapters = append(chapters, c)
			}
		}
	}
	o := edition.VolumeOptions{ID: v.ID, Chapters: chapters}
	o.Title, o.TitleLanguage = v.Title.in(b.Language, b.Source)
	o.Author, _ = v.Author.in(b.Language, b.Source)
	o.SourceImprint.Title, _ = v.Title.in(b.Source, b.Source)
	o.SourceImprint.Author, _ = v.Author.in(b.Source, b.Source)
	return b.Volume(o)
}
