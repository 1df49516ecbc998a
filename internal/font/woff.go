package font

import (
	"bytes"
	"compress/zlib"
	"encoding/binary"
)

// WOFF is a font as pages of the web carry it: WOFF 1.0, each table compressed.
func WOFF(font []byte) ([]byte, error) {
	const header, entry = 44, 20
	if _, err := tables(font, 0); err != nil {
		return nil, err
	}
	n := int(binary.BigEndian.Uint16(font[4:]))
	out := make([]byte, header+entry*n)
	copy(out, "wOFF")
	copy(out[4:], font[:4])
	binary.BigEndian.PutUint16(out[12:], uint16(n))
	out[21] = 1 // version 1.0
	plain := 12 + 16*n
	for i := range n {
		from := font[12+16*i:]
		at, length := binary.BigEndian.Uint32(from[8:]), binary.BigEndian.Uint32(from[12:])
		packed := shortest(font[at : at+length])
		to := out[header+entry*i:]
		copy(to, from[:4])
		binary.BigEndian.PutUint32(to[4:], uint32(len(out)))
		binary.BigEndian.PutUint32(to[8:], uint32(len(packed)))
		binary.BigEndian.PutUint32(to[12:], length)
		copy(to[16:], from[4:8]) // the sum of the table
		out = append(out, packed...)
		out = append(out, make([]byte, -len(out)&3)...)
		plain += (int(length) + 3) &^ 3
	}
	binary.BigEndian.PutUint32(out[8:], uint32(len(out)))
	binary.BigEndian.PutUint32(out[16:], uint32(plain))
	return out, nil
}

// shortest is a table compressed, or as it is where that is no longer.
func shortest(table []byte) []byte {
	var packed bytes.Buffer
	z, err := zlib.NewWriterLevel(&packed, zlib.BestCompression)
	if err != nil {
		panic(err) // the level is one
	}
	z.Write(table) // to the memory
	z.Close()
	if packed.Len() >= len(table) {
		return table
	}
	return packed.Bytes()
}
