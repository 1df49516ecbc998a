package markdown

import (
	"bytes"
	"runtime/debug"
	"testing"
	"unicode/utf8"

	"golang.org/x/text/language"
)

// FuzzParse looks for articles that cannot be read, or whose segments stand
// nowhere.
func FuzzParse(f *testing.F) {
	for _, src := range everySource() {
		f.Add([]byte(src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		d, found := Parse("a.md", src, Dialect{})
		if (d == nil) != found.HasErrors() {
			t.Fatalf("document %v, findings %v", d != nil, found)
		}
		if d == nil {
			return
		}
		if !utf8.Valid(src) {
			t.Fatal("an article that is not UTF-8 was read")
		}
		last := 0
		for i := range d.Segments {
			seg := &d.Segments[i]
			at := d.offset(seg)
			if at < last || seg.end <= seg.start || at+seg.end-seg.start > len(src) {
				t.Errorf("%v %q stands at %d to %d, after %d", seg.Kind, seg.Text, at, at+seg.end-seg.start, last)
			}
			last = at + seg.end - seg.start
			if seg.Text == "" || seg.Pos.Line < 1 || seg.Pos.Column < 1 {
				t.Errorf("%v %q at %v", seg.Kind, seg.Text, seg.Pos)
			}
		}
		if len(d.Headings()) != len(d.ids) {
			t.Errorf("%d headings, %d anchors", len(d.Headings()), len(d.ids))
		}
		d.Render(Rendering{Notes: NoteStyle{EPUB: true}})
	})
}

// FuzzTranslate looks for articles and answers that break the laws.
func FuzzTranslate(f *testing.F) {
	for i, src := range everySource() {
		f.Add([]byte(src), hostile[i%len(hostile)].answer, uint(i))
	}
	f.Fuzz(func(t *testing.T, src []byte, text string, which uint) {
		names := Dialects()
		dialect := Dialect{Name: names[which%uint(len(names))], CodeComments: which&64 == 0}
		checkLaws(t, src, dialect, text, int(which/uint(len(names))>>1))
	})
}

// checkLaws checks identity, locality and structure on one article, the latter
// two with one answer.
func checkLaws(t *testing.T, src []byte, dialect Dialect, text string, which int) {
	t.Helper()
	defer func() {
		if p := recover(); p != nil {
			t.Errorf("panic: %v\n%s", p, debug.Stack())
		}
	}()
	d, _ := Parse("a.md", src, dialect)
	if d == nil {
		return
	}
	checkIdentity(t, d)
	if len(d.Segments) > 0 {
		checkLocal(t, d, which%len(d.Segments), text)
	}
}

// checkIdentity translates an article without answers, and with its own text.
func checkIdentity(t *testing.T, d *Document) {
	t.Helper()
	if back, _ := d.Translate(language.Korean, none); !bytes.Equal(back.Source(), d.src) {
		t.Errorf("without answers, other bytes:\n%q", back.Source())
	}
	back, found := d.Translate(language.Korean, same)
	if len(found) > 0 {
		t.Errorf("answered with itself: %v", found)
	}
	got, want := flat(back.Render(Rendering{})), flat(d.Render(Rendering{}))
	if got != want {
		t.Errorf("answered with itself, other HTML:\n%s\n%q", firstDifference(got, want), back.Source())
	}
}

// checkLocal answers one segment and looks for a byte that changed elsewhere, or
// for another structure.
func checkLocal(t *testing.T, d *Document, i int, text string) {
	t.Helper()
	seg := &d.Segments[i]
	back, _ := d.Translate(language.Korean, func(k int, _ *Segment) (string, bool) { return text, k == i })
	if !d.alike(back) {
		t.Errorf("%q for %q (%v): another structure:\n%q", text, seg.Text, seg.Kind, back.Source())
	}
	at := d.offset(seg)
	before, after := d.src[:at], d.src[at+seg.end-seg.start:]
	if !bytes.HasPrefix(back.Source(), before) || !bytes.HasSuffix(back.Source(), after) ||
		len(back.Source()) < len(before)+len(after) {
		t.Errorf("%q for %q (%v): other bytes outside it:\n%q", text, seg.Text, seg.Kind, back.Source())
	}
}
