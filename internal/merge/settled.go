package merge

import (
	"dragoman/internal/catalog"
	"dragoman/internal/markdown"
)

// Outline is the messages that an article wants of a catalog. Each language has the
// same.
type Outline struct{ slots []outlined }

type outlined struct{ text, context, automatic string }

// OutlineOf is the outline of an article.
func OutlineOf(d *markdown.Document) Outline {
	slots := slotsOf(d)
	o := Outline{make([]outlined, len(slots))}
	for i, s := range slots {
		o.slots[i] = outlined{s.text(), s.context(), s.automatic()}
	}
	return o
}

// Settled reports whether a catalog's live messages are the article's, in its order,
// under keys that Update leaves as they are. If that holds of the catalogs of all
// articles, and the language has no pivot, Update changes nothing in them that is
// translated or counted: at most notes, references, and the earlier source of what is
// final.
func (o *Outline) Settled(f *catalog.File) bool {
	at := 0
	for _, m := range f.Messages {
		if m.Obsolete {
			continue
		}
		if at == len(o.slots) || !o.slots[at].has(m.Key) {
			return false
		}
		at++
	}
	return at == len(o.slots)
}

// has reports whether the key is one that Update leaves to the slot.
func (s *outlined) has(k catalog.Key) bool {
	if k.Source != s.text {
		return false
	}
	if s.context != "" {
		return k.Context == s.context
	}
	return k.Context == "" || k.Context == s.automatic
}
