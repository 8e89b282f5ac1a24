package main

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/review"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

func (p program) who() *cobra.Command {
	var flags canFlags
	c := &cobra.Command{
		Use:   "who ACTION RESOURCE -f OFFICE",
		Short: "List everybody who may do something",
		Long: `Prints everybody who may do an action on a resource, a line each: their id and
the rule by which they may. RESOURCE is type:id, as for can. A property that the
action takes and that is not given is taken as well supplied, and named below
the list.

The exit code is 0 where somebody may, 1 where nobody may, and 2 where the
question could not be asked.`,
		Example: `  mandaat who document.book document:inv-7 -f office.yaml
  mandaat who user.grant_role user:carla --with role=authoriser -f office.yaml
  mandaat who document.approve document:inv-1 --json -f office.yaml`,
		Args: cobra.ExactArgs(2),
		RunE: func(_ *cobra.Command, args []string) error { return p.tellWho(&flags, args) },
	}
	flags.addReview(c)
	return c
}

// askable says, as an error, why nobody of the office can be asked about; nil where
// somebody can.
func (o reviewedOffice) askable(r authzen.Request, at time.Time) error {
	q := o.Request(r, at)
	if review.CannotAsk(o.State, q.Action, q.Resource, q.With, q.At) == 0 {
		return nil
	}
	for u := range o.Office().Users() {
		r.Subject.ID = string(u.ID)
		break
	}
	said := o.Evaluate(r, at).Context
	return fmt.Errorf("%s: %s", said.Code, said.Reason)
}

func (p program) tellWho(flags *canFlags, args []string) error {
	asked, at, err := flags.request(append([]string{""}, args...), p.now())
	if err != nil {
		return err
	}
	o, err := p.reviewed(&flags.sourceFlags)
	if err != nil {
		return err
	}
	if err := o.askable(asked, at); err != nil {
		return err
	}
	q := o.Request(asked, at)
	who := slices.Collect(review.Who(o.State, q.Action, q.Resource, q.With, q.At))
	text := whoText(who, q.Action, o.Reader.Language)
	if flags.json {
		text, err = whoJSON(who, args)
	}
	return p.printed(text, err, len(who) > 0)
}

type actorJSON struct {
	User     users.ID      `json:"user"`
	Rule     policy.RuleID `json:"rule"`
	Warnings []string      `json:"warnings"`
	Supplied []string      `json:"supplied"`
}

func whoJSON(who []review.Actor, args []string) (string, error) {
	list := []actorJSON{}
	for _, a := range who {
		list = append(list, actorJSON{a.User, a.Rule, a.Warnings.Codes(), propertyList(a.Supplied)})
	}
	return oneLine(struct {
		Action   string      `json:"action"`
		Resource string      `json:"resource"`
		Users    []actorJSON `json:"users"`
	}{args[0], args[1], list})
}

func propertyList(p policy.Properties) []string {
	list := []string{}
	for one := range p.Each() {
		list = append(list, one.String())
	}
	return list
}

// whoText is everybody who may, for people: an id at the start of each line, with
// the rule and the warnings behind it.
func whoText(who []review.Actor, a policy.Action, in words.Language) string {
	if len(who) == 0 {
		return words.Say("Nobody may.").In(in) + "\n"
	}
	var s sheet
	ids := make([]string, len(who))
	for i, actor := range who {
		ids[i] = string(actor.User)
	}
	at := widest(ids, sheetWidth/2)
	for i, actor := range who {
		s.row(ids[i], at, actor.Rule.String())
		for j, code := range actor.Warnings.Codes() {
			s.write(strings.Repeat(" ", at), code+": "+actor.Warnings.In(in)[j])
		}
	}
	whoSupplied(&s, who, a, in)
	return s.String()
}

// whoSupplied tells what was taken as well supplied, and for whom where that is not
// everybody.
func whoSupplied(s *sheet, who []review.Actor, a policy.Action, in words.Language) {
	var told []policy.Properties
	for _, actor := range who {
		if actor.Supplied == 0 || slices.Contains(told, actor.Supplied) {
			continue
		}
		told = append(told, actor.Supplied)
		var ids []words.Said
		for _, other := range who {
			if other.Supplied == actor.Supplied {
				ids = append(ids, words.Plain(other.User))
			}
		}
		action, taken := words.Blank{Name: "action", With: words.Plain(a.String())}, words.Blank{Name: "properties", With: words.Plain(actor.Supplied.String())}
		said := words.Say("{action} takes {properties}: not given, and taken as well supplied.", action, taken)
		if len(ids) < len(who) {
			said = words.Say("For {users}, {action} takes {properties}: not given, and taken as well supplied.",
				action, taken, words.Blank{Name: "users", With: words.And(ids...)})
		}
		s.WriteString("\n")
		s.write("", said.In(in))
	}
}
