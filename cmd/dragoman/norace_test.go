//go:build !race

package main

import "testing"

// program is empty: the stories run the program as testscript finds it, in the test's
// own binary.
func program(*testing.T) string { return "" }
