package project

import (
	"cmp"
	"context"
	"path"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"dragoman/internal/catalog/po"
	"dragoman/internal/edition"
	"dragoman/internal/locale"
	"dragoman/internal/review"
)

// past is what git has of the workspace's articles and catalogs, read once it is
// asked for.
type past struct {
	tree *Tree
	ctx  context.Context
	read func() map[string][]version

	asked atomic.Bool // whether anything was
}

// version is one state of a file.
type version struct {
	at   int // how many commits came after it
	date time.Time
	blob string // empty: the file was not there
}

// past is what git has of the workspace.
func (t *Tree) past(ctx context.Context) *past {
	return &past{tree: t, ctx: ctx, read: sync.OnceValue(func() map[string][]version {
		out, err := t.git(ctx, "log", "-M", "--relative", "--first-parent", "--diff-merges=first-parent", "--raw", "--no-abbrev",
			"-z", "--format=%x01%H %ct", "--", t.Config.Content, t.Config.Locales).Output()
		if err != nil {
			return nil // no git, or nothing in it: nothing is known
		}
		return versionsOf(out)
	})}
}

// versionsOf reads the output of git log: the versions of each file, newest first, by
// the name that it has now. One that was renamed has those under its earlier names.
func versionsOf(out []byte) map[string][]version {
	files := map[string][]version{}
	now := map[string]string{} // earlier name → present one
	var v version
	v.at = -1
	fields := strings.Split(string(out), "\x00")
	for i := 0; i < len(fields); i++ {
		field := strings.TrimLeft(fields[i], "\n")
		if strings.HasPrefix(field, "\x01") {
			v.at++
			_, v.date = commitOf(field)
			continue
		}
		words := strings.Fields(field) // modes, blobs, status
		if len(words) < 5 || field[0] != ':' || i+1 >= len(fields) {
			continue
		}
		i++
		name := fields[i]
		v.blob = words[3]
		switch words[4][0] {
		case 'D':
			v.blob = ""
		case 'R':
			if i++; i < len(fields) {
				now[name] = cmp.Or(now[fields[i]], fields[i])
				delete(now, fields[i])
			}
		}
		name = cmp.Or(now[name], name)
		files[name] = append(files[name], v)
	}
	return files
}

// state is an article and its catalog as they stood together.
type state struct {
	date          time.Time
	article, file string // blobs
}

// states are the states of an article in a language, newest first.
func (p *past) states(article string, tag locale.Tag) (states []state) {
	p.asked.Store(true)
	files := p.read()
	texts := files[path.Join(p.tree.Config.Content, article)]
	catalogs := files[p.tree.catalogPath(tag, article)]
	for len(texts) > 0 && len(catalogs) > 0 && len(states) < mostRevisions {
		if texts[0].blob != "" && catalogs[0].blob != "" {
			newer := texts[0]
			if catalogs[0].at < newer.at {
				newer = catalogs[0]
			}
			states = append(states, state{newer.date, texts[0].blob, catalogs[0].blob})
		}
		switch a, b := texts[0].at, catalogs[0].at; {
		case a < b:
			texts = texts[1:]
		case a > b:
			catalogs = catalogs[1:]
		default:
			texts, catalogs = texts[1:], catalogs[1:]
		}
	}
	return states
}

// statesAtOnce is how many states are asked for at a time: the last complete one is
// rarely far back.
const statesAtOnce = 16

// lastGood is the latest state of an article that was complete, by the decisions and
// the policy of today.
func (p *past) lastGood(now edition.Article, tag locale.Tag, d *review.Decisions, asOf time.Time) (edition.Article, bool) {
	for chunk := range slices.Chunk(p.states(now.Document.Path, tag), statesAtOnce) {
		texts := map[string][]byte{}
		var asked []revision
		for _, s := range chunk {
			asked = append(asked, revision{blob: s.article}, revision{blob: s.file})
		}
		err := p.tree.blobs(p.ctx, asked, func(r revision, text []byte) { texts[r.blob] = text })
		if err != nil {
			return edition.Article{}, false
		}
		for _, s := range chunk {
			then, ok := p.tree.then(now, tag, texts[s.article], texts[s.file])
			if ok && edition.Complete(then, d, asOf) {
				then.AsOf = s.date
				return then, true
			}
		}
	}
	return edition.Article{}, false
}

// then is an earlier state of an article. It reports false for one that cannot be
// read or was not published.
func (t *Tree) then(now edition.Article, tag locale.Tag, text, catalog []byte) (then edition.Article, ok bool) {
	if text == nil || catalog == nil {
		return then, false
	}
	doc, found := t.article(path.Join(t.Config.Content, now.Document.Path), text)
	if doc == nil || found.HasErrors() || doc.Meta.Draft || doc.Meta.Retracted {
		return then, false
	}
	file, found := po.Parse(t.catalogPath(tag, now.Document.Path), catalog)
	if file == nil || found.HasErrors() {
		return then, false
	}
	file.Language = tag
	return edition.Article{Document: doc, File: file, Policy: now.Policy}, true
}
