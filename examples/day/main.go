// Command day is a day in an office: somebody new, new roles, somebody who leaves,
// and another synchronisation user. It prints what each command changed, or why it
// was refused, and changes no file.
package main

import (
	"fmt"
	"log"
	"os"
	"time"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

func main() {
	in, err := os.Open("examples/devries/office.yaml")
	if err != nil {
		log.Fatal(err)
	}
	file, err := officefile.Read(in.Name(), in)
	if err != nil {
		log.Fatal(err)
	}
	start := admin.Open(file.Office)
	office := day{State: start}

	// Nina was hired as an accountant. The accounting system knows her already, so
	// she is imported, and linked to herself there at once.
	office.do("09:00", "rosa", admin.ImportUsers{
		System: "exact", Roles: roles.SetOf(roles.Accountant, roles.ClientUser),
		Companies: changes.ListOf[companies.ID]("bakery", "garage"),
		People: changes.ListOf(admin.Imported{
			AccountingUser: "nina@exact", User: "nina", Username: "nina", SendPasswordLink: true,
		}),
	})
	office.do("09:12", "nina", admin.UsePasswordLink{User: "nina"})
	office.do("09:14", "nina", admin.EnterAccountingPassword{User: "nina", System: "exact"})

	// Carla will authorise too. Nobody gives a role that ranks above their own.
	office.do("11:00", "fatima", admin.GrantRole{User: "carla", Role: roles.Authoriser})
	office.do("11:01", "fatima", admin.GrantRole{User: "nina", Role: roles.SuperUser})

	// Pieter leaves at the end of the month. He synchronises Twinfield, so somebody
	// else must be chosen first, who then logs in there.
	lastDay, err := users.ParseDate("2026-12-01")
	if err != nil {
		log.Fatal(err)
	}
	leave := admin.ChangeEndDate{User: "pieter", EndDate: lastDay}
	office.do("14:00", "rosa", leave)
	office.do("14:05", "rosa", admin.ChooseSynchronisationUser{System: "twinfield", SynchronisationUser: "fatima"})
	office.do("14:10", "fatima", admin.Reconnect{System: "twinfield"})
	office.do("14:15", "rosa", leave)
	// Without Pieter, Rosa is the only Super user, and stays.
	office.do("14:16", "rosa", admin.RevokeRole{User: "rosa", Role: roles.SuperUser})

	// The events are the whole day: made again from them, the office is the same.
	again, err := admin.Replay(start, office.events...)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("%d events make version %d again\n", len(office.events), again.Office().Version())
}

// day is an office and what happened to it since the morning.
type day struct {
	admin.State
	events []admin.Event
}

// do gives a command at a time of the day, and prints what came of it.
func (d *day) do(clock string, actor users.ID, c admin.Command) {
	at, err := time.Parse(time.DateTime, "2026-11-23 "+clock+":00")
	if err != nil {
		log.Fatal(err)
	}
	next, events, err := admin.Apply(d.State, actor, at, c)
	fmt.Println(clock, actor, c.Name())
	if err != nil {
		fmt.Println("     ", err)
	}
	for _, e := range events {
		fmt.Println("     ", e.Change.Said().In(words.English))
	}
	d.State, d.events = next, append(d.events, events...)
}
