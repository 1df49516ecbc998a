package project

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path"
	"path/filepath"

	"dragoman/internal/catalog/goi18n"
	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/words"

	"golang.org/x/text/language"
)

// WordsFormats are the notations that interface words leave in.
var WordsFormats = []string{"toml", "json", "yaml"}

var notations = map[string]goi18n.Notation{"toml": goi18n.TOML, "json": goi18n.JSON, "yaml": goi18n.YAML}

// WordsExport is what an export of interface words wrote, or would write.
type WordsExport struct {
	Messages int // that the language has
	Missing  int // that it does not
	Written  []string
}

// ExportWords writes the interface words of a language, and the English ones beside
// them, into a folder. None that exists is overwritten.
func (t *Tree) ExportWords(tag locale.Tag, format, output string, dry bool) (*WordsExport, error) {
	bundle, _, err := t.words()
	if err != nil {
		return nil, err
	}
	own, english := bundle.Messages(tag), bundle.Messages(language.English)
	name := func(of string) string { return slashed(filepath.Join(output, of+"."+format)) }
	parcel := []parcelFile{
		{name(tag.String()), goi18n.FormatWords(own, notations[format])},
		{name("en"), goi18n.FormatWordsSource(english, notations[format])},
	}
	x := &WordsExport{len(own), len(english) - len(own), []string{parcel[0].name, parcel[1].name}}
	return x, t.deliver(parcel, dry)
}

// WordsImport is what an import of interface words did, or would do.
type WordsImport struct {
	Taken, Held int
	Conflicts   []WordsConflict
	Findings    diag.List // warnings, and errors on messages that are not taken
	Written     []string
}

// WordsConflict is a message that was changed here and there.
type WordsConflict struct {
	ID           string
	Ours, Theirs map[string]string // their forms; ours stay, theirs are kept in a comment
}

// ImportWords takes interface words back into the workspace's own file of the language.
// What only the translator has changed is taken; what both have, or where it is not
// known what it was, stays ours. What would lose a field is an error, and not taken.
func (t *Tree) ImportWords(ctx context.Context, name string, tag locale.Tag, dry bool) (*WordsImport, error) {
	if other, named := languageOf(name); named && !legible(other, tag) {
		return nil, fmt.Errorf("%s: the file's name says that its language is %s, not %s; name the language with --lang", slashed(name), other, tag)
	}
	text, err := os.ReadFile(name)
	if err != nil {
		return nil, plainError("read", err)
	}
	incoming, found := goi18n.ParseWords(slashed(name), text)
	if found.HasErrors() {
		return nil, found
	}
	bundle, _, err := t.words()
	if err != nil {
		return nil, err
	}
	at := path.Join(t.wordsFolder(), tag.String()+".toml")
	before, err := t.readFile(at)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, plainError("read", err)
	}
	i := &WordsImport{Findings: found}
	after := i.settle(bundle, tag, before, incoming)
	i.Findings.Sort()
	if bytes.Equal(before, after) {
		return i, ctx.Err()
	}
	i.Written = []string{at}
	if err := ctx.Err(); err != nil || dry {
		return i, err
	}
	return i, t.save([]change{{at, before, after}})
}

// settle is the workspace's file with what comes in.
func (i *WordsImport) settle(b *words.Bundle, tag locale.Tag, file []byte, incoming []goi18n.WordsTarget) []byte {
	ours := map[string]map[string]string{}
	for _, m := range b.Messages(tag) {
		ours[m.ID] = m.Forms
	}
	for _, m := range incoming {
		own, theirs := ours[m.ID], goi18n.WordsFingerprint(m.Forms)
		switch {
		case own != nil && theirs == goi18n.WordsFingerprint(own), theirs == m.Base:
			i.Held++
			continue
		case own != nil && m.Base != goi18n.WordsFingerprint(own):
			i.Conflicts = append(i.Conflicts, WordsConflict{m.ID, own, m.Forms})
			file = words.Keep(file, m.Message)
			continue
		}
		wrong := b.Judge(tag, m.Message)
		for _, f := range wrong {
			f.Pos = m.Pos
			i.Findings = append(i.Findings, f)
		}
		if len(wrong) > 0 {
			continue
		}
		revised, err := words.Revise(file, m.Message)
		if err != nil {
			i.Findings = append(i.Findings, diag.Finding{
				Pos: m.Pos, Code: "words-file", Text: fmt.Sprintf("%q is not taken: %v", m.ID, err),
				Hint: "write [" + m.ID + "] on a line of its own in the workspace's file",
			})
			continue
		}
		file = revised
		i.Taken++
	}
	return file
}
