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
	var dry, git bool
	c := &cobra.Command{
		Use:   "init [DIR]",
		Short: "Make a workspace",
		Long: `Make a workspace of a folder: dragoman.toml, and a first article in content/ if
there is no such folder. Files that are there already stay as they are.

With --git, git merges catalogs message by message, and decisions line by line:
.gitattributes says so to everybody, the configuration of this clone says how. Give
it once in every clone, in a workspace that is there already too.`,
		Example: "  dragoman init reader --source en --lang ko,zh-Hans,zh-Hant\n  dragoman init --git",
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
			o := project.InitOptions{Title: title, Source: from[0], Languages: to, Git: git, DryRun: dry}
			written, err := project.Init(dir, o)
			for _, name := range written {
				fmt.Fprintln(c.OutOrStdout(), name)
			}
			return err
		},
	}
	c.Flags().StringVar(&source, "source", "en", "the `language` that the articles are written in")
	c.Flags().StringSliceVarP(&languages, "lang", "l", nil, "the `languages` to translate into, as ko,zh-Hans")
	c.Flags().StringVar(&title, "title", "", "the collection's title (default: the folder's name)")
	c.Flags().BoolVar(&git, "git", false, "make git merge catalogs message by message")
	c.Flags().BoolVar(&dry, "dry-run", false, "name the files, write nothing")
	return c
}
