package report

import (
	"cmp"
	"fmt"
	"strings"

	"dragoman/internal/catalog"
	"dragoman/internal/coverage"
	"dragoman/internal/diag"
	"dragoman/internal/review"
)

// Standing is a measurement of a workspace, to be written in one of several formats.
type Standing struct {
	Counts    coverage.Report
	Trends    []coverage.Trend   // nil: they were not asked for
	Failures  []coverage.Failure // of gates
	Questions []Question
	Title     string // of the collection; may be empty
	Author    string // of the collection; may be empty
	BaseURL   string // of its editions; may be empty
	Config    string // the file whose settings withhold an edition, or say who owes what
	Version   string // of the program
}

// The codes of what matters in a standing, besides the states of messages.
const (
	gateCode     = "gate"
	withheldCode = "withheld"
	overdueCode  = "overdue"
	brokenCode   = "broken"
)

// standingRules are what the codes stand for.
var standingRules = []rule{
	{gateCode, "a language did not pass a gate of dragoman status", "finish the translations, or lower the gate"},
	{withheldCode, "the policy does not let the edition be published", "finish the translations, or change the policy"},
	{overdueCode, "an article is not done by the day that it is due", "finish it, or set another day"},
	{brokenCode, "a check found an error in the translation", "mend it, or waive the check; dragoman explain says what it looks for"},
	{catalog.Untranslated.String(), "messages are not translated", "translate them"},
	{catalog.NeedsRewriting.String(), "the words of the source changed under the translation", "rewrite it; dragoman diff shows what changed"},
	{catalog.NeedsChecking.String(), "the source changed, and nobody has looked at the translation since", "read it again; dragoman diff shows what changed"},
	{catalog.MachineDraft.String(), "no person has written or read the translation", "read it, and approve or rewrite it"},
	{catalog.Translated.String(), "nobody has approved the translation", "read it, and approve it"},
}

func hintOf(code string) string {
	for _, r := range standingRules {
		if r.code == code {
			return r.hint
		}
	}
	return ""
}

// matters are what somebody has to do something about, in the languages' order, the
// gravest first: gates, editions, then messages and articles.
func (s *Standing) matters() (list diag.List) {
	for _, f := range s.Failures {
		list = append(list, finding(gateCode, diag.Error, diag.Pos{Path: s.Config}, f.Text))
	}
	for i := range s.Counts.Languages {
		l := &s.Counts.Languages[i]
		if why := l.Edition.Why(); why != "" {
			list = append(list, finding(withheldCode, diag.Error, diag.Pos{Path: s.Config},
				fmt.Sprintf("the edition in %s is withheld: %s", l.Language, why)))
		}
		for j := range l.Work {
			w := &l.Work[j]
			if !w.Blocks() && len(w.Findings) == 0 && (w.State == catalog.Untranslated || w.State.Final()) {
				continue
			}
			f := finding(codeOf(w), severityOf(w), w.Pos, itemText(w))
			f.Key = w.Key
			list = append(list, f)
		}
		for _, row := range s.Counts.Articles(l) {
			list = append(list, s.articleMatters(&row)...)
		}
	}
	return list
}

// articleMatters are what is to be told of an article as a whole.
func (s *Standing) articleMatters(row *coverage.Row) (list diag.List) {
	at := diag.Pos{Path: cmp.Or(row.Catalog, s.Config)}
	if a := row.Assigned; a.Overdue > 0 {
		list = append(list, finding(overdueCode, diag.Warning, at,
			fmt.Sprintf("%s was due from %s on %s, %s ago", row.Article, a.To, dateOf(a.Due), countOf(a.Overdue, "day"))))
	}
	if t := row.States[catalog.Untranslated]; t.Messages > 0 {
		list = append(list, finding(catalog.Untranslated.String(), diag.Info, at,
			fmt.Sprintf("%s of %s, %s, not translated", countOf(t.Messages, "message"), row.Article, countOf(t.Words, "word"))))
	}
	return list
}

func finding(code string, s diag.Severity, at diag.Pos, text string) diag.Finding {
	return diag.Finding{Code: code, Severity: s, Pos: at, Text: text, Hint: hintOf(code)}
}

// codeOf is the code of what keeps a message from being done.
func codeOf(w *coverage.Item) string {
	if len(w.Findings) > 0 {
		return brokenCode
	}
	return w.State.String()
}

// severityOf is an Error where the message is not published as it is.
func severityOf(w *coverage.Item) diag.Severity {
	if w.Blocks() || w.Class == review.Critical || len(w.Findings) > 0 {
		return diag.Error
	}
	return diag.Warning
}

// itemText says of a message what keeps it from being done, and what comes of that.
func itemText(w *coverage.Item) string {
	text := []string{strings.ReplaceAll(w.State.String(), "-", " ") + "; " + countOf(w.Size.Words, "word")}
	if age := ageText(w); age != "" {
		text = append(text, age)
	}
	for _, f := range w.Findings {
		text = append(text, f.Text)
	}
	if effect := effectOf(w.Action); effect != "" {
		text = append(text, effect)
	}
	return strings.Join(text, "; ")
}

// ageText says why, and for how long, a message is stale.
func ageText(w *coverage.Item) string {
	if w.State != catalog.NeedsRewriting && w.State != catalog.NeedsChecking {
		return ""
	}
	text := cmp.Or(w.Class, "nothing says why")
	if w.What != "" {
		text += ", " + w.What
	}
	if !w.Since.IsZero() {
		if w.Days == 0 {
			return text + ", since today"
		}
		text += ", for " + countOf(w.Days, "day")
	}
	return text
}

// effectOf is what the policy does because of a message that is not published as it is.
func effectOf(a review.Action) string {
	switch a {
	case review.Fail:
		return "the policy builds no edition with it"
	case review.Omit:
		return "the policy withholds the article"
	case review.LastGood:
		return "the policy shows the article as it last was when complete"
	case review.Source:
		return "readers get the source"
	}
	return ""
}

// SARIF is what matters in the Static Analysis Results Interchange Format 2.1.0 of
// OASIS: a result for each stale or blocking message, for what is untranslated of an
// article, for what is overdue, for each edition that is withheld and gate that failed.
func (s *Standing) SARIF() []byte { return sarif(s.matters(), standingRules, s.Version) }

// GitHub is what matters as annotations. GitHub shows ten of each severity in a step:
// what withholds most comes first.
func (s *Standing) GitHub() string {
	f := Findings{List: s.matters()}
	return f.GitHub()
}

// JUnit is the standing as results of tests: a suite a language, a test an article,
// which fails where a message of it keeps something from being published, and one for
// the edition and for each gate that failed.
func (s *Standing) JUnit() []byte {
	var suites []*suite
	for i := range s.Counts.Languages {
		l := &s.Counts.Languages[i]
		one := &suite{Name: l.Language.String()}
		edition := test{Name: "edition", Class: one.Name}
		if why := l.Edition.Why(); why != "" {
			edition.Failure = &failure{withheldCode, diag.Printable(why), ""}
		}
		one.Cases = append(one.Cases, edition)
		for _, f := range s.Failures {
			if f.Language == l.Language {
				one.Cases = append(one.Cases, test{f.Gate, one.Name, &failure{gateCode, diag.Printable(f.Text), ""}})
			}
		}
		faults := map[string][]string{}
		for j := range l.Work {
			if w := &l.Work[j]; severityOf(w) == diag.Error {
				faults[w.Article] = append(faults[w.Article], diag.Printable(w.Pos.String()+": "+itemText(w)))
			}
		}
		for _, row := range s.Counts.Articles(l) {
			t := test{Name: diag.Printable(row.Article), Class: one.Name}
			if lines := faults[row.Article]; len(lines) > 0 {
				t.Failure = &failure{withheldCode, fmt.Sprintf("%s not published as they are", countOf(len(lines), "passage")), strings.Join(lines, "\n")}
			}
			one.Cases = append(one.Cases, t)
		}
		suites = append(suites, one)
	}
	return junit("dragoman status", suites)
}
