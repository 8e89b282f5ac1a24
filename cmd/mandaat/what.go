package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/review"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

type whatFlags struct {
	rightsFlags
	office string
}

func (p program) what() *cobra.Command {
	var flags whatFlags
	c := &cobra.Command{
		Use:   "what USER [RESOURCE] -f OFFICE",
		Short: "Tell what a user may do",
		Long: `Tells everything that a user may do in an office: every action, with the
companies, users and kinds of documents it is for. With a RESOURCE, type:id as for
can, tells of each action on it whether they may: what an action takes is taken as
well supplied, and named.

The exit code is 0 where they may do something, 1 where they may do nothing, and 2
where that could not be asked.`,
		Example: `  mandaat what carla -f office.yaml
  mandaat what carla document:inv-2 -f office.yaml
  mandaat what bram user:carla -f office.yaml --lang nl
  mandaat what rosa -f office.yaml --at 2032-01-01T09:00:00Z --json`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(_ *cobra.Command, args []string) error {
			if len(args) == 2 {
				return p.tellWhatOn(&flags, args[0], args[1])
			}
			return p.tellWhat(&flags, users.ID(args[0]))
		},
	}
	c.Flags().StringVarP(&flags.office, "file", "f", "", "the office file; - is standard input")
	if err := c.MarkFlagRequired("file"); err != nil {
		panic(err) // the flag was just defined
	}
	flags.add(c)
	return c
}

// tellWhat tells everything that a user may do.
func (p program) tellWhat(f *whatFlags, who users.ID) error {
	teller, at, err := f.teller(p)
	if err != nil {
		return err
	}
	s, err := p.state(f.office)
	if err != nil {
		return err
	}
	if !has(s, who) {
		return noSuchUser(who)
	}
	groups := review.RightsOf(s, who, at).Groups()
	text := whatText(teller, who, groups)
	if f.json {
		text, err = oneLine(groupLines(groups))
	}
	return p.printed(text, err, len(groups) > 0)
}

func noSuchUser(who users.ID) error {
	return fmt.Errorf("USER: found %q, expected a user of this office", who)
}

func whatText(t review.Teller, who users.ID, groups []review.Group) string {
	var b sheet
	if len(groups) == 0 {
		b.indented("", "", words.Say("{user} may do nothing.", words.Blank{Name: "user", With: words.Plain(who)}).In(t.Language))
		return b.String()
	}
	for _, g := range groups {
		b.indented("", "", actionList(g.Actions))
		for _, clause := range t.Group(g) {
			b.indented("  ", "    ", clause)
		}
	}
	return b.String()
}

// whatLine is an action on a resource, as --json prints it.
type whatLine struct {
	Action   policy.Action `json:"action"`
	Decision bool          `json:"decision"`
	Code     string        `json:"code,omitempty"`
	Rule     string        `json:"rule,omitempty"`
	Takes    []string      `json:"takes,omitempty"`
}

// tellWhatOn tells of each action on a resource whether a user may do it.
func (p program) tellWhatOn(f *whatFlags, who, on string) error {
	teller, at, err := f.teller(p)
	if err != nil {
		return err
	}
	source, err := p.source(&sourceFlags{office: f.office, lang: f.lang, audience: policy.Staff.String()})
	if err != nil {
		return err
	}
	lines, may, err := actionsOn(source, who, on, at)
	if err != nil {
		return err
	}
	text := whatOnText(teller, lines)
	if f.json {
		text, err = oneLine(lines)
	}
	return p.printed(text, err, may)
}

// actionsOn asks each action on a resource.
func actionsOn(source authzen.Source, who, on string, at time.Time) (lines []whatLine, may bool, err error) {
	kind, id, ok := strings.Cut(on, ":")
	if !ok {
		return nil, false, fmt.Errorf("RESOURCE: found %q, expected type:id, such as document:inv-1", on)
	}
	if _, err := policy.ParseResourceType(kind); err != nil {
		return nil, false, fmt.Errorf("RESOURCE: %w", err)
	}
	for a := range policy.AllActions() {
		if a.On().String() != kind {
			continue
		}
		q := source.Request(authzen.Request{
			Subject: authzen.Entity{Type: policy.User.String(), ID: who}, Action: authzen.Action{Name: a.String()},
			Resource: authzen.Entity{Type: kind, ID: id},
		}, at)
		subject := source.Snapshot.Subject(q.Subject, q.At)
		d, taken := subject.Could(q.Action, q.Resource, q.With)
		switch d.Code() {
		case policy.UnknownUser:
			return nil, false, noSuchUser(users.ID(who))
		case policy.UnknownResource:
			return nil, false, fmt.Errorf("RESOURCE: found %q, expected a %s that there is", on, kind)
		}
		lines, may = append(lines, lineOf(a, d, taken)), may || d.Allowed()
	}
	return lines, may, nil
}

func lineOf(a policy.Action, d policy.Decision, taken policy.Properties) whatLine {
	line := whatLine{Action: a, Decision: d.Allowed(), Code: d.Code().String()}
	if d.Allowed() {
		line.Rule = d.Rule().String()
		for p := range taken.Each() {
			line.Takes = append(line.Takes, p.String())
		}
	}
	return line
}

// whatOnText is yes or no for each action, which are the same in every language, and
// below a yes what the action takes.
func whatOnText(t review.Teller, lines []whatLine) string {
	var b strings.Builder
	for _, l := range lines {
		switch {
		case !l.Decision:
			fmt.Fprintf(&b, "no   %-33s %s\n", l.Action, l.Code)
		case len(l.Takes) == 0:
			fmt.Fprintf(&b, "yes  %s\n", l.Action)
		default:
			takes := words.Say("takes {properties}", words.Blank{Name: "properties", With: words.Plain(strings.Join(l.Takes, ", "))})
			fmt.Fprintf(&b, "yes  %-33s %s\n", l.Action, takes.In(t.Language))
		}
	}
	return b.String()
}
