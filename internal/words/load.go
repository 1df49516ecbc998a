package words

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"path"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"
	"github.com/nicksnyder/go-i18n/v2/i18n"

	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/prose"
)

// largest is how many bytes of a file are read.
const largest = 1 << 20

// message is the texts of one message by form, taken apart.
type message struct {
	origin
	texts  map[string]string
	fields map[string][]string
}

func (m *message) forGoI18n(id string) *i18n.Message {
	return &i18n.Message{
		ID: id, Zero: m.texts["zero"], One: m.texts["one"], Two: m.texts["two"],
		Few: m.texts["few"], Many: m.texts["many"], Other: m.texts["other"],
	}
}

// plural reports whether the message has more than one form.
func (m *message) plural() bool { return len(m.texts) > 1 }

// loader gathers the messages of all sources, by language, then by id.
type loader struct {
	messages map[string]map[string]*message
	files    map[string]string // the last file of each language
	plurals  map[string]plurals
	first    map[string]string    // the hash of each message of the first English
	missing  map[string]diag.List // what a language leaves to English
	layers   int                  // how many sources were read
	found    diag.List
}

func (l *loader) source(source fs.FS) {
	entries, err := fs.ReadDir(source, "ui")
	if errors.Is(err, fs.ErrNotExist) {
		return
	}
	if err != nil {
		l.found = append(l.found, diag.Finding{Pos: diag.Pos{Path: "ui"}, Code: "words-file", Text: err.Error()})
		return
	}
	// English first: the others are held against it.
	slices.SortStableFunc(entries, func(a, b fs.DirEntry) int {
		return cmp.Compare(rank(a), rank(b))
	})
	for _, e := range entries {
		if !e.IsDir() && path.Ext(e.Name()) == ".toml" {
			l.file(source, path.Join("ui", e.Name()))
		}
	}
}

func rank(e fs.DirEntry) int {
	if e.Name() == "en.toml" {
		return 0
	}
	return 1
}

func (l *loader) file(source fs.FS, name string) {
	fail := func(text, hint string) {
		l.found = append(l.found, diag.Finding{Pos: diag.Pos{Path: name}, Code: "words-file", Text: text, Hint: hint})
	}
	base := strings.TrimSuffix(path.Base(name), ".toml")
	tag, err := locale.Parse(base)
	if err != nil {
		fail("the file is not named after a language: "+err.Error(), "")
		return
	}
	if tag.String() != base {
		fail("the file is not named after a language in its usual form", fmt.Sprintf("name it %s.toml", tag))
		return
	}
	src, err := read(source, name)
	if err != nil {
		fail(err.Error(), "")
		return
	}
	l.files[base] = name
	l.parse(tag, name, bytes.TrimPrefix(src, []byte("\ufeff")))
}

func read(source fs.FS, name string) ([]byte, error) {
	info, err := fs.Stat(source, name)
	if err != nil {
		return nil, err
	}
	if info.Size() > largest {
		return nil, fmt.Errorf("the file has %d bytes, more than the %d that are read", info.Size(), largest)
	}
	return fs.ReadFile(source, name)
}

// parse takes in one file. src has no byte order mark.
func (l *loader) parse(tag locale.Tag, name string, src []byte) {
	lines := diag.NewLines(name, src)
	outline := outlined(src)
	if outline.deep >= 0 {
		l.found = append(l.found, diag.Finding{
			Pos: lines.At(outline.deep), Code: "words-syntax", Text: "this is nested deeper than a message is",
			Hint: `a message is a table of texts, such as [byline] and below it other = "…"`,
		})
		return
	}
	var data map[string]any
	if _, err := toml.Decode(string(src), &data); err != nil {
		l.found = append(l.found, syntax(lines, name, err))
		return
	}
	r := reader{
		loader: l, tag: tag, name: name, lines: lines, outline: outline,
		english: l.messages["en"], plurals: l.pluralsOf(tag),
	}
	if l.messages[tag.String()] == nil {
		l.messages[tag.String()] = map[string]*message{}
		// The first English says which messages there are.
		r.first = tag.String() == "en"
	}
	for _, id := range slices.Sorted(maps.Keys(data)) {
		if m := r.message(id, data[id]); m != nil {
			m.origin = r.origin(id, data[id])
			l.messages[tag.String()][id] = m
			if r.first {
				l.first[id] = m.sum()
			}
		}
	}
}

func (l *loader) pluralsOf(t locale.Tag) plurals {
	p, ok := l.plurals[t.String()]
	if !ok {
		p = pluralsOf(t)
		l.plurals[t.String()] = p
	}
	return p
}

// syntax is the library's complaint at its place.
func syntax(lines *diag.Lines, name string, err error) diag.Finding {
	f := diag.Finding{Pos: diag.Pos{Path: name}, Code: "words-syntax", Text: err.Error()}
	var at toml.ParseError
	if errors.As(err, &at) {
		f.Pos = lines.At(at.Position.Start)
		f.Text = strings.TrimSuffix(at.Message, ".")
	}
	f.Text = "this is no TOML: " + f.Text
	return f
}

// lacking tells of messages that a language leaves to English.
func (l *loader) lacking() {
	english := slices.Sorted(maps.Keys(l.messages["en"]))
	for tag, messages := range l.messages {
		var missing []string
		for _, id := range english {
			if messages[id] == nil {
				missing = append(missing, id)
			}
		}
		if len(missing) == 0 {
			continue
		}
		l.missing[tag] = diag.List{{
			Pos: diag.Pos{Path: l.files[tag]}, Code: "words-missing", Severity: diag.Warning,
			Text: fmt.Sprintf("of %d messages the English shows: %s", len(missing), strings.Join(missing, ", ")),
			Hint: "translate them",
		}}
		l.found = append(l.found, l.missing[tag]...)
	}
}

// nearest is the known word most like the one that was written, empty if none is
// like it.
func nearest(word string, known []string) string {
	best, most := "", 0.5
	for _, k := range known {
		if s, ok := prose.Similar(word, k, most); ok && (s > most || best == "") {
			best, most = k, s
		}
	}
	return best
}
