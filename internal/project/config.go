package project

import (
	"cmp"
	"errors"
	"fmt"
	"maps"
	"net/mail"
	"net/url"
	"path"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"dragoman/internal/coverage"
	"dragoman/internal/diag"
	"dragoman/internal/edition"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/prose"
	"dragoman/internal/review"

	"github.com/BurntSushi/toml"
	"golang.org/x/text/language"
)

// Config is what dragoman.toml says, with the defaults for what it does not say.
type Config struct {
	Title     string // of the collection; empty: the word for articles in each language
	Author    string // of the collection; empty: nobody is named
	Source    locale.Tag
	BaseURL   string
	Contact   string // what readers report problems to: an address of e-mail, or of the web with {page} in it
	Content   string // folders, relative to the workspace, slash-separated
	Locales   string
	Output    string
	Dialect   markdown.Dialect
	Keep      []string // names that are the same in every language
	Policy    review.Policy
	Threshold int                              // percent from which the memory makes an offer; 0: 75
	Weights   *coverage.Weights                // of the bands of effort; nil: the usual ones
	Books     []Volume                         // none: one of all articles
	Assign    []Assignment                     // who translates what
	Credits   bool                             // translators may be named, by their pseudonyms
	Typefaces []Typeface                       // that editions carry a part of
	Vertical  []locale.Tag                     // languages whose books are set in columns from right to left
	Languages []Language                       // the targets, in the order of the file
	Off       []string                         // codes of checks that are not applied
	SameAs    map[string]map[locale.Tag]string // addresses and what they are in a language
}

// Language is a language to translate into.
type Language struct {
	Tag    locale.Tag
	Title  string     // of the collection; empty: the source's
	Author string     // likewise
	From   locale.Tag // the language that it is translated from, if another target
	Policy review.Policy
	// Published says that readers have the language already: not Policy.Threshold
	// but Policy.WithdrawBelow decides whether they keep it.
	Published bool
	Off       []string // codes of checks that are not applied, the workspace's among them
}

// Targets are the tags of the languages.
func (c *Config) Targets() []locale.Tag {
	tags := make([]locale.Tag, len(c.Languages))
	for i, l := range c.Languages {
		tags[i] = l.Tag
	}
	return tags
}

// readConfig reads dragoman.toml and reports all that is wrong with it; of what is
// not TOML, the first.
func readConfig(text []byte) (Config, diag.List) {
	source := strings.TrimPrefix(string(text), "\ufeff")
	r := &reader{lines: diag.NewLines(ConfigName, []byte(source))}
	if at := notUTF8(source); at >= 0 {
		return Config{}, diag.List{{
			Pos: r.lines.At(at), Code: "configuration", Text: "not UTF-8", Hint: "save the file as UTF-8",
		}}
	}
	var values map[string]any
	if _, err := toml.Decode(source, &values); err != nil {
		r.malformed(err)
		return Config{}, r.found
	}
	r.places = placesOf(source)
	c := r.config(&table{r: r, values: values})
	r.found.Sort()
	return c, r.found
}

// notUTF8 is the offset of the first byte that is not UTF-8, -1 if there is none.
func notUTF8(text string) int {
	for i, r := range text {
		if _, size := utf8.DecodeRuneInString(text[i:]); r == utf8.RuneError && size == 1 {
			return i
		}
	}
	return -1
}

// reader reads one configuration.
type reader struct {
	lines  *diag.Lines
	places places
	found  diag.List
}

func (r *reader) malformed(err error) {
	finding := diag.Finding{Pos: diag.Pos{Path: ConfigName}, Code: "configuration", Text: err.Error(), Hint: "see toml.io on how TOML is written"}
	var p toml.ParseError
	if errors.As(err, &p) {
		finding.Pos = r.lines.At(p.Position.Start)
		finding.Text = cmp.Or(p.Message, strings.TrimPrefix(p.Error(), "toml: "))
	}
	r.found = append(r.found, finding)
}

// config reads the file's own table.
func (r *reader) config(t *table) Config {
	c := Config{Title: t.text("title"), Author: t.text("author"), BaseURL: t.url("base_url"), Contact: t.contact()}
	c.Content, c.Locales, c.Output = t.folder("content", "content"), t.folder("locales", "locales"), t.folder("output", "editions")
	r.apart(t, &c)
	c.Dialect = t.dialect()
	c.Keep = t.list("keep")
	c.Dialect.FrontMatter = t.list("front_matter")
	c.Dialect.CodeComments, _ = value[bool](t, "code_comments", "true")
	c.Source = t.language("source", cmp.Or(t.text("source"), "en"))
	if p := t.table("policy"); p != nil {
		c.Policy = p.policy(review.Policy{})
		p.end()
	}
	c.Threshold = t.threshold()
	c.Weights = t.weights()
	c.Books = t.volumes()
	c.Credits, _ = value[bool](t, "credits", "true")
	c.Off = t.checks(nil)
	c.SameAs = t.sameAs()
	if languages := t.table("languages"); languages != nil {
		var tables []*table
		for _, name := range languages.order() {
			if l := languages.table(name); l != nil {
				tables = append(tables, l)
				c.Languages = append(c.Languages, r.targetLanguage(l, name, &c))
			}
		}
		c.checkPivots(tables)
	}
	c.Assign = t.assignments(&c)
	c.Vertical = t.vertical(&c)
	c.Typefaces = t.typefaces(&c)
	t.end()
	return c
}

// targetLanguage reads the table of one language.
func (r *reader) targetLanguage(t *table, name string, c *Config) Language {
	l := Language{Tag: t.language("", name), Title: t.text("title"), Author: t.text("author"), Policy: t.policy(c.Policy)}
	l.Off = t.checks(c.Off)
	if from := t.text("from"); from != "" {
		l.From = t.language("from", from)
	}
	l.Published, _ = value[bool](t, "published", "true")
	t.end()
	switch {
	case l.Tag == locale.Tag{}:
	case sameLanguage(l.Tag, c.Source):
		t.report("", name+" is the source language", "remove it: the source has its editions anyway")
	default:
		for _, other := range c.Targets() {
			if l.Tag == other {
				t.report("", l.Tag.String()+" is there twice", "keep one of them")
			} else if sameLanguage(l.Tag, other) {
				t.report("", l.Tag.String()+" is the same language as "+other.String(), "keep one of them")
			}
		}
	}
	return l
}

// checkPivots reports languages that are translated from one that is no target, or
// in a circle. tables are those of the languages. From the source is no pivot.
func (c *Config) checkPivots(tables []*table) {
	from := map[locale.Tag]locale.Tag{}
	for i := range c.Languages {
		l := &c.Languages[i]
		if l.From == c.Source {
			l.From = locale.Tag{}
		}
		from[l.Tag] = l.From
	}
	told := map[locale.Tag]bool{} // those of circles that were reported
	for i, l := range c.Languages {
		if (l.From == locale.Tag{}) {
			continue
		}
		if _, known := from[l.From]; !known {
			tables[i].report("from", fmt.Sprintf("from = %q is no language to translate into", l.From),
				fmt.Sprintf("add [languages.%s], or remove the key: %s is translated from then", l.From, c.Source))
			continue
		}
		circle := []locale.Tag{l.Tag}
		for at := l.From; (at != locale.Tag{}) && !slices.Contains(circle, at); at = from[at] {
			circle = append(circle, at)
		}
		if from[circle[len(circle)-1]] != l.Tag || told[l.Tag] {
			continue // it leads out, or into a circle that another is part of
		}
		for _, tag := range circle {
			told[tag] = true
		}
		tables[i].report("from", fmt.Sprintf("%s is translated from itself: %s", l.Tag, joined(append(circle, l.Tag))),
			"let one of them be translated from "+c.Source.String())
	}
}

// joined shows each language and the one that it is translated from.
func joined(tags []locale.Tag) string {
	names := make([]string, len(tags))
	for i, tag := range tags {
		names[i] = tag.String()
	}
	return strings.Join(names, " ← ")
}

// pivotOf is the language that another is translated from, if it is a target.
func (c *Config) pivotOf(tag locale.Tag) (from locale.Tag, ok bool) {
	for _, l := range c.Languages {
		if l.Tag == tag {
			return l.From, l.From != locale.Tag{}
		}
	}
	return from, false
}

// sameLanguage reports whether two tags say the same, one of them perhaps more of it:
// zh-CN and zh-Hans, pt and pt-BR.
func sameLanguage(a, b locale.Tag) bool {
	full := func(t locale.Tag) locale.Tag {
		base, _ := t.Base()
		script, _ := t.Script()
		region, _ := t.Region()
		parts := []any{t, base, script, region}
		if f, err := language.Compose(parts...); err == nil {
			return f
		}
		return t
	}
	return full(a) == full(b)
}

// apart makes sure that the editions, whose folders are replaced whole, take the
// place of nothing else, and that no edition is taken for an article.
func (r *reader) apart(t *table, c *Config) {
	for _, other := range []struct{ key, folder string }{{"content", c.Content}, {"locales", c.Locales}, {"theme", edition.ThemeFolder}} {
		if within(c.Output, other.folder) || within(other.folder, c.Output) {
			key := "output"
			if _, said := t.values[key]; !said {
				key = other.key
			}
			t.report(key, fmt.Sprintf("output %q and %s %q overlap", c.Output, other.key, other.folder),
				"give the editions a folder of their own, as output = \"editions\"")
		}
	}
}

// within reports whether a path is a folder or below it.
func within(p, folder string) bool { return p == folder || strings.HasPrefix(p, folder+"/") }

// table is a table of the configuration, and which of its keys were asked for.
type table struct {
	r      *reader
	path   []string
	values map[string]any
	asked  []string
}

func (t *table) key(name string) []string {
	if name == "" {
		return t.path
	}
	return append(slices.Clone(t.path), name)
}

// report adds a finding on a key of the table, or on the table itself.
func (t *table) report(name, text, hint string) {
	f := diag.Finding{Pos: diag.Pos{Path: ConfigName}, Code: "configuration", Text: text, Hint: hint}
	if at, ok := t.r.places.of(t.key(name)...); ok {
		f.Pos = t.r.lines.At(at)
	}
	t.r.found = append(t.r.found, f)
}

// value is the value of a key, the zero value if it is absent or, which is a
// finding, of another type.
func value[T any](t *table, name, want string) (v T, ok bool) {
	t.asked = append(t.asked, name)
	is, ok := t.values[name]
	if !ok {
		return v, false
	}
	if v, ok = is.(T); !ok {
		t.report(name, fmt.Sprintf("%s is %s", name, nounOf(is)), "write "+name+" = "+want)
	}
	return v, ok
}

// nounOf says what a value of the wrong type is.
func nounOf(v any) string {
	switch v.(type) {
	case string:
		return "a text"
	case int64, float64:
		return "a number"
	case bool:
		return "true or false"
	case time.Time:
		return "a date"
	case map[string]any:
		return "a table"
	}
	return "a list"
}

func (t *table) text(name string) string {
	v, _ := value[string](t, name, `"…"`)
	return v
}

// dialect is the generator whose Markdown the articles are written in.
func (t *table) dialect() markdown.Dialect {
	d, err := markdown.NewDialect(t.text("dialect"))
	if err != nil {
		t.report("dialect", err.Error(), "write one of "+strings.Join(markdown.Dialects(), ", "))
	}
	return d
}

func (t *table) list(name string) []string {
	items, ok := value[[]any](t, name, `["…", "…"]`)
	if !ok {
		return nil
	}
	texts := make([]string, 0, len(items))
	for _, item := range items {
		text, ok := item.(string)
		if !ok {
			t.report(name, fmt.Sprintf("%s holds %s", name, nounOf(item)), fmt.Sprintf(`write %s = ["…", "…"]`, name))
			continue
		}
		texts = append(texts, text)
	}
	return texts
}

func (t *table) table(name string) *table {
	t.asked = append(t.asked, name)
	is, ok := t.values[name]
	if !ok {
		return nil
	}
	values, ok := is.(map[string]any)
	if !ok {
		header := strings.Join(t.key(name), ".")
		t.report(name, fmt.Sprintf("%s is %s, not a table", name, nounOf(is)), "write ["+header+"] and its keys below")
		return nil
	}
	return &table{r: t.r, path: t.key(name), values: values}
}

// tables are the tables of a list, [[name]].
func (t *table) tables(name string) (tables []*table) {
	t.asked = append(t.asked, name)
	is, ok := t.values[name]
	if !ok {
		return nil
	}
	var items []any
	switch is := is.(type) {
	case []map[string]any:
		for _, values := range is {
			items = append(items, values)
		}
	case []any:
		items = is
	default:
		t.report(name, name+" is "+nounOf(is)+", not a list of tables", "write [["+name+"]] and its keys below")
	}
	for i, item := range items {
		values, ok := item.(map[string]any)
		if !ok {
			t.report(name, fmt.Sprintf("%s holds %s, not a table", name, nounOf(item)), "write [["+name+"]] and its keys below")
			continue
		}
		tables = append(tables, &table{r: t.r, path: append(t.key(name), itemPart(i)), values: values})
	}
	return tables
}

// order are the table's keys as the file has them.
func (t *table) order() []string {
	return slices.SortedFunc(maps.Keys(t.values), func(a, b string) int {
		x, _ := t.r.places.of(t.key(a)...)
		y, _ := t.r.places.of(t.key(b)...)
		return cmp.Or(cmp.Compare(x, y), cmp.Compare(a, b))
	})
}

// end reports the keys that nobody asked for.
func (t *table) end() {
	for name := range t.values {
		if slices.Contains(t.asked, name) {
			continue
		}
		hint := "remove it; the keys here are " + strings.Join(t.asked, ", ")
		for _, known := range t.asked {
			if prose.Similarity(name, known) >= 0.6 {
				hint = "write " + known
			}
		}
		t.report(name, "unknown key "+strings.Join(slices.DeleteFunc(t.key(name), isItem), "."), hint)
	}
}

func (t *table) language(key, name string) locale.Tag {
	tag, err := locale.Parse(name)
	if err != nil {
		t.report(key, err.Error(), "")
	}
	return tag
}

// folder is a folder within the workspace.
func (t *table) folder(name, otherwise string) string {
	written := t.text(name)
	if _, said := t.values[name].(string); !said {
		return otherwise
	}
	clean := path.Clean(strings.ReplaceAll(written, `\`, "/"))
	if !inWorkspace(written, clean) {
		t.report(name, fmt.Sprintf("%s = %q is not a folder within the workspace", name, written), "write a path relative to "+ConfigName)
		return otherwise
	}
	return clean
}

// inWorkspace reports whether what is written, and its clean form, is a path below the
// workspace.
func inWorkspace(written, clean string) bool {
	return written != "" && clean != "." && !path.IsAbs(clean) && !within(clean, "..") && !strings.Contains(clean, ":")
}

func (t *table) url(name string) string {
	base := t.text(name)
	if base == "" {
		return ""
	}
	u, err := url.Parse(base)
	if err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		t.report(name, fmt.Sprintf("%q is not the address of a site", base), `write one such as "https://example.org/"`)
	}
	return base
}

// contact is an address of e-mail or of the web.
func (t *table) contact() string {
	written := t.text("contact")
	if strings.Contains(written, "://") {
		return t.url("contact")
	}
	if a, err := mail.ParseAddress(written); written != "" && (err != nil || a.Address != written) {
		t.report("contact", fmt.Sprintf("%q is no address", written), `write one of e-mail, or of the web as "https://example.org/report?page={page}"`)
		return ""
	}
	return written
}

// threshold is the percentage from which the memory offers a translation.
func (t *table) threshold() int {
	m := t.table("memory")
	if m == nil {
		return 0
	}
	percent, ok := value[int64](m, "threshold", "75")
	if ok && (percent < 1 || percent > 100) {
		m.report("threshold", fmt.Sprintf("%d is not a percentage from 1 to 100", percent), "write threshold = 75")
	}
	m.end()
	return int(percent)
}

// checks are the codes of checks that are not applied: those of the table, and those
// above it.
func (t *table) checks(above []string) []string {
	off := slices.Clone(above)
	c := t.table("checks")
	if c == nil {
		return off
	}
	for _, code := range c.list("off") {
		if err := KnownCheck(code); err != nil {
			c.report("off", err.Error(), "")
			continue
		}
		off = append(off, code)
	}
	c.end()
	return off
}

// sameAs are the addresses that lead to another place in a language.
func (t *table) sameAs() map[string]map[locale.Tag]string {
	addresses := t.table("same_as")
	if addresses == nil {
		return nil
	}
	same := map[string]map[locale.Tag]string{}
	for _, from := range addresses.order() {
		to := addresses.table(from)
		if to == nil {
			continue
		}
		same[from] = map[locale.Tag]string{}
		for _, name := range to.order() {
			same[from][to.language(name, name)] = to.text(name)
		}
	}
	return same
}

// graces are the classes of changes that leave a translation stale.
var graces = []string{"critical", "prose", "split", "merged", "pivot", "markup", "link"}

// policy is what the table says over what holds above it.
func (t *table) policy(above review.Policy) review.Policy {
	for _, name := range policyKeys {
		written := t.text(name)
		if _, said := t.values[name].(string); !said {
			continue
		}
		action, err := review.ParseAction(name, written)
		if err != nil {
			t.report(name, err.Error(), "")
			continue
		}
		*policyActions(&above)[name] = action
	}
	t.percent("threshold", &above.Threshold)
	t.percent("withdraw_below", &above.WithdrawBelow)
	grace := t.table("grace")
	if grace == nil {
		return above
	}
	above.Grace = maps.Clone(above.Grace)
	if above.Grace == nil {
		above.Grace = map[string]int{}
	}
	for _, class := range graces {
		days, ok := value[int64](grace, class, "30")
		switch {
		case !ok:
		case days < 0 || days > 36500:
			grace.report(class, fmt.Sprintf("%d is not a number of days", days), "write "+class+" = 30")
		default:
			above.Grace[class] = int(days)
		}
	}
	grace.end()
	return above
}

// percent reads a percentage over what is set above it.
func (t *table) percent(name string, above *int) {
	percent, ok := value[int64](t, name, "75")
	switch {
	case !ok:
	case percent < 0 || percent > 100:
		t.report(name, fmt.Sprintf("%d is not a percentage", percent), "write "+name+" = 75")
	default:
		*above = int(percent)
	}
}

// policyKeys are the keys of a policy whose values are actions.
var policyKeys = []string{"untranslated", "stale", "unapproved", "machine", "broken"}

func policyActions(p *review.Policy) map[string]*review.Action {
	return map[string]*review.Action{
		"untranslated": &p.Untranslated, "stale": &p.Stale, "unapproved": &p.Unapproved,
		"machine": &p.Machine, "broken": &p.Broken,
	}
}
