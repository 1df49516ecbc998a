package merge_test

import (
	"testing"

	"github.com/google/go-cmp/cmp"

	"dragoman/internal/catalog"
	"dragoman/internal/merge"
)

func TestRememberKeepsEachTranslationOfAText(t *testing.T) {
	pair := func(context, source, target string) *catalog.Message {
		return &catalog.Message{Entry: catalog.Entry{Key: catalog.Key{Context: context, Source: source}, Target: target}}
	}
	memory := &catalog.File{}
	first := &catalog.File{Messages: []*catalog.Message{pair("", "road", "길"), pair("translation 2", "road", "도로")}}
	second := &catalog.File{Messages: []*catalog.Message{pair("", "road", "도로"), pair("", "road", "가로"), pair("", "sea", ""), pair("", "a\n", "b")}}
	var got []merge.Outcome
	for _, from := range []*catalog.File{first, second, second} {
		got = append(got, merge.Remember(memory, from)...)
	}
	held, remembered, none := merge.Held, merge.Remembered, merge.NoTarget
	want := []merge.Outcome{remembered, remembered, held, remembered, none, remembered, held, held, none, held}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if d := cmp.Diff("translated road = 길\ntranslated [translation 2] road = 도로\ntranslated [translation 3] road = 가로\ntranslated a\n = b\n\n", show(memory)); d != "" {
		t.Error(d)
	}
}
