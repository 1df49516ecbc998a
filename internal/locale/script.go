package locale

import (
	"strings"

	"golang.org/x/text/language"
)

// rightToLeft are the scripts that run so, by CLDR's script metadata, among them
// those that only scholars write today.
const rightToLeft = "Adlm Arab Armi Aran Avst Chrs Cprt Elym Hatr Hebr Hung Khar Lydi Mand Mani Mend " +
	"Merc Mero Narb Nbat Nkoo Orkh Ougr Palm Phli Phlp Phnx Prti Rohg Samr Sarb Sogd Sogo Syrc Syre " +
	"Syrj Syrn Thaa Yezi"

// unspaced are the scripts that set no space between words.
const unspaced = "Bopo Hani Hans Hant Hira Hrkt Jpan Kana Khmr Lana Laoo Mymr Talu Tale Thai Tibt"

// Direction is the way the language's script runs, "ltr" or "rtl", as HTML's dir
// wants it.
func Direction(t Tag) string {
	if writtenIn(t, rightToLeft) {
		return "rtl"
	}
	return "ltr"
}

// Spaced reports whether the language sets spaces between words. Korean does,
// Chinese, Japanese and Thai do not.
func Spaced(t Tag) bool { return !writtenIn(t, unspaced) }

func writtenIn(t Tag, scripts string) bool {
	script, _ := t.Script()
	return strings.Contains(scripts, script.String())
}

// OpenGraph is the language as the property og:locale wants it, with a country:
// ko_KR, zh_CN, zh_TW. A language of no country stands alone: eo.
func OpenGraph(t Tag) string {
	base, _ := t.Base()
	region, _ := t.Region()
	if !region.IsCountry() { // Latin America, the world
		region, _ = language.Make(base.String()).Region()
	}
	if !region.IsCountry() {
		return base.String()
	}
	return base.String() + "_" + region.String()
}
