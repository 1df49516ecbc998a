package check_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"dragoman/internal/catalog"
	"dragoman/internal/check"
	"dragoman/internal/review"
)

// FuzzRules asks that no text stops a rule, that findings name messages of the catalog,
// and that what was mended stays as it is when it is mended again.
func FuzzRules(f *testing.F) {
	for _, table := range []map[string][]defect{structureDefects, structureTraps} {
		for _, list := range table {
			for _, d := range list {
				f.Add(d.lang, d.kind, d.source, d.target)
			}
		}
	}
	rules := check.Rules()
	f.Fuzz(func(t *testing.T, lang, kind, source, target string) {
		if !utf8.ValidString(source+target) || strings.ContainsRune(source+target, 0) || len(source)+len(target) > 4<<10 {
			return
		}
		switch lang {
		case "ko", "zh-Hans", "zh-Hant", "ja", "de":
		default:
			lang = "ko"
		}
		file := &catalog.File{Path: "x.po"}
		file.Add(&catalog.Message{Entry: catalog.Entry{Key: catalog.Key{Context: catalog.KindContext(kind), Source: source}, Target: target}})
		review.Apply(file, nil)
		in := check.Input{File: file, Source: tag(t, "en"), Language: tag(t, lang)}
		for _, found := range check.Run(in, rules) {
			if found.Key != file.Messages[0].Key || found.Code == "" || found.Text == "" {
				t.Errorf("got %+v", found)
			}
		}
		check.Fix(in, rules)
		once := file.Messages[0].Target
		check.Fix(in, rules)
		if twice := file.Messages[0].Target; twice != once {
			t.Errorf("mended %q, then %q, then %q", target, once, twice)
		}
	})
}
