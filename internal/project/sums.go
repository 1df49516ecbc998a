package project

import (
	"encoding/hex"
	"maps"
	"slices"
	"strings"
)

// SumsName is the list, in the folder of each edition, of the edition's files and
// their digests, as sha256sum of GNU coreutils writes and checks it: in order of the
// names' bytes, and without itself.
const SumsName = "SHA256SUMS"

// unusual are the bytes that a line of the list cannot hold as they are. A line that
// has any begins with a backslash.
var unusual = strings.NewReplacer(`\`, `\\`, "\n", `\n`, "\r", `\r`)

// formatSums is the list of files by their digests.
func formatSums(sums map[string]sum) []byte {
	var out []byte
	for _, name := range slices.Sorted(maps.Keys(sums)) {
		digest := sums[name]
		escaped := unusual.Replace(name)
		if escaped != name {
			out = append(out, '\\')
		}
		out = hex.AppendEncode(out, digest[:])
		out = append(out, "  "+escaped+"\n"...)
	}
	return out
}
