package check_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"dragoman/internal/diag"
)

// graded are translations in which a rule finds something of that severity, or nothing:
// what people write on purpose is no error.
var graded = []struct{ name, code, lang, source, target, want string }{
	{"code that lost its marks is an error", "markup", "ko", "Call `run` first.", "먼저 run을 부른다.", "error"},
	{"of several codes one finding tells", "markup", "ko", "Call `run` and `stop`.", "run과 stop을 부른다.", "error"},
	{"a number that is code may stand among words", "markup", "zh-Hans", "It is always `1`.", "它总是 1。", "warning"},
	{"an element that only sets text may go", "markup", "ja", "<s>All</s> most of it", "ほぼすべて", "warning"},
	{"an element that does more may not", "markup", "ja", "<Step n={1}>one</Step>", "一つ", "error"},
	{"strong text may be set by an element", "markup", "ko", "Read **this**.", "<strong>이것</strong>을 읽는다.", ""},
	{"a strong passage may be parted", "markup", "zh-Hans", "**Read this before that.**", "**先读这个**，再**读那个**。", ""},
	{"a strong passage that is gone is told", "markup", "zh-Hans", "Do **not** go.", "不要去。", "warning"},
	{"what the source quotes may be emphasized", "markup", "ja", `It is a "road".`, "それは*道*です。", "info"},
	{"a link may explain", "markup", "ko", "The town is far.", "[마을](https://a.org)은 멀다.", "info"},
	{"a label may become its address", "reference", "ko", "See [it][one].", "[그것](https://a.org)을 보라.", "warning"},
	{"a label that is gone is an error", "reference", "ko", "See [it][one].", "그것을 보라.", "error"},
	{"a placeholder may be code in one of the two", "placeholder", "zh-Hant", "It shows `{count}`.", "它顯示「{count}」。", ""},
	{"an address that is no link any more is told", "link-target", "ja", "Write `now` to me@a.org today", "`now`（me@a.orgまで）", "warning"},
	{"the page in the reader's language is no other", "link-target", "ko", "[it](https://a.org/docs/Web/element)", "[그것](https://a.org/ko/docs/Web/element)", ""},
	{"nor is one in another folder", "link-target", "zh-Hans", "[it](https://a.org/en-US/docs/element/script)", "[它](https://a.org/zh-CN/docs/reference/element/script)", ""},
	{"nor that of a site of the region", "link-target", "zh-Hant", "[it](https://doc.a.org/book/ch19-unsafe.html)", "[它](https://a.tw/book-tw/ch19-unsafe.html)", ""},
	{"nor the start of the site in the reader's language", "link-target", "ko", "[it](https://a.org/)", "[그것](https://a.org/lang/ko/)", ""},
	{"nor the same path without the site", "link-target", "ko", "[it](https://a.org/learn/road)", "[그것](/learn/road)", ""},
	{"another page is one", "link-target", "ko", "[it](https://a.org/learn/road)", "[그것](https://a.org/ko/learn/town)", "warning"},
	{"a place in this article may be named with it", "link-target", "ko", "[it](#place)", "[그것](/towns/x#place)", ""},
	{"a place in another may not be named without", "link-target", "ko", "[it](/towns/y#place)", "[그것](#place)", "warning"},
	{"a slash at the end is told", "link-target", "ko", "[it](https://a.org/b)", "[그것](https://a.org/b/)", "info"},
	{"a letter that is gone is an error", "do-not-translate", "ko", "Call `unmount` now.", "지금 `unmout`를 부른다.", "error"},
	{"so are quotation marks of prose", "do-not-translate", "zh-Hans", "It is `\"music\"` now.", "现在是 `“music”`。", "error"},
	{"marks of prose in the source may be mended", "do-not-translate", "ko", "It is `”music”` now.", "지금은 `\"music\"`이다.", ""},
	{"a part of a word that is gone is told", "do-not-translate", "zh-Hans", "Edit `Cargo.toml` now.", "编辑 `Cargo.tom`。", "warning"},
	{"words that a program says may be translated", "do-not-translate", "zh-Hans", "It prints `\"Are you there?\"` twice.", "它打印两次 `\"有人吗?\"`。", "info"},
	{"a name may not", "do-not-translate", "ko", "An `Event` came.", "`이벤트`가 왔다.", "error"},
	{"signs around a name make no difference", "do-not-translate", "ko", "See `Avatar` now.", "지금 `<Avatar />`를 본다.", ""},
	{"space in code is told", "do-not-translate", "zh-Hans", "Show `<Posts />` now.", "显示 `<Posts/>`。", "info"},
	{"code that is not said again is told", "do-not-translate", "ja", "The `node` is new.", "それは新しい。", "info"},
	{"a dash behind code is no option", "do-not-translate", "ko", "It is `open`--they say so.", "`open`이라고 한다.", ""},
	{"a link of a translator to a note is told", "html-unsafe", "zh-Hans", "One.", `一<a href="#note1">[1]</a>。`, "info"},
	{"the text of a link to another site may be its title", "source-left", "ja", "Read [the long way to the sea](https://a.org/b).", "[the long way to the sea](https://a.org/b) を読む。", ""},
	{"that of a link in the site may not", "source-left", "ja", "Read [the long way to the sea](/b).", "[the long way to the sea](/b) を読む。", "warning"},
	{"a quotation as a whole may stay", "unchanged", "zh-Hans", `"road without the sea"`, `"road without the sea"`, ""},
	{"a link to a page may stay", "unchanged", "zh-Hans", "[Roads without sea](https://a.org)", "[Roads without sea](https://a.org)", ""},
	{"Chinese leads to what follows with a full stop, too", "end-punctuation", "zh-Hans", "Write it down:", "把它写下来。", "info"},
	{"a colon that is gone is told", "end-punctuation", "zh-Hans", "Write it down:", "把它写下来", "warning"},
	{"a question that is still one wants its mark", "end-punctuation", "zh-Hant", "How is it called?", "它叫什麼", "warning"},
	{"one that is said as a statement does not", "end-punctuation", "zh-Hans", "Why not read about it?", "不妨读一读。", "info"},
	{"Japanese leads with a full stop", "end-punctuation", "ja", "Write it down:", "書いてください。", ""},
	{"a colon behind a label is set as on screens", "halfwidth-punctuation", "ja", "Exercise: roads", "演習: 道", ""},
	{"so is a comma before a Latin word", "halfwidth-punctuation", "ja", "immutable", "（不変, immutable）", ""},
	{"a question mark is not", "halfwidth-punctuation", "ja", "What is it?", "それは何?", "warning"},
	{"three hyphens may be what a generator makes a dash of", "dash", "zh-Hant", "Dining --- async", "吃飯 --- 非同步", ""},
	{"a dash behind a name stands in lists", "dash", "ja", "`Road` — a road", "`Road` — 道", ""},
	{"one sign may be an ellipsis on screens", "ellipsis", "ja", "And more...", "さらに…", "info"},
	{"a number may have a space before its power", "number", "ja", "It ran 1 billion times and 78 million times.", "10 億回、7800 万回でした。", ""},
	{"包 is a character of both scripts", "wrong-script", "zh-Hant", "It holds roads of Hong Kong.", "它包含香港的路，偽、卿、煮、撐。", ""},
	{"换 is not", "wrong-script", "zh-Hant", "Change it.", "替换它。", "warning"},
}

func TestWhatPeopleWriteOnPurposeIsNoError(t *testing.T) {
	for _, test := range graded {
		t.Run(test.name, func(t *testing.T) {
			in := input(t, test.lang, test.source, test.target)
			found := only(in, test.code)
			if len(found) > 1 {
				t.Errorf("%d findings, want one at the most: %v", len(found), found)
			}
			got := ""
			if len(found) > 0 {
				got = found[0].Severity.String()
			}
			if got != test.want {
				t.Errorf("got %q, want %q: %v", got, test.want, found)
			}
		})
	}
}

func TestMarksOfHalfWidthAreLeftWhereTheyAreTheHabit(t *testing.T) {
	pairs := []string{"odd", "路（一）"}
	for i := range 30 {
		pairs = append(pairs, fmt.Sprint("even ", i), fmt.Sprintf("路 (第%d) 又一", i))
	}
	same(t, only(article(t, "a.po", "zh-Hant", pairs...), "halfwidth-punctuation"))
	for i := 3; i < len(pairs); i += 2 {
		pairs[i] = strings.NewReplacer(" (", "（", ") ", "）").Replace(pairs[i])
	}
	pairs[1] = "路 (一)"
	same(t, only(article(t, "a.po", "zh-Hant", pairs...), "halfwidth-punctuation"), "odd")
}

func TestAnIdentifierThatTheSourceHasElsewhereMayBeTheRightOne(t *testing.T) {
	pairs := []string{"Use `renderToPipe` here.", "`renderToReadable`를 쓴다.", "Use `renderToReadable` there.", "`renderToReadable`를 쓴다."}
	found := only(article(t, "a.po", "ko", pairs...), "do-not-translate")
	if len(found) != 1 || found[0].Severity != diag.Info {
		t.Errorf("got %v, want one to know", found)
	}
	found = only(article(t, "a.po", "ko", pairs[:2]...), "do-not-translate")
	if len(found) != 1 || found[0].Severity != diag.Error {
		t.Errorf("got %v, want an error", found)
	}
}

func TestChineseAndJapaneseArticlesSpeakInOneManner(t *testing.T) {
	polite := []string{"a", "行きます。", "b", "来ます。", "c", "村です。", "d", "いました。", "e", "行きません。"}
	for _, odd := range []string{
		"それは村である。", "それは村だ。", "彼は行った。そうした。", "それは村だった。", "それは道であった。",
		"彼はそれを話する。", "道を旅した。", "それは村ではない。", "彼は呼ばれる。", "道が作られる。",
	} {
		same(t, only(article(t, "a.po", "ja", append(slices.Clone(polite), "odd", odd)...), "register"), "odd")
	}
	close := []string{"a", "你走。", "b", "你来。", "c", "你看。", "d", "你听。", "e", "你说。"}
	for _, odd := range strings.Fields("您走。 请您来。 您的路。 路在您前面。 您看见了吗？ 您说得对！ 我等您。 您和我走。 这是给您的。 您好。") {
		same(t, only(article(t, "a.po", "zh-Hans", append(slices.Clone(close), "odd", odd)...), "register"), "odd")
		same(t, only(article(t, "a.po", "zh-Hant", append(slices.Clone(close), "odd", odd)...), "register"), "odd")
	}
}

func TestEachSecondMessageWithOneKeyIsFound(t *testing.T) {
	for n := 2; n < 12; n++ {
		in := article(t, "a.po", "ko", "Other", "다른 것")
		for range n {
			twin := *article(t, "a.po", "ko", "A road", "길").File.Messages[0]
			in.File.Messages = append(in.File.Messages, &twin)
		}
		if found := only(in, "duplicate"); len(found) != n-1 {
			t.Errorf("%d messages with one key: got %v", n, found)
		}
	}
}
