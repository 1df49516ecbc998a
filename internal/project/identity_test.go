package project

import (
	"archive/zip"
	"io/fs"
	"maps"
	"path/filepath"
	"strings"
	"testing"

	"dragoman/internal/locale"

	"golang.org/x/text/language"
)

// signedWorkspace has a name and an address in every field of its catalogs and
// decisions that can hold one.
var signedWorkspace = map[string]string{
	ConfigName:        "title = \"Roads\"\n[languages.ko]\n",
	"content/road.md": "# The road\n\nThe road is long.\n\nAsk at the desk.\n",
	"locales/glossary.csv": "term,ko,safety,note,source\nroad,길,,,\n" +
		"Canary Kim,카나리아,yes,,\n",
	"locales/ko/decisions.tsv": "0123456789abcdef0123456789abcdef\tapproved\tcanary\t2026-11-20\tCanary Kim <kim@canary.example>\n",
	"locales/ko/road.po": `# Korean translation of the roads.
# Copyright (C) 2026 Canary Kim
# Canary Kim <kim@canary.example>, 2026.
msgid ""
msgstr ""
"Project-Id-Version: Roads\n"
"Report-Msgid-Bugs-To: kim@canary.example\n"
"PO-Revision-Date: 2026-11-20 23:48+0900\n"
"Last-Translator: Canary Kim <kim@canary.example>\n"
"Language-Team: Canary <team@canary.example>\n"
"Language: ko\n"
"Content-Type: text/plain; charset=UTF-8\n"
"X-Translators: Canary Kim\n"
"X-Owner: Canary Kim\n"
"X-Poedit-Basepath: /home/canary/roads\n"

# Canary Kim <kim@canary.example>: which road?
#. heading 1
#: road.md
msgid "The road"
msgstr "길"

# ask kim@canary.example
#, fuzzy
#: road.md
msgid "The road is long."
msgstr "길다."
`,
	"locales/ko/.memory.po": "# Canary Kim <kim@canary.example>\nmsgid \"\"\nmsgstr \"Last-Translator: Canary\\nContent-Type: text/plain; charset=UTF-8\\n\"\n\n# kim@canary.example\nmsgid \"Old\"\nmsgstr \"옛\"\n",
}

// arriving are files of other tools with a name in every field that can hold one.
var arriving = map[string]string{
	"a.tmx": `<tmx version="1.4"><header creationtool="x" srclang="en" creationid="canary" changeid="canary"><note>Canary Kim kim@canary.example</note></header><body>` +
		`<tu creationid="canary" changeid="canary"><prop type="x-user">Canary Kim</prop><tuv xml:lang="en" creationid="canary"><seg>Ask.</seg></tuv><tuv xml:lang="ko" changeid="canary"><seg>물어라.</seg></tuv></tu></body></tmx>`,
	"b.xlf": `<xliff version="1.2"><file original="road.md" source-language="en" target-language="ko" datatype="plaintext"><header>` +
		`<phase-group><phase phase-name="t" process-name="t" contact-name="Canary Kim" contact-email="kim@canary.example"/></phase-group></header><body>` +
		`<trans-unit id="1"><source>Ask at the desk.</source><target phase-name="t">창구에 물어라.</target><note from="Canary Kim">short</note></trans-unit></body></file></xliff>`,
}

// Nobody who has not asked to be named is named by what goes out, wherever their tool
// has written who they are.
func TestWhatGoesOutNamesNobody(t *testing.T) {
	dir := workspace(t, signedWorkspace)
	tree := open(t, dir)
	ko := language.Korean
	in := workspace(t, arriving)
	for _, name := range []string{"a.tmx", "b.xlf"} {
		if _, err := tree.Import(t.Context(), ImportOptions{Now: day, File: filepath.Join(in, name), Language: ko}); err != nil {
			t.Fatal(err)
		}
	}
	out := t.TempDir()
	for _, format := range ExchangeFormats() {
		for _, single := range []bool{false, true} {
			folder := filepath.Join(out, format, map[bool]string{true: "one", false: "many"}[single])
			x, err := tree.Export(t.Context(), ExportOptions{Now: day, Language: ko, Format: format, Single: single, Output: folder})
			if err != nil || x.Messages == 0 {
				t.Fatal(format, x, err)
			}
		}
	}
	for _, format := range GlossaryFormats {
		if _, err := tree.ExportGlossary(format, filepath.Join(out, "terms."+format), []locale.Tag{ko}, false); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := tree.Build(t.Context(), BuildOptions{Now: day, Output: filepath.Join(out, "editions"), Formats: []Format{HTML, EPUB, Markdown}}); err != nil {
		t.Fatal(err)
	}
	files := 0
	for name, text := range unzipped(t, out) {
		files++
		if at := strings.Index(strings.ToLower(text), "canary"); at >= 0 {
			t.Errorf("%s: %q", name, text[max(0, at-40):min(len(text), at+40)])
		}
	}
	if files < 20 {
		t.Errorf("only %d files went out", files)
	}
}

func TestExtractTellsOfCatalogsThatNameTheirTranslators(t *testing.T) {
	files := map[string]string{ConfigName: "[languages.ko]\n"}
	for _, name := range strings.Split("abcdefgh", "") {
		files["content/"+name+".md"] = name + "\n"
		files["locales/ko/"+name+".po"] = "msgid \"\"\nmsgstr \"\"\n\"Language: ko\\n\"\n\"Last-Translator: Kim\\n\"\n\"Content-Type: text/plain; charset=UTF-8\\n\"\n"
	}
	files["locales/ko/h.po"] = strings.ReplaceAll(files["locales/ko/h.po"], "Kim", "Automatically generated")
	x, err := open(t, workspace(t, files)).Extract(t.Context(), ExtractOptions{Now: day})
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range x.Findings {
		if f.Code == "identity" {
			got = append(got, f.Error())
		}
	}
	if len(got) != mostSigned+1 {
		t.Fatalf("%d findings: %q", len(got), got)
	}
	if want := "locales/ko/a.po:4:1: Last-Translator names a person; dragoman scrub removes it, unless they want to be named"; got[0] != want {
		t.Errorf("got %q, want %q", got[0], want)
	}
	if want := "2 more catalogs name their translators; see dragoman scrub --check"; got[mostSigned] != want {
		t.Errorf("got %q, want %q", got[mostSigned], want)
	}
}

// unzipped are the files in a folder, and those in books in it.
func unzipped(t *testing.T, dir string) map[string]string {
	t.Helper()
	files := contents(t, dir)
	for name, text := range maps.Clone(files) {
		if filepath.Ext(name) != ".epub" {
			continue
		}
		book, err := zip.NewReader(strings.NewReader(text), int64(len(text)))
		if err != nil {
			t.Fatal(err)
		}
		for _, entry := range book.File {
			inner, err := fs.ReadFile(book, entry.Name)
			if err != nil {
				t.Fatal(err)
			}
			files[name+"/"+entry.Name] = string(inner)
		}
	}
	return files
}
