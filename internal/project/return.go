package project

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"strings"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/csv"
	"dragoman/internal/catalog/goi18n"
	"dragoman/internal/catalog/po"
	"dragoman/internal/catalog/xliff"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/merge"
)

// Conflict is a message whose target was changed here since it was sent out, and
// there in another way.
type Conflict struct {
	Article string
	Source  string
	Ours    string // stays
	Theirs  string // is kept in a comment beside it
	Pos     diag.Pos
}

// arrival is what comes in.
type arrival struct {
	files    []*catalog.File // that were not sent out by us, or do not know it
	returned []returned
	targets  []goi18n.Target           // of ids, without their sources
	refused  map[*catalog.Message]bool // whose target is not taken, as found says
	found    diag.List
}

// returned is a message that was sent out.
type returned struct {
	article string
	m       *catalog.Message
}

// arrivals reads a file of another tool, or all in a folder.
func arrivals(name string, tag locale.Tag) (*arrival, error) {
	a := &arrival{refused: map[*catalog.Message]bool{}}
	info, err := os.Stat(name)
	if err != nil {
		return nil, plainError("read", err)
	}
	if !info.IsDir() {
		if messageFiles[strings.ToLower(filepath.Ext(name))] {
			return a, a.readMessages(name, tag)
		}
		return a, a.read(name, tag)
	}
	err = filepath.WalkDir(name, func(p string, e fs.DirEntry, err error) error {
		ext := strings.ToLower(filepath.Ext(p))
		switch {
		case err != nil || !e.Type().IsRegular():
			return err
		case messageFiles[ext]:
			if other, named := languageOf(p); !named || !legible(other, tag) {
				return nil // that of the sources, or none
			}
			return a.readMessages(p, tag)
		case readers[ext] == nil:
			return nil
		}
		return a.read(p, tag)
	})
	if err == nil && len(a.files)+len(a.returned)+len(a.targets) == 0 {
		err = fmt.Errorf("%s: no catalog in the folder; name one that holds .po, .xlf, .csv or .toml files", name)
	}
	var found diag.List
	if err != nil && !errors.As(err, &found) {
		return nil, err
	}
	return a, err
}

// readers are the formats that come in, by the ends of names.
var readers = map[string]func(string, []byte) ([]*catalog.File, diag.List){
	".po":    readPO,
	".xlf":   xliff.Parse,
	".xliff": xliff.Parse,
	".csv":   csv.Parse,
}

// messageFiles are the ends of names of go-i18n's message files.
var messageFiles = map[string]bool{".toml": true, ".json": true, ".yaml": true, ".yml": true}

// languageOf is the language that a message file is named by: ko of a.ko.toml and of
// ko.toml.
func languageOf(name string) (tag locale.Tag, ok bool) {
	base := filepath.Base(name)
	parts := strings.Split(strings.TrimSuffix(base, filepath.Ext(base)), ".")
	tag, err := locale.FromGettext(parts[len(parts)-1])
	return tag, err == nil
}

// readMessages reads a message file.
func (a *arrival) readMessages(name string, tag locale.Tag) error {
	if other, named := languageOf(name); named && !legible(other, tag) {
		return fmt.Errorf("%s: the file's name says that its language is %s, not %s; name the language with --lang", slashed(name), other, tag)
	}
	src, err := os.ReadFile(name)
	if err != nil {
		return plainError("read", err)
	}
	targets, found := goi18n.Parse(slashed(name), src)
	a.targets = append(a.targets, targets...)
	a.found = append(a.found, found...)
	return found.Err()
}

func readPO(name string, src []byte) ([]*catalog.File, diag.List) {
	f, found := po.Parse(name, src)
	for _, m := range f.Messages {
		m.Arrive()
	}
	if other, err := locale.FromGettext(f.Header.Get("Language")); err == nil {
		f.Language = other
	}
	return []*catalog.File{f}, found
}

// read reads one file. Errors on single messages are findings; others refuse it.
func (a *arrival) read(name string, tag locale.Tag) error {
	src, err := os.ReadFile(name)
	if err != nil {
		return plainError("read", err)
	}
	parse := readers[strings.ToLower(filepath.Ext(name))]
	if parse == nil {
		parse = readPO
	}
	files, found := parse(slashed(name), src)
	refused := map[diag.Key]bool{}
	for _, f := range found {
		if f.Severity == diag.Error && f.Key == (diag.Key{}) {
			return found
		}
		refused[f.Key] = refused[f.Key] || f.Severity == diag.Error
	}
	a.found = append(a.found, found...)
	for _, f := range files {
		if f.Language != (locale.Tag{}) && !legible(f.Language, tag) {
			return fmt.Errorf("%s: the file says that its language is %s, not %s; name the language with --lang", slashed(name), f.Language, tag)
		}
		for _, m := range f.Messages {
			if refused[m.Key] && !m.HasTarget() {
				a.refused[m] = true
			}
		}
		a.sort(f)
	}
	return nil
}

// sort tells what was sent out from what was not.
func (a *arrival) sort(f *catalog.File) {
	other := &catalog.File{Path: f.Path, Language: f.Language}
	for _, m := range f.Messages {
		if m.Base() == "" {
			other.Messages = append(other.Messages, m)
			continue
		}
		a.returned = append(a.returned, returned{homeOf(m, f), m})
	}
	if len(other.Messages) > 0 {
		a.files = append(a.files, other)
	}
}

// homeOf is the article that a message was sent out from. Of one that comes in a
// single file it takes the article off the context.
func homeOf(m *catalog.Message, f *catalog.File) string {
	if path.Ext(f.Path) == ".md" {
		return f.Path
	}
	article, context := splitContext(m.Context)
	if len(m.References) > 0 && m.References[0] != article {
		return m.References[0]
	}
	if strings.HasSuffix(article, ".md") {
		m.Context = context
	}
	return article
}

// outcome is what became of a message, told apart from those without translation if
// that was refused.
func (a *arrival) outcome(m *catalog.Message, o merge.Outcome) merge.Outcome {
	if o == merge.NoTarget && a.refused[m] {
		return merge.Refused
	}
	return o
}

// receiver takes returned messages into the catalogs of a language.
type receiver struct {
	catalogs  map[string]*catalog.File
	stale     map[string]map[diag.Key]*catalog.Message // by article: what is fuzzy, by the source that its target is of
	replaced  map[*catalog.Message][]string
	conflicts []Conflict
}

// receive takes what was sent out back. What has no place any more is left over.
func (s *shelf) receive(docs []*markdown.Document, in *arrival) (*receiver, []merge.Outcome, []*catalog.Message) {
	r := &receiver{
		catalogs: map[string]*catalog.File{}, stale: map[string]map[diag.Key]*catalog.Message{},
		replaced: map[*catalog.Message][]string{},
	}
	for i, d := range docs {
		r.catalogs[d.Path] = s.merged[i]
	}
	var outcomes []merge.Outcome
	var left []*catalog.Message
	for _, x := range in.returned {
		if ours := r.find(&x); ours != nil {
			outcomes = append(outcomes, in.outcome(x.m, r.take(ours, &x)))
		} else {
			left = append(left, x.m)
		}
	}
	return r, append(outcomes, r.takeTargets(docs, in)...), left
}

// takeTargets takes translations that come by the id of their message, for each message
// that has it. Of one that does not say what it was when it left, if it did, a final
// translation of ours stays.
func (r *receiver) takeTargets(docs []*markdown.Document, in *arrival) []merge.Outcome {
	if len(in.targets) == 0 {
		return nil
	}
	type place struct {
		article string
		m       *catalog.Message
	}
	places := map[string][]place{}
	for _, d := range docs {
		for _, m := range r.catalogs[d.Path].Messages {
			if !m.Obsolete {
				places[catalog.ID(m.Key)] = append(places[catalog.ID(m.Key)], place{d.Path, m})
			}
		}
	}
	outcomes := make([]merge.Outcome, len(in.targets))
	for i, t := range in.targets {
		if places[t.ID] == nil {
			outcomes[i] = merge.Refused
			in.found = append(in.found, diag.Finding{
				Pos: t.Pos, Code: "message", Severity: diag.Warning, Text: fmt.Sprintf("no article has the text %s any more", t.ID),
				Hint: "its translation is not taken; keep the file if you want it",
			})
		}
		for _, at := range places[t.ID] {
			theirs := &catalog.Message{Entry: catalog.Entry{Key: at.m.Key, Target: t.Text}, Pos: t.Pos}
			switch {
			case t.Sent && t.Text == at.m.Target:
				outcomes[i] = max(outcomes[i], merge.Held)
				continue
			case t.Base != "":
				theirs.Flags = []string{t.Base}
			case !t.Sent && !at.m.State.Final():
				theirs.Flags = []string{at.m.Fingerprint()}
			}
			outcomes[i] = max(outcomes[i], r.take(at.m, &returned{at.article, theirs}))
		}
	}
	return outcomes
}

// find is the message of ours that a returned one is of: that of its source or, if
// the author has changed that, the one whose target was made for it.
func (r *receiver) find(x *returned) *catalog.Message {
	f := r.catalogs[x.article]
	if f == nil {
		return nil
	}
	if m := f.Live(x.m.Key); m != nil {
		return m
	}
	if r.stale[x.article] == nil {
		byPrevious := map[diag.Key]*catalog.Message{}
		for _, m := range f.Messages {
			if !m.Obsolete && m.Fuzzy && m.Previous.Source != "" {
				byPrevious[diag.Key{Context: m.Context, Source: m.Previous.Source}] = m
			}
		}
		r.stale[x.article] = byPrevious
	}
	return r.stale[x.article][x.m.Key]
}

func (r *receiver) take(ours *catalog.Message, x *returned) merge.Outcome {
	before := append([]string{ours.Target}, ours.Forms...)
	theirs := *x.m
	if ours.Source != theirs.Source {
		theirs.Fuzzy = theirs.HasTarget() // of what the source was
	}
	outcome := merge.Return(ours, &theirs)
	switch outcome {
	case merge.Conflicted:
		r.conflicts = append(r.conflicts, Conflict{x.article, ours.Source, ours.Target, theirs.Target, theirs.Pos})
	case merge.Taken, merge.TakenFuzzy:
		r.replaced[ours] = before
	}
	return outcome
}

// keep keeps the replaced targets that stand nowhere else, in comments.
func (r *receiver) keep(s *shelf) {
	lost := map[string]bool{}
	for _, t := range merge.Lost(s.catalogs, s.merged) {
		lost[t] = true
	}
	for m, targets := range r.replaced {
		for _, t := range targets {
			if lost[t] {
				merge.Keep(m, t)
			}
		}
	}
}
