package project

import (
	"bytes"
	"context"
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/po"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/merge"
	"dragoman/internal/review"
)

// PruneOptions say what to prune.
type PruneOptions struct {
	Now       time.Time
	Languages []locale.Tag // none: all
	DryRun    bool         // write nothing
}

// Pruning is what was pruned, or would be, in one language.
type Pruning struct {
	Language  locale.Tag
	Messages  []*catalog.Message // obsolete ones
	Decisions int                // about texts that no catalog holds
	Written   []string           // files
	Removed   []string           // catalogs of articles that are gone
}

// Prune drops what nothing refers to any more: obsolete messages that no live one
// was edited from, catalogs of articles that are gone, and decisions about texts
// that are in no catalog. Catalogs are brought up to date first. Findings are
// warnings; the error is a diag.List where the workspace is at fault, and then no
// file is changed.
func (t *Tree) Prune(ctx context.Context, o PruneOptions) ([]Pruning, diag.List, error) {
	tags, err := t.targets(o.Languages)
	if err != nil {
		return nil, nil, err
	}
	docs, shelves, found, err := t.load(ctx, tags, o.Now)
	if err != nil {
		return nil, nil, err
	}
	var writes []change
	list := make([]Pruning, len(shelves))
	for i, s := range shelves {
		part, err := s.prune(t, len(docs), &list[i])
		if err != nil {
			return nil, nil, err
		}
		writes = append(writes, part...)
	}
	if err := ctx.Err(); err != nil || o.DryRun {
		return list, found, err
	}
	return list, found, t.save(writes)
}

// prune tells which files of the language change.
func (s *shelf) prune(t *Tree, articles int, p *Pruning) (writes []change, err error) {
	p.Language = s.tag
	p.Messages = merge.Prune(s.merged)
	memory, _, err := t.openMemory(s.tag, time.Time{})
	if err != nil {
		return nil, err
	}
	decisions, dropped := s.decisions.Pruned(keysIn(append(s.merged, memory)))
	p.Decisions = dropped
	if name := t.decisionsPath(s.tag); !bytes.Equal(decisions, s.read[name]) {
		writes = append(writes, change{name, s.read[name], append([]byte{}, decisions...)})
		p.Written = append(p.Written, name)
	}
	for i, f := range s.merged {
		old, exists := s.read[f.Path]
		text := po.Format(f)
		switch {
		case i >= articles && len(f.Messages) == 0 && exists:
			writes = append(writes, change{f.Path, old, nil})
			p.Removed = append(p.Removed, f.Path)
		case (exists || len(f.Messages) > 0) && !bytes.Equal(text, old):
			writes = append(writes, change{f.Path, old, text})
			p.Written = append(p.Written, f.Path)
		}
	}
	return writes, nil
}

// keysIn reports whether a key is of a text in these catalogs.
func keysIn(files []*catalog.File) func(string) bool {
	keys := map[string]bool{}
	for _, f := range files {
		for _, m := range f.Messages {
			keys[review.SourceKey(m)], keys[review.PairKey(m)] = true, true
		}
	}
	return func(key string) bool { return keys[key] }
}
