package project

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"io"
	"io/fs"
	"os"
	"path"
	"slices"
	"strings"
	"time"
)

// record is what a build leaves behind so that the next one need not do again what
// would come out the same: what it read, what it was asked, and what stood when it
// had ended. It is bound to the place where it was made, by inodes, so that one that
// came with a copy or a clone says nothing; so does one that is damaged.
//
//	.dragoman/editions.record
type record struct {
	began   int64     // by the clock of the file system, before anything was read
	ended   int64     // likewise, when everything had been written
	home    [2]uint64 // the folders of the workspace and of the editions
	asked   string    // what was to be built
	day     string    // the day of the run, if that made a difference
	stands  string    // the languages whose editions stood at the end
	program program
	inputs  []file // by name from the workspace, in order
	outputs []file // by name from the folder of the editions: files and folders
	result  []byte // the Build as JSON; nil: doing it again may do something else
	cards   sum    // of the file of cards; zero: there is none
}

// file is a file or folder as it was.
type file struct {
	name string
	stamp
	sum sum // of a file
}

// program is the running program's file.
type program struct {
	name string
	stamp
	sum sum
}

// stateName is the workspace's folder of what Dragoman remembers there. It may be
// removed at any time.
const stateName = ".dragoman"

const (
	recordMagic = "dragoman record 2\n"
	mostRecord  = 1 << 30 // bytes; what is longer is none of ours
)

// encode writes the record. Its last bytes are the SHA-256 of all before.
func (r *record) encode() []byte {
	e := encoder{out: slices.Grow([]byte(recordMagic), 128*(len(r.inputs)+len(r.outputs)))}
	e.number(uint64(r.began))
	e.number(uint64(r.ended))
	e.number(r.home[0])
	e.number(r.home[1])
	e.text(r.asked)
	e.text(r.day)
	e.text(r.stands)
	e.text(r.program.name)
	e.stamp(r.program.stamp)
	e.sum(r.program.sum)
	e.files(r.inputs)
	e.files(r.outputs)
	e.text(string(r.result))
	e.sum(r.cards)
	return e.sealed()
}

type encoder struct{ out []byte }

// sealed is all that was written, and its SHA-256.
func (e *encoder) sealed() []byte {
	whole := sha256.Sum256(e.out)
	return append(e.out, whole[:]...)
}

func (e *encoder) number(n uint64) { e.out = binary.AppendUvarint(e.out, n) }

func (e *encoder) sum(s sum) { e.out = append(e.out, s[:]...) }

func (e *encoder) text(s string) {
	e.number(uint64(len(s)))
	e.out = append(e.out, s...)
}

func (e *encoder) stamp(s stamp) {
	kind := uint64(0)
	if s.folder {
		kind = 1
	}
	for _, n := range []uint64{uint64(s.size), uint64(s.modified), uint64(s.changed), s.inode, kind} {
		e.number(n)
	}
}

func (e *encoder) files(list []file) {
	e.number(uint64(len(list)))
	for _, f := range list {
		e.text(f.name)
		e.stamp(f.stamp)
		e.sum(f.sum)
	}
}

func (r *record) write(w io.Writer) error {
	_, err := w.Write(r.encode())
	return err
}

// decodeRecord reads a record. It is nil if it is damaged or none of ours.
func decodeRecord(text []byte) *record {
	sealed, _, ok := readSealed(bytes.NewReader(text), len(text), recordMagic)
	if !ok {
		return nil
	}
	return recordFrom(sealed)
}

// readSealed reads what an encoder wrote and sealed, without its magic, and the digest
// that it is sealed with. It reports false if the bytes are others.
func readSealed(from io.Reader, size int, magic string) (text string, digest sum, ok bool) {
	body := size - sha256.Size
	if body < len(magic) {
		return "", sum{}, false
	}
	var all strings.Builder
	all.Grow(body)
	h := sha256.New()
	if _, err := io.CopyBuffer(io.MultiWriter(h, &all), onlyReader{io.LimitReader(from, int64(body))}, make([]byte, 64<<10)); err != nil {
		return "", sum{}, false
	}
	if _, err := io.ReadFull(from, digest[:]); err != nil || !bytes.Equal(h.Sum(nil), digest[:]) {
		return "", sum{}, false
	}
	text, ok = strings.CutPrefix(all.String(), magic)
	return text, digest, ok
}

// onlyReader is a reader whose bytes go through the buffer that they are to.
type onlyReader struct{ io.Reader }

// recordFrom reads a record that is whole.
func recordFrom(text string) *record {
	d := decoder{left: text}
	r := &record{began: int64(d.number()), ended: int64(d.number()), home: [2]uint64{d.number(), d.number()}}
	r.asked, r.day, r.stands = d.text(), d.text(), d.text()
	r.program = program{d.text(), d.stamp(), d.sum()}
	r.inputs = d.files()
	r.outputs = d.files()
	if result := d.text(); result != "" {
		r.result = []byte(result)
	}
	r.cards = d.sum()
	if d.bad || d.left != "" {
		return nil
	}
	return r
}

// decoder reads what an encoder wrote. Once something is not as that writes it, all
// it reads is empty.
type decoder struct {
	left string
	bad  bool
}

func (d *decoder) fail() {
	d.bad, d.left = true, ""
}

func (d *decoder) number() uint64 {
	var n uint64
	for i := range min(len(d.left), binary.MaxVarintLen64) {
		b := d.left[i]
		n |= uint64(b&0x7f) << (7 * i)
		if b < 0x80 {
			d.left = d.left[i+1:]
			return n
		}
	}
	d.fail()
	return 0
}

func (d *decoder) take(n uint64) string {
	if n > uint64(len(d.left)) {
		d.fail()
		return ""
	}
	s := d.left[:n]
	d.left = d.left[n:]
	return s
}

func (d *decoder) text() string { return d.take(d.number()) }

func (d *decoder) sum() (s sum) {
	copy(s[:], d.take(sha256.Size))
	return s
}

func (d *decoder) stamp() stamp {
	return stamp{int64(d.number()), int64(d.number()), int64(d.number()), d.number(), d.number() == 1}
}

func (d *decoder) files() []file {
	n := d.number()
	if n > uint64(len(d.left))/sha256.Size {
		d.fail()
		return nil
	}
	list := make([]file, n)
	for i := range list {
		list[i] = file{d.text(), d.stamp(), d.sum()}
	}
	return list
}

// recordPath is where the record of a folder of editions lies: apart for the
// workspace's own, and one for the other that was built last.
func (o *output) recordPath() string {
	if o.own {
		return path.Join(stateName, "editions.record")
	}
	return path.Join(stateName, "other.record")
}

// homes are the folders that a record is bound to, by their inodes. It reports false
// where the system does not tell any.
func (t *Tree) homes(o *output) (homes [2]uint64, ok bool) {
	for i, root := range []*os.Root{t.root, o.root} {
		if root == nil {
			return homes, false
		}
		var ok bool
		if homes[i], ok = inodeOf(root); !ok {
			return homes, false
		}
	}
	return homes, true
}

// inodeOf is the inode of a folder. It reports false where the system does not tell any.
func inodeOf(root *os.Root) (uint64, bool) {
	s := stampsOf(root)
	defer s.close()
	at, ok := s.of(".")
	return at.inode, ok && at.inode != 0
}

// recall reads the record of a folder of editions; nil if there is none that holds.
func (t *Tree) recall(o *output) *record {
	text, _, ok := t.unsealed(o.recordPath(), recordMagic)
	if !ok {
		return nil
	}
	r := recordFrom(text)
	if homes, ok := t.homes(o); r == nil || !ok || r.home != homes {
		return nil
	}
	return r
}

// unsealed is what an encoder wrote and sealed into a file of the workspace, and the
// digest of it. It reports false if there is none that holds.
func (t *Tree) unsealed(name, magic string) (text string, digest sum, ok bool) {
	f, err := t.root.OpenFile(name, os.O_RDONLY|atHand, 0)
	if err != nil {
		return "", sum{}, false
	}
	defer f.Close()
	info, err := f.Stat()
	if err != nil || !info.Mode().IsRegular() || info.Size() > mostRecord {
		return "", sum{}, false
	}
	return readSealed(f, int(info.Size()), magic)
}

// recallCards reads the cards that a record has; nil if there are none.
func (t *Tree) recallCards(o *output, r *record) []*deck {
	if r.cards == (sum{}) {
		return nil
	}
	text, digest, ok := t.unsealed(o.cardsPath(), cardsMagic)
	if !ok || digest != r.cards {
		return nil
	}
	return decodeDecks(text)
}

// draft is a record being made. Its file tells the time by the clock of the file
// system, which all stamps are compared with.
type draft struct {
	tree *Tree
	name string
	into string // where the record is put when it is whole
}

// draft begins the record of that path; nil where none can be written.
func (t *Tree) draft(into string) *draft {
	if err := t.root.MkdirAll(stateName, 0o777); err != nil {
		return nil
	}
	ignore := path.Join(stateName, ".gitignore")
	if _, err := t.root.Lstat(ignore); errors.Is(err, fs.ErrNotExist) {
		t.root.WriteFile(ignore, []byte("*\n"), 0o666) // git may show the folder without it
	}
	return &draft{tree: t, name: fresh(into), into: into}
}

// clock is the time by the clock of the file system; 0 if that cannot be told.
func (d *draft) clock() int64 {
	if err := d.tree.root.WriteFile(d.name, []byte("\n"), 0o666); err != nil {
		return 0
	}
	s := stampsOf(d.tree.root)
	defer s.close()
	at, _ := s.of(d.name)
	return at.modified
}

// began is a moment before which all was written that a run, which began so long ago,
// knows by its stamp: a file system's clock may go by two seconds.
func (d *draft) began(start time.Time) int64 {
	return d.clock() - int64(time.Since(start)+2*time.Second)
}

// after waits for the clock to pass a moment. It returns 0 where that takes long: on a
// file system whose clock goes by seconds.
func (d *draft) after(moment int64) int64 {
	for range 50 {
		if now := d.clock(); now > moment || now == 0 {
			return now
		}
		time.Sleep(time.Millisecond)
	}
	return 0
}

// drop gives the record up.
func (d *draft) drop() {
	if d != nil {
		d.tree.root.Remove(d.name)
	}
}

// putCards writes the cards that the record is to be kept with.
func (d *draft) putCards(cards []byte, into string) error {
	if err := d.tree.root.WriteFile(d.name, cards, 0o666); err != nil {
		return err
	}
	return d.tree.root.Rename(d.name, into)
}

// keep writes the record into its place. One that cannot be written is missed by
// nobody but the next run, which takes longer.
func (d *draft) keep(write func(io.Writer) error) {
	f, err := d.tree.root.Create(d.name)
	if err == nil {
		err = errors.Join(write(f), f.Close())
	}
	if err == nil {
		err = d.tree.root.Rename(d.name, d.into)
	}
	if err != nil {
		d.drop()
	}
}

// sweepDrafts clears away what runs that were killed had begun.
func (t *Tree) sweepDrafts() {
	left, err := fs.ReadDir(t.root.FS(), stateName)
	if err != nil {
		return // there are none
	}
	for _, e := range left {
		if strings.Contains(e.Name(), ".record-") {
			t.root.Remove(path.Join(stateName, e.Name()))
		}
	}
}
