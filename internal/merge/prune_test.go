package merge_test

import (
	"testing"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/po"
	"dragoman/internal/merge"
)

func TestPruneDropsWhatNothingRefersTo(t *testing.T) {
	road := side(t, entry("Road", "길")+"\n#, fuzzy\n#| msgid \"The sea.\"\n"+entry("The wide sea.", "바다.")+
		"\n#~ msgid \"The sea.\"\n#~ msgstr \"바다.\"\n\n#~ msgid \"Old\"\n#~ msgstr \"옛\"\n")
	gone := side(t, "#~ msgid \"Gone\"\n#~ msgstr \"간\"\n")
	dropped := merge.Prune([]*catalog.File{road, gone})
	if len(dropped) != 2 || dropped[0].Source != "Old" || dropped[1].Source != "Gone" {
		t.Errorf("dropped %+v", dropped)
	}
	want := entry("Road", "길") + "\n#, fuzzy\n#| msgid \"The sea.\"\n" + entry("The wide sea.", "바다.") +
		"\n#~ msgid \"The sea.\"\n#~ msgstr \"바다.\"\n"
	if got := string(po.Format(road)); got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if len(gone.Messages) > 0 {
		t.Errorf("left %+v", gone.Messages)
	}
}
