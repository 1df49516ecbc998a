package project

import (
	"context"
	"errors"
	"path"
	"slices"
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/merge"
	"dragoman/internal/report"
	"dragoman/internal/review"
)

// LogOptions say what to tell the history of.
type LogOptions struct {
	Now       time.Time
	Article   string       // its path or slug
	Languages []locale.Tag // whose translations to tell of
}

// Log tells when each message of an article last changed. Where the workspace is
// in a git repository its versions are aligned one after the other, as the merge
// aligns a catalog with its article, which takes time in proportion to their
// number; only the newest 1,000 are. Elsewhere the decisions on translations tell,
// as far as there were any.
func (t *Tree) Log(ctx context.Context, o LogOptions) (*report.Log, diag.List, error) {
	tags, err := t.targets(o.Languages)
	if err != nil {
		return nil, nil, err
	}
	docs, shelves, found, err := t.load(ctx, tags, o.Now)
	if err != nil {
		return nil, nil, err
	}
	chosen, err := t.chosen(docs, []string{o.Article})
	if err != nil {
		return nil, nil, err
	}
	at := slices.IndexFunc(docs, func(d *markdown.Document) bool { return chosen[d.Path] })
	log := &report.Log{Article: docs[at].Path}
	h := t.newHistory(docs[at])
	revisions, cut, err := t.revisions(ctx, path.Join(t.Config.Content, docs[at].Path))
	switch {
	case errors.Is(err, errNoGit) && ctx.Err() == nil:
		h.take(docs[at], report.Event{})
		for _, s := range shelves {
			h.decided(s, s.merged[at])
		}
	case err != nil:
		return nil, nil, err
	default:
		log.Git, log.Revisions = true, len(revisions)
		if err := h.follow(ctx, revisions, cut); err != nil {
			return nil, nil, err
		}
		h.take(docs[at], report.Event{Uncommitted: true})
	}
	if len(o.Languages) == 0 {
		shelves = nil
	}
	log.Messages = h.messages(shelves, at)
	return log, found, nil
}

// history is what happened to the messages of one article, version by version.
type history struct {
	tree *Tree
	doc  *markdown.Document // as it is now
	file *catalog.File      // the messages of the last version, without translations
	last map[catalog.Key]report.Event
}

func (t *Tree) newHistory(doc *markdown.Document) *history {
	return &history{tree: t, doc: doc, last: map[catalog.Key]report.Event{}}
}

// follow takes the versions in, the oldest first. Of what the first of them has,
// nobody knows how long it was there if older ones were cut off.
func (h *history) follow(ctx context.Context, revisions []revision, cut bool) error {
	slices.Reverse(revisions)
	return h.tree.blobs(ctx, revisions, func(r revision, text []byte) {
		d, _ := markdown.Parse(h.doc.Path, text, h.tree.Config.Dialect)
		if d == nil || ctx.Err() != nil {
			return // it was no article then
		}
		d.Path, d.Language = h.doc.Path, h.doc.Language
		h.take(d, report.Event{Commit: r.commit, Date: r.date, OrBefore: cut && h.file == nil})
	})
}

// take aligns the next version with the one before, and marks with the event what
// changed. White space and the place of a message do not count.
func (h *history) take(d *markdown.Document, event report.Event) {
	var before []*catalog.File
	if h.file != nil {
		before = append(before, h.file)
	}
	files, changes := merge.Update(before, []*markdown.Document{d}, merge.Options{
		Now: event.Date, Source: d.Language, Language: d.Language,
	})
	h.file = files[0]
	last := make(map[catalog.Key]report.Event, len(h.last))
	for _, m := range h.file.Messages {
		if e, known := h.last[m.Key]; known && !m.Obsolete {
			last[m.Key] = e
		}
	}
	for _, c := range changes {
		switch c.Class {
		case merge.Gone:
			continue
		case merge.Whitespace, merge.Moved, merge.Back, merge.Same:
			if e, known := h.before(c); known {
				last[c.Key] = e
				continue
			}
		}
		e := event
		e.Class, e.Previous = string(c.Class), c.Previous
		last[c.Key] = e
	}
	h.last = last
}

// before is the event of the message that a change was of.
func (h *history) before(c merge.Change) (report.Event, bool) {
	source := c.Previous
	if source == "" {
		source = c.Key.Source
	}
	e, known := h.last[catalog.Key{Context: c.Key.Context, Source: source}]
	if !known {
		e, known = h.last[catalog.Key{Source: source}]
	}
	return e, known
}

// decided marks messages with the days of the decisions that changes of their
// sources made in one language, where these are later than what is known.
func (h *history) decided(s *shelf, f *catalog.File) {
	for _, m := range f.Messages {
		if m.Obsolete {
			continue
		}
		for _, class := range graces {
			for _, prefix := range []string{review.StalePrefix, review.CheckPrefix} {
				d, ok := s.decisions.Latest(review.SourceKey(m), prefix+class)
				if ok && d.Date.After(h.last[m.Key].Date) {
					h.last[m.Key] = report.Event{Date: d.Date, Class: class, Previous: m.Previous.Source}
				}
			}
		}
	}
}

// messages are the article's messages in order, each with what last happened to
// it and how its translations are.
func (h *history) messages(shelves []*shelf, at int) (list []report.LogMessage) {
	seen := map[*catalog.Message]bool{}
	for _, g := range h.doc.Segments {
		m := h.file.Find(g.Kind.String(), g.Context, g.Text)
		if m == nil || seen[m] {
			continue
		}
		seen[m] = true
		one := report.LogMessage{Key: m.Key, Pos: g.Pos, Event: h.last[m.Key]}
		for _, s := range shelves {
			if translated := s.merged[at].Find(g.Kind.String(), g.Context, g.Text); translated != nil {
				one.Translations = append(one.Translations, s.standing(translated))
			}
		}
		list = append(list, one)
	}
	return list
}

// standing is how one translation is.
func (s *shelf) standing(m *catalog.Message) report.LogTranslation {
	l := report.LogTranslation{Language: s.tag, State: m.State}
	if reason, stale := review.Reason(m, s.decisions); stale {
		l.Class, l.Since = reason.Class(), reason.Date
	}
	return l
}
