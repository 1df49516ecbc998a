package term

// table is the edges of a trie: a hash table of (node, character) to node, open to
// the next free place. The zero value is empty; no edge leads to node 0.
type table struct {
	keys  []uint64 // 0: free
	nodes []int32
	used  int
}

// key is never 0: bit 63 is set.
func key(node int32, r rune) uint64 { return 1<<63 | uint64(node)<<21 | uint64(r) }

// at is where a key is, or the free place where it would be.
func (t *table) at(k uint64) int {
	mask := len(t.keys) - 1
	i := int(k*0x9e3779b97f4a7c15>>32) & mask // the fractional part of the golden ratio
	for t.keys[i] != k && t.keys[i] != 0 {
		i = (i + 1) & mask
	}
	return i
}

func (t *table) get(node int32, r rune) int32 {
	if t.used == 0 {
		return 0
	}
	return t.nodes[t.at(key(node, r))]
}

// put adds an edge that is not there.
func (t *table) put(node int32, r rune, to int32) {
	if 2*t.used >= len(t.keys) {
		t.grow()
	}
	k := key(node, r)
	i := t.at(k)
	t.keys[i], t.nodes[i] = k, to
	t.used++
}

func (t *table) grow() {
	old := *t
	n := max(64, 2*len(old.keys))
	t.keys, t.nodes = make([]uint64, n), make([]int32, n)
	for i, k := range old.keys {
		if k != 0 {
			at := t.at(k)
			t.keys[at], t.nodes[at] = k, old.nodes[i]
		}
	}
}
