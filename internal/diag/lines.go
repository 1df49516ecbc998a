package diag

import (
	"bytes"
	"sort"
	"unicode/utf8"
)

// Lines turns byte offsets of one file into places. Build it once a file. Look-ups
// in ascending order cost, all together, one pass over the file, however long its
// lines are. It is for one goroutine.
type Lines struct {
	path   string
	src    []byte
	starts []int

	last int // the offset asked for last, and its place
	pos  Pos
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
// An offset
// within a character is that character's. A byte order mark takes up no column.
func (l *Lines) At(offset int) Pos {
	offset = l.runeStart(min(max(offset, 0), len(l.src)))
	line := sort.SearchInts(l.starts, offset+1)
	start, column := l.starts[line-1], 1
	if line == l.pos.Line && offset >= l.last {
		start, column = l.last, l.pos.Column
	} else if line == 1 && bytes.HasPrefix(l.src, []byte("\ufeff")) {
		start = min(offset, len("\ufeff"))
	}
	l.last = offset
	l.pos = Pos{Path: l.path, Line: line, Column: column + utf8.RuneCount(l.src[start:offset])}
	return l.pos
}

// runeStart is the offset of the character that an offset lies within.
func (l *Lines) runeStart(offset int) int {
	for start := offset - 1; start >= max(0, offset-utf8.UTFMax+1); start-- {
		if !utf8.RuneStart(l.src[start]) {
			continue
		}
		if _, size := utf8.DecodeRune(l.src[start:]); start+size > offset {
			return start
		}
		break
	}
	return offset
}
