package project

import (
	"context"
	"crypto/sha1"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"path"
	"slices"
	"strings"
	"sync"

	"dragoman/internal/report"
)

// sight is what the workspace holds at one time: of git, or on disk.
type sight struct {
	tree   *Tree
	commit report.Commit // zero on disk
	disk   bool
	blobs  map[string]string // the names by which git knows the bytes of articles, catalogs and decisions, by path
}

// commitAt is the commit that the user's words for a revision mean.
func (t *Tree) commitAt(ctx context.Context, words string) (report.Commit, error) {
	if t.git(ctx, "rev-parse", "--git-dir").Run() != nil {
		return report.Commit{}, errors.Join(fmt.Errorf("%w here, so there are no revisions", errNoGit), ctx.Err())
	}
	out, err := t.git(ctx, "rev-parse", "--verify", "--quiet", "--end-of-options", words+"^{commit}").Output()
	if err != nil {
		return report.Commit{}, fmt.Errorf("there is no revision %q; name a commit, a branch or a tag", words)
	}
	out, err = t.git(ctx, "show", "--no-patch", "--format=%x01%H %ct", strings.TrimSpace(string(out))).Output()
	if err != nil {
		return report.Commit{}, fmt.Errorf("git show %s: %w", words, gitError(err))
	}
	name, date := commitOf(strings.TrimSpace(string(out)))
	return report.Commit{Name: name, Date: date}, nil
}

// sightAt is what a commit has of the workspace. Links and what begins with a dot
// are passed over, as on disk.
func (t *Tree) sightAt(ctx context.Context, commit report.Commit) (*sight, error) {
	out, err := t.git(ctx, "ls-tree", "-r", "-z", commit.Name, "--", t.Config.Content, t.Config.Locales).Output()
	if err != nil {
		return nil, fmt.Errorf("git ls-tree %s: %w", commit.Name, gitError(err))
	}
	return &sight{tree: t, commit: commit, blobs: t.blobsOf(out)}, nil
}

// blobsOf reads the output of git ls-tree: "mode type blob", a tab, the path.
func (t *Tree) blobsOf(out []byte) map[string]string {
	blobs := map[string]string{}
	for line := range strings.SplitSeq(string(out), "\x00") {
		facts, name, _ := strings.Cut(line, "\t")
		words := strings.Fields(facts)
		if len(words) == 3 && strings.HasPrefix(words[0], "100") && t.seen(name) {
			blobs[name] = words[2]
		}
	}
	return blobs
}

// seen reports whether a file may be an article, a catalog or a list of decisions.
func (t *Tree) seen(name string) bool {
	in := func(folder string) bool {
		rest, ok := strings.CutPrefix(name, folder+"/")
		return ok && !strings.HasPrefix(rest, ".") && !strings.Contains(rest, "/.")
	}
	switch path.Ext(name) {
	case ".md":
		return in(t.Config.Content)
	case ".po", ".tsv":
		return in(t.Config.Locales)
	}
	return false
}

// sightNow is what lies on disk. digits is the length of the repository's names of
// blobs: 40 for SHA-1, 64 for SHA-256.
func (t *Tree) sightNow(ctx context.Context, digits int) (*sight, error) {
	var names []string
	for _, folder := range []string{t.Config.Content, t.Config.Locales} {
		_, err := t.walk(folder, func(name string, _ bool) {
			if t.seen(name) {
				names = append(names, name)
			}
		})
		if err != nil {
			return nil, err
		}
	}
	s := &sight{tree: t, disk: true, blobs: make(map[string]string, len(names))}
	var mutex sync.Mutex
	err := t.readFiles(ctx, names, func(i int, text []byte) {
		blob := blobName(text, digits)
		mutex.Lock()
		defer mutex.Unlock()
		s.blobs[names[i]] = blob
	})
	return s, err
}

// blobName is the name by which git knows the bytes: gitformat-pack, object names.
func blobName(text []byte, digits int) string {
	var h hash.Hash = sha1.New()
	if digits == 2*sha256.Size {
		h = sha256.New()
	}
	fmt.Fprintf(h, "blob %d\x00", len(text))
	h.Write(text)
	return hex.EncodeToString(h.Sum(nil))
}

// named are the files in a folder whose names end so, sorted.
func (s *sight) named(folder, ext string) (names []string) {
	for name := range s.blobs {
		if strings.HasPrefix(name, folder+"/") && strings.HasSuffix(name, ext) {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// texts are those of the files; nil of one that was not there.
func (s *sight) texts(ctx context.Context, names []string) ([][]byte, error) {
	texts := make([][]byte, len(names))
	if s.disk {
		var present []string
		var places []int
		for i, name := range names {
			if s.blobs[name] != "" {
				present, places = append(present, name), append(places, i)
			}
		}
		err := s.tree.readFiles(ctx, present, func(i int, text []byte) { texts[places[i]] = text })
		return texts, err
	}
	asked := make([]revision, len(names))
	at := make(map[string][]int, len(names)) // several files may have the same bytes
	for i, name := range names {
		asked[i] = revision{blob: s.blobs[name]}
		at[s.blobs[name]] = append(at[s.blobs[name]], i)
	}
	err := s.tree.blobs(ctx, asked, func(r revision, text []byte) {
		for _, i := range at[r.blob] {
			texts[i] = text
		}
	})
	if err != nil {
		return nil, err
	}
	for i, name := range names {
		if texts[i] == nil && s.blobs[name] != "" {
			return nil, fmt.Errorf("git does not have %s as it was %s; fetch the whole history", name, s.name())
		}
	}
	return texts, nil
}

// blobAt is the bytes of a file, and its name.
type blobAt struct{ blob, name string }

// filesAtOnce is how many files are held before they are parsed.
const filesAtOnce = 1000

// readOnce parses files, those that are not among what was parsed. parse is called
// with the number of a file, on all processors.
func readOnce[T any](ctx context.Context, s *sight, names []string, parsed map[blobAt]T, parse func(n int, text []byte) T) ([]T, error) {
	list := make([]T, len(names))
	var missing []string
	var places []int
	for i, name := range names {
		if p, ok := parsed[blobAt{s.blobs[name], name}]; ok {
			list[i] = p
			continue
		}
		missing, places = append(missing, name), append(places, i)
	}
	for len(missing) > 0 {
		n := min(len(missing), filesAtOnce)
		texts, err := s.texts(ctx, missing[:n])
		if err != nil {
			return nil, err
		}
		g := group()
		for k, i := range places[:n] {
			g.Go(func() error {
				list[i] = parse(i, texts[k])
				return nil
			})
		}
		g.Wait()
		missing, places = missing[n:], places[n:]
	}
	for i, name := range names {
		parsed[blobAt{s.blobs[name], name}] = list[i]
	}
	return list, ctx.Err()
}

// name is how people are told which sight it is.
func (s *sight) name() string {
	if s.disk {
		return "now"
	}
	return "at " + s.commit.Short()
}
