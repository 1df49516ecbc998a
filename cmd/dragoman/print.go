package main

import (
	"fmt"
	"io"
	"strings"

	"dragoman/internal/diag"

	"github.com/clipperhouse/displaywidth"
)

// mostOfFile is how many findings of one severity in one file are printed: a file
// that is no catalog at all has one on every line.
const mostOfFile = 20

// printFindings prints the findings, of those in one file the first.
func printFindings(w io.Writer, found diag.List) {
	type group struct {
		path     string
		severity diag.Severity
	}
	counts := map[group]int{}
	for _, f := range found {
		counts[group{f.Pos.Path, f.Severity}]++
	}
	printed := map[group]int{}
	for _, f := range found {
		g := group{f.Pos.Path, f.Severity}
		mark := ""
		if f.Severity != diag.Error {
			mark = f.Severity.String() + ": "
		}
		printed[g]++
		switch n := printed[g]; {
		case n <= mostOfFile || f.Pos.Path == "":
			fmt.Fprintf(w, "%s%s\n", mark, f.Error())
		case n == mostOfFile+1:
			fmt.Fprintf(w, "%sand %d more of %s\n", mark, counts[g]-mostOfFile, diag.Printable(f.Pos.Path))
		}
	}
}

// plural is a count with its noun.
func plural(n int, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	if stem, ok := strings.CutSuffix(noun, "y"); ok {
		noun = stem + "ie"
	}
	return fmt.Sprintf("%d %ss", n, noun)
}

// pad fills a text up to a number of columns; wide characters take two.
func pad(text string, columns int) string {
	return text + strings.Repeat(" ", max(0, columns-displaywidth.String(text)))
}
