package project

import (
	"encoding/binary"
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/coverage"
	"dragoman/internal/diag"
)

// What a page of a ledger is made of, as an encoder writes it and a decoder reads it. A
// place in the catalog that all is about is written without the catalog's name.

func (e *encoder) truth(is bool) {
	n := uint64(0)
	if is {
		n = 1
	}
	e.number(n)
}

func (e *encoder) time(t time.Time) { e.out = binary.AppendVarint(e.out, t.Unix()) }

func (e *encoder) key(k catalog.Key) {
	e.text(k.Context)
	e.text(k.Source)
}

func (e *encoder) pos(p diag.Pos, here string) {
	if p.Path == here {
		p.Path = ""
	}
	e.text(p.Path)
	e.number(uint64(p.Line))
	e.number(uint64(p.Column))
}

func (e *encoder) findings(list diag.List) {
	e.number(uint64(len(list)))
	for _, f := range list {
		e.pos(f.Pos, "")
		e.text(f.Code)
		e.number(uint64(f.Severity))
		e.text(f.Text)
		e.text(f.Hint)
		e.key(f.Key)
		e.pos(f.Article, "")
	}
}

func (e *encoder) tally(t coverage.Tally) {
	for _, n := range []int{t.Messages, t.Words, t.Characters, t.Eojeol} {
		e.number(uint64(n))
	}
}

func (e *encoder) sheet(s *coverage.Sheet, here string) {
	e.truth(s.Catalog != "")
	e.tally(s.Translated)
	e.tally(s.Approved)
	e.number(uint64(len(s.Open)))
	for i := range s.Open {
		o := &s.Open[i]
		e.key(o.Key)
		e.pos(o.Pos, here)
		e.number(uint64(o.State))
		e.text(o.Previous)
		e.number(uint64(len(o.Target)))
		for _, form := range o.Target {
			e.text(form)
		}
		e.text(o.Class)
		e.text(o.What)
		e.time(o.Since)
		e.tally(o.Size)
		e.number(uint64(o.Changed))
		e.number(uint64(o.Match))
	}
}

// count is a number of things each of which takes a byte at least.
func (d *decoder) count() int {
	n := d.number()
	if n > uint64(len(d.left)) {
		d.fail()
		return 0
	}
	return int(n)
}

func (d *decoder) truth() bool { return d.number() == 1 }

func (d *decoder) time() time.Time {
	n := d.number()
	return time.Unix(int64(n>>1)^-int64(n&1), 0).UTC()
}

func (d *decoder) key() catalog.Key { return catalog.Key{Context: d.text(), Source: d.text()} }

func (d *decoder) pos(here string) diag.Pos {
	p := diag.Pos{Path: d.text(), Line: int(d.number()), Column: int(d.number())}
	if p.Path == "" {
		p.Path = here
	}
	return p
}

func (d *decoder) findings() (list diag.List) {
	for range d.count() {
		list = append(list, diag.Finding{
			Pos: d.pos(""), Code: d.text(), Severity: diag.Severity(d.number()), Text: d.text(), Hint: d.text(),
			Key: d.key(), Article: d.pos(""),
		})
	}
	return list
}

func (d *decoder) tally() coverage.Tally {
	return coverage.Tally{Messages: int(d.number()), Words: int(d.number()), Characters: int(d.number()), Eojeol: int(d.number())}
}

func (d *decoder) sheet(here string) *coverage.Sheet {
	s := &coverage.Sheet{}
	if d.truth() {
		s.Catalog = here
	}
	s.Translated, s.Approved = d.tally(), d.tally()
	if n := d.count(); n > 0 {
		s.Open = make([]coverage.Open, n)
	}
	for i := range s.Open {
		o := &s.Open[i]
		o.Key, o.Pos, o.State, o.Previous = d.key(), d.pos(here), catalog.State(d.number()), d.text()
		for range d.count() {
			o.Target = append(o.Target, d.text())
		}
		o.Class, o.What, o.Since, o.Size = d.text(), d.text(), d.time(), d.tally()
		o.Changed, o.Match = int(d.number()), coverage.Band(d.number())
	}
	return s
}
