//go:build ignore

// Command scale makes a large workspace of a folder of articles, to measure on:
//
//	go run .ci/scale.go CORPUS DIR ARTICLES LANGUAGES
//
// The articles have some 250 words each, of the corpus as often as need be, no two
// passages alike. Of the messages one in twenty is untranslated, one in twenty stale,
// one in forty a draft; the rest is translated or approved, into words that nobody
// can read but that are as long as Korean ones.
package main

import (
	"bytes"
	"context"
	"fmt"
	"io/fs"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
	"unicode"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/po"
	"dragoman/internal/project"
	"dragoman/internal/review"
)

var day = time.Date(2026, 11, 20, 0, 0, 0, 0, time.UTC)

func main() {
	log.SetFlags(0)
	if len(os.Args) != 5 {
		log.Fatal("usage: scale CORPUS DIR ARTICLES LANGUAGES")
	}
	articles, languages := number(os.Args[3]), number(os.Args[4])
	dir := os.Args[2]
	check(os.MkdirAll(dir, 0o777))
	var config strings.Builder
	config.WriteString("title = \"Scale\"\n")
	names := strings.Fields("ko zh-Hans zh-Hant ja de fr es pt it nl pl cs ru uk tr vi id sv fi hu da nb el ro bg hr sk sl et lv lt ca gl eu ga is mk sq sr bs")
	for _, name := range names[:languages] {
		fmt.Fprintf(&config, "[languages.%s]\n", name)
	}
	check(os.WriteFile(filepath.Join(dir, "dragoman.toml"), []byte(config.String()), 0o666))
	words := write(passages(os.Args[1]), filepath.Join(dir, "content"), articles)
	tree, err := project.Open(dir)
	check(err)
	_, err = tree.Extract(context.Background(), project.ExtractOptions{Now: day})
	check(err)
	for _, name := range names[:languages] {
		fill(filepath.Join(dir, "locales", name))
	}
	fmt.Printf("%d articles, %d languages, some %d words in all catalogs\n", articles, languages, words*languages)
}

func number(text string) int {
	n, err := strconv.Atoi(text)
	check(err)
	return n
}

func check(err error) {
	if err != nil {
		log.Fatal(err)
	}
}

// passages are the paragraphs, headings and lists of all articles, code left out.
func passages(dir string) (list []string) {
	check(filepath.WalkDir(dir, func(at string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Ext(at) != ".md" {
			return err
		}
		text, err := os.ReadFile(at)
		check(err)
		for _, block := range strings.Split(string(text), "\n\n") {
			if !strings.ContainsAny(block, "`<{|~") && !strings.HasPrefix(block, " ") && !strings.Contains(block, "---") &&
				!strings.Contains(block, "]:") && len(strings.Fields(block)) > 3 {
				list = append(list, strings.TrimSpace(block))
			}
		}
		return nil
	}))
	if len(list) == 0 {
		log.Fatalf("%s has no passages", dir)
	}
	return list
}

// write writes the articles, and tells how many words they have.
func write(list []string, dir string, articles int) (words int) {
	at := 0
	for i := range articles {
		var b strings.Builder
		fmt.Fprintf(&b, "---\ntitle: Article number %d\n---\n\n", i)
		for n := 0; n < 250; at++ {
			block := list[at%len(list)]
			if round := at / len(list); round > 0 {
				block += fmt.Sprintf(" Round %d.", round)
			}
			b.WriteString(block + "\n\n")
			n += len(strings.Fields(block))
			words += len(strings.Fields(block))
		}
		name := filepath.Join(dir, fmt.Sprintf("part-%02d", i%40), fmt.Sprintf("article-%04d.md", i))
		check(os.MkdirAll(filepath.Dir(name), 0o777))
		check(os.WriteFile(name, []byte(b.String()), 0o666))
	}
	return words
}

// fill translates the catalogs of a language.
func fill(dir string) {
	name := filepath.Join(dir, "decisions.tsv")
	src, _ := os.ReadFile(name)
	decisions, _ := review.Parse(name, src)
	n := 0
	check(filepath.WalkDir(dir, func(at string, e fs.DirEntry, err error) error {
		if err != nil || e.IsDir() || filepath.Ext(at) != ".po" {
			return err
		}
		src, err := os.ReadFile(at)
		check(err)
		f, found := po.Parse(at, src)
		check(found.Err())
		for _, m := range f.Messages {
			n++
			translate(m, n, decisions)
		}
		return os.WriteFile(at, po.Format(f), 0o666)
	}))
	check(os.WriteFile(name, bytes.Clone(decisions.Format()), 0o666))
}

func translate(m *catalog.Message, n int, d *review.Decisions) {
	if n%20 == 0 || m.Obsolete {
		return
	}
	m.Target = murmur(m.Source)
	switch {
	case n%40 == 1:
		m.Fuzzy = true
		d.Append(review.Decision{Key: review.PairKey(m), Kind: review.DraftPrefix + "memory", By: review.Nobody, Date: day, Note: fmt.Sprintf("match %d", 75+n%25)})
	case n%20 == 11:
		m.Fuzzy, m.Previous.Source = true, m.Source+" It was longer."
		d.Append(review.Decision{Key: review.SourceKey(m), Kind: review.StalePrefix + "prose", By: review.Nobody, Date: day.AddDate(0, 0, -n%50), Note: "3 words"})
	case n%10 == 3:
		d.Append(review.Decision{Key: review.PairKey(m), Kind: review.ApprovedKind, By: "magpie", Date: day})
	}
}

// murmur puts a syllable in place of each two letters outside of links' destinations.
func murmur(text string) string {
	var b strings.Builder
	run, link := 0, 0
	for i, r := range text {
		switch {
		case r == '(' && i > 0 && text[i-1] == ']':
			link++
			b.WriteRune(r)
		case link > 0:
			if r == ')' {
				link--
			}
			b.WriteRune(r)
		case unicode.IsLetter(r):
			if run++; run%2 == 1 {
				b.WriteRune(0xac00 + (r*127+rune(run))%11172)
			}
		default:
			run = 0
			b.WriteRune(r)
		}
	}
	return b.String()
}
