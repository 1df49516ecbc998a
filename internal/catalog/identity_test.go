package catalog_test

import (
	"strings"
	"testing"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/po"
)

func TestScrub(t *testing.T) {
	const src = `# Articles of the reader.
# Copyright (C) 2026 the reader's authors <desk@canary.example>
# Canary Kim <kim@canary.example>, 2026.
# Translators:
msgid ""
msgstr ""
"Project-Id-Version: reader 1\n"
"Report-Msgid-Bugs-To: desk@canary.example\n"
"POT-Creation-Date: 2026-11-20 00:00+0000\n"
"PO-Revision-Date: 2026-11-21 23:48+0900\n"
"Last-Translator: Canary Kim <kim@canary.example>\n"
"Language-Team: Canary team\n"
"Language: ko\n"
"Content-Type: text/plain; charset=UTF-8\n"
"X-Poedit-Basepath: /home/canary/reader\n"
"X-Comment: ask kim@canary.example\n"

# Canary Kim <kim@canary.example>: which road?
# 길은 도로가 아니다.
msgid "Write to desk@example.org"
msgstr "desk@example.org로 쓰세요"

#~ msgid "Old"
#~ msgstr "옛"
`
	const want = `# Articles of the reader.
msgid ""
msgstr ""
"Project-Id-Version: reader 1\n"
"Report-Msgid-Bugs-To: \n"
"POT-Creation-Date: 2026-11-20 00:00+0000\n"
"PO-Revision-Date: 2026-11-21 00:00+0000\n"
"Last-Translator: \n"
"Language-Team: \n"
"Language: ko\n"
"Content-Type: text/plain; charset=UTF-8\n"
"X-Poedit-Basepath: \n"
"X-Comment: ask …\n"

# …: which road?
# 길은 도로가 아니다.
msgid "Write to desk@example.org"
msgstr "desk@example.org로 쓰세요"

#~ msgid "Old"
#~ msgstr "옛"
`
	f, found := po.Parse("road.po", []byte(src))
	if found.HasErrors() {
		t.Fatal(found)
	}
	traces := f.Scrub()
	got := string(po.Format(f))
	if got != want {
		t.Errorf("got\n%s", got)
	}
	if strings.Contains(strings.ToLower(got), "canary") {
		t.Error("a name is left")
	}
	if len(traces) != 10 {
		t.Errorf("%d traces, want 10: %+v", len(traces), traces)
	}
	if last := traces[len(traces)-1]; last.Pos.Line != 20 || last.Text != "Canary Kim <kim@canary.example>: which road?" {
		t.Errorf("the last trace is %+v", last)
	}
	if again := f.Scrub(); len(again) > 0 {
		t.Errorf("scrubbing again finds %+v", again)
	}
	var none catalog.File
	if traces := none.Scrub(); traces != nil {
		t.Errorf("an empty catalog has %+v", traces)
	}
}
