package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

type doFlags struct {
	sourceFlags
	as, at  string
	version uint64
	given   bool // the version
	plan    bool
	json    bool
}

func (p program) do() *cobra.Command {
	var flags doFlags
	c := &cobra.Command{
		Use:   "do COMMAND [KEY=VALUE...] -f OFFICE --as USER",
		Short: "Change an office, as far as a user may, and say what changed",
		Long: `Carries out a command on an office file, if the user who gives it may, and prints
what changed. The file is replaced as a whole or not at all; what did not change
keeps its layout and its comments. While it is changed the file is locked, and
beside it stands OFFICE.lock.

COMMAND is the name of a command, and each KEY=VALUE a field of it, of which VALUE
is read as YAML; or COMMAND is -, and the command comes as JSON on standard input.
Without --as it is the software itself that gives it, which only records things.

The exit code is 0 where it was done, 1 where it was refused, and 2 where it could
not be understood or the file could not be read or written.

Commands:
` + commandList(),
		Example: `  mandaat do user.change_roles user=carla roles='[client_user, authoriser]' --as rosa -f office.yaml
  mandaat do user.change_end_date user=bram end_date=2027-01-31 --as rosa --plan -f office.yaml
  mandaat do user.delete user=carla --as rosa --if-version 12 -f office.yaml
  mandaat do connection.record_disconnection system=exact -f office.yaml`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(c *cobra.Command, args []string) error {
			flags.given = c.Flags().Changed("if-version")
			return p.change(&flags, args)
		},
	}
	flags.add(c)
	c.Flags().StringVar(&flags.as, "as", "", "the `user` who gives the command")
	c.Flags().StringVar(&flags.at, "at", "", "the moment of the command, such as 2026-11-22T09:00:00Z (default now)")
	c.Flags().Uint64Var(&flags.version, "if-version", 0, "refuse unless the office is at this `version`")
	c.Flags().BoolVar(&flags.plan, "plan", false, "only tell what would change, or why not")
	c.Flags().BoolVar(&flags.json, "json", false, "print one line of JSON")
	return c
}

// commandList is the commands with their fields, a line each; a field in brackets
// may be left out.
func commandList() string {
	var b strings.Builder
	for _, name := range admin.CommandNames() {
		b.WriteString("  " + name)
		width := len(name) + 2
		for _, f := range admin.CommandFields(name) {
			text := " " + f.Key
			if f.Optional {
				text = " [" + f.Key + "]"
			}
			if width+len(text) > 80 {
				b.WriteString("\n     ")
				width = 5
			}
			b.WriteString(text)
			width += len(text)
		}
		b.WriteString("\n")
	}
	return b.String()
}

// change carries out the command that the arguments give.
func (p program) change(f *doFlags, args []string) error {
	reader, err := f.reader(p.locale)
	if err != nil {
		return err
	}
	command, err := p.command(f, args)
	if err != nil {
		return err
	}
	at, err := momentOf(f.at, p.now())
	if err != nil {
		return err
	}
	done := outcome{Plan: f.plan, reader: reader}
	carryOut := func(data []byte) ([]byte, error) { return p.applied(&done, f, data, command, at) }
	if f.plan {
		err = p.read(f.office, carryOut)
	} else {
		err = p.rewrite(f.office, carryOut)
	}
	if err != nil && !errors.Is(err, changes.ErrRefused) {
		return err
	}
	done.Done = len(done.Refusals) == 0
	return p.report(&done, f.json)
}

// command is the command that the arguments give.
func (p program) command(f *doFlags, args []string) (admin.Command, error) {
	text, err := p.commandText(args)
	if err != nil {
		return nil, err
	}
	command, err := admin.ReadCommand(text)
	if err != nil {
		return nil, malformed(args[0], err)
	}
	if f.given {
		if _, twice := command.(admin.If); twice {
			return nil, errors.New("--if-version: the command has an if_version of its own, expected one of the two")
		}
		command = admin.If{Version: f.version, Command: command}
	}
	return command, nil
}

// malformed says what is wrong with a command, a line for each thing.
func malformed(name string, err error) error {
	var lines []error
	for _, problem := range problems.All(err) {
		lines = append(lines, fmt.Errorf("%s: %w", name, problem))
	}
	return errors.Join(lines...)
}

// commandText is the command as JSON: standard input, or what the name and the
// fields make of it.
func (p program) commandText(args []string) ([]byte, error) {
	if args[0] == "-" {
		if len(args) > 1 {
			return nil, fmt.Errorf("found %q, expected no fields beside a command on standard input", args[1])
		}
		return io.ReadAll(io.LimitReader(p.in, admin.MaxBytes+1))
	}
	members := map[string]any{"command": args[0]}
	for _, pair := range args[1:] {
		key, text, ok := strings.Cut(pair, "=")
		if !ok {
			return nil, fmt.Errorf("%s: found %q, expected KEY=VALUE", args[0], pair)
		}
		if _, twice := members[key]; twice {
			return nil, fmt.Errorf("%s: found %s twice, expected each field once", args[0], key)
		}
		value, err := officefile.ParseValue(key, text)
		if err != nil {
			return nil, err
		}
		members[key] = value
	}
	text, err := json.Marshal(members)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", args[0], err)
	}
	return text, nil
}

// applied is the office file after the command, and notes what came of it.
func (p program) applied(done *outcome, f *doFlags, data []byte, c admin.Command, at time.Time) (after []byte, err error) {
	p.progress.during("changing "+f.office, func() {
		var file *officefile.File
		if file, err = officefile.Parse(f.office, data); err != nil {
			return
		}
		var next admin.State
		next, done.Events, err = admin.Apply(admin.Open(file.Office), users.ID(f.as), at, c)
		done.Version = next.Office().Version()
		if err != nil {
			done.refused(err)
			return
		}
		after, err = officefile.Update(f.office, data, next.Office())
	})
	if err != nil && !errors.Is(err, changes.ErrRefused) && errors.Is(err, problems.ErrInvalid) && len(officefile.Errors(err)) == 0 {
		err = malformed(c.Name(), err)
	}
	return after, err
}

// outcome is what came of a command.
type outcome struct {
	Done     bool          `json:"done"`
	Plan     bool          `json:"plan"`
	Version  uint64        `json:"version"`
	Events   []admin.Event `json:"events"`
	Refusals []refusal     `json:"refusals"`

	reader policy.Reader
}

// refusal is one reason why a command was refused.
type refusal struct {
	Target string          `json:"target"`
	Code   string          `json:"code"`
	Reason string          `json:"reason"`
	Rules  []policy.RuleID `json:"rules"`
	Source string          `json:"source"`
}

// refused notes every reason. What cannot be, beside what is refused, is a reason
// like the others.
func (o *outcome) refused(err error) {
	if joined, ok := err.(interface{ Unwrap() []error }); ok {
		for _, one := range joined.Unwrap() {
			o.refused(one)
		}
		return
	}
	r, ok := errors.AsType[*changes.Refusal](err)
	switch {
	case !ok:
		o.Refusals = append(o.Refusals, refusal{Code: policy.BadProperty.String(), Reason: err.Error(), Rules: []policy.RuleID{}})
	case o.reader.Audience == policy.Nobody:
		o.Refusals = append(o.Refusals, refusal{Target: r.Target, Code: r.Code, Rules: []policy.RuleID{}})
	default:
		rules := append([]policy.RuleID{}, r.Rules...)
		o.Refusals = append(o.Refusals, refusal{r.Target, r.Code, r.Reason(o.reader), rules, r.Source})
	}
}

// report prints what came of a command, and ends with its exit code.
func (p program) report(o *outcome, asJSON bool) error {
	text := o.inWords()
	if asJSON {
		line, err := o.line()
		if err != nil {
			return err
		}
		text = line
	}
	if _, err := io.WriteString(p.out, text); err != nil {
		return err
	}
	if !o.Done {
		return exit(exitNo)
	}
	return nil
}

func (o *outcome) line() (string, error) {
	if o.Events == nil {
		o.Events = []admin.Event{}
	}
	if o.Refusals == nil {
		o.Refusals = []refusal{}
	}
	line, err := json.Marshal(o)
	return string(line) + "\n", err
}

// inWords is what came of a command, for people: on the first line done, planned or
// refused, which are the same in every language.
func (o *outcome) inWords() string {
	var b strings.Builder
	in := o.reader.Language
	line := func(label, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%-8s %s\n", label, value)
		}
	}
	switch {
	case !o.Done:
		b.WriteString("refused\n")
	case o.Plan:
		b.WriteString("planned\n")
	default:
		b.WriteString("done\n")
	}
	for _, r := range o.Refusals {
		line(words.Say("on").In(in), r.Target)
		line(words.Say("reason").In(in), r.Reason)
		line("code", r.Code)
		for i, rule := range r.Rules {
			line([...]string{words.Say("rule").In(in), ""}[min(i, 1)], rule.String())
		}
		line(words.Say("source").In(in), r.Source)
	}
	for _, e := range o.Events {
		line(words.Say("change").In(in), e.Change.Said().In(in))
		for code := range e.Warnings.All() {
			line(words.Say("warning").In(in), code+": "+policy.WarningOf(code).In(in)[0])
		}
	}
	if o.Done && len(o.Events) == 0 {
		line(words.Say("change").In(in), words.Say("Nothing: it was so already.").In(in))
	}
	line(words.Say("version").In(in), fmt.Sprint(o.Version))
	return b.String()
}
