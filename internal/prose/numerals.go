package prose

import (
	"strings"

	"golang.org/x/text/language"
)

// numeral is what a language calls numbers, months and the days of the week.
type numeral struct {
	numbers  map[string]int
	months   map[string]int
	days     map[string]int
	doubtful map[string]bool // names of months that are common words as well
}

// decimalComma are the languages that write 1.000,5.
var decimalComma = func() map[language.Base]bool {
	commas := map[language.Base]bool{}
	for _, name := range list("de fr es it pt nl ru uk pl cs sk da nb no sv fi tr el hu ro bg hr sr sl lt lv et id vi ca") {
		commas[language.MustParseBase(name)] = true
	}
	return commas
}()

// hanNumbers are the languages that write numbers in Han characters as well.
var hanNumbers = map[language.Base]bool{
	language.MustParseBase("zh"): true, language.MustParseBase("yue"): true, language.MustParseBase("ja"): true,
}

// "One" and its like are articles and pronouns more often than numbers, and are left out.
var english = numeralOf(
	"two=2 three=3 four=4 five=5 six=6 seven=7 eight=8 nine=9 ten=10 eleven=11 twelve=12 thirteen=13 fourteen=14 fifteen=15 "+
		"sixteen=16 seventeen=17 eighteen=18 nineteen=19 twenty=20 thirty=30 forty=40 fifty=50 sixty=60 seventy=70 eighty=80 ninety=90 "+
		"hundred=100 thousand=1000 million=1000000 billion=1000000000 dozen=12 zero=0",
	"January February March April May June July August September October November December",
	"Jan Feb Mar Apr _ Jun Jul Aug Sep Oct Nov Dec",
	"Monday Tuesday Wednesday Thursday Friday Saturday Sunday", "March May Mar Jan August")

var numerals = map[language.Base]*numeral{
	language.MustParseBase("en"): english,
	language.MustParseBase("de"): numeralOf(
		"zwei=2 drei=3 vier=4 fünf=5 sechs=6 sieben=7 acht=8 neun=9 zehn=10 elf=11 zwölf=12 dreizehn=13 vierzehn=14 fünfzehn=15 sechzehn=16 "+
			"siebzehn=17 achtzehn=18 neunzehn=19 zwanzig=20 dreißig=30 vierzig=40 fünfzig=50 sechzig=60 siebzig=70 achtzig=80 neunzig=90 "+
			"hundert=100 tausend=1000 million=1000000 millionen=1000000",
		"Januar Februar März April Mai Juni Juli August September Oktober November Dezember", "",
		"Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag", ""),
	language.MustParseBase("fr"): numeralOf(
		"deux=2 trois=3 quatre=4 cinq=5 six=6 sept=7 huit=8 dix=10 onze=11 douze=12 treize=13 quatorze=14 quinze=15 seize=16 vingt=20 "+
			"trente=30 quarante=40 cinquante=50 soixante=60 cent=100 mille=1000",
		"janvier février mars avril mai juin juillet août septembre octobre novembre décembre", "",
		"lundi mardi mercredi jeudi vendredi samedi dimanche", ""),
	language.MustParseBase("es"): numeralOf(
		"dos=2 tres=3 cuatro=4 cinco=5 seis=6 siete=7 ocho=8 nueve=9 diez=10 once=11 doce=12 trece=13 catorce=14 quince=15 veinte=20 "+
			"treinta=30 cuarenta=40 cincuenta=50 sesenta=60 setenta=70 ochenta=80 noventa=90 cien=100 mil=1000",
		"enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre", "",
		"lunes martes miércoles jueves viernes sábado domingo", ""),
	language.MustParseBase("it"): numeralOf(
		"due=2 tre=3 quattro=4 cinque=5 sei=6 sette=7 otto=8 nove=9 dieci=10 undici=11 dodici=12 venti=20 trenta=30 quaranta=40 "+
			"cinquanta=50 sessanta=60 settanta=70 ottanta=80 novanta=90 cento=100 mille=1000",
		"gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre", "",
		"lunedì martedì mercoledì giovedì venerdì sabato domenica", ""),
	language.MustParseBase("pt"): numeralOf(
		"dois=2 duas=2 três=3 quatro=4 cinco=5 seis=6 sete=7 oito=8 nove=9 dez=10 onze=11 doze=12 vinte=20 trinta=30 quarenta=40 "+
			"cinquenta=50 sessenta=60 setenta=70 oitenta=80 noventa=90 cem=100 mil=1000",
		"janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro", "", "", ""),
	language.MustParseBase("nl"): numeralOf(
		"twee=2 drie=3 vier=4 vijf=5 zes=6 zeven=7 acht=8 negen=9 tien=10 elf=11 twaalf=12 twintig=20 dertig=30 veertig=40 vijftig=50 "+
			"zestig=60 zeventig=70 tachtig=80 negentig=90 honderd=100 duizend=1000 miljoen=1000000",
		"januari februari maart april mei juni juli augustus september oktober november december", "",
		"maandag dinsdag woensdag donderdag vrijdag zaterdag zondag", ""),
	language.MustParseBase("ru"): numeralOf(
		"два=2 две=2 двух=2 три=3 трёх=3 трех=3 четыре=4 четырёх=4 пять=5 шесть=6 семь=7 восемь=8 девять=9 десять=10 двадцать=20 "+
			"тридцать=30 сорок=40 пятьдесят=50 сто=100 тысяча=1000 тысяч=1000",
		"января февраля марта апреля мая июня июля августа сентября октября ноября декабря", "",
		"понедельник вторник среда четверг пятница суббота воскресенье", ""),
	language.MustParseBase("ko"): numeralOf(
		"두=2 세=3 네=4 다섯=5 여섯=6 일곱=7 여덟=8 아홉=9 열=10 스무=20 서른=30 마흔=40 쉰=50 둘=2 셋=3 넷=4 스물=20",
		"", "", "월요일 화요일 수요일 목요일 금요일 토요일 일요일", ""),
}

// numeralOf reads the lists; an underscore stands for a month without such a name.
func numeralOf(numbers, months, shortMonths, days, doubtful string) *numeral {
	n := &numeral{
		numbers: map[string]int{}, months: map[string]int{}, days: map[string]int{}, doubtful: map[string]bool{},
	}
	for _, pair := range list(numbers) {
		word, digits, _ := strings.Cut(pair, "=")
		for _, d := range digits {
			n.numbers[word] = 10*n.numbers[word] + int(d-'0')
		}
	}
	for _, names := range []string{months, shortMonths} {
		for i, name := range list(names) {
			n.months[name] = i + 1
		}
	}
	for i, name := range list(days) {
		n.days[name] = i + 1
	}
	for _, name := range list(doubtful) {
		n.doubtful[name] = true
	}
	return n
}
