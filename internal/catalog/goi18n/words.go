package goi18n

import (
	"maps"
	"slices"
	"strings"

	"dragoman/internal/catalog"
	"dragoman/internal/diag"
	"dragoman/internal/words"
)

// FormatWords writes the interface words of a language, each with what it is as it
// leaves.
func FormatWords(list []words.Message, n Notation) []byte {
	return encodeWords(list, n, func(w words.Message) message {
		return message{Description: WordsFingerprint(w.Forms), Hash: w.Hash}
	})
}

// FormatWordsSource writes the English interface words, with what there is to say of
// them.
func FormatWordsSource(list []words.Message, n Notation) []byte {
	return encodeWords(list, n, func(w words.Message) message { return message{Description: w.Description} })
}

func encodeWords(list []words.Message, n Notation, head func(words.Message) message) []byte {
	messages := make(map[string]message, len(list))
	for _, w := range list {
		m := head(w)
		m.Zero, m.One, m.Two = w.Forms["zero"], w.Forms["one"], w.Forms["two"]
		m.Few, m.Many, m.Other = w.Forms["few"], w.Forms["many"], w.Forms["other"]
		messages[w.ID] = m
	}
	return encode(messages, n)
}

// WordsFingerprint names what a message says in all its forms.
func WordsFingerprint(forms map[string]string) string {
	var b strings.Builder
	for _, form := range slices.Sorted(maps.Keys(forms)) {
		b.WriteString(form + "\x01" + forms[form] + "\x00")
	}
	e := catalog.Entry{Target: b.String()}
	return e.Fingerprint()
}

// WordsTarget is an interface word that comes in.
type WordsTarget struct {
	words.Message
	Base string // the WordsFingerprint that it left with; empty: not known
	Pos  diag.Pos
}

// ParseWords reads a file of interface words, in the notation that its name ends in,
// in the order of their ids. Messages without a text are not among them.
func ParseWords(path string, src []byte) ([]WordsTarget, diag.List) {
	values, lines, found := read(path, src)
	var list []WordsTarget
	for _, id := range slices.Sorted(maps.Keys(values)) {
		forms, ok := formsOf(values[id])
		pos := placeOf(lines, src, id)
		switch {
		case !ok:
			found = append(found, noText(pos, id))
		case len(forms) > 0:
			table, _ := values[id].(map[string]any)
			hash, _ := table["hash"].(string)
			list = append(list, WordsTarget{words.Message{ID: id, Hash: hash, Forms: forms}, baseOf(table), pos})
		}
	}
	return list, found
}

// formsOf are the forms that a message is written in.
func formsOf(value any) (forms map[string]string, ok bool) {
	if text, short := value.(string); short {
		value = map[string]any{"other": text}
	}
	table, ok := value.(map[string]any)
	if !ok {
		return nil, false
	}
	forms = map[string]string{}
	for _, form := range words.Forms() {
		text, isText := table[form].(string)
		if table[form] != nil && !isText {
			return nil, false
		}
		if strings.TrimSpace(text) != "" {
			forms[form] = text
		}
	}
	return forms, true
}
