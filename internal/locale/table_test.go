package locale

import (
	"slices"
	"strings"
	"testing"
)

func TestTableIsWhole(t *testing.T) {
	if !slices.IsSortedFunc(table[:], func(a, b row) int { return strings.Compare(a.tag, b.tag) }) {
		t.Error("the table is not sorted by tag")
	}
	if !slices.IsSortedFunc(autonyms[:], func(a, b struct{ tag, name string }) int { return strings.Compare(a.tag, b.tag) }) {
		t.Error("the autonyms are not sorted by tag")
	}
	for i, r := range table {
		tag, err := Parse(r.tag)
		if err != nil || tag.String() != r.tag || find(tag).tag != r.tag {
			t.Errorf("%s is not found: %v", r.tag, err)
		}
		if months := strings.Split(r.months, "|"); strings.Contains(r.date, "{MMMM}") && (len(months) != 12 || slices.Contains(months, "")) {
			t.Errorf("%s has the months %q", r.tag, months)
		}
		if !strings.Contains(r.date, "{y}") || !strings.Contains(r.date, "{d}") || !strings.Contains(r.date, "{M") {
			t.Errorf("%s has the date %q", r.tag, r.date)
		}
		if r.comma == "" || r.last == "" || r.two == "" || slices.Contains(r.quotes[:], "") {
			t.Errorf("%s lacks a mark: %+v", r.tag, r)
		}
		if known := strings.Split(names[i], "|"); len(known) != len(table) || Name(tag, tag) != Autonym(tag) {
			t.Errorf("%s names %d languages of %d, itself %q and %q", r.tag, len(known), len(table), Name(tag, tag), Autonym(tag))
		}
	}
}
