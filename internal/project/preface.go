package project

import (
	"context"
	"crypto/sha256"
	"encoding/json"
	"path"
	"strings"
	"sync"

	"dragoman/internal/diag"
	"dragoman/internal/markdown"
)

// preface is what a ledger knows of the articles: what is counted of them without their
// texts. It holds if all of them are as they were.
type preface struct {
	files []file               // in order
	docs  []*markdown.Document // as they are read, without their texts
	found diag.List
}

func (p *preface) encode() (string, error) {
	e := encoder{}
	e.files(p.files)
	e.number(uint64(len(p.docs)))
	for _, d := range p.docs {
		meta, err := json.Marshal(d.Meta)
		if err != nil {
			return "", err
		}
		e.text(d.Path)
		e.text(string(meta))
	}
	e.findings(p.found)
	return string(e.out), nil
}

// prefaceFrom reads what encode wrote; nil if it is something else.
func prefaceFrom(text string) *preface {
	d := decoder{left: text}
	p := &preface{files: d.files()}
	p.docs = make([]*markdown.Document, d.count())
	for i := range p.docs {
		p.docs[i] = &markdown.Document{Path: d.text()}
		if json.Unmarshal([]byte(d.text()), &p.docs[i].Meta) != nil {
			return nil
		}
	}
	p.found = d.findings()
	if d.bad || d.left != "" {
		return nil
	}
	return p
}

// readArticles finds out what is counted of the articles: as it is known, else from
// their texts.
func (c *counting) readArticles(ctx context.Context) (diag.List, error) {
	files := c.articleFiles()
	known, fresh := c.recalledArticles(ctx, files)
	if known == nil {
		return c.parseArticles(ctx, files)
	}
	c.docs = known.docs
	for _, f := range known.files {
		c.sums[f.name] = f.sum
	}
	if !fresh {
		c.learnArticles(known)
	}
	c.texts = sync.OnceValues(func() (*texts, error) {
		docs, _, err := c.articlesSeen(ctx, func(name string, src []byte) {
			if sha256.Sum256(src) != c.sums[name] {
				c.changing.Store(true)
			}
		})
		if err == nil && (c.changing.Load() || len(docs) != len(c.docs)) {
			err = errChanging
		}
		if err != nil {
			return nil, err
		}
		return c.textsOf(docs), nil
	})
	return known.found, nil
}

// articleFiles are the articles in the workspace's list; nil if there is no list, or one
// that holds what is no regular file.
func (c *counting) articleFiles() (files []file) {
	if _, ok := finder(c.files)(c.Config.Content); ok {
		return nil
	}
	for _, f := range below(c.files, c.Config.Content) {
		if f.stamp == (stamp{}) {
			return nil
		}
		if path.Ext(f.name) == ".md" && !strings.Contains(f.name[len(c.Config.Content):], "/.") {
			files = append(files, f)
		}
	}
	return files
}

// recalledArticles is what is known of the articles, if it holds, with the files as they
// are now, and whether the ledger need not be told. It is nil if it does not hold.
func (c *counting) recalledArticles(ctx context.Context, files []file) (known *preface, fresh bool) {
	if c.ledger == nil || c.ledger.pages[""].text == "" || len(files) == 0 {
		return nil, false
	}
	if known = prefaceFrom(c.ledger.pages[""].text); known == nil {
		return nil, false
	}
	was := &page{began: c.ledger.pages[""].began, files: known.files}
	if c.survey(ctx, files, was.record()) != nil || !same(files, known.files) {
		return nil, false // whoever reads the file for its text tells what is the matter
	}
	known.files = files
	return known, was.fresh(files)
}

// parseArticles reads the articles' texts.
func (c *counting) parseArticles(ctx context.Context, files []file) (diag.List, error) {
	var lock sync.Mutex
	docs, found, err := c.articlesSeen(ctx, func(name string, src []byte) {
		digest := sha256.Sum256(src)
		lock.Lock()
		defer lock.Unlock()
		c.sums[name] = digest
	})
	if err != nil {
		return nil, err
	}
	x := c.textsOf(docs)
	c.texts = func() (*texts, error) { return x, nil }
	for _, d := range docs {
		c.docs = append(c.docs, &markdown.Document{Path: d.Path, Meta: d.Meta})
	}
	for i, f := range files {
		files[i].sum = c.sums[f.name]
	}
	if len(files) > 0 && len(files) == len(c.sums) && len(files) == len(docs) {
		c.learnArticles(&preface{files, c.docs, found})
	}
	return found, nil
}

func (c *counting) learnArticles(p *preface) {
	if text, err := p.encode(); err == nil {
		c.learn("", written{text: text})
	}
}
