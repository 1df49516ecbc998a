package merge_test

import (
	"strings"
	"testing"

	"golang.org/x/text/language"

	"dragoman/internal/catalog"
	"dragoman/internal/review"
)

// Each case is what an edit of one text is called, with what is noted of it.
var differences = []struct {
	name, lang, old, new string
	want                 string
}{
	{"nothing", "", "It is so.", "It is so.", "same"},
	{"a line is wrapped", "", "It is  so.", "It is so.", "whitespace"},
	{"quotes", "", `It is "so".`, "It is “so”.", "typography"},
	{"a dash", "", "It is - so.", "It is – so.", "typography"},
	{"another way to write emphasis", "", "It *is* so.", "It _is_ so.", "typography"},
	{"an escape that was needless", "", `It is \_so.`, "It is _so.", "typography"},
	{"where a link leads", "", "See [it](https://a.org).", "See [it](https://b.org).", "link"},
	{"a number within an address is of the link", "", "See [it](https://a.org/2024/3).", "See [it](https://a.org/2026/4).", "link"},
	{"and of a bare address", "", "See https://a.org/2024 now.", "See https://a.org/2026 now.", "link"},
	{"and of an image", "", "Look ![map](map1.png) there.", "Look ![map](map2.png) there.", "link"},
	{"the label of a link", "", "See [it][here].", "See [it][there].", "link"},
	{"quotes and a link", "", `See ["it"](a).`, "See [“it”](b).", "link"},
	{"a link is gone", "", "See [it](a) now.", "See it now.", "markup"},
	{"emphasis", "", "It is so.", "It *is* so.", "markup"},
	{"emphasis on another word", "", "*It* is so.", "It *is* so.", "markup"},
	{"code", "", "Call it now.", "Call `it` now.", "markup"},
	{"a note", "", "It is so.", "It is so.[^1]", "markup"},
	{"only the label of a note", "", "It is so.[^1]", "It is so.[^2]", "markup"},
	{"the id of a heading", "", "The road {#road}", "The road {#way}", "markup"},
	{"a tag", "", "Press <b>it</b>.", "Press <kbd>it</kbd>.", "markup"},
	{"markup and a link", "", "See *[it](a)*.", "See [it](b).", "markup"},
	{"a word", "", "The long road.", "The short road.", "prose 1 word"},
	{"a word in a link, and where it leads", "", "See [it](a).", "See [this](b).", "prose 1 word"},
	{"the title of a link", "", `See [it](a "old").`, `See [it](a "new").`, "prose 1 word"},
	{"code that says something else", "", "Call `it` now.", "Call `that` now.", "prose 1 word"},
	{"only a capital", "", "the long Road.", "The long road.", "prose 2 words, capitals"},
	{"a full stop", "", "It is so", "It is so.", "prose 1 word"},
	{"a digit within a name", "", "An i32 here.", "An i64 here.", "prose 1 word"},
	{"a number", "", "In 24 hours.", "In 48 hours.", "critical number 24 → 48, 1 word"},
	{"a number in words", "", "Three guides.", "Four guides.", "critical number Three → Four, 1 word"},
	{"a number as a word", "", "3 guides.", "Three guides.", "prose 1 word"},
	{"a number written otherwise", "", "1000 people.", "1,000 people.", "prose 1 word"},
	{"two numbers change places", "", "3 of 4 left.", "4 of 3 left.", "critical number 3 4 → 4 3, 4 words"},
	{"a number more", "", "They left.", "They left in 2026.", "critical number none → 2026, 2 words"},
	{"a date", "", "On 3 May 2026.", "On 4 May 2026.", "critical number 3 → 4, 1 word"},
	{"a month", "", "In November it snows.", "In December it snows.", "critical number November → December, 1 word"},
	{"a date in another format", "", "On 24 November 2026 they left.", "On November 24, 2026 they left.", "prose 2 words"},
	{"a date in digits", "", "On 24 November 2026 they left.", "On 2026-11-24 they left.", "prose 4 words"},
	{"a negation", "", "They may leave.", "They may not leave.", "critical negation, 1 word"},
	{"a contraction that negates", "", "They can leave.", "They can’t leave.", "critical negation, 1 word"},
	{"a contraction of the same negation", "", "They do not leave.", "They don't leave.", "prose 2 words"},
	{"one negation for another", "", "They did not leave.", "They never left.", "prose 3 words"},
	{"not only negates nothing", "", "The old and the young.", "Not only the old but the young.", "prose 4 words"},
	{"a name", "", "They went to Dandong.", "They went to Yanji.", "critical name Dandong → none, 1 word"},
	{"a name said once more", "", "The UNHCR came.", "The UNHCR came. So the UNHCR said.", "prose 4 words"},
	{"a name in an address", "", "See [it](https://UNHCR.org).", "See [it](https://unhcr.org).", "link"},
	{"a term of the glossary", "", "A refugee came.", "A migrant came.", "critical name refugee → none, 1 word"},
	{"a negation in Korean", "ko", "그들은 떠날 수 있다.", "그들은 떠날 수 없다.", "critical negation, 1 word"},
	{"a negation in Chinese", "zh", "他们可以离开。", "他们不可以离开。", "critical negation, 1 character"},
	{"a number in Chinese", "zh", "第十二条规定。", "第十三条规定。", "critical number 十二 → 十三, 1 character"},
	{"words in Chinese", "zh", "道路十分漫长。", "道路十分险恶。", "prose 2 characters"},
	{"a negation in German", "de", "Sie dürfen gehen.", "Sie dürfen nicht gehen.", "critical negation, 1 word"},
}

func TestClassOfADifference(t *testing.T) {
	for _, tt := range differences {
		t.Run(tt.name, func(t *testing.T) {
			d := newDesk(t)
			if tt.lang != "" {
				d.source = language.MustParse(tt.lang)
			}
			d.extract(article("a.md", "h: Before", tt.old, "h: After"))
			got := "same"
			for _, c := range d.extract(article("a.md", "h: Before", tt.new, "h: After")) {
				got = strings.TrimSpace(string(c.Class) + " " + c.Note)
			}
			if got != tt.want {
				t.Errorf("got %s, want %s", got, tt.want)
			}
		})
	}
}

const (
	guide = "A guide asks for money. He waits at the river until it is dark."
	ask   = "A guide asks for money."
	wait  = "He waits at the river until it is dark."
)

// Each case translates and approves the first version, merges the second, and then the
// first again, after which all has to be as it was.
var consequences = []struct {
	name, old, target, new string
	minor                  bool
	changes, want          string
}{
	{
		name: "whitespace is kept", old: "Go  on.", target: "가라.", new: "Go on.",
		changes: "whitespace Go on. <- Go  on.",
		want:    "approved Go on. = 가라.",
	},
	{
		name: "the address of a link is replaced in the target, and the approval ends",
		old:  "See [it](https://a.org/1).", target: "[그것](https://a.org/1)을 보라.", new: "See [it](https://b.org/2).",
		changes: "link See [it](https://b.org/2). <- See [it](https://a.org/1).",
		want: `translated See [it](https://b.org/2). = [그것](https://b.org/2)을 보라.
			#~ approved See [it](https://a.org/1). = [그것](https://a.org/1)을 보라.`,
	},
	{
		name: "an address that the target has not, needs checking",
		old:  "See [it](https://a.org/1).", target: "[그것](https://ko.a.org/1)을 보라.", new: "See [it](https://b.org/2).",
		changes: "link See [it](https://b.org/2). <- See [it](https://a.org/1). (check:link 2026-11-22 )",
		want: `needs-checking See [it](https://b.org/2). = [그것](https://ko.a.org/1)을 보라. <- See [it](https://a.org/1).
			#~ approved See [it](https://a.org/1). = [그것](https://ko.a.org/1)을 보라.`,
	},
	{
		name: "markup needs checking", old: "Go on.", target: "가라.", new: "*Go* on.",
		changes: "markup *Go* on. <- Go on. (check:markup 2026-11-22 )",
		want: `needs-checking *Go* on. = 가라. <- Go on.
			#~ approved Go on. = 가라.`,
	},
	{
		name: "words need rewriting", old: road, target: "길은 멀다.", new: short,
		changes: "prose " + short + " <- " + road + " (stale:prose 2026-11-22 1 word)",
		want: `needs-rewriting The road to the border is short. = 길은 멀다. <- The road to the border is long.
			#~ approved The road to the border is long. = 길은 멀다.`,
	},
	{
		name: "a critical change is noted with the target that must not stay", old: "They may leave.", target: "가도 된다.", new: "They may not leave.",
		changes: "critical They may not leave. <- They may leave. (stale:critical 2026-11-22 " + review.CriticalNote("negation, 1 word", "가도 된다.") + ")",
		want: `needs-rewriting They may not leave. = 가도 된다. <- They may leave.
			#~ approved They may leave. = 가도 된다.`,
	},
	{
		name: "a minor change is kept, without the approval", old: road, target: "길은 멀다.", new: short, minor: true,
		changes: "minor " + short + " <- " + road + " (minor 2026-11-22 prose, 1 word)",
		want: `translated The road to the border is short. = 길은 멀다.
			#~ approved The road to the border is long. = 길은 멀다.`,
	},
	{
		name: "a critical change cannot be minor", old: "They may leave.", target: "가도 된다.", new: "They may not leave.", minor: true,
		changes: "critical They may not leave. <- They may leave. (stale:critical 2026-11-22 " + review.CriticalNote("negation, 1 word", "가도 된다.") + ")",
		want: `needs-rewriting They may not leave. = 가도 된다. <- They may leave.
			#~ approved They may leave. = 가도 된다.`,
	},
	{
		name: "each half of a text that was split gets its sentences", old: guide, target: "안내인은 돈을 요구한다. 그는 강가에서 기다린다.", new: ask + "\n" + wait,
		changes: "split " + ask + " <- " + guide + " (check:split 2026-11-22 )\nsplit " + wait + " <- " + guide + " (check:split 2026-11-22 )",
		want: `needs-checking ` + ask + ` = 안내인은 돈을 요구한다. <- ` + guide + `
			needs-checking ` + wait + ` = 그는 강가에서 기다린다. <- ` + guide + `
			#~ approved ` + guide + ` = 안내인은 돈을 요구한다. 그는 강가에서 기다린다.`,
	},
	{
		name: "the longer half gets all if the sentences do not match", old: guide, target: "안내인은 돈을 요구하며 강가에서 기다린다.", new: ask + "\n" + wait,
		changes: "new " + ask + "\nsplit " + wait + " <- " + guide + " (check:split 2026-11-22 )",
		want: `untranslated ` + ask + ` =
			needs-checking ` + wait + ` = 안내인은 돈을 요구하며 강가에서 기다린다. <- ` + guide + `
			#~ approved ` + guide + ` = 안내인은 돈을 요구하며 강가에서 기다린다.`,
	},
	{
		name: "two texts that were merged are joined", old: ask + "\n" + wait, target: "안내인은 돈을 요구한다.\n그는 강가에서 기다린다.", new: guide,
		changes: "merged " + guide + " (check:merged 2026-11-22 )",
		want: `needs-checking ` + guide + ` = 안내인은 돈을 요구한다. 그는 강가에서 기다린다.
			#~ approved ` + ask + ` = 안내인은 돈을 요구한다.
			#~ approved ` + wait + ` = 그는 강가에서 기다린다.`,
	},
}

func TestConsequences(t *testing.T) {
	for _, tt := range consequences {
		t.Run(tt.name, func(t *testing.T) {
			first := article("a.md", append(append([]string{"h: Before"}, strings.Split(tt.old, "\n")...), "h: After")...)
			second := article("a.md", append(append([]string{"h: Before"}, strings.Split(tt.new, "\n")...), "h: After")...)
			d := newDesk(t)
			d.extract(first)
			targets := strings.Split(tt.target, "\n")
			for i, text := range strings.Split(tt.old, "\n") {
				d.set(text, targets[i], false)
				d.decisions.Append(review.Decision{Key: review.Key("", text, targets[i]), Kind: "approved", By: "magpie", Date: d.now})
			}
			d.extract(first)
			d.now = d.now.AddDate(0, 0, -1)
			before := show(d.file("a.po"))
			if tt.minor {
				d.minor = map[string]bool{"a.md": true}
			}
			changes := d.extract(second)
			if got := tell(changes); trim(got) != trim(tt.changes) {
				t.Errorf("got the changes\n%swant\n%s", got, tt.changes)
			}
			d.want("a.po", "untranslated Before =\n"+strings.Replace(tt.want, "#~", "untranslated After =\n#~", 1)+after(tt.want))
			d.minor = nil
			d.unchanged(second)
			d.extract(first)
			if got := show(d.file("a.po")); !strings.HasPrefix(got, before) {
				t.Errorf("the text is back, and the catalog is\n%swant\n%s", got, before)
			}
		})
	}
}

// after is the heading that follows where nothing is obsolete.
func after(want string) string {
	if strings.Contains(want, "#~") {
		return ""
	}
	return "\nuntranslated After ="
}

func TestClearingFuzzyIsNotEnoughAfterACriticalChange(t *testing.T) {
	d := newDesk(t)
	d.extract(article("a.md", "They may leave."))
	d.set("They may leave.", "가도 된다.", false)
	d.extract(article("a.md", "They may not leave."))
	d.set("They may not leave.", "가도 된다.", false)
	d.extract(article("a.md", "They may not leave."))
	d.want("a.po", "needs-checking They may not leave. = 가도 된다.\n#~ translated They may leave. = 가도 된다.")
	d.extract(article("a.md", "They may not leave now."))
	d.want("a.po", `needs-rewriting They may not leave now. = 가도 된다. <- They may not leave.
		#~ needs-checking They may not leave. = 가도 된다.
		#~ translated They may leave. = 가도 된다.`)
	d.set("They may not leave now.", "지금은 가면 안 된다.", false)
	d.extract(article("a.md", "They may not leave now."))
	if got := d.file("a.po").Messages[0].State; got != catalog.Translated {
		t.Errorf("rewritten, it is %v", got)
	}
}

func TestMinorLowersWhatAnEarlierMergeCalledStale(t *testing.T) {
	d := newDesk(t)
	d.extract(article("a.md", road))
	d.translate()
	d.extract(article("a.md", short))
	d.minor = map[string]bool{"a.md": true}
	changes := d.extract(article("a.md", short))
	if got, want := trim(tell(changes)), "minor "+short+" (minor 2026-11-23 prose, 1 word)\n"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
	d.want("a.po", `translated The road to the border is short. = THE ROAD TO THE BORDER IS LONG.
		#~ translated The road to the border is long. = THE ROAD TO THE BORDER IS LONG.`)
	if notes := strings.Join(d.file("a.po").Messages[0].Notes, "; "); notes != "paragraph; minor changed 2026-11-23, prose, 1 word" {
		t.Errorf("the reviewer reads %s", notes)
	}
	d.unchanged(article("a.md", short))
}

func TestMinorDoesNotFinishWhatSomebodyIsRewriting(t *testing.T) {
	d := newDesk(t)
	d.extract(article("a.md", road))
	d.translate()
	d.extract(article("a.md", short))
	d.set(short, "HALF DONE", true)
	d.minor = map[string]bool{"a.md": true}
	d.unchanged(article("a.md", short))
}

func TestOneOfTwoEqualPassagesIsEdited(t *testing.T) {
	for _, edited := range []int{1, 3} {
		d := newDesk(t)
		lines := []string{"h: Out", road, "h: Back", road}
		d.extract(article("a.md", lines...))
		d.translate()
		lines[edited] = short
		changes := d.extract(article("a.md", lines...))
		if got := trim(tell(changes)); !strings.Contains(got, "prose "+short+" <- "+road+" (stale:prose 2026-11-22 1 word)") {
			t.Errorf("got %s", got)
		}
		for _, m := range d.file("a.po").Messages {
			if m.Source == road && m.State != catalog.Translated || m.Source == short && m.State != catalog.NeedsRewriting {
				t.Errorf("%q is %v", m.Source, m.State)
			}
		}
		d.unchanged(article("a.md", lines...))
	}
}
