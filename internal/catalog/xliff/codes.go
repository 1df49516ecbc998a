package xliff

import (
	"fmt"

	"dragoman/internal/markdown"
)

// part is a piece of a source or a target as it is written.
type part struct {
	markdown.Piece
	id   int    // of a code; the same for what opens and closes, in source and target
	shut string // of what opens: the text of what closes it
}

// coded takes a source and its target apart and gives their codes ids: a code of the
// target has that of the same code of the source, else that of one of its sort, else
// one of its own.
func coded(source, target string, plain bool) (parts, targetParts []part) {
	if plain {
		return whole(source), whole(target)
	}
	parts, targetParts = take(source), take(target)
	next := 1
	free := map[string][]int{}
	number(parts, func(p *part) int {
		exact, sort := keysOf(p)
		free[exact], free[sort] = append(free[exact], next), append(free[sort], next)
		next++
		return next - 1
	})
	used := map[int]bool{}
	pick := func(key string) int {
		for len(free[key]) > 0 {
			id := free[key][0]
			free[key] = free[key][1:]
			if !used[id] {
				used[id] = true
				return id
			}
		}
		return 0
	}
	number(targetParts, func(p *part) int { exact, _ := keysOf(p); return pick(exact) })
	number(targetParts, func(p *part) int {
		_, sort := keysOf(p)
		if p.id == 0 {
			p.id = pick(sort)
		}
		if p.id == 0 {
			p.id = next
			next++
		}
		return p.id
	})
	return parts, targetParts
}

func whole(s string) []part {
	if s == "" {
		return nil
	}
	return []part{{Piece: markdown.Piece{Text: s}}}
}

func take(s string) []part {
	pieces := markdown.Pieces(s)
	parts := make([]part, len(pieces))
	open := map[int]int{}
	for i, p := range pieces {
		parts[i].Piece = p
		switch p.Role {
		case markdown.Opens:
			open[p.Pair] = i
		case markdown.Closes:
			parts[open[p.Pair]].shut = p.Text
		}
	}
	return parts
}

// number gives ids to what opens or stands, and to what closes that of its opening.
func number(parts []part, id func(*part) int) {
	open := map[int]int{}
	for i := range parts {
		p := &parts[i]
		switch p.Role {
		case markdown.Opens:
			p.id = id(p)
			open[p.Pair] = p.id
		case markdown.Stands:
			p.id = id(p)
		case markdown.Closes:
			p.id = open[p.Pair]
		}
	}
}

// keysOf are equal for codes that are the same, and for those of one sort.
func keysOf(p *part) (exact, sort string) {
	sort = fmt.Sprintf("%d%s", p.Role, p.What)
	return sort + "\x00" + p.Text + "\x00" + p.shut, sort
}

// kind is how XLIFF calls a sort of code, in version 2 and in 1.2, and whether a
// translation may do without.
type kind struct {
	name, sub, old string
	optional       bool
}

var kinds = map[string]kind{
	"strong":   {"fmt", "xlf:b", "bold", true},
	"emphasis": {"fmt", "xlf:i", "italic", true},
	"struck":   {"fmt", "dragoman:struck", "x-struck", true},
	"break":    {"fmt", "xlf:lb", "lb", true},
	"title":    {"other", "dragoman:title", "x-title", true},
	"link":     {"link", "", "link", false},
	"address":  {"link", "dragoman:address", "x-address", false},
	"image":    {"image", "", "image", false},
	"code":     {"other", "dragoman:code", "x-code", false},
	"html":     {"other", "dragoman:html", "x-html", false},
	"note":     {"other", "dragoman:note", "x-note", false},
	"verbatim": {"other", "dragoman:verbatim", "x-verbatim", false},
}

// optionalNames are the kinds of 1.2 that a translation may do without, other tools'
// among them.
var optionalNames = map[string]bool{"bold": true, "italic": true, "underlined": true, "lb": true, "x-struck": true, "x-title": true}
