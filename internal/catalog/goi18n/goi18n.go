// Package goi18n reads and writes catalogs as message files of go-i18n, which programs
// in Go and some platforms for translators know.
//
// A file holds the texts of one language by id. Beside one with the translations
// stands one with the sources:
//
//	# road.en.toml                          # road.ko.toml
//	[m0b3c…]                                [m0b3c…]
//	description = "heading 1 · The road"    hash = "sha1-9f5e…"
//	other = "Roads"                         other = "길"
//
// The id is a hash of the message's key (catalog.ID); the hash is go-i18n's own, of
// the description and the source. A translation that is not final is left out, as
// go-i18n's own tool does it: whoever loads the file shows the source instead.
//
// Laws: Parse(Format(f)) has the final targets of f, by id, word for word. go-i18n
// shows each text as it is, whatever is in it: where a text has {{, the message names
// other delimiters.
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
	Other       string `toml:"other" json:"other" yaml:"other"`
}

// Format writes the final targets of catalogs of one language. Messages with plural
// forms, which no article has, are left out.
func Format(files []*catalog.File, n Notation) []byte {
	return write(files, n, func(m *catalog.Message) (message, bool) {
		return message{Hash: sum(m), Other: m.Target}, m.State.Final() && !m.Fuzzy && m.Target != ""
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
	Sent bool // it has a hash, as what Format has written
	Pos  diag.Pos
}

// Parse reads a message file, in the notation that its name ends in. The targets are
// in the order of their ids.
func Parse(path string, src []byte) ([]Target, diag.List) {
	lines := diag.NewLines(path, src)
	if deep := words.Deep(src); isTOML(path) && deep >= 0 {
		return nil, diag.List{{
			Pos: lines.At(deep), Code: "message-file", Text: "this is nested deeper than a message is", Hint: "a message file has ids with texts",
		}}
	}
	var values map[string]any
	if err := decode(path, bytes.TrimPrefix(src, []byte("\ufeff")), &values); err != nil {
		return nil, diag.List{fault(path, src, err)}
	}
	var targets []Target
	var found diag.List
	for _, id := range slices.Sorted(maps.Keys(values)) {
		text, ok := textOf(values[id])
		pos := lines.At(max(0, bytes.Index(src, []byte(id))))
		switch {
		case !ok:
			found = append(found, diag.Finding{
				Pos: pos, Code: "message", Severity: diag.Warning,
				Text: fmt.Sprintf("%q is not a text", id), Hint: `write other = "…" below it`,
			})
		case text != "":
			table, _ := values[id].(map[string]any)
			targets = append(targets, Target{id, text, table["hash"] != nil, pos})
		}
	}
	return targets, found
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
