package check

import (
	"slices"
	"strings"
	"sync"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/simplifiedchinese"
	"golang.org/x/text/encoding/traditionalchinese"
)

// checkScript finds characters of the other Chinese script, and kana. What the source
// has, and what stands in code, is left alone.
func checkScript(p *Pair) {
	raw := p.Target.Raw
	if ascii(raw) {
		return
	}
	traditional := p.is("zh-Hant")
	other := scripts()
	var told []rune
	words := p.Target.Words()
	for i, r := range words {
		if r < firstKana || r > lastIdeograph {
			continue
		}
		what := ""
		switch {
		case r <= lastKana && unicode.In(r, unicode.Hiragana, unicode.Katakana) && r != '・' && r != 'ー':
			what = "kana in Chinese"
		case r < firstIdeograph:
		case traditional && other.simplified[r-firstIdeograph]:
			what = "a simplified character in traditional Chinese"
		case !traditional && other.traditional[r-firstIdeograph]:
			what = "a traditional character in simplified Chinese"
		}
		if what == "" || slices.Contains(told, r) || strings.ContainsRune(p.Source.Raw, r) {
			continue
		}
		told = append(told, r)
		start, end := p.Target.Span(i, i+utf8.RuneLen(r))
		p.report(start, end, "%s", what)
		if what == "kana in Chinese" {
			return
		}
	}
}

// chinese are the characters that only one of the two scripts has.
type chinese struct {
	simplified, traditional [lastIdeograph - firstIdeograph + 1]bool
}

// The characters that are looked at.
const (
	firstKana, lastKana           = 0x3041, 0x31ff
	firstIdeograph, lastIdeograph = 0x4e00, 0x9fff
)

// scripts tells the scripts apart by the standards that each was written in before
// Unicode: a character is simplified if GB 2312 has it and Big5 does not, traditional if
// the first, common level of Big5 has it and GB 2312 does not. What both have, as 干后里台著,
// proves nothing.
var scripts = sync.OnceValue(func() *chinese {
	c := &chinese{}
	common, rare := decoded(traditionalchinese.Big5, firstCommon, lastCommon), decoded(traditionalchinese.Big5, firstRare, lastRare)
	gb := decoded(simplifiedchinese.GBK, firstGB, lastGB)
	for r := rune(firstIdeograph); r <= lastIdeograph; r++ {
		if !strings.ContainsRune(inBoth, r) {
			c.simplified[r-firstIdeograph] = gb[r] && !common[r] && !rare[r]
			c.traditional[r-firstIdeograph] = !gb[r] && common[r]
		}
	}
	return c
})

// The levels of Big5. What else has a place among its codes is of Hong Kong's
// supplement, which has simplified characters too.
const (
	firstCommon, lastCommon = 0xa440, 0xc67e
	firstRare, lastRare     = 0xc940, 0xf9d5
)

// inBoth are characters that one of the standards lacks and both scripts use, most of
// them in names.
const inBoth = "着吖咔嘭喹堉昇昤晅晞洸浥玥玨珪珮琍璘璟璿甦祐芣谿迺鎔氾汍沘姍桿"

// The ideographs of GB 2312, in GBK.
const firstGB, lastGB = 0xb0a1, 0xf7fe

// decoded are the characters of an encoding between two codes of two bytes. Some have
// another code besides, of a supplement, which is why it is not asked the other way round.
func decoded(e encoding.Encoding, first, last int) map[rune]bool {
	found := map[rune]bool{}
	d := e.NewDecoder()
	for code := first; code <= last; code++ {
		lead, trail := byte(code>>8), byte(code)
		if trail < 0x40 || first == firstGB && trail < 0xa1 {
			continue
		}
		if s, err := d.String(string([]byte{lead, trail})); err == nil && utf8.RuneCountInString(s) == 1 {
			r, _ := utf8.DecodeRuneInString(s)
			found[r] = true
		}
	}
	return found
}
