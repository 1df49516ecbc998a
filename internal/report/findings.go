package report

import (
	"fmt"
	"strings"

	"dragoman/internal/check"
	"dragoman/internal/diag"
)

// Findings is what checks found, to be written in one of several formats.
type Findings struct {
	List    diag.List
	Rules   []check.Rule // that were applied
	Checked []string     // the catalogs, those without a finding among them
	Fixed   int          // messages
	Written []string     // files
	Version string       // of the program
}

// Counts are how many findings there are of a severity.
func (f *Findings) Counts() (errors, warnings, infos int) {
	for _, one := range f.List {
		switch one.Severity {
		case diag.Error:
			errors++
		case diag.Warning:
			warnings++
		default:
			infos++
		}
	}
	return errors, warnings, infos
}

// Text is a line a finding, with its severity before it and its code behind.
func (f *Findings) Text() string {
	var b strings.Builder
	for _, one := range f.List {
		fmt.Fprintf(&b, "%s: %s [%s]\n", one.Severity, one.Error(), one.Code)
	}
	return b.String()
}

// JSON is one object: findings, each with path, line, column, code, severity, text, hint,
// source and context of the message and, where they are known, article and articleLine;
// then errors, warnings and infos, which count them, fixed (messages) and written (files).
func (f *Findings) JSON() []byte {
	type finding struct {
		Path        string `json:"path"`
		Line        int    `json:"line"`
		Column      int    `json:"column"`
		Code        string `json:"code"`
		Severity    string `json:"severity"`
		Text        string `json:"text"`
		Hint        string `json:"hint"`
		Source      string `json:"source"`
		Context     string `json:"context,omitempty"`
		Article     string `json:"article,omitempty"`
		ArticleLine int    `json:"articleLine,omitempty"`
	}
	list := make([]finding, len(f.List))
	for i, one := range f.List {
		list[i] = finding{
			one.Pos.Path, one.Pos.Line, one.Pos.Column, one.Code, one.Severity.String(), one.Text, one.Hint,
			one.Key.Source, one.Key.Context, one.Article.Path, one.Article.Line,
		}
	}
	errors, warnings, infos := f.Counts()
	return Encode(struct {
		Findings []finding `json:"findings"`
		Errors   int       `json:"errors"`
		Warnings int       `json:"warnings"`
		Infos    int       `json:"infos"`
		Fixed    int       `json:"fixed"`
		Written  []string  `json:"written"`
	}{list, errors, warnings, infos, f.Fixed, append([]string{}, f.Written...)})
}

// GitHub is a line a finding, as GitHub's runners read annotations out of a log:
// docs.github.com, workflow commands.
func (f *Findings) GitHub() string {
	text := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A")
	property := strings.NewReplacer("%", "%25", "\r", "%0D", "\n", "%0A", ":", "%3A", ",", "%2C")
	command := map[diag.Severity]string{diag.Error: "error", diag.Warning: "warning", diag.Info: "notice"}
	var b strings.Builder
	for _, one := range f.List {
		fmt.Fprintf(&b, "::%s file=%s,line=%d,col=%d,title=%s::%s\n", command[one.Severity],
			property.Replace(diag.Printable(one.Pos.Path)), max(1, one.Pos.Line), max(1, one.Pos.Column),
			property.Replace(one.Code), text.Replace(said(one)))
	}
	return b.String()
}

// said is what is wrong and how to mend it.
func said(f diag.Finding) string {
	if f.Hint == "" {
		return diag.Printable(f.Text)
	}
	return diag.Printable(f.Text + "; " + f.Hint)
}

// SARIF is the findings in the Static Analysis Results Interchange Format 2.1.0 of
// OASIS, as code hosts take it up.
func (f *Findings) SARIF() []byte {
	var rules []rule
	for _, one := range f.Rules {
		if !one.Gate {
			rules = append(rules, rule{one.Code, one.Title, one.Hint})
		}
	}
	return sarif(f.List, rules, f.Version)
}

// uriOf is a path as a relative address: RFC 3986 leaves these characters as they are.
func uriOf(path string) string {
	var b strings.Builder
	for i := range len(path) {
		c := path[i]
		if c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.IndexByte("-._~/", c) >= 0 {
			b.WriteByte(c)
		} else {
			fmt.Fprintf(&b, "%%%02X", c)
		}
	}
	return b.String()
}
