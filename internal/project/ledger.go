package project

import (
	"crypto/sha256"
	"io"
	"maps"
	"path"
	"slices"
	"strings"
	"time"

	"dragoman/internal/coverage"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/report"
)

// ledger is what counting leaves behind, so that the next time only what changed is
// read and counted: of the articles, and of each language, a page. It holds nothing that
// depends on the day, but the days that ages are counted from. It is bound to the place
// where it was made, to the program and to the configuration; one that is damaged says
// nothing.
//
//	.dragoman/status.record
type ledger struct {
	began   int64 // of the run that wrote it, as in a record
	home    uint64
	program program
	config  sum
	pages   map[string]written // by language; that of the articles has no name
}

// written is a page as it is written.
type written struct {
	began int64 // by the clock of the file system, before anything was read
	text  string
	files []file // all that it holds or falls with; not written
}

// page is what is known of a language.
type page struct {
	began  int64
	merged bool       // what is known holds together or not at all
	day    string     // of the run, if it was merged, which dates what it finds
	files  []file     // what it was read from, by name from the workspace, in order
	newest time.Time  // of the decisions
	found  diag.List  // in the decisions and, merged, in all
	lines  []pageLine // by catalog, in order
}

// pageLine is what is known of a catalog, which may be one of no article.
type pageLine struct {
	catalog   string          // its path, whether it is there or not
	article   sum             // of the article's text
	sheet     *coverage.Sheet // nil: it does not count
	behind    bool
	questions []report.Question
	found     diag.List
}

const ledgerMagic = "dragoman status 1\n"

var ledgerPath = path.Join(stateName, "status.record")

// ledger reads the ledger. It is an empty one if there is none that holds; nil where
// none can be kept.
func (t *Tree) ledger() *ledger {
	home, ok := inodeOf(t.root)
	if !ok {
		return nil
	}
	l := &ledger{}
	if text, _, ok := t.unsealed(ledgerPath, ledgerMagic); ok {
		l = ledgerFrom(text)
		known := l.program.sum
		if l.program, ok = l.running(); !ok || l.home != home || l.config != t.sum || l.program.sum != known {
			l.pages = nil
		}
	}
	l.home, l.config = home, t.sum
	return l
}

func (l *ledger) running() (program, bool) {
	return running(&record{program: l.program, began: l.began})
}

// encode writes the ledger. Its last bytes are the SHA-256 of all before.
func (l *ledger) encode(w io.Writer) error {
	e := encoder{out: []byte(ledgerMagic)}
	e.number(uint64(l.began))
	e.number(l.home)
	e.text(l.program.name)
	e.stamp(l.program.stamp)
	e.sum(l.program.sum)
	e.sum(l.config)
	e.number(uint64(len(l.pages)))
	h := sha256.New()
	all := io.MultiWriter(w, h)
	for _, name := range slices.Sorted(maps.Keys(l.pages)) {
		p := l.pages[name]
		e.text(name)
		e.number(uint64(p.began))
		e.number(uint64(len(p.text)))
		if _, err := all.Write(e.out); err != nil {
			return err
		}
		if _, err := io.WriteString(all, p.text); err != nil {
			return err
		}
		e.out = e.out[:0]
	}
	_, err := w.Write(h.Sum(e.out))
	return err
}

func ledgerFrom(text string) *ledger {
	d := decoder{left: text}
	l := &ledger{began: int64(d.number()), home: d.number(), program: program{d.text(), d.stamp(), d.sum()}, config: d.sum()}
	l.pages = map[string]written{}
	for range d.count() {
		name := d.text()
		l.pages[name] = written{began: int64(d.number()), text: d.text()}
	}
	if d.bad || d.left != "" {
		return &ledger{}
	}
	return l
}

// page is what is known of a language; nil if nothing is.
func (l *ledger) page(tag locale.Tag) *page {
	if l == nil || l.pages[tag.String()].text == "" {
		return nil
	}
	return pageFrom(l.pages[tag.String()], tag)
}

func (p *page) encode() string {
	e := encoder{}
	e.truth(p.merged)
	e.text(p.day)
	e.files(p.files)
	e.time(p.newest)
	e.findings(p.found)
	e.number(uint64(len(p.lines)))
	for _, l := range p.lines {
		e.text(l.catalog)
		e.sum(l.article)
		e.truth(l.sheet != nil)
		if l.sheet != nil {
			e.sheet(l.sheet, l.catalog)
		}
		e.truth(l.behind)
		e.number(uint64(len(l.questions)))
		for _, q := range l.questions {
			e.text(q.Article)
			e.key(q.Key)
			e.text(q.Text)
			e.pos(q.Pos, l.catalog)
		}
		e.findings(l.found)
	}
	return string(e.out)
}

func pageFrom(w written, tag locale.Tag) *page {
	d := decoder{left: w.text}
	p := &page{began: w.began, merged: d.truth(), day: d.text(), files: d.files(), newest: d.time(), found: d.findings()}
	p.lines = make([]pageLine, d.count())
	for i := range p.lines {
		l := &p.lines[i]
		l.catalog, l.article = d.text(), d.sum()
		if d.truth() {
			l.sheet = d.sheet(l.catalog)
		}
		l.behind = d.truth()
		for range d.count() {
			l.questions = append(l.questions, report.Question{
				Article: d.text(), Language: tag, Key: d.key(), Text: d.text(), Pos: d.pos(l.catalog),
			})
		}
		l.found = d.findings()
	}
	if d.bad || d.left != "" {
		return nil
	}
	return p
}

// line is what is known of a catalog.
func (p *page) line(catalog string) *pageLine {
	i, ok := slices.BinarySearchFunc(p.lines, catalog, func(l pageLine, name string) int { return strings.Compare(l.catalog, name) })
	if !ok {
		return nil
	}
	return &p.lines[i]
}

// record is the files of the page, as a survey asks for them.
func (p *page) record() *record {
	if p == nil {
		return nil
	}
	return &record{began: p.began, inputs: p.files}
}

// fresh reports whether files are those of the page, and will be known by their stamps
// the next time.
func (p *page) fresh(files []file) bool {
	return slices.Equal(p.files, files) && !slices.ContainsFunc(files, func(f file) bool { return !f.before(p.began) })
}

func (p *page) sort() {
	slices.SortFunc(p.lines, func(a, b pageLine) int { return strings.Compare(a.catalog, b.catalog) })
}

// sumIn is the digest of a file, zero if it is not in the list, which is in order.
func sumIn(files []file, name string) sum {
	f, _ := finder(files)(name)
	return f.sum
}

// keep writes the ledger with new pages in the place of those that it had. One that
// cannot be written is missed by nobody but the next run, which takes longer.
func (l *ledger) keep(t *Tree, start time.Time, pages map[string]written) {
	var ok bool
	if l.program, ok = l.running(); !ok {
		return
	}
	d := t.draft(ledgerPath)
	if d == nil {
		return
	}
	l.began = d.began(start)
	all := map[string]written{}
	for _, name := range l.names(t) {
		if p, ok := pages[name]; ok {
			p.began = l.began
			all[name] = p
		} else if p, ok := l.pages[name]; ok {
			all[name] = p
		}
	}
	l.pages = all
	d.keep(l.encode)
}

// names are those of the pages that there may be.
func (l *ledger) names(t *Tree) []string {
	names := []string{""}
	for _, tag := range t.Config.Targets() {
		names = append(names, tag.String())
	}
	return names
}
