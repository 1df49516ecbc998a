package project

import (
	"archive/zip"
	"bytes"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"dragoman/internal/edition"
	"dragoman/internal/edition/epub"
	"dragoman/internal/edition/site"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
)

// output is the folder of the editions. An edition is written beside the one that
// stands and takes its place when all of it is there.
type output struct {
	name  string // as the user knows it
	make  func() error
	open  func() (*os.Root, error)
	root  *os.Root // nil: there is no such folder yet
	lock  *lock    // nil: nothing is being built
	stage string   // the folder of what is being built
	own   bool     // the workspace's own folder

	standing map[string]map[string]sum // the files of editions that are as the last build left them, by folder and name
}

// openOutput opens the folder of the editions, if it is there: the workspace's own,
// or, by its path, any other that does not overlap with articles and catalogs.
func (t *Tree) openOutput(name string) (*output, error) {
	o := &output{
		own:  name == "",
		name: path.Join(slashed(t.dir), t.Config.Output),
		make: func() error { return t.root.MkdirAll(t.Config.Output, 0o777) },
		open: func() (*os.Root, error) { return t.root.OpenRoot(t.Config.Output) },
	}
	if name != "" {
		for _, folder := range []string{t.Config.Content, t.Config.Locales, edition.ThemeFolder} {
			own := filepath.Join(t.dir, filepath.FromSlash(folder))
			if lies(name, own) || lies(own, name) {
				return nil, fmt.Errorf("%s overlaps with %s, whose files must stay; name another folder", name, own)
			}
		}
		o.name = slashed(name)
		o.make = func() error { return os.MkdirAll(name, 0o777) }
		o.open = func() (*os.Root, error) { return os.OpenRoot(name) }
	}
	var err error
	if o.root, err = o.open(); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, o.failed("", err)
	}
	return o, nil
}

func slashed(dir string) string { return filepath.ToSlash(filepath.Clean(dir)) }

// lies reports whether a path is a folder, by whatever name, or below it. One that
// does not exist yet lies where it would.
func lies(name, folder string) bool {
	target, err := os.Stat(folder)
	if err != nil {
		return false
	}
	full, err := filepath.Abs(name)
	if err != nil {
		return false
	}
	if real, err := filepath.EvalSymlinks(full); err == nil {
		full = real
	}
	for {
		if info, err := os.Stat(full); err == nil && os.SameFile(info, target) {
			return true
		}
		up := filepath.Dir(full)
		if up == full {
			return false
		}
		full = up
	}
}

// Close lets go of the folder.
func (o *output) Close() error {
	if o.root == nil {
		return nil
	}
	return o.root.Close()
}

// has reports whether an edition in the language stands there, or is to be put back.
func (o *output) has(tag locale.Tag) bool {
	if o.root == nil {
		return false
	}
	places := []string{tag.String()}
	stages, _ := o.stages() // begin tells what is the matter
	for _, stage := range stages {
		places = append(places, path.Join(stage, oldPrefix+tag.String()))
	}
	return slices.ContainsFunc(places, func(folder string) bool {
		return o.holds(path.Join(folder, pageName))
	})
}

// pageName is the file of a page, in the folder that is its address.
const pageName = "index.html"

// holds reports whether a file is there.
func (o *output) holds(name string) bool {
	_, err := o.root.Stat(name)
	return err == nil
}

// holding are the formats of a standing edition that hold one of the articles.
func (o *output) holding(tag locale.Tag, docs []*markdown.Document) (formats []Format) {
	folder := tag.String()
	if len(docs) == 0 || !o.holds(path.Join(folder, markName)) {
		return nil
	}
	add := func(f Format, holds bool) {
		if holds && !slices.Contains(formats, f) {
			formats = append(formats, f)
		}
	}
	books, _ := fs.Glob(o.root.FS(), path.Join(folder, "*.epub")) // the pattern is well formed
	for _, d := range docs {
		slug := edition.Slug(d)
		add(HTML, slug != "" && o.holds(path.Join(folder, slug, pageName)))
		add(Markdown, o.holds(path.Join(folder, "markdown", d.Path)))
		add(Single, slug != "" && o.holds(path.Join(folder, singleName(slug))))
		for _, book := range books {
			add(EPUB, o.bookHolds(book, slug))
		}
	}
	return formats
}

// bookHolds reports whether a book may have the chapter of that address: one that
// cannot be read may.
func (o *output) bookHolds(name, slug string) bool {
	f, err := o.root.Open(name)
	if err != nil {
		return true
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil {
		return true
	}
	z, err := zip.NewReader(f, info.Size())
	if err != nil {
		return true
	}
	return slices.ContainsFunc(z.File, func(f *zip.File) bool { return f.Name == epub.ChapterName(slug) })
}

// files are those of a standing edition that a person opens.
func (o *output) files(tag locale.Tag) (files []string) {
	for _, pattern := range []string{pageName, "*.epub", path.Join(singleFolder, "*.html"), "markdown"} {
		found, _ := fs.Glob(o.root.FS(), path.Join(tag.String(), pattern)) // the pattern is well formed
		files = append(files, found...)
	}
	return files
}

const (
	stageName = ".building" // begins the name of a folder of what is being built
	oldPrefix = ".old-"
)

// stages are the folders of what other runs are building, or were when killed.
func (o *output) stages() ([]string, error) {
	entries, err := fs.ReadDir(o.root.FS(), ".")
	if err != nil {
		return nil, o.failed("", err)
	}
	var stages []string
	for _, e := range entries {
		if e.IsDir() && strings.HasPrefix(e.Name(), stageName) {
			stages = append(stages, e.Name())
		}
	}
	return stages, nil
}

// begin makes room for what is to be built, and keeps other runs out until all is
// published or abandoned.
func (o *output) begin() (err error) {
	if o.root == nil {
		if err := o.make(); err != nil {
			return o.failed("", err)
		}
		if o.root, err = o.open(); err != nil {
			return o.failed("", err)
		}
	}
	if o.lock, err = seize(o.root, patience); err != nil {
		return err
	}
	if o.lock.sure {
		if err := o.sweep(); err != nil {
			return err
		}
	}
	o.stage = fresh(stageName)
	return o.failed(o.stage, o.root.Mkdir(o.stage, 0o777))
}

// sweep recovers from all builds that were interrupted.
func (o *output) sweep() error {
	stages, err := o.stages()
	for _, stage := range stages {
		if err := o.recover(stage); err != nil {
			return err
		}
	}
	return err
}

// recover puts back what an interrupted build had moved out of the way, and clears
// away what it left.
func (o *output) recover(stage string) error {
	left, err := fs.ReadDir(o.root.FS(), stage)
	if err != nil {
		return o.failed(stage, err)
	}
	for _, e := range left {
		name, old := strings.CutPrefix(e.Name(), oldPrefix)
		if !old {
			continue
		}
		if _, err := o.root.Lstat(name); errors.Is(err, fs.ErrNotExist) {
			if err := o.root.Rename(path.Join(stage, e.Name()), name); err != nil {
				return o.failed(name, err)
			}
		}
	}
	return o.failed(stage, o.root.RemoveAll(stage))
}

// abandon removes what was not published, and lets other runs in.
func (o *output) abandon() {
	if o.lock == nil {
		return
	}
	o.clear()
	o.lock.release()
	o.lock = nil
}

// clear removes what was built and not published, and what was published until then.
func (o *output) clear() {
	if o.stage != "" {
		o.root.RemoveAll(o.stage)
		o.stage = ""
	}
}

// putter writes files of the editions being built, into a folder of theirs.
func (o *output) putter(folder string) (put func(name string, content []byte) error, done func()) {
	at := &place{root: o.root}
	return func(name string, content []byte) error {
		name = path.Join(o.stage, folder, name)
		return o.failed(name, at.write(name, content))
	}, at.leave
}

// put writes a file at the top of the editions, if it does not stand there already.
func (o *output) put(name string, content []byte) error {
	if info, err := o.root.Lstat(name); err == nil && info.Mode().IsRegular() && info.Size() == int64(len(content)) {
		if standing, err := o.root.ReadFile(name); err == nil && bytes.Equal(standing, content) {
			return nil
		}
	}
	return o.failed(name, o.root.WriteFile(path.Join(o.stage, name), content, 0o666))
}

// failed is the error, if there is one, of writing a file of the output.
func (o *output) failed(name string, err error) error {
	if err == nil {
		return nil
	}
	return plainError("write", &fs.PathError{Op: "write", Path: path.Join(o.name, name), Err: cause(err)})
}

// publish puts the built editions in the place of those that stand, removes those
// that are withdrawn, and writes the page that leads to all of them. An edition in
// which nothing changed stays where it is. The result are the files that changed.
func (o *output) publish(p *plan, presses map[string]*press) (changed []string, err error) {
	if err := o.putRoot(p); err != nil {
		return nil, err
	}
	built, err := fs.ReadDir(o.root.FS(), o.stage)
	if err != nil {
		return nil, o.failed(o.stage, err)
	}
	for _, e := range built {
		if press := presses[e.Name()]; press != nil {
			for _, name := range press.changed() {
				changed = append(changed, path.Join(press.folder, name))
			}
			continue
		}
		if err := o.isOurs(e.Name()); err != nil {
			return nil, err
		}
		changed = append(changed, e.Name())
	}
	for _, e := range built {
		if err := o.exchange(e.Name()); err != nil {
			return nil, err
		}
	}
	slices.Sort(changed)
	return changed, o.withdraw(p)
}

// putRoot writes the page at the top, if there are pages that it leads to, and the
// mark.
func (o *output) putRoot(p *plan) error {
	changed := slices.ContainsFunc(p.issues, func(i *issue) bool { return i.withdrawn || slices.Contains(i.formats, HTML) })
	if changed {
		if err := site.Root(p.peers, o.put); err != nil {
			return err
		}
	}
	return o.put(markName, []byte(markText))
}

// withdraw removes the editions that are withdrawn.
func (o *output) withdraw(p *plan) error {
	for _, i := range p.issues {
		if name := i.tag.String(); i.withdrawn {
			if err := o.root.RemoveAll(name); err != nil {
				return o.failed(name, err)
			}
		}
	}
	return nil
}

// markName is the file by which a folder of ours is known. Such a folder is replaced
// whole; any other stays.
const (
	markName = ".dragoman"
	markText = "Dragoman built this folder and replaces it whole.\n"
)

// isEdition makes sure that what an edition takes the place of is one.
func (o *output) isEdition(folder string) error {
	standing, err := fs.ReadDir(o.root.FS(), folder)
	if errors.Is(err, fs.ErrNotExist) || err == nil && len(standing) == 0 {
		return nil
	}
	if _, err := o.root.Stat(path.Join(folder, markName)); err == nil {
		return nil
	}
	return fmt.Errorf("write %s: something stands there that is no edition; move it, or name another folder",
		path.Join(o.name, folder))
}

// isOurs makes sure that the page at the top, if one stands there, is ours.
func (o *output) isOurs(name string) error {
	if _, err := o.root.Lstat(name); errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if _, err := o.root.Stat(markName); err == nil {
		return nil
	}
	return fmt.Errorf("write %s: a page stands there that Dragoman did not build; move it, or name another folder",
		path.Join(o.name, name))
}

// formatOf tells a file's format from its name within an edition.
func formatOf(name string) Format {
	switch {
	case strings.HasPrefix(name, "markdown/") && path.Base(name) != pageName:
		return Markdown // an article called markdown has its page there
	case isSingle(name):
		return Single
	case !strings.Contains(name, "/") && path.Ext(name) == ".epub":
		return EPUB
	}
	return HTML
}

// exchange puts what was built where its forerunner stands: in one step where the
// system can do that.
func (o *output) exchange(name string) error {
	if swap(o.root, path.Join(o.stage, name), name) == nil {
		return nil // what stood there is abandoned with the stage
	}
	old := path.Join(o.stage, oldPrefix+name)
	if err := o.root.Rename(name, old); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return o.failed(name, err)
	}
	if err := o.root.Rename(path.Join(o.stage, name), name); err != nil {
		o.root.Rename(old, name)
		return o.failed(name, err)
	}
	return nil
}
