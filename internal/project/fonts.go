package project

import (
	"context"
	"errors"
	"fmt"
	"path"
	"slices"
	"strings"

	"dragoman/internal/diag"
	"dragoman/internal/font"
	"dragoman/internal/locale"
)

// Typeface is a font of the workspace that editions in a language carry a part of.
type Typeface struct {
	Language locale.Tag
	Path     string   // relative to the workspace, slash-separated
	Name     string   // PostScript's of the one that is meant, of a collection of fonts
	Pos      diag.Pos // where it is named
}

// typefaces reads which fonts editions carry. c has its languages already.
func (t *table) typefaces(c *Config) (faces []Typeface) {
	named := t.table("typefaces")
	if named != nil {
		for _, key := range named.order() {
			faces = append(faces, named.typefacesIn(key, c)...)
		}
	}
	switch mode, _ := value[string](t, "fonts", `"subset"`); mode {
	case "subset":
		if named == nil {
			t.report("fonts", `fonts = "subset", but no font is named`, `write [typefaces] and below it, for example, ko = ["fonts/NanumMyeongjo.ttf"]`)
		}
		return faces
	case "", "none":
	default:
		t.report("fonts", fmt.Sprintf("fonts cannot be %q", mode), `write fonts = "subset", or "none"`)
	}
	return nil
}

// typefacesIn are the fonts of one language.
func (t *table) typefacesIn(key string, c *Config) (faces []Typeface) {
	tag := t.language(key, key)
	if tag != (locale.Tag{}) && tag != c.Source && !slices.Contains(c.Targets(), tag) {
		t.report(key, key+" has no editions", fmt.Sprintf("add [languages.%s], or remove it here", key))
	}
	for _, written := range t.list(key) {
		file, name, _ := strings.Cut(written, "#")
		clean := path.Clean(strings.ReplaceAll(file, `\`, "/"))
		switch {
		case !inWorkspace(file, clean):
			t.report(key, fmt.Sprintf("%q is not a file within the workspace", file), "copy the font into it, and write its path relative to "+ConfigName)
			continue
		case within(clean, c.Output):
			t.report(key, fmt.Sprintf("%q lies among the editions, whose folders are replaced", file), "move it into a folder of its own, as fonts")
			continue
		}
		face := Typeface{Language: tag, Path: clean, Name: name, Pos: diag.Pos{Path: ConfigName}}
		if at, ok := t.r.places.of(t.key(key)...); ok {
			face.Pos = t.r.lines.At(at)
		}
		faces = append(faces, face)
	}
	return faces
}

// fonts are the fonts that editions carry a part of, by language, as the configuration
// names them. An error in them is the error, for what is built would lack them.
func (t *Tree) fonts(ctx context.Context) (map[locale.Tag][]*font.Font, error) {
	faces := t.Config.Typefaces
	if len(faces) == 0 {
		return nil, nil
	}
	fonts := map[locale.Tag][]*font.Font{}
	var found diag.List
	for _, face := range faces {
		if err := ctx.Err(); err != nil {
			return nil, err
		}
		f, err := t.font(face)
		if err == nil && slices.ContainsFunc(fonts[face.Language], func(o *font.Font) bool { return o.Name == f.Name }) {
			err = fmt.Errorf("is %s, which is named already", f.Name)
		}
		if err != nil {
			found = append(found, fontFault(face, err))
			continue
		}
		fonts[face.Language] = append(fonts[face.Language], f)
	}
	return fonts, found.Err()
}

func (t *Tree) font(face Typeface) (*font.Font, error) {
	info, err := t.root.Stat(face.Path)
	if err != nil {
		return nil, cause(err)
	}
	if info.Size() > font.Largest {
		return nil, fmt.Errorf("more than %d MB", font.Largest>>20)
	}
	data, err := t.root.ReadFile(face.Path)
	if err != nil {
		return nil, cause(err)
	}
	return font.Parse(data, face.Name)
}

// fontFault is the finding on a font that cannot be used.
func fontFault(face Typeface, err error) diag.Finding {
	f := diag.Finding{Pos: face.Pos, Code: "font", Text: face.Path + ": " + err.Error(), Hint: "name another font"}
	if several, is := errors.AsType[*font.CollectionError](err); is && len(several.Names) > 0 {
		f.Hint = fmt.Sprintf("write which: %q", face.Path+"#"+several.Names[0])
	}
	return f
}
