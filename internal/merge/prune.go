package merge

import (
	"slices"

	"dragoman/internal/catalog"
	"dragoman/internal/prose"
)

// Prune drops from catalogs the obsolete messages that nothing refers to any more,
// and gives them: a message stays obsolete as long as a live one is fuzzy because of
// it, so that an author who takes an edit back finds the translation again.
func Prune(files []*catalog.File) []*catalog.Message {
	referred := map[string]bool{}
	for _, f := range files {
		for _, m := range f.Messages {
			if !m.Obsolete && m.Fuzzy {
				referred[prose.Normal(m.Previous.Source)] = true
			}
		}
	}
	var dropped []*catalog.Message
	for _, f := range files {
		f.Messages = slices.DeleteFunc(f.Messages, func(m *catalog.Message) bool {
			drop := m.Obsolete && !referred[prose.Normal(m.Source)]
			if drop {
				dropped = append(dropped, m)
			}
			return drop
		})
		f.Index()
	}
	return dropped
}
