package admin

import (
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/internal/fields"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// How the values of commands and events are written.
var (
	userID     = fields.ID[users.ID]()
	companyID  = fields.ID[companies.ID]()
	systemID   = fields.ID[companies.SystemID]()
	accountID  = fields.ID[sync.UserID]()
	userIDs    = changes.Listed(userID)
	companyIDs = changes.Listed(companyID)
	address    = fields.Line(users.ExpectedAddress, users.Address)
	minutes    = fields.Whole[int](1, 1440)
	role       = fields.Code("a role such as accountant", roles.Parse)
	archive    = fields.Code("by_role or all", users.ParseArchiveRight)
	account    = fields.Object("an accounting-system user", func(c *fields.Coder, a *Account) { a.fields(c) })
	accounts   = changes.Listed(account)
	// In events, which name whomever they concern.
	manyUsers      = changes.Named(userID)
	manyCompanies  = changes.Named(companyID)
	manyAccountIDs = changes.Named(accountID)
	manyAccounts   = changes.Named(account)
	connection     = fields.Code("login_success or disconnected", sync.ParseConnection)
	endDate        = fields.OrNull(date)
	everyRole      = roles.SetOf(roles.All()...)
	expectedDate   = "a date such as 2027-01-31"
)

var date = fields.Kind[users.Date]{
	Expected: expectedDate,
	Read: func(in any) (users.Date, error) {
		s, ok := in.(string)
		if !ok {
			return users.Date{}, fields.Wrong(in, expectedDate)
		}
		return users.ParseDate(s)
	},
	Append: func(dst []byte, d users.Date) []byte { return fields.String(dst, d.String()) },
	Check:  func(users.Date) error { return nil },
}

// roleSet is a set of roles, written the highest rank first.
var roleSet = func() fields.Kind[roles.Set] {
	list := changes.Listed(role)
	return fields.Kind[roles.Set]{
		Expected: "a list of roles, each once",
		Read: func(in any) (roles.Set, error) {
			read, err := list.Read(in)
			set := roles.SetOf(read.Slice()...)
			if err == nil && set.Len() != read.Len() {
				err = &problems.Problem{Found: "a role twice", Expected: "each role once"}
			}
			return set, err
		},
		Append: func(dst []byte, s roles.Set) []byte {
			var all []roles.Role
			for r := range s.All() {
				all = append(all, r)
			}
			return list.Append(dst, changes.ListOf(all...))
		},
		Check: func(s roles.Set) error {
			if !s.Within(everyRole) {
				return &problems.Problem{Found: "an unknown role", Expected: "roles of the seven"}
			}
			return nil
		},
	}
}()

// billTo is "office" or a company.
var billTo = fields.Kind[users.BillTo]{
	Expected: "office, or a company id",
	Read: func(in any) (users.BillTo, error) {
		id, err := companyID.Read(in)
		if id == companies.Office {
			return users.BillToOffice, err
		}
		return users.BillToCompany(id), err
	},
	Append: func(dst []byte, b users.BillTo) []byte { return fields.String(dst, b.String()) },
	Check: func(b users.BillTo) error {
		id, company := b.Company()
		switch {
		case !b.Chosen():
			return &problems.Problem{Found: "nothing", Expected: "office, or a company id"}
		case id == companies.Office: // it would be read as the office itself
			return &problems.Problem{Found: "a company of that name", Expected: "office, or a company id"}
		case !company:
			return nil
		}
		return companyID.Check(id)
	},
}

// Account is a user of an accounting system as that system tells of them.
type Account struct {
	ID    sync.UserID
	Name  string
	Email string
	// Rank is the user's place in the accounting system; 1 is its highest.
	Rank                         int
	CanBook, CanChangeMasterData bool
	// Everywhere says that the user reaches every company there; Companies is those
	// reached one by one otherwise.
	Everywhere bool
	Companies  changes.List[companies.ID]
}

func (a *Account) fields(c *fields.Coder) {
	fields.Need(c, "id", &a.ID, accountID)
	fields.Need(c, "name", &a.Name, fields.Name[string]())
	fields.Need(c, "email", &a.Email, address)
	fields.Need(c, "rank", &a.Rank, fields.Whole[int](1, 1<<31-1))
	fields.Need(c, "can_book", &a.CanBook, fields.Flag())
	fields.Need(c, "can_change_master_data", &a.CanChangeMasterData, fields.Flag())
	reach := reached{a.Everywhere, a.Companies}
	fields.Need(c, "companies", &reach, reachKind)
	a.Everywhere, a.Companies = reach.everywhere, reach.companies
}

type reached struct {
	everywhere bool
	companies  changes.List[companies.ID]
}

var reachKind = fields.Kind[reached]{
	Expected: "all, or a list of company ids",
	Read: func(in any) (reached, error) {
		if in == "all" {
			return reached{everywhere: true}, nil
		}
		list, err := companyIDs.Read(in)
		return reached{companies: list}, err
	},
	Append: func(dst []byte, r reached) []byte {
		if r.everywhere {
			return fields.String(dst, "all")
		}
		return companyIDs.Append(dst, r.companies)
	},
	Check: func(r reached) error {
		if r.everywhere && r.companies.Len() > 0 {
			return &problems.Problem{Found: "all, and a list", Expected: "one of the two"}
		}
		return companyIDs.Check(r.companies)
	},
}

// user is the account as the office holds it.
func (a Account) user() sync.User {
	u := sync.User{
		ID: a.ID, Name: a.Name, Email: a.Email, Rank: a.Rank,
		CanBook: a.CanBook, CanChangeMasterData: a.CanChangeMasterData, Reach: sync.ReachSome(accessTo(a.Companies)),
	}
	if a.Everywhere {
		u.Reach = sync.ReachAll
	}
	return u
}

func accessTo(list changes.List[companies.ID]) users.Access { return users.AccessTo(list.Slice()...) }
