package main

import (
	"bufio"
	"context"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// session is a command that runs until it is interrupted.
type session struct {
	t         testing.TB
	interrupt context.CancelFunc
	ended     chan int
	out, err  *bufio.Reader
}

// begin runs dragoman beside the test.
func begin(t testing.TB, args ...string) *session {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Minute)
	s := &session{t: t, interrupt: cancel, ended: make(chan int, 1)}
	outRead, outWrite := io.Pipe()
	errRead, errWrite := io.Pipe()
	s.out, s.err = bufio.NewReader(outRead), bufio.NewReader(errRead)
	go func() {
		s.ended <- run(ctx, args, outWrite, errWrite)
		outWrite.Close()
		errWrite.Close()
	}()
	t.Cleanup(cancel)
	return s
}

// line reads lines up to one that has a text.
func (s *session) line(from *bufio.Reader, has string) string {
	s.t.Helper()
	for {
		line, err := from.ReadString('\n')
		if err != nil {
			s.t.Fatalf("no line has %q: %v", has, err)
		}
		if strings.Contains(line, has) {
			return line
		}
	}
}

// end interrupts the command, as Ctrl-C does, and is its exit code.
func (s *session) end() int {
	s.interrupt()
	go io.Copy(io.Discard, s.out)
	go io.Copy(io.Discard, s.err)
	return <-s.ended
}

// workspace is a small one; save writes an article as editors do: another file, renamed.
func workspace(t testing.TB) (dir string, save func(text string)) {
	t.Helper()
	dir = t.TempDir()
	for name, text := range map[string]string{
		"dragoman.toml":    "title = \"Harbour\"\n[languages.ko]\n",
		"content/tides.md": "# Tides\n\nThe first.\n",
	} {
		full := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(full), 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(full, []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	return dir, func(text string) {
		at := filepath.Join(dir, "content", "tides.md")
		if err := os.WriteFile(at+".new", []byte(text), 0o666); err != nil {
			t.Fatal(err)
		}
		if err := os.Rename(at+".new", at); err != nil {
			t.Fatal(err)
		}
	}
}

var buildOf = regexp.MustCompile(`data-build="(\d+)"`)

// fetch is a page of the preview, and the number of the build that it is of.
func fetch(t testing.TB, url string) (text, build string) {
	t.Helper()
	r, err := http.Get(url)
	if err != nil {
		t.Fatal(err)
	}
	defer r.Body.Close()
	content, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	if m := buildOf.FindSubmatch(content); m != nil {
		build = string(m[1])
	}
	return string(content), build
}

func TestPreviewShowsEachSave(t *testing.T) {
	temporary := t.TempDir()
	t.Setenv("TMPDIR", temporary)
	dir, save := workspace(t)
	s := begin(t, "preview", "--port", "0", "-C", dir)
	at, _, _ := strings.Cut(s.line(s.out, "http://127.0.0.1:"), " ")

	text, build := fetch(t, at+"ko/tides/")
	if !strings.Contains(text, "The first.") {
		t.Errorf("the page is\n%s", text)
	}
	save("# Tides\n\nThe second.\n")
	fetch(t, at+".preview/events?after="+build) // ends with the build
	text, build = fetch(t, at+"ko/tides/")
	if !strings.Contains(text, "The second.") {
		t.Errorf("after a save the page is\n%s", text)
	}
	save("# Tides\n\n\x00\n")
	s.line(s.err, "content/tides.md:3:1: ")
	fetch(t, at+".preview/events?after="+build)
	text, build = fetch(t, at+"ko/tides/")
	if !strings.Contains(text, "The second.") || !strings.Contains(text, "content/tides.md:3:1: ") {
		t.Errorf("after a save that cannot be built the page is\n%s", text)
	}
	save("# Tides\n\nThe third.\n")
	fetch(t, at+".preview/events?after="+build)
	if text, _ = fetch(t, at+"ko/tides/"); !strings.Contains(text, "The third.") || strings.Contains(text, "content/tides.md:3") {
		t.Errorf("after it is mended the page is\n%s", text)
	}
	if code := s.end(); code != 0 {
		t.Errorf("exit code %d", code)
	}
	if left, err := os.ReadDir(temporary); err != nil || len(left) > 0 {
		t.Errorf("temporary files are left: %v, %v", left, err)
	}
	if _, err := os.Stat(filepath.Join(dir, "editions")); err == nil {
		t.Error("the editions were built")
	}
}

func TestBuildWatchesSaves(t *testing.T) {
	dir, save := workspace(t)
	s := begin(t, "build", "--watch", "--lang", "ko", "-C", dir)
	s.line(s.out, ".epub")
	save("# Tides\n\n\x00\n")
	s.line(s.err, "content/tides.md:3:1: ")
	save("# Tides\n\nThe second.\n")
	s.line(s.out, ".epub")
	page, err := os.ReadFile(filepath.Join(dir, "editions/ko/tides/index.html"))
	if err != nil || !strings.Contains(string(page), "The second.") {
		t.Errorf("the page is %s, %v", page, err)
	}
	if code := s.end(); code != 0 {
		t.Errorf("exit code %d", code)
	}
}

// BenchmarkPreview is the time from the save of an article of this repository to the
// event that makes browsers load the page again.
func BenchmarkPreview(b *testing.B) {
	dir := b.TempDir()
	for _, name := range []string{"dragoman.toml", "content", "locales"} {
		info, err := os.Stat(filepath.Join("../..", name))
		if err != nil {
			b.Fatal(err)
		}
		if info.IsDir() {
			err = os.CopyFS(filepath.Join(dir, name), os.DirFS(filepath.Join("../..", name)))
		} else {
			var text []byte
			text, _ = os.ReadFile(filepath.Join("../..", name))
			err = os.WriteFile(filepath.Join(dir, name), text, 0o666)
		}
		if err != nil {
			b.Fatal(err)
		}
	}
	article := filepath.Join(dir, "content/terms.md")
	text, err := os.ReadFile(article)
	if err != nil {
		b.Fatal(err)
	}
	s := begin(b, "preview", "--port", "0", "-C", dir)
	go io.Copy(io.Discard, s.err)
	at, _, _ := strings.Cut(s.line(s.out, "http://127.0.0.1:"), " ")
	_, build := fetch(b, at+"ko/terms/")
	best := time.Hour
	for b.Loop() {
		text = append(text, "\nAnd more.\n"...)
		begin := time.Now()
		if err := os.WriteFile(article, text, 0o666); err != nil {
			b.Fatal(err)
		}
		fetch(b, at+".preview/events?after="+build)
		best = min(best, time.Since(begin))
		_, build = fetch(b, at+"ko/terms/")
	}
	b.ReportMetric(float64(best.Milliseconds()), "best-ms")
	s.interrupt()
	<-s.ended
}
