package coverage

import (
	"cmp"
	"slices"

	"dragoman/internal/catalog"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/prose"
	"dragoman/internal/review"
)

// Event is what became of a message between two times. A message may have two: a
// new text that is translated by now is new and done.
type Event string

// The events.
const (
	Done    Event = "done"    // it is translated; it was not, or was for an earlier text
	Undone  Event = "stale"   // it was translated and is not any more: mostly its source changed
	Came    Event = "new"     // its text was not there
	Removed Event = "removed" // its text is not there any more
)

// Events are the events in the order of reports.
var Events = []Event{Done, Undone, Came, Removed}

// Flow is one event.
type Flow struct {
	Event    Event
	Language locale.Tag
	Article  string
	Key      catalog.Key
	Previous string        // the source before, if another
	State    catalog.State // now; of a removed message, before
	Words    int           // of the source
	Pos      diag.Pos      // in the catalog, likewise; without a line if it is not there yet
}

// Movement is what happened in a language between two times.
type Movement struct {
	Language locale.Tag
	Flows    []Flow
}

// Tally is the work of an event.
func (m *Movement) Tally(e Event) Tally {
	var t Tally
	for _, f := range m.Flows {
		if f.Event == e {
			t.add(Tally{Messages: 1, Words: f.Words})
		}
	}
	return t
}

// Ancestor is the source that a message had before its article was edited.
type Ancestor struct {
	Source string
	Edited bool // so that a translation of it had to be looked at
}

// Compare tells what happened to the messages of a language's catalogs between two
// times. The result is by article, in the order of its messages, those removed last.
// ancestor tells of the edits of an article; it is asked for messages whose text was
// not there before.
//
// A text is the same as before if a decision on it would hold, so white space and
// typography make no difference, and neither does a move to another article.
func Compare(before, after []Input, ancestor func(article string, k catalog.Key) (Ancestor, bool)) []Flow {
	old := make(map[string]*catalog.File, len(before))
	for _, in := range before {
		old[in.Article] = in.File
	}
	same := map[string]bool{}
	c := comparison{counted: (*Words)(nil).fork(), ancestor: ancestor}
	for _, in := range after {
		if same[in.Article] = unmoved(old[in.Article], in.File); !same[in.Article] {
			c.is = append(c.is, standings(in)...)
		}
	}
	for _, in := range before {
		if !same[in.Article] {
			c.was = append(c.was, standings(in)...)
		}
	}
	c.match()
	return c.flows()
}

// unmoved reports whether two catalogs have the same messages in the same states.
func unmoved(a, b *catalog.File) bool {
	return a != nil && b != nil && slices.EqualFunc(a.Messages, b.Messages, func(a, b *catalog.Message) bool {
		return a.Key == b.Key && a.State == b.State && a.Obsolete == b.Obsolete
	})
}

// standing is a message at one of the times.
type standing struct {
	m      *catalog.Message
	in     Input
	key    string // of its source
	was    *standing
	edited bool // it had another source, of which a translation had to be looked at
	taken  bool // of one before: it is there after
}

func standings(in Input) (list []*standing) {
	if in.File == nil {
		return nil
	}
	for _, m := range in.File.Messages {
		if !m.Obsolete && !prose.Wordless(m.Source) {
			list = append(list, &standing{m: m, in: in, key: review.SourceKey(m)})
		}
	}
	return list
}

// spot is a source in an article.
type spot struct{ article, key string }

type comparison struct {
	counted  *Words
	ancestor func(article string, k catalog.Key) (Ancestor, bool)
	was, is  []*standing
}

// match finds for each message what it was: the same text in the article, else the
// one that was edited, else the same text in another article.
func (c *comparison) match() {
	here, anywhere := map[spot][]*standing{}, map[string][]*standing{}
	for _, s := range c.was {
		at := spot{s.in.Article, s.key}
		here[at] = append(here[at], s)
		anywhere[s.key] = append(anywhere[s.key], s)
	}
	for _, s := range c.is {
		s.take(here[spot{s.in.Article, s.key}])
	}
	for _, s := range c.is {
		if s.was != nil {
			continue
		}
		a, ok := c.ancestor(s.in.Article, s.m.Key)
		if !ok {
			continue
		}
		old := catalog.Message{Entry: catalog.Entry{Key: catalog.Key{Context: s.m.Context, Source: a.Source}}}
		if list := here[spot{s.in.Article, review.SourceKey(&old)}]; len(list) > 0 {
			s.was, s.edited, list[0].taken = list[0], a.Edited, true // one text may have become two
		}
	}
	for _, s := range c.is {
		if s.was == nil {
			s.take(anywhere[s.key])
		}
	}
}

// take makes the first of a list that no message comes from the past of this one.
func (s *standing) take(list []*standing) {
	for _, old := range list {
		if !old.taken {
			s.was, old.taken = old, true
			return
		}
	}
}

func (c *comparison) flows() (list []Flow) {
	for _, s := range c.is {
		was := s.was != nil && s.was.m.State.Final()
		if s.was == nil {
			list = append(list, c.flow(Came, s))
		}
		switch is := s.m.State.Final(); {
		case is && (!was || s.edited):
			list = append(list, c.flow(Done, s))
		case was && !is:
			list = append(list, c.flow(Undone, s))
		}
	}
	for _, s := range c.was {
		if !s.taken {
			list = append(list, c.flow(Removed, s))
		}
	}
	slices.SortStableFunc(list, func(a, b Flow) int { return cmp.Compare(a.Article, b.Article) })
	return list
}

func (c *comparison) flow(e Event, s *standing) Flow {
	f := Flow{
		Event: e, Language: s.in.Language, Article: s.in.Article, Key: s.m.Key, State: s.m.State,
		Words: c.counted.of(s.m.Source, s.in.Source), Pos: s.m.Pos,
	}
	if f.Pos.Path == "" {
		f.Pos.Path = s.in.File.Path
	}
	if s.was != nil && s.was.m.Source != s.m.Source {
		f.Previous = s.was.m.Source
	}
	return f
}
