package main

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/review"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

// rightsFlags are those of the commands that tell rights.
type rightsFlags struct {
	at, lang  string
	json, all bool
}

func (f *rightsFlags) add(c *cobra.Command) {
	c.Flags().StringVar(&f.at, "at", "", "the moment of asking, such as 2026-11-22T09:00:00Z (default now)")
	c.Flags().StringVar(&f.lang, "lang", "", "the language of sentences, `en or nl` (default that of LANG)")
	c.Flags().BoolVar(&f.all, "all", false, "print every name of a long list")
	c.Flags().BoolVar(&f.json, "json", false, "print one line of JSON, which has every name")
}

// mostListed is how many names of a list are printed for people.
const mostListed = 12

// teller says rights as the flags ask, at the moment they ask.
func (f *rightsFlags) teller(p program) (t review.Teller, at time.Time, err error) {
	reader, err := (&sourceFlags{lang: f.lang, audience: policy.Staff.String()}).reader(p.locale)
	if err != nil {
		return t, at, err
	}
	if t.Language = reader.Language; !f.all {
		t.Most = mostListed
	}
	at, err = momentOf(f.at, p.now())
	return t, at, err
}

type diffFlags struct {
	rightsFlags
	as, do string
	users  []string
}

func (p program) diff() *cobra.Command {
	var flags diffFlags
	c := &cobra.Command{
		Use:   "diff BEFORE AFTER | diff BEFORE --do COMMAND [KEY=VALUE...] --as USER",
		Short: "Tell what users may do in one office and not in another",
		Long: `Tells what users gain and lose between two office files, or by a command, which is
planned as by do --plan and changes no file: every action, company, user and kind
of document, told together for who have the same. What is not told is decided the
same in both offices, at the moment and later. The first line is same or differs;
rights gained begin with +, rights lost with -.

The exit code is 0 where no decision differs, 1 where one does, and 2 where that
could not be found out: a file could not be read, or the command was refused.`,
		Example: `  mandaat diff office.yaml new.yaml
  mandaat diff office.yaml new.yaml --user carla --lang nl
  mandaat diff office.yaml --as rosa --do user.grant_role user=carla role=authoriser
  git show HEAD:office.yaml | mandaat diff - office.yaml --json`,
		Args: cobra.MinimumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error { return p.tellDifference(&flags, args) },
	}
	flags.add(c)
	c.Flags().StringVar(&flags.do, "do", "", "the `command` that makes the office after, as do takes it")
	c.Flags().StringVar(&flags.as, "as", "", "the `user` who gives the command")
	c.Flags().StringArrayVar(&flags.users, "user", nil, "tell only of this `user`; may be given again")
	return c
}

func (p program) tellDifference(f *diffFlags, args []string) error {
	teller, at, err := f.teller(p)
	if err != nil {
		return err
	}
	before, after, err := p.compared(f, args, teller.Language, at)
	if err != nil {
		return err
	}
	of, err := f.named(before, after)
	if err != nil {
		return err
	}
	var d review.Difference
	p.progress.during("comparing", func() { d = review.Compare(before, after, at, of...) })
	text := diffText(teller, d, func(id users.ID) bool { return has(before, id) && has(after, id) })
	if f.json {
		text, err = diffJSON(d)
	}
	return p.printed(text, err, d.IsEmpty())
}

// compared is the two offices: those of two files, or of one and a command.
func (p program) compared(f *diffFlags, args []string, in words.Language, at time.Time) (before, after admin.State, err error) {
	switch {
	case f.do == "" && f.as != "":
		return before, after, errors.New("--as: expected a command too, with --do")
	case f.do == "" && len(args) != 2:
		return before, after, fmt.Errorf("found %d files, expected two, or one and a command with --do", len(args))
	case slices.Equal(args, []string{"-", "-"}) || f.do == "-" && args[0] == "-":
		return before, after, errors.New("found - twice, expected standard input once")
	}
	if before, err = p.state(args[0]); err != nil {
		return before, after, err
	}
	if f.do == "" {
		after, err = p.state(args[1])
		return before, after, err
	}
	after, err = p.supposed(f, args[1:], before, in, at)
	return before, after, err
}

// supposed is the office after a command, as it is planned.
func (p program) supposed(f *diffFlags, fields []string, before admin.State, in words.Language, at time.Time) (admin.State, error) {
	var none doFlags
	command, err := p.command(&none, append([]string{f.do}, fields...))
	if err != nil {
		return before, err
	}
	after, _, err := admin.Apply(before, users.ID(f.as), at, command)
	if !errors.Is(err, changes.ErrRefused) {
		return after, err
	}
	o := outcome{reader: policy.Reader{Audience: policy.Staff, Language: in}}
	o.refused(err)
	return before, errors.New(strings.TrimSuffix(o.inWords(), "\n"))
}

// named is the users asked about, each of whom is in one of the offices.
func (f *diffFlags) named(before, after admin.State) (list []users.ID, err error) {
	for _, name := range f.users {
		id := users.ID(name)
		if !has(before, id) && !has(after, id) {
			return nil, fmt.Errorf("--user: found %q, expected a user of one of the offices", name)
		}
		list = append(list, id)
	}
	return list, nil
}

func has(s admin.State, id users.ID) bool {
	_, ok := s.Office().User(id)
	return ok
}
