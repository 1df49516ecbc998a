package project

import (
	"errors"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"

	"dragoman/internal/edition"
	"dragoman/internal/edition/site"
	"dragoman/internal/locale"
)

// output is the folder of the editions. An edition is written beside the one that
// stands and takes its place when all of it is there.
type output struct {
	name  string // as the user knows it
	root  *os.Root
	stage string // the folder of what is being built; empty: nothing is
}

// openOutput opens the folder of the editions and makes it if need be: the
// workspace's own, or, by its path, any other.
func (t *Tree) openOutput(name string) (*output, error) {
	if name != "" {
		if err := os.MkdirAll(name, 0o777); err != nil {
			return nil, plainError("write", err)
		}
		root, err := os.OpenRoot(name)
		if err != nil {
			return nil, plainError("write", err)
		}
		return &output{name: name, root: root}, nil
	}
	if err := t.root.MkdirAll(t.Config.Output, 0o777); err != nil {
		return nil, plainError("write", err)
	}
	root, err := t.root.OpenRoot(t.Config.Output)
	if err != nil {
		return nil, plainError("write", err)
	}
	return &output{name: path.Join(slashed(t.dir), t.Config.Output), root: root}, nil
}

func slashed(dir string) string { return strings.ReplaceAll(dir, string(os.PathSeparator), "/") }

// Close lets go of the folder.
func (o *output) Close() error { return o.root.Close() }

// has reports whether an edition in the language stands there.
func (o *output) has(tag locale.Tag) bool {
	_, err := o.root.Stat(path.Join(tag.String(), "index.html"))
	return err == nil
}

const stageName = ".building"

// begin makes room for what is to be built, and clears away what a build that was
// interrupted left.
func (o *output) begin() error {
	if err := o.root.RemoveAll(stageName); err != nil {
		return plainError("write", err)
	}
	if err := o.root.Mkdir(stageName, 0o777); err != nil {
		return plainError("write", err)
	}
	o.stage = stageName
	return nil
}

// abandon removes what was not published.
func (o *output) abandon() { o.root.RemoveAll(stageName) }

// put writes a file of the editions being built.
func (o *output) put(name string, content []byte) error {
	name = path.Join(o.stage, name)
	if err := o.root.MkdirAll(path.Dir(name), 0o777); err != nil {
		return plainError("write", err)
	}
	return plainOrNil("write", o.root.WriteFile(name, content, 0o666))
}

func plainOrNil(verb string, err error) error {
	if err == nil {
		return nil
	}
	return plainError(verb, err)
}

// publish puts the built editions in the place of those that stand, and writes the
// page that leads to all of them. Formats that were not built stay.
func (o *output) publish(books []*edition.Book, formats []Format) error {
	if slices.Contains(formats, HTML) {
		if err := site.Root(books, o.put); err != nil {
			return err
		}
	}
	built, err := fs.ReadDir(o.root.FS(), o.stage)
	if err != nil {
		return plainError("write", err)
	}
	for _, e := range built {
		if e.IsDir() {
			if err := o.keep(e.Name(), formats); err != nil {
				return err
			}
		}
		if err := o.exchange(e.Name()); err != nil {
			return err
		}
	}
	return nil
}

// keep links the files of a standing edition whose format is not being built into
// the one that takes its place.
func (o *output) keep(folder string, formats []Format) error {
	err := fs.WalkDir(o.root.FS(), folder, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || slices.Contains(formats, formatOf(strings.TrimPrefix(name, folder+"/"))) {
			return err
		}
		to := path.Join(o.stage, name)
		if err := o.root.MkdirAll(path.Dir(to), 0o777); err != nil {
			return err
		}
		if err := o.root.Link(name, to); err != nil && !errors.Is(err, fs.ErrExist) {
			return err
		}
		return nil
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	return plainOrNil("write", err)
}

// formatOf tells a file's format from its name within an edition.
func formatOf(name string) Format {
	switch {
	case strings.HasPrefix(name, "markdown/"):
		return Markdown
	case !strings.Contains(name, "/") && path.Ext(name) == ".epub":
		return EPUB
	}
	return HTML
}

// exchange puts what was built where its forerunner stands.
func (o *output) exchange(name string) error {
	old := path.Join(o.stage, ".old-"+name)
	if err := o.root.Rename(name, old); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return plainError("write", err)
	}
	return plainOrNil("write", o.root.Rename(path.Join(o.stage, name), name))
}
