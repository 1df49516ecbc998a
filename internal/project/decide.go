package project

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"

	"dragoman/internal/catalog"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/prose"
	"dragoman/internal/review"
)

// Act is what is decided about messages.
type Act uint8

// The acts.
const (
	Approve Act = iota
	Unapprove
	Waive   // a check does not apply
	Unwaive // it does again
)

// DecideOptions say what to decide, and about which messages.
type DecideOptions struct {
	Now      time.Time
	Language locale.Tag
	Act      Act
	Code     string // of the check that is waived
	By       string // a pseudonym
	Note     string
	// What is articles, by path or slug, and messages, by their catalog and a line of
	// their entry, as "locales/ko/road.po:12"; none: all articles.
	What    []string
	Sources []string        // only messages whose source begins so; none: all
	States  []catalog.State // only messages in these states; none: those that the act is for
	DryRun  bool            // write nothing
}

// Deciding is what was decided, or would be.
type Deciding struct {
	Messages []*catalog.Message    // that it was decided about
	Left     map[catalog.State]int // how many are meant and stay as they are, by their state
	Findings diag.List             // warnings of articles and catalogs
	Written  []string              // files
}

// Decide approves messages of a language, or waives a check for them, or takes that
// back, after it has brought the catalogs up to date. The error is a diag.List where
// the workspace is at fault; then no file is changed.
//
// A message that needs checking or rewriting, or that a machine has drafted, is
// approved only if it or its state was named: approving an article says yes to what
// its translators have finished.
func (t *Tree) Decide(ctx context.Context, o DecideOptions) (*Deciding, error) {
	if err := o.check(); err != nil {
		return nil, err
	}
	tags, err := t.targets([]locale.Tag{o.Language})
	if err != nil {
		return nil, err
	}
	docs, shelves, found, err := t.load(ctx, tags, o.Now)
	if err != nil {
		return nil, err
	}
	s := shelves[0]
	meant, err := t.meant(s, docs, o)
	if err != nil {
		return nil, err
	}
	d := &Deciding{Left: map[catalog.State]int{}, Findings: found}
	var decisions []review.Decision
	has := func(*catalog.Message) bool { return true }
	if o.Act == Waive {
		if has, err = t.having(s, docs, o.Code); err != nil {
			return nil, err
		}
	}
	for _, m := range meant {
		if !o.fits(m, s.decisions) || !has(m.Message) {
			d.Left[m.State]++
			continue
		}
		d.Messages = append(d.Messages, m.Message)
		decisions = append(decisions, o.decide(m.Message))
	}
	s.decide(t, docs, decisions)
	writes, _, err := s.update(t, docs, nil)
	if err != nil {
		return nil, err
	}
	for _, c := range writes {
		d.Written = append(d.Written, c.name)
	}
	if err := ctx.Err(); err != nil || o.DryRun {
		return d, err
	}
	return d, t.save(writes)
}

// check refuses a decision that nobody could stand by.
func (o *DecideOptions) check() error {
	if o.By == "" {
		return errors.New("a decision needs somebody who makes it; name them by a pseudonym, as --as magpie")
	}
	if err := checkPseudonym(o.By); err != nil {
		return err
	}
	switch {
	case o.Act == Waive && strings.TrimSpace(o.Note) == "":
		return errors.New("a waiver needs a reason; give it with --note")
	case o.Act == Waive || o.Act == Unwaive:
		return KnownCheck(o.Code)
	}
	return nil
}

// meant is a message that a selection means.
type meant struct {
	*catalog.Message
	named bool // itself or its state, and not only its article
}

// meant are the live messages that the options mean, in the catalogs' order.
func (t *Tree) meant(s *shelf, docs []*markdown.Document, o DecideOptions) ([]meant, error) {
	var articles []string
	places := map[string][]int{}
	for _, what := range o.What {
		if catalog, line, ok := cutLine(what); ok {
			places[catalog] = append(places[catalog], line)
		} else {
			articles = append(articles, what)
		}
	}
	chosen := selection{}
	if len(articles) > 0 || len(places) == 0 {
		var err error
		if chosen, err = t.chosen(docs, articles); err != nil {
			return nil, err
		}
	}
	named, err := s.at(places)
	if err != nil {
		return nil, err
	}
	narrow := len(o.Sources) > 0 || len(o.States) > 0
	var list []meant
	for i, f := range s.merged[:len(docs)] {
		for _, m := range f.Messages {
			if m.Obsolete || !o.matches(m) || !named[m] && !chosen.has(docs[i].Path) {
				continue
			}
			list = append(list, meant{m, narrow || named[m]})
		}
	}
	return list, nil
}

// cutLine reads "path.po:12", and "path.po:12:8" too, as findings print it.
func cutLine(what string) (catalog string, line int, ok bool) {
	parts := placed.FindStringSubmatch(what)
	if parts == nil {
		return "", 0, false
	}
	line, err := strconv.Atoi(parts[2])
	return strings.TrimPrefix(slashed(parts[1]), "./"), line, err == nil
}

var placed = regexp.MustCompile(`^(.+\.po):([0-9]+)(?::[0-9]+)?$`)

// at are the live messages whose entries hold these lines of the catalogs, as they
// lie on the disk.
func (s *shelf) at(places map[string][]int) (map[*catalog.Message]bool, error) {
	left := map[diag.Pos]bool{}
	for path, lines := range places {
		for _, line := range lines {
			left[diag.Pos{Path: path, Line: line}] = true
		}
	}
	named := map[*catalog.Message]bool{}
	for _, f := range s.merged {
		for _, m := range f.Messages {
			first, last := entryLines(m)
			for _, line := range places[m.Pos.Path] {
				if first <= line && line <= last && !m.Obsolete {
					named[m] = true
					delete(left, diag.Pos{Path: m.Pos.Path, Line: line})
				}
			}
		}
	}
	for pos := range left {
		return nil, fmt.Errorf("%s: no message stands there; name the catalog and a line of the message, as %s/chinas-role.po:12",
			pos, s.tag)
	}
	return named, nil
}

// entryLines are the first and the last line of a message's entry, comments among
// them; of one that is not on the disk, nothing.
func entryLines(m *catalog.Message) (first, last int) {
	raw := bytes.TrimSpace(m.Raw())
	if m.Pos.Line == 0 || len(raw) == 0 {
		return 1, 0
	}
	lines := bytes.Split(raw, []byte("\n"))
	comments := slices.IndexFunc(lines, func(line []byte) bool { return !bytes.HasPrefix(line, []byte("#")) })
	first = m.Pos.Line - max(comments, 0)
	return first, first + len(lines) - 1
}

// matches reports whether a message has one of the sources and one of the states
// that were asked for.
func (o *DecideOptions) matches(m *catalog.Message) bool {
	source := prose.Normal(m.Source)
	begins := func(text string) bool { return strings.HasPrefix(source, prose.Normal(text)) }
	return (len(o.Sources) == 0 || slices.ContainsFunc(o.Sources, begins)) &&
		(len(o.States) == 0 || slices.Contains(o.States, m.State))
}

// checkPseudonym refuses a name that may tell who somebody is.
func checkPseudonym(name string) error {
	if strings.ContainsFunc(name, func(r rune) bool { return r == '@' || unicode.IsSpace(r) || unicode.IsControl(r) }) {
		return fmt.Errorf("%q is no pseudonym; want one word without @, since the list of decisions is public", name)
	}
	return nil
}

// fits reports whether there is something to decide about a message that is meant.
func (o *DecideOptions) fits(m meant, d *review.Decisions) bool {
	switch o.Act {
	case Approve:
		return m.State == catalog.Translated || m.named && m.HasTarget() && m.State != catalog.Approved
	case Unapprove:
		return m.State == catalog.Approved
	}
	_, waived := d.Holds(review.PairKey(m.Message), review.WaivedPrefix+o.Code)
	return m.HasTarget() && waived == (o.Act == Unwaive)
}

// decide makes the decision about a message. An approved one is not fuzzy.
func (o *DecideOptions) decide(m *catalog.Message) review.Decision {
	kind := review.ApprovedKind
	switch o.Act {
	case Approve:
		m.Fuzzy, m.Previous = false, catalog.Previous{}
	case Unapprove:
		kind = review.RevokePrefix + review.ApprovedKind
	case Waive:
		kind = review.WaivedPrefix + o.Code
	case Unwaive:
		kind = review.RevokePrefix + review.WaivedPrefix + o.Code
	}
	return review.Decision{Key: review.PairKey(m), Kind: kind, By: o.By, Date: o.Now, Note: o.Note}
}

// decide adds decisions, and merges once more: what the catalogs say of a message
// follows from them.
func (s *shelf) decide(t *Tree, docs []*markdown.Document, decisions []review.Decision) {
	read := s.catalogs
	s.catalogs, s.decided = s.merged, s.decisions.Fork()
	s.decided.Append(decisions...)
	s.decisions = s.decided.Fork()
	s.merge(t, docs)
	s.catalogs = read
}
