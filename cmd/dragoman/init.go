package main

import (
	"fmt"
	"path/filepath"

	"dragoman/internal/project"

	"github.com/spf13/cobra"
)

func (a *app) init() *cobra.Command {
	var source, title string
	var languages []string
	var dry bool
	c := &cobra.Command{
		Use:   "init [DIR]",
		Short: "Make a workspace",
		Long: `Make a workspace of a folder: dragoman.toml, and a first article in content/ if
there is no such folder. Files that are there already stay as they are.`,
		Example: "  dragoman init reader --source en --lang ko,zh-Hans,zh-Hant",
		Args:    cobra.MaximumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			dir := a.dir
			if len(args) == 1 {
				dir = args[0]
				if !filepath.IsAbs(dir) {
					dir = filepath.Join(a.dir, dir)
				}
			}
			from, err := tags([]string{source})
			if err != nil {
				return err
			}
			to, err := tags(languages)
			if err != nil {
				return err
			}
			written, err := project.Init(dir, project.InitOptions{Title: title, Source: from[0], Languages: to, DryRun: dry})
			if err != nil {
				return err
			}
			for _, name := range written {
				fmt.Fprintln(c.OutOrStdout(), name)
			}
			return nil
		},
	}
	c.Flags().StringVar(&source, "source", "en", "the `language` that the articles are written in")
	c.Flags().StringSliceVarP(&languages, "lang", "l", nil, "the `languages` to translate into, as ko,zh-Hans")
	c.Flags().StringVar(&title, "title", "", "the collection's title (default: the folder's name)")
	c.Flags().BoolVar(&dry, "dry-run", false, "name the files, write nothing")
	return c
}
