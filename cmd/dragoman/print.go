package main

import (
	"fmt"
	"io"
	"strings"

	"dragoman/internal/diag"

	"github.com/clipperhouse/displaywidth"
)

func printFindings(w io.Writer, found diag.List) {
	for _, f := range found {
		mark := ""
		if f.Severity != diag.Error {
			mark = f.Severity.String() + ": "
		}
		fmt.Fprintf(w, "%s%s\n", mark, f.Error())
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
