package report_test

import (
	"encoding/json"
	"encoding/xml"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dragoman/internal/check"
	"dragoman/internal/diag"
	"dragoman/internal/report"
)

var found = report.Findings{
	Checked: []string{"a b/x.po", "y.po"}, Rules: check.Rules(),
	List: diag.List{
		{
			Pos: diag.Pos{Path: "a b/x.po", Line: 3, Column: 9}, Code: "markup", Text: "100% of \"<b>\"\x1b", Hint: "mend it",
			Key: diag.Key{Source: "A"}, Article: diag.Pos{Path: "content/길.md", Line: 7, Column: 1},
		},
		{Pos: diag.Pos{Path: "y.po"}, Code: "unchanged", Severity: diag.Warning, Text: "w"},
		{Pos: diag.Pos{Path: "y.po", Line: 2, Column: 1}, Code: "hanja", Severity: diag.Info, Text: "i"},
	},
}

func TestFindingsAsAnnotationsEscapeWhatACommandWouldRead(t *testing.T) {
	want := "::error file=a b/x.po,line=3,col=9,title=markup::100%25 of \"<b>\"\\x1b; mend it\n" +
		"::warning file=y.po,line=1,col=1,title=unchanged::w\n" +
		"::notice file=y.po,line=2,col=1,title=hanja::i\n"
	if diff := cmp.Diff(want, found.GitHub()); diff != "" {
		t.Error(diff)
	}
}

func TestFindingsAsTextNameTheirCodes(t *testing.T) {
	want := "error: a b/x.po:3:9: 100% of \"<b>\"\\x1b; mend it [markup]\nwarning: y.po: w [unchanged]\ninfo: y.po:2:1: i [hanja]\n"
	if diff := cmp.Diff(want, found.Text()); diff != "" {
		t.Error(diff)
	}
}

func TestFindingsAsSARIFNameRulesAndBothPlaces(t *testing.T) {
	var log struct {
		Runs []struct {
			Tool struct {
				Driver struct{ Rules []struct{ ID string } }
			}
			Results []struct {
				RuleID, Level    string
				Locations        []place
				RelatedLocations []place
			}
		}
	}
	if err := json.Unmarshal(found.SARIF(), &log); err != nil {
		t.Fatal(err)
	}
	results := log.Runs[0].Results
	if len(results) != 3 || results[0].RuleID != "markup" || results[1].Level != "warning" || results[2].Level != "note" {
		t.Errorf("got %+v", results)
	}
	if got := results[0].Locations[0].PhysicalLocation; got.ArtifactLocation.URI != "a%20b/x.po" || got.Region.StartLine != 3 {
		t.Errorf("the catalog: got %+v", got)
	}
	if got := results[0].RelatedLocations[0].PhysicalLocation; got.ArtifactLocation.URI != "content/%EA%B8%B8.md" || got.Region.StartLine != 7 {
		t.Errorf("the article: got %+v", got)
	}
	if got := results[1].Locations[0].PhysicalLocation.Region.StartLine; got != 1 {
		t.Errorf("a finding on a whole file is in line %d", got)
	}
	if len(log.Runs[0].Tool.Driver.Rules) == 0 {
		t.Error("no rules")
	}
}

type place struct {
	PhysicalLocation struct {
		ArtifactLocation struct{ URI string }
		Region           struct{ StartLine int }
	}
}

func TestFindingsAsTestsPassWhereThereIsNone(t *testing.T) {
	clean := report.Findings{Checked: []string{"y.po"}}
	if got := string(clean.JUnit()); !strings.Contains(got, `tests="1" failures="0"`) {
		t.Errorf("got %s", got)
	}
	var suites struct {
		Tests    int `xml:"tests,attr"`
		Failures int `xml:"failures,attr"`
	}
	if err := xml.Unmarshal(found.JUnit(), &suites); err != nil || suites.Tests != 2 || suites.Failures != 2 {
		t.Errorf("got %+v, %v: an Info is no failure", suites, err)
	}
}

func TestFindingsAsJSONCountThem(t *testing.T) {
	var got struct{ Errors, Warnings, Infos int }
	if err := json.Unmarshal(found.JSON(), &got); err != nil || got.Errors != 1 || got.Warnings != 1 || got.Infos != 1 {
		t.Errorf("got %+v, %v", got, err)
	}
}
