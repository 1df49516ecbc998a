package project

import (
	"fmt"
	"strings"
	"time"

	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
)

// Assignment says who translates an article, a folder of them or a whole language:
// [[assign]] in the configuration.
type Assignment struct {
	Language locale.Tag
	Article  string    // a path, of an article or of a folder; empty: all articles
	To       string    // a pseudonym
	Due      time.Time // a day, UTC; zero: none is set
	Pos      diag.Pos  // where the configuration says so
}

// AssignmentOf is whose work an article is in a language: of the assignments that
// hold it the one that names it most closely, as content/guides/ before all. It
// reports false if it is nobody's.
func (c *Config) AssignmentOf(tag locale.Tag, article string) (closest Assignment, ok bool) {
	for _, a := range c.Assign {
		if a.Language == tag && a.holds(article) && (!ok || len(a.Article) > len(closest.Article)) {
			closest, ok = a, true
		}
	}
	return closest, ok
}

func (a *Assignment) holds(article string) bool { return holdsArticle(a.Article, article) }

// assignments reads who translates what. c has its languages already.
func (t *table) assignments(c *Config) (list []Assignment) {
	for _, a := range t.tables("assign") {
		next := Assignment{Article: plainArticle(a.text("article"), c.Content), To: a.text("to"), Due: a.day("due")}
		next.Language = a.oneOfTargets("lang", c)
		a.end()
		if err := checkPseudonym(next.To); next.To == "" || err != nil {
			text := "the assignment is to nobody"
			if err != nil {
				text = err.Error()
			}
			a.report("to", text, `write to = "magpie", a pseudonym of one word`)
		}
		at, _ := t.r.places.of(a.key("article")...)
		next.Pos = t.r.lines.At(at)
		for _, o := range list {
			if o.Language == next.Language && o.Article == next.Article {
				a.report("article", fmt.Sprintf("%s is assigned twice in %s", next.what(), next.Language), "keep one of the two")
				break
			}
		}
		list = append(list, next)
	}
	return list
}

// what names what is assigned.
func (a *Assignment) what() string {
	if a.Article == "" {
		return "everything"
	}
	return a.Article
}

// plainArticle is an article or folder as the user names it, without the folder of
// all and without ".md".
func plainArticle(name, content string) string {
	name = strings.TrimPrefix(strings.ReplaceAll(name, `\`, "/"), "./")
	name = strings.TrimPrefix(strings.Trim(name, "/"), content+"/")
	return strings.TrimSuffix(name, ".md")
}

// oneOfTargets is a language to translate into.
func (t *table) oneOfTargets(name string, c *Config) locale.Tag {
	written := t.text(name)
	if written == "" {
		t.report(name, "the language is missing", `write `+name+` = "ko"`)
		return locale.Tag{}
	}
	tag := t.language(name, written)
	for _, l := range c.Languages {
		if l.Tag == tag {
			return tag
		}
	}
	if (tag != locale.Tag{}) {
		t.report(name, fmt.Sprintf("%s = %q is no language to translate into", name, tag), fmt.Sprintf("add [languages.%s], or correct it", tag))
	}
	return tag
}

// day is a date; what an hour says beside it is left.
func (t *table) day(name string) time.Time {
	at, ok := value[time.Time](t, name, "2026-12-01")
	if !ok {
		return time.Time{}
	}
	return time.Date(at.Year(), at.Month(), at.Day(), 0, 0, 0, 0, time.UTC)
}

// assigned narrows a choice of articles to those that are assigned to whom the options
// name, if they do. due is the first day that one of them has.
func (t *Tree) assigned(o *ExportOptions, docs []*markdown.Document, chosen *selection) (due time.Time, err error) {
	if o.To == "" {
		return due, nil
	}
	theirs := selection{}
	for _, d := range docs {
		a, ok := t.Config.AssignmentOf(o.Language, d.Path)
		if !ok || a.To != o.To || !chosen.has(d.Path) {
			continue
		}
		theirs[d.Path] = true
		if due.IsZero() || !a.Due.IsZero() && a.Due.Before(due) {
			due = a.Due
		}
	}
	if len(theirs) == 0 {
		return due, fmt.Errorf("nothing of it is assigned to %s in %s; assign it in %s, as [[assign]] lang = %q, to = %q",
			o.To, o.Language, ConfigName, o.Language, o.To)
	}
	*chosen = theirs
	return due, nil
}

// unassigned are assignments of what is no article.
func (t *Tree) unassigned(docs []*markdown.Document) (found diag.List) {
	for _, a := range t.Config.Assign {
		held := a.Article == ""
		for i := 0; i < len(docs) && !held; i++ {
			held = a.holds(docs[i].Path)
		}
		if !held {
			found = append(found, diag.Finding{
				Pos: a.Pos, Code: "assign", Severity: diag.Warning,
				Text: fmt.Sprintf("“%s” is assigned to %s, and is no article", a.Article, a.To), Hint: "correct its path",
			})
		}
	}
	return found
}
