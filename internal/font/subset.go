package font

import (
	"bytes"
	"context"
	_ "embed"
	"errors"
	"fmt"
	"math/bits"
	"runtime"
	"sync"

	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
)

// harfbuzz is HarfBuzz's subsetter as WebAssembly: dist/harfbuzz-subset.wasm of the npm
// package harfbuzzjs 1.6.4, which asks its host for nothing. HARFBUZZ-LICENSE has its
// licence.
//
//go:embed harfbuzz-subset.wasm
var harfbuzz []byte

// largestMachine is how much memory, in pages of 64 KB, taking one font apart may need.
const largestMachine = 8192

// workshop is where machines are made, of the program translated once.
type workshop struct {
	runtime wazero.Runtime
	program wazero.CompiledModule
}

var shop = sync.OnceValues(func() (workshop, error) {
	ctx := context.Background()
	r := wazero.NewRuntimeWithConfig(ctx, wazero.NewRuntimeConfig().WithMemoryLimitPages(largestMachine))
	p, err := r.CompileModule(ctx, harfbuzz)
	return workshop{r, p}, err
})

// machine runs HarfBuzz for one font, which it holds. The first call that fails is its
// failure, after which calls do nothing.
type machine struct {
	module  api.Module
	face    uint64
	failure error
}

func newMachine(data []byte, index uint32) (*machine, error) {
	s, err := shop()
	if err != nil {
		return nil, err
	}
	module, err := s.runtime.InstantiateModule(context.Background(), s.program, wazero.NewModuleConfig().WithName("").WithStartFunctions("_initialize"))
	if err != nil {
		return nil, err
	}
	m := &machine{module: module}
	at := m.need("malloc", uint64(len(data)))
	if m.failure == nil && !module.Memory().Write(uint32(at), data) {
		m.failure = errors.New("no room for the font")
	}
	const writable = 2
	blob := m.need("hb_blob_create", at, uint64(len(data)), writable, 0, 0)
	m.face = m.need("hb_face_create", blob, uint64(index))
	if m.failure != nil {
		m.close()
		return nil, m.failure
	}
	return m, nil
}

func (m *machine) close() { m.module.Close(context.Background()) }

func (m *machine) call(name string, arguments ...uint64) uint64 {
	if m.failure != nil {
		return 0
	}
	results, err := m.module.ExportedFunction(name).Call(context.Background(), arguments...)
	if err != nil {
		m.failure = fmt.Errorf("%s: %w", name, err)
	}
	if len(results) == 0 {
		return 0
	}
	return results[0]
}

// need is call for what must not be nothing.
func (m *machine) need(name string, arguments ...uint64) uint64 {
	result := m.call(name, arguments...)
	if result == 0 && m.failure == nil {
		m.failure = errors.New(name + " gave nothing")
	}
	return result
}

// Sets of what a part keeps, as hb_subset_sets_t numbers them.
const (
	nameIDs        = 4
	layoutFeatures = 6
)

// licenceNames are the names of a font, beside those that say what it is called and
// whose it is, that its readers have a right to.
var licenceNames = []uint64{13, 14}

// further are features of fonts that the style sheets ask for beside those that
// HarfBuzz takes for needed: figures, and the widths of punctuation.
var further = []string{"lnum", "tnum", "halt", "vhal", "chws", "vchw", "palt", "vpal"}

// Subset is what of the font shows the characters, those of ASCII in any case, as a
// font that has its forms and its rules of setting them.
func (f *Font) Subset(of *Characters) ([]byte, error) {
	f.lock.Lock()
	defer f.lock.Unlock()
	if f.machine == nil {
		m, err := newMachine(f.data, f.index)
		if err != nil {
			return nil, fmt.Errorf("take a part of %s: %w", f.Name, err)
		}
		f.machine = m
		runtime.AddCleanup(f, (*machine).close, m)
	}
	part, err := f.machine.subset(of)
	if err != nil {
		return nil, fmt.Errorf("take a part of %s: %w", f.Name, err)
	}
	return part, nil
}

func (m *machine) subset(of *Characters) ([]byte, error) {
	plan := m.plan(of)
	part := m.need("hb_subset_or_fail", m.face, plan)
	blob := m.need("hb_face_reference_blob", part)
	size := m.call("hb_blob_get_length", blob)
	at := m.call("hb_blob_get_data", blob, 0)
	if m.failure != nil {
		return nil, m.failure
	}
	inside, ok := m.module.Memory().Read(uint32(at), uint32(size))
	if !ok || size == 0 {
		return nil, errors.New("no font came of it")
	}
	made := bytes.Clone(inside)
	m.call("hb_blob_destroy", blob)
	m.call("hb_face_destroy", part)
	m.call("hb_subset_input_destroy", plan)
	return made, nil
}

// plan is what a part is to have.
func (m *machine) plan(of *Characters) uint64 {
	plan := m.need("hb_subset_input_create_or_fail")
	chosen := m.need("hb_subset_input_unicode_set", plan)
	for r := rune(' '); r < 0x7f; r++ {
		m.call("hb_set_add", chosen, uint64(r))
	}
	for i, word := range of {
		for ; word != 0; word &= word - 1 {
			m.call("hb_set_add", chosen, uint64(i*64+bits.TrailingZeros64(word)))
		}
	}
	names := m.need("hb_subset_input_set", plan, nameIDs)
	for _, id := range licenceNames {
		m.call("hb_set_add", names, id)
	}
	features := m.need("hb_subset_input_set", plan, layoutFeatures)
	for _, tag := range further {
		m.call("hb_set_add", features, uint64(tag[0])<<24|uint64(tag[1])<<16|uint64(tag[2])<<8|uint64(tag[3]))
	}
	return plan
}
