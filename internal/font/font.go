// Package font takes from a font what the text of an edition needs of it, so that an
// edition can carry its letters with it: a Korean font has 11,000 syllables in four
// megabytes, a book shows 900 of them in 100 KB.
//
//	f, err := font.Parse(data, "")
//	var text font.Characters
//	text.Add([]byte("나무"))
//	part, err := f.Subset(&text)
//
// A font that may not be embedded, or of which no part may be, is none for us: what
// its table OS/2 says in fsType decides. The part keeps the font's names and licence.
//
// Law: the same font and the same characters give the same bytes. Whatever a font
// contains, reading it can do no more than fail: what takes it apart, HarfBuzz, runs
// in a machine of its own, without files, network or clock.
package font

import (
	"cmp"
	"encoding/binary"
	"errors"
	"fmt"
	"strings"
	"sync"
	"unicode/utf16"
)

// Font is one font. It may be used by several goroutines.
type Font struct {
	Name   string // PostScript's, of letters, digits and hyphens: "NanumMyeongjo-Bold"
	Family string // "Nanum Myeongjo"
	Weight string // as CSS writes it: "400", or of a variable font "200 900"
	Italic bool

	data  []byte
	index uint32 // in a collection
	type1 bool   // its outlines are PostScript's

	lock    sync.Mutex
	machine *machine // that takes parts of it, once one is asked for
}

// Largest is how many bytes a font may have.
const Largest = 64 << 20

// The kinds of files, by how they begin.
const (
	trueType   = "\x00\x01\x00\x00"
	oldType    = "true"
	postScript = "OTTO"
	collection = "ttcf"
)

// Parse reads a font: TrueType, OpenType, or the one in a collection of them that has
// the PostScript name. Without a name a collection is an error that tells its names.
func Parse(data []byte, name string) (*Font, error) {
	if len(data) > Largest {
		return nil, fmt.Errorf("more than %d MB, which is too large for a font", Largest>>20)
	}
	if len(data) < 12 {
		return nil, errNone
	}
	if string(data[:4]) != collection {
		f, err := parse(data, 0, 0)
		if err == nil && name != "" && name != f.Name {
			return nil, fmt.Errorf("is %s, not %s", f.Name, name)
		}
		return f, err
	}
	return among(data, name)
}

// among finds the font of a name in a collection.
func among(data []byte, name string) (*Font, error) {
	offsets := data[12:]
	var names []string
	for i := range min(binary.BigEndian.Uint32(data[8:]), uint32(len(offsets)/4)) {
		f, err := parse(data, i, binary.BigEndian.Uint32(offsets[4*i:]))
		if err != nil {
			return nil, err
		}
		if f.Name == name {
			return f, nil
		}
		names = append(names, f.Name)
	}
	return nil, &CollectionError{names}
}

// CollectionError is of a collection of fonts, none of which has the name asked for.
type CollectionError struct{ Names []string }

func (e *CollectionError) Error() string {
	return "is a collection of fonts: " + strings.Join(e.Names, ", ")
}

var errNone = errors.New("no TrueType or OpenType font, or a damaged one")

// tables are the tables of the font whose directory is at an offset.
func tables(data []byte, at uint32) (map[string][]byte, error) {
	size := uint64(len(data))
	if uint64(at)+12 > size {
		return nil, errNone
	}
	n := uint64(binary.BigEndian.Uint16(data[at+4:]))
	if uint64(at)+12+16*n > size {
		return nil, errNone
	}
	found := map[string][]byte{}
	for i := range n {
		entry := data[uint64(at)+12+16*i:]
		from, length := uint64(binary.BigEndian.Uint32(entry[8:])), uint64(binary.BigEndian.Uint32(entry[12:]))
		if from+length > size {
			return nil, errNone
		}
		found[string(entry[:4])] = data[from : from+length]
	}
	return found, nil
}

func parse(data []byte, index, at uint32) (*Font, error) {
	all, err := tables(data, at)
	if err != nil {
		return nil, err
	}
	kind := string(data[at : at+4])
	if kind != trueType && kind != oldType && kind != postScript || len(all["cmap"]) == 0 || len(all["head"]) == 0 {
		return nil, errNone
	}
	f := &Font{Weight: "400", data: data, index: index, type1: kind == postScript}
	names := namesOf(all["name"])
	f.Family = cmp.Or(names[typographicFamily], names[family], "Embedded")
	f.Name = cmp.Or(plainName(names[postScriptName]), plainName(f.Family), "Font")
	if metrics := all["OS/2"]; len(metrics) >= 64 {
		if err := embeddable(binary.BigEndian.Uint16(metrics[8:])); err != nil {
			return nil, err
		}
		f.Weight = fmt.Sprint(min(max(binary.BigEndian.Uint16(metrics[4:]), 1), 1000))
		f.Italic = metrics[63]&1 != 0
	}
	if lightest, boldest, ok := weights(all["fvar"]); ok {
		f.Weight = fmt.Sprintf("%d %d", lightest, boldest)
	}
	return f, nil
}

// embeddable reports what a font's maker forbids of what is to be done with it:
// OpenType 1.9.1, OS/2, fsType. Of several permissions the least restrictive holds.
func embeddable(permission uint16) error {
	const restricted, noSubset, bitmapsOnly = 0x0002, 0x0100, 0x0200
	switch {
	case permission&0x000f == restricted:
		return fmt.Errorf("its maker forbids embedding (fsType %d)", permission)
	case permission&noSubset != 0:
		return fmt.Errorf("its maker forbids embedding a part of it (fsType %d)", permission)
	case permission&bitmapsOnly != 0:
		return fmt.Errorf("its maker forbids embedding its outlines (fsType %d)", permission)
	}
	return nil
}

// The names of a font that matter, by their numbers: OpenType 1.9.1, name.
const (
	family            = 1
	postScriptName    = 6
	typographicFamily = 16
)

// namesOf are a font's names by their numbers: the English ones, else the first.
func namesOf(table []byte) map[uint16]string {
	names := map[uint16]string{}
	if len(table) < 6 {
		return names
	}
	u16 := func(at int) uint16 { return binary.BigEndian.Uint16(table[at:]) }
	texts := table[min(int(u16(4)), len(table)):]
	for at := 6; at+12 <= len(table) && (at-6)/12 < int(u16(2)); at += 12 {
		platform, language, id := u16(at), u16(at+4), u16(at+6)
		from, length := int(u16(at+10)), int(u16(at+8))
		english := platform == 3 && language == 0x409
		if from+length > len(texts) || platform != 3 && platform != 0 && platform != 1 || names[id] != "" && !english {
			continue
		}
		names[id] = decoded(texts[from:from+length], platform == 1)
	}
	return names
}

// decoded is a name without control characters: of bytes of Macintosh, those of ASCII.
func decoded(text []byte, bytes bool) string {
	var units []uint16
	for i := range text {
		switch {
		case bytes && text[i] < 0x80:
			units = append(units, uint16(text[i]))
		case !bytes && i%2 == 1:
			units = append(units, binary.BigEndian.Uint16(text[i-1:]))
		}
	}
	return strings.TrimSpace(strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, string(utf16.Decode(units))))
}

// plainName is what can be the name of a file of a name.
func plainName(name string) string {
	return strings.Trim(strings.Map(func(r rune) rune {
		if r == '-' || r >= '0' && r <= '9' || r >= 'A' && r <= 'Z' || r >= 'a' && r <= 'z' {
			return r
		}
		return -1
	}, name), "-")
}

// weights are the ends of the axis of weight of a variable font.
func weights(table []byte) (lightest, boldest uint16, ok bool) {
	if len(table) < 16 {
		return 0, 0, false
	}
	at, size := int(binary.BigEndian.Uint16(table[4:])), int(binary.BigEndian.Uint16(table[10:]))
	for range binary.BigEndian.Uint16(table[8:]) {
		if size < 20 || at+20 > len(table) {
			return 0, 0, false
		}
		if axis := table[at:]; string(axis[:4]) == "wght" {
			return binary.BigEndian.Uint16(axis[4:]), binary.BigEndian.Uint16(axis[12:]), true // whole parts
		}
		at += size
	}
	return 0, 0, false
}

// Ending is how the name of a file ends that holds the font, and MediaType what it is.
func (f *Font) Ending() string {
	if f.type1 {
		return ".otf"
	}
	return ".ttf"
}

// MediaType is the font's, as EPUB 3.3 has it.
func (f *Font) MediaType() string { return "font/" + f.Ending()[1:] }
