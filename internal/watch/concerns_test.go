package watch

import (
	"testing"

	"github.com/fsnotify/fsnotify"
)

func TestWhatIsNoSaveIsPassedOver(t *testing.T) {
	tests := []struct {
		name string
		path string
		op   fsnotify.Op
		want bool
	}{
		{"an article", "content/a.md", fsnotify.Write, true},
		{"a file that is watched itself", "dragoman.toml", fsnotify.Write, true},
		{"a folder on the way to one", "docs", fsnotify.Remove, true},
		{"a file and whoever may read it", "content/a.md", fsnotify.Write | fsnotify.Chmod, true},
		{"only who may read it", "content/a.md", fsnotify.Chmod, false},
		{"an editor's own file", "content/.a.md.swp", fsnotify.Write, false},
		{"an editor's copy", "content/a.md~", fsnotify.Write, false},
		{"a file in a hidden folder", "content/.git/index", fsnotify.Write, false},
		{"what the work made", "editions/ko/index.html", fsnotify.Write, false},
		{"a folder that begins like another", "contents/a.md", fsnotify.Write, false},
		{"the top itself", ".", fsnotify.Write, false},
	}
	w := &watcher{root: "work", names: []string{"content", "docs/articles", "dragoman.toml"}}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := w.saved(fsnotify.Event{Name: "work/" + tt.path, Op: tt.op})
			if got != tt.want || err != nil {
				t.Errorf("got %v, %v", got, err)
			}
		})
	}
}
