package main

import (
	"fmt"

	"dragoman/internal/project"

	"github.com/spf13/cobra"
)

func (a *app) mergeDriver() *cobra.Command {
	return &cobra.Command{
		Use:   "merge-driver BASE OURS THEIRS [PATH]",
		Short: "Merge catalogs for git",
		Long: `Merge the catalogs of two branches message by message, and write the result to
OURS. git calls this when it merges; dragoman init --git sets it up.

What one branch changed is taken from it. A message that both translated, in
different ways, keeps ours, fuzzy, with theirs in a comment, # kept: "…"; then the
exit code is 1, so that git reports a conflict in the file. A header that one branch
has lost is the other's. git calls no driver in an octopus merge, of three branches
or more: merge them one by one.`,
		Args: func(c *cobra.Command, args []string) error {
			if len(args) == 3 || len(args) == 4 {
				return nil
			}
			return fmt.Errorf("merge-driver takes three files and the catalog's name, as git gives them: %%O %%A %%B %%P; see %s --help", c.CommandPath())
		},
		RunE: func(c *cobra.Command, args []string) error {
			b := project.Branches{Base: args[0], Ours: args[1], Theirs: args[2]}
			if len(args) == 4 {
				b.Path = args[3]
			}
			clashes, err := project.MergeBranches(b)
			if err != nil {
				return err
			}
			printFindings(c.ErrOrStderr(), clashes)
			if len(clashes) > 0 {
				return errGate
			}
			return nil
		},
	}
}
