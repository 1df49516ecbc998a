// Package words holds the words of the editions.
package words

import (
	"io/fs"

	"dragoman/internal/diag"
	"dragoman/internal/locale"
)

// Bundle holds the words of each language.
type Bundle struct{}

// Words are the words of one language.
type Words struct{ tag locale.Tag }

// Load reads.
func Load(sources ...fs.FS) (*Bundle, diag.List) { return &Bundle{}, nil }

// For picks a language.
func (b *Bundle) For(t locale.Tag) *Words { return &Words{t} }

// Text is a message.
func (w *Words) Text(id string, data map[string]any) string { return id }

// Count is a plural message.
func (w *Words) Count(id string, n int, data map[string]any) string { return id }

// Tag is the language.
func (w *Words) Tag() locale.Tag { return w.tag }
