package project

import (
	"context"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"dragoman/internal/locale"
	"dragoman/internal/merge"
)

// An import is one change of the workspace: if a file cannot be written, none is.
func TestImportWritesAllOrNothing(t *testing.T) {
	dir := t.TempDir()
	write := func(name, text string) string {
		t.Helper()
		full := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		return full
	}
	write(ConfigName, "source = \"en\"\n[languages.ko]\n")
	write("content/a.md", "The road.\n")
	write("content/b.md", "The sea.\n")
	theirs := write("theirs.po", "msgid \"The road.\"\nmsgstr \"길.\"\n\nmsgid \"The sky.\"\nmsgstr \"하늘.\"\n")
	tree, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	defer tree.Close()
	o := ImportOptions{Now: time.Date(2026, 11, 24, 0, 0, 0, 0, time.UTC), File: theirs}
	if o.Language, err = locale.Parse("ko"); err != nil {
		t.Fatal(err)
	}

	// A folder stands where the memory is to be.
	memory := filepath.Join(dir, "locales", "ko", memoryName)
	write("locales/ko/"+memoryName+"/in-the-way", "")
	if _, err := tree.Import(context.Background(), o); err == nil || !strings.Contains(err.Error(), memoryName) {
		t.Fatalf("with a folder in the way: %v", err)
	}
	if _, err := os.Stat(filepath.Join(dir, "locales", "ko", "a.po")); err == nil {
		t.Error("a catalog was written")
	}

	if err := os.RemoveAll(memory); err != nil {
		t.Fatal(err)
	}
	i, err := tree.Import(context.Background(), o)
	if err != nil {
		t.Fatal(err)
	}
	if len(i.Written) != 3 || i.Count(merge.Taken) != 1 || i.Count(merge.Remembered) != 1 {
		t.Errorf("wrote %q, outcomes %v", i.Written, i.Outcomes)
	}
	if i, err = tree.Import(context.Background(), o); err != nil || len(i.Written) != 0 {
		t.Errorf("the second time: wrote %q, %v", i.Written, err)
	}

	write("locales/ko/"+memoryName, "<<<<<<< ours\n")
	if _, err := tree.Import(context.Background(), o); err == nil {
		t.Error("a memory with conflict markers is taken")
	}
}
