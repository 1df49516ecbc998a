package catalog

import (
	"slices"
	"strconv"
	"strings"

	"dragoman/internal/locale"
)

// Layout is how a catalog's bytes were laid out, kept so that an entry written
// anew looks like its neighbours.
type Layout struct {
	CRLF bool   // lines end in CR LF
	BOM  bool   // begins with a byte order mark
	Head []byte // white space before the first entry
	Tail []byte // what follows the last entry: comments, blank lines
}

// File is one catalog: the messages of an article in one language, live ones in
// the article's order, then obsolete ones.
type File struct {
	Path     string
	Language locale.Tag
	Header   Header
	Messages []*Message
	Layout   Layout

	index map[Key]*Message
}

// Add appends a message. It reports false, and adds nothing, if the file has a
// message with that key.
func (f *File) Add(m *Message) bool {
	if f.Get(m.Key) != nil {
		return false
	}
	f.Messages = append(f.Messages, m)
	f.index[m.Key] = m
	return true
}

// Grow makes room for n more messages.
func (f *File) Grow(n int) {
	f.Messages = slices.Grow(f.Messages, n)
	if f.index == nil {
		f.index = make(map[Key]*Message, len(f.Messages)+n)
		for _, m := range f.Messages {
			f.index[m.Key] = m
		}
	}
}

// Get is the message with that key, live or obsolete; nil if there is none.
func (f *File) Get(k Key) *Message {
	if f.index == nil {
		f.Grow(0)
	}
	return f.index[k]
}

// Live is the message with that key if it is not obsolete, else nil.
func (f *File) Live(k Key) *Message {
	if m := f.Get(k); m != nil && !m.Obsolete {
		return m
	}
	return nil
}

// Find is the live message of a segment: the one with the author's context if
// there is one, else the one whose context names the kind, else the one
// without context. It is nil if the catalog is behind its article.
func (f *File) Find(kind, context, source string) *Message {
	if context != "" {
		return f.Live(Key{Context: context, Source: source})
	}
	if m := f.Live(Key{Context: KindContext(kind), Source: source}); m != nil {
		return m
	}
	return f.Live(Key{Source: source})
}

// KindContext is the automatic context of a segment of that kind.
func KindContext(kind string) string { return "kind:" + kind }

// VariantContext is the context of a further translation of a text in a memory,
// where the first one has the context of its message: "translation 2" and so on.
func VariantContext(n int) string { return variantPrefix + strconv.Itoa(n) }

const variantPrefix = "translation "

// IsVariant reports whether a context was given by VariantContext.
func IsVariant(context string) bool {
	digits, ok := strings.CutPrefix(context, variantPrefix)
	_, err := strconv.Atoi(digits)
	return ok && err == nil
}

// Index forgets the private index: call it after Messages or a key in it was
// changed other than by Add. Look-ups rebuild it, so concurrent readers want one
// look-up (or Index with nothing changed) before they start.
func (f *File) Index() {
	f.index = nil
	f.Get(Key{})
}

// Clone copies the file so that the copy's messages can be changed without
// changing the original's. Texts and slices are shared: they are replaced, never
// changed in place.
func (f *File) Clone() *File {
	c := *f
	c.Header.Fields = slices.Clone(f.Header.Fields)
	c.Header.Comments = slices.Clone(f.Header.Comments)
	c.Header.Flags = slices.Clone(f.Header.Flags)
	c.Messages = make([]*Message, len(f.Messages))
	copies := make([]Message, len(f.Messages))
	for i, m := range f.Messages {
		copies[i] = *m
		c.Messages[i] = &copies[i]
	}
	c.Index()
	return &c
}
