package words

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n/template"
)

// parts is a message's text taken apart: what stands as it is, and the names of
// fields to fill in, in turn; it begins and ends with what stands.
type parts []string

// errAction is the error of a template that does anything but fill in a field.
var errAction = errors.New("has an action that is no field")

// split takes a text apart. Between {{ and }} it knows a dot and a name, with
// space around it; what it does not know it gives as the action of the error.
func split(text string) (p parts, action string, err error) {
	for {
		before, rest, found := strings.Cut(text, "{{")
		p = append(p, before)
		if !found {
			return p, "", nil
		}
		inside, after, closed := strings.Cut(rest, "}}")
		name, dotted := strings.CutPrefix(strings.TrimSpace(inside), ".")
		if !closed || !dotted || !identifier(name) {
			return nil, clip("{{"+inside, closed), errAction
		}
		p = append(p, name)
		text = after
	}
}

// clip is an action as a finding shows it.
func clip(action string, closed bool) string {
	const most = 40
	if runes := []rune(action); len(runes) > most {
		return string(runes[:most]) + "…"
	}
	if closed {
		return action + "}}"
	}
	return action
}

func identifier(s string) bool {
	for i, r := range s {
		letter := 'a' <= r|0x20 && r|0x20 <= 'z' || r == '_'
		if !letter && (i == 0 || r < '0' || r > '9') {
			return false
		}
	}
	return s != ""
}

// fields are the names to fill in, sorted, each once.
func (p parts) fields() []string {
	var names []string
	for i := 1; i < len(p); i += 2 {
		names = append(names, p[i])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// Execute fills in the fields from a map. A field that the map lacks stays as it
// is written, for a test to see.
func (p parts) Execute(data any) (string, error) {
	values, _ := data.(map[string]any)
	var b strings.Builder
	for i, s := range p {
		switch v, ok := values[s]; {
		case i%2 == 0:
			b.WriteString(s)
		case ok:
			fmt.Fprint(&b, v)
		default:
			b.WriteString("{{." + s + "}}")
		}
	}
	return b.String(), nil
}

// parser makes go-i18n read messages as parts, not as the programs of
// text/template.
type parser struct{}

func (parser) Cacheable() bool { return true }

func (parser) Parse(src, _, _ string) (template.ParsedTemplate, error) {
	p, _, err := split(src)
	if err != nil {
		return nil, err
	}
	return p, nil
}
