package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestReadmeSession runs the session of the README and holds each command to the
// output that stands below it.
func TestReadmeSession(t *testing.T) {
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	_, rest, ok := strings.Cut(string(readme), "```console\n")
	if !ok {
		t.Fatal("README.md has no session")
	}
	session, _, _ := strings.Cut(rest, "```")
	script := filepath.Join(t.TempDir(), "readme.txtar")
	if err := os.WriteFile(script, []byte(scriptOf(session)), 0o666); err != nil {
		t.Fatal(err)
	}
	testscript.Run(t, testscript.Params{Files: []string{script}})
}

// scriptOf turns a session into a test script.
func scriptOf(session string) string {
	var script, files strings.Builder
	steps := strings.Split("\n"+session, "\n$ ")[1:]
	for i, step := range steps {
		command, output, _ := strings.Cut(step, "\n")
		if output != "" && !strings.HasSuffix(output, "\n") {
			output += "\n"
		}
		if dir, ok := strings.CutPrefix(command, "cd "); ok {
			fmt.Fprintf(&script, "cd %s\n", dir)
			continue
		}
		fmt.Fprintf(&script, "exec sh $WORK/%d.sh\ncmp stdout $WORK/%d.out\n", i, i)
		fmt.Fprintf(&files, "-- %d.sh --\n%s\n-- %d.out --\n%s", i, command, i, output)
	}
	return script.String() + files.String()
}

// TestOurOwnWorkspacesAreUpToDate extracts the articles of this repository, and those
// that hold every construct: nothing is left to write.
func TestOurOwnWorkspacesAreUpToDate(t *testing.T) {
	for _, workspace := range []string{"../..", "../../.ci/torture"} {
		var stdout, stderr strings.Builder
		if code := run(t.Context(), []string{"-C", workspace, "extract", "--check"}, &stdout, &stderr); code != 0 {
			t.Errorf("%s: exit %d; run dragoman extract and commit what it writes\n%s%s", workspace, code, &stdout, &stderr)
		}
	}
}
