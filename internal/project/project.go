// Package project is the application: a workspace on disk, read and written.
//
// A Tree is one opened workspace. Extract brings its catalogs up to date with its
// articles, Status counts, Build makes the editions. Everything below this floor
// is values in, values out; configuration, disk, goroutines and atomic writes are
// here.
//
//	dragoman.toml  →  Config ┐
//	content/**.md  →  Parse  ├→ merge in memory → Extract writes catalogs
//	locales/**.po  →  Parse  ┘                  → Status counts
//	                                            → Build compiles and writes editions/
//
// Laws: a run that finds an error in its input changes no file. A file is replaced
// whole or not at all, and not if another program has changed it since it was
// read. Nothing outside the workspace is read or written, through symbolic links
// neither, but for the folder that the user names for the editions.
package project

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"runtime"
	"slices"
	"strings"

	"dragoman/internal/diag"
	"dragoman/internal/edition"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/words"
	"dragoman/locales"

	"golang.org/x/sync/errgroup"
	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// ConfigName is the file that makes a folder a workspace.
const ConfigName = "dragoman.toml"

// Tree is one opened workspace.
type Tree struct {
	Config Config

	dir  string
	root *os.Root
}

// Open opens the workspace at dir. The error is a diag.List where the
// configuration is at fault.
func Open(dir string) (*Tree, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, plainError("open the workspace", err)
	}
	text, err := root.ReadFile(ConfigName)
	if errors.Is(err, fs.ErrNotExist) {
		root.Close()
		return nil, fmt.Errorf("%s: no %s; run dragoman init, or name the workspace with -C", dir, ConfigName)
	}
	if err != nil {
		root.Close()
		return nil, plainError("read", err)
	}
	config, found := readConfig(text)
	if found.HasErrors() {
		root.Close()
		return nil, found
	}
	return &Tree{Config: config, dir: dir, root: root}, nil
}

// Close lets go of the workspace's folder.
func (t *Tree) Close() error { return t.root.Close() }

// plainError says what could not be done to which file and why, without the
// name of the system call.
func plainError(verb string, err error) error {
	var p *fs.PathError
	if errors.As(err, &p) {
		return fmt.Errorf("%s %s: %w", verb, p.Path, p.Err)
	}
	return fmt.Errorf("%s: %w", verb, err)
}

// group runs work on all processors.
func group() *errgroup.Group {
	g := new(errgroup.Group)
	g.SetLimit(runtime.GOMAXPROCS(0))
	return g
}

// walk calls visit with each regular file below a folder of the workspace, by its
// path from the workspace's root. Names that begin with a dot are passed over. A
// link is followed to a file within the workspace; any other is a finding.
func (t *Tree) walk(folder string, visit func(name string)) (diag.List, error) {
	var found diag.List
	err := fs.WalkDir(t.root.FS(), folder, func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return plainError("read", err)
		case name != folder && strings.HasPrefix(e.Name(), "."):
			if e.IsDir() {
				return fs.SkipDir
			}
			return nil
		case e.Type()&fs.ModeSymlink != 0:
			info, err := t.root.Stat(name)
			if err != nil || !info.Mode().IsRegular() {
				found = append(found, diag.Finding{
					Pos: diag.Pos{Path: name}, Code: "symbolic-link",
					Text: "a symbolic link that leads to no file of the workspace", Hint: "put the file itself there",
				})
				return nil
			}
		case !e.Type().IsRegular():
			return nil
		}
		visit(name)
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		err = nil
	}
	return found, err
}

// articles reads and parses every article.
func (t *Tree) articles() ([]*markdown.Document, diag.List, error) {
	var names []string
	found, err := t.walk(t.Config.Content, func(name string) {
		if strings.HasSuffix(name, ".md") {
			names = append(names, name)
		}
	})
	if err != nil {
		return nil, nil, err
	}
	if _, err := t.root.Stat(t.Config.Content); err != nil {
		return nil, nil, fmt.Errorf("%s: there is no such folder; put the articles there", t.Config.Content)
	}
	docs := make([]*markdown.Document, len(names))
	lists := make([]diag.List, len(names))
	g := group()
	for i, name := range names {
		g.Go(func() error {
			src, err := t.root.ReadFile(name)
			if err != nil {
				return plainError("read", err)
			}
			d, found := markdown.Parse(name, src, markdown.Dialect{FrontMatter: t.Config.FrontMatter})
			if lists[i] = found; d != nil {
				d.Path = strings.TrimPrefix(name, t.Config.Content+"/")
				d.Language = t.Config.Source
				docs[i] = d
			}
			return nil
		})
	}
	if err := g.Wait(); err != nil {
		return nil, nil, err
	}
	found = append(found, slices.Concat(lists...)...)
	docs = slices.DeleteFunc(docs, func(d *markdown.Document) bool { return d == nil })
	return docs, slices.Concat(found, t.collisions(docs), policyFaults(docs)), nil
}

// collisions are articles whose catalogs or pages would be one file, on this
// system or on one that folds case or composes letters.
func (t *Tree) collisions(docs []*markdown.Document) (found diag.List) {
	fold := cases.Fold()
	taken := map[string]string{}
	for _, d := range docs {
		name := path.Join(t.Config.Content, d.Path)
		for _, address := range []string{strings.TrimSuffix(d.Path, ".md"), edition.Slug(d)} {
			key := fold.String(norm.NFC.String(address))
			other, ok := taken[key]
			if !ok {
				taken[key] = name
			} else if other != name {
				found = append(found, diag.Finding{
					Pos: diag.Pos{Path: name}, Code: "slug-collision",
					Text: fmt.Sprintf("%s has the same address, %q", other, address),
					Hint: "rename one of them, or give it another slug",
				})
				break
			}
		}
	}
	return found
}

// words are the interface words, the workspace's own before the program's.
func (t *Tree) words() (*words.Bundle, error) {
	sources := []fs.FS{locales.UI}
	if own, err := fs.Sub(t.root.FS(), t.Config.Locales); err == nil {
		if _, err := fs.Stat(own, "ui"); err == nil {
			sources = append(sources, own)
		}
	}
	bundle, found := words.Load(sources...)
	for i := range found {
		found[i].Pos.Path = path.Join(t.Config.Locales, found[i].Pos.Path)
	}
	return bundle, found.Err()
}

// languages are those asked for, all that are configured if none is.
func (t *Tree) languages(asked []locale.Tag, withSource bool) ([]locale.Tag, error) {
	all := t.Config.Targets()
	if withSource {
		all = append([]locale.Tag{t.Config.Source}, all...)
	}
	if len(asked) == 0 {
		return all, nil
	}
	for _, tag := range asked {
		if !slices.Contains(all, tag) {
			return nil, fmt.Errorf("language %s is not in %s; add [languages.%s]", tag, ConfigName, tag)
		}
	}
	return slices.DeleteFunc(all, func(tag locale.Tag) bool { return !slices.Contains(asked, tag) }), nil
}
