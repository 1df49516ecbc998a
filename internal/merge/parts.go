package merge

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"dragoman/internal/catalog"
	"dragoman/internal/locale"
	"dragoman/internal/prose"
	"dragoman/internal/review"
)

const (
	// leastWhole is the similarity from which two texts in a row are taken for what
	// became of one, or one for what became of two.
	leastWhole = 0.8
	// gain is how much more similar they have to be together than the better half alone.
	gain = 0.05
	// edge is how many characters at the beginning or at the end have to be the same.
	edge = 8
)

// matchParts fills open slots between two messages that did not move: two in a row with
// the message that was split into them, and one with two messages that were merged.
func (u *update) matchParts(a *article, slots []*slot, pasts []*past) {
	if len(slots) == 0 || len(pasts) == 0 || len(slots)+len(pasts) < 3 {
		return
	}
	whole := make([]*past, 0, len(pasts))
	for _, p := range pasts {
		if u.divisible(p) {
			whole = append(whole, p)
		}
	}
	near := bordersOf(whole, (*past).norm)
	for i := 1; i < len(slots); i++ {
		first, second := slots[i-1], slots[i]
		if second.at == first.at+1 && first.from == nil && first.splits(second) {
			u.split(first, second, near)
		}
	}
	texts := bordersOf(slots, func(s *slot) string { return prose.Normal(s.text()) })
	for i := 1; i < len(whole); i++ {
		first, second := whole[i-1], whole[i]
		if second.at == first.at+1 && !first.taken && !first.joined && !second.taken {
			u.merge(a, first, second, texts)
		}
	}
}

// divisible reports whether a target can be carried over in parts or with another.
func (u *update) divisible(p *past) bool {
	if !p.m.HasTarget() || len(p.m.Forms) > 0 || authorContext(p.m.Context) != "" || p.foreign != nil {
		return false
	}
	_, drafted := review.Draft(p.m, u.decisions)
	return !drafted && utf8.RuneCountInString(p.source) >= shortest
}

// splits reports whether two slots may be halves of one text.
func (s *slot) splits(next *slot) bool {
	long := func(s *slot) bool { return utf8.RuneCountInString(s.text()) >= shortest }
	return s.context() == "" && next.context() == "" && long(s) && long(next)
}

// borders are texts by their beginnings and their ends.
type borders[T any] map[string][]T

func bordersOf[T any](all []T, norm func(T) string) borders[T] {
	e := make(borders[T], 2*len(all))
	for _, t := range all {
		head, tail := bordersIn(norm(t))
		for _, key := range []string{head, tail} {
			if len(e[key]) < window {
				e[key] = append(e[key], t)
			}
		}
	}
	return e
}

// near are those that begin like the first or end like the second of two texts.
func (e borders[T]) near(first, second string) []T {
	head, _ := bordersIn(prose.Normal(first))
	_, tail := bordersIn(prose.Normal(second))
	return append(slices.Clone(e[head]), e[tail]...)
}

func bordersIn(norm string) (head, tail string) {
	from, to := len(norm), 0
	for range edge {
		_, first := utf8.DecodeRuneInString(norm[to:])
		_, last := utf8.DecodeLastRuneInString(norm[:from])
		to, from = to+first, from-last
	}
	return "<" + norm[:to], ">" + norm[from:]
}

// together reports whether a text is two others in a row, rather than one of them.
func (u *update) together(whole, first, second string) bool {
	both := joinTexts(first, second, u.Source)
	score, ok := prose.Similar(whole, both, leastWhole)
	if !ok {
		return false
	}
	least := max(score-gain, 0)
	for _, half := range []string{first, second} {
		if _, alone := prose.Similar(whole, half, least); alone {
			return false
		}
	}
	return true
}

func joinTexts(first, second string, t locale.Tag) string {
	if locale.Spaced(t) {
		return first + " " + second
	}
	return first + second
}

// split fills two slots with the message that became both. If the target has as many
// sentences as they have, each gets its own; else the longer slot gets all of it.
func (u *update) split(first, second *slot, near borders[*past]) {
	for _, p := range near.near(first.text(), second.text()) {
		if p.taken || !u.together(p.source, first.text(), second.text()) {
			continue
		}
		longer, other := first, second
		if len(second.text()) > len(first.text()) {
			longer, other = second, first
		}
		longer.fill(p)
		longer.whole = joinTexts(first.text(), second.text(), u.Source)
		if head, tail, ok := cut(p.m.Target, len(sentences(first.text())), len(sentences(second.text()))); ok && !p.m.Fuzzy {
			other.fill(copyOf(p))
			other.whole = longer.whole
			first.share, second.share = head, tail
		}
		return
	}
}

// merge fills a slot with two messages in a row that became one.
func (u *update) merge(a *article, first, second *past, texts borders[*slot]) {
	for _, s := range texts.near(first.source, second.source) {
		if s.from != nil || s.context() != "" || !u.together(s.text(), first.source, second.source) {
			continue
		}
		source := joinTexts(first.source, second.source, u.Source)
		m := &catalog.Message{Entry: catalog.Entry{
			Key: catalog.Key{Source: source}, Target: joinTexts(first.m.Target, second.m.Target, u.Language),
			Fuzzy: first.m.Fuzzy || second.m.Fuzzy, Comments: slices.Concat(first.m.Comments, second.m.Comments),
			Flags: first.m.Flags,
		}}
		s.fill(&past{m: m, home: a, source: source, at: first.at, foreign: first, parts: []*past{first, second}})
		second.copied = true
		first.joined, second.joined = true, true
		return
	}
}

// cut parts a text after so many of its sentences, if it has as many as both parts
// together.
func cut(text string, first, second int) (head, tail string, ok bool) {
	all := sentences(text)
	if len(all) != first+second {
		return "", "", false
	}
	return strings.TrimSpace(strings.Join(all[:first], "")), strings.TrimSpace(strings.Join(all[first:], "")), true
}

// sentences parts a text after the marks that end a sentence and what closes with
// them. It takes an abbreviation before a space for an end, so the parts are good for
// counting against those of another language, whoever cuts by them has to ask for a
// look.
func sentences(text string) []string {
	var all []string
	from, ended := 0, false
	for i, r := range text {
		switch {
		case strings.ContainsRune("。！？", r), strings.ContainsRune(".!?…", r) && endsWord(text[i+utf8.RuneLen(r):]):
			ended = true
		case !ended || unicode.IsSpace(r) || unicode.In(r, unicode.Pe, unicode.Pf) || strings.ContainsRune(`"'*_`, r):
		default:
			all = append(all, text[from:i])
			from, ended = i, false
		}
	}
	return append(all, text[from:])
}

// endsWord reports whether what follows a mark is no more of a word.
func endsWord(after string) bool {
	r, size := utf8.DecodeRuneInString(after)
	return size == 0 || unicode.IsSpace(r) || unicode.IsPunct(r)
}
