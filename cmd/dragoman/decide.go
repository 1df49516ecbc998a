package main

import (
	"fmt"
	"io"
	"strings"

	"dragoman/internal/catalog"
	"dragoman/internal/project"
	"dragoman/internal/report"

	"github.com/spf13/cobra"
)

func (a *app) approve() *cobra.Command {
	c := a.deciding(project.Approve, "approved")
	c.Use = "approve [ARTICLE|CATALOG:LINE]… --lang LANGUAGE --as NAME"
	c.Short = "Approve translations"
	c.Long = `Approve translations: those of all articles, of the articles that are named, or the
messages at a line of their catalog, as findings print it. The decision is a line in
locales/LANGUAGE/decisions.tsv and holds for exactly this source and this target:
when either changes it lapses, and when the old texts come back so does it.

Of an article, what its translators have finished is approved. A message that needs
checking or rewriting, or that a machine has drafted, is left unless you name it, by
its line, its text or its state; then it is fuzzy no more.

The name is a pseudonym, since the list of decisions goes where the catalogs go.`
	c.Example = "  dragoman approve chinas-role --lang ko --as magpie\n" +
		"  dragoman approve locales/ko/terms.po:41 --lang ko --as magpie\n" +
		"  dragoman approve --only needs-checking --message \"Article 33\" --lang ko --as magpie"
	return c
}

func (a *app) unapprove() *cobra.Command {
	c := a.deciding(project.Unapprove, "no longer approved")
	c.Use = "unapprove [ARTICLE|CATALOG:LINE]… --lang LANGUAGE --as NAME"
	c.Short = "Take approvals back"
	c.Long = `Take approvals back: those of all articles, of the articles that are named, or of
the messages at a line of their catalog. The translations stay as they are.`
	c.Example = "  dragoman unapprove chinas-role --lang ko --as magpie"
	return c
}

func (a *app) waive() *cobra.Command {
	c := a.deciding(project.Waive, "waived")
	c.Use = "waive CODE [ARTICLE|CATALOG:LINE]… --lang LANGUAGE --as NAME --note REASON"
	c.Short = "Say that a check does not apply"
	c.Long = `Say that a check does not apply to messages, and why. The decision is a line in
locales/LANGUAGE/decisions.tsv; it lapses when the source or the target changes.
With --revoke the check applies again.`
	c.Example = "  dragoman waive end-punctuation locales/ko/terms.po:41 --lang ko --as magpie --note \"the source quotes a slogan\""
	return c
}

// deciding is what the commands have in common that decide about messages.
func (a *app) deciding(act project.Act, done string) *cobra.Command {
	var language, format string
	var only []string
	var revoke bool
	o := project.DecideOptions{Act: act}
	c := &cobra.Command{
		RunE: func(c *cobra.Command, args []string) error {
			if err := oneOf("format", format, "text", "json"); err != nil {
				return err
			}
			if act == project.Waive {
				if len(args) == 0 {
					return fmt.Errorf("the check is missing; name its code, as end-punctuation; see %s --help", c.CommandPath())
				}
				o.Code, args = args[0], args[1:]
				if revoke {
					o.Act, done = project.Unwaive, "no longer waived"
				}
			}
			var err error
			if o.States, err = states(only); err != nil {
				return err
			}
			w, err := a.openOne(language)
			if err != nil {
				return err
			}
			defer w.tree.Close()
			o.Now, o.Language, o.What = w.day, w.tags[0], args
			d, err := w.tree.Decide(c.Context(), o)
			if err != nil {
				return err
			}
			printWarnings(c.ErrOrStderr(), d.Findings)
			if format == "json" {
				c.OutOrStdout().Write(report.Encode(decidingJSON(d, language)))
			} else {
				printDeciding(c.OutOrStdout(), d, done, o.DryRun)
			}
			return nil
		},
	}
	c.Flags().StringVarP(&language, "lang", "l", "", "the `language` of the translations")
	c.Flags().StringVar(&o.By, "as", "", "the `pseudonym` of who decides")
	c.Flags().StringVar(&o.Note, "note", "", "why; a `text` for others")
	c.Flags().StringArrayVar(&o.Sources, "message", nil, "only messages whose source begins with this `text`")
	c.Flags().StringSliceVar(&only, "only", nil, "only messages in these `states`: "+strings.Join(stateNames(), ", "))
	c.Flags().BoolVar(&o.DryRun, "dry-run", false, "write nothing")
	c.Flags().StringVar(&format, "format", "text", "text or json")
	if act == project.Waive {
		c.Flags().BoolVar(&revoke, "revoke", false, "take the waiver back")
	}
	offer(c, "only", stateNames()...)
	offer(c, "format", "text", "json")
	return c
}

// printDeciding prints what was decided, and what was not and why.
func printDeciding(w io.Writer, d *project.Deciding, done string, dry bool) {
	verb := "wrote"
	if dry {
		verb = "would write"
	}
	fmt.Fprintf(w, "%s %s; %s %s\n", plural(len(d.Messages), "message"), done, verb, plural(len(d.Written), "file"))
	for s := catalog.Untranslated; s <= catalog.Approved; s++ {
		if n := d.Left[s]; n > 0 {
			fmt.Fprintf(w, "%6d left: %s\n", n, strings.ReplaceAll(s.String(), "-", " "))
		}
	}
}

func decidingJSON(d *project.Deciding, language string) any {
	type message struct {
		Path    string `json:"path"`
		Line    int    `json:"line"`
		Context string `json:"context,omitempty"`
		Source  string `json:"source"`
		Target  string `json:"target"`
	}
	messages := []message{}
	for _, m := range d.Messages {
		messages = append(messages, message{m.Pos.Path, m.Pos.Line, m.Context, m.Source, m.Target})
	}
	left := map[string]int{}
	for s, n := range d.Left {
		left[s.String()] = n
	}
	return struct {
		Language string         `json:"language"`
		Messages []message      `json:"messages"`
		Left     map[string]int `json:"left"`
		Written  []string       `json:"written"`
	}{language, messages, left, append([]string{}, d.Written...)}
}
