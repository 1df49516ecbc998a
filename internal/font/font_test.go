package font

import (
	"bytes"
	"compress/zlib"
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"io"
	"maps"
	"slices"
	"strings"
	"testing"
	"unicode/utf16"

	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goitalic"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/sfnt"
)

// assembled is a font of tables.
func assembled(all map[string][]byte) []byte {
	out := make([]byte, 12+16*len(all))
	copy(out, trueType)
	binary.BigEndian.PutUint16(out[4:], uint16(len(all)))
	for i, tag := range slices.Sorted(maps.Keys(all)) {
		entry := out[12+16*i:]
		copy(entry, tag)
		binary.BigEndian.PutUint32(entry[8:], uint32(len(out)))
		binary.BigEndian.PutUint32(entry[12:], uint32(len(all[tag])))
		out = append(out, all[tag]...)
		out = append(out, make([]byte, -len(out)&3)...)
	}
	return out
}

// with is Go's font with a table changed, taken out or added.
func with(t testing.TB, tag string, table []byte) []byte {
	t.Helper()
	all, err := tables(goregular.TTF, 0)
	if err != nil {
		t.Fatal(err)
	}
	if all[tag] = table; table == nil {
		delete(all, tag)
	}
	return assembled(all)
}

// metrics are those of Go's font with a permission and a weight.
func metrics(t testing.TB, permission, weight uint16) []byte {
	t.Helper()
	all, err := tables(goregular.TTF, 0)
	if err != nil {
		t.Fatal(err)
	}
	m := bytes.Clone(all["OS/2"])
	binary.BigEndian.PutUint16(m[8:], permission)
	binary.BigEndian.PutUint16(m[4:], weight)
	return m
}

// collected are fonts as a collection.
func collected(fonts ...[]byte) []byte {
	out := make([]byte, 12+4*len(fonts))
	copy(out, collection+"\x00\x01\x00\x00")
	binary.BigEndian.PutUint32(out[8:], uint32(len(fonts)))
	for i, f := range fonts {
		at := uint32(len(out))
		binary.BigEndian.PutUint32(out[12+4*i:], at)
		f = bytes.Clone(f)
		for n := range binary.BigEndian.Uint16(f[4:]) {
			entry := f[12+16*int(n)+8:]
			binary.BigEndian.PutUint32(entry, at+binary.BigEndian.Uint32(entry))
		}
		out = append(out, f...)
		out = append(out, make([]byte, -len(out)&3)...)
	}
	return out
}

// named is a table of names: of Windows, by language and number.
func named(names ...any) []byte {
	out := []byte{0, 0, 0, byte(len(names) / 3), 0, byte(6 + 4*len(names))}
	var texts []byte
	for i := 0; i < len(names); i += 3 {
		var text []byte
		for _, unit := range utf16.Encode([]rune(names[i+2].(string))) {
			text = binary.BigEndian.AppendUint16(text, unit)
		}
		for _, n := range []int{3, 1, names[i].(int), names[i+1].(int), len(text), len(texts)} {
			out = binary.BigEndian.AppendUint16(out, uint16(n))
		}
		texts = append(texts, text...)
	}
	return append(out, texts...)
}

// axes is a table of variations with an axis of size and one of weight, from 200 to 900.
var axes = slices.Concat(
	[]byte{0, 1, 0, 0, 0, 16, 0, 2, 0, 2, 0, 20, 0, 0, 0, 0},
	[]byte("opsz"), make([]byte, 16),
	[]byte("wght\x00\xc8\x00\x00\x01\x90\x00\x00\x03\x84\x00\x00"), make([]byte, 4))

// facts are what Parse finds out.
type facts struct {
	name, family, weight string
	italic               bool
	index                uint32
}

func TestParse(t *testing.T) {
	for _, c := range []struct {
		name  string
		data  []byte
		which string
		want  facts // or
		fault string
	}{
		{"a font tells its names and weight", gobold.TTF, "", facts{"Go-Bold", "Go", "600", false, 0}, ""},
		{"an italic one says so", goitalic.TTF, "", facts{"Go-Italic", "Go", "400", true, 0}, ""},
		{"a font may be asked for by its name", goregular.TTF, "GoRegular", facts{"GoRegular", "Go", "400", false, 0}, ""},
		{"a font of another name is told", goregular.TTF, "Go-Bold", facts{}, "is GoRegular, not Go-Bold"},
		{"one of a collection is found by its name", collected(goregular.TTF, gobold.TTF), "Go-Bold", facts{"Go-Bold", "Go", "600", false, 1}, ""},
		{"a collection without a name tells those that it has", collected(goregular.TTF, gobold.TTF), "", facts{}, "is a collection of fonts: GoRegular, Go-Bold"},
		{"a variable font has a range of weights", with(t, "fvar", axes), "", facts{"GoRegular", "Go", "200 900", false, 0}, ""},
		{
			"the typographic family and English are preferred",
			with(t, "name", named(0x412, 16, "나무", 0x409, 1, "Namu Bold", 0x409, 6, "Namu-Bold", 0x409, 16, "Namu")), "",
			facts{"Namu-Bold", "Namu", "400", false, 0},
			"",
		},
		{"a family without Latin letters gives a name all the same", with(t, "name", named(0x412, 1, "나무")), "", facts{"Font", "나무", "400", false, 0}, ""},
		{"control characters of names are left out", with(t, "name", named(0x409, 1, "A\x1b[31m")), "", facts{"A31m", "A[31m", "400", false, 0}, ""},
		{"a name cannot lead to another folder", with(t, "name", named(0x409, 6, "../../x")), "", facts{"x", "Embedded", "400", false, 0}, ""},
		{"a weight that there is not becomes one", with(t, "OS/2", metrics(t, 0, 5000)), "", facts{"GoRegular", "Go", "1000", false, 0}, ""},
		{"a font for reading may be embedded", with(t, "OS/2", metrics(t, 4, 400)), "", facts{"GoRegular", "Go", "400", false, 0}, ""},
		{"of several permissions the least restrictive holds", with(t, "OS/2", metrics(t, 2|8, 400)), "", facts{"GoRegular", "Go", "400", false, 0}, ""},
		{"a font that must not be embedded is refused", with(t, "OS/2", metrics(t, 2, 400)), "", facts{}, "forbids embedding (fsType 2)"},
		{"so is one of which no part may be", with(t, "OS/2", metrics(t, 0x108, 400)), "", facts{}, "forbids embedding a part of it (fsType 264)"},
		{"so is one of which only bitmaps may be", with(t, "OS/2", metrics(t, 0x204, 400)), "", facts{}, "forbids embedding its outlines (fsType 516)"},
		{"a web font is none", []byte("wOF2\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00"), "", facts{}, "no TrueType or OpenType font"},
		{"nothing is none", nil, "", facts{}, "no TrueType or OpenType font"},
		{"a font without characters is none", with(t, "cmap", nil), "", facts{}, "no TrueType or OpenType font"},
		{"a table that leads out of the file is a fault", goregular.TTF[:len(goregular.TTF)/2], "", facts{}, "or a damaged one"},
		{"a collection that counts more fonts than it has is none", []byte("ttcf\x00\x01\x00\x00\xff\xff\xff\xff\x00\x00\x00\x0c"), "x", facts{}, "or a damaged one"},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, err := Parse(c.data, c.which)
			if c.fault != "" {
				if err == nil || !strings.Contains(err.Error(), c.fault) {
					t.Fatalf("the error is %v, want one with %q", err, c.fault)
				}
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			if got := (facts{f.Name, f.Family, f.Weight, f.Italic, f.index}); got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func part(t testing.TB, data []byte, which, text string) []byte {
	t.Helper()
	f, err := Parse(data, which)
	if err != nil {
		t.Fatal(err)
	}
	var of Characters
	of.Add([]byte(text))
	made, err := f.Subset(&of)
	if err != nil {
		t.Fatal(err)
	}
	return made
}

func TestAPartHasTheCharactersAskedForAndThoseOfASCII(t *testing.T) {
	made, err := sfnt.Parse(part(t, goregular.TTF, "", "щи"))
	if err != nil {
		t.Fatal(err)
	}
	for r, want := range map[rune]bool{'щ': true, 'и': true, 'Q': true, '~': true, 'я': false, 'é': false} {
		glyph, err := made.GlyphIndex(nil, r)
		if err != nil {
			t.Fatal(err)
		}
		if has := glyph != 0; has != want {
			t.Errorf("has %c: %v, want %v", r, has, want)
		}
	}
	if licence, err := made.Name(nil, sfnt.NameIDLicense); err != nil || !strings.Contains(licence, "Redistribution") {
		t.Errorf("the licence of the part is %q, %v", licence, err)
	}
}

func TestAPartIsTheSameWhateverWasTakenBefore(t *testing.T) {
	want := part(t, goregular.TTF, "", "щи")
	f, err := Parse(collected(gobold.TTF, goregular.TTF), "GoRegular")
	if err != nil {
		t.Fatal(err)
	}
	for _, text := range []string{"борщ", "щи", "éà", "щи"} {
		var of Characters
		of.Add([]byte(text))
		got, err := f.Subset(&of)
		if err != nil {
			t.Fatal(err)
		}
		if text == "щи" != bytes.Equal(got, want) {
			t.Errorf("%s: the same bytes as of щи: %v", text, bytes.Equal(got, want))
		}
	}
}

func TestWOFFHoldsEachTable(t *testing.T) {
	plain := part(t, goregular.TTF, "", "щи")
	packed, err := WOFF(plain)
	if err != nil {
		t.Fatal(err)
	}
	if len(packed) >= len(plain) || len(packed) != int(binary.BigEndian.Uint32(packed[8:])) {
		t.Fatalf("%d bytes became %d, said to be %d", len(plain), len(packed), binary.BigEndian.Uint32(packed[8:]))
	}
	want, err := tables(plain, 0)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string][]byte{}
	for i := range int(binary.BigEndian.Uint16(packed[12:])) {
		entry := packed[44+20*i:]
		at, length, full := binary.BigEndian.Uint32(entry[4:]), binary.BigEndian.Uint32(entry[8:]), binary.BigEndian.Uint32(entry[12:])
		table := packed[at : at+length]
		if length < full {
			z, err := zlib.NewReader(bytes.NewReader(table))
			if err != nil {
				t.Fatal(err)
			}
			if table, err = io.ReadAll(z); err != nil {
				t.Fatal(err)
			}
		}
		got[string(entry[:4])] = table
	}
	if !maps.EqualFunc(got, want, bytes.Equal) {
		t.Error("the tables differ")
	}
	if _, err := WOFF([]byte("no font")); err == nil {
		t.Error("what is no font became one")
	}
}

func TestCharactersAreThoseOfTheTexts(t *testing.T) {
	var c Characters
	c.Add([]byte("a나\xff\U0010ffff"))
	for r, want := range map[rune]bool{'a': true, '나': true, '\U0010ffff': true, 'b': false, 0xff: false, 0xfffd: false, -1: false, 0x110000: false} {
		if c.Has(r) != want {
			t.Errorf("has %U: %v", r, !want)
		}
	}
}

// The program came from the npm package harfbuzzjs 1.6.4, as its file
// dist/harfbuzz-subset.wasm; anybody can compare.
func TestTheProgramIsAsItWasPublished(t *testing.T) {
	sum := sha256.Sum256(harfbuzz)
	if got := hex.EncodeToString(sum[:]); got != "62415fe6bad92ef16f3e5d2dbed6c66a4adec7f5a59c6d27084811c92cce1ba5" {
		t.Error("its digest is", got)
	}
}

// FuzzSubset looks for fonts that do more than fail.
func FuzzSubset(f *testing.F) {
	f.Add(part(f, goregular.TTF, "", "щи"), "щи")
	f.Add(assembled(map[string][]byte{"cmap": {0, 0, 0, 1}, "head": {1}, "fvar": axes, "name": named(0x409, 1, "A")}), "나")
	f.Add(collected(part(f, gobold.TTF, "", "")), "")
	f.Fuzz(func(t *testing.T, data []byte, text string) {
		font, err := Parse(data, "")
		if err != nil {
			return
		}
		if font.Name == "" || strings.ContainsAny(font.Name, `/\.`) || font.Family == "" {
			t.Errorf("the font is called %q, of %q", font.Name, font.Family)
		}
		var of Characters
		of.Add([]byte(text))
		if made, err := font.Subset(&of); err == nil {
			if _, err := WOFF(made); err != nil {
				t.Errorf("the part is none: %v", err)
			}
		}
		font.machine.close()
	})
}

func BenchmarkSubset(b *testing.B) {
	f, err := Parse(goregular.TTF, "")
	if err != nil {
		b.Fatal(err)
	}
	var of Characters
	of.Add([]byte("щи"))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := f.Subset(&of); err != nil {
			b.Fatal(err)
		}
	}
}
