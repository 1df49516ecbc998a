package po_test

import (
	"bytes"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/po"
)

func FuzzParse(f *testing.F) {
	for _, c := range facts {
		f.Add([]byte(c.src))
		f.Add([]byte(head + "\n" + c.src))
	}
	for _, c := range refusals {
		f.Add([]byte(c.src))
	}
	f.Add([]byte(three))
	f.Add([]byte(inCharset("UTF-8", "한")))
	f.Add([]byte("msgid \"\"\nmsgstr \"Content-Type: charset=EUC-KR\\n\"\n\nmsgid \"a\"\nmsgstr \"\xc0\xce\\xb1\\xc7\"\n"))
	f.Fuzz(func(t *testing.T, src []byte) {
		file, found := po.Parse("x.po", src)
		lines := 1 + bytes.Count(src, []byte("\n"))
		for _, finding := range found {
			if finding.Pos.Line < 1 || finding.Pos.Line > lines || finding.Pos.Column < 1 || finding.Code == "" || finding.Text == "" {
				t.Errorf("a finding without a place: %#v", finding)
			}
		}
		if found.HasErrors() {
			po.Format(file)
			return
		}
		out := po.Format(file)
		if len(found) == 0 && !bytes.Equal(out, src) {
			t.Errorf("written:\n%q\nread:\n%q", out, src)
		}
		says(t, "as it was read", file, out)
		says(t, "as if it were new", file, po.Format(anew(file)))
		for i, m := range file.Messages {
			if i%2 == 0 {
				m.Target += "\n한"
			}
		}
		if n := len(file.Messages); n > 1 {
			file.Messages[0], file.Messages[n-1] = file.Messages[n-1], file.Messages[0]
		}
		file.Header.Set("X-Fuzz", "1")
		says(t, "with every other message changed", file, po.Format(file))
	})
}

// says checks that out reads as what the file says.
func says(t *testing.T, how string, f *catalog.File, out []byte) {
	t.Helper()
	again, found := po.Parse("x.po", out)
	if found = without(without(found, "conflict-marker"), "context"); found.HasErrors() {
		t.Fatalf("written %s, it has errors: %v\n%q", how, found, out)
	}
	if diff := cmp.Diff(entries(f), entries(again), cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("written %s: %s\n%q", how, diff, out)
	}
	ignoreCharset := cmpopts.IgnoreSliceElements(func(f catalog.Field) bool { return f.Name == "Content-Type" })
	if diff := cmp.Diff(f.Header.Fields, again.Header.Fields, ignoreCharset, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("header written %s: %s\n%q", how, diff, out)
	}
	if diff := cmp.Diff(f.Header.Comments, again.Header.Comments, cmpopts.EquateEmpty()); diff != "" {
		t.Errorf("header written %s: %s\n%q", how, diff, out)
	}
	if twice := po.Format(again); len(found) == 0 && !bytes.Equal(twice, out) {
		t.Errorf("written %s and again:\n%q\n%q", how, out, twice)
	}
}
