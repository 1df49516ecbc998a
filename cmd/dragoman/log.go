package main

import (
	"errors"
	"fmt"

	"dragoman/internal/project"

	"github.com/spf13/cobra"
)

func (a *app) log() *cobra.Command {
	var languages []string
	var format string
	c := &cobra.Command{
		Use:   "log ARTICLE",
		Short: "Show when each message of an article last changed",
		Long: `Show, for each message of an article, the day and the commit of its last change and
what kind of change it was. git tells, through renames and along first parents, by
the newest 1,000 versions of the article; white space and the place of a message do
not count. Where there is no git, the decisions on translations tell as far as they
can. With --lang, show beside it how the translations are.`,
		Example: "  dragoman log chinas-role\n  dragoman log chinas-role --lang ko --format json",
		Args: func(_ *cobra.Command, args []string) error {
			if len(args) != 1 {
				return errors.New("log wants one article; see dragoman log --help")
			}
			return nil
		},
		RunE: func(c *cobra.Command, args []string) error {
			if err := oneOf("format", format, "text", "json"); err != nil {
				return err
			}
			w, err := a.open(languages...)
			if err != nil {
				return err
			}
			defer w.tree.Close()
			l, found, err := w.tree.Log(c.Context(), project.LogOptions{Now: w.day, Article: args[0], Languages: w.tags})
			if err != nil {
				return err
			}
			printWarnings(c.ErrOrStderr(), found)
			if format == "json" {
				c.OutOrStdout().Write(l.JSON())
			} else {
				fmt.Fprint(c.OutOrStdout(), l.Text())
			}
			return nil
		},
	}
	c.Flags().StringSliceVarP(&languages, "lang", "l", nil, "show the translations into these `languages`")
	c.Flags().StringVar(&format, "format", "text", "text or json")
	offer(c, "format", "text", "json")
	return c
}
