package words

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"dragoman/internal/diag"
	"dragoman/internal/locale"
)

// besides are the keys of a message that are not texts: what a translator is
// told, and what go-i18n's own tool keeps.
var besides = []string{"description", hashKey}

// reader reads the messages of one file.
type reader struct {
	*loader
	tag     locale.Tag
	name    string
	lines   *diag.Lines
	outline *outline
	english map[string]*message
	plurals plurals
	first   bool // this file says which messages there are
}

func (r *reader) report(s diag.Severity, code, text, hint string, path ...string) {
	r.found = append(r.found, diag.Finding{Pos: r.pos(path...), Code: code, Severity: s, Text: text, Hint: hint})
}

// pos is where a key stands, or else the table that it is in.
func (r *reader) pos(path ...string) diag.Pos {
	for n := len(path); n > 0; n-- {
		if at := r.outline.place(path[:n]...); at >= 0 {
			return r.lines.At(at)
		}
	}
	return diag.Pos{Path: r.name}
}

// origin is where a message comes from.
func (r *reader) origin(id string, value any) origin {
	o := origin{layer: r.layers, pos: r.pos(id), hashPos: r.pos(id, hashKey)}
	if table, ok := value.(map[string]any); ok {
		o.description, _ = table["description"].(string)
		o.hash, _ = table[hashKey].(string)
	}
	return o
}

// message is the message of an id, nil if it cannot be used.
func (r *reader) message(id string, value any) *message {
	if !r.first && r.english[id] == nil {
		r.report(diag.Warning, "words-unknown", fmt.Sprintf("there is no message %q to translate", id),
			suggest(id, slices.Sorted(maps.Keys(r.english))), id)
		return nil
	}
	texts, ok := r.texts(id, value)
	if !ok {
		return nil
	}
	m := &message{texts: texts, fields: map[string][]string{}}
	for _, form := range forms {
		text, has := texts[form]
		if !has {
			continue
		}
		if strings.ContainsFunc(text, noPageHas) {
			r.report(diag.Error, "words-control", fmt.Sprintf("%q holds a control character, which no page and no book can have", id),
				"remove it", id, form)
			ok = false
		}
		p, action, err := split(text)
		if err != nil {
			r.report(diag.Error, "words-action", fmt.Sprintf("%q %v: %s", id, err, action),
				"write text and fields such as {{.Author}} only", id, form)
			ok = false
		}
		m.fields[form] = p.fields()
	}
	if !ok {
		return nil
	}
	english := r.english[id]
	if r.first {
		english = m
	}
	complete, filled := r.complete(id, m, english), r.filled(id, m, english)
	if !complete || !filled {
		return nil
	}
	return m
}

// noPageHas reports a character that XML 1.0 has no way to write: a book with one of
// them cannot be opened.
func noPageHas(r rune) bool {
	return r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff
}

// texts are the forms of a message that have text, by name.
func (r *reader) texts(id string, value any) (texts map[string]string, ok bool) {
	if s, short := value.(string); short {
		return written(map[string]string{"other": s})
	}
	table, ok := value.(map[string]any)
	if !ok {
		r.report(diag.Error, "words-syntax", fmt.Sprintf("%q is no message", id), `write a text, in quotation marks`, id)
		return nil, false
	}
	texts = map[string]string{}
	for _, key := range slices.Sorted(maps.Keys(table)) {
		text, isText := table[key].(string)
		switch {
		case !isText:
			r.report(diag.Error, "words-syntax", fmt.Sprintf("%q of %q is no text", key, id), "write a text, in quotation marks", id, key)
			ok = false
		case slices.Contains(forms[:], key):
			texts[key] = text
		case !slices.Contains(besides, key):
			r.report(diag.Error, "words-syntax", fmt.Sprintf("a message has no %q", key),
				suggest(key, append(forms[:], besides...)), id, key)
			ok = false
		}
	}
	if !ok {
		return nil, false
	}
	return written(texts)
}

// written drops the forms without text. A message that has none is not used: it
// waits for its translator.
func written(texts map[string]string) (some map[string]string, ok bool) {
	maps.DeleteFunc(texts, func(_, text string) bool { return strings.TrimSpace(text) == "" })
	return texts, len(texts) > 0
}

// complete reports whether a message has the forms that its language has, and
// takes away those that it has not.
func (r *reader) complete(id string, m, english *message) bool {
	ok := true
	for _, form := range forms {
		_, has := m.texts[form]
		_, wants := r.plurals.takers[form]
		wants = wants && (english.plural() || form == "other")
		switch {
		case wants && !has:
			r.report(diag.Error, "words-plural", fmt.Sprintf("%q lacks the form %q, which %s has", id, form, r.tag),
				"write it", id)
			ok = false
		case has && !wants && !(english.plural() && form == r.plurals.rare):
			r.report(diag.Warning, "words-plural", fmt.Sprintf("%q has no form %q in %s", id, form, r.tag),
				"remove it", id, form)
			delete(m.texts, form)
		}
	}
	return ok
}

// filled reports whether each form of a message fills in what English does. Only
// the count may be missing, where a form is of one number anyway.
func (r *reader) filled(id string, m, english *message) bool {
	ok := true
	known := english.known()
	for _, form := range forms {
		if _, has := m.texts[form]; !has {
			continue
		}
		for _, f := range english.fields["other"] {
			if !slices.Contains(m.fields[form], f) && !(f == "Count" && r.plurals.single(form)) {
				r.report(diag.Error, "words-placeholder", fmt.Sprintf("%q lacks {{.%s}}", id, f), "put it in, as English has it", id, form)
				ok = false
			}
		}
		for _, f := range m.fields[form] {
			if !slices.Contains(known, f) {
				hint := "remove it"
				if near := nearest(f, known); near != "" {
					hint = fmt.Sprintf("write {{.%s}}", near)
				}
				r.report(diag.Error, "words-placeholder", fmt.Sprintf("%q has {{.%s}}, which English does not", id, f), hint, id, form)
				ok = false
			}
		}
	}
	return ok
}

// known are the fields that any form of the message fills in.
func (m *message) known() []string {
	var all []string
	for _, form := range forms {
		all = append(all, m.fields[form]...)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// suggest is the hint for a word that is not known.
func suggest(word string, known []string) string {
	if near := nearest(word, known); near != "" {
		return fmt.Sprintf("write %q, or remove it", near)
	}
	return "remove it"
}
