package merge_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"golang.org/x/text/language"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/po"
	"dragoman/internal/markdown"
	"dragoman/internal/merge"
)

// importer is a workspace of articles, into which catalogs are taken.
type importer struct {
	t      *testing.T
	docs   []*markdown.Document
	files  []*catalog.File
	memory *catalog.File
}

// newImporter parses articles; each is its path, a newline and its text.
func newImporter(t *testing.T, articles ...string) *importer {
	i := &importer{t: t}
	for _, a := range articles {
		path, text, _ := strings.Cut(a, "\n")
		d, found := markdown.Parse(path, []byte(text), markdown.Dialect{})
		if found.HasErrors() {
			t.Fatal(found)
		}
		i.docs = append(i.docs, d)
	}
	o := merge.Options{Source: language.English, Language: language.Korean}
	i.files, _ = merge.Update(nil, i.docs, o)
	i.memory = merge.NewMemory(".memory.po", o)
	return i
}

// take takes a catalog and gives the outcomes. Then everything is written and read
// again, and taking once more must change nothing.
func (i *importer) take(catalogue string) string {
	i.t.Helper()
	outcomes := merge.Take(i.files, i.docs, i.parse("theirs.po", []byte(catalogue)), i.memory, notLent)
	before := i.text()
	for k, f := range i.files {
		i.files[k] = i.parse(f.Path, po.Format(f))
	}
	i.memory = i.parse(i.memory.Path, po.Format(i.memory))
	for _, o := range merge.Take(i.files, i.docs, i.parse("theirs.po", []byte(catalogue)), i.memory, notLent) {
		if o == merge.Taken || o == merge.TakenFuzzy || o == merge.Remembered {
			i.t.Errorf("the second time, a message is %s", o)
		}
	}
	if diff := cmp.Diff(before, i.text()); diff != "" {
		i.t.Errorf("the second time changes\n%s", diff)
	}
	return strings.Join(strings.Fields(fmt.Sprint(outcomes)), " ")
}

func (i *importer) parse(path string, src []byte) *catalog.File {
	i.t.Helper()
	f, found := po.Parse(path, src)
	if len(found) > 0 {
		i.t.Fatalf("%v in\n%s", found, src)
	}
	return f
}

// text is what the catalogs and the memory say: a line for each message.
func (i *importer) text() string {
	var b strings.Builder
	for _, f := range append(i.files, i.memory) {
		for _, m := range f.Messages {
			if !m.HasTarget() {
				continue
			}
			fmt.Fprintf(&b, "%s: %s", f.Path, m.Source)
			if m.Context != "" {
				fmt.Fprintf(&b, " (%s)", m.Context)
			}
			fmt.Fprintf(&b, " = %s", m.Target)
			if m.Fuzzy {
				fmt.Fprintf(&b, " fuzzy %s", m.Previous.Source)
			}
			for _, c := range m.Comments {
				fmt.Fprintf(&b, " # %s", c)
			}
			b.WriteString("\n")
		}
	}
	return b.String()
}

const header = "msgid \"\"\nmsgstr \"Content-Type: text/plain; charset=UTF-8\\n\"\n\n"

// message is an entry of a catalog.
func message(source, target string) string {
	quote := strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`)
	return fmt.Sprintf("msgid \"%s\"\nmsgstr \"%s\"\n\n", quote.Replace(source), quote.Replace(target))
}

func notLent(*catalog.Message) bool { return false }

func TestTake(t *testing.T) {
	for _, c := range []struct {
		name     string
		articles []string
		theirs   string
		outcomes string
		want     string
	}{
		{
			"equal text is final",
			[]string{"a.md\nThe road."},
			message("The road.", "길."),
			"[taken-over]", "a.po: The road. = 길.\n",
		},
		{
			"what is fuzzy stays fuzzy, with what it translated",
			[]string{"a.md\nThe road."},
			"#, fuzzy\n#| msgid \"A road.\"\n" + message("The road.", "길."),
			"[fuzzy]", "a.po: The road. = 길. fuzzy A road.\n",
		},
		{
			"what is not translated is passed over",
			[]string{"a.md\nThe road."},
			message("The road.", ""),
			"[untranslated]", "",
		},
		{
			"other markup of the same tree",
			[]string{"a.md\nSee _it_ [here][1].\n\n[1]: /h"},
			message("See *it* [here](/h).", "*그것*은 [여기](/h)."),
			"[taken-over]", "a.po: See _it_ [here][1]. = *그것*은 [여기][1].\n",
		},
		{
			"a text of several articles and kinds",
			[]string{"a.md\n# Road\n\n- Road", "b.md\nRoad"},
			message("Road", "길"),
			"[taken-over]", "a.po: Road = 길\na.po: Road (kind:item) = 길\nb.po: Road = 길\n",
		},
		{
			"a message of a paragraph and a list",
			[]string{"a.md\nOne:\n\n- two\n- three"},
			message("One:\n\n- two\n- three", "하나:\n\n- 둘\n- 셋"),
			"[taken-over]", "a.po: One: = 하나:\na.po: two = 둘\na.po: three = 셋\n",
		},
		{
			"a message of which half is here",
			[]string{"a.md\nOne"},
			message("One\n\nTwo", "하나\n\n둘"),
			"[to-memory]", "a.po: One = 하나\n.memory.po: Two = 둘\n",
		},
		{
			"a message whose translation has another shape",
			[]string{"a.md\nOne\n\nTwo"},
			message("One\n\nTwo", "하나 둘"),
			"[to-memory]", ".memory.po: One\n\nTwo = 하나 둘\n",
		},
		{
			"marks of headings",
			[]string{"a.md\n# The road {#road}"},
			message("# The road {#road}", "# 길 {#road}"),
			"[taken-over]", "a.po: The road = 길\n",
		},
		{
			"an image alone",
			[]string{"a.md\n![A map](map.png)"},
			message("![A map](map.png)", "![지도](map.png)"),
			"[taken-over]", "a.po: A map = 지도\n",
		},
		{
			"front matter",
			[]string{"a.md\n---\ntitle: A *b* `c`\n---\n"},
			message("A *b* `c`", "가 *나* `다`"),
			"[taken-over]", "a.po: A *b* `c` = 가 *나* `다`\n",
		},
		{
			"front matter that the other tool takes for Markdown",
			[]string{"a.md\n---\ntitle: A_b *c\n---\n"},
			message(`A\_b \*c`, `가\_나 \*다`),
			"[taken-over]", "a.po: A_b *c = 가_나 *다\n",
		},
		{
			"the text of a link that stands alone",
			[]string{"a.md\n- [Road](road.md)"},
			message("Road", "길"),
			"[taken-over]", "a.po: [Road](road.md) = [길](road.md)\n",
		},
		{
			"the whole link goes before its text",
			[]string{"a.md\n- [Road](road.md)"},
			message("Road", "길") + message("[Road](road.md)", "[도로](road.md)"),
			"[conflicting taken-over]", "a.po: [Road](road.md) = [도로](road.md) # kept: \"[길](road.md)\"\n",
		},
		{
			"pieces between tags",
			[]string{"a.md\nPress <kbd>Left</kbd> to go back."},
			message("Press ", "") + message("Press", "누르세요:") + message("Left", "왼쪽") + message(" to go back.", "(뒤로)."),
			"[untranslated taken-over taken-over taken-over]", "a.po: Press <kbd>Left</kbd> to go back. = 누르세요: <kbd>왼쪽</kbd>(뒤로).\n",
		},
		{
			"a piece is missing",
			[]string{"a.md\nPress <kbd>Left</kbd> to go back."},
			message("Left", "왼쪽"),
			"[to-memory]", ".memory.po: Left = 왼쪽\n",
		},
		{
			"what no article holds",
			[]string{"a.md\nThe road."},
			"# by the sea\n#, c-format\n" + message("The %s sea.\n", "바다."),
			"[to-memory]", ".memory.po: The %s sea.\n = 바다.\n # by the sea\n",
		},
		{
			"code that is the same in both languages",
			[]string{"a.md\nThe road."},
			message("`a`, `b`", "`a`, `b`"),
			"[already-there]", "",
		},
		{
			"an obsolete text that is here again",
			[]string{"a.md\nThe road."},
			"#~ msgid \"The road.\"\n#~ msgstr \"길.\"\n\n#~ msgid \"The sea.\"\n#~ msgstr \"바다.\"\n",
			"[taken-over to-memory]", "a.po: The road. = 길.\n.memory.po: The sea. = 바다.\n",
		},
		{
			"a final translation goes before a fuzzy one",
			[]string{"a.md\nThe road."},
			"#, fuzzy\nmsgctxt \"x\"\n" + message("The road.", "도로.") + "msgctxt \"y\"\n" + message("The road.", "길."),
			"[conflicting taken-over]", "a.po: The road. = 길. # kept: \"도로.\"\n",
		},
		{
			"the same context goes before another",
			[]string{"a.md\n<!-- dragoman:context way -->\n\nRoad"},
			message("Road", "도로") + "msgctxt \"way\"\n" + message("Road", "길"),
			"[conflicting taken-over]", "a.po: Road (way) = 길 # kept: \"도로\"\n",
		},
		{
			"a translator's comment comes along",
			[]string{"a.md\nThe road."},
			"# as in the atlas\n" + message("The road.", "길."),
			"[taken-over]", "a.po: The road. = 길. # as in the atlas\n",
		},
		{
			"plural forms",
			[]string{"a.md\nOne road"},
			"msgid \"One road\"\nmsgid_plural \"%d roads\"\nmsgstr[0] \"길 하나\"\nmsgstr[1] \"길 %d개\"\n",
			"[to-memory]", "a.po: One road = 길 하나\n.memory.po: %d roads = 길 %d개\n",
		},
		{
			"a label that no article defines needs checking",
			[]string{"a.md\nThe road."},
			message("The road.", "[길][1]."),
			"[fuzzy]", "a.po: The road. = [길][1]. fuzzy \n",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			i := newImporter(t, c.articles...)
			if got := i.take(header + c.theirs); got != c.outcomes {
				t.Errorf("outcomes %s, want %s", got, c.outcomes)
			}
			if diff := cmp.Diff(c.want, i.text()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func TestTakeKeepsOurs(t *testing.T) {
	for _, c := range []struct {
		name   string
		ours   catalog.Entry
		theirs string
		want   string
	}{
		{
			"another translation stays, and theirs is kept beside it",
			catalog.Entry{Target: "길."},
			message("The road.", "도로."),
			"[conflicting] a.po: The road. = 길. # kept: \"도로.\"\n",
		},
		{
			"a fuzzy translation stays as well",
			catalog.Entry{Target: "길.", Fuzzy: true},
			message("The road.", "도로."),
			"[conflicting] a.po: The road. = 길. fuzzy  # kept: \"도로.\"\n",
		},
		{
			"the same translation",
			catalog.Entry{Target: "길."},
			message("The road.", "길."),
			"[already-there] a.po: The road. = 길.\n",
		},
		{
			"the same translation, written in another way",
			catalog.Entry{Target: "*길*."},
			message("The road.", "_길_."),
			"[already-there] a.po: The road. = *길*.\n",
		},
		{
			"the same translation, fuzzy there",
			catalog.Entry{Target: "길."},
			"#, fuzzy\n" + message("The road.", "길."),
			"[already-there] a.po: The road. = 길.\n",
		},
		{
			"the same translation, fuzzy here and final there",
			catalog.Entry{Target: "길.", Fuzzy: true},
			message("The road.", "길."),
			"[taken-over] a.po: The road. = 길.\n",
		},
	} {
		t.Run(c.name, func(t *testing.T) {
			i := newImporter(t, "a.md\nThe road.")
			m := i.files[0].Messages[0]
			m.Target, m.Fuzzy = c.ours.Target, c.ours.Fuzzy
			if got := i.take(header+c.theirs) + " " + i.text(); got != c.want {
				t.Errorf("got %s", got)
			}
		})
	}
}

// The memory keeps every translation of a text.
func TestTakeAddsToTheMemory(t *testing.T) {
	i := newImporter(t, "a.md\nThe road.")
	for _, c := range []struct{ theirs, want string }{
		{"#, fuzzy\n" + message("The sea.", "바다."), "[to-memory] .memory.po: The sea. = 바다. fuzzy \n"},
		{message("The sea.", "바다."), "[to-memory] .memory.po: The sea. = 바다.\n"},
		{message("The sea.", "해."), "[to-memory] .memory.po: The sea. = 바다. # kept: \"해.\"\n"},
	} {
		if got := i.take(header+c.theirs) + " " + i.text(); got != c.want {
			t.Errorf("got %s, want %s", got, c.want)
		}
	}
}

func BenchmarkTake(b *testing.B) {
	var article, theirs strings.Builder
	theirs.WriteString(header)
	for n := range 2000 {
		fmt.Fprintf(&article, "Road _%d_ leads to [the sea][1] past `house %d`.\n\n", n, n)
		theirs.WriteString(message(
			fmt.Sprintf("Road *%d* leads to [the sea](/sea) past `house %d`.", n, n),
			fmt.Sprintf("*%d*번 길은 `house %d`를 지나 [바다](/sea)로 간다.", n, n)))
	}
	article.WriteString("[1]: /sea\n")
	d, _ := markdown.Parse("a.md", []byte(article.String()), markdown.Dialect{})
	from, _ := po.Parse("theirs.po", []byte(theirs.String()))
	o := merge.Options{Source: language.English, Language: language.Korean}
	files, _ := merge.Update(nil, []*markdown.Document{d}, o)
	b.ReportAllocs()
	b.SetBytes(int64(theirs.Len()))
	for b.Loop() {
		outcomes := merge.Take([]*catalog.File{files[0].Clone()}, []*markdown.Document{d}, from, merge.NewMemory("m.po", o), notLent)
		if outcomes[0] != merge.Taken {
			b.Fatal(outcomes[0])
		}
	}
}
