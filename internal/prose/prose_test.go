package prose_test

import (
	"math"
	"strings"
	"testing"
	"unicode"

	"github.com/clipperhouse/uax29/v2/words"
	"golang.org/x/text/language"
	"golang.org/x/text/unicode/norm"
	"pgregory.net/rapid"

	"dragoman/internal/prose"
)

var counts = []struct {
	name string
	tag  string
	text string
	want int
}{
	{"GMX-V's own example", "en", `The quick ("brown") fox can't jump 32.3 feet, right?`, 9},
	{"a hyphen parts words", "en", "Italian-American", 2},
	{"an eojeol is a word", "ko", "한국어", 1},
	{"particles belong to their eojeol", "ko", "탈북민은 React를 배운다", 3},
	{"an apostrophe is within a word", "en", "It's five o'clock!", 3},
	{"one that is set as a quotation mark too", "en", "It’s five o’clock!", 3},
	{"one at an end is none", "en", "the refugees' 'road'", 3},
	{"letters beyond ASCII", "lt", "Aš einu į parduotuvę.", 4},
	{"a dash parts words, with or without spaces", "en", "then–now — there", 3},
	{"a slash parts words", "en", "and/or", 2},
	{"an abbreviation is a word", "en", "the U.S. e.g. Ph.D.", 4},
	{"a time is two numbers", "en", "at 10:30", 3},
	{"a share and a price are a word each", "en", "50% of $3.5", 3},
	{"an address of e-mail parts at its @", "en", "desk@example.org", 2},
	{"an ellipsis parts words", "en", "wait…what...now", 3},
	{"letters joined by low lines are a word", "en", "__init__ a_b", 2},
	{"lines and tabs part words as spaces do", "en", "one\ttwo\nthree\r\nfour\u00a0five", 5},
	{"words in Cyrillic and Arabic", "ru", "дорога длинная الطريق طويل", 4},
	{"a German compound is a word", "de", "Flüchtlingskonvention", 1},
	{"numbers in other digits", "ar", "٣٢٫٣ و ١٩٨٩", 3},
	{"nothing", "en", "", 0},
	{"punctuation and space only", "en", " —, …\n! ___", 0},
	{"a number is a word", "en", "24 November 2026", 3},
	{"an accent does not part a word", "fr", "l’été naïf", 2},
	{"combining accents do not part a word", "fr", "nai\u0308f cafe\u0301.", 2},
	{"soft hyphens do not part a word", "en", "trans\u00adlation", 1},
	{"an identifier is a word", "en", "snake_case a.b.c 1,000.50", 3},
	{"14 characters of Chinese are 5 words", "zh-Hans", "中华人民共和国与难民地位公约", 5},
	{"Chinese marks do not count", "zh-Hant", "「難民」，不遣返。", 2},
	{"a single character is a word", "zh", "人", 1},
	{"Latin words in Chinese count as words", "zh-Hans", "联合国UNHCR的报告", 3},
	{"no letters in Chinese", "zh-Hans", "。。。", 0},
	{"6 characters of Japanese are 2 words", "ja", "東京タワー！は", 2},
	{"12 letters of Thai are 2 words", "th", "สวัสดีประเทศ", 2},
}

func TestWords(t *testing.T) {
	for _, c := range counts {
		t.Run(c.name, func(t *testing.T) {
			if got := prose.Words(c.text, language.MustParse(c.tag)); got != c.want {
				t.Errorf("%q has %d words, want %d", c.text, got, c.want)
			}
		})
	}
}

// byStandard counts as Words does, by nothing but the library.
func byStandard(text string) int {
	n := 0
	for it := words.FromString(text); it.Next(); {
		if strings.ContainsFunc(it.Value(), func(r rune) bool { return unicode.IsLetter(r) || unicode.IsNumber(r) }) {
			n++
		}
	}
	return n
}

func TestWordsAreThoseOfTheStandard(t *testing.T) {
	alphabet := []rune("aZ09_.,;:'\"-  \n\r\té\u0301\u00ad\u200d’א״ꢀ中カ한ⓜ👩🇰🇷½\x00/")
	rapid.Check(t, func(t *rapid.T) {
		text := rapid.StringOf(rapid.SampledFrom(alphabet)).Draw(t, "text")
		if got, want := prose.Words(text, language.English), byStandard(text); got != want {
			t.Fatalf("%q has %d words, want %d", text, got, want)
		}
	})
}

// Every text of up to four bytes, one of each class of ASCII and one beyond it.
func TestWordsOfShortTexts(t *testing.T) {
	parts := []string{"a", "1", "_", ".", ",", ":", "'", "\"", " ", "\r", "\n", "-", "é", "\u0301"}
	var try func(text string, left int)
	try = func(text string, left int) {
		if got, want := prose.Words(text, language.English), byStandard(text); got != want {
			t.Errorf("%q has %d words, want %d", text, got, want)
		}
		if left == 0 {
			return
		}
		for _, p := range parts {
			try(text+p, left-1)
		}
	}
	try("", 5)
}

func FuzzWords(f *testing.F) {
	for _, c := range counts {
		f.Add(c.text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if got, want := prose.Words(text, language.English), byStandard(text); got != want {
			t.Errorf("%q has %d words, want %d", text, got, want)
		}
		if n := prose.Words(text, language.Chinese); n < 0 || n > len(text) {
			t.Errorf("%q has %d words in Chinese", text, n)
		}
	})
}

func TestCharacters(t *testing.T) {
	for _, c := range []struct {
		text string
		want int
	}{
		{"", 0},
		{" a\tb\u3000c\u00a0", 3},
		{"한국어, 中文", 6},
	} {
		if got := prose.Characters(c.text); got != c.want {
			t.Errorf("%q has %d characters, want %d", c.text, got, c.want)
		}
	}
}

var normals = []struct{ name, in, want string }{
	{"plain text is itself", "Plain, it's \"so\" - yes.", "Plain, it's \"so\" - yes."},
	{"nothing is nothing", "", ""},
	{"white space is nothing", " \t\n\u00a0\u3000", ""},
	{"ends are trimmed", "\n a b \t", "a b"},
	{"a run of white space is one space", "a \u00a0\n\tb\u2003c", "a b c"},
	{"decomposed letters are composed", "cafe\u0301 가", "café 가"},
	{"no space between Han", "中 文\n字", "中文字"},
	{"no space between kana and Han", "東京　タワー と ー", "東京タワーとー"},
	{"a space between Hangul stays", "한국  사람", "한국 사람"},
	{"a space between Han and Latin stays", "中 A 文", "中 A 文"},
	{"a space between Han and Hangul stays", "中 한", "中 한"},
	{"a space after a Chinese mark stays", "中。 文", "中。 文"},
	{"apostrophes", "‘ ’ ‚ ‛ ′ ʼ `", "' ' ' ' ' ' `"},
	{"quotation marks", "“ ” „ ‟ ″ « » 「 」 『 』 ‹", `" " " " " " " " " " " ‹`},
	{"hyphens, dashes, minus", "‐ ‑ ‒ – — ― − - ⁃", "- - - - - - - - ⁃"},
	{"a zero width space is no white space", "a\u200bb", "a\u200bb"},
}

func TestNormal(t *testing.T) {
	for _, c := range normals {
		t.Run(c.name, func(t *testing.T) {
			if got := prose.Normal(c.in); got != c.want {
				t.Errorf("Normal(%q) = %q, want %q", c.in, got, c.want)
			}
		})
	}
}

func FuzzNormal(f *testing.F) {
	for _, c := range normals {
		f.Add(c.in)
	}
	f.Fuzz(func(t *testing.T, text string) {
		once := prose.Normal(text)
		if twice := prose.Normal(once); twice != once {
			t.Errorf("Normal(%q) = %q, but of that it is %q", text, once, twice)
		}
		if once != strings.Join(strings.Fields(once), " ") {
			t.Errorf("Normal(%q) = %q has white space left", text, once)
		}
	})
}

func TestSimilarity(t *testing.T) {
	long := strings.Repeat("all human beings are born free and equal ", 40)
	for _, c := range []struct {
		name, a, b string
		want       float64
	}{
		{"nothing and nothing are the same", "", "", 1},
		{"nothing and something have nothing in common", "", "abc", 0},
		{"the classic", "kitten", "sitting", 1 - 3.0/7},
		{"letters count, not bytes", "한국어", "한국말", 1 - 1.0/3},
		{"nothing in common", "abc", "xyz", 0},
		{"a swap is two", "abcd", "abdc", 0.5},
		{"one letter in a long text", long, long[:1000] + "X" + long[1000:], 1 - 1.0/1641},
		{"a long text and its half", long, long[:820], 0.5},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := prose.Similarity(c.a, c.b); math.Abs(got-c.want) > 1e-12 {
				t.Errorf("similarity is %v, want %v", got, c.want)
			}
			if got := prose.Similarity(c.b, c.a); math.Abs(got-c.want) > 1e-12 {
				t.Errorf("the other way round it is %v, want %v", got, c.want)
			}
		})
	}
}

// table is the textbook's distance.
func table(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range a {
		diagonal := row[0]
		row[0] = i + 1
		for j := range b {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}

func TestSimilarityIsTheTextbooks(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		letter := rapid.SampledFrom([]rune("abcd中한é"))
		text := func(name string) []rune {
			size := rapid.SampledFrom([]int{0, 1, 2, 63, 64, 65, 127, 128, 129, 200, 300}).Draw(t, "size")
			return rapid.SliceOfN(letter, size, size).Draw(t, name)
		}
		a, b := text("a"), text("b")
		if rapid.Bool().Draw(t, "edited") { // else two texts have little in common
			b = append([]rune{}, a...)
			for range rapid.IntRange(0, 40).Draw(t, "edits") {
				at := rapid.IntRange(0, len(b)).Draw(t, "at")
				cut := rapid.IntRange(at, min(len(b), at+3)).Draw(t, "to")
				put := []rune(rapid.StringOfN(letter, 0, 3, -1).Draw(t, "put"))
				b = append(append(append([]rune{}, b[:at]...), put...), b[cut:]...)
			}
		}
		want := 1.0
		if longer := max(len(a), len(b)); longer > 0 {
			want = 1 - float64(table(a, b))/float64(longer)
		}
		if got := prose.Similarity(string(a), string(b)); math.Abs(got-want) > 1e-12 {
			t.Fatalf("similarity is %v, want %v", got, want)
		}
		least := rapid.SampledFrom([]float64{0, 0.25, 0.5, 0.75, 0.9, 1, want}).Draw(t, "least")
		got, ok := prose.Similar(string(a), string(b), least)
		if ok != (want >= least) || ok && math.Abs(got-want) > 1e-12 {
			t.Fatalf("at least %v: %v, %v; the similarity is %v", least, got, ok, want)
		}
	})
}

func TestSpaceIsThatOfUnicode(t *testing.T) {
	for r := range unicode.MaxRune + 1 {
		if prose.Space(r) != unicode.IsSpace(r) {
			t.Errorf("%U: %v", r, prose.Space(r))
		}
	}
}

func TestComposedIsNFC(t *testing.T) {
	for r := range unicode.MaxRune + 1 {
		if text := string(r); prose.Composed(text) != norm.NFC.IsNormalString(text) {
			t.Fatalf("%U alone", r)
		}
	}
	runes := rapid.Rune()
	common := rapid.SampledFrom([]rune("aé—‘한글가漢字、か\u3099゛ガｱ\uFF9E！Å\u030A\u0301ᄀ\u1161각\u11A8\u0E33\u2126\u2000"))
	rapid.Check(t, func(t *rapid.T) {
		text := string(rapid.SliceOfN(rapid.OneOf(runes, common), 2, 6).Draw(t, "text"))
		if prose.Composed(text) != norm.NFC.IsNormalString(text) {
			t.Errorf("%+q", text)
		}
	})
}
