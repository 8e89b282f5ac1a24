package review

import (
	"github.com/mandaat/mandaat/roles"
	"github.com/mandaat/mandaat/users"
)

// Examples of R1 to R6, and of one user and what they are in a company: S1 to S6.
var userExamples = []example{
	{
		rule: "R1", what: "both client roles",
		shows: func(s *sample) { s.user("carla", roles.ClientUser, roles.RestrictedClientUser) },
		says:  "carla is both Client user and Restricted client user, which exclude each other; the restricted role leads.",
		zegt:  "carla is zowel Klantgebruiker als Beperkte Klantgebruiker, en die sluiten elkaar uit; de beperkte rol gaat voor.",
		mend:  []string{"revoke_role client_user from carla"},
		unless: map[string]func(*sample){
			"only a Client user": without("carla", roles.RestrictedClientUser), "only a restricted one": without("carla", roles.ClientUser),
		},
	}, {
		rule: "R1", what: "of somebody inactive",
		shows: all(func(s *sample) { s.user("carla", roles.ClientUser, roles.RestrictedClientUser) }, ended("carla")),
		mend:  []string{"revoke_role client_user from carla"},
	}, {
		rule: "R1", what: "beside R2 goes with it, since nobody may be left an invalid set",
		shows: func(s *sample) {
			s.user("carla", roles.ClientUser, roles.RestrictedClientUser, roles.Accountant, roles.SMEAccountant)
		},
		mend: []string{"change_roles [sme_accountant, restricted_client_user] for carla"},
	}, {
		rule: "R2", what: "both booking roles",
		shows: func(s *sample) { s.booker("bram", roles.SMEAccountant) },
		says:  "bram is both Accountant and SME Accountant, which conflict; the SME Accountant leads.",
		zegt:  "bram is zowel Accountant als Boekhouder MKB, en die botsen; de Boekhouder MKB gaat voor.",
		mend:  []string{"revoke_role accountant from bram"},
		unless: map[string]func(*sample){
			"only an Accountant": without("bram", roles.SMEAccountant), "only an SME Accountant": without("bram", roles.Accountant),
		},
	}, {
		rule: "R3", what: "no role",
		shows:  func(s *sample) { s.user("tim") },
		says:   "tim has no role, and a user holds one or more.",
		zegt:   "tim heeft geen rol, en een gebruiker heeft er een of meer.",
		mend:   []string{"grant_role restricted_client_user to tim"},
		unless: map[string]func(*sample){"one role": with("tim", roles.Authoriser)},
	}, {
		rule: "R4", what: "books without a client role",
		shows: all(func(s *sample) { s.booker("bram") }, without("bram", roles.ClientUser)),
		says:  "bram has a booking role without a client role, and so cannot deliver, split or tag.",
		zegt:  "bram heeft een boekende rol zonder klantrol, en kan dus niet aanleveren, splitsen of taggen.",
		mend:  []string{"grant_role client_user to bram"},
		unless: map[string]func(*sample){
			"a Client user too": with("bram", roles.ClientUser), "a restricted one too": with("bram", roles.RestrictedClientUser),
			"no booking role": all(with("bram", roles.Authoriser), without("bram", roles.Accountant)), "inactive": ended("bram"),
		},
	}, {
		rule: "R4", what: "where the client role would complete S4",
		shows: func(s *sample) {
			u := s.booker("bram", roles.Authoriser)
			u.Roles, u.ChangeBankDetails = u.Roles.Without(roles.ClientUser), true
		},
		mend: []string{"revoke_role accountant from bram"},
	}, {
		rule: "R5", what: "a Super user could administer",
		shows: (*sample).workflow,
		says:  "pieter is Super user and not Authorisation administrator, while bakery uses the authorisation workflow and nobody else administers it.",
		zegt:  "pieter is Supergebruiker en geen Autorisatiebeheerder, terwijl bakery het autorisatieproces gebruikt en niemand anders het beheert.",
		mend:  []string{"grant_role authorisation_administrator to pieter"},
		unless: map[string]func(*sample){
			"the workflow is not used":   func(s *sample) { s.companies["bakery"].AuthorisationWorkflow = false },
			"they administer themselves": with("pieter", roles.AuthorisationAdministrator),
			"somebody else administers":  func(s *sample) { s.user("ada", roles.AuthorisationAdministrator) },
			"none of them reaches it":    all(reaching("rosa", "garage"), reaching("pieter", "garage")),
			"both have ended":            all(ended("rosa"), ended("pieter")),
		},
	}, {
		rule: "R5", what: "an administrator who cannot help",
		shows: all((*sample).workflow, func(s *sample) {
			s.user("ada", roles.AuthorisationAdministrator).EndDate = findingsDay("2026-11-22")
			s.user("ben", roles.AuthorisationAdministrator).Access = users.AccessTo("garage")
		}),
		mend: []string{"grant_role authorisation_administrator to pieter"},
	}, {
		rule: "R6", what: "nobody chose who pays",
		shows: all((*sample).agreement, func(s *sample) { s.user("anna", roles.Authoriser) }),
		says:  "anna is Authoriser and nobody chose who pays, while there is a payment agreement with bakery.",
		zegt:  "anna is Autorisator en niemand heeft gekozen wie betaalt, terwijl er een betalingsovereenkomst is met bakery.",
		mend:  []string{"change_bill_to office for anna"},
		unless: map[string]func(*sample){
			"the office was chosen":  func(s *sample) { s.people["anna"].BillTo = users.BillToOffice },
			"the company was chosen": func(s *sample) { s.people["anna"].BillTo = users.BillToCompany("bakery") },
			"no agreement":           func(s *sample) { s.companies["bakery"].PaymentAgreement = false },
			"not in reach":           reaching("anna", "garage"),
			"no Authoriser":          all(with("anna", roles.ClientUser), without("anna", roles.Authoriser)),
			"inactive":               ended("anna"),
		},
	}, {
		rule: "S1", what: "books and approves",
		shows: func(s *sample) { s.booker("bram", roles.Authoriser) },
		says:  "bram books and approves in bakery.",
		zegt:  "bram boekt en keurt goed in bakery.",
		mend:  []string{"change_company_access -bakery for bram"},
		unless: map[string]func(*sample){
			"does not approve": without("bram", roles.Authoriser), "does not book": without("bram", roles.Accountant),
			"reaches nothing": reaching("bram"), "inactive": ended("bram"),
		},
	}, {
		rule: "S1", what: "without a link as well, in their only company",
		shows: all(func(s *sample) { s.booker("bram", roles.Authoriser); delete(s.links, "bram") }, reaching("bram", "garage")),
		says:  "bram books and approves in garage.",
		zegt:  "bram boekt en keurt goed in garage.",
		mend:  []string{"revoke_role authoriser from bram"},
	}, {
		rule: "S1", what: "where a document waits for them",
		shows: func(s *sample) { s.booker("bram", roles.Authoriser); s.waits("bram") },
		mend:  []string{"revoke_role accountant from bram"},
	}, {
		rule: "S1", what: "of who synchronises the company",
		shows: func(s *sample) { s.booker("bram", roles.Authoriser); s.exact.SynchronisationUser = "bram" },
		mend:  []string{"revoke_role authoriser from bram"},
	}, {
		rule: "S2", what: "tags and approves",
		shows: func(s *sample) { s.user("carla", roles.ClientUser, roles.Authoriser) },
		says:  "carla tags or assigns, and approves, in bakery.",
		zegt:  "carla tagt of wijst toe, en keurt goed, in bakery.",
		mend:  []string{"change_company_access -bakery for carla"},
		unless: map[string]func(*sample){
			"does not approve": without("carla", roles.Authoriser), "does not tag": without("carla", roles.ClientUser),
			"reaches nothing": reaching("carla"), "inactive": ended("carla"),
		},
	}, {
		rule: "S2", what: "of a restricted one, in their only company",
		shows: all(func(s *sample) { s.user("carla", roles.RestrictedClientUser, roles.Authoriser) }, reaching("carla", "bakery")),
		mend:  []string{"revoke_role authoriser from carla"},
	}, {
		rule: "S3", what: "changes bank details and approves",
		shows: func(s *sample) { s.booker("bram", roles.Authoriser).ChangeBankDetails = true },
		says:  "bram changes bank details and approves in bakery.",
		zegt:  "bram muteert bankrekeningen en keurt goed in bakery.",
		mend:  []string{"change_bank_right false for bram"},
		unless: map[string]func(*sample){
			"no bank right":   func(s *sample) { s.people["bram"].ChangeBankDetails = false },
			"no booking role": without("bram", roles.Accountant), "does not approve": without("bram", roles.Authoriser),
			"reaches nothing": reaching("bram"), "inactive": ended("bram"),
		},
	}, {
		rule: "S4", what: "everything from delivery to approval",
		shows: func(s *sample) { s.booker("bram", roles.Authoriser).ChangeBankDetails = true },
		says:  "bram delivers, books, changes bank details and approves in bakery.",
		zegt:  "bram levert aan, boekt, muteert bankrekeningen en keurt goed in bakery.",
		mend:  []string{"change_bank_right false for bram"},
		unless: map[string]func(*sample){
			"no bank right":    func(s *sample) { s.people["bram"].ChangeBankDetails = false },
			"does not deliver": without("bram", roles.ClientUser), "does not book": without("bram", roles.Accountant),
			"does not approve": without("bram", roles.Authoriser), "reaches nothing": reaching("bram"), "inactive": ended("bram"),
		},
	}, {
		rule: "S5", what: "administers and authorises",
		shows: func(s *sample) { s.user("ada", roles.AuthorisationAdministrator, roles.Authoriser) },
		says:  "ada administers authorisation and authorises in bakery.",
		zegt:  "ada beheert de autorisatie en autoriseert in bakery.",
		mend:  []string{"change_company_access -bakery for ada"},
		unless: map[string]func(*sample){
			"does not administer": without("ada", roles.AuthorisationAdministrator), "does not authorise": without("ada", roles.Authoriser),
			"reaches nothing": reaching("ada"), "inactive": ended("ada"),
		},
	}, {
		rule: "S6", what: "a Super user who tags",
		shows: with("rosa", roles.ClientUser),
		says:  "rosa is Super user and in the document flow too, as Client user.",
		zegt:  "rosa is Supergebruiker en zit ook in de documentenstroom, als Klantgebruiker.",
		mend:  []string{"revoke_role client_user from rosa"},
		unless: map[string]func(*sample){
			"an administrator only": all(without("rosa", roles.ClientUser), with("rosa", roles.AuthorisationAdministrator)),
			"no Super user":         without("rosa", roles.SuperUser), "inactive": ended("rosa"),
		},
	}, {
		rule: "S6", what: "a Super user for whom a document waits, while another one is there",
		shows: func(s *sample) { s.people["rosa"].Roles |= roles.SetOf(roles.Authoriser); s.waits("rosa") },
		mend:  []string{"revoke_role super_user from rosa"},
	}, {
		rule: "S6", what: "the only Super user, for whom a document waits",
		shows: all(func(s *sample) {
			s.people["rosa"].Roles |= roles.SetOf(roles.Authoriser)
			s.user("anna", roles.Authoriser)
			s.waits("rosa")
		}, ended("pieter")),
		mend: []string{"reassign anna for inv-1", "revoke_role authoriser from rosa"},
	},
}
