package project

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"
	"slices"
	"strings"

	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/term"
	"dragoman/internal/term/tbx"
)

// glossaryPath is where the glossary lies.
func (t *Tree) glossaryPath() string { return path.Join(t.Config.Locales, "glossary.csv") }

// ownGlossary reads the glossary's file, nil if there is none. An error in it is the
// error.
func (t *Tree) ownGlossary() (g *term.Glossary, src []byte, found diag.List, err error) {
	src, err = t.readFile(t.glossaryPath())
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil, nil, nil
	}
	if err != nil {
		return nil, nil, nil, plainError("read", err)
	}
	g, found = term.Parse(t.glossaryPath(), src)
	return g, src, found, found.Err()
}

// GlossaryCheck is what is wrong with the glossary, and what it lacks.
type GlossaryCheck struct {
	Terms    int
	Findings diag.List
	Lacking  []Lacking // by language, in the order of the configuration
}

// Lacking are the terms that have no form in a language.
type Lacking struct {
	Language locale.Tag
	Terms    []string
}

// CheckGlossary reads the glossary and looks for what it lacks. Names that must never
// appear need no forms.
func (t *Tree) CheckGlossary() (*GlossaryCheck, error) {
	g, _, found, err := t.ownGlossary()
	if err != nil && !errors.As(err, new(diag.List)) {
		return nil, err
	}
	c := &GlossaryCheck{Findings: found}
	if g == nil {
		return nil, fmt.Errorf("%s: there is no such file; see dragoman glossary --help", t.glossaryPath())
	}
	c.Terms = len(g.Terms)
	for _, tag := range t.Config.Targets() {
		l := Lacking{Language: tag}
		for i := range g.Terms {
			if at := &g.Terms[i]; at.Safety == "" && at.Text != "" && len(at.Forms[tag]) == 0 {
				l.Terms = append(l.Terms, at.Text)
			}
		}
		if len(l.Terms) > 0 {
			c.Lacking = append(c.Lacking, l)
		}
	}
	return c, nil
}

// GlossaryExport is what an export of the glossary wrote, or would write.
type GlossaryExport struct {
	Terms, Withheld int // the names that must never appear are withheld
	Written         []string
}

// GlossaryFormats are those that a glossary is exported in: TBX of 2008, of 2019, CSV.
var GlossaryFormats = []string{"tbx", "tbx3", "csv"}

// ExportGlossary writes the glossary to a file that may go anywhere: names that must
// never appear stay here. No file that exists is overwritten.
func (t *Tree) ExportGlossary(format, output string, languages []locale.Tag, dry bool) (*GlossaryExport, error) {
	tags, err := t.targets(languages)
	if err != nil {
		return nil, err
	}
	g, _, _, err := t.ownGlossary()
	if err != nil {
		return nil, err
	}
	if g == nil {
		return nil, fmt.Errorf("%s: there is no such file; see dragoman glossary --help", t.glossaryPath())
	}
	x := &GlossaryExport{Written: []string{slashed(output)}}
	part := term.New(tags, nil)
	for i := range g.Terms {
		switch at := &g.Terms[i]; {
		case at.Safety != "":
			x.Withheld++
		case at.Text != "":
			part.Terms = append(part.Terms, *at)
		}
	}
	x.Terms = len(part.Terms)
	var text []byte
	switch format {
	case "tbx":
		text = tbx.Format(part, t.Config.Source, tbx.Of2008)
	case "tbx3":
		text = tbx.Format(part, t.Config.Source, tbx.Of2019)
	default:
		text = part.Format()
	}
	return x, t.deliver([]parcelFile{{slashed(output), text}}, dry)
}

// GlossaryImport is what an import into the glossary did, or would do.
type GlossaryImport struct {
	Additions []term.Addition
	Clashes   []term.Clash
	Findings  diag.List
	Written   []string
}

// ImportGlossary takes the terms and forms of another glossary, in TBX or CSV, that
// ours lacks. Nothing of ours goes.
func (t *Tree) ImportGlossary(ctx context.Context, name string, dry bool) (*GlossaryImport, error) {
	src, err := os.ReadFile(name)
	if err != nil {
		return nil, plainError("read", err)
	}
	var other *term.Glossary
	var found diag.List
	switch ext := strings.ToLower(filepath.Ext(name)); ext {
	case ".tbx", ".xml", ".tbxm", ".martif":
		other, found = tbx.Parse(slashed(name), src, t.Config.Source)
	case ".csv":
		other, found = term.Parse(slashed(name), src)
	default:
		return nil, fmt.Errorf("%s: a glossary is .tbx or .csv, not %q", slashed(name), ext)
	}
	if found.HasErrors() {
		return nil, found
	}
	ours, before, _, err := t.ownGlossary()
	if err != nil {
		return nil, err
	}
	i := &GlossaryImport{Findings: found}
	var merged *term.Glossary
	merged, i.Additions, i.Clashes = ours.Merge(other, t.columnsFor(other, i))
	text := merged.Format()
	if len(i.Additions) == 0 || bytes.Equal(text, before) {
		return i, ctx.Err()
	}
	i.Written = []string{t.glossaryPath()}
	if err := ctx.Err(); err != nil || dry {
		return i, err
	}
	return i, t.save([]change{{t.glossaryPath(), before, text}})
}

// columnsFor are the workspace's languages that those of another glossary are, as zh-CN
// is zh-Hans. It tells which are none.
func (t *Tree) columnsFor(other *term.Glossary, i *GlossaryImport) map[locale.Tag]locale.Tag {
	columns := map[locale.Tag]locale.Tag{}
	var unknown []string
	for _, there := range other.Languages {
		at := slices.IndexFunc(t.Config.Targets(), func(tag locale.Tag) bool { return legible(there, tag) })
		if at < 0 {
			unknown = append(unknown, there.String())
			continue
		}
		columns[there] = t.Config.Targets()[at]
	}
	if len(unknown) > 0 {
		i.Findings = append(i.Findings, diag.Finding{
			Code: "language", Severity: diag.Warning,
			Text: "forms in " + strings.Join(unknown, ", ") + " are passed over: " + ConfigName + " has no such language",
		})
	}
	return columns
}
