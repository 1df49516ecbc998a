package report

import (
	"fmt"
	"strings"

	"dragoman/internal/catalog"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
)

// Question is what a translator asks the author about a message.
type Question struct {
	Article  string
	Language locale.Tag
	Key      catalog.Key
	Text     string   // may be empty: they only put a question mark there
	Pos      diag.Pos // in the catalog
}

// Questions shows questions on a terminal, those on one article together, below
// each the text that it is about:
//
//	road.md
//	  locales/ko/road.po:12:1: ko: a road for cars?
//	    The road is long.
func Questions(list []Question) string {
	if len(list) == 0 {
		return "no translator asks anything\n"
	}
	var b strings.Builder
	for i, q := range list {
		if i == 0 || q.Article != list[i-1].Article {
			fmt.Fprintln(&b, diag.Printable(q.Article))
		}
		fmt.Fprintf(&b, "  %s: %s: %s\n", q.Pos, q.Language, diag.Printable(q.Text))
		fmt.Fprintf(&b, "    %s\n", diag.Printable(q.Key.Source))
	}
	fmt.Fprintln(&b, countOf(len(list), "question"))
	return b.String()
}

type jsonQuestion struct {
	Language string `json:"language"`
	Article  string `json:"article"`
	Path     string `json:"path"`
	Line     int    `json:"line,omitempty"`
	Column   int    `json:"column,omitempty"`
	Context  string `json:"context,omitempty"`
	Source   string `json:"source"`
	Question string `json:"question"`
}

func questionsJSON(list []Question) []jsonQuestion {
	out := make([]jsonQuestion, len(list))
	for i, q := range list {
		out[i] = jsonQuestion{
			q.Language.String(), q.Article, q.Pos.Path, q.Pos.Line, q.Pos.Column,
			q.Key.Context, q.Key.Source, q.Text,
		}
	}
	return out
}
