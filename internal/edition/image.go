package edition

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io/fs"
	"strings"
)

// Image is the image at a path of the content, less what it tells of the people
// and the devices that made it: comments, places, names, dates, programs.
// Nothing is compressed anew.
func (b *Book) Image(path string) ([]byte, error) {
	data, err := fs.ReadFile(b.content, path)
	if err != nil {
		return nil, fmt.Errorf("read image: %w", err)
	}
	bare, err := strip(data, ImageType(path))
	if err != nil {
		return nil, fmt.Errorf("%s: %w; save it anew in an image editor", path, err)
	}
	return bare, nil
}

func strip(data []byte, mediaType string) ([]byte, error) {
	switch mediaType {
	case "image/jpeg":
		return stripJPEG(data)
	case "image/png":
		return stripPNG(data)
	case "image/gif":
		return stripGIF(data)
	case "image/webp":
		return stripWebP(data)
	case "image/svg+xml":
		return stripSVG(data)
	}
	return nil, errors.New("no image that editions carry")
}

// stripJPEG keeps the segments that a decoder needs, colour profiles, and how the
// picture is to be turned. Markers are named as in ITU T.81, annex B.
func stripJPEG(data []byte) ([]byte, error) {
	malformed := errors.New("not a JPEG image, or a damaged one")
	if !bytes.HasPrefix(data, []byte{0xff, 0xd8}) {
		return nil, malformed
	}
	out := append(make([]byte, 0, len(data)), data[:2]...)
	for at := 2; at+1 < len(data); {
		if data[at] != 0xff {
			return nil, malformed
		}
		marker := data[at+1]
		switch {
		case marker == 0xff: // fill
			at++
			continue
		case marker == 0xd9: // end of image
			return append(out, 0xff, 0xd9), nil
		}
		if at+4 > len(data) {
			return nil, malformed
		}
		end := at + 2 + int(binary.BigEndian.Uint16(data[at+2:]))
		if end < at+4 || end > len(data) {
			return nil, malformed
		}
		out = append(out, segmentOf(marker, data[at:end])...)
		if at = end; marker == 0xda {
			at = scanEnd(data, end)
			out = append(out, data[end:at]...)
		}
	}
	return nil, malformed
}

// segmentOf is what is kept of a segment of a JPEG.
func segmentOf(marker byte, segment []byte) []byte {
	body := segment[4:]
	switch {
	case marker == 0xe1 && bytes.HasPrefix(body, []byte("Exif\x00\x00")):
		return orientation(body[6:])
	case marker == 0xe2 && bytes.HasPrefix(body, []byte("ICC_PROFILE\x00")), marker == 0xe0, marker == 0xee:
		return segment
	case marker >= 0xe1 && marker <= 0xef, marker == 0xfe:
		return nil
	}
	return segment
}

// scanEnd is where the compressed data that begins at from end: before a marker
// that is neither a stuffed byte nor a restart.
func scanEnd(data []byte, from int) int {
	for i := from; i+1 < len(data); i++ {
		if next := data[i+1]; data[i] == 0xff && next != 0 && next != 0xff && (next < 0xd0 || next > 0xd7) {
			return i
		}
	}
	return len(data)
}

// orientation is a segment that says nothing but how the picture is to be
// turned, or nothing where that is as it stands. TIFF 6.0, tag 274.
func orientation(tiff []byte) []byte {
	if len(tiff) < 8 {
		return nil
	}
	var order binary.ByteOrder = binary.BigEndian
	if tiff[0] == 'I' {
		order = binary.LittleEndian
	}
	at := int(order.Uint32(tiff[4:]))
	if at < 8 || at+2 > len(tiff) {
		return nil
	}
	for n := int(order.Uint16(tiff[at:])); n > 0; n-- {
		entry := at + 2 + 12*(n-1)
		if entry+12 > len(tiff) || order.Uint16(tiff[entry:]) != 274 {
			continue
		}
		turn := order.Uint16(tiff[entry+8:])
		if turn < 2 || turn > 8 {
			return nil
		}
		return []byte("\xff\xe1\x00\x22Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01" +
			"\x01\x12\x00\x03\x00\x00\x00\x01\x00" + string(rune(turn)) + "\x00\x00\x00\x00\x00\x00")
	}
	return nil
}

// pngChunks are those that say how the picture looks: PNG, third edition,
// section 11.
var pngChunks = set(`IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST
	pHYs sPLT acTL fcTL fdAT`)

func stripPNG(data []byte) ([]byte, error) {
	const signature = "\x89PNG\r\n\x1a\n"
	malformed := errors.New("not a PNG image, or a damaged one")
	if !bytes.HasPrefix(data, []byte(signature)) {
		return nil, malformed
	}
	out := append(make([]byte, 0, len(data)), signature...)
	for rest := data[len(signature):]; len(rest) >= 12; {
		size := uint64(binary.BigEndian.Uint32(rest)) + 12
		if size > uint64(len(rest)) {
			return nil, malformed
		}
		name := string(rest[4:8])
		if pngChunks[name] {
			out = append(out, rest[:size]...)
		}
		if name == "IEND" {
			return out, nil
		}
		rest = rest[size:]
	}
	return nil, malformed
}

// stripGIF keeps all but comments and the blocks of applications, of which only
// the one that says how often an animation runs is kept. GIF89a.
func stripGIF(data []byte) ([]byte, error) {
	malformed := errors.New("not a GIF image, or a damaged one")
	if len(data) < 13 || !bytes.HasPrefix(data, []byte("GIF8")) {
		return nil, malformed
	}
	at := 13 + colours(data[10])
	if at > len(data) {
		return nil, malformed
	}
	out := append(make([]byte, 0, len(data)), data[:at]...)
	for at+2 < len(data) {
		start, keep := at, true
		switch data[at] {
		case 0x3b:
			return append(out, 0x3b), nil
		case 0x21:
			keep = data[at+1] == 0xf9 || data[at+1] == 0xff && bytes.HasPrefix(data[at+2:], []byte("\x0bNETSCAPE2.0"))
			at += 2
		case 0x2c:
			if at+10 >= len(data) {
				return nil, malformed
			}
			at += 11 + colours(data[at+9])
		default:
			return nil, malformed
		}
		if at = blocksEnd(data, at); at < 0 {
			return nil, malformed
		}
		if keep {
			out = append(out, data[start:at]...)
		}
	}
	if at < len(data) && data[at] == 0x3b {
		return append(out, 0x3b), nil
	}
	return nil, malformed
}

// colours is the length of the colour table that a packed field announces.
func colours(packed byte) int {
	if packed&0x80 == 0 {
		return 0
	}
	return 3 << (packed&7 + 1)
}

// blocksEnd is the index after the sub-blocks that begin at at, -1 if they have
// no end.
func blocksEnd(data []byte, at int) int {
	for at < len(data) {
		n := int(data[at])
		if at += n + 1; n == 0 {
			return at
		}
	}
	return -1
}

// stripWebP keeps all chunks but EXIF and XMP, and takes back their announcement.
func stripWebP(data []byte) ([]byte, error) {
	malformed := errors.New("not a WebP image, or a damaged one")
	if len(data) < 12 || string(data[:4]) != "RIFF" || string(data[8:12]) != "WEBP" {
		return nil, malformed
	}
	out := append(make([]byte, 0, len(data)), data[:12]...)
	for rest := data[12:]; len(rest) >= 8; {
		size := uint64(binary.LittleEndian.Uint32(rest[4:])) + 8
		size += size & 1
		if size > uint64(len(rest)) {
			return nil, malformed
		}
		name := strings.TrimSpace(string(rest[:4]))
		at := len(out)
		if name != "EXIF" && name != "XMP" {
			out = append(out, rest[:size]...)
		}
		if name == "VP8X" && size > 8 {
			out[at+8] &^= 0x0c
		}
		rest = rest[size:]
	}
	binary.LittleEndian.PutUint32(out[4:], uint32(len(out)-8))
	return out, nil
}
