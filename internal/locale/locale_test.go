package locale_test

import (
	"strings"
	"testing"
	"time"

	"dragoman/internal/locale"
)

func tag(t testing.TB, s string) locale.Tag {
	t.Helper()
	parsed, err := locale.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return parsed
}

func TestFacts(t *testing.T) {
	day := time.Date(2026, 11, 24, 23, 59, 0, 0, time.FixedZone("", 9*3600))
	for _, c := range []struct{ tag, autonym, date, list, quotes, dir, gettext, og string }{
		{"ko", "한국어", "2026년 11월 24일", "A, B 및 C", "“”‘’", "ltr", "ko", "ko_KR"},
		{"zh-Hans", "简体中文", "2026年11月24日", "A、B和C", "“”‘’", "ltr", "zh_Hans", "zh_CN"},
		{"zh-Hant", "繁體中文", "2026年11月24日", "A、B和C", "「」『』", "ltr", "zh_Hant", "zh_TW"},
		{"ja", "日本語", "2026年11月24日", "A、B、C", "「」『』", "ltr", "ja", "ja_JP"},
		{"ar", "العربية", "24 نوفمبر 2026", "A وB وC", "«»”“", "rtl", "ar", "ar_EG"},
		{"en", "English", "November 24, 2026", "A, B, and C", "“”‘’", "ltr", "en", "en_US"},
		{"en-GB", "British English", "24 November 2026", "A, B and C", "“”‘’", "ltr", "en_GB", "en_GB"},
		{"pt-BR", "português (Brasil)", "24 de novembro de 2026", "A, B e C", "“”‘’", "ltr", "pt_BR", "pt_BR"},
		{"es", "español", "24 de noviembre de 2026", "A, B y C", "“”‘’", "ltr", "es", "es_ES"},
		{"de", "Deutsch", "24. November 2026", "A, B und C", "„“‚‘", "ltr", "de", "de_DE"},
		{"fr", "français", "24 novembre 2026", "A, B et C", "«»«»", "ltr", "fr", "fr_FR"},
		{"ru", "русский", "24 ноября 2026\u202fг.", "A, B и C", "«»„“", "ltr", "ru", "ru_RU"},
		{"vi", "Tiếng Việt", "24 tháng 11, 2026", "A, B và C", "“”‘’", "ltr", "vi", "vi_VN"},
		{"th", "ไทย", "24 พฤศจิกายน ค.ศ. 2026", "A B และC", "“”‘’", "ltr", "th", "th_TH"},
		{"fa", "فارسی", "24 نوامبر 2026", "A،\u200f B، و C", "«»‹›", "rtl", "fa", "fa_IR"},
		{"he", "עברית", "24 בנובמבר 2026", "A, B וC", "””’’", "rtl", "he", "he_IL"},
		{"ug", "ئۇيغۇرچە", "24-نويابىر، 2026", "A، B ۋە C", "»«›‹", "rtl", "ug", "ug_CN"},
		{"eo", "Esperanto", "2026-11-24", "A, B, C", "“”‘’", "ltr", "eo", "eo"},
	} {
		t.Run(c.tag, func(t *testing.T) {
			l := tag(t, c.tag)
			o1, c1, o2, c2 := locale.Quotes(l)
			for _, f := range []struct{ name, got, want string }{
				{"autonym", locale.Autonym(l), c.autonym},
				{"long date", locale.LongDate(l, day), c.date},
				{"list", locale.Join(l, []string{"A", "B", "C"}), c.list},
				{"quotes", o1 + c1 + o2 + c2, c.quotes},
				{"direction", locale.Direction(l), c.dir},
				{"gettext", locale.Gettext(l), c.gettext},
				{"og:locale", locale.OpenGraph(l), c.og},
			} {
				if f.got != f.want {
					t.Errorf("%s is %q, want %q", f.name, f.got, f.want)
				}
			}
		})
	}
}

func TestJoinShortLists(t *testing.T) {
	for _, c := range []struct {
		tag   string
		items []string
		want  string
	}{
		{"ko", nil, ""},
		{"ko", []string{"가"}, "가"},
		{"ko", []string{"가", "나"}, "가 및 나"},
		{"en", []string{"a", "b"}, "a and b"},
		{"en", []string{"a", "b", "c", "d"}, "a, b, c, and d"},
		{"ja", []string{"甲", "乙"}, "甲、乙"},
	} {
		if got := locale.Join(tag(t, c.tag), c.items); got != c.want {
			t.Errorf("Join(%s, %q) = %q, want %q", c.tag, c.items, got, c.want)
		}
	}
}

func TestFallbacks(t *testing.T) {
	for _, c := range []struct{ tag, want string }{
		{"zh-CN", "zh-CN zh-Hans-CN zh-Hans zh"},
		{"zh-TW", "zh-TW zh-Hant-TW zh-Hant"},
		{"zh-HK", "zh-HK zh-Hant-HK zh-Hant"},
		{"zh", "zh zh-Hans"},
		{"zh-Hant", "zh-Hant"},
		{"sr-Latn", "sr-Latn"},
		{"es-MX", "es-MX es-419 es"},
		{"ko-KR", "ko-KR ko"},
	} {
		var got []string
		for _, f := range locale.Fallbacks(tag(t, c.tag)) {
			got = append(got, f.String())
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%s falls back to %q, want %q", c.tag, s, c.want)
		}
	}
}

func TestAutonymOfCountries(t *testing.T) {
	for _, c := range []struct{ tag, want string }{
		{"zh-TW", "繁體中文"},
		{"zh-CN", "简体中文"},
		{"zh-HK", "繁體中文（香港）"},
		{"zh-MO", "繁體中文 (MO)"},
		{"ko-KR", "한국어"},
		{"ko-KP", "한국어 (KP)"},
		{"en-KE", "English (KE)"},
		{"dv", "dv"},
	} {
		if got := locale.Autonym(tag(t, c.tag)); got != c.want {
			t.Errorf("%s calls itself %q, want %q", c.tag, got, c.want)
		}
	}
}

func TestName(t *testing.T) {
	for _, c := range []struct{ tag, in, want string }{
		{"en", "ko", "영어"},
		{"en", "zh-Hans", "英语"},
		{"en", "zh-TW", "英文"},
		{"zh-Hant", "en", "Traditional Chinese"},
		{"pt-BR", "ko", "포르투갈어(브라질)"},
		{"en-US", "de", "Englisch"},
		{"ko", "bo", "한국어"},       // Tibetan's name for it is not known
		{"eo", "ko", "Esperanto"}, // nor is Esperanto in the table
	} {
		if got := locale.Name(tag(t, c.tag), tag(t, c.in)); got != c.want {
			t.Errorf("%s is called %q in %s, want %q", c.tag, got, c.in, c.want)
		}
	}
}

func TestScripts(t *testing.T) {
	for dir, tags := range map[string]string{
		"rtl": "ar he fa ur yi ps sd ug dv syr ckb ks nqo pa-PK az-Arab uz-AF ff-Adlm rhg-Rohg iw",
		"ltr": "ko zh en pa az uz ku ff bo my hi mn-Mong ha tr",
	} {
		for s := range strings.FieldsSeq(tags) {
			if got := locale.Direction(tag(t, s)); got != dir {
				t.Errorf("%s runs %s, want %s", s, got, dir)
			}
		}
	}
	for spaced, tags := range map[bool]string{
		true:  "ko en ar vi hi am ug mn zh-Latn",
		false: "zh zh-Hant ja th lo km my bo dz yue",
	} {
		for s := range strings.FieldsSeq(tags) {
			if got := locale.Spaced(tag(t, s)); got != spaced {
				t.Errorf("%s: spaced is %v", s, got)
			}
		}
	}
}

var tags = []struct{ name, in, want, err string }{
	{"a canonical tag is itself", "zh-Hans", "zh-Hans", ""},
	{"a country is as good as a script", "zh-CN", "zh-CN", ""},
	{"letters take their proper case", "zh-hANS-cn", "zh-Hans-CN", ""},
	{"a code that was replaced becomes the new one", "iw", "he", ""},
	{"three letters become two", "kor", "ko", ""},
	{"a variant is kept", "de-ch-1996", "de-CH-1996", ""},
	{"an underscore is mended by a hyphen", "zh_Hans", "", `"zh_Hans" is no language tag, whose parts are joined by hyphens; write "zh-Hans"`},
	{"Chinese by country is mended by its script", "zh_TW", "", `"zh_TW" is no language tag, whose parts are joined by hyphens; write "zh-Hant"`},
	{"other countries are kept", "pt_BR", "", `"pt_BR" is no language tag, whose parts are joined by hyphens; write "pt-BR"`},
	{"an operating system's locale is no tag", "ko_KR.UTF-8", "", `"ko_KR.UTF-8" is no language tag, whose parts are joined by hyphens; write "ko-KR"`},
	{"an unknown language is named", "xx-Quux", "", `"xx-Quux" has the unknown part "xx"; write one such as "ko" or "zh-Hans"`},
	{"a country's code is no language's", "jp", "", `"jp" has the unknown part "jp"; write "ja"`},
	{"a name is no tag", "Korean", "", `"Korean" is no language tag; write "ko"`},
	{"an own name is no tag", "繁體中文", "", `"繁體中文" is no language tag; write "zh-Hant"`},
	{"a country of three letters", "en-USA", "", `"en-USA" has two languages in it; write "en-US"`},
	{"a language within a language", "zh-cmn", "", `"zh-cmn" has two languages in it; write "cmn"`},
	{"nothing", "", "", `a language tag is missing; write one such as "ko" or "zh-Hans"`},
	{"no language in particular", "und", "", `"und" names no language; write one such as "ko" or "zh-Hans"`},
	{"a path", "../ko", "", `"../ko" is no language tag, whose parts are joined by hyphens; write one such as "ko" or "zh-Hans"`},
	{"a control character is escaped", "ko\x1b[2J", "", `"ko\x1b[2J" is no language tag; write one such as "ko" or "zh-Hans"`},
}

func TestParse(t *testing.T) {
	for _, c := range tags {
		t.Run(c.name, func(t *testing.T) {
			got, err := locale.Parse(c.in)
			if err != nil && err.Error() != c.err || err == nil && (c.err != "" || got.String() != c.want) {
				t.Errorf("Parse(%q) = %q, %v; want %q, %s", c.in, got, err, c.want, c.err)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	for _, c := range tags {
		f.Add(c.in)
	}
	f.Fuzz(func(t *testing.T, s string) {
		l, err := locale.Parse(s)
		if err != nil {
			return
		}
		canonical := l.String()
		if strings.Trim(canonical, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-") != "" {
			t.Errorf("Parse(%q) = %q, which is no file name", s, canonical)
		}
		if again, err := locale.Parse(canonical); err != nil || again != l {
			t.Errorf("Parse(%q) = %q, which parses as %q, %v", s, canonical, again, err)
		}
		if back, err := locale.FromGettext(locale.Gettext(l)); err != nil || back != l {
			t.Errorf("%q comes back from gettext as %q, %v", l, back, err)
		}
		locale.Autonym(l)
		locale.PluralForms(l)
	})
}

func TestFromGettext(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"zh_Hans", "zh-Hans"},
		{"zh_CN", "zh-CN"},
		{"ko_KR.UTF-8", "ko-KR"},
		{"sr@latin", "sr-Latn"},
		{"uz_UZ@cyrillic", "uz-Cyrl-UZ"},
		{"ca@valencia", "ca"},
		{"pt-BR", "pt-BR"},
	} {
		got, err := locale.FromGettext(c.in)
		if err != nil || got.String() != c.want {
			t.Errorf("FromGettext(%q) = %q, %v; want %q", c.in, got, err, c.want)
		}
	}
	if got, err := locale.FromGettext("LANGUAGE"); err == nil {
		t.Errorf("the placeholder of a template is the language %q", got)
	}
}
