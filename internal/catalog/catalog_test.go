package catalog_test

import (
	"slices"
	"testing"

	"dragoman/internal/catalog"
)

func message(context, source, target string) *catalog.Message {
	return &catalog.Message{Entry: catalog.Entry{Key: catalog.Key{Context: context, Source: source}, Target: target}}
}

func obsolete(m *catalog.Message) *catalog.Message {
	m.Obsolete = true
	return m
}

func file(messages ...*catalog.Message) *catalog.File {
	f := &catalog.File{}
	for _, m := range messages {
		f.Add(m)
	}
	return f
}

func TestFindAnswersASegment(t *testing.T) {
	plain, cell, author := message("", "a", "plain"), message("kind:cell", "a", "cell"), message("menu", "a", "author")
	gone := obsolete(message("", "b", "gone"))
	goneCell, liveB := obsolete(message("kind:cell", "c", "gone")), message("", "c", "live")
	f := file(plain, cell, author, gone, goneCell, liveB)
	for _, c := range []struct {
		name                  string
		kind, context, source string
		want                  *catalog.Message
	}{
		{"by the author's context before all", "cell", "menu", "a", author},
		{"by its kind before none", "cell", "", "a", cell},
		{"without context where its kind has none", "paragraph", "", "a", plain},
		{"not by another context where the author asked for one", "cell", "toolbar", "a", nil},
		{"not by an obsolete message", "paragraph", "", "b", nil},
		{"past an obsolete message of its kind", "cell", "", "c", liveB},
		{"not by another source", "cell", "", "d", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := f.Find(c.kind, c.context, c.source); got != c.want {
				t.Errorf("got %+v, want %+v", got, c.want)
			}
		})
	}
}

func TestAtMostOneMessageBearsAKey(t *testing.T) {
	f := file(obsolete(message("", "a", "x")))
	if f.Add(message("", "a", "y")) {
		t.Error("a live message was added beside an obsolete one with its key")
	}
	if !f.Add(message("c", "a", "z")) {
		t.Error("a message with another context was refused")
	}
	if len(f.Messages) != 2 || f.Get(catalog.Key{Source: "a"}).Target != "x" {
		t.Errorf("messages: %+v", f.Messages)
	}
	if f.Live(catalog.Key{Source: "a"}) != nil {
		t.Error("an obsolete message is live")
	}
}

func TestIndexFollowsChangedKeys(t *testing.T) {
	f := file(message("", "a", "x"), message("", "b", "y"))
	f.Messages[0].Source = "c"
	f.Messages = f.Messages[:1]
	f.Index()
	for source, want := range map[string]bool{"a": false, "b": false, "c": true} {
		if got := f.Get(catalog.Key{Source: source}) != nil; got != want {
			t.Errorf("%s is there: %v, want %v", source, got, want)
		}
	}
}

func TestCloneChangesAlone(t *testing.T) {
	f := file(message("", "a", "x"))
	f.Header.Set("Language", "ko")
	f.Header.Comments, f.Header.Flags = []string{"c"}, []string{"fuzzy"}
	f.Messages[0].SetOrigin([]byte("raw"))

	c := f.Clone()
	if string(c.Messages[0].Origin()) != "raw" {
		t.Error("the copy forgot the bytes that it was read from")
	}
	c.Messages[0].Target = "y"
	c.Header.Set("Language", "zh_Hans")
	c.Header.Comments[0], c.Header.Flags[0] = "d", "x"
	c.Add(message("", "b", ""))
	if f.Messages[0].Target != "x" || len(f.Messages) != 1 || f.Get(catalog.Key{Source: "b"}) != nil {
		t.Errorf("the original changed: %+v", f.Messages)
	}
	if f.Header.Get("Language") != "ko" || f.Header.Comments[0] != "c" || f.Header.Flags[0] != "fuzzy" {
		t.Errorf("the original's header changed: %+v", f.Header)
	}
	if c.Get(catalog.Key{Source: "a"}) != c.Messages[0] {
		t.Error("the copy finds the original's message")
	}
}

func TestOriginEndsWithAnyChange(t *testing.T) {
	full := catalog.Entry{
		Key: catalog.Key{Context: "c", Source: "s"}, Plural: "p", Target: "t", Forms: []string{"f"},
		Previous: catalog.Previous{Source: "o"}, Comments: []string{"c"}, Notes: []string{"n"},
		References: []string{"r"}, Flags: []string{"l"},
	}
	for name, change := range map[string]func(*catalog.Entry){
		"context":  func(e *catalog.Entry) { e.Context = "x" },
		"source":   func(e *catalog.Entry) { e.Source = "x" },
		"plural":   func(e *catalog.Entry) { e.Plural = "" },
		"target":   func(e *catalog.Entry) { e.Target = "" },
		"forms":    func(e *catalog.Entry) { e.Forms = []string{"f", "g"} },
		"fuzzy":    func(e *catalog.Entry) { e.Fuzzy = true },
		"obsolete": func(e *catalog.Entry) { e.Obsolete = true },
		"previous": func(e *catalog.Entry) { e.Previous = catalog.Previous{} },
		"comments": func(e *catalog.Entry) { e.Comments = nil },
		"notes":    func(e *catalog.Entry) { e.Notes = []string{"x"} },
		"refs":     func(e *catalog.Entry) { e.References = []string{"r", "s"} },
		"flags":    func(e *catalog.Entry) { e.Flags = nil },
	} {
		t.Run(name, func(t *testing.T) {
			m := &catalog.Message{Entry: full}
			if m.Origin() != nil || m.Raw() != nil {
				t.Error("a message that was never read has an origin")
			}
			m.SetOrigin([]byte("raw"))
			change(&m.Entry)
			if m.Origin() != nil {
				t.Error("a changed message has its origin")
			}
			if string(m.Raw()) != "raw" {
				t.Error("a changed message forgot where it stood")
			}
			m.Entry = full
			m.Comments = slices.Clone(full.Comments)
			if string(m.Origin()) != "raw" {
				t.Error("a change that was taken back still counts")
			}
		})
	}
}

func TestOriginOfAHeaderEndsWithAnyChange(t *testing.T) {
	read := func() *catalog.Header {
		h := &catalog.Header{Comments: []string{"c"}, Flags: []string{"fuzzy"}, Fields: []catalog.Field{{Name: "A", Value: "1"}}}
		h.SetOrigin([]byte("raw"))
		return h
	}
	if h := read(); string(h.Origin()) != "raw" {
		t.Error("an unchanged header has no origin")
	}
	for name, change := range map[string]func(*catalog.Header){
		"a value":   func(h *catalog.Header) { h.Set("A", "2") },
		"a field":   func(h *catalog.Header) { h.Set("B", "") },
		"a comment": func(h *catalog.Header) { h.Comments[0] = "d" },
		"a flag":    func(h *catalog.Header) { h.Flags = nil },
	} {
		h := read()
		change(h)
		raw, said := h.Raw()
		if h.Origin() != nil || string(raw) != "raw" || said.Fields[0].Value != "1" || said.Comments[0] != "c" {
			t.Errorf("%s: origin %q, raw %q, said %+v", name, h.Origin(), raw, said)
		}
	}
}

func TestSetKeepsTheOrderOfFields(t *testing.T) {
	var h catalog.Header
	h.Set("A", "1")
	h.Set("B", "2")
	h.Set("A", "3")
	if want := []catalog.Field{{"A", "3"}, {"B", "2"}}; !slices.Equal(h.Fields, want) {
		t.Errorf("got %v, want %v", h.Fields, want)
	}
	if h.Get("a") != "" || h.Get("B") != "2" {
		t.Errorf("names are compared as written: %q, %q", h.Get("a"), h.Get("B"))
	}
}

func TestStatesAreSettledByTheEntryAlone(t *testing.T) {
	for _, c := range []struct {
		name  string
		entry catalog.Entry
		want  catalog.State
	}{
		{"no target", catalog.Entry{}, catalog.Untranslated},
		{"fuzzy without a target is still untranslated", catalog.Entry{Fuzzy: true, Forms: []string{"", ""}}, catalog.Untranslated},
		{"a target in a further form only", catalog.Entry{Forms: []string{"", "x"}}, catalog.Translated},
		{"fuzzy", catalog.Entry{Target: "x", Fuzzy: true}, catalog.NeedsChecking},
		{"obsolete is told apart", catalog.Entry{Target: "x", Obsolete: true}, catalog.Translated},
	} {
		t.Run(c.name, func(t *testing.T) {
			m := catalog.Message{Entry: c.entry, State: catalog.Approved}
			if m.SettleState(); m.State != c.want {
				t.Errorf("got %v, want %v", m.State, c.want)
			}
		})
	}
}

func TestOnlyFinalStatesArePublishedWithoutMark(t *testing.T) {
	for s := catalog.Untranslated; s <= catalog.Approved; s++ {
		if got, want := s.Final(), s.String() == "translated" || s.String() == "approved"; got != want {
			t.Errorf("%v final: %v", s, got)
		}
	}
}

func TestWhatAMessageLeavesWithOutlivesItsFlags(t *testing.T) {
	e := catalog.Entry{Target: "길", Fuzzy: true, Comments: []string{"who?"}, Flags: []string{"no-wrap"}}
	base := e.Fingerprint()
	e.Flags = e.Leave(catalog.NeedsChecking)
	e.LeaveInComment()
	if !slices.Equal(e.Comments, []string{"who?", base}) || !slices.Equal(e.Flags, []string{"no-wrap"}) {
		t.Fatalf("leaves with %q, %q", e.Comments, e.Flags)
	}
	e.Target = "도로"
	e.Arrive()
	if e.Base() != base || !slices.Equal(e.Comments, []string{"who?"}) {
		t.Errorf("arrives with %q, %q", e.Comments, e.Flags)
	}
	e = catalog.Entry{Comments: []string{"base-camp", "base-0123456789abcdef0"}}
	if e.Arrive(); e.Base() != "" || len(e.Comments) != 2 {
		t.Errorf("a comment is taken for what it left with: %+v", e)
	}
}
