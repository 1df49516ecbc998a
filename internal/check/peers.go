package check

import "dragoman/internal/catalog"

// Peers are the catalogs of a language, gathered once for all of them: whether one
// source is translated in two ways is a question to all, and so is what is usual.
type Peers struct {
	bySource map[string][]*catalog.Message
	byTarget map[string][]*catalog.Message
	habits
}

// Gather indexes the live messages of catalogs that have a target.
func Gather(files ...*catalog.File) *Peers {
	n := 0
	for _, f := range files {
		n += len(f.Messages)
	}
	p := &Peers{bySource: make(map[string][]*catalog.Message, n), byTarget: make(map[string][]*catalog.Message, n)}
	for _, f := range files {
		for _, m := range f.Messages {
			if m.Obsolete || !m.HasTarget() {
				continue
			}
			p.bySource[m.Source] = append(p.bySource[m.Source], m)
			p.byTarget[m.Target] = append(p.byTarget[m.Target], m)
			p.learn(m)
		}
	}
	p.settle()
	return p
}
