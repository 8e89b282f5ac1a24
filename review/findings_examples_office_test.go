package review

import (
	"github.com/mandaat/mandaat/documents"
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

func endsOn(id users.ID, day string) func(*sample) {
	return func(s *sample) { s.people[id].EndDate = findingsDay(day) }
}

// workflowWith has the bakery use the workflow, and somebody reach it.
func workflowWith(id users.ID, holds roles.Role) func(*sample) {
	return all((*sample).workflow, func(s *sample) { s.user(id, holds) })
}

// Examples of the office as a whole and of its documents: O1, O2, O13, O14, O17, O18.
var officeExamples = []example{
	{
		rule: "O1", what: "all have ended",
		shows: all(ended("rosa"), ended("pieter"), func(s *sample) { s.booker("bram"); s.user("anna", roles.SMEAccountant, roles.ClientUser) }),
		says:  "The office has no active Super user.",
		zegt:  "Het kantoor heeft geen actieve Supergebruiker.",
		mend:  []string{"grant_role super_user to bram"},
		unless: map[string]func(*sample){
			"one is back":          func(s *sample) { s.people["rosa"].EndDate = users.Date{} },
			"one stays for a day":  endsOn("pieter", "2026-11-23"),
			"another one is there": with("bram", roles.SuperUser),
		},
	}, {
		rule: "O1", what: "nobody but clients is there, or who will leave: somebody is added",
		shows: all(ended("rosa"), ended("pieter"), func(s *sample) {
			s.user("carla", roles.ClientUser)
			s.user("sanne", roles.SMEAccountant)
			s.booker("bram").EndDate = findingsDay("2027-01-01")
		}),
		mend: []string{"create USER super_user"},
	}, {
		rule: "O2", what: "one is left",
		shows: all(ended("pieter"), func(s *sample) { s.booker("bram").EndDate = findingsDay("2027-01-01"); s.booker("sam") }),
		says:  "rosa is the only active Super user.",
		zegt:  "rosa is de enige actieve Supergebruiker.",
		mend:  []string{"grant_role super_user to sam"},
		unless: map[string]func(*sample){
			"two": endsOn("pieter", "2026-11-23"), "none": ended("rosa"), "another one": with("bram", roles.SuperUser),
		},
	}, {
		rule: "O14", what: "both will leave",
		shows: all(endsOn("rosa", "2027-03-01"), endsOn("pieter", "2027-01-01"), func(s *sample) { s.booker("bram") }),
		says:  "From 2027-03-01 on the office has no active Super user; until then there is rosa.",
		zegt:  "Vanaf 2027-03-01 heeft het kantoor geen actieve Supergebruiker; tot dan is dat rosa.",
		mend:  []string{"grant_role super_user to bram"},
		unless: map[string]func(*sample){
			"one stays":   func(s *sample) { s.people["pieter"].EndDate = users.Date{} },
			"both left":   all(ended("rosa"), ended("pieter")),
			"a third one": with("bram", roles.SuperUser),
		},
	}, {
		rule: "O13", what: "an Authoriser of elsewhere can come",
		shows: all((*sample).workflow, func(s *sample) {
			s.user("anna", roles.Authoriser).Access = users.AccessTo("garage")
			s.user("ben", roles.Authoriser).EndDate = findingsDay("2026-11-22")
		}),
		says: "bakery uses the authorisation workflow, and no active Authoriser reaches it.",
		zegt: "bakery gebruikt het autorisatieproces, en geen actieve Autorisator heeft er toegang toe.",
		mend: []string{"change_company_access +bakery for anna"},
		unless: map[string]func(*sample){
			"one reaches it":      reaching("anna", "bakery"),
			"one is active":       endsOn("ben", "2026-11-23"),
			"no workflow":         func(s *sample) { s.companies["bakery"].AuthorisationWorkflow = false },
			"somebody authorises": with("rosa", roles.Authoriser),
		},
	}, {
		rule: "O13", what: "only who would see another client's documents authorises, so somebody else does",
		shows: all((*sample).workflow, func(s *sample) {
			s.user("carla", roles.ClientUser, roles.Authoriser).Access = users.AccessTo("garage")
			s.user("rick", roles.ClientUser).Access = users.AccessTo("bakery")
		}),
		mend: []string{"grant_role authoriser to rick"},
	}, {
		rule: "O13", what: "nobody is there",
		shows: all((*sample).workflow, reaching("rosa", "garage"), reaching("pieter")),
		mend:  []string{"change_settings authorisation_workflow=false for bakery"},
	}, {
		rule: "O17", what: "a Super user could administer",
		shows: workflowWith("anna", roles.Authoriser),
		says:  "bakery uses the authorisation workflow, and no active Authorisation administrator reaches it.",
		zegt:  "bakery gebruikt het autorisatieproces, en geen actieve Autorisatiebeheerder heeft er toegang toe.",
		mend:  []string{"grant_role authorisation_administrator to pieter"},
		unless: map[string]func(*sample){
			"one does":    with("anna", roles.AuthorisationAdministrator),
			"rosa does":   with("rosa", roles.AuthorisationAdministrator),
			"no workflow": func(s *sample) { s.companies["bakery"].AuthorisationWorkflow = false },
		},
	}, {
		rule: "O17", what: "only an administrator of elsewhere could",
		shows: all(workflowWith("ada", roles.AuthorisationAdministrator), reaching("ada", "garage"), reaching("rosa", "garage"), reaching("pieter")),
		mend:  []string{"change_company_access +bakery for ada"},
	}, {
		rule: "O17", what: "the one who is there has ended, and nobody could",
		shows: all(workflowWith("ada", roles.AuthorisationAdministrator), ended("ada"), reaching("rosa", "garage"), reaching("pieter")),
		mend:  []string{"change_settings authorisation_workflow=false for bakery"},
	}, {
		rule: "O18", what: "who is in turn has ended, and another is there",
		shows: all(func(s *sample) {
			s.user("anna", roles.Authoriser)
			s.user("bob", roles.Authoriser)
			s.user("carla", roles.ClientUser)
			s.user("zoe", roles.Authoriser)
			s.waits("anna", "bob")
		}, ended("anna")),
		says: "inv-1 of bakery waits for anna, who is inactive since the end date, 2026-11-22.",
		zegt: "inv-1 van bakery wacht op anna: die is inactief sinds de einddatum, 2026-11-22.",
		mend: []string{"reassign zoe for inv-1"},
		unless: map[string]func(*sample){
			"active": endsOn("anna", "2026-11-23"),
			"bob's turn": func(s *sample) {
				s.docs[0].Route = documents.RouteOf(documents.Step{Authoriser: "anna", Outcome: documents.Approved}, documents.Step{Authoriser: "bob"})
			},
			"rejected": func(s *sample) {
				s.docs[0].Stage = documents.Tagging
				s.docs[0].Route = documents.RouteOf(documents.Step{Authoriser: "anna", Outcome: documents.Rejected, Comment: "no"})
			},
			"no documents": func(s *sample) { s.docs = nil },
		},
	}, {
		rule: "O18", what: "who is in turn lacks the role and the company, and nobody else can",
		shows: all(func(s *sample) { s.user("carla", roles.ClientUser); s.waits("carla") }, reaching("carla", "garage")),
		says:  "inv-1 of bakery waits for carla, who is not Authoriser and has no access to bakery.",
		zegt:  "inv-1 van bakery wacht op carla: die is geen Autorisator en heeft geen toegang tot bakery.",
		mend:  []string{"withdraw inv-1"},
		unless: map[string]func(*sample){
			"both": all(with("carla", roles.Authoriser), reaching("carla", "bakery")),
		},
	}, {
		rule: "O18", what: "who is in turn lacks the company",
		shows: all(func(s *sample) { s.user("anna", roles.Authoriser); s.waits("anna") }, reaching("anna", "garage")),
		mend:  []string{"withdraw inv-1"},
		unless: map[string]func(*sample){
			"reaches it": reaching("anna", "bakery"),
		},
	}, {
		rule: "O18", what: "who is in turn lacks the role; who delivered it does not take over",
		shows: func(s *sample) { s.user("anna", roles.ClientUser); s.user("carla", roles.Authoriser); s.waits("anna") },
		mend:  []string{"withdraw inv-1"},
		unless: map[string]func(*sample){
			"an Authoriser": with("anna", roles.Authoriser),
		},
	}, {
		rule: "O18", what: "who is in turn is nobody of the office",
		shows: func(s *sample) { s.waits("tom") },
		says:  "inv-1 of bakery waits for tom, who is no user of this office.",
		zegt:  "inv-1 van bakery wacht op tom: die is geen gebruiker van dit kantoor.",
		mend:  []string{"withdraw inv-1"},
	},
}
