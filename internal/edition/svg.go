package edition

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"html"
	"io"
	"strings"
)

// foreign are the elements of SVG that hold something else than a drawing.
var foreign = set(`script foreignObject metadata iframe audio video canvas handler listener object embed`)

// stripSVG copies a drawing without scripts, without links to other files, and
// without what drawing programs note down for themselves, among which are the
// paths of their users' files. A document type may stand, entities may not.
func stripSVG(data []byte) ([]byte, error) {
	d := xml.NewDecoder(bytes.NewReader(data))
	var out bytes.Buffer
	var open []xml.Name
	skipped := 0 // depth within an element that is left out
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, fmt.Errorf("not an SVG image, or a damaged one: %w", err)
		}
		switch t := token.(type) {
		case xml.StartElement:
			open = append(open, t.Name)
			if skipped > 0 || !drawn(t) {
				skipped++
				continue
			}
			startSVG(&out, t)
		case xml.EndElement:
			if len(open) == 0 || open[len(open)-1] != t.Name {
				return nil, fmt.Errorf("the SVG image closes %s, which is not open", qualified(t.Name))
			}
			open = open[:len(open)-1]
			if skipped > 0 {
				skipped--
				continue
			}
			out.WriteString("</" + qualified(t.Name) + ">")
		case xml.CharData:
			if skipped == 0 {
				out.WriteString(html.EscapeString(contained(string(t))))
			}
		case xml.Directive:
			if bytes.Contains(t, []byte("ENTITY")) {
				return nil, errors.New("the SVG image declares entities")
			}
		}
	}
	if len(open) > 0 || !bytes.Contains(out.Bytes(), []byte("<svg")) {
		return nil, errors.New("not an SVG image, or one that is cut off")
	}
	return append(bytes.TrimSpace(out.Bytes()), '\n'), nil
}

// drawn reports whether an element draws, or moves what is drawn.
func drawn(t xml.StartElement) bool {
	if t.Name.Space != "" && t.Name.Space != "svg" || foreign[t.Name.Local] {
		return false
	}
	for _, a := range t.Attr {
		if a.Name.Local == "attributeName" && strings.HasSuffix(strings.ToLower(a.Value), "href") {
			return false // an animated link
		}
	}
	return true
}

func qualified(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}

func startSVG(out *bytes.Buffer, t xml.StartElement) {
	out.WriteString("<" + qualified(t.Name))
	for _, a := range t.Attr {
		if drawing(a) {
			out.WriteString(" " + qualified(a.Name) + `="` + html.EscapeString(a.Value) + `"`)
		}
	}
	out.WriteByte('>')
}

// drawing reports whether an attribute belongs to the drawing and stays within it.
func drawing(a xml.Attr) bool {
	switch a.Name.Space {
	case "", "xml":
	case "xmlns":
		return a.Name.Local == "xlink" || a.Name.Local == "svg"
	case "xlink":
		if a.Name.Local != "href" {
			return false
		}
	default:
		return false
	}
	if strings.HasPrefix(strings.ToLower(a.Name.Local), "on") {
		return false
	}
	if a.Name.Local == "href" || a.Name.Local == "src" {
		v := strings.TrimSpace(a.Value)
		return strings.HasPrefix(v, "#") || strings.HasPrefix(v, "data:image/png;") || strings.HasPrefix(v, "data:image/jpeg;")
	}
	return a.Name.Local == "xmlns" || contained(a.Value) == a.Value
}

// contained is text of a drawing, empty if it reaches out to other files as style
// sheets can.
func contained(text string) string {
	lower := strings.ToLower(strings.Map(visible, text))
	if strings.Contains(lower, "@import") || strings.Contains(lower, `\`) && strings.Contains(lower, "{") {
		return ""
	}
	for rest := lower; ; {
		i := strings.Index(rest, "url(")
		if i < 0 {
			return text
		}
		rest = strings.TrimLeft(rest[i+4:], " '\"")
		if !strings.HasPrefix(rest, "#") {
			return ""
		}
	}
}
