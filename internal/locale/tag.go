package locale

import (
	"errors"
	"fmt"
	"strings"

	"golang.org/x/text/language"
)

// meant is what people mean who write the tag of a country, of an old standard
// or of another system.
var meant = map[string]string{
	"cn": "zh-Hans", "chs": "zh-Hans", "zh-chs": "zh-Hans", "zh-simplified": "zh-Hans",
	"cht": "zh-Hant", "zh-cht": "zh-Hant", "zh-traditional": "zh-Hant",
	"chinese": "zh-Hans", "burmese": "my", "cz": "cs", "dk": "da", "gr": "el", "jp": "ja", "ua": "uk", "vn": "vi",
}

// posix is the script that a modifier of a locale name stands for: sr@latin.
var posix = map[string]string{
	"latin": "Latn", "cyrillic": "Cyrl", "arabic": "Arab", "devanagari": "Deva", "mongolian": "Mong",
}

// Parse reads a BCP 47 tag and gives it in its canonical form: zh-hans is
// zh-Hans, iw is he. The error of anything else says what to write instead.
func Parse(s string) (Tag, error) {
	if s == "" {
		return language.Und, errors.New(`a language tag is missing; write one such as "ko" or "zh-Hans"`)
	}
	if strings.ContainsAny(s, "_.@") {
		return language.Und, wrong(s, "is no language tag, whose parts are joined by hyphens", instead(s))
	}
	t, err := language.Parse(s)
	var unknown language.ValueError
	switch {
	case errors.As(err, &unknown):
		return language.Und, wrong(s, fmt.Sprintf("has the unknown part %q", unknown.Subtag()), instead(s))
	case err != nil:
		return language.Und, wrong(s, "is no language tag", instead(s))
	case nameless(t):
		return language.Und, wrong(s, "names no language", "")
	case extended(s):
		return language.Und, wrong(s, "has two languages in it", instead(s))
	}
	return t, nil
}

// wrong is the error of a tag; the mend names one to write, if one is known.
func wrong(s, what, write string) error {
	mend := `write one such as "ko" or "zh-Hans"`
	if write != "" {
		mend = fmt.Sprintf("write %q", write)
	}
	return fmt.Errorf("%q %s; %s", s, what, mend)
}

func nameless(t Tag) bool {
	base, _, _ := t.Raw()
	return base.String() == "und"
}

// extended reports whether the second part of a tag is a language as well, of
// the form that BCP 47 keeps for old data: zh-cmn. A country of three letters,
// en-USA, is taken for one.
func extended(s string) bool {
	_, rest, _ := strings.Cut(s, "-")
	second, _, _ := strings.Cut(rest, "-")
	return len(second) == 3 && strings.Trim(second, "0123456789") != ""
}

// instead guesses the tag that was meant, empty if it cannot.
func instead(s string) string {
	if h := hyphened(s); h != s {
		if t, err := language.Parse(h); err == nil && !nameless(t) {
			return byScript(t).String()
		}
		s = h
	}
	lower := strings.ToLower(s)
	if tag, ok := meant[lower]; ok {
		return tag
	}
	english := index(language.English)
	for i, name := range strings.Split(names[english], "|") {
		if lower == strings.ToLower(name) || lower == strings.ToLower(Autonym(language.Make(table[i].tag))) {
			return table[i].tag
		}
	}
	if !extended(s) {
		return ""
	}
	first, rest, _ := strings.Cut(s, "-")
	second, _, _ := strings.Cut(rest, "-")
	if region, err := language.ParseRegion(second); err == nil {
		return first + "-" + region.String()
	}
	if base, err := language.ParseBase(second); err == nil {
		return base.String()
	}
	return ""
}

// byScript names Chinese by its script where a country was written: readers are
// told apart by what they read, not by where they live.
func byScript(t Tag) Tag {
	base, script, region := t.Raw()
	if base.String() != "zh" || script.String() != "Zzzz" {
		return t
	}
	switch region.String() {
	case "CN", "SG":
		return language.SimplifiedChinese
	case "TW":
		return language.TraditionalChinese
	}
	return t
}

// Gettext is the language as PO headers write it: zh_Hans, pt_BR.
func Gettext(t Tag) string { return strings.ReplaceAll(t.String(), "-", "_") }

// FromGettext reads a language as PO headers and locale names of operating
// systems write it: zh_Hans, ko_KR.UTF-8, sr@latin. A hyphen is as good.
func FromGettext(s string) (Tag, error) { return Parse(hyphened(s)) }

// hyphened turns the form of a locale name into that of a language tag.
func hyphened(s string) string {
	name, modifier, _ := strings.Cut(s, "@")
	name, _, _ = strings.Cut(name, ".")
	name = strings.ReplaceAll(name, "_", "-")
	script, ok := posix[strings.ToLower(modifier)]
	if !ok {
		return name
	}
	base, region, _ := strings.Cut(name, "-")
	return strings.TrimSuffix(base+"-"+script+"-"+region, "-")
}
