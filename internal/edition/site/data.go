package site

import (
	"time"

	"dragoman/internal/edition"
)

// linkedData describes a page to machines, in the words of schema.org.
type linkedData struct {
	Context       string      `json:"@context"`
	Type          string      `json:"@type"`
	ID            string      `json:"@id,omitempty"`
	Name          string      `json:"name,omitempty"`
	Headline      string      `json:"headline,omitempty"`
	Description   string      `json:"description,omitempty"`
	Language      string      `json:"inLanguage"`
	Published     string      `json:"datePublished,omitempty"`
	Author        *agent      `json:"author,omitempty"`
	PartOf        *linkedWork `json:"isPartOf,omitempty"`
	TranslationOf *linkedWork `json:"translationOfWork,omitempty"`
}

type agent struct {
	Name string `json:"name"`
}

type linkedWork struct {
	Type     string `json:"@type"`
	ID       string `json:"@id,omitempty"`
	Name     string `json:"name"`
	Language string `json:"inLanguage"`
}

const schema = "https://schema.org"

// collection describes the list of articles.
func (s *site) collection() *linkedData {
	d := &linkedData{
		Context: schema, Type: "CollectionPage",
		Name: s.book.Title.Plain, Language: s.book.Language.String(),
	}
	if s.book.BaseURL != "" {
		d.ID = s.book.BaseURL + d.Language + "/"
	}
	return d
}

// work describes an article. One of which nothing is translated is the original.
func (s *site) work(c *edition.Chapter, p *page) *linkedData {
	d := &linkedData{
		Context: schema, Type: "Article", ID: p.Canonical,
		Headline: c.Title.Plain, Description: c.Description.Plain, Language: s.book.Language.String(),
		PartOf: &linkedWork{Type: "Collection", Name: s.book.Title.Plain, Language: s.book.Language.String()},
	}
	if !c.Translated() {
		d.Language = s.book.Source.String()
	}
	if !c.Date.IsZero() {
		d.Published = c.Date.UTC().Format(time.DateOnly)
	}
	if c.Author != "" {
		d.Author = &agent{c.Author}
	}
	if s.source == nil || s.source == s.book || !c.Translated() {
		return d
	}
	if o := s.source.Chapter(c.Path); o != nil {
		d.TranslationOf = &linkedWork{Type: "Article", Name: o.Title.Plain, Language: s.book.Source.String()}
		for _, a := range p.Alternates {
			if a.Lang == s.book.Source.String() {
				d.TranslationOf.ID = a.Href
			}
		}
	}
	return d
}
