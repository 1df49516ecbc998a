// Package locale knows the facts of a language.
package locale

import "golang.org/x/text/language"

// Tag is a BCP 47 language tag.
type Tag = language.Tag
