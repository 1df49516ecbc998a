package prose_test

import (
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"dragoman/internal/prose"
)

var diffs = []struct {
	name     string
	old, new string
	want     string
	changed  int
}{
	{"a word is replaced", "the long road", "the short road", "the [-long-]{+short+} road", 1},
	{"a word is put in with one of its spaces", "the house", "the big house", "the {+big +}house", 1},
	{"a word is taken out with one of its spaces", "the big house", "the house", "the [-big -]house", 1},
	{"a word is added at the end, before the stop", "He came.", "He came home.", "He came{+ home+}.", 1},
	{"nothing changed", "the same", "the same", "the same", 0},
	{"nothing became something", "", "all new", "{+all new+}", 2},
	{"something became nothing", "all old", "", "[-all old-]", 2},
	{"one word apart is shown apart", "The road is long and wide", "A road was long and narrow", "[-The-]{+A+} road [-is-]{+was+} long and [-wide-]{+narrow+}", 3},
	{"a word kept in a sea of changes is no island", "the quick brown fox is fast asleep now", "one slow grey dog is wide awake then", "[-the quick brown fox is fast asleep now-]{+one slow grey dog is wide awake then+}", 7},
	{"marks alone are no islands", "well, then", "Well, Then", "[-well, then-]{+Well, Then+}", 2},
	{"words put in on both sides of a mark stay apart", "one, two", "one good, bad two", "one{+ good+}, {+bad +}two", 2},
	{"emphasis that went is told from its words", "a *free* press", "a free press", "a [-*-]free[-*-] press", 1},
	{"strong became emphasis", "a **free** press", "a *free* press", "a [-**-]{+*+}free[-**-]{+*+} press", 1},
	{"emphasis by other marks", "an _odd_ word", "an **odd** word", "an [-_-]{+**+}odd[-_-]{+**+} word", 1},
	{"an identifier is a word", "call a_b_c now", "call a_b_d now", "call [-a_b_c-]{+a_b_d+} now", 1},
	{"a sentence is put in whole", "I came. I saw.", "I came. I ran. I saw.", "I came. {+I ran. +}I saw.", 2},
	{"a repeated emphasis is put in whole", "a **b** c", "a **x** **b** c", "a {+**x** +}**b** c", 1},
	{"a number is a word", "1,000 people in 2026", "1,200 people in 2027", "[-1,000-]{+1,200+} people in [-2026-]{+2027+}", 2},
	{"a contraction is a word", "It does matter", "It doesn’t matter", "It [-does-]{+doesn’t+} matter", 1},
	{"white space changed alone", "two  spaces", "two spaces", "two [- -]spaces", 1},
	{"a line break became a space", "two\nlines", "two lines", "two[-\n-]{+ +}lines", 1},
	{"a part of an address", "[a](https://example.org/old)", "[a](https://example.org/new)", "[a](https://example.org/[-old-]{+new+})", 1},
	{"an eojeol is a word", "국가는 난민을 보호한다", "국가는 이주민을 보호한다", "국가는 [-난민을-]{+이주민을+} 보호한다", 1},
	{"characters of Chinese", "中国人民银行", "美国人民法院", "[-中-]{+美+}国人民[-银行-]{+法院+}", 3},
	{"one character of Chinese is no island", "他们的家在那里", "我们之家在那里", "[-他们的-]{+我们之+}家在那里", 2},
	{"a Chinese clause is put in whole", "他来了。他看见了。", "他来了。他跑了。他看见了。", "他来了。{+他跑了。+}他看见了。", 3},
	{"a run of katakana is a word", "新しいテレビを買う", "新しいラジオを買う", "新しい[-テレビ-]{+ラジオ+}を買う", 1},
	{"the year before a Chinese character", "2025年的报告", "2026年的报告", "[-2025-]{+2026+}年的报告", 1},
	{"only a letter's form", "Cafe\u0301 noir", "Café noir", "[-Cafe\u0301-]{+Café+} noir", 1},
	{"a capital", "the State", "the state", "the [-State-]{+state+}", 1},
	{"bytes that are not UTF-8", "a \xff b", "a \xfe b", "a [-\xff-]{+\xfe+} b", 1},
}

func TestDiffSaysWhatChanged(t *testing.T) {
	for _, c := range diffs {
		t.Run(c.name, func(t *testing.T) {
			if got := prose.Bracketed(prose.Diff(c.old, c.new)); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			if got := prose.Changed(c.old, c.new); got != c.changed {
				t.Errorf("%d words changed, want %d", got, c.changed)
			}
		})
	}
}

func TestEditsAreShownByTheMeansThereAre(t *testing.T) {
	edits := prose.Diff("a < b", "a < <c>")
	if got, want := prose.HTML(edits), "a &lt; <del>b</del><ins>&lt;c&gt;</ins>"; got != want {
		t.Errorf("HTML is %s, want %s", got, want)
	}
	if got, want := prose.Colored(edits), "a < \x1b[31;9mb\x1b[0m\x1b[32;4m<c>\x1b[0m"; got != want {
		t.Errorf("colours are %q, want %q", got, want)
	}
}

// checkDiff reports an edit script that is not one of these texts.
func checkDiff(t interface{ Errorf(string, ...any) }, old, new string) {
	var from, to strings.Builder
	last := prose.Op(255)
	for _, e := range prose.Diff(old, new) {
		if e.Text == "" || e.Op == last {
			t.Errorf("%q to %q: an edit is empty or like the one before: %v", old, new, e)
		}
		if e.Op != prose.Insert {
			from.WriteString(e.Text)
		}
		if e.Op != prose.Remove {
			to.WriteString(e.Text)
		}
		last = e.Op
	}
	if from.String() != old || to.String() != new {
		t.Errorf("%q to %q: the edits make %q of %q", old, new, to.String(), from.String())
	}
	if n := prose.Changed(old, new); (n == 0) != (old == new) {
		t.Errorf("%q to %q: %d words changed", old, new, n)
	}
}

func FuzzDiff(f *testing.F) {
	for _, c := range diffs {
		f.Add(c.old, c.new)
	}
	f.Fuzz(func(t *testing.T, old, new string) { checkDiff(t, old, new) })
}

func TestDiffOfAnyTextsIsWhatMakesOneOfTheOther(t *testing.T) {
	word := rapid.SampledFrom([]string{"a", "b", "road ", " is", ". ", "，", "人", "의 ", "**", "\n", "\u0301", "カナ"})
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.Custom(func(t *rapid.T) string {
			return strings.Join(rapid.SliceOfN(word, 0, 40).Draw(t, "words"), "")
		})
		checkDiff(t, text.Draw(t, "old"), text.Draw(t, "new"))
	})
}

// numbered is n words, each different from those of another seed.
func numbered(seed string, n int) []string {
	list := make([]string, n)
	for i := range list {
		list[i] = seed + strings.Repeat("x", i%7) + string(rune('a'+i%26)) + string(rune('a'+i/26%26)) + string(rune('a'+i/676%26))
	}
	return list
}

func TestDiffOfLongTextsFindsWhatIsLeft(t *testing.T) {
	old, fresh := numbered("o", 3000), numbered("n", 3000)
	for i := 0; i < len(old); i += 10 {
		fresh[i] = old[i]
	}
	a, b := strings.Join(old, " "), strings.Join(fresh, " ")
	checkDiff(t, a, b)
	if n := prose.Changed(a, b); n != 2700 {
		t.Errorf("%d words changed, want 2700", n)
	}
}

func TestDiffTakesLinearTime(t *testing.T) {
	cost := func(n int) time.Duration {
		a, b := strings.Repeat("a b c ", n), strings.Repeat("c a d a ", n)
		least := time.Hour
		for range 3 {
			start := time.Now()
			prose.Diff(a, b)
			least = min(least, time.Since(start))
		}
		return least
	}
	if small, large := cost(4000), cost(32000); large > 30*small {
		t.Errorf("8 times the text takes %v after %v", large, small)
	}
}
