package adopt

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dragoman/internal/locale"
	"dragoman/internal/markdown"
)

func TestAnchorsAreWhatSurvivesTranslation(t *testing.T) {
	tests := []struct {
		name, text string
		want       []string
	}{
		{"code is as it stands", "call `a.b()` now", []string{"word call", "code a.b()", "word now"}},
		{"code may hold backticks", "``a`b``", []string{"code a`b"}},
		{"a backtick alone opens nothing", "it`s 5", []string{"word it", "number 5"}},
		{"an address has a last part", "[은](https://example.org/ko/a#b)", []string{"address https://example.org/ko/a#b", "place b"}},
		{"an address alone", "https://example.org/a.", []string{"address https://example.org/a", "place a"}},
		{"an address in brackets", "<https://example.org>이다", []string{"address https://example.org", "place example.org"}},
		{"an address in angle brackets has none", "[a](<b c>)", []string{"address b"}},
		{"a label", "[그][The List]", []string{"label the list"}},
		{"a note", "그[^12]", []string{"note 12"}},
		{"thousands have commas or none", "1,200과 1200", []string{"number 1200", "number 1200"}},
		{"a number ends before a full stop", "3.", []string{"number 3"}},
		{"digits of full width", "１２個", []string{"number 12"}},
		{"a Chinese ordinal", "第十二条", []string{"number 12"}},
		{"a Chinese number of several digits", "二〇二六年", []string{"number 2026"}},
		{"a Chinese number with a unit", "三百二十", []string{"number 320"}},
		{"one Chinese digit is a word", "一个人", nil},
		{"an ordinal of one digit is a number", "第一", []string{"number 1"}},
		{"letters with accents are Latin", "Élan vital", []string{"word élan", "word vital"}},
		{"a particle ends a name", "React를", []string{"word react"}},
		{"one letter says nothing", "a 나", nil},
		{"brackets without end", "[^a](b", []string{"note a"}},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			anchors(test.text, func(s sort, text string) {
				got = append(got, [...]string{"code", "address", "place", "label", "note", "number", "word"}[s]+" "+text)
			})
			if !slices.Equal(got, test.want) {
				t.Errorf("%q has %q, want %q", test.text, got, test.want)
			}
		})
	}
}

func FuzzAnchors(f *testing.F) {
	for _, s := range []string{"`a` [b](c) [^d] [e][f] 1,2 第十二 https://g `", "``", "](", "][", "[^", "第", "１", "é`", "http://"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		anchors(s, func(_ sort, text string) {
			if len(text) > len(s) && !strings.ContainsAny(s, numerals) {
				t.Errorf("%q has the longer anchor %q", s, text)
			}
		})
	})
}

// alignment aligns two articles and writes what became of their segments.
func alignment(t *testing.T, source, translation, language string) string {
	t.Helper()
	var docs [2]*markdown.Document
	for i, src := range []string{source, translation} {
		d, found := markdown.Parse("a.md", []byte(src), markdown.Dialect{})
		if d == nil {
			t.Fatal(found)
		}
		d.Language, _ = locale.Parse([]string{"en", language}[i])
		docs[i] = d
	}
	a := Align(docs[0], docs[1])
	complete(t, a, docs[0], docs[1])
	var b strings.Builder
	for _, p := range a.Pairs {
		fmt.Fprintf(&b, "%s = %s", docs[0].Segments[p.Source].Text, p.Text)
		if !p.Sure {
			fmt.Fprintf(&b, " (%s)", p.Why)
		}
		b.WriteByte('\n')
	}
	for _, i := range a.Missing {
		fmt.Fprintf(&b, "%s = nothing\n", docs[0].Segments[i].Text)
	}
	for _, i := range a.Same {
		fmt.Fprintf(&b, "%s = itself\n", docs[0].Segments[i].Text)
	}
	for _, i := range a.Leftover {
		fmt.Fprintf(&b, "nothing = %s\n", docs[1].Segments[i].Text)
	}
	return b.String()
}

func TestAlign(t *testing.T) {
	tests := []struct {
		name, source, translation, language, want string
	}{
		{
			"values of front matter go by their keys",
			"---\ndescription: All of it\ntitle: Sea\n---\n", "---\ntitle: 바다\n---\n", "ko",
			"Sea = 바다\nAll of it = nothing\n",
		},
		{
			"a heading goes with a heading",
			"## Names\n\nThe sea.\n", "## 이름들\n\n바다.\n", "ko",
			"Names = 이름들\nThe sea. = 바다.\n",
		},
		{
			"the id of a heading is no text",
			"## Names {#names}\n", "## 이름들 {#names}\n", "ko",
			"Names = 이름들\n",
		},
		{
			"a heading that moved is found by its id",
			"## Names {#names}\n\nThe names are many and old.\n\n## Sea\n\nThe sea is `wide` and old.\n",
			"## 바다\n\n바다는 `wide` 오래되었다.\n\n## 이름들 {#names}\n\n이름은 많고 오래되었다.\n", "ko",
			"Names = 이름들 (unsure)\nThe names are many and old. = 이름은 많고 오래되었다. (unsure)\nThe sea is `wide` and old. = 바다는 `wide` 오래되었다. (moved)\nSea = nothing\nnothing = 바다\n",
		},
		{
			"an untranslated heading has no id that counts",
			"## Names\n\nThe sea is `wide`.\n\n## Names\n\nThe lake is `deep`.\n",
			"## 이름들\n\n바다는 `wide`.\n\n## Names\n\n호수는 `deep`.\n", "ko",
			"Names = 이름들\nThe sea is `wide`. = 바다는 `wide`.\nNames = Names\nThe lake is `deep`. = 호수는 `deep`.\n",
		},
		{
			"lists of different kinds",
			"1. Walk to `a`\n2. Rest at `b`\n", "- `a`로 걸어라\n- `b`에서 쉬어라\n", "ko",
			"Walk to `a` = `a`로 걸어라\nRest at `b` = `b`에서 쉬어라\n",
		},
		{
			"code keeps what stands around it together",
			"One stone.\n\n```\na = 1\n```\n\nTwo stones.\n\n```\nb = 2\n```\n\nThree stones.\n",
			"돌 하나.\n\n```\na = 1\n```\n\n```\nb = 2\n```\n\n돌 셋.\n", "ko",
			"One stone. = 돌 하나.\nThree stones. = 돌 셋.\nTwo stones. = nothing\n",
		},
		{
			"two paragraphs for one are joined with a space in Korean",
			"Take the `map` and walk for a day. Then rest beside the lake until `noon`.\n\n---\n",
			"`map`을 가지고 하루 동안 걸어라.\n\n그러고 나서 `noon`까지 호숫가에서 쉬어라.\n\n---\n", "ko",
			"Take the `map` and walk for a day. Then rest beside the lake until `noon`. = `map`을 가지고 하루 동안 걸어라. 그러고 나서 `noon`까지 호숫가에서 쉬어라. (joined)\n",
		},
		{
			"and with nothing in Chinese",
			"Take the `map` and walk for a day. Then rest beside the lake until `noon`.\n\n---\n",
			"带上`map`走一天。\n\n然后在湖边休息到`noon`。\n\n---\n", "zh-Hans",
			"Take the `map` and walk for a day. Then rest beside the lake until `noon`. = 带上`map`走一天。然后在湖边休息到`noon`。 (joined)\n",
		},
		{
			"numbers in Chinese characters are numbers",
			"Article 12.\n\nNothing holds in this place, and nobody lives there any more.\n\nArticle 13.\n", "第十二条。\n\n第十三条。\n", "zh-Hans",
			"Article 12. = 第十二条。\nArticle 13. = 第十三条。\nNothing holds in this place, and nobody lives there any more. = nothing\n",
		},
		{
			"a text that was left as it is",
			"This is a text of several words.\n\nReact\n", "This is a text of several words.\n\nReact\n", "ko",
			"React = React\nThis is a text of several words. = itself\n",
		},
		{
			"a label that the article does not know becomes an address",
			"See [it][1].\n\n[1]: https://example.org/a \"A\"\n", "[그것][가]을 보라.\n\n[가]: https://example.org/a \"A\"\n", "ko",
			"See [it][1]. = [그것](https://example.org/a \"A\")을 보라.\nA = A\n",
		},
		{
			"a label that both know stays",
			"See [it][1].\n\n[1]: https://example.org/a\n", "[그것][1]을 보라.\n\n[1]: https://example.org/b\n", "ko",
			"See [it][1]. = [그것][1]을 보라.\n",
		},
		{"nothing at all", "", "", "ko", ""},
		{"no translation", "The sea.\n", "", "ko", "The sea. = nothing\n"},
		{"no article", "", "바다.\n", "ko", "nothing = 바다.\n"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			if got := alignment(t, test.source, test.translation, test.language); got != test.want {
				t.Errorf("got\n%swant\n%s", got, test.want)
			}
		})
	}
}

func TestAligningIsLinear(t *testing.T) {
	cells := func(n int) int {
		var texts [2]strings.Builder
		for i := range n {
			fmt.Fprintf(&texts[0], "Stone %d of the long road.\n\n", i)
			fmt.Fprintf(&texts[1], "긴 길의 돌.\n\n")
			if i%2 == 0 {
				fmt.Fprintf(&texts[1], "역자 주.\n\n")
			}
		}
		var docs [2]*markdown.Document
		for side := range docs {
			docs[side], _ = markdown.Parse("a.md", []byte(texts[side].String()), markdown.Dialect{})
		}
		p := newPath(blocksOf(docs[0], docs[1]), 0.5)
		p.find()
		return len(p.costs)
	}
	if few, many := cells(1000), cells(8000); many > 4*mostCells || many > 40*few {
		t.Errorf("1000 blocks took %d cells, 8000 took %d", few, many)
	}
}
