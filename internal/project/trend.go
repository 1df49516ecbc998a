package project

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"time"

	"dragoman/internal/catalog/po"
	"dragoman/internal/coverage"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/report"
	"dragoman/internal/review"
)

// weeksBack is how far back a trend goes: half a year.
const weeksBack = 26

// Trend tells how fast the languages of a report are translated, by their catalogs
// as git has them, week by week, and as they lie on disk. Of each week the last commit
// along first parents is looked at. States are by the decisions of today, which say
// nothing about texts that were not there yet. A file that is the same for weeks is
// read once. Findings, warnings, tell why there is no history or only a part of it.
func (t *Tree) Trend(ctx context.Context, now time.Time, counts *coverage.Report) ([]coverage.Trend, diag.List, error) {
	c := &chronicler{tree: t, stocks: map[blobAt]*coverage.Stock{}}
	weeks, found, err := c.weeks(ctx, now)
	if err == nil {
		err = c.takeStock(ctx, weeks, counts)
	}
	if err != nil {
		return nil, nil, err
	}
	var trends []coverage.Trend
	for _, l := range counts.Languages {
		var chronicle coverage.Chronicle
		for _, w := range weeks {
			chronicle.Week(w.end, c.changed(w, l.Language))
		}
		chronicle.Foresee(l.Left().Words, now)
		chronicle.Language = l.Language
		trends = append(trends, chronicle.Trend)
	}
	return trends, found, ctx.Err()
}

// chronicler gathers the catalogs of the last weeks.
type chronicler struct {
	tree    *Tree
	counted map[string]bool            // articles
	disk    map[string]string          // what lies there: blobs by path
	stocks  map[blobAt]*coverage.Stock // nil where a catalog cannot be read
}

// stretch is seven days.
type stretch struct {
	end    time.Time
	commit string            // the last one; empty on disk
	blobs  map[string]string // of the catalogs that changed, by path; empty where they are gone
}

// weeks are the last ones of which git knows something, the oldest first, and with it
// all that was there.
func (c *chronicler) weeks(ctx context.Context, now time.Time) ([]stretch, diag.List, error) {
	commits, found, err := c.tree.weekly(ctx, now)
	if err != nil || len(commits) == 0 {
		return nil, found, err
	}
	var list []stretch
	last := ""
	for i, commit := range commits {
		w := stretch{end: now.AddDate(0, 0, -7*(len(commits)-i)), commit: commit}
		if w.blobs, err = c.tree.catalogsChanged(ctx, last, commit); err != nil {
			return nil, nil, err
		}
		last = commit
		list = append(list, w)
	}
	then, err := c.tree.sightAt(ctx, report.Commit{Name: last})
	if err != nil {
		return nil, nil, err
	}
	is, err := c.tree.sightNow(ctx, len(last))
	if err != nil {
		return nil, nil, err
	}
	c.disk = is.blobs
	return append(list, stretch{end: now, blobs: apartFrom(then.blobs, is.blobs)}), found, nil
}

// languageOf is the language of a report whose catalog a file is. It is false for one
// whose article is there and is not counted.
func (c *chronicler) languageOf(name string, counts *coverage.Report) (locale.Tag, bool) {
	for _, l := range counts.Languages {
		stem, ok := strings.CutPrefix(strings.TrimSuffix(name, ".po"), c.tree.folderOf(l.Language)+"/")
		if ok {
			article := stem + ".md"
			return l.Language, c.counted[article] || c.disk[path.Join(c.tree.Config.Content, article)] == ""
		}
	}
	return locale.Tag{}, false
}

// changed are the stocks of a language that changed in a week. What cannot be read is
// taken to be as it was.
func (c *chronicler) changed(w stretch, tag locale.Tag) map[string]*coverage.Stock {
	stocks := map[string]*coverage.Stock{}
	for name, blob := range w.blobs {
		if !strings.HasPrefix(name, c.tree.folderOf(tag)+"/") {
			continue
		}
		stock, read := c.stocks[blobAt{blob, name}]
		if stock != nil || blob == "" && !read {
			stocks[name] = stock
		}
	}
	return stocks
}

// apartFrom are the catalogs that another sight has otherwise.
func apartFrom(was, is map[string]string) map[string]string {
	blobs := map[string]string{}
	for name, blob := range is {
		if path.Ext(name) == ".po" && was[name] != blob {
			blobs[name] = blob
		}
	}
	for name := range was {
		if path.Ext(name) == ".po" && is[name] == "" {
			blobs[name] = ""
		}
	}
	return blobs
}

// weekly are the commits that stood at the ends of the last weeks but this one, the
// oldest first; the first is the first week's that has any.
func (t *Tree) weekly(ctx context.Context, now time.Time) (commits []string, found diag.List, err error) {
	warn := func(text, hint string) diag.List {
		return diag.List{{Code: "history", Severity: diag.Warning, Text: text, Hint: hint}}
	}
	shallow, err := t.git(ctx, "rev-parse", "--is-shallow-repository").Output()
	if err != nil {
		return nil, warn(errNoGit.Error()+" here, so there is no history", ""), ctx.Err()
	}
	if strings.TrimSpace(string(shallow)) == "true" {
		found = warn("this clone has only a part of the history", "fetch the rest, as with git fetch --unshallow")
	}
	if t.git(ctx, "rev-parse", "--verify", "--quiet", "HEAD").Run() != nil {
		return nil, warn("nothing is committed, so there is no history", ""), ctx.Err()
	}
	oldest := now.AddDate(0, 0, -7*weeksBack)
	out, err := t.git(ctx, "log", "--first-parent", "--format=%x01%H %ct", "--since="+strconv.FormatInt(oldest.Unix(), 10)).Output()
	if err != nil {
		return nil, nil, fmt.Errorf("git log: %w", gitError(err))
	}
	before, err := t.git(ctx, "log", "--first-parent", "--format=%x01%H %ct", "-n", "1", "--until="+strconv.FormatInt(oldest.Unix(), 10)).Output()
	if err != nil {
		return nil, nil, fmt.Errorf("git log: %w", gitError(err))
	}
	return lastOfWeeks(string(out)+string(before), now), found, nil
}

// lastOfWeeks reads the output of git log: of its commits, the newest first, those that
// were the last ones 1 to weeksBack weeks ago, the oldest first.
func lastOfWeeks(out string, now time.Time) (commits []string) {
	ago := 1
	for line := range strings.Lines(out) {
		if !strings.HasPrefix(line, "\x01") {
			continue
		}
		name, date := commitOf(strings.TrimSpace(line))
		for ; ago <= weeksBack && !date.After(now.AddDate(0, 0, -7*ago)); ago++ {
			commits = append(commits, name)
		}
	}
	slices.Reverse(commits)
	return commits
}

// catalogsChanged are the catalogs that differ between two commits; of the first
// alone, all.
func (t *Tree) catalogsChanged(ctx context.Context, from, to string) (map[string]string, error) {
	if from == "" {
		all, err := t.sightAt(ctx, report.Commit{Name: to})
		if err != nil {
			return nil, err
		}
		return apartFrom(nil, all.blobs), nil
	}
	if from == to {
		return nil, nil
	}
	out, err := t.git(ctx, "diff-tree", "-r", "-z", "--no-renames", "--raw", "--no-abbrev", "--relative", from, to, "--", t.Config.Locales).Output()
	if err != nil {
		return nil, fmt.Errorf("git diff-tree: %w", gitError(err))
	}
	return t.changedOf(out), nil
}

// changedOf reads the output of git diff-tree: for each file a field of modes, blobs
// and status, and one of its name.
func (t *Tree) changedOf(out []byte) map[string]string {
	blobs := map[string]string{}
	fields := strings.Split(string(out), "\x00")
	for i := 0; i+1 < len(fields); i += 2 {
		words, name := strings.Fields(fields[i]), fields[i+1]
		if len(words) != 5 || path.Ext(name) != ".po" || !t.seen(name) {
			continue
		}
		blobs[name] = ""
		if strings.HasPrefix(words[1], "100") {
			blobs[name] = words[3]
		}
	}
	return blobs
}

// takeStock reads the catalogs of all weeks, each once; those of the last week lie on
// disk.
func (c *chronicler) takeStock(ctx context.Context, weeks []stretch, counts *coverage.Report) error {
	c.counted = make(map[string]bool, len(counts.Rows))
	for _, row := range counts.Rows {
		c.counted[row.Article] = true
	}
	decisions := map[locale.Tag]*review.Decisions{}
	for _, l := range counts.Languages {
		name := c.tree.decisionsPath(l.Language)
		text, err := c.tree.readFile(name)
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return plainError("read", err)
		}
		decisions[l.Language], _ = review.Parse(name, text)
	}
	p := newStockTaker(c.tree.Config.Source)
	for _, w := range weeks {
		var names []string
		for name, blob := range w.blobs {
			if _, ok := c.languageOf(name, counts); ok && blob != "" {
				names = append(names, name)
			}
		}
		slices.Sort(names)
		s := &sight{tree: c.tree, blobs: w.blobs, commit: report.Commit{Name: w.commit}, disk: w.commit == ""}
		_, err := readOnce(ctx, s, names, c.stocks, func(n int, text []byte) *coverage.Stock {
			tag, _ := c.languageOf(names[n], counts)
			return p.take(names[n], text, decisions[tag])
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// stockTaker takes stock of catalogs on all processors; each counts the words of a
// text once.
type stockTaker struct {
	source locale.Tag
	words  chan *coverage.Words
}

func newStockTaker(source locale.Tag) *stockTaker {
	t := &stockTaker{source, make(chan *coverage.Words, runtime.GOMAXPROCS(0))}
	for range cap(t.words) {
		t.words <- coverage.Count(source, nil)
	}
	return t
}

// take is the stock of a catalog; nil if it cannot be read.
func (t *stockTaker) take(name string, text []byte, d *review.Decisions) *coverage.Stock {
	f, found := po.Parse(name, text)
	if found.HasErrors() {
		return nil
	}
	review.Apply(f, d)
	words := <-t.words
	defer func() { t.words <- words }()
	return coverage.StockOf(f, t.source, words)
}
