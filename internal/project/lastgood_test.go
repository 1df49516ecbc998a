package project

import (
	"fmt"
	"strings"
	"testing"
)

func TestVersionsOfAFileAreThoseOfItsEarlierNamesToo(t *testing.T) {
	const none = "0000"
	raw := func(status, before, after string, names ...string) string {
		return fmt.Sprintf(":100644 100644 %s %s %s\x00%s\x00", before, after, status, strings.Join(names, "\x00"))
	}
	tests := []struct{ name, out, want string }{
		{"nothing was ever committed", "", ""},
		{"the newest first", "\x01c2 20\x00\n" + raw("M", "b1", "b2", "a.md") + "\x01c1 10\x00\n" + raw("A", none, "b1", "a.md"), "a.md 0:b2 1:b1"},
		{"a deletion is a version without bytes", "\x01c2 20\x00\n" + raw("D", "b1", none, "a.md") + "\x01c1 10\x00\n" + raw("A", none, "b1", "a.md"), "a.md 0: 1:b1"},
		{
			"through two renames", "\x01c4 40\x00\n" + raw("R090", "b2", "b3", "b.md", "c.md") + "\x01c3 30\x00\n" + raw("R100", "b2", "b2", "a.md", "b.md") +
				"\x01c2 20\x00\n" + raw("M", "b1", "b2", "a.md") + "\x01c1 10\x00\n" + raw("A", none, "b1", "a.md"), "c.md 0:b3 1:b2 2:b2 3:b1",
		},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			var got []string
			for name, versions := range versionsOf([]byte(tt.out)) {
				got = append(got, name)
				for _, v := range versions {
					got = append(got, fmt.Sprintf("%d:%s", v.at, v.blob))
				}
			}
			if strings.Join(got, " ") != tt.want {
				t.Errorf("got %q, want %q", strings.Join(got, " "), tt.want)
			}
		})
	}
}
