package xliff

import (
	"strconv"

	"dragoman/internal/catalog"
	"dragoman/internal/markdown"
	"dragoman/internal/xmltree"
)

func (w *writer) unit12(m *catalog.Message, id, translate string, form int, parts, targetParts []part) {
	approved := "" // as 1.2 calls what is final
	if m.State.Final() {
		approved = "yes"
	}
	w.open(3, "trans-unit", "id", id, "resname", id, "xml:space", "preserve", "approved", approved, "translate", translate)
	w.text(4, "source", "<source>", parts, code12)
	if len(targetParts) > 0 {
		qualifier := ""
		if m.State == catalog.MachineDraft {
			qualifier = "mt-suggestion"
		}
		start := tag("target", "state", stateNames[m.State].old, "state-qualifier", qualifier) + ">"
		w.text(4, "target", start, targetParts, code12)
	}
	if form == 0 {
		w.more12(m)
	}
	w.line(3, "</trans-unit>")
}

// more12 writes what follows the target.
func (w *writer) more12(m *catalog.Message) {
	if list := metaOf(&m.Entry); len(list) > 0 {
		w.open(4, "context-group", "purpose", "information")
		for _, x := range list {
			w.element(5, "context", x.value, "context-type", metaType+x.name)
		}
		w.line(4, "</context-group>")
	}
	for _, n := range m.Notes {
		w.element(4, "note", n, "from", noteOurs, "annotates", "source")
	}
	for _, c := range m.Comments {
		w.element(4, "note", c, "from", noteTheirs, "annotates", "target")
	}
	if m.Previous.Source == "" {
		return
	}
	previous, target := coded(m.Previous.Source, m.Target, w.Plain)
	w.open(4, "alt-trans", "alttranstype", "previous-version")
	w.text(5, "source", "<source>", previous, code12)
	w.text(5, "target", "<target>", target, code12)
	w.line(4, "</alt-trans>")
}

// metaType begins the context-type of metadata.
const metaType = "x-dragoman-"

func code12(p *part) string {
	id, text := strconv.Itoa(p.id), ">"+xmltree.Escape(p.Text)+"</"
	switch p.Role {
	case markdown.Opens:
		return tag("bpt", "id", id, "rid", id, "ctype", kinds[p.What].old) + text + "bpt>"
	case markdown.Closes:
		return tag("ept", "id", id, "rid", id) + text + "ept>"
	}
	return tag("ph", "id", id, "ctype", kinds[p.What].old) + text + "ph>"
}
