package locale

// The formulas by which gettext chooses among the forms of a plural.
const (
	oneForm  = "nplurals=1; plural=0;"
	notOne   = "nplurals=2; plural=(n != 1);"
	aboveOne = "nplurals=2; plural=(n > 1);"
	slavic   = "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);"
)

// plurals holds what differs from notOne. The formulas are those of GNU gettext's
// own table, of which translators' tools know the text; where it has none,
// CLDR 48's rules.
var plurals = map[string]string{
	"bo": oneForm, "id": oneForm, "ja": oneForm, "km": oneForm, "ko": oneForm, "lo": oneForm, "ms": oneForm,
	"my": oneForm, "th": oneForm, "vi": oneForm, "yue": oneForm, "zh": oneForm,
	"dz": oneForm, "ig": oneForm, "jv": oneForm, "su": oneForm, "wo": oneForm, "yo": oneForm,

	"am": aboveOne, "bn": aboveOne, "fa": aboveOne, "fr": aboveOne, "hi": aboveOne, "hy": aboveOne,
	"ln": aboveOne, "mg": aboveOne, "pt-BR": aboveOne, "ti": aboveOne, "zu": aboveOne,

	"be": slavic, "bs": slavic, "hr": slavic, "ru": slavic, "sr": slavic, "uk": slavic,
	"cs": "nplurals=3; plural=(n==1) ? 0 : (n>=2 && n<=4) ? 1 : 2;",
	"sk": "nplurals=3; plural=(n==1) ? 0 : (n>=2 && n<=4) ? 1 : 2;",
	"pl": "nplurals=3; plural=(n==1 ? 0 : n%10>=2 && n%10<=4 && (n%100<10 || n%100>=20) ? 1 : 2);",
	"lt": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n%10>=2 && (n%100<10 || n%100>=20) ? 1 : 2);",
	"lv": "nplurals=3; plural=(n%10==1 && n%100!=11 ? 0 : n != 0 ? 1 : 2);",
	"ro": "nplurals=3; plural=n==1 ? 0 : (n==0 || (n%100 > 0 && n%100 < 20)) ? 1 : 2;",
	"ga": "nplurals=3; plural=n==1 ? 0 : n==2 ? 1 : 2;",
	"sl": "nplurals=4; plural=(n%100==1 ? 0 : n%100==2 ? 1 : n%100==3 || n%100==4 ? 2 : 3);",

	"ar":  "nplurals=6; plural=(n==0 ? 0 : n==1 ? 1 : n==2 ? 2 : n%100>=3 && n%100<=10 ? 3 : n%100>=11 ? 4 : 5);",
	"fil": "nplurals=2; plural=(n%10==4 || n%10==6 || n%10==9);",
}

// PluralForms is the value of a PO header's Plural-Forms.
func PluralForms(t Tag) string {
	for _, t := range Fallbacks(t) {
		if f, ok := plurals[t.String()]; ok {
			return f
		}
	}
	base, _ := t.Base()
	if f, ok := plurals[base.String()]; ok {
		return f
	}
	return notOne
}
