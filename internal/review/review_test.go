package review_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"dragoman/internal/catalog"
	"dragoman/internal/review"

	"pgregory.net/rapid"
)

func on(day string) time.Time {
	t, err := time.Parse(time.DateOnly, day)
	if err != nil {
		panic(err)
	}
	return t
}

// The literal is what other tools have to arrive at:
// printf 'menu\004He said "no" - twice.\000그는 아니라고 했다.' | sha256sum | cut -c1-32
func TestKeyIsTheHashThatOtherToolsCompute(t *testing.T) {
	const want = "d40ba696d91b2d37c3414db9c2069af6"
	if got := review.Key("menu", "He  said “no” — twice.", "그는 아니라고 했다."); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestKey(t *testing.T) {
	type args struct {
		context, source string
		target          []string
	}
	plain := args{"", "A b", []string{"ㄱ"}}
	for _, tt := range []struct {
		name string
		a, b args
		same bool
	}{
		{"white space and typography do not end a decision", args{"", "It's  a \"b\"-c", nil}, args{"", " It’s a\n“b”–c", nil}, true},
		{"a composed letter is its parts", args{"", "caf\u00e9", nil}, args{"", "cafe\u0301", nil}, true},
		{"an automatic context counts as none", args{"kind:cell", "A b", []string{"ㄱ"}}, plain, true},
		{"an author's context counts", args{"verb", "A b", []string{"ㄱ"}}, plain, false},
		{"the target's white space counts", args{"", "A b", []string{"ㄱ "}}, plain, false},
		{"no target is an empty target", args{"", "A b", nil}, args{"", "A b", []string{""}}, true},
		{"every plural form counts", args{"", "A b", []string{"ㄱ", "ㄴ"}}, plain, false},
		{"another word is another source", args{"", "A c", []string{"ㄱ"}}, plain, false},
		{"a context is no part of the source", args{"A", "b", nil}, args{"", "A\u0004b", nil}, false},
	} {
		t.Run(tt.name, func(t *testing.T) {
			a := review.Key(tt.a.context, tt.a.source, tt.a.target...)
			b := review.Key(tt.b.context, tt.b.source, tt.b.target...)
			if (a == b) != tt.same {
				t.Errorf("%s and %s, want the same: %v", a, b, tt.same)
			}
		})
	}
}

const (
	k1 = "00000000000000000000000000000001"
	k2 = "00000000000000000000000000000002"
)

func line(fields ...string) string { return strings.Join(fields, "\t") + "\n" }

func TestLatest(t *testing.T) {
	for _, tt := range []struct {
		name  string
		src   string
		want  string // the note of the latest approval
		holds bool
	}{
		{"nothing", "", "", false},
		{
			"the latest date wins over a later line",
			line(k1, "approved", "magpie", "2026-11-22", "a") + line(k1, "approved", "heron", "2026-11-20", "b"), "a", true,
		},
		{
			"of one day the later line wins",
			line(k1, "approved", "magpie", "2026-11-22", "a") + line(k1, "approved", "heron", "2026-11-22", "b"), "b", true,
		},
		{
			"a later day revokes",
			line(k1, "approved", "magpie", "2026-11-20", "a") + line(k1, "revoked:approved", "magpie", "2026-11-22", ""), "a", false,
		},
		{
			"what was approved again on the day that it was revoked holds",
			line(k1, "revoked:approved", "magpie", "2026-11-22", "") + line(k1, "approved", "magpie", "2026-11-22", "again 1; a"), "again 1; a", true,
		},
		{
			"a revocation of an earlier day does nothing, wherever it stands",
			line(k1, "approved", "magpie", "2026-11-22", "a") + line(k1, "revoked:approved", "magpie", "2026-11-20", ""), "a", true,
		},
		{
			"another kind and another key do not count",
			line(k1, "minor", "desk", "2026-11-22", "x") + line(k2, "approved", "magpie", "2026-11-22", "x"), "", false,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d, found := review.Parse("decisions.tsv", []byte(tt.src))
			if len(found) > 0 {
				t.Fatal(found)
			}
			// The lines appended one by one, half of them to a fork, mean the same.
			half, rest, _ := strings.Cut(tt.src, "\n")
			base, _ := review.Parse("decisions.tsv", []byte(half))
			fork := base.Fork()
			more, _ := review.Parse("decisions.tsv", []byte(rest))
			for _, kind := range []string{"approved", "revoked:approved", "minor"} {
				for _, k := range []string{k1, k2} {
					if decision, ok := more.Latest(k, kind); ok {
						fork.Append(decision)
					}
				}
			}
			for name, d := range map[string]*review.Decisions{"parsed": d, "forked": fork} {
				got, ok := d.Latest(k1, "approved")
				if got.Note != tt.want || ok != (tt.want != "") {
					t.Errorf("%s: got %+v %v", name, got, ok)
				}
				if _, ok := d.Holds(k1, "approved"); ok != tt.holds {
					t.Errorf("%s: holds: %v", name, ok)
				}
			}
		})
	}
}

func TestNewestIsTheLatestDateOfAll(t *testing.T) {
	d, _ := review.Parse("x", []byte(line(k1, "minor", "desk", "2026-11-22", "")+line(k2, "minor", "desk", "2026-11-20", "")))
	if got := d.Newest(); !got.Equal(on("2026-11-22")) {
		t.Errorf("got %v", got)
	}
	var none *review.Decisions
	if !none.Newest().IsZero() {
		t.Error("no decision has a date")
	}
}

func message(source, target string, fuzzy bool) *catalog.Message {
	return &catalog.Message{Entry: catalog.Entry{Key: catalog.Key{Source: source}, Target: target, Fuzzy: fuzzy}}
}

// decide makes a list of decisions on the source "S" (about a stale target) and
// on the pair "S", "T" (about everything else).
func decide(kinds ...string) *review.Decisions {
	d := &review.Decisions{}
	for _, k := range kinds {
		kind, date, _ := strings.Cut(k, " ")
		if date == "" {
			date = "2026-11-20"
		}
		key := review.Key("", "S", "T")
		if strings.Contains(kind, "stale:") || strings.Contains(kind, "check:") {
			key = review.Key("", "S")
		}
		note := ""
		if kind == "stale:critical" {
			note = review.CriticalNote("3 → 4", "T")
		}
		d.Append(review.Decision{Key: key, Kind: kind, By: "-", Date: on(date), Note: note})
	}
	return d
}

var states = []struct {
	name  string
	m     *catalog.Message
	d     *review.Decisions
	state catalog.State
	class string
	since string
}{
	{"without a target a message is untranslated", message("S", "", false), decide("approved"), catalog.Untranslated, "", ""},
	{"a target alone is a translation", message("S", "T", false), nil, catalog.Translated, "", ""},
	{"approved", message("S", "T", false), decide("approved"), catalog.Approved, "", ""},
	{"an approval of another target does not hold", message("S", "U", false), decide("approved"), catalog.Translated, "", ""},
	{"an approval that was revoked does not hold", message("S", "T", false), decide("approved", "revoked:approved 2026-11-21"), catalog.Translated, "", ""},
	{"fuzzy outranks approval", message("S", "T", true), decide("approved"), catalog.NeedsChecking, "", ""},
	{"fuzzy without a decision needs checking, since nobody knows when", message("S", "T", true), nil, catalog.NeedsChecking, "", ""},
	{"changed words need rewriting", message("S", "T", true), decide("stale:prose"), catalog.NeedsRewriting, "prose", "2026-11-20"},
	{"changed markup needs checking", message("S", "T", true), decide("check:markup"), catalog.NeedsChecking, "markup", "2026-11-20"},
	{"the gravest class counts", message("S", "T", true), decide("check:markup", "stale:prose 2026-11-21", "check:split"), catalog.NeedsRewriting, "prose", "2026-11-21"},
	{"a class that was revoked does not count", message("S", "T", true), decide("check:markup", "stale:prose", "revoked:stale:prose 2026-11-21"), catalog.NeedsChecking, "markup", "2026-11-20"},
	{"whoever clears fuzzy has translated", message("S", "T", false), decide("stale:prose"), catalog.Translated, "", ""},
	{"a draft", message("S", "T", true), decide("machine:memory"), catalog.MachineDraft, "", ""},
	{"a draft is a draft even when it is stale", message("S", "T", true), decide("stale:prose", "machine:memory"), catalog.MachineDraft, "prose", "2026-11-20"},
	{"a draft that somebody changed is none", message("S", "U", true), decide("machine:memory"), catalog.NeedsChecking, "", ""},
	{"a draft that somebody confirmed is a translation", message("S", "T", false), decide("machine:memory"), catalog.Translated, "", ""},
	{"a critical change needs rewriting", message("S", "T", true), decide("stale:critical"), catalog.NeedsRewriting, "critical", "2026-11-20"},
	{"after a critical change clearing fuzzy is not enough", message("S", "T", false), decide("stale:critical"), catalog.NeedsChecking, "critical", "2026-11-20"},
	{"after a critical change another target is a translation", message("S", "U", false), decide("stale:critical"), catalog.Translated, "", ""},
	{"after a critical change an approval is enough", message("S", "T", false), decide("stale:critical", "approved"), catalog.Approved, "", ""},
}

func TestState(t *testing.T) {
	for _, tt := range states {
		t.Run(tt.name, func(t *testing.T) {
			f := &catalog.File{Messages: []*catalog.Message{tt.m}}
			review.Apply(f, tt.d)
			if tt.m.State != tt.state {
				t.Errorf("got %v, want %v", tt.m.State, tt.state)
			}
			class, since, ok := review.Stale(tt.m, tt.d)
			if class != tt.class || ok != (tt.class != "") {
				t.Errorf("class %q %v, want %q", class, ok, tt.class)
			}
			if ok && !since.Equal(on(tt.since)) {
				t.Errorf("since %v, want %v", since, tt.since)
			}
			if got := review.State(tt.m, tt.d.Fork()); got != tt.state {
				t.Errorf("with a fork %v, want %v", got, tt.state)
			}
		})
	}
}

func TestTwoCriticalChangesToOneTextBothAskForAnotherTarget(t *testing.T) {
	d := &review.Decisions{}
	for _, target := range []string{"T", "U"} {
		d.Append(review.Decision{
			Key: review.Key("", "S"), Kind: "stale:critical", By: "-", Date: on("2026-11-20"), Note: review.CriticalNote("", target),
		})
	}
	for _, target := range []string{"T", "U"} {
		if got := review.State(message("S", target, false), d); got != catalog.NeedsChecking {
			t.Errorf("%s: got %v", target, got)
		}
	}
}

func TestWhatIsTheNoteWithoutTheHash(t *testing.T) {
	for note, want := range map[string]string{
		review.CriticalNote("3 → 4", "T"): "3 → 4",
		review.CriticalNote("", "T"):      "",
		"3 → 4":                           "3 → 4",
	} {
		if got := (review.Decision{Kind: "stale:critical", Note: note}).What(); got != want {
			t.Errorf("%q: got %q, want %q", note, got, want)
		}
	}
	if got := (review.Decision{Kind: "stale:prose", Note: "3 words; target x"}).What(); got != "3 words; target x" {
		t.Errorf("got %q", got)
	}
}

func TestGraver(t *testing.T) {
	order := []string{"critical", "prose", "split", "merged", "markup", "link", "typography", "whitespace", ""}
	for i, grave := range order {
		for _, light := range order[i:] {
			if review.Graver(grave, light) != grave || review.Graver(light, grave) != grave {
				t.Errorf("%q is graver than %q", grave, light)
			}
		}
	}
}

func TestJudge(t *testing.T) {
	obsolete := message("S", "T", false)
	obsolete.Obsolete = true
	for _, tt := range []struct {
		name string
		m    *catalog.Message
		d    *review.Decisions
		p    review.Policy
		asOf string
		want review.Verdict
	}{
		{"what the catalog lacks is shown in the source's words", nil, nil, review.Policy{}, "2026-11-24", review.Verdict{Action: review.Source, State: catalog.Untranslated}},
		{"an obsolete message is one that the catalog lacks", obsolete, nil, review.Policy{}, "2026-11-24", review.Verdict{Action: review.Source, State: catalog.Untranslated}},
		{"untranslated may withhold the article", message("S", "", false), nil, review.Policy{Untranslated: review.Omit}, "2026-11-24", review.Verdict{Action: review.Omit, State: catalog.Untranslated}},
		{"a translation is shown", message("S", "T", false), nil, review.Policy{}, "2026-11-24", review.Verdict{Action: review.Show, State: catalog.Translated}},
		{"a translation without approval is not where approval is asked", message("S", "T", false), nil, review.Policy{Unapproved: review.Source}, "2026-11-24", review.Verdict{Action: review.Source, State: catalog.Translated}},
		{"an approved one is", message("S", "T", false), decide("approved"), review.Policy{Unapproved: review.Source}, "2026-11-24", review.Verdict{Action: review.Show, State: catalog.Approved}},
		{"a draft is not shown", message("S", "T", true), decide("machine:memory"), review.Policy{}, "2026-11-24", review.Verdict{Action: review.Source, State: catalog.MachineDraft}},
		{"a draft is shown where somebody said so", message("S", "T", true), decide("machine:memory"), review.Policy{Machine: review.Show}, "2026-11-24", review.Verdict{Action: review.Show, State: catalog.MachineDraft}},
		{"a stale target is shown, for years", message("S", "T", true), decide("stale:prose"), review.Policy{}, "2036-11-24", review.Verdict{Action: review.Show, State: catalog.NeedsRewriting}},
		{"a stale target is shown on the last day of grace", message("S", "T", true), decide("stale:prose"), review.Policy{Grace: map[string]int{"prose": 3}}, "2026-11-22", review.Verdict{Action: review.Show, State: catalog.NeedsRewriting}},
		{"a stale target gives way after grace", message("S", "T", true), decide("stale:prose"), review.Policy{Grace: map[string]int{"prose": 3}}, "2026-11-23", review.Verdict{Action: review.Source, State: catalog.NeedsRewriting}},
		{"grace is for its class alone", message("S", "T", true), decide("check:markup"), review.Policy{Grace: map[string]int{"prose": 3}}, "2026-12-23", review.Verdict{Action: review.Show, State: catalog.NeedsChecking}},
		{"a critical change is never shown stale", message("S", "T", true), decide("stale:critical"), review.Policy{Stale: review.Show, Grace: map[string]int{"critical": 30}}, "2026-11-20", review.Verdict{Action: review.Source, State: catalog.NeedsRewriting}},
		{"nor when fuzzy was cleared and nothing done", message("S", "T", false), decide("stale:critical"), review.Policy{}, "2026-11-20", review.Verdict{Action: review.Source, State: catalog.NeedsChecking}},
		{"grace does not soften what is asked for", message("S", "T", true), decide("stale:prose"), review.Policy{Stale: review.Fail, Grace: map[string]int{"prose": 3}}, "2026-11-20", review.Verdict{Action: review.Fail, State: catalog.NeedsRewriting}},
		{"what is fuzzy for reasons unknown is shown as stale", message("S", "T", true), nil, review.Policy{Grace: map[string]int{"prose": 0}}, "2026-11-24", review.Verdict{Action: review.Show, State: catalog.NeedsChecking}},
	} {
		t.Run(tt.name, func(t *testing.T) {
			if got := review.Judge(tt.m, tt.d, tt.p, on(tt.asOf)); got != tt.want {
				t.Errorf("got %v %v, want %v %v", got.Action, got.State, tt.want.Action, tt.want.State)
			}
		})
	}
}

func TestResolveLeavesNoDefault(t *testing.T) {
	want := review.Policy{
		Untranslated: review.Source, Stale: review.Show, Unapproved: review.Show, Machine: review.Source, Broken: review.Source,
	}
	if diff := cmp.Diff(want, review.Policy{}.Resolve()); diff != "" {
		t.Error(diff)
	}
}

func TestParseAction(t *testing.T) {
	for _, tt := range []struct {
		key, value string
		want       review.Action
		err        string
	}{
		{"untranslated", "omit", review.Omit, ""},
		{"stale", "show", review.Show, ""},
		{"unapproved", "source", review.Source, ""},
		{"machine", "show", review.Show, ""},
		{"broken", "fail", review.Fail, ""},
		{"untranslated", "show", 0, `untranslated cannot be "show"; use source, last-good, omit or fail`},
		{"broken", "show", 0, `broken cannot be "show"; use source or fail`},
		{"stale", "last-good", review.LastGood, ""},
		{"broken", "last-good", 0, `broken cannot be "last-good"; use source or fail`},
		{"stale", "", 0, `stale cannot be ""; use show, source, last-good, omit or fail`},
		{"stail", "show", 0, `no key of a policy is called "stail"; use untranslated, stale, unapproved, machine or broken`},
	} {
		t.Run(tt.key+" "+tt.value, func(t *testing.T) {
			got, err := review.ParseAction(tt.key, tt.value)
			text := ""
			if err != nil {
				text = err.Error()
			}
			if got != tt.want || text != tt.err {
				t.Errorf("got %v %q, want %v %q", got, text, tt.want, tt.err)
			}
		})
	}
}

func TestADecisionIsMadeAgainOnTheDayItWasRevoked(t *testing.T) {
	d, _ := review.Parse("decisions.tsv", nil)
	yes := review.Decision{Key: k1, Kind: "approved", By: "magpie", Date: on("2026-11-22")}
	no := review.Decision{Key: k1, Kind: "revoked:approved", By: "magpie", Date: on("2026-11-22")}
	for i, step := range []struct {
		decision review.Decision
		holds    bool
		lines    int
	}{{yes, true, 1}, {yes, true, 1}, {no, false, 2}, {no, false, 2}, {yes, true, 3}, {yes, true, 3}, {no, false, 4}} {
		d.Append(step.decision)
		_, holds := d.Holds(k1, "approved")
		if lines := strings.Count(string(d.Format()), "\n"); holds != step.holds || lines != step.lines {
			t.Errorf("step %d: holds %v in %d lines, want %v in %d", i, holds, lines, step.holds, step.lines)
		}
	}
}

func TestOfOneDayARevocationWinsUnlessItIsAnswered(t *testing.T) {
	for _, tt := range []struct {
		name, src string
		holds     bool
	}{
		{
			"an approval does not answer a revocation that it does not know",
			line(k1, "approved", "magpie", "2026-11-22", "again 1; a") + line(k1, "revoked:approved", "heron", "2026-11-22", "") + line(k1, "revoked:approved", "magpie", "2026-11-22", ""), false,
		},
		{
			"a revocation that is there twice is one",
			line(k1, "revoked:approved", "magpie", "2026-11-22", "") + line(k1, "approved", "magpie", "2026-11-22", "again 1; a") + line(k1, "revoked:approved", "magpie", "2026-11-22", ""), true,
		},
		{
			"a note that only begins like an answer is none",
			line(k1, "revoked:approved", "magpie", "2026-11-22", "") + line(k1, "approved", "magpie", "2026-11-22", "again 1000 words"), false,
		},
		{
			"a revocation wins over an approval behind it that does not answer it",
			line(k1, "revoked:approved", "heron", "2026-11-22", "") + line(k1, "approved", "magpie", "2026-11-22", ""), false,
		},
	} {
		t.Run(tt.name, func(t *testing.T) {
			d, found := review.Parse("decisions.tsv", []byte(tt.src))
			if _, holds := d.Holds(k1, "approved"); holds != tt.holds || len(found) > 0 {
				t.Errorf("holds: %v, %v", holds, found)
			}
		})
	}
}

// TestBranchesThatRevokeOnOneDayMerge makes random histories of one day on two branches,
// by two people, and merges them by union in every way that git might.
func TestBranchesThatRevokeOnOneDayMerge(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		decide := func(d *review.Decisions, by, label string, least int) (last string) {
			for range rapid.IntRange(least, 5).Draw(t, label) {
				last = rapid.SampledFrom([]string{"approved", "revoked:approved"}).Draw(t, label+" does")
				d.Append(review.Decision{Key: k1, Kind: last, By: by, Date: on("2026-11-22")})
			}
			return last
		}
		base, _ := review.Parse("x", nil)
		decide(base, "wren", "base", 0)
		var branches []string
		revoked := false
		for _, by := range []string{"magpie", "heron"} {
			branch, _ := review.Parse("x", base.Format())
			_, before := branch.Holds(k1, "approved")
			last := decide(branch, by, by, 1)
			_, holds := branch.Holds(k1, "approved")
			if holds != (last == "approved") {
				t.Fatalf("%s did %s last, and it holds: %v\n%s", by, last, holds, branch.Format())
			}
			revoked = revoked || last != "approved" && (before || len(branch.Format()) > len(base.Format()))
			branches = append(branches, strings.TrimPrefix(string(branch.Format()), string(base.Format())))
		}
		merged := string(base.Format()) + branches[0] + branches[1]
		lines := slices.Collect(strings.Lines(merged))
		want, _ := review.Parse("x", []byte(merged))
		_, wanted := want.Holds(k1, "approved")
		if wanted && revoked {
			t.Fatalf("it holds, and one of them revoked it last:\n%s", merged)
		}
		shuffled := append(rapid.Permutation(lines).Draw(t, "order"), rapid.SliceOf(rapid.SampledFrom(lines)).Draw(t, "repeated")...)
		got, _ := review.Parse("x", []byte(strings.Join(shuffled, "")))
		if _, holds := got.Holds(k1, "approved"); holds != wanted {
			t.Fatalf("holds %v in one order, %v in another:\n%s\n%s", wanted, holds, merged, strings.Join(shuffled, ""))
		}
	})
}
