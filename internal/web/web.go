// Package web shows editions in the browser of whoever is writing them, and shows them
// again after each save.
//
// What it serves is what readers will get, but for three things that it puts at the
// end of each page: the errors of the last build, if it failed; a script that loads the
// page again when there is something new; and, in the page's policy, the permission to
// run that script and no other.
//
//	GET /ko/terms/                  the page, of the last build that went well
//	GET /.preview/events?after=3    one event, when a build after the third has ended
//
// Law: it speaks with the computer that it runs on and with no other. It listens on the
// loopback interface, and answers nobody who calls it by a name that is not that
// interface's, as a page of another site does whose address has been bent to it (DNS
// rebinding); a page of another site can neither frame nor embed what it serves.
package web

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"net"
	"net/http"
	"net/url"
	"path"
	"strings"
	"sync"
	"syscall"
	"time"

	"dragoman/internal/diag"

	"golang.org/x/sync/errgroup"
)

// Preview serves a folder of editions. Its methods may be called at once.
type Preview struct {
	files fs.FS

	mu      sync.Mutex
	build   int           // how many builds have ended
	errors  diag.List     // of the last
	changed chan struct{} // closed when the next has ended
}

// NewPreview serves the files of a folder, from which no symbolic link may lead out.
func NewPreview(files fs.FS) *Preview {
	return &Preview{files: files, changed: make(chan struct{})}
}

// Show makes browsers load their pages again: a build has ended, with these findings, of
// which the pages show the errors.
func (p *Preview) Show(found diag.List) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.build++
	p.errors = nil
	for _, f := range found {
		if f.Severity == diag.Error {
			p.errors = append(p.errors, f)
		}
	}
	close(p.changed)
	p.changed = make(chan struct{})
}

func (p *Preview) now() (build int, found diag.List, changed <-chan struct{}) {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.build, p.errors, p.changed
}

// eventsPath is no edition's: none of their names begins with a dot.
const eventsPath = "/.preview/events"

// ServeHTTP answers a request.
func (p *Preview) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	h := w.Header()
	h.Set("Cache-Control", "no-store")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	switch {
	case !ownHost(r.Host):
		http.Error(w, "this is the preview of somebody else's computer", http.StatusMisdirectedRequest)
	case r.Method != http.MethodGet && r.Method != http.MethodHead:
		h.Set("Allow", "GET, HEAD")
		http.Error(w, "a preview can only be read", http.StatusMethodNotAllowed)
	case r.URL.Path == eventsPath:
		p.events(w, r)
	default:
		p.file(w, r)
	}
}

// ownHost reports whether a Host header names the loopback interface.
func ownHost(header string) bool {
	name := header
	if host, _, err := net.SplitHostPort(header); err == nil {
		name = host
	}
	switch strings.ToLower(name) {
	case "localhost", "127.0.0.1", "::1", "[::1]":
		return true
	}
	return false
}

// events tells of the first build after the one that the page is of, and ends.
func (p *Preview) events(w http.ResponseWriter, r *http.Request) {
	w.Header().Set("Content-Type", "text/event-stream")
	w.WriteHeader(http.StatusOK)
	if r.Method == http.MethodHead {
		return
	}
	http.NewResponseController(w).Flush() // the browser counts itself connected
	for {
		build, _, changed := p.now()
		if fmt.Sprint(build) != r.FormValue("after") {
			fmt.Fprintf(w, "data: %d\n\n", build)
			return
		}
		select {
		case <-changed:
		case <-r.Context().Done():
			return
		}
	}
}

// types are those of the files that editions hold.
var types = map[string]string{
	".html": "text/html; charset=utf-8", ".xml": "application/xml; charset=utf-8", ".css": "text/css; charset=utf-8",
	".svg": "image/svg+xml", ".png": "image/png", ".jpg": "image/jpeg", ".jpeg": "image/jpeg", ".gif": "image/gif",
	".webp": "image/webp", ".avif": "image/avif", ".ico": "image/x-icon",
	".woff2": "font/woff2", ".woff": "font/woff", ".ttf": "font/ttf", ".otf": "font/otf",
	".epub": "application/epub+zip", ".js": "text/javascript; charset=utf-8",
	".md": "text/plain; charset=utf-8", ".txt": "text/plain; charset=utf-8",
}

// file serves a file, or the page of a folder.
func (p *Preview) file(w http.ResponseWriter, r *http.Request) {
	name := strings.TrimPrefix(path.Clean("/"+r.URL.Path), "/")
	if name == "" {
		name = "."
	}
	if !public(name) {
		p.missing(w, r)
		return
	}
	if info, err := fs.Stat(p.files, name); err == nil && info.IsDir() {
		if !strings.HasSuffix(r.URL.Path, "/") {
			to := url.URL{Path: "/" + name + "/"}
			http.Redirect(w, r, to.EscapedPath(), http.StatusTemporaryRedirect)
			return
		}
		name = path.Join(name, "index.html")
	}
	content, err := fs.ReadFile(p.files, name)
	if err != nil {
		p.missing(w, r)
		return
	}
	kind, known := types[strings.ToLower(path.Ext(name))]
	if !known {
		kind = "application/octet-stream"
	}
	w.Header().Set("Content-Type", kind)
	if path.Ext(name) == ".html" {
		build, found, _ := p.now()
		content = dress(content, build, found)
	}
	http.ServeContent(w, r, "", time.Time{}, bytes.NewReader(content))
}

// public reports whether a name may be asked for: builds keep their own files under
// names that begin with a dot.
func public(name string) bool {
	if !fs.ValidPath(name) || strings.ContainsAny(name, "\\\x00") {
		return false
	}
	for part := range strings.SplitSeq(name, "/") {
		if strings.HasPrefix(part, ".") && name != "." {
			return false
		}
	}
	return true
}

// missing is the page where there is none: because there is none, or because no build
// has gone well yet.
func (p *Preview) missing(w http.ResponseWriter, r *http.Request) {
	build, found, _ := p.now()
	w.Header().Set("Content-Type", types[".html"])
	w.WriteHeader(http.StatusNotFound)
	if r.Method != http.MethodHead {
		w.Write(dress([]byte(missingPage), build, found))
	}
}

// Listen listens on a port of the loopback interface; on any that is free if it is 0.
func Listen(port int) (net.Listener, error) {
	l, err := net.Listen("tcp", net.JoinHostPort("127.0.0.1", fmt.Sprint(port)))
	switch {
	case err == nil:
		return l, nil
	case errors.Is(err, syscall.EADDRINUSE):
		return nil, fmt.Errorf("port %d is taken; name another with --port, or 0 for any", port)
	}
	return nil, fmt.Errorf("listen: %w", err)
}

// farewell is how long requests have to end.
const farewell = time.Second

// Serve answers requests while the work is done beside it, until ctx is done or one of
// them fails.
func Serve(ctx context.Context, l net.Listener, handler http.Handler, work func(context.Context) error) error {
	g, ctx := errgroup.WithContext(ctx)
	server := &http.Server{
		Handler:           handler,
		ReadHeaderTimeout: 5 * time.Second,
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
	g.Go(func() error {
		if err := server.Serve(l); !errors.Is(err, http.ErrServerClosed) {
			return fmt.Errorf("serve: %w", err)
		}
		return nil
	})
	g.Go(func() error { return work(ctx) })
	g.Go(func() error {
		<-ctx.Done()
		late, cancel := context.WithTimeout(context.WithoutCancel(ctx), farewell)
		defer cancel()
		if server.Shutdown(late) != nil {
			server.Close()
		}
		return nil
	})
	return g.Wait()
}
