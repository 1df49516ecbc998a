package project

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"time"
)

// revision is one version of an article that git has.
type revision struct {
	commit string // its full name
	date   time.Time
	blob   string // the name of the article's bytes; empty where it was deleted
}

// mostRevisions is how many of an article's versions are looked at, the newest.
const mostRevisions = 1000

// errNoGit says that there is no git here: no program of that name, or no
// repository that it would read.
var errNoGit = errors.New("no git repository")

// git prepares a run of git in the workspace that runs no program of the
// repository's choosing, asks nobody and fetches nothing.
func (t *Tree) git(ctx context.Context, args ...string) *exec.Cmd {
	c := exec.CommandContext(ctx, "git", append([]string{
		"--no-pager", "--literal-pathspecs", "--no-replace-objects",
		"-c", "core.fsmonitor=false", "-c", "color.ui=false", "-c", "log.showSignature=false",
	}, args...)...)
	c.Dir = t.dir
	c.Env = append(os.Environ(), "LC_ALL=C", "GIT_OPTIONAL_LOCKS=0", "GIT_TERMINAL_PROMPT=0", "GIT_NO_LAZY_FETCH=1")
	return c
}

// revisions are the versions of a file that git has, newest first, through
// renames, along first parents: of a merge, only that it came. If it is cut, there
// are older ones that were not looked at or are not in a shallow clone.
func (t *Tree) revisions(ctx context.Context, name string) (list []revision, cut bool, err error) {
	shallow, err := t.git(ctx, "rev-parse", "--is-shallow-repository").Output()
	if err != nil {
		return nil, false, errors.Join(errNoGit, ctx.Err())
	}
	if t.git(ctx, "rev-parse", "--verify", "--quiet", "HEAD").Run() != nil {
		return nil, false, ctx.Err() // nothing was ever committed
	}
	out, err := t.git(ctx, "log", "--follow", "--first-parent", "--diff-merges=first-parent", "--raw", "--no-abbrev",
		"-z", "--format=%x01%H %ct", "-n", strconv.Itoa(mostRevisions), "--", name).Output()
	if err != nil {
		return nil, false, fmt.Errorf("git log %s: %w", name, gitError(err))
	}
	list = revisionsOf(out)
	return list, len(list) == mostRevisions || string(bytes.TrimSpace(shallow)) == "true", nil
}

// gitError is what git said, where it said anything.
func gitError(err error) error {
	var exit *exec.ExitError
	if errors.As(err, &exit) {
		if said := strings.TrimSpace(string(exit.Stderr)); said != "" {
			line, _, _ := strings.Cut(said, "\n")
			return errors.New(line)
		}
	}
	return err
}

// revisionsOf reads the output of git log: for each commit a field of its name and
// date, then for each file a field of modes, blobs and status, and one or two of
// names.
func revisionsOf(out []byte) (list []revision) {
	fields := strings.Split(string(out), "\x00")
	for i := 0; i < len(fields); i++ {
		field := strings.TrimLeft(fields[i], "\n")
		switch {
		case strings.HasPrefix(field, "\x01"):
			commit, date := commitOf(field)
			list = append(list, revision{commit: commit, date: date})
		case strings.HasPrefix(field, ":") && len(list) > 0:
			words := strings.Fields(field) // modes, blobs, status
			if len(words) < 5 {
				continue
			}
			if words[4][0] != 'D' {
				list[len(list)-1].blob = words[3]
			}
			i++ // the name
			if words[4][0] == 'R' || words[4][0] == 'C' {
				i++ // and the new one
			}
		}
	}
	return list
}

// commitOf is a commit's name and date, of a field "\x01name seconds".
func commitOf(field string) (name string, date time.Time) {
	name, seconds, _ := strings.Cut(field[1:], " ")
	at, _ := strconv.ParseInt(strings.TrimSpace(seconds), 10, 64)
	return name, time.Unix(at, 0).UTC()
}

// blobs calls visit with the bytes of each revision that has any, in order.
func (t *Tree) blobs(ctx context.Context, list []revision, visit func(r revision, text []byte)) error {
	var names strings.Builder
	for _, r := range list {
		if r.blob != "" {
			names.WriteString(r.blob + "\n")
		}
	}
	c := t.git(ctx, "cat-file", "--batch")
	c.Stdin = strings.NewReader(names.String())
	pipe, err := c.StdoutPipe()
	if err != nil {
		return err
	}
	if err := c.Start(); err != nil {
		return err
	}
	out := bufio.NewReader(pipe)
	for _, r := range list {
		if r.blob == "" || err != nil {
			continue
		}
		var text []byte
		if text, err = readBlob(out); err == nil && text != nil {
			visit(r, text)
		}
	}
	if err != nil {
		c.Cancel()
		c.Wait()
		return fmt.Errorf("git cat-file: %w", err)
	}
	return c.Wait()
}

// readBlob reads one answer of git cat-file --batch: a line "name type size", the
// bytes, a newline. It is nil if git does not have them.
func readBlob(out *bufio.Reader) ([]byte, error) {
	head, err := out.ReadString('\n')
	if err != nil {
		return nil, err
	}
	words := strings.Fields(head)
	if len(words) != 3 {
		return nil, nil
	}
	size, err := strconv.Atoi(words[2])
	if err != nil || size < 0 {
		return nil, fmt.Errorf("%q is no answer", strings.TrimSpace(head))
	}
	text := make([]byte, size+1)
	if _, err := io.ReadFull(out, text); err != nil {
		return nil, err
	}
	return text[:size], nil
}
