package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"dragoman/internal/diag"
	"dragoman/internal/project"
	"dragoman/internal/watch"
	"dragoman/internal/web"

	"github.com/spf13/cobra"
)

// previewPort is where previews are, unless the user says otherwise.
const previewPort = 8745

func (a *app) preview() *cobra.Command {
	var languages []string
	var port int
	c := &cobra.Command{
		Use:   "preview",
		Short: "Show the editions in a browser, and again after each save",
		Long: `Build the sites of the editions in a temporary folder, show them at an address that
only this computer can reach, and build and show them again after each save of an
article, a catalog, the theme or dragoman.toml. If a build fails, the pages of the last
good one stay, and say why. The editions themselves are not touched.

Ctrl-C ends it.`,
		Example: "  dragoman preview\n  dragoman preview --lang ko --port 9000",
		Args:    noArguments,
		RunE: func(c *cobra.Command, _ []string) error {
			if port < 0 || port > 65535 {
				return fmt.Errorf("--port is %d; want 1 to 65535, or 0 for any that is free", port)
			}
			// Whoever ends it, the temporary folder goes.
			ctx, stop := signal.NotifyContext(c.Context(), syscall.SIGTERM)
			defer stop()
			return a.show(ctx, c, languages, port)
		},
	}
	c.Flags().StringSliceVarP(&languages, "lang", "l", nil, "only these `languages`")
	c.Flags().IntVar(&port, "port", previewPort, "the `port` to listen on; 0: any that is free")
	return c
}

// show builds and serves until the context is done.
func (a *app) show(ctx context.Context, c *cobra.Command, languages []string, port int) error {
	asOf, _, err := epoch()
	if err != nil {
		return err
	}
	folder, err := os.MkdirTemp("", "dragoman-preview-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(folder)
	root, err := os.OpenRoot(folder)
	if err != nil {
		return err
	}
	defer root.Close()
	preview := web.NewPreview(root.FS())
	failed := false
	build := func(ctx context.Context, w work) error {
		b, err := w.tree.Build(ctx, project.BuildOptions{
			Now: w.day, AsOf: asOf, Languages: w.tags, Formats: []project.Format{project.HTML}, Output: folder,
		})
		if err != nil {
			return err
		}
		if len(b.Changed) > 0 || failed || b.Findings.HasErrors() {
			preview.Show(b.Findings)
		}
		failed = b.Findings.HasErrors()
		printFindings(c.ErrOrStderr(), b.Findings)
		return nil
	}
	tell := func(err error) {
		failed = true
		preview.Show(findingsOf(err))
		printError(c.ErrOrStderr(), err)
	}
	listener, err := web.Listen(port)
	if err != nil {
		return err
	}
	defer listener.Close()
	told := false
	return web.Serve(ctx, listener, preview, func(ctx context.Context) error {
		return a.watching(ctx, languages, func(ctx context.Context, w work) error {
			err := build(ctx, w)
			if !told {
				told = true
				fmt.Fprintf(c.OutOrStdout(), "http://%s/ shows the editions, until Ctrl-C\n", listener.Addr())
			}
			return err
		}, tell)
	})
}

// watching opens the workspace and works with it, now and after each save, until the
// context is done. What goes wrong is told: the next save may mend it. Only a workspace
// that cannot be opened at first, or that has no such language, is an error.
func (a *app) watching(ctx context.Context, languages []string, do func(context.Context, work) error, tell func(error)) error {
	w, err := a.open(languages...)
	if err != nil {
		return err
	}
	sources := w.tree.Sources()
	err = w.tree.Knows(w.tags)
	w.tree.Close()
	if err != nil {
		return err
	}
	return watch.Each(ctx, a.dir, sources, func() []string {
		w, err := a.open(languages...)
		if err != nil {
			tell(err)
			return nil
		}
		defer w.tree.Close()
		if err := do(ctx, w); err != nil && ctx.Err() == nil {
			tell(err)
		}
		return w.tree.Sources()
	})
}

// printError prints why a run could not be.
func printError(w io.Writer, err error) {
	var found diag.List
	switch {
	case errors.Is(err, errGate): // what was found has been told
	case errors.As(err, &found):
		printFindings(w, found)
	case errors.Is(err, context.Canceled):
		fmt.Fprintln(w, "dragoman: interrupted; nothing was changed")
	default:
		fmt.Fprintf(w, "dragoman: %s\n", diag.Printable(err.Error()))
	}
}

// findingsOf are the findings that an error is, or the error as a finding.
func findingsOf(err error) diag.List {
	var found diag.List
	if errors.As(err, &found) {
		return found
	}
	return diag.List{{Text: err.Error()}}
}
