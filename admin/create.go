package admin

import (
	"slices"

	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/internal/fields"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// CreateUsers adds one user, or several at once with the same roles and companies.
// Source: ADD, SETTINGS.
type CreateUsers struct {
	Roles     roles.Set
	Companies changes.List[companies.ID]
	People    changes.List[Person]
}

// Person is what each of the users to add has to themselves.
type Person struct {
	User             users.ID // free to choose, and never chosen again
	Username, Email  string
	FullName         string // may be empty
	Language         string // the same
	SendPasswordLink bool   // whether a link to choose a password goes to the address
}

// Name is "user.create".
func (CreateUsers) Name() string { return policy.UserCreate.String() }

func (c *CreateUsers) fields(f *fields.Coder) {
	fields.Need(f, "roles", &c.Roles, roleSet)
	fields.Need(f, "companies", &c.Companies, companyIDs)
	fields.Need(f, "people", &c.People, people)
	if c.People.Len() == 0 {
		f.Note("people", "nobody", "at least one person")
	}
}

var people = changes.Listed(fields.Object("a person", func(f *fields.Coder, p *Person) {
	fields.Need(f, "user", &p.User, userID)
	fields.Need(f, "username", &p.Username, fields.ID[string]())
	fields.Need(f, "email", &p.Email, address)
	fields.OmitZero(f, "name", &p.FullName, fields.Name[string]())
	fields.OmitZero(f, "language", &p.Language, fields.Name[string]())
	fields.OmitZero(f, "send_password_link", &p.SendPasswordLink, fields.Flag())
}))

func (c CreateUsers) do(d *draft) {
	by, ok := d.ask(policy.UserCreate, policy.OfOffice(d.pending.Code()), &policy.With{
		Roles: policy.Given(c.Roles), Companies: policy.Given(accessTo(c.Companies)),
	})
	if !ok {
		return
	}
	i := 0
	for p := range c.People.All() {
		d.create(problems.At("people", i), by, UserCreated{
			p.User, p.Username, p.Email, p.FullName, p.Language, c.Roles, c.Companies,
		}, p.SendPasswordLink)
		i++
	}
}

// create adds one user, and sends a password link where that is asked for.
func (d *draft) create(path string, by right, u UserCreated, send bool) bool {
	created := d.emitAt(path, by, u)
	if created && send {
		SendPasswordLink{u.User}.do(d)
	}
	return created
}

// ImportUsers adds users that an accounting system has, all with the same roles and
// companies. Their names and addresses come from the accounting system, and whoever
// gets a booking role is linked at once. Source: SETTINGS.
type ImportUsers struct {
	System    companies.SystemID
	Roles     roles.Set
	Companies changes.List[companies.ID]
	People    changes.List[Imported]
}

// Imported is what is chosen for each of the users to import.
type Imported struct {
	AccountingUser   sync.UserID
	User             users.ID // free to choose, and never chosen again
	Username         string
	SendPasswordLink bool
}

// Name is "user.import".
func (ImportUsers) Name() string { return policy.UserImport.String() }

func (c *ImportUsers) fields(f *fields.Coder) {
	fields.Need(f, "system", &c.System, systemID)
	fields.Need(f, "roles", &c.Roles, roleSet)
	fields.Need(f, "companies", &c.Companies, companyIDs)
	fields.Need(f, "people", &c.People, imported)
	chosen := c.accounts()
	if len(chosen) == 0 {
		f.Note("people", "nobody", "at least one accounting-system user")
	}
	for i, id := range chosen {
		if slices.Contains(chosen[:i], id) {
			f.Note(problems.At("people", i)+".accounting_user", problems.Quote(string(id)), "each accounting-system user once")
		}
	}
}

var imported = changes.Listed(fields.Object("an accounting-system user to import", func(f *fields.Coder, p *Imported) {
	fields.Need(f, "accounting_user", &p.AccountingUser, accountID)
	fields.Need(f, "user", &p.User, userID)
	fields.Need(f, "username", &p.Username, fields.ID[string]())
	fields.OmitZero(f, "send_password_link", &p.SendPasswordLink, fields.Flag())
}))

func (c ImportUsers) accounts() (ids []sync.UserID) {
	for p := range c.People.All() {
		ids = append(ids, p.AccountingUser)
	}
	return ids
}

func (c ImportUsers) do(d *draft) {
	by, ok := d.ask(policy.UserImport, policy.OfOffice(d.pending.Code()), &policy.With{
		System: c.System, Users: c.accounts(),
		Roles: policy.Given(c.Roles), Companies: policy.Given(accessTo(c.Companies)),
	})
	if !ok {
		return
	}
	i := 0
	for p := range c.People.All() {
		path := problems.At("people", i)
		account, _ := d.pending.AccountingUser(c.System, p.AccountingUser)
		created := UserCreated{
			User: p.User, Username: p.Username, Email: account.Email, FullName: account.Name, Roles: c.Roles, Companies: c.Companies,
		}
		if d.create(path, by, created, p.SendPasswordLink) && c.Roles.Books() {
			d.emitAt(path, by, Linked{p.User, c.System, p.AccountingUser})
		}
		i++
	}
}
