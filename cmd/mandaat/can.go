package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/words"
)

type canFlags struct {
	sourceFlags
	at   string
	with []string
	json bool
}

func (p program) can() *cobra.Command {
	var flags canFlags
	c := &cobra.Command{
		Use:   "can USER ACTION RESOURCE -f OFFICE",
		Short: "Answer whether a user may do something, and why",
		Long: `Prints yes or no on the first line, and below it the reason, the rule and its
source. RESOURCE is type:id, where the type is document, company, user,
connection or office. The exit code is 0 for yes, 1 for no, and 2 where the
question could not be asked.`,
		Example: `  mandaat can bram document.book document:inv-7 -f office.yaml
  mandaat can bob document.reject document:inv-1 --with comment='wrong amount' -f office.yaml
  mandaat can carla document.assign document:inv-2 --with authorisers='[anna, bob]' -f office.yaml
  mandaat can rosa user.change_end_date user:carla --with end_date=2027-01-31 --json -f office.yaml`,
		Args: cobra.ExactArgs(3),
		RunE: func(_ *cobra.Command, args []string) error {
			request, at, err := flags.request(args, p.now())
			if err != nil {
				return err
			}
			source, err := p.source(&flags.sourceFlags)
			if err != nil {
				return err
			}
			return p.tell(source.Evaluate(request, at), source.Reader.Language, flags.json)
		},
	}
	flags.add(c)
	flags.addQuestion(c, "print the answer as evaluate does")
	return c
}

// addQuestion adds the flags of a question.
func (f *canFlags) addQuestion(c *cobra.Command, asJSON string) {
	c.Flags().StringVar(&f.at, "at", "", "the moment of asking, such as 2026-11-22T09:00:00Z (default now)")
	c.Flags().StringArrayVar(&f.with, "with", nil, "a property of the action, as `KEY=VALUE`; VALUE is read as YAML")
	c.Flags().BoolVar(&f.json, "json", false, asJSON)
}

// addReview adds the flags of a question that the office's staff asks.
func (f *canFlags) addReview(c *cobra.Command) {
	f.addForStaff(c)
	if err := c.MarkFlagRequired("file"); err != nil {
		panic(err) // the flag was just defined
	}
	f.addQuestion(c, "print one line of JSON")
}

// request is the question that the arguments and flags ask.
func (f *canFlags) request(args []string, now time.Time) (authzen.Request, time.Time, error) {
	kind, id, ok := strings.Cut(args[2], ":")
	if !ok {
		return authzen.Request{}, now, fmt.Errorf("RESOURCE: found %q, expected type:id, such as document:inv-1", args[2])
	}
	properties, err := f.properties(args[1])
	if err != nil {
		return authzen.Request{}, now, err
	}
	at, err := momentOf(f.at, now)
	if err != nil {
		return authzen.Request{}, now, err
	}
	return authzen.Request{
		Subject:  authzen.Entity{Type: policy.User.String(), ID: args[0]},
		Action:   authzen.Action{Name: args[1], Properties: properties},
		Resource: authzen.Entity{Type: kind, ID: id},
	}, at, nil
}

// properties reads --with. What the action does not take is refused: misspelt, it
// would ask another question.
func (f *canFlags) properties(action string) (map[string]any, error) {
	properties := make(map[string]any, len(f.with))
	for _, pair := range f.with {
		key, text, ok := strings.Cut(pair, "=")
		if !ok {
			return nil, fmt.Errorf("--with: found %q, expected KEY=VALUE", pair)
		}
		if _, twice := properties[key]; twice {
			return nil, fmt.Errorf("--with: found %s twice, expected each property once", key)
		}
		if a, err := policy.ParseAction(action); err == nil && !takes(a, key) {
			return nil, fmt.Errorf("--with: found %q, expected %s", key, taken(a))
		}
		value, err := officefile.ParseValue("--with "+key, text)
		if err != nil {
			return nil, err
		}
		properties[key] = value
	}
	return properties, nil
}

func takes(a policy.Action, key string) bool {
	needed, optional := a.Takes()
	for p := range (needed | optional).Each() {
		if p.String() == key {
			return true
		}
	}
	return false
}

func taken(a policy.Action) string {
	needed, optional := a.Takes()
	if needed|optional == 0 {
		return fmt.Sprintf("no property: %s takes none", a)
	}
	return fmt.Sprintf("a property that %s takes: %s", a, needed|optional)
}

// tell prints an answer and ends the command with its exit code.
func (p program) tell(a authzen.Answer, in words.Language, asJSON bool) error {
	text := inWords(a, in)
	if asJSON {
		line, err := a.JSON()
		if err != nil {
			return err
		}
		text = string(line) + "\n"
	}
	if _, err := fmt.Fprint(p.out, text); err != nil {
		return err
	}
	if !a.Decision {
		return exit(exitNo)
	}
	return nil
}

// inWords is an answer for people: yes or no, which are the same in every
// language for whatever reads the first line, and below it why.
func inWords(a authzen.Answer, in words.Language) string {
	var b strings.Builder
	if a.Decision {
		b.WriteString("yes\n")
	} else {
		b.WriteString("no\n")
	}
	line := func(label, value string) {
		if value != "" {
			fmt.Fprintf(&b, "%-8s %s\n", label, value)
		}
	}
	line(words.Say("reason").In(in), a.Context.Reason)
	line("code", a.Context.Code.String())
	for i, rule := range a.Context.Rules {
		line([...]string{words.Say("rule").In(in), ""}[min(i, 1)], rule.String())
	}
	line(words.Say("source").In(in), a.Context.Source)
	for _, code := range a.Context.Warnings {
		line(words.Say("warning").In(in), code+": "+policy.WarningOf(code).In(in)[0])
	}
	return b.String()
}
