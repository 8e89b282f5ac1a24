package officefile_test

import (
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"
	"testing/iotest"
	"time"

	"github.com/google/go-cmp/cmp"

	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/officefile"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/problems"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

func day(t *testing.T, s string) users.Date {
	t.Helper()
	d, err := users.ParseDate(s)
	if err != nil {
		t.Fatal(err)
	}
	return d
}

// baseParts is what base says, list by list in the order of ids.
func baseParts(t *testing.T) offices.Parts {
	t.Helper()
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		t.Fatal(err)
	}
	return offices.Parts{
		Code: "devries", Name: "De Vries Accountants", TimeZone: zone, PasswordLink: 45 * time.Minute, Version: 12,
		Systems: []sync.System{
			{ID: "exact", Name: "Exact Online", Connection: sync.LoginSuccess, SynchronisationUser: "rosa", Users: []sync.User{
				{ID: "bram@exact", Name: "Bram", Email: "bram@devries.example", Rank: 2, CanBook: true, Reach: sync.ReachSome(users.AccessTo("bakery"))},
				{ID: "rosa@exact", Name: "Rosa", Email: "rosa@devries.example", Rank: 1, CanBook: true, CanChangeMasterData: true, Reach: sync.ReachAll},
			}},
			{ID: "twin", Name: "Twinfield", Connection: sync.Disconnected, SynchronisationUser: "rosa"},
		},
		Companies: []companies.Company{
			{ID: "bakery", Name: "Bakkerij Jansen", System: "exact", AuthorisationWorkflow: true, PaymentAgreement: true, SynchronisationOff: true},
			{ID: "garage", Name: "Garage De Wit", System: "twin"},
		},
		Users: []users.User{
			{ID: "anna", Username: "anna", Email: "anna@jansen.example", EndDate: day(t, "2030-12-01"), BillTo: users.BillToOffice},
			{
				ID: "bram", Username: "bram", Email: "bram@devries.example",
				Roles:  roles.SetOf(roles.Accountant, roles.ClientUser),
				Access: users.AccessTo("bakery"), LaterCompanies: true, EndDate: day(t, "2027-01-31"),
				Archive: users.AllDocuments, ChangeBankDetails: true, BillTo: users.BillToCompany("bakery"), Spenser: true, Used: true,
			},
			{
				ID: "rosa", Username: "rosa", Email: "rosa@devries.example",
				Roles: roles.SetOf(roles.SuperUser), Access: users.AccessTo("bakery", "garage"),
			},
		},
		Links: []sync.Link{
			{User: "bram", System: "exact", AccountingUser: "bram@exact", Verified: true},
			{User: "rosa", System: "exact", AccountingUser: "rosa@exact"},
		},
		Deleted: []users.Deleted{{ID: "tom", Username: "tommy"}},
		PasswordLinks: []users.PasswordLink{{
			User: "anna", Address: "anna@jansen.example",
			Sent: time.Date(2026, 11, 22, 9, 0, 0, 0, time.UTC), Length: 30 * time.Minute,
		}},
		SettingKinds: []companies.SettingKind{{Code: "colour"}, {Code: "vat_period", Mandatory: true, Values: []string{"month", "quarter"}}},
		Settings:     []companies.Setting{{Company: "bakery", Code: "vat_period", Value: "month"}},
	}
}

func TestOfficeLandsWhereItShould(t *testing.T) {
	if diff := cmp.Diff(baseParts(t), parse(t, base).Office.Parts(), byValue); diff != "" {
		t.Errorf("office (-expected +found):\n%s", diff)
	}
}

func TestDocumentsLandWhereTheyShould(t *testing.T) {
	file := parse(t, base)
	expected := []documents.Parts{
		{ID: "inv-1", Company: "bakery", DeliveredBy: "tom", Stage: documents.Authorisation, Assigned: documents.EverAssigned, Route: documents.RouteOf(
			documents.Step{Authoriser: "tom", Outcome: documents.Approved}, documents.Step{Authoriser: "anna"},
		)},
		{ID: "inv-2", Company: "bakery", DeliveredBy: "bram", Stage: documents.Tagging, Assigned: documents.EverAssigned, Route: documents.RouteOf(
			documents.Step{Authoriser: "anna", Outcome: documents.Rejected, Comment: "wrong amount"},
		)},
		{ID: "inv-3", Company: "garage", DeliveredBy: "anna", Stage: documents.Booking, Assigned: documents.EverAssigned},
		{ID: "inv-4", Company: "garage", DeliveredBy: "anna", Stage: documents.Archived, Assigned: documents.NeverAssigned},
	}
	for i, want := range expected {
		if diff := cmp.Diff(want, file.Documents[i].Parts(), byValue); diff != "" {
			t.Errorf("document %d (-expected +found):\n%s", i, diff)
		}
		if found, ok := file.Document(want.ID); !ok || found != &file.Documents[i] {
			t.Errorf("found %v, expected document %d by its id", found, i)
		}
	}
	if len(file.Documents) != len(expected) {
		t.Errorf("found %d documents, expected %d", len(file.Documents), len(expected))
	}
	if found, ok := file.Document("inv-5"); ok || found != nil {
		t.Errorf("found %v, expected no document", found)
	}
}

func TestAcknowledgementsLandWhereTheyShould(t *testing.T) {
	expected := []officefile.Acknowledgement{
		{Finding: "S1", User: "bram", Company: "bakery", Reason: "two-person office", Until: day(t, "2027-06-30")},
		{Finding: "O11", Users: []users.ID{"bram", "tom"}, Reason: "one mailbox", Until: day(t, "2027-06-30")},
	}
	if diff := cmp.Diff(expected, parse(t, base).Acknowledged, byValue); diff != "" {
		t.Errorf("acknowledged (-expected +found):\n%s", diff)
	}
}

// What may be left out is left out, in one way or another.
func TestOptional(t *testing.T) {
	const office = "version: 1\noffice: {code: a, name: b, time_zone: UTC}\n"
	for _, text := range []string{
		office,
		"%YAML 1.1\n---\n" + office + "...\n# the end\n",
		"\ufeff" + office,
		strings.ReplaceAll(office, "\n", "\r\n"),
		office + "accounting_systems: []\ncompanies: []\nusers: []\ndeleted_users: []\ndocuments: []\nacknowledged: []\n",
		office + "acknowledged: [{finding: O18, reason: \"in\\ntwo lines\", until: 9999-12-31}, {finding: R1, reason: r, until: 0001-01-01, users: []}]",
	} {
		file := parse(t, text)
		if file.Office.Code() != "a" || file.Office.PasswordLinkLength() != users.PasswordLinkMinutes || len(file.Documents) != 0 {
			t.Errorf("found %+v, expected the smallest office", file)
		}
	}
}

func TestAliasesAndTagsThatChangeNothing(t *testing.T) {
	text := change(t, "companies: [bakery]}", "companies: &some [&bakery bakery]}")
	text = strings.Replace(text, "    companies: [bakery]\n", "    companies: *some\n", 1)
	text = strings.Replace(text, "bill_to: bakery", "bill_to: *bakery", 1)
	text = strings.Replace(text, "name: Twinfield", "name: !!str Twinfield", 1)
	if diff := cmp.Diff(baseParts(t), parse(t, text).Office.Parts(), byValue); diff != "" {
		t.Errorf("office (-expected +found):\n%s", diff)
	}
}

// Users of every company share one access, which is what lets a large office
// have many of them: a user takes no more memory where there are more companies.
func TestAllCompaniesIsShared(t *testing.T) {
	const more, each = 200, 120_000 // bytes; 5,000 companies of one's own are 80,000
	few, many := memory(t, largeOffice(10, 5_000)), memory(t, largeOffice(10+10*more, 5_000))
	if found := (many - few) / more; found > each {
		t.Errorf("found %d bytes for every ten users, one of whom has all companies, expected at most %d", found, each)
	}
}

// memory is how much is allocated while a file is read.
func memory(t *testing.T, data []byte) uint64 {
	t.Helper()
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	parse(t, string(data))
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

func TestErrorsSayWhereTheyAre(t *testing.T) {
	_, err := officefile.Parse("office.yaml", []byte(change(t, "rank: 2", "rank: two")))
	all := officefile.Errors(err)
	expected := []*officefile.Error{{
		File: "office.yaml", Line: 16, Column: 73,
		Message: `found "two", expected a whole number from 1, the highest rank`,
	}}
	if diff := cmp.Diff(expected, all); diff != "" {
		t.Errorf("errors (-expected +found):\n%s", diff)
	}
	if found := officefile.Errors(all[0]); len(found) != 1 || !errors.Is(all[0], problems.ErrInvalid) {
		t.Errorf("found %v, expected the one error, which is an invalid input", found)
	}
}

func TestReadFails(t *testing.T) {
	broken := errors.New("the disk is gone")
	file, err := officefile.Read("office.yaml", io.MultiReader(strings.NewReader(base), iotest.ErrReader(broken)))
	if file != nil || !errors.Is(err, broken) || len(officefile.Errors(err)) != 0 {
		t.Errorf("found %v and error %v, expected no file and the reader's own error", file, err)
	}
}

func TestReadReadsAll(t *testing.T) {
	file, err := officefile.Read("office.yaml", iotest.OneByteReader(strings.NewReader(base)))
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(baseParts(t), file.Office.Parts(), byValue); diff != "" {
		t.Errorf("office (-expected +found):\n%s", diff)
	}
}
