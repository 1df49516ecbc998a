package words

import (
	"strings"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"github.com/nicksnyder/go-i18n/v2/i18n/template"
	"golang.org/x/text/language"

	"dragoman/internal/locale"
)

// forms are CLDR's plural categories, as keys of a message.
var forms = [...]string{"zero", "one", "two", "few", "many", "other"}

// plurals is what a language does with whole numbers.
type plurals struct {
	takers map[string]int // how many of the numbers from 1 to 120 take a form that the language has
	rare   string         // a form that may be written but is not asked of a translator
}

// single reports whether a form is of one number, so that its text need not
// repeat the number: "one" is in English, not in Russian, where 21 takes it.
func (p plurals) single(form string) bool { return form != "other" && p.takers[form] <= 1 }

// pluralsOf asks go-i18n, which will choose the forms.
func pluralsOf(t locale.Tag) plurals {
	probe := &i18n.Message{ID: "probe", Zero: "zero", One: "one", Two: "two", Few: "few", Many: "many", Other: "other"}
	localizer := localizerOf(t, []*i18n.Message{probe})
	form := func(n int) string {
		f, _ := localizer.Localize(&i18n.LocalizeConfig{ // every form is there, so nothing can fail
			MessageID: probe.ID, PluralCount: n, TemplateParser: template.IdentityParser{},
		})
		return f
	}
	p := plurals{takers: map[string]int{"other": 0, form(0): 0}}
	for n := 1; n <= 120; n++ {
		p.takers[form(n)]++
	}
	switch million := form(1_000_000); {
	case strings.HasPrefix(locale.PluralForms(t), "nplurals=1;"):
		// go-i18n's data is newer than CLDR 48 and has "one" in Vietnamese; gettext
		// and the translators' tools have not.
		p.rare = form(1)
		p.takers = map[string]int{"other": 0}
	case p.takers[million] == 0: // French
		p.rare = million
	}
	return p
}

// localizerOf holds the messages of one language alone: what a language lacks is
// looked up in English by this package, never by likeness of languages. One that
// CLDR has no plural rule for has the form other only, as Japanese has; the root of
// go-i18n's rules is not it.
func localizerOf(t locale.Tag, messages []*i18n.Message) *i18n.Localizer {
	bundle := i18n.NewBundle(t)
	if bundle.AddMessages(t, messages...) != nil {
		t = language.Japanese
		bundle = i18n.NewBundle(t)
		_ = bundle.AddMessages(t, messages...) // Japanese has a rule
	}
	return i18n.NewLocalizer(bundle, t.String())
}
