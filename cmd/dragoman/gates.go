package main

import (
	"fmt"
	"slices"
	"strconv"
	"strings"

	"dragoman/internal/coverage"
	"dragoman/internal/locale"
)

// gates are the flags of what must hold of languages, each for all of them or, as
// ko=90, for one.
type gates struct{ under, days, on []string }

// read reads the flags. A language must be one that is translated into.
func (g *gates) read(targets []locale.Tag) (coverage.Gates, error) {
	asked := coverage.Gates{Under: map[locale.Tag]int{}, Days: map[locale.Tag]int{}, On: map[locale.Tag][]string{}}
	err := eachGate("fail-under", g.under, targets, func(tag locale.Tag, value string) (err error) {
		asked.Under[tag], err = whole("fail-under", value, "a percentage, 0 to 100", 100)
		return err
	})
	if err != nil {
		return asked, err
	}
	err = eachGate("max-stale-days", g.days, targets, func(tag locale.Tag, value string) (err error) {
		asked.Days[tag], err = whole("max-stale-days", value, "a number of days", maxDays)
		return err
	})
	if err != nil {
		return asked, err
	}
	err = eachGate("fail-on", g.on, targets, func(tag locale.Tag, value string) error {
		for what := range strings.SplitSeq(value, ",") {
			if err := oneOf("fail-on", what, coverage.Refusals...); err != nil {
				return err
			}
			asked.On[tag] = append(asked.On[tag], what)
		}
		return nil
	})
	return asked, err
}

// maxDays is more than anything can be stale.
const maxDays = 36500

// wants reports whether --fail-on names something, of whatever language.
func (g *gates) wants(what string) bool {
	return slices.ContainsFunc(g.on, func(value string) bool {
		_, things, found := strings.Cut(value, "=")
		if !found {
			things = value
		}
		return slices.Contains(strings.Split(things, ","), what)
	})
}

// eachGate calls set with the language and the value of each use of a flag, the zero Tag
// for all languages.
func eachGate(flag string, values []string, targets []locale.Tag, set func(locale.Tag, string) error) error {
	for _, value := range values {
		tag := locale.Tag{}
		if name, rest, found := strings.Cut(value, "="); found {
			var err error
			if tag, err = locale.Parse(name); err != nil {
				return err
			}
			if !slices.Contains(targets, tag) {
				return fmt.Errorf("--%s names %s, which is not in dragoman.toml; add [languages.%s]", flag, tag, tag)
			}
			value = rest
		}
		if err := set(tag, value); err != nil {
			return err
		}
	}
	return nil
}

// whole reads a number from 0 to most.
func whole(flag, value, want string, most int) (int, error) {
	n, err := strconv.Atoi(value)
	if err != nil || n < 0 || n > most {
		return 0, fmt.Errorf("--%s is %s; want %s", flag, value, want)
	}
	return n, nil
}
