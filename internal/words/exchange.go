package words

import (
	"bytes"
	"errors"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/BurntSushi/toml"

	"dragoman/internal/diag"
	"dragoman/internal/locale"
)

// Message is what a language says under an id, as it is sent out and comes back.
type Message struct {
	ID          string
	Description string            // to the translator; of English ones
	Hash        string            // of the English that is translated; of translated ones
	Forms       map[string]string // by the names of Forms
}

// Forms are the names of the plural forms; other is the one that all messages have.
func Forms() []string { return slices.Clone(forms[:]) }

// Messages are those of a language, by id, not those that English stands in for.
func (b *Bundle) Messages(tag locale.Tag) []Message {
	var list []Message
	own := b.messages[tag.String()]
	for _, id := range slices.Sorted(maps.Keys(own)) {
		m := Message{ID: id, Description: own[id].description, Hash: own[id].hash, Forms: maps.Clone(own[id].texts)}
		if english := b.messages["en"][id]; english != nil && m.Hash == "" && tag.String() != "en" {
			m.Hash = english.sum()
		}
		list = append(list, m)
	}
	return list
}

// Judge finds what is wrong with a message in a language, as Load does.
func (b *Bundle) Judge(tag locale.Tag, m Message) diag.List {
	l := loader{
		messages: map[string]map[string]*message{"en": b.messages["en"], tag.String(): {}},
		plurals:  map[string]plurals{}, files: map[string]string{},
	}
	l.parse(tag, tag.String(), table(m))
	return l.found
}

// table is a message as TOML.
func table(m Message) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "[%s]\n", toml.Key{m.ID})
	if m.Hash != "" {
		fmt.Fprintf(&b, "%s = %s\n", hashKey, quoted(m.Hash))
	}
	for _, form := range forms {
		if text := m.Forms[form]; text != "" {
			fmt.Fprintf(&b, "%s = %s\n", form, quoted(text))
		}
	}
	return b.Bytes()
}

// quoted is a text as a TOML string in one line.
func quoted(text string) string {
	var b bytes.Buffer
	toml.NewEncoder(&b).Encode(map[string]string{"x": text}) // a text is always TOML
	return strings.TrimSuffix(strings.TrimPrefix(b.String(), "x = "), "\n")
}

// Revise is a file of translated messages with one of them put in the place of what it
// said under that id, or added. Comments, and all else, keep their bytes. It is an error
// if the message does not stand under a header of its own, as [contents].
func Revise(src []byte, m Message) ([]byte, error) {
	from, to := len(src), len(src)
	text := table(m)
	mark := len(src) - len(bytes.TrimPrefix(src, []byte("\ufeff")))
	outline := outlined(src[mark:])
	if key := outline.place(m.ID); key >= 0 {
		body := afterHeader(outline.src, key)
		if body < 0 {
			return nil, errors.New("the message has no header of its own")
		}
		from, to = mark+key-1, mark+outline.endOf(key)
		text = append(text, commentsIn(src[mark+body:to])...)
	} else if len(src) > mark {
		text = append([]byte(strings.Repeat("\n", 2-newlines(src))), text...)
	}
	out := slices.Concat(src[:from], text, src[to:])
	if !saysOnly(src, out, m) {
		return nil, errors.New("the file cannot be changed there")
	}
	return out, nil
}

// newlines counts those that a text ends in, two at most.
func newlines(src []byte) int {
	return min(2, len(src)-len(bytes.TrimRight(src, "\n")))
}

// endOf is where the table ends whose header has its key there: before the white space
// and comments that lead to the next header.
func (o *outline) endOf(key int) int {
	end := len(o.src)
	for _, at := range o.at {
		if at > key && at < end && o.src[at-1] == '[' && (at == 1 || o.src[at-2] == '\n') {
			end = at - 1
		}
	}
	lines := slices.Collect(bytes.Lines(o.src[key:end]))
	for n := len(lines) - 1; n > 0; n-- {
		if line := bytes.TrimSpace(lines[n]); len(line) > 0 && line[0] != '#' {
			break
		}
		end -= len(lines[n])
	}
	return end
}

// commentsIn are the lines of a table that are comments.
func commentsIn(body []byte) (comments []byte) {
	for line := range bytes.Lines(body) {
		if bytes.HasPrefix(bytes.TrimSpace(line), []byte("#")) {
			comments = append(comments, line...)
		}
	}
	return comments
}

// saysOnly reports whether a file says what it said before, but for one message.
func saysOnly(before, after []byte, m Message) bool {
	var x, y map[string]any
	trim := func(text []byte) string { return strings.TrimPrefix(string(text), "\ufeff") }
	if _, err := toml.Decode(trim(before), &x); err != nil {
		return false
	}
	if _, err := toml.Decode(trim(after), &y); err != nil {
		return false
	}
	said, _ := y[m.ID].(map[string]any)
	for form, text := range m.Forms {
		if said[form] != text {
			return false
		}
	}
	delete(x, m.ID)
	delete(y, m.ID)
	return len(x)+len(y) == 0 || reflect.DeepEqual(x, y)
}

// Keep is a file of translated messages with a text that had to give way in a comment
// at its end.
func Keep(src []byte, m Message) []byte {
	for _, form := range forms {
		text := m.Forms[form]
		line := []byte(fmt.Sprintf("# kept: %s.%s = %s\n", toml.Key{m.ID}, form, quoted(text)))
		if text == "" || bytes.Contains(src, line) {
			continue
		}
		if len(src) > 0 && newlines(src) == 0 {
			src = append(src, '\n')
		}
		src = append(slices.Clip(src), line...)
	}
	return src
}
