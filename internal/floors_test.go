// Package floors keeps the floors of the house. Every package stands on one
// floor and imports only from the floors below it, so that the program can be
// read from the bottom up and a change is felt only above the place where it
// was made. Floors 0 to 4 are pure, values in and values out, so that whatever
// decides what a reader sees can be tested without a disk and gives the same
// bytes again.
//
//	internal/prose/words.go:9:2: imports dragoman/internal/locale, on its own floor 0; …
//
// The sources themselves are parsed: what the go command says about them can
// come out of a cache.
package floors

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
)

const module = "dragoman"

// floors is the table, from the ground up. A package may be named before it
// is written; a new one gets its floor here first.
var floors = [...][]string{
	0: {"internal/diag", "internal/font", "internal/locale", "internal/prose", "internal/sheet", "internal/xmltree", "locales"},
	1: {"internal/markdown", "internal/catalog", "internal/words", "internal/term"},
	2: {"internal/memory", "internal/review", "internal/catalog/po", "internal/catalog/xliff", "internal/catalog/tmx", "internal/catalog/csv", "internal/catalog/goi18n", "internal/term/tbx"},
	3: {"internal/merge", "internal/check", "internal/coverage", "internal/edition", "internal/adopt"},
	4: {"internal/report", "internal/edition/site", "internal/edition/epub"},
	5: {"internal/project", "internal/stopwatch", "internal/watch"},
	6: {"internal/web"},
	7: {"cmd/dragoman"},
}

// lastPure is the highest floor without disk, network, clock, environment,
// print and goroutines.
const lastPure = 4

// impureImports are closed to the pure floors, each with all below it except
// what pureImports names.
var impureImports = map[string]string{
	"os":                         "take bytes or an fs.FS from the caller",
	"io/ioutil":                  "take bytes or an fs.FS from the caller",
	"path/filepath":              "paths are slash-separated here, use path",
	"syscall":                    "leave it to project",
	"net":                        "leave it to project or web",
	"log":                        "return findings",
	"golang.org/x/sync":          "leave goroutines to project",
	"github.com/google/renameio": "leave writing to project",
}

var pureImports = []string{"net/url"}

// impureNames are closed to the pure floors in packages that are open to them.
var impureNames = map[string]map[string]string{
	"time": {
		"Now":       "take the time as an argument",
		"Since":     "take the time as an argument",
		"Until":     "take the time as an argument",
		"Sleep":     "leave waiting to project",
		"After":     "leave waiting to project",
		"AfterFunc": "leave waiting to project",
		"Tick":      "leave waiting to project",
		"NewTimer":  "leave waiting to project",
		"NewTicker": "leave waiting to project",
	},
	"fmt": {
		"Print":   "return the text",
		"Printf":  "return the text",
		"Println": "return the text",
	},
	"context": {
		"AfterFunc": "leave goroutines to project",
	},
}

// owned libraries may be imported by one package alone.
var owned = map[string]string{
	"github.com/yuin/goldmark": "internal/markdown",
}

// vague names say where code was put and not what it is.
var vague = []string{"util", "utils", "common", "helper", "helpers", "manager", "base"}

func TestEveryPackageKeepsToItsFloor(t *testing.T) {
	found, err := breaches(os.DirFS(".."))
	if err != nil {
		t.Fatal(err)
	}
	for _, b := range found {
		t.Error(b)
	}
}

func TestEveryPackageStandsOnOneFloorOnly(t *testing.T) {
	seen := map[string]int{}
	for n, packages := range floors {
		for _, p := range packages {
			if other, twice := seen[p]; twice {
				t.Errorf("%s stands on floors %d and %d; keep one", p, other, n)
			}
			seen[p] = n
		}
	}
}

func TestBreachesAreFound(t *testing.T) {
	const where = "internal/prose/a.go"
	tests := []struct {
		name string
		path string
		src  string
		want []string // the beginnings of the findings
	}{
		{
			"an import from a lower floor is sound", "internal/catalog/a.go",
			"package catalog\n\nimport \"dragoman/internal/diag\"\n", nil,
		},
		{
			"a sideways import", where,
			"package prose\n\nimport \"dragoman/internal/locale\"\n",
			[]string{"internal/prose/a.go:3:8: imports dragoman/internal/locale, on its own floor 0; "},
		},
		{
			"a sideways import into a folder of its own", "internal/edition/site/a.go",
			"package site\n\nimport (\n\t\"dragoman/internal/edition\"\n\t\"dragoman/internal/edition/epub\"\n)\n",
			[]string{"internal/edition/site/a.go:5:2: imports dragoman/internal/edition/epub, on its own floor 4; "},
		},
		{
			"an upward import", where,
			"package prose\n\nimport \"dragoman/internal/merge\"\n",
			[]string{"internal/prose/a.go:3:8: imports dragoman/internal/merge, up from floor 0 to 3; "},
		},
		{
			"an upward import above the pure floors", "internal/project/a.go",
			"package project\n\nimport _ \"dragoman/cmd/dragoman\"\n",
			[]string{"internal/project/a.go:3:10: imports dragoman/cmd/dragoman, up from floor 5 to 7; "},
		},
		{
			"an import of a package without a floor", where,
			"package prose\n\nimport \"dragoman/internal/cellar\"\n",
			[]string{"internal/prose/a.go:3:8: imports dragoman/internal/cellar, which stands on no floor; "},
		},
		{
			"a package without a floor", "internal/cellar/a.go",
			"package cellar\n",
			[]string{"internal/cellar/a.go:1:9: internal/cellar stands on no floor; "},
		},
		{
			"a package at the root", "a.go",
			"package dragoman\n",
			[]string{"a.go:1:9: the module's root stands on no floor; "},
		},
		{
			"a command without a floor", "cmd/other/a.go",
			"package main\n",
			[]string{"cmd/other/a.go:1:9: cmd/other stands on no floor; "},
		},
		{
			"a vague folder", "internal/util/a.go",
			"package text\n",
			[]string{
				"internal/util/a.go:1:9: util says nothing of what is inside; ",
				"internal/util/a.go:1:9: internal/util stands on no floor; ",
			},
		},
		{
			"a vague package clause", where,
			"package helper\n",
			[]string{"internal/prose/a.go:1:9: helper says nothing of what is inside; "},
		},
		{
			"the disk on a pure floor", where,
			"package prose\n\nimport \"os\"\n",
			[]string{"internal/prose/a.go:3:8: imports os on floor 0, which is pure; take bytes"},
		},
		{
			"a package under os on a pure floor", "internal/report/a.go",
			"package report\n\nimport \"os/exec\"\n",
			[]string{"internal/report/a.go:3:8: imports os/exec on floor 4, which is pure; "},
		},
		{
			"the network on a pure floor", where,
			"package prose\n\nimport (\n\t\"net\"\n\t\"net/http\"\n)\n",
			[]string{"internal/prose/a.go:4:2: imports net ", "internal/prose/a.go:5:2: imports net/http "},
		},
		{
			"an address is no network", where,
			"package prose\n\nimport \"net/url\"\n", nil,
		},
		{
			"a name that only begins like a closed one", where,
			"package prose\n\nimport \"osprey\"\n", nil,
		},
		{
			"disk and network above the pure floors", "internal/project/a.go",
			"package project\n\nimport (\n\t\"net/http\"\n\t\"os\"\n)\n", nil,
		},
		{
			"the clock on a pure floor", where,
			"package prose\n\nimport \"time\"\n\nfunc f() time.Time { return time.Now() }\n",
			[]string{"internal/prose/a.go:5:29: uses time.Now on floor 0, which is pure; take the time as an argument"},
		},
		{
			"the clock under another name", where,
			"package prose\n\nimport clock \"time\"\n\nvar f = clock.Now\n",
			[]string{"internal/prose/a.go:5:9: uses time.Now on floor 0"},
		},
		{
			"the clock without a name", where,
			"package prose\n\nimport . \"time\"\n\nvar f = Now()\n",
			[]string{"internal/prose/a.go:3:10: imports all names of time, "},
		},
		{
			"a variable called time is no clock", where,
			"package prose\n\nimport \"time\"\n\nvar _ time.Time\n\ntype c struct{ Now int }\n\nfunc f(time c) int { return time.Now }\n", nil,
		},
		{
			"a date is no clock", where,
			"package prose\n\nimport \"time\"\n\nvar f = time.Unix(0, 0).UTC()\n", nil,
		},
		{
			"the clock above the pure floors", "cmd/dragoman/main.go",
			"package main\n\nimport \"time\"\n\nvar f = time.Now()\n", nil,
		},
		{
			"print on a pure floor", where,
			"package prose\n\nimport \"fmt\"\n\nfunc f() { fmt.Println() }\n",
			[]string{"internal/prose/a.go:5:12: uses fmt.Println on floor 0"},
		},
		{
			"a goroutine on a pure floor", where,
			"package prose\n\nfunc f() {\n\tgo f()\n}\n",
			[]string{"internal/prose/a.go:4:2: starts a goroutine on floor 0, which is pure; "},
		},
		{
			"a goroutine through a wait group", where,
			"package prose\n\nimport \"sync\"\n\nfunc f(wg *sync.WaitGroup) { wg.Go(func() {}) }\n",
			[]string{"internal/prose/a.go:5:30: starts a goroutine on floor 0"},
		},
		{
			"a goroutine above the pure floors", "internal/web/a.go",
			"package web\n\nfunc f() { go f() }\n", nil,
		},
		{
			"goldmark outside of markdown", "internal/project/a.go",
			"package project\n\nimport \"github.com/yuin/goldmark/ast\"\n",
			[]string{"internal/project/a.go:3:8: imports github.com/yuin/goldmark/ast, which belongs to internal/markdown; "},
		},
		{
			"goldmark in markdown", "internal/markdown/a.go",
			"package markdown\n\nimport \"github.com/yuin/goldmark\"\n", nil,
		},
		{
			"a file that does not parse", where,
			"package prose\n\nfunc {\n",
			[]string{"internal/prose/a.go:3:6: expected 'IDENT'"},
		},
		{
			"tests are free", "internal/prose/a_test.go",
			"package prose\n\nimport (\n\t\"os\"\n\n\t\"dragoman/internal/merge\"\n\t\"github.com/yuin/goldmark\"\n)\n", nil,
		},
		{
			"ignored generators are free", "internal/locale/gen.go",
			"//go:build ignore\n\npackage main\n\nimport \"os\"\n", nil,
		},
		{
			"a file for one system is not free", where,
			"//go:build linux && !ignore\n\npackage prose\n\nimport \"os\"\n",
			[]string{"internal/prose/a.go:5:8: imports os "},
		},
		{
			"test data is free", "internal/prose/testdata/a.go",
			"package util\n\nimport \"os\"\n", nil,
		},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			got, err := breaches(fstest.MapFS{test.path: {Data: []byte(test.src)}})
			if err != nil {
				t.Fatal(err)
			}
			if !slices.EqualFunc(got, test.want, strings.HasPrefix) {
				t.Errorf("got\n\t%s\nwant\n\t%s", strings.Join(got, "\n\t"), strings.Join(test.want, "\n\t"))
			}
		})
	}
}

// breaches reads every Go file below the root of a module and tells, one line
// each and in the order of the files, what breaks the table.
func breaches(tree fs.FS) ([]string, error) {
	var found []string
	placed := map[string]bool{}
	err := fs.WalkDir(tree, ".", func(name string, d fs.DirEntry, err error) error {
		switch {
		case err != nil:
			return err
		case d.IsDir() && closed(name):
			return fs.SkipDir
		case d.IsDir() || !strings.HasSuffix(name, ".go") || strings.HasSuffix(name, "_test.go"):
			return nil
		}
		src, err := fs.ReadFile(tree, name)
		if err != nil || ignored(src) {
			return err
		}
		s := source{name: name, dir: path.Dir(name), set: token.NewFileSet()}
		s.file, err = parser.ParseFile(s.set, name, src, 0)
		if err != nil {
			found = append(found, err.Error())
			return nil
		}
		s.checkName()
		if s.floor = floorOf(s.dir); s.floor < 0 {
			if !placed[s.dir] {
				s.report(s.file.Name, "%s stands on no floor; give it one in internal/floors_test.go", folder(s.dir))
			}
			placed[s.dir] = true
		} else {
			s.checkImports()
			s.checkPurity()
		}
		found = append(found, s.found...)
		return nil
	})
	return found, err
}

// closed folders hold no packages of the module, by the go command's own rule
// or because they are output.
func closed(dir string) bool {
	base := path.Base(dir)
	return dir != "." && (base[0] == '.' || base[0] == '_') ||
		base == "testdata" || base == "node_modules" || dir == "editions"
}

// ignored reports whether a file is left out of every build, as generators are
// that go generate runs.
func ignored(src []byte) bool {
	for line := range strings.Lines(string(src)) {
		if strings.HasPrefix(line, "package ") { // constraints stand above it
			return false
		}
		if strings.TrimSpace(line) == "//go:build ignore" {
			return true
		}
	}
	return false
}

// floorOf is the floor of a folder, -1 if it has none.
func floorOf(dir string) int {
	return slices.IndexFunc(floors[:], func(packages []string) bool {
		return slices.Contains(packages, dir)
	})
}

func folder(dir string) string {
	if dir == "." {
		return "the module's root"
	}
	return dir
}

// within reports whether an import path is another or lies below it.
func within(p, other string) bool {
	return p == other || strings.HasPrefix(p, other+"/")
}

// source is one Go file under inspection.
type source struct {
	name  string // path from the module's root
	dir   string
	floor int
	set   *token.FileSet
	file  *ast.File
	found []string
}

func (s *source) report(at ast.Node, format string, a ...any) {
	s.found = append(s.found, fmt.Sprintf("%s: ", s.set.Position(at.Pos()))+fmt.Sprintf(format, a...))
}

func (s *source) checkName() {
	for _, name := range []string{path.Base(s.dir), s.file.Name.Name} {
		if slices.Contains(vague, name) {
			s.report(s.file.Name, "%s says nothing of what is inside; name the package after its noun", name)
			return
		}
	}
}

func (s *source) checkImports() {
	for _, spec := range s.file.Imports {
		p := importPath(spec)
		for library, owner := range owned {
			if within(p, library) && s.dir != owner {
				s.report(spec.Path, "imports %s, which belongs to %s; ask that package for what is missing", p, owner)
			}
		}
		if within(p, module) {
			s.checkFloor(spec, p)
		} else if s.floor <= lastPure {
			s.checkPureImport(spec, p)
		}
	}
}

func (s *source) checkFloor(spec *ast.ImportSpec, p string) {
	const mend = "pass what is needed as a value, or move what both need to a lower floor"
	switch to := floorOf(strings.TrimPrefix(p, module+"/")); {
	case to < 0:
		s.report(spec.Path, "imports %s, which stands on no floor; give it one in internal/floors_test.go", p)
	case to == s.floor:
		s.report(spec.Path, "imports %s, on its own floor %d; %s", p, to, mend)
	case to > s.floor:
		s.report(spec.Path, "imports %s, up from floor %d to %d; %s", p, s.floor, to, mend)
	}
}

func (s *source) checkPureImport(spec *ast.ImportSpec, p string) {
	for _, impure := range slices.Sorted(maps.Keys(impureImports)) {
		if within(p, impure) && !slices.Contains(pureImports, p) {
			s.report(spec.Path, "imports %s on floor %d, which is pure; %s", p, s.floor, impureImports[impure])
			return
		}
	}
	if impureNames[p] != nil && spec.Name != nil && spec.Name.Name == "." {
		s.report(spec.Path, "imports all names of %s, which hides a clock or a print; import it by name", p)
	}
}

func (s *source) checkPurity() {
	if s.floor > lastPure {
		return
	}
	imported := s.importedNames()
	for node := range ast.Preorder(s.file) {
		switch n := node.(type) {
		case *ast.GoStmt:
			s.report(n, "starts a goroutine on floor %d, which is pure; leave goroutines to project", s.floor)
		case *ast.CallExpr:
			if call, ok := n.Fun.(*ast.SelectorExpr); ok && call.Sel.Name == "Go" && imported["sync"] != "" {
				s.report(n, "starts a goroutine on floor %d, which is pure; leave goroutines to project", s.floor)
			}
		case *ast.SelectorExpr:
			id, ok := n.X.(*ast.Ident)
			if !ok || id.Obj != nil { // a variable, not a package
				continue
			}
			p := imported[id.Name]
			if mend, impure := impureNames[p][n.Sel.Name]; impure {
				s.report(n, "uses %s.%s on floor %d, which is pure; %s", p, n.Sel.Name, s.floor, mend)
			}
		}
	}
}

// importedNames maps the names by which the file knows its imports to paths.
func (s *source) importedNames() map[string]string {
	names := map[string]string{}
	for _, spec := range s.file.Imports {
		p := importPath(spec)
		name := path.Base(p)
		if spec.Name != nil {
			name = spec.Name.Name
		}
		names[name] = p
	}
	return names
}

func importPath(spec *ast.ImportSpec) string {
	p, err := strconv.Unquote(spec.Path.Value)
	if err != nil {
		panic(err) // the parser has read it
	}
	return p
}
