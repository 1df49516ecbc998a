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
// neither, but for the folder that the user names for the editions and the file
// named to import.
package project

import (
	"context"
	"crypto/sha256"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"unicode/utf8"

	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"

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
	sum  sum // of the configuration
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
	return &Tree{Config: config, dir: dir, root: root, sum: sha256.Sum256(text)}, nil
}

// Close lets go of the workspace's folder.
func (t *Tree) Close() error { return t.root.Close() }

// readFile reads a file of the workspace. Its errors name the file from there,
// however long the way to the workspace is.
func (t *Tree) readFile(name string) ([]byte, error) {
	text, err := t.root.ReadFile(name)
	if err != nil {
		return nil, &fs.PathError{Op: "read", Path: name, Err: cause(err)}
	}
	return text, nil
}

// plainError says what could not be done to which file and why, without the
// name of the system call.
func plainError(verb string, err error) error {
	var p *fs.PathError
	if !errors.As(err, &p) {
		return fmt.Errorf("%s: %w", verb, err)
	}
	name := path.Clean(filepath.ToSlash(p.Path))
	if strings.HasSuffix(p.Err.Error(), "path escapes from parent") {
		return fmt.Errorf("%s %s: a symbolic link leads out of the workspace; put the file or folder itself there", verb, name)
	}
	return fmt.Errorf("%s %s: %w", verb, name, p.Err)
}

// group runs work on all processors.
func group() *errgroup.Group {
	g := new(errgroup.Group)
	g.SetLimit(runtime.GOMAXPROCS(0))
	return g
}

// walk calls visit with each regular file below a folder of the workspace, by its
// path from the workspace's root; there may be no such folder. Names that begin
// with a dot are passed over. A symbolic link to a file of the workspace is
// visited as well, any other is a finding.
func (t *Tree) walk(folder string, visit func(name string, link bool)) (diag.List, error) {
	root, err := t.root.OpenRoot(folder)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, plainError("read", err)
	}
	defer root.Close()
	var found diag.List
	err = fs.WalkDir(root.FS(), ".", func(name string, e fs.DirEntry, err error) error {
		name = path.Join(folder, name)
		switch {
		case err != nil:
			return fmt.Errorf("read %s: %w", name, cause(err))
		case name != folder && strings.HasPrefix(e.Name(), "."):
			if e.IsDir() {
				return fs.SkipDir
			}
		case e.Type()&fs.ModeSymlink != 0:
			if info, err := t.root.Stat(name); err == nil && info.Mode().IsRegular() {
				visit(name, true)
				break
			}
			found = append(found, linkFinding(name, "a symbolic link that leads to no file of the workspace"))
		case e.Type().IsRegular():
			visit(name, false)
		}
		return nil
	})
	return found, err
}

func linkFinding(name, text string) diag.Finding {
	return diag.Finding{Pos: diag.Pos{Path: name}, Code: "symbolic-link", Text: text, Hint: "put the file itself there"}
}

// articles reads and parses every article.
func (t *Tree) articles(ctx context.Context) ([]*markdown.Document, diag.List, error) {
	return t.articlesSeen(ctx, func(string, []byte) {})
}

// articlesSeen reads and parses every article, and calls seen with the path and the
// text of each, on all processors.
func (t *Tree) articlesSeen(ctx context.Context, seen func(name string, src []byte)) ([]*markdown.Document, diag.List, error) {
	var names []string
	if _, err := t.root.Stat(t.Config.Content); errors.Is(err, fs.ErrNotExist) {
		return nil, nil, fmt.Errorf("%s: there is no such folder; put the articles there", t.Config.Content)
	}
	var unnamed diag.List
	found, err := t.walk(t.Config.Content, func(name string, _ bool) {
		switch {
		case !strings.HasSuffix(name, ".md"):
		case !utf8.ValidString(name):
			// Its catalog could not say what it is the catalog of.
			unnamed = append(unnamed, diag.Finding{
				Pos: diag.Pos{Path: name}, Code: "file-name", Text: "the file's name is not UTF-8", Hint: "rename it",
			})
		default:
			names = append(names, name)
		}
	})
	if err != nil {
		return nil, nil, err
	}
	found = append(found, unnamed...)
	docs := make([]*markdown.Document, len(names))
	lists := make([]diag.List, len(names))
	err = t.readFiles(ctx, names, func(i int, src []byte) {
		docs[i], lists[i] = t.article(names[i], src)
		seen(names[i], src)
	})
	if err != nil {
		return nil, nil, err
	}
	found = append(found, slices.Concat(lists...)...)
	docs = slices.DeleteFunc(docs, func(d *markdown.Document) bool { return d == nil })
	return docs, slices.Concat(found, t.collisions(docs), policyFaults(docs)), nil
}

// article parses one article. It is nil if a finding is an Error.
func (t *Tree) article(name string, src []byte) (*markdown.Document, diag.List) {
	d, found := markdown.Parse(name, src, t.Config.Dialect)
	if d != nil {
		d.Path = strings.TrimPrefix(name, t.Config.Content+"/")
		d.Language = t.Config.Source
	}
	return d, found
}

// collisions are articles whose catalogs would be one file, on this system or on one
// that folds case or composes letters. Where their pages would be, edition tells.
func (t *Tree) collisions(docs []*markdown.Document) (found diag.List) {
	fold := cases.Fold()
	taken := map[string]string{}
	for _, d := range docs {
		name := path.Join(t.Config.Content, d.Path)
		stem := strings.TrimSuffix(d.Path, ".md")
		key := fold.String(norm.NFC.String(stem))
		other, ok := taken[key]
		if !ok {
			taken[key] = name
			continue
		}
		found = append(found, diag.Finding{
			Pos: diag.Pos{Path: name}, Code: "slug-collision",
			Text: fmt.Sprintf("the article has the same path as %s, %q, on some systems", other, stem), Hint: "rename one of them",
		})
	}
	return found
}

// targets are the languages to translate into that are asked for, all of them if
// none is.
func (t *Tree) targets(asked []locale.Tag) ([]locale.Tag, error) {
	if len(t.Config.Languages) == 0 {
		return nil, fmt.Errorf("there is no language to translate into; add [languages.ko], or another, to %s", ConfigName)
	}
	if slices.Contains(asked, t.Config.Source) {
		return nil, fmt.Errorf("%s is the language of the articles, which has no catalogs; name one to translate into", t.Config.Source)
	}
	return choose(t.Config.Targets(), asked)
}

// all are the languages to build that are asked for, the source's among them.
func (t *Tree) all(asked []locale.Tag) ([]locale.Tag, error) {
	return choose(append([]locale.Tag{t.Config.Source}, t.Config.Targets()...), asked)
}

// Knows reports a language that is neither the articles' nor one to translate into.
func (t *Tree) Knows(tags []locale.Tag) error {
	_, err := t.all(tags)
	return err
}

func choose(all, asked []locale.Tag) ([]locale.Tag, error) {
	for _, tag := range asked {
		if !slices.Contains(all, tag) {
			return nil, fmt.Errorf("language %s is not in %s; add [languages.%s]", tag, ConfigName, tag)
		}
	}
	return slices.DeleteFunc(all, func(tag locale.Tag) bool {
		return len(asked) > 0 && !slices.Contains(asked, tag)
	}), nil
}
