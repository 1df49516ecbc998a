package check_test

import (
	"fmt"
	"strings"
	"testing"

	"dragoman/internal/catalog"
	"dragoman/internal/check"
	"dragoman/internal/diag"
	"dragoman/internal/markdown"
	"dragoman/internal/review"
	"dragoman/internal/term"
)

var proseDefects = map[string][]defect{
	"space-edge": {
		ko("Home", " 고향", " "), ko("Home", "고향 ", " "), ko("Home ", "고향", ""), ko(" Home", "고향", ""),
		hans("It began.", "　　开始了。", "　　"), ja("Home", "家　", "　"), de("Home", "\tHeim", "\t"), ko("Home", "고향\u00a0", "\u00a0"),
		ko("*Home*", "*고향* ", " "), hans("Home", "家  ", "  "),
	},
	"space-double": {
		ko("They left the town.", "그들은  마을을 떠났다.", "그들은  마을을"), ko("They left.", "그들은 떠났다.  다시는.", "떠났다.  다시는."),
		ko("See `a` and `b`.", "`a`와  `b`를 보라.", "`a`와  `b`를"), ko("A *b* c", "가  *나* 다", "가  *나*"),
		de("It is late.", "Es  ist spät.", "Es  ist"), de("It is late.", "Es ist   spät.", "ist   spät."), hans("Use Go now.", "用  Go。", "用  Go。"),
		ko("[a](u) b", "[가](u)  나", "[가](u)  나"), ja("Use Go.", "Go  を使う。", "Go  を使う。"), ko("One. Two.", "하나.  둘.", "하나.  둘."),
	},
	"cjk-latin-space": {
		ko("React is fast.", "React 는 빠르다.", "React 는"), ko("Use Go.", "Go 를 쓴다.", "Go 를"), ko("Use `go`.", "`go` 를 쓴다.", "`go` 를"),
		ko("In Linux", "Linux 에서", "Linux 에서"), ko("The UNHCR (office)", "유엔난민기구(UNHCR) 는", "유엔난민기구(UNHCR) 는"),
		ko("With 3", "3 으로 한다", "3 으로"), ko("a and b", "`a` 와 `b`", "`a` 와"), ko("The `x` value", "`x` 의 값", "`x` 의"),
		ko("Give it to Ada", "Ada 에게 주라", "Ada 에게"), ko("Put it into HTML.", "HTML 에 넣는다.", "HTML 에"),
	},
	"end-punctuation": {
		ko("Who left?", "누가 떠났는가", "가"), ko("They left.", "그들은 떠났다", "다"), ko("Steps:", "단계", "계"), hans("Who left?", "谁走了。", "。"),
		hans("As follows:", "如下。", "。"), hans("They left.", "他们走了", "了"), hans("They left", "他们走了。", "。"), hant("Who?", "誰", "誰"),
		ja("They left.", "去った", "た"), ja("Who left?", "誰が去った。", "。"), de("They left.", "Sie gingen", "n"), de("Who?", "Wer.", "."),
		ko("*Who left?*", "*누가 떠났는가.*", "."), ko("“Who left?”", "“누가 떠났는가.”", "."),
	},
	"brackets": {
		ko("It (the town) burned.", "그것(마을은 탔다.", "("), ko("It (the town) burned.", "그것 마을) 은 탔다.", ")"), hans("It (the town) burned.", "它（村庄烧了。", "（"),
		hans("It (the town) burned.", "它（村庄)烧了。", ")"), hans("A [b] c", "甲[乙丙", "["), ko("A [b] c", "가 나] 다", ""), ko("A {b} c", "가 {나 다", "{"),
		ja("It (the town) burned.", "それ（村は焼けた。", "（"), de("It (the town) burned.", "Es (die Stadt brannte.", "("), hant("A 【b】", "甲【乙", "【"),
		hans("((a) b)", "（（甲）乙", "（"),
	},
	"quotes": {
		ko("“Yes”, she said.", "“네, 그는 말했다.", "“"), ko("“Yes”, she said.", "네”, 그는 말했다.", "”"), ko("“Yes”, she said.", "\"네\", 그는 말했다.", `"`),
		ko("\"Yes\", she said.", "\"네, 그는 말했다.", `"`), hans("“Yes”, she said.", "「是」，她说。", "「"), hans("“Yes”, she said.", "她说：\"是\"。", `"`),
		hant("“Yes”, she said.", "她說：“是”。", "“"), hant("“Yes”, she said.", "她說：「是。", "「"), ja("“Yes”, she said.", "“はい”と言った。", "“"),
		ja("“Yes”, she said.", "「はいと言った。", "「"), hans("The book *War*", "《战争", "《"), de("“Yes”, she said.", "„Ja, sagte sie.", "„"),
	},
	"halfwidth-punctuation": {
		hans("They left, and then", "他们走了,然后", ","), hans("They left.", "他们走了.", "."), hans("As follows:", "如下:", ":"), hans("Who?", "谁?", "?"),
		hans("Go!", "走!", "!"), hans("One; two", "一个;两个", ";"), hans("It (the town)", "它(村庄)", "("), hans("In Rust, it is", "在Rust,它是", ","),
		ja("They left, then", "去った,そして", ","), ja("They left.", "去った.", "."), hant("They left, and", "他們走了,然後", ","),
		ko("They left.", "그들은 떠났다。", "。"), ko("One, two", "하나、둘", "、"), ko("Who?", "누구인가？", "？"), ko("It (the town)", "그것（마을）", "（"),
	},
	"fullwidth-alphanumeric": {
		hans("In 2026", "在２０２６年", "２０２６"), hans("Use Go", "使用Ｇｏ", "Ｇｏ"), ko("In 2026", "２０２６년에", "２０２６"), ja("In 2026", "２０２６年に", "２０２６"),
		ja("The API", "ＡＰＩは", "ＡＰＩ"), hant("Article 9", "第９條", "９"), hant("The UN", "ＵＮ", "ＵＮ"), ko("A plan", "Ａ안", "Ａ"), de("In 2026", "２０２６", "２０２６"),
		hans("*A*", "*Ａ*", "Ａ"),
	},
	"ellipsis": {
		hans("And then…", "然后…", "…"), hans("And then...", "然后...", "..."), hans("And then...", "然后。。。", "。。。"), hant("And then…", "然後…", "…"),
		ja("And then…", "そして…", "…"), ja("And then...", "そして...", "..."), ko("And then…", "그리고..", ".."), ko("And then.", "그리고。。", "。。"),
		ko("They left.", "그들은 떠났다..", ".."), de("They left.", "Sie gingen..", ".."), hans("Well… yes", "嗯…是的", "…"),
	},
	"dash": {
		hans("The town—all of it—burned.", "村庄—全部—烧了。", "—"), hans("The town -- all", "村庄--全部", "--"), hans("The town – all", "村庄---全部", "---"),
		hant("The town—all", "村莊—全部", "—"), hant("The town—all", "村莊 -- 全部", "--"), ja("The town—all", "村—すべて", "—"), ja("The town—all", "村--すべて", "--"),
		ko("The town—all", "마을--모두", "--"), ko("The town—all", "마을 --- 모두", "---"), hans("The town—all", "村庄———全部", "———"),
	},
	"middle-dot": {
		hans("Karl Marx", "卡尔・马克思", "・"), hans("Karl Marx", "卡尔•马克思", "•"), hans("Karl Marx", "卡尔‧马克思", "‧"), hant("Karl Marx", "卡爾•馬克思", "•"),
		ja("Karl Marx", "カール·マルクス", "·"), ja("Karl Marx", "カール•マルクス", "•"), ko("north and south", "남ㆍ북", "ㆍ"), ko("north and south", "남・북", "・"),
		ko("north and south", "남•북", "•"), ko("north and south", "남‧북", "‧"),
	},
	"number": {
		ko("In 1951 they met.", "1950년에 그들은 만났다.", ""), ko("15-25 people", "15~20명", ""), ko("They met.", "그들은 1951년에 만났다.", "1951"),
		hans("Article 14", "第十五条", ""), hans("30,000 people", "三千人", ""), hans("In 1951", "在那一年", ""), hans("They met.", "1951年他们见面。", "1951"),
		ja("About 5,000 people", "約五百人", ""), hant("On March 5", "三月六日", ""), de("It cost 1.5 million.", "Es kostete 15 Millionen.", ""), ko("Chapter 19.5", "19.1장", ""),
		ko("37 million", "370만", ""),
	},
	"length-ratio": {
		ko(long, "그렇다.", ""), ko(long, "강은 길다.", ""), hans(long, "好。", ""), hans(long, "河很长。", ""), hant(long, "好。", ""), ja(long, "はい。", ""),
		ko(long, strings.Repeat("강은 산에서 바다로 흐르고 사람들은 그 물을 마신다. ", 20), ""), hans(long, strings.Repeat("河流从山里流向大海，人们喝那里的水。", 10), ""),
		de(long, "Ja.", ""), de(long, strings.Repeat("Der Fluss fließt. ", 60), ""), ja(long, strings.Repeat("川は山から海へ流れ、人々はその水を飲む。", 10), ""),
	},
	"doubled-word": {
		ko("They left the town.", "그들은 마을을 마을을 떠났다.", "마을을 마을을"), ko("The paper", "서류를를 냈다", "를를"), ko("The paper", "문서는는 없다", "는는"),
		ko("In order", "순서으로으로 한다", "으로으로"), ko("For users", "사람을을 위한", "을을"), hans("The town's end", "村庄的的尽头", "的的"), hans("They left", "他们们走了", "们们"),
		hans("The human rights council", "人权理人权理事会", "人权理人权理"), ja("Read it", "本をを読む", "をを"), de("In the town", "In der der Stadt", "der der"), de("He is here", "Er ist ist hier", "ist ist"),
		hant("The town's end", "村莊的的盡頭", "的的"),
	},
	"particle": {
		ko("Rust is", "Rust은", "Rust은"), ko("The URL", "URL를", "URL를"), ko("By API", "API으로", "API으로"), ko("HTML and", "HTML와", "HTML와"), ko("The JSON", "JSON가", "JSON가"),
		ko("In 2019", "2019을", "2019을"), ko("18 and", "18와", "18와"), ko("`String` is", "`String`는", "`String`는"), ko("The UNHCR (office)", "사무소(office)은", "사무소(office)은"),
		ko("“Yes” is", "“네”은", "“네”은"), ko("The book", "책를", "책를"), ko("The paper", "서류을", "서류을"), ko("*Google* is", "*Google*는", "Google*는"),
		ko("5 km", "5km을", "5km을"), ko("From the file", "file으로", ""), ko("With Linux", "Linux으로", "Linux으로"), ko("By %", "5%을", "5%을"), ko("The team", "team를", "team를"),
	},
}

const long = "The river runs from the mountains to the sea, and the people of the towns along it drink its water, fish in it and wash in it every day of the year."

var proseTraps = map[string][]defect{
	"space-edge":   {ko("Home", "고향", ""), ko(" Home", " 고향", ""), ko("Home\n", "고향", "")},
	"space-double": {ko("One.  Two.", "하나.  둘.", ""), ko("Use `a  b`.", "`a  b`를 쓴다.", ""), ko("End.[^1] Next", "끝. [^1] 다음", "")},
	"cjk-latin-space": {
		ko("React is", "React는", ""), ko("This language", "Rust 이 언어", ""), ko("A course in Rust", "Rust 과정", ""), ko("It is code", "`a` 은하", ""), hans("Use Go", "用Go", ""),
	},
	"end-punctuation": {
		hans("They left.", "他们走了。", ""), hans("Who?", "谁？", ""), hans("As follows:", "如下：", ""), ja("They left.", "去った。", ""), ko("As follows:", "다음과 같다.", ""),
		ko("Roads, rivers etc.", "길, 강 등", ""), ko("They left.[^1]", "그들은 떠났다.[^1]", ""), hans("“They left.”", "“他们走了”。", ""), ko("**They left.**", "**그들은 떠났다.**", ""),
		hans("And so on...", "等等……", ""), ko("See ![a picture.](i.png)", "보라 ![그림](i.png)", ""),
	},
	"brackets": {
		ko("1) One", "1) 하나", ""), ko("One", "가) 하나", ""), ko("Glad :)", "기쁘다 :)", ""), hans("It (the town)", "它（村庄）", ""), ko("See `f(`", "`f(`를 보라", ""), ko("A ( b", "가 ( 나", ""),
	},
	"quotes": {
		ko("It’s theirs’", "그들의 것이다", ""), de("It's", "Geht’s", ""), ko("\"Yes\"", "\"네\"", ""), hans("“Yes”", "“是”", ""), hant("“Yes”", "「是」", ""), hans("*War*", "《战争》", ""),
		hans("a 5\" screen", "5\" 屏幕", ""), hans("`\"`", "`\"`", ""), ko("*War*", "『전쟁』", ""),
	},
	"halfwidth-punctuation": {
		hans("Version 1.5, of 10:30", "版本 1.5，10:30", ""), hans("Use Go (fast)", "用 Go (fast)", ""), hans("See example.org.", "见 example.org。", ""), hans("Run `a, b`.", "运行 `a, b`。", ""),
		hans("Hello, world", "Hello, world", ""), ko("They left.", "그들은 떠났다.", ""), ko("The proverb 天下。", "天下。라는 말", ""), hans("[A](u.html)", "[甲](u.html)", ""), hans("中文.com", "中文.com", ""),
	},
	"fullwidth-alphanumeric": {hans("Ａ is wide", "Ａ是宽的", ""), hans("It (the town)", "它（村庄）！", ""), hans("`Ａ`", "`Ａ`", "")},
	"ellipsis": {
		hans("And then...", "然后……", ""), ko("And then...", "그리고...", ""), ko("And then…", "그리고…", ""), ko("From 1..5", "1..5에서", ""), de("And then...", "Und dann...", ""), hans("../a", "../a", ""),
	},
	"dash": {
		hans("The town—all", "村庄——全部", ""), ja("The town—all", "村――すべて", ""), ko("The town—all", "마을—모두", ""), hans("1990–1995", "1990–1995年", ""), hans("`--all`", "`--all`选项", ""),
		ko("Roads -- all", "길 -- 모두", ""), hans("Use --all", "用 --all", ""),
	},
	"middle-dot": {hans("Karl Marx", "卡尔·马克思", ""), ja("Karl Marx", "カール・マルクス", ""), hant("Karl Marx", "卡爾‧馬克思", ""), ko("north and south", "남·북", ""), ko("• One", "• 하나", "")},
	"number": {
		hans("On March 5", "3月5日", ""), hans("Article 14", "第十四条", ""), ko("10 million", "천만", ""), ko("10,000 people", "1만 명", ""), ja("30,000", "三万", ""), ko("two days", "2일", ""),
		ko("1 road", "한 길", ""), ko("At 9:00", "오전 9시", ""), hans("2 roads", "两条路", ""), ko("i32", "i32", ""), de("1,000.5", "1.000,5", ""), hans("half", "50%", ""), ko("the first", "제1", ""),
	},
	"length-ratio": {ko("Yes.", "네, 그렇습니다.", ""), hans("A town", "村", ""), ko(long, "강은 산에서 바다로 흐르며, 그 곁의 마을 사람들은 날마다 그 물을 마시고, 고기를 잡고, 몸을 씻는다.", "")},
	"doubled-word": {
		ko("One by one", "하나 하나", ""), ko("The town", "마을을", ""), hans("To understand", "为了了解", ""), hans("The goal's", "目的的", ""), hans("It exists in", "存在在", ""), hans("Really", "的的确确", ""),
		de("that that", "dass dass", ""), ko("Very, very", "매우 매우", ""),
	},
	"particle": {
		ko("Rust", "Rust는", ""), ko("URL", "URL을", ""), ko("URL", "URL로", ""), ko("It", "Rust은(는)", ""), ko("It", "Rust이(가)", ""), ko("It", "Rust(으)로", ""), ko("It", "{name}은", ""),
		ko("UNHCR (office)", "유엔난민기구(UNHCR)는", ""), ko("Dependencies", "의존성<sup>Dependencies</sup>을", ""), ko("C++", "C++은", ""), ko("town", "마을을", ""), ko("autumn", "가을은", ""),
		ko("a `trait`", "`trait`를", ""), ko("a `trait`", "`trait`을", ""), ko("lesson 2", "2과", ""), ko("3 kinds", "3가지", ""), ko("$5", "$5를", ""), ko("the `<b>` tag", "`<b>`는", ""), ko("R", "R은", ""),
		ko("This is Rust", "Rust이다", ""), ko("build", "지을", ""), ko("wrapper (of a type (newtype) called)", "래퍼(wrapper, 형식(newtype)이라고 부름)로", ""),
	},
}

func TestProseRulesFindTheirDefects(t *testing.T) { testRecall(t, proseDefects) }

func TestProseRulesLeaveTheRightAlone(t *testing.T) { testTraps(t, proseTraps) }

// article is a catalog of pairs in a language, each on another line of one article.
func article(t *testing.T, path, lang string, pairs ...string) check.Input {
	t.Helper()
	f := &catalog.File{Path: path}
	for i := 0; i < len(pairs); i += 2 {
		f.Add(&catalog.Message{Entry: catalog.Entry{Key: catalog.Key{Source: pairs[i]}, Target: pairs[i+1]}})
	}
	review.Apply(f, nil)
	return check.Input{File: f, Source: tag(t, "en"), Language: tag(t, lang)}
}

// sources are those of the messages that findings are about.
func sources(found diag.List) (list []string) {
	for _, f := range found {
		list = append(list, f.Key.Source)
	}
	return list
}

func same(t *testing.T, found diag.List, want ...string) {
	t.Helper()
	if got := sources(found); strings.Join(got, "|") != strings.Join(want, "|") {
		t.Errorf("found in %q, want %q: %v", got, want, found)
	}
}

func TestALatinWordIsSpacedAsElsewhere(t *testing.T) {
	pairs := []string{"odd", "用Go写"}
	for i := range 30 {
		pairs = append(pairs, fmt.Sprint("even ", i), fmt.Sprint("用 Go 写第 ", i))
	}
	same(t, only(article(t, "a.po", "zh-Hans", pairs...), "cjk-latin-space"), "odd")
	pairs[1] = "用Go写，用Go写，用Go写，用Go写，用Go写，用Go写，用Go写"
	same(t, only(article(t, "a.po", "zh-Hans", pairs...), "cjk-latin-space"))
}

func TestInconsistentIsWhatFewTranslateSo(t *testing.T) {
	for i := range 10 {
		source := fmt.Sprint("The town ", i)
		a := article(t, "a.po", "ko", source, "마을", "Other", "다른 것")
		b := article(t, "b.po", "ko", source, "마을", "Other", "다른 것")
		c := article(t, "c.po", "ko", source, "동네", "Other", "다른  것")
		peers := check.Gather(a.File, b.File, c.File)
		a.Peers, b.Peers, c.Peers = peers, peers, peers
		same(t, only(a, "inconsistent"))
		same(t, only(c, "inconsistent"), source)
	}
}

func TestAnUntranslatedTextIsNoTranslationToFollow(t *testing.T) {
	a := article(t, "a.po", "ko", "Town", "Town")
	b := article(t, "b.po", "ko", "Town", "마을")
	a.Peers = check.Gather(a.File, b.File)
	b.Peers = a.Peers
	same(t, only(a, "inconsistent"))
	same(t, only(b, "inconsistent"))
}

func TestReusedIsOneTranslationOfTwoLongSources(t *testing.T) {
	targets := strings.Fields("하나 둘 셋 넷 다섯 여섯 일곱 여덟 아홉 열")
	for _, target := range targets {
		one, other := "The river runs from the mountains to the sea.", "Nobody who saw it has spoken about that night."
		same(t, only(article(t, "a.po", "ko", one, target, other, target), "reused"), one, other)
	}
	same(t, only(article(t, "a.po", "ko",
		"How to leave the town by the road", "길", "Leaving the town by the road", "길", "Yes", "네", "Of course", "네"), "reused"))
}

func TestTooLongIsWhatTheAuthorDoesNotAllow(t *testing.T) {
	for most := range 10 {
		in := article(t, "a.po", "ko", "Two roads", strings.Repeat("길", most+1)+"[](a)")
		in.Document, _ = markdown.Parse("a.md", fmt.Appendf(nil, "<!-- dragoman:max %d -->\n\nTwo roads\n", most+1), markdown.Dialect{})
		same(t, only(in, "too-long"))
		in.File.Messages[0].Target += "길"
		found := only(in, "too-long")
		same(t, found, "Two roads")
		if found[0].Severity != diag.Error {
			t.Errorf("got %v, want an error", found[0].Severity)
		}
	}
}

func TestAnArticleSpeaksInOneManner(t *testing.T) {
	formal := []string{"a", "그는 갔습니다.", "b", "그는 왔습니다.", "c", "그는 있습니다.", "d", "그는 없습니다.", "e", "그는 압니다."}
	for _, odd := range []string{
		"그는 마을에 갔다.", "그는 마을에 왔어요.", "그는 마을에 있다.", "그는 없거든요.", "그는 알아요. 그렇습니다.", "그것은 마을이다!",
		"그것은 길이에요.", "그는 갔죠.", "길을 떠난다.", "그는 웃네요.",
	} {
		same(t, only(article(t, "a.po", "ko", append(formal, "odd", odd)...), "register"), "odd")
	}
	for _, even := range []string{"“그는 갔다.”", "마을에 가세요.", "그는 “간다”고 했습니다.", "마을", "갔습니까?", "가 봅시다."} {
		same(t, only(article(t, "a.po", "ko", append(formal, "even", even)...), "register"))
	}
	same(t, only(article(t, "a.po", "zh-Hans", "a", "你走。", "b", "你来。", "c", "你看。", "d", "你听。", "e", "你说。", "odd", "您走。"), "register"), "odd")
	same(t, only(article(t, "a.po", "ja", "a", "行きます。", "b", "来ます。", "c", "村です。", "d", "いました。", "e", "行きません。", "odd", "それは村である。"), "register"), "odd")
}

func TestHanjaStandsBehindItsReadingFirst(t *testing.T) {
	for _, word := range strings.Fields("難民 人權 國家 法律 條約 自由 平等 裁判 政府 國境") {
		same(t, only(article(t, "a.po", "ko", "a", "그는 "+word+"을 말했다.", "b", word), "hanja"), "a")
		same(t, only(article(t, "a.po", "ko", "a", "그는 말("+word+")을 했다.", "b", word, "c", word+"(말)"), "hanja"))
	}
	same(t, only(article(t, "a.po", "ko", "The sign 人", "人 자", "b", "주<sup>主</sup>"), "hanja"))
}

// glossary has a word for each of ten, and what must not be.
func glossary(t *testing.T) *term.Glossary {
	t.Helper()
	rows := "term,ko,zh-Hans,forbidden:ko,forbidden:zh-Hans,safety,note\n" +
		"refugee,난민,难民,탈북자,难友,,1951\nasylum,비호,庇护,망명,避难,,\nexile,망명,流亡,,,,\ntorture,고문,酷刑,학대,折磨,,\n" +
		"detention,구금,拘留,감금,关押,,\ntrial,재판,审判,심판,审讯,,\ncourt,법원,法院,법정,法庭,,\ntreaty,조약,条约,협약,协议,,\n" +
		"witness,증인,证人,목격자,目击者,,\nappeal,항소,上诉,상고,申诉,,\nlawyer,변호사,律师,변호인,辩护人,,\n" +
		"Kim Ada,,,,,at risk,\n"
	g, found := term.Parse("g.csv", []byte(rows))
	if found.HasErrors() {
		t.Fatal(found)
	}
	return g
}

func TestTermsAreTranslatedByTheGlossary(t *testing.T) {
	g := glossary(t)
	for _, tm := range g.Terms[:11] {
		source := "The " + tm.Text + " ended."
		for lang, forms := range tm.Forms {
			in := article(t, "a.po", lang.String(), source, "?")
			in.Terms = g
			same(t, only(in, "term"), source)
			in.File.Messages[0].Target = forms[0] + map[string]string{"ko": "들이 떠났다", "zh-Hans": "走了"}[lang.String()]
			same(t, only(in, "term"))
		}
		for lang, forms := range tm.Forbidden {
			if len(forms) == 0 {
				continue
			}
			in := article(t, "a.po", lang.String(), source, forms[0]+" "+forms[0], "They left.", forms[0])
			in.Terms = g
			found := only(in, "term-forbidden")
			if len(found) != 3 || found[0].Severity != diag.Warning || found[2].Severity != diag.Info {
				t.Errorf("%v: got %v, want two warnings, and an info where the source has no %s", forms, found, tm.Text)
			}
		}
	}
	in := article(t, "a.po", "ko", "The exile left.", "망명이 끝났다")
	in.Terms = g
	same(t, only(in, "term-forbidden"))
}

func TestANameThatMustNeverAppearIsAnError(t *testing.T) {
	for _, target := range []string{
		"Kim Ada", "Kim Ada는", "*Kim Ada*", "“Kim Ada”", "그는 Kim Ada다", "kim ada 아닌 Kim Ada", "Kim  Ada", "(Kim Ada)", "Kim Ada.", "Kim-Ada",
	} {
		in := article(t, "a.po", "ko", "She left.", target)
		in.Terms = glossary(t)
		found := only(in, "term-forbidden")
		if len(found) != 1 || found[0].Severity != diag.Error {
			t.Errorf("%q: got %v, want an error", target, found)
		}
	}
}

func TestFixMendsPunctuationAndSpaces(t *testing.T) {
	for _, tc := range []struct{ name, lang, source, target, want string }{
		{"space at the edges goes", "ko", "Home", " 고향 ", "고향"},
		{"space at the edges comes", "ko", " Home", "고향", " 고향"},
		{"of two spaces one stays", "ko", "It is `a  b`.", "그것은  `a  b`이다.", "그것은 `a  b`이다."},
		{"half-width marks and the space behind them", "zh-Hans", "They left, and (all) came.", "他们走了, 然后(全部)来了.", "他们走了，然后（全部）来了。"},
		{"of Japanese", "ja", "They left, and came.", "去った, 来た.", "去った、来た。"},
		{"not in code and links", "zh-Hans", "Run `a, b` [here](a,b).", "运行,`a, b`[这里](a,b).", "运行，`a, b`[这里](a,b)。"},
		{"full-width marks in Korean", "ko", "They left, and came.", "그들은 갔고，왔다。", "그들은 갔고, 왔다."},
		{"full-width digits", "ko", "In 2026", "２０２６년", "2026년"},
		{"beside marks of emphasis", "zh-Hans", "**Note**: *it* (now)", "**注意**: *它* (现在)", "**注意**：*它*（现在）"},
	} {
		t.Run(tc.name, func(t *testing.T) {
			in := article(t, "a.po", tc.lang, tc.source, tc.target)
			check.Fix(in, check.Rules())
			if got := in.File.Messages[0].Target; got != tc.want {
				t.Errorf("got %q, want %q", got, tc.want)
			}
			if again := check.Fix(in, check.Rules()); len(again) > 0 {
				t.Errorf("a second time it changes %q", again[0].Target)
			}
		})
	}
}
