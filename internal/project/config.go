package project

import (
	"bytes"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"

	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/review"

	"github.com/BurntSushi/toml"
)

// Config is what dragoman.toml says, with the defaults for what it does not say.
type Config struct {
	Title       string // of the collection
	Author      string // of the collection; empty: nobody is named
	Source      locale.Tag
	BaseURL     string
	Content     string // folders, relative to the workspace, slash-separated
	Locales     string
	Output      string
	FrontMatter []string // keys to translate, nil for the usual ones
	Policy      review.Policy
	Languages   []Language // the targets, in the order of the file
}

// Language is a language to translate into.
type Language struct {
	Tag    locale.Tag
	Title  string // of the collection; empty: the source's
	Policy review.Policy
}

// Targets are the tags of the languages.
func (c *Config) Targets() []locale.Tag {
	tags := make([]locale.Tag, len(c.Languages))
	for i, l := range c.Languages {
		tags[i] = l.Tag
	}
	return tags
}

// file is dragoman.toml as written.
type file struct {
	Title       string                  `toml:"title"`
	Author      string                  `toml:"author"`
	Source      string                  `toml:"source"`
	BaseURL     string                  `toml:"base_url"`
	Content     string                  `toml:"content"`
	Locales     string                  `toml:"locales"`
	Output      string                  `toml:"output"`
	FrontMatter []string                `toml:"front_matter"`
	Policy      policy                  `toml:"policy"`
	Languages   map[string]languageFile `toml:"languages"`
}

type policy struct {
	Untranslated string         `toml:"untranslated"`
	Stale        string         `toml:"stale"`
	Unapproved   string         `toml:"unapproved"`
	Machine      string         `toml:"machine"`
	Broken       string         `toml:"broken"`
	Grace        map[string]int `toml:"grace"`
}

type languageFile struct {
	Title string `toml:"title"`
	policy
}

// reader reads one configuration.
type reader struct {
	text  []byte
	lines *diag.Lines
	found diag.List
}

// readConfig reads dragoman.toml and reports all that is wrong with it.
func readConfig(text []byte) (Config, diag.List) {
	r := &reader{text: text, lines: diag.NewLines(ConfigName, text)}
	var f file
	meta, err := toml.Decode(string(text), &f)
	if err != nil {
		r.malformed(err)
		return Config{}, r.found
	}
	for _, key := range meta.Undecoded() {
		r.report(key, "unknown key "+key.String(), "remove it, or see dragoman help")
	}
	c := Config{
		Title: f.Title, Author: f.Author, FrontMatter: f.FrontMatter,
		Content: r.folder("content", f.Content, "content"),
		Locales: r.folder("locales", f.Locales, "locales"),
		Output:  r.folder("output", f.Output, "editions"),
		BaseURL: r.url(f.BaseURL),
		Policy:  r.policy(toml.Key{"policy"}, f.Policy, review.Policy{}),
	}
	c.Source = r.language(toml.Key{"source"}, cmpOr(f.Source, "en"))
	for _, name := range order(meta) {
		key := toml.Key{"languages", name}
		l := Language{Tag: r.language(key, name), Title: f.Languages[name].Title}
		l.Policy = r.policy(key, f.Languages[name].policy, c.Policy)
		switch {
		case l.Tag == c.Source:
			r.report(key, fmt.Sprintf("%s is the source language", name), "remove it: the source has its editions anyway")
		case slices.Contains(c.Targets(), l.Tag):
			r.report(key, fmt.Sprintf("%s is there twice", l.Tag), "keep one of them")
		}
		c.Languages = append(c.Languages, l)
	}
	r.found.Sort()
	return c, r.found
}

func cmpOr(s, otherwise string) string {
	if s == "" {
		return otherwise
	}
	return s
}

// order are the names of the languages as the file has them.
func order(meta toml.MetaData) (names []string) {
	for _, key := range meta.Keys() {
		if len(key) >= 2 && key[0] == "languages" && !slices.Contains(names, key[1]) {
			names = append(names, key[1])
		}
	}
	return names
}

func (r *reader) report(key toml.Key, text, hint string) {
	r.found = append(r.found, diag.Finding{Pos: r.place(key), Code: "configuration", Text: text, Hint: hint})
}

func (r *reader) malformed(err error) {
	finding := diag.Finding{Pos: diag.Pos{Path: ConfigName}, Code: "configuration", Text: err.Error()}
	var p toml.ParseError
	if errors.As(err, &p) {
		finding.Pos = diag.Pos{Path: ConfigName, Line: p.Position.Line, Column: max(p.Position.Col, 1)}
		finding.Text = p.Message
		if finding.Text == "" {
			finding.Text = strings.TrimPrefix(p.Error(), "toml: ")
		}
	}
	r.found = append(r.found, finding)
}

// place is where a key stands: its own line, or the header of its table.
func (r *reader) place(key toml.Key) diag.Pos {
	var table string
	offset := 0
	for line := range bytes.Lines(r.text) {
		trimmed := strings.TrimSpace(string(line))
		at := offset + strings.Index(string(line), trimmed)
		offset += len(line)
		name := trimmed
		if strings.HasPrefix(trimmed, "[") {
			table = unquoted(strings.Trim(trimmed, "[] "))
			name = table
		} else if i := strings.IndexByte(trimmed, '='); i >= 0 {
			name = unquoted(strings.TrimSpace(trimmed[:i]))
			if table != "" {
				name = table + "." + name
			}
		} else {
			continue
		}
		if want := unquoted(key.String()); name == want || strings.HasPrefix(name, want+".") {
			return r.lines.At(at)
		}
	}
	return diag.Pos{Path: ConfigName}
}

func unquoted(key string) string {
	return strings.NewReplacer(`"`, "", "'", "", " ", "").Replace(key)
}

func (r *reader) language(key toml.Key, name string) locale.Tag {
	tag, err := locale.Parse(name)
	if err != nil {
		r.report(key, err.Error(), "")
	}
	return tag
}

// folder is a folder within the workspace.
func (r *reader) folder(key, name, otherwise string) string {
	if name == "" {
		return otherwise
	}
	clean := strings.Trim(strings.ReplaceAll(name, `\`, "/"), "/")
	clean = strings.TrimPrefix(clean, "./")
	if clean == "" || clean == "." || strings.HasPrefix(name, "/") || slices.Contains(strings.Split(clean, "/"), "..") {
		r.report(toml.Key{key}, fmt.Sprintf("%q is not a folder within the workspace", name), "write a relative path")
		return otherwise
	}
	return clean
}

func (r *reader) url(base string) string {
	if base == "" {
		return ""
	}
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		r.report(toml.Key{"base_url"}, fmt.Sprintf("%q is not an address", base), "write https://example.org/")
	}
	return base
}

// policy is what a table says over what holds above it.
func (r *reader) policy(table toml.Key, p policy, above review.Policy) review.Policy {
	set := func(name, value string, action *review.Action) {
		if value == "" {
			return
		}
		a, err := review.ParseAction(name, value)
		if err != nil {
			r.report(append(slices.Clone(table), name), err.Error(), "")
			return
		}
		*action = a
	}
	set("untranslated", p.Untranslated, &above.Untranslated)
	set("stale", p.Stale, &above.Stale)
	set("unapproved", p.Unapproved, &above.Unapproved)
	set("machine", p.Machine, &above.Machine)
	set("broken", p.Broken, &above.Broken)
	if p.Grace != nil {
		above.Grace = p.Grace
	}
	return above
}
