package watch_test

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"dragoman/internal/watch"
)

// write writes a file below a folder, and the folders on the way.
func write(t *testing.T, root, name, text string) {
	t.Helper()
	full := filepath.Join(root, name)
	if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(full, []byte(text), 0o666); err != nil {
		t.Fatal(err)
	}
}

func rename(t *testing.T, root, from, to string) {
	t.Helper()
	if err := os.Rename(filepath.Join(root, from), filepath.Join(root, to)); err != nil {
		t.Fatal(err)
	}
}

// patience is how long a test waits for what must come.
const patience = time.Minute

func TestEverySaveIsSeen(t *testing.T) {
	tests := []struct {
		name string
		save func(t *testing.T, root string)
	}{
		{"a file that is written", func(t *testing.T, root string) { write(t, root, "content/a.md", "b") }},
		{"a file that is new", func(t *testing.T, root string) { write(t, root, "content/new.md", "b") }},
		{"a file that is renamed into place, as editors save", func(t *testing.T, root string) {
			write(t, root, "content/.a.md.tmp", "b")
			rename(t, root, "content/.a.md.tmp", "content/a.md")
		}},
		{"a file that is removed", func(t *testing.T, root string) {
			if err := os.Remove(filepath.Join(root, "content/a.md")); err != nil {
				t.Fatal(err)
			}
		}},
		{"a file in a folder below", func(t *testing.T, root string) { write(t, root, "content/sub/b.md", "b") }},
		{"a folder that is new", func(t *testing.T, root string) { write(t, root, "content/x/y/c.md", "b") }},
		{"a folder that is renamed into place", func(t *testing.T, root string) {
			write(t, root, "aside/z.md", "b")
			rename(t, root, "aside", "content/aside")
		}},
		{"a folder that was not there", func(t *testing.T, root string) { write(t, root, "deep/er/a.md", "b") }},
		{"a file at the top", func(t *testing.T, root string) { write(t, root, "top.toml", "b") }},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			root := t.TempDir()
			write(t, root, "content/a.md", "a")
			write(t, root, "content/sub/b.md", "a")
			ctx, cancel := context.WithTimeout(t.Context(), patience)
			defer cancel()
			works := 0
			err := watch.Each(ctx, root, []string{"content", "deep/er", "top.toml"}, func() []string {
				if works++; works == 1 {
					tt.save(t, root)
				} else {
					cancel()
				}
				return nil
			})
			if err != nil || works != 2 {
				t.Errorf("%d works, %v", works, err)
			}
		})
	}
}

func TestAFileInAFolderThatCameLaterIsSeen(t *testing.T) {
	root := t.TempDir()
	write(t, root, "content/a.md", "a")
	saves := []func(){
		func() { write(t, root, "content/x/y/c.md", "1") },
		func() { write(t, root, "content/x/y/c.md", "2") },
		func() { rename(t, root, "content/x", "content/z") },
		func() { write(t, root, "content/z/y/c.md", "3") },
		func() { write(t, root, "other/a.md", "names that the work returns") },
		func() {},
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	works := 0
	err := watch.Each(ctx, root, []string{"content"}, func() []string {
		saves[works]()
		if works++; works == len(saves) {
			cancel()
		}
		if works == 4 {
			return []string{"content", "other"}
		}
		return nil
	})
	if err != nil || works != len(saves) {
		t.Errorf("%d works, %v", works, err)
	}
}

func TestAFolderThatIsNotThereCannotBeWatched(t *testing.T) {
	file := filepath.Join(t.TempDir(), "file")
	if err := os.WriteFile(file, nil, 0o666); err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	defer cancel()
	err := watch.Each(ctx, filepath.Join(file, "below"), nil, func() []string { cancel(); return nil })
	if err == nil {
		t.Error("a folder below a file was watched")
	}
}
