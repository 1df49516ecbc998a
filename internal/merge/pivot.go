package merge

import (
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"dragoman/internal/catalog"
	"dragoman/internal/locale"
	"dragoman/internal/prose"
	"dragoman/internal/review"
)

// Pivot is another translation that the translators work from, because they read
// its language and not the source's.
//
// Keys stay those of the source, so that a message is stale as soon as the source
// moves. The pivot's text stands in a note. Which text of the pivot a final target
// was made of, nothing in a catalog can say; so the first merge that finds the
// target final takes it to be the present one, if that is final, and decides so on
// the pair:
//
//	<key>	pivot:ja	-	2026-11-20	1 8c5d…
//
// the number of such decisions on the pair and a hash of the pivot's text. When
// the pivot is final with another text, the target needs checking: check:pivot.
type Pivot struct {
	Language locale.Tag
	// Catalog is the pivot's catalog of an article, merged and with its states set;
	// nil if it has none.
	Catalog func(article string) *catalog.File
}

// pivotOf is the pivot's message for a slot, nil if it has none.
func (u *update) pivotOf(s *slot) *catalog.Message {
	if u.Pivot == nil || s.home.doc == nil {
		return nil
	}
	f := u.Pivot.Catalog(s.home.doc.Path)
	if f == nil {
		return nil
	}
	return f.Find(s.first.Kind.String(), s.context(), s.text())
}

// pivotNote shows the translator what the pivot says, and if that is not final.
func (u *update) pivotNote(s *slot) []string {
	if u.Pivot == nil {
		return nil
	}
	p := u.pivotOf(s)
	name := u.Pivot.Language.String()
	switch {
	case p == nil || p.State == catalog.Untranslated:
		return []string{name + ": not translated yet"}
	case !p.State.Final():
		name += " (" + strings.ReplaceAll(p.State.String(), "-", " ") + ")"
	}
	return []string{name + ": " + strings.Join(strings.Fields(strings.Join(targets(p), " | ")), " ")}
}

// checkPivot finds targets of an article that were made of another text of the
// pivot. What is only to be remembered is a change of class Same.
func (u *update) checkPivot(a *article) []Change {
	if u.Pivot == nil {
		return nil
	}
	var changes []Change
	for _, s := range a.slots {
		p := u.pivotOf(s)
		if p == nil || !p.State.Final() || !s.m.HasTarget() {
			continue
		}
		c := Change{Article: a.path(), Class: Same, Key: s.key, Carried: true, Pos: s.first.Pos}
		made, moved := u.comparePivot(s.m, p)
		if moved && !s.m.Fuzzy {
			s.m.Fuzzy = true
			c.Class = Pivoted
			made = append(made, review.Decision{
				Key: review.SourceKey(s.m), Kind: review.CheckPrefix + string(Pivoted), By: review.Nobody, Date: day(u.Now),
				Note: "its translation into " + u.Pivot.Language.String(),
			})
		}
		if c.Decisions = made; len(made) > 0 {
			changes = append(changes, c)
			u.decisions.Append(made...)
		}
	}
	return changes
}

// comparePivot reports whether the message's target was made of another text than
// the pivot has now, and what is to be remembered.
func (u *update) comparePivot(m, pivot *catalog.Message) (made []review.Decision, moved bool) {
	kind := review.PivotPrefix + u.Pivot.Language.String()
	last, known := u.decisions.Latest(review.PairKey(m), kind)
	count, mark, _ := strings.Cut(last.Note, " ")
	if known && mark == pivotMark(pivot) || !known && m.Fuzzy {
		return nil, false
	}
	n, _ := strconv.Atoi(count) // a count that is none begins anew
	return []review.Decision{{
		Key: review.PairKey(m), Kind: kind, By: review.Nobody, Date: day(u.Now),
		Note: fmt.Sprintf("%d %s", n+1, pivotMark(pivot)),
	}}, known
}

// pivotMark is a hash of what a pivot says, white space and typography aside.
func pivotMark(m *catalog.Message) string {
	sum := sha256.Sum256([]byte(prose.Normal(strings.Join(targets(m), "\x00"))))
	return hex.EncodeToString(sum[:8])
}
