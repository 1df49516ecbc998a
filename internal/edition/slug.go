package edition

import (
	"strings"
	"unicode"

	"dragoman/internal/diag"
	"dragoman/internal/markdown"

	"golang.org/x/text/cases"
	"golang.org/x/text/unicode/norm"
)

// Slug is an article's address within an edition: the slug that its front
// matter gives, else its path without ".md". The head of a folder, index.md, has
// the folder's; the collection's own has the empty one. Characters of a path that
// an address cannot have become hyphens.
func Slug(d *markdown.Document) string {
	p := strings.TrimSuffix(norm.NFC.String(d.Path), ".md")
	if given := strings.Trim(d.Meta.Slug, "/"); given != "" {
		return norm.NFC.String(given)
	}
	if p == "index" {
		return ""
	}
	p = strings.TrimSuffix(p, "/index")
	parts := strings.Split(p, "/")
	for i, part := range parts {
		parts[i] = slugify(part)
	}
	return strings.Join(parts, "/")
}

// slugify makes a file name fit for an address.
func slugify(name string) string {
	s := strings.Map(func(r rune) rune {
		if inSlug(r) {
			return r
		}
		return '-'
	}, name)
	if s = strings.Trim(s, "-"); s == "" {
		return "-"
	}
	return s
}

func inSlug(r rune) bool {
	return unicode.IsLetter(r) || unicode.IsMark(r) || unicode.IsDigit(r) || r == '-' || r == '_'
}

// ValidName reports whether a name can be that of a file and part of an address.
func ValidName(name string) bool { return validSlug(name) && !strings.Contains(name, "/") }

// validSlug reports whether every segment of the slug is made of letters and
// digits of any script, hyphens and underscores.
func validSlug(slug string) bool {
	for part := range strings.SplitSeq(slug, "/") {
		if part == "" || strings.ContainsFunc(part, func(r rune) bool { return !inSlug(r) }) {
			return false
		}
	}
	return true
}

// slug is the article's address. It reports false if the article can have none.
func (c *compiler) slug(d *markdown.Document) (string, bool) {
	s := Slug(d)
	if s != "" && !validSlug(s) {
		c.report(diag.Finding{
			Pos: slugPos(d), Code: "slug-invalid", Severity: diag.Error,
			Text: "the slug " + quote(s) + " cannot be part of an address",
			Hint: "use letters, digits, - and _, with / between folders",
		})
		return "", false
	}
	folded := cases.Fold().String(s)
	if other, taken := c.slugs[folded]; taken {
		c.report(diag.Finding{
			Pos: slugPos(d), Code: "slug-collision", Severity: diag.Error,
			Text: "the article has the same address as " + other + ": " + quote(s),
			Hint: "rename one of them, or give it another slug in its front matter",
		})
		return "", false
	}
	c.slugs[folded] = d.Path
	return s, true
}

// slugPos is where an article says what its address is.
func slugPos(d *markdown.Document) diag.Pos {
	if d.Meta.Slug != "" && d.Meta.SlugPos.Line > 0 {
		return d.Meta.SlugPos
	}
	return diag.Pos{Path: d.Path}
}
