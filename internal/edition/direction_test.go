package edition_test

import (
	"strings"
	"testing"

	"dragoman/internal/edition"
)

func TestAnAddressRunsFromLeftToRight(t *testing.T) {
	tests := []struct{ name, language, want string }{
		{"isolated where text does not", "ar", `<a href="https://example.org/" dir="ltr">https://example.org/</a>`},
		{"as it is where text does too", "en", `<a href="https://example.org/">https://example.org/</a>`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := options(t, nil)
			o.Language, o.Source = tag(t, tt.language), tag(t, tt.language)
			b, _ := edition.Compile([]edition.Article{{Document: parse(t, "a.md", "See <https://example.org/>.\n")}}, o)
			if got := body(b.Chapters[0]); !strings.Contains(got, tt.want) {
				t.Errorf("wants %s:\n%s", tt.want, got)
			}
		})
	}
}
