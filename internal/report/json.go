package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"unicode/utf8"

	"dragoman/internal/catalog"
	"dragoman/internal/coverage"
	"dragoman/internal/diag"
)

// The names of the fields are a contract: scripts read them.
type (
	jsonReport struct {
		Languages []jsonLanguage `json:"languages"`
		Total     jsonCount      `json:"total"`
		Questions []jsonQuestion `json:"questions"`
	}
	jsonLanguage struct {
		Language string        `json:"language"`
		Total    jsonCount     `json:"total"`
		Articles []jsonArticle `json:"articles"`
	}
	jsonArticle struct {
		Article string `json:"article"`
		jsonCount
	}
	jsonCount struct {
		Percent        int       `json:"percent"`
		Behind         bool      `json:"behind"`
		Messages       int       `json:"messages"`
		Words          int       `json:"words"`
		Untranslated   jsonTally `json:"untranslated"`
		NeedsRewriting jsonTally `json:"needs-rewriting"`
		NeedsChecking  jsonTally `json:"needs-checking"`
		MachineDraft   jsonTally `json:"machine-draft"`
		Translated     jsonTally `json:"translated"`
		Approved       jsonTally `json:"approved"`
	}
	jsonTally struct {
		Messages int `json:"messages"`
		Words    int `json:"words"`
	}
)

// JSON is the report for machines: one object, its languages and their articles
// sorted, with
//
//	{"languages": [{"language": "ko", "total": COUNT, "articles": [{"article": "a.md", …COUNT}]}],
//	 "total": COUNT,
//	 "questions": [{"language": "ko", "article": "a.md", "path": …, "line": 1, "source": …, "question": …}]}
//
// where COUNT has percent (of the words translated or approved, rounded down),
// behind (an article was edited since its catalog was written), messages, words,
// and for each state, untranslated, needs-rewriting, needs-checking,
// machine-draft, translated and approved, an object of messages and words.
func JSON(r coverage.Report, asked ...Question) []byte {
	out := jsonReport{Languages: []jsonLanguage{}, Total: count(r.Total), Questions: questionsJSON(asked)}
	rows := r.Rows
	for _, total := range r.Languages {
		l := jsonLanguage{Language: total.Language.String(), Total: count(total.Row), Articles: []jsonArticle{}}
		for len(rows) > 0 && rows[0].Language == total.Language {
			l.Articles = append(l.Articles, jsonArticle{rows[0].Article, count(rows[0])})
			rows = rows[1:]
		}
		out.Languages = append(out.Languages, l)
	}
	return Encode(out)
}

// Encode is a value of numbers, strings and what is made of them as indented
// JSON that a terminal can show, a newline at its end.
func Encode(v any) []byte {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	if err := e.Encode(v); err != nil {
		panic(err) // only a channel, a function or a number that is none could fail
	}
	return escapeControls(b.Bytes())
}

func count(r coverage.Row) jsonCount {
	total := r.Total()
	state := func(s catalog.State) jsonTally { return jsonTally{r.States[s].Messages, r.States[s].Words} }
	return jsonCount{
		Percent: r.Percent(), Behind: r.Behind, Messages: total.Messages, Words: total.Words,
		Untranslated:   state(catalog.Untranslated),
		NeedsRewriting: state(catalog.NeedsRewriting),
		NeedsChecking:  state(catalog.NeedsChecking),
		MachineDraft:   state(catalog.MachineDraft),
		Translated:     state(catalog.Translated),
		Approved:       state(catalog.Approved),
	}
}

// escapeControls escapes what JSON allows in a string and a terminal obeys.
func escapeControls(src []byte) []byte {
	var out []byte
	for len(src) > 0 {
		r, size := utf8.DecodeRune(src)
		if r != '\n' && r != utf8.RuneError && diag.Unprintable(r) {
			out = fmt.Appendf(out, `\u%04x`, r)
		} else {
			out = append(out, src[:size]...)
		}
		src = src[size:]
	}
	return out
}
