package edition

import (
	"cmp"
	"maps"
	"slices"

	"dragoman/internal/locale"
	"dragoman/internal/prose"
	"dragoman/internal/review"
)

// approvedKind is the kind of decision by which somebody stands by a translation.
const approvedKind = "approved"

// credit names who is to be named for a chapter's translation: those whom the article
// names, or else who stands by what is shown of it, who approved the most words first.
// Where translators are not to be named, or nothing is shown in their words, it names
// nobody.
func (c *compiler) credit(s source) []string {
	if !c.options.Credits || s.article.File == nil || !s.chapter.Translated() {
		return nil
	}
	if len(s.article.Translators) > 0 {
		return s.article.Translators
	}
	words := map[string]int{}
	for _, a := range s.answers {
		if a.message == nil {
			continue
		}
		d, ok := c.options.Decisions.Holds(review.PairKey(a.message), approvedKind)
		if ok && d.By != review.Nobody {
			words[d.By] += prose.Words(a.message.Source, c.book.Source)
		}
	}
	return slices.SortedFunc(maps.Keys(words), func(a, b string) int {
		return cmp.Or(cmp.Compare(words[b], words[a]), cmp.Compare(a, b))
	})
}

// Translators are those whom the chapters name, each once.
func (b *Book) Translators() (names []string) {
	for _, c := range b.All() {
		for _, name := range c.Translators {
			if !slices.Contains(names, name) {
				names = append(names, name)
			}
		}
	}
	return names
}

// Byline is how the edition says whose a text is; it is empty if there is no name.
func (b *Book) Byline(author string) string {
	if author == "" {
		return ""
	}
	return b.Words.Text("byline", map[string]any{"Author": author})
}

// Credit is how the edition says who translated a text; it is empty if nobody is to be
// named.
func (b *Book) Credit(translators []string) string {
	if len(translators) == 0 {
		return ""
	}
	return b.Words.Text("translator", map[string]any{"Translator": locale.Join(b.Words.Tag(), translators)})
}
