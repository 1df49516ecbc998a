package catalog

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// basePrefix begins the flag that says what the target was when the message left.
const basePrefix = "base-"

// baseDigits are enough for two targets of one message to differ.
const baseDigits = 16

// Fingerprint names what the target says: base- and the first 16 hex digits of the
// SHA-256 of its forms, joined by U+0000. As a flag of a message that is sent out,
// it tells when it comes back whether the target was changed, here or there.
func (e *Entry) Fingerprint() string {
	sum := sha256.Sum256([]byte(strings.Join(append([]string{e.Target}, e.Forms...), "\x00")))
	return basePrefix + hex.EncodeToString(sum[:])[:baseDigits]
}

// Base is the Fingerprint among the entry's flags, empty if it was sent out without
// or a tool has lost it.
func (e *Entry) Base() string {
	i := slices.IndexFunc(e.Flags, func(f string) bool { return strings.HasPrefix(f, basePrefix) })
	if i < 0 {
		return ""
	}
	return e.Flags[i]
}
