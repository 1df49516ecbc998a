package project

import "testing"

func TestSumsAreAsSha256sumWritesThem(t *testing.T) {
	// Made by sha256sum of coreutils 9.1 of empty files with these names.
	const want = "\\e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a\\nb\n" +
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a b.html\n" +
		"\\e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  a\\\\b\n" +
		"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  길/index.html\n"
	empty := sum{
		0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24,
		0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
	}
	got := string(formatSums(map[string]sum{"길/index.html": empty, "a\nb": empty, `a\b`: empty, "a b.html": empty}))
	if got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
