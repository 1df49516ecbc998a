package xmltree_test

import (
	"strings"
	"testing"

	"dragoman/internal/xmltree"

	"pgregory.net/rapid"
)

var refused = []struct{ name, src, want string }{
	{"nothing is no document", "", "not XML: the document has no element"},
	{"an open element is an error", "<a><b></a>", "not XML: element <b> closed by </a>"},
	{"an entity is not defined", "<!DOCTYPE a [<!ENTITY x \"y\">]><a>&x;</a>", "the document defines entities"},
	{"an entity from elsewhere is not read", `<!DOCTYPE a [<!entity x SYSTEM "file:///etc/passwd">]><a/>`, "the document defines entities"},
	{"an entity that is not XML's own is refused", "<a>&nbsp;</a>", "not XML: invalid character entity &nbsp;"},
	{"a second element is refused", "<a/><b/>", "not XML: a second element after the first"},
	{"too many elements within each other are refused", strings.Repeat("<a>", 300) + strings.Repeat("</a>", 300), "more than 256 elements within each other"},
	{"an old encoding is refused", `<?xml version="1.0" encoding="euc-kr"?><a/>`, `not XML: xml: opening charset "euc-kr": the encoding euc-kr is not known`},
}

func TestWhatIsRefused(t *testing.T) {
	for _, test := range refused {
		t.Run(test.name, func(t *testing.T) {
			e, fault := xmltree.Parse([]byte(test.src))
			if fault == nil || e != nil {
				t.Fatalf("accepted: %+v", e)
			}
			if fault.Text != test.want {
				t.Errorf("refused as %q, want %q", fault.Text, test.want)
			}
		})
	}
}

func TestAFileThatIsTooLargeIsNotRead(t *testing.T) {
	src := make([]byte, xmltree.MaxSize+1)
	copy(src, "<a/>")
	if e, fault := xmltree.Parse(xmltree.Decode(src)); e != nil || fault == nil || fault.Text != "the file has more than 64 MiB" {
		t.Errorf("%+v, %+v", e, fault)
	}
	copy(src, "\xff\xfe")
	if e, fault := xmltree.Parse(xmltree.Decode(src)); e != nil || fault == nil || fault.Text != "the file has more than 64 MiB" {
		t.Errorf("UTF-16: %+v, %+v", e, fault)
	}
}

func TestAnInertDocumentTypeIsPassedOver(t *testing.T) {
	e, fault := xmltree.Parse([]byte("\ufeff<?xml version=\"1.0\"?>\n<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n<tmx version=\"1.4\"><body>a<!-- b -->c</body></tmx>"))
	if fault != nil {
		t.Fatal(fault)
	}
	if got := e.Child("body").Text(); got != "ac" || e.Attr("version") != "1.4" {
		t.Errorf("%q, version %q", got, e.Attr("version"))
	}
	if e.Child("body").Offset != len("\ufeff<?xml version=\"1.0\"?>\n<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n<tmx version=\"1.4\">") {
		t.Errorf("body is at %d", e.Child("body").Offset)
	}
}

func TestUTF16IsRead(t *testing.T) {
	src := []byte("\xff\xfe")
	for _, r := range `<?xml version="1.0" encoding="utf-16"?><a>가</a>` {
		src = append(src, byte(r), byte(r>>8))
	}
	e, fault := xmltree.Parse(xmltree.Decode(src))
	if fault != nil || e.Text() != "가" {
		t.Errorf("%+v, %+v", e, fault)
	}
}

func TestWhatIsWrittenIsReadBack(t *testing.T) {
	text := rapid.StringOf(rapid.SampledFrom([]rune("a <>&\"'\r\n\t가\u0085\u2028\ufffd")))
	rapid.Check(t, func(t *rapid.T) {
		in, at := text.Draw(t, "in"), text.Draw(t, "at")
		e, fault := xmltree.Parse([]byte("<a b=" + xmltree.Quote(at) + ">" + xmltree.Escape(in) + "</a>"))
		if fault != nil {
			t.Fatal(fault)
		}
		if e.Text() != in || e.Attr("b") != at {
			t.Fatalf("%q, %q became %q, %q", in, at, e.Text(), e.Attr("b"))
		}
	})
}

func FuzzParse(f *testing.F) {
	for _, test := range refused {
		f.Add([]byte(test.src))
	}
	f.Fuzz(func(t *testing.T, src []byte) {
		e, fault := xmltree.Parse(xmltree.Decode(src))
		if (e == nil) == (fault == nil) {
			t.Fatalf("%+v, %+v", e, fault)
		}
	})
}
