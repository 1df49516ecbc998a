package markdown

import (
	"regexp"
	"slices"
	"strings"
	"sync"
)

// syntax is how a language writes comments, and the literals in which what looks like
// one is none.
type syntax struct {
	lines   []string // marks of comments to the end of a line
	blocks  []pair   // marks around comments; a longer one before what it begins with
	except  []string // begin as a comment does, and begin none
	quotes  []quote  // a longer one before what it begins with
	raw     *raw
	heredoc *regexp.Regexp // begins a text on the next line; the first group is its last line
	ends    []string       // what ends a comment beside its own mark
	traits  trait

	starts [256]bool // what any of these can begin with
}

// raw is a literal that says itself how it ends: before, what the first group of open
// matched, after.
type raw struct {
	first         byte // of what open matches
	open          *regexp.Regexp
	before, after string
}

// pair is the marks around a comment.
type pair struct{ open, shut string }

// quote is a literal.
type quote struct {
	open, shut string
	raw        bool // a backslash is a backslash
	long       bool // it may have several lines
}

// trait is a set of what is odd about a language.
type trait uint16

const (
	apart     trait = 1 << iota // a mark has white space before it
	first                       // a mark is the first thing on its line
	nests                       // comments stand within comments
	levels                      // a raw literal behind a mark is a comment
	operators                   // a mark with a symbol beside it is an operator
	chars                       // 'a' is a character, ' alone begins no text
	primes                      // ' behind a letter begins no text
	escapes                     // a backslash outside literals
	regexes                     // /…/
	scalars                     // YAML's | and >
	pages                       // <script> and <style>
)

func (s *syntax) has(t trait) bool { return s.traits&t != 0 }

// at tells how long the mark is that opens a raw literal, 0 if code begins with none,
// and what closes it.
func (r *raw) at(code []byte) (open int, shut string) {
	if r == nil || len(code) == 0 || code[0] != r.first {
		return 0, ""
	}
	m := r.open.FindSubmatch(code[:min(len(code), 40)])
	if m == nil {
		return 0, ""
	}
	return len(m[0]), r.before + string(m[1]) + r.after
}

// breaks are what an answer must not bring into a comment.
func (s *syntax) breaks(f form) []string {
	marks := slices.Clone(s.ends)
	if f == remark {
		return marks
	}
	for _, b := range s.blocks {
		marks = append(marks, b.shut)
		if s.has(nests) {
			marks = append(marks, b.open)
		}
		if b.shut == "-->" {
			marks = append(marks, "--") // XML 1.0, section 2.5
		}
	}
	switch {
	case s.has(levels):
		marks = append(marks, "]]", "]=")
	case s.has(pages):
		marks = append(marks, "*/")
	}
	return marks
}

// toolWords begin the lines of comments that a tool reads, not a person: compilers and
// build tools, linters and formatters, editors, generators of documentation.
var toolWords = strings.Fields(`
	go: +build line: export: #cgo
	nolint NOLINT eslint eslint- tslint: jshint jslint biome- prettier- stylelint- @prettier
	@ts- @jsx @flow @format @vite-ignore webpack istanbul c8 v8 #__PURE__ @__PURE__ sourceMappingURL=
	type: noqa pylint: flake8: ruff: mypy: pyright: pragma: fmt: isort: yapf: nosec coding: -*-
	rubocop: frozen_string_literal: shellcheck hlint swiftlint: ktlint checkstyle: clang-format IWYU
	vim: vi: ex: cspell: spell-checker: SPDX-License-Identifier:
	ANCHOR: ANCHOR_END: highlight-next-line highlight-start highlight-end [!code`)

var (
	double     = quote{open: `"`, shut: `"`}
	single     = quote{open: `'`, shut: `'`}
	longDouble = quote{open: `"`, shut: `"`, long: true}
	longSingle = quote{open: `'`, shut: `'`, long: true}
	plainDo    = quote{open: `"`, shut: `"`, raw: true, long: true}
	plainSi    = quote{open: `'`, shut: `'`, raw: true, long: true}
	threeDo    = quote{open: `"""`, shut: `"""`, long: true}
	threeSi    = quote{open: `'''`, shut: `'''`, long: true}
	backtick   = quote{open: "`", shut: "`", long: true}
	rawTick    = quote{open: "`", shut: "`", raw: true, long: true}
	twoSi      = quote{open: `''`, shut: `''`, raw: true, long: true}
	verbatimCS = quote{open: `@"`, shut: `"`, raw: true, long: true}
	cdata      = quote{open: `<![CDATA[`, shut: `]]>`, raw: true, long: true}

	slash  = []string{"//"}
	hash   = []string{"#"}
	dashes = []string{"--"}
	starry = []pair{{"/*", "*/"}}
	tags   = []pair{{"<!--", "-->"}}
	braces = []pair{{"{-", "-}"}}
	inTags = []string{"</", "<!--"}
	parens = []pair{{"(*", "*)"}}
)

// languages are the syntaxes by the names that fences give them.
var languages = sync.OnceValue(func() map[string]*syntax {
	all := map[string]*syntax{}
	here := regexp.MustCompile(`^<<[-~]?[ \t]*["']?([A-Za-z_]\w*)`)
	tight := regexp.MustCompile("^<<[-~]?[\"'`]?([A-Za-z_]\\w*)")
	herePHP := regexp.MustCompile(`^<<<[ \t]*["']?([A-Za-z_]\w*)`)
	leveled := &raw{'[', regexp.MustCompile(`^\[(={0,16})\[`), "]", "]"}
	dollars := &raw{'$', regexp.MustCompile(`^\$(\w{0,30})\$`), "$", "$"}
	hashes := &raw{'#', regexp.MustCompile(`^(#{1,8})"`), `"`, ""}
	rawRust := &raw{'r', regexp.MustCompile(`^r(#{0,16})"`), `"`, ""}
	rawCPP := &raw{'R', regexp.MustCompile(`^R"([^()\\ \n"]{0,16})\(`), ")", `"`}
	for _, l := range []struct {
		names  string
		syntax syntax
	}{
		{"go golang", syntax{lines: slash, blocks: starry, quotes: []quote{double, rawTick}, traits: chars}},
		{"rust rs", syntax{lines: slash, blocks: starry, quotes: []quote{longDouble}, raw: rawRust, traits: chars | nests}},
		{"c h", syntax{lines: slash, blocks: starry, quotes: []quote{double}, traits: chars}},
		{"cpp c++ cc cxx hpp cuda objc objective-c objectivec arduino", syntax{
			lines: slash, blocks: starry, quotes: []quote{double}, raw: rawCPP, traits: chars,
		}},
		{"java glsl hlsl wgsl verilog systemverilog sv v bp soong aidl", syntax{lines: slash, blocks: starry, quotes: []quote{threeDo, double}, traits: chars}},
		{"kotlin kt kts scala", syntax{lines: slash, blocks: starry, quotes: []quote{threeDo, double}, traits: chars | nests}},
		{"swift", syntax{lines: slash, blocks: starry, quotes: []quote{threeDo, double}, raw: hashes, traits: nests}},
		{"csharp cs c#", syntax{lines: slash, blocks: starry, quotes: []quote{threeDo, verbatimCS, double}, traits: chars}},
		{"dart groovy gradle", syntax{lines: slash, blocks: starry, quotes: []quote{threeDo, threeSi, double, single}}},
		{"d", syntax{lines: slash, blocks: []pair{{"/*", "*/"}, {"/+", "+/"}}, quotes: []quote{longDouble, rawTick}, traits: chars}},
		{"zig", syntax{lines: slash, quotes: []quote{double}, traits: chars}},
		{"proto protobuf solidity sol thrift", syntax{lines: slash, blocks: starry, quotes: []quote{double, single}}},
		{"js javascript mjs cjs jsx ts typescript tsx mts cts json json5 jsonc node rescript", syntax{
			lines: slash, blocks: starry, quotes: []quote{double, single, backtick}, traits: regexes | primes,
		}},
		{"css", syntax{blocks: starry, quotes: []quote{double, single}}},
		{"scss less sass stylus", syntax{lines: slash, blocks: starry, quotes: []quote{double, single}}},
		{"ld linker-script", syntax{blocks: starry, quotes: []quote{double}}},
		{"php", syntax{
			lines: []string{"//", "#"}, blocks: starry, except: []string{"#["},
			quotes: []quote{longDouble, longSingle}, heredoc: herePHP, ends: []string{"?>"},
		}},
		{"hcl terraform tf", syntax{lines: []string{"#", "//"}, blocks: starry, quotes: []quote{double}, heredoc: here}},
		{"nix", syntax{lines: hash, blocks: starry, quotes: []quote{twoSi, longDouble}, traits: apart}},

		{"python py python3 py3 pyi gdscript starlark bazel bzl", syntax{lines: hash, quotes: []quote{threeDo, threeSi, double, single}, traits: apart}},
		{"ruby rb crystal cr", syntax{lines: hash, quotes: []quote{longDouble, longSingle}, heredoc: tight, traits: apart}},
		{"perl pl", syntax{lines: hash, quotes: []quote{longDouble, longSingle}, heredoc: tight, traits: apart | primes | escapes}},
		{"sh bash zsh ksh shell fish", syntax{lines: hash, quotes: []quote{longDouble, plainSi}, heredoc: here, traits: apart | escapes}},
		{"powershell pwsh ps1 ps", syntax{lines: hash, blocks: []pair{{"<#", "#>"}}, quotes: []quote{plainDo, plainSi}, traits: apart}},
		{"yaml yml", syntax{lines: hash, quotes: []quote{longDouble, plainSi}, traits: apart | primes | scalars}},
		{"toml", syntax{lines: hash, quotes: []quote{threeDo, threeSi, double, {open: `'`, shut: `'`, raw: true}}}},
		{"make makefile mk gn ninja meson just justfile nginx caddyfile caddy puppet jq tcl awk", syntax{
			lines: hash, quotes: []quote{double, single}, traits: apart | primes | escapes,
		}},
		{"cmake", syntax{lines: hash, quotes: []quote{longDouble}, raw: leveled, traits: apart | levels}},
		{"r", syntax{lines: hash, quotes: []quote{longDouble, longSingle}}},
		{"julia jl", syntax{lines: hash, blocks: []pair{{"#=", "=#"}}, quotes: []quote{threeDo, longDouble}, traits: chars | nests}},
		{"nim", syntax{lines: hash, blocks: []pair{{"#[", "]#"}}, quotes: []quote{threeDo, double}, traits: chars | nests}},
		{"elixir ex exs", syntax{lines: hash, quotes: []quote{threeDo, longDouble}, traits: apart}},
		{"coffeescript coffee", syntax{lines: hash, blocks: []pair{{"###", "###"}}, quotes: []quote{threeDo, double, single}, traits: apart | primes}},
		{"graphql gql", syntax{lines: hash, quotes: []quote{threeDo, double}}},
		{"dockerfile docker containerfile apache apacheconf gitignore gitattributes sed", syntax{lines: hash, traits: first}},
		{"ini cfg conf dosini properties editorconfig env dotenv gitconfig desktop systemd", syntax{lines: []string{"#", ";"}, traits: first}},

		{"sql postgresql postgres psql plpgsql pgsql tsql plsql sqlite sqlite3 bigquery", syntax{
			lines: dashes, blocks: starry, quotes: []quote{plainDo, plainSi}, raw: dollars,
		}},
		{"mysql mariadb", syntax{lines: []string{"--", "#"}, blocks: starry, quotes: []quote{longDouble, longSingle, rawTick}}},
		{"lua luau", syntax{lines: dashes, quotes: []quote{double, single}, raw: leveled, traits: levels}},
		{"haskell hs elm purescript purs idris agda", syntax{
			lines: dashes, blocks: braces, except: []string{"{-#"}, quotes: []quote{double}, traits: chars | nests | operators,
		}},
		{"ada vhdl", syntax{lines: dashes, quotes: []quote{double}, traits: chars}},

		{"lisp commonlisp common-lisp cl elisp emacs-lisp emacs scheme racket rkt", syntax{
			lines: []string{";"}, blocks: []pair{{"#|", "|#"}}, quotes: []quote{longDouble}, traits: nests | escapes,
		}},
		{"clojure clj cljs edn fennel", syntax{lines: []string{";"}, quotes: []quote{longDouble}, traits: escapes}},
		{"nasm llvm", syntax{lines: []string{";"}, quotes: []quote{double, single}}},
		{"asm assembly s gas", syntax{lines: []string{";", "//", "# "}, blocks: starry, quotes: []quote{double}}},
		{"armasm", syntax{lines: []string{";", "//", "@"}, blocks: starry, quotes: []quote{double}}},
		{"wat wast", syntax{lines: []string{";;"}, blocks: []pair{{"(;", ";)"}}, quotes: []quote{double}, traits: nests}},
		{"tex latex", syntax{lines: []string{"%"}, traits: escapes}},
		{"erlang erl prolog", syntax{lines: []string{"%"}, quotes: []quote{longDouble, single}}},
		{"matlab octave", syntax{lines: []string{"%"}, blocks: []pair{{"%{", "%}"}}, quotes: []quote{double, single}, traits: primes}},
		{"fortran f90 f95", syntax{lines: []string{"!"}, quotes: []quote{double, single}}},
		{"ocaml ml sml standardml", syntax{blocks: parens, except: []string{"(*)"}, quotes: []quote{longDouble}, traits: chars | nests}},
		{"fsharp fs f#", syntax{lines: slash, blocks: parens, except: []string{"(*)"}, quotes: []quote{threeDo, longDouble}, traits: chars | nests}},
		{"pascal delphi objectpascal", syntax{
			lines: slash, blocks: []pair{{"{", "}"}, {"(*", "*)"}}, except: []string{"{$"}, quotes: []quote{{open: `'`, shut: `'`, raw: true}},
		}},
		{"vb vbnet vb.net vbscript basic", syntax{lines: []string{"'"}, quotes: []quote{{open: `"`, shut: `"`, raw: true}}}},
		{"vim viml vimscript", syntax{lines: []string{`"`}, traits: first}},
		{"bat batch cmd dosbatch", syntax{lines: []string{"::", "REM ", "rem ", "Rem "}, traits: first}},

		{"html htm xhtml vue svelte astro", syntax{blocks: tags, quotes: []quote{cdata}, ends: inTags, traits: pages}},
		{"xml svg xsl xslt xsd rss plist md markdown", syntax{blocks: tags, quotes: []quote{cdata}}},
		{"jinja jinja2 django twig html+jinja nunjucks", syntax{blocks: []pair{{"<!--", "-->"}, {"{#", "#}"}}, ends: inTags, traits: pages}},
		{"handlebars hbs mustache", syntax{blocks: []pair{{"<!--", "-->"}, {"{{!--", "--}}"}, {"{{!", "}}"}}, ends: inTags, traits: pages}},
	} {
		l.syntax.begin()
		for name := range strings.FieldsSeq(l.names) {
			all[name] = &l.syntax
		}
	}
	return all
})

// begin notes what anything can begin with.
func (s *syntax) begin() {
	for _, mark := range s.lines {
		s.starts[mark[0]] = true
	}
	for _, b := range s.blocks {
		s.starts[b.open[0]] = true
	}
	for _, q := range s.quotes {
		s.starts[q.open[0]] = true
	}
	if s.raw != nil {
		s.starts[s.raw.first] = true
	}
	s.starts['\''] = s.starts['\''] || s.has(chars)
	s.starts['\\'] = s.has(escapes)
	s.starts['/'] = s.starts['/'] || s.has(regexes)
	s.starts['<'] = s.starts['<'] || s.has(pages) || s.heredoc != nil
	s.starts['\n'] = s.has(scalars) || s.heredoc != nil
}
