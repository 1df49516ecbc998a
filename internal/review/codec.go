package review

import (
	"bytes"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"dragoman/internal/diag"
)

const (
	day    = "2006-01-02"
	fields = 5
)

var (
	escapes   = strings.NewReplacer(`\`, `\\`, "\t", `\t`, "\n", `\n`, "\r", `\r`)
	conflicts = []string{"<<<<<<< ", "||||||| ", ">>>>>>> "}
)

// Parse reads a list of decisions. A line with a finding of severity Error does
// not count, and is kept like every other.
func Parse(path string, src []byte) (*Decisions, diag.List) {
	r := reader{d: &Decisions{raw: src, crlf: bytes.Contains(src, []byte("\r\n"))}, places: diag.NewLines(path, src)}
	at := 0
	if bytes.HasPrefix(src, []byte("\ufeff")) {
		at = len("\ufeff")
	}
	for at < len(src) {
		line, end := src[at:], len(src)
		if n := bytes.IndexByte(line, '\n'); n >= 0 {
			line, end = line[:n], at+n+1
		}
		r.line(at, string(bytes.TrimSuffix(line, []byte("\r"))))
		at = end
	}
	return r.d, r.found
}

// Pruned is the list without the decisions on keys that are not kept, and how many
// it had. What cannot be read stays.
func (d *Decisions) Pruned(keeps func(key string) bool) ([]byte, int) {
	var kept []byte
	dropped := 0
	for line := range bytes.Lines(d.Format()) {
		key, _, ok := bytes.Cut(bytes.TrimPrefix(line, []byte("\ufeff")), []byte("\t"))
		if ok && isKey(string(key)) && !keeps(string(key)) {
			dropped++
			continue
		}
		kept = append(kept, line...)
	}
	return kept, dropped
}

type reader struct {
	d      *Decisions
	places *diag.Lines
	found  diag.List
}

func (r *reader) find(at int, severity diag.Severity, code, text, hint string) {
	r.found = append(r.found, diag.Finding{
		Pos: r.places.At(at), Code: code, Severity: severity, Text: text, Hint: hint,
	})
}

func (r *reader) line(at int, line string) {
	if line == "" {
		return
	}
	if isConflict(line) {
		r.find(at, diag.Error, "conflict-marker", "a merge conflict is left here", "keep the lines of both sides and delete the marker")
		return
	}
	if !utf8.ValidString(line) {
		r.find(at+validPrefix(line), diag.Error, "encoding", "this is not UTF-8", "save the file as UTF-8")
		return
	}
	parts := strings.Split(line, "\t")
	switch {
	case len(parts) == fields-1:
		// Editors strip white space at the ends of lines: the note was empty.
		r.find(at, diag.Warning, "field-count", "the tab before the empty note is missing", "end the line in a tab")
		parts = append(parts, "")
	case len(parts) != fields:
		r.find(at, diag.Error, "field-count", fmt.Sprintf("the line has %s, a decision has %d", plural(len(parts), "field"), fields),
			"write key, kind, name, date and note with a tab between them")
		return
	}
	if decision, ok := r.decision(at, parts); ok {
		r.d.add(decision, line)
	}
}

// decision reads the fields of a line that begins at the offset.
func (r *reader) decision(at int, parts []string) (Decision, bool) {
	starts := make([]int, fields)
	for i, p := range parts[:fields-1] {
		starts[i+1] = starts[i] + len(p) + 1
	}
	ok := true
	if !isKey(parts[0]) {
		r.find(at, diag.Error, "bad-key", fmt.Sprintf("%q is no key", parts[0]), "a key is 32 hex digits in lower case, as dragoman writes it")
		ok = false
	}
	if !knownKind(parts[1]) {
		r.find(at+starts[1], diag.Warning, "unknown-kind", fmt.Sprintf("no kind of decision is called %q", parts[1]),
			"use approved, minor, or a name after stale:, check:, machine:, waived: or revoked:")
	}
	date, err := time.Parse(day, parts[3])
	if err != nil {
		r.find(at+starts[3], diag.Error, "bad-date", fmt.Sprintf("%q is no date", parts[3]), "write year-month-day, as 2026-11-20")
		ok = false
	}
	for i, p := range parts {
		text, bad := unescape(p)
		if bad >= 0 {
			r.find(at+starts[i]+bad, diag.Warning, "bad-escape", "a backslash begins nothing known", `write \\ for a backslash`)
		}
		parts[i] = text
	}
	return Decision{Key: parts[0], Kind: parts[1], By: parts[2], Date: date, Note: parts[4]}, ok
}

func isConflict(line string) bool {
	return line == "=======" || slices.ContainsFunc(conflicts, func(c string) bool {
		return strings.HasPrefix(line, c) || line == strings.TrimSpace(c)
	})
}

func isKey(s string) bool {
	return len(s) == keyDigits && strings.Trim(s, "0123456789abcdef") == ""
}

func knownKind(kind string) bool {
	kind = strings.TrimPrefix(kind, RevokePrefix)
	if kind == ApprovedKind || kind == MinorKind {
		return true
	}
	prefix, name, _ := strings.Cut(kind, ":")
	return name != "" && slices.Contains([]string{StalePrefix, CheckPrefix, DraftPrefix, WaivedPrefix, PivotPrefix}, prefix+":")
}

func validPrefix(s string) int {
	for i, r := range s {
		if _, size := utf8.DecodeRuneInString(s[i:]); r == utf8.RuneError && size == 1 {
			return i
		}
	}
	return len(s)
}

// unescape also answers where the first backslash is that begins no escape, -1
// if there is none. Such a backslash stands for itself.
func unescape(s string) (text string, bad int) {
	bad = -1
	if !strings.Contains(s, `\`) {
		return s, bad
	}
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		if s[i] != '\\' {
			b.WriteByte(s[i])
			continue
		}
		n := -1
		if i+1 < len(s) {
			n = strings.IndexByte(`\tnr`, s[i+1])
		}
		if n < 0 {
			if bad < 0 {
				bad = i
			}
			b.WriteByte('\\')
			continue
		}
		b.WriteByte("\\\t\n\r"[n])
		i++
	}
	return b.String(), bad
}

func formatLine(d Decision) string {
	return strings.Join([]string{
		escapes.Replace(d.Key), escapes.Replace(d.Kind), escapes.Replace(d.By), d.Date.Format(day), escapes.Replace(d.Note),
	}, "\t")
}

// Format writes the list: what was read byte for byte, then what was added.
func (d *Decisions) Format() []byte {
	if d == nil {
		return nil
	}
	end := "\n"
	if d.crlf {
		end = "\r\n"
	}
	raw := d.raw
	if d.base != nil {
		raw = d.base.Format()
	}
	var b bytes.Buffer
	b.Write(raw)
	if n := len(raw); len(d.added) > 0 && n > 0 && raw[n-1] != '\n' {
		b.WriteString(end)
	}
	for _, line := range d.added {
		b.WriteString(line)
		b.WriteString(end)
	}
	return b.Bytes()
}

func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
