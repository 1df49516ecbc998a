package check_test

import (
	"testing"

	"dragoman/internal/catalog"
	"dragoman/internal/check"
	"dragoman/internal/diag"
	"dragoman/internal/markdown"
)

func TestStructureRulesFindDefects(t *testing.T) { testRecall(t, structureDefects) }

func TestStructureRulesLeaveAloneWhatIsRight(t *testing.T) { testTraps(t, structureTraps) }

var structureDefects = map[string][]defect{
	"markup": {
		ko("Use `Vec` here.", "여기서 Vec을 쓴다.", "Vec"),
		ko("Call `main()` first.", "먼저 main()을 부른다.", "main()"),
		hans("The `map` method", "map 方法", "map"),
		de("The <b>last</b> road", "Die letzte Straße", ""),
		de("Press <kbd>Q</kbd>", "Drücke <kbd>Q", ""),
		de("Press <kbd>Q</kbd>", "Drücke <kbd>Q</kbd> oder <kbd>", "<kbd>"),
		de("A *short* road", "Eine kurze Straße", ""),
		de("A short road", "Eine *kurze* Straße", ""),
		ko("A **short** road", "짧은 길", ""),
		hans("A short road", "**短**路", ""),
		ko("A ~~long~~ short road", "긴 짧은 길", ""),
		ko("A road", "[길](https://example.org)", "](https://example.org)"),
		ko("`a_b` and c_d", "a_b와 `c_d`", "a_b"),
		hans("a<br>b", "甲乙", ""),
	},
	"markup-unrendered": {
		ko("**All** of it", "** 모두**", "**"),
		ko("**All** of it", "**모두 **를", "**"),
		ko("**All** of it", "**모두", "**"),
		hans("**All** of it", "全部** ", "**"),
		hans("~~All~~ of it", "~~全部", "~~"),
		ko("Use `Vec`", "`Vec을 쓴다", "`"),
		ko("Use `Vec`", "Vec`을 쓴다", "`"),
		ko("*All* of it", "*모두", "*"),
		ko("*All* of it", "* 모두 *의", "*"),
		ja("**All** of it", "**すべて", "**"),
		hant("~~All~~ of it", "~~ 全部 ~~ 的", "~~"),
		de("**All** of it", "**Alles**** davon**", ""),
	},
	"link-malformed": {
		ko("See [it](https://a.org/b)", "[그것] (https://a.org/b)을 보라", "[그것] (https://a.org/b)"),
		ko("See [it](https://a.org/b)", "[그것]（https://a.org/b）을 보라", "[그것]（https://a.org/b）"),
		hans("See [it](https://a.org/b)", "见［它］（https://a.org/b）", "［它］（https://a.org/b）"),
		hans("See [it](https://a.org/b)", "见［它］(https://a.org/b)", "［它］(https://a.org/b)"),
		hant("See [it](#why)", "見［它］（#why）", ""),
		hant("See [it](../a.md)", "見 [它] (../a.md)", ""),
		ja("See [it](a.md)", "［これ］(a.md)を見よ", ""),
		ko("See [it](/a)", "[그것]  (/a)을 보라", ""),
		ko("[Mail](mailto:a@b.org)", "[메일] (mailto:a@b.org)", ""),
		hans("See [it](./b)", "见[它]（./b）", ""),
		hans("See [it](a.md#b)", "见[它](a.md#b）", ""),
	},
	"link-target": {
		ko("See [it](https://a.org/b)", "그것을 보라", ""),
		ko("See [it](https://a.org/b)", "[그것](https://a.org/c)을 보라", ""),
		ko("See [it](https://a.org/b)", "[그것](https://a.org/b/)을 보라", ""),
		ko("See <https://a.org/b>", "보라", ""),
		ko("See https://a.org/b", "https://b.org/b 를 보라", "https://b.org/b"),
		ko("[One](#a) and [two](#b)", "[하나](#a)와 둘", ""),
		ko("[One](#a) and [two](#b)", "[하나](#a)와 [둘](#a)", "](#a)"),
		hans("[Write](mailto:a@b.org)", "[写信](mailto:c@b.org)", ""),
		hans("See [it](road.md)", "见[它](路.md)", ""),
		ja("See [it](road.md)", "これ(road.md)を見よ", ""),
		de("See [it](https://en.wikipedia.org/wiki/A)", "Siehe [hier](https://fr.wikipedia.org/wiki/A)", ""),
	},
	"link-title": {
		ko(`[it](u.md "read more")`, `[그것](u.md "read more")`, "read more"),
		ko(`[it](u.md "the long road")`, `[그것](u.md "the long road")`, ""),
		hans(`[it](u.md "a map of it")`, `[它](u.md "a map of it")`, ""),
		hans(`[it](u.md 'see also')`, `[它](u.md 'see also')`, ""),
		hant(`see [it](https://a.org "what they said")`, `見[它](https://a.org "what they said")`, ""),
		ja(`[it](u.md "open it")`, `[これ](u.md "open it")`, ""),
		de(`[it](u.md "read more")`, `[das](u.md "read more")`, ""),
		ko(`![i](u.png "the road in winter")`, `![그](u.png "the road in winter")`, ""),
		ko(`[it](u.md "Reports of the year")`, `[그것](u.md "Reports of the year")`, ""),
		ko(`[a](a.md "one more") [b](b.md "other")`, `[가](a.md "하나 더") [나](b.md "other")`, "other"),
	},
	"image-alt": {
		ko("![the road](r.png)", "![the road](r.png)", "the road"),
		ko("See ![the road](r.png) here", "여기 ![the road](r.png)을 보라", ""),
		hans("![a map of it](r.png) x", "![a map of it](r.png) 甲", ""),
		hant("![people at a gate](r.png) x", "![people at a gate](r.png) 甲", ""),
		ja("![the road](r.png) x", "![the road](r.png) これ", ""),
		de("![the road](r.png) x", "![the road](r.png) dies", ""),
		ko("![one road](a.png) ![two roads](b.png)", "![길 하나](a.png) ![two roads](b.png)", "two roads"),
		ko("[![open it](r.png)](u.md)", "[![open it](r.png)](u.md)", "open it"),
		hans(`![a chart](r.png "x") and`, `![a chart](r.png "x") 和`, ""),
		ko("![a screenshot][s] x", "![a screenshot][s] 그", ""),
	},
	"image": {
		ko("See ![it](a.png) here", "여기를 보라", ""),
		ko("See ![it](a.png) here", "여기 ![그것](b.png)를 보라", "](b.png)"),
		ko("See ![it](a.png) here", "여기 [그것](a.png)를 보라", ""),
		hans("![a](a.png) ![b](b.png)", "![甲](a.png)", ""),
		hans("![a](a.png) ![b](b.png)", "![甲](a.png) ![乙](a.png)", ""),
		hant("![a](a.png) x", "！[甲](a.png) 乙", ""),
		ja("![a](a.png) x", "! [甲](a.png) 乙", ""),
		de("x ![a](a.png)", "x", ""),
		de("x", "x ![a](a.png)", ""),
		ko("[![it](a.png)](u)", "[그것](u)", ""),
	},
	"footnote": {
		ko("They left.[^1]", "그들은 떠났다.", ""),
		ko("They left.[^1]", "그들은 떠났다.[^2]", ""),
		ko("They left.[^1] And[^2]", "그들은 떠났다.[^1] 그리고", ""),
		ko("They left.", "그들은 떠났다.[^1]", "[^1]"),
		ko("They left.[^note]", "그들은 떠났다.[^메모]", ""),
		hans("They left.[^1]", "他们离开了。[1]", ""),
		hans("They left.[^1]", "他们离开了。［^1］", ""),
		hant("They left.[^1]", "他們離開了。[ ^1]", ""),
		ja("They left.[^a]", "彼らは去った。[^ａ]", ""),
		de("They left.[^a]", "Sie gingen.^a", ""),
	},
	"reference": {
		ko("See [it][a]", "[그것]을 보라", ""),
		ko("See [it][a]", "[그것][그것]을 보라", "][그것]"),
		ko("See [it][it]", "[그것][]을 보라", ""),
		ko("See [it][a] and [b][b]", "[그것][a]과 나", ""),
		hans("See [it][a]", "见［它］［a］", ""),
		hans("See [it][a]", "见[它] [a]", ""),
		hant("See [it][a]", "見[它][b]", ""),
		ja("See [it][a]", "これを見よ", ""),
		de("See [it][a]", "Siehe [das](a)", ""),
		de("See it", "Siehe [das][a]", "][a]"),
		ko("![it][a]", "![그것][가]", ""),
	},
	"anchor": {
		{"ko", "heading", "Roads {#roads}", "길", ""},
		{"ko", "heading", "Roads {#roads}", "길 {#길}", "{#길}"},
		{"ko", "heading", "Roads {#roads}", "길 {#}", ""},
		{"ko", "heading", "Roads {#roads}", "길 #roads", ""},
		{"zh-Hans", "heading", "Roads {#roads}", "路｛#roads｝", ""},
		{"zh-Hans", "heading", "Roads {#roads}", "路 {#road}", "{#road}"},
		{"zh-Hant", "heading", "Roads {#roads}", "路 {# roads}", ""},
		{"ja", "heading", "Roads", "道 {#roads}", "{#roads}"},
		{"de", "heading", "Roads {#roads}", "Straßen {#Roads}", "{#Roads}"},
		{"de", "heading", "Roads", "Straßen {#}", "{#}"},
	},
	"block-structure": {
		ko("A road", "# 길", "#"),
		ko("A road", "## 길", "##"),
		ko("A road", "- 길", "-"),
		ko("A road", "* 길", "*"),
		ko("A road", "1. 길", "1."),
		ko("A road", "1) 길", "1)"),
		ko("A road", "> 길", ">"),
		hans("A road", "``` 路", "```"),
		hans("A road", "---", "---"),
		de("In 1999", "1999. Ein Jahr", "1999."),
		{"ko", "cell", "A road", "길 | 둘", "|"},
	},
	"front-matter": {
		{"ko", "front-matter", "A road", "길\n둘", ""},
		{"ko", "front-matter", "A road", "true", "true"},
		{"ko", "front-matter", "A road", "12", "12"},
		{"ko", "front-matter", "12", "열둘", "열둘"},
		{"ko", "front-matter", "true", "참", "참"},
		{"ko", "front-matter", "2026-11-24", "11월 24일", ""},
		{"ko", "front-matter", "A road", "null", ""},
		{"ko", "front-matter", "A road", "[길]", ""},
		{"ko", "front-matter", "A road", "~", ""},
		{"ko", "front-matter", "A road", "{길}", ""},
	},
	"html-unsafe": {
		ko("A road", "<script>길</script>", "<script>"),
		ko("A road", "<b>길</b>", "<b>"),
		ko("`Vec<T>` is", "Vec<T>는", "<T>"),
		ko("<b>A</b> road", "<b onclick=\"x\">길</b>", ""),
		ko("<b>A</b> road", "<b style='x'>길</b>", ""),
		hans("[it](https://a.org)", "[它](javascript:x)", ""),
		hans("![it](a.png)", "![它](data:image/png)", ""),
		hant("A road", "<img src=x onerror=y>", ""),
		ja("A <i>road</i>", "<i class=a>道</i>", ""),
		de("A road", "<iframe src=\"https://a.org\">", ""),
		{"de", "html", "A <b>road</b>", "Eine <b hidden>Straße</b>", ""},
	},
	"placeholder": {
		ko("Hello {name}", "안녕", ""),
		ko("Hello {name}", "안녕 {이름}", ""),
		ko("Hello {name}", "안녕 {nane}", "{nane}"),
		ko("{{#include a.rs}} x", "{{#include b.rs}} 그", "{{#include b.rs}}"),
		ko("{{ count }} roads", "길들", ""),
		hans("Hello ${user}", "你好 $ {user}", ""),
		hans("Hello %{user}", "你好", ""),
		hant("Hello %(user)s", "你好 %(user)", ""),
		ja("{{< ref \"a\" >}} is", "{{< ref \"b\" >}}は", ""),
		de("{a} of {b}", "{a} von {a}", ""),
		de("Hello", "Hallo {name}", "{name}"),
	},
	"escapes": {
		ko("A road", `길\n`, `\n`),
		ko("A road", `길\t둘`, `\t`),
		ko("A road", `\"길\"`, `\"`),
		ko("A road", `길\`, `\`),
		hans(`"A" road`, `\"甲\"路`, ""),
		hans("A road", `路\u3000`, `\u`),
		hant("A road", `路\r\n`, ""),
		ja("A road", `道\n\n`, ""),
		de("A road", `Straße\ `+"\n"+`\"x`, `\"`),
		de("A road", `Straße\\\`, `\`),
	},
	"newlines": {
		ko("A road", "길\n", ""),
		ko("A road", "\n길", ""),
		ko("A road\\\nTwo", "길 둘", ""),
		ko("A road", "길\\\n둘", ""),
		hans("A road.\n", "路。", ""),
		hans("\nA road", "路", ""),
		hant("A road", "路\n\n二", ""),
		ja("A\\\nB\\\nC", "甲\\\n乙丙", ""),
		de("A road", "Eine\n\nStraße", ""),
		de("A\\\nB", "A\nB", ""),
	},
	"do-not-translate": {
		ko("Use `Vec`", "`벡터`를 쓴다", "`벡터`"),
		ko("Use `Vec`", "벡터를 쓴다", ""),
		ko("Run it with --release", "배포로 돌린다", ""),
		ko("Write to a@b.org", "편지를 쓴다", ""),
		ko("Open src/main.rs", "소스를 연다", ""),
		hans("Edit ~/.bashrc", "编辑 〜/.bashrc", ""),
		hans("Call main() now", "现在调用主函数", ""),
		hant("`let x = 1`", "`讓 x = 1`", ""),
		ja("See ./a.md", "ａ.mdを見よ", ""),
		de("Run --dry-run", "Starte --Probelauf", ""),
	},
	"conflict-marker": {
		ko("A road", "<<<<<<< HEAD\n길\n=======\n도로\n>>>>>>> x", "<<<<<<< HEAD"),
		ko("A road", "길\n=======\n도로", "======="),
		ko("A road", "길\n>>>>>>> main", ">>>>>>> main"),
		ko("A road", "#-#-#-#-#  a.po  #-#-#-#-#\n길", ""),
		ko("A road", "길\n||||||| base\n도로", "||||||| base"),
		hans("A road", "路\n<<<<<<< a", ""),
		hant("A road", "路 #-#-#-#-#", ""),
		ja("A road", "道\n=======\n", ""),
		de("A road", "Straße\n>>>>>>>", ""),
		de("A road", "<<<<<<<", ""),
	},
	"encoding": {
		ko("A road", "길\ufffd이", "\ufffd"),
		ko("A road", "\u1100\u1175\u11af이", "\u1100\u1175\u11af"),
		ko("A road", "길\x02이", "\x02"),
		ko("It's", "ì\u0095\u0088ë\u0085\u0095", ""),
		hans("A road", "路\uf9e4", "\uf9e4"),
		hans("It's", "å\u0085¶", ""),
		hant("A road", "路\u2028二", ""),
		ja("A road", "か\u3099", ""),
		de("A road", "StraÃŸe", ""),
		de("It's", "gehtâ€™s", "â€™"),
		de("A road", "scho\u0308n", "o\u0308"),
	},
	"invisible": {
		ko("A road", "길\u200b이", "\u200b"),
		ko("A road", "\ufeff길", "\ufeff"),
		ko("A road", "길\u2060이", ""),
		ko("A road", "길\u3164이", ""),
		hans("A road", "路\u200d二", ""),
		hans("A road", "路\u00ad二", ""),
		hant("A road", "路\u200e二", ""),
		ja("A road", "道\u202e二", ""),
		de("A road", "Stra\u200cße", ""),
		de("A road", "Straße\u2069", ""),
	},
	"cjk-line-break": {
		hans("A road", "一条\n路", ""),
		hans("A road", "一条，\n路", ""),
		hans("A road", "一条\n“路", ""),
		hant("A road", "一條\n路", ""),
		hant("A road", "一條。\n路", ""),
		hant("A road", "「一條」\n路", ""),
		ja("A road", "一つの\n道", ""),
		ja("A road", "ロード\nは", ""),
		ja("A road", "道、\nは", ""),
		ja("A road", "a\n道、\nは", ""),
	},
	"empty": {
		ko("A road", "…", "…"),
		ko("A road", " ", " "),
		ko("A road", ".", "."),
		ko("A road", "**", ""),
		hans("A road", "。", ""),
		hans("A road", "——", ""),
		hant("A road", "？", ""),
		ja("A road", "「」", ""),
		de("A road", "-", ""),
		de("A road", "\n", ""),
	},
	"unchanged": {
		ko("The long road", "The long road", ""),
		ko("how it works", "how it works", ""),
		ko("They *left* in 1950.", "They *left* in 1950.", ""),
		ko("“Quoted” words", "“Quoted” words", ""),
		ko("\"Quoted\" words", "“Quoted” words", ""),
		hans("What they said", "What they said", ""),
		hans("Use `Vec` here", "Use `Vec` here", ""),
		hant("Roads of China", "Roads of China", ""),
		ja("See [it](a.md) for more", "See [it](a.md) for more", ""),
		de("Roads and gates", "Roads and gates", ""),
	},
	"source-left": {
		ko("They left the long road behind.", "그들은 left the long road behind 했다.", "left the long road behind"),
		ko("They left. Nobody knows where they went.", "그들은 떠났다. Nobody knows where they went.", ""),
		ko("It is one of the roads", "one of the roads 이다", ""),
		hans("They waited at the gate for days.", "他们 waited at the gate 等了几天。", "waited at the gate"),
		hans("People have to wait, and they know it.", "人们 have to wait, and they 知道。", ""),
		hans("**They** came to see the road", "**他们** came to see the road", ""),
		hant("They waited at the gate for days.", "他們 waited at the gate for 。", ""),
		ja("They waited at the gate for days.", "彼らは they waited at the gate", ""),
		de("They waited at the gate for days.", "Sie warteten at the gate for days.", ""),
		de("There is no one who knows the way.", "Es gibt niemanden, who knows the way.", ""),
	},
	"wrong-script": {
		hant("country", "這个国家", "个"),
		hant("country", "我們说話", "说"),
		hant("country", "这是路", "这"),
		hant("country", "門开了", "开"),
		hans("country", "這是路", "這"),
		hans("country", "我們说", "們"),
		hans("country", "学習", "習"),
		hans("country", "国家の路", "の"),
		hans("country", "サ路", "サ"),
		hant("country", "ロード", ""),
	},
}

var structureTraps = map[string][]defect{
	"markup": {
		ko("A *short* road", "짧은 길", ""),
		ko("A *short* road", "**짧은** 길", ""),
		ko("`a` and `b`", "`b`와 `a`", ""),
		ko("`a` and `a`", "`a` 둘", ""),
		de("`a` is", "Ein a ist", ""),
		de("A *short* **road**", "Eine **kurze** *Straße*", ""),
		ko("See [a](u) <!-- x -->", "[가](u)", ""),
		ko("See https://a.org", "[여기](https://a.org)", ""),
		{"ko", "front-matter", "A * B", "가", ""},
	},
	"markup-unrendered": {
		ko("2 ** 3", "2 ** 3", ""),
		ko("**All**", "**모두(all)**는", ""),
		hans("**All**", "这是**“全部”**的", ""),
		ko("All", `\*\*모두\*\*`, ""),
		ko("`a ** b`", "`a ** b`", ""),
		ko("A note", "주 *", ""),
	},
	"link-malformed": {
		ko("See [it](a.md)", "[그것](a.md)(a.org)", ""),
		ko("An array [1] (see below)", "배열 [1] (아래)", ""),
		hans("An array", "数组［1］（见下）", ""),
		ko("`[a] (b.md)`", "`[a] (b.md)`", ""),
		ko("See [it][a] (b)", "[그것][a] (나)", ""),
	},
	"link-target": {
		ko("See [it](https://en.wikipedia.org/wiki/A)", "[그것](https://ko.wikipedia.org/wiki/A)", ""),
		hans("See [it](https://a.org/en-US/docs)", "[它](https://a.org/zh-CN/docs)", ""),
		ko("See [it](https://a.info/b)", "[그것](https://ko.a.info/c)", ""),
		ko("[a](#a) [b](#b)", "[나](#b) [가](#a)", ""),
		ko("https://a.org", "<https://a.org>", ""),
		ko("See [it][a]", "[그것][a]", ""),
	},
	"link-title":  {ko(`[it](u "Rust")`, `[그것](u "Rust")`, ""), ko(`[it](u "see")`, `[그것](u "보라")`, ""), ko(`[it](u "src/main.rs")`, `[그것](u "src/main.rs")`, "")},
	"image-alt":   {ko("![UNHCR](a.png) x", "![UNHCR](a.png) 그", ""), ko("![](a.png) x", "![](a.png) 그", ""), ko("![the road](a.png)", "![길](a.png)", "")},
	"image":       {ko("![a](a.png) ![b](b.png)", "![나](b.png) ![가](a.png)", "")},
	"footnote":    {ko("A[^1] b[^2]", "나[^2] 가[^1]", ""), ko("A[^1]", "가[^1] 나[^1]", ""), ko("`a[^1]`", "`a[^1]`", "")},
	"reference":   {ko("[it][it]", "[그것][it]", ""), ko("[a][x] [b][y]", "[나][y] [가][x]", ""), ko("An array [1]", "배열 [1]", "")},
	"anchor":      {{"ko", "heading", "A {#a}", "가 {#a}", ""}, {"ko", "heading", "A", "가", ""}},
	"placeholder": {ko("100% sure", "100% 확실", ""), ko("`{name}`", "`{name}`", ""), ko("{a} {b}", "{b} {a}", ""), ko("50 %s", "50 %의", "")},
	"block-structure": {
		ko("1. A", "1. 가", ""),
		ko("A", "3.14는 수", ""),
		ko("A", "-3도", ""),
		ko("A", "**가** 나", ""),
		ko("A", "#해시태그", ""),
		ko("A", "*가* 나", ""),
		{"ko", "front-matter", "A", "- 가", ""},
		{"ko", "cell", "a | b", "가 | 나", ""},
	},
	"front-matter": {{"ko", "front-matter", "A", "가: 나", ""}, {"ko", "front-matter", "1984", "1984", ""}, {"ko", "front-matter", "A", "2026년", ""}, ko("A", "true", "")},
	"html-unsafe": {
		ko("<b>A</b>", "<b>가</b>", ""),
		ko("`<T>`", "`<T>`", ""),
		ko("A < B", "가 < 나", ""),
		ko(`<a href="x" class='y z'>A</a>`, `<a class='y z' href="x">가</a>`, ""),
		ko("<span>A</span>", `<span lang="en">A</span>`, ""),
		ko("[a](https://a.org)", "[가](https://b.org)", ""),
	},
	"escapes":  {ko(`a \* b`, `가 \* 나`, ""), ko("A", `C:\new`, ""), ko(`\n`, `\n`, ""), ko("A\\\nB", "가\\\n나", "")},
	"newlines": {ko("A b", "가\n나", ""), ko("A\\\nB", "가\\\n나", "")},
	"do-not-translate": {
		ko("and/or yes", "그리고", ""),
		ko("A -- b", "가", ""),
		ko("24/7 help", "언제나", ""),
		ko("the file(s)", "파일", ""),
		ko("Mr. A/B.", "가", ""),
		ko("`a` `b`", "`b` `a`", ""),
	},
	"conflict-marker": {ko("A", "가 == 나", ""), ko("=======", "=======", ""), ko("A", "<<가>>", ""), ko("A", "#-#", "")},
	"encoding": {
		ko("A", "안녕 ㄱㄴ ㅋㅋ", ""),
		ko("A", "\u1100", ""),
		ko("A", "韓國 樂", ""),
		de("A", "Ähre É«x» Straße 20 °C", ""),
		de("A", "São João, à l’été", ""),
		{"vi", "", "A", "Tiếng Việt", ""},
	},
	"invisible": {
		ko("A", "👨\u200d👩\u200d👧", ""),
		{"fa", "", "A", "می\u200cخواهم", ""},
		{"he", "", "A", "\u200fA\u200e!", ""},
		{"th", "", "A", "กา\u200bกา", ""},
		{"hi", "", "A", "क्\u200dष", ""},
		{"ar", "", "A", "\u2067عرب\u2069", ""},
		ko("A\u200b", "가\u200b나", ""),
	},
	"cjk-line-break": {ko("A", "가\n나", ""), hans("A", "一\\\n二", ""), hans("A", "一 a\n二", ""), de("A", "a\nb", "")},
	"empty":          {ko("…", "…", ""), ko("---", "—", ""), ko("5", "5", ""), ko("A", "가", "")},
	"unchanged": {
		ko("Rust", "Rust", ""),
		ko("GitHub Actions", "GitHub Actions", ""),
		ko("`let x = a`", "`let x = a`", ""),
		ko("https://a.org/the/road", "https://a.org/the/road", ""),
		ko("rustfmt", "rustfmt", ""),
		de("Computer", "Computer", ""),
		ko("2026-11-24", "2026-11-24", ""),
	},
	"source-left": {
		ko("They read “the long road to nowhere” today.", "그들은 오늘 “the long road to nowhere”를 읽었다.", ""),
		ko("See *the long road to nowhere*", "*the long road to nowhere*를 보라", ""),
		ko("right to leave one's own country", "자국을 떠날 권리(right to leave one's own country)", ""),
		ko("The Universal Declaration of Human Rights", "그 Universal Declaration of Human Rights", ""),
		ko("`the long road to it`", "`the long road to it` 가", ""),
		hans("Linux Mac Windows Android", "支持 Linux Mac Windows Android", ""),
	},
	"wrong-script": {
		hant("A", "干后里台著乾後裡臺", ""),
		hans("A", "干后里台著乾了", ""),
		hans("A", "`の`和他", ""),
		hant("国", "国", ""),
		{"zh-CN", "", "A", "这个国家", ""},
		{"zh-TW", "", "A", "這個國家", ""},
		ja("A", "国の道", ""),
	},
}

func TestFixesMendAndLeaveTheRest(t *testing.T) {
	for _, tc := range []struct {
		name, lang, code, source, target, want string
	}{
		{"a space before the address", "ko", "link-malformed", "[it](a.md)", "[그것] (a.md)을 [또](b.md)", "[그것](a.md)을 [또](b.md)"},
		{"brackets of full width", "zh-Hans", "link-malformed", "[it](https://a.org)", "见［它］（https://a.org）。", "见[它](https://a.org)。"},
		{"decomposed Hangul", "ko", "encoding", "A", "\u1100\u1175\u11af", "길"},
		{"a control character", "ko", "encoding", "A", "길\x02이", "길이"},
		{"a broken line", "zh-Hans", "cjk-line-break", "A", "一条\n路\n和", "一条路和"},
		{"what was lost stays", "ko", "encoding", "A", "길\ufffd", "길\ufffd"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			in := input(t, tc.lang, tc.source, tc.target)
			for _, r := range check.Rules() {
				if r.Code == tc.code {
					check.Fix(in, []check.Rule{r})
				}
			}
			if got := in.File.Messages[0].Target; got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
		})
	}
}

func TestAValueOfFrontMatterDoesNotRepeatItsKey(t *testing.T) {
	doc, found := markdown.Parse("a.md", []byte("---\ntitle: A road\n---\n\nText\n"), markdown.Dialect{})
	if found.HasErrors() {
		t.Fatal(found)
	}
	for target, want := range map[string]int{"title: 길": 1, "title : 길": 1, "길: title": 0, "titles: 길": 0} {
		in := input(t, "ko", "A road", target)
		in.Document = doc
		if got := only(in, "front-matter"); len(got) != want {
			t.Errorf("%q: %v, want %d", target, got, want)
		}
	}
}

func TestTwoMessagesWithOneKeyAreFound(t *testing.T) {
	in := input(t, "ko", "A", "가")
	twin := *in.File.Messages[0]
	in.File.Messages = append(in.File.Messages, &twin)
	if found := only(in, "duplicate"); len(found) != 1 {
		t.Errorf("got %v", found)
	}
}

func TestAStaleTargetIsComparedWithTheSourceThatItTranslates(t *testing.T) {
	in := input(t, "ko", "See [this](new.md)", "[이것](old.md)을 보라")
	m := in.File.Messages[0]
	m.State, m.Fuzzy, m.Previous = catalog.NeedsRewriting, true, catalog.Previous{Source: "See [it](old.md)"}
	if found := only(in, "link-target"); len(found) > 0 {
		t.Errorf("got %v", found)
	}
	m.Target = "이것을 보라"
	if found := only(in, "link-target"); len(found) != 1 {
		t.Errorf("the link is gone: %v", found)
	}
}

func TestLocalizedAddressesAreNoChange(t *testing.T) {
	in := input(t, "ko", "[it](https://a.org)", "[그것](https://b.kr)")
	in.Localized = func(address string) string { return map[string]string{"https://a.org": "https://b.kr"}[address] }
	if found := only(in, "link-target"); len(found) > 0 {
		t.Errorf("got %v", found)
	}
}

func TestElementsThatOnlySetTextDoNotKeepAPassageFromReaders(t *testing.T) {
	for target, want := range map[string]diag.Severity{
		"길<sup>주</sup>": diag.Info, "<strong>길</strong>": diag.Info,
		"<sup onclick=x>길</sup>": diag.Error, "<script>길</script>": diag.Error, "<T>": diag.Error,
	} {
		found := only(input(t, "ko", "A road", target), "html-unsafe")
		if len(found) == 0 || found[0].Severity != want {
			t.Errorf("%q: got %v, want severity %v", target, found, want)
		}
	}
}
