// Package words holds the words of the editions themselves, in each language:
// "Contents", "3 passages are not yet translated".
//
// They are messages in go-i18n's format, one file a language, ui/ko.toml:
//
//	[byline]
//	other = "글 {{.Author}}"
//
// A workspace may override any message of the program's own, and bring languages
// that the program does not have. What a language lacks shows in English.
//
// A translation is text, never a program. go-i18n would run a message as a
// text/template, whose {{range}} can hold up a build for ever; here a message may
// fill in a field, {{.Author}}, and do nothing else.
//
// A translated message may hold the hash of the English that it translates, as
// go-i18n's own tool has it; by that it is known to be stale (Bundle.Stale).
//
// Law: a message in use fills in what the English one fills in.
package words

import (
	"io/fs"
	"maps"

	"github.com/nicksnyder/go-i18n/v2/i18n"
	"golang.org/x/text/language"

	"dragoman/internal/diag"
	"dragoman/internal/locale"
)

// Bundle holds the words of all languages. It does not change.
type Bundle struct {
	languages map[string]*Words
	messages  map[string]map[string]*message // by language, then by id
	first     map[string]string              // the hash of each message of the first English
	missing   map[string]diag.List
}

// Words are the words of one language. They do not change, and any number of
// goroutines may ask for them.
type Words struct {
	tag       locale.Tag
	localizer *i18n.Localizer
	ids       map[string]bool
	english   *Words // nil for English itself
}

// Load reads ui/<language>.toml of each source; a later source overrides an
// earlier one message by message, and the first that has English says which
// messages there are. A source may have no folder ui.
//
// A message with an Error is not used: what it would have overridden stays, or
// English shows. The paths of findings are those within the source.
func Load(sources ...fs.FS) (*Bundle, diag.List) {
	l := loader{
		messages: map[string]map[string]*message{}, files: map[string]string{}, plurals: map[string]plurals{},
		first: map[string]string{}, missing: map[string]diag.List{},
	}
	for _, source := range sources {
		l.source(source)
		l.layers++
	}
	l.lacking()
	l.found.Sort()
	return l.bundle(), l.found
}

// For is the words of the language or of what may stand in for it, zh-Hant for
// zh-TW; English if there are none.
func (b *Bundle) For(t locale.Tag) *Words {
	for _, f := range locale.Fallbacks(t) {
		if w := b.languages[f.String()]; w != nil {
			return w
		}
	}
	return b.languages["en"]
}

// Tag is the language that the words are in.
func (w *Words) Tag() locale.Tag { return w.tag }

// Text is a message with its fields filled in. Of an unknown id it is the id.
// Values are put in as they are: the caller escapes.
func (w *Words) Text(id string, data map[string]any) string {
	return w.localize(id, &i18n.LocalizeConfig{MessageID: id, TemplateData: data, TemplateParser: parser{}})
}

// Count is a message in the form that n takes; its field Count is n.
func (w *Words) Count(id string, n int, data map[string]any) string {
	counted := make(map[string]any, len(data)+1)
	maps.Copy(counted, data)
	counted["Count"] = n
	return w.localize(id, &i18n.LocalizeConfig{
		MessageID: id, TemplateData: counted, PluralCount: n, TemplateParser: parser{},
	})
}

func (w *Words) localize(id string, c *i18n.LocalizeConfig) string {
	for ; w != nil; w = w.english {
		if w.ids[id] {
			// An error here is of a form that a millionth passage would take;
			// the form other then stands in.
			text, _ := w.localizer.Localize(c)
			return text
		}
	}
	return id
}

// bundle makes the words of what was loaded.
func (l *loader) bundle() *Bundle {
	b := &Bundle{languages: map[string]*Words{}, messages: l.messages, first: l.first, missing: l.missing}
	english := newWords(language.English, l.messages["en"], nil)
	b.languages["en"] = english
	for tag, messages := range l.messages {
		if tag != "en" {
			b.languages[tag] = newWords(language.Make(tag), messages, english)
		}
	}
	return b
}

func newWords(t locale.Tag, messages map[string]*message, english *Words) *Words {
	w := &Words{tag: t, ids: map[string]bool{}, english: english}
	var all []*i18n.Message
	for id, m := range messages {
		w.ids[id] = true
		all = append(all, m.forGoI18n(id))
	}
	w.localizer = localizerOf(t, all)
	return w
}
