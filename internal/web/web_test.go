package web_test

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"html"
	"io"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"dragoman/internal/diag"
	"dragoman/internal/web"
)

const page = `<!DOCTYPE html>
<html lang="ko">
<head>
<meta http-equiv="Content-Security-Policy" content="default-src &#39;none&#39;; style-src &#39;sha256-abc=&#39;; img-src &#39;self&#39; data:; base-uri &#39;none&#39;">
<title>조수</title>
</head>
<body>
<p>The text says &lt;/body&gt;.</p>
</body>
</html>
`

func editions() fstest.MapFS {
	return fstest.MapFS{
		"index.html":           {Data: []byte("<!DOCTYPE html><title>a theme without a policy</title>")},
		"ko/terms/index.html":  {Data: []byte(page)},
		"ko/map.svg":           {Data: []byte("<svg/>")},
		"ko/한국.html":           {Data: []byte(page)},
		"ko/.dragoman":         {Data: []byte("mark")},
		".building1/a/x.html":  {Data: []byte(page)},
		"ko/unknown.something": {Data: []byte("bytes")},
	}
}

// get asks the preview as a browser on the same computer does.
func get(p http.Handler, method, target string) *http.Response {
	r := httptest.NewRequest(method, "http://127.0.0.1:8745/", nil)
	r.URL.Path, r.URL.RawQuery, _ = strings.Cut(target, "?")
	w := httptest.NewRecorder()
	p.ServeHTTP(w, r)
	return w.Result()
}

func body(t *testing.T, r *http.Response) string {
	t.Helper()
	text, err := io.ReadAll(r.Body)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestAFileIsServedAsWhatItIs(t *testing.T) {
	p := web.NewPreview(editions())
	tests := []struct {
		name, method, target string
		status               int
		header, want         string // a header and what it says
		has                  string // in the body
	}{
		{"a page by its folder", "GET", "/ko/terms/", 200, "Content-Type", "text/html; charset=utf-8", "조수"},
		{"a page by its file", "GET", "/ko/terms/index.html", 200, "Content-Type", "text/html; charset=utf-8", "조수"},
		{"a name in any script", "GET", "/ko/한국.html", 200, "Content-Type", "text/html; charset=utf-8", "조수"},
		{"the page of all languages", "GET", "/", 200, "Content-Type", "text/html; charset=utf-8", "a theme without"},
		{"a folder without its slash", "GET", "/ko/terms", 307, "Location", "/ko/terms/", ""},
		{"a folder that would lead to another host", "GET", "//ko", 307, "Location", "/ko/", ""},
		{"an image", "GET", "/ko/map.svg", 200, "Content-Type", "image/svg+xml", "<svg/>"},
		{"what is not known to be anything", "GET", "/ko/unknown.something", 200, "Content-Type", "application/octet-stream", "bytes"},
		{"nothing is kept by browsers", "GET", "/ko/terms/", 200, "Cache-Control", "no-store", ""},
		{"nothing is guessed by browsers", "GET", "/ko/map.svg", 200, "X-Content-Type-Options", "nosniff", ""},
		{"no other site embeds it", "GET", "/ko/map.svg", 200, "Cross-Origin-Resource-Policy", "same-origin", ""},
		{"no other site frames it", "GET", "/ko/terms/", 200, "X-Frame-Options", "DENY", ""},
		{"no other site may read it", "GET", "/ko/terms/", 200, "Access-Control-Allow-Origin", "", ""},
		{"what there is not", "GET", "/ko/none/", 404, "Content-Type", "text/html; charset=utf-8", "There is no such page"},
		{"a folder without a page", "GET", "/ko/", 404, "Content-Type", "text/html; charset=utf-8", "There is no such page"},
		{"a way up", "GET", "/ko/../../../etc/passwd", 404, "Cache-Control", "no-store", "There is no such page"},
		{"a way up in another notation", "GET", `/ko/..\..\etc\passwd`, 404, "Cache-Control", "no-store", "There is no such page"},
		{"a NUL", "GET", "/ko/terms\x00/", 404, "Cache-Control", "no-store", "There is no such page"},
		{"a builder's own file", "GET", "/ko/.dragoman", 404, "Cache-Control", "no-store", "There is no such page"},
		{"what is being built", "GET", "/.building1/a/x.html", 404, "Cache-Control", "no-store", "There is no such page"},
		{"a change", "POST", "/ko/terms/", 405, "Allow", "GET, HEAD", "can only be read"},
		{"a deletion", "DELETE", "/ko/terms/", 405, "Allow", "GET, HEAD", "can only be read"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			r := get(p, tt.method, tt.target)
			if r.StatusCode != tt.status || r.Header.Get(tt.header) != tt.want {
				t.Errorf("status %d, %s: %q", r.StatusCode, tt.header, r.Header.Get(tt.header))
			}
			if text := body(t, r); !strings.Contains(text, tt.has) {
				t.Errorf("wants %s:\n%s", tt.has, text)
			}
		})
	}
}

func TestHeadHasTheHeadersAndNothingElse(t *testing.T) {
	p := web.NewPreview(editions())
	for _, target := range []string{"/ko/terms/", "/ko/map.svg", "/none", "/.preview/events?after=0"} {
		full, head := get(p, "GET", strings.Replace(target, "after=0", "after=9", 1)), get(p, "HEAD", target)
		if head.StatusCode != full.StatusCode || head.Header.Get("Content-Type") != full.Header.Get("Content-Type") {
			t.Errorf("%s: %d %v, GET %d %v", target, head.StatusCode, head.Header, full.StatusCode, full.Header)
		}
		if text := body(t, head); text != "" {
			t.Errorf("%s: %q", target, text)
		}
	}
}

func TestOnlyWhoCallsTheLoopbackByItsNameIsAnswered(t *testing.T) {
	p := web.NewPreview(editions())
	tests := []struct {
		host string
		want int
	}{
		{"127.0.0.1:8745", 200},
		{"127.0.0.1", 200},
		{"localhost:8745", 200},
		{"LocalHost:8745", 200},
		{"[::1]:8745", 200},
		{"[::1]", 200},
		{"evil.example:8745", 421},
		{"127.0.0.1.evil.example", 421},
		{"localhost.evil.example:8745", 421},
		{"evil.example:127.0.0.1", 421},
		{"192.168.0.7:8745", 421},
		{"0.0.0.0:8745", 421},
		{"", 421},
	}
	for _, tt := range tests {
		t.Run(tt.host, func(t *testing.T) {
			for _, target := range []string{"/ko/terms/", "/.preview/events?after=9"} {
				r := httptest.NewRequest("GET", target, nil)
				r.Host = tt.host
				w := httptest.NewRecorder()
				p.ServeHTTP(w, r)
				if w.Code != tt.want || tt.want != 200 && strings.Contains(w.Body.String(), "조수") {
					t.Errorf("%s: %d", target, w.Code)
				}
			}
		})
	}
}

func TestNoSymbolicLinkLeadsOut(t *testing.T) {
	secret := t.TempDir()
	if err := os.WriteFile(filepath.Join(secret, "index.html"), []byte("secret"), 0o666); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for name, to := range map[string]string{"ko": secret, "page.html": filepath.Join(secret, "index.html")} {
		if err := os.Symlink(to, filepath.Join(folder, name)); err != nil {
			t.Fatal(err)
		}
	}
	root, err := os.OpenRoot(folder)
	if err != nil {
		t.Fatal(err)
	}
	defer root.Close()
	p := web.NewPreview(root.FS())
	for _, target := range []string{"/ko/", "/ko/index.html", "/page.html"} {
		if r := get(p, "GET", target); r.StatusCode != 404 || strings.Contains(body(t, r), "secret") {
			t.Errorf("%s: %d", target, r.StatusCode)
		}
	}
}

var (
	content  = regexp.MustCompile(`Content-Security-Policy" content="([^"]*)"`)
	elements = regexp.MustCompile(`(?s)<(script|style)[^>]*>(.*?)</`)
)

func TestAPageAllowsWhatThePreviewAddsAndNothingElse(t *testing.T) {
	p := web.NewPreview(editions())
	p.Show(diag.List{{Pos: diag.Pos{Path: "content/a.md", Line: 3, Column: 1}, Text: "<script>alert(1)</script>"}, {Severity: diag.Warning, Text: "a warning"}})
	text := body(t, get(p, "GET", "/ko/terms/"))
	hashes := map[string]string{}
	for _, m := range elements.FindAllStringSubmatch(text, -1) {
		sum := sha256.Sum256([]byte(m[2]))
		hashes[m[1]] += "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
	}
	policy := html.UnescapeString(content.FindStringSubmatch(text)[1])
	want := "default-src 'none'; style-src 'sha256-abc=' " + hashes["style"] +
		"; img-src 'self' data:; base-uri 'none'; script-src " + hashes["script"] + "; connect-src 'self'"
	if policy != want {
		t.Errorf("the policy is\n%s\nwant\n%s", policy, want)
	}
	if !strings.Contains(text, "content/a.md:3:1: &lt;script&gt;alert(1)") || strings.Contains(text, "a warning") {
		t.Errorf("the errors, and no more, are not told:\n%s", text)
	}
	if !strings.HasSuffix(text, "</script>\n</body>\n</html>\n") {
		t.Errorf("ends in %s", text[len(text)-60:])
	}
	p.Show(nil)
	if text := body(t, get(p, "GET", "/ko/terms/")); strings.Contains(text, "alert(1)") {
		t.Error("errors are told that are no more")
	}
}

func TestPoliciesOfThemesAreKept(t *testing.T) {
	tests := []struct{ name, policy, want string }{
		{"scripts of its own", "default-src 'self'; script-src 'self'", "default-src 'self'; script-src 'self' HASH; style-src 'self' STYLE; connect-src 'self'"},
		{"no rule of what is not named", "img-src 'none'", "img-src 'none'"},
		{"any style within", "default-src 'none'; style-src 'unsafe-inline'", "default-src 'none'; style-src 'unsafe-inline'; script-src HASH; connect-src 'self'"},
		{"a rule twice, of which the first counts", "script-src 'none'; script-src *; default-src 'none'", "script-src HASH; default-src 'none'; style-src STYLE; connect-src 'self'"},
	}
	hashes := regexp.MustCompile(`'sha256-[^']*'`)
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			p := web.NewPreview(fstest.MapFS{"index.html": {Data: []byte(`<meta http-equiv="Content-Security-Policy" content="` + html.EscapeString(tt.policy) + `">`)}})
			got := html.UnescapeString(content.FindStringSubmatch(body(t, get(p, "GET", "/")))[1])
			want := hashes.ReplaceAllString(got, "HASH")
			if wanted := strings.ReplaceAll(tt.want, "STYLE", "HASH"); want != wanted {
				t.Errorf("got %s, want %s", want, wanted)
			}
		})
	}
}

func TestAPageIsToldOfTheNextBuild(t *testing.T) {
	p := web.NewPreview(editions())
	p.Show(nil)
	l, err := web.Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	ended := make(chan error)
	go func() {
		ended <- web.Serve(ctx, l, p, func(ctx context.Context) error { <-ctx.Done(); return nil })
	}()
	at := "http://" + l.Addr().String()
	events := func(after string) *bufio.Reader {
		r, err := http.Get(at + "/.preview/events?after=" + after)
		if err != nil {
			t.Fatal(err)
		}
		t.Cleanup(func() { r.Body.Close() })
		if kind := r.Header.Get("Content-Type"); kind != "text/event-stream" {
			t.Errorf("the events are %s", kind)
		}
		return bufio.NewReader(r.Body)
	}
	if line, err := events("0").ReadString('\n'); line != "data: 1\n" || err != nil {
		t.Errorf("a page of before: %q, %v", line, err)
	}
	waiting := events("1") // its headers are there
	p.Show(nil)
	if line, err := waiting.ReadString('\n'); line != "data: 2\n" || err != nil {
		t.Errorf("a page that waits: %q, %v", line, err)
	}
	waiting = events("2")
	cancel()
	if err := <-ended; err != nil {
		t.Errorf("the server ends with %v", err)
	}
	if text, _ := io.ReadAll(waiting); len(text) > 0 {
		t.Errorf("an event that is none: %q", text)
	}
}

func TestAPortThatIsTakenIsNamed(t *testing.T) {
	l, err := web.Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	if !strings.HasPrefix(l.Addr().String(), "127.0.0.1:") {
		t.Errorf("listens at %s", l.Addr())
	}
	var port int
	if _, text, ok := strings.Cut(l.Addr().String(), ":"); ok {
		for _, c := range text {
			port = port*10 + int(c-'0')
		}
	}
	if _, err := web.Listen(port); err == nil || !strings.Contains(err.Error(), "is taken; name another with --port") {
		t.Errorf("got %v", err)
	}
}

func TestWhatTheWorkFailsWithEndsTheServer(t *testing.T) {
	l, err := web.Listen(0)
	if err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), time.Minute)
	defer cancel()
	if err := web.Serve(ctx, l, web.NewPreview(editions()), func(context.Context) error { return io.ErrUnexpectedEOF }); err != io.ErrUnexpectedEOF {
		t.Errorf("got %v", err)
	}
}
