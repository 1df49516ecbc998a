package prose_test

import (
	"slices"
	"strconv"
	"strings"
	"testing"

	"golang.org/x/text/language"

	"dragoman/internal/prose"
)

var figures = []struct{ name, lang, text, want string }{
	{"a number", "en", "In 24 hours.", "24"},
	{"thousands and decimals", "en", "1,234,567 and 12,345.50 and 0.5", "1234567 12345.5 0.5"},
	{"in German it is the other way round", "de", "1.234.567 und 12.345,50 und 0,5", "1234567 12345.5 0.5"},
	{"in French thousands are parted by spaces", "fr", "12\u202f345,5 kilomètres", "12345.5"},
	{"one mark of thousands", "en", "1,000 people", "1000"},
	{"one decimal mark before three digits", "en", "1.125 metres", "1.125"},
	{"zeros at the ends make no difference", "en", "007 and 1.50", "7 1.5"},
	{"a negative number", "en", "at −5 degrees", "-5"},
	{"a range has none", "en", "pages 3–5", "3 5"},
	{"powers of ten", "en", "3 million, 3,000,000", "3000000 3000000"},
	{"of Chinese and Korean", "zh", "3万人 30000人", "30000 30000"},
	{"and with a space between", "ja", "10 億回、7800 万回", "1000000000 78000000"},
	{"a space before a word that begins as a power does", "zh", "2026 万圣节", "2026"},
	{"words", "en", "Three of twenty-one; two hundred and five thousand; two hundred five", "3 21 200 5000 205"},
	{"one is mostly an article", "en", "One of them, no one", ""},
	{"digits within names", "en", "an i32 on A4, IPv6, utf8, rev7", ""},
	{"a version is each of its parts", "en", "v1.75.0", "0 1 75"},
	{"full width and Arabic digits", "ja", "１２ ٣", "12 3"},
	{"a date is the same in every order", "en", "24 November 2026", "11 2026 24"},
	{"as Americans write it", "en", "November 24, 2026", "11 2026 24"},
	{"and in digits", "en", "2026-11-24", "11 2026 24"},
	{"and abbreviated", "en", "24 Nov 2026", "11 2026 24"},
	{"and in German", "de", "24. November 2026", "11 2026 24"},
	{"and in German digits", "de", "24.11.2026", "11 2026 24"},
	{"and in Spanish", "es", "24 de noviembre de 2026", "11 2026 24"},
	{"and in Chinese digits", "zh", "2026年11月24日", "2026 11 24"},
	{"and in Chinese characters", "zh", "二〇二六年十一月二十四日", "2026 11 24"},
	{"a month alone", "en", "in November", "11"},
	{"a word that is a month as well", "en", "May I march? On 3 May they march.", "3 5"},
	{"a day of the week", "en", "on Monday", "day 1"},
	{"articles of laws in Chinese", "zh", "第三条和第十二条", "3 12"},
	{"Chinese words with numbers in them", "zh", "一些人十分高兴，万一", ""},
	{"articles of laws in Korean", "ko", "난민협약 제33조와 1조 2항", "33 1 2"},
	{"trillions in Korean", "ko", "2조 원, 3조 달러", "2000000000000 3000000000000"},
	{"Korean counts in words", "ko", "두 명과 30세 여성 다섯 명", "2 30 5"},
	{"nothing", "en", "", ""},
}

func TestFigures(t *testing.T) {
	for _, tt := range figures {
		t.Run(tt.name, func(t *testing.T) {
			found, _ := prose.Figures(prose.Normal(tt.text), language.MustParse(tt.lang))
			var got []string
			for _, f := range found {
				got = append(got, decimal(f.Value))
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// decimal writes a value as the table does.
func decimal(value string) string {
	digits, power, ok := strings.Cut(value, "e")
	if !ok {
		return value
	}
	if places, negative := strings.CutPrefix(power, "-"); negative {
		n := int(places[0] - '0')
		digits = strings.Repeat("0", max(0, n+1-len(digits))) + digits
		return digits[:len(digits)-n] + "." + digits[len(digits)-n:]
	}
	n, _ := strconv.Atoi(power)
	return digits + strings.Repeat("0", n)
}

func TestFiguresLeaveTheRest(t *testing.T) {
	found, rest := prose.Figures("On 24 November, 3 of 5 left.", language.English)
	if rest != "On # #, # of # left." || len(found) != 4 {
		t.Errorf("got %q, %v", rest, found)
	}
}

func FuzzFigures(f *testing.F) {
	for _, tt := range figures {
		f.Add(tt.text, uint8(0))
	}
	tags := []language.Tag{language.English, language.German, language.Chinese, language.Japanese, language.Korean, language.French}
	f.Fuzz(func(t *testing.T, text string, n uint8) {
		tag := tags[int(n)%len(tags)]
		found, rest := prose.Figures(text, tag)
		if strings.Count(rest, "#") != len(found)+strings.Count(text, "#")-hidden(found) {
			t.Errorf("%q has the figures %v and the rest %q", text, found, rest)
		}
		for _, f := range found {
			if !strings.Contains(text, f.Text) || f.Value == "" {
				t.Errorf("%q has the figure %q, %q", text, f.Text, f.Value)
			}
		}
		prose.Negations(text, tag)
	})
}

func hidden(found []prose.Figure) int {
	n := 0
	for _, f := range found {
		n += strings.Count(f.Text, "#")
	}
	return n
}

var denials = []struct {
	name, lang, text string
	want             int
}{
	{"a plain statement", "en", "They may leave.", 0},
	{"not", "en", "They may not leave.", 1},
	{"a contraction", "en", "They can't leave, and don’t.", 2},
	{"cannot", "en", "They cannot leave.", 1},
	{"not only denies nothing", "en", "Not only refugees but also migrants.", 0},
	{"nor does its contraction", "en", "It isn't just that.", 0},
	{"nor whether or not", "en", "Whether or not they leave.", 0},
	{"no and never", "en", "No one ever leaves; never, without help.", 3},
	{"a word that begins like one", "en", "Nothingness, notable nonsense.", 0},
	{"German", "de", "Sie dürfen nicht gehen, keine Papiere.", 2},
	{"German not only", "de", "Nicht nur sie, sondern auch er.", 0},
	{"French", "fr", "Elle n’est pas partie, il ne part pas.", 2},
	{"French only", "fr", "Il ne reste que trois jours.", 0},
	{"French not only", "fr", "Ce n’est pas seulement vrai.", 0},
	{"French that not", "fr", "Il ne dit pas que tu pars.", 1},
	{"Spanish", "es", "No hay nadie, sin embargo.", 2},
	{"Korean endings", "ko", "그들은 가지 않는다. 갈 수 없다. 안 간다. 난민이 아니다.", 4},
	{"Korean not only", "ko", "난민뿐만 아니라 이주민도.", 0},
	{"Korean must", "ko", "갈 수밖에 없다.", 0},
	{"Chinese", "zh", "他们不能离开，没有人帮助，并非难民。", 3},
	{"Chinese not only", "zh", "不仅难民，非常多，无论如何，未来。", 0},
	{"Japanese", "ja", "行かない。行きません。難民ではなく。", 3},
	{"Japanese not only, must, maybe", "ja", "難民だけでなく、行かなければならないかもしれない。", 0},
	{"a language that is not known", "eo", "Ne.", 0},
}

func TestNegations(t *testing.T) {
	for _, tt := range denials {
		t.Run(tt.name, func(t *testing.T) {
			if got := prose.Negations(tt.text, language.MustParse(tt.lang)); got != tt.want {
				t.Errorf("got %d, want %d", got, tt.want)
			}
		})
	}
}

func TestEveryIdlePhraseIsIdle(t *testing.T) {
	langs := []string{"en", "de", "nl", "es", "it", "pt", "ru", "uk", "pl"}
	phrases := []string{"not only", "nicht nur", "niet alleen", "no solo", "non solo", "não só", "не только", "не тільки", "nie tylko"}
	for i, lang := range langs {
		tag := language.MustParse(lang)
		first, _, _ := strings.Cut(phrases[i], " ")
		if prose.Negations(phrases[i], tag) != 0 || prose.Negations(first, tag) != 1 || !slices.Contains(langs, lang) {
			t.Errorf("%s: %q", lang, phrases[i])
		}
	}
}
