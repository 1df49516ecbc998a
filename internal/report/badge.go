package report

import (
	"bytes"
	"fmt"
	"html/template"

	"github.com/clipperhouse/displaywidth"

	"dragoman/internal/coverage"
	"dragoman/internal/locale"
)

// Badge is the share of the words that are translated as a picture for a README, in
// SVG: of the language if there is only one, else of all. Whoever cannot see it is told
// by its name.
func (s *Standing) Badge() []byte {
	label, row := "translated", &s.Counts.Total
	if len(s.Counts.Languages) == 1 {
		row = &s.Counts.Languages[0].Row
		label = locale.Autonym(row.Language)
	}
	value := fmt.Sprintf("%d%%", row.Percent())
	left, right := badgeWidth(label), badgeWidth(value)
	var b bytes.Buffer
	err := badgeTemplate.Execute(&b, struct {
		Label, Value, Color      string
		Lang                     string
		Left, Right, Width       int
		LabelAt, ValueAt         float64
		LabelLength, ValueLength int
	}{
		Label: label, Value: value, Color: badgeColor(row), Lang: badgeLanguage(s.Counts.Languages),
		Left: left, Right: right, Width: left + right,
		LabelAt: float64(left) / 2, ValueAt: float64(left) + float64(right)/2,
		LabelLength: left - 2*badgePad, ValueLength: right - 2*badgePad,
	})
	if err != nil {
		panic(err) // the template is ours, and a Buffer takes everything
	}
	return b.Bytes()
}

// badgePad is the space beside a text, in pixels.
const badgePad = 6

// badgeWidth is how many pixels a text takes with the space beside it: a letter some
// seven, at 11 pixels, a wide one eleven. The picture makes every font keep to it.
func badgeWidth(text string) int {
	narrow, wide := 0, 0
	for _, r := range text {
		if displaywidth.Rune(r) == 2 {
			wide++
		} else {
			narrow++
		}
	}
	return 7*narrow + 11*wide + 2*badgePad
}

// badgeColor has a contrast to white of at least 4.5.
func badgeColor(r *coverage.Row) string {
	switch percent := r.Percent(); {
	case percent == 100:
		return "#1a7f37"
	case percent >= 50:
		return "#8a5a00"
	}
	return "#b3261e"
}

func badgeLanguage(languages []coverage.Language) string {
	if len(languages) == 1 {
		return languages[0].Language.String()
	}
	return "en"
}

var badgeTemplate = template.Must(template.New("badge").Parse(
	`<svg xmlns="http://www.w3.org/2000/svg" width="{{.Width}}" height="20" viewBox="0 0 {{.Width}} 20" role="img" aria-labelledby="title" lang="{{.Lang}}">
<title id="title">{{.Label}}: {{.Value}}</title>
<rect width="{{.Width}}" height="20" rx="3" fill="#444"/>
<path d="M{{.Left}} 0h{{.Right}}v20h-{{.Right}}z" fill="{{.Color}}" clip-path="inset(0 round 0 3px 3px 0)"/>
<g fill="#fff" text-anchor="middle" font-family="Verdana, DejaVu Sans, sans-serif" font-size="11" aria-hidden="true">
<text x="{{.LabelAt}}" y="14" textLength="{{.LabelLength}}" lengthAdjust="spacingAndGlyphs">{{.Label}}</text>
<text x="{{.ValueAt}}" y="14" textLength="{{.ValueLength}}" lengthAdjust="spacingAndGlyphs">{{.Value}}</text>
</g>
</svg>
`))
