package po

import (
	"slices"
	"strings"
)

// readComment keeps a comment line for the next entry; s is what follows the #.
func (p *parser) readComment(kind byte, s string) {
	in := &p.intro
	switch kind {
	case '.':
		in.notes = append(in.notes, strings.TrimPrefix(s[1:], " "))
	case ':':
		in.references = appendReferences(in.references, s[1:])
	case ',', '!':
		in.flags = in.readFlags(in.flags, s[1:], "")
	case '=':
		in.sticky = in.readFlags(in.sticky, s[1:], sticky)
	default:
		in.comments = append(in.comments, strings.TrimPrefix(s, " "))
	}
}

// sticky marks in Entry.Flags what stood after #= .
const sticky = "="

// readFlags takes the flags between commas. As in GNU gettext, white space
// parts them too, so that fuzzy is found wherever it stands; but what nobody
// knows stays together. One line with fuzzy is enough, though GNU gettext goes by
// the last: what is not known to be final is not.
func (in *intro) readFlags(list []string, s, mark string) []string {
	for s != "" {
		var flag string
		flag, s, _ = strings.Cut(s, ",")
		if strings.Contains(flag, "fuzzy") {
			flag = in.takeFuzzy(flag)
		}
		if flag = strings.TrimLeft(strings.Trim(flag, blanks), sticky+blanks); flag != "" {
			list = append(list, mark+oneLine(flag))
		}
	}
	return list
}

// takeFuzzy takes the word fuzzy from what stands between commas, if it is there.
func (in *intro) takeFuzzy(flag string) string {
	words := strings.FieldsFunc(flag, isBlankRune)
	kept := slices.DeleteFunc(slices.Clone(words), func(w string) bool {
		return strings.TrimLeft(w, sticky) == "fuzzy"
	})
	if len(kept) == len(words) {
		return flag
	}
	in.fuzzy = true
	return strings.Join(kept, " ")
}

const blanks = " \t\r\f\v"

func isBlankRune(r rune) bool { return r < 0x80 && isBlank(byte(r)) }

// isolate and endIsolate enclose a file name with spaces, as GNU gettext has it,
// and are never part of a reference.
const (
	isolate    = "\u2068"
	endIsolate = "\u2069"
)

// appendReferences parts references at white space. "file.c: 12" is one.
func appendReferences(list []string, s string) []string {
	isolates := strings.IndexByte(s, isolate[0]) >= 0
	closes := isolates // an isolate may end in what is left
	open := false      // the last one ends in a colon and may want its line number
	for s = strings.TrimLeft(s, blanks); s != ""; s = strings.TrimLeft(s, blanks) {
		name, enclosed := "", false
		if closes && strings.HasPrefix(s, isolate) {
			n := strings.Index(s, endIsolate)
			if closes = n >= 0; closes {
				name, enclosed = s[len(isolate):n], true
				s = s[n+len(endIsolate):]
			}
		}
		n := 0
		for n < len(s) && !isBlank(s[n]) {
			n++
		}
		rest := s[:n]
		s = s[n:]
		if open && !enclosed && isNumber(rest) {
			list[len(list)-1] += rest
			open = false
			continue
		}
		if name += rest; isolates {
			name = withoutIsolates(name)
		}
		if name != "" {
			list = append(list, name)
		}
		open = !enclosed && strings.HasSuffix(rest, ":")
	}
	return list
}

var withoutIsolates = strings.NewReplacer(isolate, "", endIsolate, "").Replace

func isNumber(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isDigit(s[i]) {
			return false
		}
	}
	return s != ""
}

// appendReference writes a reference so that it is read as one.
func appendReference(out []byte, ref string) []byte {
	ref = oneLine(ref)
	if strings.IndexByte(ref, isolate[0]) >= 0 {
		ref = withoutIsolates(ref)
	}
	if !strings.ContainsAny(ref, blanks) && !strings.HasSuffix(ref, ":") {
		return append(out, ref...)
	}
	name, line := ref, ""
	if n := strings.LastIndexByte(ref, ':'); n >= 0 && isNumber(ref[n+1:]) {
		name, line = ref[:n], ref[n:]
	}
	out = append(out, isolate...)
	out = append(out, name...)
	out = append(out, endIsolate...)
	return append(out, line...)
}

// oneLine keeps a text from ending the comment line that it is written on.
func oneLine(s string) string {
	if strings.ContainsAny(s, "\n\r") {
		return strings.NewReplacer("\r\n", " ", "\n", " ", "\r", " ").Replace(s)
	}
	return s
}
