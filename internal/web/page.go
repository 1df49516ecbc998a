package web

import (
	"bytes"
	"crypto/sha256"
	_ "embed"
	"encoding/base64"
	"fmt"
	"html"
	"html/template"
	"regexp"
	"slices"
	"strings"

	"dragoman/internal/diag"
)

// What is put at the end of each page. The script and the style are allowed by their
// hashes, so that nothing else is.
var (
	//go:embed reload.js
	script string
	//go:embed errors.css
	style string

	//go:embed end.html
	endSource string
	end       = template.Must(template.New("end").Parse(endSource))

	scriptHash, styleHash = hash(script), hash(style)
)

// missingPage has a policy as those of editions are.
const missingPage = `<!DOCTYPE html>
<html lang="en" dir="ltr">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<link rel="icon" href="data:,">
<title>Preview</title>
</head>
<body>
<main>
<h1>There is no such page</h1>
<p>It will be shown here as soon as there is one. <a href="/">All editions</a></p>
</main>
</body>
</html>
`

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

// policy is what a page forbids.
var policy = regexp.MustCompile(`(?i)(<meta\s+http-equiv="Content-Security-Policy"\s+content=")([^"]*)(")`)

// dress is a page of a build with what the preview adds to it.
func dress(page []byte, build int, found diag.List) []byte {
	var added bytes.Buffer
	err := end.Execute(&added, struct {
		Build  int
		Errors diag.List
		Script template.JS
		Style  template.CSS
	}{build, found, template.JS(script), template.CSS(style)})
	if err != nil {
		panic(err) // the template is ours, and a Buffer takes everything
	}
	var out bytes.Buffer
	if at := policy.FindSubmatchIndex(page); at != nil {
		out.Write(page[:at[4]])
		out.WriteString(html.EscapeString(permit(html.UnescapeString(string(page[at[4]:at[5]])))))
		page = page[at[5]:]
	}
	at := bytes.LastIndex(page, []byte("</body>"))
	if at < 0 {
		at = len(page)
	}
	out.Write(page[:at])
	out.Write(added.Bytes())
	out.Write(page[at:])
	return out.Bytes()
}

// permit is a content security policy that allows what dress adds, too.
func permit(policy string) string {
	order, sources := directives(policy)
	for _, add := range [][2]string{{"script-src", scriptHash}, {"style-src", styleHash}, {"connect-src", "'self'"}} {
		name, source := add[0], add[1]
		own, ok := sources[name]
		if !ok {
			if own, ok = sources["default-src"]; !ok {
				continue // everything is allowed
			}
			order = append(order, name)
		}
		own = slices.DeleteFunc(slices.Clone(own), func(s string) bool { return s == "'none'" })
		if !slices.Contains(own, "'unsafe-inline'") && !slices.Contains(own, source) { // which a hash would end
			own = append(own, source)
		}
		sources[name] = own
	}
	var b strings.Builder
	for i, name := range order {
		if i > 0 {
			b.WriteString("; ")
		}
		fmt.Fprint(&b, strings.Join(append([]string{name}, sources[name]...), " "))
	}
	return b.String()
}

// directives takes a policy apart, as the specification does: of two directives of one
// name the first counts.
func directives(policy string) (order []string, sources map[string][]string) {
	sources = map[string][]string{}
	for d := range strings.SplitSeq(policy, ";") {
		fields := strings.Fields(d)
		if len(fields) == 0 {
			continue
		}
		name := strings.ToLower(fields[0])
		if _, twice := sources[name]; twice {
			continue
		}
		order, sources[name] = append(order, name), fields[1:]
	}
	return order, sources
}
