// Package report shows what was measured: to people as a table, to machines as
// JSON.
//
//	language  article       translated      needs     needs  untranslated  done
//	                                    rewriting  checking
//	---------------------------------------------------------------------------
//	ko        chinas-role        2 / 8          0         0         1 / 4   66%
//
// Law: whatever a catalog or a file's name contains, what is shown changes
// nothing but the place where it is shown: control characters are escaped
// (diag.Printable).
package report

import "dragoman/internal/catalog"

// columns are the states in the order of the table, from work done to work not
// begun. Those that most projects have no message in are shown only if there is one.
var columns = []struct {
	state catalog.State
	head  string
	rare  bool
}{
	{catalog.Approved, "approved", true},
	{catalog.Translated, "translated", false},
	{catalog.NeedsRewriting, "needs\nrewriting", false},
	{catalog.NeedsChecking, "needs\nchecking", false},
	{catalog.MachineDraft, "machine\ndraft", true},
	{catalog.Untranslated, "untranslated", false},
}
