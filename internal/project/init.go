package project

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dragoman/internal/locale"

	"github.com/BurntSushi/toml"
)

// InitOptions say what workspace to make.
type InitOptions struct {
	Title     string // of the collection; empty: the folder's name
	Source    locale.Tag
	Languages []locale.Tag
	Git       bool // make git merge the catalogs by message
	DryRun    bool // write nothing
}

// Init makes a workspace of a folder, which it creates if need be, and names the
// files that it wrote. Files that are there already stay as they are; a folder that
// is a workspace already is an error, unless git is to be set up for it.
func Init(dir string, o InitOptions) (written []string, err error) {
	full, err := filepath.Abs(dir)
	if err != nil {
		return nil, err
	}
	if o.Git && !inGit(full) {
		return nil, fmt.Errorf("%s is in no git repository; make one with git init, then run this again", slashed(dir))
	}
	if _, err := os.Lstat(filepath.Join(full, ConfigName)); err != nil {
		written, err = o.scaffold(full)
		switch {
		case err != nil || !o.Git:
			return written, err
		case o.DryRun:
			return append(written, attributesName), nil
		}
	} else if !o.Git {
		return nil, fmt.Errorf("%s: there is a workspace already; edit its %s", dir, ConfigName)
	}
	git, err := setUpGit(full, o.DryRun)
	return append(written, git...), err
}

// scaffold makes the files of a workspace.
func (o InitOptions) scaffold(full string) (written []string, err error) {
	if o.Title == "" {
		o.Title = filepath.Base(full)
	}
	config := o.config()
	if _, found := readConfig([]byte(config)); found.HasErrors() {
		return nil, errors.New(found[0].Text)
	}
	files := map[string]string{ConfigName: config, ".gitignore": "/editions/\n"}
	if _, err := os.Lstat(filepath.Join(full, "content")); errors.Is(err, fs.ErrNotExist) {
		files["content/welcome.md"] = welcome
	}
	for _, name := range []string{ConfigName, ".gitignore", "content/welcome.md"} {
		if _, err := os.Lstat(filepath.Join(full, filepath.FromSlash(name))); err != nil && files[name] != "" {
			written = append(written, name)
		}
	}
	if o.DryRun {
		return written, nil
	}
	// The configuration comes last: with it the folder is a workspace.
	for _, name := range slices.Backward(written) {
		at := filepath.Join(full, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(at), 0o777); err != nil {
			return nil, plainError("write", err)
		}
		if err := os.WriteFile(at, []byte(files[name]), 0o666); err != nil {
			return nil, plainError("write", err)
		}
	}
	return written, nil
}

// config is dragoman.toml for a new workspace.
func (o InitOptions) config() string {
	var b strings.Builder
	head, err := toml.Marshal(struct {
		Title  string `toml:"title"`
		Source string `toml:"source"`
	}{o.Title, o.Source.String()})
	if err != nil {
		panic(err) // two strings are always TOML
	}
	b.Write(head)
	b.WriteString("# base_url = \"https://example.org/\"\n\n")
	b.WriteString("[policy]\nuntranslated = \"source\"  # or omit the article, or fail the build\n")
	b.WriteString("stale = \"show\"           # or show the source instead, omit, fail\n")
	for _, tag := range o.Languages {
		fmt.Fprintf(&b, "\n[languages.%s]\n# title = \"\"  # of the collection, in %s\n", tag, locale.Autonym(tag))
	}
	return b.String()
}

const welcome = `---
title: Welcome
description: The first article of this collection.
---

This is an article. Each of its paragraphs, headings, list items and table cells is
a *segment* that translators find in their catalogs.

## What to do next

1. Put your own articles beside this one, in ` + "`content/`" + `.
2. Run ` + "`dragoman extract`" + ` to write the catalogs in ` + "`locales/`" + `.
3. Translate them in any PO editor.
4. Run ` + "`dragoman build`" + ` and open ` + "`editions/index.html`" + `.
`
