//go:build ignore

// Command workload makes articles to measure with, of those below some folders:
//
//	go run .ci/workload.go DIR PAGES BYTES FOLDER…
//	go run .ci/workload.go fill LOCALES
//
// writes PAGES articles of about BYTES bytes each to DIR, 50 a folder, of pieces of the
// Markdown below the folders, one after another and, when all are used, again with
// other words. Links lead from page to page; images and raw HTML are left out, for
// generators differ in what they make of them. The same folders give the same articles.
//
// fill translates all messages of the catalogs below LOCALES: into their sources and
// an asterisk.
package main

import (
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"

	"dragoman/internal/catalog/po"
)

func main() {
	if len(os.Args) == 3 && os.Args[1] == "fill" {
		if err := fill(os.Args[2]); err != nil {
			fail(err)
		}
		return
	}
	if len(os.Args) < 5 {
		fail(fmt.Errorf("usage: workload DIR PAGES BYTES FOLDER…"))
	}
	pages, err := strconv.Atoi(os.Args[2])
	if err != nil {
		fail(err)
	}
	size, err := strconv.Atoi(os.Args[3])
	if err != nil {
		fail(err)
	}
	blocks, err := read(os.Args[4:])
	if err != nil {
		fail(err)
	}
	if len(blocks) == 0 {
		fail(fmt.Errorf("there are no articles in %s", strings.Join(os.Args[4:], ", ")))
	}
	w := writer{dir: os.Args[1], pages: pages, blocks: blocks}
	for n := range pages {
		if err := w.page(n, size); err != nil {
			fail(err)
		}
	}
}

// read is the text of all articles, block by block.
func read(folders []string) (blocks []string, err error) {
	for _, folder := range folders {
		err := filepath.WalkDir(folder, func(name string, e fs.DirEntry, err error) error {
			if err != nil || e.IsDir() || filepath.Ext(name) != ".md" {
				return err
			}
			text, err := os.ReadFile(name)
			blocks = append(blocks, split(string(text))...)
			return err
		})
		if err != nil {
			return nil, err
		}
	}
	return blocks, nil
}

var (
	link  = regexp.MustCompile(`\]\([^()\s]*( "[^"]*")?\)`)
	odd   = regexp.MustCompile(`^\s*<|^\s*\[[^\]]*\]:|\{\{|\{/\*|^\s*\{%|^:::|^\s*!!!|\[\^`)
	fence = regexp.MustCompile("^\\s*(```+|~~~+)")
)

// split cuts an article at the blank lines that are outside code, and leaves out its
// front matter and what is no plain Markdown.
func split(text string) (blocks []string) {
	if rest, ok := strings.CutPrefix(text, "---\n"); ok {
		if _, body, ok := strings.Cut(rest, "\n---\n"); ok {
			text = body
		}
	}
	var block []string
	flush := func() {
		if len(block) > 0 {
			blocks = append(blocks, strings.Join(block, "\n"))
			block = nil
		}
	}
	open := ""
	for _, line := range strings.Split(text, "\n") {
		mark := fence.FindString(line)
		switch {
		case open != "":
			block = append(block, line)
			if mark != "" && strings.HasPrefix(strings.TrimSpace(line), open) {
				open = ""
			}
		case mark != "":
			open = strings.TrimSpace(mark)
			name, _, _ := strings.Cut(strings.TrimSpace(line), " ") // no attributes
			block = append(block, strings.TrimRight(strings.SplitN(name, ",", 2)[0], "{"))
		case odd.MatchString(line):
		case strings.TrimSpace(line) == "":
			flush()
		default:
			block = append(block, line)
		}
	}
	if open != "" {
		block = append(block, open)
	}
	flush()
	return blocks
}

type writer struct {
	dir    string
	pages  int
	blocks []string
	next   int // block
	round  int
}

// page writes the page of a number.
func (w *writer) page(n, size int) error {
	var b strings.Builder
	fmt.Fprintf(&b, "---\ntitle: Page %d of the collection\ndescription: What page %d is about\ndate: 2025-%02d-%02d\n---\n", n, n, n%12+1, n%28+1)
	for b.Len() < size {
		b.WriteString("\n" + w.block(n) + "\n")
	}
	name := filepath.Join(w.dir, at(n))
	if err := os.MkdirAll(filepath.Dir(name), 0o777); err != nil {
		return err
	}
	return os.WriteFile(name, []byte(b.String()), 0o666)
}

// at is where a page lies.
func at(n int) string { return fmt.Sprintf("part-%02d/page-%04d.md", n/50, n) }

// block is the next block, with links to pages near the one of the number.
func (w *writer) block(n int) string {
	text := w.blocks[w.next]
	if w.next++; w.next == len(w.blocks) {
		w.next = 0
		w.round++
	}
	if fence.MatchString(text) {
		return text
	}
	if w.round > 0 {
		text = strings.ReplaceAll(text, " the ", fmt.Sprintf(" the %s ", strings.Repeat("other ", w.round)))
	}
	to := n
	return link.ReplaceAllStringFunc(strings.ReplaceAll(text, "![", "["), func(string) string {
		to = (to + 7) % w.pages
		return "](../" + at(to) + ")"
	})
}

// fill translates the messages of all catalogs: into their sources and an asterisk.
func fill(dir string) error {
	return filepath.WalkDir(dir, func(name string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Ext(name) != ".po" {
			return err
		}
		text, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		f, found := po.Parse(name, text)
		if err := found.Err(); err != nil {
			return err
		}
		for _, m := range f.Messages {
			m.Target = strings.TrimRight(m.Source, "\n") + " *"
		}
		return os.WriteFile(name, po.Format(f), 0o666)
	})
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, "workload:", err)
	os.Exit(1)
}
