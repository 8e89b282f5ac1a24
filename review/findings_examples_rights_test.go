package review

import (
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/sync"
	"github.com/mandaat/mandaat/users"
)

// Examples of links and rights: O6 to O12, O15 and O16.
var rightsExamples = []example{
	{
		rule: "O6", what: "a password to be entered",
		shows: func(s *sample) { s.booker("bram"); s.links["bram"].Verified = false },
		says:  "bram has a booking role and is linked to bram@exact of exact, whose password has not been entered and found right.",
		zegt:  "bram heeft een boekende rol en is gekoppeld aan bram@exact van exact, waarvan het wachtwoord niet is ingevoerd en juist bevonden.",
		mend:  []string{"enter_accounting_password exact for bram"},
		unless: map[string]func(*sample){
			"it was found right": func(s *sample) { s.links["bram"].Verified = true },
			"no booking role":    without("bram", roles.Accountant), "inactive": ended("bram"),
			"no company of the system": reaching("bram"),
		},
	}, {
		rule: "O6", what: "no link, while their own account is there",
		shows: func(s *sample) {
			s.booker("bram").Email = "bram@exact.example"
			s.account("low@exact", 5)
			delete(s.links, "bram")
		},
		says: "bram has a booking role and companies in exact, without a link to a user there.",
		zegt: "bram heeft een boekende rol en administraties in exact, zonder koppeling met een gebruiker daar.",
		mend: []string{"link_accounting_user exact bram@exact for bram", "enter_accounting_password exact for bram"},
	}, {
		rule: "O6", what: "no link: the lowest account that is free and reaches as much",
		shows: func(s *sample) {
			s.booker("bram")
			s.account("low@exact", 5)
			s.account("lower@exact", 6).CanBook = false
			s.account("lowest@exact", 7).Reach = sync.ReachSome(users.AccessTo("bakery"))
			delete(s.links, "bram")
		},
		mend: []string{"link_accounting_user exact low@exact for bram", "enter_accounting_password exact for bram"},
	}, {
		rule: "O6", what: "no account is free: the booking role goes",
		shows: func(s *sample) { s.booker("bram"); s.link("rosa", "rosa@exact"); s.links["bram"].User = "pieter" },
		mend:  []string{"revoke_role accountant from bram"},
	}, {
		rule: "O6", what: "the account of somebody who left is not free",
		shows: all(func(s *sample) { s.booker("bram"); s.booker("ron"); s.links["bram"].User = "pieter" }, ended("ron")),
		mend:  []string{"revoke_role accountant from bram"},
	}, {
		rule: "O6", what: "no account is free, and no other role: access goes",
		shows: all(func(s *sample) { s.booker("bram"); s.links["bram"].User = "pieter" }, without("bram", roles.ClientUser)),
		mend:  []string{"change_company_access -bakery -garage for bram"},
	}, {
		rule: "O7", what: "a link that serves nothing",
		shows: func(s *sample) {
			s.account("carla@exact", 4)
			s.link("carla", "carla@exact")
			s.user("carla", roles.ClientUser)
		},
		says: "carla is linked to carla@exact of exact, and has no booking role.",
		zegt: "carla is gekoppeld aan carla@exact van exact, en heeft geen boekende rol.",
		mend: []string{"unlink_accounting_user exact for carla"},
		unless: map[string]func(*sample){
			"she books": with("carla", roles.SMEAccountant), "no link": func(s *sample) { delete(s.links, "carla") },
			"inactive": ended("carla"), "it is for her duty": func(s *sample) { s.exact.SynchronisationUser = "carla"; delete(s.links, "rosa") },
		},
	}, {
		rule: "O8", what: "a bank right without effect",
		shows: func(s *sample) { s.user("carla", roles.ClientUser).ChangeBankDetails = true },
		says:  "carla has the bank right without a booking role, where it has no effect.",
		zegt:  "carla heeft het bankrecht zonder boekende rol, en dan doet het niets.",
		mend:  []string{"change_bank_right false for carla"},
		unless: map[string]func(*sample){
			"she books": with("carla", roles.Accountant), "no bank right": func(s *sample) { s.people["carla"].ChangeBankDetails = false },
			"inactive": ended("carla"),
		},
	}, {
		rule: "O9", what: "a restricted user who sees everything",
		shows: func(s *sample) { s.user("rick", roles.RestrictedClientUser).Archive = users.AllDocuments },
		says:  "rick is Restricted client user and has the archive right all.",
		zegt:  "rick is Beperkte Klantgebruiker en heeft het archiefrecht all.",
		mend:  []string{"change_archive_right by_role for rick"},
		unless: map[string]func(*sample){
			"a Client user": all(with("rick", roles.ClientUser), without("rick", roles.RestrictedClientUser)),
			"by role":       func(s *sample) { s.people["rick"].Archive = users.ByRole }, "inactive": ended("rick"),
		},
	}, {
		rule: "O10", what: "a client who will reach every later company",
		shows: func(s *sample) { s.user("carla", roles.ClientUser).LaterCompanies = true },
		says:  "carla is on the client's side and has the right to later companies.",
		zegt:  "carla hoort bij de klant en heeft het recht op latere administraties.",
		mend:  []string{"change_later_companies false for carla"},
		unless: map[string]func(*sample){
			"no such right":     func(s *sample) { s.people["carla"].LaterCompanies = false },
			"she books as well": with("carla", roles.SMEAccountant), "no client role": all(with("carla", roles.Authoriser), without("carla", roles.ClientUser)),
			"inactive": ended("carla"),
		},
	}, {
		rule: "O11", what: "one address, in two spellings",
		shows: func(s *sample) {
			s.user("carla", roles.ClientUser).Email = "Info@bakery.example"
			s.user("rick", roles.RestrictedClientUser).Email = "info@bakery.example"
			s.people["rick"].Used = true
		},
		says: "carla and rick share the address Info@bakery.example.",
		zegt: "carla en rick delen het e-mailadres Info@bakery.example.",
		mend: []string{"change_email ADDRESS for carla"},
		unless: map[string]func(*sample){
			"one has another": func(s *sample) { s.people["rick"].Email = "rick@bakery.example" },
			"one is inactive": ended("rick"), "the other is inactive": ended("carla"),
		},
	}, {
		rule: "O12", what: "a company pays without an agreement",
		shows: func(s *sample) { s.user("anna", roles.Authoriser).BillTo = users.BillToCompany("bakery") },
		says:  "bakery is to pay for anna, and there is no payment agreement with it.",
		zegt:  "bakery moet betalen voor anna, en er is geen betalingsovereenkomst mee.",
		mend:  []string{"change_bill_to office for anna"},
		unless: map[string]func(*sample){
			"there is an agreement": (*sample).agreement, "the office pays": func(s *sample) { s.people["anna"].BillTo = users.BillToOffice },
			"nobody chose": func(s *sample) { s.people["anna"].BillTo = users.BillTo{} },
		},
	}, {
		rule: "O12", what: "of somebody inactive who does not authorise",
		shows: all(func(s *sample) { s.user("carla", roles.ClientUser).BillTo = users.BillToCompany("bakery") }, ended("carla")),
		mend:  []string{"change_bill_to office for carla"},
	}, {
		rule: "O15", what: "two on one account",
		shows: func(s *sample) {
			s.booker("bram")
			s.booker("sam")
			s.link("sam", "bram@exact")
			s.links["sam"].Verified = false
		},
		says: "bram and sam are linked to the same user bram@exact of exact.",
		zegt: "bram en sam zijn gekoppeld aan dezelfde gebruiker bram@exact van exact.",
		mend: []string{"unlink_accounting_user exact for sam"},
		unless: map[string]func(*sample){
			"each has one": func(s *sample) { s.link("sam", "sam@exact") }, "one is inactive": ended("bram"), "the other is inactive": ended("sam"),
		},
	}, {
		rule: "O15", what: "with the synchronisation user, who keeps it",
		shows: func(s *sample) { s.booker("bram"); s.link("bram", "rosa@exact") },
		mend:  []string{"unlink_accounting_user exact for bram"},
	}, {
		rule: "O16", what: "nowhere to work",
		shows: all(func(s *sample) { s.user("carla", roles.ClientUser) }, reaching("carla")),
		says:  "carla has access to no company.",
		zegt:  "carla heeft toegang tot geen enkele administratie.",
		mend:  []string{"change_end_date 2026-11-22 for carla"},
		unless: map[string]func(*sample){
			"one company": reaching("carla", "garage"), "a Super user": with("carla", roles.SuperUser), "inactive": ended("carla"),
		},
	}, {
		rule: "O16", what: "where it is clear what they should reach",
		shows: all(func(s *sample) { s.user("carla", roles.ClientUser); delete(s.companies, "garage") },
			reaching("carla"), reaching("rosa", "bakery"), reaching("pieter", "bakery")),
		mend: []string{"change_company_access +bakery for carla"},
	}, {
		rule: "O16", what: "of the synchronisation user, who cannot end",
		shows: all(func(s *sample) {
			s.account("ben@exact", 2)
			s.link("ben", "ben@exact")
			s.user("ben", roles.ClientUser)
		},
			reaching("ben"), func(s *sample) { s.exact.SynchronisationUser = "ben" }),
		mend: []string{"change_company_access +bakery +garage for ben"},
	},
}
