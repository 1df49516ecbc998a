package edition_test

import (
	"bytes"
	"encoding/binary"
	"hash/crc32"
	"image"
	"image/color"
	"image/gif"
	"image/jpeg"
	"image/png"
	"strings"
	"testing"
	"testing/fstest"

	"dragoman/internal/edition"
)

// canary stands for what must not leave the house: a name, a place, a device.
const canary = "magpie@home.example 35.1796N 129.0756E"

// bare is an image as an edition carries it.
func bare(t testing.TB, name string, data []byte) ([]byte, error) {
	t.Helper()
	b, _ := edition.Compile(nil, options(t, fstest.MapFS{name: {Data: data}}))
	return b.Image(name)
}

func picture() *image.Paletted {
	m := image.NewPaletted(image.Rect(0, 0, 4, 2), color.Palette{color.White, color.Black})
	m.Set(1, 1, color.Black)
	return m
}

func jpegWith(segments string) []byte {
	var out bytes.Buffer
	_ = jpeg.Encode(&out, picture(), nil)
	return []byte("\xff\xd8" + segments + out.String()[2:])
}

func segment(marker byte, body string) string {
	return "\xff" + string([]byte{marker, byte((len(body) + 2) >> 8), byte(len(body) + 2)}) + body
}

func exif(turn byte) string {
	return segment(0xe1, "Exif\x00\x00II\x2a\x00\x08\x00\x00\x00\x02\x00"+
		"\x12\x01\x03\x00\x01\x00\x00\x00"+string([]byte{turn})+"\x00\x00\x00"+
		"\x25\x88\x04\x00\x01\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00\x00"+canary)
}

func chunk(name, body string) string {
	size := binary.BigEndian.AppendUint32(nil, uint32(len(body)))
	sum := binary.BigEndian.AppendUint32(nil, crc32.ChecksumIEEE([]byte(name+body)))
	return string(size) + name + body + string(sum)
}

func pngWith(chunks string) []byte {
	var out bytes.Buffer
	_ = png.Encode(&out, picture())
	const header = 8 + 25
	return []byte(out.String()[:header] + chunks + out.String()[header:])
}

func gifWith(blocks string) []byte {
	var out bytes.Buffer
	_ = gif.Encode(&out, picture(), nil)
	s := out.String()
	return []byte(strings.TrimSuffix(s, ";") + blocks + ";")
}

func webpWith(chunks string) []byte {
	body := "WEBPVP8X\x0a\x00\x00\x00\x0c\x00\x00\x00\x00\x00\x00\x00\x00\x00" + chunks
	return []byte("RIFF" + string(binary.LittleEndian.AppendUint32(nil, uint32(len(body)))) + body)
}

func TestImagesTellNothingOfTheirMakers(t *testing.T) {
	comment := string([]byte{0x21, 0xfe, byte(len(canary))}) + canary + "\x00"
	tests := []struct {
		name, file string
		data       []byte
		decode     func([]byte) error
	}{
		{"the place in a photograph", "a.jpg", jpegWith(exif(1)), decodes},
		{"a photograph's comment and XMP", "a.jpeg", jpegWith(segment(0xfe, canary) + segment(0xe1, "http://ns.adobe.com/xap/1.0/\x00"+canary) + segment(0xed, canary)), decodes},
		{"what follows a photograph", "a.jpg", append(jpegWith(""), canary...), decodes},
		{"texts in a PNG", "a.png", pngWith(chunk("tEXt", "Author\x00"+canary) + chunk("eXIf", canary) + chunk("tIME", "\x07\xea\x01\x01\x01\x01\x01") + chunk("zzZz", canary)), decodes},
		{"what follows a PNG", "a.png", append(pngWith(""), canary...), decodes},
		{"a GIF's comment", "a.gif", gifWith(comment), decodes},
		{"XMP in a GIF", "a.gif", gifWith("\x21\xff\x0bXMP DataXMP" + string([]byte{byte(len(canary))}) + canary + "\x00"), decodes},
		{"EXIF and XMP in a WebP", "a.webp", webpWith("EXIF\x26\x00\x00\x00" + canary + "XMP \x26\x00\x00\x00" + canary), nil},
		{
			"a drawing program's notes", "a.svg",
			[]byte(`<?xml version="1.0"?><!-- ` + canary + ` --><svg xmlns="http://www.w3.org/2000/svg" xmlns:inkscape="x" inkscape:export-filename="` + canary + `"><metadata>` + canary + `</metadata><sodipodi:namedview x="` + canary + `"><g/></sodipodi:namedview><path d="M0 0"/></svg>`), nil,
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := bare(t, tt.file, tt.data)
			if err != nil {
				t.Fatal(err)
			}
			if bytes.Contains(got, []byte("magpie")) || bytes.Contains(got, []byte("129.0756E")) {
				t.Errorf("tells %q", got)
			}
			if tt.decode != nil {
				if err := tt.decode(got); err != nil {
					t.Error(err)
				}
			}
			if again, err := bare(t, tt.file, got); err != nil || !bytes.Equal(again, got) {
				t.Errorf("the second time: %v, %q", err, again)
			}
		})
	}
}

func decodes(data []byte) error {
	_, _, err := image.Decode(bytes.NewReader(data))
	return err
}

func TestAPhotographStaysUpright(t *testing.T) {
	got, err := bare(t, "a.jpg", jpegWith(exif(6)))
	if err != nil || !bytes.Contains(got, []byte("Exif\x00\x00MM\x00\x2a\x00\x00\x00\x08\x00\x01\x01\x12\x00\x03\x00\x00\x00\x01\x00\x06")) {
		t.Errorf("%v, %q", err, got)
	}
	if err := decodes(got); err != nil {
		t.Error(err)
	}
}

func TestAWebPThatLosesItsNotesIsConsistent(t *testing.T) {
	got, err := bare(t, "a.webp", webpWith("EXIF\x01\x00\x00\x00a\x00VP8 \x02\x00\x00\x00ok"))
	if want := webpWith("VP8 \x02\x00\x00\x00ok"); err != nil || got[20] != 0 || !bytes.Equal(got[:20], want[:20]) || !bytes.Equal(got[21:], want[21:]) {
		t.Errorf("%v: got %q", err, got)
	}
}

func TestDrawingsOnlyDraw(t *testing.T) {
	const open = `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink">`
	tests := []struct{ name, in, want string }{
		{"shapes and text stay", `<g fill="#fff"><text x="1">a &amp; b</text></g>`, `<g fill="#fff"><text x="1">a &amp; b</text></g>`},
		{"scripts go, with what is in them", `<script>alert(1)<g/></script><g/>`, `<g></g>`},
		{"handlers go", `<g onload="alert(1)" ONCLICK="x" id="a"/>`, `<g id="a"></g>`},
		{"embedded pages go", `<foreignObject><p>x</p></foreignObject>`, ``},
		{"references within stay", `<use xlink:href="#a"/><g fill="url(#b)"/>`, `<use xlink:href="#a"></use><g fill="url(#b)"></g>`},
		{"references out go", `<use href="https://evil.example/#a"/><image href="//evil.example/a.png"/><g fill="url( 'https://evil.example')"/>`, `<use></use><image></image><g></g>`},
		{"links that run go", `<a href="javascript:alert(1)">x</a>`, `<a>x</a>`},
		{"animated links go", `<a><set attributeName="href" to="javascript:alert(1)"/>x</a>`, `<a>x</a>`},
		{"a style sheet that reaches out goes", `<style>@import 'https://evil.example';</style><style>a{fill:url(https://evil.example)}</style>`, `<style></style><style></style>`},
		{"one that does not stays", `<style>a &gt; b{fill:#fff}</style>`, `<style>a &gt; b{fill:#fff}</style>`},
		{"embedded pixels stay", `<image href="data:image/png;base64,AAAA"/>`, `<image href="data:image/png;base64,AAAA"></image>`},
		{"embedded drawings go", `<image href="data:image/svg+xml,x"/>`, `<image></image>`},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := bare(t, "a.svg", []byte(open+tt.in+"</svg>"))
			if want := open + tt.want + "</svg>\n"; err != nil || string(got) != want {
				t.Errorf("%v\ngot  %s\nwant %s", err, got, want)
			}
		})
	}
}

func TestDamagedImagesAreNotPublished(t *testing.T) {
	tests := []struct {
		name, file string
		data       []byte
	}{
		{"an empty photograph", "a.jpg", nil},
		{"a photograph cut off in a segment", "a.jpg", []byte("\xff\xd8\xff\xe1\xff\xff")},
		{"a photograph that is a PNG", "a.jpg", pngWith("")},
		{"a PNG cut off", "a.png", pngWith("")[:50]},
		{"a GIF cut off", "a.gif", gifWith("")[:20]},
		{"a WebP that is none", "a.webp", []byte("RIFF")},
		{"entities in a drawing", "a.svg", []byte(`<!DOCTYPE svg [<!ENTITY a "b">]><svg>&a;</svg>`)},
		{"a drawing cut off", "a.svg", []byte(`<svg><g>`)},
		{"a drawing closed twice", "a.svg", []byte(`<svg></svg></g>`)},
		{"a drawing of something else", "a.svg", []byte(`<html></html>`)},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got, err := bare(t, tt.file, tt.data)
			if err == nil || !strings.HasPrefix(err.Error(), tt.file+": ") {
				t.Errorf("%v, %q", err, got)
			}
		})
	}
}

func FuzzImage(f *testing.F) {
	f.Add("a.jpg", jpegWith(exif(6)))
	f.Add("a.png", pngWith(chunk("tEXt", canary)))
	f.Add("a.gif", gifWith("\x21\xfe\x01a\x00"))
	f.Add("a.webp", webpWith("EXIF\x00\x00\x00\x00"))
	f.Add("a.svg", []byte(`<svg onload="x"><g fill="url(x)"/><script/></svg>`))
	f.Fuzz(func(t *testing.T, name string, data []byte) {
		if edition.ImageType(name) == "" || name[0] != 'a' || strings.Contains(name, "/") {
			return
		}
		got, err := bare(t, name, data)
		if err != nil {
			return
		}
		if again, err := bare(t, name, got); err != nil || !bytes.Equal(again, got) {
			t.Errorf("the second time: %v\n%q\n%q", err, got, again)
		}
	})
}
