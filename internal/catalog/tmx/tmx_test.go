package tmx_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/language"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/tmx"
)

// memory is a file with these units.
func memory(units string) string {
	return `<?xml version="1.0"?><tmx version="1.4"><header srclang="en"/><body>` + units + `</body></tmx>`
}

func tu(texts ...string) string {
	var b strings.Builder
	b.WriteString("<tu>")
	for i := 0; i < len(texts); i += 2 {
		b.WriteString(`<tuv xml:lang="` + texts[i] + `"><seg>` + texts[i+1] + `</seg></tuv>`)
	}
	return b.String() + "</tu>"
}

// show is catalogs in short.
func show(files []*catalog.File) string {
	var b strings.Builder
	for _, f := range files {
		b.WriteString(f.Language.String() + "\n")
		for _, m := range f.Messages {
			if m.Context != "" {
				b.WriteString("[" + m.Context + "] ")
			}
			b.WriteString(m.Source + " = " + m.Target)
			for _, c := range m.Comments {
				b.WriteString(" # " + c)
			}
			for _, r := range m.References {
				b.WriteString(" @ " + r)
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

var readable = []struct{ name, src, want string }{
	{"a pair", memory(tu("en", "The road", "ko", "길")), "ko\nThe road = 길\n"},
	{"the source language comes second", memory(tu("ko", "길", "en", "The road")), "ko\nThe road = 길\n"},
	{"a country makes no difference to the source", memory(tu("EN-US", "The road", "ko-KR", "길")), "ko-KR\nThe road = 길\n"},
	{"the source is in two countries", memory(tu("en-GB", "grey", "en", "gray", "ko", "회색")), "ko\ngray = 회색\n"},
	{"several languages", memory(tu("en", "The road", "ko", "길", "zh-TW", "路")), "ko\nThe road = 길\nzh-TW\nThe road = 路\n"},
	{"codes around a text are words", memory(tu("en", `See <bpt i="1">*</bpt>all<ept i="1">*</ept><ph>&lt;br&gt;</ph>`, "ko", `<hi>모두</hi> <it pos="begin">_</it>`)), "ko\nSee *all*<br> = 모두 _\n"},
	{"another translation of a text", memory(tu("en", "a", "ko", "1") + tu("en", "a", "ko", "2") + tu("en", "a", "ko", "1") + tu("en", "a", "ko", "3")), "ko\na = 1\n[translation 2] a = 2\n[translation 3] a = 3\n"},
	{"a note and a place", memory(`<tu creationid="magpie"><note>sic</note><prop type="x-document">a.md</prop><prop type="x-user">magpie</prop>` + tu("en", "a", "ko", "1")[len("<tu>"):]), "ko\na = 1 # sic @ a.md\n"},
	{"the attribute of TMX 1.1", memory(`<tu><tuv lang="EN"><seg>a</seg></tuv><tuv lang="KO"><seg>1</seg></tuv></tu>`), "ko\na = 1\n"},
	{"a document type", `<!DOCTYPE tmx SYSTEM "tmx14.dtd">` + strings.TrimPrefix(memory(tu("en", "a", "ko", "1")), `<?xml version="1.0"?>`), "ko\na = 1\n"},
	{"nothing in the source language", memory(tu("fr", "a", "ko", "1")), ""},
	{"an empty text", memory(tu("en", "a", "ko", "")), ""},
}

func TestMemoriesAreRead(t *testing.T) {
	for _, c := range readable {
		t.Run(c.name, func(t *testing.T) {
			files, found := tmx.Parse("m.tmx", []byte(c.src), language.English)
			if len(found) > 0 {
				t.Error(found)
			}
			if d := cmp.Diff(c.want, show(files)); d != "" {
				t.Error(d)
			}
		})
	}
}

var faulty = []struct{ name, src, want string }{
	{"no XML", "<tmx", "m.tmx:1:5: not XML: unexpected EOF"},
	{"another kind of XML", "\n <html/>", "m.tmx:2:2: the file is no translation memory"},
	{"entities", "<!DOCTYPE tmx [<!ENTITY a 'b'>]>\n<tmx/>", "m.tmx:1:1: the document defines entities"},
	{"elements within each other", strings.Repeat("<tmx>", 300), "m.tmx:1:1281: more than 256 elements"},
	{"a language that there is not", memory("\n한" + tu("en", "a", "xyzzy", "1")), "m.tmx:2:43: \"xyzzy\""},
	{"no language", memory("\n<tu><tuv><seg>a</seg></tuv></tu>"), "m.tmx:2:5: a language tag is missing"},
}

func TestFaultsHaveTheirPlace(t *testing.T) {
	for _, c := range faulty {
		t.Run(c.name, func(t *testing.T) {
			_, found := tmx.Parse("m.tmx", []byte(c.src), language.English)
			if len(found) != 1 || !strings.HasPrefix(found[0].Error(), c.want) {
				t.Errorf("got %v\nwant %s…", found, c.want)
			}
		})
	}
}

func TestUTF16IsRead(t *testing.T) {
	src := strings.Replace(memory(tu("en", "The road", "ko", "길")), `version="1.0"`, `version="1.0" encoding="utf-16"`, 1)
	for _, order := range []unicode.Endianness{unicode.LittleEndian, unicode.BigEndian} {
		encoded, err := unicode.UTF16(order, unicode.UseBOM).NewEncoder().Bytes([]byte(src))
		if err != nil {
			t.Fatal(err)
		}
		files, found := tmx.Parse("m.tmx", encoded, language.English)
		if got := show(files); len(found) > 0 || got != "ko\nThe road = 길\n" {
			t.Errorf("got %q, %v", got, found)
		}
	}
}

func TestOnlyFinalPairsAreWritten(t *testing.T) {
	f := &catalog.File{Language: language.Korean}
	for _, e := range []catalog.Entry{
		{Key: catalog.Key{Source: "a < b & \"c\"\r\n"}, Target: "<길>", Comments: []string{"sic", "two"}, References: []string{"a.md"}},
		{Key: catalog.Key{Source: "gone"}, Target: "옛", Obsolete: true},
		{Key: catalog.Key{Source: "draft"}, Target: "초안", Fuzzy: true},
		{Key: catalog.Key{Source: "new"}},
		{Key: catalog.Key{Source: "cell", Context: "kind:cell"}, Target: "칸"},
		{Key: catalog.Key{Source: "cell", Context: "verb"}, Target: "가두다"},
	} {
		m := &catalog.Message{Entry: e}
		m.SettleState()
		f.Add(m)
	}
	again, found := tmx.Parse("m.tmx", tmx.Format([]*catalog.File{f}, language.English), language.English)
	want := "ko\na < b & \"c\"\r\n = <길> # sic # two @ a.md\ngone = 옛\ncell = 칸\n[verb] cell = 가두다\n"
	if d := cmp.Diff(want, show(again)); d != "" || len(found) > 0 {
		t.Error(d, found)
	}
}

func TestNobodyIsNamed(t *testing.T) {
	src := memory(`<tu creationid="magpie" changeid="magpie">` + tu("en", "a", "ko", "1")[len("<tu>"):])
	files, _ := tmx.Parse("m.tmx", []byte(src), language.English)
	if out := tmx.Format(files, language.English); bytes.Contains(out, []byte("magpie")) {
		t.Errorf("written: %s", out)
	}
}

func FuzzParse(f *testing.F) {
	for _, c := range readable {
		f.Add([]byte(c.src))
	}
	for _, c := range faulty {
		f.Add([]byte(c.src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		files, found := tmx.Parse("m.tmx", src, language.English)
		for _, finding := range found {
			if finding.Pos.Line < 1 || finding.Pos.Column < 1 || finding.Code == "" || finding.Text == "" {
				t.Errorf("a finding without a place: %#v", finding)
			}
		}
		for _, file := range files {
			again, found := tmx.Parse("m.tmx", tmx.Format([]*catalog.File{file}, language.English), language.English)
			if d := cmp.Diff(show([]*catalog.File{file}), show(again)); d != "" || len(found) > 0 {
				t.Error(d, found)
			}
		}
	})
}
