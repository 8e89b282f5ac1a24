package review

import (
	"fmt"
	"testing"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
	"github.com/mandaat/mandaat/words"
)

const (
	benchUsers     = 10_000
	benchCompanies = 1_000
	benchDocuments = 20_000
)

// BenchmarkFindings finds everything in an office of 10,000 users and 1,000
// companies, with 20,000 documents, and renders each message and each mend: an
// office as they are, one in which nobody's rights are in order, one in which every
// user reaches every company, and one with a thousand accounting systems.
func BenchmarkFindings(b *testing.B) {
	for _, c := range []struct {
		name    string
		systems int
		reach   int // companies that a user reaches
		faulty  int // one user in so many has rights that do not go together
	}{
		{"as they are", 10, 20, 20},
		{"much to object to", 10, 12, 1},
		{"everybody everywhere", 10, benchCompanies, 100},
		{"a system for each company", benchCompanies, 20, 20},
	} {
		state, docs := benchOffice(b, c.systems, c.reach, c.faulty)
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			findings, mends, letters := 0, 0, 0
			for b.Loop() {
				findings, mends, letters = rendered(Findings(state, docs, findingsToday))
			}
			b.ReportMetric(float64(findings), "findings")
			b.ReportMetric(float64(mends), "mends")
			b.ReportMetric(float64(letters), "bytes-said")
		})
	}
}

func rendered(list []Finding) (findings, mends, letters int) {
	for i := range list {
		findings++
		letters += len(list[i].Message(words.English))
		for _, c := range list[i].Mend {
			mends++
			letters += len(c.String()) + len(c.In(words.English))
		}
	}
	return findings, mends, letters
}

func benchOffice(b *testing.B, systems, reach, faulty int) (admin.State, []documents.Document) {
	b.Helper()
	p := offices.Parts{Code: "large", Name: "Large", TimeZone: findingsZone}
	for i := range systems {
		p.Systems = append(p.Systems, sync.System{
			ID: companies.SystemID(fmt.Sprintf("system-%04d", i)), Name: "System", Connection: sync.Connection(i % 2),
			SynchronisationUser: benchUser(i),
		})
	}
	for i := range benchCompanies {
		p.Companies = append(p.Companies, companies.Company{
			ID: benchCompany(i), Name: "Company", System: p.Systems[i%systems].ID,
			AuthorisationWorkflow: i%3 == 0, PaymentAgreement: i%5 == 0,
		})
	}
	for i := range benchUsers {
		benchAddUser(&p, i, reach, i%faulty == 0)
	}
	o, err := offices.New(p)
	if err != nil {
		b.Fatal(err)
	}
	return admin.Open(o), benchDocumentsOf(b)
}

func benchUser(i int) users.ID { return users.ID(fmt.Sprintf("user-%05d", i)) }
func benchCompany(i int) companies.ID {
	return companies.ID(fmt.Sprintf("company-%04d", i%benchCompanies))
}
func benchAccount(i int) sync.UserID   { return sync.UserID(fmt.Sprintf("account-%05d", i)) }
func benchAddress(i, of int) string    { return fmt.Sprintf("person-%05d@office.example", i-i%of) }
func benchRoles(i int) (set roles.Set) { return benchRoleSets[i%len(benchRoleSets)] }

// benchRoleSets is the roles of an office: mostly clients, some who book, some who
// authorise.
var benchRoleSets = []roles.Set{
	roles.SetOf(roles.ClientUser), roles.SetOf(roles.RestrictedClientUser), roles.SetOf(roles.Authoriser),
	roles.SetOf(roles.Accountant, roles.ClientUser), roles.SetOf(roles.ClientUser), roles.SetOf(roles.SMEAccountant, roles.ClientUser),
	roles.SetOf(roles.AuthorisationAdministrator), roles.SetOf(roles.ClientUser), roles.SetOf(roles.RestrictedClientUser),
	roles.SetOf(roles.Accountant),
}

func benchAddUser(p *offices.Parts, i, reach int, faulty bool) {
	u := users.User{ID: benchUser(i), Username: string(benchUser(i)), Email: benchAddress(i, 1), Roles: benchRoles(i)}
	var reached []companies.ID
	for j := range reach {
		reached = append(reached, benchCompany(i*7+j*3))
	}
	if faulty {
		u.Email, u.ChangeBankDetails, u.LaterCompanies, u.Archive = benchAddress(i, 3), true, true, users.AllDocuments
		u.Roles |= roles.SetOf(roles.Authoriser)
	}
	if i%50 == 0 {
		u.EndDate = findingsDay("2026-01-01")
	}
	if i < 3 {
		u.Roles = roles.SetOf(roles.SuperUser)
	}
	u.Access = users.AccessTo(reached...)
	p.Users = append(p.Users, u)
	system := &p.Systems[i%len(p.Systems)]
	system.Users = append(system.Users, sync.User{
		ID: benchAccount(i), Name: "Account", Email: u.Email, Rank: 1 + i%5, CanBook: true, CanChangeMasterData: true, Reach: sync.ReachAll,
	})
	if u.Roles.Books() && i%4 != 0 || i < len(p.Systems) {
		p.Links = append(p.Links, sync.Link{User: u.ID, System: system.ID, AccountingUser: benchAccount(i), Verified: i%3 != 0})
	}
}

func benchDocumentsOf(b *testing.B) (list []documents.Document) {
	b.Helper()
	for i := range benchDocuments {
		d, err := documents.Told(documents.Parts{
			ID: documents.ID(fmt.Sprintf("inv-%06d", i)), Company: benchCompany(i), DeliveredBy: benchUser(i % benchUsers),
			Stage: documents.Authorisation, Route: documents.RoutePast(benchUser((i + 2) % benchUsers)), Assigned: documents.EverAssigned,
		})
		if err != nil {
			b.Fatal(err)
		}
		list = append(list, d)
	}
	return list
}
