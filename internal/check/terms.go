package check

import (
	"slices"
	"strings"

	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/term"
)

// termRules are about the glossary.
var termRules = []Rule{
	{
		Code: "term", Title: "a term of the glossary that was translated in another way",
		Hint: "write what the glossary has, or waive it where the word is no term", Severity: diag.Warning,
		// These leave out what is spoken of where English says it again.
		Lower: map[string]diag.Severity{"ko": diag.Info, "ja": diag.Info},
		check: checkTerm,
	},
	{
		Code: "term-forbidden", Title: "a form that the glossary forbids, or a name that must never appear",
		Hint: "write what the glossary has; leave out who must not appear", Severity: diag.Error,
		check: checkForbidden,
	},
}

// formsIn are the right forms of a term in a language, or in the nearest that has any.
func formsIn(t *term.Term, lang locale.Tag) []string {
	for _, tag := range locale.Fallbacks(lang) {
		if forms := t.Forms[tag]; len(forms) > 0 {
			return forms
		}
	}
	return nil
}

// checkTerm asks that a text with a term has one of its translations. Entries that are
// spelled alike are hits at one place; one of them is enough.
func checkTerm(p *Pair) {
	if p.Terms == nil || p.Target.Raw == p.Source.Raw {
		return
	}
	source := p.Source.Words()
	hits := slices.DeleteFunc(p.Terms.FindSource(source), func(h term.Hit) bool { return derived(source, h) })
	if len(hits) == 0 {
		return
	}
	have := map[*term.Term]bool{}
	for _, h := range p.Terms.Find(p.Target.Words(), p.Language) {
		have[h.Term] = have[h.Term] || !h.Forbidden
	}
	told := map[string]bool{}
	for i := 0; i < len(hits); {
		first := hits[i]
		found, owed := false, false
		for ; i < len(hits) && hits[i].Start == first.Start; i++ {
			forms := formsIn(hits[i].Term, p.Language)
			owed = owed || len(forms) > 0 && !hits[i].Term.Keep
			found = found || have[hits[i].Term] || hasForm(p.Target.Words(), forms)
		}
		if owed && !found && !told[first.Term.Text] {
			told[first.Term.Text] = true
			p.report(0, 0, "the target has no translation of %s: %s%s", quote(first.Term.Text),
				strings.Join(formsIn(first.Term, p.Language), " or "), noted(first.Term))
		}
	}
}

// derived reports whether a hit is a form with -ing or -ed of a term without: threading
// is no thread, and may be translated by another word.
func derived(source string, h term.Hit) bool {
	found := source[h.Start:h.End]
	for _, ending := range []string{"ing", "ed"} {
		if strings.HasSuffix(found, ending) && !strings.HasSuffix(strings.ToLower(h.Term.Text), ending) {
			return true
		}
	}
	return false
}

// hasForm reports whether a text has a form within a longer one, as 난민 in 난민법: what
// begins with a term is of it.
func hasForm(words string, forms []string) bool {
	for _, f := range forms {
		if strings.Contains(words, f) {
			return true
		}
	}
	return false
}

func noted(t *term.Term) string {
	if t.Note == "" {
		return ""
	}
	return " (" + t.Note + ")"
}

// checkForbidden looks for forms that must not be used. Where the source does not have
// the term, the form may be the translation of something else.
func checkForbidden(p *Pair) {
	if p.Terms == nil {
		return
	}
	hits := p.Terms.Find(p.Target.Words(), p.Language)
	if len(hits) == 0 {
		return
	}
	var asked map[*term.Term]bool
	for i, h := range hits {
		if !h.Forbidden {
			continue
		}
		if h.Term.Safety != "" {
			p.reportWords(diag.Error, h.Start, h.End, "a name that must never appear")
			continue
		}
		if asked == nil {
			asked = map[*term.Term]bool{}
			for _, s := range p.Terms.FindSource(p.Source.Words()) {
				asked[s.Term] = true
			}
		}
		if rightElse(hits, i, asked) {
			continue
		}
		s := diag.Warning
		if !asked[h.Term] {
			s = diag.Info
		}
		p.reportWords(s, h.Start, h.End, "the glossary forbids this for %s%s", quote(h.Term.Text), noted(h.Term))
	}
}

// rightElse reports whether a forbidden form is the right one of another term of the
// source.
func rightElse(hits []term.Hit, i int, asked map[*term.Term]bool) bool {
	for _, h := range hits {
		if h.Start == hits[i].Start && !h.Forbidden && asked[h.Term] {
			return true
		}
	}
	return false
}
