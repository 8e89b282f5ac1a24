package mandaat

import (
	"time"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/integration/internal/load"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// partsOf is the office in the library's own words. Each link has an accounting
// user of its own; the first user, a Super user, has the duty of synchronisation.
func partsOf(o *load.Office) offices.Parts {
	p := offices.Parts{
		Code: "bench", Name: "Bench", TimeZone: time.UTC, Systems: make([]sync.System, len(o.Systems)),
		Companies: make([]companies.Company, len(o.Companies)), Users: make([]users.User, len(o.Users)),
	}
	for i, s := range o.Systems {
		p.Systems[i] = sync.System{
			ID: companies.SystemID(s.ID), Name: s.ID, Connection: sync.LoginSuccess,
			SynchronisationUser: users.ID(o.Users[0].ID),
		}
	}
	for i, c := range o.Companies {
		p.Companies[i] = companies.Company{
			ID: companies.ID(c.ID), Name: c.ID, System: companies.SystemID(o.Systems[c.System].ID),
		}
	}
	var accesses, reaches accesses // apart, because the snapshot keeps what accounting users reach
	everything := accesses.to(o, everyCompany(o))
	for i := range o.Users {
		u := &o.Users[i]
		access := everything
		if len(u.Companies) < len(o.Companies) {
			access = accesses.to(o, u.Companies)
		}
		p.Users[i] = userOf(u, access)
		reaches.addLinks(&p, o, u)
	}
	return p
}

func everyCompany(o *load.Office) []int {
	list := make([]int, len(o.Companies))
	for i := range list {
		list[i] = i
	}
	return list
}

// accesses makes the accesses of an office.
type accesses struct {
	users.Accesses
	ids []companies.ID // of the last
}

func (a *accesses) to(o *load.Office, list []int) users.Access {
	a.ids = a.ids[:0]
	for _, c := range list {
		a.ids = append(a.ids, companies.ID(o.Companies[c].ID))
	}
	return a.To(a.ids...)
}

// address is everybody's: the workload has none.
const address = "somebody@example.com"

func userOf(u *load.User, access users.Access) users.User {
	made := users.User{
		ID: users.ID(u.ID), Username: u.ID, Email: address, Access: access,
		ChangeBankDetails: u.Bank, Used: true,
	}
	for _, code := range u.Roles {
		role, _ := roles.Parse(code) // an unknown role is none, and would give other decisions
		made.Roles = made.Roles.With(role)
	}
	if u.Archive {
		made.Archive = users.AllDocuments
	}
	if !u.Active {
		made.EndDate = users.DateOf(now.AddDate(0, -1, 0), time.UTC)
	}
	return made
}

func (a *accesses) addLinks(p *offices.Parts, o *load.Office, u *load.User) {
	for _, l := range u.Links {
		system := &p.Systems[l.System]
		account := sync.User{
			ID: sync.UserID(u.ID), Name: u.ID, Email: address, Rank: 2,
			CanBook: true, CanChangeMasterData: true, Reach: sync.ReachAll,
		}
		if l.Reach != nil {
			account.Reach = sync.ReachSome(a.to(o, l.Reach))
		}
		system.Users = append(system.Users, account)
		p.Links = append(p.Links, sync.Link{
			User: users.ID(u.ID), System: system.ID, AccountingUser: account.ID, Verified: l.Verified,
		})
	}
}

func documentsOf(w *load.Workload, n int) ([]documents.Document, error) {
	docs := make([]documents.Document, n)
	for i := range docs {
		d := &w.Documents[i]
		stage, err := documents.ParseStage(d.Stage)
		if err != nil {
			return nil, err
		}
		parts := documents.Parts{
			ID: documents.ID(d.ID), Company: companies.ID(w.Office.Companies[d.Company].ID),
			DeliveredBy: userID(w, d.DeliveredBy), Stage: stage, Assigned: documents.NeverAssigned,
		}
		if d.EverAssigned {
			parts.Assigned = documents.EverAssigned
		}
		if d.InTurn >= 0 {
			parts.Route = documents.RoutePast(userID(w, d.InTurn))
		}
		if docs[i], err = documents.New(parts); err != nil {
			return nil, err
		}
	}
	return docs, nil
}
