package po_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"dragoman/internal/catalog"
	"dragoman/internal/catalog/po"
)

// gettext runs a program of GNU gettext on a file, and reports whether the
// program is there. The test output says what was left out.
func gettext(t *testing.T, src []byte, program string, args ...string) (out []byte, err error, ok bool) {
	t.Helper()
	path, lookErr := exec.LookPath(program)
	if lookErr != nil {
		t.Logf("left out: %s (gettext)", program)
		return nil, nil, false
	}
	file := filepath.Join(t.TempDir(), "x.po")
	if err := os.WriteFile(file, src, 0o600); err != nil {
		t.Fatal(err)
	}
	var stderr bytes.Buffer
	cmd := exec.Command(path, append(args, file)...)
	cmd.Env = append(os.Environ(), "LC_ALL=C.UTF-8")
	cmd.Stderr = &stderr
	out, err = cmd.Output()
	if err != nil {
		t.Logf("%s: %s", program, stderr.Bytes())
	}
	return out, err, true
}

// withHeader puts a header of UTF-8 above a case that has none, since gettext
// refuses text without.
func withHeader(src string) string {
	f, _ := po.Parse("x.po", []byte(src))
	if len(f.Header.Fields) > 0 || strings.HasPrefix(src, "\ufeff") {
		return src
	}
	return head + "\n" + src
}

// TestMsgcatReadsWhatWeRead compares what each fact says to msgcat and to us.
func TestMsgcatReadsWhatWeRead(t *testing.T) {
	for _, c := range facts {
		t.Run(c.name, func(t *testing.T) {
			if strings.HasPrefix(c.src, "\ufeff") || c.name == "fuzzy on any line of flags" {
				return // GNU gettext 0.21 refuses the mark, and goes by the last line
			}
			out, err, ok := gettext(t, []byte(withHeader(c.src)), "msgcat", "--no-wrap")
			if !ok {
				return
			}
			if err != nil {
				t.Fatal(err)
			}
			theirs, found := po.Parse("x.po", out)
			if len(found) > 0 {
				t.Fatalf("findings in what msgcat wrote: %v\n%s", found, out)
			}
			if diff := cmp.Diff([]catalog.Entry{known(c.want)}, theirEntries(theirs)); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// known is what of an entry GNU gettext 0.21 does not drop: flags are left out,
// of which it drops those that it does not know, and comments lose the carriage
// returns that it takes for their text.
func known(e catalog.Entry) catalog.Entry {
	e.Flags = nil
	return e
}

func theirEntries(f *catalog.File) []catalog.Entry {
	var out []catalog.Entry
	for _, m := range f.Messages {
		e := known(m.Entry)
		var comments []string
		for _, c := range e.Comments {
			if !strings.HasPrefix(c, "= ") { // a sticky flag, to gettext before 0.25
				comments = append(comments, c)
			}
		}
		e.Comments = comments
		out = append(out, e)
	}
	return out
}

// TestMsgcatRefusesWhatWeRefuse compares verdicts; the cases in which they
// differ say why.
func TestMsgcatRefusesWhatWeRefuse(t *testing.T) {
	differ := map[string]string{
		"an escape of more than a byte":                "msgcat drops the upper bits",
		"an escape for NUL":                            "msgcat ends the text there",
		"a NUL byte":                                   "msgcat ends the text there",
		"an escape that is no UTF-8":                   "msgcat warns and drops the text",
		"an obsolete header":                           "refused beside another only",
		"a header with a plural":                       "a header has none",
		"an empty context and an empty source":         "told apart by msgcat",
		"two domains":                                  "an article has one",
		"conflict markers inside a text":               "a text that nobody wrote",
		"what msgcat leaves of several translations":   "a text that nobody wrote",
		"a msgstr alone":                               "below the header it is a second msgstr to us",
		"a text before any keyword":                    "below the header it is the header's",
		"a charset that was never filled in":           "read as UTF-8, with a warning",
		"ASCII with other bytes":                       "read as UTF-8, with a warning",
		"a charset that is not known, and other bytes": "known to msgcat",
	}
	for _, c := range refusals {
		t.Run(c.name, func(t *testing.T) {
			src := withHeader(c.src)
			_, found := po.Parse("x.po", []byte(src))
			_, err, ok := gettext(t, []byte(src), "msgcat", "-o", os.DevNull)
			if !ok {
				return
			}
			if differ[c.name] == "" && found.HasErrors() != (err != nil) {
				t.Errorf("msgcat: %v, here: %v", err, found)
			}
			if err != nil && len(found) == 0 {
				t.Errorf("msgcat refuses it and nothing is found here")
			}
		})
	}
}

// TestMsgcatLaysOutTheSame compares bytes: what is written anew is what msgcat
// writes unwrapped.
func TestMsgcatLaysOutTheSame(t *testing.T) {
	src := append(builtCatalog(50), "\n# c\n#. n\n#: a.md b.md:7\n#, fuzzy, c-format\n#| msgctxt \"d\"\n#| msgid \"\"\n#| \"o\\n\"\n#| \"q\"\n#| msgid_plural \"r\"\nmsgctxt \"c\"\nmsgid \"\\t\\\"\\\\\"\nmsgid_plural \"p\\n\"\nmsgstr[0] \"x\\n\\n\"\nmsgstr[1] \"\\n\"\n\n# k\n#, fuzzy\n#~| msgid \"o\"\n#~ msgctxt \"c\"\n#~ msgid \"\"\n#~ \"a\\n\"\n#~ \"b\"\n#~ msgstr \"c\"\n"...)
	out, err, ok := gettext(t, src, "msgcat", "--no-wrap")
	if !ok {
		return
	}
	if err != nil {
		t.Fatal(err)
	}
	f := read(t, string(src))
	if diff := cmp.Diff(string(out), string(po.Format(anew(f)))); diff != "" {
		t.Error(diff)
	}
}

// TestGettextAcceptsWhatWeWrite runs the programs that a translator would.
func TestGettextAcceptsWhatWeWrite(t *testing.T) {
	f := read(t, string(builtCatalog(30)))
	f.Header.Set("Project-Id-Version", "x")
	f.Header.Set("Plural-Forms", "nplurals=1; plural=0;")
	f.Messages[3].Target = "바뀐 \"글\"\n둘째 줄"
	f.Messages[3].Source = "A changed text\nof two lines"
	f.Messages[5].Obsolete = true
	f.Messages[7].Comments = []string{"", "kept: \"옛 글\""}
	f.Messages[0], f.Messages[9] = f.Messages[9], f.Messages[0]
	f.Index()
	src := po.Format(f)
	for _, args := range [][]string{
		{"msgfmt", "--check", "-o", os.DevNull}, {"msgattrib", "--no-obsolete"}, {"msgcat"},
	} {
		if _, err, ok := gettext(t, src, args[0], args[1:]...); ok && err != nil {
			t.Errorf("%s: %v\n%s", args[0], err, src)
		}
	}
	fuzzy := 0
	for _, m := range f.Messages {
		if m.Fuzzy && !m.Obsolete {
			fuzzy++
		}
	}
	if out, _, ok := gettext(t, src, "msgattrib", "--only-fuzzy", "--no-obsolete"); ok {
		if got := len(read(t, string(out)).Messages); got != fuzzy || fuzzy == 0 {
			t.Errorf("msgattrib finds %d fuzzy entries, want %d", got, fuzzy)
		}
	}
	pot := filepath.Join(t.TempDir(), "x.pot")
	if err := os.WriteFile(pot, src, 0o600); err != nil {
		t.Fatal(err)
	}
	if out, err, ok := gettext(t, src, "msgmerge", "--no-wrap", "--no-fuzzy-matching", pot); ok {
		if err != nil {
			t.Fatal(err)
		}
		read(t, string(out))
	}
}

// TestMsgcatAgreesWhereASampleIsCut compares the verdicts at every byte.
func TestMsgcatAgreesWhereASampleIsCut(t *testing.T) {
	sample := head + "\n# c\n#, fuzzy\n#| msgid \"o\"\nmsgctxt \"c\"\nmsgid \"a\"\nmsgid_plural \"b\"\nmsgstr[0] \"\\\"x\"\n\n#~ msgid \"z\"\n#~ msgstr \"한\"\n"
	for n := len(head); n < len(sample); n++ {
		_, found := po.Parse("x.po", []byte(sample[:n]))
		_, err, ok := gettext(t, []byte(sample[:n]), "msgcat", "-o", os.DevNull)
		if !ok {
			return
		}
		if found.HasErrors() != (err != nil) {
			t.Errorf("after %q: msgcat %v, here %v", sample[:n], err, found)
		}
	}
}
