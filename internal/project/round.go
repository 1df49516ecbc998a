package project

import (
	"context"
	"encoding/json"
	"slices"
	"strings"
	"time"

	"dragoman/internal/locale"

	"golang.org/x/sync/errgroup"
)

// round is a build and what is known of the one before. A build that would read, and
// be asked, and find standing, what the last one did is done already.
type round struct {
	tree  *Tree
	out   *output
	known *record // nil: nothing is known
	draft *draft  // nil: nothing can be remembered
	next  record
	now   string
	start time.Time
	sure  bool // all that is read was looked over
}

// round looks over what a build reads. If the last build read the same and all that it
// made still stands, its result is that of this one too.
func (t *Tree) round(ctx context.Context, out *output, tags []locale.Tag, o BuildOptions) (*round, *Build, error) {
	r := &round{tree: t, out: out, start: time.Now(), now: o.Now.UTC().Format(time.DateOnly)}
	if o.forget {
		return r, nil, nil
	}
	r.next.asked = asked(tags, o)
	var g errgroup.Group
	g.Go(func() error {
		r.known = t.recall(out)
		return nil
	})
	var err error
	r.next.inputs, err = t.inputs()
	g.Wait()
	var ok bool
	if r.next.program, ok = running(r.known); !ok || err != nil {
		return r, nil, ctx.Err()
	}
	if err := t.survey(ctx, r.next.inputs, r.known); err != nil {
		return r, nil, ctx.Err() // whoever reads the file for its text tells what is the matter
	}
	r.sure = true
	if !r.comparable() {
		return r, nil, nil
	}
	done, err := r.done(ctx)
	if err == nil && done != nil && r.stale() {
		r.refresh()
	}
	return r, done, err
}

// asked is what is to be built, as a text.
func asked(tags []locale.Tag, o BuildOptions) string {
	text, err := json.Marshal(struct {
		Languages []locale.Tag
		Formats   []Format
		AsOf      time.Time
	}{tags, o.formats(), o.AsOf.UTC()})
	if err != nil {
		panic(err) // a day outside the years that there are, which flags refuse
	}
	return string(text)
}

// begin begins to write down what is to be remembered.
func (r *round) begin() {
	if !r.sure {
		return
	}
	r.tree.sweepDrafts()
	if r.draft = r.tree.draft(r.out.recordPath()); r.draft != nil {
		r.next.began = r.draft.began(r.start)
	}
}

// comparable reports whether what the last build did is what this one has to do, as far
// as it was made of the same.
func (r *round) comparable() bool {
	k, n := r.known, &r.next
	return k != nil && k.result != nil && r.out.root != nil && k.asked == n.asked && k.program.sum == n.program.sum &&
		(k.day == "" || k.day == r.now) && k.stands == r.standing()
}

// done is the result of the last build if that is the result of this one.
func (r *round) done(ctx context.Context) (*Build, error) {
	if !same(r.known.inputs, r.next.inputs) {
		return nil, nil
	}
	intact, err := r.out.intact(ctx, r.known)
	if err != nil {
		return nil, err
	}
	for _, ok := range intact {
		if !ok {
			return nil, nil
		}
	}
	return r.last(), nil
}

// last is the result of the last build; nil if it cannot be read.
func (r *round) last() *Build {
	b := &Build{}
	if json.Unmarshal(r.known.result, b) != nil {
		return nil
	}
	b.Output = r.out.name
	return b
}

// standing are the languages whose editions stand, as a text.
func (r *round) standing() string {
	var names []string
	for _, tag := range r.tree.standing(r.out) {
		names = append(names, tag.String())
	}
	return strings.Join(names, " ")
}

// stale reports whether the record makes the next build read files which it could know
// by their stamps.
func (r *round) stale() bool {
	return !r.next.program.before(r.known.began) ||
		slices.ContainsFunc(r.next.inputs, func(f file) bool { return !f.before(r.known.began) }) ||
		slices.ContainsFunc(r.known.outputs, func(f file) bool { return !f.before(r.known.ended) })
}

// refresh writes the record anew with the stamps of today.
func (r *round) refresh() {
	if r.begin(); r.draft == nil {
		return
	}
	k := *r.known
	k.began, k.inputs, k.program = r.next.began, r.next.inputs, r.next.program
	if !r.tree.still(k.inputs) {
		r.draft.drop()
		return
	}
	r.draft.keep(k.write)
}

// end remembers what was built. If anything changed in the meantime, nothing is.
func (r *round) end(ctx context.Context, b *Build, p *plan, presses map[string]*press) error {
	if r.draft == nil {
		return nil
	}
	n := &r.next
	var err error
	if n.outputs, err = r.out.inventory(presses); err != nil {
		return err
	}
	if !r.tree.still(n.inputs) {
		return ctx.Err()
	}
	var newest int64
	for _, f := range n.outputs {
		newest = max(newest, f.modified, f.changed)
	}
	n.ended = r.draft.after(newest)
	n.stands = r.standing()
	var ok bool
	if n.home, ok = r.tree.homes(r.out); !ok {
		return nil
	}
	if p.dated(r.tree) {
		n.day = r.now
	}
	if p.repeatable() {
		if n.result, err = json.Marshal(b); err != nil {
			return err
		}
	}
	if cards := p.cards(); cards != nil && r.draft.putCards(cards, r.out.cardsPath()) == nil {
		n.cards = sum(cards[len(cards)-len(sum{}):])
	}
	r.draft.keep(n.write)
	r.draft = nil
	return nil
}

// dated reports whether the day of the run may make a difference: changes that only
// the merge in memory made are of today.
func (p *plan) dated(t *Tree) bool {
	return slices.ContainsFunc(p.issues, func(i *issue) bool { return i.behind }) ||
		slices.ContainsFunc(t.Config.Languages, func(l Language) bool { return l.From != locale.Tag{} })
}

// repeatable reports whether the same build again would do and tell the same: it
// removed nothing, and did not ask git, whose answers nobody keeps an eye on.
func (p *plan) repeatable() bool {
	return !p.past.asked.Load() && !slices.ContainsFunc(p.issues, func(i *issue) bool {
		return i.withdrawn || !i.asked && len(i.formats) > 0
	})
}

// cards are those of all editions, sealed; nil if some edition has none.
func (p *plan) cards() []byte {
	var decks []*deck
	for _, i := range p.issues {
		if i.deck == nil {
			return nil
		}
		decks = append(decks, i.deck)
	}
	return encodeDecks(decks)
}

// close lets go of what was not remembered.
func (r *round) close() {
	r.draft.drop()
}
