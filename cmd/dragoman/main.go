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
	"strconv"
	"strings"
	"time"

	"dragoman/internal/diag"
	"dragoman/internal/locale"
	"dragoman/internal/project"

	"github.com/spf13/cobra"
)

// version is set by the linker in releases.
var version = "development"

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	code := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
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
	var found diag.List
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errGate):
		return 1
	case errors.As(err, &found):
		printFindings(stderr, found)
	default:
		fmt.Fprintf(stderr, "dragoman: %s\n", diag.Printable(err.Error()))
	}
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
  dragoman build       articles and catalogs → editions`,
		Version:       version,
		SilenceErrors: true,
		SilenceUsage:  true,
		Args:          cobra.NoArgs,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetFlagErrorFunc(func(c *cobra.Command, err error) error {
		return fmt.Errorf("%w; see %s --help", err, c.CommandPath())
	})
	root.PersistentFlags().StringVarP(&a.dir, "directory", "C", ".", "work in the workspace in this `folder`")
	root.AddCommand(a.init(), a.extract(), a.status(), a.build())
	return root
}

// open opens the workspace.
func (a *app) open() (*project.Tree, error) { return project.Open(a.dir) }

// now is the time of the run: SOURCE_DATE_EPOCH where it is set, so that a run can
// be repeated, else the clock's.
func now() (time.Time, error) {
	epoch, set := os.LookupEnv("SOURCE_DATE_EPOCH")
	if !set {
		return time.Now(), nil
	}
	seconds, err := strconv.ParseInt(epoch, 10, 64)
	if err != nil {
		return time.Time{}, fmt.Errorf("SOURCE_DATE_EPOCH is %q; want seconds since 1970", epoch)
	}
	return time.Unix(seconds, 0).UTC(), nil
}

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
