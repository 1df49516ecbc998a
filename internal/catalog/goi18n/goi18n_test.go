package goi18n_test

import (
	"encoding/json"
	"strings"
	"testing"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/goi18n"
	"dragoman/internal/words"

	"github.com/BurntSushi/toml"
	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/nicksnyder/go-i18n/v2/i18n"
	"go.yaml.in/yaml/v3"
	"golang.org/x/text/language"
	"pgregory.net/rapid"
)

func message(source, target string, notes ...string) *catalog.Message {
	m := &catalog.Message{Entry: catalog.Entry{Key: catalog.Key{Source: source}, Target: target, Notes: notes}}
	m.SettleState()
	return m
}

func TestFormat(t *testing.T) {
	stale := message("Stale", "옛")
	stale.Fuzzy, stale.State = true, catalog.NeedsChecking
	files := []*catalog.File{{Messages: []*catalog.Message{message("Roads", "길", "heading 1", "short"), message("New", ""), stale}}}
	id := catalog.ID(catalog.Key{Source: "Roads"})
	want := "[" + id + "]\ndescription = \"base-d72c843458543667\"\nhash = \"sha1-a3dbe94fc77e7b6b8803a995296bfc5ace676b74\"\nother = \"길\"\n"
	if got := string(goi18n.Format(files, goi18n.TOML)); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	sources := string(goi18n.FormatSource(files, goi18n.TOML))
	if !strings.Contains(sources, "description = \"heading 1 · short\"\nother = \"Roads\"\n") || !strings.Contains(sources, "other = \"New\"") || !strings.Contains(sources, "other = \"Stale\"") {
		t.Error(sources)
	}
}

var notations = []struct {
	name  string
	n     goi18n.Notation
	parse i18n.UnmarshalFunc
}{{"toml", goi18n.TOML, toml.Unmarshal}, {"json", goi18n.JSON, json.Unmarshal}, {"yaml", goi18n.YAML, yaml.Unmarshal}}

// Whatever a text has in it, go-i18n shows it as it is, and it comes back.
func TestGoI18nShowsWhatIsWritten(t *testing.T) {
	text := rapid.StringOf(rapid.SampledFrom([]rune("a{}.\"'\\\n\t<&길: #-=\u2028🦀")))
	for _, notation := range notations {
		t.Run(notation.name, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				m := message("x"+text.Draw(t, "source"), "x"+text.Draw(t, "target"))
				out := goi18n.Format([]*catalog.File{{Messages: []*catalog.Message{m}}}, notation.n)
				bundle := i18n.NewBundle(language.English)
				bundle.RegisterUnmarshalFunc(notation.name, notation.parse)
				if _, err := bundle.ParseMessageFileBytes(out, "a.ko."+notation.name); err != nil {
					t.Fatal(err, string(out))
				}
				id := catalog.ID(m.Key)
				shown, err := i18n.NewLocalizer(bundle, "ko").Localize(&i18n.LocalizeConfig{MessageID: id})
				if err != nil || shown != m.Target {
					t.Fatalf("%q is shown as %q: %v", m.Target, shown, err)
				}
				targets, found := goi18n.Parse("a.ko."+notation.name, out)
				if len(found) > 0 || len(targets) != 1 || targets[0].ID != id || targets[0].Text != m.Target || !targets[0].Sent {
					t.Fatal(targets, found)
				}
			})
		})
	}
}

var faulty = []struct{ name, file, src, want string }{
	{"what is no TOML", "a.ko.toml", "[a]\nother = x", `a.ko.toml:2:9: no message file: expected value but found "x" instead; a message file has ids with texts`},
	{"what is no JSON", "a.ko.json", "{\n\"a\" 1}", `a.ko.json:2:5: no message file: invalid character '1' after object key; a message file has ids with texts`},
	{"tables in tables", "a.ko.toml", "a = " + strings.Repeat("{a = ", 9), "a.ko.toml:1:30: this is nested deeper than a message is; a message file has ids with texts"},
	{"a number", "a.ko.yaml", "b: \"나\"\na: 1\n", `a.ko.yaml:2:1: "a" is not a text; write other = "…" below it`},
	{"other bytes", "a.ko.yaml", "a: \xff", `a.ko.yaml: no message file: the file is not UTF-8; a message file has ids with texts`},
}

func TestParseFindsWhatIsWrong(t *testing.T) {
	for _, test := range faulty {
		t.Run(test.name, func(t *testing.T) {
			_, found := goi18n.Parse(test.file, []byte(test.src))
			if len(found) != 1 {
				t.Fatal(found)
			}
			if diff := cmp.Diff(test.want, found[0].Error()); diff != "" {
				t.Error(diff)
			}
		})
	}
}

func FuzzParse(f *testing.F) {
	for _, test := range faulty {
		f.Add(test.file, []byte(test.src))
	}
	f.Add("ko.json", []byte(`{"a": "가", "b": {"other": "나", "hash": "x"}}`))
	f.Fuzz(func(t *testing.T, name string, src []byte) {
		targets, found := goi18n.Parse(name, src)
		for _, target := range targets {
			if target.Text == "" || found.HasErrors() {
				t.Fatalf("%+v, %v", target, found)
			}
		}
	})
}

func TestATargetSaysWhatItWasWhenItLeft(t *testing.T) {
	sent := message("Roads", "길")
	for _, notation := range notations {
		out := goi18n.Format([]*catalog.File{{Messages: []*catalog.Message{sent}}}, notation.n)
		out = []byte(strings.Replace(string(out), "길", "도로", 1))
		targets, found := goi18n.Parse("a.ko."+notation.name, out)
		if len(found) > 0 || len(targets) != 1 || targets[0].Text != "도로" || targets[0].Base != sent.Fingerprint() {
			t.Errorf("%s: %+v, %v", notation.name, targets, found)
		}
	}
	targets, _ := goi18n.Parse("a.ko.toml", []byte("[a]\ndescription = \"base-camp\"\nother = \"b\""))
	if len(targets) != 1 || targets[0].Base != "" {
		t.Errorf("a description is taken for what it was: %+v", targets)
	}
}

func TestWordsComeBackInEveryNotation(t *testing.T) {
	text := rapid.StringOf(rapid.SampledFrom([]rune("a{}.\"'\\\n\t<&길: #-=\u2028🦀")))
	rapid.Check(t, func(t *rapid.T) {
		sent := words.Message{ID: "a", Hash: "sha1-0", Forms: map[string]string{}}
		for _, form := range words.Forms() {
			if said := "x" + text.Draw(t, form); rapid.Bool().Draw(t, "has") {
				sent.Forms[form] = said
			}
		}
		notation := rapid.SampledFrom(notations).Draw(t, "notation")
		back, found := goi18n.ParseWords("ko."+notation.name, goi18n.FormatWords([]words.Message{sent}, notation.n))
		if len(sent.Forms) == 0 {
			return
		}
		want := []goi18n.WordsTarget{{Message: sent, Base: goi18n.WordsFingerprint(sent.Forms)}}
		if diff := cmp.Diff(want, back, cmpopts.IgnoreFields(goi18n.WordsTarget{}, "Pos")); diff != "" || len(found) > 0 {
			t.Fatal(diff, found)
		}
	})
}
