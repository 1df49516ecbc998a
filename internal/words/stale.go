package words

import (
	"bytes"
	"cmp"
	"crypto/sha1"
	"encoding/hex"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"dragoman/internal/diag"
	"dragoman/internal/locale"
)

// hashKey is the key under which a translated message holds the hash of the
// English one that it translates, as go-i18n's own tool writes and reads it.
const hashKey = "hash"

// origin is where a message stands, and which English it says that it translates.
type origin struct {
	layer       int // of the sources, by their order; 0 is the first
	pos         diag.Pos
	description string
	hash        string // of the English that was translated; empty: not told
	hashPos     diag.Pos
}

// sum is the hash of an English message, by go-i18n's goi18n merge: of its
// description and its form "other".
func (m *message) sum() string {
	sum := sha1.Sum([]byte(m.description + m.texts["other"]))
	return "sha1-" + hex.EncodeToString(sum[:])
}

// Stale finds the messages of each language that translate another English text
// than there is now: those whose hash says so, and those that only an earlier
// source translates while a later one has its own English. It finds the messages
// that are not translated at all as well. What comes with the program is taken to
// be up to date.
func (b *Bundle) Stale(tags []locale.Tag) diag.List {
	var found diag.List
	seen := map[string]bool{}
	for _, tag := range tags {
		name := b.nameFor(tag)
		if name == "en" || seen[name] {
			continue
		}
		seen[name] = true
		for _, id := range slices.Sorted(maps.Keys(b.messages["en"])) {
			if f, stale := b.stale(name, id); stale {
				found = append(found, f)
			}
		}
		found = append(found, b.missing[name]...)
	}
	found.Sort()
	return found
}

// nameFor is the language whose words For answers.
func (b *Bundle) nameFor(t locale.Tag) string { return b.For(t).tag.String() }

func (b *Bundle) stale(tag, id string) (f diag.Finding, stale bool) {
	m, english := b.messages[tag][id], b.messages["en"][id]
	if m == nil {
		return f, false
	}
	f = diag.Finding{Code: "words-stale", Severity: diag.Warning}
	switch {
	case m.layer > 0 && m.hash != "" && m.hash != english.sum():
		f.Pos = m.hashPos
		f.Text = fmt.Sprintf("%q was translated when the English was another; it is now %q", id, english.texts["other"])
		f.Hint = "translate that, then delete this hash; dragoman extract writes the new one"
	case m.layer < english.layer && english.sum() != b.first[id]:
		f.Pos = english.pos
		f.Text = fmt.Sprintf("%q is changed here, and %s has only the program's translation of the program's text", id, tag)
		f.Hint = fmt.Sprintf("translate %q in %s.toml beside this file", english.texts["other"], tag)
	default:
		return f, false
	}
	return f, true
}

// Stamp is a file of translated messages with a hash of the English in each that
// has none, so that it is known to be stale when that changes. Only messages that
// begin with a header, as [contents], get one; all else keeps its bytes. src is the
// last source's file of the language.
func (b *Bundle) Stamp(tag locale.Tag, src []byte) []byte {
	outline := outlined(bytes.TrimPrefix(src, []byte("\ufeff")))
	mark := len(src) - len(outline.src)
	type insert struct {
		at   int
		line string
	}
	var inserts []insert
	for id, m := range b.messages[tag.String()] {
		english := b.messages["en"][id]
		if english == nil || m.layer == 0 || m.hash != "" || tag.String() == "en" {
			continue
		}
		if at := afterHeader(outline.src, outline.place(id)); at >= 0 {
			end := "\n"
			if bytes.HasSuffix(outline.src[:at], []byte("\r\n")) {
				end = "\r\n"
			}
			inserts = append(inserts, insert{mark + at, fmt.Sprintf("%s = %q%s", hashKey, english.sum(), end)})
		}
	}
	slices.SortFunc(inserts, func(a, b insert) int { return cmp.Compare(a.at, b.at) })
	var out []byte
	last := 0
	for _, i := range inserts {
		out = append(append(out, src[last:i.at]...), i.line...)
		last = i.at
	}
	if out = append(out, src[last:]...); !sameButHashes(src, out) {
		return src
	}
	return out
}

// afterHeader is where the line after a table's header begins, -1 if the key at
// that place is not the whole of one.
func afterHeader(src []byte, key int) int {
	if key < 1 || src[key-1] != '[' || key > 1 && src[key-2] != '\n' {
		return -1
	}
	line, _, ended := bytes.Cut(src[key:], []byte("\n"))
	name, rest, closed := bytes.Cut(bytes.TrimRight(line, " \t\r"), []byte("]"))
	if !ended || !closed || len(rest) > 0 || bytes.ContainsRune(name, '.') {
		return -1
	}
	return key + len(line) + 1
}

// sameButHashes reports whether two files say the same, hashes aside.
func sameButHashes(a, b []byte) bool {
	if bytes.Equal(a, b) {
		return true
	}
	var x, y map[string]any
	for text, to := range map[string]*map[string]any{string(a): &x, string(b): &y} {
		if _, err := toml.Decode(strings.TrimPrefix(text, "\ufeff"), to); err != nil {
			return false
		}
		for _, value := range *to {
			if table, ok := value.(map[string]any); ok {
				delete(table, hashKey)
			}
		}
	}
	return reflect.DeepEqual(x, y)
}
