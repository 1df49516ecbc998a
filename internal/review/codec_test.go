package review_test

import (
	"bytes"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dragoman/internal/review"
)

var parses = []struct {
	name string
	src  string
	want []string // findings
}{
	{"an empty list", "", nil},
	{"every kind", line(k1, "approved", "magpie", "2026-11-20", "") + line(k1, "stale:prose", "-", "2026-11-20", "3 words") +
		line(k1, "check:split", "-", "2026-11-20", "") + line(k1, "machine:deepl", "-", "2026-11-20", "match 82") +
		line(k1, "minor", "desk", "2026-11-20", "") + line(k1, "waived:end-punctuation", "magpie", "2026-11-20", "a slogan") +
		line(k1, "revoked:waived:end-punctuation", "magpie", "2026-11-20", ""), nil},
	{"no newline at the end", strings.TrimSuffix(line(k1, "minor", "desk", "2026-11-20", "x"), "\n"), nil},
	{"lines that end in CR LF", strings.ReplaceAll(line(k1, "minor", "desk", "2026-11-20", "x"), "\n", "\r\n"), nil},
	{"a byte order mark takes no column", "\ufeff" + line("k", "minor", "desk", "2026-11-20", "x"), []string{
		`d.tsv:1:1: "k" is no key; a key is 32 hex digits in lower case, as dragoman writes it`,
	}},
	{"blank lines are what a merge leaves", "\n\n" + line(k1, "minor", "desk", "2026-11-20", "x"), nil},
	{"escapes", line(k1, "minor", "desk", "2026-11-20", `a\tb\nc\\d\re`), nil},
	{"conflict markers", "<<<<<<< HEAD\n" + line(k1, "minor", "desk", "2026-11-20", "x") + "=======\n>>>>>>> main\n", []string{
		"d.tsv:1:1: a merge conflict is left here; keep the lines of both sides and delete the marker",
		"d.tsv:3:1: a merge conflict is left here; keep the lines of both sides and delete the marker",
		"d.tsv:4:1: a merge conflict is left here; keep the lines of both sides and delete the marker",
	}},
	{"fields too few and too many", "approved\n" + line(k1, "minor", "desk", "2026-11-20", "x", "y"), []string{
		"d.tsv:1:1: the line has 1 field, a decision has 5; write key, kind, name, date and note with a tab between them",
		"d.tsv:2:1: the line has 6 fields, a decision has 5; write key, kind, name, date and note with a tab between them",
	}},
	{"an editor that strips the last tab does no harm", k1 + "\tminor\tdesk\t2026-11-20\n", []string{
		"d.tsv:1:1: the tab before the empty note is missing; end the line in a tab",
	}},
	{"a date that is none", line(k1, "minor", "黑鹮", "2026-13-20", "x"), []string{
		`d.tsv:1:43: "2026-13-20" is no date; write year-month-day, as 2026-11-20`,
	}},
	{"every fault of a line is told", line("0A", "minr", "desk", "today", `x\y`), []string{
		`d.tsv:1:1: "0A" is no key; a key is 32 hex digits in lower case, as dragoman writes it`,
		`d.tsv:1:4: no kind of decision is called "minr"; use approved, minor, or a name after stale:, check:, machine:, waived: or revoked:`,
		`d.tsv:1:14: "today" is no date; write year-month-day, as 2026-11-20`,
		`d.tsv:1:21: a backslash begins nothing known; write \\ for a backslash`,
	}},
	{"a kind without its name", line(k1, "stale:", "-", "2026-11-20", ""), []string{
		`d.tsv:1:34: no kind of decision is called "stale:"; use approved, minor, or a name after stale:, check:, machine:, waived: or revoked:`,
	}},
	{"a backslash at the end", line(k1, "minor", "desk", "2026-11-20", `x\`), []string{
		`d.tsv:1:57: a backslash begins nothing known; write \\ for a backslash`,
	}},
	{"what is not UTF-8", k1 + "\tminor\tde\xffsk\t2026-11-20\t\n", []string{
		"d.tsv:1:42: this is not UTF-8; save the file as UTF-8",
	}},
}

func TestParse(t *testing.T) {
	for _, tt := range parses {
		t.Run(tt.name, func(t *testing.T) {
			d, found := review.Parse("d.tsv", []byte(tt.src))
			var got []string
			for _, f := range found {
				got = append(got, f.Error())
			}
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Error(diff)
			}
			if got := string(d.Format()); got != tt.src {
				t.Errorf("written back as %q", got)
			}
		})
	}
}

func TestALineWithAFaultDoesNotCount(t *testing.T) {
	src := line(k1, "minor", "desk", "2026-13-20", "x") + line(k2, "minor", "desk", "2026-11-20", "x")
	d, _ := review.Parse("d.tsv", []byte(src))
	if _, ok := d.Latest(k1, "minor"); ok {
		t.Error("a decision without a date counts")
	}
	if _, ok := d.Latest(k2, "minor"); !ok {
		t.Error("the next line does not count")
	}
}

func TestAppend(t *testing.T) {
	decision := review.Decision{Key: k1, Kind: "waived:x", By: "mag\tpie", Date: on("2026-11-20"), Note: "a\nb\\n\r"}
	written := line(k1, "waived:x", `mag\tpie`, "2026-11-20", `a\nb\\n\r`)
	for _, tt := range []struct {
		name      string
		src, want string
	}{
		{"the first line", "", written},
		{"after what was read", "\n" + line(k2, "minor", "desk", "2026-11-20", ""), "\n" + line(k2, "minor", "desk", "2026-11-20", "") + written},
		{"after a line without its end", "garbage", "garbage\n" + written},
		{"in a file of CR LF", "\r\n", "\r\n" + strings.ReplaceAll(written, "\n", "\r\n")},
		{"no line twice", written, written},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d, _ := review.Parse("d.tsv", []byte(tt.src))
			before := string(d.Format())
			fork := d.Fork()
			fork.Append(decision, decision)
			if got := string(fork.Format()); got != tt.want {
				t.Errorf("forked: got %q, want %q", got, tt.want)
			}
			if got := string(d.Format()); got != before {
				t.Errorf("a fork changed its list to %q", got)
			}
			d.Append(decision)
			d.Append(decision)
			if got := string(d.Format()); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
			again, found := review.Parse("d.tsv", d.Format())
			if got, ok := again.Latest(k1, "waived:x"); !ok || got != decision {
				t.Errorf("read back as %+v, %v", got, found)
			}
		})
	}
}

func TestAppendCutsDatesToTheDay(t *testing.T) {
	d := &review.Decisions{}
	d.Append(review.Decision{Key: k1, Kind: "minor", By: "desk", Date: on("2026-11-20").Add(23 * 3600e9)})
	if got, _ := d.Latest(k1, "minor"); !got.Date.Equal(on("2026-11-20")) {
		t.Errorf("got %v", got.Date)
	}
}

func FuzzParse(f *testing.F) {
	for _, tt := range parses {
		f.Add([]byte(tt.src), "a note\twith\\all\nof it")
	}
	f.Fuzz(func(t *testing.T, src []byte, note string) {
		d, found := review.Parse("d.tsv", src)
		if !bytes.Equal(d.Format(), src) {
			t.Fatal("what was read is not written back")
		}
		lines := bytes.Count(src, []byte{'\n'}) + 1
		for _, x := range found {
			if x.Pos.Line < 1 || x.Pos.Line > lines || x.Pos.Column < 1 {
				t.Fatalf("no such place: %v", x)
			}
		}
		decision := review.Decision{Key: k1, Kind: "waived:x", By: "-", Date: on("9999-12-31"), Note: strings.ToValidUTF8(note, "")}
		d.Append(decision)
		again, _ := review.Parse("d.tsv", d.Format())
		if got, ok := again.Latest(k1, "waived:x"); !ok || got != decision {
			t.Fatalf("appended %+v, read back %+v", decision, got)
		}
	})
}

func BenchmarkParse(b *testing.B) {
	var src bytes.Buffer
	for i := range 20_000 {
		src.WriteString(line(review.Key("", strings.Repeat("x", i%50), "y"), "approved", "magpie", "2026-11-20", ""))
	}
	b.SetBytes(int64(src.Len()))
	b.ReportAllocs()
	for b.Loop() {
		review.Parse("d.tsv", src.Bytes())
	}
}
