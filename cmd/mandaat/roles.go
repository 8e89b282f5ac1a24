package main

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/spf13/cobra"

	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/review"
	"github.com/mandaat/mandaat/words"
)

type rolesFlags struct {
	sourceFlags
	can, cannot []string
	record, at  string
	json        bool
}

func (p program) roles() *cobra.Command {
	var flags rolesFlags
	c := &cobra.Command{
		Use:   "roles [--can ABILITY --cannot ABILITY | USER --record FILE -f OFFICE]",
		Short: "Find the roles that would suffice, or that were never needed",
		Long: `With --can and --cannot, prints every smallest set of roles and rights that
allows all that is wanted and nothing that is excluded: the fewest roles and
rights first, then those that allow the least else. An ABILITY is one of

  document.view                  an action: in some situation
  document.view+stage_archived   an action where these facts hold, besides the
                                 roles and rights of who asks, and no others
  document.view/client           an action by one of its rules

so what is excluded as a mere action is so in every situation. Several go with
commas between them, or with the flag repeated.

With a USER, prints which of the roles, rights, companies and links of that user
a record of requests shows no need of: AuthZEN requests, one a line, as evaluate
reads them. Only requests of the user that are allowed count.

The exit code is 0 where there are such roles, or something was never needed; 1
where there are none, or nothing was; and 2 where it could not be worked out.`,
		Example: `  mandaat roles --can document.upload,document.book
  mandaat roles --can document.view+stage_archived --cannot document.book
  mandaat roles bram --record requests.jsonl -f office.yaml
  tail -n 9999 requests.jsonl | mandaat roles bram --record - -f office.yaml`,
		Args:                  cobra.MaximumNArgs(1),
		DisableFlagsInUseLine: true,
		RunE:                  func(_ *cobra.Command, args []string) error { return p.tellRoles(&flags, args) },
	}
	flags.addForStaff(c)
	c.Flags().StringArrayVar(&flags.can, "can", nil, "what must be allowed, as a list of `ABILITY`")
	c.Flags().StringArrayVar(&flags.cannot, "cannot", nil, "what may not be, as a list of `ABILITY`")
	c.Flags().StringVar(&flags.record, "record", "", "the requests that were asked, a `FILE`; - is standard input")
	c.Flags().StringVar(&flags.at, "at", "", "the moment of requests that give none, and of the change (default now)")
	c.Flags().BoolVar(&flags.json, "json", false, "print one line of JSON")
	return c
}

// tellRoles tells which of the two questions is asked, and answers that.
func (p program) tellRoles(f *rolesFlags, args []string) error {
	listed, recorded := len(f.can)+len(f.cannot) > 0, f.record != "" || f.office != "" || f.at != ""
	switch {
	case len(args) == 0 && listed && !recorded:
		return p.tellLeast(f)
	case len(args) == 1 && !listed && f.record != "" && f.office != "":
		return p.tellNeed(f, args[0])
	}
	return errors.New("expected --can or --cannot, or a USER with --record and --file")
}

func (p program) tellLeast(f *rolesFlags) error {
	reader, err := f.reader(p.locale)
	if err != nil {
		return err
	}
	can, errCan := abilities("--can", f.can)
	cannot, errCannot := abilities("--cannot", f.cannot)
	if err := errors.Join(errCan, errCannot); err != nil {
		return err
	}
	enough, why := review.LeastGrants(can, cannot)
	text := leastText(enough, can, why, reader.Language)
	if f.json {
		text, err = leastJSON(enough, can, cannot, why)
	}
	return p.printed(text, err, len(enough) > 0)
}

// abilities reads the lists of a flag.
func abilities(flag string, lists []string) (all []review.Ability, err error) {
	for _, list := range lists {
		for text := range strings.SplitSeq(list, ",") {
			one, wrong := review.ParseAbility(strings.TrimSpace(text))
			if wrong != nil {
				err = errors.Join(err, fmt.Errorf("%s: %w", flag, wrong))
			}
			all = append(all, one)
		}
	}
	return all, err
}

type grantJSON struct {
	Roles  []string        `json:"roles"`
	Rights []string        `json:"rights"`
	Else   []policy.RuleID `json:"else"`
}

type collisionJSON struct {
	Can    []review.Ability `json:"can"`
	Cannot []review.Ability `json:"cannot"`
}

func leastJSON(enough []review.Enough, can, cannot []review.Ability, why review.Collision) (string, error) {
	out := struct {
		collisionJSON
		Grants    []grantJSON    `json:"grants"`
		Collision *collisionJSON `json:"collision,omitempty"`
	}{listsOf(can, cannot), []grantJSON{}, nil}
	for _, e := range enough {
		out.Grants = append(out.Grants, grantJSON{roleList(e.Grant), rightList(e.Grant), append([]policy.RuleID{}, e.Else...)})
	}
	if len(enough) == 0 {
		out.Collision = new(listsOf(why.Can, why.Cannot))
	}
	return oneLine(out)
}

func listsOf(can, cannot []review.Ability) collisionJSON {
	return collisionJSON{append([]review.Ability{}, can...), append([]review.Ability{}, cannot...)}
}

func roleList(g review.Grant) []string { return review.Grant{Roles: g.Roles}.Codes() }

func rightList(g review.Grant) []string { return review.Grant{Rights: g.Rights}.Codes() }

// leastText is the grants for people, numbered, each with what else it allows.
func leastText(enough []review.Enough, can []review.Ability, why review.Collision, in words.Language) string {
	var s sheet
	if len(enough) == 0 {
		s.write("", words.Say("No roles and rights will do. These cannot be had together:").In(in))
		label := func(said words.Sentence) string { return fmt.Sprintf("%-10s ", said.In(in)) }
		for _, b := range why.Can {
			s.write(label(words.Say("wanted")), b.String())
		}
		for _, b := range why.Cannot {
			s.write(label(words.Say("excluded")), b.String())
		}
		return s.String()
	}
	for i, e := range enough {
		label := strconv.Itoa(i+1) + ". "
		s.write(label, e.Grant.In(in))
		s.write(strings.Repeat(" ", len(label)), words.Say("also allows: {actions}",
			words.Blank{Name: "actions", With: plainList(besides(e, can))}).In(in))
	}
	return s.String()
}

// besides is the actions of what else a grant allows, each once; of an action that
// is wanted, the rules.
func besides(e review.Enough, can []review.Ability) (list []string) {
	for _, rule := range e.Else {
		text, _, _ := strings.Cut(rule.String(), "/")
		if slices.ContainsFunc(can, func(b review.Ability) bool { return b.Action().String() == text }) {
			text = rule.String()
		}
		if !slices.Contains(list, text) {
			list = append(list, text)
		}
	}
	return list
}

// plainList is ids or codes with commas between them; "nothing" where there are
// none.
func plainList[T ~string](list []T) words.Said {
	if len(list) == 0 {
		return words.Say("nothing")
	}
	texts := make([]string, len(list))
	for i, id := range list {
		texts[i] = string(id)
	}
	return words.Plain(strings.Join(texts, ", "))
}
