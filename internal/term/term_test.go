package term_test

import (
	"strings"
	"testing"

	"dragoman/internal/locale"
	"dragoman/internal/term"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

const sample = "term,ko,zh-Hans,forbidden:ko,safety,note,source\n" +
	"refugee,난민,难民,탈북자;망명자,,,1951 Convention\n" +
	"refugee sur place,현장 난민,就地难民,,,,\n" +
	"asylum,비호,庇护,망명,,,\n" +
	"asylum-seeker,비호신청인,寻求庇护者,,,,\n" +
	"commission of inquiry,조사위원회,调查委员会,,,,\n" +
	"repatriate,송환,遣返,,,,\n" +
	"nationality,국적,国籍,,,,\n" +
	"stateless person,무국적자,无国籍人,,,,\n" +
	"crimes against humanity,반인도범죄,危害人类罪,,,,\n" +
	"ban,금지,禁止,,,,\n" +
	"China,중국,中国,,,,\n" +
	"North Korea,북한,朝鲜,,,,\n" +
	"US,미국,美国,,,,\n" +
	"Magpie,까치,喜鹊,,yes,,\n"

func parse(t testing.TB, src string) *term.Glossary {
	t.Helper()
	g, found := term.Parse("locales/glossary.csv", []byte(src))
	if len(found) > 0 {
		t.Fatal(found)
	}
	return g
}

var faulty = []struct {
	name, src string
	want      []string
}{
	{
		"a column must be called term", "word,ko\nrefugee,난민\n",
		[]string{`g.csv:1:1: the column "word" is not known; name it after a language, as ko or forbidden:ko, or term, safety, note or source`, `g.csv:1:1: the glossary has no column term; call the column with the terms of the articles term`},
	},
	{
		"a column of no language is told", "term,ko,korean!,forbidden:qqqq1\n",
		[]string{
			`g.csv:1:9: the column "korean!" is not known; name it after a language, as ko or forbidden:ko, or term, safety, note or source`,
			`g.csv:1:17: the column "forbidden:qqqq1" is not known; name it after a language, as ko or forbidden:ko, or term, safety, note or source`,
		},
	},
	{"a column that is there twice is told", "term,ko,ko\na,b,c\n", []string{`g.csv:1:9: the column ko is there twice; keep one of them`}},
	{"a row without its term is told", "term,ko\n,난민\n", []string{`g.csv:2:1: the row has no term; write the word of the articles in the column term`}},
	{"a blank row is passed over", "term,ko\n,\na,b\n", nil},
	{
		"a term that is there twice is told, whatever its letters", "term,ko\n난민,a\nAsylum-seeker,b\nasylum  seeker,c\n",
		[]string{`g.csv:4:1: the term "asylum  seeker" is on line 3 already; make one row of the two`},
	},
	{"a cell without a column is told", "term,ko\na,b,c\n", []string{`g.csv:2:5: the row has more cells than there are columns; quote a cell that has a comma in it`}},
	{
		"a form cannot be right and wrong", "term,ko,forbidden:ko\na,난민;망명자,망명자\n",
		[]string{`g.csv:2:1: "망명자" is both right and forbidden in ko; take it out of one of the columns`},
	},
	{"an unclosed quote is an error", "term,ko\na,\"b\n", []string{`g.csv:2:3: the quoted cell is not closed; close it with a quotation mark`}},
	{
		"a term of a whole page is not looked for", "term,ko\n" + strings.Repeat("a", 201) + ",b\n",
		[]string{`g.csv:2:1: the term has more than 200 characters and is not looked for; a term is a word or a few`},
	},
	{"Windows' line ends and byte order mark are no matter", "\ufeffterm,ko\r\nrefugee,난민\r\n", nil},
}

func TestParseFindsWhatIsWrong(t *testing.T) {
	for _, test := range faulty {
		t.Run(test.name, func(t *testing.T) {
			_, found := term.Parse("g.csv", []byte(test.src))
			var got []string
			for _, f := range found {
				got = append(got, f.Error())
			}
			if diff := cmp.Diff(test.want, got); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestWhatIsReadIsWrittenBack(t *testing.T) {
	for _, src := range []string{
		sample,
		"zh-Hant,note,term,owner,owner,forbidden:zh-Hant\n難民,a; b,refugee,desk,x,流民;難胞\n",
		"term,ko,safety,note,source\nrefugee,난민,,'=1+1,\n",
	} {
		g, found := term.Parse("g.csv", []byte(src))
		if found.HasErrors() {
			t.Fatal(found)
		}
		want := src
		for _, name := range []string{"safety", "note", "source"} {
			if header, _, _ := strings.Cut(src, "\n"); !strings.Contains(header, name) {
				lines := strings.SplitAfter(want, "\n")
				want = strings.ReplaceAll(lines[0], "\n", ","+name+"\n") + strings.ReplaceAll(strings.Join(lines[1:], ""), "\n", ",\n")
			}
		}
		if diff := cmp.Diff(want, string(g.Format())); diff != "" {
			t.Error(diff)
		}
	}
}

func TestFormatIsReadBackAsItWas(t *testing.T) {
	text := rapid.StringOfN(rapid.SampledFrom([]rune("ab=+-@'\t\",가 ")), 1, 8, -1)
	rapid.Check(t, func(t *rapid.T) {
		ko := locale.Tag{}
		ko, _ = locale.Parse("ko")
		var terms []term.Term
		for range rapid.IntRange(0, 4).Draw(t, "terms") {
			terms = append(terms, term.Term{
				Text: strings.TrimSpace(text.Draw(t, "text")), Note: text.Draw(t, "note"), Source: text.Draw(t, "source"),
				Forms: map[locale.Tag][]string{ko: {strings.TrimSpace("x" + text.Draw(t, "form") + "x"), "나"}},
			})
		}
		out := term.New([]locale.Tag{ko}, terms).Format()
		back, found := term.Parse("g.csv", out)
		if found.HasErrors() {
			t.Fatal(found)
		}
		if again := back.Format(); string(again) != string(out) {
			t.Fatalf("%q became %q", out, again)
		}
		if len(back.Terms) != len(terms) {
			t.Fatalf("%d terms became %d", len(terms), len(back.Terms))
		}
		for i := range terms {
			if terms[i].Text != back.Terms[i].Text || terms[i].Note != back.Terms[i].Note {
				t.Fatalf("%+v became %+v", terms[i], back.Terms[i])
			}
		}
	})
}

func TestTermsAreFoundInEnglish(t *testing.T) {
	g := parse(t, sample)
	for _, test := range []struct{ name, text, want string }{
		{"a term is a whole word", "the refugee and the refugeehood", "refugee"},
		{"a capital at the beginning is no matter", "Refugee law. REFUGEES", "refugee refugee"},
		{"a term with capitals needs them", "The US tells us of china and CHINA", "US China"},
		{"a plural is found", "refugees", "refugee"},
		{"a genitive is found", "the refugee's and refugees’ papers", "refugee refugee"},
		{"a plural in -ies is found", "two nationalities", "nationality"},
		{"a verb is found in its forms", "repatriates, repatriated and repatriating", "repatriate repatriate repatriate"},
		{"a doubled consonant is found", "banned, banning", "ban ban"},
		{"a plural by no rule is found", "stateless people", "stateless person"},
		{"the singular of a plural is found", "a crime against humanity", "crimes against humanity"},
		{"the plural of a word in the middle is found", "two commissions of inquiry", "commission of inquiry"},
		{"the longest term counts", "a refugee sur place, an asylum-seeker", "refugee sur place|asylum-seeker"},
		{"a hyphen is as good as a space", "asylum seekers, asylum‑seeker", "asylum-seeker|asylum-seeker"},
		{"words of a term stand on two lines", "asylum\nseeker", "asylum-seeker"},
		{"punctuation is around words", "(refugee), “refugee”", "refugee refugee"},
		{"an accent goes on with the word", "refugeé refugee\u0301", ""},
		{"nothing is in nothing", "", ""},
	} {
		t.Run(test.name, func(t *testing.T) {
			var got []string
			for _, h := range g.FindSource(test.text) {
				got = append(got, h.Form)
			}
			sep := " "
			if strings.Contains(test.want, "|") || strings.Contains(test.want, " ") && len(got) == 1 {
				sep = "|"
			}
			if strings.Join(got, sep) != test.want {
				t.Errorf("found %q, want %q", got, test.want)
			}
		})
	}
}

func TestFormsAreFoundInTranslations(t *testing.T) {
	g := parse(t, sample)
	for _, test := range []struct{ name, lang, text, want string }{
		{"a particle follows", "ko", "난민은 난민들에게는 난민이", "난민 난민 난민"},
		{"a noun is part of a predicate", "ko", "난민입니다. 송환된 사람", "난민 송환"},
		{"a noun within another word is none", "ko", "피난민 난민촌", ""},
		{"the longest form counts", "ko", "비호신청인을", "비호신청인"},
		{"words of a compound are written together", "ko", "현장난민의", "현장 난민"},
		{"a forbidden form says so", "ko", "탈북자가 망명자와", "!탈북자 !망명자"},
		{"one form may be of one term and forbidden for another", "ko", "망명을", "!망명"},
		{"Chinese has no limits of words", "zh-Hans", "在中国的难民与就地难民", "中国|难民|就地难民"},
		{"a country's Chinese has the script's forms", "zh-CN", "难民", "难民"},
		{"another script is another language", "zh-Hant", "难民", ""},
		{"who is in danger is found in every language", "fr", "Magpie l'a dit. US", "!Magpie"},
		{"who is in danger is found by a translated name", "ko", "까치가", "!까치"},
	} {
		t.Run(test.name, func(t *testing.T) {
			lang, err := locale.Parse(test.lang)
			if err != nil {
				t.Fatal(err)
			}
			var got []string
			for _, h := range g.Find(test.text, lang) {
				mark := ""
				if h.Forbidden {
					mark = "!"
				}
				if text := test.text[h.Start:h.End]; text != h.Form && !strings.Contains(h.Form, " ") {
					t.Errorf("%q is at %q", h.Form, text)
				}
				got = append(got, mark+h.Form)
			}
			sep := " "
			if strings.Contains(test.want, "|") {
				sep = "|"
			}
			if strings.Join(got, sep) != test.want {
				t.Errorf("found %q, want %q", got, test.want)
			}
		})
	}
}

func TestNamesAreWhatIsCapitalised(t *testing.T) {
	g := parse(t, sample).Keeping("UNHCR", "iPad")
	got := g.Names("Refugees in China told UNHCR, on an iPad, that China and North Korea know Magpie.")
	if diff := cmp.Diff([]string{"China", "UNHCR", "iPad", "North Korea", "Magpie"}, got); diff != "" {
		t.Error(diff)
	}
	if got := (*term.Glossary)(nil).Keeping("UNHCR").Names("the UNHCR's"); len(got) != 1 {
		t.Errorf("without a glossary: %q", got)
	}
}

func TestWhatIsKeptIsNoRow(t *testing.T) {
	g := parse(t, sample)
	if diff := cmp.Diff(string(g.Format()), string(g.Keeping("UNHCR").Format())); diff != "" {
		t.Error(diff)
	}
}

func TestANilGlossaryFindsNothing(t *testing.T) {
	var g *term.Glossary
	if hits := g.FindSource("China"); hits != nil {
		t.Error(hits)
	}
}

func FuzzParse(f *testing.F) {
	f.Add(sample, "the asylum seekers' banned nationalities 난민들에게 就地难民")
	for _, test := range faulty {
		f.Add(test.src, test.src)
	}
	ko, _ := locale.Parse("ko")
	f.Fuzz(func(t *testing.T, src, text string) {
		g, found := term.Parse("g.csv", []byte(src))
		for _, hits := range [][]term.Hit{g.FindSource(text), g.Find(text, ko)} {
			at := 0
			for i, h := range hits {
				if h.Start < at && h.Start != hits[max(0, i-1)].Start || h.End <= h.Start || h.End > len(text) {
					t.Fatalf("a hit at %d to %d after %d", h.Start, h.End, at)
				}
				at = h.End
			}
		}
		if found.HasErrors() {
			return
		}
		out := g.Format()
		back, found := term.Parse("g.csv", out)
		if found.HasErrors() {
			t.Fatal(found)
		}
		if again := back.Format(); string(again) != string(out) {
			t.Fatalf("%q became %q", out, again)
		}
	})
}
