package edition

import (
	"bytes"
	"html/template"

	"dragoman/internal/markdown"
)

// VerticalBody is Body for a page that is set in columns: short numbers and
// abbreviations between Chinese or Japanese characters stand upright, as the
// requirements for Japanese text layout (W3C, jlreq, section 2.3.2) have it, in spans
// of the classes combined, two digits side by side, and stacked, one below the other.
func (c *Chapter) VerticalBody(a Addresses, notes markdown.NoteStyle) (heading, body template.HTML) {
	heading, body = c.Body(a, notes)
	return template.HTML(upend([]byte(heading))), template.HTML(upend([]byte(body)))
}

// Set is a text of the edition itself as a book's page writes it: as VerticalBody does,
// where the book is set in columns.
func (b *Book) Set(text string) template.HTML {
	escaped := template.HTMLEscapeString(text)
	if !b.Vertical {
		return template.HTML(escaped)
	}
	return template.HTML(upend([]byte(escaped)))
}

// upend sets the numbers and abbreviations of well-formed HTML upright, but in code.
func upend(html []byte) []byte {
	out := make([]byte, 0, len(html)+len(html)/8)
	code := 0
	for len(html) > 0 {
		text, rest := html, []byte(nil)
		if i := bytes.IndexByte(html, '<'); i >= 0 {
			text, rest = html[:i], html[i:]
		}
		if code > 0 {
			out = append(out, text...)
		} else {
			out = upendText(out, text)
		}
		end := bytes.IndexByte(rest, '>') + 1
		if end == 0 {
			return append(out, rest...)
		}
		tag := rest[:end]
		switch {
		case bytes.HasPrefix(tag, []byte("<code")), bytes.HasPrefix(tag, []byte("<pre")):
			code++
		case bytes.HasPrefix(tag, []byte("</code")), bytes.HasPrefix(tag, []byte("</pre")):
			code--
		}
		out = append(out, tag...)
		html = rest[end:]
	}
	return out
}

// upendText appends text between two tags.
func upendText(out, text []byte) []byte {
	for len(text) > 0 {
		n := 0
		for n < len(text) && text[n] >= 0x80 {
			n++
		}
		out, text = append(out, text[:n]...), text[n:]
		for n = 0; n < len(text) && text[n] < 0x80; n++ {
		}
		if class := uprightClass(text[:n]); class != "" {
			out = append(append(append(out, `<span class="`...), class...), `">`...)
			out = append(append(out, text[:n]...), "</span>"...)
		} else {
			out = append(out, text[:n]...)
		}
		text = text[n:]
	}
	return out
}

// uprightClass is how a run of ASCII characters stands upright, empty if it lies:
// a word, or more than one.
func uprightClass(run []byte) string {
	digits, capitals := 0, 0
	for _, c := range run {
		switch {
		case c >= '0' && c <= '9':
			digits++
		case c >= 'A' && c <= 'Z':
			capitals++
		}
	}
	switch n := len(run); {
	case n == 0 || digits != n && capitals != n:
	case digits <= 2 && capitals == 0:
		return "combined"
	case n <= 4 || capitals == n && n <= 6:
		return "stacked"
	}
	return ""
}
