package main

import (
	"bytes"
	"encoding/binary"
	"errors"
	"flag"
	"io/fs"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/rogpeppe/go-internal/testscript"
	"golang.org/x/image/font/gofont/goregular"
)

var update = flag.Bool("update", false, "rewrite the outputs that the stories compare")

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"dragoman": main})
}

// TestStories runs what users do, a script each.
func TestStories(t *testing.T) {
	plain := program(t)
	testscript.Run(t, testscript.Params{
		Dir:           "testdata/script",
		UpdateScripts: *update,
		Setup: func(e *testscript.Env) error {
			e.Setenv("SOURCE_DATE_EPOCH", "1795132800") // 2026-11-20
			e.Setenv("GORACE", "atexit_sleep_ms=0")     // else the race detector waits a second at each end
			if plain != "" && strings.Contains(strings.TrimPrefix(filepath.Base(e.WorkDir), "script-"), "-") {
				e.Setenv("PATH", plain+string(filepath.ListSeparator)+e.Getenv("PATH"))
			}
			e.Values[snapshotKey{}] = &folder{}
			return nil
		},
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"fails": fails, "font": writeFont, "replace": replace, "snapshot": snapshot, "unchanged": unchanged, "same": same,
		},
	})
}

// fails N ARGS runs dragoman, which must exit with N. Whatever could not be run (2)
// must have told why, one line a finding, and left every file as it was.
func fails(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: fails CODE ARGUMENT…")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	before := files(ts, ".")
	code := 0
	var exit *exec.ExitError
	if err := ts.Exec("dragoman", args[1:]...); errors.As(err, &exit) {
		code = exit.ExitCode()
	}
	if code != want {
		ts.Fatalf("exit code %d, want %d", code, want)
	}
	if code < 2 {
		return
	}
	if d := cmp.Diff(before, files(ts, ".")); d != "" {
		ts.Fatalf("files changed:\n%s", d)
	}
	if ts.ReadFile("stdout") != "" {
		ts.Fatalf("something was printed as a result")
	}
	if text := ts.ReadFile("stderr"); text == "" || strings.Contains(text, "\n\n") || strings.ContainsFunc(text, control) {
		ts.Fatalf("not one line a finding: %q", text)
	}
}

func control(r rune) bool { return r < ' ' && r != '\n' || r >= 0x7f && r < 0xa0 }

// replace FILE OLD NEW edits a file, in which the old text must stand once.
func replace(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 3 {
		ts.Fatalf("usage: replace FILE OLD NEW")
	}
	unquote := strings.NewReplacer(`\\`, `\`, `\n`, "\n", `\t`, "\t").Replace
	text, old := ts.ReadFile(args[0]), unquote(args[1])
	if n := strings.Count(text, old); n != 1 {
		ts.Fatalf("%q stands %d times in %s", old, n, args[0])
	}
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(strings.Replace(text, old, unquote(args[2]), 1)), 0o666))
}

// writeFont FILE [forbidden] writes a font, or one that must not be embedded.
func writeFont(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) == 0 {
		ts.Fatalf("usage: font FILE [forbidden]")
	}
	data := bytes.Clone(goregular.TTF)
	if len(args) > 1 {
		entry := bytes.Index(data, []byte("OS/2")) // of the list of tables
		data[binary.BigEndian.Uint32(data[entry+8:])+9] = 2
	}
	ts.Check(os.MkdirAll(filepath.Dir(ts.MkAbs(args[0])), 0o777))
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), data, 0o666))
}

// folder is what a folder holds: by path, the mode, time and content of a file.
type folder map[string]string

type snapshotKey struct{}

// snapshot takes down all files of the folder, for unchanged.
func snapshot(ts *testscript.TestScript, _ bool, _ []string) {
	*ts.Value(snapshotKey{}).(*folder) = files(ts, ".")
}

// files is the folder as it is.
func files(ts *testscript.TestScript, dir string) folder {
	found := folder{}
	root := ts.MkAbs(dir)
	ts.Check(filepath.WalkDir(root, func(at string, e fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		name, info := strings.TrimPrefix(at, root), fs.FileInfo(nil)
		if info, err = e.Info(); err != nil {
			return err
		}
		found[name] = info.Mode().String()
		if e.Type().IsRegular() {
			content, err := os.ReadFile(at)
			if err != nil {
				return err
			}
			found[name] += info.ModTime().String() + "\n" + string(content)
		}
		return nil
	}))
	return found
}

// unchanged [FILE…] checks that the folder is as it was, but for the files named,
// which must differ.
func unchanged(ts *testscript.TestScript, neg bool, args []string) {
	if neg {
		ts.Fatalf("usage: unchanged [FILE…]")
	}
	was, is := maps.Clone(*ts.Value(snapshotKey{}).(*folder)), files(ts, ".")
	for _, name := range args {
		name = "/" + name
		if was[name] == is[name] {
			ts.Fatalf("%s is as it was", name)
		}
		delete(was, name)
		delete(is, name)
	}
	if d := cmp.Diff(was, is); d != "" {
		ts.Fatalf("files changed:\n%s", d)
	}
}

// same DIR DIR checks that two folders hold the same files, byte for byte.
func same(ts *testscript.TestScript, neg bool, args []string) {
	if len(args) != 2 {
		ts.Fatalf("usage: same DIR DIR")
	}
	a, b := files(ts, args[0]), files(ts, args[1])
	if len(a) < 2 {
		ts.Fatalf("%s is empty", args[0])
	}
	for _, f := range []folder{a, b} {
		for name, text := range f {
			_, f[name], _ = strings.Cut(text, "\n") // without mode and time
		}
	}
	if d := cmp.Diff(a, b); (d == "") == neg {
		ts.Fatalf("differences:\n%s", d)
	}
}
