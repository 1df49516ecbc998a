package site

import (
	"encoding/json"
	"html/template"
	"strings"
)

// headOf is what stands in a page's head: its policy and styles, what search engines
// and readers of feeds look for, and where else the page is to be had. It is the same
// for pages of every kind, and no template can leave the policy out.
func headOf(p *page) (template.HTML, error) {
	h := head{new(strings.Builder)}
	h.text.Grow(len(p.Style) + 2048)
	h.write("<meta charset=\"utf-8\">\n")
	h.tag(`meta http-equiv="Content-Security-Policy"`, "content", p.Policy)
	h.write("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n")
	h.write("<meta name=\"referrer\" content=\"no-referrer\">\n<link rel=\"icon\" href=\"data:,\">\n")
	title := p.Title.Plain
	if title != p.Collection.Plain {
		title += " · " + p.Collection.Plain
	}
	h.write("<title>", template.HTMLEscapeString(title), "</title>\n")
	if p.Description != "" {
		h.tag(`meta name="description"`, "content", p.Description)
	}
	if p.NoIndex {
		h.write("<meta name=\"robots\" content=\"noindex\">\n")
	}
	h.places(p)
	h.write("<style>", string(p.Style), "</style>\n")
	if p.Data != nil {
		data, err := json.Marshal(p.Data) // escapes <, > and &
		if err != nil {
			return "", err
		}
		h.write(`<script type="application/ld+json">`, string(data), "</script>\n")
	}
	return template.HTML(h.text.String()), nil
}

// places writes where the page stands, and where it is in other languages.
func (h head) places(p *page) {
	if p.Canonical != "" {
		h.tag(`link rel="canonical"`, "href", p.Canonical)
	}
	for _, a := range p.Alternates {
		h.tag(`link rel="alternate"`, "hreflang", a.Lang, "href", a.Href)
	}
	h.tag(`meta property="og:title"`, "content", p.Title.Plain)
	kind := "website"
	if p.Article != nil && p.Home != "" {
		kind = "article"
	}
	h.tag(`meta property="og:type"`, "content", kind)
	if p.Canonical != "" {
		h.tag(`meta property="og:url"`, "content", p.Canonical)
	}
	for i, l := range p.Locales {
		if i == 0 {
			h.tag(`meta property="og:locale"`, "content", l)
		} else {
			h.tag(`meta property="og:locale:alternate"`, "content", l)
		}
	}
	if p.Feed != "" {
		h.tag(`link rel="alternate" type="application/atom+xml"`, "title", p.Collection.Plain, "href", p.Feed)
	}
	if p.To != nil {
		h.tag(`meta http-equiv="refresh"`, "content", "0; url="+p.To.Href)
	}
}

// head is the inside of a head that is being written.
type head struct{ text *strings.Builder }

func (h head) write(texts ...string) {
	for _, t := range texts {
		h.text.WriteString(t)
	}
}

// tag writes one empty element: how it begins, and the names and values of further
// attributes.
func (h head) tag(begin string, attributes ...string) {
	h.write("<", begin)
	for i := 0; i < len(attributes); i += 2 {
		h.write(" ", attributes[i], `="`, escaped(attributes[i+1]), `"`)
	}
	h.write(">\n")
}

// escaped is a text as the value of an attribute in double quotes.
func escaped(s string) string {
	if !strings.ContainsAny(s, "&<>\"'\x00") {
		return s
	}
	return template.HTMLEscapeString(s)
}
