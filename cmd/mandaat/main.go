// Command mandaat answers, for an accounting office, who may do what.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/term"

	"github.com/mandaat/mandaat/policy"
)

// The exit codes. Anything else that goes wrong is exitUnusable.
const (
	exitYes      = 0
	exitNo       = 1 // an answer, not an error
	exitUnusable = 2 // could not be asked, or could not be read
)

func main() {
	p := program{
		in: os.Stdin, out: os.Stdout, problems: os.Stderr, now: time.Now,
		locale: os.Getenv("LANG"), line: os.Getenv(lineVariable),
	}
	if term.IsTerminal(int(os.Stderr.Fd())) {
		p.progress = progress{os.Stderr, patience}
	}
	os.Exit(p.run(context.Background(), os.Args[1:]))
}

// program is what a command needs of the world.
type program struct {
	in            io.Reader
	out, problems io.Writer
	now           func() time.Time
	locale        string        // as LANG has it
	line          string        // the command line of which a word is completed
	patience      time.Duration // with a file that is read for that; none is completionPatience
	progress      progress
}

// exit ends a command with a code and nothing more to say.
type exit int

func (e exit) Error() string { return fmt.Sprintf("exit %d", int(e)) }

func (p program) run(ctx context.Context, args []string) int {
	root := p.root()
	root.SetArgs(args)
	err := root.ExecuteContext(ctx)
	if code, ok := errors.AsType[exit](err); ok {
		return int(code)
	}
	if err != nil {
		// What cannot be told on stderr cannot be told at all.
		_, _ = fmt.Fprintln(p.problems, err)
		return exitUnusable
	}
	return exitYes
}

func (p program) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "mandaat",
		Short: "Who may do what in an accounting office",
		Long: `mandaat reads an office from a YAML file and answers who may do what in it,
with the reason, the rule and its source.`,
		Version:       policy.Hash(),
		SilenceUsage:  true,
		SilenceErrors: true,
		Args:          cobra.NoArgs,
		RunE:          func(c *cobra.Command, _ []string) error { return c.Help() },
	}
	root.SetIn(p.in)
	root.SetOut(p.out)
	root.SetErr(p.problems)
	root.SetVersionTemplate("mandaat, policy {{.Version}}\n")
	root.AddCommand(p.can(), p.whyNot(), p.who(), p.what(), p.matrix(), p.roles(), p.diff(), p.validate(), p.test(), p.initialise(),
		p.schema(), p.format(), p.do(), p.evaluate(), p.serve(), p.explainLog(), completion())
	p.addCompletion(root)
	return root
}
