package admin_test

import (
	"testing"

	"github.com/mandaat/mandaat/admin"
	"github.com/mandaat/mandaat/changes"
	"github.com/mandaat/mandaat/companies"
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/offices"
	"github.com/mandaat/mandaat/policy"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

func TestRulesOfAccountingSystems(t *testing.T) { tell(t, systemExamples) }

func connecting(duty users.ID, a admin.Account) admin.CreateSystem {
	return admin.CreateSystem{System: "afas", SystemName: "AFAS", SynchronisationUser: duty, Account: a}
}

func choosing(system companies.SystemID, duty users.ID) admin.ChooseSynchronisationUser {
	return admin.ChooseSynchronisationUser{System: system, SynchronisationUser: duty}
}

func choosingAs(system companies.SystemID, duty users.ID, as sync.UserID) admin.ChooseSynchronisationUser {
	return admin.ChooseSynchronisationUser{System: system, SynchronisationUser: duty, AccountingUser: as}
}

func chosen(system companies.SystemID, duty users.ID) admin.SynchronisationUserChosen {
	return admin.SynchronisationUserChosen{System: system, SynchronisationUser: duty}
}

func linked(id users.ID, system companies.SystemID, to sync.UserID) admin.Linked {
	return admin.Linked{User: id, System: system, AccountingUser: to}
}

func connection(system companies.SystemID, state sync.Connection) admin.ConnectionChanged {
	return admin.ConnectionChanged{System: system, Connection: state}
}

func isConnected(system companies.SystemID, want sync.Connection) step {
	return then(string(system)+" is "+want.String(), func(o offices.Office) bool {
		s, _ := o.SystemState(system)
		return s.Connection == want
	})
}

// linkIs is whom a user is linked to, and whether the password was found right.
func linkIs(id users.ID, system companies.SystemID, to sync.UserID, verified bool) step {
	return then(string(id)+" is linked to "+string(to), func(o offices.Office) bool {
		l, ok := o.Link(id, system)
		return ok && l.AccountingUser == to && l.Verified == verified
	})
}

func fetching(accounts ...admin.Account) admin.FetchUsers {
	return admin.FetchUsers{System: "exact", Accounts: changes.ListOf(accounts...)}
}

func fetched(accounts ...admin.Account) admin.AccountsFetched {
	return admin.AccountsFetched{System: "exact", Accounts: changes.ListOf(accounts...)}
}

var (
	chiefs = account("chief@exact", 1, mayBook, mayChange)
	rosas  = account("rosa@exact", 2, mayBook, mayChange)
	brams  = account("bram@exact", 3, mayBook, mayChange, "bakery", "garage")
	milas  = account("mila@exact", 3, mayBook, mayChange, "bakery")
	newOne = account("new@exact", 2, mayBook, mayChange)
	higher = account("boss@exact", 1, mayBook, mayChange)
	lost   = does(admin.Software, admin.RecordDisconnection{System: "exact"}, connection("exact", sync.Disconnected))
)

// Accounting systems, their synchronisation users and connections.
var systemExamples = []example{
	{"Only a Super user connects accounting systems, deletes them and fetches their users", "SYNC", []step{
		answers(connecting("rosa", account("rosa@afas", 1, mayBook, mayChange)), "yes: rosa, sam", "role_missing: the others"),
		with(func(p *offices.Parts) {
			p.Systems = append(p.Systems, sync.System{ID: "empty", Name: "Empty", SynchronisationUser: "rosa"})
		}),
		answers(admin.DeleteSystem{System: "empty"}, "yes: rosa, sam", "role_missing: the others"),
		answers(fetching(rosas, brams, milas), "yes: rosa, sam", "role_missing: the others"),
	}},
	{"An accounting system begins with its synchronisation user, disconnected until the password is right", "SYNC", []step{
		does("sam", connecting("rosa", account("rosa@afas", 1, !mayBook, mayChange)),
			admin.SystemCreated{System: "afas", SystemName: "AFAS", SynchronisationUser: "rosa", Account: account("rosa@afas", 1, !mayBook, mayChange)},
			linked("rosa", "afas", "rosa@afas")),
		isConnected("afas", sync.Disconnected),
		does("rosa", admin.EnterAccountingPassword{User: "rosa", System: "afas"},
			admin.LinkVerified{User: "rosa", System: "afas"}, connection("afas", sync.LoginSuccess)),
		senseless("sam", connecting("rosa", account("rosa@afas", 1, mayBook, mayChange)), "system"),
	}},
	{"Whoever gets the duty of a new accounting system must be fit for it", "SYNC", []step{
		cannot("rosa", connecting("sam", account("sam@afas", 1, mayBook, mayChange)), "candidate_unfit"),
		cannot("rosa", connecting("rosa", account("rosa@afas", 1, mayBook, !mayChange)), "accounting_user_unfit"),
		cannot("rosa", connecting("bram", account("bram@afas", 1, !mayBook, mayChange)), "accounting_user_unfit"),
		senseless("rosa", connecting("nobody", account("x@afas", 1, mayBook, mayChange)), "synchronisation_user"),
	}},
	{"An accounting system is deleted when no company is left in it, and its links and its duty with it", "SYNC", []step{
		cannot("rosa", admin.DeleteSystem{System: "twinfield"}, "synchronisation_duty"),
		does("rosa", admin.DeleteCompany{Company: "florist"}, admin.CompanyDeleted{Company: "florist", Access: userList("rosa", "sam", "tess")}),
		does("rosa", admin.DeleteSystem{System: "twinfield"}, admin.SystemDeleted{System: "twinfield", Linked: userList("tess")}),
		then("tess has no duty and no link any longer", func(o offices.Office) bool {
			_, linked := o.Link("tess", "twinfield")
			return !linked && len(o.DutiesOf("tess")) == 0
		}),
		does("rosa", admin.DeleteUser{User: "tess"}, admin.UserDeleted{User: "tess", Username: "tess.kok"}),
	}},

	{"Only a Super user sees a connection and chooses who synchronises it", "SYNC", []step{
		answers(choosing("exact", "bram"), "yes: rosa, sam", "role_missing: the others"),
		mayNot("bram", policy.ConnectionView, policy.OfConnection("exact"), "role_missing"),
	}},
	{"There is one synchronisation user at a time, and it need not be a Super user", "SYNC", []step{
		does("sam", choosing("exact", "bram"), chosen("exact", "bram")),
		may("bram", policy.ConnectionReconnect, policy.OfConnection("exact")),
		mayNot("rosa", policy.ConnectionReconnect, policy.OfConnection("exact"), "not_self"),
		does("sam", choosing("exact", "bram")),
	}},
	{"A synchronisation user is active, without an end date, and reaches every company of the system", "SYNC", []step{
		cannot("rosa", choosing("exact", "nobody"), "candidate_unfit"),
		cannot("rosa", choosing("exact", "tom"), "candidate_unfit"),
		cannot("rosa", choosing("exact", "mila"), "candidate_unfit"),
		cannot("rosa", choosingAs("twinfield", "sam", "temp@twinfield"), "candidate_unfit"),
		ending("bram", "2026-11-23"),
		cannot("rosa", choosing("exact", "bram"), "candidate_unfit"),
		ending("bram", "2099-12-31"),
		cannot("rosa", choosing("exact", "bram"), "candidate_unfit"),
	}},
	{"A synchronisation user's link may change master data and reaches every company there", "SYNC", []step{
		cannot("rosa", choosingAs("exact", "bram", "typist@exact"), "accounting_user_unfit"),
		cannot("rosa", choosingAs("exact", "bram", "mila@exact"), "accounting_user_unfit"),
		cannot("rosa", choosingAs("exact", "bram", "nobody@exact"), "accounting_user_unfit"),
		cannot("sam", choosing("twinfield", "rosa"), "candidate_unfit"),
	}},
	{"Only where its user books must the duty's link book", "SYNC", []step{
		cannot("rosa", choosingAs("exact", "bram", "reader@exact"), "accounting_user_unfit"),
		does("rosa", accessOf("tess", "bakery", "florist", "garage"), admin.AccessChanged{User: "tess", Given: companyList("garage")}),
		does("rosa", choosingAs("exact", "tess", "reader@exact"),
			chosen("exact", "tess"), linked("tess", "exact", "reader@exact"), connection("exact", sync.Disconnected)),
	}},
	{"The link made with the choice is not capped by the one before", "SETTINGS, SYNC", []step{
		cannot("rosa", admin.LinkAccountingUser{User: "bram", System: "exact", AccountingUser: "chief@exact"}, "accounting_user_unfit"),
		does("rosa", choosingAs("exact", "bram", "chief@exact"),
			chosen("exact", "bram"), linked("bram", "exact", "chief@exact"), connection("exact", sync.Disconnected)),
	}},
	{"The choice may bring an account that was never fetched, for its rank", "SETTINGS, SYNC", []step{
		does("rosa", admin.ChooseSynchronisationUser{
			System: "exact", SynchronisationUser: "bram", AccountingUser: "boss@exact", Account: policy.Given(higher),
		},
			admin.AccountFetched{System: "exact", Account: higher},
			chosen("exact", "bram"), linked("bram", "exact", "boss@exact"), connection("exact", sync.Disconnected)),
		cannot("rosa", admin.ChooseSynchronisationUser{
			System: "exact", SynchronisationUser: "rosa", AccountingUser: "weak@exact",
			Account: policy.Given(account("weak@exact", 1, mayBook, !mayChange)),
		}, "accounting_user_unfit"),
		senseless("rosa", admin.ChooseSynchronisationUser{
			System: "exact", SynchronisationUser: "rosa", AccountingUser: "rosa@exact", Account: policy.Given(higher),
		}, "account.id"),
	}},
	{"Who is newly chosen leaves the connection disconnected until their link is verified", "SYNC", []step{
		does("rosa", linking("bram", "bram@exact"), linked("bram", "exact", "bram@exact")),
		does("rosa", choosing("exact", "bram"), chosen("exact", "bram"), connection("exact", sync.Disconnected)),
		does("bram", admin.EnterAccountingPassword{User: "bram", System: "exact"},
			admin.LinkVerified{User: "bram", System: "exact"}, connection("exact", sync.LoginSuccess)),
	}},

	{"That a connection was lost is recorded by the software, once, and by no user", "SYNC", []step{
		answers(admin.RecordDisconnection{System: "exact"}, "software_only: the others"),
		lost,
		does(admin.Software, admin.RecordDisconnection{System: "exact"}),
		senseless(admin.Software, admin.RecordDisconnection{System: "afas"}, "system"),
		isConnected("exact", sync.Disconnected),
		isConnected("twinfield", sync.LoginSuccess),
	}},
	{"Who books in a disconnected system may, and is warned", "SYNC", []step{
		lost,
		may("bram", policy.DocumentBook, invoice(documents.Booking)),
		then("bram's booking carries the warning", func(o offices.Office) bool {
			r := policy.Request{Subject: "bram", Action: policy.DocumentBook, Resource: invoice(documents.Booking), At: morning()}
			return policy.Compile(o).Check(r).Warnings() == policy.ConnectionDisconnected
		}),
	}},
	{"The synchronisation user alone reconnects, whatever their role", "SYNC", []step{
		lost,
		answers(admin.Reconnect{System: "exact"}, "yes: rosa", "not_self: the others"),
		does("rosa", admin.Reconnect{System: "exact"}, connection("exact", sync.LoginSuccess)),
		does("rosa", admin.Reconnect{System: "exact"}),
		does("tess", admin.Reconnect{System: "twinfield"}),
	}},
	{"To reconnect with the right credentials verifies the link", "SYNC", []step{
		does("rosa", choosingAs("exact", "bram", "chief@exact"),
			chosen("exact", "bram"), linked("bram", "exact", "chief@exact"), connection("exact", sync.Disconnected)),
		does("bram", admin.Reconnect{System: "exact"},
			admin.LinkVerified{User: "bram", System: "exact"}, connection("exact", sync.LoginSuccess)),
		linkIs("bram", "exact", "chief@exact", true),
	}},
	{"A synchronisation user without a link has nothing to reconnect with", "SYNC", []step{
		withoutLink("rosa", "exact"),
		lost,
		cannot("rosa", admin.Reconnect{System: "exact"}, "not_linked"),
		does("sam", choosingAs("exact", "rosa", "rosa@exact"), linked("rosa", "exact", "rosa@exact")),
		does("rosa", admin.Reconnect{System: "exact"},
			admin.LinkVerified{User: "rosa", System: "exact"}, connection("exact", sync.LoginSuccess)),
	}},
	{"A synchronisation user who gets a role that books keeps the duty", "SYNC", []step{
		does("sam", grant("tess", roles.Accountant), granted("tess", roles.Accountant)),
		may("tess", policy.ConnectionReconnect, policy.OfConnection("twinfield")),
	}},
}
