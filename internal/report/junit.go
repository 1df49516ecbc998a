package report

import (
	"encoding/xml"
	"strconv"

	"dragoman/internal/diag"
)

// The parts of a report of tests, as JUnit's Ant task writes it and every runner of
// tests reads it.
type (
	suite struct {
		Name     string `xml:"name,attr"`
		Tests    int    `xml:"tests,attr"`
		Failures int    `xml:"failures,attr"`
		Cases    []test `xml:"testcase"`
	}
	test struct {
		Name    string   `xml:"name,attr"`
		Class   string   `xml:"classname,attr"`
		Failure *failure `xml:"failure,omitempty"`
	}
	failure struct {
		Type    string `xml:"type,attr"`
		Message string `xml:"message,attr"`
		Text    string `xml:",chardata"`
	}
)

// junit writes suites of tests, and counts them.
func junit(name string, suites []*suite) []byte {
	total, failures := 0, 0
	for _, s := range suites {
		s.Tests = len(s.Cases)
		for _, t := range s.Cases {
			if t.Failure != nil {
				s.Failures++
			}
		}
		total, failures = total+s.Tests, failures+s.Failures
	}
	out, err := xml.MarshalIndent(struct {
		XMLName  xml.Name `xml:"testsuites"`
		Name     string   `xml:"name,attr"`
		Tests    int      `xml:"tests,attr"`
		Failures int      `xml:"failures,attr"`
		Suites   []*suite `xml:"testsuite"`
	}{Name: name, Tests: total, Failures: failures, Suites: suites}, "", "  ")
	if err != nil {
		panic(err) // strings and numbers only
	}
	return append([]byte(xml.Header), append(out, '\n')...)
}

// JUnit is the findings as results of tests: a suite a catalog, a failed test an error
// or a warning, and one that passed where there is none.
func (f *Findings) JUnit() []byte {
	byPath := map[string]*suite{}
	suites := make([]*suite, 0, len(f.Checked))
	of := func(path string) *suite {
		if byPath[path] == nil {
			byPath[path] = &suite{Name: diag.Printable(path)}
			suites = append(suites, byPath[path])
		}
		return byPath[path]
	}
	for _, path := range f.Checked {
		of(path)
	}
	for _, one := range f.List {
		if one.Severity == diag.Info {
			continue
		}
		s := of(one.Pos.Path)
		s.Cases = append(s.Cases, test{one.Code + " (line " + strconv.Itoa(one.Pos.Line) + ")", s.Name, &failure{
			one.Severity.String(), said(one), one.Error(),
		}})
	}
	for _, s := range suites {
		if len(s.Cases) == 0 {
			s.Cases = []test{{"checks", s.Name, nil}}
		}
	}
	return junit("dragoman check", suites)
}
