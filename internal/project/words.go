package project

import (
	"bytes"
	"io/fs"
	"path"

	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/report"
	"dragoman/internal/words"
	"dragoman/locales"
)

// wordsFolder is where the workspace's own interface words lie.
func (t *Tree) wordsFolder() string { return path.Join(t.Config.Locales, "ui") }

// loadWords reads the interface words, the workspace's own before the program's.
// own are the workspace's files, by path, true if one is a symbolic link.
func (t *Tree) loadWords() (bundle *words.Bundle, own map[string]bool, found diag.List, err error) {
	sources := []fs.FS{locales.UI}
	own = map[string]bool{}
	found, err = t.walk(t.wordsFolder(), func(name string, link bool) { own[name] = link })
	if err == nil {
		err = found.Err()
	}
	if err != nil {
		return nil, nil, nil, err
	}
	if len(own) > 0 {
		folder, err := fs.Sub(t.root.FS(), t.Config.Locales)
		if err != nil {
			return nil, nil, nil, err
		}
		sources = append(sources, folder)
	}
	bundle, found = words.Load(sources...)
	return bundle, own, t.inLocales(found), nil
}

// inLocales makes findings of package words name files from the workspace.
func (t *Tree) inLocales(found diag.List) diag.List {
	for i := range found {
		found[i].Pos.Path = path.Join(t.Config.Locales, found[i].Pos.Path)
	}
	return found
}

// words are the interface words, the workspace's own before the program's. An
// error in them is the error.
func (t *Tree) words() (*words.Bundle, diag.List, error) {
	bundle, _, found, err := t.loadWords()
	if err != nil {
		return nil, nil, err
	}
	return bundle, found, found.Err()
}

// staleWords finds the interface words of the languages that are behind the
// English ones. An error in the files is the error.
func (t *Tree) staleWords(tags []locale.Tag) (diag.List, error) {
	bundle, _, err := t.words()
	if err != nil {
		return nil, err
	}
	return t.inLocales(bundle.Stale(tags)), nil
}

// stampWords are the workspace's files of interface words with a hash of the
// English in each message that has none.
func (t *Tree) stampWords(tags []locale.Tag) (writes []change, err error) {
	bundle, own, found, err := t.loadWords()
	if err != nil || found.HasErrors() {
		return nil, err
	}
	for _, tag := range tags {
		name := path.Join(t.wordsFolder(), tag.String()+".toml")
		if link, exists := own[name]; !exists || link {
			continue // writing would put a file in the link's place
		}
		src, err := t.readFile(name)
		if err != nil {
			return nil, plainError("read", err)
		}
		if text := bundle.Stamp(tag, src); !bytes.Equal(text, src) {
			writes = append(writes, change{name, src, text})
		}
	}
	return writes, nil
}

// Page is what a report is written with for a reader of a language; of none, for one of
// the articles' language.
func (t *Tree) Page(reader string) (report.Page, error) {
	tag := t.Config.Source
	if reader != "" {
		var err error
		if tag, err = locale.Parse(reader); err != nil {
			return report.Page{}, err
		}
	}
	bundle, _, err := t.words()
	if err != nil {
		return report.Page{}, err
	}
	return report.Page{Words: bundle.For(tag), Source: t.Config.Source, Title: t.Config.Title}, nil
}
