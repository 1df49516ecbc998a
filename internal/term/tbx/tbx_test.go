package tbx_test

import (
	"slices"
	"strings"
	"testing"

	"dragoman/internal/locale"
	"dragoman/internal/term"
	"dragoman/internal/term/tbx"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

var (
	en = locale.Tag(tag("en"))
	ko = locale.Tag(tag("ko"))
)

func tag(s string) locale.Tag {
	t, err := locale.Parse(s)
	if err != nil {
		panic(err)
	}
	return t
}

const entry = `<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"><text><body><conceptEntry id="1">`

var read = []struct {
	name, src string
	want      []term.Term
}{
	{
		"a preferred term comes first, a deprecated one is forbidden",
		entry + `<langSec xml:lang="en"><termSec><term>refugee</term></termSec></langSec><langSec xml:lang="ko">` +
			`<termSec><term>탈북자</term><termNote type="administrativeStatus">deprecatedTerm-admn-sts</termNote></termSec>` +
			`<termSec><term>피난민</term></termSec>` +
			`<termSec><term>난민</term><termNoteGrp><termNote type="administrativeStatus">preferredTerm-admn-sts</termNote></termNoteGrp></termSec>` +
			`</langSec></conceptEntry></body></text></tbx>`,
		[]term.Term{{Text: "refugee", Forms: map[locale.Tag][]string{ko: {"난민", "피난민"}}, Forbidden: map[locale.Tag][]string{ko: {"탈북자"}}}},
	},
	{
		"data categories may be elements",
		`<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2" xmlns:min="x" xmlns:basic="y"><text><body><conceptEntry id="1"><basic:definition>D</basic:definition>` +
			`<langSec xml:lang="en"><termSec><term>a</term></termSec></langSec><langSec xml:lang="ko"><termSec><term>나</term><min:administrativeStatus>supersededTerm-admn-sts</min:administrativeStatus></termSec></langSec></conceptEntry></body></text></tbx>`,
		[]term.Term{{Text: "a", Note: "D", Forbidden: map[locale.Tag][]string{ko: {"나"}}}},
	},
	{
		"synonyms of the source are terms of their own",
		`<martif type="TBX"><text><body><termEntry><admin type="source">UDHR 14</admin><langSet xml:lang="en-GB"><tig><term>lorry</term></tig><tig><term>truck</term></tig></langSet>` +
			`<langSet xml:lang="ko"><ntig><termGrp><term>트럭</term></termGrp></ntig></langSet></termEntry></body></text></martif>`,
		[]term.Term{
			{Text: "lorry", Source: "UDHR 14", Forms: map[locale.Tag][]string{ko: {"트럭"}}},
			{Text: "truck", Source: "UDHR 14", Forms: map[locale.Tag][]string{ko: {"트럭"}}},
		},
	},
}

func TestParse(t *testing.T) {
	for _, test := range read {
		t.Run(test.name, func(t *testing.T) {
			g, found := tbx.Parse("a.tbx", []byte(test.src), en)
			if len(found) > 0 {
				t.Fatal(found)
			}
			if diff := cmp.Diff(test.want, g.Terms, same); diff != "" {
				t.Error(diff)
			}
		})
	}
}

var editions = []tbx.Edition{tbx.Of2008, tbx.Of2019}

var same = cmp.Options{cmpopts.EquateEmpty(), cmpopts.IgnoreUnexported(term.Term{}), cmpopts.IgnoreFields(term.Term{}, "Pos")}

var faulty = []struct{ name, src, want string }{
	{"what is not XML", "term,ko", `a.tbx:1:8: not XML: the document has no element; save it again, as XML in UTF-8`},
	{"another format", "<tmx/>", `a.tbx:1:1: the file is no glossary in TBX; export it again as TBX-Basic`},
	{"entities", "<!DOCTYPE tbx [<!ENTITY a \"b\">]><tbx/>", `a.tbx:1:1: the document defines entities; take the <!ENTITY …> out: they can stand for anything`},
	{"elements within each other", strings.Repeat("<tbx>", 300), `a.tbx:1:1281: more than 256 elements within each other; nobody writes such a file: it is damaged or meant to do harm`},
	{"a language that is none", entry + `<langSec xml:lang="en"><termSec><term>a</term></termSec></langSec><langSec xml:lang="korean"/></conceptEntry></body></text></tbx>`, `a.tbx:1:183: "korean" is no language tag; write "ko"`},
	{"a concept without a word of the source", entry + `<langSec xml:lang="ko"><termSec><term>가</term></termSec></langSec></conceptEntry></body></text></tbx>`, `a.tbx:1:96: the concept has no term in en; add the word that the articles use`},
}

func TestParseFindsWhatIsWrong(t *testing.T) {
	for _, test := range faulty {
		t.Run(test.name, func(t *testing.T) {
			_, found := tbx.Parse("a.tbx", []byte(test.src), en)
			if len(found) != 1 || found[0].Error() != test.want {
				t.Errorf("found %v, want %s", found, test.want)
			}
		})
	}
}

func TestNamesThatMustNeverAppearStay(t *testing.T) {
	forms := map[locale.Tag][]string{ko: {"까치"}}
	g := term.New([]locale.Tag{ko}, []term.Term{{Text: "Canary", Safety: "yes", Forms: forms}, {Text: "bird", Forms: map[locale.Tag][]string{ko: {"새"}}}})
	for _, e := range editions {
		out := string(tbx.Format(g, en, e))
		if strings.Contains(out, "Canary") || strings.Contains(out, "까치") || !strings.Contains(out, "bird") {
			t.Error(out)
		}
	}
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	word := rapid.StringOfN(rapid.SampledFrom([]rune("ab<&>\"'가 é")), 1, 6, -1)
	text := rapid.Custom(func(t *rapid.T) string { return "x" + strings.Join(strings.Fields(word.Draw(t, "word")), " ") })
	rapid.Check(t, func(t *rapid.T) {
		var terms []term.Term
		for range rapid.IntRange(1, 4).Draw(t, "terms") {
			right := rapid.SliceOfNDistinct(text, 0, 3, rapid.ID[string]).Draw(t, "forms")
			wrong := rapid.SliceOfNDistinct(text, 0, 2, rapid.ID[string]).Draw(t, "forbidden")
			if len(right)+len(wrong) == 0 {
				right = []string{"x"}
			}
			terms = append(terms, term.Term{
				Text: text.Draw(t, "text"), Note: text.Draw(t, "note"), Source: text.Draw(t, "source"),
				Forms: map[locale.Tag][]string{ko: right}, Forbidden: map[locale.Tag][]string{ko: wrong},
			})
		}
		g, found := tbx.Parse("a.tbx", tbx.Format(term.New([]locale.Tag{ko}, terms), en, rapid.SampledFrom(editions).Draw(t, "edition")), en)
		if len(found) > 0 {
			t.Fatal(found)
		}
		for _, list := range [][]term.Term{terms, g.Terms} {
			for i := range list {
				for _, m := range []map[locale.Tag][]string{list[i].Forms, list[i].Forbidden} {
					if len(m[ko]) == 0 {
						delete(m, ko)
					}
				}
			}
		}
		if diff := cmp.Diff(terms, g.Terms, same); diff != "" {
			t.Fatal(diff)
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, test := range read {
		f.Add([]byte(test.src))
	}
	for _, test := range faulty {
		f.Add([]byte(test.src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		g, found := tbx.Parse("a.tbx", src, en)
		if found.HasErrors() {
			return
		}
		written := slices.DeleteFunc(slices.Clone(g.Terms), func(at term.Term) bool { return !tbx.Leaves(&at) })
		for _, e := range editions {
			back, found := tbx.Parse("a.tbx", tbx.Format(g, en, e), en)
			if found.HasErrors() || len(back.Terms) != len(written) {
				t.Fatalf("%d terms became %d: %v", len(written), len(back.Terms), found)
			}
		}
	})
}
