package main

import "dragoman/internal/catalog"

// choices are the states by the names that reports use, and what translators call several
// of them.
var choices = []struct {
	name   string
	states []catalog.State
}{
	{"untranslated", []catalog.State{catalog.Untranslated}},
	{"stale", []catalog.State{catalog.NeedsRewriting, catalog.NeedsChecking}},
	{"needs-rewriting", []catalog.State{catalog.NeedsRewriting}},
	{"needs-checking", []catalog.State{catalog.NeedsChecking}},
	{"machine-draft", []catalog.State{catalog.MachineDraft}},
	{"translated", []catalog.State{catalog.Translated}},
	{"unapproved", []catalog.State{catalog.Translated}},
	{"approved", []catalog.State{catalog.Approved}},
}

func stateNames() []string {
	var names []string
	for _, c := range choices {
		names = append(names, c.name)
	}
	return names
}

// states reads the names of --only.
func states(names []string) ([]catalog.State, error) {
	var list []catalog.State
	for _, name := range names {
		if err := oneOf("only", name, stateNames()...); err != nil {
			return nil, err
		}
		for _, c := range choices {
			if c.name == name {
				list = append(list, c.states...)
			}
		}
	}
	return list, nil
}
