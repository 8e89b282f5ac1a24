package review

import (
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// pieterCould has Pieter fit to synchronise.
func pieterCould(s *sample) { s.account("pieter@exact", 2); s.link("pieter", "pieter@exact") }

func noLink(s *sample) { delete(s.links, "rosa") }

// Examples of the duty to synchronise: O3 to O5.
var dutyExamples = []example{
	{
		rule: "O3", what: "inactive, while another one is fit",
		shows: all(ended("rosa"), pieterCould),
		says:  "rosa, the synchronisation user of exact, is inactive since the end date, 2026-11-22.",
		zegt:  "rosa, de synchronisatiegebruiker van exact, is inactief sinds de einddatum, 2026-11-22.",
		mend:  []string{"manage pieter for exact"},
		unless: map[string]func(*sample){
			"the other has it":   func(s *sample) { s.exact.SynchronisationUser = "pieter" },
			"active for one day": func(s *sample) { s.people["rosa"].EndDate = findingsDay("2026-11-23") },
		},
	}, {
		rule: "O3", what: "no link, while an account is free",
		shows: noLink,
		says:  "rosa, the synchronisation user of exact, has no link there.",
		zegt:  "rosa, de synchronisatiegebruiker van exact, heeft daar geen koppeling.",
		mend:  []string{"link_accounting_user exact rosa@exact for rosa"},
		unless: map[string]func(*sample){
			"linked again": func(s *sample) { s.link("rosa", "rosa@exact") },
		},
	}, {
		rule: "O3", what: "an account that may not change master data, while another does",
		shows: func(s *sample) { s.accounts["rosa@exact"].CanChangeMasterData = false; s.account("office@exact", 3) },
		says:  "rosa, the synchronisation user of exact, is linked to rosa@exact, who may not change master data there.",
		zegt:  "rosa, de synchronisatiegebruiker van exact, is gekoppeld aan rosa@exact, die daar geen stambestanden mag muteren.",
		mend:  []string{"link_accounting_user exact office@exact for rosa"},
		unless: map[string]func(*sample){
			"it may":      func(s *sample) { s.accounts["rosa@exact"].CanChangeMasterData = true },
			"the other's": func(s *sample) { s.link("rosa", "office@exact") },
			"another's, though it cannot book": func(s *sample) {
				s.accounts["office@exact"].CanBook = false
				s.link("rosa", "office@exact")
			},
		},
	}, {
		rule: "O3", what: "an account that does not reach a company, while a higher one does",
		shows: func(s *sample) {
			s.account("low@exact", 4).Reach = sync.ReachSome(users.AccessTo("bakery"))
			s.link("rosa", "low@exact")
		},
		says: "rosa, the synchronisation user of exact, is linked to low@exact, who does not reach garage there.",
		zegt: "rosa, de synchronisatiegebruiker van exact, is gekoppeld aan low@exact, die daar niet bij garage kan.",
		mend: []string{"manage rosa rosa@exact for exact"},
		unless: map[string]func(*sample){
			"it reaches both":        func(s *sample) { s.accounts["low@exact"].Reach = sync.ReachSome(users.AccessTo("bakery", "garage")) },
			"the company is no more": all(func(s *sample) { delete(s.companies, "garage") }, reaching("rosa", "bakery"), reaching("pieter")),
		},
	}, {
		rule: "O3", what: "no access to a company",
		shows: reaching("rosa", "bakery"),
		says:  "rosa, the synchronisation user of exact, has no access to garage.",
		zegt:  "rosa, de synchronisatiegebruiker van exact, heeft geen toegang tot garage.",
		mend:  []string{"change_company_access +garage for rosa"},
		unless: map[string]func(*sample){
			"access to both": reaching("rosa", "bakery", "garage"),
		},
	}, {
		rule: "O3", what: "several things at once, and an account that nobody has",
		shows: all(ended("rosa"), reaching("rosa", "bakery"), noLink, reaching("pieter", "garage")),
		says:  "rosa, the synchronisation user of exact, is inactive since the end date, 2026-11-22, has no link there and has no access to garage.",
		zegt:  "rosa, de synchronisatiegebruiker van exact, is inactief sinds de einddatum, 2026-11-22, heeft daar geen koppeling en heeft geen toegang tot garage.",
		mend:  []string{"change_company_access +bakery for pieter", "manage pieter rosa@exact for exact"},
	}, {
		rule: "O3", what: "nobody could have it as the accounting system is",
		shows: func(s *sample) { s.accounts["rosa@exact"].CanChangeMasterData = false },
		says: "rosa, the synchronisation user of exact, is linked to rosa@exact, who may not change master data there. " +
			"In exact, a user must first be given the right to change master data and all companies, and be fetched.",
		zegt: "rosa, de synchronisatiegebruiker van exact, is gekoppeld aan rosa@exact, die daar geen stambestanden mag muteren. " +
			"In exact moet eerst een gebruiker het recht krijgen om stambestanden te muteren en alle administraties, en worden opgehaald.",
	}, {
		rule: "O3", what: "where access would complete S4, another has it",
		shows: all(pieterCould, func(s *sample) {
			s.people["rosa"].Roles = roles.SetOf(roles.SuperUser, roles.Accountant, roles.ClientUser, roles.Authoriser)
			s.people["rosa"].ChangeBankDetails = true
		}, reaching("rosa", "bakery")),
		mend: []string{"manage pieter for exact"},
	}, {
		rule: "O4", what: "an Accountant has it, while a Super user is fit",
		shows: all(pieterCould, func(s *sample) { s.booker("bram"); s.exact.SynchronisationUser = "bram" }),
		says:  "bram, the synchronisation user of exact, is not a Super user, which is recommended.",
		zegt:  "bram, de synchronisatiegebruiker van exact, is geen Supergebruiker, wat wel wordt aangeraden.",
		mend:  []string{"manage pieter for exact"},
		unless: map[string]func(*sample){
			"a Super user too":   with("bram", roles.SuperUser),
			"a Super user's job": func(s *sample) { s.exact.SynchronisationUser = "pieter" },
		},
	}, {
		rule: "O4", what: "a Super user could, after access",
		shows: all(func(s *sample) { s.booker("bram"); s.exact.SynchronisationUser = "bram" }, reaching("rosa", "bakery"), reaching("pieter")),
		mend:  []string{"change_company_access +garage for rosa", "manage rosa for exact"},
	}, {
		rule: "O4", what: "no Super user could: the Accountant becomes one",
		shows: all(func(s *sample) {
			s.booker("bram")
			s.exact.SynchronisationUser = "bram"
			s.people["rosa"].EndDate = findingsDay("2027-01-01")
			s.people["pieter"].EndDate = findingsDay("2027-01-01")
		}),
		mend: []string{"grant_role super_user to bram"},
	}, {
		rule: "O5", what: "to be reconnected",
		shows: func(s *sample) { s.exact.Connection = sync.Disconnected },
		says:  "exact is disconnected; its synchronisation user is rosa.",
		zegt:  "exact is niet verbonden; de synchronisatiegebruiker is rosa.",
		mend:  []string{"reconnect exact"},
		unless: map[string]func(*sample){
			"connected": func(s *sample) { s.exact.Connection = sync.LoginSuccess },
		},
	}, {
		rule: "O5", what: "by whoever is chosen first, since rosa has ended",
		shows: all(func(s *sample) { s.exact.Connection = sync.Disconnected }, ended("rosa"), pieterCould),
		mend:  []string{"manage pieter for exact", "reconnect exact"},
	}, {
		rule: "O5", what: "after a link",
		shows: all(func(s *sample) { s.exact.Connection = sync.Disconnected }, noLink),
		mend:  []string{"link_accounting_user exact rosa@exact for rosa", "reconnect exact"},
	},
}
