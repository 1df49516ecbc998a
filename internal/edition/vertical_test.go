package edition

import "testing"

func TestShortNumbersStandUprightInColumns(t *testing.T) {
	tests := []struct{ name, html, want string }{
		{"one digit", "<p>3日</p>", `<p><span class="combined">3</span>日</p>`},
		{"two digits", "<p>第12章</p>", `<p>第<span class="combined">12</span>章</p>`},
		{"a year", "<p>2026年</p>", `<p><span class="stacked">2026</span>年</p>`},
		{"an abbreviation", "<p>国連のUNHCRが</p>", `<p>国連の<span class="stacked">UNHCR</span>が</p>`},
		{"a longer number lies", "<p>計12345人</p>", "<p>計12345人</p>"},
		{"a number with a point lies", "<p>約1.5倍</p>", "<p>約1.5倍</p>"},
		{"a word lies", "<p>言語Goは</p>", "<p>言語Goは</p>"},
		{"a number among Latin words lies", "<p>in 3 days</p>", "<p>in 3 days</p>"},
		{"the number of a note", `<sup><a href="#fn.1">1</a></sup>`, `<sup><a href="#fn.1"><span class="combined">1</span></a></sup>`},
		{"code stays as it is", "<p>値<code>12</code>と12</p>", `<p>値<code>12</code>と<span class="combined">12</span></p>`},
		{"an entity is no abbreviation", "<p>甲&amp;乙</p>", "<p>甲&amp;乙</p>"},
		{"a tag that does not end stays", "<p>甲<b", "<p>甲<b"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := string(upend([]byte(tt.html))); got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}
