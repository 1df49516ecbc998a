package merge_test

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/po"
	"dragoman/internal/merge"
)

// side reads a catalog for a test of branches.
func side(t *testing.T, src string) *catalog.File {
	t.Helper()
	f, found := po.Parse("road.po", []byte(src))
	if found.HasErrors() {
		t.Fatalf("%s\n%s", found[0].Error(), src)
	}
	return f
}

func entry(source, target string) string {
	return fmt.Sprintf("msgid %q\nmsgstr %q\n", source, target)
}

const (
	charset = "\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	head    = "msgid \"\"\nmsgstr \"\"\n" + charset + "\"Language: ko\\n\"\n\n"
)

func crlf(text string) string { return strings.ReplaceAll(text, "\n", "\r\n") }

func TestBranches(t *testing.T) {
	road, sea := entry("Road", ""), entry("Sea", "")
	cases := []struct {
		name               string
		base, ours, theirs string
		want               string
		clashes            int
	}{
		{
			"messages that stand side by side, each translated on a branch, are both translated",
			road + "\n" + sea, entry("Road", "길") + "\n" + sea, road + "\n" + entry("Sea", "바다"),
			entry("Road", "길") + "\n" + entry("Sea", "바다"), 0,
		},
		{
			"one message, translated alike, is no clash",
			road, entry("Road", "길"), entry("Road", "길"),
			entry("Road", "길"), 0,
		},
		{
			"one message, translated in two ways, keeps both and is fuzzy",
			road, entry("Road", "길"), entry("Road", "도로"),
			"# kept: \"도로\"\n#, fuzzy\n" + entry("Road", "길"), 1,
		},
		{
			"a final translation stands, and a draft is kept beside it",
			road, "#, fuzzy\n" + entry("Road", "길?"), entry("Road", "도로"),
			"# kept: \"길?\"\n" + entry("Road", "도로"), 0,
		},
		{
			"an approved text that a branch takes back to fuzzy is fuzzy",
			entry("Road", "길"), "#, fuzzy\n" + entry("Road", "길"), "# seen\n" + entry("Road", "길"),
			"# seen\n#, fuzzy\n" + entry("Road", "길"), 0,
		},
		{
			"a message that both branches add in two wordings keeps both",
			"", entry("Road", "길"), entry("Road", "도로"),
			"# kept: \"도로\"\n#, fuzzy\n" + entry("Road", "길"), 1,
		},
		{
			"what only one branch added stands behind its neighbour",
			road + "\n" + sea, road + "\n" + sea, road + "\n" + entry("Path", "길") + "\n" + sea,
			road + "\n" + entry("Path", "길") + "\n" + sea, 0,
		},
		{
			"what one branch pruned is gone if the other left it alone",
			road + "\n#~ msgid \"Old\"\n#~ msgstr \"옛\"\n", road, road + "\n#~ msgid \"Old\"\n#~ msgstr \"옛\"\n",
			road, 0,
		},
		{
			"what one branch pruned stays if the other changed it",
			road + "\n#~ msgid \"Old\"\n#~ msgstr \"옛\"\n", road, road + "\n#~ msgid \"Old\"\n#~ msgstr \"낡은\"\n",
			road + "\n#~ msgid \"Old\"\n#~ msgstr \"낡은\"\n", 0,
		},
		{
			"a message that leaves on one branch keeps what the other says of it",
			entry("Road", "길") + "\n" + sea, sea + "\n#~ msgid \"Road\"\n#~ msgstr \"길\"\n", entry("Road", "도로") + "\n" + sea,
			sea + "\n#~ msgid \"Road\"\n#~ msgstr \"도로\"\n", 0,
		},
		{
			"a translation carried over to an edited source takes the other branch's new wording",
			entry("Road", "길"),
			"#, fuzzy\n#| msgid \"Road\"\n" + entry("The road", "길") + "\n#~ msgid \"Road\"\n#~ msgstr \"길\"\n",
			entry("Road", "도로"),
			"#, fuzzy\n#| msgid \"Road\"\n" + entry("The road", "도로") + "\n#~ msgid \"Road\"\n#~ msgstr \"도로\"\n", 0,
		},
		{
			"comments of both branches stay, and one that a branch removed goes",
			"# a\n# b\n" + road, "# a\n# b\n# c\n" + road, "# b\n# d\n" + road,
			"# b\n# c\n# d\n" + road, 0,
		},
		{
			"lines end as on the branch that changed them",
			road + "\n" + sea, entry("Road", "길") + "\n" + sea, crlf(road + "\n" + entry("Sea", "바다")),
			crlf(entry("Road", "길") + "\n" + entry("Sea", "바다")), 0,
		},
		{
			"so do those of the header, and of what stands below the last message",
			head + road + "\n# end\n", head + entry("Road", "길") + "\n# end\n", crlf(head + road + "\n# end\n"),
			crlf(head + entry("Road", "길") + "\n# end\n"), 0,
		},
		{
			"a header that was lost on our branch is theirs",
			head + road + "\n" + sea, entry("Road", "길") + "\n" + sea, head + road + "\n" + entry("Sea", "바다"),
			head + entry("Road", "길") + "\n" + entry("Sea", "바다"), 0,
		},
		{
			"a header that was lost on their branch is ours",
			head + road + "\n" + sea, head + entry("Road", "길") + "\n" + sea, road + "\n" + entry("Sea", "바다"),
			head + entry("Road", "길") + "\n" + entry("Sea", "바다"), 0,
		},
		{
			"a header that lost its charset says it again",
			head + road, strings.Replace(head, charset, "", 1) + road, head + entry("Road", "길"),
			strings.Replace(head, charset, "", 1)[:len(head)-len(charset)-1] + charset + "\n" + entry("Road", "길"), 0,
		},
	}
	for _, c := range cases {
		t.Run(c.name, func(t *testing.T) {
			got, clashes := merge.Branches(side(t, c.base), side(t, c.ours), side(t, c.theirs))
			if text := string(po.Format(got)); text != c.want {
				t.Errorf("got\n%s\nwant\n%s", text, c.want)
			}
			if len(clashes) != c.clashes {
				t.Errorf("%d clashes, want %d", len(clashes), c.clashes)
			}
		})
	}
}

func TestHeadersOfBranchesKeepTheLaterDateAndEveryField(t *testing.T) {
	head := func(date, extra string) string {
		return "msgid \"\"\nmsgstr \"\"\n\"Language: ko\\n\"\n\"PO-Revision-Date: " + date + " 00:00+0000\\n\"\n" + extra
	}
	base := side(t, head("2026-11-01", ""))
	ours := side(t, head("2026-11-03", "\"X-Ours: 1\\n\"\n"))
	theirs := side(t, head("2026-11-02", "\"X-Theirs: 2\\n\"\n"))
	got, _ := merge.Branches(base, ours, theirs)
	want := head("2026-11-03", "\"X-Ours: 1\\n\"\n\"X-Theirs: 2\\n\"\n")
	if text := string(po.Format(got)); text != want {
		t.Errorf("got\n%s\nwant\n%s", text, want)
	}
}

// brancher changes a catalog at random, as translators and extracts do.
type brancher struct {
	*rand.Rand
	word int
}

func (h *brancher) target(who string) string {
	h.word++
	return fmt.Sprintf("%s %d", who, h.word)
}

func (h *brancher) base() *catalog.File {
	f := &catalog.File{Path: "road.po"}
	for i := range 1 + h.IntN(6) {
		m := &catalog.Message{Entry: catalog.Entry{Key: catalog.Key{Source: fmt.Sprint("Text ", i)}}}
		if h.IntN(2) == 0 {
			m.Target = h.target("base")
			m.Fuzzy = h.IntN(3) == 0
			m.Obsolete = h.IntN(4) == 0
		}
		f.Add(m)
	}
	return f
}

func (h *brancher) branch(base *catalog.File, who string) *catalog.File {
	f := base.Clone()
	for range h.IntN(4) {
		i := h.IntN(len(f.Messages) + 1)
		if i == len(f.Messages) {
			m := &catalog.Message{Entry: catalog.Entry{Key: catalog.Key{Source: fmt.Sprint("Text ", 6+h.IntN(3))}}}
			m.Target = h.target(who)
			f.Add(m)
			continue
		}
		m := f.Messages[i]
		switch h.IntN(6) {
		case 0, 1:
			m.Target, m.Fuzzy = h.target(who), false
		case 2:
			m.Target, m.Fuzzy = h.target(who), true
		case 3:
			m.Comments = append(slices.Clone(m.Comments), h.target("note of "+who))
		case 4:
			m.Obsolete = !m.Obsolete
		case 5:
			f.Messages = slices.Delete(f.Messages, i, i+1)
			if len(f.Messages) == 0 {
				return base.Clone()
			}
		}
		f.Index()
	}
	return f
}

// What comes of a message on two branches, told without merging: its state where
// only one changed it, else every word of both.
func TestBranchesLoseAndMixNothing(t *testing.T) {
	for seed := range uint64(10_000) {
		h := &brancher{Rand: rand.New(rand.NewPCG(seed, 1))}
		base := h.base()
		ours, theirs := h.branch(base, "ours"), h.branch(base, "theirs")
		got, clashes := merge.Branches(base, ours, theirs)
		fail := func(format string, args ...any) {
			t.Fatalf("seed %d: %s\nbase\n%s\nours\n%s\ntheirs\n%s\ngot\n%s", seed, fmt.Sprintf(format, args...),
				po.Format(base), po.Format(ours), po.Format(theirs), po.Format(got))
		}
		if _, found := po.Parse("road.po", po.Format(got)); len(found) > 0 {
			fail("%s", found[0].Error())
		}
		for _, m := range got.Messages {
			if !m.Fuzzy && m.HasTarget() && !finalIn(ours, m) && !finalIn(theirs, m) {
				fail("%q is final for %q on neither branch", m.Target, m.Source)
			}
		}
		clashing := map[catalog.Key]bool{}
		for _, c := range clashes {
			clashing[c.Key] = true
		}
		for _, f := range []*catalog.File{base, ours, theirs} {
			for _, m := range f.Messages {
				checkMessage(fail, m.Key, base, ours, theirs, got, clashing)
			}
		}
	}
}

func finalIn(f *catalog.File, m *catalog.Message) bool {
	is := f.Get(m.Key)
	return is != nil && !is.Fuzzy && is.Target == m.Target
}

func checkMessage(fail func(string, ...any), key catalog.Key, base, ours, theirs, got *catalog.File, clashing map[catalog.Key]bool) {
	says := func(f *catalog.File) string {
		if m := f.Get(key); m != nil {
			return fmt.Sprintf("%q %v %v %q", m.Target, m.Fuzzy, m.Obsolete, m.Comments)
		}
		return "nothing"
	}
	was, a, b, is := says(base), says(ours), says(theirs), says(got)
	switch {
	case a == was && is != b, b == was && is != a, a == b && is != a:
		fail("%q says %s, want what the branch that changed it says", key.Source, is)
	case a == was || b == was || a == b:
		return
	}
	m := got.Get(key)
	if m == nil {
		fail("%q is gone, and a branch had changed it", key.Source)
	}
	written := map[string]bool{}
	final := 0
	for _, f := range []*catalog.File{ours, theirs} {
		s := f.Get(key)
		if s == nil {
			continue
		}
		for _, c := range s.Comments {
			if !slices.Contains(m.Comments, c) {
				fail("%q has lost the comment %q", key.Source, c)
			}
		}
		if old := base.Get(key); s.Target == "" || old != nil && old.Target == s.Target {
			continue
		}
		if !written[s.Target] && !s.Fuzzy {
			final++
		}
		written[s.Target] = true
		if m.Target != s.Target && !slices.Contains(m.Comments, fmt.Sprintf("kept: %q", s.Target)) {
			fail("%q has lost %q", key.Source, s.Target)
		}
	}
	if want := final == 2; want && !(clashing[key] && m.Fuzzy) {
		fail("%q was translated in two ways, and that is not told", key.Source)
	}
}

func TestBranchesOfWhichOneChangedNothingAreTheOther(t *testing.T) {
	for seed := range uint64(1000) {
		h := &brancher{Rand: rand.New(rand.NewPCG(seed, 2))}
		base := h.base()
		changed := h.branch(base, "ours")
		want := string(po.Format(sorted(changed)))
		for name, sides := range map[string][2]*catalog.File{
			"ours": {changed, base}, "theirs": {base, changed}, "both": {changed, changed},
		} {
			got, clashes := merge.Branches(base, sides[0], sides[1])
			if text := string(po.Format(got)); text != want || len(clashes) > 0 {
				t.Fatalf("seed %d, %s changed: %d clashes, got\n%s\nwant\n%s", seed, name, len(clashes), text, want)
			}
		}
	}
}

// sorted is the catalog with its obsolete messages last, as a merge writes it.
func sorted(f *catalog.File) *catalog.File {
	f = f.Clone()
	slices.SortStableFunc(f.Messages, func(a, b *catalog.Message) int {
		switch {
		case a.Obsolete == b.Obsolete:
			return 0
		case a.Obsolete:
			return 1
		}
		return -1
	})
	return f
}
