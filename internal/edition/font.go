package edition

import (
	"fmt"
	"slices"
	"strings"

	"dragoman/internal/font"
)

// beside are the characters that browsers and style sheets put beside the text: the
// marks of lists, emphasis dots, a gap.
const beside = "•◦▪●﹅\u00a0\u3000"

// FontParts are the parts of the book's fonts that show texts, pages of the edition as
// they are written, in the order of Book.Fonts. Style is what is set in them beside.
func (b *Book) FontParts(seen *font.Characters, style string) ([][]byte, error) {
	if len(b.Fonts) == 0 {
		return nil, nil
	}
	all := *seen
	all.Add([]byte(beside))
	all.Add([]byte(style))
	var parts [][]byte
	for _, f := range b.Fonts {
		part, err := f.Subset(&all)
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	return parts, nil
}

// FontFaces tells a style sheet that the book's fonts are at addresses.
func (b *Book) FontFaces(address func(f *font.Font) string) string {
	var faces strings.Builder
	for _, f := range b.Fonts {
		style := "normal"
		if f.Italic {
			style = "italic"
		}
		fmt.Fprintf(&faces, "@font-face{font-family:%s;font-weight:%s;font-style:%s;font-display:swap;src:url(%q)}\n", quotedFamily(f), f.Weight, style, address(f))
	}
	return faces.String()
}

// families are the families of the fonts, as a style sheet names them, before others.
func families(fonts []*font.Font) string {
	var names []string
	for _, f := range fonts {
		if name := quotedFamily(f) + ", "; !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return strings.Join(names, "")
}

// quotedFamily is a family as a string of CSS that can stand in a page.
func quotedFamily(f *font.Font) string {
	return `"` + strings.Map(func(r rune) rune {
		if strings.ContainsRune(`"\<>&`, r) {
			return -1
		}
		return r
	}, f.Family) + `"`
}

// FontNames are the families of the fonts that the book carries, for people.
func (b *Book) FontNames() (names []string) {
	for _, f := range b.Fonts {
		if !slices.Contains(names, f.Family) {
			names = append(names, f.Family)
		}
	}
	return names
}
