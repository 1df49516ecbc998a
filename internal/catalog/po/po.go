// Package po reads and writes PO files, the catalogs of GNU gettext.
//
// PO is edited by people, by a dozen editors and by version control, each of
// which leaves its marks. An entry says this much:
//
//	# the translator's own comment
//	#. a note for the translator
//	#: chinas-role.md
//	#, fuzzy
//	#| msgid "They wait."
//	msgid "They waited."
//	msgstr "그들은 기다린다."
//
// Beyond what GNU gettext 0.21 reads, the package understands a byte order mark,
// sticky flags (#=) and file names with spaces between U+2068 and U+2069. What
// GNU gettext refuses is a finding here, so that a catalog which this package
// accepts is accepted by the others. Files in other charsets are read; what is
// written is UTF-8.
//
// Law: Format(Parse(x)) is x, byte for byte, for every UTF-8 file without
// findings. An entry that says something else than what was read is written
// anew, a line a logical line, and its neighbours keep their bytes.
//
// The codes of findings: syntax (what the grammar does not know), string (not
// closed on its line), escape, missing-msgstr, plural-index, duplicate, obsolete
// (#~ on only some lines of an entry), conflict-marker, encoding (bytes that are
// no text), charset, header, context. The first nine and encoding are errors.
package po

import (
	"bytes"
	"cmp"
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/language"

	"dragoman/internal/catalog"
	"dragoman/internal/diag"
)

const byteOrderMark = "\ufeff"

// Parse reads a PO file. The findings are all that is wrong with it, by place;
// columns count from 1, in runes. The file holds what could be read, for
// inspection: a file with an Error among its findings must not be written, since
// words may be missing from it.
//
// The texts of the file are parts of src, which must never be changed afterwards,
// and which they keep in memory.
//
// A file in another charset, named in the Content-Type of its header, is decoded
// and says UTF-8 from then on; an Info tells so, and places count in the decoded
// text. Language is the header's, zero if that is absent or is no language.
func Parse(path string, src []byte) (*catalog.File, diag.List) {
	src, notes, text := decode(src)
	p := newParser(path, src, text)
	p.run()
	for _, n := range notes {
		if n.at == atHeader {
			n.at = p.headerAt
		}
		p.faults = append(p.faults, n)
	}
	p.checkBytes()
	f := p.file
	if text.relabel && len(f.Header.Fields) > 0 {
		f.Header.Set(contentType, inUTF8(f.Header.Get(contentType)))
	}
	f.Language = languageOf(f.Header.Get("Language"))
	return f, p.findings()
}

// fault is a finding whose place is still a byte offset.
type fault struct {
	diag.Finding
	at int
}

// atHeader is the offset of what the charset is to blame for, found before the
// header's own offset in the decoded text is known.
const atHeader = -1

// findings resolves the places in one pass over the file.
func (p *parser) findings() diag.List {
	if len(p.faults) == 0 {
		return nil
	}
	byOffset := func(a, b fault) int { return cmp.Compare(a.at, b.at) }
	if !slices.IsSortedFunc(p.faults, byOffset) {
		slices.SortStableFunc(p.faults, byOffset)
	}
	lines := diag.NewLines(p.path, p.src)
	found := make(diag.List, len(p.faults))
	for i, f := range p.faults {
		found[i] = f.Finding
		found[i].Pos = lines.At(f.at)
	}
	return found
}

// checkBytes finds what is no text: a run of bytes that are not UTF-8, NULs.
func (p *parser) checkBytes() {
	const mend = "the file is damaged or in another encoding: save it again as UTF-8"
	for i := bytes.IndexByte(p.src, 0); i >= 0; {
		end := i
		for end < len(p.src) && p.src[end] == 0 {
			end++
		}
		p.fail(i, "encoding", "a NUL byte is no text", mend)
		if i = bytes.IndexByte(p.src[end:], 0); i >= 0 {
			i += end
		}
	}
	if utf8.Valid(p.src) {
		return
	}
	for i := 0; i < len(p.src); {
		if p.src[i] < utf8.RuneSelf || !invalidAt(p.src, i) {
			_, n := utf8.DecodeRune(p.src[i:])
			i += n
			continue
		}
		p.fail(i, "encoding", "not UTF-8", mend)
		for i < len(p.src) && invalidAt(p.src, i) {
			i++
		}
	}
}

func invalidAt(b []byte, i int) bool {
	r, n := utf8.DecodeRune(b[i:])
	return r == utf8.RuneError && n == 1
}

// languageOf reads the Language field: zh_Hans, pt_BR, sr@latin.
func languageOf(name string) language.Tag {
	name, modifier, _ := strings.Cut(strings.TrimSpace(name), "@")
	name, _, _ = strings.Cut(name, ".")
	name = strings.ReplaceAll(name, "_", "-")
	if script, ok := modifierScripts[modifier]; ok {
		base, region, _ := strings.Cut(name, "-")
		name = strings.TrimSuffix(base+"-"+script+"-"+region, "-")
	}
	tag, err := language.Parse(name)
	if err != nil {
		return language.Und
	}
	return tag
}

// modifierScripts are the locale modifiers of the GNU C library that name a
// script (its file localedata/SUPPORTED).
var modifierScripts = map[string]string{
	"latin": "Latn", "cyrillic": "Cyrl", "devanagari": "Deva", "arabic": "Arab",
}
