package po

import (
	"bytes"
	"encoding/binary"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/ianaindex"

	"dragoman/internal/diag"
)

const contentType = "Content-Type"

// charsetText is how the bytes of a file became UTF-8.
type charsetText struct {
	decoder *encoding.Decoder // nil if they already were
	relabel bool              // the header has to say UTF-8 from now on
}

// decode turns the file into UTF-8 by the charset that its header names.
func decode(src []byte) ([]byte, []fault, charsetText) {
	if isASCII(src) {
		return src, nil, charsetText{}
	}
	name := declaredCharset(src)
	note := func(s diag.Severity, text, hint string) []fault {
		return []fault{{diag.Finding{Code: "charset", Severity: s, Text: text, Hint: hint}, atHeader}}
	}
	switch {
	case isUTF8(name):
		return src, nil, charsetText{}
	case bytes.HasPrefix(src, []byte(byteOrderMark)):
		return src, note(diag.Warning, "the header says charset "+name+" but a byte order mark says UTF-8", "write charset=UTF-8"), charsetText{relabel: true}
	case name == "":
		return src, note(diag.Warning, "the header names no charset, and GNU gettext refuses such text", "write charset=UTF-8 in its Content-Type"), charsetText{relabel: true}
	}
	enc := findCharset(name)
	if enc == nil {
		sev, hint := diag.Error, "convert the file by: msgconv -t UTF-8"
		if utf8.Valid(src) {
			sev, hint = diag.Warning, "it was read as UTF-8: write charset=UTF-8"
		}
		return src, note(sev, "the header names a charset that is not known here: "+name, hint), charsetText{relabel: true}
	}
	out, err := enc.NewDecoder().Bytes(src)
	if utf8.Valid(src) && (err != nil || bytes.Contains(out, []byte("\ufffd"))) {
		return src, note(diag.Warning, "the header says charset "+name+" but the text is UTF-8", "write charset=UTF-8"), charsetText{relabel: true}
	}
	if err != nil {
		return src, note(diag.Error, "the file is not in "+name+" as its header says", "write the charset that it is in"), charsetText{relabel: true}
	}
	var faults []fault
	if utf8.Valid(src) {
		faults = note(diag.Warning, "the header says charset "+name+" but the bytes are valid UTF-8 too", "if the text looks wrong write charset=UTF-8")
	} else {
		faults = note(diag.Info, "the catalog is in "+name, "it will be written in UTF-8")
	}
	return out, append(faults, undecoded(name, out)...), charsetText{decoder: enc.NewDecoder(), relabel: true}
}

// undecoded finds what a decoder put in the place of bytes that it did not know.
func undecoded(name string, out []byte) []fault {
	const replacement = "\ufffd"
	var faults []fault
	for i := 0; ; {
		n := bytes.Index(out[i:], []byte(replacement))
		if n < 0 {
			return faults
		}
		i += n
		faults = append(faults, fault{diag.Finding{
			Code: "encoding", Text: "not in " + name, Hint: "the file is damaged or its header names the wrong charset",
		}, i})
		for bytes.HasPrefix(out[i:], []byte(replacement)) {
			i += len(replacement)
		}
	}
}

// declaredCharset is the charset in the header of a file, which can be read
// before it is known since every charset of PO contains ASCII.
func declaredCharset(src []byte) string {
	p := newParser("", src, charsetText{})
	p.headerOnly = true
	p.run()
	return charsetOf(p.file.Header.Get(contentType))
}

// charsetOf takes the charset out of "text/plain; charset=UTF-8".
func charsetOf(value string) string {
	from, to := charsetSpan(value)
	return value[from:to]
}

// inUTF8 is the value of Content-Type with its charset replaced.
func inUTF8(value string) string {
	from, to := charsetSpan(value)
	if from == to {
		return "text/plain; charset=UTF-8"
	}
	return value[:from] + "UTF-8" + value[to:]
}

// charsetSpan is where the charset stands in the value, empty if there is none.
func charsetSpan(value string) (from, to int) {
	const key = "charset="
	for from = 0; from+len(key) <= len(value); from++ {
		if !strings.EqualFold(value[from:from+len(key)], key) {
			continue
		}
		from += len(key)
		from += len(value[from:]) - len(strings.TrimLeft(value[from:], blanks))
		if n := strings.IndexAny(value[from:], ";"+blanks); n >= 0 {
			return from, from + n
		}
		return from, len(value)
	}
	return 0, 0
}

func isUTF8(name string) bool {
	return strings.EqualFold(name, "UTF-8") || strings.EqualFold(name, "UTF8")
}

// vendorNames are names that PO files use and the WHATWG's index does not hold.
var vendorNames = map[string]string{
	"cp932": "shift_jis", "cp936": "gbk", "cp949": "euc-kr", "uhc": "euc-kr", "cp950": "big5",
}

// findCharset is nil for a charset that is unknown or does not contain ASCII.
// ISO-8859-1 is decoded as windows-1252, its superset. No text that has to be
// decoded is ASCII.
func findCharset(name string) encoding.Encoding {
	name = strings.ToLower(name)
	switch name {
	case "ascii", "us-ascii", "ansi_x3.4-1968":
		return nil
	}
	if n, ok := vendorNames[name]; ok {
		name = n
	}
	enc, err := htmlindex.Get(name)
	if err != nil {
		if enc, err = ianaindex.IANA.Encoding(name); err != nil || enc == nil {
			return nil
		}
	}
	if enc == encoding.Replacement || !containsASCII(enc) {
		return nil
	}
	return enc
}

// containsASCII tries the characters that the grammar of PO is made of.
func containsASCII(enc encoding.Encoding) bool {
	const grammar = "#\"[]:,.|=msgidctxtrplural_0123456789\n"
	out, err := enc.NewDecoder().String(grammar)
	return err == nil && out == grammar
}

func isASCII(b []byte) bool {
	for len(b) >= 8 {
		if binary.LittleEndian.Uint64(b)&0x8080808080808080 != 0 {
			return false
		}
		b = b[8:]
	}
	for _, c := range b {
		if c >= utf8.RuneSelf {
			return false
		}
	}
	return true
}
