package markdown

import (
	"strconv"

	"golang.org/x/net/html"
)

// tableTags are the elements of tables of raw HTML, and in which an element of them may
// stand. What it stands in may be left out, as end tags may: <table><tr><td>a<td>b.
// Feet of tables become bodies, for they come before the body in old texts and after it
// in new ones.
var tableTags = map[string]string{
	"table": "", "caption": "table", "thead": "table", "tbody": "table", "tfoot": "table", "tr": "tbody", "td": "tr", "th": "tr",
}

// bodies are the parts of tables that may have become bodies.
var bodies = tagSet("thead tfoot")

// cellTags are those elements of tables that hold text.
var cellTags = tagSet("td th caption")

// stage is how far a table has come.
type stage int

const (
	empty stage = iota
	captioned
	headed // or more than that
)

// tableTag writes the begin of an element of a table, and of what it must stand in.
func (r *renderer) tableTag(t html.Token) {
	name := t.Data
	if name == "table" {
		r.shutTag("p")
		r.leaveTable()
		r.openTable()
		r.tags = append(r.tags, openTag{name, true})
		r.stages = append(r.stages, empty)
		return
	}
	within := r.innermostTable()
	if within < 0 {
		return
	}
	stage := &r.stages[len(r.stages)-1]
	switch {
	case name == "caption":
		if *stage != empty {
			return // it comes first
		}
		*stage = captioned
	case name == "thead" && *stage < headed:
		*stage = headed
	default:
		*stage = headed
		if name == "thead" || name == "tfoot" {
			name = "tbody"
		}
	}
	r.makeRoom(name, within)
	r.text("<" + name)
	for _, a := range t.Attr {
		if keptAttributes[a.Key] || cellTags[name] && goodOfCell(name, a) {
			r.attribute(a.Key, unbroken(a.Val))
		}
	}
	r.text(">")
	r.tags = append(r.tags, openTag{name, true})
}

// makeRoom closes what an element of the table at an index of the open tags ends, and
// opens what it must stand in.
func (r *renderer) makeRoom(name string, table int) {
	keep := table + 1 // the table
	if name == "tr" || name == "td" || name == "th" {
		if keep < len(r.tags) && (r.tags[keep].name == "thead" || r.tags[keep].name == "tbody") {
			keep++
		} else {
			r.closeTags(keep)
			r.implied("tbody")
			keep++
		}
	}
	if name == "td" || name == "th" {
		if keep < len(r.tags) && r.tags[keep].name == "tr" {
			keep++
		} else {
			r.closeTags(keep)
			r.implied("tr")
			keep++
		}
	}
	r.closeTags(keep)
}

// implied opens an element that the author left out.
func (r *renderer) implied(name string) {
	r.text("<" + name + ">")
	r.tags = append(r.tags, openTag{name, true})
}

// goodOfCell reports whether an attribute says of a cell where it belongs.
func goodOfCell(name string, a html.Attribute) bool {
	switch a.Key {
	case "colspan", "rowspan":
		n, err := strconv.Atoi(a.Val)
		return name != "caption" && err == nil && n >= 1 && n <= 1000
	case "scope":
		return name == "th" && (a.Val == "col" || a.Val == "row" || a.Val == "colgroup" || a.Val == "rowgroup")
	}
	return false
}

// innermostTable is the index of the innermost table of raw HTML that is open, -1 if
// there is none.
func (r *renderer) innermostTable() int {
	i := len(r.tags) - 1
	for i >= r.floor && r.tags[i].name != "table" {
		i--
	}
	if i < r.floor {
		return -1
	}
	return i
}

// leaveTable ends a table in which something comes that can stand in no table but in
// one of its cells.
func (r *renderer) leaveTable() {
	if len(r.stages) == 0 || len(r.tags) == r.floor {
		return
	}
	last := r.tags[len(r.tags)-1].name
	if _, ok := tableTags[last]; ok && !cellTags[last] {
		r.closeTags(r.innermostTable())
	}
}
