package markdown_test

import (
	"reflect"
	"testing"

	"dragoman/internal/markdown"
)

func TestRewrite(t *testing.T) {
	for _, c := range []struct {
		name, ours, theirs, target string
		want                       string
		look                       bool // somebody has to look
	}{
		{"an address gets our label", "See [it][1].", "See [it](https://example.org/one).", "[그것](https://example.org/one)을 보라.", "[그것][1]을 보라.", false},
		{"another label gets ours", "See [it][1].", "See [it][it].", "[그것][it]을 보라.", "[그것][1]을 보라.", false},
		{"a label gets our address", "See [it](/it).", "See [it][7].", "[그것][7]을 보라.", "[그것](/it)을 보라.", false},
		{"a short label gets the full form", "See [Foo].", "See [Foo].", "[Foo]를 보라.", "[Foo][Foo]를 보라.", false},
		{"a short label that was translated", "See [Foo].", "See [Foo].", "[푸]를 보라.", "[푸][Foo]를 보라.", false},
		{"links in another order", "[a][1] or [b][Foo]", "[a](https://example.org/one) or [b](https://example.org/foo)", "[나](https://example.org/foo)나 [가](https://example.org/one)", "[나][Foo]나 [가][1]", false},
		{"two links to one place", "[a][1], [b][1]", "[a](https://example.org/one), [b](https://example.org/one)", "[나](https://example.org/one), [가](https://example.org/one)", "[나][1], [가][1]", false},
		{"an address of the reader's language stays", "See [it][1].", "See [it](https://example.org/one).", "[그것](https://example.org/ko)을 보라.", "[그것](https://example.org/ko)을 보라.", false},
		{"a title that was translated stays", "See [it][titled].", `See [it](/t "A title").`, `[그것](/t "제목")을 보라.`, `[그것](/t "제목")을 보라.`, false},
		{"our title comes with our address", `See [it](/t "(A) title").`, "See [it][7].", "[그것][7]을 보라.", `[그것](/t "(A) title")을 보라.`, false},
		{"a title with a bracket is replaced whole", "See [it][t].", `See [it](/t "a ) b").`, `[그것](/t "a ) b")을 보라.`, "[그것][t]을 보라.", false},
		{"an image", "An ![icon][1] here.", "An ![icon](https://example.org/one) here.", "![아이콘](https://example.org/one)", "![아이콘][1]", false},
		{"a label that nobody defines", "See it.", "See it.", "[그것][nope]을 보라.", "[그것][nope]을 보라.", true},
		{"a label that nobody defines, of the only link", "See [it](/it).", "See [it](/it).", "[그것][nope]을 보라.", "[그것](/it)을 보라.", true},
		{"brackets that are text in both", "a[0][1] is", "a[0][1] is", "a[0][1]은", "a[0][1]은", false},
		{"a link too few", "See [it][1].", "See [it](https://example.org/one).", "그것을 보라.", "그것을 보라.", false},
		{"two spaces become a backslash", "one\\\ntwo", "one  \ntwo", "하나  \n둘", "하나\\\n둘", false},
		{"lines are joined", "one two", "one\ntwo", "하나\n둘", "하나 둘", false},
		{"Chinese lines are joined without a space", "one two", "one\ntwo", "道路\n很长", "道路很长", false},
		{"_ that emphasizes no more", "a _short_ road", "a _short_ road", "_짧은_길", "*짧은*길", false},
		{"__ that emphasizes no more", "a **short** road", "a __short__ road", "__짧은__길", "**짧은**길", false},
		{"_ that emphasizes stays", "a _short_ road", "a _short_ road", "_짧은_ 길", "_짧은_ 길", false},
		{"_ in words and code stays", "_a_ b_c `d_e`", "_a_ b_c `d_e`", "_가_는 b_c `d_e`", "*가*는 b_c `d_e`", false},
		{"_ where the source has no emphasis", "a b", "a b", "_가_나", "_가_나", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			d := article(t, c.ours)
			if c.name == "a title with a bracket is replaced whole" {
				d, _ = markdown.Parse("", []byte(c.ours+"\n\n[t]: /t 'a ) b'\n"), markdown.Dialect{})
			}
			in := d.Inlines()[0]
			for _, r := range markdown.Readings(c.theirs, markdown.LabelsOf(d)) {
				if !in.Same(&r) {
					continue
				}
				got, ok := in.Rewrite(&r, c.target)
				if got != c.want || ok == c.look {
					t.Errorf("got %q, %v; want %q", got, ok, c.want)
				}
				return
			}
			t.Fatal("the texts are not the same")
		})
	}
}

func TestPipesOfCellsArePlain(t *testing.T) {
	d, _ := markdown.Parse("", []byte("| a `b\\|c` |\n| --- |\n\nd `e`\n"), markdown.Dialect{})
	inlines := d.Inlines()
	theirs := markdown.Readings("a `b\\|c`", nil)[0]
	if !inlines[0].Same(&theirs) {
		t.Fatal("the cell is not found")
	}
	if got, _ := inlines[0].Rewrite(&theirs, "가 `b\\|c`"); got != "가 `b|c`" {
		t.Errorf("in a cell: %q", got)
	}
	if got, _ := inlines[1].Rewrite(&inlines[1], "`b\\|c`"); got != "`b\\|c`" {
		t.Errorf("in a paragraph: %q", got)
	}
}

func TestTextsOfHTMLBlocks(t *testing.T) {
	d, _ := markdown.Parse("", []byte("<div>\nA *b* &amp; <b>c</b>\n</div>\n\n<p>Salt & snake_case</p>\n"), markdown.Dialect{})
	inlines := d.Inlines()
	for _, c := range []struct {
		segment              int
		theirs, target, want string
		ok                   bool
	}{
		{0, `A \*b\* & <b>c</b>`, "가 <b>다</b>", "가 <b>다</b>", true},
		{0, `A \*b\* & <b>c</b>`, `\*가\* <b>다</b>`, `\*가\* <b>다</b>`, false},
		{1, `Salt &amp; snake\_case`, `소금 &amp; snake\_case`, "소금 &amp; snake_case", true},
		{1, `Salt & snake_case`, "소금\n& snake_case", "소금 & snake_case", true},
	} {
		theirs := markdown.Readings(c.theirs, nil)[0]
		if !inlines[c.segment].Same(&theirs) {
			t.Errorf("%q is not the same as %q", c.theirs, d.Segments[c.segment].Text)
		}
		if got, ok := inlines[c.segment].Rewrite(&theirs, c.target); got != c.want || ok != c.ok {
			t.Errorf("%q: got %q, %v", c.target, got, ok)
		}
	}
}

func TestEnclosed(t *testing.T) {
	for _, c := range []struct {
		name, ours, target, want string
		ok                       bool
	}{
		{"one link", "[Welcome](welcome.md)", "환영", "[환영](welcome.md)", true},
		{"one link by label", "[Welcome][1]", "환영", "[환영][1]", true},
		{"code in the link", "[The `x`](x.md)", "`x`는", "[`x`는](x.md)", true},
		{"a bracket in the translation", "[Welcome](welcome.md)", "환영]", `[환영\]](welcome.md)`, true},
		{"a link in the translation", "[Welcome](welcome.md)", "[환영](b)", "", false},
		{"text beside the link", "[Welcome](welcome.md) here", "", "", false},
		{"text before the link", "See [Welcome](welcome.md)", "", "", false},
		{"an image", "![icon](a.png) and", "", "", false},
		{"no link", "Welcome", "", "", false},
	} {
		t.Run(c.name, func(t *testing.T) {
			in := article(t, c.ours).Inlines()[0]
			_, enclose, ok := in.Enclosed()
			if !ok {
				if c.ok {
					t.Fatal("is not one link")
				}
				return
			}
			got, ok := enclose(c.target)
			if ok != c.ok || ok && got != c.want {
				t.Errorf("got %q, %v", got, ok)
			}
		})
	}
}

func TestFragments(t *testing.T) {
	var got []string
	in := article(t, "Press <kbd>a</kbd>, *then*<br>**b**.").Inlines()[0]
	for _, f := range in.Fragments() {
		got = append(got, f.Text)
	}
	if want := []string{"Press ", "<kbd>", "a", "</kbd>", ", *then*", "<br>", "**b**."}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q", got)
	}
	if in := article(t, "no tags, `<b>`").Inlines()[0]; in.Fragments() != nil {
		t.Error("fragments of a text without tags")
	}
}

func TestWorded(t *testing.T) {
	for text, want := range map[string]bool{
		"a": true, "*a*": true, "[a](b)": true, "![a](b)": true, "`a` b": true, "`a`, 1": true, "a\\\n`b`": true,
		"`a`": false, "`a`, `b`…": false, "**`a`**": false, "<b>`c`</b>": false, "[`a`](b)": false, "—": false, "": false,
	} {
		if got := markdown.Readings(text, nil)[0]; got.Worded() != want {
			t.Errorf("%q is worded: %v", text, !want)
		}
	}
}

func TestBlocks(t *testing.T) {
	type pairs = []markdown.Translated
	for _, c := range []struct {
		name, source, target string
		want                 pairs
	}{
		{"a heading with its mark", "# Road", "# 길", pairs{{"Road", "길"}}},
		{"a heading with its anchor", "## The road {#road}", "## 길 {#road}", pairs{{"The road", "길"}}},
		{"an anchor without the mark", "The road {#road}", "길 {#road}", pairs{{"The road", "길"}}},
		{"an anchor that is a comment", "The road {/*road*/}", "길 {/*road*/}", pairs{{"The road", "길"}}},
		{"an item with its mark", "- one", "- 하나", pairs{{"one", "하나"}}},
		{"a task", "- [x] done", "- [ ] 끝", pairs{{"done", "끝"}}},
		{"a quote", "> one\n> two", "> 하나\n> 둘", pairs{{"one two", "하나 둘"}}},
		{"a paragraph and a list", "One:\n\n- two\n- three", "하나:\n\n* 둘\n* 셋", pairs{{"One:", "하나:"}, {"two", "둘"}, {"three", "셋"}}},
		{"a list right below a paragraph", "One:\n- two", "하나:\n- 둘", pairs{{"One:", "하나:"}, {"two", "둘"}}},
		{"two paragraphs", "one\n\ntwo", "하나\n\n둘", pairs{{"one", "하나"}, {"two", "둘"}}},
		{"a table", "| a | b |\n| - | - |\n| c | d |", "| 가 | 나 |\n| - | - |\n| 다 | 라 |", pairs{{"a", "가"}, {"b", "나"}, {"c", "다"}, {"d", "라"}}},
		{"an image alone", "![A map](map.png)", "![지도](map.png)", pairs{{"A map", "지도"}}},
		{"a paragraph more", "one\n\ntwo", "하나", nil},
		{"a list that became a paragraph", "- one", "하나", nil},
		{"a heading of another level", "# one", "## 하나", nil},
		{"code alone", "```\nx\n```", "```\nx\n```", nil},
		{"nothing", "", "", nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := new(markdown.Document).Blocks(c.source, c.target); !reflect.DeepEqual(got, c.want) {
				t.Errorf("got %q", got)
			}
		})
	}
}
