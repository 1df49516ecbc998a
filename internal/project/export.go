package project

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/csv"
	"dragoman/internal/catalog/goi18n"
	"dragoman/internal/catalog/po"
	"dragoman/internal/catalog/tmx"
	"dragoman/internal/catalog/xliff"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/merge"
)

// ExportOptions say what to send out, and how.
type ExportOptions struct {
	Now      time.Time
	Language locale.Tag
	Articles []string        // paths or slugs; none: all
	To       string          // only what is assigned to this pseudonym; empty: to anybody or nobody
	Format   string          // one of ExchangeFormats
	Only     []catalog.State // messages in these states; none: in any
	Single   bool            // one file, not one an article
	Plain    bool            // markup as words, in formats that can tell it apart
	Around   bool            // the other messages as well, not to be translated, in XLIFF
	Output   string          // a folder or, of a single file, its name
	DryRun   bool            // write nothing
}

// Export is what an export wrote, or would write.
type Export struct {
	Messages int
	Due      time.Time // the day that the first of the assigned work is due; zero: none is
	Written  []string  // files
	Findings diag.List // warnings of articles and catalogs
}

// exchange is a format of work that is sent out.
type exchange struct {
	name, ext string
	format    func(t *Tree, files []*catalog.File, o *ExportOptions) []byte
	inherent  bool // a file tells its articles apart by itself
	template  bool // sources only
	memory    bool // one file of final pairs, whatever place they have
	locks     bool // tells messages that are not to be translated
	// sources writes a file of the sources beside each, where the format has texts in
	// one language only; names end in the language then.
	sources func(files []*catalog.File) []byte
}

var exchanges = []exchange{
	{name: "xliff2", ext: ".xlf", format: formatXLIFF(xliff.V21), inherent: true, locks: true},
	{name: "xliff", ext: ".xlf", format: formatXLIFF(xliff.V12), inherent: true, locks: true},
	{name: "po", ext: ".po", format: formatPO},
	{name: "pot", ext: ".pot", format: formatPO, template: true},
	{name: "csv", ext: ".csv", format: func(_ *Tree, files []*catalog.File, _ *ExportOptions) []byte { return csv.Format(files) }, inherent: true},
	formGoI18n("toml", goi18n.TOML),
	formGoI18n("json", goi18n.JSON),
	formGoI18n("yaml", goi18n.YAML),
	{name: "tmx", ext: ".tmx", format: func(t *Tree, files []*catalog.File, _ *ExportOptions) []byte {
		return tmx.Format(files, t.Config.Source)
	}, inherent: true, memory: true},
}

// ExchangeFormats are the names of the formats that are exported.
func ExchangeFormats() []string {
	var names []string
	for _, e := range exchanges {
		names = append(names, e.name)
	}
	return names
}

func formatXLIFF(v xliff.Version) func(*Tree, []*catalog.File, *ExportOptions) []byte {
	return func(t *Tree, files []*catalog.File, o *ExportOptions) []byte {
		fixed := func(m *catalog.Message) bool { return !o.asks(m) }
		return xliff.Format(files, xliff.Options{Version: v, Source: t.Config.Source, Plain: o.Plain, Fixed: fixed})
	}
}

func formGoI18n(name string, n goi18n.Notation) exchange {
	return exchange{
		name: name, ext: "." + name, inherent: true,
		format:  func(_ *Tree, files []*catalog.File, _ *ExportOptions) []byte { return goi18n.Format(files, n) },
		sources: func(files []*catalog.File) []byte { return goi18n.FormatSource(files, n) },
	}
}

func formatPO(_ *Tree, files []*catalog.File, _ *ExportOptions) []byte {
	for _, m := range files[0].Messages {
		m.LeaveInComment()
	}
	return po.Format(files[0])
}

// Export writes messages of a language to files for a translator, with a note in the
// translator's language. A message carries a hash of its target, so that Import sees
// what has changed, here or there. The files name nobody. None that exists is
// overwritten.
func (t *Tree) Export(ctx context.Context, o ExportOptions) (*Export, error) {
	form, err := o.form()
	if err != nil {
		return nil, err
	}
	tags, err := t.targets([]locale.Tag{o.Language})
	if err != nil {
		return nil, err
	}
	docs, shelves, found, err := t.load(ctx, tags, o.Now)
	if err != nil {
		return nil, err
	}
	chosen, err := t.chosen(docs, o.Articles)
	if err != nil {
		return nil, err
	}
	due, err := t.assigned(&o, docs, &chosen)
	if err != nil {
		return nil, err
	}
	x := &Export{Findings: found, Due: due}
	var files []*catalog.File
	if form.memory {
		o.Single = true
		files, err = x.takePairs(t, shelves[0], docs, chosen)
	} else {
		files = x.take(shelves[0].merged[:len(docs)], docs, chosen, form, &o)
	}
	if err != nil {
		return nil, err
	}
	if len(files) == 0 {
		return x, ctx.Err()
	}
	parcel, err := x.pack(t, files, form, &o)
	if err != nil {
		return nil, err
	}
	for _, p := range parcel {
		x.Written = append(x.Written, p.name)
	}
	if err := ctx.Err(); err != nil {
		return nil, err
	}
	return x, t.deliver(parcel, o.DryRun)
}

// form is the format that is asked for.
func (o *ExportOptions) form() (*exchange, error) {
	i := slices.IndexFunc(exchanges, func(e exchange) bool { return e.name == o.Format })
	switch {
	case i < 0:
		return nil, fmt.Errorf("the format %q is not known; name one of %s", o.Format, strings.Join(ExchangeFormats(), ", "))
	case o.Around && !exchanges[i].locks:
		return nil, fmt.Errorf("%s cannot show messages that are not to be translated; name the format xliff2 or xliff", o.Format)
	}
	return &exchanges[i], nil
}

// take are the messages that were asked for, in catalogs whose paths are their
// articles.
func (x *Export) take(catalogs []*catalog.File, docs []*markdown.Document, chosen selection, form *exchange, o *ExportOptions) []*catalog.File {
	if form.template {
		catalogs, _ = merge.Update(nil, docs, merge.Options{Now: o.Now, Language: o.Language})
	}
	var files []*catalog.File
	for i, d := range docs {
		if !chosen.has(d.Path) {
			continue
		}
		f, asked := outgoing(catalogs[i], d.Path, o, form.template)
		if asked > 0 {
			x.Messages += asked
			files = append(files, f)
		}
	}
	return files
}

// asks reports whether a message is in a state that is asked for.
func (o *ExportOptions) asks(m *catalog.Message) bool {
	return len(o.Only) == 0 || slices.Contains(o.Only, m.State)
}

// outgoing is a catalog as it is sent out, and how many of its messages are to be
// translated.
func outgoing(from *catalog.File, article string, o *ExportOptions, template bool) (f *catalog.File, asked int) {
	f = &catalog.File{Path: article, Language: from.Language, Header: from.Clone().Header}
	for _, m := range from.Messages {
		if m.Obsolete || !o.asks(m) && !o.Around {
			continue
		}
		if o.asks(m) {
			asked++
		}
		sent := &catalog.Message{Entry: m.Entry, State: m.State}
		if !template {
			sent.Flags = m.Leave(m.State)
		}
		f.Add(sent)
	}
	if template {
		f.Header.Set("Language", "")
	}
	f.Header.Blank()
	f.Scrub()
	return f, asked
}

// parcelFile is a file of a parcel.
type parcelFile struct {
	name string // as the user knows it
	text []byte
}

// guideName is the note in a parcel.
const guideName = "README.txt"

// pack makes the files of a parcel.
func (x *Export) pack(t *Tree, files []*catalog.File, form *exchange, o *ExportOptions) ([]parcelFile, error) {
	if o.Single {
		name := o.Output
		if !strings.EqualFold(filepath.Ext(name), form.ext) {
			name = filepath.Join(name, o.Language.String()+form.ext)
		}
		if !form.inherent {
			files = []*catalog.File{inOne(files)}
		}
		return form.files(t, name, filepath.Join(filepath.Dir(name), t.Config.Source.String()+form.ext), files, o), nil
	}
	guide, err := x.guide(t, o)
	if err != nil {
		return nil, err
	}
	parcel := []parcelFile{guide}
	for _, f := range files {
		stem := filepath.Join(o.Output, filepath.FromSlash(strings.TrimSuffix(f.Path, ".md")))
		name := stem + form.ext
		if form.sources != nil {
			name = stem + "." + o.Language.String() + form.ext
		}
		parcel = append(parcel, form.files(t, name, stem+"."+t.Config.Source.String()+form.ext, []*catalog.File{f}, o)...)
	}
	return parcel, nil
}

// files are the file of that name and, if the format wants it, that of the sources.
func (e *exchange) files(t *Tree, name, sources string, files []*catalog.File, o *ExportOptions) []parcelFile {
	list := []parcelFile{{slashed(name), e.format(t, files, o)}}
	if e.sources != nil {
		list = append(list, parcelFile{slashed(sources), e.sources(files)})
	}
	return list
}

// inOne is one catalog of several, whose contexts begin with the article.
func inOne(files []*catalog.File) *catalog.File {
	all := &catalog.File{Language: files[0].Language, Header: files[0].Header}
	for _, f := range files {
		for _, m := range f.Messages {
			m.Context = joinContext(f.Path, m.Context)
			all.Add(m)
		}
	}
	return all
}

const contextMark = ".md|"

func joinContext(article, context string) string {
	if context == "" {
		return article
	}
	return article + "|" + context
}

// splitContext takes a context of a single file apart.
func splitContext(joint string) (article, context string) {
	if i := strings.Index(joint, contextMark); i >= 0 {
		return joint[:i+len(".md")], joint[i+len(contextMark):]
	}
	return joint, ""
}

// guide is the note that goes with the work.
func (x *Export) guide(t *Tree, o *ExportOptions) (parcelFile, error) {
	bundle, _, err := t.words()
	if err != nil {
		return parcelFile{}, err
	}
	w := bundle.For(o.Language)
	name := slashed(filepath.Join(o.Output, guideName))
	if !legible(w.Tag(), o.Language) {
		x.Findings = append(x.Findings, diag.Finding{
			Pos: diag.Pos{Path: name}, Code: "words-missing", Severity: diag.Warning,
			Text: fmt.Sprintf("the note is in %s, since there are no words in %s", w.Tag(), o.Language),
			Hint: "put the messages work-title to work-return into " + path.Join(t.wordsFolder(), o.Language.String()+".toml"),
		})
	}
	title := t.Config.Title
	for _, l := range t.Config.Languages {
		if l.Tag == o.Language && l.Title != "" {
			title = l.Title
		}
	}
	if title == "" {
		title = w.Text("articles", nil)
	}
	head := w.Text("work-title", map[string]any{"Title": title})
	parts := []string{head, w.Count("work-what", x.Messages, map[string]any{"Language": locale.Name(o.Language, w.Tag())})}
	for _, id := range []string{"work-how", "work-codes", "work-questions", "work-return"} {
		parts = append(parts, w.Text(id, nil))
	}
	if !x.Due.IsZero() {
		parts = append(parts, w.Text("work-due", map[string]any{"Date": locale.LongDate(w.Tag(), x.Due)}))
	}
	return parcelFile{name, []byte(strings.Join(parts, "\n\n") + "\n")}, nil
}

// deliver writes the files of a parcel, none if one of them exists already.
func (t *Tree) deliver(parcel []parcelFile, dry bool) error {
	for _, p := range parcel {
		for _, folder := range []string{t.Config.Content, t.Config.Locales} {
			if own := filepath.Join(t.dir, filepath.FromSlash(folder)); lies(path.Dir(p.name), own) {
				return fmt.Errorf("%s lies in %s, whose files must stay; name another folder", p.name, own)
			}
		}
		if _, err := os.Lstat(p.name); err == nil {
			return fmt.Errorf("%s exists, and may hold somebody's work; name another folder, or remove it", p.name)
		} else if !errors.Is(err, fs.ErrNotExist) {
			return plainError("write", err)
		}
	}
	if dry {
		return nil
	}
	for _, p := range parcel {
		if err := os.MkdirAll(path.Dir(p.name), 0o777); err != nil {
			return plainError("write", err)
		}
		f, err := os.OpenFile(p.name, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o666)
		if err != nil {
			return plainError("write", err)
		}
		_, err = f.Write(p.text)
		if err = errors.Join(err, f.Close()); err != nil {
			return plainError("write", err)
		}
	}
	return nil
}
