package openfga

import (
	"slices"

	"github.com/mandaat/mandaat/integration/internal/load"
)

const theOffice = "office:office"

// everywhere marks the relations to the office of those who reach every company.
const everywhere = "_everywhere"

// names is how tuples name things, each made once.
type names struct{ users, companies, systems []string }

func namesOf(o *load.Office) (n names) {
	for i := range o.Users {
		n.users = append(n.users, "user:"+o.Users[i].ID)
	}
	for i := range o.Companies {
		n.companies = append(n.companies, "company:"+o.Companies[i].ID)
	}
	for i := range o.Systems {
		n.systems = append(n.systems, "system:"+o.Systems[i].ID)
	}
	return n
}

func documentName(d *load.Document) string { return "document:" + d.ID }

// filler writes what there is as tuples.
type filler struct {
	*store
	names
}

// relate relates one user to one object.
func (f filler) relate(object, relation, user string) {
	f.add([]string{object}, relation, []string{user})
}

// addOffice writes the companies and the users.
func (f filler) addOffice(o *load.Office) {
	for i := range o.Companies {
		f.addCompany(f.companies[i], f.systems[o.Companies[i].System])
	}
	for i := range o.Users {
		u := f.person(f.users[i], &o.Users[i])
		u.addSeen()
		if u.Active {
			u.addRoles()
			u.addLinks()
		}
	}
}

// addCompany relates those to the company who are related to every one.
func (f filler) addCompany(name, system string) {
	for _, relation := range []string{
		"client", "restricted", "authoriser", "administrator", "booker", "archive_right", "sme", "sme_authoriser",
	} {
		f.relate(name, relation, theOffice+"#"+relation+everywhere)
	}
	f.relate(name, "bank_right", theOffice+"#bank_right")
	f.relate(name, "linked", system+"#linked")
}

// addDocument relates a document to its company by what there is to know of it.
func (f filler) addDocument(d *load.Document) {
	name, company := documentName(d), f.companies[d.Company]
	f.relate(name, "deliverer", f.users[d.DeliveredBy])
	if d.Stage == load.Tagging || !d.EverAssigned {
		f.relate(name, "open_at", company)
	}
	if d.Stage != load.Authorisation { // which is being pending
		f.relate(name, d.Stage+"_at", company)
	}
	if d.InTurn >= 0 {
		f.relate(name, "pending_at", company)
		f.relate(name, "in_turn", f.users[d.InTurn])
	}
}

// person is a user who is being written.
type person struct {
	filler
	*load.User
	name  string
	reach []string // the names of the companies; of the office alone, where it is all
}

func (f filler) person(name string, u *load.User) person {
	if len(u.Companies) == len(f.companies) {
		return person{f, u, name, []string{theOffice}}
	}
	return person{f, u, name, f.named(u.Companies)}
}

// named gives the names of companies.
func (f filler) named(companies []int) []string {
	list := make([]string, len(companies))
	for i, c := range companies {
		list[i] = f.companies[c]
	}
	return list
}

// is says whether the user holds one of the roles.
func (u person) is(roles ...string) bool {
	return slices.ContainsFunc(u.Roles, func(r string) bool { return slices.Contains(roles, r) })
}

func (u person) isSenior() bool { return u.is("super_user", "accountant", "sme_accountant") }

// addRoles relates an active user to the companies they reach, by each of what they
// are, and to the office.
func (u person) addRoles() {
	u.relate(u.name, "oneself", u.name)
	for relation, holds := range map[string]bool{
		"client":         u.is("client_user"),
		"restricted":     u.is("restricted_client_user"),
		"authoriser":     u.is("authoriser"),
		"administrator":  u.is("authorisation_administrator"),
		"booker":         u.is("accountant", "sme_accountant"),
		"archive_right":  u.Archive,
		"sme":            u.is("sme_accountant"),
		"sme_authoriser": u.is("sme_accountant") && u.is("authoriser"),
	} {
		if holds {
			u.addRole(relation)
		}
	}
	if u.is("super_user", "accountant") {
		u.relate(theOffice, "sees_everyone", u.name)
	}
	if u.Bank {
		u.relate(theOffice, "bank_right", u.name)
	}
}

func (u person) addRole(relation string) {
	switch relation {
	case "administrator", "sme", "sme_authoriser":
		u.relate(theOffice, relation, u.name)
	}
	if len(u.reach) == 1 && u.reach[0] == theOffice {
		relation += everywhere
	}
	u.addTo(u.reach, relation)
}

// addTo relates the user to each of the objects, if any.
func (u person) addTo(objects []string, relation string) {
	if len(objects) > 0 {
		u.add(objects, relation, []string{u.name})
	}
}

// addSeen relates a user to the companies where others see them: to the office
// instead where it is all, which whoever reaches any company shares.
func (u person) addSeen() {
	u.relate(u.name, "office", theOffice)
	for relation, holds := range map[string]bool{
		"client_of":       !u.isSenior() && u.is("client_user", "restricted_client_user"),
		"authoriser_of":   !u.isSenior() && u.is("authoriser"),
		"administered_in": u.is("authoriser") || !u.isSenior() && !u.is("authorisation_administrator"),
	} {
		if holds {
			u.add([]string{u.name}, relation, u.reach)
		}
	}
}

// addLinks relates a user to the systems where a verified link reaches all, else to
// each company that it reaches.
func (u person) addLinks() {
	for _, l := range u.Links {
		switch {
		case !l.Verified:
		case l.Reach == nil:
			u.relate(u.systems[l.System], "linked", u.name)
		default:
			u.addTo(u.named(l.Reach), "linked")
		}
	}
}
