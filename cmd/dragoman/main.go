// Command dragoman publishes articles in many languages.
//
// This package holds flags, printing and exit codes: 0 clean, 1 a gate or a check
// found something, 2 it could not run.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime/debug"
	"strconv"
	"strings"
	"time"

	"dragoman/internal/locale"
	"dragoman/internal/project"

	"github.com/spf13/cobra"
)

// version is set by the linker in releases.
var version = "development"

func main() {
	// A run is short, and what it reads it needs to its end: looking for garbage at
	// every doubling finds little. Whoever sets GOGC knows better.
	if os.Getenv("GOGC") == "" {
		debug.SetGCPercent(300)
	}
	os.Exit(dragoman())
}

// dragoman runs the program for its user, who may interrupt it: once, so that it
// leaves everything in order, and a second time, so that it is gone.
func dragoman() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	defer stop()
	context.AfterFunc(ctx, stop)
	return run(ctx, os.Args[1:], os.Stdout, os.Stderr)
}

// errGate is a run that went well and found what the user asked to fail on.
var errGate = errors.New("gate")

// run is the program; it returns the exit code.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) int {
	root := newRoot()
	root.SetArgs(args)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errGate):
		return 1
	}
	printError(stderr, err)
	return 2
}

// app is what all commands share.
type app struct {
	dir string
}

func newRoot() *cobra.Command {
	a := &app{}
	root := &cobra.Command{
		Use:   "dragoman",
		Short: "Publish articles in many languages",
		Long: `Dragoman takes articles written in one language and publishes them in many. It
pulls their translatable segments into message catalogs (gettext PO), knows which
translations have gone stale, and builds a localized site and EPUB book for each
language.

  dragoman init        make a workspace
  dragoman extract     articles → catalogs, after each edit of an article
  (translate locales/<language>/*.po in any PO editor)
  dragoman status      what is done and what is left
  dragoman diff        what changed under each stale translation
  dragoman log         when each message of an article last changed
  dragoman check       what is wrong with translations
  dragoman build       articles and catalogs → editions
  dragoman preview     the editions in a browser, and again after each save
  dragoman verify      published editions, compared with what the workspace gives
  dragoman export      work for a translator → XLIFF, PO, CSV
  dragoman import      what comes back, or another tool's catalog → ours
  dragoman adopt       an existing translated article → a catalog
  dragoman memory      earlier translations of a text like yours
  dragoman glossary    which words are translated by which`,
		Version:       version,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          knownCommand,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SuggestionsMinimumDistance = 2
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return fmt.Errorf("%w; see %s --help", err, c.CommandPath())
	})
	root.PersistentFlags().StringVarP(&a.dir, "directory", "C", ".", "work in the workspace in this `folder`")
	root.AddCommand(
		a.init(),
		a.extract(),
		a.export(), a.importing(), a.adopt(), a.memory(), a.glossary(), a.words(),
		a.status(),
		a.diff(),
		a.log(),
		a.check(), a.explain(),
		a.approve(),
		a.unapprove(),
		a.waive(),
		a.scrub(),
		a.prune(),
		a.build(), a.preview(), a.verify(),
		a.mergeDriver(),
	)
	root.SetHelpCommand(help())
	return root
}

// help is the command of that name, which, unlike cobra's own, fails where there is
// no such command.
func help() *cobra.Command {
	return &cobra.Command{
		Use:   "help [COMMAND]",
		Short: "Show what a command does",
		RunE: func(c *cobra.Command, args []string) error {
			about, rest, err := c.Root().Find(args)
			if err != nil || len(rest) > 0 {
				return knownCommand(c.Root(), args[len(args)-max(1, len(rest)):])
			}
			about.InitDefaultHelpFlag()
			about.InitDefaultVersionFlag()
			return about.Help()
		},
	}
}

// knownCommand refuses what is no command, and names the one that may be meant.
func knownCommand(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	if near := c.SuggestionsFor(args[0]); len(near) > 0 {
		return fmt.Errorf("there is no command %q; did you mean %s?", args[0], strings.Join(near, " or "))
	}
	return fmt.Errorf("there is no command %q; see dragoman --help", args[0])
}

// noArguments refuses arguments of a command that has none.
func noArguments(c *cobra.Command, args []string) error {
	if len(args) == 0 {
		return nil
	}
	return fmt.Errorf("%s takes no argument %q; see %s --help", c.Name(), args[0], c.CommandPath())
}

// offer makes the shell complete a flag by these values.
func offer(c *cobra.Command, flag string, values ...string) {
	if err := c.RegisterFlagCompletionFunc(flag, cobra.FixedCompletions(values, cobra.ShellCompDirectiveNoFileComp)); err != nil {
		panic(err) // the command has no such flag
	}
}

// work is what a command works with.
type work struct {
	tree *project.Tree // to be closed
	tags []locale.Tag  // the languages asked for
	day  time.Time
}

// open opens the workspace for a command that was asked for some languages.
func (a *app) open(languages ...string) (w work, err error) {
	if w.tags, err = tags(languages); err != nil {
		return work{}, err
	}
	if w.day, err = now(); err != nil {
		return work{}, err
	}
	w.tree, err = project.Open(a.dir)
	return w, err
}

// openOne opens the workspace for a command that is about one language.
func (a *app) openOne(language string) (work, error) {
	if language == "" {
		return work{}, errors.New("the language is missing; name it, as --lang ko")
	}
	return a.open(language)
}

// now is the time of the run: SOURCE_DATE_EPOCH where it is set, so that a run can
// be repeated, else the clock's.
func now() (time.Time, error) {
	if day, ok, err := epoch(); ok || err != nil {
		return day, err
	}
	return time.Now(), nil
}

// epoch is the time that SOURCE_DATE_EPOCH gives, if it does: reproducible-builds.org.
func epoch() (day time.Time, ok bool, err error) {
	text := os.Getenv("SOURCE_DATE_EPOCH")
	if text == "" {
		return day, false, nil
	}
	seconds, err := strconv.ParseInt(text, 10, 64)
	if err != nil || seconds < 0 || seconds > lastSecond {
		return day, false, fmt.Errorf("SOURCE_DATE_EPOCH is %q; want seconds since 1970", text)
	}
	return time.Unix(seconds, 0).UTC(), true, nil
}

// lastSecond is that of the year 9999, the last whose dates have four digits.
const lastSecond = 253402300799

// tags reads a list of languages.
func tags(names []string) ([]locale.Tag, error) {
	var list []locale.Tag
	for _, name := range names {
		tag, err := locale.Parse(strings.TrimSpace(name))
		if err != nil {
			return nil, err
		}
		list = append(list, tag)
	}
	return list, nil
}

// oneOf reports a flag whose value is none of those that it may have.
func oneOf(flag, value string, allowed ...string) error {
	for _, a := range allowed {
		if value == a {
			return nil
		}
	}
	return fmt.Errorf("--%s is %q; want %s", flag, value, strings.Join(allowed, ", "))
}
