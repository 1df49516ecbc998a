package project

import (
	"cmp"
	"context"
	"io/fs"
	"iter"
	"path"
	"slices"
	"strings"
	"time"
	"unicode"

	"dragoman/internal/catalog"
	"dragoman/internal/coverage"
	"dragoman/internal/diag"
	"dragoman/internal/edition"
	"dragoman/internal/edition/site"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/review"
	"dragoman/internal/words"

	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
)

// Format is a form that editions are built in.
type Format string

// The formats.
const (
	HTML     Format = "html"
	EPUB     Format = "epub"
	Markdown Format = "markdown"
	Single   Format = "single" // each article, and each book, as a page that is one file
)

// BuildOptions say what to build.
type BuildOptions struct {
	Now       time.Time
	AsOf      time.Time    // the day whose state the editions show; zero: the newest date in articles and decisions
	Languages []locale.Tag // none: all, the source's too
	Formats   []Format     // none: HTML and EPUB
	Layout    string       // one of Layouts: Markdown alone, where that generator looks for it; empty: editions
	Output    string       // a folder, relative to where the program runs; empty: the workspace's own

	forget bool // know nothing of earlier builds, and remember nothing of this one
}

// formats are those to build.
func (o *BuildOptions) formats() []Format {
	if len(o.Formats) == 0 {
		return []Format{HTML, EPUB}
	}
	return o.Formats
}

// remembers reports whether cards are kept of what is built: they can make pages
// again, but no books, which need every article.
func (o *BuildOptions) remembers() bool {
	return !o.forget && slices.Equal(o.formats(), []Format{HTML})
}

// Built is an edition.
type Built struct {
	Language locale.Tag
	Articles int
	Counts   edition.Counts
	Files    []string // what a person opens, below Build.Output, with slashes
	// The policy does not let it be published. Files are those of an earlier build,
	// which stay, unless it was withdrawn: it held an article that is retracted, or
	// too little of the language is translated.
	Withheld, Withdrawn bool
	Share               Share

	Omitted []string  // paths of articles that the policy withholds
	Earlier []Earlier // articles that are shown as they last were when complete
	Behind  bool      // an article was edited since the catalogs were written
}

// Share is how much of a language is translated or approved, in percent of the
// words, and from how much on its policy lets it be published; of a language without
// a threshold both are 0.
type Share struct{ Percent, Least int }

func (s Share) short() bool { return s.Percent < s.Least }

// Earlier is an article that is shown as it was on a day.
type Earlier struct {
	Path string
	Day  time.Time
}

// Build is what a build made.
type Build struct {
	Output   string // the folder
	Editions []Built
	Findings diag.List
	// Changed are the names, below Output, of the files that are new, have other bytes
	// or are gone, in order. What did not change was not written.
	Changed []string `json:"-"`
	// Retouched: only the pages of articles that changed were made again.
	Retouched bool `json:"-"`
}

// Build makes the editions. The error is a diag.List where articles, catalogs or
// interface words are at fault; then nothing is written. An edition whose policy
// fails is withheld, and the one that was there before stays. A retracted article
// disappears from all editions, whatever was asked for. If all is as the last build
// left it, nothing is built, and the result is that one's, but for Changed.
func (t *Tree) Build(ctx context.Context, o BuildOptions) (*Build, error) {
	tags, err := t.all(o.Languages)
	if err != nil {
		return nil, err
	}
	out, err := t.openOutput(o.Output)
	if err != nil {
		return nil, err
	}
	defer out.Close()
	if o.Layout != "" {
		return t.lay(ctx, out, tags, o)
	}
	r, b, err := t.round(ctx, out, tags, o)
	if b != nil || err != nil {
		return b, err
	}
	defer r.close()
	defer out.abandon()
	p, presses, err := t.retouch(ctx, r, tags, o)
	retouched := p != nil
	if p == nil && err == nil {
		p, presses, err = t.remake(ctx, r, tags, o)
	}
	if err != nil {
		return nil, err
	}
	b = &Build{Output: out.name, Findings: p.found, Retouched: retouched}
	if b.Changed, err = out.publish(p, presses); err != nil {
		return nil, err
	}
	for _, i := range p.issues {
		if len(i.formats) > 0 {
			b.Editions = append(b.Editions, i.built())
		}
	}
	forgo(presses)
	out.clear()
	return b, r.end(ctx, b, p, presses)
}

// forgo removes the editions in whose place others stand now.
func forgo(presses map[string]*press) {
	g := group()
	for _, p := range presses {
		g.Go(func() error {
			p.forgo()
			return nil
		})
	}
	g.Wait()
}

// remake makes the editions from everything that there is.
func (t *Tree) remake(ctx context.Context, r *round, tags []locale.Tag, o BuildOptions) (*plan, map[string]*press, error) {
	p, err := t.compile(ctx, tags, o, r.out)
	if err != nil {
		return nil, nil, err
	}
	if p, err = t.begin(ctx, p, tags, o, r.out); err != nil {
		return nil, nil, err
	}
	r.begin()
	if err := r.out.remember(ctx, r.known); err != nil {
		return nil, nil, err
	}
	p.purge(r.out, o.formats())
	presses, err := t.print(ctx, p, r.out)
	return p, presses, err
}

// begin makes room for what was planned. The plan is made again if another run was
// faster.
func (t *Tree) begin(ctx context.Context, p *plan, tags []locale.Tag, o BuildOptions, out *output) (*plan, error) {
	if err := out.begin(); err != nil {
		return nil, err
	}
	if slices.Equal(p.stood, t.standing(out)) {
		return p, nil
	}
	return t.compile(ctx, tags, o, out)
}

// print writes the editions that are to be built.
func (t *Tree) print(ctx context.Context, p *plan, out *output) (map[string]*press, error) {
	p.peers = p.leadTo(out)
	presses := map[string]*press{}
	g := group()
	for _, i := range p.issues {
		if i.blocked() || len(i.formats) == 0 {
			continue
		}
		press := out.press(i.tag.String())
		presses[press.folder] = press
		g.Go(func() (err error) {
			if err := ctx.Err(); err != nil {
				return err
			}
			i.files, err = press.edition(t, i, p.peers)
			return err
		})
	}
	return presses, g.Wait()
}

// purge settles which formats of each edition are built: those asked for, and, so
// that they disappear, those in which a retracted article stands. An edition that
// holds one and must not be published is withdrawn.
func (p *plan) purge(out *output, asked []Format) {
	for _, i := range p.issues {
		holding := out.holding(i.tag, p.retracted)
		switch {
		case i.asked:
			i.formats = slices.Clone(asked)
			i.withdrawn = i.stands && i.share.short()
		case len(holding) > 0:
			p.found = unique(append(p.found, i.found...))
		}
		for _, f := range holding {
			if !slices.Contains(i.formats, f) {
				i.formats = append(i.formats, f)
			}
		}
		if i.blocked() {
			i.withdrawn = i.withdrawn || len(holding) > 0
			i.files = out.files(i.tag)
		}
	}
}

// leadTo are the editions that the pages lead to: those being built, and of those
// that stand what is there.
func (p *plan) leadTo(out *output) []*edition.Book {
	var books []*edition.Book
	for _, i := range p.issues {
		switch {
		case i.withdrawn:
		case !i.blocked() && slices.Contains(i.formats, HTML):
			books = append(books, i.book)
		case i.stands || !i.blocked() && len(i.formats) > 0:
			books = append(books, i.book.Standing(func(c *edition.Chapter) bool {
				return out.holds(path.Join(i.tag.String(), c.Slug, pageName))
			}))
		}
	}
	return books
}

// plan is all that is to be built.
type plan struct {
	issues    []*issue
	found     diag.List
	retracted []*markdown.Document
	languages []locale.Tag // all, the source's first
	stood     []locale.Tag // the languages whose editions stood when the plan was made
	peers     []*edition.Book
	past      *past
}

// standing are the languages whose editions stand.
func (t *Tree) standing(out *output) []locale.Tag {
	tags := append([]locale.Tag{t.Config.Source}, t.Config.Targets()...)
	return slices.DeleteFunc(tags, func(tag locale.Tag) bool { return !out.has(tag) })
}

// issue is an edition on its way.
type issue struct {
	tag    locale.Tag
	asked  bool // to be built now; if not, the other editions lead to it
	stands bool // there is one from an earlier build
	faulty bool // it must not be published
	share  Share
	words  map[string]wording // of the articles, by path, if the policy wants a share of them translated
	behind bool
	again  bool // the book has only some chapters made; what else stands stays
	book   *edition.Book
	found  diag.List
	broken diag.List // what checks found in its catalogs, errors only
	files  []string  // that are built; of one that must not be, those that stand

	deck *deck // what is to be remembered of its articles; nil: nothing is

	formats   []Format // that are built; none: the other editions lead to it
	bound     []bound  // its books, if they are made already
	withdrawn bool     // it holds what is retracted, and cannot be built without
}

// blocked reports whether the edition is not built: for a fault in its catalogs, or
// because too little is translated.
func (i *issue) blocked() bool { return i.faulty || i.share.short() }

func (i *issue) built() Built {
	b := Built{
		Language: i.tag, Articles: len(i.book.Articles()), Counts: i.book.Counts(), Share: i.share,
		Files: i.files, Withheld: i.blocked(), Withdrawn: i.withdrawn, Omitted: i.book.Withheld, Behind: i.behind,
	}
	for _, c := range i.book.All() {
		if !c.Earlier.IsZero() {
			b.Earlier = append(b.Earlier, Earlier{c.Path, c.Earlier})
		}
	}
	return b
}

// least is the share of a language that must be translated for it to be published.
func (t *Tree) least(tag locale.Tag) int {
	l := t.Config.Languages[slices.Index(t.Config.Targets(), tag)]
	return l.Policy.Least(l.Published)
}

// wording is how many words of an article are translated, and how many it has.
type wording struct{ done, all int }

// wordings are those of the articles, by path.
func (t *Tree) wordings(s *shelf, docs []*markdown.Document, asOf time.Time) map[string]wording {
	words := make(map[string]wording, len(docs))
	for _, row := range coverage.Measure(s.counted(t, docs, asOf), coverage.Options{}).Rows {
		words[row.Article] = wording{row.Done().Words, row.Total().Words}
	}
	return words
}

// percent is how much of all words are translated.
func percent(words iter.Seq[wording]) int {
	var sum coverage.Row
	for w := range words {
		sum.States[catalog.Translated].Words += w.done
		sum.States[catalog.Untranslated].Words += w.all - w.done
	}
	return sum.Percent()
}

// wordless tells of a language that an edition has no interface words of its own for.
func (t *Tree) wordless(tag locale.Tag, w *words.Words) diag.List {
	own, _ := tag.Base()
	if base, _ := w.Tag().Base(); base == own {
		return nil
	}
	name := path.Join(t.Config.Locales, "ui", tag.String()+".toml")
	return diag.List{{
		Pos: diag.Pos{Path: name}, Code: "words-missing", Severity: diag.Warning,
		Text: "the edition in " + tag.String() + " says its own words, such as its headings of lists, in " + locale.Name(w.Tag(), language.English),
		Hint: "write them there, as locales/ui/en.toml of Dragoman has them",
	}}
}

// addressFaults are the findings that no edition in whatever language can be built
// with, unlike those of one language's translations.
func addressFaults(found diag.List) (faults diag.List) {
	for _, f := range found {
		if strings.HasPrefix(f.Code, "slug-") {
			faults = append(faults, f)
		}
	}
	return faults
}

// unique sorts the findings and drops those that several languages share.
func unique(found diag.List) diag.List {
	found.Sort()
	return slices.Compact(found)
}

func shelfOf(shelves []*shelf, tag locale.Tag) *shelf {
	for _, s := range shelves {
		if s.tag == tag {
			return s
		}
	}
	return nil
}

// newest is the latest date in articles and decisions, so that a build does not
// depend on the day that it is made. Decisions that only the merge in memory made,
// today, do not count.
func newest(docs []*markdown.Document, s *shelf) time.Time {
	var day time.Time
	for _, d := range docs {
		if d.Meta.Date.After(day) && !d.Meta.Draft && !d.Meta.Retracted {
			day = d.Meta.Date
		}
	}
	if s != nil && s.decided.Newest().After(day) {
		day = s.decided.Newest()
	}
	return day
}

// collect pairs the articles with their catalogs; without a shelf they are the
// source's own.
func (t *Tree) collect(docs []*markdown.Document, s *shelf) []edition.Article {
	articles := make([]edition.Article, len(docs))
	for i, d := range docs {
		articles[i].Document = d
		if s != nil {
			articles[i].File = s.merged[i]
			articles[i].Policy = t.policyOf(s.tag, d)
			if a, ok := t.Config.AssignmentOf(s.tag, d.Path); ok {
				articles[i].Translators = []string{a.To}
			}
		}
	}
	return articles
}

// policyFor is the policy of a language: its own keys, over the workspace's.
func (t *Tree) policyFor(tag locale.Tag) review.Policy {
	for _, l := range t.Config.Languages {
		if l.Tag == tag {
			return l.Policy
		}
	}
	return t.Config.Policy
}

// policyOf is the policy of an article in a language: the article's own keys, over the
// language's. Keys of the article are known to be good.
func (t *Tree) policyOf(tag locale.Tag, d *markdown.Document) review.Policy {
	p := t.policyFor(tag)
	for key, action := range policyActions(&p) {
		if written, ok := d.Meta.Policy[key]; ok {
			*action, _ = review.ParseAction(key, written.Text)
		}
	}
	return p
}

// bookOptions are those of the collection in one language.
func (t *Tree) bookOptions(tag locale.Tag, s *shelf, asOf time.Time) edition.Options {
	content, err := fs.Sub(t.root.FS(), t.Config.Content)
	if err != nil {
		panic(err) // the configuration made sure of the folder's name
	}
	o := edition.Options{
		ID: t.bookID(), Title: t.Config.Title, Author: t.Config.Author, BaseURL: t.Config.BaseURL, Contact: t.Config.Contact,
		Language: tag, Source: t.Config.Source, TitleLanguage: t.Config.Source, AsOf: asOf, Content: content,
		SourceImprint: edition.Imprint{Title: t.Config.Title, Author: t.Config.Author},
		Vertical:      slices.Contains(t.Config.Vertical, tag), Credits: t.Config.Credits,
	}
	for _, l := range t.Config.Languages {
		if l.Tag != tag {
			continue
		}
		if l.Title != "" {
			o.Title, o.TitleLanguage = l.Title, tag
		}
		o.Author = cmp.Or(l.Author, o.Author)
	}
	if s != nil {
		o.Decisions = s.decisions
	}
	return o
}

// bookID names the collection in file names and identifiers: the letters and
// digits of its title, of any script.
func (t *Tree) bookID() string {
	words := strings.FieldsFunc(strings.ToLower(norm.NFC.String(t.Config.Title)), func(r rune) bool {
		return !unicode.In(r, unicode.Letter, unicode.Mark, unicode.Digit)
	})
	if len(words) == 0 {
		return "articles"
	}
	return strings.Join(words, "-")
}

// edition writes the files of one language and names those that a person opens.
func (p *press) edition(t *Tree, i *issue, peers []*edition.Book) (files []string, err error) {
	if i.again {
		return i.files, p.renew(i.book, peers)
	}
	if err := p.put(markName, []byte(markText)); err != nil {
		return nil, err
	}
	for _, f := range i.formats {
		switch f {
		case HTML:
			if err := site.Pages(i.book, peers, p.put); err != nil {
				return nil, err
			}
			files = append(files, path.Join(p.folder, pageName))
		case EPUB:
			if i.bound == nil {
				if err := t.bind(i); err != nil {
					return nil, err
				}
			}
			for _, b := range i.bound {
				if err := p.put(b.name, b.content); err != nil {
					return nil, err
				}
				files = append(files, path.Join(p.folder, b.name))
			}
			i.bound = nil
		case Single:
			made, err := p.singles(i.book, t.volumes(i.book))
			if err != nil {
				return nil, err
			}
			files = append(files, made...)
		case Markdown:
			err := manuscripts(i.book, func(name string, content []byte) error { return p.put(path.Join("markdown", name), content) })
			if err != nil {
				return nil, err
			}
			files = append(files, path.Join(p.folder, "markdown"))
		}
	}
	return files, p.finish(i.formats)
}

// manuscripts are the articles of a book as Markdown, and the images on them under
// the names that the articles give.
func manuscripts(b *edition.Book, put func(name string, content []byte) error) error {
	for _, c := range b.All() {
		if err := put(c.Path, c.Document.Anchored()); err != nil {
			return err
		}
	}
	for _, picture := range b.Pictures() {
		content, err := b.Image(picture[1])
		if err != nil {
			return err
		}
		if err := put(picture[0], content); err != nil {
			return err
		}
	}
	return nil
}

// policyFaults are policy keys in front matter that say nothing we know.
func policyFaults(docs []*markdown.Document) (found diag.List) {
	for _, d := range docs {
		for key, written := range d.Meta.Policy {
			if _, err := review.ParseAction(key, written.Text); err != nil {
				found = append(found, diag.Finding{Pos: written.Pos, Code: "front-matter", Text: err.Error()})
			}
		}
	}
	return found
}
