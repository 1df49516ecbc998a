package report

import (
	"dragoman/internal/diag"
)

// rule is what a code of findings stands for.
type rule struct{ code, title, hint string }

// sarif writes findings and the rules that they come from in the Static Analysis
// Results Interchange Format 2.1.0 of OASIS.
func sarif(list diag.List, rules []rule, version string) []byte {
	type text struct {
		Text string `json:"text"`
	}
	type region struct {
		StartLine   int `json:"startLine"`
		StartColumn int `json:"startColumn,omitempty"`
	}
	type artifact struct {
		URI string `json:"uri"`
	}
	type physical struct {
		Artifact artifact `json:"artifactLocation"`
		Region   region   `json:"region"`
	}
	type location struct {
		Physical physical `json:"physicalLocation"`
	}
	type described struct {
		ID    string `json:"id"`
		Short text   `json:"shortDescription"`
		Help  text   `json:"help"`
	}
	type result struct {
		Rule      string     `json:"ruleId"`
		Level     string     `json:"level"`
		Message   text       `json:"message"`
		Locations []location `json:"locations"`
		Related   []location `json:"relatedLocations,omitempty"`
	}
	type driver struct {
		Name    string      `json:"name"`
		Version string      `json:"semanticVersion,omitempty"`
		Rules   []described `json:"rules"`
	}
	type tool struct {
		Driver driver `json:"driver"`
	}
	type run struct {
		Tool    tool     `json:"tool"`
		Columns string   `json:"columnKind"`
		Results []result `json:"results"`
	}
	at := func(p diag.Pos) []location {
		return []location{{physical{artifact{uriOf(p.Path)}, region{max(1, p.Line), p.Column}}}}
	}
	r := run{Columns: "unicodeCodePoints", Results: []result{}}
	r.Tool.Driver = driver{Name: "dragoman", Version: version, Rules: []described{}}
	for _, one := range rules {
		r.Tool.Driver.Rules = append(r.Tool.Driver.Rules, described{one.code, text{one.title}, text{one.hint}})
	}
	level := map[diag.Severity]string{diag.Error: "error", diag.Warning: "warning", diag.Info: "note"}
	for _, one := range list {
		found := result{Rule: one.Code, Level: level[one.Severity], Message: text{said(one)}, Locations: at(one.Pos)}
		if one.Article.Path != "" {
			found.Related = at(one.Article)
		}
		r.Results = append(r.Results, found)
	}
	return Encode(struct {
		Schema  string `json:"$schema"`
		Version string `json:"version"`
		Runs    []run  `json:"runs"`
	}{"https://json.schemastore.org/sarif-2.1.0.json", "2.1.0", []run{r}})
}
