package xliff_test

import (
	"strings"
	"testing"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/xliff"
	"dragoman/internal/locale"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

var (
	en = parseTag("en")
	ko = parseTag("ko")
)

func parseTag(s string) locale.Tag {
	tag, err := locale.Parse(s)
	if err != nil {
		panic(err)
	}
	return tag
}

func message(source, target string, edits ...func(*catalog.Message)) *catalog.Message {
	m := &catalog.Message{Entry: catalog.Entry{Key: catalog.Key{Source: source}, Target: target}}
	for _, edit := range edits {
		edit(m)
	}
	m.SettleState()
	return m
}

func file(messages ...*catalog.Message) *catalog.File {
	return &catalog.File{Path: "a.md", Language: ko, Messages: messages}
}

var written = []struct {
	name string
	m    *catalog.Message
	want []string // lines, in both versions' order
	old  []string
}{
	{
		"words are words", message("They waited.", "그들은 기다렸다."),
		[]string{
			`<segment state="translated">`,
			`<source xml:space="preserve">They waited.</source>`,
			`<target xml:space="preserve">그들은 기다렸다.</target>`,
		},
		[]string{`<source>They waited.</source>`, `<target state="translated">그들은 기다렸다.</target>`},
	},
	{
		"markup is codes, with one id in both texts", message("See *all* of [it](u).", "[그것](u)을 *모두* 보라."),
		[]string{
			`<originalData>`, `<data id="d1">*</data>`, `<data id="d2">[</data>`, `<data id="d3">](u)</data>`, `</originalData>`,
			`<segment state="translated">`,
			`<source xml:space="preserve">See <pc id="1" type="fmt" subType="xlf:i" dataRefStart="d1" dataRefEnd="d1">all</pc> of <pc id="2" type="link" canDelete="no" dataRefStart="d2" dataRefEnd="d3">it</pc>.</source>`,
			`<target xml:space="preserve"><pc id="2" type="link" canDelete="no" dataRefStart="d2" dataRefEnd="d3">그것</pc>을 <pc id="1" type="fmt" subType="xlf:i" dataRefStart="d1" dataRefEnd="d1">모두</pc> 보라.</target>`,
		},
		[]string{
			`<source>See <bpt id="1" rid="1" ctype="italic">*</bpt>all<ept id="1" rid="1">*</ept> of <bpt id="2" rid="2" ctype="link">[</bpt>it<ept id="2" rid="2">](u)</ept>.</source>`,
			`<target state="translated"><bpt id="2" rid="2" ctype="link">[</bpt>그것<ept id="2" rid="2">](u)</ept>을 <bpt id="1" rid="1" ctype="italic">*</bpt>모두<ept id="1" rid="1">*</ept> 보라.</target>`,
		},
	},
	{
		"code and a note are protected", message("Run `a<b>`.[^1]", ""),
		[]string{
			`<data id="d1">` + "`a&lt;b&gt;`" + `</data>`, `<data id="d2">[^1]</data>`, `</originalData>`, `<segment state="initial">`,
			`<source xml:space="preserve">Run <ph id="1" type="other" subType="dragoman:code" canDelete="no" equiv="a&lt;b&gt;" dataRef="d1"/>.<ph id="2" type="other" subType="dragoman:note" canDelete="no" dataRef="d2"/></source>`,
		},
		[]string{`<source>Run <ph id="1" ctype="x-code">` + "`a&lt;b&gt;`" + `</ph>.<ph id="2" ctype="x-note">[^1]</ph></source>`},
	},
	{
		"a link to another page has the link's id", message("[it](en)", "[그것](ko)"),
		[]string{`<pc id="1" type="link" canDelete="no" dataRefStart="d1" dataRefEnd="d3">그것</pc>`},
		[]string{`<bpt id="1" rid="1" ctype="link">[</bpt>그것<ept id="1" rid="1">](ko)</ept>`},
	},
	{
		"what is stale says so, and what it was the translation of",
		message("The road is short.", "길은 멀다.", func(m *catalog.Message) { m.Fuzzy, m.Previous.Source = true, "The road is long." }),
		[]string{
			`<note category="previous-source" appliesTo="source">The road is long.</note>`,
			`<segment state="initial" subState="dragoman:needs-checking">`,
		},
		[]string{
			`<target state="needs-review-translation">길은 멀다.</target>`,
			`<alt-trans alttranstype="previous-version">`, `<source>The road is long.</source>`, `<target>길은 멀다.</target>`,
		},
	},
	{
		"context, flags and notes come along",
		message("Home", "", func(m *catalog.Message) {
			m.Context, m.Flags, m.Notes, m.Comments = "menu", []string{"base-1"}, []string{"heading 2"}, []string{"as on the sign"}
		}),
		[]string{
			`<mda:meta type="context">menu</mda:meta>`, `<mda:meta type="flag">base-1</mda:meta>`,
			`<note category="dragoman" appliesTo="source">heading 2</note>`, `<note category="translator" appliesTo="target">as on the sign</note>`,
		},
		[]string{
			`<context context-type="x-dragoman-context">menu</context>`, `<context context-type="x-dragoman-flag">base-1</context>`,
			`<note from="dragoman" annotates="source">heading 2</note>`, `<note from="translator" annotates="target">as on the sign</note>`,
		},
	},
	{
		"a character that XML has not is an element", message("a\x01b", ""),
		[]string{`<source xml:space="preserve">a<cp hex="0001"/>b</source>`},
		[]string{`<source>a<x id="cp-0001" ctype="x-dragoman-character"/>b</source>`},
	},
}

func TestFormat(t *testing.T) {
	for _, test := range written {
		t.Run(test.name, func(t *testing.T) {
			for version, want := range map[xliff.Version][]string{xliff.V21: test.want, xliff.V12: test.old} {
				out := string(xliff.Format([]*catalog.File{file(test.m)}, xliff.Options{Version: version, Source: en}))
				rest := out
				for _, line := range want {
					_, after, ok := strings.Cut(rest, line)
					if !ok {
						t.Fatalf("no line %s in order in\n%s", line, out)
					}
					rest = after
				}
			}
		})
	}
}

var plural = message("a day", "하루", func(m *catalog.Message) { m.Plural, m.Forms = "%d days", []string{"%d일", ""} })

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	var all []*catalog.Message
	for _, test := range written {
		all = append(all, test.m)
	}
	all = append(all, plural, message("gone", "", func(m *catalog.Message) { m.Obsolete = true }))
	other := file(message("Home", "집"))
	other.Path = "b/c.md"
	for _, o := range []xliff.Options{{}, {Version: xliff.V12}, {Plain: true}, {Version: xliff.V12, Plain: true}} {
		o.Source = en
		out := xliff.Format([]*catalog.File{file(all...), other}, o)
		files, found := xliff.Parse("job.xlf", out)
		if len(found) > 0 {
			t.Fatalf("%+v: %v\n%s", o, found, out)
		}
		if len(files) != 2 || files[1].Path != "b/c.md" || files[1].Language != ko {
			t.Fatalf("%+v: files %+v", o, files)
		}
		same(t, all[:len(all)-1], files[0].Messages)
	}
}

type fataler interface {
	Helper()
	Fatal(...any)
}

func same(t fataler, want, got []*catalog.Message) {
	t.Helper()
	entries := func(list []*catalog.Message) (out []catalog.Entry) {
		for _, m := range list {
			out = append(out, m.Entry)
		}
		return out
	}
	if diff := cmp.Diff(entries(want), entries(got), cmpopts.EquateEmpty()); diff != "" {
		t.Fatal(diff)
	}
}

func TestAnyTextIsReadBack(t *testing.T) {
	text := rapid.OneOf(
		rapid.StringOf(rapid.SampledFrom([]rune("a가*_`[]()<>&!\"'\\\n ~{}#^:/.\t\r\x01\u2028"))),
		rapid.StringMatching(`(\*a\* |\[b\]\(c\) |<i>d</i>|`+"`e` "+`|\[\^1\] |!\[f\]\(g "h"\) ){0,6}`),
	)
	rapid.Check(t, func(t *rapid.T) {
		f := file()
		for range rapid.IntRange(1, 3).Draw(t, "messages") {
			m := message("x"+text.Draw(t, "source"), "y"+text.Draw(t, "target"))
			m.Flags = []string{m.Fingerprint()}
			f.Add(m)
		}
		o := xliff.Options{Source: en, Version: xliff.Version(rapid.IntRange(0, 1).Draw(t, "version")), Plain: rapid.Bool().Draw(t, "plain")}
		if o.Version == xliff.V12 && strings.ContainsRune(string(xliff.Format([]*catalog.File{f}, o)), '\uFFFD') {
			return // a code of 1.2 cannot hold every character
		}
		out := xliff.Format([]*catalog.File{f}, o)
		files, found := xliff.Parse("job.xlf", out)
		if len(found) > 0 {
			t.Fatalf("%v\n%s", found, out)
		}
		same(t, f.Messages, files[0].Messages)
	})
}

// returned is what a tool makes of a unit.
var returned = []struct {
	name, from, to string
	want           string // the finding
}{
	{"a code that is gone is found", `<ph id="3" type="other" subType="dragoman:code" canDelete="no" equiv="c" dataRef="d4"/>`, "", "job.xlf:16:9: the target drops `c`; copy the code from the source"},
	{"a code typed as text is no loss", `<ph id="3" type="other" subType="dragoman:code" canDelete="no" equiv="c" dataRef="d4"/>`, "`c`", ""},
	{"a code that nobody knows is found", `<ph id="3" type="other" subType="dragoman:code" canDelete="no" equiv="c" dataRef="d4"/>`, `<ph id="9"/>`, `job.xlf:16:9: the target has the code "ph 9", which the source has not; copy codes from the source`},
	{"emphasis may go", `<pc id="1" type="fmt" subType="xlf:i" dataRefStart="d1" dataRefEnd="d1">모두</pc>`, "모두", ""},
}

func TestCodesAreCheckedBeforeATargetIsTaken(t *testing.T) {
	m := message("*all* [a](b) `c`", "*모두* [가](b) `c`", func(m *catalog.Message) { m.Notes = []string{"p"} })
	out := string(xliff.Format([]*catalog.File{file(m)}, xliff.Options{Source: en}))
	head, target, _ := strings.Cut(out, "<target")
	for _, test := range returned {
		t.Run(test.name, func(t *testing.T) {
			edited := strings.Replace(target, test.from, test.to, 1)
			if edited == target {
				t.Fatalf("no %s in %s", test.from, target)
			}
			files, found := xliff.Parse("job.xlf", []byte(head+"<target"+edited))
			got := ""
			if len(found) > 0 {
				got = found[0].Error()
				if found[0].Key != m.Key {
					t.Errorf("the finding is on %+v", found[0].Key)
				}
			}
			if got != test.want {
				t.Errorf("found %q, want %q", got, test.want)
			}
			if (files[0].Messages[0].Target == "") != (test.want != "") {
				t.Errorf("target %q", files[0].Messages[0].Target)
			}
		})
	}
}

func TestStatesOfToolsAreUnderstood(t *testing.T) {
	for _, test := range []struct {
		name, state string
		fuzzy       bool
	}{
		{"no state is that of a tool without states", ``, false},
		{"initial alone is that of a tool without states", `state="initial"`, false},
		{"what was sent out as stale still is", `state="initial" subState="dragoman:needs-rewriting"`, true},
		{"what the tool calls translated is", `state="translated" subState="dragoman:needs-rewriting"`, false},
		{"final is final", `state="final"`, false},
	} {
		t.Run(test.name, func(t *testing.T) {
			src := `<xliff version="2.0" srcLang="en" trgLang="ko"><file id="a"><unit id="1"><segment ` + test.state + `><source>A</source><target>가</target></segment></unit></file></xliff>`
			files, found := xliff.Parse("a.xlf", []byte(src))
			if len(found) > 0 || files[0].Messages[0].Fuzzy != test.fuzzy {
				t.Errorf("fuzzy %v, found %v", files[0].Messages[0].Fuzzy, found)
			}
		})
	}
}

// A tool that keeps no states leaves ours, whatever its user has written.
func TestAStateThatWasLeftSaysNothingOfANewTarget(t *testing.T) {
	stale := func(m *catalog.Message) { m.Fuzzy = true }
	for _, v := range []xliff.Version{xliff.V12, xliff.V21} {
		for _, test := range []struct {
			name, from, to string
			fuzzy          bool
		}{
			{"the same target is as stale as before", "옛말", "옛말", true},
			{"a new one is what the translator wrote", "옛말", "새말", false},
			{"a new one in another state of ours is in that", "옛말", "새말", true},
		} {
			t.Run(test.name, func(t *testing.T) {
				m := message("Word", test.from, stale)
				m.State = catalog.NeedsRewriting
				m.Flags = m.Leave(m.State)
				if strings.Contains(test.name, "another") {
					m.State = catalog.NeedsChecking
				}
				out := xliff.Format([]*catalog.File{file(m)}, xliff.Options{Version: v, Source: en})
				files, found := xliff.Parse("a.xlf", []byte(strings.ReplaceAll(string(out), test.from, test.to)))
				if len(found) > 0 || files[0].Messages[0].Target != test.to || files[0].Messages[0].Fuzzy != test.fuzzy {
					t.Errorf("%+v, found %v", files[0].Messages[0].Entry, found)
				}
			})
		}
	}
}

func TestUnitsThatAreNotToBeTranslatedDoNotComeBack(t *testing.T) {
	fixed := func(m *catalog.Message) bool { return m.Source == "A" }
	for _, v := range []xliff.Version{xliff.V12, xliff.V21} {
		out := xliff.Format([]*catalog.File{file(message("A", "가"), message("B", ""))}, xliff.Options{Version: v, Source: en, Fixed: fixed})
		files, found := xliff.Parse("a.xlf", out)
		if len(found) > 0 || len(files[0].Messages) != 1 || files[0].Messages[0].Source != "B" {
			t.Errorf("%+v, found %v", files[0].Messages, found)
		}
		if strings.Count(string(out), `translate="no"`) != 1 {
			t.Errorf("%s", out)
		}
	}
}

func TestFilesOfOtherToolsAreRead(t *testing.T) {
	for _, test := range []struct{ name, src, source, target string }{
		{
			"segments of a unit are one text", `<xliff version="2.0" srcLang="en" trgLang="ko"><file id="a"><unit id="1"><segment><source>A.</source><target>가.</target></segment><ignorable><source> </source></ignorable><segment><source>B.</source><target>나.</target></segment></unit></file></xliff>`,
			"A. B.", "가. 나.",
		},
		{
			"marks of terms are no codes", `<xliff version="2.0" srcLang="en" trgLang="ko"><file id="a"><group id="g"><unit id="1"><segment><source>A <mrk id="m1" type="term">B</mrk><sm id="m2"/></source><target>가</target></segment></unit></group></file></xliff>`,
			"A B", "가",
		},
		{
			"a pair may be split in two", `<xliff version="2.0" srcLang="en" trgLang="ko"><file id="a"><unit id="1"><originalData><data id="d">**</data></originalData><segment><source><pc id="1" dataRefStart="d" dataRefEnd="d">A</pc></source><target><sc id="1" dataRef="d"/>가<ec startRef="1" dataRef="d"/></target></segment></unit></file></xliff>`,
			"**A**", "**가**",
		},
		{
			"the header of a catalog that became XLIFF is no text", `<xliff version="1.1"><file original="x.po" source-language="en" datatype="plaintext"><body><trans-unit id="1" restype="x-gettext-domain-header"><source>Language: ko</source><target>Language: ko</target></trans-unit><trans-unit id="2"><source>A</source><target>가</target></trans-unit></body></file></xliff>`,
			"A", "가",
		},
		{
			"codes of 1.2 by id alone", `<xliff version="1.2"><file original="x" source-language="en" target-language="ko-KR" datatype="plaintext"><body><trans-unit id="1"><source>A <x id="1" equiv-text="[^1]"/> <g id="2">B</g></source><target>나 <g id="2">가</g><x id="1"/></target></trans-unit></body></file></xliff>`,
			"A [^1] B", "나 가[^1]",
		},
	} {
		t.Run(test.name, func(t *testing.T) {
			files, found := xliff.Parse("a.xlf", []byte(test.src))
			if len(found) > 0 {
				t.Fatal(found)
			}
			m := files[0].Messages[0]
			if m.Source != test.source || m.Target != test.target {
				t.Errorf("%q, %q", m.Source, m.Target)
			}
		})
	}
}

var refused = []struct{ name, src, want string }{
	{"what is not XML", "msgid \"\"", `a.xlf:1:9: not XML: the document has no element; save it again, as XML in UTF-8`},
	{"another format", "<tmx/>", `a.xlf:1:1: the file is no XLIFF but <tmx>; export it as XLIFF 1.2 or 2.1`},
	{"entities", "<!DOCTYPE x [<!ENTITY a \"b\">]><xliff/>", `a.xlf:1:1: the document defines entities; take the <!ENTITY …> out: they can stand for anything`},
	{"a file without files", "<xliff version=\"2.0\"/>", `a.xlf:1:1: the file has no <file> in it; export it again`},
	{"an unknown language", "<xliff version=\"2.0\" trgLang=\"korean\"><file/></xliff>", `a.xlf:1:1: "korean" is no language tag; write "ko"`},
	{"elements within each other", strings.Repeat("<xliff>", 300), `a.xlf:1:1793: more than 256 elements within each other; nobody writes such a file: it is damaged or meant to do harm`},
	{"other bytes", "<xliff>\xff</xliff>", `a.xlf:1:1: the file is not UTF-8; save it again as XML in UTF-8`},
}

func TestWhatIsRefused(t *testing.T) {
	for _, test := range refused {
		t.Run(test.name, func(t *testing.T) {
			_, found := xliff.Parse("a.xlf", []byte(test.src))
			if len(found) != 1 || found[0].Error() != test.want {
				t.Errorf("found %v, want %s", found, test.want)
			}
		})
	}
}

func TestWhatIsSentOutNamesNobody(t *testing.T) {
	f := file(message("A", ""))
	f.Header.Fields = []catalog.Field{{Name: "Last-Translator", Value: "Canary <canary@example.org>"}, {Name: "Language-Team", Value: "canary"}}
	for _, v := range []xliff.Version{xliff.V12, xliff.V21} {
		if out := strings.ToLower(string(xliff.Format([]*catalog.File{f}, xliff.Options{Version: v, Source: en}))); strings.Contains(out, "canary") {
			t.Error(out)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, test := range refused {
		f.Add([]byte(test.src))
	}
	for _, test := range written {
		for _, v := range []xliff.Version{xliff.V12, xliff.V21} {
			f.Add(xliff.Format([]*catalog.File{file(test.m, plural)}, xliff.Options{Version: v, Source: en}))
		}
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		files, found := xliff.Parse("a.xlf", src)
		if found.HasErrors() || len(files) == 0 {
			return
		}
		out := xliff.Format(files[:1], xliff.Options{Source: en})
		back, found := xliff.Parse("a.xlf", out)
		for _, x := range found {
			if x.Code == "xml" || x.Code == "xliff" {
				t.Fatalf("%v\n%s", x, out)
			}
		}
		if len(back) != 1 || len(back[0].Messages) != len(files[0].Messages) {
			t.Fatalf("%d messages became %d\n%s", len(files[0].Messages), len(back[0].Messages), out)
		}
	})
}
