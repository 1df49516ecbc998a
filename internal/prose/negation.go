package prose

import (
	"regexp"
	"slices"
	"strings"
	"unicode"

	"golang.org/x/text/language"
)

// negation is how a language denies. Everything is in lower case and in the form of
// Normal.
type negation struct {
	words   []string // whole words
	endings []string // of words: the "n't" of "isn't"
	parts   []string // anywhere in a text, for languages that write them onto the verb
	// idle are phrases that hold one of these and deny nothing: "not only". They begin and
	// end at words, but in languages that are known by parts.
	idle []string
}

// negations is by language. The lists are of what the grammars of these languages give
// as markers of negation, with the fixed phrases that do not negate the statement.
var negations = map[language.Base]negation{
	language.MustParseBase("en"): {
		words: list("not no never neither nor none nobody nothing nowhere without cannot hardly scarcely"), endings: list("n't"),
		idle: lines("not only|not just|not merely|not simply|not solely|whether or not|no doubt|no matter|n't only|n't just|n't merely|nothing but"),
	},
	language.MustParseBase("de"): {
		words: list("nicht kein keine keinen keinem keiner keines nie niemals niemand niemanden niemandem nichts nirgends nirgendwo weder ohne keinesfalls keineswegs"),
		idle:  lines("nicht nur|nicht bloß|nicht allein|nicht zuletzt"),
	},
	language.MustParseBase("nl"): {
		words: list("niet geen nooit niemand niets nergens noch zonder"),
		idle:  lines("niet alleen|niet slechts|niet enkel"),
	},
	language.MustParseBase("fr"): {
		words: list("ne n non sans ni"),
		idle:  lines("non seulement|non plus|sans doute"),
	},
	language.MustParseBase("es"): {
		words: list("no ni nunca jamás nadie nada ningún ninguno ninguna sin tampoco"),
		idle:  lines("no solo|no sólo|no solamente|no únicamente|sin embargo|sin duda|nada más"),
	},
	language.MustParseBase("it"): {
		words: list("non né mai nessuno nessuna nessun niente nulla senza"),
		idle:  lines("non solo|non soltanto|non solamente|senza dubbio"),
	},
	language.MustParseBase("pt"): {
		words: list("não nem nunca jamais ninguém nada nenhum nenhuma sem"),
		idle:  lines("não só|não somente|não apenas|sem dúvida"),
	},
	language.MustParseBase("ru"): {
		words: list("не ни нет никогда никто никого никому ничто ничего нигде никуда без нельзя"),
		idle:  lines("не только|не просто|не менее"),
	},
	language.MustParseBase("uk"): {
		words: list("не ні немає ніколи ніхто нікого нікому ніщо нічого ніде без"),
		idle:  lines("не тільки|не лише"),
	},
	language.MustParseBase("pl"): {
		words: list("nie nigdy nikt nikogo nikomu nic niczego nigdzie bez żaden żadna żadne żadnego żadnej ani"),
		idle:  lines("nie tylko"),
	},
	language.MustParseBase("ar"): {
		words: list("لا لم لن ليس ليست ليسوا غير بدون دون ولا ولم ولن"),
		idle:  lines("ليس فقط|لا فقط|لا سيما"),
	},
	language.MustParseBase("tr"): {
		words: list("değil değildir değiller yok yoktur hiç hiçbir asla"), endings: list("maz mez mazlar mezler madı medi mıyor miyor muyor müyor mayacak meyecek"),
		idle: lines("değil de|sadece değil|yalnızca değil"),
	},
	language.MustParseBase("ko"): {
		words: list("안"), parts: lines("않|못|없|아니|아닌|아닙|아님|아닐|지 마라|지 마세요|지 마십시오|지 말아|지 말라|지 말고|지 말자|지 말 것"),
		idle: lines("뿐 아니라|뿐만 아니라|뿐아니라|뿐만아니라|아니면|다름없|다름 아닌|끊임없|틀림없|못지않|없애|변함없|수밖에 없|지 않을 수 없|잘못|연못"),
	},
	language.MustParseBase("zh"): {
		parts: lines("不|没|沒|无|無|非|未|勿|莫|否|毋|甭"),
		idle: lines("不仅|不僅|不但|不只|不单|不單|不光|不过|不過|不断|不斷|不久|不少|不得不|不管|不论|不論|不如|不禁|" +
			"无论|無論|无非|無非|无疑|無疑|非常|非洲|莫非|莫斯科|是否|能否|可否|与否|與否|否则|否則|未来|未來|沒收|没收|要不|对不起|對不起|莫名"),
	},
	language.MustParseBase("ja"): {
		parts: lines("ない|なかっ|なけれ|なく|ません|なし|ずに|ざる"),
		idle: lines("だけでなく|だけではなく|のみならず|ばかりでなく|なければならない|なければなりません|なくてはならない|なくてはなりません|なければいけない|なければいけません|" +
			"ないといけない|ないといけません|ざるを得ない|かもしれない|かもしれません|に違いない|に違いありません|少ない|少なく|危ない|危なく|切ない|間もなく|まもなく|なくなる"),
	},
}

var french = language.MustParseBase("fr")

func list(s string) []string  { return strings.Fields(s) }
func lines(s string) []string { return strings.Split(s, "|") }

// Negations counts what denies in a text of that language: words, contractions and
// endings. "Not only … but also" and its like deny nothing and do not count. Where a
// language is not known it is 0.
func Negations(text string, t language.Tag) int {
	base, _ := t.Base()
	n, known := negations[base]
	if !known {
		return 0
	}
	text = strings.ToLower(Normal(text))
	if len(n.parts) > 0 {
		return n.inParts(text)
	}
	text = " " + strings.Join(wordsOf(text), " ") + " "
	if base == french {
		text = withoutOnly(text)
	}
	return n.inWords(text)
}

// inParts counts in a text as it is written.
func (n negation) inParts(text string) int {
	for _, phrase := range n.idle {
		text = strings.ReplaceAll(text, phrase, " ")
	}
	count := 0
	for _, w := range strings.Fields(text) {
		if slices.Contains(n.words, w) {
			count++
		}
	}
	for _, p := range n.parts {
		count += strings.Count(text, p)
		text = strings.ReplaceAll(text, p, " ")
	}
	return count
}

// inWords counts in a text that is its words, a space on either side of each.
func (n negation) inWords(text string) int {
	count := 0
	for _, phrase := range n.idle {
		if strings.HasPrefix(phrase, "n't ") {
			text = strings.ReplaceAll(text, phrase+" ", " ")
		} else {
			text = strings.ReplaceAll(text, " "+phrase+" ", " ")
		}
	}
	for _, w := range strings.Fields(text) {
		if slices.Contains(n.words, w) || endsIn(w, n.endings) {
			count++
		}
	}
	return count
}

func endsIn(w string, endings []string) bool {
	return slices.ContainsFunc(endings, func(e string) bool { return len(w) > len(e) && strings.HasSuffix(w, e) })
}

// restrictive is "ne … que", which means "only", and "ne … pas seulement".
var restrictive = regexp.MustCompile(` (?:ne|n)((?: [^ ]+){0,3}?) (?:que|qu|seulement) `)

// withoutOnly leaves the French for "only" and "not only" out of a text.
func withoutOnly(text string) string {
	return restrictive.ReplaceAllStringFunc(text, func(s string) string {
		words := strings.Fields(s)
		denies := slices.ContainsFunc(words, func(w string) bool {
			return slices.Contains([]string{"pas", "plus", "jamais", "rien", "point", "personne", "aucun", "aucune", "guère"}, w)
		})
		if denies && words[len(words)-1] != "seulement" {
			return s
		}
		return " "
	})
}

// wordsOf are the words of a text in a script with spaces. An apostrophe parts those of
// French and Italian ("n'est"), but not the contractions of English.
func wordsOf(text string) []string {
	words := strings.FieldsFunc(text, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsDigit(r) && !unicode.IsMark(r) && r != '\''
	})
	out := make([]string, 0, len(words))
	for _, w := range words {
		w = strings.Trim(w, "'")
		if before, after, ok := strings.Cut(w, "'"); ok && after != "t" {
			out = append(out, before)
			w = after
		}
		if w != "" {
			out = append(out, w)
		}
	}
	return out
}
