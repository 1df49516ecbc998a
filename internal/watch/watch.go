// Package watch does work again whenever what it was made from is saved.
//
// An editor saves in its own way: it writes the file, or writes another and renames
// it, or puts a folder of them there; a merge of branches does all of that to a
// thousand files at once. The system tells of each step, and what follows within a
// few milliseconds is one save:
//
//	watch.Each(ctx, ".", []string{"content"}, func() []string { build(); return nil })
//
// Law: the work begins after the last save that it does not know of. A save during the
// work makes it be done again.
package watch

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/fsnotify/fsnotify"
)

// A save is over when nothing has followed for quiet, or after all of longest.
const (
	quiet   = 5 * time.Millisecond
	longest = 50 * time.Millisecond
)

// Each does the work, and does it again after each save of the files and folders of
// the names, which are slash-separated and relative to root, and which need not be
// there yet. The work returns the names from then on, or none if they stay. Each
// returns nil when ctx is done.
//
// Names that begin with a dot or end in a tilde are passed over, which are other
// programs' own files, and so is what only changes who may read a file.
func Each(ctx context.Context, root string, names []string, work func() []string) error {
	notify, err := fsnotify.NewBufferedWatcher(1024)
	if err != nil {
		return failed(root, err)
	}
	defer notify.Close()
	w := &watcher{root: filepath.Clean(root), notify: notify}
	if err := w.follow(names); err != nil {
		return err
	}
	for {
		if names := work(); len(names) > 0 {
			if err := w.follow(names); err != nil {
				return err
			}
		}
		if err := w.wait(ctx); err != nil {
			if errors.Is(err, context.Canceled) {
				return nil
			}
			return err
		}
	}
}

type watcher struct {
	root   string
	names  []string
	notify *fsnotify.Watcher
}

// follow watches the names, and the folders on the way to them.
func (w *watcher) follow(names []string) error {
	w.names = names
	if err := w.notify.Add(w.root); err != nil {
		return failed(w.root, err)
	}
	for _, name := range names {
		at := w.root
		for part := range strings.SplitSeq(name, "/") {
			at = filepath.Join(at, part)
			if info, err := os.Stat(at); err != nil || !info.IsDir() {
				break
			}
			if err := w.add(at); err != nil {
				return err
			}
		}
		if err := w.below(at); err != nil {
			return err
		}
	}
	return nil
}

// below watches a folder and all that are below it, if it is one.
func (w *watcher) below(folder string) error {
	return filepath.WalkDir(folder, func(name string, e fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return nil // it is gone again, or none of ours
		case !e.IsDir():
			return nil
		case name != folder && hidden(e.Name()):
			return fs.SkipDir
		}
		return w.add(name)
	})
}

func (w *watcher) add(folder string) error {
	err := w.notify.Add(folder)
	if err == nil || errors.Is(err, fs.ErrNotExist) { // it may be gone again
		return nil
	}
	return failed(folder, err)
}

func failed(folder string, err error) error {
	if errors.Is(err, syscall.ENOSPC) {
		return fmt.Errorf("watch %s: the system watches no more folders; on Linux raise fs.inotify.max_user_watches", folder)
	}
	return fmt.Errorf("watch %s: %w", folder, err)
}

// wait returns after the next save.
func (w *watcher) wait(ctx context.Context) error {
	var over <-chan time.Time
	var end time.Time
	for {
		saved := false
		select {
		case <-ctx.Done():
			return ctx.Err()
		case <-over:
			return nil
		case e := <-w.notify.Events:
			var err error
			if saved, err = w.saved(e); err != nil {
				return err
			}
		case err := <-w.notify.Errors:
			if !errors.Is(err, fsnotify.ErrEventOverflow) {
				return failed(w.root, err)
			}
			if err := w.follow(w.names); err != nil { // folders may have come unseen
				return err
			}
			saved = true
		}
		if !saved {
			continue
		}
		if end.IsZero() {
			end = time.Now().Add(longest)
		}
		over = time.After(min(quiet, time.Until(end)))
	}
}

// saved reports whether an event is one of what is watched for, and watches folders
// that are new.
func (w *watcher) saved(e fsnotify.Event) (bool, error) {
	name, err := filepath.Rel(w.root, e.Name)
	if err != nil || e.Op == fsnotify.Chmod || !w.concerns(filepath.ToSlash(name)) {
		return false, nil
	}
	if e.Has(fsnotify.Create) {
		if info, err := os.Stat(e.Name); err == nil && info.IsDir() {
			return true, w.follow(w.names)
		}
	}
	return true, nil
}

// concerns reports whether a path is one of the names, below one, or on the way to one.
func (w *watcher) concerns(name string) bool {
	for part := range strings.SplitSeq(name, "/") {
		if hidden(part) || strings.HasSuffix(part, "~") {
			return false
		}
	}
	for _, watched := range w.names {
		if name == watched || strings.HasPrefix(name, watched+"/") || strings.HasPrefix(watched, name+"/") {
			return true
		}
	}
	return false
}

func hidden(name string) bool { return strings.HasPrefix(name, ".") && name != "." }
