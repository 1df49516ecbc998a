package project

import (
	"context"
	"strings"
	"sync"

	"dragoman/internal/diag"
	"dragoman/internal/edition"
	"dragoman/internal/edition/site"
)

// theme is how the workspace wants its editions to look: the files of its folder
// theme, which need not be there. An error in them is the error, for nothing can be
// built with it.
func (t *Tree) theme(ctx context.Context) (edition.Theme, diag.List, error) {
	var names []string
	found, err := t.walk(edition.ThemeFolder, func(name string, _ bool) { names = append(names, name) })
	if err != nil || len(names) == 0 {
		return nil, found, err
	}
	theme := edition.Theme{}
	var lock sync.Mutex
	err = t.readFiles(ctx, names, func(i int, text []byte) {
		lock.Lock()
		defer lock.Unlock()
		theme[strings.TrimPrefix(names[i], edition.ThemeFolder+"/")] = text
	})
	if err != nil {
		return nil, nil, err
	}
	found = append(found, theme.Check()...)
	found = append(found, site.CheckTheme(theme)...)
	return theme, found, found.Err()
}
