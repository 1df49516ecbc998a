// Package locales carries the words of the editions themselves (contents,
// notes, "read this in English") inside the binary, so that a workspace needs
// none of its own:
//
//	words.Load(locales.UI, os.DirFS("locales"))
//
// Each language is one file, ui/<language>.toml, in go-i18n's format. English is
// complete and its descriptions explain each message to translators; every other
// file answers exactly its ids.
package locales

import "embed"

// UI holds ui/<language>.toml.
//
//go:embed ui/*.toml
var UI embed.FS
