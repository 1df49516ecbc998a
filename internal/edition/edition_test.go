package edition_test

import (
	"io/fs"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/diag"
	"dragoman/internal/edition"
	"dragoman/internal/locale"
	"dragoman/internal/markdown"
	"dragoman/internal/review"
	"dragoman/internal/words"
	"dragoman/locales"
)

// tag reads a language that the test knows to be one.
func tag(t testing.TB, s string) locale.Tag {
	t.Helper()
	l, err := locale.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

func parse(t testing.TB, path, src string) *markdown.Document {
	t.Helper()
	d, found := markdown.Parse(path, []byte(src), markdown.Dialect{})
	if err := found.Err(); err != nil {
		t.Fatal(err)
	}
	return d
}

// entry is a message of a catalog under test.
type entry struct {
	source, target string
	fuzzy          bool
}

// file is a catalog whose messages stand one a line.
func file(path string, entries ...entry) *catalog.File {
	f := &catalog.File{Path: path}
	for i, e := range entries {
		m := &catalog.Message{Pos: diag.Pos{Path: path, Line: i + 1, Column: 1}}
		m.Source, m.Target, m.Fuzzy = e.source, e.target, e.fuzzy
		m.SettleState()
		f.Add(m)
	}
	return f
}

var interfaceWords = sync.OnceValues(func() (*words.Bundle, error) {
	bundle, found := words.Load(locales.UI)
	return bundle, found.Err()
})

// options are those of a Korean edition of English articles.
func options(t testing.TB, content fs.FS) edition.Options {
	t.Helper()
	bundle, err := interfaceWords()
	if err != nil {
		t.Fatal(err)
	}
	decisions, _ := review.Parse("decisions.tsv", nil)
	ko := tag(t, "ko")
	return edition.Options{
		ID: "harbour", Title: "항구에서 온 글", Language: ko, Source: tag(t, "en"),
		Words: bundle.For(ko), Decisions: decisions, Content: content,
		AsOf: time.Date(2026, 3, 20, 0, 0, 0, 0, time.UTC),
	}
}

// compile makes a Korean edition of one article.
func compile(t testing.TB, src string, p review.Policy, entries ...entry) (*edition.Book, diag.List) {
	t.Helper()
	a := edition.Article{Document: parse(t, "tides.md", src), File: file("ko/tides.po", entries...), Policy: p}
	return edition.Compile([]edition.Article{a}, options(t, fstest.MapFS{"tide.png": {}}))
}

// body is a chapter's text with addresses that show what they were made from.
func body(c *edition.Chapter) string {
	heading, text := c.Body(edition.Addresses{
		Chapter: func(to *edition.Chapter, anchor string) string {
			if anchor != "" {
				anchor = "#" + anchor
			}
			return "chapter/" + edition.EscapePath(to.Slug) + anchor
		},
		Image:    func(p string) string { return "image/" + edition.EscapePath(p) },
		Enlarged: func(p string) string { return "large/" + edition.EscapePath(p) },
	}, c.Notes())
	return string(heading) + string(text)
}

func codes(found diag.List) string {
	var c []string
	for _, f := range found {
		c = append(c, f.Code)
	}
	return strings.Join(c, " ")
}

func TestAPassageIsShownAsThePolicySays(t *testing.T) {
	const english = `<p class="untranslated" lang="en" dir="ltr" aria-describedby="edition.untranslated">The sea.</p>`
	tests := []struct {
		name   string
		entry  entry
		policy review.Policy
		want   string // empty: the article is withheld
		codes  string
	}{
		{name: "a translation is shown without a mark", entry: entry{"The sea.", "바다.", false}, want: "<p>바다.</p>"},
		{name: "what is not in the catalog is shown in the source language", entry: entry{"Other.", "다른.", false}, want: english},
		{name: "an empty target counts as none", entry: entry{"The sea.", "", false}, want: english},
		{name: "a blank target counts as none", entry: entry{"The sea.", " \n", false}, want: english},
		{
			name: "a stale translation is shown and marked", entry: entry{"The sea.", "바다.", true},
			want: `<p class="stale" aria-describedby="edition.stale">바다.</p>`,
		},
		{
			name: "a stale translation gives way to the source where the policy says so", entry: entry{"The sea.", "바다.", true},
			policy: review.Policy{Stale: review.Source}, want: english,
		},
		{
			name: "an article with a stale passage is withheld where the policy says so", entry: entry{"The sea.", "바다.", true},
			policy: review.Policy{Stale: review.Omit}, codes: "withheld",
		},
		{
			name: "an untranslated passage fails where the policy says so", entry: entry{"Other.", "다른.", false},
			policy: review.Policy{Untranslated: review.Fail}, want: english, codes: "policy",
		},
		{
			name: "an approved policy shows the source of what is only translated", entry: entry{"The sea.", "바다.", false},
			policy: review.Policy{Unapproved: review.Source}, want: english,
		},
		{
			name: "a translation that cannot be written is told and not shown", entry: entry{"The sea.", "바\x00다", false},
			want: english, codes: "encoding",
		},
		{name: "a translation equal to its source is one", entry: entry{"The sea.", "The sea.", false}, want: "<p>The sea.</p>"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, found := compile(t, "The sea.\n", tt.policy, tt.entry)
			if got := codes(found); got != tt.codes {
				t.Errorf("findings %q, want %q", got, tt.codes)
			}
			if tt.want == "" {
				if len(b.Chapters) != 0 {
					t.Errorf("published %s", body(b.Chapters[0]))
				}
				return
			}
			if got := strings.TrimSpace(body(b.Chapters[0])); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestFindingsOfPassagesStandInTheCatalog(t *testing.T) {
	_, found := compile(t, "One.\n\nTwo.\n", review.Policy{Stale: review.Fail}, entry{"One.", "하나.", false}, entry{"Two.", "둘.", true})
	want := diag.Pos{Path: "ko/tides.po", Line: 2, Column: 1}
	if len(found) != 1 || found[0].Pos != want || found[0].Key.Source != "Two." {
		t.Errorf("got %v, want one finding at %v", found, want)
	}
}

func TestABrokenPassageIsNeverShownAsItIs(t *testing.T) {
	a := edition.Article{Document: parse(t, "tides.md", "One.\n\nTwo.\n"), File: file("ko/tides.po", entry{"One.", "하나.", false}, entry{"Two.", "둘.", false})}
	o := options(t, nil)
	o.Findings = diag.List{
		{Pos: diag.Pos{Path: "ko/tides.po", Line: 2}, Severity: diag.Error, Key: diag.Key{Source: "Two."}},
		{Pos: diag.Pos{Path: "ko/tides.po", Line: 1}, Severity: diag.Warning, Key: diag.Key{Source: "One."}},
		{Pos: diag.Pos{Path: "ko/other.po", Line: 1}, Severity: diag.Error, Key: diag.Key{Source: "One."}},
	}
	b, found := edition.Compile([]edition.Article{a}, o)
	if got := body(b.Chapters[0]); !strings.Contains(got, "하나") || strings.Contains(got, "둘") || len(found) > 0 {
		t.Errorf("got %s, findings %v", got, found)
	}
	a.Policy.Broken = review.Fail
	if _, found := edition.Compile([]edition.Article{a}, o); codes(found) != "policy" {
		t.Errorf("got %v, want a finding", found)
	}
}

func TestAMachineDraftThatIsShownSaysSo(t *testing.T) {
	f := file("ko/tides.po", entry{"The sea.", "바다.", true})
	o := options(t, nil)
	o.Decisions.Append(review.Decision{
		Key: review.Key("", "The sea.", "바다."), Kind: "machine:memory", By: "-", Date: o.AsOf,
	})
	a := edition.Article{Document: parse(t, "tides.md", "The sea.\n\nThe land.\n"), File: f}
	b, _ := edition.Compile([]edition.Article{a}, o)
	if got := body(b.Chapters[0]); strings.Contains(got, "바다") {
		t.Errorf("shown by default: %s", got)
	}
	a.Policy.Machine = review.Show
	b, _ = edition.Compile([]edition.Article{a}, o)
	c := b.Chapters[0]
	if got := body(c); !strings.Contains(got, `<p class="machine" aria-describedby="edition.machine">바다.</p>`) {
		t.Errorf("not marked: %s", got)
	}
	if n := c.Notices(); len(n) != 2 || n[1].ID != "edition.machine" {
		t.Errorf("notices %v", n)
	}
}

func TestCountsAreOfMessagesAndTheirSourceWords(t *testing.T) {
	b, _ := compile(t, "The sea.\n\nThe *wide* land.\n\nThe sea.\n\n1234\n\nAir is thin.\n", review.Policy{},
		entry{"The *wide* land.", "*넓은* 땅.", true}, entry{"Air is thin.", "공기는 옅다.", false})
	want := edition.Counts{
		All:          edition.Tally{Messages: 3, Words: 8},
		Untranslated: edition.Tally{Messages: 1, Words: 2},
		Stale:        edition.Tally{Messages: 1, Words: 3},
		Reasons:      [edition.Broken + 1]edition.Tally{edition.Untranslated: {Messages: 1, Words: 2}},
	}
	if got := b.Counts(); got != want {
		t.Errorf("got %+v, want %+v", got, want)
	}
}

func TestNoticesTellTheReader(t *testing.T) {
	src := "The sea.\n\nThe land.\n"
	tests := []struct {
		name    string
		entries []entry
		want    []string
	}{
		{"nothing of a finished translation", []entry{{"The sea.", "바다.", false}, {"The land.", "땅.", false}}, nil},
		{"one thing where nothing is translated", nil, []string{"edition.untranslated"}},
		{"each kind apart", []entry{{"The sea.", "바다.", true}}, []string{"edition.untranslated", "edition.stale"}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, _ := compile(t, src, review.Policy{}, tt.entries...)
			var got []string
			for _, n := range b.Chapters[0].Notices() {
				got = append(got, n.ID)
				if strings.Contains(n.Text, "{{") || n.Text == "" {
					t.Errorf("text %q", n.Text)
				}
			}
			if strings.Join(got, " ") != strings.Join(tt.want, " ") {
				t.Errorf("got %v, want %v", got, tt.want)
			}
		})
	}
}

func TestTheOriginalHasNoMarksAndNoNotices(t *testing.T) {
	o := options(t, nil)
	o.Language = o.Source
	b, _ := edition.Compile([]edition.Article{{Document: parse(t, "tides.md", "The sea.\n")}}, o)
	c := b.Chapters[0]
	if got := body(c); got != "<p>The sea.</p>\n" || len(c.Notices()) > 0 || !c.Translated() {
		t.Errorf("got %s, notices %v", got, c.Notices())
	}
}

func TestTitles(t *testing.T) {
	tests := []struct {
		name, src   string
		entries     []entry
		html, plain string
		lang        string
	}{
		{"the front matter's comes first", "---\ntitle: A & B\n---\n\n# Other\n", []entry{{"A & B", "갑 & 을", false}}, "갑 &amp; 을", "갑 & 을", ""},
		{"else the first heading, without links", "Text.\n\n## The *sea* [x](https://x.example)\n", nil, "The <em>sea</em> x", "The sea x", "en"},
		{"a translated heading", "## The *sea*\n", []entry{{"The *sea*", "*바다*", false}}, "<em>바다</em>", "바다", ""},
		{"else the name of the file", "Text.\n", nil, "tides", "tides", ""},
		{"front matter is plain text", "---\ntitle: '<b>*A*</b>'\n---\n", nil, "&lt;b&gt;*A*&lt;/b&gt;", "<b>*A*</b>", "en"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			b, _ := compile(t, tt.src, review.Policy{}, tt.entries...)
			got := b.Chapters[0].Title
			if string(got.HTML) != tt.html || got.Plain != tt.plain || got.Mark.Lang != tt.lang {
				t.Errorf("got %+v", got)
			}
		})
	}
}

func TestDraftsAndRetractedArticlesAreLeftOut(t *testing.T) {
	articles := []edition.Article{
		{Document: parse(t, "a.md", "---\ndraft: true\n---\nA.\n")},
		{Document: parse(t, "b.md", "---\nretracted: true\n---\nB.\n")},
		{Document: parse(t, "c.md", "C. [A](a.md)\n")},
		{Document: parse(t, "index.md", "Home.\n")},
		{Document: parse(t, "d.md", "D.\n")},
	}
	b, found := edition.Compile(articles, options(t, nil))
	if len(b.Chapters) != 2 || b.Chapters[0].Next != b.Chapters[1] || b.Chapters[1].Previous != b.Chapters[0] || b.Chapters[0].Previous != nil {
		t.Errorf("chapters %v", b.Chapters)
	}
	if b.Home == nil || b.Home.Path != "index.md" || len(b.All()) != 3 {
		t.Errorf("home %v", b.Home)
	}
	if codes(found) != "link-withheld" || found[0].Text != "the link “a.md” leads to an article that is a draft" {
		t.Errorf("findings %v", found)
	}
	if got := body(b.Chapter("c.md")); got != "<p>C. A</p>\n" {
		t.Errorf("the link to the draft is %s", got)
	}
}

func TestAPassageWithoutWordsHoldsNothingUp(t *testing.T) {
	for _, p := range []review.Policy{{Untranslated: review.Fail}, {Untranslated: review.Omit}} {
		b, found := compile(t, "The sea.\n\n1989\n", p, entry{source: "The sea.", target: "바다."})
		if len(found) > 0 || len(b.Chapters) != 1 {
			t.Fatalf("findings %v, chapters %v", found, b.Chapters)
		}
		if got := body(b.Chapters[0]); got != "<p>바다.</p>\n<p>1989</p>\n" || b.Counts().All.Messages != 1 {
			t.Errorf("got %s, counts %+v", got, b.Counts())
		}
	}
	b, _ := compile(t, "1989\n", review.Policy{}, entry{source: "1989", target: "1989년"})
	if got := body(b.Chapters[0]); got != "<p>1989년</p>\n" {
		t.Errorf("one that is translated is shown as %s", got)
	}
}

func TestABookAsItStands(t *testing.T) {
	articles := []edition.Article{{Document: parse(t, "a.md", "A.\n")}, {Document: parse(t, "b.md", "B.\n")}}
	b, _ := edition.Compile(articles, options(t, nil))
	s := b.Standing(func(c *edition.Chapter) bool { return c.Path == "a.md" })
	if s.Chapter("a.md") == nil || s.Chapter("b.md") != nil || len(s.Chapters) != 1 {
		t.Errorf("there stands %v", s.Chapters)
	}
	if b.Chapter("b.md") == nil || len(b.Chapters) != 2 {
		t.Errorf("the book itself now has %v", b.Chapters)
	}
}

func TestOrder(t *testing.T) {
	var articles []edition.Article
	for path, src := range map[string]string{
		"z.md": "---\nweight: -1\n---\n", "b/index.md": "", "b/a.md": "", "b.md": "", "b-c.md": "", "a.md": "---\nweight: 5\n---\n",
	} {
		articles = append(articles, edition.Article{Document: parse(t, path, src)})
	}
	edition.Order(articles)
	var got []string
	for _, a := range articles {
		got = append(got, a.Document.Path)
	}
	if want := "z.md b.md b/index.md b/a.md b-c.md a.md"; strings.Join(got, " ") != want {
		t.Errorf("got %v, want %s", got, want)
	}
}

func TestSlugs(t *testing.T) {
	tests := []struct{ name, path, front, want string }{
		{"a path loses its extension", "a/b-c.md", "", "a/b-c"},
		{"the head of a folder has the folder's", "a/index.md", "", "a"},
		{"the head of all has none", "index.md", "", ""},
		{"other characters become hyphens", "v1.2/what is it?.md", "", "v1-2/what-is-it"},
		{"letters of any script stay, composed", "\u1112\u1161\u11ab\u1100\u116e\u11a8.md", "", "한국"},
		{"the front matter's wins", "a.md", "slug: other", "other"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := parse(t, tt.path, "---\n"+tt.front+"\n---\n")
			if got := edition.Slug(d); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestAddressesThatCannotBeAreRefused(t *testing.T) {
	tests := []struct{ name, first, second, code string }{
		{"one that climbs", "../../etc", "", "slug-invalid"},
		{"one with a dot in front", ".git", "", "slug-invalid"},
		{"one with a backslash", `a\b`, "", "slug-invalid"},
		{"one with an empty segment", "a//b", "", "slug-invalid"},
		{"the list of files", "Sha256sums", "", "slug-collision"},
		{"the same in other case", "Straße", "STRASSE", "slug-collision"},
		{"the same in another normal form", "\u00e9", "e\u0301", "slug-collision"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			articles := []edition.Article{{Document: parse(t, "a.md", "---\nslug: '"+tt.first+"'\n---\n")}}
			if tt.second != "" {
				articles = append(articles, edition.Article{Document: parse(t, "b.md", "---\nslug: '"+tt.second+"'\n---\n")})
			}
			b, found := edition.Compile(articles, options(t, nil))
			if codes(found) != tt.code || !found.HasErrors() || len(b.Chapters) != len(articles)-1 {
				t.Errorf("findings %v, %d chapters", found, len(b.Chapters))
			}
		})
	}
}

func TestAStaleNoticeNamesTheSectionsOfTheOriginal(t *testing.T) {
	b, _ := compile(t, "# Tides\n\nLow.\n\n## The *sea*\n\nHigh.\n\nWide.\n\n## The land\n\nDry.\n", review.Policy{},
		entry{"Low.", "낮다.", false}, entry{"The *sea*", "바다", false}, entry{"High.", "높다.", true}, entry{"Wide.", "넓다.", true}, entry{"Dry.", "마르다.", true})
	notices := b.Chapters[0].Notices()
	if len(notices) != 2 || len(notices[0].Places) != 0 {
		t.Fatalf("notices %+v, want one of what is untranslated, without places, and one of what is stale", notices)
	}
	var got []string
	for _, p := range notices[1].Places {
		got = append(got, p.ID+" "+p.Title.Plain+" "+p.Title.Mark.Lang)
	}
	if want := "the-sea The sea en, the-land The land en"; strings.Join(got, ", ") != want {
		t.Errorf("got %s, want %s", strings.Join(got, ", "), want)
	}
}
