package catalog

import (
	"crypto/sha256"
	"encoding/hex"
	"slices"
	"strings"
)

// The beginnings of the flags of a message that is sent out: what its target was, and
// in which state, if that is not final.
const (
	basePrefix  = "base-"
	statePrefix = "sent-"
)

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

// IsFingerprint reports whether a text has the form of a Fingerprint.
func IsFingerprint(text string) bool {
	digits, ok := strings.CutPrefix(text, basePrefix)
	return ok && len(digits) == baseDigits && strings.Trim(digits, "0123456789abcdef") == ""
}

const idDigits = 24

// ID names a message's key where a file wants a name: "m" and the first 24 hex digits
// of the SHA-256 of the context, U+0004 and the source.
func ID(k Key) string {
	sum := sha256.Sum256([]byte(k.Context + "\x04" + k.Source))
	return "m" + hex.EncodeToString(sum[:])[:idDigits]
}

// IsID reports whether a name has the form of an ID.
func IsID(name string) bool { return len(name) == 1+idDigits && name[0] == 'm' }

// Leave is the entry's flags as it is sent out in a state: those that it has, its
// Fingerprint and, if the state is not final, that.
func (e *Entry) Leave(s State) []string {
	flags := append(slices.Clone(e.Flags), e.Fingerprint())
	if e.Fuzzy {
		flags = append(flags, statePrefix+s.String())
	}
	return flags
}

// LeaveInComment puts what an entry leaves with into its comments. Programs of GNU
// gettext drop flags that they do not know, and keep comments.
func (e *Entry) LeaveInComment() {
	base := e.Base()
	if base == "" {
		return
	}
	e.Comments = append(slices.Clone(e.Comments), base)
	e.Flags = slices.DeleteFunc(slices.Clone(e.Flags), func(f string) bool {
		return f == base || strings.HasPrefix(f, statePrefix)
	})
}

// Arrive takes what an entry left with out of its comments. What a flag says of it
// counts more.
func (e *Entry) Arrive() {
	i := slices.IndexFunc(e.Comments, IsFingerprint)
	if i < 0 {
		return
	}
	if e.Base() == "" {
		e.Flags = append(slices.Clone(e.Flags), e.Comments[i])
	}
	e.Comments = slices.DeleteFunc(slices.Clone(e.Comments), IsFingerprint)
}

// Left reports whether an entry that comes back with a new target is in the state
// that it was sent out in: its tool keeps no states, and the target is what the
// translator wrote.
func (e *Entry) Left(s State) bool {
	base := e.Base()
	return base != "" && base != e.Fingerprint() && slices.Contains(e.Flags, statePrefix+s.String())
}
