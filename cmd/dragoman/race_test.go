//go:build race

package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"testing"
)

// program is a folder with the program as it is without the race detector, under which
// the many hundred starts of all stories take minutes. The stories that are named after
// a command run with it.
func program(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	build := exec.Command("go", "build", "-o", filepath.Join(dir, "dragoman"), ".")
	build.Stderr = os.Stderr
	if err := build.Run(); err != nil {
		t.Fatal(err)
	}
	return dir
}
