package memory_test

import (
	"math/rand/v2"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dragoman/internal/catalog"
	"dragoman/internal/memory"
	"dragoman/internal/prose"
)

// said is a message, final unless changed.
func said(source, target string, changes ...func(*catalog.Message)) *catalog.Message {
	m := &catalog.Message{Entry: catalog.Entry{Key: catalog.Key{Source: source}, Target: target}}
	for _, change := range changes {
		change(m)
	}
	if m.State == catalog.Untranslated {
		m.SettleState()
	}
	return m
}

func obsolete(m *catalog.Message) { m.Obsolete = true }
func fuzzy(m *catalog.Message)    { m.Fuzzy = true }
func approved(m *catalog.Message) { m.State = catalog.Approved }
func doubted(m *catalog.Message)  { m.State = catalog.NeedsChecking }
func in(article string) func(*catalog.Message) {
	return func(m *catalog.Message) { m.References = []string{article} }
}

func file(path string, messages ...*catalog.Message) *catalog.File {
	return &catalog.File{Path: path, Messages: messages}
}

func TestFind(t *testing.T) {
	for _, c := range []struct {
		name     string
		files    []*catalog.File
		text     string
		query    memory.Query
		want     []string // target, from its origin
		percents []int
	}{
		{
			"the same text is a match of 100 percent, from its article",
			[]*catalog.File{file("ko/road.po", said("The road", "길", in("road.md")))},
			"The road",
			memory.Query{},
			[]string{"길 road.md"},
			[]int{100},
		},
		{
			"white space and typography make no difference",
			[]*catalog.File{file("ko.po", said("“Well”,  she said", "“글쎄”"))},
			"\"Well\", she said",
			memory.Query{},
			[]string{"“글쎄” ko.po"},
			[]int{100},
		},
		{
			"a text that is like it comes with its percentage, rounded down",
			[]*catalog.File{file("ko.po", said("The road was closed.", "길이 막혔다."))},
			"The road is closed.",
			memory.Query{},
			[]string{"길이 막혔다. ko.po"},
			[]int{90},
		},
		{
			"the best comes first",
			[]*catalog.File{file("a.po", said("a long winding road", "1"), said("a long winding roan", "2"), said("a very long winding road", "3"))},
			"a long winding road",
			memory.Query{},
			[]string{"1 a.po", "2 a.po", "3 a.po"},
			[]int{100, 94, 79},
		},
		{
			"what is less alike than asked is not told",
			[]*catalog.File{file("a.po", said("abcdefgh", "1"), said("abcdef", "2"))},
			"abcdefgX",
			memory.Query{Least: 0.8},
			[]string{"1 a.po"},
			[]int{87},
		},
		{
			"no more are told than asked",
			[]*catalog.File{file("a.po", said("abcdefgh", "1"), said("abcdefgi", "2"), said("abcdefgj", "3"))},
			"abcdefgX",
			memory.Query{Limit: 2},
			[]string{"1 a.po", "2 a.po"},
			[]int{87, 87},
		},
		{
			"an obsolete pair counts, after one that is in an article",
			[]*catalog.File{file("a.po", said("The road", "옛", obsolete)), file("b.po", said("The road", "길"))},
			"The road",
			memory.Query{},
			[]string{"길 b.po", "옛 a.po"},
			[]int{100, 100},
		},
		{
			"of two translations the approved one comes first",
			[]*catalog.File{file("a.po", said("The road", "도로")), file("b.po", said("The road", "길", approved))},
			"The road",
			memory.Query{},
			[]string{"길 b.po", "도로 a.po"},
			[]int{100, 100},
		},
		{
			"one translation is told once, from its best place",
			[]*catalog.File{file("a.po", said("The road", "길", obsolete)), file("b.po", said("The road", "길")), file("c.po", said("The road", "길"))},
			"The road",
			memory.Query{},
			[]string{"길 b.po"},
			[]int{100},
		},
		{
			"a draft, a stale pair and what is not translated never answer",
			[]*catalog.File{file("a.po", said("The road", "초안", fuzzy), said("The road!", ""), said("The road?", "물음", doubted))},
			"The road",
			memory.Query{},
			nil, nil,
		},
		{
			"a text of one letter is found, and is like no other",
			[]*catalog.File{file("a.po", said("a", "1"), said("b", "2"))},
			"a",
			memory.Query{},
			[]string{"1 a.po"},
			[]int{100},
		},
		{
			"Chinese is compared by characters",
			[]*catalog.File{file("a.po", said("道路已经关闭了", "1"), said("今天天气很好", "2"))},
			"道路已经关闭",
			memory.Query{},
			[]string{"1 a.po"},
			[]int{85},
		},
		{"nothing is like nothing", []*catalog.File{file("a.po", said("a", "1"))}, "", memory.Query{}, nil, nil},
		{"an empty memory has no answer", nil, "The road", memory.Query{}, nil, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var got []string
			var percents []int
			for _, m := range memory.Build(c.files...).Find(c.text, c.query) {
				got = append(got, m.Target+" "+m.Origin)
				percents = append(percents, m.Percent())
			}
			if d := cmp.Diff(c.want, got); d != "" {
				t.Error(d)
			}
			if d := cmp.Diff(c.percents, percents); d != "" {
				t.Error(d)
			}
		})
	}
}

func TestANilIndexIsEmpty(t *testing.T) {
	var x *memory.Index
	if x.Len() != 0 || x.Has("a", "b") || x.Find("a", memory.Query{}) != nil {
		t.Error("it holds something")
	}
}

func TestHasIsAboutThePair(t *testing.T) {
	x := memory.Build(file("a.po", said("The  road", "길")))
	if x.Len() != 1 || !x.Has("The road", "길") || x.Has("The road", "도로") || x.Has("The toad", "길") {
		t.Error("it holds other pairs")
	}
}

// TestFindMissesNothing compares with the comparison of every text, in texts of
// all lengths, under 30 characters and Chinese.
func TestFindMissesNothing(t *testing.T) {
	for _, l := range languages(t) {
		t.Run(l.name, func(t *testing.T) {
			texts := l.mutants(3000, 5)
			answered, answerable := recall(memory.Build(translated(texts)), texts, l.questions(texts, 150, 6))
			if answerable < 100 || 100*answered < 98*answerable {
				t.Errorf("answers %d of %d", answered, answerable)
			}
		})
	}
}

// TestShortTextsAreFoundHoweverTheyDiffer tries texts whose grams nearly all
// differ, among many with the same ones.
func TestShortTextsAreFoundHoweverTheyDiffer(t *testing.T) {
	r := rand.New(rand.NewPCG(7, 7))
	word := func(n int) string {
		b := make([]byte, n)
		for i := range b {
			b[i] = byte('a' + r.IntN(6))
		}
		return string(b)
	}
	var texts []string
	for range 4000 {
		texts = append(texts, word(4+r.IntN(16)))
	}
	x := memory.Build(translated(texts))
	missed, asked := 0, 0
	for range 500 {
		text := []byte(texts[r.IntN(len(texts))])
		for i := 1; i < len(text); i += 4 {
			text[i] = 'x'
		}
		want := nearest(texts, string(text))
		if want == 0 {
			continue
		}
		asked++
		if found := x.Find(string(text), memory.Query{Limit: 1}); len(found) == 0 || found[0].Score < want {
			missed++
		}
	}
	if asked < 200 || missed*50 > asked {
		t.Errorf("missed %d of %d", missed, asked)
	}
}

func TestReadersDoNotDisturbEachOther(t *testing.T) {
	l := languages(t)[0]
	texts := l.mutants(2000, 8)
	x := memory.Build(translated(texts))
	questions := l.questions(texts, 60, 9)
	want := make([][]memory.Match, len(questions))
	for i, q := range questions {
		want[i] = x.Find(q, memory.Query{})
	}
	var readers sync.WaitGroup
	for range 4 {
		readers.Go(func() {
			for i, q := range questions {
				if d := cmp.Diff(want[i], x.Find(q, memory.Query{})); d != "" {
					t.Error(d)
				}
			}
		})
	}
	readers.Wait()
}

func FuzzFind(f *testing.F) {
	f.Add("The road was closed.\nThe road is closed.", "The road is long")
	f.Add("道路已经关闭了\n今天天气很好\na\n", "道路")
	f.Add("\xff\n\x00a\n  ", "\xff")
	f.Fuzz(func(t *testing.T, texts, question string) {
		lines := strings.Split(texts, "\n")
		normals := make([]string, len(lines))
		for i := range lines {
			normals[i] = prose.Normal(lines[i])
		}
		found := memory.Build(translated(lines)).Find(question, memory.Query{})
		if want := nearest(normals, question); len(lines) <= 60 && question != "" && want > 0 && (len(found) == 0 || found[0].Score < want) {
			t.Errorf("the best is %v, found %v", want, found)
		}
		for _, m := range found {
			if score := prose.Similarity(prose.Normal(m.Source), prose.Normal(question)); score != m.Score || score < memory.DefaultLeast {
				t.Errorf("%q to %q is %v, told as %v", m.Source, question, score, m.Score)
			}
		}
	})
}
