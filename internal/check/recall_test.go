package check_test

import (
	"slices"
	"strings"
	"testing"

	"dragoman/internal/catalog"
	"dragoman/internal/check"
	"dragoman/internal/diag"
	"dragoman/internal/review"
)

// defect is a translation with something wrong in it, or, in traps, with nothing.
type defect struct {
	lang           string
	kind           string // of the segment; empty: a paragraph
	source, target string
	quoted         string // by the finding; empty: any
}

// ko is a defect of a Korean paragraph.
func ko(source, target, quoted string) defect { return defect{"ko", "", source, target, quoted} }

// hans and hant are defects of Chinese paragraphs, ja of a Japanese one, de of a German one.
func hans(source, target, quoted string) defect {
	return defect{"zh-Hans", "", source, target, quoted}
}

func hant(source, target, quoted string) defect {
	return defect{"zh-Hant", "", source, target, quoted}
}

func ja(source, target, quoted string) defect { return defect{"ja", "", source, target, quoted} }

func de(source, target, quoted string) defect { return defect{"de", "", source, target, quoted} }

// findings are those of one rule in the message.
func (d defect) findings(t *testing.T, code string) diag.List {
	t.Helper()
	f := &catalog.File{Path: "x.po"}
	key := catalog.Key{Source: d.source}
	if d.kind != "" {
		key.Context = catalog.KindContext(d.kind)
	}
	f.Add(&catalog.Message{Entry: catalog.Entry{Key: key, Target: d.target}})
	review.Apply(f, nil)
	return only(check.Input{File: f, Source: tag(t, "en"), Language: tag(t, d.lang)}, code)
}

// testRecall asks for one finding in each defect, at what is quoted, and for ten defects
// of a code at the least.
func testRecall(t *testing.T, defects map[string][]defect) {
	t.Helper()
	for code, list := range defects {
		t.Run(code, func(t *testing.T) {
			if len(list) < 10 {
				t.Errorf("%d defects, want 10", len(list))
			}
			for _, d := range list {
				found := d.findings(t, code)
				if len(found) == 0 {
					t.Errorf("%q for %q: nothing found", d.target, d.source)
					continue
				}
				quotes := func(f diag.Finding) bool { return strings.HasSuffix(f.Text, `: "`+d.quoted+`"`) }
				if d.quoted != "" && !slices.ContainsFunc(found, quotes) {
					t.Errorf("%q: got %v, want one to quote %q", d.target, found, d.quoted)
				}
			}
		})
	}
}

// elsewhere are the rules whose defects, ten at the least as well, need more than one
// message, or more than a catalog; and where they are.
var elsewhere = map[string]func(*testing.T){
	"duplicate":      TestEachSecondMessageWithOneKeyIsFound,
	"hanja":          TestHanjaStandsBehindItsReadingFirst,
	"inconsistent":   TestInconsistentIsWhatFewTranslateSo,
	"register":       TestAnArticleSpeaksInOneManner,
	"reused":         TestReusedIsOneTranslationOfTwoLongSources,
	"term":           TestTermsAreTranslatedByTheGlossary,
	"term-forbidden": TestANameThatMustNeverAppearIsAnError,
	"too-long":       TestTooLongIsWhatTheAuthorDoesNotAllow,
}

func TestEveryRuleHasItsDefects(t *testing.T) {
	for _, r := range check.Rules() {
		somewhere := len(proseDefects[r.Code]) > 0 || len(structureDefects[r.Code]) > 0 || elsewhere[r.Code] != nil
		if somewhere == r.Gate { // gates give no findings
			t.Errorf("%s: a gate %v, defects %v", r.Code, r.Gate, somewhere)
		}
	}
}

// testTraps asks for no finding.
func testTraps(t *testing.T, traps map[string][]defect) {
	t.Helper()
	for code, list := range traps {
		t.Run(code, func(t *testing.T) {
			for _, d := range list {
				if found := d.findings(t, code); len(found) > 0 {
					t.Errorf("%q for %q: %v", d.target, d.source, found)
				}
			}
		})
	}
}
