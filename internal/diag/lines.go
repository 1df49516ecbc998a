package diag

import (
	"bytes"
	"sort"
	"unicode/utf8"
)

// Lines turns byte offsets of one file into places. Build it once a file: a
// look-up costs the logarithm of the lines and the length of one of them.
type Lines struct {
	path   string
	src    []byte
	starts []int
}

// NewLines indexes src, the content of the file at path.
func NewLines(path string, src []byte) *Lines {
	starts := make([]int, 1, 1+bytes.Count(src, []byte{'\n'}))
	for i := 0; ; {
		n := bytes.IndexByte(src[i:], '\n')
		if n < 0 {
			break
		}
		i += n + 1
		starts = append(starts, i)
	}
	return &Lines{path: path, src: src, starts: starts}
}

// At is the place of a byte offset. An offset past the end is the end's place.
// A byte order mark takes up no column.
func (l *Lines) At(offset int) Pos {
	offset = min(max(offset, 0), len(l.src))
	line := sort.SearchInts(l.starts, offset+1) - 1
	text := l.src[l.starts[line]:offset]
	if line == 0 {
		text = bytes.TrimPrefix(text, []byte("\ufeff"))
	}
	return Pos{Path: l.path, Line: line + 1, Column: utf8.RuneCount(text) + 1}
}
