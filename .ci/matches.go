//go:build ignore

// Command matches counts how many of msgmerge's fuzzy matches we have too, and ours:
//
//	go run .ci/matches.go MERGED LOCALES
//
// MERGED is what msgmerge made of one catalog and one template; LOCALES is the folder
// of our catalogs for the same.
package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/po"
	"dragoman/internal/prose"
)

const alike = 0.75

func main() {
	if len(os.Args) != 3 {
		fail(fmt.Errorf("usage: matches MERGED LOCALES"))
	}
	theirs, err := load(os.Args[1])
	if err != nil {
		fail(err)
	}
	ours, err := catalogs(os.Args[2])
	if err != nil {
		fail(err)
	}
	compare(theirs, ours)
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "matches:", err)
	os.Exit(2)
}

func load(name string) (*catalog.File, error) {
	src, err := os.ReadFile(name)
	if err != nil {
		return nil, err
	}
	f, found := po.Parse(name, src)
	return f, found.Err()
}

// catalogs are those of the articles; what no article holds lies in a file with a dot.
func catalogs(folder string) (files []*catalog.File, err error) {
	err = filepath.WalkDir(folder, func(name string, e fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(name, ".po") || strings.HasPrefix(e.Name(), ".") {
			return err
		}
		f, err := load(name)
		files = append(files, f)
		return err
	})
	return files, err
}

// tally counts fuzzy matches.
type tally struct{ all, alike, below int }

// match counts a message that holds the translation of another text.
func (t *tally) match(m *catalog.Message) bool {
	if m.Obsolete || !m.Fuzzy || m.Previous.Source == "" {
		return false
	}
	t.all++
	if prose.Similarity(m.Source, m.Previous.Source) < alike {
		t.below++
		return false
	}
	t.alike++
	return true
}

func compare(theirs *catalog.File, ours []*catalog.File) {
	held := map[string]bool{}
	var placed, offered, merged tally
	for _, f := range ours {
		for _, m := range f.Messages {
			held[m.Source] = held[m.Source] || !m.Obsolete && m.HasTarget()
			if slices.ContainsFunc(m.Notes, func(n string) bool { return strings.HasPrefix(n, note) }) {
				offered.match(m)
			} else {
				placed.match(m)
			}
		}
	}
	have := 0
	for _, m := range theirs.Messages {
		if !merged.match(m) {
			continue
		}
		if held[m.Source] {
			have++
		} else {
			fmt.Printf("  we have none for %q\n    theirs is of %q\n", m.Source, m.Previous.Source)
		}
	}
	fmt.Printf("msgmerge   %d fuzzy, %d of them below %.2f; of the other %d we have %d, %.1f %%\n",
		merged.all, merged.below, alike, merged.alike, have, 100*float64(have)/float64(max(merged.alike, 1)))
	fmt.Printf("dragoman   by place %d, %d of them below; from the memory %d, %d of them below\n",
		placed.all, placed.below, offered.all, offered.below)
	if offered.below > 0 {
		os.Exit(1)
	}
}

// note begins what a catalog says of an offer.
const note = "offered by the memory: "
