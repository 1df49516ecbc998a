package po_test

import (
	"strings"
	"testing"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"

	"dragoman/internal/catalog/po"
	"dragoman/internal/diag"
)

func inCharset(name, text string) string {
	return "# " + text + "\nmsgid \"\"\nmsgstr \"\"\n\"Content-Type: text/plain; charset=" + name + "\\n\"\n\"X-A:1\\n\"\n\n# " + text +
		"\nmsgid  \"a\"\nmsgstr \"" + text + "\"\n\n# " + text + "\n"
}

func TestOtherCharsetsAreReadAndUTF8IsWritten(t *testing.T) {
	for _, c := range []struct {
		name string
		enc  encoding.Encoding
		text string
	}{
		{"EUC-KR", korean.EUCKR, "인권 활동가"},
		{"CP949", korean.EUCKR, "똠방각하"},
		{"GB2312", simplifiedchinese.GBK, "人权"},
		{"GBK", simplifiedchinese.GBK, "人權"},
		{"GB18030", simplifiedchinese.GB18030, "人権𠀀"},
		{"Big5", traditionalchinese.Big5, "許功蓋"},
		{"Shift_JIS", japanese.ShiftJIS, "表示ソ能"},
		{"EUC-JP", japanese.EUCJP, "人権"},
		{"ISO-8859-1", charmap.Windows1252, "déjà"},
		{"iso-8859-2", charmap.ISO8859_2, "łódź"},
		{"KOI8-R", charmap.KOI8R, "права"},
		{"CP850", charmap.CodePage850, "déjà"},
	} {
		t.Run(c.name, func(t *testing.T) {
			src, err := c.enc.NewEncoder().String(inCharset(c.name, c.text))
			if err != nil {
				t.Fatal(err)
			}
			f, found := po.Parse("x.po", []byte(src))
			if len(found) != 1 || found[0].Code != "charset" || found[0].Severity == diag.Error || found[0].Pos.Line != 2 {
				t.Errorf("findings: %v", found)
			}
			if got := f.Messages[0].Target; got != c.text {
				t.Errorf("read %q, want %q", got, c.text)
			}
			if got, want := string(po.Format(f)), inCharset("UTF-8", c.text); got != want {
				t.Errorf("written\n%s\nwant\n%s", got, want)
			}
		})
	}
}

func TestEscapesSpellBytesOfTheFilesCharset(t *testing.T) {
	src, _ := korean.EUCKR.NewEncoder().String(inCharset("EUC-KR", `\xc0\xce\261\307 인권`))
	f, found := po.Parse("x.po", []byte(src))
	if found.HasErrors() {
		t.Fatal(found)
	}
	if got := f.Messages[0].Target; got != "인권 인권" {
		t.Errorf("read %q", got)
	}
	if got := string(po.Format(f)); !strings.Contains(got, "msgstr \"인권 인권\"\n") {
		t.Errorf("written\n%s", got)
	}
}

func TestBytesOutsideTheCharsetAreErrors(t *testing.T) {
	src := "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=EUC-KR\\n\"\n\nmsgid \"a\"\nmsgstr \"\xc0\xce\xff\xff\"\n"
	_, found := po.Parse("x.po", []byte(src))
	if got := places(found); len(got) != 2 || got[1] != "5:10 encoding" || !found.HasErrors() {
		t.Errorf("findings: %v", found)
	}
}

func TestTextThatMayBeUTF8IsToldApart(t *testing.T) {
	src := strings.Replace(head, "UTF-8", "ISO-8859-1", 1) + "\nmsgid \"a\"\nmsgstr \"é\"\n"
	f, found := po.Parse("x.po", []byte(src))
	if len(found) != 1 || found[0].Severity != diag.Warning || f.Messages[0].Target != "Ã©" {
		t.Errorf("findings: %v, target %q", found, f.Messages[0].Target)
	}
}

func TestUTF8UnderACharsetThatLacksItsBytesIsRead(t *testing.T) {
	src := strings.Replace(head, "UTF-8", "ISO-8859-3", 1) + "\nmsgid \"a\"\nmsgstr \"é\"\n"
	f, found := po.Parse("x.po", []byte(src))
	if len(found) != 1 || found[0].Severity != diag.Warning || f.Messages[0].Target != "é" {
		t.Errorf("findings: %v, target %q", found, f.Messages[0].Target)
	}
	if want := strings.Replace(src, "ISO-8859-3", "UTF-8", 1); string(po.Format(f)) != want {
		t.Errorf("written:\n%s", po.Format(f))
	}
}
