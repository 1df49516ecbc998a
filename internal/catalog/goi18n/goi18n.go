// Package goi18n reads and writes catalogs as message files of go-i18n, which programs
// in Go and some platforms for translators know.
//
// A file holds the texts of one language by id. Beside one with the translations
// stands one with the sources:
//
//	# road.en.toml                          # road.ko.toml
//	[m0b3c…]                                [m0b3c…]
//	description = "heading 1 · The road"    description = "base-52d1…"
//	other = "Roads"                         hash = "sha1-9f5e…"
//	                                        other = "길"
//
// The id is a hash of the message's key (catalog.ID); the hash is go-i18n's own, of
// the description and the source. The description of a translation says what it is when
// it leaves (catalog.Entry.Fingerprint), so that whoever takes it back sees who has
// changed it: go-i18n refuses keys of our own, and its hash knows only the source. A
// translation that is not final is left out, as
// go-i18n's own tool does it: whoever loads the file shows the source instead.
//
// Laws: Parse(Format(f)) has the final targets of f, by id, word for word. go-i18n
// shows each text as it is, whatever is in it: where a text has {{, the message names
// other delimiters.
//
// Interface words, which package words keeps, leave and come back in the same files, with
// their own ids and all plural forms (FormatWords, ParseWords).
//
// Codes of findings: message-file (it is none), an error; message (one is not a text),
// a warning.
package goi18n

import (
	"bytes"
	"crypto/sha1"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"
	"unicode/utf8"

	"github.com/BurntSushi/toml"
	"go.yaml.in/yaml/v3"

	"dragoman/internal/catalog"
	"dragoman/internal/diag"
	"dragoman/internal/words"
)

// Notation is how a message file is written.
type Notation uint8

// The notations that go-i18n reads.
const (
	TOML Notation = iota
	JSON
	YAML
)

// message is one of go-i18n's, with the keys that it may have here.
type message struct {
	Description string `toml:"description,omitempty" json:"description,omitempty" yaml:"description,omitempty"`
	Hash        string `toml:"hash,omitempty" json:"hash,omitempty" yaml:"hash,omitempty"`
	LeftDelim   string `toml:"leftDelim,omitempty" json:"leftDelim,omitempty" yaml:"leftDelim,omitempty"`
	RightDelim  string `toml:"rightDelim,omitempty" json:"rightDelim,omitempty" yaml:"rightDelim,omitempty"`
	Zero        string `toml:"zero,omitempty" json:"zero,omitempty" yaml:"zero,omitempty"`
	One         string `toml:"one,omitempty" json:"one,omitempty" yaml:"one,omitempty"`
	Two         string `toml:"two,omitempty" json:"two,omitempty" yaml:"two,omitempty"`
	Few         string `toml:"few,omitempty" json:"few,omitempty" yaml:"few,omitempty"`
	Many        string `toml:"many,omitempty" json:"many,omitempty" yaml:"many,omitempty"`
	Other       string `toml:"other" json:"other" yaml:"other"`
}

// Format writes the final targets of catalogs of one language. Messages with plural
// forms, which no article has, are left out.
func Format(files []*catalog.File, n Notation) []byte {
	return write(files, n, func(m *catalog.Message) (message, bool) {
		return message{Description: m.Fingerprint(), Hash: sum(m), Other: m.Target}, m.State.Final() && !m.Fuzzy && m.Target != ""
	})
}

// FormatSource writes the sources of catalogs, with what there is to say of them.
func FormatSource(files []*catalog.File, n Notation) []byte {
	return write(files, n, func(m *catalog.Message) (message, bool) {
		return message{Description: description(m), Other: m.Source}, true
	})
}

func description(m *catalog.Message) string { return strings.Join(m.Notes, " · ") }

// sum is the hash of a source, by go-i18n's goi18n merge.
func sum(m *catalog.Message) string {
	sum := sha1.Sum([]byte(description(m) + m.Source))
	return "sha1-" + hex.EncodeToString(sum[:])
}

func write(files []*catalog.File, n Notation, of func(*catalog.Message) (message, bool)) []byte {
	messages := map[string]message{}
	for _, f := range files {
		for _, m := range f.Messages {
			text, ok := of(m)
			if !ok || m.Obsolete || m.Plural != "" || len(m.Forms) > 0 {
				continue
			}
			text.Other = strings.ToValidUTF8(text.Other, string(utf8.RuneError))
			text.LeftDelim, text.RightDelim = delimiters(text.Other)
			messages[catalog.ID(m.Key)] = text
		}
	}
	return encode(messages, n)
}

func encode(messages map[string]message, n Notation) []byte {
	var b bytes.Buffer
	switch n { // none can fail: these are texts by texts, and the buffer takes all
	case JSON:
		e := json.NewEncoder(&b)
		e.SetEscapeHTML(false)
		e.SetIndent("", "  ")
		e.Encode(messages)
	case YAML:
		yaml.NewEncoder(&b).Encode(messages)
	default:
		e := toml.NewEncoder(&b)
		e.Indent = ""
		e.Encode(messages)
	}
	return b.Bytes()
}

// delimiters are those between which go-i18n looks for actions, where a text has its
// usual ones: a brace more than it has in a row.
func delimiters(text string) (left, right string) {
	const usual = "{{"
	if !strings.Contains(text, usual) {
		return "", ""
	}
	left = usual
	for strings.Contains(text, left) {
		left += "{"
	}
	return left, strings.Repeat("}", len(left))
}

// Target is a translation that comes in.
type Target struct {
	ID   string // of the message's key
	Text string
	Base string // the Fingerprint that it left with; empty: it did not leave, or a tool has dropped that
	Sent bool   // it has a hash, as what Format has written
	Pos  diag.Pos
}

// Parse reads a message file, in the notation that its name ends in. The targets are
// in the order of their ids.
func Parse(path string, src []byte) ([]Target, diag.List) {
	values, lines, found := read(path, src)
	var targets []Target
	for _, id := range slices.Sorted(maps.Keys(values)) {
		text, ok := textOf(values[id])
		pos := placeOf(lines, src, id)
		switch {
		case !ok:
			found = append(found, noText(pos, id))
		case text != "":
			table, _ := values[id].(map[string]any)
			targets = append(targets, Target{id, text, baseOf(table), table["hash"] != nil, pos})
		}
	}
	return targets, found
}

// read decodes a message file.
func read(path string, src []byte) (values map[string]any, lines *diag.Lines, found diag.List) {
	lines = diag.NewLines(path, src)
	if deep := words.Deep(src); isTOML(path) && deep >= 0 {
		return nil, lines, diag.List{{
			Pos: lines.At(deep), Code: "message-file", Text: "this is nested deeper than a message is", Hint: "a message file has ids with texts",
		}}
	}
	if err := decode(path, bytes.TrimPrefix(src, []byte("\ufeff")), &values); err != nil {
		return nil, lines, diag.List{fault(path, src, err)}
	}
	return values, lines, nil
}

func placeOf(lines *diag.Lines, src []byte, id string) diag.Pos {
	return lines.At(max(0, bytes.Index(src, []byte(id))))
}

func noText(pos diag.Pos, id string) diag.Finding {
	return diag.Finding{
		Pos: pos, Code: "message", Severity: diag.Warning,
		Text: fmt.Sprintf("%q is not a text", id), Hint: `write other = "…" below it`,
	}
}

// baseOf is what a message was when it left.
func baseOf(table map[string]any) string {
	if text, _ := table["description"].(string); catalog.IsFingerprint(text) {
		return text
	}
	return ""
}

// textOf is what a message says: a text, or that of its form other.
func textOf(value any) (string, bool) {
	table, ok := value.(map[string]any)
	if !ok {
		text, ok := value.(string)
		return text, ok
	}
	if table["other"] == nil {
		return "", true
	}
	text, ok := table["other"].(string)
	return text, ok
}

func extension(path string) string {
	return strings.ToLower(path[strings.LastIndexByte(path, '.')+1:])
}

func isTOML(path string) bool {
	return !slices.Contains([]string{"json", "yaml", "yml"}, extension(path))
}

func decode(path string, src []byte, values *map[string]any) error {
	if !utf8.Valid(src) {
		return errors.New("the file is not UTF-8")
	}
	switch extension(path) {
	case "json":
		return json.Unmarshal(src, values)
	case "yaml", "yml":
		return yaml.Unmarshal(src, values)
	}
	_, err := toml.Decode(string(src), values)
	return err
}

// fault is the library's complaint, where it says one at its place.
func fault(path string, src []byte, err error) diag.Finding {
	f := diag.Finding{Pos: diag.Pos{Path: path}, Code: "message-file", Text: err.Error(), Hint: "a message file has ids with texts"}
	lines := diag.NewLines(path, src)
	var t toml.ParseError
	var j *json.SyntaxError
	switch {
	case errors.As(err, &t):
		f.Pos, f.Text = lines.At(t.Position.Start), strings.TrimSuffix(t.Message, ".")
	case errors.As(err, &j):
		f.Pos = lines.At(max(0, int(j.Offset)-1))
	}
	f.Text = "no message file: " + f.Text
	return f
}
