package project

import (
	"context"
	"crypto/sha256"
	"errors"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strings"
)

// press makes one edition: it writes what is not yet there, and takes the rest from
// the edition that stands.
type press struct {
	out    *output
	folder string
	before map[string]sum // of the files that stand, if they are as a build left them; nil: nothing is known
	sums   map[string]sum // of the files of the edition, by name
	fresh  map[string]bool
	at     *place
}

// press begins an edition.
func (o *output) press(folder string) *press {
	return &press{
		out: o, folder: folder, before: o.standing[folder],
		sums: map[string]sum{}, fresh: map[string]bool{}, at: &place{root: o.root},
	}
}

// put adds a file to the edition.
func (p *press) put(name string, content []byte) error {
	digest := sum(sha256.Sum256(content))
	was, stood := p.before[name]
	p.sums[name] = digest
	if stood && was == digest && !p.fresh[name] {
		return nil
	}
	p.fresh[name] = true
	name = path.Join(p.out.stage, p.folder, name)
	return p.out.failed(name, p.at.write(name, content))
}

// finish completes the edition: with the files of formats that are not being built,
// which stay, and the list of all.
func (p *press) finish(formats []Format) error {
	defer p.at.leave()
	if err := p.out.isEdition(p.folder); err != nil {
		return err
	}
	if err := p.carry(formats); err != nil {
		return err
	}
	delete(p.sums, SumsName)
	if err := p.put(SumsName, formatSums(p.sums)); err != nil {
		return err
	}
	if len(p.changed()) == 0 {
		return nil
	}
	var stays []string
	for name := range p.sums {
		if !p.fresh[name] {
			stays = append(stays, path.Join(p.folder, name))
		}
	}
	return p.takeOver(stays)
}

// takeOver takes files over from the edition that stands: by their names from the folder
// of the editions on, where the system has that, else each by the long way.
func (p *press) takeOver(names []string) error {
	dir, err := p.out.root.Open(".")
	if err != nil {
		return p.out.failed("", err)
	}
	defer dir.Close()
	for _, folder := range append([]string{p.folder}, folders(names)...) {
		makeAt(dir, path.Join(p.out.stage, folder)) // it may be there; if it is missing, the long way makes it
	}
	for _, name := range names {
		if linkAt(dir, name, path.Join(p.out.stage, name)) == nil {
			continue
		}
		if err := p.link(name); err != nil {
			return err
		}
	}
	return nil
}

// forgo removes the edition that stood, which lies on the stage, by what is known to be
// in it. Whatever is left, or is in the way, output.clear removes.
func (p *press) forgo() {
	if len(p.before) == 0 || len(p.changed()) == 0 {
		return
	}
	dir, err := p.out.root.Open(".")
	if err != nil {
		return
	}
	defer dir.Close()
	names := make([]string, 0, len(p.before))
	for name := range p.before {
		names = append(names, path.Join(p.folder, name))
		removeAt(dir, path.Join(p.out.stage, p.folder, name), false)
	}
	for _, folder := range slices.Backward(folders(names)) {
		removeAt(dir, path.Join(p.out.stage, folder), true)
	}
}

// carry adds the files of the standing edition whose format is not being built.
func (p *press) carry(formats []Format) error {
	stays := func(name string) bool {
		return name != SumsName && name != markName && !slices.Contains(formats, formatOf(name))
	}
	if p.before != nil {
		for name, digest := range p.before {
			if _, built := p.sums[name]; !built && stays(name) {
				p.sums[name] = digest
			}
		}
		return nil
	}
	standing, err := p.out.filesBelow(p.folder)
	if err != nil {
		return err
	}
	for _, name := range standing {
		if _, built := p.sums[name]; built || !stays(name) {
			continue
		}
		content, err := p.out.root.ReadFile(path.Join(p.folder, name))
		if err != nil {
			return p.out.failed(name, err)
		}
		p.sums[name] = sha256.Sum256(content)
	}
	return nil
}

// changed are the names of files that differ from the edition that stands, or that it
// has too many, in order.
func (p *press) changed() []string {
	names := slices.Collect(maps.Keys(p.fresh))
	for name := range p.before {
		if _, stays := p.sums[name]; !stays {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

// link takes a file over from the edition that stands, by a name more where the file
// system has that, else as a copy.
func (p *press) link(from string) error {
	to := path.Join(p.out.stage, from)
	return p.out.failed(from, p.at.link(from, to))
}

// filesBelow are the names of the regular files below a folder, from there, in order;
// there may be no such folder.
func (o *output) filesBelow(folder string) (names []string, err error) {
	err = fs.WalkDir(o.root.FS(), folder, func(name string, e fs.DirEntry, err error) error {
		if err == nil && e.Type().IsRegular() {
			names = append(names, strings.TrimPrefix(name, folder+"/"))
		}
		return err
	})
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	slices.Sort(names)
	return names, o.failed(folder, err)
}

// link gives a file below the root a second name, or copies it where there are no
// such names.
func (p *place) link(from, to string) error {
	if err := p.root.Link(from, to); err == nil || errors.Is(err, fs.ErrExist) {
		return nil
	} else if errors.Is(err, fs.ErrNotExist) {
		if err := p.root.MkdirAll(path.Dir(to), 0o777); err != nil {
			return err
		}
		if p.root.Link(from, to) == nil {
			return nil
		}
	}
	content, err := p.root.ReadFile(from)
	if err != nil {
		return err
	}
	return p.root.WriteFile(to, content, 0o666)
}

// remember looks which of the editions that stand are as the last build left them, and
// what is in those.
func (o *output) remember(ctx context.Context, known *record) error {
	o.standing = map[string]map[string]sum{}
	if known == nil {
		return nil
	}
	intact, err := o.intact(ctx, known)
	if err != nil {
		return err
	}
	for _, f := range known.outputs {
		folder, name, below := strings.Cut(f.name, "/")
		if !below || f.folder || !intact[folder] {
			continue
		}
		if o.standing[folder] == nil {
			o.standing[folder] = map[string]sum{}
		}
		o.standing[folder][name] = f.sum
	}
	return nil
}

// intact are the folders and files at the top of the editions that hold what the
// record says, and nothing else.
func (o *output) intact(ctx context.Context, known *record) (map[string]bool, error) {
	s := stampsOf(o.root)
	defer s.close()
	good := make([]bool, len(known.outputs))
	err := each(ctx, o.root, len(known.outputs), func(i int, p *place) error {
		was := known.outputs[i]
		at, ok := s.of(was.name)
		switch {
		case !ok || at.folder != was.folder:
		case at == was.stamp && at.before(known.ended):
			good[i] = true
		case at.folder: // names may have come or gone
		default:
			text, err := p.read(was.name)
			good[i] = err == nil && sha256.Sum256(text) == was.sum
		}
		return nil
	})
	intact := map[string]bool{}
	for i, f := range known.outputs {
		top, _, _ := strings.Cut(f.name, "/")
		if was, seen := intact[top]; !seen || was {
			intact[top] = good[i]
		}
	}
	return intact, err
}

// inventory is what stands below the folder of the editions: of the editions just
// made, what was made; of others, what the last build left; of what else, what is
// there.
func (o *output) inventory(presses map[string]*press) ([]file, error) {
	entries, err := fs.ReadDir(o.root.FS(), ".")
	if err != nil {
		return nil, err
	}
	var list []file
	for _, e := range entries {
		name := e.Name()
		switch {
		case e.IsDir() && o.isStanding(name):
			part, err := o.inventoryOf(name, presses[name])
			if err != nil {
				return nil, err
			}
			list = append(list, part...)
		case e.Type().IsRegular() && slices.Contains(rootNames, name):
			content, err := o.root.ReadFile(name)
			if err != nil {
				return nil, err
			}
			list = append(list, file{name: name, sum: sha256.Sum256(content)})
		}
	}
	s := stampsOf(o.root)
	defer s.close()
	for i := range list {
		at, ok := s.of(list[i].name)
		if !ok {
			return nil, &fs.PathError{Op: "read", Path: list[i].name, Err: os.ErrNotExist}
		}
		list[i].stamp = at
	}
	slices.SortFunc(list, func(a, b file) int { return strings.Compare(a.name, b.name) })
	return list, nil
}

// rootNames are the files that a build writes at the top.
var rootNames = []string{markName, pageName, "404.html", "sitemap.xml"}

// isStanding reports whether a folder is an edition.
func (o *output) isStanding(folder string) bool {
	return !strings.HasPrefix(folder, ".") && o.holds(path.Join(folder, markName))
}

// inventoryOf are the files and folders of one edition, without their stamps.
func (o *output) inventoryOf(folder string, made *press) (list []file, err error) {
	sums := o.standing[folder]
	if made != nil {
		sums = made.sums
	}
	if sums == nil {
		names, err := o.filesBelow(folder)
		if err != nil {
			return nil, err
		}
		sums = map[string]sum{}
		for _, name := range names {
			content, err := o.root.ReadFile(path.Join(folder, name))
			if err != nil {
				return nil, err
			}
			sums[name] = sha256.Sum256(content)
		}
	}
	var names []string
	for name, digest := range sums {
		list = append(list, file{name: path.Join(folder, name), sum: digest})
		names = append(names, path.Join(folder, name))
	}
	for _, name := range folders(names) {
		list = append(list, file{name: name, stamp: stamp{folder: true}})
	}
	return list, nil
}
