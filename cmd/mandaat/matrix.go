package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/mandaat/mandaat/adapters/authzen"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/review"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

type matrixFlags struct {
	sourceFlags
	on, at, format string
	json           bool
}

func (p program) matrix() *cobra.Command {
	var flags matrixFlags
	c := &cobra.Command{
		Use:   "matrix [-f OFFICE --on RESOURCE]",
		Short: "Show which roles, or which users, may do what",
		Long: `Prints the actions, with what each role can do of them by itself: in full, under
conditions, or never. With an office and a resource, such as document:inv-1,
prints its users, with the actions that each may do on that; a property that an
action takes is taken as well supplied.

The exit code is 0, or 2 where there is no such resource or office.`,
		Example: `  mandaat matrix
  mandaat matrix --format markdown
  mandaat matrix --on document:inv-7 -f office.yaml
  mandaat matrix --on user:carla --json -f office.yaml`,
		Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error { return p.tellMatrix(&flags) },
	}
	flags.addForStaff(c)
	c.Flags().StringVar(&flags.on, "on", "", "what the users of the office may do it on, as `type:id`")
	c.Flags().StringVar(&flags.at, "at", "", "the moment of asking, such as 2026-11-22T09:00:00Z (default now)")
	c.Flags().StringVar(&flags.format, "format", "text", "how to print it: `text or markdown`")
	c.Flags().BoolVar(&flags.json, "json", false, "print one line of JSON")
	return c
}

func (p program) tellMatrix(f *matrixFlags) error {
	switch {
	case f.format != "text" && f.format != "markdown":
		return fmt.Errorf("--format: found %q, expected text or markdown", f.format)
	case (f.on == "") != (f.office == ""):
		return errors.New("expected --on and --file together, or neither")
	case f.on != "":
		return p.tellUsers(f)
	case f.at != "":
		return errors.New("--at: found without --on, expected it with an office")
	}
	reader, err := f.reader(p.locale)
	if err != nil {
		return err
	}
	lines := slices.Collect(review.Matrix())
	if f.json {
		text, err := rolesJSON(lines)
		return p.printed(text, err, true)
	}
	return p.printed(rolesGrid(lines, reader.Language).text(f.format), nil, true)
}

// tellUsers prints what the users of an office may do on one thing.
func (p program) tellUsers(f *matrixFlags) error {
	at, r, err := f.asked(p.now())
	if err != nil {
		return err
	}
	o, err := p.reviewed(&f.sourceFlags)
	if err != nil {
		return err
	}
	if err := o.askable(r, at); err != nil {
		return err
	}
	q := o.Request(r, at)
	lines := slices.Collect(review.MatrixOn(o.State, q.Resource, q.At))
	actions := slices.Collect(review.ActionsOn(q.Resource.Type))
	if f.json {
		text, err := usersJSON(f.on, actions, lines)
		return p.printed(text, err, true)
	}
	return p.printed(usersGrid(actions, lines, o.Reader.Language).text(f.format), nil, true)
}

// asked is a request about the resource: by the first action that is asked on its
// type.
func (f *matrixFlags) asked(now time.Time) (time.Time, authzen.Request, error) {
	kind, _, ok := strings.Cut(f.on, ":")
	if !ok {
		return now, authzen.Request{}, fmt.Errorf("--on: found %q, expected type:id, such as document:inv-1", f.on)
	}
	on, err := policy.ParseResourceType(kind)
	if err != nil {
		return now, authzen.Request{}, fmt.Errorf("--on: %w", err)
	}
	var first string
	for a := range review.ActionsOn(on) {
		first = a.String()
		break
	}
	r, at, err := (&canFlags{at: f.at}).request([]string{"", first, f.on}, now)
	return at, r, err
}

// The marks of a matrix, told apart by more than their place or their colour.
const (
	markFull        = "X"
	markConditional = "o"
	markNever       = "."
	markYes         = "y"
	markNo          = "."
)

// roleHeads is the heads of the columns, in the order of roles.All.
var roleHeads = [...]string{"SU", "AC", "SM", "AA", "AU", "CU", "RC"}

func rolesGrid(lines []review.MatrixLine, in words.Language) grid {
	g := grid{in: in, corner: words.Say("action"), marks: []mark{
		{markFull, words.Say("wherever what the action always needs holds, such as access to the company of a document")},
		{markConditional, words.Say("under conditions besides")},
		{markNever, words.Say("never")},
	}}
	for i, role := range roles.All() {
		g.heads = append(g.heads, mark{roleHeads[i], role})
	}
	for _, l := range lines {
		r := gridRow{name: l.Action.String(), group: int(l.Action.On())}
		for _, e := range l.Extents {
			r.cells = append(r.cells, [...]string{markNever, markConditional, markFull}[e])
		}
		g.rows = append(g.rows, r)
		if l.Rights != 0 {
			g.notes = append(g.notes, words.Say("Whatever the role, {action} opens in some situations to {rights}.",
				words.Blank{Name: "action", With: words.Plain(l.Action.String())}, words.Blank{Name: "rights", With: review.Grant{Rights: l.Rights}}))
		}
	}
	return g
}

func usersGrid(actions []policy.Action, lines []review.UserLine, in words.Language) grid {
	g := grid{in: in, corner: words.Say("user"), marks: []mark{{markYes, words.Say("may")}, {markNo, words.Say("may not")}}}
	for i, a := range actions {
		g.heads = append(g.heads, mark{string(rune('A' + i)), words.Plain(a.String())})
	}
	for _, l := range lines {
		r := gridRow{name: string(l.User)}
		for _, a := range actions {
			r.cells = append(r.cells, map[bool]string{true: markYes, false: markNo}[slices.Contains(l.May, a)])
		}
		g.rows = append(g.rows, r)
	}
	return g
}

func rolesJSON(lines []review.MatrixLine) (string, error) {
	type line struct {
		Action policy.Action            `json:"action"`
		Roles  map[string]review.Extent `json:"roles"`
		Rights []string                 `json:"rights"`
	}
	out := struct {
		Actions []line `json:"actions"`
	}{}
	for _, l := range lines {
		extents := map[string]review.Extent{}
		for _, role := range roles.All() {
			extents[role.String()] = l.Of(role)
		}
		out.Actions = append(out.Actions, line{l.Action, extents, rightList(review.Grant{Rights: l.Rights})})
	}
	return oneLine(out)
}

func usersJSON(on string, actions []policy.Action, lines []review.UserLine) (string, error) {
	type line struct {
		User users.ID        `json:"user"`
		May  []policy.Action `json:"may"`
	}
	out := struct {
		Resource string          `json:"resource"`
		Actions  []policy.Action `json:"actions"`
		Users    []line          `json:"users"`
	}{on, actions, []line{}}
	for _, l := range lines {
		out.Users = append(out.Users, line{l.User, append([]policy.Action{}, l.May...)})
	}
	return oneLine(out)
}
