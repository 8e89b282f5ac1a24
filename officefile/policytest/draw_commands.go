package policytest

import (
	"fmt"
	"slices"

	"pgregory.net/rapid"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/users"
)

// Attempt is a command and who gives it.
type Attempt struct {
	By      users.ID // admin.Software for the software itself
	Command admin.Command
}

// String is who gives the command, and the command as JSON.
func (c Attempt) String() string {
	by := string(c.By)
	if c.By == admin.Software {
		by = "the software"
	}
	text, err := admin.WriteCommand(c.Command)
	if err != nil {
		return fmt.Sprintf("%s gives %#v", by, c.Command)
	}
	return fmt.Sprintf("%s gives %s", by, text)
}

// GoString is String.
func (c Attempt) GoString() string { return c.String() }

// Commands draws commands on an office: of these names, or of all 35 where none is
// named, each as often as any other. Most could be carried out; half of them are
// given by somebody who may, where there is one. Now and then one names what is not
// there, or is only to be carried out at a version of the office. All are well formed.
// A name that no command has panics.
func Commands(o Office, names ...string) *rapid.Generator[Attempt] {
	for _, name := range names {
		if commandsOf[name] == nil {
			panic(fmt.Sprintf("policytest.Commands: there is no command %q", name))
		}
	}
	if len(names) == 0 {
		names = admin.CommandNames()
	}
	return rapid.Custom(func(t *rapid.T) Attempt {
		c := commander{artist{t}, o}
		command := commandsOf[names[c.evenly(len(names), "command")]](c)
		if c.oneIn(15, "at a version") {
			version := o.Office().Version()
			command = admin.If{Version: version - min(version, uint64(c.upTo(0, 1, "behind"))), Command: command} //nolint:gosec // 0 or 1
		}
		return Attempt{c.actor(command), command}
	})
}

// commander draws commands on an office.
type commander struct {
	artist
	o Office
}

// actor draws who gives a command: half of the time somebody who may, where there is
// one.
func (c commander) actor(command admin.Command) users.ID {
	everybody := append([]users.ID{admin.Software}, idsOfUsers(c.o)...)
	if c.coin("may") {
		may := slices.DeleteFunc(slices.Clone(everybody), func(id users.ID) bool {
			_, err := admin.Plan(c.o.State, id, c.o.At, command)
			return err != nil
		})
		if len(may) > 0 {
			return one(c.artist, "who may", may...)
		}
	}
	switch {
	case c.oneIn(20, "a stranger"):
		return noUser
	case c.oneIn(10, "the software"):
		return admin.Software
	}
	return among(c.artist, "by", noUser, everybody[1:])
}
