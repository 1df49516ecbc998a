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
	gb := simplifiedchinese.HZGB2312.NewEncoder()
	big5 := traditionalchinese.Big5.NewEncoder()
	for r := rune(firstIdeograph); r <= lastIdeograph; r++ {
		if strings.ContainsRune(inBoth, r) {
			continue
		}
		inGB, inBig5 := encode(gb, r) > 0, encode(big5, r)
		common := firstCommon <= inBig5 && inBig5 <= lastCommon
		rare := firstRare <= inBig5 && inBig5 <= lastRare
		switch {
		case inGB && !common && !rare:
			c.simplified[r-firstIdeograph] = true
		case !inGB && common:
			c.traditional[r-firstIdeograph] = true
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

// encode is the first two bytes of a character in an encoding, 0 if it has none.
func encode(e *encoding.Encoder, r rune) int {
	e.Reset()
	b, err := e.Bytes([]byte(string(r)))
	if err != nil || len(b) < 2 {
		return 0
	}
	return int(b[0])<<8 | int(b[1])
}
