package markdown

import (
	"html"
	"strings"

	"github.com/yuin/goldmark/util"
)

// Plain is inline Markdown without its markup, for counting words and for
// titles: the text of links, images and code stays; destinations, tags,
// emphasis marks and footnote references go.
func Plain(text string) string {
	if !strings.ContainsAny(text, "\\`*_~[]<&!\n") {
		return text
	}
	var b strings.Builder
	b.Grow(len(text))
	for i := 0; i < len(text); {
		i += plainStep(&b, text, i)
	}
	if s := b.String(); strings.IndexByte(s, '&') >= 0 {
		return html.UnescapeString(s)
	}
	return b.String()
}

// plainStep writes what the construct at i says, and is its length.
func plainStep(b *strings.Builder, text string, i int) int {
	switch c := text[i]; c {
	case '\\':
		if i+1 < len(text) && (util.IsPunct(text[i+1]) || text[i+1] == '\n') {
			if text[i+1] == '\n' {
				b.WriteByte(' ')
			} else {
				b.WriteByte(text[i+1])
			}
			return 2
		}
	case '\n':
		b.WriteByte(' ')
		return 1
	case '`':
		if n := codeSpan([]byte(text[i:])); n > 0 {
			b.WriteString(strings.TrimSpace(strings.Trim(text[i:i+n], "`")))
			return n
		}
	case '*', '~':
		return 1
	case '_':
		if i == 0 || i+1 == len(text) || text[i-1] == ' ' || text[i+1] == ' ' {
			return 1
		}
	case '!':
		if strings.HasPrefix(text[i+1:], "[") {
			return 1
		}
	case '[':
		if strings.HasPrefix(text[i:], "[^") {
			if n := strings.IndexByte(text[i:], ']'); n > 0 {
				return n + 1
			}
		}
		return 1
	case ']':
		return 1 + destinationLength(text[i+1:])
	case '<':
		if n := strings.IndexByte(text[i:], '>'); n > 1 && text[i+1] != ' ' {
			if inner := text[i+1 : i+n]; strings.Contains(inner, "://") || strings.Contains(inner, "@") {
				b.WriteString(inner)
			}
			return n + 1
		}
	}
	b.WriteByte(text[i])
	return 1
}

// longestDestination bounds the search for the end of a link.
const longestDestination = 4096

// destinationLength is the length of the (destination) or [label] that follows the
// text of a link.
func destinationLength(after string) int {
	if after == "" || after[0] != '(' && after[0] != '[' {
		return 0
	}
	end := byte(')')
	if after[0] == '[' {
		end = ']'
	}
	depth := 0
	for i := 0; i < min(len(after), longestDestination); i++ {
		switch after[i] {
		case '\\':
			i++
		case after[0]:
			depth++
		case end:
			if depth--; depth == 0 {
				return i + 1
			}
		}
	}
	return 0
}
