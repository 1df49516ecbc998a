package merge

import (
	"time"

	"dragoman/internal/catalog"
	"dragoman/internal/locale"
)

const created = "POT-Creation-Date"

// date dates the header of a catalog whose messages changed, and makes one where
// there is none. Other fields are left alone.
func (u *update) date(h *catalog.Header) {
	now := u.Now.UTC().Format(time.DateOnly) + " 00:00+0000"
	if len(h.Fields) > 0 {
		h.Set(created, now)
		return
	}
	// No field names a person, and none has the value that gettext takes for a
	// form that nobody has filled in.
	h.Fields = []catalog.Field{
		{Name: "Project-Id-Version", Value: u.Project},
		{Name: created, Value: now},
		{Name: "PO-Revision-Date", Value: now},
		{Name: "Last-Translator", Value: ""},
		{Name: "Language-Team", Value: ""},
		{Name: "Language", Value: locale.Gettext(u.Language)},
		{Name: "MIME-Version", Value: "1.0"},
		{Name: "Content-Type", Value: "text/plain; charset=UTF-8"},
		{Name: "Content-Transfer-Encoding", Value: "8bit"},
		{Name: "Plural-Forms", Value: locale.PluralForms(u.Language)},
		{Name: "X-Generator", Value: "Dragoman"},
	}
}
