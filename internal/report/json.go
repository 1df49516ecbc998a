package report

import (
	"bytes"
	"encoding/json"
	"fmt"
	"math"
	"unicode/utf8"

	"dragoman/internal/catalog"
	"dragoman/internal/coverage"
	"dragoman/internal/diag"
	"dragoman/internal/review"
)

// The names of the fields are a contract: scripts read them.
type (
	jsonReport struct {
		AsOf      string             `json:"as_of"`
		Weights   map[string]float64 `json:"weights"`
		Languages []jsonLanguage     `json:"languages"`
		Total     jsonCount          `json:"total"`
		Trend     []jsonTrend        `json:"trend,omitempty"`
		Failures  []jsonFailure      `json:"failures"`
		Questions []jsonQuestion     `json:"questions"`
	}
	jsonLanguage struct {
		Language string        `json:"language"`
		Total    jsonCount     `json:"total"`
		Edition  jsonEdition   `json:"edition"`
		Work     []jsonItem    `json:"work"`
		Articles []jsonArticle `json:"articles"`
	}
	jsonArticle struct {
		Article  string        `json:"article"`
		Priority int           `json:"priority,omitempty"`
		Assigned *jsonAssigned `json:"assigned,omitempty"`
		jsonCount
	}
	jsonAssigned struct {
		To      string `json:"to"`
		Due     string `json:"due,omitempty"`
		Overdue int    `json:"overdue"`
	}
	jsonCount struct {
		Percent        int                  `json:"percent"`
		Weighted       *int                 `json:"percent_by_priority,omitempty"`
		Behind         bool                 `json:"behind"`
		Messages       int                  `json:"messages"`
		Words          int                  `json:"words"`
		Characters     int                  `json:"characters"`
		Eojeol         int                  `json:"eojeol,omitempty"`
		Untranslated   jsonMeasure          `json:"untranslated"`
		NeedsRewriting jsonMeasure          `json:"needs-rewriting"`
		NeedsChecking  jsonMeasure          `json:"needs-checking"`
		MachineDraft   jsonMeasure          `json:"machine-draft"`
		Translated     jsonMeasure          `json:"translated"`
		Approved       jsonMeasure          `json:"approved"`
		Effort         float64              `json:"effort"`
		Bands          map[string]jsonTally `json:"bands"`
		Stale          []jsonStaleness      `json:"stale"`
		Actions        map[string]jsonTally `json:"actions"`
		Findings       *jsonFound           `json:"findings,omitempty"`
	}
	jsonTally struct {
		Messages int `json:"messages"`
		Words    int `json:"words"`
	}
	jsonMeasure struct {
		jsonTally
		Characters int `json:"characters"`
		Eojeol     int `json:"eojeol,omitempty"`
	}
	jsonStaleness struct {
		Class    string `json:"class"`
		Messages int    `json:"messages"`
		Words    int    `json:"words"`
		Changed  int    `json:"changed"`
		Since    string `json:"since,omitempty"`
		Days     int    `json:"days"`
	}
	jsonFound struct {
		Errors   int `json:"errors"`
		Warnings int `json:"warnings"`
		Infos    int `json:"infos"`
	}
	jsonEdition struct {
		Withheld bool     `json:"withheld"`
		Why      string   `json:"why,omitempty"`
		Least    int      `json:"percent_wanted"`
		Short    int      `json:"words_short"`
		Failing  int      `json:"failing"`
		Omitted  []string `json:"omitted"`
		Earlier  []string `json:"earlier"`
	}
	jsonItem struct {
		Article  string   `json:"article"`
		Path     string   `json:"path"`
		Line     int      `json:"line,omitempty"`
		Column   int      `json:"column,omitempty"`
		Context  string   `json:"context,omitempty"`
		Source   string   `json:"source"`
		Previous string   `json:"previous,omitempty"`
		Target   []string `json:"target"`
		State    string   `json:"state"`
		Class    string   `json:"class,omitempty"`
		What     string   `json:"what,omitempty"`
		Since    string   `json:"since,omitempty"`
		Days     int      `json:"days"`
		Words    int      `json:"words"`
		Changed  int      `json:"changed"`
		Band     string   `json:"band"`
		Action   string   `json:"action"`
		Errors   []string `json:"errors,omitempty"`
	}
	jsonFailure struct {
		Language string `json:"language"`
		Gate     string `json:"gate"`
		Text     string `json:"text"`
	}
)

// JSON is the standing for machines: one object, its languages and their articles
// sorted, with
//
//	{"as_of": the day to which ages are counted, "weights": of bands,
//	 "languages": [{"language": "ko", "total": COUNT, "edition": EDITION, "work": [ITEM],
//	                "articles": [{"article": "a.md", "priority": 1, "assigned": {"to", "due", "overdue"}, …COUNT}]}],
//	 "total": COUNT,
//	 "trend": [TREND],
//	 "failures": [{"language", "gate", "text"}],
//	 "questions": [{"language": "ko", "article": "a.md", "path": …, "line": 1, "source": …, "question": …}]}
//
// COUNT has percent (of the words translated or approved, rounded down), in totals of
// workspaces whose articles have priorities percent_by_priority, behind (an article was
// edited since its catalog was written), messages, words (of sources), characters and
// eojeol (of targets), the same for each state, untranslated, needs-rewriting,
// needs-checking, machine-draft, translated and approved; effort (words by the weights of
// their bands); bands and actions (what the edition does: show, source, last-good, omit,
// fail), those that have messages; stale, by class; with --checks findings.
//
// EDITION has withheld and why, percent_wanted and words_short of it, failing (messages
// that no edition is built with), omitted and earlier (articles that are withheld, or
// shown as they last were when complete). ITEM is a message that is stale or keeps
// something from being published; of a language that is short, any that is left.
//
// TREND is there with --trend: language, outlook (complete, between, no-history or
// not-at-this-pace), earliest and latest (without which no last day can be told), done
// and new (words a week, on the average of the last 13), weeks, each with end (its last
// day), left and total (then), done and new; and start, what is known of the time before
// them, or null.
func (s *Standing) JSON() []byte {
	r := &s.Counts
	out := jsonReport{
		AsOf: dateOf(r.Today), Weights: map[string]float64{}, Languages: []jsonLanguage{},
		Total: totalJSON(r, &r.Total), Trend: trendsJSON(s.Trends), Failures: []jsonFailure{}, Questions: questionsJSON(s.Questions),
	}
	for b, weight := range r.Weights {
		out.Weights[coverage.Band(b).String()] = weight
	}
	for _, f := range s.Failures {
		out.Failures = append(out.Failures, jsonFailure{f.Language.String(), f.Gate, f.Text})
	}
	for i := range r.Languages {
		l := &r.Languages[i]
		j := jsonLanguage{
			Language: l.Language.String(), Total: totalJSON(r, &l.Row), Edition: editionJSON(&l.Edition),
			Work: make([]jsonItem, len(l.Work)), Articles: []jsonArticle{},
		}
		for n := range l.Work {
			j.Work[n] = itemJSON(&l.Work[n])
		}
		articles := r.Articles(l)
		for n := range articles {
			j.Articles = append(j.Articles, articleJSON(&articles[n]))
		}
		out.Languages = append(out.Languages, j)
	}
	return Encode(out)
}

func articleJSON(row *coverage.Row) jsonArticle {
	j := jsonArticle{Article: row.Article, Priority: row.Priority, jsonCount: countJSON(row)}
	if a := row.Assigned; a.To != "" {
		j.Assigned = &jsonAssigned{a.To, dateOf(a.Due), a.Overdue}
	}
	return j
}

func editionJSON(e *coverage.Edition) jsonEdition {
	return jsonEdition{
		e.Withheld(), e.Why(), e.Least, e.Short, e.Failing.Messages,
		append([]string{}, e.Omitted...), append([]string{}, e.Earlier...),
	}
}

func itemJSON(w *coverage.Item) jsonItem {
	j := jsonItem{
		Article: w.Article, Path: w.Pos.Path, Line: w.Pos.Line, Column: w.Pos.Column,
		Context: w.Key.Context, Source: w.Key.Source, Previous: w.Previous, Target: append([]string{}, w.Target...),
		State: w.State.String(), Class: w.Class, What: w.What, Since: dateOf(w.Since), Days: w.Days,
		Words: w.Size.Words, Changed: w.Changed, Band: w.Band.String(), Action: w.Action.String(),
	}
	for _, f := range w.Findings {
		j.Errors = append(j.Errors, f.Code+": "+f.Text)
	}
	return j
}

func tallyJSON(t coverage.Tally) jsonTally { return jsonTally{t.Messages, t.Words} }

func totalJSON(r *coverage.Report, row *coverage.Row) jsonCount {
	j := countJSON(row)
	if r.Prioritized() {
		weighted := row.Weighted()
		j.Weighted = &weighted
	}
	return j
}

func countJSON(r *coverage.Row) jsonCount {
	total := r.Total()
	state := func(s catalog.State) jsonMeasure {
		t := r.States[s]
		return jsonMeasure{tallyJSON(t), t.Characters, t.Eojeol}
	}
	j := jsonCount{
		Percent: r.Percent(), Behind: r.Behind,
		Messages: total.Messages, Words: total.Words, Characters: total.Characters, Eojeol: total.Eojeol,
		Untranslated:   state(catalog.Untranslated),
		NeedsRewriting: state(catalog.NeedsRewriting),
		NeedsChecking:  state(catalog.NeedsChecking),
		MachineDraft:   state(catalog.MachineDraft),
		Translated:     state(catalog.Translated),
		Approved:       state(catalog.Approved),
		Effort:         math.Round(10*r.Effort) / 10,
		Bands:          map[string]jsonTally{},
		Stale:          make([]jsonStaleness, len(r.Stale)),
		Actions:        map[string]jsonTally{},
	}
	for b, t := range r.Bands {
		if t.Messages > 0 {
			j.Bands[coverage.Band(b).String()] = tallyJSON(t)
		}
	}
	for a, t := range r.Actions {
		if t.Messages > 0 {
			j.Actions[review.Action(a).String()] = tallyJSON(t)
		}
	}
	for i, s := range r.Stale {
		j.Stale[i] = jsonStaleness{s.Class, s.Messages, s.Words, s.Changed, dateOf(s.Oldest), s.Days}
	}
	if f := r.Findings; f != (coverage.Found{}) {
		j.Findings = &jsonFound{f.Errors, f.Warnings, f.Infos}
	}
	return j
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
