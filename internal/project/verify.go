package project

import (
	"bytes"
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

	"dragoman/internal/diag"
	"dragoman/internal/locale"
)

// VerifyOptions say which editions to verify.
type VerifyOptions struct {
	Now       time.Time
	AsOf      time.Time // the day that they were built for; zero: the newest date in articles and decisions
	Directory string    // their folder, relative to where the program runs
}

// Verification tells how published editions differ from what the workspace gives. The
// lists are names of files below the folder, in order.
type Verification struct {
	Languages []locale.Tag
	Checked   int // files that stand or should
	Differing []string
	Missing   []string // that the workspace gives
	Extra     []string // that the workspace does not give
	Findings  diag.List
}

// Good reports whether the editions are what the workspace gives, byte for byte.
func (v *Verification) Good() bool {
	return len(v.Differing)+len(v.Missing)+len(v.Extra) == 0
}

// Verify builds the editions that stand in a folder anew, apart from it, in the
// languages and formats that they have, and compares. It writes nothing in the
// workspace and in the folder.
func (t *Tree) Verify(ctx context.Context, o VerifyOptions) (*Verification, error) {
	standing, err := openEditions(o.Directory)
	if err != nil {
		return nil, err
	}
	defer standing.Close()
	v := &Verification{}
	runs := t.runs(standing, v)
	if len(runs) == 0 {
		return nil, fmt.Errorf("%s: no edition stands there in a language of %s", slashed(o.Directory), ConfigName)
	}
	apart, err := os.MkdirTemp("", "dragoman-verify-")
	if err != nil {
		return nil, plainError("make a folder", err)
	}
	defer os.RemoveAll(apart)
	// Pages lead to what stands, so that with several runs the first ones are done once
	// more when all stand.
	if len(runs) > 1 {
		runs = append(runs, runs...)
	}
	for _, run := range runs {
		run.Now, run.AsOf, run.Output, run.forget = o.Now, o.AsOf, filepath.Join(apart, "editions"), true
		b, err := t.Build(ctx, run)
		if err != nil {
			return nil, err
		}
		v.Findings = unique(append(v.Findings, b.Findings...))
	}
	built, err := os.OpenRoot(filepath.Join(apart, "editions"))
	if err != nil {
		return nil, plainError("read", err)
	}
	defer built.Close()
	return v, v.compare(built, standing)
}

// openEditions opens a folder in which Dragoman built editions.
func openEditions(dir string) (*os.Root, error) {
	root, err := os.OpenRoot(dir)
	if err != nil {
		return nil, plainError("read", err)
	}
	if _, err := root.Stat(markName); err != nil {
		root.Close()
		return nil, fmt.Errorf("%s: Dragoman built no editions there; name the folder that dragoman build wrote", slashed(dir))
	}
	return root, nil
}

// runs are the builds that make the editions that stand: one for the languages that
// have the same formats.
func (t *Tree) runs(standing *os.Root, v *Verification) (runs []BuildOptions) {
	for _, tag := range append([]locale.Tag{t.Config.Source}, t.Config.Targets()...) {
		formats := formatsIn(standing, tag.String())
		if len(formats) == 0 {
			continue
		}
		v.Languages = append(v.Languages, tag)
		i := slices.IndexFunc(runs, func(o BuildOptions) bool { return slices.Equal(o.Formats, formats) })
		if i < 0 {
			i = len(runs)
			runs = append(runs, BuildOptions{Formats: formats})
		}
		runs[i].Languages = append(runs[i].Languages, tag)
	}
	return runs
}

// formatsIn are the formats of an edition that stands.
func formatsIn(root *os.Root, folder string) (formats []Format) {
	if _, err := root.Stat(path.Join(folder, markName)); err != nil {
		return nil
	}
	for _, f := range []struct {
		format  Format
		pattern string
	}{{HTML, pageName}, {EPUB, "*.epub"}, {Single, path.Join(singleFolder, "*.html")}, {Markdown, "markdown/*"}} {
		found, _ := fs.Glob(root.FS(), path.Join(folder, f.pattern)) // the pattern is well formed
		if slices.ContainsFunc(found, func(name string) bool { return formatOf(strings.TrimPrefix(name, folder+"/")) == f.format }) {
			formats = append(formats, f.format)
		}
	}
	return formats
}

// compare compares what was built with what stands, file by file.
func (v *Verification) compare(built, standing *os.Root) error {
	want, err := regular(built)
	if err != nil {
		return err
	}
	is, err := regular(standing)
	if err != nil {
		return err
	}
	names := slices.Concat(want, is)
	slices.Sort(names)
	names = slices.Compact(names)
	v.Checked = len(names)
	theirs, ours := place{root: standing}, place{root: built}
	defer theirs.leave()
	defer ours.leave()
	for _, name := range names {
		_, wanted := slices.BinarySearch(want, name)
		_, stands := slices.BinarySearch(is, name)
		switch {
		case !stands:
			v.Missing = append(v.Missing, name)
		case !wanted:
			v.Extra = append(v.Extra, name)
		default:
			a, err := theirs.read(name)
			b, e := ours.read(name)
			if err := errors.Join(err, e); err != nil {
				return fmt.Errorf("read %s: %w", name, err)
			}
			if !bytes.Equal(a, b) {
				v.Differing = append(v.Differing, name)
			}
		}
	}
	return nil
}

// regular are the names of all that is no folder below a root, in order, less what a
// run at work leaves there for a while. A link to a file is not followed.
func regular(root *os.Root) (names []string, err error) {
	err = fs.WalkDir(root.FS(), ".", func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return fmt.Errorf("read %s: %w", name, cause(err))
		case name == lockName:
		case e.IsDir() && strings.HasPrefix(name, stageName):
			return fs.SkipDir
		case !e.IsDir():
			names = append(names, name)
		}
		return nil
	})
	slices.Sort(names)
	return names, err
}
